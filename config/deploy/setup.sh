#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Installs the Debian packages that are missing: `setup.sh build` for building and running,
# `setup.sh test` for the tests too. Says what it installs; when nothing is missing it does nothing.
# `setup.sh libraries [PKG_CONFIG]` installs nothing: it names the packages of the libraries that are not there.
set -eu

build="gcc make pkg-config libc6-dev gettext
libncurses-dev libreadline-dev libsqlite3-dev libsodium-dev libcjson-dev libexpat1-dev
libcurl4-openssl-dev libssh-dev libzstd-dev libevent-dev"
# The roads are tested against real servers, on loopback and in namespaces, and weighed beside strong compressors.
test="libcmocka-dev libvterm-dev locales binutils sqlite3 python3-minimal git procps
openssh-server openssh-client nginx openssl curl zpaq xz-utils iproute2 util-linux man-db mandoc zsh
clang clang-format clang-tidy libclang-rt-14-dev lld cppcheck shellcheck"

# The libraries by the names that pkg-config knows, each with its package.
libraries="ncursesw:libncurses-dev readline:libreadline-dev sqlite3:libsqlite3-dev libsodium:libsodium-dev
libcjson:libcjson-dev expat:libexpat1-dev libcurl:libcurl4-openssl-dev libssh:libssh-dev libzstd:libzstd-dev
libevent_core:libevent-dev libevent_extra:libevent-dev"

# $1: pkg-config, or the one of a cross build
name_missing() {
	if ! command -v "$1" >/dev/null; then
		echo "\"$1\" is missing (Debian package pkg-config): config/deploy/setup.sh build installs all that is needed" >&2
		exit 1
	fi
	missing=
	for library in $libraries; do
		"$1" --exists "${library%:*}" || missing="$missing ${library%:*} (Debian package ${library#*:}),"
	done
	[ -n "$missing" ] || exit 0
	echo "missing:${missing%,}: config/deploy/setup.sh build installs all that is needed" >&2
	exit 1
}

case ${1:-build} in
libraries) name_missing "${2:-pkg-config}" ;;
build) wanted=$build ;;
test) wanted="$build $test" ;;
*)
	echo "setup.sh: \"$1\" is not build, test or libraries" >&2
	exit 2
	;;
esac

have=" $(dpkg-query -W -f '${binary:Package} ${db:Status-Status}\n' 2>/dev/null |
	sed -n 's/^\([^: ]*\)[^ ]* installed$/\1/p' | tr '\n' ' ')"
missing=
for package in $wanted; do
	case $have in
	*" $package "*) ;;
	*) missing="$missing $package" ;;
	esac
done
[ -n "$missing" ] || exit 0

sudo=
if [ "$(id -u)" -ne 0 ]; then
	sudo=sudo
	if ! command -v sudo >/dev/null; then
		echo "setup.sh: these Debian packages are missing; install them as root: apt-get install$missing" >&2
		exit 1
	fi
fi
echo "installing:$missing"
export DEBIAN_FRONTEND=noninteractive
$sudo apt-get update -q || echo "setup.sh: the package lists could not be refreshed, going on with the old ones" >&2
# Debian starts a server when it installs it; the tests start their own, on loopback. So nothing is started here.
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
	printf '#!/bin/sh\nexit 101\n' | $sudo tee "$policy" >/dev/null
	$sudo chmod 755 "$policy"
	trap '$sudo rm -f "$policy"' EXIT
fi
# shellcheck disable=SC2086 # a list of words
$sudo apt-get install -y -q --no-install-recommends $missing
