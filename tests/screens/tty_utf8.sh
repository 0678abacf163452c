#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The screen scripts through the program on a pty; the terminal's coding is in this script's name. In the short form every
# second one, and the others in GB18030.
cd "$(dirname "$0")/../.." || exit 1
n=0 scripts=()
for script in tests/screens/*.t; do
	[ -n "${OUTPOST_LONG:-}" ] || [ $((n++ % 2)) -eq 0 ] && scripts+=("$script")
done
exec "$OUTPOST_BUILD/tests/screens/play" --tty "${scripts[@]}"
