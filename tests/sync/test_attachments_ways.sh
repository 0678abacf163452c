#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A photo over SSH, over a command that stands for a serial line and ends in the middle, and past a township whose disk is full;
# and beside a backup.
# Tests also: files.c files_kept.c cmd_keep.c link_ssh.c link_exec.c
# Covers: M6 M7
# shellcheck source=tests/sync/net.sh
. "$(dirname "$0")/net.sh"
PATH=$OUTPOST_BUILD:$PATH

mkdir "$here/town"
full=
if mount -t tmpfs -o size=120m,mode=0700 tmpfs "$here/town" 2>/dev/null; then
	full=yes
	trap 'umount "$here/town"; the_end' EXIT
fi
"$outpost" --home "$here/town" init --area 410882103 --name 柏香镇 --user 镇员 >/dev/null
hub town
enrol village 410882103205 王庄村 "$url" town
kill "$hub"
wait "$hub"
site=$("$outpost" --home "$here/town" site list --json | sed -n 's/.*"code":"\([^"]*\)".*王庄村.*/\1/p; s/.*王庄村.*"code":"\([^"]*\)".*/\1/p' | head -1)
answer="outpost-hub --home $here/town --stdio --site $site"
hazard village

# NAME BYTES: attached at the village, to go over slow ways too.
photo() {
	head -c "$2" /dev/urandom >"$here/$1"
	"$outpost" --home "$here/village" attach "$number" "$here/$1" --send >/dev/null
}

# What lies whole at the township, as a line of JSON.
arrived() { # NAME
	at town attachment list --json
	case $out in *'"name":"'"$1"'"'*) ;; *) return 1 ;; esac
	printf '%s' "$out" | tr '{' '\n' | grep "\"name\":\"$1\"" | grep -q '"whole":true'
}

# A command is what a modem or a radio has.
photo exec.bin 30000
for _ in $(seq 8); do
	at village sync --once --via "exec:$answer"
	arrived exec.bin && break
done
arrived exec.bin
verdict "a photo crosses a command"
# One that is ended in the middle, sooner and later: what came stays.
photo cut.bin 150000
printf '#!/bin/sh\n(sleep "$1"; kill -9 $$) &\nexec %s\n' "$answer" >"$here/dying"
chmod +x "$here/dying"
come=0 shrank=
for after in 0.03 0.06 0.09 0.12 0.15 0.2 0.25; do
	at village sync --once --via "exec:$here/dying $after"
	part=$(find "$here/town/files" -name '*.part' -printf '%s\n' | head -1)
	arrived cut.bin && part=150000
	[ "${part:-0}" -ge "$come" ] || shrank="$shrank $come>$part"
	come=${part:-0}
done
echo "# $come bytes came past seven ends"
[ -z "$shrank" ]
verdict "what came before the end stays"
for _ in $(seq 12); do
	at village sync --once --via "exec:$answer"
	arrived cut.bin && break
done
arrived cut.bin
verdict "and the rest follows it"

# Over SSH.
sshd=$(PATH=$PATH:/usr/sbin command -v sshd)
if [ -n "$sshd" ]; then
	[ "$(id -u)" = 0 ] && mkdir -p /run/sshd
	ssh-keygen -q -t ed25519 -N '' -f "$here/host"
	pin=$(ssh-keygen -l -f "$here/host.pub" | cut -d' ' -f2)
	: >"$here/keys"
	chmod 600 "$here/keys"
	ssh_port=$((20000 + RANDOM % 20000))
	printf '%s\n' "Port $ssh_port" "ListenAddress 127.0.0.1" "HostKey $here/host" "PidFile none" \
		"AuthorizedKeysFile $here/keys" "StrictModes no" "UsePAM no" "PasswordAuthentication no" >"$here/sshd_config"
	"$sshd" -D -f "$here/sshd_config" -E "$here/sshd.log" &
	children="$children $!"
	for _ in $(seq 100); do
		(: <"/dev/tcp/127.0.0.1/$ssh_port") 2>/dev/null && break
		sleep 0.05
	done
	way="ssh://$(id -un)@127.0.0.1:$ssh_port#$pin"
	at village sync --once --via "$way" # makes the key
	echo "command=\"$OUTPOST_BUILD/outpost hub --store $here/town --stdio --site $site\",restrict $(cat "$here/village/keys/ssh.pub")" >"$here/keys"
	photo ssh.bin 100000
	for _ in $(seq 8); do
		at village sync --once --via "$way"
		arrived ssh.bin && break
	done
	arrived ssh.bin
	verdict "a photo over SSH"
else
	echo "skip over ssh: openssh-server is not installed"
fi

# A full disk at the township: facts go on, the photo waits, and comes once there is room.
if [ -n "$full" ]; then
	dd if=/dev/zero of="$here/town/fill" bs=1M count=70 2>/dev/null
	photo full.bin 50000
	hazard village 沟口
	for _ in 1 2 3; do at village sync --once --via "exec:$answer"; done
	[ "$code" -eq 0 ]
	verdict "a full disk above is no failed sync"
	at town list hazard
	has "facts come all the same" 沟口
	arrived full.bin
	[ $? -ne 0 ]
	verdict "the photo waits"
	at village attachment list --json
	has "and is not called received" '"name":"full.bin"'
	rm "$here/town/fill"
	for _ in $(seq 8); do
		at village sync --once --via "exec:$answer"
		arrived full.bin && break
	done
	arrived full.bin
	verdict "and comes by itself when there is room"
else
	echo "skip full: no tmpfs may be mounted here"
fi

# Beside a backup.
ends "backed up" 0 village backup "$here/copy.db"
has "with how many files" 附件
rm "$here"/village/files/*
at village attachment list --json
lacks "all are gone" '"whole":true'
ends "restored" 0 village restore "$here/copy.db"
has "and the files" 已取回
at village attachment list --json
lacks "all are back" '"whole":false'
exit "$failed"
