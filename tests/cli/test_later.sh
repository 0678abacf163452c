#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What the other two programs do: said plainly when they are not there, done by them when they are.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
mkdir "$here/bin"
cp "$outpost" "$here/bin/outpost"
outpost=$here/bin/outpost
for command in sync "pack x" "join T" "frame x"; do
	# shellcheck disable=SC2086
	says "no $command yet" 1 outpost-sync $command
done
says "no hub yet" 1 outpost-hub hub --stdio --site 1
ends "but its help" 0 sync --help
printf '#!/bin/sh\necho "$$ $0 $*" "$OUTPOST_HOME"\n' >"$here/bin/outpost-sync"
chmod +x "$here/bin/outpost-sync"
run --home "$here/elsewhere" sync --once --json
has "its words go on" "sync --once --json"
has "and the home" "$here/elsewhere"
"$outpost" sync >"$here/pid" 2>&1 &
child=$!
wait $child
read -r pid _ <"$here/pid"
[ "$pid" = "$child" ]
verdict "it is the same process"
exit $failed
