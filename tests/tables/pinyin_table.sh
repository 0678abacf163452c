#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Prints src/model/pinyin_table.c from the readings of the Unihan database.
#   tests/tables/pinyin_table.sh [/usr/share/unicode] > src/model/pinyin_table.c
# kMandarin gives the usual reading; the others follow in the order of frequency and of two dictionaries.
set -eu
data=${1:-/usr/share/unicode}
bzcat "$data/Unihan_Readings.txt.bz2" | LC_ALL=C awk -F '\t' '
function number(hex,   i, n) {
	n = 0
	for (i = 1; i <= length(hex); i++)
		n = n * 16 + index("0123456789ABCDEF", substr(hex, i, 1)) - 1
	return n
}
# Tones go, u with two dots becomes v as on keyboards.
function plain(s) {
	gsub(/ǖ|ǘ|ǚ|ǜ|ü/, "v", s)
	gsub(/ā|á|ǎ|à/, "a", s)
	gsub(/ē|é|ě|è|ê|ế|ề/, "e", s)
	gsub(/ī|í|ǐ|ì/, "i", s)
	gsub(/ō|ó|ǒ|ò/, "o", s)
	gsub(/ū|ú|ǔ|ù/, "u", s)
	gsub(/ń|ň|ǹ/, "n", s)
	gsub(/ḿ/, "m", s)
	gsub(/[^a-z]/, "", s)
	return s
}
function add(cp, reading) {
	reading = plain(reading)
	if (reading != "" && index(" " all[cp] " ", " " reading " ") == 0)
		all[cp] = all[cp] (all[cp] == "" ? "" : " ") reading
}
function add_each(cp, text,   i, n, part) {
	gsub(/[0-9.*]+:/, "", text)
	gsub(/\([0-9]+\)/, "", text)
	n = split(text, part, /[ ,]+/)
	for (i = 1; i <= n; i++)
		add(cp, part[i])
}
function numbers(list, count, per,   i) {
	for (i = 0; i < count; i++)
		printf "%s%d,%s", i % per ? "" : "\t", list[i], i % per == per - 1 || i == count - 1 ? "\n" : ""
}
function dense(name, from, to, per,   cp, list, n) {
	for (cp = from; cp <= to; cp++)
		list[n++ + 0] = (cp in all) ? id[all[cp]] : 0
	printf "const uint16_t %s[] = {\n", name
	numbers(list, n, per)
	print "};"
}
/^U+/ && ($2 == "kMandarin" || $2 == "kHanyuPinlu" || $2 == "kTGHZ2013" || $2 == "kXHC1983") {
	field[number(substr($1, 3)), $2] = $3
	cps[number(substr($1, 3))] = 1
}
END {
	split("kMandarin kHanyuPinlu kTGHZ2013 kXHC1983", order, " ")
	for (cp in cps) {
		cp += 0
		near = (cp >= 13312 && cp <= 19903) || (cp >= 19968 && cp <= 40959)
		known = ((cp, "kTGHZ2013") in field) || ((cp, "kXHC1983") in field)
		if (!near && !known)
			continue
		for (i = 1; i <= 4; i++)
			if ((cp, order[i]) in field)
				add_each(cp, field[cp, order[i]])
		if (all[cp] != "")
			times[all[cp]]++
		if (!near)
			far[cp] = 1
	}
	# Unihan gives no reading for the zero of years.
	all[12295] = "ling"
	far[12295] = 1
	times["ling"]++
	# Frequent sets get short numbers; ties by name, so that the file does not change by itself.
	for (set in times)
		print -times[set] "\t" set | "sort -n -k1,1 -k2 > " tmp
	close("sort -n -k1,1 -k2 > " tmp)
	sets[0] = ""
	count = 1
	while ((getline line < tmp) > 0) {
		sub(/^[^\t]*\t/, "", line)
		id[line] = count
		sets[count++] = line
	}
	print "/* SPDX-License-Identifier: GPL-3.0-or-later"
	print " * Printed by tests/tables/pinyin_table.sh from Unihan 15 (licence: src/base/unicode.LICENSE)."
	print " * A hanzi has the number of a set of readings; a set begins in the text at its start."
	print " */"
	print "#include \"model/pinyin_table.h\""
	print ""
	print "/* clang-format off */"
	print "const char pinyin_text[] = {"
	at = 0
	for (i = 0; i < count; i++) {
		start[i] = at
		for (k = 1; k <= length(sets[i]); k++)
			bytes[at++] = (c = substr(sets[i], k, 1)) == " " ? 32 : 96 + index("abcdefghijklmnopqrstuvwxyz", c)
		bytes[at++] = 0
	}
	numbers(bytes, at, 128)
	print "};"
	print "const uint16_t pinyin_start[] = {"
	numbers(start, count, 48)
	print "};"
	dense("pinyin_near", 19968, 40959, 128)
	dense("pinyin_rare", 13312, 19903, 128)
	print "const struct pinyin_far pinyin_far[] = {"
	n = 0
	for (cp = 0; cp < 205743; cp++)
		if (cp in far)
			printf "%s{0x%X, %d},%s", n % 8 ? " " : "\t", cp, id[all[cp]], ++n % 8 ? "" : "\n"
	print n % 8 ? "\n};" : "};"
	print "const unsigned pinyin_far_count = " n ";"
	print "/* clang-format on */"
}' tmp="${TMPDIR:-/tmp}/pinyin_sets.$$"
rm -f "${TMPDIR:-/tmp}/pinyin_sets.$$"
