#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The satellite telephone fails its monthly trial: the way that goes over it is tried behind the
# others, until a trial succeeds again.
# Covers: N33
# Tests also: way_terms.c
# shellcheck source=tests/sync/net.sh
. "$(dirname "$0")/net.sh"

"$outpost" --home "$here/town" init --area 410882103 --name 柏香镇 --user 镇员 >/dev/null
hub town
enrol village 410882103205 西彰村 "$url" town
satellite=http://127.0.0.1:1 # nobody answers there: each try is counted
at village up "$satellite" "$url"
printf 'way %s name=卫星\n' "$satellite" >"$here/village/outpost.conf"
device=$("$outpost" --home "$here/village" add device name=卫星电话1号 type=satphone way=卫星)
tried() { # NAME TIMES: so often in vain in a row
	at village sync
	at village doctor
	has "$1" "$satellite 连续$2次不通"
}
tried "the satellite first, as it stands first" 1
tried "again" 2
at village step "$device" test result=failed tested=2026-11-01 text=打不出去
tried "after a trial that failed it is not tried while another works" 2
has "and the doctor says why" 试机没过
at village step "$device" test result=passed tested=2026-11-02
tried "and first again when one succeeded" 3
at village step "$device" test result=failed tested=2026-11-03
kill "$hub" && wait "$hub" 2>/dev/null
tried "where nothing else works it is tried all the same" 4
exit $failed
