#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A disk that takes 50 ms a sync, and four processes that write to one station at once: each gets
# its turn within the time a person waits, none is told that the station is busy.
# shellcheck source=tests/crash/lib.sh
. "$(dirname "$0")/lib.sh"

fresh
with_shim shim_slow SHIM_MS=50
each=6
[ -n "${OUTPOST_LONG:-}" ] && each=60

writer() {
	local who=$1 n begin ms
	for ((n = 1; n <= each; n++)); do
		begin=${EPOCHREALTIME/./}
		under_shim add hazard category=H0101 grade=G place=P0 text="$who$n"
		ms=$(((${EPOCHREALTIME/./} - begin) / 1000))
		if [ -n "$out" ]; then
			echo "$who$n $ms" >>"$work/acked"
		else
			echo "$who$n after $ms ms: exit code $code: $(cat "$work/errors")" >>"$work/refused"
		fi
	done
}
: >"$work/acked"
: >"$work/refused"
for who in A B C D; do writer $who & done
wait
mapfile -t acked < <(cut -d' ' -f1 "$work/acked")
bad=$(grep -c . "$work/refused")
cat "$work/refused"
look "four writers" || bad=$((bad + 1))
[ ${#acked[@]} -eq $((each * 4)) ] || bad=$((bad + 1))
slowest=$(cut -d' ' -f2 "$work/acked" | sort -n | tail -n 1)
[ "${slowest:-99999}" -le 15000 ] || bad=$((bad + 1))
said "four writers on a slow disk" "$bad" "${#acked[@]} acknowledged, the slowest after ${slowest:-?} ms"
exit $result
