#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# show: exactly the promised keys, the history, and what was refused.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
village
number=$(add_hazard)
run show "$number" --json
keys=$(printf '%s' "$out" | sed 's/"fields":{[^}]*}/"fields":{}/; s/"history":\[.*\]/"history":[]/' |
	grep -o '"[a-z]*":' | tr -d '":' | tr '\n' ' ')
[ "$keys" = "number id kind area state fields by at site reached refused history " ]
verdict "keys: $keys"
has "only the station has it" '"reached":["station"]'
has "state is a code" '"state":"new"'
id=$(printf '%s' "$out" | sed 's/.*"id":"\([^"]*\)".*/\1/')
run show "$id"
has "the full id finds it" "$number"
run show "$(printf '%s' "$number" | tr '[:upper:]' '[:lower:]')"
has "small letters do" "$number"
run show "${number#*-}"
has "an own number does without its code" "$number"
has "labels for people" 重大
has "what can be done now" assign
run show "$number" --history
has "where it began" 新增
"$outpost" add contact name=王五 phone=13900000000 >"$here/contact"
run show "$(cat "$here/contact")" --json
has "a kind without states" '"state":null'
says "no such record" 6 WZC-4242 show WZC-4242
says "no number at all" 6 "" show 没有
says "too many words" 2 用法 show "$number" "$number"
exit $failed
