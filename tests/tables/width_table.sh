#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Prints the three tables of src/base/text_width.c from the Unicode Character Database.
#   tests/tables/width_table.sh [/usr/share/unicode]
set -eu
data=${1:-/usr/share/unicode}
LC_ALL=C awk -F ';' '
function number(hex,   i, n) {
	n = 0
	for (i = 1; i <= length(hex); i++)
		n = n * 16 + index("0123456789ABCDEF", substr(hex, i, 1)) - 1
	return n
}
function show(name, set,   cp, from, count) {
	printf "static const struct range %s[] = {\n", name
	from = -1
	for (cp = 0; cp <= 1114112; cp++) {
		if ((cp in set) && from < 0)
			from = cp
		if (!(cp in set) && from >= 0) {
			printf "%s{0x%X, 0x%X},", count % 4 ? " " : "\t", from, cp - 1
			if (++count % 4 == 0)
				print ""
			from = -1
		}
	}
	if (count % 4)
		print ""
	print "};"
}
FILENAME ~ /UnicodeData/ {
	cp = number($1)
	if ($2 ~ /, First>$/) {
		first = cp
		next
	}
	if ($2 !~ /, Last>$/)
		first = cp
	if ($3 == "Mn" || $3 == "Me" || $3 == "Cf")
		for (i = first; i <= cp; i++)
			none[i] = 1
	next
}
/^[0-9A-F]/ {
	split($2, word, /[ #]/)
	n = split($1, ends, /\.\./)
	last = number(ends[n])
	for (i = number(ends[1]); i <= last; i++) {
		if (i in none)
			continue
		if (word[1] == "W" || word[1] == "F")
			wide[i] = 1
		if (word[1] == "A")
			either[i] = 1
	}
}
END {
	delete none[173] # a soft hyphen is drawn by most terminals
	for (i = 4448; i <= 4607; i++)
		none[i] = 1 # Hangul vowels and finals join the consonant before them
	show("unseen", none)
	show("wide", wide)
	show("either", either)
}' "$data/UnicodeData.txt" "$data/EastAsianWidth.txt"
