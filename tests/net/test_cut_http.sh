#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A village's whole sync of several questions with its township's hub over HTTP, by the real programs, cut at every 16th
# byte of the conversation up and down, at every byte in the long form: each cut run says that the link was down, after
# the next one all is at both ends once, and nobody has claimed more than was proven.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/pair.sh"
step=16
[ -n "${OUTPOST_LONG:-}" ] && step=1

pair_join
ok "cut at every ${step}th byte" "$tools/sever" cut "$work/village" "$work/town" http://127.0.0.1:0 "$hub_port" $step 0
tail -n 1 "$work/said"
exit $result
