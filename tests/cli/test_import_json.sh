#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# import json a second time: what has changed is an edit, what has not changes nothing, whatever was written here since;
# what is missing is named, what may be another is asked.
# Tests also: delivery.c, json_table.c
# Covers: K12
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
village
counts() { out=${out%%\"notes*}; has "$1" "\"added\":$2,\"steps\":0,\"known\":$3,\"bad\":0${4:+,\"changed\":$4,\"doubtful\":$5,\"left_out\":0,\"vanished\":$6}"; }
cat >"$here/july.jsonl" <<'END'
{"kind":"person","ref":"p1","fields":{"name":"方大山","phone":"15430001001","post":"网格员"}}
{"kind":"depot","ref":"d1","fields":{"name":"村东库","keeper":"p1"}}
{"kind":"supply","ref":"s1","fields":{"name":"铁锹","quantity":20,"unit":"把","store":"d1"}}
{"kind":"hazard","ref":"h1","fields":{"category":"H0101","grade":"G","place":"桥头","text":"堵"}}
END
ends "July" 0 import json "$here/july.jsonl" --json
counts "is new" 4 0
ends "July again" 0 import json "$here/july.jsonl" --json
counts "changes nothing" 0 4
s=$("$outpost" list supply --json | sed -n 's/.*"number":"\([^"]*\)".*/\1/p')
h=$("$outpost" list hazard --json | sed -n 's/.*"number":"\([^"]*\)".*/\1/p')
run add move supply="$s" type=count quantity=18
run edit "$h" text=堵了一半
ends "and after an edit here" 0 import json "$here/july.jsonl" --json
counts "changes nothing either" 0 4
sed 's/"quantity":20/"quantity":25/; s/"堵"/"全堵"/; /方大山/d' "$here/july.jsonl" >"$here/august.jsonl"
ends "August" 0 import json "$here/august.jsonl" --try --json
counts "would edit two" 0 1 2 0 0
ends "is taken" 0 import json "$here/august.jsonl" --json
counts "as two edits" 0 1 2 0 0
run show "$s" --json
has "the number is the file's" '"quantity":25'
run show "$h" --history
has "the file is named" august.jsonl
# By the full id that an export has, and by what makes two of them one.
"$outpost" export supply --json "$here/out.json" >/dev/null
ends "an export" 0 import json "$here/out.json" --source export --json
counts "changes nothing" 0 1
sed -i 's/"quantity":25/"quantity":26/' "$here/out.json"
ends "an export that somebody edited" 0 import json "$here/out.json" --source export --json
counts "is an edit" 0 0 1 0 0
printf '{"kind":"supply","fields":{"name":"铁 锹","store":"村东库","quantity":27}}\n' >"$here/other.json"
ends "the same thing from elsewhere" 0 import json "$here/other.json" --source other --json
counts "is the same" 0 0 1 0 0
printf '{"kind":"person","fields":{"name":"方大山","phone":"15430009999"}}\n' >"$here/doubt.json"
says "perhaps the same person" 0 像是同一条 import json "$here/doubt.json" --source other
has "is left to a person" "存疑 1 条"
ends "who says so" 0 import json "$here/doubt.json" --source other --same --json
counts "and it is" 0 0 1 0 0
# Two that their source names are two, however alike.
printf '{"kind":"depot","ref":"a","fields":{"name":"西库"}}\n{"kind":"depot","ref":"b","fields":{"name":"西库"}}\n' >"$here/two.json"
ends "two of one name" 0 import json "$here/two.json" --source two --json
counts "are two" 2 0
for i in 1 2 3; do printf '{"kind":"team","ref":"t%d","fields":{"name":"%d组","base":"村部"}}\n' $i $i; done >"$here/teams.json"
run import json "$here/teams.json" --source teams
sed -i 2d "$here/teams.json"
says "one is missing" 0 这次没有 import json "$here/teams.json" --source teams --json
# A source that counts its records calls them by that number.
printf '{"kind":"shelter","id":8,"fields":{"name":"甲馆"}}\n{"kind":"shelter","id":"9","fields":{"name":"乙馆"}}\n{"step":"open","of":8,"fields":{}}\n' >"$here/short.json"
ends "short numbers" 0 import json "$here/short.json" --source counted --json
has "are names" '"added":2,"steps":1,"known":0,"bad":0'
ends "once more" 0 import json "$here/short.json" --source counted --json
counts "are known" 0 3
exit $failed
