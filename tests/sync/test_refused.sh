#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# One record that the levels above refuse, among ninety-nine that they take: those arrive, the one is told with its reason,
# written anew with what it says, and its refusal is over.
# Covers: T8
# Tests also: instead.c reached.c outbox_refused.c line_outbox.c form_checks.c
# shellcheck source=tests/sync/net.sh
. "$(dirname "$0")/net.sh"

"$outpost" --home "$here/town" init --area 410882103 --name 柏香镇 --user 镇员 >/dev/null
hub town
# It lies in a place that the township then does not give it.
"$outpost" --home "$here/village" init --area 410882104201 --name 邻村 --user 张三 >/dev/null
hazard village 桥北路口
enrol village 410882103205 王庄村 "$url" town
for n in $(seq 99); do
	printf '{"kind":"hazard","fields":{"category":"H0101","grade":"G","place":"沟口%s号","text":"堵塞"}}\n' "$n"
done >"$here/many.json"
ends "ninety-nine more are written" 0 village import json "$here/many.json"
ends "and sent" 0 village sync
at town list hazard --csv
[ "$(printf '%s\n' "$out" | grep -c '沟口\|桥北路口')" -eq 99 ]
verdict "ninety-nine have arrived, and the one has not"
ends "the refusal comes down" 0 village sync
at village doctor
has "it is named" "上级没有收的 2 条"

# LINES: typed at the outbox; what was said is $out.
outbox() {
	out=$(printf %b "S\n$1" | "$outpost" --home "$here/village" line 2>&1)
	code=$?
}
outbox '7\n<\n<\n'
has "one can see what was refused, and why" "桥北路口 堵塞 柏香镇 没有收：不在其区域内"
keep=$(printf '\\n%.0s' $(seq 24))
outbox "7\n4\n${keep}y\n<\n<\n"
has "the form begins with what it says" "现在是 桥北路口"
has "and becomes a record" 已保存
outbox '7\n<\n<\n'
lacks "then the refusal is over" 桥北路口
ends "what stands for it is sent" 0 village sync
at town list hazard --csv
[ "$(printf '%s\n' "$out" | grep -c '沟口\|桥北路口')" -eq 100 ]
verdict "the hundredth has arrived"
exit "$failed"
