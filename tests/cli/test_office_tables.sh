#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Tables as county offices send them: each case is a small file with its sort of wreck, and what must be there.
# Tests also: csv_row.c csv_more.c day_words.c
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
table "years and months from today" supply '名称,有效期\n沙袋,三年后\n雨衣,半年内\n电筒,两个月后\n' '"name":"沙袋","expires":"2029-08-02"' '"name":"雨衣","expires":"2027-02-02"' \
	'"name":"电筒","expires":"2026-10-02"'
table "both coordinates in one cell" point '点位名称,坐标\n一号,"112.937,34.936"\n二号,34.936 112.937\n三号,N34.936，E112.937\n四号,"112°56′12″E, 34°56′12″N"\n五号,112.937\n' \
	'"name":"一号","lon":112.937,"lat":34.936' '"name":"二号","lon":112.937,"lat":34.936' '"name":"三号","lon":112.937,"lat":34.936' \
	'"name":"四号","lon":112.936667,"lat":34.936667' '"name":"五号"}' '应是经度和纬度两个数'
table "asked one by one" household '户主,是否独居,残疾人（是/否）,人口\n张三,是,,1\n李四,否,√,2\n王五,,1,3\n赵六,也许,,2\n' \
	'"head":"张三","people":1,"tags":"alone"' '"head":"李四","people":2,"tags":"disabled"' '"head":"王五","people":3,"tags":"disabled"' '"head":"赵六","people":2}' '应是 是 或 否'
table "an answer that has changed leaves the others" household '户主,是否独居,人口\n李四,是,2\n张三,否,1\n' '"head":"李四","people":2,"tags":"disabled,alone"' '"head":"张三","people":1}'
table "levels of risk" enterprise '企业名称,风险等级\n甲厂,Ⅱ级\n乙厂,四级\n丙厂,橙\n' '"name":"甲厂","risk":"2"' '"name":"乙厂","risk":"4"' '"name":"丙厂","risk":"2"'
table "a colour in the column of grades" hazard '隐患类别,位置,情况,等级\nH0101,东坡,落石,红\nH0101,西坡,裂缝,重大\n' '"grade":"M","risk":"1","place":"东坡"' '"grade":"M","place":"西坡"'
table "numbers with the country before them" contact '姓名,电话\n孙一,86-15430001601\n孙二,+86 154 3000 1602\n孙三,0086-15430001603\n孙四,（86）15430001604\n孙五,86 391 5617119\n孙六,8656123\n' \
	'"name":"孙一","phone":"15430001601"' '"name":"孙二","phone":"15430001602"' '"name":"孙三","phone":"15430001603"' '"name":"孙四","phone":"15430001604"' \
	'"name":"孙五","phone":"0391-5617119"' '"name":"孙六","phone":"8656123"'
table "the column is called by what its things are" shelter '避难场所,地址,可容纳（人）\n一中操场,镇东,"2,000余"\n' '"name":"一中操场","place":"镇东","capacity":2000'
table "and what they are called" drill '演练名称,演练类型,参加人数\n夜间疏散,D1,50\n' '"title":"夜间疏散","type":"D1"' '"people":50'
table "a vehicle without a name" vehicle '车牌号,类型,吨位\n豫H12345,铲车,5吨\n' '"name":"豫H12345"' '"capacity":"5吨"' '没有写名称，按牌号记'
table "ends and neighbours of months and years" supply '名称,有效期,盘点日期\n帐篷,2027年2月底,上月\n被褥,明年6月,去年12月\n煤油,年底前,本月底\n饼干,限3日内,三周后\n' \
	'"name":"帐篷","checked":"2026-07","expires":"2027-02-28"' '"name":"被褥","checked":"2025-12","expires":"2027-06"' \
	'"name":"煤油","checked":"2026-08-31","expires":"2026-12-31"' '"name":"饼干","checked":"2026-08-23","expires":"2026-08-05"'
table "how many of them there are" household '户主,儿童,人口\n孙一,2,4\n孙二,0,2\n' '"head":"孙一","people":4,"tags":"child"' '"head":"孙二","people":2}'
table "the leader and a stroke" team '队伍名称,负责人/电话\n镇救援队,张三/15430000001\n' '"leader":"张三","phone":"15430000001"'
table "what is really there" supply '品名,应储,实储\n救生圈,50,48\n' '"name":"救生圈","quantity":48'
table "sums as they are written" supply '名称,数量\n毛毯,壹佰贰拾\n蜡烛,叁仟零伍\n' '"name":"毛毯","quantity":120' '"name":"蜡烛","quantity":3005'
table "what an old workbook keeps of a decimal" supply '名称,数量\n沙子,15.1999999999999992895\n碎石,2.3456\n' '"name":"沙子","quantity":15.2' '"name":"碎石","quantity":2.346' '只记三位小数'
table "a blank behind the name is not filled" supply '名称,数量,存放地点\n绳索,1,东仓\n滑轮,2,\n' '"name":"滑轮","quantity":2}' '空的格没有照上面的 "东仓" 记'
# Real workbooks, and back again, where something is installed that writes them: nothing changes, in either coding.
if command -v ssconvert >/dev/null; then
	"$outpost" export supply --excel --force "$here/s.csv" >/dev/null
	"$outpost" export supply --gb18030 --force "$here/g.csv" >/dev/null
	count=$(($(wc -l <"$here/s.csv") - 1))
	for form in xlsx xls; do ssconvert "$here/s.csv" "$here/s.$form" >/dev/null 2>&1; done
	printf '<html><body><table><tr><td>名称</td><td>数量</td></tr><tr><td>滑轮</td><td>2</td></tr></table></body></html>' >"$here/page.xls"
	for file in g.csv s.xlsx s.xls; do
		run import csv --kind supply "$here/$file"
		has "$file comes back as it was" "新增 0 条记录、改 0 条；相同 $count 条；存疑 0 条；未导入 0 条"
	done
	run import csv --kind supply "$here/page.xls"
	has "a page that is called a workbook" "相同 1 条"
fi
exit $failed
