#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A village that has nothing but a radio: its record is read out, typed in at the township, and is
# one with what comes on a stick the next day; a warning goes the other way.
# Covers: K05 K06 M69 M79 N9 N11 W15.4
# shellcheck source=tests/sync/net.sh
. "$(dirname "$0")/net.sh"
# NAME CODE TEXT STATION ARGS...: and says TEXT on stderr.
says() {
	local name=$1 wanted=$2 text=$3
	shift 3
	at "$@"
	[ "$code" -eq "$wanted" ] && case $err in *"$text"*) true ;; *) false ;; esac
	verdict "$name"
}

stick=$here/stick
mkdir "$stick"
"$outpost" --home "$here/town" init --area 410882103 --name 柏香镇 --user 镇员 >/dev/null
token=$("$outpost" --home "$here/town" invite --area 410882103205 --name 王庄村)
at village join "$token" --via "file:$stick" --user 张三
at town unpack "$stick"
ends "the village has joined" 0 village join "$token" --via "file:$stick"
# Here it is known who asks; the township knows the village's people from this on.
at village pack "$here/first.opc"
at town unpack "$here/first.opc"

hazard village
first=$number
ends "read out" 0 village spoken "$first"
said=$out
[[ $said =~ ^[0-9\ $'\n']+$ ]] && [ "$(tr -d ' \n' <<<"$said" | wc -c)" -lt 300 ]
verdict "as digits and nothing else"
case $err in *组*秒*) true ;; *) false ;; esac
verdict "and how long that takes"
read -ra groups <<<"${said//$'\n'/ }"

wrong=("${groups[@]}")
wrong[6]=${groups[6]:0:3}$(((${groups[6]:3:1} + 1) % 10))${groups[6]:4}
says "a wrong digit names its group" 5 "第 7 组" town hear "${wrong[@]}"
wrong=("${groups[@]:0:3}" "${groups[4]}" "${groups[3]}" "${groups[@]:5}")
says "swapped groups" 5 "第 4 组" town hear "${wrong[@]}"
says "a lost group" 5 "第 3 组" town hear "${groups[@]:0:2}" "${groups[@]:3}"
says "a last one that was not said" 5 "第 $((${#groups[@]} - 1)) 组" town hear "${groups[@]:0:${#groups[@]}-1}"
says "words" 5 "第 1 组" town hear 你好
ends "nothing was kept" 6 town show "$first"
at town hear --json
[ "$out" = "[]" ]
verdict "or listed"

# As the operator wrote it down.
chinese=$(sed 's/1/幺/g; s/2/两/g; s/7/拐/g; s/9/勾/g; s/0/洞/g; s/ /-/g' <<<"$said")
ends "typed in as it is said" 0 town hear "$chinese"
has "under its number" "$first"
says "once" 0 早已有了 town hear "${groups[@]}"
ends "shown" 0 town show "$first"
has "as not proven" 未经证实
has "with what it says" "$(at village show "$first" && sed -n 's/^地点 *//p' <<<"$out")"
at town show "$first" --json
has "and in JSON" '"voice":{"proven":false'
ends "found by its words" 0 town find 堵塞 --json
has "that record" "$first"
at town hear --json
has "it waits" '"state":"waits"'
ends "sound" 0 town check

at village pack "$here/up.opc"
ends "then the stick comes" 0 town unpack "$here/up.opc" --json
has "with the fact itself" '"fresh":1'
at town list hazard --json
[ "$(grep -c "$first" <<<"$out")" -eq 1 ]
verdict "one record"
ends "shown again" 0 town show "$first"
lacks "now it is the village's own" 未经证实
at town hear --json
has "and proven" '"state":"proven"'

warning=$("$outpost" --home "$here/town" add warning event=11B03 severity=red headline=暴雨红色预警 action=转移 \
	text=三小时雨量将达100毫米 expires=+6h)
