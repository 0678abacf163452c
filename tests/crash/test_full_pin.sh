#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A full disk, or one that can only be read, gives nobody a PIN to try without being counted: nothing is compared, it is
# said why, and with room again all is as before.
# shellcheck source=tests/crash/lib.sh
. "$(dirname "$0")/lib.sh"
OUTPOST_HOME=$work/station "$outpost" user add 李四 >/dev/null
echo 2468 | OUTPOST_HOME=$work/station "$outpost" user pin 李四
mkdir "$home"
if ! mount -t tmpfs -o size=6m,mode=0700 outpost-test "$home" 2>"$work/errors"; then
	echo "skip full pin: no tmpfs may be mounted here: $(head -n 1 "$work/errors")"
	exit 0
fi
trap 'umount "$home"; rm -rf "$work"' EXIT
cp -R "$work/station/." "$home"

# PIN CODE TEXT: acting as 李四 with it ends so, and says that.
acts() {
	local said code
	said=$("$outpost" --user 李四 --pin-fd 3 whoami 2>&1 3<<<"$1")
	code=$?
	[ $code -eq "$2" ] && case $said in *"$3"*) return 0 ;; esac
	echo "exit $code, not $2: $said"
	bad=$((bad + 1))
}
bad=0
acts 2468 0 李四
dd if=/dev/zero of="$home/fill" bs=1k 2>/dev/null
dd if=/dev/zero of="$home/fill2" bs=1 count=4096 2>/dev/null
for n in {1..8}; do acts 1111 1 次数记不下来; done
acts 2468 1 次数记不下来
said "on a full disk no PIN is tried" $bad "9 tries"
bad=0
rm "$home/fill" "$home/fill2"
acts 2468 0 李四
for n in {1..5}; do acts 1111 4 不对; done
acts 2468 4 锁
said "with room they count" $bad "7 tries"
bad=0
"$outpost" user pin 李四 <<<1357 || bad=1
mount -o remount,ro "$home"
for n in {1..8}; do acts 1111 1 次数记不下来; done
acts 1357 1 次数记不下来
mount -o remount,rw "$home"
acts 1357 0 李四
said "nor on a disk that can only be read" $bad "10 tries"
exit $result
