#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# today: unsigned, overdue, expiring.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
export OUTPOST_NOW=2026-07-14T08:00:00+08:00
village
run today --json
is "nothing is []" "[]"
run today
has "and said to people" 没有
far=$(add_hazard)
"$outpost" step "$far" assign track=owner owner=村委会 owner_due=2026-09-01 >/dev/null
"$outpost" step "$far" accept track=owner >/dev/null
run today --json
is "what is due in weeks is not today's" "[]"
late=$(add_hazard)
"$outpost" step "$late" assign track=owner owner=村委会 owner_due=2026-07-01 >/dev/null
"$outpost" step "$late" accept track=owner >/dev/null
"$outpost" add supply name=救生衣 expires=2026-07-20 >/dev/null
warning=$("$outpost" add warning event=11B03 severity=red headline=暴雨红色预警 expires=2026-07-14T20:00:00+08:00)
run today --json
has "overdue" '"need":"overdue"'
has "unsigned" '"need":"sign"'
has "expiring" '"need":"expiring"'
has "until when" '"until":"2026-07-'
case $out in *sign*overdue*expiring*) true ;; *) false ;; esac
verdict "the worst first"
"$outpost" step "$warning" sign >/dev/null
run today --json
lacks "signed" '"need":"sign"'
"$outpost" add warning event=11B03 severity=red status=exercise headline=演习用 expires=2026-07-14T20:00:00+08:00 >/dev/null
run today
has "a drill says so" 【演练】演习用
run find 演习用
has "also when it is found" 【演练】演习用
run today --json
has "for programs it is a field" '"title":"演习用"'
"$outpost" step "$("$outpost" list warning status=exercise --json | sed -n 's/.*"number":"\([^"]*\)".*/\1/p')" sign >/dev/null
export OUTPOST_NOW=2026-07-15T08:00:00+08:00
other=$("$outpost" add warning event=11B03 severity=red headline=旧预警 expires=2026-07-14T20:00:00+08:00)
run today --json
lacks "a warning that is over is not to be signed" '"need":"sign"'
has "but who issued it should end it" "\"need\":\"overdue\",\"number\":\"$other\""
exit $failed
