#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Rows for another program: a view a kind, masked, counts of what only goes up; a file of them; a dashboard that asks
# for nothing that is not there.
# Tests also: views.c
# shellcheck source=tests/sync/net.sh
. "$(dirname "$0")/net.sh"
deploy=$(dirname "$0")/../../config/deploy
read_sql() { sqlite3 "$here/reading.db" "$1" 2>&1; }
is() { # NAME WANTED SQL
	local got
	got=$(read_sql "$3")
	[ "$got" = "$2" ] || echo "# $got"
	[ "$got" = "$2" ]
	verdict "$1"
}

"$outpost" --home "$here/town" init --area 410882103 --name 柏香镇 --user 镇员 >/dev/null
at town add hazard category=H0101 grade=M place=桥下 text=堵塞 owner_due=2026-07-20
id=$("$outpost" --home "$here/town" show "$out" --json | sed -n 's/.*"id":"\([^"]*\)".*/\1/p')
at town add tip subject=夜里倒渣土 giver=秦国庆
at town add tip subject=又倒渣土 giver=秦国庆
at town add contact name=李四 phone=13912345678 duty=防汛
at town add warning event=11B03 severity=yellow headline=暴雨黄色预警
warning=$("$outpost" --home "$here/town" show "$out" --json | sed -n 's/.*"id":"\([^"]*\)".*/\1/p')
at town step "$out" sign
PATH=$OUTPOST_BUILD:$PATH "$deploy/reading.sh" "$here/town/station.db" "$here/reading.db"
verdict "the file is made"
is "a record by its id" "M|桥下|2026-07-20|1|410882103" "SELECT grade, place, owner_due, open, town FROM v_hazard WHERE id='$id'"
is "what names a record joins it" "$warning" "SELECT w.id FROM v_receipt r JOIN v_warning w ON w.id=r.warning"
is "a number is masked" "139****5678" "SELECT phone FROM v_contact WHERE name='李四'"
is "of tips there is a count" "2|received" "SELECT count, state FROM v_tip"
! strings -a "$here/reading.db" | grep -q '13912345678\|秦国庆\|渣土'
verdict "and nothing that is private lies in the file"
at town list hazard --json
has "the station goes on" '"place":"桥下"'
! "$deploy/reading.sh" "$here/nothing.db" "$here/reading.db" 2>/dev/null
verdict "no database is said"
is "and the file stays as it was" 1 "SELECT count(*) FROM v_hazard"

python3 - "$deploy/outpost-reading.json" "$here/reading.db" <<'END'
import json, sqlite3, sys
board = json.load(open(sys.argv[1], encoding="utf-8"))
rows = sqlite3.connect("file:%s?mode=ro" % sys.argv[2], uri=True)
ids = [panel["id"] for panel in board["panels"]]
assert board["title"] and board["uid"] and isinstance(board["schemaVersion"], int) and len(set(ids)) == len(ids)
source = board["templating"]["list"][0]
for panel in board["panels"]:
    assert panel["datasource"] == {"type": source["query"], "uid": "${%s}" % source["name"]}, panel["title"]
    for target in panel["targets"]:
        assert target["refId"] and target["queryText"] == target["rawQueryText"], panel["title"]
        columns = [c[0] for c in rows.execute(target["queryText"]).description]
        assert set(target["timeColumns"]) <= set(columns), panel["title"]
spots = [(s["x"] + x, s["y"] + y) for s in (p["gridPos"] for p in board["panels"]) for x in range(s["w"]) for y in range(s["h"])]
assert len(spots) == len(set(spots)), "panels lie over each other"
END
verdict "each panel of the dashboard asks what is there"
exit "$failed"
