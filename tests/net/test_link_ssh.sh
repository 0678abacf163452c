#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The road through OpenSSH on loopback: its own sshd with the shipped settings, a forced command, a pinned host
# key. Skipped loudly where there is no sshd.
. "$(dirname "$0")/lib.sh"
me=$(id -un)
for name in other village stranger; do
	mkdir -m 700 "$work/$name"
	"$tools/carry" key "$work/$name" "$name" >"$work/$name.line" || exit 1
done
hub="$tools/carry stdio"
echo "command=\"$hub\",restrict $(cat "$work/village.line")" >"$work/authorized_keys"
chmod 600 "$work/authorized_keys"

sshd_up ssh
port=$sshd_port
url=ssh://$me@127.0.0.1:$port
pin=$host_pin
swap() { "$tools/carry" swap "$@"; }

ok "20 swaps on one channel" swap "$url" "$work/village" 20 300 "$pin"
read -r _ sent received opened _ <"$work/said"
[ "$opened" = 1 ] || { echo "not ok one connection ($opened)"; result=1; }
ok "a frame of 190 kB" swap "$url" "$work/village" 2 190000 "$pin"
ok "an empty frame" swap "$url" "$work/village" 1 0 "$pin"
ok "one swap" swap "$url" "$work/village" 1 1 "$pin"
read -r _ sent received _ _ <"$work/said"
if [ $((sent + received)) -le 2300 ]; then
	echo "ok a login is lean ($sent bytes up, $received down)"
else
	echo "not ok a login is lean ($sent bytes up, $received down)"
	result=1
fi

fingerprint=$(ssh-keygen -l -f "$work/host/ssh.pub" | cut -d' ' -f2)
ok "the host by its fingerprint" swap "$url#$fingerprint" "$work/village" 1 10
ends "another host key is refused" 5 swap "$url" "$work/village" 1 10 "$(cut -d' ' -f1,2 "$work/other.line")"
ends "another fingerprint is refused" 5 swap "$url#SHA256:$(printf 'A%.0s' {1..43})" "$work/village" 1 10
ends "a host that is not known is refused" 5 swap "$url" "$work/village" 1 10
echo "[127.0.0.1]:$port $pin" >"$work/village/known_hosts"
ok "a host from known_hosts" swap "$url" "$work/village" 1 10
echo "[127.0.0.1]:$port $(cut -d' ' -f1,2 "$work/other.line")" >"$work/village/known_hosts"
ends "a changed host is refused" 5 swap "$url" "$work/village" 1 10
rm "$work/village/known_hosts"
ends "a stranger is not let in" 5 swap "$url" "$work/stranger" 1 10 "$pin"
tries=$(grep -c 'Failed none' "$work/sshd.log")
[ "$tries" = 0 ] && echo "ok no login is tried without a key" || { echo "not ok no login is tried without a key"; result=1; }
ok "any command is the forced one" swap "$url" "$work/village" 1 10 "$pin" 'rm -rf / ; $(reboot) `id`'

# Nothing but the hub: what a stolen key could try. The control shows that the question can be answered otherwise.
client() { # KEY OPTION...
	local key=$1
	shift
	timeout 10 ssh -F /dev/null -i "$work/$key/ssh" -o BatchMode=yes -o StrictHostKeyChecking=no \
		-o UserKnownHostsFile=/dev/null -o LogLevel=ERROR -o ConnectTimeout=5 -p "$port" "$@" </dev/null
}
tells_nothing() { [ -z "$("$@" 2>/dev/null | tr -d '\0')" ]; }
cat "$work/other.line" >>"$work/authorized_keys"
ends "a key without a forced command would have a shell" 1 tells_nothing client other "$me@127.0.0.1" 'echo broken'
ok "no shell" tells_nothing client village "$me@127.0.0.1" 'echo broken'
ok "no terminal" tells_nothing client village -tt "$me@127.0.0.1" 'echo broken'
ok "no subsystem" tells_nothing client village -s "$me@127.0.0.1" sftp
for ask in 'rm -rf ~' '$(echo broken)' '; echo broken' '| echo broken' "' ; echo broken ; '" '`echo broken`' '&& echo broken' \
	'-c "echo broken"' '../../bin/echo broken' "$(printf 'hub\necho broken')"; do
	tells_nothing client village "$me@127.0.0.1" "$ask" || {
		echo "not ok the question \"$ask\" is run"
		result=1
	}
done
ends "no forwarding" 255 client village -o ExitOnForwardFailure=yes -N -R 0:127.0.0.1:1 "$me@127.0.0.1"

# A cut costs what was on the way, and the next swap dials again.
step=400
[ -n "${OUTPOST_LONG:-}" ] && step=16
for harm in 0 1 2 3; do
	ok "cut, kind $harm" "$tools/carry" cut "ssh://$me@127.0.0.1" "$port" "$work/village" $harm $((harm == 3 ? 2 * step : step)) "$pin"
done
ok "corrupted" "$tools/carry" cut "ssh://$me@127.0.0.1" "$port" "$work/village" 4 $step "$pin"

# An SSH server that is none, and one that only speaks.
ends "no sshd at all" 7 swap "ssh://$me@127.0.0.1:$(free_port)" "$work/village" 1 10 "$pin"
silent=$("$tools/carry" listen 0 > "$work/http_port" & echo $!)
pids+=("$silent")
sleep 0.3
ends "a web server behind the port" 7 swap "ssh://$me@127.0.0.1:$(cat "$work/http_port")" "$work/village" 1 10 "$pin"
exit $result
