#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Rosters and drills as a calendar, contacts as cards: whole lines, each thing once, in the right hour.
# Tests also: ics.c vcard.c content_line.c
# Covers: L08
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
export OUTPOST_NOW=2026-07-14T08:00:00+08:00
"$outpost" init --area 410882103 --name 柏香镇 >/dev/null || exit 1
"$outpost" user add 全部 >/dev/null || exit 1
export OUTPOST_USER=全部
long=$(printf '北坡土崖崩塌%.0s' 1 2 3 4 5 6 7 8 9)
drill=$("$outpost" add drill title='防汛; 演练, A\B' type=D1 held_at=2026-07-20T09:30:00+08:00 minutes=45 scenario="$long
第二行")
"$outpost" add roster date=2026-07-15 officer=崔丽娟 head=张永强 phone=0391-5630120 >/dev/null || exit 1
"$outpost" add contact name=秦国庆 duty=支部书记 org='王庄村, 柏香镇' phone=13800001111 phone2=0391-5630121 group=村书记 >/dev/null || exit 1
hour=$(sed -n "s/^limit watch\.hour *\([0-9]*\).*/\1/p" "$(dirname "$0")/../../config/rules.conf")

# Lines end in CRLF, are at most 75 bytes long and whole characters; then they are put together again.
whole() {
	awk 'BEGIN { RS = "\r\n" } /\n/ { bad = 1 } END { exit bad }' "$1" && LC_ALL=C awk 'length($0) > 76 { exit 1 }' "$1" &&
		while IFS= read -r line; do iconv -f utf-8 -t utf-8 <<<"$line" >/dev/null || return 1; done <"$1"
}
unfolded() { tr -d '\r' <"$1" | sed -e ':a' -e '$!N' -e 's/\n //' -e 'ta' -e 'P' -e 'D'; }
line() { unfolded "$here/$1" | grep -cFx -- "$2" >/dev/null; }

ends "a calendar" 0 export all --ics "$here/all.ics"
run export --ics
printf '%s\n' "$out" | tr -d '\r' | cmp -s - <(tr -d '\r' <"$here/all.ics")
verdict "of all that has a day, unless a kind is named"
whole "$here/all.ics"
verdict "of whole lines"
[ "$(unfolded "$here/all.ics" | grep -c '^BEGIN:VEVENT')" -eq 2 ] && [ "$(unfolded "$here/all.ics" | grep -c '^END:VEVENT')" -eq 2 ]
verdict "with two events"
[ "$(unfolded "$here/all.ics" | head -n 1)" = BEGIN:VCALENDAR ] && [ "$(unfolded "$here/all.ics" | tail -n 1)" = END:VCALENDAR ]
verdict "between its ends"
line all.ics 'DTSTART:20260720T013000Z' && line all.ics 'DTEND:20260720T021500Z'
verdict "the drill at its hour, for as long as it takes"
line all.ics 'SUMMARY:防汛\; 演练\, A\\B' && line all.ics "DESCRIPTION:$long\\n第二行"
verdict "what means something there is escaped, what is long is folded"
line all.ics 'STATUS:TENTATIVE'
verdict "a planned drill is not certain"
start=$(TZ=UTC date -d "2026-07-15 $(printf %02d "${hour:-0}"):00 +0800" +%Y%m%dT%H%M%SZ)
line all.ics "DTSTART:$start"
verdict "the watch of a day begins when it changes"
unfolded "$here/all.ics" | grep -q '^SUMMARY:值班 .*崔丽娟' && unfolded "$here/all.ics" | grep -q '^DESCRIPTION:.*张永强.*0391-5630120'
verdict "with who has it, and the telephone"
[ "$(unfolded "$here/all.ics" | grep '^UID:' | sort -u | wc -l)" -eq 2 ]
verdict "each with its own id"
"$outpost" step "$drill" cancel text=改期 >/dev/null || exit 1
ends "called off" 0 export drill --ics --force "$here/drill.ics"
line drill.ics 'STATUS:CANCELLED' && line drill.ics 'SEQUENCE:1' && ! grep -q 值班 "$here/drill.ics"
verdict "it says so, as a newer version"
says "a hazard has no day" 2 roster export hazard --ics

ends "cards" 0 export contact --vcf "$here/all.vcf"
whole "$here/all.vcf"
verdict "of whole lines, too"
line all.vcf 'FN:秦国庆' && line all.vcf 'N:秦国庆;;;;' && line all.vcf 'ORG:王庄村\, 柏香镇' && line all.vcf 'TEL;TYPE=WORK,VOICE:13800001111'
verdict "name, place and number"
says "a hazard has no telephone" 2 contact export hazard --vcf
ends "only one format" 2 export contact --vcf --json
exit "$failed"
