#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# PINs off a terminal: what asks for one is refused, unless a named descriptor gives it; wrong ones are counted and
# lock; and none of it stands anywhere afterwards.
# Tests also: prove.c.
# Covers: W1.2
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
export OUTPOST_NOW=2026-07-14T08:00:00+08:00
village # 张三, whose account it is
"$outpost" user add 李四 >/dev/null
"$outpost" user add 王五 >/dev/null
warning=$("$outpost" add warning event=11B01 severity=red headline=暴雨红色预警 expires=+6h)
hazard=$(add_hazard)
"$outpost" --user 李四 step "$hazard" rectify text=已清淤 >/dev/null
out=$(printf '135790\n' | "$outpost" user pin 张三 2>&1)
verdict "his first PIN needs none"
out=$(printf '2468\n' | "$outpost" --pin-fd 3 user pin 李四 3<<<135790 2>&1)
verdict "another's needs his own"

# NAME CODE TEXT PIN ARGS...: with that line on descriptor 3; TEXT stands in what it says.
with() {
	local name=$1 wanted=$2 text=$3 pin=$4
	shift 4
	out=$("$outpost" "$@" 2>&1 </dev/null 3<<<"$pin")
	code=$?
	[ $code -eq "$wanted" ] && case $out in *"$text"*) true ;; *) false ;; esac
	verdict "$name"
}

ends "reading his own needs none" 0 list hazard
ends "nor does reporting" 0 add hazard category=H0101 place=村东 text=护岸冲空 grade=G
says "signing does" 4 --pin-fd step "$warning" sign
says "by the record, too" 4 --pin-fd add receipt warning="$warning"
says "rechecking" 4 --pin-fd step "$hazard" recheck result=passed
says "handing on" 4 --pin-fd step "$hazard" hand_over to=县应急局
says "handing over the watch" 4 --pin-fd add handover from=张三 to=李四
says "a new user" 4 --pin-fd user add 赵六
says "a user who goes" 4 --pin-fd user off 王五
says "another's PIN" 4 --pin-fd user pin 王五
says "his own PIN" 4 --pin-fd user pin 张三
says "acting under another name" 4 --pin-fd --user 李四 add contact name=甲
ends "reading is done in nobody's name" 0 --user 李四 list hazard
ends "who has none needs none" 0 --user 王五 add contact name=甲
with "one word" 0 "" 135790 --pin-fd=3 step "$warning" sign
with "two words" 0 "" 135790 --pin-fd 3 step "$hazard" recheck result=passed
with "behind the command" 0 "" 135790 add handover from=张三 to=李四 --pin-fd 3
handover=$out
with "another name, with that one's PIN" 0 李四 2468 --user 李四 --pin-fd 3 whoami
with "and then signing, with one line for both" 0 "" 2468 --user 李四 --pin-fd 3 step "$handover" sign
with "not with the wrong one's" 4 口令不对 135790 --user 李四 --pin-fd 3 whoami
with "the right one forgives" 0 李四 2468 --user 李四 --pin-fd 3 whoami
with "a line end of another system" 0 李四 $'2468\r' --user 李四 --pin-fd 3 whoami
with "an empty line" 4 描述符 "" --user 李四 --pin-fd 3 whoami
with "too long a line" 4 描述符 "$(printf '2%.0s' {1..200})" --user 李四 --pin-fd 3 whoami
with "as long as it may be, and wrong" 4 不对 "$(printf '2%.0s' {1..32})" --user 李四 --pin-fd 3 whoami
says "a descriptor that is not open" 2 --pin-fd --pin-fd 7 whoami
for bad in x -1 3x 99999 ""; do
	says "no descriptor: \"$bad\"" 2 --pin-fd "--pin-fd=$bad" whoami
done
says "nothing behind it" 2 --pin-fd whoami --pin-fd
printf '2468\n1357\n' >"$here/lines"
out=$("$outpost" --user 李四 --pin-fd 0 user pin 李四 <"$here/lines" 2>&1)
verdict "the old one and the new one from one descriptor"
with "the new one counts" 0 李四 1357 --user 李四 --pin-fd 3 whoami

# An import is one act: the PIN comes first, or its lines that ask for it are refused.
printf '{"kind":"receipt","ref":"r1","area":"410882103205","fields":{"warning":"%s"}}\n' "$warning" >"$here/in.json"
printf '{"kind":"contact","ref":"c1","area":"410882103205","fields":{"name":"乙"}}\n' >>"$here/in.json"
says "imported signatures" 5 --pin-fd import json "$here/in.json"
has "and what needs none is imported" "1 条"
with "with the PIN" 0 "" 135790 import json "$here/in.json" --pin-fd 3

# Five wrong ones lock, for minutes that double; the right one does not help then.
for i in 1 2 3 4 5; do with "wrong, $i" 4 不对 1111 --user 李四 --pin-fd 3 whoami; done
with "the right one at the lock" 4 锁 1357 --user 李四 --pin-fd 3 whoami
OUTPOST_NOW=2026-07-14T08:00:50+08:00 with "fifty seconds later" 4 锁 1357 --user 李四 --pin-fd 3 whoami
export OUTPOST_NOW=2026-07-14T08:01:30+08:00
for i in 1 2 3 4 5; do with "a minute later, wrong, $i" 4 不对 1111 --user 李四 --pin-fd 3 whoami; done
OUTPOST_NOW=2026-07-14T08:03:00+08:00 with "the second lock is longer" 4 锁 1357 --user 李四 --pin-fd 3 whoami
OUTPOST_NOW=2026-07-14T08:04:00+08:00 with "and ends" 0 李四 1357 --user 李四 --pin-fd 3 whoami

# Forgotten: whose the folder is has a way out, and it is written down.
for i in 1 2 3 4 5; do with "forgotten, $i" 4 不对 1111 --pin-fd 3 user add 赵六; done
out=$(echo 97531 | "$outpost" user pin 张三 --reset 2>&1)
verdict "set anew by the owner of the folder"
with "opens the lock" 0 "" 97531 --pin-fd 3 user add 赵六

# Where a try cannot be counted nothing is compared.
if [ "$(id -u)" != 0 ]; then
	chmod 500 "$OUTPOST_HOME"
	chmod 400 "$OUTPOST_HOME/station.db"
	with "a folder that cannot be written" 1 口令 1357 --user 李四 --pin-fd 3 whoami
	chmod 700 "$OUTPOST_HOME"
	chmod 600 "$OUTPOST_HOME/station.db"
fi

# The log has each try, and no PIN; nor has anything else.
grep -q '李四 的口令：不对' "$OUTPOST_HOME/pin.log" && grep -q '李四 的口令：锁着' "$OUTPOST_HOME/pin.log"
verdict "tries are logged"
[ "$(stat -c %a "$OUTPOST_HOME/pin.log")" = 600 ]
verdict "for the owner alone"
! grep -rqaE '135790|97531' "$OUTPOST_HOME"
verdict "and no PIN is in any file"
exit $failed
