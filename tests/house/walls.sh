#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Each library is known in one room only, no header of ours includes one, no include points up,
# SQL is written in the store alone, and text goes out in one place.   walls.sh [ROOT]
set -u
# shellcheck source=tests/verdict.sh
. "$(dirname "$0")/../verdict.sh"
cd "${1:-$(dirname "$0")/../..}" || exit 1

# library | pattern of its header | where it may be | in at most how many files (0 = any)
walls='ncurses|(ncursesw?/)?(curses|ncurses|term|panel|form|menu)\.h|src/ui/term/term[a-z_]*\.c|2
sqlite3|sqlite3\.h|src/store/.*\.c|0
curl|curl/.*\.h|src/sync/link/link_(http|fetch)\.c|2
libssh|libssh/.*\.h|src/sync/link/link_ssh\.c|1
libevent|(event2/.*|evhttp|event)\.h|src/sync/link/httpd[a-z_]*\.c|2
sodium|sodium\.h|src/base/file/crypt\.c|1
zstd|(zstd.*|zdict)\.h|src/sync/wire/[a-z_]*\.c|1
expat|expat\.h|src/format/cap/cap[a-z_]*\.c|1
readline|readline/.*\.h|src/ui/[a-z_]*\.c|1
cJSON|(cjson/)?cJSON\.h|src/(format/json|app/main_sync|app/main_hub)[a-z_]*\.c|0
libpq|(postgresql/)?libpq-fe\.h|src/store/.*\.c|1'

while IFS='|' read -r library _; do
	line=$(printf '%s\n' "$walls" | grep "^$library|")
	most=${line##*|}
	line=${line%|*}
	place=${line##*|src/}
	# The pattern itself holds bars: cut the name in front and the place behind.
	pattern=${line#"$library"|}
	pattern=${pattern%"|src/$place"}
	files=$(grep -rlE "^[[:space:]]*#[[:space:]]*include[[:space:]]*<($pattern)>" src screens include 2>/dev/null | sort)
	wrong=$(printf '%s\n' "$files" | grep -v '^$' | grep -vxE "src/$place" | sed "s/^/$library outside its wall: /")
	count=$(printf '%s\n' "$files" | grep -c .)
	[ -z "$wrong" ] && [ "$most" -gt 0 ] && [ "$count" -gt "$most" ] &&
		wrong="$library is known in $count files: ${files//$'\n'/ }"
	verdict "wall of $library" "$wrong"
done <<<"$walls"

up=$(grep -rnE '^[[:space:]]*#[[:space:]]*include[[:space:]]*"' src screens include 2>/dev/null | awk -F'[:"]' '
	FILENAME != "-" { if ($0 !~ /^#/) { split($0, row, "\t"); n = split(row[3], path, "/")
			rank[path[1] == "screens" ? "screens" : path[2]] = row[1] }
		next }
	{ n = split($1, path, "/"); from = path[1] == "screens" ? "screens" : path[2]
		split($4, want, "/"); to = want[1]
		if ((from in rank) && (to in rank) && (rank[to] > rank[from] || (rank[to] == rank[from] && to != from)))
			print $1 ":" $2 ": " from " includes \"" $4 "\"" }' src/ROOMS -)
verdict "includes point down" "$up"

sql=$(grep -rnE '"[[:space:]]*(SELECT|INSERT|UPDATE|DELETE FROM|CREATE (TABLE|INDEX|VIRTUAL|TEMP)|DROP|ALTER TABLE|PRAGMA) ' \
	src screens include 2>/dev/null | grep -v '^src/store/')
verdict "SQL in the store alone" "$sql"
# Another database stands behind the engine's calls, so the log has no other way to ask.
verdict "the log asks its engine" "$(grep -rnE '(sql_open|db_run|db_number|db_count) *\(' src/store/log 2>/dev/null)"

made=$(grep -rnE '"[^"]*CREATE (TEMP |VIRTUAL |UNIQUE )*(TABLE|INDEX|%s)' src screens include 2>/dev/null |
	grep -vE '^src/store/db/(schema|tables)\.c:')
verdict "tables are made by the schema alone" "$made"

printing=$(grep -rnE '(^|[^a-z_])(printf|puts|putchar|perror) *\(|f(printf|puts) *\((stderr|stdout)|, *(stderr|stdout)\)' \
	src/base src/model src/store src/sync src/work 2>/dev/null |
	grep -vE "^src/base/fault\.c|:[[:space:]]*/?\*|^src/store/.*\".*printf\('.*\"")
verdict "no printing below screens" "$printing"

# What is printed, said or logged is cleaned on its way out (base/text_fit.c): there are no other ways.
ways='src/app/common/out\.c|src/ui/(line|term/funnel)\.c|src/base/(fault|file/file)\.c'
# printf('…') with single quotes is a function of SQL, which older libraries know by this name alone.
others=$(grep -rnE '(^|[^a-z_])(v?f?printf|v?dprintf|f?puts|f?putc|putchar|fwrite|perror) *\(|[^a-z_]write\((1|2|STD)' \
	src screens 2>/dev/null | grep -vE "^($ways):|^[^:]*:[0-9]*:[[:space:]]*/?\*|^src/store/identity/heirs\.c:[0-9]*:.*fwrite|^src/store/.*\".*printf\('.*\"")
verdict "text goes out in one place" "$others"
cut=$(grep -rnE 'vsnprintf *\(' src screens 2>/dev/null | grep -vE '^src/base/')
verdict "text_fit_args cuts, vsnprintf does not" "$cut"

# Each road on which a fact gets into the log, and the files that may take it: what people and files say is written by
# work/change.c alone, what a station says of others by sync/trust/say.c, what a site that ends says of itself by
# store/identity; what was written elsewhere is put there by those who judge it.
roads='store_write|src/(work/change|sync/trust/say|store/identity/identity)\.c
store_write_one|src/store/(rows/store|identity/(identity|successor|reissue))\.c
log_put_composed|src/store/(log/log|rows/store)\.c
log_put|src/(store/log/(log|equivocation)|store/identity/returned|sync/take/(take|returned))\.c
log_append|src/store/(log/log|rows/store)\.c
store_take|src/(store/rows/store|app/demo/demo_plan)\.c
log_replace|src/(store/(log/equivocation|identity/reissue)|sync/take/(take|returned))\.c
change_write|src/work/(change|commit|lineage|then|then_set)\.c'
while IFS='|' read -r road files; do
	past=$(grep -rnE "(^|[^a-z_])$road *\\(" src screens --include='*.c' 2>/dev/null | grep -vE "^($files):")
	verdict "facts on the road $road" "$past"
done <<<"$roads"
exit $bad
