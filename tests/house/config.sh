#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# No dead data: each limit of config/ is asked for by name, and the other way round; each table of codes is named by a
# field or by code; each word that packs, checklists and cards may begin a line with goes somewhere, and so does what
# they are read into; each flag of the table of kinds is asked for; each file is baked in.   config.sh [ROOT]
set -u
cd "${1:-$(dirname "$0")/../..}" || exit 1
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
bad=0

# Names that code puts together: what stands for %s.
made='warning.%s.minutes red orange yellow blue unknown
patrol.%s.days 1 2 3 4
drill.mark.%s.percent A B C D
drill.grade.%s.percent A B C
charge.%s.days city county township village enterprise
late.%s.minutes alarm report loop book bulk'

# What a line of a pack, a checklist or a card begins with, and what takes it, outside the reader.
words='packs name pack.zh
packs checklist pack->checklists
packs card pack->cards
packs obligation pack->duty
checklists code list.code
checklists title list.zh
checklists version list.version
checklists basis list.basis
checklists fits list.fits
checklists source list.source
checklists item list.item
cards code card.code
cards title card.zh
cards event card.event
cards level card.level
cards version card.version
cards key card.key
cards fits card.fits'

report() { # WHAT IS WRONG WITH EACH LINE: lines
	if [ -s "$work/wrong" ]; then
		sed "s|^|$1: |" "$work/wrong"
		bad=1
	fi
}

# ---- limits
# Posts of `who` rows are no limits.
find src screens -name '*.c' 2>/dev/null | sort | xargs cat /dev/null | grep -v -e 'POST_ROSTER' -e 'POST_THERE' >"$work/code"
grep -hoE '"[a-z]+(\.[a-z0-9%]+)*\.(days|minutes|hours|hour|percent|year|years|month|people|permille|card|leader|jump|dead|kib|mib|rate|all)"' \
	"$work/code" | tr -d '"' >"$work/said"
# Rows of the rules read limits, too: limit:warning.{severity}.minutes
grep -v '^#' config/rules.conf 2>/dev/null | grep -oE 'limit:[a-z0-9.{}]+' | sed 's/^limit://; s/{[a-z]*}/%s/' >>"$work/said"
sort -u -o "$work/said" "$work/said"
{
	grep -v '%' "$work/said"
	grep '%' "$work/said" | while read -r pattern; do
		printf '%s\n' "$made" | awk -v pattern="$pattern" '$1 == pattern { for (i = 2; i <= NF; i++) {
			name = pattern; sub(/%s/, $i, name); print name } found = 1 }
			END { if (!found) print "what %s may be in " pattern }'
	done
} | sort -u >"$work/asked"
cat config/rules.conf config/roles.conf 2>/dev/null | awk '$1 == "limit" { print $2 }' | sort >"$work/there"
comm -13 "$work/asked" "$work/there" >"$work/wrong"
report "a limit that nothing asks for"
comm -23 "$work/asked" "$work/there" >"$work/wrong"
report "a limit that code asks for and config/ lacks"

# ---- code tables
find src screens include -name '*.c' -o -name '*.h' -o -name '*.def' 2>/dev/null | sort | xargs cat /dev/null |
	grep -oE '"[a-z_]+"' | tr -d '"' | sort -u >"$work/strings"
grep -v '^#' config/codes.tsv 2>/dev/null | cut -f1 | grep . | sort -u >"$work/tables"
comm -13 "$work/strings" "$work/tables" >"$work/wrong"
report "a code table that no field names"

# ---- packs, checklists, cards
for folder in packs checklists cards; do
	case $folder in
	packs) cat config/packs/*.conf ;;
	checklists) cat config/checklists/*.tsv ;;
	cards) for file in config/cards/*.txt; do sed -n '/^$/q; s/:.*//p' "$file"; done ;;
	esac 2>/dev/null | sed '/^#/d; /^$/d; s/[ \t].*//' | sort -u | sed "s/^/$folder /"
done >"$work/used"
while read -r folder word; do
	taken=$(printf '%s\n' "$words" | awk -v f="$folder" -v w="$word" '$1 == f && $2 == w { print $3 }')
	[ -n "$taken" ] && grep -r --include='*.c' -qF -e "$taken" src/app || echo "$folder/ $word"
done <"$work/used" >"$work/wrong"
report "a line that nothing takes"

# ---- flags of the table of kinds, and members of what packs, checklists and cards are read into
{
	grep -oE '^[[:space:]]+(F|K|STEP)_[A-Z_]+ =' include/model/schema.h 2>/dev/null | tr -d ' \t='
	sed -n '/^struct.*{$/,/^};/p' include/model/packs.h 2>/dev/null | sed 's|/\*.*||; /{$/d; /^}/d; s/\[.*\]//; s/;//' |
		sed -E 's/^[[:space:]]*(const )?(unsigned|char|struct [a-z_]+) //' | tr -d '* \t' | tr ',' '\n'
} | sort -u >"$work/names"
find src screens -name '*.c' ! -name packs.c -exec cat {} + 2>/dev/null | grep -oE '([.>][a-z]+|\<[A-Z]+_[A-Z_]+)\>' |
	tr -d '.>' | sort -u >"$work/reads"
comm -23 "$work/names" "$work/reads" >"$work/wrong"
report "a flag or a member that nothing reads"

# ---- files
find config -name '*.tsv' -o -name '*.conf' -o -path 'config/cards/*' -o -path 'config/demo/*' 2>/dev/null |
	sed 's|^config/||' | grep -v -e '^deploy/' -e '^outpost\.conf$' | sort | while read -r file; do
	grep -qF "\"$file\"" src/model/shipped.c || echo "$file"
done >"$work/wrong" 2>/dev/null
report "a file that is not baked in"

if [ $bad = 1 ]; then
	echo "not ok config"
	exit 1
fi
echo "ok config"
