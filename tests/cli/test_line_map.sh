#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The map in line mode: a line a place with its bearing, and the nearest of what is needed.
# Covers: H04 M39
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
village
talk() { out=$(printf '%s\n' "$@" '<' '<' '<' | "$outpost" line --plain 2>&1); }
talk M
has "an empty map says so" "没有；f 换层，v 全部"
"$outpost" add depot name=村部 lon=112.800 lat=35.070 >/dev/null
"$outpost" add point name=北坡崖头 risk=1 lon=112.834 lat=35.0985 >/dev/null
"$outpost" add point name=塘坎 risk=4 lon=112.801 lat=35.071 >/dev/null
"$outpost" add point name=老井 risk=3 >/dev/null
talk M
has "a bearing from the village's store" "北坡崖头: 村部东北4.4公里 红R"
has "what has no place is listed" "老井: 没有坐标"
has "and counted by village" "没有坐标1:"
talk M v
lacks "only what is grave: the blue one is not there" "塘坎: 村部东北140米 蓝B
打号码"
has "only what is grave" "，只看红橙"
talk M /bpyt
has "found by initials" "地图 全部 1处"
talk M o1
has "the nearest of the first" "离 北坡崖头 最近的安置点、仓库、队伍"
has "with how far and where" "1. 4.4公里 西南 \$村部"
exit $failed
