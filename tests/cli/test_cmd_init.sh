#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Making a station: level and code by themselves, the first user, and what is refused.
# Tests also: short_code.c.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"

says "area is needed" 2 用法 init
ends "village" 0 init --area 410882103205 --name 王庄村 --user 张三 --post 网格员
has "code from the initials" WZC
run whoami
has "the account is the first user" "张三  网格员"
has "the level is read off the area" "王庄村  村  410882103205  WZC"
says "a second init changes nothing" 1 已经有站点 init --area 410882103205 --name 李庄村
run whoami
has "and the first is still there" 王庄村

level() {
	export OUTPOST_HOME="$here/$1"
	run init --area "$2" --name "$3" --json
	has "level of $2" "\"level\":\"$1\""
}
level township 410882103 柏香镇
level county 410882 沁阳市
level city 4108 焦作市
export OUTPOST_HOME="$here/given"
ends "a level that is given wins" 0 init --area 441900003 --name 东城街道 --level township
export OUTPOST_HOME="$here/none"
says "name from the list of areas is not there" 5 --name init --area 410882999999
says "area of five digits" 5 --area init --area 41088 --name x
says "area with letters" 5 --area init --area 41088x --name x
says "unknown level" 5 --level init --area 410882 --name x --level town
says "broken name" 5 --name init --area 410882 --name "$(printf 'a\377b')"
says "unknown option" 2 --color init --area 410882 --name x --color
[ ! -e "$OUTPOST_HOME/station.db" ]
verdict "nothing was made of bad input"
says "no station, nothing to do" 1 "outpost init" list hazard

# A file without tables, as a kill before the first commit leaves it.
mkdir -m 700 "$here/early"
cp tests/data/no-tables.db "$here/early/station.db"
says "a file without tables is no station" 1 "outpost init" --home "$here/early" list hazard
ends "init makes it one" 0 --home "$here/early" init --area 410882103205 --name 王庄村 --user 张三
ends "which keeps records" 0 --home "$here/early" add hazard category=H0101 place=村口 text=塌陷 grade=G
says "and is not made twice" 1 已经有站点 --home "$here/early" init --area 410882103205 --name 王庄村
exit $failed
