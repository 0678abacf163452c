#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Registers of a township, each used for what it is kept for: found by what one remembers, asked for when it is time, taken
# through its steps.
# Covers: A06 B05 B06 B11 D01 D05 D08 D09 D12 D13 D17 D18 D21 D22 D24 D28
# Covers: E02 E06 E14 F05 F09 F12 F15 G01 G03 G08 H08 H09 I06 I07 L10 L15 L23 W2.5 W2.6 W4.1 W6.4 W8.1 W14.1
# Tests also: cmd_profile.c past_row.c
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
export OUTPOST_NOW=2026-07-14T08:00:00+08:00
"$outpost" init --area 410882103000 --name 柏香镇 --user 张三 --post 值班员 >/dev/null || exit 1

made() { "$outpost" add "$@" 2>>"$here/err"; }
# NAME TEXT... -- COMMAND...: what it prints holds each TEXT.
shows() {
	local name=$1 missing='' text wanted=()
	shift
	while [ "$1" != -- ]; do
		wanted+=("$1")
		shift
	done
	shift
	run "$@"
	for text in "${wanted[@]}"; do
		case $out in *"$text"*) ;; *) missing="$missing $text" ;; esac
	done
	[ "$code" -eq 0 ] && [ -z "$missing" ]
	verdict "$name${missing:+, without$missing}"
}
# RECORD STEP...: each of them is taken.
steps() {
	local record=$1 step bad=0
	shift
	for step in "$@"; do
		# shellcheck disable=SC2086 # a step and its arguments
		"$outpost" step "$record" $step >/dev/null 2>>"$here/err" || bad=1
	done
	return $bad
}

# ---- points, patrols, risks
point=$(made point name=后山滑坡点 type=slide risk=2 area=410882103205 households=11 people=42 keeper=马建军 \
	village_head=王俊杰 town_head=刘凤英 expert=韩工 measures=雨天专人看守 phone=13900000001)
shows "a danger point has its four persons" 马建军 王俊杰 刘凤英 韩工 -- show "$point"
shows "and its measures" '"measures":"雨天专人看守"' '"risk":"2"' -- list point --json
shows "what somebody keeps" "$point" -- list point keeper=马建军 --json
made card code=P1 title=后山一点一案 text=先撤一组 point="$point" >/dev/null
shows "a point has its card" 后山一点一案 -- show "$point"
made patrol point="$point" result=ok >/dev/null
shows "nothing was found, and that is kept" '"result":"ok"' "\"point\":\"$point\"" -- list patrol --json

# ---- reports and their ledgers
report=$(made report event=D01 stage=first affected=37 dead=0)
ends "a number is corrected" 0 edit "$report" affected=52
shows "and both stay, with who wrote them" '"affected":37' '"affected":52' '"by":"张三"' -- show "$report" --history --json
dead=$(made casualty report="$report" name=原某某 fate=dead)
steps "$dead" "verify result=passed"
verdict "the dead are verified by name"
shows "and so listed" "$dead" -- list casualty --state verified --json
ends "a verified report" 0 add report event=D01 stage=verified affected=52 dead=1 first="$report"
house=$(made house report="$report" head=孙长江 damage=collapsed rooms=3 phone=13900000002)
steps "$house" verify "rebuild percent=40"
verdict "a house is judged, and built again"
shows "so far" '"percent":40' '"state":"rebuilding"' 13900000002 -- list house --json
steps "$house" finish
verdict "somebody lives in it"

# ---- things, and who has them
depot=$(made depot name=柏香粮油网点 type=grain opener=许钥匙 phone=13900000003)
shows "a supply point and the phone of its key" 许钥匙 -- show "$depot"
shows "is found" 13900000003 -- find 柏香粮油
supply=$(made supply name=帐篷 quantity=10 unit=顶 store="$depot")
made move supply="$supply" type=out quantity=3 reason=安置 >/dev/null
shows "what goes out leaves the store" '"quantity":7' -- list supply store="$depot" --json
device=$(made device name=卫星电话 type=satphone number=17401234567 keeper=马建军 tested=2026-06-01)
shows "a phone that nobody tried for a month is asked for" "$device" -- today --json
steps "$device" "test result=passed"
run today --json
lacks "and is not when it was" "$device"
request=$(made request name=抽水泵 quantity=2 place=涵洞 due=+2h area=410882103205)
shows "what a village needs is asked of the township" "$request" -- today --json
steps "$request" grant meet
verdict "it is promised and brought"
made facility name=柏香微型消防站 type=microfire kit=水带4盘 phone=119 >/dev/null
made facility name=西彰急救点 type=clinic kit=急救包2个 >/dev/null
made facility name=中学操场 type=heli place=教学楼南 lon=112.93 lat=35.1 >/dev/null
made facility name=北塘 type=water place=村北大柳树下 lon=112.94 lat=35.2 >/dev/null
shows "a small fire station and its kit" 水带4盘 -- list facility type=microfire --json
shows "first aid" 急救包2个 -- list facility type=clinic --json
shows "where it lands" 112.93 教学楼南 -- list facility type=heli --json
shows "where there is water" 112.94 村北大柳树下 -- list facility type=water --json
made expert name=周工 subject=岩土工程 phone=13900000004 >/dev/null
shows "an expert by his field" 13900000004 -- find yantu --kind expert
made vehicle name=冲锋舟 type=boat driver=崔船长 phone=13900000005 >/dev/null
shows "a boat and who drives it" 13900000005 -- find chongfengzhou
made contact name=徐发动 duty=供电所长 phone=13900000006 >/dev/null
shows "a number by initials" 13900000006 -- find xfd --kind contact
firm=$(made enterprise name=柏香化工 code=QY0001 type=chem risk=1 goods=液氯 head=田总 phone=13900000007 \
	checked=2026-06-01)
