#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Plays a workflow over a county, a township and two villages: real stations and hubs on loopback, a clock that the flow
# sets.   flow.sh FILE.flow
#
# It is played twice, at the same time, each in a county of its own: once by people at the terminal program, once by people
# in line mode. What each must see is the same. So are all workflows (w*.flow); another flow in which not every step is there
# in both ways is played once, each step as it is written. With OUTPOST_FLOW_DOOR=% or > it is played in that way alone; with
# OUTPOST_FLOW_SHOWS=1 all that was seen is printed.
#
#   case TITLE                     what follows belongs to it; "ok TITLE" when all of it came true
#   time HH:MM                     on the day of the flow (2026-07-14), or time DATE HH:MM; every command begins then
#   STATION[/USER]$ ARGS           the program there; it must end with 0
#   STATION[/USER]!CODE$ ARGS      it must end with CODE
#   NAME = STATION[/USER]$ ARGS    its output is $NAME from then on
#   STATION[/USER]% KEY KEY        somebody at the terminal program there: the keys (tests/flows/keys.c), then its screen;
#   STATION[/USER]> A | B | C      and what the same person answers in line mode: an answer a line. The one follows the other.
#                                  USER:PIN here shows the PIN first
#   sees TEXT    lacks TEXT        the last output, on both channels; sees% and sees> in one of the two ways alone
#   keep NAME TEXT                 the record's number that stands behind TEXT in the last output is $NAME from then on
#   size ROWS COLUMNS              of the terminals from then on; 24 80 before
#   top A | B | C                  so many stand in 现在 of the home that was seen last, and each row has its text, in this order
#   sync                           everybody with the station above, twice, so that all is everywhere
#
# Stations: county town village other; users as the flow adds them, 张三 before. $stick is a folder to carry things in,
# $night holds
# the records of a night, $town_url and $county_url are the ways up.
file=$1
flow=$(basename "$1" .flow)

# Each % has its > behind it, by the same person.
unpaired() {
	awk '/^(sees|lacks)/ { next }
		/^[^ ]*% / { if (who) print at; sub(/%.*/, ""); who = $0; at = NR; next }
		/^[^ ]*> / { sub(/>.*/, ""); if ($0 != who) print NR; who = ""; next }
		who && NF && !/^#/ { print at; who = "" }' "$file"
}

both_doors() {
	local seen code=0
	seen=$(mktemp) || return 1
	OUTPOST_FLOW_DOOR='>' "$0" "$file" >"$seen" 2>&1 &
	OUTPOST_FLOW_DOOR=% "$0" "$file" || code=1
	wait $! || code=1
	cat "$seen"
	rm -f "$seen"
	return $code
}

door=${OUTPOST_FLOW_DOOR:-}
if [ -z "$door" ]; then
	unpaired=$(unpaired | tr '\n' ' ')
	case $flow in
	w[0-9]*) [ -z "$unpaired" ] || { echo "not ok $flow: each step in both ways: $file:$unpaired" && exit 1; } ;;
	esac
	[ -n "$unpaired" ] || { both_doors; exit; }
	door='%>'
fi
case $door in
%) way='at the terminal' ;;
'>') way='in line mode' ;;
*) way='as each does' ;;
esac
# shellcheck source=tests/sync/net.sh
. "$(dirname "$0")/../sync/net.sh"
export OUTPOST_NOW=2026-07-14T00:00:00+08:00
title='' wrong='' both='' day=2026-07-14

declare -A kept

close_case() {
	[ -n "$title" ] || return 0
	if [ -z "$wrong" ]; then
		echo "ok $title"
	else
		printf '%s\n' "$wrong"
		echo "not ok $title"
		failed=1
	fi
	wrong=
}

# LINE NUMBER, WHAT: what did not come true.
miss() {
	wrong="$wrong
$file:$1, $way: $2
exit $code
stdout: $out
stderr: $err"
}

# The hubs begin anew at the time of the flow: stations follow the clock of who is above them.
set_time() {
	local child
	case $1 in *' '*) day=${1% *} ;; esac
	export OUTPOST_NOW="${day}T${1##* }:00+08:00"
	for child in $children; do
		kill "$child" 2>/dev/null && wait "$child" 2>/dev/null
	done
	children=
	hub county "$county_port"
	hub town "$town_port"
}

