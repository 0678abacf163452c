#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Nothing calls up: a symbol that is used on a lower floor or in a lower room than it is defined in (src/ROOMS), or in a
# stranger's room, fails; so does a circle of files.   floors.sh [ROOT [OBJECTS]]
# Read from the object files, so that no trick with includes hides a call.
set -u
cd "${1:-$(dirname "$0")/../..}" || exit 1
objects=${2:-${OUTPOST_BUILD:-build}/obj}
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT

missing=0
find src screens -name '*.c' 2>/dev/null | sort >"$work/sources"
while read -r source; do
	if [ -f "$objects/${source%.c}.o" ]; then
		echo "$objects/${source%.c}.o" >>"$work/objects"
	else
		echo "not built: $source"
		missing=1
	fi
done <"$work/sources"
# "OBJECT:ADDRESS LETTER NAME", the address left out for what is used.
[ -s "$work/objects" ] && xargs nm -A -g <"$work/objects" | awk -v objects="$objects/" '
	{ end = index($0, ".o:"); file = substr($0, length(objects) + 1, end - length(objects) - 1) ".c"
		n = split(substr($0, end + 3), word, " ")
		print n == 2 ? "U" : "D", word[n], file }' >"$work/symbols"

# symbols -> "user definer symbol", the definer on the floor of the user when it has the choice (main).
awk '$1 == "D" && $2 != "main" { def[$2] = $3 }
	$1 == "U" { user[++n] = $3; name[n] = $2 }
	END { for (i = 1; i <= n; i++) if (name[i] in def && def[name[i]] != user[i]) print user[i], def[name[i]], name[i] }' \
	"$work/symbols" >"$work/uses"

awk '
	function room(file) {
		sub(/\/[^\/]*$/, "", file)
		return file
	}
	function floor(folder, part) {
		split(folder, part, "/")
		return part[1] == "screens" ? "screens" : part[2]
	}
	FNR == NR {
		if ($0 !~ /^#/) { storey[$3] = $1; place[$3] = $2 }
		next
	}
	{
		from = room($1); to = room($2)
		if (!(from in storey) || !(to in storey)) { print $1 " or " $2 " lies in no room of src/ROOMS"; next }
		if (from == to) next
		if (storey[to] > storey[from]) print $1 " calls up: " $3 " of " $2
		else if (storey[to] < storey[from]) next
		else if (floor(to) != floor(from)) print $1 " calls a stranger: " $3 " of " $2
		else if (place[to] > place[from]) print $1 " calls up: " $3 " of " $2
		else if (place[to] == place[from]) print $1 " calls a stranger: " $3 " of " $2
	}' src/ROOMS "$work/uses" >"$work/wrong"

# Files that reach each other, a line a circle, and the calls that close it.
awk '
	{ key = $1 SUBSEP $2
		if (!(key in names)) { to[$1] = to[$1] " " $2; file[$1]; file[$2] }
		names[key] = names[key] " " $3 }
	function walk(from, seen, n, k, next_, stack, top) {
		split("", seen); stack[top = 1] = from
		while (top) {
			n = split(to[stack[top--]], next_, " ")
			for (k = 1; k <= n; k++) if (!(next_[k] in seen)) { seen[next_[k]]; stack[++top] = next_[k] }
		}
		for (k in seen) reach[from, k]
	}
	END {
		for (f in file) walk(f)
		for (f in file) {
			if (f in done || !((f, f) in reach)) continue
			line = "circle:"
			for (g in file) if (((f, g) in reach) && ((g, f) in reach)) { line = line " " g; done[g] = f }
			print line
			for (key in names) { split(key, end, SUBSEP)
				if (done[end[1]] == f && done[end[2]] == f) print "    " end[1] " -> " end[2] ":" names[key] }
		}
	}' "$work/uses" >"$work/circle"

bad=0
if [ -s "$work/wrong" ]; then
	cat "$work/wrong"
	echo "not ok floors"
	bad=1
else
	echo "ok floors"
fi
if [ -s "$work/circle" ]; then
	cat "$work/circle"
	echo "not ok circles"
	bad=1
else
	echo "ok circles"
fi
if [ "$missing" = 1 ]; then
	echo "not ok built"
	bad=1
fi
exit $bad
