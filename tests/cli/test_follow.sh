#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What check rows refuse, want a reason for, or tell; and what then rows write beside a fact, once.
# Tests also: then.c check.c
# Covers: A13 A17 C09 C12 D01 D09 W13.5
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
export OUTPOST_NOW=2026-07-14T08:00:00+08:00
village

# ---- checks
report() { run add report event=D01 "$@"; }
report stage=first affected=37 dead=0 missing=0
[ "$code" -eq 0 ]
verdict "a first report"
report stage=zero dead=3
[ "$code" -eq 5 ] && case $err in *"零报告里数字只能是0"*"rules.conf 第"*) true ;; *) false ;; esac
verdict "a zero report with dead is refused, and by which row"
report stage=follow affected=37 dead=120
[ "$code" -eq 5 ] && case $err in *"死亡不能多于受灾"*"因灾死亡"*) true ;; *) false ;; esac
verdict "more dead than affected"
report stage=verified dead=0
[ "$code" -eq 5 ]
verdict "a verified report without numbers"
report stage=follow affected=30 dead=0
[ "$code" -eq 5 ] && case $err in *"写明原因"*) true ;; *) false ;; esac
verdict "fewer than before wants a reason"
report stage=follow affected=30 dead=0 reason=重复统计
[ "$code" -eq 0 ]
verdict "and is taken with one"
report stage=follow affected=40 dead=2
[ "$code" -eq 0 ] && case $err in *"死亡比上次多"*) true ;; *) false ;; esac
verdict "more dead than before is told"
report stage=follow affected=40 dead=2
[ "$code" -eq 0 ] && [ -z "$err" ]
verdict "the same again is not"
run list report --json
[ "$(grep -o '"number"' <<<"$out" | wc -l)" -eq 4 ]
verdict "what was refused is not there"
printf '{"kind":"report","fields":{"event":"D01","stage":"zero","dead":3}}\n' >"$here/r.json"
ends "a file says what was" 0 import json --source old "$here/r.json"

# ---- stock follows the moves
supply=$("$outpost" add supply name=潜水泵 quantity=2)
ends "more than there is" 5 add move supply="$supply" type=out quantity=100
run show "$supply" --json
has "nothing has gone" '"quantity":2'
ends "one goes out" 0 add move supply="$supply" type=out quantity=1
run show "$supply" --json
has "one is left" '"quantity":1'
ends "three come in" 0 add move supply="$supply" type=in quantity=3
run show "$supply" --json
has "four are there" '"quantity":4'

# ---- a device that is tested
device=$("$outpost" add device name=卫星电话 tested=2026-06-01)
ends "it does not work" 0 step "$device" test result=failed
run show "$device" --json
has "and is not well" '"condition":"bad"'
has "tried today" '"tested":"2026-07-14"'
ends "it works again" 0 step "$device" test result=passed tested=2026-07-13
run show "$device" --json
has "and is well" '"condition":"ok"'
has "on the day that was given" '"tested":"2026-07-13"'

# ---- a family that checks in has arrived
household=$("$outpost" add household head=范春生 group=1组 people=4)
transfer=$("$outpost" add transfer household="$household" people=4)
shelter=$("$outpost" add shelter name=村部 capacity=150)
ends "checked in" 0 add stay shelter="$shelter" name=范春生 household="$household" people=4
run show "$transfer" --json
has "the transfer has arrived" '"state":"arrived"'
run add stay shelter="$shelter" name=范春生 household="$household" people=4
[ "$code" -eq 0 ] && case $err in *"这一户已登记过"*) true ;; *) false ;; esac
verdict "twice is told"

# ---- a closed hazard is looked at again
hazard=$("$outpost" add hazard category=H0101 place=后山 text=裂缝)
"$outpost" step "$hazard" rectify text=填 >/dev/null
"$outpost" user add 李四 >/dev/null
"$outpost" --user 李四 step "$hazard" recheck result=passed >/dev/null
ends "closed" 0 step "$hazard" close
run list task --json
has "a task says so" '回头看：后山'
has "in thirty days" '2026-08-13'
ends "reopened" 0 step "$hazard" reopen text=又裂了
run list task --json
[ "$(grep -o '"number"' <<<"$out" | wc -l)" -eq 1 ]
verdict "there is one"
# A day later nobody has to have accepted it: it waits for its day.
OUTPOST_NOW=2026-07-16T10:00:00+08:00 run today
lacks "asks for nothing before" 回头看
own=$("$outpost" add task text=问问村里 about="$hazard")
"$outpost" step "$hazard" rectify text=又填 >/dev/null
"$outpost" --user 李四 step "$hazard" recheck result=passed >/dev/null
"$outpost" step "$hazard" close >/dev/null
ends "somebody looks" 0 step "$hazard" lookback result=passed text=没有再裂
run list task --json
has "what was made of it is done" '"state":"done","fields":{"text":"回头看：后山"'
run show "$own" --json
has "what people wrote is not" '"state":"open"'