build_up() {
	"$outpost" --home "$here/county" init --area 410882 --name 沁阳市 --user 张三 >/dev/null
	hub county
	county_port=$port
	enrol town 410882103 柏香镇 "$url" county
	hub town
	town_port=$port
	enrol village 410882103205 西彰村 "$url" town
	enrol other 410882103243 伏背村 "$url" town
	mkdir "$here/stick"
	# Who sends, and when, is the flow's to say.
	for station in county town village other; do echo 'sync_child off' >"$here/$station/outpost.conf"; done
	kept=([stick]=$here/stick [night]=$(dirname "$file")/night [town_url]=http://127.0.0.1:$town_port [county_url]=http://127.0.0.1:$county_port)
}

# A hub that is busy says "later": whoever watches over a station asks again, and so does this.
sync_one() {
	local try
	for try in 1 2 3; do
		"$outpost" --home "$here/$1" sync --once >/dev/null 2>&1 && return
		sleep "0.$try"
	done
}

sync_all() {
	local station
	for station in village other town village other town village other; do sync_one "$station"; done
}

# $NAME in the words of a line.
filled() {
	local text=$1 name
	for name in "${!kept[@]}"; do
		text=${text//"\$$name"/${kept[$name]-}}
	done
	printf '%s' "$text"
}

# For whoever asked to see it.
show() {
	[ -z "${OUTPOST_FLOW_SHOWS:-}" ] || printf '\n%s\n%s\n' "## $line" "$both"
}

# NUMBER STATION[/USER][!CODE] WORDS
play() {
	local number=$1 who=$2 words=$3 wanted=0 user='' args
	case $who in *!*) wanted=${who#*!} who=${who%%!*} ;; esac
	case $who in */*) user=${who#*/} who=${who%%/*} ;; esac
	eval "args=($(filled "$words"))"
	at "$who" ${user:+--user "$user"} "${args[@]}"
	both="$out
$err"
	show
	[ "$code" -eq "$wanted" ] || miss "$number" "$who $words: ends with $code, not $wanted"
}

# STATION[/USER[:PIN]]: sets who, user, pin.
person() {
	who=${1%%/*} user=张三 pin=''
	case $1 in */*) user=${1#*/} ;; esac
	case $user in *:*) pin=${user#*:} user=${user%%:*} ;; esac
}

# NUMBER PERSON KEYS
sit() {
	local number=$1 words=$3 who user pin args
	person "$2"
	eval "args=($(filled "$words"))"
	out=$("$OUTPOST_BUILD/tests/flows/keys" "$here/$who" "$user" ${pin:+"=$pin" enter} "${args[@]}" 2>&1)
	code=$? err='' both=$out
	show
	[ "$code" -eq 0 ] || miss "$number" "$who $words: no screen"
}

# NUMBER PERSON ANSWERS
talk() {
	local number=$1 answers who user pin
	person "$2"
	answers=$(filled "$3")
	out=$(sed 's/ *| */\n/g' <<<"$answers" | "$outpost" --home "$here/$who" --user "$user" ${pin:+--pin-fd 3} line 2>&1 3<<<"$pin")
	code=$? err='' both=$out
	show
	[ "$code" -eq 0 ] || miss "$number" "$who $answers: line mode ends with $code"
}

# NUMBER TEXTS: the rows of 现在.
top() {
	local number=$1 rows row texts=() n=0
	mapfile -t texts <<<"$(filled "${2// | /$'\n'}")"
	rows=$(sed -n '/^现在/,/^\(今天\|以后\|只看\|$\)/p' <<<"$both" | grep '^[> ] *[0-9]')
	while IFS= read -r row; do
		case $row in *"${texts[n]-}"*) ;; *) miss "$number" "row $((n + 1)) has no: ${texts[n]}" ;; esac
		n=$((n + 1))
	done <<<"$rows"
	[ "$n" -eq "${#texts[@]}" ] || miss "$number" "$n rows stand in 现在"
}

# NUMBER NAME TEXT: a record's number behind TEXT.
keep() {
	local rest=${both#*"$3"}
	if [[ $rest != "$both" && $rest =~ [A-Z]+-[0-9]+ ]]; then
		kept[$2]=${BASH_REMATCH[0]}
	else
		miss "$1" "no number behind: $3"
	fi
}

# NUMBER LINE: what somebody must see, or not.
saw() {
	local number=$1 line=$2 text
	case $line in [a-z]*[%\>]' '*)
		text=${line%% *}
		[[ $door == *"${text: -1}"* ]] || return 0
		line="${text%?} ${line#* }"
		;;
	esac
	text=$(filled "${line#* }")
	case $line in
	'sees '*) [[ $both == *"$text"* ]] || miss "$number" "does not see: $text" ;;
	*) [[ $both != *"$text"* ]] || miss "$number" "sees: $text" ;;
	esac
}

build_up
number=0
while IFS= read -r line; do
	number=$((number + 1))
	rest=${line#* }
	case $line in
	'' | '#'*) ;;
	'case '*)
		close_case
		title="$flow, $way: $rest"
		;;
	'time '*) set_time "$rest" ;;
	sync) sync_all ;;
	'size '*) export OUTPOST_SIZE="$rest" ;;
	sees* | lacks*) saw $number "$line" ;;
	'keep '*) keep $number "${rest%% *}" "$(filled "${rest#* }")" ;;
	'top '*) top $number "$rest" ;;
	*' = '*'$ '*)
		name=${line%% = *} rest=${line#* = }
		play $number "${rest%%\$ *}" "${rest#*\$ }"
		kept[$name]=$out
		;;
	*'$ '*) play $number "${line%%\$ *}" "${line#*\$ }" ;;
	*'% '*) [[ $door != *%* ]] || sit $number "${line%%% *}" "${line#*% }" ;;
	*'> '*) [[ $door != *'>'* ]] || talk $number "${line%%> *}" "${line#*> }" ;;
	*)
		echo "not ok $file:$number: what is this: $line"
		failed=1
		;;
	esac
done <"$file"
close_case
exit $failed
