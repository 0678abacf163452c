#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A plan or an alert that is longer than a fact may be: kept whole, shown, found, edited and exported whole, and whole
# at the station above.
# Covers: D15
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
"$outpost" init --area 410882103 --name 柏香镇 --user 张三 >/dev/null || exit 1
mkdir "$here/stick"
token=$("$outpost" invite --area 410882103205 --name 西彰村 --via "file:$here/stick" --json | sed 's/.*"token":"\([^"]*\)".*/\1/')
"$outpost" --home "$here/v" join "$token" --user 李四 >/dev/null 2>&1
"$outpost" unpack "$here/stick" >/dev/null 2>&1
"$outpost" --home "$here/v" join "$token" >/dev/null 2>&1
for i in {1..400}; do printf '第%d条 遇险情先转移老人和孩子，到村小学集合。\n' "$i"; done >"$here/text"
{ printf '名称,编号,正文\n防汛预案,P-1,"'; cat "$here/text"; printf '"\n'; } >"$here/plan.csv"
# The text of the first record of KIND, as the station HOME has it.
whole() { "$outpost" --home "$1" list "$2" --json | sed -n 's/.*"text":"\([^"]*\)".*/\1/p' | sed 's/\\n/\n/g'; }
same() { [ "$(whole "$@")" = "$(cat "$here/text")" ]; }

ends "a plan of 28 KB" 0 --home "$here/v" import csv --kind plan "$here/plan.csv"
same "$here/v" plan
verdict "is here whole"
ends "the same again" 0 --home "$here/v" import csv --kind plan "$here/plan.csv" --json
has "changes nothing" '"added":0,"steps":0,"known":1,"bad":0,"changed":0'
run --home "$here/v" find 第399条
has "its end is found" 防汛预案
lacks "as the plan alone" 续页
ends "is exported" 0 --home "$here/v" export plan --csv "$here/out.csv"
ends "and read again" 0 --home "$here/v" import csv --kind plan "$here/out.csv" --json
has "changes nothing either" '"added":0,"steps":0,"known":1,"bad":0,"changed":0'
ends "goes up" 0 --home "$here/v" pack "$here/stick/up.opc"
ends "by a stick" 0 unpack "$here/stick"
same "$OUTPOST_HOME" plan
verdict "is whole above"
sed -i 's/村小学集合/镇中学集合/' "$here/plan.csv" "$here/text"
ends "another text" 0 --home "$here/v" import csv --kind plan "$here/plan.csv" --json
has "is an edit" '"changed":1'
same "$here/v" plan
verdict "that leaves nothing of the old one"
number=$("$outpost" --home "$here/v" list plan --json | sed -n 's/.*"number":"\([^"]*\)".*/\1/p')
ends "a short one" 0 --home "$here/v" edit "$number" text=见上级预案
[ "$(whole "$here/v" plan)" = 见上级预案 ]
verdict "is the whole text"

{
	printf '<alert><identifier>L-1</identifier><sender>a</sender><sent>2026-07-14T06:33:32+08:00</sent><status>Actual</status>'
	printf '<msgType>Alert</msgType><scope>Public</scope><info><event>暴雨</event><severity>Severe</severity><description>'
	cat "$here/text"
	printf '</description><area><areaDesc>柏香镇</areaDesc></area></info></alert>'
} >"$here/long.xml"
ends "an alert of 28 KB" 0 import cap "$here/long.xml"
[ -z "$err" ] || case $err in *截短*) false ;; esac
verdict "is not cut"
same "$OUTPOST_HOME" warning
verdict "and is here whole"
ends "the same alert again" 0 import cap "$here/long.xml" --json
is "is known" '{"added":0,"steps":0,"known":1,"bad":0}'
says "a private one may not go on" 5 "4096" add tip place=村口 subject="$(head -n 99 "$here/text")"
exit $failed
