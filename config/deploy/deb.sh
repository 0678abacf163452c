#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What `make deb` does: lays the sources out with debian/ at their top, in BUILD/deb/outpost-VERSION, and builds the packages
# there; they end up in BUILD/deb.   deb.sh BUILD VERSION
set -eu
build=$1 version=$2
changelog=config/debian/changelog
if [ "$(dpkg-parsechangelog -l "$changelog" -S Version)" != "$version" ]; then
	echo "deb: $changelog is not about version $version" >&2
	exit 1
fi
tree=$build/deb/outpost-$version
rm -rf "$build/deb"
mkdir -p "$tree"
# What belongs to the sources: as git knows it, else all that was not built.
if git ls-files --error-unmatch Makefile >/dev/null 2>&1; then
	git ls-files -z --cached --others --exclude-standard | tar --null -c -T - | tar -x -C "$tree"
else
	tar -c --exclude=./build --exclude-vcs . | tar -x -C "$tree"
fi
rm -rf "$tree/.ci"
mv "$tree/config/debian" "$tree/debian"
# The time of the change is the time of everything in the packages: the same sources give the same bytes.
find "$tree" -exec touch -h -d "@$(dpkg-parsechangelog -l "$tree/debian/changelog" -S Timestamp)" {} +
cd "$tree"
unset MAKEFLAGS MAKELEVEL MFLAGS
# shellcheck disable=SC2086 # a list of words
dpkg-buildpackage -us -uc ${DEB_OPTIONS:-} >../build.log 2>&1 || {
	tail -n 30 ../build.log >&2
	exit 1
}
cd ..
rm -rf "outpost-$version"
ls ./*.deb
