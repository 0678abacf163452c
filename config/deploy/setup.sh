#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Installs the packages that are missing, with apt or with dnf: `setup.sh build` for building and running,
# `setup.sh test` for the tests too, `setup.sh deb` for Debian packages. Says what it installs; when nothing is missing it does nothing.
# `setup.sh libraries [PKG_CONFIG]` installs nothing: it names the packages of the libraries that are not there.
set -eu

if command -v apt-get >/dev/null; then
	manager=apt-get
	deb="build-essential debhelper dh-apparmor systemd"
	build="gcc make pkg-config libc6-dev gettext
	libncurses-dev libreadline-dev libsqlite3-dev libsodium-dev libcjson-dev libexpat1-dev
	libcurl4-openssl-dev libssh-dev libzstd-dev libevent-dev"
	# The roads are tested against real servers, on loopback and in namespaces, and weighed beside strong compressors.
	test="libcmocka-dev libvterm-dev locales binutils sqlite3 python3-minimal git procps
	openssh-server openssh-client nginx openssl curl zpaq xz-utils iproute2 util-linux man-db mandoc zsh rpm
	strace apparmor qrencode
	clang clang-format clang-tidy libclang-rt lld cppcheck shellcheck"
elif command -v dnf >/dev/null; then
	deb=
	# openEuler, Anolis, Fedora and their kin. What is not packaged there, its tests skip.
	manager=dnf
	build="gcc make pkgconf-pkg-config gettext ncurses-devel readline-devel sqlite-devel libsodium-devel cjson-devel
expat-devel libcurl-devel libssh-devel libzstd-devel libevent-devel"
	test="libcmocka-devel libvterm-devel binutils sqlite python3 git procps-ng openssh-server openssh-clients nginx
openssl curl xz iproute util-linux man-db zsh clang clang-tools-extra lld cppcheck ShellCheck"
else
	manager=
	deb=
	build=
	test=
fi

# The libraries by the names that pkg-config knows, each with its package in Debian, and the oldest version that will do.
libraries="ncursesw:libncurses-dev: readline:libreadline-dev: sqlite3:libsqlite3-dev:3.26 libsodium:libsodium-dev:1.0.14
libcjson:libcjson-dev:1.7.13 expat:libexpat1-dev: libcurl:libcurl4-openssl-dev:7.61 libssh:libssh-dev:0.9 libzstd:libzstd-dev:1.4
libevent_core:libevent-dev: libevent_extra:libevent-dev:"

# $1: pkg-config, or the one of a cross build
name_missing() {
	if ! command -v "$1" >/dev/null; then
		echo "\"$1\" is missing (Debian package pkg-config): config/deploy/setup.sh build installs all that is needed" >&2
		exit 1
	fi
	missing=
	old=
	for library in $libraries; do
		name=${library%%:*} least=${library##*:}
		if ! "$1" --exists "$name"; then
			library=${library#*:}
			missing="$missing $name (Debian package ${library%:*}),"
		elif [ -n "$least" ] && ! "$1" --atleast-version="$least" "$name"; then
			old="$old $name $("$1" --modversion "$name") ($least or newer is needed),"
		fi
	done
	if [ -n "$old" ]; then
		echo "too old:${old%,}: upgrade the system's library" >&2
		exit 1
	fi
	[ -n "$missing" ] || exit 0
	echo "missing:${missing%,}: config/deploy/setup.sh build installs all that is needed" >&2
	exit 1
}

case ${1:-build} in
libraries) name_missing "${2:-pkg-config}" ;;
build) wanted=$build ;;
test) wanted="$build $test" ;;
deb) wanted="$build $deb" ;;
*)
	echo "setup.sh: \"$1\" is not build, test, deb or libraries" >&2
	exit 2
	;;
esac

if [ -z "$manager" ]; then
	echo "setup.sh: neither apt-get nor dnf is here; docs/OPERATE.md names what has to be installed" >&2
	exit 1
fi
if [ $manager = apt-get ]; then
	have=" $(dpkg-query -W -f '${binary:Package} ${db:Status-Status}\n' 2>/dev/null |
		sed -n 's/^\([^: ]*\)[^ ]* installed$/\1/p' | tr '\n' ' ')"
else
	have=" $(rpm -qa --qf '%{NAME} ') "
fi
missing=
for package in $wanted; do
	case $package:$have in
	*" $package "* | libclang-rt:*" libclang-rt-"*) ;;
	*) missing="$missing $package" ;;
	esac
done
[ -n "$missing" ] || exit 0

sudo=
if [ "$(id -u)" -ne 0 ]; then
	sudo=sudo
	if ! command -v sudo >/dev/null; then
		echo "setup.sh: these packages are missing; install them as root: $manager install$missing" >&2
		exit 1
	fi
fi
echo "installing:$missing"
if [ $manager = dnf ]; then
	# shellcheck disable=SC2086 # a list of words
	exec $sudo dnf install -y -q --setopt=install_weak_deps=False $missing
fi
export DEBIAN_FRONTEND=noninteractive
$sudo apt-get update -q || echo "setup.sh: the package lists could not be refreshed, going on with the old ones" >&2
# What sanitizers run with has the number of this release's clang in its name; before Debian 12 it came with clang itself.
missing="$missing "
case $missing in
*" libclang-rt "*)
	number=$(apt-cache depends clang | sed -n 's/.*Depends: clang-\([0-9][0-9]*\)$/\1/p' | head -n 1)
	runtime=libclang-rt-$number-dev
	apt-cache show "$runtime" >/dev/null 2>&1 || runtime=
	missing="${missing%% libclang-rt *} $runtime ${missing#* libclang-rt }"
	;;
esac
# Debian starts a server when it installs it; the tests start their own, on loopback. So nothing is started here.
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
	printf '#!/bin/sh\nexit 101\n' | $sudo tee "$policy" >/dev/null
	$sudo chmod 755 "$policy"
	trap '$sudo rm -f "$policy"' EXIT
fi
# shellcheck disable=SC2086 # a list of words
$sudo apt-get install -y -q --no-install-recommends $missing