at town spoken "$warning"
aloud=$out
# shellcheck disable=SC2086
ends "a warning by radio" 0 village hear $aloud
at village today --json
has "asks for a signature" "$warning"
# All who listen write down the same digits: they are read out once.
token=$("$outpost" --home "$here/town" invite --area 410882103206 --name 伏背村)
at other join "$token" --via "file:$stick" --user 李四
at town unpack "$stick"
ends "another village has joined" 0 other join "$token" --via "file:$stick"
# shellcheck disable=SC2086
ends "and has listened as well" 0 other hear $aloud
at other today --json
has "the same warning, read out once, asks there too" "$warning"
ends "is signed" 0 village step "$warning" sign method=radio
receipt=$out
at village spoken "$receipt"
# shellcheck disable=SC2086
ends "and the receipt read back" 0 town hear $out
at town show "$receipt" --json
has "names the warning" "\"warning\":\"$warning\""

secret=$("$outpost" --home "$here/village" add tip subject=夜里偷采)
# NAME MOST RECORD: read out in so many digits at most.
within() {
	at village spoken "$3"
	local digits
	digits=$(tr -d ' \n' <<<"$out" | wc -c)
	[ "$digits" -gt 0 ] && [ "$digits" -le "$2" ]
	verdict "$1 in $digits digits"
}
within "a zero report" 100 "$("$outpost" --home "$here/village" add report event=D01 stage=zero)"
within "a first report" 160 "$("$outpost" --home "$here/village" add report event=D01 stage=first affected=120 dead=0 \
	missing=1 injured=3 moved=85 resettled=60 houses_collapsed=2 houses_damaged=11)"
within "an order" 150 "$("$outpost" --home "$here/village" add task text=立即转移河边12户 to=后城组 due=+2h)"
within "a receipt" 150 "$receipt"
within "a hazard" 170 "$first"
within "a warning" 400 "$warning"

says "who gave a tip is not for the radio" 4 电台 village spoken "$secret"
says "nor what is not there" 6 ZZ-99999 village spoken ZZ-99999

# ---- as bytes, for a satellite terminal that takes them: one message of seventy
flood=$("$outpost" --home "$here/village" add report event=D01 stage=first time=-10m affected=37 dead=0 missing=0 injured=1 moved=12 \
	resettled=12 need_help=12 houses_collapsed=1 crop_ha=3.2 text=急需冲锋舟)
at village spoken "$flood" --hex
[[ $out =~ ^[0-9A-F]+$ ]] && [ "${#out}" -le 140 ]
verdict "a first report with nine numbers and some words is seventy bytes at most"
case $err in *装得下*) true ;; *) false ;; esac
verdict "and it is said that it fits"
spoilt=${out:0:40}$([ "${out:40:1}" = 0 ] && echo 1 || echo 0)${out:41}
bytes=$out
says "a wrong byte is not taken" 5 "" town hear "$spoilt"
ends "the bytes are the report" 0 town hear "$bytes"
has "under its number" "$flood"

# ---- as a picture for a telephone
if [ -x /usr/bin/qrencode ] && command -v zbarimg >/dev/null && python3 -c "" 2>/dev/null; then
	# The blocks as squares of ink, ten dots wide, as paper has them.
	scanned() {
		python3 -c 'import sys
rows = [line.rstrip("\n") for line in sys.stdin if set(line) <= set(" ▀▄█\n") and len(line) > 20]
dots = [b"".join((b"\0" if c in half else b"\xff") * 10 for c in row) for row in rows for half in ["█▀"] * 10 + ["█▄"] * 10]
open(sys.argv[1], "wb").write(b"P5 %d %d 255\n" % (len(dots[0]), len(dots)) + b"".join(dots))' "$here/code.pgm" &&
			zbarimg -q --raw "$here/code.pgm" 2>/dev/null
	}
	hazard village 桥西
	short=$("$outpost" --home "$here/village" spoken "$number" --short 2>/dev/null)
	mapfile -t read < <("$outpost" --home "$here/village" spoken "$number" --qr 2>/dev/null | scanned | grep .)
	[ "$short" = "$(printf '%s\n' "${read[@]}")" ]
	verdict "short messages come back from a QR code as they were"
	ends "and are the record" 0 town hear "${read[@]}"
	invited=$("$outpost" --home "$here/town" invite --area 410882103206 --name 伏背村 --qr)
	[ "$(scanned <<<"$invited" | head -n 1)" = "$(head -n 1 <<<"$invited")" ]
	verdict "so does an invitation"
else
	echo "skip QR codes: qrencode, zbar-tools or python3 is not installed"
fi
exit $failed
