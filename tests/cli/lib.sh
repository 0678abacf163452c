# shellcheck shell=bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What the scripts of this folder share: a fresh station each, and cases that print "ok NAME" or
# "not ok NAME". Source it with OUTPOST_BUILD set.
set -u
# shellcheck source=tests/cases.sh
. "$(dirname "${BASH_SOURCE[0]}")/../cases.sh"
outpost=$OUTPOST_BUILD/outpost
here=$(mktemp -d) || exit 1
trap 'rm -rf "$here"' EXIT
export OUTPOST_HOME="$here/station" OUTPOST_LANG=zh
unset SSH_CONNECTION SSH_ORIGINAL_COMMAND

# Runs the program; leaves $out, $err and $code.
run() {
	out=$("$outpost" "$@" 2>"$here/err" </dev/null)
	code=$?
	err=$(cat "$here/err")
}

# NAME CODE ARGS...: the program ends with that code.
ends() {
	local name=$1 wanted=$2
	shift 2
	run "$@"
	[ "$code" -eq "$wanted" ]
	verdict "$name"
}

# NAME CODE TEXT ARGS...: and says TEXT on stderr.
says() {
	local name=$1 wanted=$2 text=$3
	shift 3
	run "$@"
	[ "$code" -eq "$wanted" ] && case $err in *"$text"*) true ;; *) false ;; esac
	verdict "$name"
}

# NAME WANTED: the last output is exactly that.
is() {
	[ "$out" = "$2" ]
	verdict "$1"
}

# A village station with one user, and a hazard's number in $hazard when asked for.
village() {
	"$outpost" init --area 410882103205 --name 王庄村 --user 张三 --post 网格员 >/dev/null || exit 1
}

add_hazard() {
	"$outpost" add hazard category=H0101 place=村部北侧 text=排水沟堵塞 grade=M "$@"
}
