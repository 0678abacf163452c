#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# rules: what counts here and where it stands, what is wrong with a file, why a record stands where it stands, and rule
# files that are sent down and taken back. Tests also: rules_send.c layers.c check_file.c
# Covers: W13.6
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
export OUTPOST_NOW=2026-07-14T08:00:00+08:00

ends "without a station the shipped rules are listed" 0 rules list
has "file and line of each" 'rules.conf:'
has "as it is written" 'rank now sign warning active ring 1m severity=red,orange'

cat >"$here/qy.conf" <<'R'
# a county's own
who callees head up
rank now sign warning activ
limit own.days 5
due hazard new at +2h "重大隐患2小时内核实" "verify a major hazard in 2 hours" by township grade=M
R
says "a wrong file is said row by row" 5 "qy.conf:3: rank now sign warning…: warning 没有状态 \"activ\"" rules check "$here/qy.conf"
case $err in *'own.days'*) false ;; *) true ;; esac
verdict "what only the whole can tell comes when rows are right"
sed -i '3d' "$here/qy.conf"
says "a limit that nothing reads" 5 "own.days: 没有哪里用这个时限" rules check "$here/qy.conf"
sed -i '/limit/d' "$here/qy.conf"
ends "a right one" 0 rules check "$here/qy.conf"
printf '# one\n\nlimit own.days 5\n' >"$here/qy2.conf"
says "and in which line" 5 "qy2.conf:3: own.days" rules check "$here/qy2.conf"

# ---- other files of the county's data
config=$(dirname "$0")/../../config
for file in roles.conf packs/flood.conf checklists/boat.tsv cards/rain_red.txt rules.conf; do
	ends "$file as it is shipped" 0 rules check "$config/$file"
done
mkdir -p "$here/c/packs"
{
	cat "$config/roles.conf"
	echo 'limit policy.night.pin 3'
} >"$here/c/roles.conf"
says "a policy that nothing uses" 5 'limit policy.night.pin: 没有哪里用这个时限' rules check "$here/c/roles.conf"
sed 's/^may R01 hazard add/may R01 hazard fly/' "$config/roles.conf" >"$here/c/roles.conf"
says "a step that there is not" 5 'roles.conf:' rules check "$here/c/roles.conf"
{
	cat "$config/packs/flood.conf"
	echo "season flood 06-01 09-30"
} >"$here/c/packs/flood.conf"
says "a pack row that nothing reads" 5 'season 行没有哪里用' rules check "$here/c/packs/flood.conf"
ends "no such file" 6 rules check "$here/none.conf"
ends "wrong usage" 2 rules what

"$outpost" init --area 410882103000 --name 柏香镇 --user 张三 --post 值班员 >/dev/null || exit 1
number=$("$outpost" add hazard category=H0101 grade=M place=北坡 text=裂缝)
export OUTPOST_NOW=2026-07-14T09:30:00+08:00
run rules why "$number"
has "the need and since when" '逾期 09:00，已过 30分'
has "the row that says so" 'due hazard new at +1h'
has "and the looser one" '也合'
has "whose, in words" "$(printf '归谁\t乡镇')"
has "where on home" '首页 现在'
run rules try "$here/qy.conf"
has "tried, it is due later" '限期内'
run rules why "$number"
has "and nothing is changed" '已过 30分'
ends "no such record" 6 rules why ZZ-999
over=$("$outpost" add hazard category=H0101 grade=G place=南坡 text=落石)
"$outpost" step "$over" withdraw text=重复 >/dev/null
run rules why "$over"
has "what is over needs nobody" '现在不需要谁办什么'
has "nor this station" "$(printf '本站\t现在不用办')"

"$outpost" add person name=崔丽娟 role=R06 phone=15439550110 >/dev/null
"$outpost" add roster date=2026-07-14 officer=崔丽娟 leader=闫占奎 >/dev/null
run rules why "$("$outpost" add incident event=12P06 place=涵洞 text=积水 time=2026-07-14T09:00:00+08:00)"
has "who is called when nobody answers" '> '
has "by today's roster" '闫占奎'
run rules why "$("$outpost" add warning event=11B03 severity=red issuer=县气象台)"
has "who signs what another issued" 'signers'
has "and not the limit" "$(printf '归谁\tsigners')"
# From Friday morning on: two working days later is Tuesday, and the weekend stands there by its days.
run rules why "$("$outpost" add report event=D01 stage=verified affected=3 dead=0 missing=0 houses_collapsed=0 houses_damaged=0 \
	time=2026-07-09T05:00 at=2026-07-10T09:00)"
has "a term in working days" 'at +2wd'
has "until Tuesday at the same hour" ' 09:00，'
has "what is not counted" "$(printf '不算工作日的\t07-11 周末  07-12 周末')"
ends "sent down" 0 rules publish "$here/qy.conf"
run rules list
has "it counts here" 'qy.conf:3'
lacks "in the place of the shipped row" 'due hazard new at +1h'
run rules why "$number"
has "for records, too" '限期内 10:00，还剩 30分'
sed -i 's/+2h/+3h/' "$here/qy.conf"
ends "sent once more" 0 rules publish "$here/qy.conf"
run rules list
has "the new one counts" 'due hazard new at +3h'
lacks "and the old one no more" 'due hazard new at +2h'
# What the file took away is not there any more when its next version comes: that one lies on what was below.
echo 'off due tip received at' >>"$here/qy.conf"
ends "it takes a row away" 0 rules publish "$here/qy.conf"
run rules list
lacks "which is gone" 'due tip received at'
sed -i 's/+3h/+4h/' "$here/qy.conf"
ends "its next version can be tried" 0 rules try "$here/qy.conf"
ends "and sent" 0 rules publish "$here/qy.conf"
run rules list
has "and counts" 'due hazard new at +4h'
lacks "the row is still gone" 'due tip received at'
sed -i '/^off/d' "$here/qy.conf"
ends "a version that takes nothing away" 0 rules publish "$here/qy.conf"
run rules list
has "brings the row back" 'due tip received at'
echo "who x mayor" >"$here/bad.conf"
ends "a wrong one is not sent" 5 rules publish "$here/bad.conf"
run rules list
lacks "nothing of it" 'mayor'

# A file of several parts, sent twice: one version counts, whole.
big() { # HOURS
	for n in $(seq 90); do
		echo "# row $n of a long file of a county that writes down why it wants what it wants"
	done
	echo "due tip received at +$1h \"举报${1}小时内核查\" \"check in $1 hours\""
}
for hours in 4 5 6; do
	big $hours >"$here/big.conf"
	ends "a long file, $hours" 0 rules publish "$here/big.conf"
done
run rules list
has "the last version counts" 'big.conf:91'
has "as it is" 'due tip received at +6h'
lacks "and none before it" 'due tip received at +5h'
ends "the long file is taken back" 0 rules withdraw big.conf
run rules list
lacks "and gone" 'due tip received at +6h'
ends "taken back" 0 rules withdraw qy.conf
run rules list
has "the shipped row is back" 'due hazard new at +1h'
ends "there is none any more" 6 rules withdraw qy.conf
exit "$failed"
