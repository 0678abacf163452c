#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# follow: every fact once, also over a restart, a new place in the order of arrival and a restore.
# Tests also: told.c
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
"$outpost" init --area 410882103 --name 柏香镇 --user 张三 >/dev/null || exit 1
hazard=$("$outpost" add hazard category=H0101 place=堤 text=塌)
"$outpost" step "$hazard" assign track=owner owner=水利站 owner_due=2027-01-05 >/dev/null || exit 1
cursor=$here/cursor
facts() { grep -o '^{"fact":"[^"]*"' <<<"$1"; }

ends "all there is" 0 follow --json --cursor "$cursor" --once
all=$out
[ "$(facts "$all" | wc -l)" -ge 3 ] && [ "$(facts "$all" | sort -u | wc -l)" -eq "$(wc -l <<<"$all")" ]
verdict "a line a fact, each once"
has "what began" "\"number\":\"$hazard\",\"id\":"
has "and its step" '"kind":"hazard","step":"assign"'
has "with what it says" '"owner":"水利站"'
ends "again" 0 follow --json --cursor "$cursor" --once
is "nothing is new" ""
says "a cursor is of one kind" 5 "另用一个文件" follow hazard --json --cursor "$cursor" --once
ends "hazards alone" 0 follow hazard --json --cursor "$here/hazards" --once
[ "$(wc -l <<<"$out")" -eq 2 ]
verdict "are two"
run follow hazard --cursor "$here/lines" --once
has "lines for people" "隐患  交办  张三"
ends "from now on" 0 follow --once
is "there is nothing yet" ""

# ---- somebody listens
"$outpost" follow --json --cursor "$cursor" >"$here/heard" &
listener=$!
await() { for _ in $(seq 600); do [ "$(wc -l <"$here/heard")" -ge "$1" ] && return; sleep 0.1; done; false; }
"$outpost" add task text=一 >/dev/null
await 1
verdict "hears what is written"
"$outpost" add task text=二 >/dev/null
await 2
verdict "and what is written then"
kill -TERM "$listener"
wait "$listener"
verdict "and ends in order when it is told to"
"$outpost" add task text=三 >/dev/null
run follow --json --cursor "$cursor" --once
[ "$(wc -l <<<"$out")" -eq 1 ] && case $out in *三*) true ;; *) false ;; esac
verdict "what was written meanwhile comes when it listens again"

# ---- killed in the middle: told again, and told as such
"$outpost" add task text=六 >/dev/null
last=$(sed -n 's/^arrived //p' "$cursor")
echo "begun $((last + 1000))" >>"$cursor"
ends "somebody was killed while telling" 0 follow --json --cursor "$cursor" --once
has "what he told comes again" '"text":"六"'
has "and says so" '"again":true'
! grep -q ^begun "$cursor"
verdict "what was told whole is not marked"
"$outpost" add task text=七 >/dev/null
run follow --json --cursor "$cursor" --once
lacks "later ones do not" again
place=$(grep -o '"arrived":[0-9]*' <<<"$out" | tail -1 | cut -d: -f2)
"$outpost" add task text=八 >/dev/null
ends "by a place that the reader kept" 0 follow --json --after "$place" --once
[ "$(wc -l <<<"$out")" -eq 1 ]
verdict "comes what is behind it, and nothing else"
ends "a place and a file" 2 follow --json --after 1 --cursor "$cursor" --once
ends "no place" 2 follow --json --after x --once

