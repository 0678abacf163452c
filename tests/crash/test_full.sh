#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The disk is full: the program says so and exits 1, what was acknowledged stays, reading goes on,
# and with room again writing too.
# Covers: T7
# shellcheck source=tests/crash/lib.sh
. "$(dirname "$0")/lib.sh"

# The list needs no write; a full disk must not hide what is there.
try() { # KILOBYTES
	local size=$1 bad=0 n code=0 out text
	fresh
	rm -rf "$home"
	mkdir "$home"
	if ! mount -t tmpfs -o size="${size}k",mode=0700 outpost-test "$home" 2>"$work/errors"; then
		echo "skip disk full: no tmpfs may be mounted here: $(head -n 1 "$work/errors")"
		exit 0
	fi
	if ! cp -R "$work/station/." "$home" 2>/dev/null; then
		umount "$home"
		echo "skip disk full at $size kB: the station itself needs more"
		return
	fi
	text=$(printf '%0900d' 0)
	for ((n = 1; n <= 3000; n++)); do
		out=$("$outpost" add hazard category=H0101 grade=G place="F$n" text="$text" 2>"$work/errors")
		code=$?
		[ -n "$out" ] && acked+=("F$n")
		[ $code -ne 0 ] && break
	done
	cp "$work/errors" "$work/said"
	if [ $code -ne 1 ] || [ ! -s "$work/said" ]; then
		echo "$size kB: exit code $code at record $n, it said: $(cat "$work/said")"
		bad=1
	fi
	"$outpost" list hazard --json >"$work/list" 2>"$work/errors" || {
		echo "$size kB: full, and the list fails: $(cat "$work/errors")"
		bad=1
	}
	mount -o remount,size=$((size * 4))k "$home"
	look "$size kB" || bad=1
	umount "$home"
	said "disk full at $size kB" $bad "${#acked[@]} acknowledged; it said: $(head -c 200 "$work/said")"
}
# At no free byte: everything can be read, from a file that was closed and from one whose last process was killed, and
# nothing is left lying about. With KEEP=reserve the 64 KiB are there that a draft may have; reading does not take them.
reading() { # NAME: the station is $home, its disk is filled here
	local name=$1 bad=0 command said before after
	dd if=/dev/zero of="$home/fill" bs=1k 2>/dev/null
	dd if=/dev/zero of="$home/fill2" bs=1 count=4096 2>/dev/null
	before=$(find "$home" -mindepth 1 -maxdepth 1 ! -name 'station.db-*' ! -name 'index.db*' -printf '%f\n' | sort)
	for command in "list hazard" "show 10" "find F1" today whoami "export hazard --json" "export all --json" check; do
		# shellcheck disable=SC2086 # words of a command
		if ! said=$("$outpost" $command 2>"$work/errors") || ! grep -q . <<<"$said"; then
			echo "$name: $command: $(head -c 300 "$work/errors")"
			bad=1
		fi
	done
	"$outpost" list hazard --json | grep -q '"F1"' || {
		echo "$name: the list lacks what is there"
		bad=1
	}
	"$outpost" add hazard category=H0101 grade=G place=FULL text="$(printf '%0200000d' 0)" >"$work/out" 2>"$work/errors"
	[ $? -eq 5 ] || "$outpost" add hazard category=H0101 grade=G place=FULL text="$(printf '%060000d' 0)" >"$work/out" 2>"$work/errors"
	after=$(find "$home" -mindepth 1 -maxdepth 1 ! -name 'station.db-*' ! -name 'index.db*' -printf '%f\n' | sort)
	if [ "$before" != "$after" ]; then
		echo "$name: files that were not there: $(diff <(echo "$before") <(echo "$after"))"
		bad=1
	fi
	rm -f "$home/fill" "$home/fill2"
	"$outpost" add hazard category=H0101 grade=G place=F2 text=x >/dev/null 2>"$work/errors" || {
		echo "$name: with room again: $(cat "$work/errors")"
		bad=1
	}
	"$outpost" list hazard >/dev/null 2>"$work/errors"
	[ -s "$work/errors" ] && {
		echo "$name: with room again it says $(cat "$work/errors")"
		bad=1
	}
	[ -s "$home/reserve" ] || {
		echo "$name: no reserve is there when there is room"
		bad=1
	}
	said "reading at 0 bytes, $name" $bad "8 commands"
}

