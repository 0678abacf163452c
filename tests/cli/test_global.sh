#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Options that every command has, in both forms, before and behind the command, in all three programs.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
"$outpost" --home "$here/there" init --area 410882103 --name 柏香镇 --user 秦国庆 >/dev/null
mkdir "$here/county"
printf 'hazard_grade\tG\n' >"$here/county/codes.tsv"
terminal=$outpost

# NAME TEXT PROGRAM COMMAND…: PROGRAM with the option in $option (one or two words) says TEXT on stdout or stderr,
# wherever the option stands. TEXT is what it says with it and not without.
everywhere() {
	local name=$1 text=$2 program=$3 place
	shift 3
	outpost=$OUTPOST_BUILD/$program
	run "$@"
	case $out$err in *"$text"*) false ;; *) true ;; esac
	verdict "$program: $name is what makes the difference"
	for place in before behind; do
		if [ $place = before ]; then run "${option[@]}" "$@"; else run "$@" "${option[@]}"; fi
		case $out$err in *"$text"*) true ;; *) false ;; esac
		verdict "$program: ${option[0]%%=*} $name $place $*"
	done
	outpost=$terminal
}

# Without it there is no station here; with it there is one, or none in another place.
for form in two one; do
	for name in home store; do
		if [ $form = one ]; then option=("--$name=$here/none"); else option=("--$name" "$here/none"); fi
		everywhere "$form word" "$here/none" outpost list hazard
		everywhere "$form word" "$here/none" outpost whoami --json
		everywhere "$form word" "$here/none" outpost sync --plan
		everywhere "$form word" "$here/none" outpost hub --listen=127.0.0.1:0
		everywhere "$form word" "$here/none" outpost-sync sync --plan
		everywhere "$form word" "$here/none" outpost-sync --plan
		everywhere "$form word" "$here/none" outpost-sync site list
		everywhere "$form word" "$here/none" outpost-hub hub --listen 127.0.0.1:0
		everywhere "$form word" "$here/none" outpost-hub --listen=127.0.0.1:0
	done
	if [ $form = one ]; then option=("--config=$here/county"); else option=(--config "$here/county"); fi
	everywhere "$form word" codes.tsv:1 outpost kinds hazard
	everywhere "$form word" codes.tsv:1 outpost-sync sync --plan
	everywhere "$form word" codes.tsv:1 outpost-hub --listen 127.0.0.1:0
	export OUTPOST_HOME="$here/there"
	if [ $form = one ]; then option=("--user=无此人"); else option=(--user 无此人); fi
	everywhere "$form word" 无此人 outpost add contact name=王五
	everywhere "$form word" 无此人 outpost whoami
	export OUTPOST_HOME="$here/station"
done
option=("--version")
for program in outpost outpost-sync outpost-hub; do
	everywhere "alone" "$program 0." "$program" --home "$here/there"
done
option=("--json")
export OUTPOST_HOME="$here/there"
everywhere "before or behind" '"station"' outpost whoami
everywhere "before or behind" '{' outpost invite --area 410882103205 --name 李庄 --via http://127.0.0.1:1
everywhere "before or behind" '{' outpost-sync invite --area 410882103205 --name 李庄 --via http://127.0.0.1:1
# Behind "--" there are words, whatever they look like.
says "no option behind --" 0 没有找到 find -- --home=x
exit $failed
