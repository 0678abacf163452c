# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# What the scripts with real servers share: a folder that goes at the end, processes that end with it, free ports,
# an sshd, links between namespaces.
set -u
cd "$(dirname "${BASH_SOURCE[0]}")/../.." || exit 1
: "${OUTPOST_BUILD:=$PWD/build}"
tools=$OUTPOST_BUILD/tests/net
work=$(mktemp -d /tmp/outpost-net-XXXXXX) || exit 1
chmod 755 "$work"
pids=()
result=0
finish() {
	[ ${#pids[@]} -gt 0 ] && kill "${pids[@]}" 2>/dev/null
	wait 2>/dev/null
	rm -rf "$work"
}
trap finish EXIT

# NAME COMMAND...: must succeed
ok() {
	local name=$1
	shift
	if "$@" >"$work/said" 2>&1; then
		echo "ok $name"
	else
		echo "not ok $name"
		tail -n 30 "$work/said"
		result=1
	fi
}

# NAME CODE COMMAND...: must end with that exit code
ends() {
	local name=$1 code=$2 got
	shift 2
	"$@" >"$work/said" 2>&1
	got=$?
	if [ $got -eq "$code" ]; then
		echo "ok $name"
	else
		echo "not ok $name (exit $got, not $code)"
		tail -n 30 "$work/said"
		result=1
	fi
}

# A port that nobody has now; below those the system gives out, as dialling one of them may reach oneself.
free_port() {
	local port
	while :; do
		port=$((20000 + RANDOM % 12000))
		(exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || break
	done
	echo "$port"
}

# PORT: until somebody listens there, five seconds at most
await() {
	local i
	for ((i = 0; i < 100; i++)); do
		(exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null && return 0
		sleep 0.05
	done
	echo "nobody listens on port $1"
	return 1
}

# ---- an sshd of our own on loopback: $sshd_port, $host_pin; which stations may come in stands in $work/authorized_keys,
# which people, at $people_port, in $work/people_keys
sshd_under=() # what it is started under
sshd_also=()  # settings that a machine may have besides
# NAME: ends the script, loudly, where there is none
sshd_up() {
	local me name
	me=$(id -un)
	sshd=$(PATH=$PATH:/usr/sbin command -v sshd) || {
		echo "skip $1: openssh-server is not installed"
		exit 0
	}
	# /run/sshd is where sshd of root wants to lock itself up.
	if [ "$(id -u)" = 0 ] && [ ! -d /run/sshd ]; then
		mkdir -p /run/sshd
	fi
	sshd_port=$(free_port)
	people_port=$(free_port)
	mkdir -m 700 "$work/host"
	"$tools/carry" key "$work/host" host >"$work/host.line" || exit 1
	host_pin=$(cut -d' ' -f1,2 "$work/host.line")
	# The shipped part for the hub's user, under what a test must have of its own.
	{
		printf '%s\n' "Port $sshd_port" "Port $people_port" "ListenAddress 127.0.0.1" "HostKey $work/host/ssh" \
			"PidFile none" "StrictModes no" "UsePAM no" "LogLevel VERBOSE" "${sshd_also[@]}"
		sed "s|^Match User outpost|Match User $me|; s|LocalPort 2222|LocalPort $people_port|; s|/etc/outpost/|$work/|
			/^Port /d" config/deploy/sshd_outpost.conf
	} >"$work/sshd_config"
	"${sshd_under[@]}" "$sshd" -D -f "$work/sshd_config" -E "$work/sshd.log" &
	pids+=("$!")
	await "$sshd_port" && return
	cat "$work/sshd.log"
	echo "not ok sshd starts"
	exit 1
}

# ---- two network namespaces $a and $b, and a bad link between them (badlink.c): 10.99.0.1 and 10.99.0.2
link_pid=
link_always=() # what every link has
near() { nsenter -t "$a" -n "$@"; }
far() { nsenter -t "$b" -n "$@"; } # not in the background: $! would be a shell around it

no_spaces() {
	echo "skip $spaces_for: $1"
	exit 0
}

# NAME: makes them; ends the script, loudly, where that is not permitted
spaces() {
	local i
	spaces_for=$1
	unshare -n true 2>/dev/null || no_spaces "network namespaces are not permitted here"
	unshare -n sleep 3600 &
	a=$!
	unshare -n sleep 3600 &
	b=$!
	pids+=("$a" "$b")
	for ((i = 0; i < 50; i++)); do
		[ "$(readlink /proc/$a/ns/net)" != "$(readlink /proc/self/ns/net)" ] &&
			[ "$(readlink /proc/$b/ns/net)" != "$(readlink /proc/self/ns/net)" ] && break
		sleep 0.05
	done
}

# NAME=VALUE...: a link with these faults
link_up() {
	local i
	: >"$work/link"
	"$tools/badlink" /proc/$a/ns/net /proc/$b/ns/net "${link_always[@]}" "$@" >"$work/link" 2>"$work/link.errors" &
	link_pid=$!
	pids+=("$link_pid")
	for ((i = 0; i < 100; i++)); do
		grep -q ready "$work/link" && return
		kill -0 $link_pid 2>/dev/null || break
		sleep 0.05
	done
	no_spaces "$(cat "$work/link.errors")"
}
link_down() {
	kill $link_pid
	wait $link_pid 2>/dev/null
}
number() { grep -o "\"$1\":[0-9]*" "$work/link" | awk -F: '{ n += $2 } END { print n + 0 }'; } # of both ways, when it is down
