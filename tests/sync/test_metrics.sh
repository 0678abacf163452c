#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What a hub tells a monitoring system: true numbers, in a form that its reader takes, and alert rules and a dashboard
# that name nothing else.
# Tests also: hub_metrics.c metrics.c
# shellcheck source=tests/sync/net.sh
. "$(dirname "$0")/net.sh"
deploy=config/deploy

"$outpost" --home "$here/town" init --area 410882103 --name 柏香镇 --user 镇员 >/dev/null
hub town
enrol village 410882103205 王庄村 "$url" town
page=$here/page
look() { curl -sf "$url/metrics" >"$page"; }
sample() { # NAME-AND-LABELS: its number
	awk -v name="$1" 'index($0, name " ") == 1 { print substr($0, length(name) + 2) }' "$page"
}
is() { # NAME SAMPLE NUMBER
	local told
	told=$(sample "$2")
	[ "$told" = "$3" ] || echo "# $2 is \"$told\""
	[ "$told" = "$3" ]
	verdict "$1"
}

look
is "no warning is in force" 'outpost_warnings_in_force{severity="red"}' 0
is "one station is below" outpost_sites 1
is "nothing waits above the top" outpost_queue_up 0
is "every part could be read" outpost_unread 0
grep -q '^outpost_build_info{version="[0-9.]*"} 1$' "$page"
verdict "the version is told"
[ "$(sample outpost_disk_free_bytes)" -gt 1000000 ]
verdict "free bytes are told"
[ "$(sample 'outpost_http_answer_seconds_bucket{le="+Inf"}')" = "$(sample outpost_http_answers_total)" ]
verdict "each answer was timed"
[ "$(sample outpost_commit_seconds_count)" -gt 0 ]
verdict "commits were timed"

"$outpost" --home "$here/town" add warning event=11B01 severity=red headline=暴雨红色 areas=410882103205 >/dev/null
"$outpost" --home "$here/town" add hazard category=H0101 grade=M place=桥下 text=堵塞 found_at=2020-01-01T08:00 >/dev/null
look
is "a red warning is in force" 'outpost_warnings_in_force{severity="red"}' 1
is "the village has not signed it" 'outpost_warnings_unsigned{severity="red"}' 1
is "it is not late yet" 'outpost_warnings_unsigned_late{severity="red"}' 0
before=$(sample 'outpost_needs{band="now"}')
[ "${before:-0}" -gt 0 ]
verdict "something needs somebody now"

"$outpost" --home "$here/village" sync --once >/dev/null
warning=$("$outpost" --home "$here/village" list warning --json | sed -n 's/.*"number":"\([^"]*\)".*/\1/p' | head -1)
"$outpost" --home "$here/village" add receipt warning="$warning" result=signed method=station >/dev/null
"$outpost" --home "$here/village" sync --once >/dev/null
look
is "signed by the village, nobody owes" 'outpost_warnings_unsigned{severity="red"}' 0
grep -q '^outpost_site_heard_seconds{site="[0-9a-f]*",area="410882103205",name="王庄村"} 1[0-9]*$' "$page"
verdict "a station is told with its place and when it was heard"

# The form: HELP and TYPE before each family, once; no family twice; units are seconds and bytes; counters end in _total.
awk '
	$1 == "#" && $2 == "HELP" { if (helped[$3]++) bad = bad " twice:" $3; next }
	$1 == "#" && $2 == "TYPE" {
		if (!helped[$3]) bad = bad " unhelped:" $3
		if (($4 == "counter") != ($3 ~ /_total$/)) bad = bad " counter:" $3
		typed[$3] = $4; next
	}
	{ name = $0; sub(/[{ ].*/, "", name); base = name; sub(/_(bucket|sum|count)$/, "", base)
	  if (!typed[name] && typed[base] != "histogram") bad = bad " untyped:" name
	  if (name ~ /milliseconds|minutes|kilobytes/) bad = bad " unit:" name
	  key = $0; sub(/ [^ ]*$/, "", key); if (seen[key]++) bad = bad " sample twice:" key }
	END { if (bad) print "#" bad; exit bad != "" }' "$page"
verdict "the page has the form that its reader wants"

# Rules and dashboard ask for nothing that the page does not tell. A copy of a day is made after the first write.
named() { grep -o 'outpost_[a-z_]*' "$1" | sed 's/_bucket$//' | sort -u; }
families=$(sed -n 's/^# TYPE \([a-z_]*\) .*/\1/p' "$page"; echo outpost_backup_age_seconds)
for file in $deploy/outpost.rules.yml $deploy/outpost-dashboard.json; do
	strange=$(named "$file" | grep -vxF "$families")
	[ -z "$strange" ] || echo "# $file:" $strange
	[ -z "$strange" ] && [ "$(named "$file" | wc -l)" -gt 5 ]
	verdict "${file##*/} names what is told"
done
python3 - $deploy/outpost-dashboard.json "$here/panels.yml" <<'END'
import json, sys
board = json.load(open(sys.argv[1], encoding="utf-8"))
ids = [panel["id"] for panel in board["panels"]]
assert board["title"] and board["uid"] and isinstance(board["schemaVersion"], int) and len(set(ids)) == len(ids)
inputs = [row["name"] for row in board["templating"]["list"] if row["type"] == "datasource"]
for panel in board["panels"]:
    spot = panel["gridPos"]
    assert panel["title"] and panel["type"] in ("timeseries", "stat", "bargauge") and spot["x"] + spot["w"] <= 24
    assert panel["datasource"]["type"] == "prometheus" and panel["datasource"]["uid"] == "${%s}" % inputs[0]
    assert all(target["expr"] and target["refId"] for target in panel["targets"]), panel["title"]
    assert "defaults" in panel["fieldConfig"] and isinstance(panel["fieldConfig"]["overrides"], list), panel["title"]
spots = [(s["x"] + x, s["y"] + y) for s in (p["gridPos"] for p in board["panels"]) for x in range(s["w"]) for y in range(s["h"])]
assert len(spots) == len(set(spots)), "panels lie over each other"
with open(sys.argv[2], "w", encoding="utf-8") as rules:
    exprs = [target["expr"] for panel in board["panels"] for target in panel["targets"]]
    json.dump({"groups": [{"name": "panels", "rules": [{"record": "panel:%d" % n, "expr": e} for n, e in enumerate(exprs)]}]}, rules)
END
verdict "the dashboard has the shape that is loaded"

if command -v promtool >/dev/null; then
	said=$(promtool check metrics <"$page" 2>&1)
	[ $? -eq 0 ] && [ -z "$said" ]
	verdict "promtool takes the page"
	promtool check rules $deploy/outpost.rules.yml >/dev/null
	verdict "promtool takes the rules"
	promtool check rules "$here/panels.yml" >/dev/null
	verdict "and what each panel of the dashboard asks"
else
	echo "skip promtool: prometheus is not installed"
fi
exit "$failed"
