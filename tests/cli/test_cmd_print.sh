#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# print: records, registers and boards as they go on paper.
# Tests also: paper_screen.c
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
export OUTPOST_NOW=2026-07-14T08:00:00+08:00
village
# shellcheck disable=SC2119 # none of this script's
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

# ---- as a QR code: the program of the setting, and the real one where it is installed
printf "qr none\n" >"$OUTPOST_HOME/outpost.conf"
says "where nothing draws it" 5 "软件包 qrencode" print "$hazard" qr
rm "$OUTPOST_HOME/outpost.conf"
# shellcheck disable=SC2016 # for the script
printf '#!/bin/sh\n[ "$*" = "-t ASCII -m 0 -l L -o -" ] && cat >"%s" && printf "##  \n  ##\n"\n' "$here/asked" >"$here/draw"
chmod 700 "$here/draw"
printf 'qr %s\n' "$here/draw" >"$OUTPOST_HOME/outpost.conf"
ends "a record as a QR code" 0 print "$hazard" qr
has "says what it is" "村部北侧"
has "draws it" "▀▄"
first=$(grep -m 1 '^D1' <<<"$out")
has "and has its short messages" "$first"
[ -n "$first" ] && grep -qxF "$first" "$here/asked"
verdict "which is what was drawn, as nobody else could read it"
ends "beside the lines" 0 spoken "$hazard" --qr
has "the code" "▀▄"
has "and they" "$first"
ends "a township" 0 --home "$here/town" init --area 410882103000 --name 柏香镇 --level township --user 镇值班
cp "$OUTPOST_HOME/outpost.conf" "$here/town/outpost.conf"
ends "an invitation" 0 --home "$here/town" invite --area 410882103205 --name 西彰村 --level village --via http://127.0.0.1:1 --qr
token=$(head -n 1 <<<"$out")
has "with its code" "▀▄"
[ -n "$token" ] && [ "$token" = "$(cat "$here/asked")" ]
verdict "which holds that line alone"
ends "not for a program" 2 --home "$here/town" invite --area 410882103205 --name 西彰村 --via http://127.0.0.1:1 --qr --json
printf '#!/bin/sh\necho "####"\n' >"$here/draw"
says "a program that draws something else" 5 "没有画成" print "$hazard" qr
if [ -x /usr/bin/qrencode ]; then
	rm "$OUTPOST_HOME/outpost.conf"
	ends "qrencode" 0 print "$hazard" qr
	has "draws its corner" "█▀▀▀▀▀█"
else
	echo "skip qrencode: it is not installed"
fi
exit "$failed"
