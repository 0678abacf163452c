#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# English: nothing Chinese but what people typed; pinyin where the terminal has no hanzi; and it is
# found where `make install` puts it.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
cd "$(dirname "$0")/../.." || exit 1
export OUTPOST_LANG=en LC_ALL=C.UTF-8

# NAME: neither hanzi nor their punctuation in the last output. Units are their own codes.
english() {
	! printf '%s\n%s\n' "$out" "$err" | grep -v '^unit ' | grep -P '[\x{3000}-\x{9fff}\x{ff00}-\x{ffef}]'
	verdict "$1"
}

run --help
english "the help"
commands=$(printf '%s\n' "$out" | sed -n 's/^  \([a-z]\{1,\}\) .*/\1/p')
helps=
for command in $commands; do
	run "$command" --help
	helps="$helps$out$err"
done
out=$helps
english "the help of every command"
run kinds
english "the kinds"
kinds=$(printf '%s\n' "$out" | awk 'NR > 1 { print $1 }')
all=
for kind in $kinds; do
	run kinds "$kind"
	all="$all$out
"
done
out=$all
english "fields, states, steps and codes of every kind"
run book man
english "the manual page"
run book conf
english "the settings"

ends "a station" 0 init --area 410882103 --name Baixiang --user Zhang
english "what init says"
ends "a hazard" 0 add hazard category=H0101 place="North dike" text="Crack of 3 cm" grade=M
number=$(printf '%s\n' "$out" | head -n 1)
run show "$number" --history
has "is shown" "North dike"
# The place of a record is a name from the county's list.
out=$(printf '%s\n' "$out" | sed 's/柏香镇//g')
english "a record and its history"
run today
out=$(printf '%s\n' "$out" | sed 's/柏香镇//g')
has "is to be assigned" "within 1 hour"
english "what is to be done"
for line in "show XX-9" "step $number close" "add hazard" "add hazard category=ZZ" "edit $number grade=Q" \
	"edit $number found_at=2026-02-31" "list nosuch" "list hazard --state nosuch" "nosuch" "import csv nosuch.csv" \
	"import cap /dev/null" "--home /nonexistent/x today" "user off Nobody" "restore nosuch" "export nosuch"; do
	# shellcheck disable=SC2086
	run $line
	[ "$code" -ne 0 ] && [ -n "$err" ]
	verdict "refused: $line"
	english "in English: $line"
done

# A terminal of the plain C locale has no hanzi.
run add point name=北坡崖头 type=landslide
number=$(printf '%s\n' "$out" | head -n 1)
on_c() {
	out=$(env -u LC_ALL -u OUTPOST_LANG LANG=C TERM=xterm script -qec "'$outpost' $1" /dev/null </dev/null | tr -d '\r')
}
on_c "show $number"
has "pinyin on a terminal without hanzi" "Bei Po Ya Tou"
! printf '%s' "$out" | LC_ALL=C grep -q '[^ -~]'
verdict "and nothing but ASCII"
on_c "list --help"
! printf '%s' "$out" | LC_ALL=C grep -q '[^ -~]'
verdict "the help too"
run show "$number"
has "hanzi in a file" 北坡崖头

# Installed: everything in its place, and the program finds it. With the prefix that it was built for: another would
# link the programs anew under the feet of the tests beside this one.
variant=$(basename "$OUTPOST_BUILD")
[ "$variant" != build ] || variant=
env -u MAKEFLAGS -u MAKELEVEL make -s install VARIANT="$variant" DESTDIR="$here/root" >"$here/install" 2>&1
verdict "make install"
for file in bin/outpost share/man/man1/outpost.1 share/man/zh_CN/man1/outpost.1 share/man/man8/outpost-hub.8 share/man/zh_CN/man5/rules.conf.5 share/locale/en/LC_MESSAGES/outpost.mo \
	share/outpost/config/codes.tsv share/outpost/config/rules.conf share/bash-completion/completions/outpost share/zsh/vendor-completions/_outpost; do
	[ -s "$here/root/usr/local/$file" ]
	verdict "installed $file"
done
outpost=$here/root/usr/local/bin/outpost
run --help
has "the installed program speaks English" "Usage: outpost"
OUTPOST_LANG=zh run --help
has "and Chinese" 用法
sed -i 's/river dike/river levee/' "$here/root/usr/local/share/outpost/config/codes.tsv"
run kinds hazard
has "and reads the installed codes" "river levee"

# Installed again, and taken away: what somebody has changed is never written over.
share=$here/root/usr/local/share
at_root() {
	env -u MAKEFLAGS -u MAKELEVEL make -s "$1" VARIANT="$variant" DESTDIR="$here/root" >"$here/install" 2>&1
}
touch "$share/man/man1/others.1"
at_root install
grep -q 'river levee' "$share/outpost/config/codes.tsv.county" && ! grep -q 'river levee' "$share/outpost/config/codes.tsv"
verdict "a changed file stays beside the new one"
grep -q 'codes.tsv.county.*/etc/outpost' "$here/install"
verdict "and where the county's files belong is said"
grep -q ' /usr/local/bin/outpost$' "$share/outpost/installed"
verdict "what was installed is written down, without DESTDIR"
at_root uninstall
[ "$(cd "$here/root" && find . -type f | sort)" = "./usr/local/share/man/man1/others.1
./usr/local/share/outpost/config/codes.tsv.county" ]
verdict "uninstall takes away what install put, and nothing else"
rm "$share/man/man1/others.1" "$share/outpost/config/codes.tsv.county"
! at_root uninstall && grep -q 'nothing was installed' "$here/install"
verdict "what is not installed is said"
exit $failed
