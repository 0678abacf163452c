#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# add and edit: defaults, labels, the record's own, JSON, clearing.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
village
run add hazard category=H0101 place=村部 text=排水沟堵塞 grade=G
[ "$code" -eq 0 ] && [ "$(printf '%s\n' "$out" | wc -l)" -eq 1 ] && [ -z "$err" ]
verdict "one line, the number alone"
number=$out
run show "$number" --json
has "found now" '"found_at":"2'
has "source by itself" '"source":"S1"'
has "area of the station" '"area":"410882103205"'
has "by the user" '"by":"张三"'
ends "labels instead of names" 0 add hazard 类别=H0101 地点=东沟 情况=塌方 等级=G
run show "$out" --json
has "and they are the same fields" '"place":"东沟"'
ends "at and by" 0 add hazard category=H0101 place=甲 text=乙 at=2026-07-14T06:33:32+08:00 by=群众
run show "$out" --json
has "at is the record's" '"at":"2026-07-14T06:33:32+08:00"'
has "by is the source's" '"by":"群众"'
echo '{"category":"H0101","place":"丙","text":"丁\n戊","risk":2,"found_at":null}' >"$here/one.json"
ends "from a JSON file" 0 add hazard --json "$here/one.json" grade=M
run show "$out" --json
has "line ends stay in long texts" '"text":"丁\n戊"'
has "words and file together" '"grade":"M"'
out=$(echo '{"kind":"hazard","at":"2026-07-01T00:00:00+08:00","fields":{"category":"H0101","place":"己","text":"庚"}}' |
	"$outpost" add hazard --json -)
run show "$out" --json
has "an import line on stdin" '"at":"2026-07-01T00:00:00+08:00"'
echo '{"kind":"point","fields":{}}' >"$here/one.json"
says "of another kind" 5 kind add hazard --json "$here/one.json"
says "file is not there" 5 none.json add hazard --json "$here/none.json"
ends "a month as a date" 0 add supply name=水泵 expires=2027-08 quantity=2.5 unit=台
run show "$out" --json
has "month kept" '"expires":"2027-08"'
has "decimal as a number" '"quantity":2.5'
supply=$out
ends "a blank field has no default" 0 add hazard category=H0101 place=甲 text=乙 source=
run show "$out" --json
lacks "it stays empty" '"source"'
ends "edit" 0 edit "$number" risk=1 place=村部南侧
is "prints the number" "$number"
run show "$number" --json
has "changed" '"place":"村部南侧"'
ends "clear" 0 edit "$number" risk=
run show "$number" --json
has "cleared" '"grade":"G","place"'
ends "unknown unit is kept" 0 add supply name=沙袋 unit=抱 quantity=0
run show "$out" --json
has "as it was typed" '"unit":"抱"'
has "none is not unknown" '"quantity":0'
says "unknown kind" 2 nosuch add nosuch a=b
says "unknown record" 6 WZC-9999 edit WZC-9999 place=x
says "no words" 2 用法 edit "$number"
says "unknown option" 2 --nosuch add hazard --nosuch
[ -n "$supply" ]
verdict "supply has a number"
[ "$(find "$OUTPOST_HOME/backup" -type f 2>/dev/null | wc -l)" -eq 1 ]
verdict "the first write of the day made a backup"
exit $failed
