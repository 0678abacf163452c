#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The tables made of Unicode data are what their generators print: nobody has edited them by hand.
set -u
cd "$(dirname "$0")/../.." || exit 1
if [ ! -f /usr/share/unicode/EastAsianWidth.txt ]; then
	echo "skip tables unicode-data is not installed"
	exit 0
fi
made=$(mktemp) || exit 1
trap 'rm -f "$made"' EXIT
bad=0
verdict() {
	if [ "$1" -eq 0 ]; then
		echo "ok $2"
	else
		echo "not ok $2"
		bad=1
	fi
}
tests/tables/pinyin_table.sh >"$made"
cmp -s "$made" src/model/pinyin_table.c
verdict $? "pinyin_table.c is what pinyin_table.sh prints"
tests/tables/width_table.sh >"$made"
sed -n '/clang-format off/,/clang-format on/{/clang-format/d;p;}' src/base/text_width.c | cmp -s "$made"
verdict $? "text_width.c has the tables that width_table.sh prints"
exit $bad
