#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Dispatch: help for every command, usage errors, no arguments, the language, a full disk.
# Tests also: start.c.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
ends "help" 0 --help
commands=$(printf '%s\n' "$out" | sed -n 's/^  \([a-z]\{1,\}\) .*/\1/p')
for command in line init invite join up add edit step list show find kinds today sync hub site pack unpack \
	import export spoken hear user whoami check rebuild backup restore frame demo book; do
	case " $(echo "$commands" | tr '\n' ' ') " in *" $command "*) true ;; *) false ;; esac
	verdict "the table has $command"
	run "$command" --help
	[ "$code" -eq 0 ] && case $out in *"outpost $command"*) true ;; *) false ;; esac
	verdict "help of $command"
done
says "no arguments, no terminal" 2 用法
says "unknown command" 2 nosuch nosuch
says "unknown option" 2 --nosuch --nosuch
ends "version" 0 --version
OUTPOST_LANG=en run --help
has "English when it is asked for" "Usage: outpost"
OUTPOST_NOW=yesterday says "a bad clock" 5 OUTPOST_NOW kinds
ends "option before the command" 0 --json kinds card
has "counts for it" '"kind":"card"'
says "no folder" 2 --home list hazard --home
says "a folder longer than any" 2 --home --home "/tmp/$(printf '%0600d' 1)" list hazard
village
"$outpost" list hazard --json >/dev/full 2>"$here/err"
[ $? -eq 1 ] && grep -q 没有写出去 "$here/err"
verdict "results that cannot be written are no success"
ends "the county's data from elsewhere" 0 --config "$here/county" kinds
mkdir "$here/county"
printf 'hazard_grade\tG\n' >"$here/county/codes.tsv"
says "a bad data file is named" 0 codes.tsv:1 --config "$here/county" kinds hazard
has "and the last good one serves" 一般

# Arguments and terminals may speak GB18030; what is kept, and what a pipe gets, is UTF-8.
if [ -n "${LOCPATH:-}" ] && [ -d "$LOCPATH/zh_CN.GB18030" ]; then
	name=$(printf '\315\365\316\345') # 王五
	number=$(LC_ALL=zh_CN.GB18030 "$outpost" add contact name="$name" "$(printf '\327\351\261\360=\264\345')")
	run show "$number" --json
	has "a GB argument is kept as UTF-8" '"name":"王五"'
	has "a GB label, too" '"group":"村"'
	LC_ALL=zh_CN.GB18030 says "bytes that are no GB18030" 5 "第 3 个参数" add contact "name=$(printf '\377\377')"
else
	echo "skip GB18030: no such locale"
fi
# A list of nothing says that it is one.
says "no way up yet" 0 "outpost up URL" up
for command in "site claims" "site returned" attachment hear; do
	# shellcheck disable=SC2086 # two words
	says "$command: none" 0 一条也没有 $command
done

# The README's first commands, as they stand there: what they print is what it says.
root=$(cd "$(dirname "$0")/../.." && pwd)
for page in README.md docs/zh/README.md; do
	export OUTPOST_HOME="$here/${page%/*}/readme"
	mkdir -p "${OUTPOST_HOME%/*}"
	# shellcheck disable=SC2016 # the backquotes are those of the page
	while IFS= read -r line; do
		words=${line%%   *}
		words=${words/alert.xml/$root/tests/data/cap/v12.xml}
		# shellcheck disable=SC2086 # the words of a command
		run ${words#outpost }
		[ "$code" -eq 0 ]
		verdict "$page: $words"
		case $line in *"grade=M "*)
			[ "$out" = "XZC-${line##* }" ]
			verdict "$page: the number that it says"
			;;
		esac
	done < <(sed -n '/^```/,/^```/{ /^outpost init/,/^```/{ /^outpost [a-z]/p } }' "$root/$page")
done
exit $failed
