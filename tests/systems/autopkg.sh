#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The tests that the source package names (debian/tests), by autopkgtest, in a bare Debian that it fills with the packages
# of build/deb.   autopkg.sh [SUITE [FOLDER]], for the packages and the source package in FOLDER
# shellcheck source=tests/systems/lib.sh
. "$(dirname "$0")/lib.sh"
suite=${1:-bookworm} debs=$(realpath "${2:-build/deb}")
command -v autopkgtest >/dev/null || {
	echo "skip autopkgtest: it is not there (package autopkgtest)"
	exit 0
}
bare "$suite"
out=$(mktemp -d)
cp "$debs"/*.deb "$debs"/*.dsc "$debs"/*.tar.* "$out"
rm -f "$out"/*dbgsym*
# Its runner for a folder mounts nothing, and a program finds its neighbours by /proc.
# shellcheck disable=SC2016 # for the shell inside
unshare --mount sh -c 'mount -t proc proc "$1/proc" && mount --bind /dev "$1/dev" || exit
	exec autopkgtest --output-dir "$2/log" --no-built-binaries "$2"/*.deb "$2"/*.dsc -- chroot "$1"' sh "$root" "$out" >"$out/said" 2>&1
code=$?
[ $code -eq 0 ] || tail -n 60 "$out/said"
cat "$out/log/summary"
verdict $code "autopkgtest passes"
grep -q '^two-stations *PASS' "$out/log/summary"
verdict $? "two stations sync in it"
rm -rf "$out"
exit $result
