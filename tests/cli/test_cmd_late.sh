#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# late: a station on which nothing was late says so; what was late is played in tests/flows/w15.flow.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
export OUTPOST_NOW=2026-07-14T08:00:00+08:00
village
add_hazard >/dev/null
run late
has "whose statement it is" 迟报情况说明
has "nothing was late" 没有迟的
ends "nothing to add to it" 2 late more
