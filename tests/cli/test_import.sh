#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# import: exit codes, what is said with file and line, and that twice is once.
# Tests also: import_say.c
# Covers: C11 K12
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
cap=tests/data/cap
"$outpost" init --area 410882103 --name 柏香镇 --user 张三 >/dev/null || exit 1

ends "a Chinese alert" 0 import cap $cap/gb.xml
has "one is new" "新增 1 条"
run list warning --json
has "its colour" '"severity":"orange"'
has "stored for the station's own area" '"area":"410882103000"'
has "with its own codes" '"areas":"410882000000"'
ends "the same again" 0 import cap $cap/gb.xml --json
is "changes nothing" '{"added":0,"steps":0,"known":1,"bad":0}'
ends "only tried" 0 import cap $cap/gb_update.xml --try --json
has "is not taken for stored" '"bad":0,"try":true'
ends "update and cancel in one go" 0 import cap $cap/gb_cancel.xml $cap/gb_update.xml
run list warning --state open --json
is "nothing is in force any more" "[]"
says "a feed with entries that are none" 0 "$cap/feed.xml:68: " import cap $cap/feed.xml
has "four of five" "新增 4 条记录、0 步；已有 0 条；未导入 1 条"
says "a signature is shown as not checked" 0 没有核验 import cap $cap/signed.xml
for bad in laughs external dtd entity cut deep gb html empty time; do
	says "refused: $bad" 5 "$cap/bad_$bad.xml:" import cap "$cap/bad_$bad.xml"
done
says "a byte that is none" 0 "$cap/bad_utf8.xml:19: " import cap $cap/bad_utf8.xml $cap/bad_coding.xml
has "costs no warning" "新增 2 条"
says "a bad file does not hide a good one" 5 bad_cut.xml import cap $cap/v11.xml $cap/bad_cut.xml
has "which is stored" "新增 1 条"
says "no such file" 5 "$here/none.xml" import cap "$here/none.xml"

cat >"$here/a.jsonl" <<'END'
{"kind":"hazard","ref":"H1","area":"410882103205","at":"2026-07-14T06:33:32+08:00","by":"李四","fields":{"category":"H0101","grade":"G","place":"北堤","text":"渗水"}}
{"step":"assign","of":"H1","fields":{"track":"owner","owner":"村委会","owner_due":"2026-07-29"}}
{"kind":"hazard","ref":"H2","area":"411502","fields":{"category":"H0101","grade":"G","place":"p","text":"t"}}
END
says "JSON lines, one bad" 5 "$here/a.jsonl:3: " import json "$here/a.jsonl"
run list hazard --json
has "the good line and its step" '"state":"assigned"'
run import json "$here/a.jsonl" --json
has "twice is once" '{"added":0,"steps":0,"known":2,"bad":1,'
has "the bad line is an object" '"line":3,"column":null,"done":"refused","text":"'
ends "all or none" 5 import json "$here/a.jsonl" --source again --all-or-none --json
has "stores nothing" '{"added":0,"steps":0,"known":0,"bad":1,'
head -n 1 "$here/a.jsonl" | "$outpost" import json - --source again --json >"$here/out"
[ "$(cat "$here/out")" = '{"added":1,"steps":0,"known":0,"bad":0}' ]
verdict "another source, from a pipe"

printf '\357\273\277名称,数量,单位\r\n抽水泵,3,台\r\n"绳,索",20,条\r\n' >"$here/a.csv"
ends "a table" 0 import csv --kind supply "$here/a.csv"
iconv -f UTF-8 -t GB18030 <(tail -c +4 "$here/a.csv") >"$here/gb.csv"
ends "the same in GB18030" 0 import csv --kind supply "$here/gb.csv" --json
has "is known" '{"added":0,"steps":0,"known":2,"bad":0,"changed":0,"doubtful":0,"left_out":0,"vanished":0,'
run list supply --json
has "a comma in a cell" '"name":"绳,索"'
printf 'name,quantity\n铲,很多\n' >"$here/b.csv"
says "a number that is none costs its cell" 0 "$here/b.csv:2: " import csv --kind supply "$here/b.csv"
has "the row is in" "新增 1 条记录"
printf 'name,quantity\n,3\n' >"$here/b.csv"
says "a table of which nothing can be used" 5 "$here/b.csv:2: " import csv --kind supply "$here/b.csv"
printf '品名\tname\n' >"$here/map.tsv"
printf '品名\n铲\n' >"$here/c.csv"
ends "a map" 0 import csv --kind supply "$here/c.csv" --map "$here/map.tsv"
says "no such map" 5 none.tsv import csv --kind supply "$here/c.csv" --map "$here/none.tsv"
ends "a table needs its kind" 2 import csv "$here/a.csv"
ends "grants do not come by table" 2 import csv --kind grant "$here/a.csv"

