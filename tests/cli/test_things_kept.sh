#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Registers with dates, duties by what somebody is beside his post, who may sign a check, labels whose last sign shows a
# slip, letters of double supervision, and what a second table of risks changes.
# Covers: L09 L18 L22 I05 I08 D16 D27 S27 S36 S37 S50 S67
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
export OUTPOST_NOW=2026-07-14T08:00:00+08:00
village

# ---- duties by tag
"$outpost" user add 李四 role=R02 post=护林员 >/dev/null
"$outpost" edit "$("$outpost" list person --json | sed -n 's/.*"number":"\([^"]*\)".*李四.*/\1/p' | head -1)" tags=ranger >/dev/null
"$outpost" user add 王五 role=R02 post=网格员 >/dev/null
"$outpost" --user 张三 add obligation title=清明封山巡查 tag=ranger due=2026-07-13 >/dev/null
run --user 李四 today
has "a duty of forest rangers is on the list of one" 清明封山巡查
lacks "as his own" 只看
run --user 王五 today
has "somebody else only sees it" 只看

# ---- who may sign a check
shop=$("$outpost" add enterprise name=惠民超市 type=shop head=赵六 phone=15439115411)
run --user 王五 add inspect about="$shop"
[ "$code" -eq 0 ]
verdict "without a word of the county anybody signs a check"
who=$("$outpost" list person --json | sed -n 's/.*"number":"\([^"]*\)".*王五.*/\1/p' | head -1)
"$outpost" edit "$who" card=豫焦A017 card_until=2026-07-13 >/dev/null
says "whose card has run out signs none" 4 检查证已过期 --user 王五 add inspect about="$shop"
"$outpost" edit "$who" card_until=2026-12-31 >/dev/null
ends "with a new one he does" 0 --user 王五 add inspect about="$shop" leader=崔丽娟
cp -r config "$here/config"
printf 'limit policy.inspect.card 1\n' >>"$here/config/rules.conf"
says "where the county asks for a card, who has none signs none" 4 没有检查证 \
	--config "$here/config" --user 李四 add inspect about="$shop"
ends "but reports a hazard" 0 --config "$here/config" --user 李四 add hazard category=H0101 place=超市 text=堵
run count led_checks --by leader
has "a check that a leader led is counted for him" '崔丽娟   1'

# ---- labels
run print "$shop" label
has "a label has the code" "$shop-"
has "whose it is" 赵六
label=$(printf '%s\n' "$out" | grep -o "$shop-[A-Z0-9]" | head -1)
run show "$label"
has "the code opens the record" 惠民超市
seq=${shop#*-}
says "another number with its sign is a slip" 5 编码的最后一位不对 show "${shop%-*}-$((seq + 1))-${label##*-}"
run find "$label"
has "and it is found by it" 惠民超市

# ---- things with dates
"$outpost" add equipment name=1号货梯 type=lift enterprise="$shop" number=T4108 due=2026-07-10 >/dev/null
run today
has "a lift whose test is over" 特种设备检验期限
"$outpost" step "$("$outpost" list equipment --json | sed -n 's/.*"number":"\([A-Z0-9]*-[0-9]*\)".*/\1/p' | head -1)" \
	test result=passed tested=2026-07-14 due=2027-07-14 >/dev/null
run today
lacks "is off the list once it was tested" 特种设备检验期限
tank=$("$outpost" add vehicle name=液氯罐车 type=hazmat enterprise="$shop" goods=液氯 permit_until=2026-08-01)
run list vehicle
has "a vehicle of dangerous goods" 液氯罐车
run rules why "$tank"
has "with a permit that ends" 道路运输证30天内到期

# ---- volunteers, cases
"$outpost" add volunteer name=周小军 phone=15439100001 skills=boat number=V1 >/dev/null
run find 周小军
has "a volunteer is found" 15439100001
printf '志愿者姓名,手机,志愿者编号,服务时间\n周小军,15439100001,V1,12\n孙红,15439100002,V2,3\n' >"$here/v.csv"
run import csv "$here/v.csv" --kind volunteer --same
run list volunteer --json
[ "$(printf '%s\n' "$out" | grep -c '"hours"')" -eq 2 ] && [ "$(printf '%s\n' "$out" | grep -c 周小军)" -eq 1 ]
verdict "a second table of the platform brings them up to date"
"$outpost" add casebook title=7·20地铁进水 event=11B03 text=积水漫过挡水墙 lesson=下穿先封再看 >/dev/null
run find 地铁进水
has "a case is found" 地铁进水

# ---- a letter
hazard=$(add_hazard owner=惠民超市 regulator=镇应急办)
run text "$hazard" hazard.supervise
has "the letter of double supervision" 隐患双重督办函
has "names both" '惠民超市、镇应急办'

# ---- the city's table of risks
"$outpost" add point name=北坡 type=slide risk=3 >/dev/null
printf '名称,风险色\n北坡,红\n' >"$here/r.csv"
run import csv "$here/r.csv" --kind point --same
run list point --json
has "a grade of the city changes that of the place" '"risk":"1"'
exit "$failed"
