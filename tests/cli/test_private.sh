#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Nobody else on the machine reads a station: modes from the first byte, whatever the umask; a folder that is too
# open is mended or refused; root keeps the owner; a group only by the owner's decision.
# Tests also: owner.c.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
unset OUTPOST_USER
chmod 755 "$here"

# NAME FOLDER: nothing in it, itself included, may be read by others.
closed() {
	local open
	open=$(find "$2" ! -type l -perm /077 -printf '%M %p\n')
	[ -z "$open" ] || printf '%s\n' "$open"
	[ -z "$open" ]
	verdict "$1"
}

umask 000
village
closed "a new station" "$OUTPOST_HOME"
number=$(add_hazard)
"$outpost" edit "$number" place=村部南侧
"$outpost" find 排水沟 >/dev/null
"$outpost" sync >/dev/null 2>&1
printf '410882999999\t新增村\n' >"$here/areas.tsv"
"$outpost" import areas "$here/areas.tsv" >/dev/null
[ -f "$OUTPOST_HOME/areas/410882.tsv" ] || [ -d "$OUTPOST_HOME/areas" ]
verdict "a list of areas is there"
[ -n "$(ls "$OUTPOST_HOME/backup")" ] && [ -f "$OUTPOST_HOME/index.db" ]
verdict "a backup and an index are there"
closed "after writing, finding, a backup and a try to sync" "$OUTPOST_HOME"

# The very first moment: another process looks at each new name, through the log of the calls.
if command -v strace >/dev/null; then
	strace -f -e trace=open,openat,mkdir,mkdirat -o "$here/calls" "$outpost" --home "$here/first" init --area 410882103205 --name 王庄村 >/dev/null 2>&1
	grep -E 'O_CREAT|mkdir' "$here/calls" | grep "$here/first" | grep -vE '0[67]00\)' >"$here/loose"
	[ -s "$here/calls" ] && [ ! -s "$here/loose" ]
	verdict "no file is made with a wider mode than it keeps"
fi

"$outpost" backup "$here/copy.db" >/dev/null
[ "$(stat -c %a "$here/copy.db")" = 600 ]
verdict "a backup elsewhere"
"$outpost" export hazard "$here/out.csv"
[ "$(stat -c %a "$here/out.csv")" = 600 ]
verdict "an export"
umask 022

