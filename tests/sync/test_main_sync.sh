#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Village, township and county as three real stations and two hubs over HTTP: enrolment, the ladder,
# exit codes, kill -9 of either end, revocation.
# Tests also: sync_app.c sync_cmd.c sync_join.c sync_run.c sync_site.c sync_plan.c sync_loading.c hub_serve.c weigh.c.
# shellcheck source=tests/sync/net.sh
. "$(dirname "$0")/net.sh"

"$outpost" --home "$here/county" init --area 410882 --name 沁阳市 --user 县员 >/dev/null
hub county
county_url=$url
enrol town 410882103 柏香镇 "$url" county
verdict "a township joins and is made by it"
hub town
town_url=$url town_port=$port town_hub=$hub
enrol village 410882103205 王庄村 "$url" town
verdict "a village joins its township"
ends "who it is above" 0 town site list --json
has "the village is known there" '"name":"王庄村"'

ends "no county in a village" 5 town invite --area 410882103201 --level county --name 假县
ends "nor in a township" 5 county invite --area 410882103 --level county --name 假县
ends "a lower level than the digits say may be" 0 town invite --area 410882103201 --level village --name 真村

# Nothing was heard yet: an empty register is simply empty, own records are simply listed.
at village list hazard --json
[ "$out" = "[]" ] && [ -z "$err" ]
verdict "a list before the first load begins"
ends "nothing can come yet" 3 village sync --via http://127.0.0.1:1 --json
has "and it says so" '"loading":{"lanes":{"alarm":{"facts":0,'
hazard village
first=$number
ends "what waits is planned" 0 village sync --plan --json
has "and what came late is told: nothing yet" '"late":[]'
has "one hazard" '"loop":{"facts":1,'
ends "and synced" 0 village sync --json
has "all of it" '"complete":true,"sent":{"facts":2,'
has "over HTTP" '"via":"http"'
has "the first load is complete" '"loading":null'
has "nothing waits" '"waiting":{"alarm":0,"report":0,"loop":0,"book":0,"bulk":0}'
at village list hazard --json
[ -z "$err" ]
verdict "and the list does not warn any more"
at village show "$first" --json
has "the ladder: township" '"reached":["station","township"]'
# What was planned is what goes, within a tenth.
hazard village 桥东
hazard village 桥西
at village sync --once --plan --json
planned=$(printf '%s' "$out" | sed 's/.*}},"bytes":\([0-9]*\).*/\1/')
at village sync --json
went=$(printf '%s' "$out" | grep -o '"bytes":[0-9]*' | awk -F: '{ n += $2 } END { print n }')
[ $((planned * 10)) -ge $((went * 9)) ] && [ $((planned * 10)) -le $((went * 11)) ]
verdict "the plan is near what goes ($planned, $went)"
ends "on to the county" 0 town sync
at county list hazard --json
has "the county has it" "$first"
ends "and back" 0 village sync
at village show "$first" --json
has "the ladder: county" '"reached":["station","township","county"]'
at village sync --json
has "nothing twice" '"sent":{"facts":0,'
# What the township does to the village's record must be held at the county as well; of that the village has the
# township's word alone, and says so.
ends "a step of the township" 0 town step "$first" assign track=owner owner=镇水利站
ends "seen by the village" 0 village sync
at village show "$first" --json
has "is not at the county yet" '"reached":["station","township"]'
ends "goes up" 0 town sync
ends "and the village hears of it" 0 village sync
at village show "$first" --json
has "the ladder: proven at the township" '"reached":["station","township"],"said":["county"]'
at village show "$first"
has "whose word the county is" '，据柏香镇说：县'
at town show "$first" --json
has "proven to the township" '"reached":["station","county"]'

ends "a way that nobody serves" 3 village sync --via http://127.0.0.1:1 --json
case $err in *查网络*) true ;; *) false ;; esac
verdict "and what to do is said"
has "its error" '"error":"'
ends "no way of ours" 5 village sync --via gopher://x
ends "the second way is taken" 0 village up http://127.0.0.1:1 "$town_url"
hazard village 沟口
ends "when the first is down" 0 village sync
ends "not joined" 1 county sync
# Both ends change their keys; a hub that runs needs no restart.
ends "a new key at the village" 0 village site rotate
ends "and one at the township" 0 town site rotate
hazard village 新钥
ends "synced in the old ones" 0 village sync
hazard village 新钥
ends "and in the new ones" 0 village sync
[ -f "$here/village/keys/agree-1.key" ] && [ -f "$here/town/keys/agree-0.key" ]
verdict "kept beside each other"
ends "wrong words" 2 village sync --once --watch

