#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The shipped systemd units are well-formed and stay closed: what systemd itself thinks of their exposure.
# shellcheck source=tests/net/lib.sh
. "$(dirname "$0")/lib.sh"
command -v systemd-analyze >/dev/null || {
	echo "skip units: systemd is not installed"
	exit 0
}
mkdir "$work/units"
cp config/deploy/*.service config/deploy/*.timer config/deploy/*.path "$work/units"
# The programs need not be installed here, nor their user.
sed -i "s|/usr/local/bin/outpost[a-z-]*|/bin/true|; /^Documentation=/d" "$work/units"/*.service
for unit in outpost-sync.service outpost-sync.timer outpost-watch.service outpost-hooks.service outpost-hub@8741.service outpost-feed@cap.service outpost-feed@cap.timer outpost-page.service outpost-page.timer outpost-page.path; do
	ok "$unit is well-formed" systemd-analyze verify --man=no "$work/units/$unit"
	if grep -q . "$work/said"; then
		cat "$work/said"
		echo "not ok $unit without a complaint"
		result=1
	fi
done
for unit in outpost-sync.service outpost-watch.service outpost-hub@.service outpost-feed@.service outpost-page.service; do
	ok "$unit is hardly exposed" systemd-analyze security --offline=yes --threshold=20 "$work/units/$unit"
	grep 'Overall exposure' "$work/said"
done
exit $result
