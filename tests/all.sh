#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Everything, for `make test` and .ci/run: sets up the machine, builds with warnings as errors, runs
# every part even when an earlier one failed, and ends with one line "N passed, N failed".
# OUTPOST_LONG=1 runs the long forms too.
# OUTPOST_SEEDS=N says how many simulated counties (40; in the long form a thousand).
set -u
cd "$(dirname "$0")/.." || exit 1
tally=$(mktemp) || exit 1
trap 'rm -f "$tally" "$tally.tty" "$tally.net" "$tally.built"' EXIT
export OUTPOST_TALLY="$tally"
counties=40
[ -n "${OUTPOST_LONG:-}" ] && counties=1000
unset MAKEFLAGS MFLAGS MAKELEVEL
begin=$SECONDS
behind=

# One build or other step that must succeed; counts as a case.
step() {
	local name=$1 log
	shift
	log=$(mktemp)
	if "$@" >"$log" 2>&1; then
		echo "1 0" >>"$tally"
	else
		echo "FAILED $name: $*"
		tail -n 60 "$log" | sed 's/^/    /'
		echo "0 1" >>"$tally"
	fi
	rm -f "$log"
}

part() {
	echo "== $1 ($((SECONDS - begin)) s)"
	shift
	$behind make --no-print-directory -s DEV=1 "$@" 2>&1 | grep -v '^make\(\[[0-9]*\]\)\?: \*\*\*'
}

end() {
	awk -v seconds=$((SECONDS - begin)) '{ good += $1; bad += $2 }
		END { print "in " seconds " s"; print good + 0 " passed, " bad + 0 " failed"; exit bad > 0 || good == 0 }' "$tally"
}

if ! config/deploy/setup.sh test; then
	echo "0 1" >>"$tally"
	end
	exit
fi
# The screens on a pty wait for keys: five minutes are few for them beside everything else.
export OUTPOST_TEST_SECONDS="${OUTPOST_TEST_SECONDS:-600}"
step "build" make --no-print-directory -k -j2 DEV=1 check-build house-build
# Terminals wait for keys and poor links for their bytes most of the time; the processor does the rest meanwhile, a
# little behind them, so that what they wait for comes in time. What is only built for later takes what is left.
part "check-tty" check-tty >"$tally.tty" &
OUTPOST_AGAIN=1 part "check-net" check-net >"$tally.net" &
{
	step "build with sanitizers" nice -n 19 make --no-print-directory -k -j2 DEV=1 VARIANT=asan asan-build
	# With every push the targets run without a fuzzer, among those with sanitizers.
	[ -n "${OUTPOST_LONG:-}" ] &&
		step "build fuzzers" nice -n 19 make --no-print-directory -k -j2 DEV=1 VARIANT=fuzz fuzz-build
} >"$tally.built" &
builds=$!
behind="nice -n 5"
# Of two processors a third is idle while tests wait for disks and deadlines.
export OUTPOST_JOBS="${OUTPOST_JOBS:-4}"
OUTPOST_AGAIN=1 OUTPOST_SEEDS="${OUTPOST_SEEDS:-$counties}" part "check" -k check
part "house" house
# cppcheck takes as long as all the others: `make lint` and the long form have it.
part "lint" lint LINT_LEFT="$([ -n "${OUTPOST_LONG:-}" ] || echo tests/lint/cppcheck.sh)"
wait "$builds"
cat "$tally.built"
FUZZ_SECONDS=1 part "asan" VARIANT=asan asan-run
[ -n "${OUTPOST_LONG:-}" ] && part "fuzz" VARIANT=fuzz fuzz-run FUZZ_SECONDS="${FUZZ_SECONDS:-60}"
wait
cat "$tally.tty" "$tally.net"
[ -n "${OUTPOST_LONG:-}" ] && part "long" check-long
end
