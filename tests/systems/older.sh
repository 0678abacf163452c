#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Outpost built on another release of Debian with what that one brings, and its tests of unit, cli and sync run there;
# then the packages of that release, made there, and installed and booted in it.
#   older.sh [SUITE]
# shellcheck source=tests/systems/lib.sh
. "$(dirname "$0")/lib.sh"
suite=${1:-bullseye}
bare "$suite"
sources_into "$root/outpost"
good "package lists on $suite" apt-get update -q
good "git, which tells what is of the sources" apt-get install -y -q --no-install-recommends git
good "what setup.sh asks for is there" sh /outpost/config/deploy/setup.sh build
good "what the tests want is there" apt-get install -y -q --no-install-recommends libcmocka-dev libvterm-dev locales \
	python3 sqlite3 procps bsdutils man-db binutils curl lld
[ $result -eq 0 ] || exit 1
# By name alone: the compilers of all checks would be a gigabyte.
# shellcheck disable=SC2016 # for the shell inside
good "and all that setup.sh wants for all tests" sh -c 'echo "APT::Get::Simulate \"true\";" >/etc/apt/apt.conf.d/simulate
	sh /outpost/config/deploy/setup.sh test; code=$?; rm /etc/apt/apt.conf.d/simulate; exit $code'
# shellcheck disable=SC2016 # for the shell inside
said=$(inside sh -c 'for library in sqlite3 libcurl libssh libzstd; do echo "$library $(pkg-config --modversion $library)"; done
	gcc --version | head -n 1; ldd --version | head -n 1')
echo "$suite: ${said//$'\n'/, }"
good "builds without a warning" make -s -k -C /outpost "-j${OUTPOST_JOBS:-2}" DEV=1 TEST_PARTS='unit cli sync' check-build
[ $result -eq 0 ] || exit 1
# Nothing of the outside leaks in, so the runner is told where it is.
# shellcheck disable=SC2016 # for the shell inside
good "the tests of unit, cli and sync" sh -c "cd /outpost && OUTPOST_JOBS=${OUTPOST_JOBS:-2} OUTPOST_TEST_SECONDS=${OUTPOST_TEST_SECONDS:-1200}"' OUTPOST_BUILD=$PWD/build tests/run.sh \
	build/tests/unit/test_* build/tests/cli/test_* tests/cli/test_*.sh build/tests/sync/test_* tests/sync/test_*.sh'
printf '%s\n' "$said" | grep -aE '^FAILED|^ *[^ ]*: skip ' # and what is not there is said
printf '%s\n' "$said" | tail -n 1

printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d" # nothing is started
chmod 755 "$root/usr/sbin/policy-rc.d"
# What stands before a hub, as this system's own programs read it.
good "sshd, nginx and AppArmor are there" apt-get install -y -q --no-install-recommends openssh-server nginx-core apparmor openssl
# shellcheck disable=SC2016 # for the shell inside
good "its sshd takes the sample" sh -c 'mkdir -p /run/sshd; ssh-keygen -q -A; sshd -V 2>&1 | grep -o "OpenSSH_[0-9.p]*"; sshd -t -f /outpost/config/deploy/sshd_outpost.conf'
printf '%s\n' "$said" | grep OpenSSH
good "its nginx takes the samples" sh -c 'mkdir -p /etc/outpost && openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 9 \
	-subj /CN=hub.example.cn -keyout /etc/outpost/hub.key -out /etc/outpost/hub.crt 2>/dev/null && cp /outpost/config/deploy/nginx-*.conf /etc/nginx/conf.d/ && nginx -t'
# shellcheck disable=SC2016 # for the shell inside
good "its AppArmor takes the profiles" sh -c 'for profile in /outpost/config/deploy/apparmor/*; do
	apparmor_parser -QK "$profile" || exit 1; done'

good "what packages are made with is there" sh /outpost/config/deploy/setup.sh deb
good "packages are made" sh -c "cd /outpost && DEB_BUILD_OPTIONS=parallel=${OUTPOST_JOBS:-2} make deb"
ls "$root"/outpost/build/deb/*.deb >/dev/null || exit 1
debs=$(mktemp -d)
cp "$root"/outpost/build/deb/*.deb "$debs"
clean_up
tests/systems/packages.sh "$suite" "$debs" || result=1
tests/systems/booted.sh "$suite" "$debs" || result=1
rm -rf "$debs"
exit $result
