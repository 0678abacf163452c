#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# No dead code: what a source of src/ or screens/ offers to others, another source of them takes; what nobody takes is
# static or gone. Tests do not count.   unused.sh [ROOT [OBJECTS]]
# Read from the object files, as floors.sh.
set -u
cd "${1:-$(dirname "$0")/../..}" || exit 1
objects=${2:-${OUTPOST_BUILD:-build}/obj}
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT

# What tests alone take, and why they cannot do without.
seams='when_hold            the clock of a test stands still
when_hold_boot       a machine that was switched off
when_skip            the clock of a test moves on
grid_show            what a test reads of the screen
key_named            the keys of tests/screens/*.t
term_bytes           what a key may cost
schema_check         the table of kinds is right: proven once, by its test
step_args            locked in schema.lock like the fields of a kind
schema_tables        held against what SQLite has made of them
schema_indexes       the same
search_tables        the same
log_marks            judges of simulated worlds read every claim
store_reached        the same, for every record
options              every option is held against its own range and the settings file
option_set           an option without a settings file
options_reset        the options of one test are not those of the next
store_offset_set     a clock that was heard to be wrong
carried_forget       what is carried comes once more
warning_signed       the question that many roads of a warning must answer alike
link_status_clock    each of these is a rule of its own, tried case by case
display_masked       -
setup_code           -
refusal_advice       -
areas_name           -
areas_put            -
cap_headline         -
record_text          what tests read of a record
json_double          -
pinyin_part          -
enrol_invite         an invitation without terms
grant_body           a grant by somebody who does not ask whether he may
model_train          the training text is made when the data changes, not by the program'

for source in $(find src screens -name '*.c' | sort); do
	if [ -f "$objects/${source%.c}.o" ]; then
		echo "$objects/${source%.c}.o"
	else
		echo "not built: $source" >&2
	fi
done >"$work/objects" 2>"$work/missing"
# A symbol is used when it is undefined in another object; a common one ("C") counts as defined.
xargs nm -A -g <"$work/objects" | awk -v objects="$objects/" -v seams="$seams" '
	BEGIN {
		n = split(seams, line, "\n")
		for (i = 1; i <= n; i++) { split(line[i], word, " "); seam[word[1]] }
	}
	{ end = index($0, ".o:"); file = substr($0, length(objects) + 1, end - length(objects) - 1) ".c"
		n = split(substr($0, end + 3), word, " ")
		if (n == 2) used[word[n]]
		else if (word[n] != "main") def[word[n]] = file }
	END {
		for (name in def)
			if (!(name in used) && !(name in seam)) print def[name] ": nobody takes " name
		for (name in seam)
			if (name in used) print "(a seam, but the program takes it itself: " name ")" >"/dev/stderr"
	}' | sort >"$work/wrong"
cat "$work/missing" "$work/wrong"
if [ -s "$work/missing" ] || [ -s "$work/wrong" ]; then
	echo "not ok unused"
	exit 1
fi
echo "ok unused"