small_disk() { # FROM
	rm -rf "$home"
	mkdir "$home"
	mount -t tmpfs -o size="$((need + 5000))k",mode=0700 outpost-test "$home" || exit 1
	cp -R "$work/station/." "$home"
	"$outpost" add hazard category=H0101 grade=G place=F1 text=x >/dev/null
}

read_all() {
	small_disk
	reading "closed, with a reserve"
	umount "$home"
	small_disk
	rm -f "$home/reserve"
	reading "closed, without"
	umount "$home"
	small_disk
	OUTPOST_DIE=1:after "$outpost" add hazard category=H0101 grade=G place=F3 text=x >/dev/null 2>&1
	rm -f "$home/reserve"
	reading "killed"
	umount "$home"
	small_disk
	OUTPOST_DIE=1:after "$outpost" add hazard category=H0101 grade=G place=F3 text=x >/dev/null 2>&1
	rm -f "$home/reserve" "$home/station.db-shm"
	reading "killed, and its shared memory gone"
	umount "$home"
	# An older program wrote the rows, and there is no room to make them again.
	if command -v sqlite3 >/dev/null; then
		small_disk
		sqlite3 "$home/station.db" "ALTER TABLE row_hazard DROP COLUMN f_text; UPDATE kv SET value=1 WHERE name='rows'"
		reading "with a newer program"
		umount "$home"
		small_disk
		OUTPOST_DIE=1:after "$outpost" add hazard category=H0101 grade=G place=F3 text=x >/dev/null 2>&1
		sqlite3 "$home/station.db" ".dbconfig no_ckpt_on_close on" "ALTER TABLE row_hazard DROP COLUMN f_text; UPDATE kv SET value=1 WHERE name='rows'" >/dev/null
		rm -f "$home/reserve"
		reading "with a newer program, after a kill"
		umount "$home"
	fi
	# What cannot be copied is said by its own name.
	small_disk
	dd if=/dev/zero of="$home/fill" bs=1k 2>/dev/null
	"$outpost" backup "$home/copy.db" >/dev/null 2>"$work/errors"
	code=$?
	[ $code -eq 1 ] && grep -q "copy.db\"" "$work/errors" && ! ls "$home"/copy.db* >/dev/null 2>&1
	said "no room for a backup" $? "it said: $(head -c 200 "$work/errors")"
	umount "$home"
}

