#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Prints the share of lines that ran, a line a source and one for all.  cover.sh OBJECTS SOURCE...
objects=$1
shift
for source in "$@"; do
	gcov -n -o "$objects/$(dirname "$source")" "$source" 2>/dev/null |
		awk -v want="$source" '/^File / { file = $2; gsub("\047", "", file) }
			/^Lines executed/ && file == want { split($0, a, /[:% ]+/); print want, a[3], a[5]; file = "" }'
done | awk '{ printf "%6.1f %% of %5d  %s\n", $2, $3, $1; ran += $2 * $3 / 100; all += $3 }
	END { if (all) printf "%6.1f %% of %5d  all\n", 100 * ran / all, all }'
