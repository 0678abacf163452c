#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# kinds: needs no station, names every field, code and step.
# Covers: K08
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
ends "without a station" 0 kinds
for kind in hazard warning receipt report supply shelter team contact drill task duty patrol move point enterprise plan card training; do
	has "$kind" "$kind"
done
ends "one kind" 0 kinds hazard
has "its fields" owner_due
has "its codes" 重大
has "its steps" recheck
has "what they need" 'result*'
has "and the codes of what a step alone asks for" 'result*(passed|failed)'
has "of sides, too" 'track(owner|regulator)'
run kinds hazard --json
has "as JSON" '"kind":"hazard"'
has "codes" '"G":"一般"'
has "from states" '"step":"recheck"'
run kinds 隐患 --json
has "by its label" '"kind":"hazard"'
says "unknown" 2 nosuch kinds nosuch
export OUTPOST_LANG=en
run kinds hazard --json
has "names do not change with the language" '"name":"owner_due"'
exit $failed
