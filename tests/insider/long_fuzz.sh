#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A million messages of insiders (test_fuzz.c), in slices, each a process from its own first number:
# what fails comes again by that number alone. Runs as long as a test may, and says how far it came.
set -u
cd "$(dirname "$0")/../.." || exit 1
: "${OUTPOST_BUILD:=$PWD/build}" "${OUTPOST_TEST_SECONDS:=3600}"
most=${OUTPOST_FUZZ:-1000000} slice=20000 round=200
seed=${OUTPOST_FUZZ_SEED:-1} sent=0
export OUTPOST_FUZZ_ROUND=$round
while [ "$sent" -lt "$most" ] && [ $((SECONDS * 10)) -lt $((OUTPOST_TEST_SECONDS * 9)) ]; do
	[ $((most - sent)) -lt $slice ] && slice=$((most - sent))
	echo "# OUTPOST_FUZZ_SEED=$seed OUTPOST_FUZZ=$slice OUTPOST_FUZZ_ROUND=$round, $SECONDS s"
	if ! out=$(OUTPOST_FUZZ=$slice OUTPOST_FUZZ_SEED=$seed "$OUTPOST_BUILD/tests/insider/test_fuzz" 2>&1); then
		printf '%s\n' "$out"
		echo "not ok messages of insiders from number $seed on"
		exit 1
	fi
	sent=$((sent + slice)) seed=$((seed + slice / round))
done
[ "$sent" -lt "$most" ] && echo "skip the rest: $sent of $most in $SECONDS s; go on with OUTPOST_FUZZ_SEED=$seed"
echo "ok $sent messages of insiders do no harm"
