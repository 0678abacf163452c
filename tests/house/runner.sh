#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The runner itself: it counts what cmocka and scripts say, sees a crash, a hang and a program that
# says nothing, and its exit code and last line are right.
set -u
cd "$(dirname "$0")/../.." || exit 1
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
unset OUTPOST_TALLY
bad=0

make_script() { # NAME, LINES...
	local name=$1
	shift
	printf '%s\n' '#!/bin/sh' "$@" >"$work/$name"
	chmod +x "$work/$name"
}
# WHAT LAST-LINE EXIT-CODE PROGRAM...
expect() {
	local what=$1 line=$2 code=$3 out got
	shift 3
	out=$(OUTPOST_TEST_SECONDS=1 tests/run.sh "$@" 2>&1)
	got=$?
	if [ "$(printf '%s\n' "$out" | tail -n 1)" = "$line" ] && [ $got -eq "$code" ]; then
		echo "ok the runner counts $what"
	else
		printf '%s\n' "$out"
		echo "not ok the runner counts $what (exit $got)"
		bad=1
	fi
}

make_script good 'echo "ok one"' 'echo "ok two"'
make_script mixed 'echo "ok one"' 'echo "not ok two"' 'exit 1'
make_script hidden 'echo "not ok one"'
make_script crash 'echo "ok one"' 'kill -SEGV $$'
make_script hang 'exec sleep 5'
make_script quiet 'exit 0'
make_script skips 'echo "skip part: no reason"'
make_script cmocka 'echo "[  PASSED  ] 3 test(s)."' 'echo "[  FAILED  ] 2 test(s), listed below:"' 'exit 2'
expect "a good script" "2 passed, 0 failed" 0 "$work/good"
expect "a failed case" "1 passed, 1 failed" 1 "$work/mixed"
expect "a failed case of a script that exits 0" "0 passed, 1 failed" 1 "$work/hidden"
expect "a crash behind good cases" "1 passed, 1 failed" 1 "$work/crash"
expect "a hang" "0 passed, 1 failed" 1 "$work/hang"
expect "a quiet program" "1 passed, 0 failed" 0 "$work/quiet"
expect "what was skipped as nothing" "0 passed, 0 failed" 0 "$work/skips"
expect "cmocka's summary" "3 passed, 2 failed" 1 "$work/cmocka"
expect "several at once" "5 passed, 3 failed" 1 "$work/good" "$work/cmocka" "$work/hidden"
expect "one that is not there" "0 passed, 1 failed" 1 "$work/nothing"
make_script unsteady "mkdir '$work/been' 2>/dev/null && exit 1" 'echo "ok one"'
OUTPOST_AGAIN=1 expect "one that passes the second time" "1 passed, 0 failed" 0 "$work/unsteady"
OUTPOST_AGAIN=1 expect "one that fails the second time, too" "1 passed, 1 failed" 1 "$work/mixed"
exit $bad
