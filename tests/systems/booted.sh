#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The packages of build/deb on a machine that systemd has booted: units are verified and weighed, a hub, a watcher, the page,
# the hooks and a feed run as services with all that the units take from them, a village syncs with the hub, people of a
# group keep the folder that they share, and after a boot everything is there again.   booted.sh [SUITE [FOLDER]], for the packages in FOLDER
# shellcheck disable=SC2016 # for the shell inside
# shellcheck source=tests/systems/lib.sh
. "$(dirname "$0")/lib.sh"
suite=${1:-bookworm} debs=$(realpath "${2:-build/deb}")
command -v systemd-nspawn >/dev/null || {
	echo "skip booted: systemd-nspawn is not there (package systemd-container)"
	exit 0
}
bare "$suite"
cp "$debs"/*.deb "$root/root"
rm -f "$root"/root/*dbgsym*
cp tests/data/cap/v10.xml "$root/root/alert.xml"
inside apt-get update -q >/dev/null 2>&1
good "systemd and the packages are installed" sh -c 'apt-get install -y -q --no-install-recommends systemd systemd-sysv dbus procps libpam-systemd login bsdutils &&
	apt-get install -y -q --no-install-recommends /root/*.deb'
[ $result -eq 0 ] || exit 1

# Each unit, as it is installed: systemd reads every line, and says how much it lets a service do (10 is everything).
good "every unit is understood" sh -c 'cd /usr/lib/systemd/system 2>/dev/null; [ -e outpost-sync.service ] || cd /lib/systemd/system
	mkdir -p /etc/outpost/feeds; for unit in outpost-*; do case $unit in *@.*) unit=${unit%@.*}@1.${unit##*.} ;; esac; echo $unit; done |
	xargs systemd-analyze verify --man=no 2>&1 | grep outpost && exit 1; exit 0'
if inside systemd-analyze --help | grep -q -- --offline; then
	good "no service may do more than 2.5 of 10" sh -c 'cd /usr/lib/systemd/system 2>/dev/null; [ -e outpost-sync.service ] || cd /lib/systemd/system
		for unit in outpost-*.service; do systemd-analyze security --offline=true --threshold=25 --no-pager $unit >/tmp/weighed 2>&1 ||
			{ tail -n 1 /tmp/weighed; bad=1; }; tail -n 1 /tmp/weighed; done; exit ${bad:-0}'
	printf '%s\n' "$said" | grep -o 'Overall.*' | sort | uniq -c
else
	echo "skip weighing the services: the systemd of $suite cannot do it without running them"
fi

# ---- booted, with a network of its own; in a group of its own, or two systems take each other's services for theirs
machine=outpost-$$
boot() {
	local groups=/sys/fs/cgroup try
	for groups in /sys/fs/cgroup /sys/fs/cgroup/systemd /sys/fs/cgroup/unified; do
		[ -w "$groups/cgroup.procs" ] && mkdir -p "$groups/$machine"
	done
	unshare --mount sh -c 'mount -t tmpfs tmpfs /run
		for group in /sys/fs/cgroup/$2 /sys/fs/cgroup/*/$2; do [ ! -w $group/cgroup.procs ] || echo $$ >$group/cgroup.procs; done
		exec systemd-nspawn -q --register=no --keep-unit --private-network -b -D "$1" -M "$2" --kill-signal=SIGRTMIN+3' \
		sh "$root" "$machine" >"$root.boot" 2>&1 </dev/null &
	nspawn=$!
	for try in $(seq 300); do
		first=$(pgrep -P "$nspawn" -x systemd | head -n 1)
		[ -n "$first" ] && there sh -c 'systemctl is-system-running 2>/dev/null | grep -qE "running|degraded"' && return 0
		kill -0 "$nspawn" 2>/dev/null || break
		sleep 0.2
	done
	tail -n 20 "$root.boot"
	echo "skip booted: systemd does not boot here (try $try)"
	exit $result
}
shut_down() {
	[ -z "${nspawn:-}" ] || { kill "$nspawn" 2>/dev/null; wait "$nspawn" 2>/dev/null; }
	nspawn=
}
trap 'shut_down; clean_up; rm -f "$root.boot"; find /sys/fs/cgroup/"$machine" /sys/fs/cgroup/*/"$machine" -depth -type d -exec rmdir {} + 2>/dev/null' EXIT
there() {
	nsenter -a -t "$first" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 OUTPOST_LANG=en "$@"
}
works() { # NAME COMMAND: there, by a shell of root
	said=$(there sh -c "$2" 2>&1 </dev/null)
	local code=$?
	[ $code -eq 0 ] || { printf '%s\n' "$said"; there journalctl --no-pager -n 15 2>&1; }
	verdict $code "$1"
}
boot
works "loopback is there" 'ip link set lo up 2>/dev/null || true'
works "the package made the account and the folder" '[ "$(stat -c %U:%a /var/lib/outpost)" = outpost:700 ]'
works "a township is made" "su - outpost -c 'outpost init --area 410882103000 --name 柏香镇 --level township --user 镇值班'"
works "its hub is a service" 'systemctl enable --now outpost-hub@8741 && systemctl is-active outpost-hub@8741'
works "a village below it" "useradd -m village; token=\$(su - outpost -c 'outpost invite --area 410882103205 --name 西彰村 --level village --via http://127.0.0.1:8741') &&
	su - village -c \"outpost --home station join \$token --user 张三 && outpost --home station add hazard category=H0101 place=村东 text=积水 grade=M &&
		outpost --home station sync\""
