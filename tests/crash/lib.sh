# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# What the crash tests share: a station that is made once and copied, a scenario of a few commands,
# a list of what was acknowledged, and the look afterwards whether all of it is there.
#
# The rule of all of them: what the program acknowledged (a printed number, exit code 0) is there
# when the program is started again on the same files; a check finds them sound; work goes on.
set -u
cd "$(dirname "${BASH_SOURCE[0]}")/../.." || exit 1
: "${OUTPOST_BUILD:=$PWD/build}"
outpost=${OUTPOST_PROGRAM:-$OUTPOST_BUILD/outpost}
shims=$PWD/build/tests/crash
work=$(mktemp -d /tmp/outpost-crash-XXXXXX) || exit 1
trap 'rm -rf "$work"' EXIT
home=$work/home
export OUTPOST_HOME="$home" OUTPOST_CONFIG="$PWD/config" OUTPOST_LANG=zh
result=0

if [ ! -x "$outpost" ]; then
	echo "skip $(basename "$0" .sh): there is no program \"$outpost\" yet"
	exit 0
fi

said() { # NAME COUNT-OF-BAD WHAT
	if [ "$2" -eq 0 ]; then
		echo "ok $1 ($3)"
	else
		echo "not ok $1 ($2 bad; $3)"
		result=1
	fi
}

# Some of many: every step-th, so that about two thirds of LIMIT are left; all of them in the long run.
stride() { # COUNT LIMIT
	local most=$((($2 * 2 + 2) / 3))
	if [ -n "${OUTPOST_LONG:-}" ] || [ "$1" -le "$most" ]; then
		echo 1
	else
		echo $((($1 + most - 1) / most))
	fi
}

make_station() { # DIR
	OUTPOST_HOME=$1 "$outpost" init --area 410882103205 --name 测试村 --user 张三 >"$work/init" 2>&1 || {
		cat "$work/init"
		echo "not ok a station can be made"
		exit 1
	}
}

# A fresh copy of the station, and nothing acknowledged. from=first: one that has no record yet,
# which makes the day's backup with its first one: hundreds of writes that would hide the rest.
from=station
fresh() {
	rm -rf "$home" "$work/log" "$work/count"
	cp -R "$work/$from" "$home"
	acked=()
	killed=0
	signals=0
}

# Runs the program with the shim in place (see `shim`); sets $code and $out.
shim=()
under_shim() {
	out=$(env "${shim[@]}" "$outpost" "$@" 2>"$work/errors")
	code=$?
	if [ "$code" -ge 128 ]; then
		killed=1
		[ "$code" -eq 137 ] || signals=$((signals + 1))
	fi
}
with_shim() { # SHIM NAME=VALUE...
	local name=$1
	shift
	shim=(LD_PRELOAD="$shims/$name.so" SHIM_UNDER="$home" SHIM_COUNT="$work/count" SHIM_LOG="$work/log" "$@")
}

# add, and remember its text when the number was printed
add() { # TEXT
	under_shim add hazard category=H0101 grade=G place=P0 text="$1"
	[ -n "$out" ] && acked+=("$1")
	number=$out
}
edit() { # NUMBER PLACE
	under_shim edit "$1" place="$2"
	[ "$code" -eq 0 ] && acked+=("$2")
}
step() { # NUMBER
	under_shim step "$1" assign track=owner owner=O7 owner_due=2030-01-01
	[ "$code" -eq 0 ] && acked+=("O7")
}

# What a person does in a minute; ends when the process was killed, as the power would be gone.
scenario() {
	add M1
	[ $killed = 1 ] && return
	if [ -n "$number" ]; then
		local first=$number
		edit "$first" E2
		[ $killed = 1 ] && return
		step "$first"
		[ $killed = 1 ] && return
	fi
	add M3
}

# Everything acknowledged is there, the files are sound, and work goes on. Prints what is not.
look() { # WHERE
	local list mark lost=0
	list=$("$outpost" list hazard --json 2>&1) || {
		echo "$1: the list fails: $list"
		return 1
	}
	for mark in "${acked[@]}"; do
		case $list in
		*"\"$mark\""*) ;;
		*)
			echo "$1: \"$mark\" was acknowledged and is gone"
			lost=1
			;;
		esac
	done
	"$outpost" check >"$work/check" 2>&1 || {
		echo "$1: check says: $(head -c 300 "$work/check")"
		lost=1
	}
	"$outpost" add hazard category=H0101 grade=G place=P9 text=M9 >/dev/null 2>"$work/errors" || {
		echo "$1: work cannot go on: $(head -c 300 "$work/errors")"
		lost=1
	}
	return $lost
}

# How many calls the scenario makes under the shim that is set.
calls() {
	fresh
	scenario
	od -An -tu8 "$work/count" 2>/dev/null | tr -d ' ' | grep . || echo 0
}

make_station "$work/first"
cp -R "$work/first" "$work/station"
OUTPOST_HOME=$work/station "$outpost" add hazard category=H0101 grade=G place=P0 text=M0 >/dev/null 2>&1
