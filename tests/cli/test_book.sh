#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What is printed from the tables: complete, and the committed copies are up to date.
# Covers: K08
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
cd "$(dirname "$0")/../.." || exit 1

same() {
	local file=$1
	shift
	run book "$@"
	[ "$code" -eq 0 ] && [ "$out" = "$(cat "$file")" ]
	local good=$?
	[ $good -eq 0 ] || diff <(printf '%s\n' "$out") "$file" | head -n 20
	out=
	[ $good -eq 0 ]
	verdict "$file is what \`make book\` prints"
}
same docs/BOOK.md
same config/outpost.conf conf
same docs/outpost.1 man
same config/completion/outpost.bash completion

run book
has "every field" owner_due
has "every step" lookback
run book completion
printf '%s\n' "$out" >"$here/outpost.bash"
bash -n "$here/outpost.bash"
verdict "the completion is bash"
complete_words() {
	# shellcheck disable=SC1091
	(. "$here/outpost.bash" && COMP_WORDS=("$@") && COMP_CWORD=$(($# - 1)) && _outpost && echo "${COMPREPLY[*]}")
}
[ "$(complete_words outpost reb)" = rebuild ]
verdict "completes a command"
[ "$(complete_words outpost list war)" = warning ]
verdict "completes a kind"
[ "$(complete_words outpost --home /x import ca)" = cap ]
verdict "completes behind options"
[ "$(complete_words outpost --home = /x import ca)" = cap ]
verdict "and behind --home=DIR, which bash takes for three words"
case " $(complete_words outpost list hazard --) " in *" --state "*) true ;; *) false ;; esac
verdict "completes an option"
says "unknown part" 2 用法 book nosuch
exit $failed
