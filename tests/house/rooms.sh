#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A reader finds a file by its room: every folder of sources stands in src/ROOMS and holds at most fifteen files
# (screens/parts is a shelf and may hold more); a room of the store and of the sync has one public header, named after
# it; internal.h is read on its own floor alone, every other header beside the sources in its own room.   rooms.sh [ROOT]
set -u
# shellcheck source=tests/verdict.sh
. "$(dirname "$0")/../verdict.sh"
cd "${1:-$(dirname "$0")/../..}" || exit 1

rooms=$(sed '/^#/d' src/ROOMS | cut -f3)
verdict "every folder is a room" "$(find src screens -name '*.[ch]' | sed 's|/[^/]*$||' | sort -u | grep -vxF "$rooms" | sed 's/$/ is not in src\/ROOMS/')"
verdict "every room is there" "$(printf '%s\n' "$rooms" | while read -r room; do
	[ -d "$room" ] || echo "$room is in src/ROOMS alone"
done)"
verdict "a room holds at most fifteen files" "$(printf '%s\n' "$rooms" | grep -vx 'screens/parts\|src/model/kinds' | while read -r room; do
	n=$(find "$room" -maxdepth 1 -name '*.[ch]' 2>/dev/null | wc -l)
	[ "$n" -le 15 ] || echo "$room: $n files"
done)"
verdict "one public header a room" "$(find include/store include/sync -name '*.h' 2>/dev/null | while read -r header; do
	room=src/${header#include/}
	printf '%s\n' "$rooms" | grep -qxF "${room%.h}" || echo "$header is named after no room"
done)"
# An include with two slashes is of a header beside the sources.
verdict "headers beside the sources stay there" "$(grep -rnE '^[[:space:]]*#[[:space:]]*include[[:space:]]*"[a-z]+/[a-z]+/[a-z_]+\.h"' src screens include 2>/dev/null | awk -F'[:"]' '
	{ room = $1; sub(/\/[^\/]*$/, "", room); want = "src/" $4; sub(/\/[^\/]*$/, "", want)
		split(room, here, "/"); split(want, there, "/")
		if (room == want) next
		if ($4 ~ /\/internal\.h$/ && here[1] == "src" && here[2] == there[2]) next
		print $1 ":" $2 ": " $4 " belongs to " ($4 ~ /\/internal\.h$/ ? "its floor" : "its room") }')"
exit $bad
