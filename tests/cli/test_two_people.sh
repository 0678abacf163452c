#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Where the county's rules want two people, a warning is issued and lifted by two: the second shows a PIN as well, the
# record names both, and what is refused leaves nothing behind. By commands and in line mode; on screens: two_people.t.
# Tests also: prove.c form_checks.c
# Covers: C01 M31
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
export OUTPOST_NOW=2026-07-14T08:00:00+08:00
"$outpost" init --area 410882103 --name 柏香镇 --user 崔丽娟 >/dev/null
for name in 刘凤英 史俊杰; do "$outpost" user add $name >/dev/null; done
"$outpost" user add 谢红旗 role=R10 >/dev/null # a storekeeper issues no warning
export OUTPOST_USER=崔丽娟
pin_of() { "$outpost" --user "$1" user pin "$1" <<<"$2" >/dev/null 2>&1; }
pin_of 刘凤英 246810
pin_of 谢红旗 135790
cat >"$here/two.conf" <<'END'
check warning second "红色、橙色预警要两个人签发" "two people issue it" severity=red,orange
check warning.update second "更新要两个人" "two people update it" severity=red,orange
check warning.cancel second "解除要两个人" "two people lift it" severity=red,orange
END
printf 'check report second "两个人" "two" stage=first\n' >"$here/bad.conf"
says "not where a record has no room for the name" 5 '记不下第二个人' rules check "$here/bad.conf"
ends "the county's rows are laid over" 0 rules publish "$here/two.conf"

# NAME CODE TEXT PIN ARGS...: with that line on descriptor 3; TEXT stands in what it says.
with() {
	local name=$1 wanted=$2 text=$3 pin=$4
	shift 4
	out=$("$outpost" "$@" 2>&1 </dev/null 3<<<"$pin")
	code=$?
	[ $code -eq "$wanted" ] && case $out in *"$text"*) true ;; *) false ;; esac
	verdict "$name"
}
red=(--pin-fd 3 add warning event=11B01 severity=red headline=暴雨红色预警 expires=+6h)
with "alone it is refused" 4 '红色、橙色预警要两个人签发' 246810 "${red[@]}"
with "so it is with a wrong PIN" 4 '' 999999 "${red[@]}" second=刘凤英
with "without a PIN" 4 '没有设口令' 246810 "${red[@]}" second=史俊杰
with "by one who may not issue it" 4 'R10' 135790 "${red[@]}" second=谢红旗
with "by the same person twice" 4 '' 246810 --user 刘凤英 "${red[@]}" second=刘凤英
says "without a word of the PIN" 4 '要 刘凤英 的口令' add warning event=11B01 severity=red headline=暴雨 second=刘凤英
run list warning --json
has "and none of them left anything" '[]'
with "a yellow one is issued by one" 0 '' '' add warning event=11B01 severity=yellow headline=暴雨黄色预警 expires=+6h
with "two issue a red one" 0 '' 246810 "${red[@]}" second=刘凤英
warning=$out
run show "$warning" --json
has "who wrote it" '"by":"崔丽娟"'
has "and who stood beside" '"second":"刘凤英"'
run show "$warning"
has "to people, too" '复核人'
other=$("$outpost" --pin-fd 3 add warning event=11B03 severity=orange headline=暴雨橙色预警 expires=+6h second=刘凤英 3<<<246810)
with "one does not update it" 4 '更新要两个人' '' step "$other" update text=升级
with "nor with a wrong PIN" 4 '' 999999 --pin-fd 3 step "$other" update text=升级 second=刘凤英
run show "$other" --json
has "it stays as it is" '"state":"active"'
with "two update it" 0 updated 246810 --pin-fd 3 step "$other" update text=升级 second=刘凤英
run show "$other" --json
has "and the step names the second" '"second":"刘凤英"'
with "one does not lift it" 4 '解除要两个人' '' step "$warning" cancel text=雨停
run show "$warning" --json
has "it stays in force" '"state":"active"'
with "two lift it" 0 cancelled 246810 --pin-fd 3 step "$warning" cancel text=雨停 second=刘凤英

# Line mode: the fields of a warning one by one, then the second person and his PIN.
line() { # DRAFT ANSWERS: "" where none waits, else n
	local draft=$1
	shift
	out=$(printf '%s\n' n 预警信息 ${draft:+"$draft"} '' 11B01 红 山洪红色预警 '' '' +6h . y y "$@" '<' '<' | "$outpost" line 2>&1)
	code=$?
}
line '' 1 999999
has "the second is asked for" '红色、橙色预警要两个人签发。第二个人是谁？'
has "a wrong PIN writes nothing" '没有保存，草稿留着'
run list warning state=active --json
lacks "and leaves nothing" '山洪红色预警'
line n 1 246810
has "with the right one it is written" '已保存'
run list warning headline=山洪红色预警 --json
has "and names both" '"second":"刘凤英"'
exit "$failed"