works "what it wrote is at the hub" "su - outpost -c 'outpost list hazard' | grep -q 村东"
works "an upgrade starts it anew" 'before=$(systemctl show -p MainPID --value outpost-hub@8741)
	apt-get install -y -q --reinstall --no-install-recommends /root/outpost-hub_*.deb && systemctl is-active outpost-hub@8741 &&
	[ "$(systemctl show -p MainPID --value outpost-hub@8741)" != "$before" ]'
works "the page is written when something was written" "systemctl enable --now outpost-page.path outpost-page.timer &&
	su - outpost -c 'outpost add hazard category=H0101 place=村西 text=积水 grade=M' &&
	for try in \$(seq 150); do [ -s /var/cache/outpost-page/open/index.html ] && exit 0; sleep 0.1; done; exit 1"
works "a feed is read" 'mkdir -p /etc/outpost/feeds && install -D -m 644 /root/alert.xml /var/lib/outpost/cap/alert.xml &&
	chown -R outpost:outpost /var/lib/outpost/cap && echo FEED=/var/lib/outpost/cap >/etc/outpost/feeds/county && systemctl start outpost-feed@county &&
	su - outpost -c "outpost list warning --json" | grep -q identifier'
works "the hooks rest where none are set" 'systemctl start outpost-hooks; for try in $(seq 50); do
	[ "$(systemctl show -p ActiveState --value outpost-hooks)" = inactive ] && break; sleep 0.1; done
	[ "$(systemctl show -p Result --value outpost-hooks):$(systemctl show -p NRestarts --value outpost-hooks)" = success:0 ]'
works "a program of the county hears of it" "install -d /etc/outpost/hooks.d/hazard && printf '#!/bin/sh\ncat >>/var/lib/outpost/heard\n' >/etc/outpost/hooks.d/hazard/10-note &&
	chmod 755 /etc/outpost/hooks.d/hazard/10-note && echo 'hooks /etc/outpost/hooks.d' >/var/lib/outpost/outpost.conf && chown outpost:outpost /var/lib/outpost/outpost.conf &&
	systemctl enable --now outpost-hooks && su - outpost -c 'outpost add hazard category=H0101 place=村南 text=积水 grade=M' &&
	for try in \$(seq 100); do grep -q 村南 /var/lib/outpost/heard 2>/dev/null && exit 0; sleep 0.1; done; exit 1"
# The example that writes on terminals, with what its head says that it needs; to somebody whose terminal takes messages.
works "a warning stands on the terminal of who is logged in" "sed -n 's/^#     //p' /usr/share/outpost/config/deploy/hooks.d/warning-wall | sed -n '/^\\[Service/,\$p' |
	install -D -m 644 /dev/stdin /etc/systemd/system/outpost-hooks.service.d/wall.conf &&
	install -D -m 755 /usr/share/outpost/config/deploy/hooks.d/warning-wall /etc/outpost/hooks.d/warning/30-wall &&
	systemctl daemon-reload && systemctl restart outpost-hooks
	(sleep 1; echo mesg y; echo 'echo READ\"\"Y'; sleep 60) 2>/dev/null | script -qfc 'login -f village' /tmp/seen >/dev/null 2>&1 &
	for try in \$(seq 300); do grep -q READY /tmp/seen && break; sleep 0.1; done
	su - outpost -c 'outpost add warning event=11B01 severity=red headline=暴雨红色预警'
	for try in \$(seq 100); do grep -q 暴雨红色预警 /tmp/seen && exit 0; sleep 0.1; done; cat /tmp/seen /var/lib/outpost/hooks.log; exit 1"

# A group of people with accounts of their own, and services beside them.
works "people share the folder" "useradd -m qin; groupadd grid && usermod -aG grid qin && chgrp -R grid /var/lib/outpost &&
	chmod -R u=rwX,g=rwX,o= /var/lib/outpost && find /var/lib/outpost -type d -exec chmod g+s {} + && su - outpost -c 'outpost user add 秦国庆 login=qin'"
works "services start again" 'systemctl restart outpost-hub@8741 outpost-hooks outpost-page'
works "and they still may" "su - qin -c 'outpost add hazard category=H0101 place=村北 text=积水 grade=G' && su - outpost -c 'outpost list hazard' | grep -q 村北"

shut_down
boot
works "after a boot all of them run" 'ip link set lo up 2>/dev/null; systemctl is-active outpost-hub@8741 outpost-hooks outpost-page.path outpost-page.timer'
works "nothing of ours has failed" '! systemctl --failed --no-pager --plain --no-legend | grep outpost'
works "the folder is still that of the group" "su - qin -c 'outpost list hazard' | grep -q 村北"
works "the hub finishes when it is told to" 'systemctl stop outpost-hub@8741 && [ "$(systemctl show -p Result --value outpost-hub@8741)" = success ]'
exit $result