shows "an enterprise by its code" 柏香化工 13900000007 -- find QY0001
shows "with what it stores" '"goods":"液氯"' '"risk":"1"' -- show "$firm" --json
shows "a red one whose check is older than a month" "$firm" -- today --json
made enterprise name=柏香中学 type=school phone=13900000008 risk=4 checked=2026-07-01 >/dev/null
shows "key places of a sort and their numbers" 13900000008 -- list enterprise type=school --json

# ---- drills, publicity, persuading
drill=$(made drill title=西彰村疏散演练 type=D5 area=410882103205 people=60)
steps "$drill" "hold minutes=25"
"$outpost" step "$drill" evaluate score=B problems=$'喇叭听不清\n三组走错路' >/dev/null
shows "each problem of a drill has its term" 喇叭听不清 三组走错路 2026-08-13 -- list finding --json
shows "a drill of the village" 西彰村疏散演练 '"state":"evaluated"' -- list drill --area 410882103205 --json
finding=$("$outpost" list finding --json | sed -n 's/.*"number":"\([^"]*\)".*/\1/p' | head -n 1)
"$outpost" edit "$finding" owner=马建军 >/dev/null
steps "$finding" "finish text=换喇叭"
verdict "somebody has it, and does it"
made training title=防灾减灾日 type=public people=80 leaflets=200 >/dev/null
shows "what was given out" '"leaflets":200' '"people":80' -- list training type=public --json
made advice place=林区路口 type=fire people=12 result=told >/dev/null
shows "who was persuaded" '"people":12' 林区路口 -- list advice --json

# ---- the watch
incident=$(made incident event=12P06 place=下穿涵洞 text=一车被淹 caller=群众 phone=13900000009 first_action=设警戒)
shows "an event has its time" "$incident" '"until"' -- today --json
steps "$incident" "handle commander=刘凤英" finish
verdict "somebody commands, and it is over"
meeting=$(made meeting title=汛情会商 chair=刘凤英 people=水利站、气象员 views=上游继续涨 decision=转移滩区)
made task text=滩区11户转移 about="$meeting" >/dev/null
shows "what was decided has its task" 转移滩区 滩区11户转移 -- show "$meeting"
team=$(made team name=镇抢险队 type=T3 members=22 phone=13900000010)
callout=$(made callout team="$team" text=封堵涵洞 people=10)
steps "$callout" accept depart arrive release
verdict "a team is called out"
shows "each with its time" 受领 出动 到达 撤收 08:00 -- show "$callout" --history
hazard=$(made hazard category=H0101 place=村东 text=无证加油 grade=G)
steps "$hazard" "hand_over to=县应急局 text=移交执法"
verdict "a case is handed over"
shows "and goes out as a file" 县应急局 -- export all --json

# ---- people
made household head=史丰收 group=1组 people=1 tags=bed,carry helper=秦国庆 area=410882103205 >/dev/null
shows "who has to be carried, and who helps" 史丰收 秦国庆 -- list household tags=bed --json
made person name=白护林 tags=ranger,flood phone=13900000011 >/dev/null
shows "persons by duty" 白护林 -- list person tags=ranger --json
shelter=$(made shelter name=村部 capacity=150)
stay=$(made stay shelter="$shelter" name=范春生 people=4)
steps "$stay" "leave to=女儿家"
verdict "somebody leaves a shelter"
shows "and it is known where to" 女儿家 范春生 -- list stay --state left --json

# ---- what a place has to have
shows "what is lacking, with its number" "缺 一办：应急办工作人员" "0/2" "西彰村" -- profile
shows "and of one village, for programs" '"area":"410882103205"' '"wanted":1' -- profile 410882103205 --json

# ---- as it was
OUTPOST_NOW=2026-07-15T08:00:00+08:00 "$outpost" edit "$shelter" capacity=90 >/dev/null
shows "a register as it stood at a time" '"capacity":150' -- list shelter --as-of "2026-07-14 23:00" --json
run list shelter --as-of "2026-07-13 08:00" --json
lacks "and before it was there" capacity
says "conditions of now do not sort what was then" 5 as-of list shelter --as-of "2026-07-14 23:00" --state open

# ---- later on
shows "an orange point is visited within half of three days in the flood season" "限期内" -- rules why "$point"
OUTPOST_NOW=2026-07-16T09:00:00+08:00 shows "then it is asked for" "逾期" -- rules why "$point"
OUTPOST_NOW=2027-01-10T08:00:00+08:00 made patrol point="$point" result=ok >/dev/null
OUTPOST_NOW=2027-01-12T09:00:00+08:00 shows "in winter there are three days" "限期内" -- rules why "$point"
OUTPOST_NOW=2027-01-13T09:00:00+08:00 shows "and no more" "逾期" -- rules why "$point"
exit "$failed"
