#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What is printed from the tables: complete, and the committed copies are up to date.
# Tests also: manual.c formats.c roff.c
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
for page in docs/man/man?/*; do
	name=${page##*/}
	same "docs/man/zh_CN/${page#docs/man/}" man "${name%.*}"
	OUTPOST_LANG=en same "$page" man "${name%.*}"
done

run book
has "every field" owner_due
has "every step" lookback
# Each option that a program tells of stands in its page, each word of the grammar in that of the rules.
in_page() {
	sed 's/\\//g' "$1" | grep -qF -- "$2" || {
		echo "$1: no $2"
		false
	}
}
for page in man1/outpost.1 man1/outpost-sync.1 man8/outpost-hub.8; do
	program=${page##*/}
	good=0
	for option in $("$OUTPOST_BUILD/${program%.*}" --help | grep -oE -- '--[a-z][a-z-]*' | sort -u); do
		in_page "docs/man/$page" "$option" && in_page "docs/man/zh_CN/$page" "$option" || good=1
	done
	[ $good -eq 0 ] && [ -n "$option" ]
	verdict "every option of ${program%.*} is in its page"
done
good=0
for word in limit pin off $(sed -n 's/^\t{"\([a-z]*\)", RULE_.*/\1/p' src/model/rules/rules_load.c); do
	in_page docs/man/man5/rules.conf.5 ".B $word" && in_page docs/man/zh_CN/man5/rules.conf.5 ".B $word" || good=1
done
[ $good -eq 0 ] && [ -n "$word" ]
verdict "every word of rules.conf is in rules.conf(5)"
good=0
for word in name hours bytes minutes lanes cost; do
	in_page docs/man/man5/outpost.conf.5 ".B $word" && in_page docs/man/zh_CN/man5/outpost.conf.5 ".B $word" || good=1
done
[ $good -eq 0 ]
verdict "every word of a way is in outpost.conf(5)"
good=0
for word in may pin limit right; do
	in_page docs/man/man5/roles.conf.5 ".B $word" || good=1
done
[ $good -eq 0 ]
verdict "every word of roles.conf is in roles.conf(5)"

# The pages as man and mandoc see them.
if command -v man >/dev/null; then
	for page in docs/man/man?/* docs/man/zh_CN/man?/*; do
		# groff 1.23 has no Chinese names for sections, and would like to stretch a line that has no blanks.
		! MANWIDTH=80 MANROFFOPT='' man --warnings -l "$page" 2>&1 >/dev/null | grep -vE "'an.section[0-9]' not defined|cannot adjust line"
		verdict "man is content with $page"
	done
else
	echo "skip man --warnings: man-db is not installed"
fi
if command -v mandoc >/dev/null; then
	! mandoc -Tlint -W warning docs/man/man?/* docs/man/zh_CN/man?/* | grep .
	verdict "mandoc is content with all pages"
	# Long lines of the source are a matter of style; a hanzi counts as eight bytes there.
	! mandoc -Tlint docs/man/man1/* docs/man/man5/[!r]* docs/man/man8/* | grep .
	verdict "and with the style of those in English"
else
	echo "skip mandoc: it is not installed"
fi
says "a page that is not there" 2 用法 book man nosuch
says "unknown part" 2 用法 book nosuch
exit $failed
