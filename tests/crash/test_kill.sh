#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# kill -9 at random moments, 200 times on one station (2,000 in the long run), two writers at once:
# every number that was printed is there in the end.
# shellcheck source=tests/crash/lib.sh
. "$(dirname "$0")/lib.sh"

RANDOM=20
kills=200
[ -n "${OUTPOST_LONG:-}" ] && kills=2000
fresh

# How long one add takes, in microseconds: the kills fall into that time.
begin=${EPOCHREALTIME/./}
for i in 1 2 3 4 5; do "$outpost" add hazard category=H0101 grade=G place=P0 text="W$i" >/dev/null; done
took=$(((${EPOCHREALTIME/./} - begin) / 5))

# WRITER KILLS: adds one after the other, each killed after a random part of the time it takes.
writer() {
	local who=$1 count=$2 n=0 died=0 out code wait
	while [ $died -lt "$count" ] && [ $n -lt $((count * 20)) ]; do
		n=$((n + 1))
		wait=$((took * (RANDOM % 130) / 100))
		out=$(timeout -s KILL "$(printf '0.%06d' $((wait > 999999 ? 999999 : wait + 1)))" \
			"$outpost" add hazard category=H0101 grade=G place=P0 text="$who$n" 2>/dev/null)
		code=$?
		[ $code -eq 137 ] && died=$((died + 1))
		[ -n "$out" ] && echo "$who$n" >>"$work/acked"
	done
	echo "$died" >>"$work/died"
}
: >"$work/acked"
(
	RANDOM=1
	writer A $((kills / 2))
) &
(
	RANDOM=2
	writer B $((kills / 2))
) &
wait
mapfile -t acked <"$work/acked"
died=$(awk '{ n += $1 } END { print n }' "$work/died")
bad=0
look "after $died kills" || bad=1
[ "$died" -lt $((kills / 2)) ] && bad=1 && echo "only $died were killed in time"
[ ${#acked[@]} -eq 0 ] && bad=1 && echo "nothing was acknowledged"
said "kill -9" $bad "$died kills, ${#acked[@]} acknowledged"
exit $result
