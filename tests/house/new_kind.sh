#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The kind that docs/HACKING.md shows is really added: taken from the page, built in, used.
set -u
cd "$(dirname "$0")/../.." || exit 1
build=${OUTPOST_BUILD:-$PWD/build}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fail()
{
	echo "not ok new kind: $1"
	exit 1
}

sed -n '/^```kind$/,/^```$/p' docs/HACKING.md | grep -v '^```' >"$work/extra.def"
lines=$(wc -l <"$work/extra.def")
[ "$lines" -ge 10 ] && [ "$lines" -le 20 ] || fail "the page shows $lines lines, not 10 to 20"
gcc -std=c11 -D_GNU_SOURCE -Iinclude -Isrc -DOUTPOST_EXTRA_KIND="\"$work/extra.def\"" -c -o "$work/schema.o" \
	src/model/schema.c || fail "it does not compile"
sanitize=
nm "$build/obj/src/model/op.o" | grep -q __asan && sanitize=-fsanitize=address,undefined
# shellcheck disable=SC2086
gcc $sanitize -o "$work/outpost" "$build/obj/src/app/main.o" "$work/schema.o" "$build/outpost.a" -Wl,--as-needed \
	-lncursesw -ltinfo -lreadline -lexpat -lsqlite3 -lsodium -lcjson -lzstd -lm -lcurl -lssh -levent_core -levent_extra ||
	fail "it does not link"
export OUTPOST_HOME="$work/home" OUTPOST_CONFIG="$PWD/config" LC_ALL=C.UTF-8
run()
{
	"$work/outpost" "$@" || fail "outpost $*"
}
run init --area 410882103205 --name 西彰村 --user 秦国庆 >/dev/null
number=$(run add well name=村西机井 place=村西300米 depth_m=86.5 people=240 | tail -n 1)
run list well | grep -q 村西机井 || fail "not listed"
run find cxjj | grep -q 村西机井 || fail "not found by initials"
run step "$number" dry text=水位降到泵口以下 >/dev/null
run show "$number" --json | grep -q '"state":"dry"' || fail "the step had no effect"
"$work/outpost" step "$number" close text=填 >/dev/null 2>&1 && fail "a village closed a well"
run export well --csv | grep -q 86.5 || fail "not exported"
run kinds well | grep -q depth_m || fail "not in the table"
run rebuild >/dev/null
run list well --state dry | grep -q 村西机井 || fail "gone after a rebuild"
echo "ok new kind"
