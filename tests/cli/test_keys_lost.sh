#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The first and the last things: a station that was only begun, a database or keys that are gone,
# damaged, somebody else's or no files at all, a disk that is read-only. Each says what it is and
# what to do, what it says works, and nothing is waited for.
# Tests also: place.c own_keys.c restore.c
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
base=$OUTPOST_HOME
program=$outpost
# Nothing may hang, on a pipe least of all.
limited() { timeout -k 1 20 "$program" "$@"; }
outpost=limited

village
first=$(add_hazard)
cp -a "$base" "$here/good"
fresh() { # from the good one
	rm -rf "$base"
	cp -a "$here/good" "$base"
}
# The command that the last message names ('outpost …'), run as it stands.
advised() { # NAME
	local command=${err#*outpost restore}
	[ "$command" != "$err" ] || { false; verdict "$1"; return; }
	command=$(printf '%s' "$command" | sed "s/^ '\([^']*\)'.*/\1/;s/^ \"\([^\"]*\)\".*/\1/")
	ends "$1" 0 restore "$command"
}
shows() { # NAME: the first hazard is there
	run show "$first" --json
	[ "$code" -eq 0 ]
	verdict "$1"
}

# ---- the database
rm -f "$base"/station.db*
says "no database" 5 "outpost restore" list hazard
advised "what it says works"
shows "and brings it back"
fresh
rm -f "$base"/station.db*
: >"$base/station.db"
says "an empty one" 5 "outpost restore" list hazard
says "init makes nothing over it" 5 "outpost restore" init --area 410882103205 --name 王庄村
advised "what it says works"
shows "and brings it back"
fresh
rm -rf "$base"/station.db* "$base/backup"
says "no database and no backup" 5 "--new-keys" list hazard
says "init makes nothing there" 5 "--new-keys" init --area 410882103205 --name 王庄村
ends "unless it is told to" 0 init --new-keys --area 410882103205 --name 王庄村 --user 张三
[ -f "$base/keys.old-1/sign.key" ]
verdict "the old keys are kept"
add_hazard >/dev/null
verdict "and work begins"

fresh
rm -f "$base"/station.db*
mkfifo -m 600 "$base/station.db"
says "a pipe" 5 管道 list hazard
says "a pipe, for init" 5 管道 init --area 410882103205 --name 王庄村
says "a pipe, for restore" 5 管道 restore "$(ls "$base"/backup/*.db)"
says "a pipe to restore from" 5 管道 restore "$base/station.db"
mv "$base/station.db" "$base/station.db.bad"
says "moved as it says" 5 "outpost restore" list hazard
advised "and then restored"
fresh
rm -f "$base"/station.db*
mkdir "$base/station.db"
says "a folder" 5 文件夹 list hazard
rmdir "$base/station.db"
ln -s /nowhere/station.db "$base/station.db"
says "a link to nowhere" 5 链接 list hazard
says "a link to nowhere, for init" 5 链接 init --area 410882103205 --name 王庄村
rm "$base/station.db"
ln -s /dev/null "$base/station.db"
says "a device" 5 设备 list hazard
rm "$base/station.db"
echo "some text, longer than the head of a database: $(seq -s ' ' 100)" >"$base/station.db"
says "a text" 5 "outpost restore" list hazard
advised "which can be restored over"
shows "and brings it back"
fresh
mkdir "$here/disk"
mv "$base/station.db" "$here/disk/station.db"
rm -f "$base"/station.db-*
ln -s "$here/disk/station.db" "$base/station.db"
shows "a link to another disk is as good"
ends "it can be restored over" 0 restore "$(ls "$base"/backup/*.db)"
[ -L "$base/station.db" ] && [ -f "$here/disk/station.db.old" ]
verdict "there"
shows "and read"
fresh
echo junk >"$base/index.db"
run find 排水沟 --json
has "a damaged index is made again" "$first"
rm -f "$base"/index.db*
mkfifo -m 600 "$base/index.db"
run find 排水沟 --json
has "a pipe in its place, too" "$first"

# ---- of another station
fresh
OUTPOST_HOME=$here/other "$outpost" init --area 410882103206 --name 李庄村 --user 李四 >/dev/null
OUTPOST_HOME=$here/other "$outpost" backup "$here/other.db" >/dev/null
says "a backup of another station" 5 另一个站点 restore "$here/other.db"
shows "changes nothing"
OUTPOST_HOME=$here/free ends "in a folder of its own" 0 restore "$here/other.db"

# ---- keys
code_of() { "$outpost" whoami --json | sed -n 's/.*"code":"\([^"]*\)".*/\1/p'; }
without() { # NAME TEXT: read-only, with what to do, and both ways out work
	ends "$1: can be read" 0 list hazard
	has "$1: all of it" "$first"
	says "$1: cannot be written" 1 "--new-keys" add hazard category=H0101 grade=G place=P text=T
	says "$1: it says what it is" 0 "$2" check
	[ "$(code_of 2>/dev/null)" = WZC ]
	verdict "$1: it is still the same station"
	cp -a "$base" "$here/wrong"
	rm -rf "$base/keys"
	cp -a "$here/good/keys" "$base/keys"
	add_hazard >/dev/null && [ "$(code_of)" = WZC ]
	verdict "$1: with the keys back it goes on"
	rm -rf "$base"
	mv "$here/wrong" "$base"
	ends "$1: new keys" 0 init --new-keys
	has "$1: says what it means" WZC2
	shows "$1: the old record is there"
	add_hazard >/dev/null && [ "$(code_of)" = WZC2 ]
	verdict "$1: and a new one can be made"
	says "$1: once is enough" 1 完好 init --new-keys
	fresh
}
fresh
says "good keys stay" 1 完好 init --new-keys
rm -rf "$base/keys"
without "no keys" "里没有本站的密钥"
: >"$base/keys/sign.key"
without "an empty key" 已损坏
truncate -s 20 "$base/keys/sign.key"
without "half a key" 已损坏
cp "$here/other/keys/sign.key" "$base/keys/sign.key"
without "somebody else's key" 另一个站点
rm "$base/keys/sign.key"
mkfifo -m 600 "$base/keys/sign.key"
without "a pipe for a key" 不是密钥文件
rm "$base/keys/agree.key"
add_hazard >/dev/null && [ "$(code_of)" = WZC ]
verdict "without the other key it is the same station"
fresh
rm -rf "$base/keys"
echo text >"$base/keys"
without "a file in place of the folder" --new-keys

# A database that is restored without its keys can be looked at; with them it goes on.
mkdir -m 700 "$here/drill"
export OUTPOST_HOME=$here/drill
says "a drill without keys" 0 "--new-keys" restore "$(ls "$base"/backup/*.db)"
ends "is sound" 0 check
shows "and can be read"
cp -a "$here/good/keys" "$here/drill/keys"
add_hazard >/dev/null
verdict "with its keys it can be written"
[ "$(code_of)" = WZC2 ]
verdict "under another number, as the keys have written since"
export OUTPOST_HOME=$base

# ---- a log beside the database that is not its own
fresh
rows() { # SEED: a table of 400
	echo category,grade,place,text
	for i in $(seq 400); do echo "H0101,G,沟口 $i,堵塞 $1 $i $((i * $1 * 7919 % 10007))"; done
}
rows 1 >"$here/one.csv"
rows 2 >"$here/many.csv"
"$outpost" import csv "$here/one.csv" --kind hazard >/dev/null
"$outpost" backup "$here/early.db" >/dev/null
fresh
(OUTPOST_DIE=1:after "$program" import csv "$here/many.csv" --kind hazard) >/dev/null 2>&1
cp "$base/station.db-wal" "$here/later-wal"
[ -s "$here/later-wal" ]
verdict "there is a log of later"
cp "$here/early.db" "$base/station.db"
says "a log of another day" 5 "mv '" list hazard
[ -s "$base/station.db-wal" ]
verdict "is left alone"
mv "$base/station.db-wal" "$base/station.db-wal.old"
shows "moved as it says, the database can be read"
ends "and is sound" 0 check

# ---- a disk that is read-only
mkdir "$here/ro"
if mount -t tmpfs -o size=8m outpost-test "$here/ro" 2>/dev/null; then
	trap 'umount "$here/ro" 2>/dev/null; rm -rf "$here"' EXIT
	cp -a "$here/good/." "$here/ro/"
	chmod 700 "$here/ro"
	mount -o remount,ro "$here/ro"
	export OUTPOST_HOME=$here/ro
	ends "a read-only disk can be read" 0 list hazard
	has "all of it" "$first"
	says "and says why nothing can be written" 1 只读 add hazard category=H0101 grade=G place=P text=T
	ends "check" 0 check
	export OUTPOST_HOME=$base
else
	echo "skip a read-only disk: no tmpfs may be mounted here"
fi

# ---- a folder that is none, or is closed
echo text >"$here/file"
export OUTPOST_HOME=$here/file
says "a file for a folder" 5 不是文件夹 list hazard
says "a file for a folder, for init" 5 不是文件夹 init --area 410882103205 --name 王庄村
export OUTPOST_HOME=$base

# ---- a station that was only begun
fresh
rm -rf "$base"
mkdir -m 700 "$base"
: >"$base/station.db"
chmod 600 "$base/station.db"
says "begun" 1 "建站没有做完" list hazard
ends "and made again" 0 init --area 410882103205 --name 王庄村 --user 张三
add_hazard >/dev/null
verdict "it works"
exit $failed
