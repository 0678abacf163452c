#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Every function of a public header stands beside a comment: on its line, or in its paragraph.
# Every source and header begins with its licence and purpose. Flags of one enum have a bit each.   headers.sh [ROOT]
set -u
cd "${1:-$(dirname "$0")/../..}" || exit 1
bad=0

# new, free, start, release, open, close mean the same everywhere (docs/STYLE.md) and may stand alone.
bare=$(find include -name '*.h' | sort | xargs -r awk '
	function flush(i) {
		for (i = 1; i <= n && !said; i++) print bare[i]
		n = said = 0
	}
	FNR == 1 || /^[ \t]*$/ { flush() }
	/\/\*|\*\/|\/\// { said = 1 }
	/^[a-z].*\(.*/ && !/^(typedef|struct [a-z_]+ \{|enum [a-z_]* *\{|static inline|extern)/ {
		name = $0; sub(/\(.*/, "", name); sub(/.*[ *]/, "", name)
		if (name !~ /_(new|free|start|release|open|close)$/) bare[++n] = FILENAME ":" FNR ": " name }
	END { flush() }')
if [ -n "$bare" ]; then
	printf '%s\n' "$bare"
	echo "not ok every public function has its comment"
	bad=1
else
	echo "ok every public function has its comment"
fi

unsaid=$(find src screens include tests -name '*.[ch]' 2>/dev/null | sort | xargs -r awk '
	FNR == 1 && !/^\/\* SPDX-License-Identifier: GPL-3.0-or-later/ { print FILENAME ": the first line names no licence" }
	FNR == 2 && !/^ \* [^ ]/ { print FILENAME ": the second line does not say what the file is for" }')
if [ -n "$unsaid" ]; then
	printf '%s\n' "$unsaid"
	echo "not ok every file says what it is for"
	bad=1
else
	echo "ok every file says what it is for"
fi

shared=$(find src screens include -name '*.[ch]' | sort | xargs -r awk '
	/^(static )?enum .*\{/ || FNR == 1 { delete has }
	match($0, /^[ \t]*[A-Z_0-9]+ = 1u? << [0-9]+/) {
		split(substr($0, RSTART, RLENGTH), part, /[ \t]*=[ \t]*1u? << /)
		if (part[2] in has) print FILENAME ":" FNR ":" part[1] " has the bit of" has[part[2]]
		has[part[2]] = part[1] }')
if [ -n "$shared" ]; then
	printf '%s\n' "$shared"
	echo "not ok every flag has a bit of its own"
	bad=1
else
	echo "ok every flag has a bit of its own"
fi
exit $bad
