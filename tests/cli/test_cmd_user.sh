#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Users: one login one person, roles, off and on, PINs.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
"$outpost" init --area 410882103205 --name 王庄村 >/dev/null
run whoami
has "a station without users acts itself" 王庄村
ends "and may write" 0 add contact name=王五
run show "$out" --json
has "in its own name" '"by":"王庄村"'
ends "the first user" 0 user add 张三 role=R02 post=网格长 phone=13812345678
run whoami
has "an account that is nobody's is not the only user" 不明
says "so it does not write" 4 --user add contact name=王五
run whoami --json --user 张三
has "who is named acts" '"name":"张三"'
has "with his role" '"role":"R02"'
says "his role does not keep users" 4 人员 --user 张三 user add 李四
ends "the account does" 0 user add 李四
ends "a person who is called as the account" 0 user add "$(id -un)" login=other
run whoami
has "is not whose the account is" 不明
ends "and goes" 0 user off other
says "reading needs no name" 0 "" list contact
says "writing does" 4 --user add contact name=王五
ends "by option" 0 --user 李四 add contact name=王五
export OUTPOST_USER=李四 # without a role: every step of the level
ends "by environment" 0 add contact name=王五
run show "$out" --json
has "he is the author" '"by":"李四"'
says "the same login twice" 5 login user add 李四
ends "another login for the same name" 0 user add 李四 login=lisi2
says "unknown role" 5 '"role"' user add 王五 role=R99
says "phone with letters" 5 '"phone"' user add 王五 phone=x
run user list --json
has "listed" '"login":"lisi2"'
run user list
has "for people too" 网格长
ends "off" 0 user off lisi2
says "who is off does not act" 4 停用 --user lisi2 add contact name=王五
says "off twice" 4 "" user off lisi2
ends "on again" 0 user on lisi2
ends "and acts" 0 --user lisi2 add contact name=王五
says "nobody of that name" 6 赵六 user off 赵六
unset OUTPOST_USER # the account keeps the users
out=$(echo 2468 | "$outpost" user pin 李四 2>&1)
verdict "a PIN from stdin"
run user list --json
has "is noted" '"pin":true'
lacks "and never shown" 2468
echo 12 | "$outpost" user pin 李四 2>/dev/null
[ $? -eq 5 ]
verdict "too short"
says "no PIN at all" 5 口令 user pin 李四
says "a script that writes needs it" 4 --pin-fd --user 李四 add contact name=甲
out=$("$outpost" --user 李四 --pin-fd 3 whoami 3<<<2468)
has "and gives it by a descriptor" 李四
says "no name" 2 用法 user add
says "no such thing" 2 用法 user rename a

# The account's own person leaves: the account still keeps the users.
export OUTPOST_HOME="$here/other"
unset OUTPOST_USER
village
ends "the account's person goes" 0 user off 张三
run whoami
has "nobody acts but the station" 本站
ends "and comes back" 0 user on 张三
run whoami
has "he acts again" 张三

# init makes the account its first user's: what he does needs no name, even when others come.
export OUTPOST_HOME="$here/bound"
"$outpost" init --area 410882103205 --name 王庄村 --user 张三 >/dev/null
ends "right after init" 0 add hazard category=H0101 place=村东 text=护岸冲空 grade=G
ends "another user" 0 user add 李四
run whoami
has "the account is still his" 张三
ends "the account becomes nobody's" 0 edit "$("$outpost" list person --json | sed -n 's/.*"number":"\([^"]*\)".*张三.*/\1/p')" login=zhangsan
says "and writes no more" 4 --user add contact name=王五
exit $failed
