#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What a hub, a syncing station and a feed touch is compared with their AppArmor profiles: each file that they open, write,
# rename or run has a rule. And the profiles are well-formed.
# shellcheck source=tests/sync/net.sh
. "$(dirname "$0")/net.sh"
PATH=$PATH:/usr/sbin:/sbin
unset LOCPATH # locales are where they are installed
profiles=$(realpath "$(dirname "$0")/../../config/deploy/apparmor")
configs=${profiles%/deploy/apparmor}
for tool in strace python3 apparmor_parser; do
	command -v $tool >/dev/null || {
		echo "skip profiles: $tool is not there (config/deploy/setup.sh test)"
		exit 0
	}
done
strace -o "$here/trace" true 2>/dev/null || {
	echo "skip profiles: nothing can be traced here"
	exit 0
}
for profile in "$profiles"/*; do
	out=$(apparmor_parser -QK "$profile" 2>&1)
	verdict "${profile##*/} is well-formed"
done

# NAME PROFILE STATION: what was traced is in the profile
within() {
	out=$(python3 "$(dirname "$0")/profile.py" "$profiles/$2" "$here/trace" "$here/$3=/var/lib/outpost" "$here/stick=/media/stick" \
		"$OUTPOST_BUILD/lang=/usr/share/locale" "$configs=/usr/share/outpost/config" "$OUTPOST_BUILD=/usr/bin" 2>"$here/err")
	err=$(cat "$here/err")
	[ -z "$out" ] && grep -q '[0-9][0-9] rules' <<<"$err" && grep -q "$3/station.db" "$here/trace"
	verdict "$1"
}
tracing=(strace -f -qq -y -s 4096 -e "trace=%file" -o "$here/trace")

"$outpost" --home "$here/town" init --area 410882103 --name 柏香镇 --user 镇员 >/dev/null
"${tracing[@]}" "$OUTPOST_BUILD/outpost-hub" --store "$here/town" --listen 127.0.0.1:0 >"$here/town.port" 2>&1 &
children=$!
for _ in $(seq 1200); do
	url=http://$(grep -oE '127\.0\.0\.1:[0-9]+' "$here/town.port") && break
	sleep 0.05
done
enrol village 410882103205 王庄村 "$url" town
hazard village
"$outpost" --home "$here/village" sync >/dev/null
kill "$(pgrep -P "$children")"
wait "$children"
children=
within "what the hub touches is in its profile" outpost-hub town

mkdir "$here/stick"
hub town
hazard village
"${tracing[@]}" "$OUTPOST_BUILD/outpost-sync" --home "$here/village" --once >"$here/out" 2>&1
within "what syncing over a network touches is in its profile" outpost-sync village
"$outpost" --home "$here/village" up "file:$here/stick"
hazard village
"${tracing[@]}" "$OUTPOST_BUILD/outpost-sync" --home "$here/village" --once >"$here/out" 2>&1
within "by a stick, too" outpost-sync village
cp "$(dirname "$0")/../data/cap/v10.xml" "$here/stick"
"${tracing[@]}" "$outpost" --home "$here/village" import cap "$here/stick" >"$here/out" 2>&1
within "what a feed touches is in the profile of the syncer" outpost-sync village

# A check that cannot fail checks nothing.
echo "1 openat(AT_FDCWD</>, \"/etc/shadow\", O_RDONLY) = 3</etc/shadow>" >>"$here/trace"
out=$(python3 "$(dirname "$0")/profile.py" "$profiles/outpost-sync" "$here/trace" "$here/village=/var/lib/outpost" 2>/dev/null)
has "what has no rule is told" "r /etc/shadow"
exit "$failed"