# What an older program, or a copy with cp -r, left open.
chmod 755 "$OUTPOST_HOME" "$OUTPOST_HOME/backup" "$OUTPOST_HOME/keys"
chmod 644 "$OUTPOST_HOME"/station.db* "$OUTPOST_HOME"/backup/* "$OUTPOST_HOME/index.db"
says "an open folder is mended, and that is said" 0 别人 list hazard
closed "wholly" "$OUTPOST_HOME"
says "once" 0 "" list hazard
[ -z "$err" ]
verdict "and not again"
chmod 644 "$OUTPOST_HOME/station.db"
says "an open database in a closed folder too" 0 别人 list hazard
closed "is closed" "$OUTPOST_HOME"
mkdir -m 755 "$here/full"
: >"$here/full/letter"
says "a folder that holds other things is none for a station" 4 chmod --home "$here/full" init --area 410882103205 --name 王庄村
[ ! -e "$here/full/station.db" ] && [ "$(stat -c %a "$here/full")" = 755 ]
verdict "and is left alone"
mkdir -m 777 "$here/empty"
ends "an empty one is" 0 --home "$here/empty" init --area 410882103205 --name 王庄村
closed "and closed first" "$here/empty"

[ "$(id -u)" = 0 ] && setpriv --reuid 61001 --regid 61001 --clear-groups true 2>/dev/null || {
	echo "skip other accounts: only root can try them"
	exit $failed
}
# N ARGS...: the program as account 6100N, of group 61000
as() {
	local account=6100$1
	shift
	out=$(setpriv --reuid "$account" --regid "$account" --groups 61000 "$outpost" "$@" 2>"$here/err" </dev/null)
	code=$?
	err=$(cat "$here/err")
}

# ---- root in somebody's folder
export OUTPOST_HOME="$here/other"
mkdir -m 700 "$here/other"
chown 61001:61001 "$here/other"
village
number=$(add_hazard)
"$outpost" find 排水沟 >/dev/null
"$outpost" sync >/dev/null 2>&1
[ -n "$number" ] && [ -z "$(find "$here/other" ! -user 61001)" ]
verdict "what root does there belongs to the owner"
closed "and is the owner's alone" "$here/other"
as 1 --user 张三 add contact name=王五
[ "$code" -eq 0 ]
verdict "the owner goes on"
says "what the owner cannot write root does not write for him" 1 61001 export hazard /root/outpost-not-here.csv
[ ! -e /root/outpost-not-here.csv ]
verdict "and it is not there"
out=$(setpriv --bounding-set -setuid --inh-caps -setuid "$outpost" list hazard 2>&1)
[ $? -eq 4 ] && case $out in *sudo*61001*) true ;; *) false ;; esac
verdict "root that cannot become the owner is refused, with the command"

# ---- somebody else's folder
as 2 list hazard
[ "$code" -eq 4 ] && case $err in *chmod*) true ;; *) false ;; esac
verdict "another account is told whose it is, and how its owner shares it"
chmod 755 "$here/other"
as 2 list hazard
[ "$code" -eq 4 ] && case $err in *chmod*) true ;; *) false ;; esac
verdict "an open folder that one cannot mend is refused with the command"
chgrp -R 61000 "$here/other" && chmod -R u=rwX,g=rwX,o= "$here/other" && find "$here/other" -type d -exec chmod g+s {} +
as 2 --user 张三 add hazard category=H0101 place=村部西侧 text=排水沟堵塞 grade=M
[ "$code" -eq 0 ]
verdict "a group that the owner decided on works in it"
"$outpost" --user 张三 find 村部西侧 >/dev/null
as 1 --user 张三 find 村部西侧
has "so does the owner" 村部西侧
as 3 --user 张三 add contact name=赵六
[ "$code" -eq 0 ] && [ -z "$(find "$here/other" -perm /007)" ] && [ -z "$(find "$here/other" -type f ! -perm -060)" ]
verdict "nobody else does, and every file is the whole group's"
OUTPOST_NOW=2031-01-02T08:00:00+08:00 as 3 --user 张三 add contact name=钱七
[ "$code" -eq 0 ] && [ -n "$(find "$here/other/backup" -name 'station-20310102.db' -perm 660)" ]
verdict "a backup that one of the group made is the group's to restore"
out=$(setpriv --reuid 61009 --regid 61009 --clear-groups "$outpost" list hazard 2>&1)
[ $? -eq 4 ] && case $out in *"usermod -aG 61000"*) true ;; *) false ;; esac
verdict "an account outside of the group is told who lets it in"

# ---- an account of one's own for each person
own() { # ARGS...: the program as an account that has a name
	out=$(setpriv --reuid nobody --regid 65534 --groups 61000 "$outpost" "$@" 2>"$here/err" </dev/null)
	code=$?
	err=$(cat "$here/err")
}
if id nobody >/dev/null 2>&1; then
	own add contact name=孙八
	[ "$code" -eq 4 ] && case $err in *nobody*) true ;; *) false ;; esac
	verdict "an account that is nobody's writes nothing"
	as 1 user add 秦国庆 login=nobody role=R02
	own add hazard category=H0101 place=村口 text=路面塌陷 grade=G
	own show "$out" --json
	has "one that is somebody's writes as him" '"by":"秦国庆"'
	echo 2468 | setpriv --reuid 61001 --regid 61001 --groups 61000 "$outpost" user pin 张三
	own --user 张三 add contact name=甲
	[ "$code" -eq 4 ] && case $err in *--pin-fd*) true ;; *) false ;; esac
	verdict "and as nobody else whose PIN he has not"
	own user pin 张三 --reset
	[ "$code" -eq 4 ] && case $err in *主人*) true ;; *) false ;; esac
	verdict "which he cannot set anew either"
fi
# A member to whom something is not open yet is told what the owner has to do.
for part in "" /station.db /keys; do
	chmod g-w "$here/other$part"
	as 2 list hazard
	[ "$code" -eq 4 ] && case $err in *61000*"$here/other$part\""*61001*chmod*g=rwX*) true ;; *) false ;; esac
	verdict "a group that cannot write \"$part\" is told how it is given that"
	chmod g+w "$here/other$part"
done
as 2 list hazard
[ "$code" -eq 0 ]
verdict "and then it works"
exit $failed
