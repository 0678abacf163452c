#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Plays a workflow over a county, a township and two villages: real stations and hubs on loopback, a clock that the flow
# sets.   flow.sh FILE.flow
#
#   case TITLE                     what follows belongs to it; "ok TITLE" when all of it came true
#   time HH:MM                     on the day of the flow (2026-07-14); every command begins then
#   STATION[/USER]$ ARGS           the program there; it must end with 0
#   STATION[/USER]!CODE$ ARGS      it must end with CODE
#   NAME = STATION[/USER]$ ARGS    its output is $NAME from then on
#   STATION[/USER]% KEY KEY        somebody at the terminal program there: the keys (tests/flows/keys.c), then its screen
#   STATION[/USER]> A | B | C      somebody in line mode there: an answer a line
#   sees TEXT    lacks TEXT        the last output, on both channels
#   top A | B | C                  so many stand in 现在 of the home that was seen last, and each row has its text, in this order
#   sync                           everybody with the station above, twice, so that all is everywhere
#
# Stations: county town village other; users as the flow adds them, 张三 before. $stick is a folder to carry things in,
# $night holds
# the records of a night, $town_url and $county_url are the ways up.
# shellcheck source=tests/sync/net.sh
. "$(dirname "$0")/../sync/net.sh"
export OUTPOST_NOW=2026-07-14T00:00:00+08:00
title='' wrong='' both=''

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
$file:$1: $2
exit $code
stdout: $out
stderr: $err"
}

# The hubs begin anew at the time of the flow: stations follow the clock of who is above them.
set_time() {
	local child
	export OUTPOST_NOW="2026-07-14T$1:00+08:00"
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
	kept=([stick]=$here/stick [night]=$(dirname "$file")/night [town_url]=http://127.0.0.1:$town_port [county_url]=http://127.0.0.1:$county_port)
}

sync_all() {
	local station
	for _ in 1 2; do
		for station in village other town; do
			"$outpost" --home "$here/$station" sync --once >/dev/null 2>&1
		done
	done
	for station in village other; do
		"$outpost" --home "$here/$station" sync --once >/dev/null 2>&1
	done
}

# $NAME in the words of a line.
filled() {
	local text=$1 name
	for name in "${!kept[@]}"; do
		text=${text//"\$$name"/${kept[$name]}}
	done
	printf '%s' "$text"
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
	[ "$code" -eq "$wanted" ] || miss "$number" "$who $words: ends with $code, not $wanted"
}

# NUMBER STATION[/USER] KEYS
sit() {
	local number=$1 who=$2 words=$3 user=张三 args
	case $who in */*) user=${who#*/} who=${who%%/*} ;; esac
	eval "args=($(filled "$words"))"
	# Who sends, and when, is the flow's to say.
	echo 'sync_child off' >"$here/$who/outpost.conf"
	out=$("$OUTPOST_BUILD/tests/flows/keys" "$here/$who" "$user" "${args[@]}" 2>&1)
	code=$? err='' both=$out
	[ "$code" -eq 0 ] || miss "$number" "$who $words: no screen"
}

# NUMBER STATION[/USER] ANSWERS
talk() {
	local number=$1 who=$2 answers=$3 user=''
	case $who in */*) user=${who#*/} who=${who%%/*} ;; esac
	answers=$(filled "$answers")
	out=$(printf '%s\n' "${answers// | /$'\n'}" | "$outpost" --home "$here/$who" ${user:+--user "$user"} line 2>&1)
	code=$? err='' both=$out
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

file=$1
flow=$(basename "$1" .flow)
build_up
number=0
while IFS= read -r line; do
	number=$((number + 1))
	case $line in
	'' | '#'*) ;;
	'case '*)
		close_case
		title="$flow: ${line#case }"
		;;
	'time '*) set_time "${line#time }" ;;
	sync) sync_all ;;
	'sees '*)
		text=$(filled "${line#sees }")
		case $both in *"$text"*) ;; *) miss $number "does not see: $text" ;; esac
		;;
	'lacks '*)
		text=$(filled "${line#lacks }")
		case $both in *"$text"*) miss $number "sees: $text" ;; *) ;; esac
		;;
	'top '*) top $number "${line#top }" ;;
	*' = '*'$ '*)
		name=${line%% = *} rest=${line#* = }
		play $number "${rest%%\$ *}" "${rest#*\$ }"
		kept[$name]=$out
		;;
	*'$ '*) play $number "${line%%\$ *}" "${line#*\$ }" ;;
	*'% '*) sit $number "${line%%% *}" "${line#*% }" ;;
	*'> '*) talk $number "${line%%> *}" "${line#*> }" ;;
	*)
		echo "not ok $file:$number: what is this: $line"
		failed=1
		;;
	esac
done <"$file"
close_case
exit $failed