# Another hub than the pinned one: nothing is given, nothing is deleted.
hazard village 坝上
ends "a wrong hub refuses" 4 village sync --via "$county_url"
ends "and all is still there" 0 village sync --plan --json
has "queued" '"loop":{"facts":1,'

# A hub that dies with an answer on its way, a station that dies with a question on its way.
kill -9 "$town_hub"
wait "$town_hub" 2>/dev/null
ends "the hub is dead" 3 village sync --via "$town_url"
hub town "$town_port"
town_hub=$hub
for n in 1 2 3; do
	hazard village "第${n}处"
	"$OUTPOST_BUILD/outpost-sync" --home "$here/village" sync --via "$town_url" >/dev/null 2>&1 &
	child=$!
	sleep 0.0$n
	kill -9 $child 2>/dev/null
	wait $child 2>/dev/null
done
ends "it comes back" 0 village sync --via "$town_url" --json
has "complete" '"complete":true'
at town list hazard --json
[ "$(printf '%s' "$out" | grep -c '"id"')" -eq 10 ]
verdict "each hazard is there once"

# Somebody puts a backup back under a hub that runs: nothing goes into the file that is gone.
ends "a backup" 0 town backup "$here/town.db"
mv "$here/town/station.db" "$here/town/station.old"
rm -f "$here/town/station.db-wal" "$here/town/station.db-shm"
out=$(curl -s "$town_url/v1/health")
has "a hub without its database is not well" '"ok":false'
cp "$here/town.db" "$here/town/station.db"
out=$(curl -s "$town_url/v1/health")
has "and well with another one in its place" '"ok":true'
hazard village 换库
ends "which takes what comes" 0 village sync --via "$town_url"
at town list hazard --json
has "and keeps it" 换库

token=$("$outpost" --home "$here/town" invite --area 410882103206 --name 李庄村)
ends "a token that lacks its end" 5 other join "${token%-*}" --via "$town_url"
ends "another hub refuses, the token's own way does not" 0 other join "$token" --via "$county_url"
case $err in *"$county_url: "*不接受这个邀请码*) true ;; *) false ;; esac
verdict "and that is told"
ends "once more at the right hub" 0 other join "$token" --via "$town_url"
ends "a token used twice" 4 third join "$token" --via "$town_url"
ends "outside of the area" 4 town invite --area 410883 --name 别处
at other list hazard --json
ends "neighbours sync" 0 other sync
at other list hazard --json
lacks "and see nothing of each other" "$first"

ends "the village is revoked" 0 town site revoke 王庄村 丢失
hazard village 晚了
ends "and refused" 4 village sync --via "$town_url"
at town list hazard --json
lacks "its new hazard is not there" 晚了
ends "what it wrote before stays" 0 town show "$first"

for program in outpost outpost-sync outpost-hub; do
	out=$("$OUTPOST_BUILD/$program" --version)
	has "$program tells its version" "$program "
done
out=$("$OUTPOST_BUILD/outpost-hub" --help)
has "the hub tells how it is used" --listen
out=$(curl -s -o /dev/null -w '%{http_code}' -X OPTIONS "$town_url/v1/swap")
has "what is not ours is not found" 404
out=$(curl -s "$town_url/metrics" 2>/dev/null)
has "metrics" "outpost_sites 2"
early=$("$outpost" --home "$here/town" invite --area 410882103207 --name 张庄村)
mkdir -m 700 "$here/early"
cp tests/data/no-tables.db "$here/early/station.db"
ends "a join that was killed before its first commit is taken up" 0 early join "$early" --via "$town_url"
kill "$town_hub"
wait "$town_hub"
code=$?
[ $code -eq 0 ]
verdict "TERM ends a hub in order"
exit $failed
