#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Outpost for another sort of machine (i386, arm64), in a bare Debian of that sort: the unit tests, a demo of one seed that is
# the same to the byte, and a village there that syncs with a township here, and the other way round. arm64 runs in an
# emulator, where one is there; with a cross compiler (gcc-aarch64-linux-gnu) it is built outside of it, ten times as fast.
#   foreign.sh ARCH [SUITE]
# shellcheck source=tests/systems/lib.sh
. "$(dirname "$0")/lib.sh"
arch=$1 suite=${2:-bookworm}
[ -x build/outpost-hub ] || {
	echo "skip $arch: build/outpost is not there to compare with (make)"
	exit 0
}
bare "$suite" "$arch"
sources_into "$root/outpost"
good "package lists for $arch" apt-get update -q
cross=aarch64-linux-gnu-gcc
if [ "$arch" = arm64 ] && command -v $cross >/dev/null; then
	# pkg-config for what lies in there
	printf '#!/bin/sh\nPKG_CONFIG_SYSROOT_DIR=%s PKG_CONFIG_LIBDIR=%s exec pkg-config "$@"\n' "$root" \
		"$root/usr/lib/aarch64-linux-gnu/pkgconfig:$root/usr/share/pkgconfig" >"$root/pkg-config"
	chmod 755 "$root/pkg-config"
	missing=$(config/deploy/setup.sh libraries "$root/pkg-config" 2>&1 | grep -o 'package [a-z0-9.+-]*' | cut -d' ' -f2)
	# shellcheck disable=SC2086 # a list of words
	good "libraries of $arch" apt-get install -y -q --no-install-recommends $missing libcmocka-dev libvterm-dev locales
	# Links of libraries that begin at the root of the system hold from outside, too.
	find "$root/usr/lib/aarch64-linux-gnu" -type l -lname '/*' | while read -r link; do
		ln -srf "$root$(readlink "$link")" "$link"
	done
	said=$(nice make -s -k -C "$root/outpost" "-j${OUTPOST_JOBS:-2}" DEV=1 TEST_PARTS=unit CC="$cross --sysroot=$root" AR=aarch64-linux-gnu-ar \
		PKG_CONFIG="$root/pkg-config" check-build 2>&1)
	code=$?
	[ $code -eq 0 ] || printf '%s\n' "$said" | tail -n 40
	verdict $code "is built for $arch without a warning"
else
	good "what setup.sh asks for is there" sh /outpost/config/deploy/setup.sh build
	good "what the tests want is there" apt-get install -y -q --no-install-recommends libcmocka-dev libvterm-dev locales lld
	good "builds without a warning" make -s -k -C /outpost "-j${OUTPOST_JOBS:-2}" DEV=1 TEST_PARTS=unit check-build
fi
[ $result -eq 0 ] || exit 1
said=$(inside sh -c 'apt-get install -y -q --no-install-recommends file >/dev/null 2>&1; file -b /outpost/build/outpost' 2>&1)
echo "$arch: ${said%%,*}"
good "unit tests" sh -c "cd /outpost && OUTPOST_JOBS=${OUTPOST_JOBS:-2} OUTPOST_TEST_SECONDS=${OUTPOST_TEST_SECONDS:-1200}"' OUTPOST_BUILD=$PWD/build tests/run.sh build/tests/unit/test_*'
printf '%s\n' "$said" | tail -n 1

# ---- one seed, one demo: every fact of every station
now=2026-07-14T08:00:00+08:00
# PROGRAM HOME: a line a station
digests() {
	printf '%s demo %s --seed 7 >/dev/null && for station in county township village1 village2 village3; do
		echo $station $(%s --home %s/$station export all --json - | sha256sum); done' "$1" "$2" "$1" "$2"
}
here=$(mktemp -d)
trap 'rm -rf "$here"; [ -z "${hub:-}" ] || kill $(pgrep -P "$hub") "$hub" 2>/dev/null; clean_up' EXIT
ours=$(env -i PATH="$PATH" LC_ALL=C.UTF-8 OUTPOST_LANG=en TZ=UTC0 OUTPOST_NOW=$now sh -c "$(digests "$PWD/build/outpost" "$here/demo")")
theirs=$(inside env TZ=UTC0 OUTPOST_NOW=$now sh -c "$(digests /outpost/build/outpost /demo)" 2>&1)
[ -n "$ours" ] && [ "$ours" = "$theirs" ]
verdict $? "a demo of the same seed is the same"
[ "$ours" = "$theirs" ] || diff <(echo "$ours") <(echo "$theirs")

# ---- a township here, a village there, and the other way round; both know the network of this machine
# OUT: the address of the hub that writes there
address() {
	local try
	for try in $(seq 300); do
		url=http://$(grep -oE '127\.0\.0\.1:[0-9]+' "$1") && return
		sleep 0.1
	done
	echo "not ok the hub listens ($try)"
	cat "$1"
	result=1
}
export OUTPOST_LANG=en
build/outpost --home "$here/town" init --area 410882103000 --name 柏香镇 --level township --user 镇值班 >/dev/null
build/outpost-hub --store "$here/town" --listen 127.0.0.1:0 >"$here/port" 2>&1 &
hub=$!
address "$here/port"
token=$(build/outpost --home "$here/town" invite --area 410882103205 --name 西彰村 --level village --via "$url")
good "a village there joins a township here, and syncs" sh -c "cd /outpost/build && ./outpost --home /village join $token --user 张三 &&
	./outpost --home /village add hazard category=H0101 grade=G place=村部北侧 text=排水沟堵塞 && ./outpost --home /village sync --json | grep '\"complete\":true'"
build/outpost --home "$here/town" list hazard | grep -q 村部北侧
verdict $? "what it wrote is here"
kill $hub
wait $hub 2>/dev/null
hub=

good "a township there" /outpost/build/outpost --home /town init --area 410882103000 --name 柏香镇 --level township --user 镇值班
inside /outpost/build/outpost-hub --store /town --listen 127.0.0.1:0 >"$here/port" 2>&1 &
hub=$!
address "$here/port"
token=$(inside /outpost/build/outpost --home /town invite --area 410882103205 --name 西彰村 --level village --via "$url")
build/outpost --home "$here/village" join "$token" --user 张三 >/dev/null &&
	build/outpost --home "$here/village" add hazard category=H0101 grade=G place=村部北侧 text=排水沟堵塞 >/dev/null &&
	build/outpost --home "$here/village" sync --json | grep -q '"complete":true'
verdict $? "a village here syncs with it"
good "what it wrote is there" sh -c '/outpost/build/outpost --home /town list hazard | grep 村部北侧'
exit $result
