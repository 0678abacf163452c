#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A million runs of the model's fuzz target under the address and undefined sanitizers, in slices, two at a time: what fails
# comes again by its first number. Runs as long as a test may, and says how far it came.
set -u
cd "$(dirname "$0")/../.." || exit 1
: "${OUTPOST_TEST_SECONDS:=3600}"
most=${OUTPOST_FUZZ:-1000000} slice=5000 next=${OUTPOST_FUZZ_SEED:-1} sent=0
program=build/asan/tests/fuzz/runs_model
if ! make --no-print-directory -s VARIANT=asan $program; then
	echo "not ok the target is built with sanitizers"
	exit 1
fi
one() {
	FUZZ_SEED=$1 FUZZ_RUNS=$2 "$3" tests/fuzz/model/* 2>&1 || echo "FAILED from number $1 on"
}
while [ "$sent" -lt "$most" ] && [ $((SECONDS * 10)) -lt $((OUTPOST_TEST_SECONDS * 9)) ]; do
	out=$(
		one "$next" $slice $program &
		one $((next + slice)) $slice $program
		wait
	)
	if grep -q FAILED <<<"$out"; then
		printf '%s\n' "$out" | tail -n 80
		echo "not ok runs of the model (FUZZ_SEED=… FUZZ_RUNS=$slice $program tests/fuzz/model/*)"
		exit 1
	fi
	sent=$((sent + 2 * slice)) next=$((next + 2 * slice))
done
[ "$sent" -lt "$most" ] && echo "skip the rest: $sent of $most in $SECONDS s; go on with OUTPOST_FUZZ_SEED=$next"
echo "ok $sent runs of the model"
