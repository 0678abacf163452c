#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Tables as county offices send them: each case is a small file with its sort of wreck, and what must be there.
# Tests also: csv_row.c
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
export OUTPOST_NOW=2026-08-02T09:00:00+08:00
village
# NAME KIND TEXT WANTED...: what the list says afterwards.
table() {
	local name=$1 kind=$2 wanted
	printf "%b" "$3" >"$here/t.csv"
	"$outpost" import csv --kind "$kind" "$here/t.csv" >"$here/said" 2>&1
	run list "$kind" --json
	out="$out$(cat "$here/said")"
	shift 3
	for wanted in "$@"; do has "$name: $wanted" "$wanted"; done
}
table "a name with its number" shelter '避难场所名称,负责人及电话\n村小学,陈大山15430001601\n文化广场,褚小川（0391-5678901）\n' \
	'"keeper":"陈大山","phone":"15430001601"' '"keeper":"褚小川","phone":"0391-5678901"'
table "beside a column of numbers it stays" depot '名称,保管人,电话\n南库,张三2号,15430001602\n' '"keeper":"张三2号","phone":"15430001602"'
table "the keeper and a stroke" supply '物资名称\t数量\t保管人/电话\n编织袋\t1,000\t李四 15430001201\n' '"quantity":1000' '"keeper":"李四"' '"phone":"15430001201"'
table "what stands in brackets behind a number" supply '名称,现有数量,备注\n水泵,3台（1台坏）,\n' '"quantity":3' '1台坏'
table "about so many" team '队伍名称,人数\n民兵排,30余人\n巡逻队,二十人左右\n' '"members":30' '"members":20' '是约数'
table "no end" supply '名称,有效期\n铁丝,长期\n' '"name":"铁丝"}'
table "from a day to another" expert '姓名,专业领域,聘期\n魏山,地质,2024年1月—2026年12月\n' '"until":"2026-12"' '按最后一天记'
table "a heading that a formula protects" supply '"=""物资名称""",数量\n"=""铁铲""","=""0020"""\n' '"name":"铁铲","quantity":20'
table "strokes between the cells" supply '名称|数量|单位\n撬棍|5|根\n' '"name":"撬棍","quantity":5,"unit":"根"'
table "installed or not" enterprise '企业名称,是否有报警器\n利民气站,未装\n兴达化工,已安装\n' '"name":"利民气站","alarm":0' '"name":"兴达化工","alarm":1'
table "a desk without a person" contact '单位名称,联系人,值班电话\n应急管理局值班室,,0391-5617119\n' '"name":"应急管理局值班室"' '按单位名称记'
table "degrees and minutes" point '点位名称,经度,纬度\n后沟,112°56′12″E,34度56.2分\n' '"lon":112.936667,"lat":34.936667'
table "a plan of a village" plan '预案名称,预案编号,层级\n防汛预案,XZ-1,村\n' '"code":"XZ-1","title":"防汛预案","level":"village"'
table "a roster" roster '日期,星期,带班领导,值班人员\n8月3日,一,曹川,严山\n' '"date":"2026-08-03","leader":"曹川","officer":"严山"'
exit $failed
