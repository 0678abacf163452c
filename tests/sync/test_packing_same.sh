#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The model packs the same bytes whatever it was compiled by and for: gcc and clang, -O0 to -O3, 32 bits, arm64, and a machine with
# the high byte first; with sanitizers. What is not here is said and passed over.
# Each of them takes seconds of the processor, so the short run has the other compiler alone; OUTPOST_LONG=1 has all.
set -u
# shellcheck source=tests/verdict.sh
. "$(dirname "$0")/../verdict.sh"
cd "$(dirname "$0")/../.." || exit 1
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
mapfile -t sources < <(find src/sync/wire/model src/sync/wire/walk -name '*.c' ! -name primed.c ! -name kept.c | sort)
sources+=(tests/tables/packing_same.c src/base/buf.c src/base/memory.c)

# NAME RUNNER COMPILER FLAGS...: 77 when there is no such compiler or library
packs() {
	local name=$1 runner=$2 compiler=$3
	shift 3
	command -v "$compiler" >/dev/null || return 77
	echo 'int main(void) { return 0; }' >"$work/none.c"
	"$compiler" "$@" -o "$work/none" "$work/none.c" 2>/dev/null || return 77
	"$compiler" -std=c11 -D_GNU_SOURCE -Iinclude -Isrc -ffunction-sections -Wl,--gc-sections "$@" -o "$work/$name" "${sources[@]}" || return 1
	$runner "$work/$name" src/sync/wire/model/training.bin >"$work/$name.said" 2>&1
}

# The vectors of the document: hexadecimal lines of its part, two runs of them.
vectors() {
	awk '/^## Packing 2/ { on = 1 } /^### / { on = 0 } on && /^[0-9a-f]+$/ { line = line $0; next } line { print line; line = "" }' docs/WIRE.md
}

bad=0
packs first '' "${CC:-gcc}" -O2 || { cat "$work/first.said"; echo "not ok a first one"; exit 1; }
wrong=
for vector in $(vectors); do
	grep -qx "$vector" "$work/first.said" || wrong="$wrong $vector"
done
[ "$(vectors | wc -l)" = 2 ] || wrong="not two vectors"
verdict "as the document says" "$wrong"
# By another hand, from the document alone; the training text takes it a quarter of an hour.
plain=001ffecaad0b00053a3900000201be9f1e020acc4b8001180f190900022870686f6e65007369676e6564000622da0c2000090911090c1d004830313031004d00b4e5b6abc7c5cfc200bba4b0b6b3e5bfd5003138619b68
vector=$(vectors | tail -n 1)
if command -v python3 >/dev/null; then
	verdict "unpacked by another program" "$([ "$(tests/sync/packing_other.py "$vector")" = $plain ] || echo "$vector is not the worked question")"
else
	echo "# SKIPPED: another program: no python3 here"
fi
try() {
	local name=$1 wrong code
	packs "$@"
	code=$?
	if [ $code = 77 ]; then
		echo "# SKIPPED: $name: no such compiler here"
		return
	fi
	wrong=$(cmp "$work/first.said" "$work/$name.said" 2>&1)
	[ $code = 0 ] || wrong="exit $code $wrong"
	verdict "the same by $name" "$wrong"
}
[ -n "${OUTPOST_LONG:-}" ] || {
	try clang-O2 '' clang -O2
	exit $bad
}
for compiler in gcc clang; do
	for level in -O0 -O1 -O2 -O3 -Os; do
		try "$compiler$level" '' "$compiler" "$level"
	done
done
try sanitizers '' gcc -O1 -fsanitize=address,undefined -fno-sanitize-recover=all
try unsigned-char '' gcc -O2 -funsigned-char
try 32-bits '' gcc -O2 -m32
try arm64 qemu-aarch64-static aarch64-linux-gnu-gcc -O2 -static
try high-byte-first qemu-s390x-static s390x-linux-gnu-gcc -O2 -static
exit $bad
