# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# The screen scripts through the program on a pty, for the two tests that name a coding. In the short form each plays every
# second script, the other one the rest. Keys are pressed by the clock there: what fails is played once more, by itself, and
# said to be unsteady when it passes then.

# tty_play OPTION FIRST: with play's OPTION the scripts from number FIRST (0, 1) on
tty_play() {
	local option=$1 n=$2 script out code=0
	for script in tests/screens/*.t; do
		[ -n "${OUTPOST_LONG:-}" ] || [ $((n++ % 2)) -eq 0 ] || continue
		if ! out=$("$OUTPOST_BUILD/tests/screens/play" "$option" "$script"); then
			printf '%s\n' "$out" | sed 's/^\(not \)\{0,1\}ok /unsteady? &/'
			out=$("$OUTPOST_BUILD/tests/screens/play" "$option" "$script") || code=1
		fi
		printf '%s\n' "$out"
	done
	return $code
}
