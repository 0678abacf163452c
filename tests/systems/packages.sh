#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The packages of build/deb in a bare Debian: installed over an older release, whose rules the county has changed; a station
# made and synced there by the service's account; the upgrade keeps the county's file and says what is new; taken away
# again, what was written stays.   packages.sh [SUITE [FOLDER]], for the packages in FOLDER
# shellcheck source=tests/systems/lib.sh
. "$(dirname "$0")/lib.sh"
suite=${1:-bookworm} debs=$(realpath "${2:-build/deb}")
bare "$suite"
mkdir "$root/new" "$root/old"
cp "$debs"/*.deb "$root/new"
rm -f "$root"/new/*dbgsym*
cp config/debian/tests/two-stations "$root/two-stations"

# A release of before: the same programs, with a row less and another one different in the shipped data.
for deb in "$root"/new/*.deb; do
	dpkg-deb -R "$deb" "$root/part"
	sed -i 's/^Version: .*/Version: 0.0.9/; s/(= [0-9.]*)/(= 0.0.9)/g' "$root/part/DEBIAN/control"
	data=$root/part/usr/share/outpost/config
	if [ -d "$data" ]; then
		sed -i '/^may R03 rollcall answer/d; s/^limit policy.pin.minutes 0 /limit policy.pin.minutes 7 /' "$data/roles.conf"
		(cd "$root/part" && find usr etc -type f -exec md5sum {} + >DEBIAN/md5sums)
	fi
	dpkg-deb -b "$root/part" "$root/old" >/dev/null
	rm -rf "$root/part"
done

good "package lists" apt-get update -q
good "the older release is installed" sh -c 'apt-get install -y -q --no-install-recommends /old/*.deb'
# shellcheck disable=SC2016 # for the shell inside
good "the service has its account and its folder" sh -c '[ "$(stat -c %U:%a /var/lib/outpost)" = outpost:700 ]'
good "nothing runs before somebody says so" sh -c '! grep -l outpost /proc/[0-9]*/comm'
good "a station is made" su outpost -c 'outpost init --area 410882103205 --name 西彰村 --user 张三'
good "and something is written" su outpost -c 'outpost add hazard category=H0101 grade=G place=村部北侧 text=排水沟堵塞'
good "two stations sync" su outpost -s /bin/sh -c 'sh /two-stations'
good "the manual pages are there" sh -c 'zcat /usr/share/man/man5/rules.conf.5.gz | grep -q CONDITIONS && [ -s /usr/share/man/zh_CN/man8/outpost-hub.8.gz ]'

# The county changes: rows of its own over ours, and a whole copy of the roles.
good "the county changes its files" sh -c 'echo "limit expiring.days 45" >>/etc/outpost/rules.conf
	sed "s/^limit policy.pin.minutes 7 /limit policy.pin.minutes 10 /" /usr/share/outpost/config/roles.conf >/etc/outpost/roles.conf'
good "and asks what is different" su outpost -c 'outpost config diff'
told "its own row" '/etc/outpost/rules.conf'
line=$(sed -n 's/^    apt install \(\.\/outpost_.*\)/\1/p' docs/zh/OPERATE.md)
good "the upgrade, by the line of the book" sh -c "cd /new && apt-get install -y -q --no-install-recommends $line"
told "says what is new: a row" 'may R03 rollcall answer'
told "and one that is not the same" '< roles.conf:13: limit policy.pin.minutes 0'
told "beside the county's" '> /etc/outpost/roles.conf:13: limit policy.pin.minutes 10'
good "the county's files are as they were" sh -c 'grep -q "expiring.days 45" /etc/outpost/rules.conf && grep -q "minutes 10" /etc/outpost/roles.conf'
good "and count" su outpost -c 'outpost config'
told "file by file" '/etc/outpost/roles.conf'
told "all others are ours" '/usr/share/outpost/config/codes.tsv'
good "what was written is there" su outpost -c 'outpost list hazard'
told "as it was" '村部北侧'

good "purged" sh -c 'apt-get purge -y -q outpost outpost-common'
good "nothing of ours is left but what the station wrote" sh -c '
	[ -s /var/lib/outpost/station.db ] && ! find / -xdev \( -path /proc -o -path /old -o -path /new -o -path /var/lib/outpost -o -path /var/lib/dpkg \
		-o -path /var/log -o -path /var/cache \) -prune -o -name "*outpost*" -print | grep -v "^/etc/outpost" | grep .'
exit $result
