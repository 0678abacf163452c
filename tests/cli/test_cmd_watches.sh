#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Watches that were held, counted for rest and pay: by day and night, at weekends and on holidays, as handed over.
# Tests also: duties.c
# Covers: F04
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
export OUTPOST_NOW=2026-09-28T07:00:00+08:00
"$outpost" init --area 410882103 --name 柏香镇 --user 崔丽娟 --post 值班员 >/dev/null
"$outpost" user add 刘凤英 post=值班员 >/dev/null
leader=$("$outpost" add person name=闫占奎 role=R08 post=副镇长 phone=15439184314)
roster() { "$outpost" add roster date="$1" desk="$2" officer="$3" leader="$leader" >/dev/null; }
roster 2026-09-25 E 崔丽娟   # Mid-Autumn, a Friday
roster 2026-09-26 E 刘凤英   # a Saturday, but of the holiday
roster 2026-09-28 E 崔丽娟   # a Monday
roster 2026-09-28 F 崔丽娟   # two desks, one person
roster 2026-09-29 E 刘凤英
roster 2026-10-10 E 崔丽娟   # a Saturday on which people work
roster 2026-10-17 E 崔丽娟   # a Saturday

export OUTPOST_NOW=2026-09-30T09:00:00+08:00
run watches 2026-09 --csv
row() { out=$(printf '%s\n' "$out" | tr -d '\r'); has "$1" "$2"; }
row "a heading for programs" 'month,name,day,night,weekend,holiday,signed,rest_hours'
row "a holiday and a Monday with two desks: two days, two nights" '2026-09,崔丽娟,2,2,0,2,0,12'
row "a Saturday of the holiday is no weekend" '2026-09,刘凤英,2,2,0,2,0,12'
row "the leader by the roster" '2026-09,闫占奎,4,4,0,4,0,24'
lacks "what is still to come is not counted" 2026-10

# In the evening one takes over from the other, and signs: the night is hers.
export OUTPOST_NOW=2026-10-10T18:00:00+08:00
handover=$("$outpost" add handover from=崔丽娟 to=刘凤英 open=无)
run watches 2026-10 --csv
lacks "today's watch is not over" '2026-10,'
OUTPOST_USER=刘凤英 "$outpost" step "$handover" sign >/dev/null || echo "not ok the handover was not signed"
export OUTPOST_NOW=2026-10-10T20:30:00+08:00
run watches 2026-10 --csv
row "after eight the day is over" '2026-10,崔丽娟,1,0,0,0,1,0'
export OUTPOST_NOW=2026-10-18T09:00:00+08:00
run watches 2026-10 --csv
row "the night is counted for whoever took it over" '2026-10,刘凤英,0,1,0,0,1,4'
row "a swapped Saturday is a working day, the next one is a weekend" '2026-10,崔丽娟,2,1,2,0,1,8'

run watches --json
row "as JSON" '"month":"2026-10","name":"刘凤英","day":0,"night":1,"weekend":0,"holiday":0,"signed":1,"rest_hours":4'
row "the whole year" '"month":"2026-09"'
run watches 2026
row "to people" '补休小时'
run watches 2026-10 --csv --labels
row "a table for whoever pays" '月份,姓名,白班,夜班,周末,节假日,交接,补休小时'
"$outpost" watches 2026-10 --csv --charset gb18030 | iconv -f gb18030 -t utf-8 | grep -q 刘凤英
verdict "in the coding of old tables"
says "no month" 5 '要写一个月 2026-07' watches 2026-10-03
says "a coding that is not there" 5 '没有编码' watches --csv --charset big5

# The county pays a weekend with a day and a half.
mkdir "$here/config" && echo 'limit rest.weekend.night.hours 8' >"$here/config/rules.conf"
run --config "$here/config" watches 2026-10 --csv
row "rest as the county has it" '2026-10,崔丽娟,2,1,2,0,1,12'
exit "$failed"
