# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# What the tests in bare systems share: a Debian of nothing but its base, made once (debootstrap) and copied for each test,
# and commands in it, with processes of their own. As root. Systems, and the packages that tests want in them, are kept in
# build/systems, or in OUTPOST_SYSTEMS: a second run fetches lists alone.
set -u
cd "$(dirname "${BASH_SOURCE[0]}")/../.." || exit 1
PATH=$PATH:/usr/sbin:/sbin
systems=${OUTPOST_SYSTEMS:-$PWD/build/systems}
result=0

# shellcheck disable=SC2034 # the scripts end with $result
verdict() {
	if [ "$1" -eq 0 ]; then
		echo "ok $2"
	else
		echo "not ok $2"
		result=1
	fi
}

# SUITE [ARCH]: its copy is $root. Ends the script, loudly, where there is none to be had.
bare() {
	local suite=$1 arch=${2:-$(dpkg --print-architecture 2>/dev/null)} whole
	whole=$systems/$suite-$arch
	fetched=$systems/fetched/$suite-$arch
	if [ "$(id -u)" -ne 0 ] || ! command -v debootstrap >/dev/null; then
		echo "skip $suite $arch: wants root and debootstrap"
		exit 0
	fi
	if [ "$arch" = arm64 ] && [ "$(uname -m)" != aarch64 ] && [ ! -e /proc/sys/fs/binfmt_misc/qemu-aarch64 ]; then
		echo "skip $suite $arch: this machine runs no programs of arm64 (packages qemu-user-static and binfmt-support)"
		exit 0
	fi
	mkdir -p "$systems"
	if [ ! -d "$whole" ]; then
		rm -rf "$whole.part"
		if ! nice debootstrap --variant=minbase --arch="$arch" "$suite" "$whole.part" >"$whole.log" 2>&1; then
			echo "skip $suite $arch: debootstrap could not make it, $whole.log says why"
			exit 0
		fi
		mv "$whole.part" "$whole"
	fi
	root=$whole.test
	rm -rf "$root"
	cp -a "$whole" "$root"
	mkdir -p "$fetched"
	echo "127.0.0.1 localhost" >"$root/etc/hosts"
}

# The sources, as git knows them, into FOLDER.
sources_into() {
	mkdir -p "$1"
	git ls-files -z --cached --others --exclude-standard | tar --null -c -T - | tar -x -C "$1"
}

# COMMAND...: in $root, as root
inside() {
	# shellcheck disable=SC2016 # for the shell inside
	unshare --mount --pid --fork --kill-child sh -c 'mount -t proc proc "$1/proc" && mount --bind /dev "$1/dev" &&
		mount -t devpts -o newinstance,ptmxmode=0666 none "$1/dev/pts" && mount --bind "$2" "$1/var/cache/apt/archives" &&
		shift_root=$1 && shift 2 &&
		exec chroot "$shift_root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 \
			DEBIAN_FRONTEND=noninteractive OUTPOST_LANG=en "$@"' sh "$root" "$fetched" "$@"
}

# NAME COMMAND...: in $root, must succeed; what it said is $said
good() {
	local name=$1
	shift
	said=$(inside "$@" 2>&1 </dev/null)
	local code=$?
	[ $code -eq 0 ] || printf '%s\n' "$said" | tail -n "${OUTPOST_TAIL:-60}"
	verdict $code "$name"
}

# NAME TEXT: the last command said TEXT
told() {
	case $said in
	*"$2"*) verdict 0 "$1" ;;
	*)
		printf '%s\n' "$said"
		verdict 1 "$1"
		;;
	esac
}

# With OUTPOST_KEEP=1 a system in which something failed stays, as NAME.kept.
clean_up() {
	[ -d "${root:-}" ] || return
	if [ -n "${OUTPOST_KEEP:-}" ] && [ "$result" -ne 0 ]; then
		rm -rf "${root%.test}.kept"
		mv "$root" "${root%.test}.kept"
	else
		rm -rf "$root"
	fi
}
trap clean_up EXIT
