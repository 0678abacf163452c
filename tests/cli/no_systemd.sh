#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What stands for systemctl in machines that no systemd has booted (machines.sh): runs the command of a unit as the unit
# says, with its account and environment; a timer's and a path's service at once, and once.
#   systemctl daemon-reload | enable --now UNIT... | start UNIT... | reload ssh|nginx
set -u
PATH=/usr/sbin:/usr/bin:/sbin:/bin

# NAME: the lines of the unit and of what was added to it, %i filled in
lines() {
	local name=$1 kind instance=
	case $name in *@*) instance=${name#*@} instance=${instance%.*} kind=${name##*.} name=${name%%@*}@.$kind ;; esac
	cat "/usr/lib/systemd/system/$name" "/etc/systemd/system/$name.d/"*.conf 2>/dev/null | sed "s|%i|$instance|g"
}
value() { # UNIT KEY: each value
	lines "$1" | sed -n "s|^$2=||p"
}

# UNIT.service: its commands, one after the other
run() {
	local unit=$1 account type command line code
	[ -n "$(lines "$unit")" ] || { echo "systemctl: no unit $unit" >&2; exit 4; }
	account=$(value "$unit" User) type=$(value "$unit" Type)
	set -a
	while IFS= read -r line; do
		eval "${line%%=*}=\${line#*=}"
	done < <(value "$unit" Environment; value "$unit" EnvironmentFile | xargs -r cat)
	set +a
	for line in $(value "$unit" CacheDirectory); do
		install -d -o "$account" -g "$account" -m "$(value "$unit" CacheDirectoryMode)" "/var/cache/$line"
	done
	while IFS= read -r command; do
		case $command in
		*/sleep*) ;;
		+*) eval "${command#+}" || exit ;;
		*) # variables of a unit stand for one word
			command=$(sed -E 's/\$\{([A-Z_]+)\}/"$\1"/g' <<<"$command")
			if [ "$type" = oneshot ]; then
				su -m "$account" -s /bin/bash -c "$command"
				code=$?
				[ $code -eq 0 ] || grep -qw $code <<<"$(value "$unit" SuccessExitStatus)" || exit 1
			else
				su -m "$account" -s /bin/bash -c "exec $command" >"/tmp/$unit.log" 2>&1 &
				sleep 0.5
				kill -0 $! 2>/dev/null || { cat "/tmp/$unit.log" >&2; exit 1; }
			fi
			;;
		esac
	done < <(value "$unit" ExecStartPre; value "$unit" ExecStart)
}

case "$1 ${2:-}" in
'daemon-reload '*) exit 0 ;;
'reload ssh')
	if [ -s /run/sshd.pid ]; then kill -HUP "$(cat /run/sshd.pid)"; else /usr/sbin/sshd -E /tmp/sshd.log; fi
	exit
	;;
'reload nginx')
	if [ -s /run/nginx.pid ]; then nginx -s reload; else nginx; fi
	exit
	;;
'enable --now') shift 2 ;;
'start '*) shift ;;
*)
	echo "systemctl: $* is not done here" >&2
	exit 2
	;;
esac
for unit in "$@"; do
	case $unit in
	*.timer | *.path) [ -n "$(lines "$unit")" ] && run "${unit%.*}.service" || exit ;;
	*.service) run "$unit" ;;
	*) run "$unit.service" ;;
	esac
done
