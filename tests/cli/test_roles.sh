#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What a grid worker, a duty officer and a storekeeper may do, as roles.conf says; all of them read, and what is refused
# leaves nothing behind. What each of them sees stands in tests/screens/roles.t.
# Covers: K07
# Tests also: may.c roles_read.c
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
export OUTPOST_NOW=2026-07-14T08:00:00+08:00
"$outpost" init --area 410882103 --name 柏香镇 --user 闫占奎 >/dev/null || exit 1
"$outpost" user add 秦国庆 role=R02 post=网格员 >/dev/null
"$outpost" user add 崔丽娟 role=R06 post=值班员 >/dev/null
"$outpost" user add 谢红旗 role=R10 post=仓库管理员 >/dev/null
hazard=$("$outpost" add hazard category=H0202 grade=G place=北坡 text=裂缝)
warning=$("$outpost" add warning event=11B03 severity=yellow headline=暴雨黄色预警 issuer=县气象台 expires=+6h)
supply=$("$outpost" add supply name=编织袋 quantity=100 unit=bag)
shelter=$("$outpost" add shelter name=中心学校 capacity=50)

may() { # WHO ARGS...
	local who=$1
	shift
	ends "$who may: $1 $2 ${3:-}" 0 --user "$who" "$@"
}
may_not() { # WHO ARGS...
	local who=$1
	shift
	says "$who may not: $1 $2 ${3:-}" 4 '角色' --user "$who" "$@"
}

may 秦国庆 add hazard category=H0202 place=南沟 text=落石
may 秦国庆 add stay shelter="$shelter" name=冯银环 people=4
may 秦国庆 step "$warning" sign
may_not 秦国庆 step "$hazard" assign owner=第5组 owner_due=+15d
may_not 秦国庆 add order text=封路 to=各村
may_not 秦国庆 add warning event=11B03 severity=red
may_not 秦国庆 add supply name=水泵

may 崔丽娟 add incident place=村口 text=树倒了
may 崔丽娟 step "$hazard" assign owner=第5组 owner_due=+15d regulator=镇水利站 regulator_due=+15d
may 崔丽娟 add order text=封路 to=各村
may 崔丽娟 add move supply="$supply" type=out quantity=20
may_not 崔丽娟 step "$hazard" recheck result=passed
may_not 崔丽娟 add supply name=水泵
may_not 崔丽娟 add person name=某某

may 谢红旗 add supply name=水泵 quantity=2 unit=set
may 谢红旗 add move supply="$supply" type=in quantity=5
may_not 谢红旗 add hazard category=H0202 place=西沟 text=落石
may_not 谢红旗 step "$warning" sign
may_not 谢红旗 add order text=封路 to=各村
may_not 谢红旗 add stay shelter="$shelter" name=史丰收 people=1

for who in 秦国庆 崔丽娟 谢红旗; do
	for kind in hazard warning supply order; do
		ends "$who reads: $kind" 0 --user "$who" list $kind
	done
done
run list supply --json
[ "$(grep -c '"name":"水泵"' <<<"$out")" -eq 1 ]
verdict "what was refused is not there"
run show "$supply" --json
has "and what was allowed has its effect" '"quantity":85'

# To the side: a department has no station below, its people work at the one of their level by a role of their own.
export OUTPOST_HOME=$here/county
"$outpost" init --area 410882 --name 沁阳市 --level county --user 李卫东 >/dev/null || exit 1
"$outpost" user add 王建国 role=R14 post=水利局 >/dev/null
hazard=$("$outpost" --user 李卫东 add hazard category=H0101 grade=M place=堤 text=塌 area=410882103205)
"$outpost" --user 李卫东 step "$hazard" assign track=regulator regulator=水利局 regulator_due=+3d >/dev/null
order=$("$outpost" --user 李卫东 add order text=派专家到堤上 to=水利局 due=+2h)
run --user 王建国 today
has "a department is told what is ordered" 派专家
may 王建国 step "$hazard" accept track=regulator
may 王建国 step "$order" answer state=done text=已派
may_not 王建国 add warning event=11B03 severity=red
run list answer --json
has "and answers it" '"text":"已派"'
exit "$failed"
