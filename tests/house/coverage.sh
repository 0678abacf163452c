#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# docs/COVERAGE.md says what tests show: it is what docs/coverage.sh prints, tests name only mechanisms that are there, and
# what is said to work has a test, what is not there at all has none.   coverage.sh [ROOT]
set -u
# shellcheck source=tests/verdict.sh
. "$(dirname "$0")/../verdict.sh"
coverage=$(cd "$(dirname "$0")/../../docs" && pwd)/coverage.sh
cd "${1:-$(dirname "$0")/../..}" || exit 1

verdict "COVERAGE as printed" "$(diff <("$coverage" .) docs/COVERAGE.md || echo 'docs/coverage.sh --write brings it up to date')"

verdict "rows of the table" "$(awk -F'\t' '
	/^#/ || !NF || $1 == "group" { next }
	$1 !~ /^[A-Z]+[0-9]+(\.[0-9]+)?$/ || $2 == "" { print "docs/coverage.tsv:" FNR ": no id, or no name: " $0 }
	seen[$1]++ { print "docs/coverage.tsv:" FNR ": twice: " $1 }
	$3 != "" && $3 !~ /^(part|none|X|interface|by)$/ { print "docs/coverage.tsv:" FNR ": no such state: " $3 }
	$3 != "" && $4 == "" { print "docs/coverage.tsv:" FNR ": no reason: " $1 }
	$3 == "by" { rests[FNR] = $4; where[FNR] = $1 }
	END {
		for (row in rests) {
			count = split(rests[row], ids, " ")
			for (n = 1; n <= count; n++)
				if (!(ids[n] in seen) || ids[n] == where[row])
					print "docs/coverage.tsv:" row ": rests on what is no other row: " ids[n]
		}
	}' docs/coverage.tsv)"

verdict "what tests name, and what is named by none" "$("$coverage" --tags . | awk -F'\t' '
	from == "tags" { test[$1] = $2; next }
	/^#/ || !NF || $1 == "group" { next }
	{ row[$1] = 1 }
	$3 == "" && !($1 in test) { print "docs/coverage.tsv:" FNR ": no test covers " $1 }
	($3 == "none" || $3 == "X") && $1 in test { print test[$1] ": covers " $1 ", which is said not to be there" }
	END { for (id in test) if (!(id in row)) print test[id] ": covers " id ", which is no mechanism" }' from=tags - from=table docs/coverage.tsv)"
exit $bad