# What a table would do, before it does.
printf '花名册,,\n户 主,人口（人）,属相\n甲,三,鼠\n乙,很多,牛\n合计,,3\n' >"$here/d.csv"
says "a try names the cell" 0 "$here/d.csv:4: 列 \"人口（人）\"" import csv --kind household "$here/d.csv" --try
has "and the columns" "人口（人）"
has "and the counts" "新增 2 条记录"
ends "as objects" 0 import csv --kind household "$here/d.csv" --try --json
has "a column" '{"heading":"户 主","field":"head","by":"label"}'
has "one that is left out" '{"heading":"属相","field":null,"by":null}'
has "a cell" '"line":4,"column":"人口（人）","done":"emptied"'
has "a row" '"line":5,"column":null,"done":"left_out"'
run list household --json
is "nothing is stored" "[]"
ends "then stored" 0 import csv --kind household "$here/d.csv"
printf '户主,人口\n甲,4\n丙,1\n' >"$here/d.csv"
ends "next month" 0 import csv --kind household "$here/d.csv" --json
has "has one new" '{"added":1,"steps":0,"known":0,"bad":0,"changed":1,"doubtful":0,"left_out":0,"vanished":1'

printf 'code,name\n411502001001,测试社区\n411502001,老城街道\n' >"$here/areas.csv"
ends "places" 0 import areas "$here/areas.csv"
[ "$(sed -n 2p "$OUTPOST_HOME/areas/411502.tsv")" = "$(printf '411502001000\t老城街道')" ]
verdict "are stored in order"
printf '411502001001,甲\n4115020,乙\n' >"$here/areas.csv"
says "a bad code refuses the list" 5 "$here/areas.csv:2: " import areas "$here/areas.csv"
says "no such list" 5 none.tsv import areas "$here/none.tsv"
ends "no such format" 2 import xml "$here/a.csv"
ends "no file" 2 import cap
ends "no such option" 2 import cap --wrong $cap/gb.xml
run check
[ "$code" -eq 0 ]
verdict "the store is sound"
# Text in a coding that is not read here is refused by name, not stored as hanzi that nobody wrote.
file() { printf '%b' "$2" >"$here/$1"; }
before=$("$outpost" list hazard --json | cksum)
file big5.csv 'category,place,text,grade\nH0101,\xa7\xf8\xaaF,\xbd\xd0\xaa`\xb7N,G\n'
says "Big5" 5 "big5.csv: 第 2 行" import csv --kind hazard "$here/big5.csv"
says "is named" 5 Big5 import csv --kind hazard "$here/big5.csv"
file latin.csv 'category,place,text,grade\nH0101,caf\xe9,x,G\n'
says "Latin-1" 5 Latin-1 import csv --kind hazard "$here/latin.csv"
file wide.csv 'n\0a\0m\0e\0\n\0A\0'
ends "UTF-16 without a mark" 0 import csv --kind supply "$here/wide.csv"
file gb.json '{"kind":"hazard","fields":{"category":"H0101","place":"\xb4\xe5\xb6\xab\xc7\xc5\xcf\xc2","text":"x","grade":"G"}}\n'
says "JSON is UTF-8" 5 "gb.json: 第 1 行" import json "$here/gb.json"
says "and what it is is said" 5 GB18030 import json "$here/gb.json"
file big5.xml '<alert><headline>\xbd\xd0\xaa`\xb7N</headline></alert>'
says "an alert too" 5 Big5 import cap "$here/big5.xml"
run list hazard --json
[ "$(printf '%s\n' "$out" | cksum)" = "$before" ]
verdict "nothing of it is stored"
says "an argument in GB18030 where UTF-8 is spoken" 5 GB18030 add hazard category=H0101 place=$'\xb4\xe5\xb6\xab' text=x grade=G
if [ -n "${LOCPATH:-}" ]; then
	out=$(LC_ALL=zh_CN.GB18030 "$outpost" add hazard category=H0101 place=村东桥下 text=裂缝 grade=G 2>"$here/err") && false
	code=$?
	err=$(cat "$here/err")
	[ "$code" -eq 5 ] && case $err in *UTF-8*GB18030*) true ;; *) false ;; esac
	verdict "and UTF-8 where GB18030 is"
fi
exit "$failed"
