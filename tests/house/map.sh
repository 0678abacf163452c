#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The documents agree with the tree: the map in docs/DESIGN.md is what docs/map.sh prints; each path that a document
# names is there, and so is each function that a document names with its brackets, in the file that it names with it;
# the versions in docs/DESIGN.md are those of the code; docs/HACKING.md has a row for each check.   map.sh [ROOT]
set -u
# shellcheck source=tests/verdict.sh
. "$(dirname "$0")/../verdict.sh"
map=$(cd "$(dirname "$0")/../../docs" && pwd)/map.sh
cd "${1:-$(dirname "$0")/../..}" || exit 1

shown=$(sed -n '/^<!-- map: /,/^<!-- end of map -->/p' docs/DESIGN.md)
verdict "map of rooms" "$(diff <(printf '%s\n' "$shown") <("$map" .) || echo 'docs/map.sh --write brings it up to date')"

# In backquotes or as a link, from the top of the tree.
# shellcheck disable=SC2016 # the backquote is meant
paths=$(for page in README.md docs/*.md docs/zh/*.md; do
	[ -f "$page" ] || continue
	[ "$page" = docs/BOOK.md ] && continue
	grep -oE '[`(](src|include|screens|tests|config|docs)/[A-Za-z0-9_./*-]*[`)]' "$page" | tr -d '`()' |
		while read -r path; do
			compgen -G "$path" >/dev/null || echo "$page: no $path"
		done
done)
verdict "paths in documents" "$paths"

# time() is a word of the monitoring that OPERATE speaks of.
names=$(grep -oHE '\b[a-z][a-z0-9_]+\(\)' docs/*.md | sort -u | grep -v ':time()$' | while IFS=: read -r page name; do
	grep -rqE "\b${name%??}\(" src screens include tests || echo "$page: no function $name"
done)
verdict "functions in documents" "$names"

# `name()` and `name()` in `FILE`, `name[]` of `FILE`; a document may break the line anywhere.
# shellcheck disable=SC2016 # the backquotes are meant
pairs=$(for page in README.md docs/*.md; do
	tr '\n' ' ' <"$page" | grep -oE '`[a-z0-9_]+(\(\)|\[\])`((,| and|, and) `[a-z0-9_]+(\(\)|\[\])`)* (in|of) `[A-Za-z0-9_/.]+\.[ch]`' |
		while read -r pair; do
			file=$(printf '%s\n' "$pair" | sed -E 's/.* `([^`]*)`$/\1/')
			printf '%s\n' "$pair" | grep -oE '[a-z0-9_]+(\(\)|\[\])' | while read -r name; do
				case $name in
				*'()') defined="^[a-z].*\b${name%??}\(" ;;
				*) defined="\b${name%??}\[" ;;
				esac
				grep -qsE "$defined" "$file" || echo "$page: $name is not in $file"
			done
		done
done)
verdict "functions in their files" "$pairs"

version() { # what the code says of the database: SCHEMA or SEARCH
	sed -nE "s/.*\b$1_VERSION = ([0-9]+).*/\1/p" src/store/db/schema.h
}
versions=$(
	[ -f src/store/db/schema.h ] || exit
	grep -q "\`station.db\` has version $(version SCHEMA) " docs/DESIGN.md || echo "docs/DESIGN.md: station.db has version $(version SCHEMA)"
	grep -q "\`index.db\` has a version of its own, $(version SEARCH)\." docs/DESIGN.md || echo "docs/DESIGN.md: index.db has version $(version SEARCH)"
)
verdict "versions in DESIGN" "$versions"

checks=$(for script in tests/house/*.sh tests/lint/*.sh; do
	name=$(basename "$script" .sh)
	[ -f "$script" ] && ! grep -q "^| \`$name\` |" docs/HACKING.md && echo "docs/HACKING.md: no row for $script"
done)
verdict "checks in HACKING" "$checks"
exit $bad