# Part of an import is stored: it says how much, and the same file again brings the rest alone.
import_part() {
	local bad=0 code stored rest n
	small_disk
	for ((n = 1; n <= 3000; n++)); do
		printf '{"kind":"hazard","ref":"r%d","fields":{"category":"H0101","grade":"G","place":"Q%d","text":"%0900d"}}\n' $n $n 0
	done >"$work/many.json"
	dd if=/dev/zero of="$home/fill" bs=1k count=$(($(df -k --output=avail "$home" | tail -1) - 1000)) 2>/dev/null
	"$outpost" import json "$work/many.json" --json >"$work/out" 2>"$work/errors"
	code=$?
	stored=$("$outpost" list hazard --json 2>/dev/null | grep -o '"place":"Q[0-9]*"' | wc -l)
	grep -q "\"added\":$stored," "$work/out" && [ "$stored" -gt 0 ] && [ "$code" -eq 5 ] || {
		echo "exit $code, $stored stored, it said: $(cat "$work/out" "$work/errors")"
		bad=1
	}
	rm -f "$home/fill"
	mount -o remount,size="$((need + 60000))k" "$home"
	"$outpost" import json "$work/many.json" --json >"$work/out" 2>"$work/errors"
	rest=$("$outpost" list hazard --json | grep -o '"place":"Q[0-9]*"' | sort -u | wc -l)
	[ "$rest" -eq 3000 ] && grep -q "\"known\":$stored," "$work/out" || {
		echo "then $rest stored: $(cat "$work/out" "$work/errors")"
		bad=1
	}
	dd if=/dev/zero of="$home/fill" bs=1k 2>/dev/null
	sed 's/"ref":"r/"ref":"s/' "$work/many.json" | "$outpost" import json - --json >"$work/out" 2>"$work/errors"
	code=$?
	[ "$code" -eq 1 ] || grep -q '"added":[1-9]' "$work/out" || {
		echo "nothing stored, exit $code: $(cat "$work/out" "$work/errors")"
		bad=1
	}
	umount "$home"
	said "an import on a full disk" $bad "$stored of 3000 stored at first"
}
# The station is a township's, and what a village wrote comes while its disk fills up: it says so, nothing of what waits below is
# taken for delivered, and with room again all of it comes in, once.
receiving() {
	local bad=0 code n token waits stick=$work/stick village=$work/below
	v() { OUTPOST_HOME=$village "$outpost" "$@" 2>"$work/errors"; }
	rm -rf "$home" "$work/town"
	OUTPOST_HOME=$work/town "$outpost" init --area 410882103 --name 柏香镇 --user 镇员 >/dev/null 2>&1
	OUTPOST_HOME=$work/town "$outpost" add hazard category=H0101 grade=G place=T1 text=x >/dev/null 2>&1
	mkdir "$home" "$stick"
	mount -t tmpfs -o size="$(($(du -sk "$work/town" | cut -f1) + 3000))k",mode=0700 outpost-test "$home" || exit 1
	cp -R "$work/town/." "$home"
	token=$("$outpost" invite --area 410882103206 --name 下村)
	v join "$token" --user 张三 >/dev/null
	v join "$token" --via "file:$stick" >/dev/null
	"$outpost" unpack "$stick" >/dev/null
	v join "$token" --via "file:$stick" >/dev/null
	for ((n = 1; n <= 300; n++)); do
		printf '{"kind":"hazard","ref":"r%d","fields":{"category":"H0101","grade":"G","place":"W%d","text":"%0900d"}}\n' $n $n $n
	done >"$work/many.json"
	v import json "$work/many.json" >/dev/null
	v pack --force "$stick/up.opc" >/dev/null
	dd if=/dev/zero of="$home/fill" bs=1k count=$(($(df -k --output=avail "$home" | tail -1) - 300)) 2>/dev/null
	"$outpost" unpack "$stick/up.opc" >"$work/out" 2>"$work/said"
	code=$?
	"$outpost" list hazard --json >"$work/list" 2>"$work/errors" || bad=1
	n=$(grep -o '"place":"W[0-9]*"' "$work/list" | wc -l)
	[ "$code" -eq 1 ] && [ -s "$work/said" ] && [ "$n" -lt 300 ] || {
		echo "full: exit $code, $n of 300, it said: $(cat "$work/out" "$work/said")"
		bad=1
	}
	waits=$(v sync --plan --json | grep -o '"loop":{"facts":[0-9]*')
	[ "$waits" = '"loop":{"facts":300' ] || {
		echo "full: below waits $waits"
		bad=1
	}
	rm -f "$home/fill"
	"$outpost" unpack "$stick/up.opc" >"$work/out" 2>"$work/errors" || {
		echo "with room again: $(cat "$work/errors")"
		bad=1
	}
	n=$("$outpost" list hazard --json | grep -o '"place":"W[0-9]*"' | sort -u | wc -l)
	"$outpost" check >/dev/null 2>"$work/errors" && [ "$n" -eq 300 ] || {
		echo "with room again: $n of 300, $(cat "$work/errors")"
		bad=1
	}
	"$outpost" pack "$stick/down.opc" --to 下村 --force >/dev/null && v unpack "$stick/down.opc" >/dev/null
	waits=$(v sync --plan --json | grep -o '"loop":{"facts":[0-9]*')
	[ "$waits" = '"loop":{"facts":0' ] || {
		echo "then below waits $waits"
		bad=1
	}
	umount "$home"
	said "full while facts come in" $bad "it said: $(head -c 200 "$work/said")"
}
trap 'mountpoint -q "$home" && umount "$home"; rm -rf "$work"' EXIT
need=$(du -sk "$work/station" | cut -f1)
sizes="200 700"
[ -n "${OUTPOST_LONG:-}" ] && sizes="100 200 300 500 700 1000 1500 2000"
for more in $sizes; do
	try $((need + more))
done
read_all
import_part
receiving
exit $result
