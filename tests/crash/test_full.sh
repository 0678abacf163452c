#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The disk is full: the program says so and exits 1, what was acknowledged stays, reading goes on,
# and with room again writing too.
# shellcheck source=tests/crash/lib.sh
. "$(dirname "$0")/lib.sh"

# The list needs no write; a full disk must not hide what is there.
try() { # KILOBYTES
	local size=$1 bad=0 n code=0 out text
	fresh
	rm -rf "$home"
	mkdir "$home"
	if ! mount -t tmpfs -o size="${size}k" outpost-test "$home" 2>"$work/errors"; then
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
trap 'mountpoint -q "$home" && umount "$home"; rm -rf "$work"' EXIT
need=$(du -sk "$work/station" | cut -f1)
sizes="200 700"
[ -n "${OUTPOST_LONG:-}" ] && sizes="100 200 300 500 700 1000 1500 2000"
for more in $sizes; do
	try $((need + more))
done
exit $result
