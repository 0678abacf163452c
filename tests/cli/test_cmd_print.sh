#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# print: records, registers and boards as they go on paper.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
export OUTPOST_NOW=2026-07-14T08:00:00+08:00
village
hazard=$(add_hazard)
report=$("$outpost" add report event=D01 stage=first affected=37 dead=0)

task=$("$outpost" add task text=查涵洞)
ends "a record without an official text" 0 print "$task"
has "is a form" "任务登记表"
has "with its fields" "| 内容 "
has "its number and who wrote it" "编号：$task　登记：张三"
has "lines to sign" "审核人：____"
has "and the number of the page" "第1页 共1页"
ends "a report" 0 print "$report"
has "is its text" "受灾37人"
lacks "and no form" "登记人：____"
ends "its form, when that is wanted" 0 print "$report" form
has "with rows" "| 受灾人口 "
says "another text" 6 "report.first" print "$report" 讣告
ends "a hazard" 0 print "$hazard"
has "is the official notice" "隐患整改通知书"
has "with a table" "| 类别 "
has "and who signs for it" "签收人：____"
supply=$("$outpost" add supply name=潜水泵 spec=3寸 unit=台 quantity=4)
for slip in out=出库单 lend=借用单 back=归还单; do
	move=$("$outpost" add move supply="$supply" type="${slip%=*}" quantity=1 reason=抽水)
	ends "a move" 0 print "$move"
	has "is its slip" "物资${slip#*=}"
	has "of what and how much" "潜水泵（3寸）"
done
ends "a register" 0 print hazard
has "is the list" "村部北侧"
says "of a place that is none" 5 "西" print hazard --area 西
ends "a board by its key" 0 print W
has "is what it shows" "值班"
ends "and home" 0 print home
has "too" "王庄村"
ends "what there is none of" 6 print WZ-999
ends "into a file" 0 print "$hazard" --to "$here/sheet"
grep -q 隐患整改通知书 "$here/sheet"
verdict "it lies there"
ends "which is not written over" 1 print "$hazard" --to "$here/sheet"
ends "unless it is meant" 0 print "$hazard" --to "$here/sheet" --force
ends "a file or a printer" 2 print "$hazard" --to "$here/sheet" --printer

# ---- a printer
printf '#!/bin/sh\ncat >"%s"\n' "$here/paper" >"$here/lp"
chmod 700 "$here/lp"
printf 'print %s\nprint_lines 20\nprint_columns 60\n' "$here/lp" >"$OUTPOST_HOME/outpost.conf"
ends "on paper" 0 print "$hazard" form --printer
[ "$(tr -cd '\f' <"$here/paper" | wc -c)" -ge 1 ] && ! awk 'length($0) > 60' "$here/paper" | grep -q '^[ -~]*$'
verdict "of that size, a form feed between two pages"
printf 'print none\n' >"$OUTPOST_HOME/outpost.conf"
says "without one" 1 "没有设打印机" print "$hazard" --printer
exit "$failed"
