#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What is written twice, in English and in Chinese, says the same: headings, lists, tables and commands of the pages in
# docs/zh stand in the order of the English ones; manual pages name the same words and options; and each message that a
# page tells what to do about is one that the program has.   zh.sh [ROOT]
set -u
# shellcheck source=tests/verdict.sh
. "$(dirname "$0")/../verdict.sh"
cd "${1:-$(dirname "$0")/../..}" || exit 1

# The bones of PAGE: a line for each heading, paragraph, item, row and command. What stands behind a # or behind two blanks explains
# a command, and may be in either language, as may the word before it that says who types it.
bones() {
	awk '
	/^```/ { fenced = !fenced; next }
	!NF { prose = 0; next }
	/^#/ && !fenced { print $1; next }
	/^\|/ { print "row"; next }
	/^- / { print "item"; prose = 1; next }
	fenced && NF || /^    / {
		sub(/^ +/, "")
		if (sub(/^(upper|上级) +outpost/, "outpost")) printf "above: "
		else if (sub(/^(new|新站) +outpost/, "outpost")) printf "new: "
		else if (sub(/^(village|村) +outpost/, "outpost")) printf "village: "
		else if (sub(/^(township|乡镇) +outpost/, "outpost")) printf "township: "
		else if (sub(/^(city|市) +outpost/, "outpost")) printf "city: "
		else if (sub(/^(hub|枢纽) +outpost/, "outpost")) printf "hub: "
		else if (sub(/^(twin|备机) +outpost/, "outpost")) printf "twin: "
		sub(/ +#( .*)?$/, ""); sub(/  .*/, "")
		print "    " $0
		next
	}
	/^[^ ]/ && !prose { prose = 1; print "text" }' "$1"
}

for pair in README.md:docs/zh/README.md docs/OPERATE.md:docs/zh/OPERATE.md; do
	verdict "$(basename "${pair%:*}") says the same in both languages" \
		"$(diff <(bones "${pair%:*}") <(bones "${pair#*:}") | sed "s|^|${pair#*:}: |")"
done

# The boards: the same ones in the same order, with the same keys in the same rows.
boards() {
	awk '/^### /{ print $2 } /^\| `/ { split($0, cell, "|"); line = cell[2]; for (n = split(cell[3], part, "`"); n > 1; n--) if (n % 2 == 0) keys = part[n] " " keys; print line, keys; keys = "" }' "$1"
}
verdict "the boards of the handbook have the same keys in both languages" \
	"$(diff <(boards docs/BOARDS.md) <(sed -n '/^## 11/,$p' docs/zh/值班员手册.md | awk '{ print }' | boards /dev/stdin))"

# The words in bold and all options of a manual page, without the marks that say where a line may break.
words() {
	sed -e ':join' -e '/\\c$/{N;s/\\c\n//;b join' -e '}' -e 's/\\://g; s/\\-/-/g' "$1" |
		grep -oE '^\.B [ -~]+|--[a-z][a-z-]*' | sort
}
manuals=$(for page in docs/man/man?/*.?; do
	other=docs/man/zh_CN/${page#docs/man/}
	diff <(words "$page") <(words "$other") | sed "s|^|$other: |"
done)
verdict "manual pages name the same in both languages" "$manuals"

# A message is quoted with … for what the program puts in; the first cell of a row of the table that begins with them.
said() { # PAGE
	awk '/^\| (it says|看到) \|/ { on = 1; next } !/^\|/ { on = 0 } on && /^\| `/ { split($0, part, "`"); print part[2] }' "$1"
}
texts=$(msgcat --no-wrap --no-location config/lang/en.po 2>/dev/null |
	awk '/^msgid / { on = 1; sub(/^msgid /, "") } /^msgstr/ { on = 0 } on' |
	sed -E 's/^"(.*)"$/\1/; s/\\"/"/g; s/%[-0-9.]*(hh|h|ll|l|z)?[a-z]/…/g')
unknown=$(for page in docs/OPERATE.md docs/zh/OPERATE.md; do
	[ -f config/lang/en.po ] || continue
	[ -n "$(said "$page")" ] || echo "$page: the table of messages was not found"
	said "$page" | while IFS= read -r text; do
		grep -qF -- "$text" <<<"$texts" || echo "$page: the program never says: $text"
	done
done)
verdict "messages that OPERATE tells of" "$unknown"

# What the two pages for people at the keys quote of the screen; results of calls are codes of the county's data, heads of
# lists stand in its rules.
unknown=$(for page in docs/zh/值班员手册.md docs/zh/网格员一页纸.md; do
	[ -f "$page" ] || continue
	# shellcheck disable=SC2016 # the backquotes are meant
	grep -oE '`[^`]+`' "$page" | tr -d '`' | LC_ALL=C grep -a '[^ -~]' | grep -vE '^(outpost |这样$)' | sort -u | while IFS= read -r text; do
		grep -qF -- "$text" <<<"$texts" || grep -q "	$text	" config/codes.tsv ||
			grep -qF -- ":\"$text\":" config/rules.conf || echo "$page: no screen says: $text"
	done
done)
verdict "words that the handbook quotes" "$unknown"
exit $bad
