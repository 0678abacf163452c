#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# config: which folder each file comes from, and what an upgrade brought that the county's own file has not.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
cd "$(dirname "$0")/../.." || exit 1

ends "without a file of one's own" 0 config diff
has "all is as shipped" 都与随程序带的一样
run config diff --json
is "and an empty array" '[]'

# A whole copy with a limit of the county's and a row less, and a short file that only lays a row over ours.
own=$here/own
mkdir "$own"
sed -e 's/^limit policy.pin.minutes 0 .*/limit policy.pin.minutes 9/' -e '/^may R01 report,incident add/d' config/roles.conf >"$own/roles.conf"
printf '# ours\nwho callees head up\n' >"$own/rules.conf"
ends "the county's files are compared" 0 --config "$own" config diff
has "how much differs" "$own/roles.conf：随程序带的多 1 行，少 0 行，不同 1 行"
has "what ours has beside it" '  + roles.conf:'
has "what is not the same: ours" '  < roles.conf:13: limit policy.pin.minutes 0'
has "and theirs" "  > $own/roles.conf:13: limit policy.pin.minutes 9"
has "a short file leaves the rest to ours" '照随程序带的'
case $out in *'+ rules.conf'*) false ;; *) true ;; esac
verdict "which is not listed row by row"
run --config "$own" config diff --json
[ "$(python3 -c 'import json,sys
files = {f["file"]: f for f in json.load(sys.stdin)}
print(len(files), files["roles.conf"]["changed"][0]["theirs"]["text"], len(files["roles.conf"]["added"]))' <<<"$out")" = "2 limit policy.pin.minutes 9 1" ]
verdict "JSON has every row"

# What came with the new program alone: the old one had neither the row that the county keeps changed nor another.
cp -R config "$here/before"
sed -i '/^may R03 rollcall answer/d' "$here/before/roles.conf"
sed -i '/^may R03 rollcall answer/d' "$own/roles.conf"
run --config "$own" config diff --since "$here/before"
has "since then" "$own/roles.conf：随程序带的多 1 行，少 0 行，不同 0 行"
has "the new row" 'may R03 rollcall answer'
run --config "$own" config diff --since config
is "nothing is new since today" 没有新的要看
says "an old folder that is not there" 5 "$here/no" config diff --since "$here/no"
says "a part that is not there" 2 用法 config nosuch
mkdir -p "$own/cards/fire.txt"
says "what cannot be read is said" 5 cards/fire.txt --config "$own" config diff
rmdir "$own/cards/fire.txt"

# ---- file by file: --config, then the county's in /etc, then what was installed
if ! unshare -rm true 2>/dev/null; then
	echo "skip the county's folder in /etc: no namespaces here"
	exit $failed
fi
cat >"$here/as_county" <<'S'
#!/bin/bash
set -e
cp /etc/passwd /etc/group "$1"
mount -t tmpfs none /etc
cp "$1/passwd" "$1/group" /etc
mkdir /etc/outpost
shift
[ -z "$COUNTY" ] || cp "$COUNTY"/* /etc/outpost
exec "$@"
S
chmod +x "$here/as_county"
# FOLDER ARGS...: with FOLDER as /etc/outpost
as_county() {
	COUNTY=$1
	shift
	out=$(COUNTY=$COUNTY unshare -rm "$here/as_county" "$here" "$outpost" "$@" 2>"$here/err" </dev/null)
	code=$?
	err=$(cat "$here/err")
}
mkdir "$here/etc" "$here/given"
cp "$own/roles.conf" "$own/rules.conf" "$here/etc"
as_county "$here/etc" config
has "a changed file of /etc/outpost counts" '/etc/outpost/roles.conf'
case $out in *"/etc/outpost/codes.tsv"*) false ;; *) true ;; esac
verdict "and all others are the installed ones"
cp config/roles.conf "$here/given"
as_county "$here/etc" --config "$here/given" config
has "what --config names comes first" "$here/given/roles.conf"
has "and then, file by file, /etc/outpost" /etc/outpost/rules.conf
as_county "$here/etc" rules list
has "the county's row counts" $'rules.conf:2\twho callees head up'
as_county "$here/etc" --config "$here/given" config diff
has "the same is no difference" /etc/outpost/rules.conf
case $out in *roles.conf*) false ;; *) true ;; esac
verdict "of the file that counts"
exit $failed
