#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Whole syncs of the real programs with a hostile middle on the road: questions and answers are given again, late, swapped,
# to somebody else, with bits turned, cut short, made longer. No run ends other than right or with a clear error, the
# stores take nothing that was not written, and the next honest sync is right.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/pair.sh"
rounds=2
[ -n "${OUTPOST_LONG:-}" ] && rounds=100

pair_join
join_town neighbour 410882103206 李庄村
ok "every sin $rounds times" "$tools/sever" sins "$work/village" "$work/neighbour" "$work/town" "$hub_port" $rounds 1
tail -n 1 "$work/said"
exit $result
