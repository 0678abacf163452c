#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# export: what goes out comes in again, and formulas stay asleep.
# Covers: H01 I03 J02 K12
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
"$outpost" init --area 410882103 --name 柏香镇 >/dev/null || exit 1
ends "nothing yet" 0 export all --json
is "is an empty array" "[]"
depot=$("$outpost" add depot name=镇储备点)
"$outpost" add supply name='=HYPERLINK("x")' quantity=3 store="$depot" phone=+86-391-5661234 >/dev/null
"$outpost" add shelter name=小学 lon=112.934561 lat=35.1 >/dev/null
"$outpost" add shelter name=无坐标 >/dev/null
hazard=$("$outpost" add hazard category=H0101 place=堤 text=塌 grade=M)
"$outpost" step "$hazard" assign track=owner owner=水利站 owner_due=2027-01-05 >/dev/null
"$outpost" step "$hazard" accept track=owner >/dev/null

run export supply --csv
has "a heading of field names" "ref,number,area,at,by,state,name,"
has "a formula sleeps" "\"'=HYPERLINK(\"\"x\"\")\""
has "a phone is left alone" ",+86-391-5661234,"
run export shelter --geojson
has "longitude first" '"coordinates":[112.934561,35.1]'
says "those without a place are counted" 0 1 export shelter --geojson
lacks "and left out" 无坐标
ends "supplies have no place" 2 export supply --geojson
ends "a table is of one kind" 2 export all --csv
ends "one format" 2 export supply --csv --json
says "no such folder" 1 nowhere export supply --csv "$here/nowhere/x.csv"
ends "no such kind" 2 export nothing
ends "to a file" 0 export all --json "$here/all.json"
is "and there alone" ""
says "an old file stays" 1 --force export all --json "$here/all.json"
ends "but when asked for" 0 export all --json --force "$here/all.json"
"$outpost" backup "$here/copy.db" >/dev/null || exit 1
cksum "$here/copy.db" "$OUTPOST_HOME"/station.db "$OUTPOST_HOME"/keys/* >"$here/before"
for file in "$here/copy.db" "$OUTPOST_HOME/station.db" "$OUTPOST_HOME/keys/sign.key" "$OUTPOST_HOME/station.db-wal"; do
	says "never over ${file##*/}" 1 "$file" export all --json --force "$file"
	says "nor a backup" "$([ -f "$file" ] && echo 5 || echo 1)" "$file" backup "$file"
done
cksum "$here/copy.db" "$OUTPOST_HOME"/station.db "$OUTPOST_HOME"/keys/* | cmp -s - "$here/before"
verdict "none of them has changed"
ends "which this station knows" 0 import json "$here/all.json" --json
is "all of it" '{"added":0,"steps":0,"known":7,"bad":0}'
ends "a table too" 0 export supply --csv "$here/supply.csv"
ends "which it knows as well" 0 import csv --kind supply "$here/supply.csv" --json
has "the row" '{"added":0,"steps":0,"known":1,"bad":0,"changed":0,'

# Through a spreadsheet: what it is not to touch is ="…", and nothing has changed when it is back.
"$outpost" add device name=对讲机 number=001 phone=0391-5630120 >/dev/null
ends "a spreadsheet's file has a name" 2 export device --excel
ends "for a spreadsheet" 0 export device --excel "$here/sheet.csv"
[ "$(head -c 3 "$here/sheet.csv" | od -An -tx1 | tr -d ' ')" = efbbbf ] && grep -q '"=""001"""' "$here/sheet.csv"
verdict "with its mark, and numbers that stay"
ends "and back" 0 import csv --kind device "$here/sheet.csv" --json
has "the same" '{"added":0,"steps":0,"known":1,"bad":0,"changed":0,'
# An id may look like a number: 8528e023854283-20.
sed -E '$s/^([0-9a-f]{14}-[0-9]+),/"=""\1""",/' "$here/sheet.csv" >"$here/quoted.csv"
grep -q '^"=""' "$here/quoted.csv"
verdict "an id that is protected, too"
ends "and back like this" 0 import csv --kind device "$here/quoted.csv" --json
has "it is the same record" '{"added":0,"steps":0,"known":1,"bad":0,"changed":0,'
ends "for one that reads GB18030" 0 export device --gb18030 "$here/gb.csv"
[ "$(iconv -f gb18030 -t utf-8 "$here/gb.csv" | tail -n 1)" = "$(tail -n 1 "$here/sheet.csv")" ]
verdict "the same in its coding"
ends "and back, too" 0 import csv --kind device "$here/gb.csv" --json
has "still the same" '{"added":0,"steps":0,"known":1,"bad":0,"changed":0,'

# Into another station: the same records, tied to each other as before.
OUTPOST_HOME="$here/other"
"$outpost" init --area 410882103 --name 镇二 >/dev/null || exit 1
ends "another station takes it" 0 import json "$here/all.json" --json
is "all of it there" '{"added":5,"steps":2,"known":0,"bad":0}'
run list hazard --json
has "with what became of them" '"state":"accepted"'
ends "twice is once" 0 import json "$here/all.json" --json
is "steps too" '{"added":0,"steps":0,"known":7,"bad":0}'
depot=$("$outpost" list depot --json | sed -n 's/.*"number":"\([^"]*\)".*/\1/p')
run list supply --json
has "the formula is a plain name again" '"name":"=HYPERLINK(\"x\")"'
has "the store is tied" "\"store\":\"$depot\""
ends "by area" 0 export all --json --area 410882103205
is "nothing is stored there" "[]"

# With a platform of safety codes: who has to leave goes out by the code of the household, who came in comes back by it.
"$outpost" add household head=范春生 people=4 code=C019 >/dev/null
"$outpost" add household head=范长江 people=2 code=C020 >/dev/null
home=$("$outpost" list household --json | sed -n 's/.*"number":"\([^"]*\)".*C019.*/\1/p')
"$outpost" add transfer household="$home" people=4 >/dev/null
printf '安全码\thousehold.code\n人数\tpeople\n状态\tstate\n' >"$here/codes.tsv"
run export transfer --csv --labels --columns "$here/codes.tsv"
has "the list of who leaves, by code" "C019,4,待通知"
printf 'household.nothing\n' >"$here/wrong.tsv"
ends "a field that the other record has not" 5 export transfer --csv --columns "$here/wrong.tsv"
printf '安置点\tshelter\n安全码\thousehold\n姓名\tname\n人数\tpeople\n' >"$here/stays.tsv"
printf '安置点,安全码,姓名,人数\n小学,C019,范春生,4\n小学,C099,某某,1\n' >"$here/stays.csv"
ends "who came in, by code" 0 import csv "$here/stays.csv" --kind stay --map "$here/stays.tsv"
run list stay --json
has "is that household" "\"name\":\"范春生\",\"household\":\"$home\""
has "a code that nobody has stays what it was" '"household":"C099"'

# Who may log in is each station's own affair.
"$outpost" user add 王五 login=wangwu >/dev/null || exit 1
run export person --json
has "people go out" '"name":"王五"'
lacks "but not their login" wangwu
echo '{"kind":"person","fields":{"name":"赵六","login":"root"}}' >"$here/person.json"
says "and none comes in" 5 login --user 王五 import json "$here/person.json"
exit "$failed"
