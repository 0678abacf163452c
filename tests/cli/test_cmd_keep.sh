#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# check, rebuild, backup, restore; a damaged database, and one from the future.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
village
number=$(add_hazard)
ends "sound" 0 check
has "says so" 完好
run check --json
has "as JSON" '"sound":true'
before=$("$outpost" show "$number" --json)
ends "rebuilt" 0 rebuild
[ "$before" = "$("$outpost" show "$number" --json)" ]
verdict "the same as before"
run find 排水沟 --json
has "found after a rebuild" "$number"
ends "backup" 0 backup "$here/copy.db"
says "backup into nowhere" 1 "" backup "$here/no/where.db"
later=$(add_hazard risk=2)
ends "restore" 0 restore "$here/copy.db"
run show "$number" --json
has "what was there is there" "$number"
run show "$later"
[ "$code" -eq 6 ]
verdict "what came after is not"
new=$(add_hazard risk=3)
[ -n "$new" ] && [ "$new" != "$later" ] && [ "$new" != "$number" ]
verdict "a number is never given twice"
ends "still sound" 0 check
says "restore of nothing" 5 none.db restore "$here/none.db"
echo "not a database" >"$here/junk"
run restore "$here/junk"
[ "$code" -ne 0 ]
verdict "restore of junk"
run show "$number" --json
has "changed nothing" "$number"

# Damage: the file is refused, and the newest good copy is named.
cp "$OUTPOST_HOME/station.db" "$here/good.db"
printf 'XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX' | dd of="$OUTPOST_HOME/station.db" bs=1 seek=0 conv=notrunc 2>/dev/null
says "damaged" 5 "$OUTPOST_HOME/backup" list hazard
says "nor does check read it" 5 "station.db" check
says "and not written" 5 "" add contact name=王五
newest=$(printf '%s' "$err" | sed -n 's/.*"\([^"]*backup[^"]*\)".*/\1/p')
cp -r "$OUTPOST_HOME" "$here/aside"
OUTPOST_HOME=$here/aside ends "the copy that is named restores it" 0 restore "$newest"
OUTPOST_HOME=$here/aside ends "and is sound" 0 check
cp "$here/good.db" "$OUTPOST_HOME/station.db"
ends "put back" 0 list hazard

# A row that its facts do not give: said with the file, and put right.
if command -v sqlite3 >/dev/null; then
	sqlite3 "$OUTPOST_HOME/station.db" "UPDATE row_hazard SET f_risk='4'"
	says "rows against their facts" 5 "station.db" check
	ends "are made again" 0 check --repair
	ends "and then are right" 0 check
else
	echo "skip rows against their facts: sqlite3 is not installed"
fi

# A newer program's database: bytes 60 to 63 of the head hold its number.
newer() {
	printf '\0\0\177\377' | dd of="$OUTPOST_HOME/station.db" bs=1 seek=60 conv=notrunc 2>/dev/null
}
rm -f "$OUTPOST_HOME/station.db-wal" "$OUTPOST_HOME/station.db-shm"
newer
says "a newer database is read" 0 注意 list hazard
has "and shown" "$number"
says "but not written" 1 "" add contact name=王五
exit $failed
