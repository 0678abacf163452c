#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Chinese that a reader sees goes through _() or N_(), and every such text has its English.
# Tables (.def) hold texts that N_() stands round where they are read.   words.sh [ROOT]
set -u
awk_file=$(cd "$(dirname "$0")" && pwd)/words.awk
cd "${1:-$(dirname "$0")/../..}" || exit 1
bad=0

bare=$(find src screens include -name '*.[ch]' 2>/dev/null | sort | LC_ALL=C xargs -r awk -f "$awk_file")
if [ -n "$bare" ]; then
	printf '%s\n' "$bare" | awk -F: '++n[$1] <= 5; END { for (f in n) if (n[f] > 5) print f ": and " n[f] - 5 " more" }'
	echo "not ok words in _() or N_(); data stands under a comment \"zh: why\""
	bad=1
else
	echo "ok words in _() or N_()"
fi

if [ ! -f config/lang/en.po ]; then
	echo "skip english: there is no config/lang/en.po yet"
	exit $bad
fi
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
config/lang/texts.sh >"$work/all.pot" || bad=1
report=$(msgmerge -q --no-fuzzy-matching -o "$work/en.po" config/lang/en.po "$work/all.pot" 2>&1 &&
	msgfmt -c --statistics -o /dev/null "$work/en.po" 2>&1) || bad=1
case $report in
*untranslated* | *fuzzy* | *rror*)
	echo "$report"
	msgattrib --untranslated --no-wrap "$work/en.po" 2>/dev/null | grep -a '^msgid' | head -n 20
	echo "not ok english is complete; \`make lang\` brings config/lang/en.po up to date"
	bad=1
	;;
*) echo "ok english is complete ($report)" ;;
esac
# Each act and thing has one word, the one that offices use: not these.
other=$(msgcat --no-wrap "$work/all.pot" 2>/dev/null | sed 's/放弃修改//g' | grep -aE \
	'^(msgid )?".*(下挂|哪一路|履历|请找站长|本站与我|编号头|换地方|反Tab|到期前|不能满足|钥匙在谁|放下不写|念来|底册|报到哪级|修改)')
if [ -n "$other" ]; then
	printf '%s\n' "$other"
	echo "not ok one word for one thing"
	bad=1
else
	echo "ok one word for one thing"
fi
same=$(msgattrib --no-obsolete --no-wrap config/lang/en.po | LC_ALL=C awk '
	/^msgstr / && /[\343-\351][\200-\277][\200-\277]/ { print "Chinese in the English: " $0 }')
if [ -n "$same" ]; then
	echo "$same"
	echo "not ok english is English"
	bad=1
else
	echo "ok english is English"
fi
exit $bad
