#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The Makefile as a packager expects it: variables from outside count and replace nothing that the sources need, a
# missing library is named with its package, a change of PREFIX builds what says it, install runs nothing built.
set -u
cd "$(dirname "$0")/../.." || exit 1
unset MAKEFLAGS MAKELEVEL MFLAGS VARIANT
here=$(mktemp -d) || exit 1
trap 'rm -rf "$here"' EXIT
failed=0
verdict() {
	if [ "$1" -eq 0 ]; then
		echo "ok $2"
	else
		echo "not ok $2"
		failed=1
	fi
}
# What would be run; a folder that is not there, so everything has to be built.
dry() {
	make -n -s VARIANT=packager "$@" 2>&1
}
has() {
	case $1 in *"$2"*) verdict 0 "$3" ;; *) verdict 1 "$3 (no \"$2\")" ;; esac
}

plan=$(dry all CC=some-cc CFLAGS='-O3 -march=x' CPPFLAGS=-DFROM_OUTSIDE LDFLAGS=-Wl,--from-outside)
compile=$(grep -m1 ' -c -o .*base/buf.o' <<<"$plan")
link=$(grep -m1 ' -o build/packager/outpost-hub ' <<<"$plan")
for word in 'some-cc ' '-O3 -march=x' -DFROM_OUTSIDE -Iinclude -std=c11 -fstack-protector-strong -D_FORTIFY_SOURCE=2; do
	has "$compile" "$word" "compiled with $word"
done
for word in 'some-cc ' -Wl,--from-outside -z,now -pie; do
	has "$link" "$word" "linked with $word"
done
[ "$(grep -o FORTIFY_SOURCE <<<"$(dry build/packager/obj/src/base/buf.o CPPFLAGS=-D_FORTIFY_SOURCE=3)" | wc -l)" -eq 1 ]
verdict $? "a distribution's fortification counts alone"
! grep -q FORTIFY_SOURCE <<<"$(dry build/packager/obj/src/base/buf.o CFLAGS=-O0)"
verdict $? "none without optimization"

printf '#!/bin/sh\ncase " $* " in *" libssh "*) exit 1 ;; esac\nexit 0\n' >"$here/pkg-config"
chmod +x "$here/pkg-config"
out=$(make -s libraries PKG_CONFIG="$here/pkg-config" 2>&1)
has "$out" "libssh (Debian package libssh-dev)" "a missing library and its package are named"
has "$out" "config/deploy/setup.sh build" "and what installs it"
make -s libraries
verdict $? "nothing is missing here"
printf '#!/bin/sh\ncase "$*" in *atleast*3.26*sqlite3) exit 1 ;; --modversion*) echo 3.22.0 ;; esac\nexit 0\n' >"$here/pkg-config"
! out=$(make -s libraries PKG_CONFIG="$here/pkg-config" 2>&1)
verdict $? "too old a library ends the build"
has "$out" "sqlite3 3.22.0 (3.26 or newer is needed)" "and is named with its version"

# Where dnf is, and no apt: what rpm does not know is asked for.
mkdir "$here/dnf"
for tool in sh sed tr cat id; do
	ln -s "$(command -v $tool)" "$here/dnf/$tool"
done
printf '#!/bin/sh\necho "gcc make"\n' >"$here/dnf/rpm"
printf '#!/bin/sh\necho "dnf $*"\n' >"$here/dnf/dnf"
printf '#!/bin/sh\nexec "$@"\n' >"$here/dnf/sudo"
chmod +x "$here"/dnf/rpm "$here"/dnf/dnf "$here"/dnf/sudo
out=$(PATH="$here/dnf" sh config/deploy/setup.sh build)
has "$out" "dnf install -y -q --setopt=install_weak_deps=False pkgconf-pkg-config gettext" "dnf installs what is missing"
has "$out" sqlite-devel "by the names that it knows"

# Another prefix: what says it is built again, and nothing else.
object() {
	make -s "$1" VARIANT=packager PREFIX="$2" >/dev/null 2>&1 && stat -c %Y%y "$1"
}
config=build/packager/obj/src/app/common/config.o
buf=build/packager/obj/src/base/buf.o
first=$(object $config /opt/one) other=$(object $buf /opt/one)
[ -n "$first" ] && [ "$(object $config /opt/one)" = "$first" ]
verdict $? "the same prefix builds nothing"
[ "$(object $config /opt/two)" != "$first" ] && grep -q /opt/two $config
verdict $? "another prefix builds what says it"
[ -n "$other" ] && [ "$(object $buf /opt/two)" = "$other" ]
verdict $? "and nothing else"
says=$(sed ':more; /\\$/ { N; s/\\\n//; b more; }' Makefile | grep '^SAYS_VERSION := ')
for source in $(grep -rl 'OUTPOST_PREFIX\|OUTPOST_VERSION\|OUTPOST_SYSCONF' src); do
	has "$says" "$source" "$source is built again with its prefix"
done
rm -rf build/packager

# The first word of a command, behind the settings before it.
make -n -s install DESTDIR="$here" 2>&1 | awk '{ i = 1; while ($i ~ /^[A-Z_]+=/) i++; if ($i ~ /build\/.*outpost/) bad = 1 } END { exit bad }'
verdict $? "install runs nothing that was built"

# ---- the packages
grep -q "^outpost ($(sed -n 's/^VERSION := //p' Makefile)) " config/debian/changelog
verdict $? "the newest package is of this version"
for unit in config/deploy/*.service config/deploy/*.timer config/deploy/*.path; do
	grep -qF "/${unit##*/}" config/debian/*.install
	verdict $? "${unit##*/} is in a package"
	grep -qE "unitdir}/$(sed 's/\.[a-z]*$//' <<<"${unit##*/}")\." config/deploy/outpost.spec
	verdict $? "and in one of the other kind"
done
if command -v rpmbuild >/dev/null; then
	rpmbuild --nobuild --nodeps --define "_topdir $here/rpm" config/deploy/outpost.spec 2>"$here/said" && ! grep . "$here/said" && [ "$(rpmspec -q --srpm --qf '%{VERSION}' config/deploy/outpost.spec)" = "$(sed -n 's/^VERSION := //p' Makefile)" ]
	verdict $? "rpmbuild takes the spec, which is of this version"
else
	echo "skip the spec: rpmbuild is not installed"
fi
PATH="$PWD/build:$PATH" sh config/debian/tests/two-stations >"$here/sync" 2>&1 || {
	cat "$here/sync"
	false
}
verdict $? "two stations sync, as the packages' own test says"
exit $failed
