#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The process dies at a write, a sync, a rename or a removal while a village and its township
# exchange facts, over HTTP and by stick, at either end, and while a site ends. The next sync is as
# good as any: both have all facts, each once, and the village is still the same station.
# Tests also: equivocation.c sqlite_doubts.c succession.c write_mark.c
# shellcheck source=tests/crash/lib.sh
. "$(dirname "$0")/lib.sh"

village=$work/village town=$work/town stick=$work/stick
hub=

v() { "$outpost" --home "$village" "$@" 2>"$work/errors"; }
t() { "$outpost" --home "$town" "$@" 2>"$work/errors"; }
# SIDE ARGS...: the shim stands under that side's folder alone
dying() {
	local side=$1
	shift
	env "${shim[@]}" SHIM_UNDER="$side" "$outpost" --home "$side" "$@" >/dev/null 2>"$work/errors"
}
hub_end() {
	[ -n "$hub" ] || return
	kill "$hub" 2>/dev/null
	wait "$hub" 2>/dev/null
	hub=
}
trap 'hub_end; rm -rf "$work"' EXIT
hub_begin() { # [ENV...]: $port stays the same
	local try
	: >"$work/port"
	env "$@" "$OUTPOST_BUILD/outpost-hub" --store "$town" --listen "127.0.0.1:${port:-0}" >"$work/port" 2>"$work/hub.err" &
	hub=$!
	for try in $(seq 200); do
		port=$(sed -n 's/.*127\.0\.0\.1:\([0-9]*\).*/\1/p' "$work/port")
		[ -n "$port" ] && return
		kill -0 "$hub" 2>/dev/null || break
		sleep 0.02
	done
	port=$kept_port
}

# Both write, each something that the other lacks.
n=0
write_both() {
	n=$((n + 1))
	v add hazard category=H0101 grade=G place="V$n" text=堵塞 >/dev/null &&
		t add hazard category=H0101 grade=G area=410882103205 place="T$n" text=堵塞 >/dev/null
}
# SIDE: number and place of each record
records() {
	"$outpost" --home "$1" list hazard --json 2>"$work/errors" |
		grep -o '"number":"[^"]*"\|"place":"[^"]*"' | paste - - | grep -v '"place":"J' | sort # those of other villages
}
same() { # WHERE
	local ours theirs places
	ours=$(records "$village")
	theirs=$(records "$town")
	places=$(grep -o '"place":"[^"]*"' <<<"$ours" | sort)
	[ "$ours" = "$theirs" ] || {
		echo "$1: the two differ: $(diff <(echo "$ours") <(echo "$theirs") | head -5)"
		return 1
	}
	[ "$(uniq -d <<<"$places" | wc -l)" -eq 0 ] || {
		echo "$1: twice: $(uniq -d <<<"$places")"
		return 1
	}
	[ "$(wc -l <<<"$places")" -ge $((2 * n)) ] || {
		echo "$1: only $(wc -l <<<"$places") of $((2 * n))"
		return 1
	}
	v check >/dev/null && t check >/dev/null || {
		echo "$1: check says: $(head -c 300 "$work/errors")"
		return 1
	}
}
code_of() { v whoami --json | sed -n 's/.*"code":"\([^"]*\)".*/\1/p'; }
synced() { # WHERE [ARGS...]: to the end, at the first try
	local where=$1 said
	shift
	said=$(v sync --json "$@")
	case $said in *'"complete":true'*) return 0 ;; esac
	echo "$where: the next sync says: $said $(head -c 300 "$work/errors")"
	return 1
}

# ---- the deeds that are killed, and what a person does after each
do_ask() { dying "$village" sync; }
after_ask() { synced "$1"; }
do_answer() {
	hub_end
	hub_begin "${shim[@]}" SHIM_UNDER="$town"
	v sync >/dev/null
	hub_end
	hub_begin X=
}
after_answer() { synced "$1"; }
by_stick() {
	local try
	for try in 1 2; do
		v pack --force "$stick/up.opc" >/dev/null && t unpack "$stick" >/dev/null &&
			t pack --force "$stick/down.opc" --to CSC >/dev/null && v unpack "$stick" >/dev/null || {
			echo "$1: by stick: $(head -c 300 "$work/errors")"
			return 1
		}
	done
}
# A new station each time: begun, asked, answered, killed somewhere; the same words join it.
do_join() {
	rm -rf "$work/third"
	token=$(t invite --area 410882103206 --name 新村 --via "http://127.0.0.1:$port")
	dying "$work/third" join "$token" --user 李四
}
after_join() {
	local place="J$n" third="$work/third" said
	said=$("$outpost" --home "$third" join "$token" --user 李四 2>&1) || case $said in
	*已*) ;; # it had joined
	*)
		echo "$1: the same words say: $said"
		return 1
		;;
	esac
	"$outpost" --home "$third" add hazard category=H0101 grade=G place="$place" text=堵塞 >/dev/null 2>"$work/errors" &&
		said=$("$outpost" --home "$third" sync --json 2>"$work/errors")
	case $said in
	*'"complete":true'*) ;;
	*)
		echo "$1: its sync says: $said $(head -c 300 "$work/errors")"
		return 1
		;;
	esac
	t list hazard place="$place" --json | grep -q "\"$place\"" || {
		echo "$1: the township lacks what it wrote"
		return 1
	}
	"$outpost" --home "$third" user list --json 2>/dev/null | grep -o '"name":"李四"' | wc -l | grep -qx 1 || {
		echo "$1: its first user is not there once"
		return 1
	}
}
do_pack() { dying "$village" pack --force "$stick/up.opc"; }
after_pack() { by_stick "$1"; }
do_unpack() {
	v pack --force "$stick/up.opc" >/dev/null
	dying "$town" unpack "$stick"
}
after_unpack() { by_stick "$1"; }
do_home() {
	v pack --force "$stick/up.opc" >/dev/null
	t unpack "$stick" >/dev/null
	t pack --force "$stick/down.opc" --to CSC >/dev/null
	dying "$village" unpack "$stick"
}
after_home() { by_stick "$1"; }

