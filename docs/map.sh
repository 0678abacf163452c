#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Prints the map of floors and rooms in docs/DESIGN.md from src/ROOMS, highest floor first.
#   docs/map.sh [ROOT]          prints the block, with its markers
#   docs/map.sh --write [ROOT]  puts it into ROOT/docs/DESIGN.md, in place of the old one
set -u
write=
if [ "${1:-}" = --write ]; then
	write=1
	shift
fi
cd "${1:-$(dirname "$0")/..}" || exit 1

block() {
	echo '<!-- map: printed by docs/map.sh from src/ROOMS -->'
	echo '```'
	echo 'floor.room  folder              what lies there'
	# Branches of one floor (store, format) one after the other.
	awk -F'\t' '!/^#/ && NF { split($3, part, "/"); print (part[1] == "src" ? part[2] : part[1]) "\t" $0 }' src/ROOMS |
		sort -s -t $'\t' -k2,2nr -k1,1r -k3,3nr |
		awk -F'\t' 'floor != "" && $2 != floor { print "" }
			{ floor = $2; printf "%-11s %-19s %s\n", $2 "." $3, $4, $5 }'
	echo '```'
	echo '<!-- end of map -->'
}

if [ -z "$write" ]; then
	block
	exit
fi
new=$(mktemp) || exit 1
trap 'rm -f "$new"' EXIT
block >"$new"
awk -v new="$new" '
	/^<!-- map: / { while ((getline line < new) > 0) print line; skip = 1 }
	!skip { print }
	/^<!-- end of map -->/ { skip = 0 }' docs/DESIGN.md >"$new.md" && cat "$new.md" >docs/DESIGN.md
rm -f "$new.md"
