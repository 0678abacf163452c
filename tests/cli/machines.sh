# shellcheck shell=bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Machines for the tests that act as the book says: each is this system (an overlay over /) with Outpost installed below
# /usr, accounts, /etc and folders of its own; all stand in one network of their own, where any port is free. Whoever
# sources this runs again in namespaces, with what is started there ended by their end. Root alone can make them.
# shellcheck source=tests/cases.sh
. "$(dirname "${BASH_SOURCE[0]}")/../cases.sh"

# SCRIPT: runs it again in namespaces of its own, or says why there are none.
machines_or_skip() {
	[ "${OUTPOST_MACHINES:-}" = yes ] && return
	if [ "$(id -u)" -ne 0 ] || ! unshare --mount --net --pid --fork true 2>/dev/null; then
		echo "skip machines: they want root, and namespaces"
		exit 0
	fi
	local tool
	for tool in ip su sshd nginx openssl localedef script; do
		PATH=$PATH:/usr/sbin:/sbin command -v "$tool" >/dev/null && continue
		echo "skip machines: $tool is not there (config/deploy/setup.sh test)"
		exit 0
	done
	OUTPOST_MACHINES=yes exec unshare --mount --net --pid --fork --kill-child --mount-proc "$1"
}

# Once: where machines lie, and what they share.
machines_begin() {
	PATH=$PATH:/usr/sbin:/sbin
	here=$(mktemp -d) || exit 1
	mount -t tmpfs none "$here" || exit 1
	ip link set lo up
	ip addr add 10.8.0.1/32 dev lo
	mkdir "$here/installed" "$here/usb"
	BUILD=$OUTPOST_BUILD DESTDIR=$here/installed PREFIX=/usr SYSCONFDIR=/etc UNITDIR=/usr/lib/systemd/system \
		config/deploy/install.sh install || exit 1
	install -D -m 755 tests/cli/no_systemd.sh "$here/installed/usr/bin/systemctl"
}

# NAME: a machine of that name
machine() {
	local at=$here/$1
	mkdir "$at" "$at.upper" "$at.work"
	mount -t overlay -o "lowerdir=$here/installed:/,upperdir=$at.upper,workdir=$at.work" none "$at" || {
		echo "skip machines: no overlay can be mounted here"
		exit 0
	}
	mount --bind /dev "$at/dev" && mount -t devpts -o newinstance,ptmxmode=0666 none "$at/dev/pts" && mount -t proc proc "$at/proc" && mount -t tmpfs none "$at/tmp" && mount -t tmpfs none "$at/run" || exit 1
	mkdir -p "$at"/{media/usb,mnt/nas,mnt/safe,run/sshd,run/pins,var/log/nginx}
	mount --bind "$here/usb" "$at/media/usb" # one stick for all
	chmod 1777 "$at/tmp"
	rm -f "$at"/etc/nginx/sites-enabled/* "$at"/etc/nginx/conf.d/* "$at"/etc/ssh/sshd_config.d/*
	printf '127.0.0.1 localhost hub.example.cn\n127.0.0.2 bxz.example.cn\n' >"$at/etc/hosts"
	[ -s "$at/etc/ssh/ssh_host_ed25519_key" ] || ssh-keygen -q -t ed25519 -N '' -f "$at/etc/ssh/ssh_host_ed25519_key"
	[ -s "$at/etc/ssh/sshd_config" ] || echo 'Include /etc/ssh/sshd_config.d/*.conf' >"$at/etc/ssh/sshd_config"
}

# MACHINE ACCOUNT COMMAND: as that account types it after a login; leaves $out, $err and $code.
# shellcheck disable=SC2034 # read by the scripts
on() {
	local at=$here/$1 login=(su - "$2" -s /bin/bash)
	[ "$2" = root ] && login=(env HOME=/root bash) # whose profile on this machine is nobody's business
	out=$(cd / && chroot "$at" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin TERM=dumb "${login[@]}" -c "cd; $3" 2>"$here/err" </dev/null)
	code=$?
	err=$(cat "$here/err")
	return $code
}
