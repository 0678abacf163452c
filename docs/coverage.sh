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

**Y** works as described, and the tests named fail without it ("as A01" = those of that row) · **part** some of it works; the last column says what is
missing · **none** nothing of it · **interface** files are exchanged, no more · **X** not the work of a text station, or left out on purpose

HEAD
	tags | awk -F'\t' '
		function summary(sort, order, said, n, text) {
			said = split("Y part none interface X untested", order, " ")
			for (n = 1; n <= said; n++)
				if (count[sort, order[n]]) text = text ", " count[sort, order[n]] " " order[n]
			if (all[sort]) print "- " all[sort] " " sort ": " substr(text, 3)
		}
		# What a row is: as it says itself, or as its tests and the rows that it rests on say.
		function state_of(id, depth, ids, n, count, state, one, some) {
			if (said[id] != "" && said[id] != "by") return said[id]
			if (said[id] == "" || depth > 9) return id in tests ? "Y" : "untested"
			state = "Y"
			count = split(reason[id], ids, " ")
			for (n = 1; n <= count; n++) {
				one = state_of(ids[n], depth + 1)
				if (one !~ /^(Y|interface)$/) state = "part"
				if (one != "none") some = 1
			}
			return some ? state : "none"
		}
		function missing_of(id, depth, ids, n, count, text) {
			if (said[id] != "by" || depth > 9) return reason[id]
			count = split(reason[id], ids, " ")
			for (n = 1; n <= count; n++)
				if (state_of(ids[n], 0) !~ /^(Y|interface)$/)
					text = text (text == "" ? "" : "; ") ids[n] ": " missing_of(ids[n], depth + 1)
			return text
		}
		function tests_of(id, text) {
			text = tests[id]
			if (said[id] == "by") {
				text = text (text == "" ? "" : ", ") "as " reason[id]
				gsub(/ /, ", ", text)
				gsub(/,+ /, ", ", text)
				sub(/as, /, "as ", text)
			}
			return text
		}
		from == "tags" {
			tests[$1] = tests[$1] (tests[$1] == "" ? "" : ", ") "`" $2 "`"
			next
		}
		/^#/ || !NF { next }
		{
			line[++lines] = $1
			what[lines] = $2
			said[$1] = $3
			reason[$1] = $4
		}
		END {
			for (n = 1; n <= lines; n++) {
				id = line[n]
				if (id == "group") continue
				sort = id ~ /[.]/ ? "steps of workflows" : id ~ /^S/ ? "systems of the plans" : \
					id ~ /^M/ ? "rows of the comparison" : id ~ /^N/ ? "things that nobody has" : \
					id ~ /^T/ ? "acceptance tests" : "mechanisms"
				if (!all[sort]++) sorts[++kinds] = sort
				count[sort, state_of(id, 0)]++
			}
			for (n = 1; n <= kinds; n++) summary(sorts[n])
			for (n = 1; n <= lines; n++) {
				id = line[n]
				if (id == "group")
					print "\n## " what[n] "\n\n| id | state | what | tests | what is missing |\n|---|---|---|---|---|"
				else
					print "| " id " | " state_of(id, 0) " | " what[n] " | " tests_of(id) " | " missing_of(id, 0) " |"
			}
		}' from=tags - from=table docs/coverage.tsv
}

case $how in
--tags) tags ;;
--write) page >docs/COVERAGE.md ;;
*) page ;;
esac
