#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Tables for people: labels, their own columns, a coding; and the same file comes back and changes nothing.
# Tests also: csv_columns.c csv_wish.c
# Covers: K12 L08
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
export OUTPOST_NOW=2026-07-14T08:00:00+08:00
"$outpost" demo "$here/demo" >/dev/null || exit 1
OUTPOST_HOME=$here/demo/township
"$outpost" user add 全部 >/dev/null || exit 1
export OUTPOST_USER=全部
mark=$(printf '\357\273\277')

# ---- every kind that has records, out with labels and in again
wrong=
for kind in $("$outpost" kinds --json | grep -o '"kind":"[a-z]*"' | cut -d'"' -f4 | sort -u); do
	count=$("$outpost" list "$kind" --json | grep -c '^{"number"')
	[ "$count" -gt 0 ] || continue
	"$outpost" export "$kind" --csv --labels --force "$here/all.csv" &&
		said=$("$outpost" import csv --kind "$kind" "$here/all.csv" --json) || wrong="$wrong $kind"
	case $said in *'"added":0,"steps":0,"known":'*'"bad":0,"changed":0,'*) ;; *) wrong="$wrong $kind($said)" ;; esac
done
[ -z "$wrong" ]
verdict "whatever kind comes back changes nothing$wrong"

# ---- what people read
ends "hazards for people" 0 export hazard --labels "$here/hazard.csv"
[ "$(head -c 3 "$here/hazard.csv")" = "$mark" ] && head -n 1 "$here/hazard.csv" | grep -q 'ref,number,区域代码,填报时间,填报人,办理状态,类别,等级,'
verdict "with its mark and labels for headings"
grep -q ',整改中,' "$here/hazard.csv" && grep -q ',重大,' "$here/hazard.csv" && ! grep -q ',rectifying,' "$here/hazard.csv"
verdict "states and codes as words"
"$outpost" list supply --csv --labels --limit 3 >"$here/list.csv" 2>/dev/null
[ "$(head -c 3 "$here/list.csv")" = "$mark" ] && [ "$(wc -l <"$here/list.csv")" -eq 4 ] && ! grep -qE ",[A-Z]{2}-[0-9]+,.*,[A-Z]{2}-[0-9]+," "$here/list.csv"
verdict "a list has it too, with the names of other records"
ends "a list as it was" 0 list supply --csv --limit 1
[ "$(head -n 1 <<<"$out" | cut -c1-21)" = number,area,state,at, ]
verdict "has codes, and no mark"
"$outpost" list supply --csv --labels --charset gb18030 >"$here/gb.csv" 2>/dev/null
"$outpost" list supply --csv --labels 2>/dev/null | tail -c +4 >"$here/utf.csv"
iconv -f gb18030 -t utf-8 "$here/gb.csv" | cmp -s - "$here/utf.csv"
verdict "GB18030 is the same, without a mark"
says "no such coding" 5 "utf-8 和 gb18030" list supply --csv --charset big5

OUTPOST_LANG=en "$outpost" export hazard --labels "$here/english.csv" && head -n 1 "$here/english.csv" | grep -q ',area,at,by,state,Category\|,area,at,by,state,category'
verdict "in English, too"
OUTPOST_LANG=en run import csv --kind hazard "$here/english.csv" --json
case $out in *'"added":0,"steps":0,'*'"bad":0,"changed":0,'*) true ;; *) false ;; esac
verdict "which comes back as well"

# ---- columns of their own, by one file for both ways
printf '系统编号\tref\n物资名\tname\n库存\tquantity\n不要\t-\n应有数量\n' >"$here/columns"
ends "their columns" 0 export supply --columns "$here/columns" --labels "$here/own.csv"
is_head=$(head -n 1 "$here/own.csv" | tr -d '\r')
[ "$is_head" = "${mark}系统编号,物资名,库存,应有数量" ]
verdict "in their order, under their headings"
run import csv --kind supply --map "$here/columns" "$here/own.csv" --json
case $out in *'"added":0,"steps":0,'*'"bad":0,"changed":0,'*) true ;; *) false ;; esac
verdict "the same file reads them back, and nothing changes${err:+ ($err)}"
printf 'name\nnothing\n' >"$here/wrong"
says "a column that is none" 5 "wrong:2" list supply --columns "$here/wrong"
says "no such file" 5 nowhere list supply --columns "$here/nowhere"
: >"$here/empty"
says "no column" 5 empty export supply --columns "$here/empty" "$here/none.csv"
[ ! -e "$here/none.csv" ]
verdict "and no file"
exit "$failed"
