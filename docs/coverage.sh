#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Prints docs/COVERAGE.md: the mechanisms of docs/coverage.tsv, each with the tests whose heads name it on a line
# "Covers:" of its own.
#   docs/coverage.sh [ROOT]          prints the page
#   docs/coverage.sh --write [ROOT]  puts it into ROOT/docs/COVERAGE.md
#   docs/coverage.sh --tags [ROOT]   the lines of the tests: id, tab, path
set -u
how=
case ${1:-} in --write | --tags)
	how=$1
	shift
	;;
esac
cd "${1:-$(dirname "$0")/..}" || exit 1

# Checks of the house prove nothing about the program.
tags() {
	find tests -path tests/house -prune -o -type f \( -name '*.c' -o -name '*.sh' -o -name '*.t' -o -name '*.flow' \) -print |
		LC_ALL=C sort | xargs -r awk '
			FNR <= 20 && sub(/^( \*|#) Covers: /, "") {
				count = split($0, ids, / +/)
				for (n = 1; n <= count; n++) print ids[n] "\t" FILENAME
			}'
}

page() {
	cat <<'HEAD'
# What works, and which test shows it

Printed by docs/coverage.sh from docs/coverage.tsv and from the lines "Covers:" at the head of the tests; `make house` holds it
up to date.

**Y** works as described, and the tests named fail without it · **part** some of it works; the last column says what is
missing · **none** nothing of it · **interface** files are exchanged, no more · **X** not the work of a text station

HEAD
	tags | awk -F'\t' '
		function summary(sort, order, said, n, text) {
			said = split("Y part none interface X untested", order, " ")
			for (n = 1; n <= said; n++)
				if (count[sort, order[n]]) text = text ", " count[sort, order[n]] " " order[n]
			if (all[sort]) print "- " all[sort] " " sort ": " substr(text, 3)
		}
		from == "tags" {
			tests[$1] = tests[$1] (tests[$1] == "" ? "" : ", ") "`" $2 "`"
			next
		}
		/^#/ || !NF { next }
		$1 == "group" {
			line[++lines] = "\n## " $2 "\n\n| id | state | what | tests | what is missing |\n|---|---|---|---|---|"
			next
		}
		{
			state = $3 != "" ? $3 : ($1 in tests) ? "Y" : "untested"
			sort = $1 ~ /[.]/ ? "steps of workflows" : "mechanisms"
			count[sort, state]++
			all[sort]++
			line[++lines] = "| " $1 " | " state " | " $2 " | " tests[$1] " | " $4 " |"
		}
		END {
			summary("mechanisms")
			summary("steps of workflows")
			for (n = 1; n <= lines; n++) print line[n]
		}' from=tags - from=table docs/coverage.tsv
}

case $how in
--tags) tags ;;
--write) page >docs/COVERAGE.md ;;
*) page ;;
esac
