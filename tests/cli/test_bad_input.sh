#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Bad input: exit code 5, the field and the rule are named, and nothing has changed.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
village
number=$(add_hazard)
before=$("$outpost" list hazard --json)

# NAME FIELD=VALUE: add and edit both refuse it and name the field.
refused() {
	local field=${2%%=*}
	says "add: $1" 5 "\"$field\"" add hazard category=H0101 place=甲 text=乙 "$2"
	says "edit: $1" 5 "\"$field\"" edit "$number" "$2"
}
refused "date that does not exist" owner_due=2026-02-31
refused "month 13" owner_due=2026-13
refused "a time that is none" found_at=25:61
refused "broken UTF-8" "measures=$(printf '\344\270')"
refused "surrogate" "measures=$(printf '\355\240\200')"
refused "overlong text" "photos=$(printf '%01100d' 1)"
refused "overlong long text" "measures=$(printf '%070000d' 1)"
refused "unknown code" grade=Z
says "and where the codes are" 5 '"Z"' edit "$number" grade=Z
says "of that kind" 5 "outpost kinds hazard" edit "$number" grade=Z
refused "number with a unit" money=3万元
refused "number with letters" money=1e3
refused "field of the fold" owner_state=accepted
refused "unknown field" colour=red
refused "the state goes by steps" state=closed
says "a field twice, plainly" 5 '"risk"' add hazard category=H0101 place=甲 text=乙 risk=1 risk=2
says "no equals sign" 5 字段=值 add hazard category=H0101 place
says "must field missing" 5 '"place"' add hazard category=H0101 text=乙
says "must field blank" 5 '"place"' add hazard category=H0101 text=乙 "place= "
says "must field cleared" 5 '"place"' edit "$number" place=
says "area that is none" 5 '"area"' add hazard category=H0101 place=甲 text=乙 area=12345
says "area of another village" 4 "" add hazard category=H0101 place=甲 text=乙 area=410882103206
says "time that is none" 5 '"at"' add hazard category=H0101 place=甲 text=乙 at=2026-02-30
says "the area does not move" 5 '"area"' edit "$number" area=410882103206
says "phone with letters" 5 '"phone"' add contact name=王五 phone=abc
says "broken JSON file" 5 "$here/bad.json" add hazard --json "$here/bad.json"
echo '{"category":"H0101","place":"甲","text":"乙","grade":["Z"]}' >"$here/bad.json"
says "bad field in a JSON file" 5 '"grade"' add hazard --json "$here/bad.json"
echo '{"category":"H0101","place":{"x":1}}' >"$here/bad.json"
says "object in a JSON file" 5 '"place"' add hazard --json "$here/bad.json"
echo '{"category":"H0101"' >"$here/bad.json"
says "unfinished JSON file" 5 bad.json add hazard --json "$here/bad.json"
says "bad filter" 5 '"owner_due"' list hazard owner_due=2026-02-31
says "bad state" 5 nosuch list hazard --state nosuch
says "bad limit" 5 --limit list hazard --limit many
says "bad area" 5 --area list hazard --area 1
says "escape characters" 5 place add hazard category=H0101 "place=北$(printf '\033[31m')坡" text=乙
says "control characters" 5 text add hazard category=H0101 place=北坡 "text=乙$(printf '\007')"
after=$("$outpost" list hazard --json)
[ "$before" = "$after" ]
verdict "nothing has changed"

# What is harmless is made clean and kept.
mark=$(printf '\342\200\256')
dirty=$("$outpost" add hazard category=H0101 "place=北坡${mark}下" text=乙)
run show "$dirty" --json
has "bidirectional marks are stripped" '"place":"北坡下"'
exit $failed
