#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Nothing grows too long: files to 500 lines, functions to 60 (95 of 100 to 45), branches to 15
# (95 of 100 to 10), parameters to 6; tests may be half as long again.   sizes.sh [ROOT]
set -u
awk_file=$(cd "$(dirname "$0")" && pwd)/sizes.awk
cd "${1:-$(dirname "$0")/../..}" || exit 1
bad=0

# NAME, most lines of a file, of a function, its p95, most branches, their p95, most parameters, FILES...
measure() {
	local name=$1 file=$2 function=$3 p95=$4 branches=$5 branches95=$6 parameters=$7
	shift 7
	[ $# -gt 0 ] || return 0
	awk -f "$awk_file" "$@" | sort -k1,1 -k2,2n | awk -v F="$file" -v L="$function" -v P="$p95" -v B="$branches" \
		-v Q="$branches95" -v M="$parameters" -v name="$name" '
		$1 == "file" && $2 > F { print $3 ": " $2 " lines, " F " are allowed"; wrong = 1 }
		$1 == "function" { n++; size[n] = $2; count[$3]++; if ($3 > most) most = $3
			if ($2 > L) { print $5 ": " $2 " lines, " L " are allowed"; wrong = 1 }
			if ($3 > B) { print $5 ": " $3 " branches, " B " are allowed"; wrong = 1 }
			if ($4 > M) { print $5 ": " $4 " parameters, " M " are allowed"; wrong = 1 } }
		END {
			place = int(n * 0.95 + 0.999)
			if (n >= 20 && size[place] > P) { print "95 of 100 functions have to " size[place] " lines, " P " are allowed"; wrong = 1 }
			for (b = 0; b <= most && seen < place; b++) seen += count[b]
			if (n >= 20 && b - 1 > Q) { print "95 of 100 functions have to " b - 1 " branches, " Q " are allowed"; wrong = 1 }
			print (wrong ? "not ok" : "ok") " sizes of " name " (" n " functions, p50 " size[int(n / 2 + 0.5)] ", p95 " size[place] " lines)"
			exit wrong }' || bad=1
}

mapfile -t program < <(find src screens include -name '*.[ch]' 2>/dev/null | sort)
mapfile -t tests < <(find tests -name '*.[ch]' 2>/dev/null | sort)
measure "the program" 500 60 45 15 10 6 "${program[@]}"
measure "the tests" 750 90 60 22 15 9 "${tests[@]}"
exit $bad
