#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Calls that are never needed here, each with what to take instead.   banned.sh [ROOT]
set -u
cd "${1:-$(dirname "$0")/../..}" || exit 1

banned='strcpy strcat stpcpy wcscpy wcscat|struct buf or snprintf
strncpy strncat|they cut without saying so; struct buf or snprintf
sprintf vsprintf|snprintf or buf_printf
gets scanf sscanf fscanf|the readers of base/text.h and strtoull
strtok strtok_r|text_next or strcspn
atoi atol atoll atof|strtoull with a check of its end
system popen|fork and exec with a table of words
alloca|an arena
localtime gmtime ctime asctime strftime|base/when.h
mbstowcs wcstombs mbtowc mbrtowc btowc|base/text.h: inside everything is UTF-8
tmpnam tempnam mktemp|mkstemp
rand srand random drand48|crypt_random, or a seed of its own for tests
setjmp longjmp|results
signal|sigaction
strcoll strxfrm|text_order: the order of records hangs on no locale
abort|assert or die'

names=$(printf '%s\n' "$banned" | cut -d'|' -f1 | tr '\n' ' ')
found=$(find src screens include -name '*.[ch]' 2>/dev/null | sort | xargs -r awk -v names="$names" '
	BEGIN { split(names, list, " "); for (i in list) no[list[i]] }
	FNR == 1 { comment = 0 }
	{
		line = ""
		for (at = 1; at <= length($0); at++) {
			c = substr($0, at, 1); two = substr($0, at, 2)
			if (comment) { if (two == "*/") { comment = 0; at++ } }
			else if (two == "/*") { comment = 1; at++ }
			else if (two == "//") break
			else if (c == "\"" || c == "\047") {
				for (at++; at <= length($0) && substr($0, at, 1) != c; at++) if (substr($0, at, 1) == "\\") at++
				line = line "_"
			} else line = line c
		}
		while (match(line, /[A-Za-z_][A-Za-z_0-9]*[ \t]*\(/)) {
			name = substr(line, RSTART, RLENGTH - 1); sub(/[ \t]+$/, "", name)
			before = RSTART > 1 ? substr(line, RSTART - 1, 1) : ""
			if (name in no && before != "." && before != ">") print FILENAME ":" FNR ": " name
			line = substr(line, RSTART + RLENGTH)
		}
	}')
if [ -z "$found" ]; then
	echo "ok banned calls"
	exit 0
fi
while read -r place name; do
	echo "$place $name is banned; take $(printf '%s\n' "$banned" | grep -E "(^| )$name( |\|)" | cut -d'|' -f2)"
done <<<"$found"
echo "not ok banned calls"
exit 1
