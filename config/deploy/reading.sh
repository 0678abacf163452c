#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Rows of a station for another program: reading.sh STATION.DB FILE
# FILE becomes a SQLite database that holds what the views v_KIND of `outpost book views` show at this moment, masked as
# they are, and nothing else: no facts, no tables beneath. It is put in its place when it is whole. The station's
# database is only read. Wants sqlite3, and outpost in the path.
set -eu
[ $# -eq 2 ] || { echo "usage: reading.sh STATION.DB FILE" >&2; exit 2; }
[ -f "$1" ] || { echo "reading.sh: no such database \"$1\"" >&2; exit 1; }
new=$2.new
rm -f "$new"
trap 'rm -f "$new" "$new.sql"' EXIT
umask 027
outpost book views >"$new.sql"
{
	printf "ATTACH '%s' AS r;\nBEGIN;\n" "$(printf %s "$new" | sed "s/'/''/g")"
	cat "$new.sql"
	sed -n 's/^CREATE TEMP VIEW \(v_[a-z_]*\) .*/CREATE TABLE r.\1 AS SELECT * FROM temp.\1;/p' "$new.sql"
	echo "COMMIT;"
} | sqlite3 -bail "file:$(printf %s "$1" | sed 's/%/%25/g; s/?/%3f/g; s/#/%23/g')?mode=ro"
mv "$new" "$2"