# ---- a program that is killed while it runs for a fact
mkdir -p "$here/hooks"
printf 'hooks %s\n' "$here/hooks" >"$OUTPOST_HOME/outpost.conf"
"$outpost" follow --hooks --once
# shellcheck disable=SC2016
printf '#!/bin/sh\necho "run ${OUTPOST_AGAIN:-first}" >>"%s"\n[ "$OUTPOST_AGAIN" ] || kill -9 $PPID\n' "$here/ran" >"$here/hooks/task"
chmod 700 "$here/hooks/task"
"$outpost" add task text=九 >/dev/null
"$outpost" follow --hooks --once 2>/dev/null
[ $? -eq 137 ]
verdict "the follower is killed while the program runs"
ends "the next one" 0 follow --hooks --once
[ "$(cat "$here/ran")" = "$(printf 'run first\nrun 1')" ]
verdict "runs it once more, and says that it is once more"
ends "and then" 0 follow --hooks --once
[ "$(wc -l <"$here/ran")" -eq 2 ]
verdict "never again"
rm "$OUTPOST_HOME/outpost.conf"
says "where no folder is named" 5 hooks follow --hooks
grep -qx RestartPreventExitStatus=5 "$(dirname "$0")/../../config/deploy/outpost-hooks.service"
verdict "the service is not started again for that"

# ---- the order of arrival changes
village=$("$outpost" add duty area=410882103205 text=看堤 2>"$here/why") || cat "$here/why"
ends "what lies in a village" 0 follow --json --cursor "$cursor" --once
has "is told" "\"number\":\"$village\""
ends "areas are renumbered" 0 add areachange old=410882103205 new=410882103206
grep -v '^told' "$cursor" >"$here/places"
ends "by places alone" 0 follow --json --cursor "$here/places" --once
has "what has a new one would come again" "$village"
ends "and told" 0 follow --json --cursor "$cursor" --once
has "that they are" '"kind":"areachange"'
lacks "but nothing comes again" "$village"
"$outpost" backup "$here/copy" >/dev/null || exit 1
"$outpost" add task text=四 >/dev/null
"$outpost" follow --json --cursor "$cursor" --once >"$here/before"
"$outpost" restore "$here/copy" >/dev/null 2>&1 || exit 1
"$outpost" add task text=五 >/dev/null
run follow --json --cursor "$cursor" --once
facts "$all" | sort >"$here/old"
facts "$out" | sort | comm -12 - "$here/old" >"$here/twice"
[ ! -s "$here/twice" ] && case $out in *五*) true ;; *) false ;; esac && case $out in *'"text":"三"'*) false ;; *) true ;; esac
verdict "after a restore what is new comes, and nothing twice"

# ---- who may not see it
tip=$("$outpost" add tip subject=偷排 mode=secret giver=某某 phone=13800002222)
"$outpost" user add 李四 role=R02 >/dev/null || exit 1
ends "another person listens" 0 --user 李四 follow tip --json --cursor "$here/tips" --once
has "to that there is one" "\"number\":\"$tip\""
lacks "but not from whom" 某某

# ---- nor by any other door: neither the name nor the number of who gave a secret tip, for whom does not handle it
hidden() { # TITLE, then the program's words, by the other person
	local title=$1
	shift
	run --user 李四 "$@"
	[ -n "$out" ] && ! grep -q '某某\|13800002222\|138\*\*\*\*2222' <<<"$out"
	verdict "$title tells not from whom"
}
hidden show show "$tip"
hidden "show with its history" show "$tip" --history
hidden "show as JSON" show "$tip" --json
hidden list list tip
hidden "list as CSV" list tip --csv
hidden "list as JSON" list tip --json
hidden "what is asked for by its field" kinds tip
hidden export export tip --csv
hidden "export as JSON" export tip --json
hidden "export of all" export all --json
hidden today today
hidden print print "$tip"
hidden "print of the register" print tip
ends "who looks for the name finds nothing" 0 --user 李四 find 某某
lacks "of it" "$tip"
ends "nor by the field" 0 --user 李四 list tip giver=某某
is "nothing" ""
ends "a page for everybody" 0 --user 李四 page "$here/page"
! grep -rq '某某\|13800002222' "$here/page"
verdict "has neither"
ends "who wrote it down sees it" 0 --user 张三 show "$tip"
has "with the name" 某某
exit "$failed"
