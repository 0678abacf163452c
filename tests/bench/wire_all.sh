#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Everything that `make bench-wire` measures: frames, whole roads, other programs, and real links meanwhile, as these mostly
# wait. Exit 1 when a must does not hold. Printed as docs/BENCH.md shows it (WRITE=1: into docs/BENCH.md).
set -u
cd "$(dirname "${BASH_SOURCE[0]}")/../.." || exit 1
: "${OUTPOST_BUILD:=$PWD/build}"
export OUTPOST_BUILD
here=tests/bench
failed=0
$here/report.sh frames "$OUTPOST_BUILD/tests/bench/bench_wire" tests/data/wire "$OUTPOST_BUILD"/tests/bench/unseen? || failed=1
echo
$here/report.sh roads $here/wire_roads.sh || failed=1
echo
$here/wire_links.sh >"$OUTPOST_BUILD/tests/bench/links" 2>&1 &
links=$!
$here/report.sh others $here/wire_others.sh || failed=1
echo
wait $links || failed=1
$here/report.sh links cat "$OUTPOST_BUILD/tests/bench/links"
[ $failed -eq 0 ] && echo "every must holds" || echo "a must FAILS"
exit $failed
