#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Runs test programs and scripts, two at a time, and counts their cases.
#   tests/run.sh [-n LABEL] PROGRAM...
# A program of cmocka is counted by its summary, a script by its lines "ok NAME" and "not ok NAME";
# one that prints neither is one case. "skip NAME why" is shown and counts for nothing. What a
# failing program said is shown whole. The last line is "N passed, N failed"; exit 1 if any failed.
# With OUTPOST_AGAIN=1 (for what hangs on clocks and on how fast the machine is) a program that failed runs once more, by
# itself; passes it then, it counts, and what it said first is shown as unsteady.
# With OUTPOST_TALLY=FILE the two numbers also go there, so that several runs can be added up.
set -u
cd "$(dirname "$0")/.." || exit 1
label=
if [ "${1:-}" = -n ]; then
	label="$2: "
	shift 2
fi
: "${OUTPOST_BUILD:=$PWD/build}"
: "${OUTPOST_TEST_SECONDS:=300}"
export OUTPOST_BUILD OUTPOST_TEST_SECONDS
[ -d "$PWD/build/locale" ] && export LOCPATH="$PWD/build/locale"
# Nothing of the person who runs the tests may leak into them.
unset OUTPOST_HOME OUTPOST_CONFIG OUTPOST_NOW OUTPOST_USER OUTPOST_LANG LANGUAGE
export LC_ALL=C.UTF-8 TZ=Asia/Shanghai
export ASAN_OPTIONS="${ASAN_OPTIONS:-detect_leaks=1:abort_on_error=0}"
export UBSAN_OPTIONS="${UBSAN_OPTIONS:-print_stacktrace=1}"
[ -f tests/leaks.supp ] && export LSAN_OPTIONS="suppressions=$PWD/tests/leaks.supp:print_suppressions=0"

logs=$(mktemp -d) || exit 1
trap 'rm -rf "$logs"' EXIT
export OUTPOST_LOGS="$logs"

# Runs one; leaves NUMBER.out (all it said), NUMBER.cpu (seconds of the processor) and NUMBER.sum (exit code and
# milliseconds).
one() {
	local number=${1%%:*} program=${1#*:} begin end code TIMEFORMAT='%U %S'
	begin=$(date +%s%N)
	{
		time timeout -k 5 "$OUTPOST_TEST_SECONDS" "$program" >"$OUTPOST_LOGS/$number.out" 2>&1 </dev/null
		code=$?
	} 2>"$OUTPOST_LOGS/$number.cpu"
	end=$(date +%s%N)
	echo "$code $(((end - begin) / 1000000)) $program" >"$OUTPOST_LOGS/$number.sum"
}
export -f one

number=0
for program in "$@"; do
	case $program in /* | ./*) ;; *) program="./$program" ;; esac
	printf '%05d:%s\0' $number "$program"
	number=$((number + 1))
done | xargs -0 -r -n 1 -P "${OUTPOST_JOBS:-2}" bash -c 'one "$1"' one

if [ -n "${OUTPOST_AGAIN:-}" ]; then
	for sum in "$logs"/*.sum; do
		read -r code ms program <"$sum"
		[ "$code" -eq 0 ] && continue
		number=$(basename "$sum" .sum)
		mv "$logs/$number.out" "$logs/$number.first"
		one "$number:$program"
		read -r code ms program <"$sum"
		[ "$code" -eq 0 ] && sed "s|^|unsteady ${program#./}: |" "$logs/$number.first" | grep -av ': ok \|\[ RUN      \]\|\[       OK \]' | tail -n 60
	done
fi
passed=0
failed=0
for sum in "$logs"/*.sum; do
	[ -f "$sum" ] || continue
	read -r code ms program <"$sum"
	out=${sum%.sum}.out
	read -r good bad skipped <<<"$(awk '
		/^\[  PASSED  \] [0-9]+ test/ { good += $4 }
		/^\[  FAILED  \] [0-9]+ test/ { bad += $4 }
		/^ok / { good++ }
		/^not ok / { bad++ }
		/^skip / || /^\[  SKIPPED \] [0-9]+ test/ { skipped++ }
		END { print good + 0, bad + 0, skipped + 0 }' "$out")"
	if [ "$code" -ne 0 ] && [ "$bad" -eq 0 ]; then
		bad=1
	elif [ "$code" -eq 0 ] && [ $((good + bad + skipped)) -eq 0 ]; then
		good=1
	fi
	passed=$((passed + good))
	failed=$((failed + bad))
	if [ "$bad" -ne 0 ]; then
		echo "FAILED $label${program#./} (exit $code, $ms ms)"
		[ "$code" -ge 124 ] && echo "       124 and 137 mean: stopped after $OUTPOST_TEST_SECONDS s; above 128: by a signal"
		sed 's/^/    /' "$out" | grep -av '\[ RUN      \]\|\[       OK \]\|^    ok ' | tail -n 200
	elif [ "$ms" -ge 5000 ]; then
		echo "passed $label${program#./}: $good cases, $((ms / 1000)) s, of the processor $(awk '{ printf "%.0f", $1 + $2 }' "${sum%.sum}.cpu") s"
	fi
	grep -a '^skip ' "$out" | sed "s|^|       ${program#./}: |"
done
[ -n "${OUTPOST_TALLY:-}" ] && echo "$passed $failed" >>"$OUTPOST_TALLY"
echo "$label$passed passed, $failed failed"
[ "$failed" -eq 0 ]
