#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Runs a bench and prints what it says as docs/BENCH.md shows it; its exit code is the bench's.
#   tests/bench/report.sh PART COMMAND...
# With WRITE=1 what was printed takes the place of block PART in docs/BENCH.md.
set -u
part=$1
shift
here=$(cd "$(dirname "$0")/../.." && pwd)
page=$here/docs/BENCH.md
new=$(mktemp) || exit 1
trap 'rm -f "$new" "$new.md"' EXIT
{
	echo "<!-- bench: $part -->"
	echo '```'
	"$@" 2>&1 | sed -u 's/[[:blank:]]*$//'
	code=${PIPESTATUS[0]}
	echo '```'
	echo '<!-- end of bench -->'
	exit $code
} | tee "$new"
code=${PIPESTATUS[0]}
if [ -n "${WRITE:-}" ]; then
	awk -v new="$new" -v part="<!-- bench: $part -->" '
		$0 == part { while ((getline line < new) > 0) print line; skip = 1 }
		!skip { print }
		/^<!-- end of bench -->/ { skip = 0 }' "$page" >"$new.md" && cat "$new.md" >"$page"
fi
exit "$code"
