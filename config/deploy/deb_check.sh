#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What `make deb-check` does, behind `make deb`: lintian finds nothing, blhc finds every flag that hardens, a second build
# has the same bytes, the AppArmor profiles and the units are well-formed.   deb_check.sh BUILD VERSION
set -u
build=$1 version=$2
deb=$build/deb
failed=0
verdict() {
	if [ "$1" -eq 0 ]; then
		echo "ok $2"
	else
		echo "not ok $2"
		failed=1
	fi
}
for tool in lintian blhc apparmor_parser; do
	command -v "$tool" >/dev/null || PATH=$PATH:/usr/sbin command -v "$tool" >/dev/null || {
		echo "deb-check: $tool is missing (Debian packages lintian, blhc, apparmor)" >&2
		exit 1
	}
done
lintian --allow-root --fail-on error,warning --tag-display-limit 0 "$deb"/*.changes
verdict $? "lintian has neither errors nor warnings"
blhc --all --arch="$(dpkg --print-architecture)" "$deb/build.log"
verdict $? "blhc: everything is hardened"
(cd "$deb" && sha256sum ./*.deb ./*.dsc ./*.tar.*) >"$build/deb.first"
config/deploy/deb.sh "$build" "$version" >/dev/null && (cd "$deb" && sha256sum --quiet -c ../deb.first)
verdict $? "two builds have the same bytes"
for profile in config/deploy/apparmor/*; do
	PATH=$PATH:/usr/sbin apparmor_parser -QK "$profile" 2>/dev/null
	verdict $? "$profile is well-formed"
done
# They are for the system that built them.
suite=$(sed -n 's/^VERSION_CODENAME=//p' /etc/os-release)
tests/systems/packages.sh "$suite" || failed=1
tests/systems/autopkg.sh "$suite" || failed=1
tests/systems/booted.sh "$suite" || failed=1
exit $failed
