#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# packs: cards, checklists and obligations come once, and all of a pack or nothing.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
export OUTPOST_NOW=2026-07-14T08:00:00+08:00
village
ends "the list of packs" 0 packs
lacks "nothing is on at first" 是
ends "switched on" 0 packs flood
run list card --csv
has "its cards are there" 山洪
run list checklist --csv
has "its checklists are there" 汛期
run list obligation --json
has "obligations are due at the end of their period" '"due":"2026-07-31"'
has "quarters too" '"due":"2026-09-30"'
has "and years" '"due":"2026-12-31"'
run packs flood
has "twice changes nothing" "flood：新增 0 条"
run packs
has "it is on" 是
says "no such pack" 5 nonsense packs nonsense

# A county's own file of an older program: what nothing reads any more is named, the rest is taken.
mkdir -p "$here/config/packs"
cp config/packs/geo.conf "$here/config/packs/"
echo 'season flood 05-15 09-30 汛期 "flood season"' >>"$here/config/packs/geo.conf"
export OUTPOST_CONFIG="$here/config"
says "a row of an older program is named" 0 'packs/geo.conf 里的 season 行本版不用' packs geo
run list obligation --csv
has "and the rest is taken" 避险明白卡
exit "$failed"
