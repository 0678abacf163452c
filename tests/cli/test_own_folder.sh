#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A station's own folder and files with wrong modes, or pipes and folders in place of files: read
# where it can be read, said where it cannot, with the command that mends it; nothing is waited for.
# Tests also: place.c own_keys.c open.c backup.c file.c
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
unset OUTPOST_USER
chmod 755 "$here"
if [ "$(id -u)" = 0 ]; then
	setpriv --reuid 61001 --regid 61001 --clear-groups true 2>/dev/null || {
		echo "skip the own folder: root cannot become another account here"
		exit 0
	}
fi
base=$OUTPOST_HOME
mkdir -m 700 "$base"
mine() { # FILE...: the account's
	[ "$(id -u)" != 0 ] || chown -h 61001:61001 "$@"
}
mine "$base"
program=$outpost
# As a person, not as root, whom no mode stops; and nothing may hang.
person() {
	if [ "$(id -u)" = 0 ]; then
		timeout -k 1 20 setpriv --reuid 61001 --regid 61001 --clear-groups "$program" "$@"
	else
		timeout -k 1 20 "$program" "$@"
	fi
}
outpost=person
person init --area 410882103205 --name 王庄村 --user 张三 >/dev/null
first=$(person --user 张三 add hazard category=H0101 place=村部北侧 text=排水沟堵塞 grade=M)
export OUTPOST_USER=张三
cp -a "$base" "$here/good"
fresh() {
	chmod -R u+rwX "$base"
	rm -rf "$base"
	cp -a "$here/good" "$base"
}
write() { # NAME CODE TEXT
	says "$1" "$2" "$3" add hazard category=H0101 grade=G place=P text=T
}
# NAME: the chmod that the last message names, run by the owner, and then it works
mends() {
	local what=${err#*chmod }
	[ "$what" != "$err" ] || what=
	what=$(sed "s/^\([^ ]*\) \([^ ]*\) '\([^']*\)'.*/\1 \2 \3/;q" <<<"$what")
	# shellcheck disable=SC2086
	case $what in "-R u+rwX "*) chmod $what ;; *) false ;; esac
	verdict "$1: the command is named"
	run add hazard category=H0101 grade=G place=P text=T
	[ "$code" -eq 0 ]
	verdict "$1: and works"
}

# ---- modes
fresh
chmod 500 "$base"
ends "a folder that cannot be written is read" 0 list hazard
has "all of it" "$first"
ends "and found in" 0 find 排水沟
write "and says why nothing is written" 1 只能查看
mends "a closed folder"
fresh
chmod 400 "$base/station.db"
ends "a database that cannot be written is read" 0 list hazard
write "and says why" 1 只能查看
mends "a closed database"
fresh
chmod 000 "$base"
says "a folder that cannot be read" 1 没有权限 list hazard
mends "an unreadable folder"
chmod 000 "$base"
says "init makes nothing there" 1 没有权限 init --area 410882103205 --name 王庄村
fresh
chmod 000 "$base/station.db"
says "a database that cannot be read" 1 没有权限 list hazard
mends "an unreadable database"
for closed in keys keys/sign.key keys/agree.key; do
	fresh
	chmod 000 "$base/$closed"
	ends "$closed unreadable: can be looked at" 0 list hazard
	says "$closed unreadable: no new keys are made over it" 1 没有权限 init --new-keys
	[ ! -e "$base/keys.old-1" ]
	verdict "$closed unreadable: nothing is moved"
	write "$closed unreadable: cannot be written" 1 没有权限
	mends "$closed unreadable"
	run whoami --json
	has "$closed unreadable: the same station" '"code":"WZC"'
done

# ---- pipes and folders in place of files
pipe() {
	rm -rf "${base:?}/$1"
	mkfifo -m 600 "$base/$1"
	mine "$base/$1"
}
folder() {
	rm -rf "${base:?}/$1"
	mkdir -m 700 "$base/$1"
	mine "$base/$1"
}
for made in pipe folder; do
	fresh
	$made outpost.conf
	says "a $made for the settings" 0 outpost.conf list hazard
	for file in keys/heir keys/written keys/agree.key reserve sync.log; do
		fresh
		$made $file
		write "a $made for $file: it can be written" 0 ""
		run site renew --yes
		[ "$code" -le 1 ] && { [ "$code" -eq 0 ] || [[ $err == *"$file"* ]]; }
		verdict "a $made for $file: it goes on, or is named"
	done
	fresh
	$made index.db
	run find 排水沟
	has "a $made for the index: it is found all the same" "$first"
	fresh
	$made backup/station-20260101.db
	ends "a $made among the backups" 0 list hazard
	rm -f "$base/station.db"
	says "which is none" 5 "outpost restore" list hazard
done

# ---- what it says of a copy that cannot be made
fresh
says "no copy where nothing may be written" 1 "\"$here/copy.db\"" backup "$here/copy.db"
says "nor a day's" 0 "" list hazard
rm -rf "$base/backup"
folder backup
chmod 500 "$base/backup"
says "where the day's copy cannot be made, it is said by its name" 1 ".db\"" backup --day
exit $failed
