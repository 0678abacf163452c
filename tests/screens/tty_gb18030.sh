#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The screen scripts through the program on a pty; the terminal's coding is in this script's name.
cd "$(dirname "$0")/../.." || exit 1
. tests/screens/tty.sh
tty_play --gb18030 1