# ---- the watch is handed to a person
handover=$("$outpost" add handover to=李四)
"$outpost" user add 王五 >/dev/null
says "another does not sign" 4 "请本人签" --user 王五 step "$handover" sign
ends "who is named does" 0 --user 李四 step "$handover" sign

# ---- a task for somebody of a village lies there
export OUTPOST_HOME="$here/town"
"$outpost" init --area 410882103000 --name 柏香镇 --user 崔丽娟 --post 值班员 >/dev/null
person=$("$outpost" add person name=秦国庆 role=R02 area=410882103205)
task=$("$outpost" add task text=查涵洞 to="$person")
run show "$task" --json
has "in his village" '"area":"410882103205"'
run show "$("$outpost" add task text=值班 to=某人)" --json
has "who is nobody's record stays here" '"area":"410882103000"'
# ---- a reading that reaches its alarm
point=$("$outpost" add point name=北坡崖头 type=fall rain_alarm=50 crack_alarm=20)
"$outpost" add patrol point="$point" rain_mm=49.9 crack_mm=3 >/dev/null
run list incident --json
[ "$out" = "[]" ]
verdict "a reading below its alarm raises nothing"
run add patrol point="$point" rain_mm=50
case $err in *雨量到了警戒值*) true ;; *) false ;; esac
verdict "at its alarm it is told"
run today
has "and stands on home until it is handled" "北坡崖头 雨量50毫米，到了警戒50毫米：叫应，准备转移"
"$outpost" add patrol point="$point" rain_mm=61 >/dev/null
run list incident --json
[ "$(grep -o '"number"' <<<"$out" | wc -l)" -eq 1 ]
verdict "further readings while it is open make no second one"
"$outpost" step "$(grep -o '"number":"[^"]*' <<<"$out" | cut -d'"' -f4)" finish >/dev/null
"$outpost" add patrol point="$point" crack_mm=20.5 >/dev/null
run list incident --state received
has "another reading, when that is over, is another one" "裂缝20.5毫米，到了警戒20毫米"
"$outpost" add point name=老沟 type=flood level_alarm=1.5 >/dev/null
"$outpost" add patrol point=老沟 level_m=1.6 >/dev/null
"$outpost" add patrol point=老沟 level_m=1.7 >/dev/null
run list incident --state received
has "a point by its name" "水位1.6米，到了警戒1.5米"
lacks "and once" "水位1.7米"

# ---- persuading has its season
run list advice --json
"$outpost" add advice place=村口 people=12 >/dev/null
run list advice --json
has "what was said to whom, in the flood season" '"period":"汛期"'
OUTPOST_NOW=2026-11-29T08:00:00+08:00 "$outpost" add advice place=坟地 people=3 >/dev/null
run list advice --json
has "and in that of forest fires" '"period":"森林防火期"'
warning=$("$outpost" add warning event=11B25 severity=orange headline=森林火险橙色预警 expires=+9h)
run add advice place=山口 people=7 warning="$warning"
run show "$out" --json
has "it may name the warning that it is for" '"warning":'

# ---- a tip and its reward
tip=$("$outpost" add tip subject=偷采石料 mode=secret giver=范告发 channel=whistle)
"$outpost" step "$tip" check result=passed text=属实 >/dev/null
says "an approved reward has an amount" 5 '批准或发放奖励要写金额' step "$tip" answer text=已告知 reward_state=approved
"$outpost" step "$tip" answer text=已告知 reward_state=approved reward_yuan=500 >/dev/null
run list task --json
has "it is to be paid, in thirty days" '"text":"发放举报奖励500元"'
lacks "and who gave the tip stands nowhere in that" "范告发"
run count rewarded
has "it is not paid yet" "rewarded   0"
"$outpost" step "$tip" reward reward_state=paid >/dev/null
run show "$tip" --json
has "paid" '"reward_state":"paid","reward_yuan":500'
run count rewarded
has "what was paid is added up" 'rewarded  500'
exit "$failed"
