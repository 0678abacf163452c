#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Runs every built fuzzer over its corpus for FUZZ_SECONDS (3), two at a time; a case each.
# What was found lies in build/fuzz/findings/NAME-…; run the fuzzer with that file to see it again.
set -u
cd "$(dirname "$0")/../.." || exit 1
build=build/fuzz/tests/fuzz
mkdir -p build/fuzz/findings
# What the model has learnt is the same however it was built; to learn it once more takes a minute here.
[ -f build/fuzz/model.state ] || cp build/model.state build/fuzz/ 2>/dev/null

fuzz_one() {
	local program=$1 name found seed
	name=${program##*/fuzz_}
	found=build/fuzz/corpus/$name
	seed=tests/fuzz/$name
	mkdir -p "$found"
	set -- -max_total_time="${FUZZ_SECONDS:-3}" -max_len=8192 -rss_limit_mb=1024 -timeout=10 -print_final_stats=1
	set -- "$@" -artifact_prefix="build/fuzz/findings/$name-" "$found"
	[ -d "$seed" ] && set -- "$@" "$seed"
	[ -f "$seed.dict" ] && set -- "$@" -dict="$seed.dict"
	if "$program" "$@" >"build/fuzz/$name.log" 2>&1; then
		echo "ok $name ($(sed -n 's/^stat::number_of_executed_units: //p' "build/fuzz/$name.log") runs)"
	else
		echo "not ok $name"
		tail -n 60 "build/fuzz/$name.log"
	fi
}
export -f fuzz_one
printf '%s\n' "$build"/fuzz_* | grep -v '[.*]' | xargs -r -n 1 -P "${OUTPOST_JOBS:-2}" bash -c 'fuzz_one "$1"' fuzz |
	tee build/fuzz/results
! grep -q '^not ok' build/fuzz/results