# ---- a site ends: each time from the same beginning
again() { # VILLAGE: as it was kept
	hub_end
	rm -rf "$village" "$town"
	cp -a "$work/$1" "$village"
	cp -a "$work/town.kept" "$town"
	hub_begin X=
	write_both
}
# It goes on, and what it writes then arrives as well.
goes_on() {
	synced "$1" && write_both && synced "$1" || return 1
	records "$village" | grep -q '"place":"后来"' || {
		echo "$1: what was written after the copy is gone"
		return 1
	}
}
do_renew() {
	again village.kept
	dying "$village" site renew --yes
}
after_renew() { goes_on "$1"; }
do_follow() {
	again village.kept
	v site renew --yes >/dev/null
	do_answer
}
after_follow() { goes_on "$1"; }
do_upper() {
	again village.kept
	hub_end
	dying "$town" site renew --yes
	hub_begin X=
}
after_upper() { goes_on "$1"; }
# Put back to the day before, it ends by itself.
do_put_back() {
	again village.before
	dying "$village" sync
}
after_put_back() { goes_on "$1"; }
# An old copy over the database alone: its keys know better.
do_laid_over() {
	again village.kept
	rm -f "$village"/station.db*
	cp "$work/village.before/station.db" "$village/station.db"
	dying "$village" add hazard category=H0101 grade=G place=X text=堵塞
}
after_laid_over() { goes_on "$1"; }

# A backup of the day before, with all keys: no second try, the sync comes at once.
do_restore() {
	again village.kept
	dying "$village" restore "$work/before.db"
}
after_restore() { goes_on "$1"; }

# WHAT LIMIT
try() {
	local what=$1 limit=$2 total every at bad=0 runs=0
	with_shim shim_fault SHIM_WHAT=any SHIM_HOW=kill
	rm -f "$work/count"
	write_both
	"do_$what"
	total=$(od -An -tu8 "$work/count" | tr -d ' ')
	every=$(stride "${total:-0}" "$limit")
	for ((at = 1; at <= total; at += every)); do
		[ $may = end ] && n=$written
		[ $may = end ] || write_both || bad=$((bad + 1))
		rm -f "$work/count"
		with_shim shim_fault SHIM_WHAT=any SHIM_HOW=kill SHIM_AT="$at"
		"do_$what" 2>/dev/null # which says that it was killed
		"after_$what" "$what killed at $at" && { [ $may = new ] || same "$what killed at $at"; } || bad=$((bad + 1))
		case "$may $(code_of)" in
		new' '* | stay' CSC' | end' CSC' | end' CSC2') ;;
		*)
			echo "$what killed at $at: it has become $(code_of)"
			bad=$((bad + 1))
			;;
		esac
		runs=$((runs + 1))
		[ $bad -lt 5 ] || break
	done
	[ "${total:-0}" -gt 0 ] || bad=1
	said "killed in $what" $bad "$runs runs of ${total:-0} calls"
}

"$outpost" --home "$town" init --area 410882103 --name 柏香镇 --user 镇员 >/dev/null || exit 1
port='' kept_port=''
hub_begin X=
kept_port=$port
token=$(t invite --area 410882103205 --name 测试村 --via "http://127.0.0.1:$port")
v join "$token" --user 张三 >/dev/null || cat "$work/errors"
mkdir "$stick"
write_both
synced begin && same begin
said "they sync" $? "as a beginning"

may=stay
try ask 8
try answer 6
may=new
try join 8
may=stay
synced "after the joins"
hub_end
try pack 4
try unpack 6
try home 4

hub_begin X=
synced "before the ends"
rm -rf "$work/village.before"
cp -a "$village" "$work/village.before"
v backup "$work/before.db" >/dev/null
v add hazard category=H0101 grade=G place=后来 text=堵塞 >/dev/null
synced "before the ends"
cp -a "$village" "$work/village.kept"
hub_end
cp -a "$town" "$work/town.kept"
written=$n
may=end
for what in renew follow upper put_back laid_over restore; do
	try $what 6
done
exit $result
