#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Prints the share of lines that ran, a line a source and one for all, the least covered first. Fails when a source is
# below LEAST per cent or all together below ALL.   cover.sh OBJECTS LEAST ALL SOURCE...
objects=$1 least=$2 all=$3
shift 3
for source in "$@"; do
	gcov -n -o "$objects/$(dirname "$source")" "$source" 2>/dev/null |
		awk -v want="$source" '/^File / { file = $2; gsub("\047", "", file) }
			/^Lines executed/ && file == want { split($0, a, /[:% ]+/); print a[3], a[5], want; file = "" }'
done | sort -n | awk -v least="$least" -v bar="$all" '
	{ low = $1 < least; printf "%6.1f %% of %5d  %s%s\n", $1, $2, $3, low ? "  below " least " %" : ""
		bad += low; ran += $1 * $2 / 100; lines += $2 }
	END {
		if (!lines) { print "no source was run"; exit 1 }
		share = 100 * ran / lines
		printf "%6.1f %% of %5d  all (at least %d %%)\n", share, lines, bar
		exit bad > 0 || share < bar
	}'
