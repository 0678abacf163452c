#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A village and its township that never meet on a network: joined by two files, facts by stick,
# receipts by stick.
# Tests also: sync_frame.c.
# Covers: W15.5
# shellcheck source=tests/sync/net.sh
. "$(dirname "$0")/net.sh"
stick=$here/stick
mkdir "$stick"

"$outpost" --home "$here/town" init --area 410882103 --name 柏香镇 --user 镇员 >/dev/null
token=$("$outpost" --home "$here/town" invite --area 410882103205 --name 王庄村)
ends "no way in the invitation" 3 village join "$token" --user 张三
ends "the question is on the stick" 3 village join "$token" --via "file:$stick"
ends "the township answers it" 0 town unpack "$stick" --json
has "one" '"answered":1'
ends "the village has joined" 0 village join "$token" --via "file:$stick"
has "the township" "柏香镇"
ends "twice changes nothing" 0 town unpack "$stick" --json

hazard village
first=$number
ends "packed" 0 village pack "$here/up.opc" --json
has "the hazard and its author" '"facts":2,'
at village sync --plan --json
has "it stays queued" '"loop":{"facts":1,'
ends "unpacked" 0 town unpack "$here/up.opc" --json
has "both are new" '"fresh":2'
ends "and again" 0 town unpack "$here/up.opc" --json
has "nothing is new" '"fresh":0'
at town list hazard --json
has "the township has it" "$first"
at village show "$first" --json
has "nothing is proven yet" '"reached":["station"]'
"$outpost" --home "$here/town" step "$first" assign track=owner owner_due=2030-01-01 >/dev/null 2>&1
says "a carry file of another station stays" 1 up.opc town pack "$here/up.opc" --to 王庄村 --force
ends "the way back" 0 town pack "$here/down.opc" --to 王庄村
ends "packed anew it takes its old place" 0 town pack "$here/down.opc" --to 王庄村
echo notes >"$here/notes"
says "another file only when asked for" 1 --force town pack "$here/notes" --to 王庄村
ends "which it is" 0 town pack "$here/notes" --to 王庄村 --force
ends "taken" 0 village unpack "$here/down.opc"
at village show "$first" --json
has "now it is proven" '"reached":["station","township"]'
has "the step from above is here" '"step":"assign"'
at village sync --plan --json
has "nothing waits" '"loop":{"facts":0,'

# Receipts for what comes down: nothing is carried twice once they are back.
ends "down again, without a receipt" 0 town pack "$here/again.opc" --to 王庄村 --json
lacks "all of it" '"facts":0,'
"$outpost" --home "$here/village" pack "$here/receipt.opc" >/dev/null
ends "the receipt" 0 town unpack "$here/receipt.opc"
ends "down after it" 0 town pack "$here/none.opc" --to 王庄村 --json
has "nothing more" '"facts":0,'
ends "an old file does no harm" 0 village unpack "$here/down.opc" --json
has "nothing is new there" '"fresh":0'

ends "frames can be looked at" 0 town frame "$here/up.opc"
has "whose it is" '"name":"王庄村"'
has "what it is" '"message":"carry"'
has "what is in it" '"kind":"hazard"'
has "its dictionary" '"dictionary_hash":"'
ends "what it weighs" 0 town frame --weight "$here/up.opc"
has "in all" '"weight":"all"'
has "a field of a kind" '"weight":"hazard.place"'
lacks "not its contents" '"kind":"hazard"'
ends "by who made it, too" 0 village frame "$here/up.opc"
has "with its contents" '"kind":"hazard"'

"$outpost" --home "$here/other" init --area 410882103206 --name 李庄村 --user 李四 >/dev/null
ends "for another station" 4 other unpack "$here/down.opc"
ends "and closed to it" 0 other frame "$here/down.opc"
has "the head alone" '"opened":false'
lacks "no content" '"kind"'
ends "not joined" 1 other pack "$here/x.opc"

hazard village 沟口
"$outpost" --home "$here/village" pack "$here/up2.opc" >/dev/null
size=$(stat -c %s "$here/up2.opc")
head -c $((size - 1)) "$here/up2.opc" >"$here/short.opc"
ends "cut short" 5 town unpack "$here/short.opc"
byte=$(tail -c 9 "$here/up2.opc" | head -c 1 | od -An -tu1)
{ head -c $((size - 9)) "$here/up2.opc"; printf "\\$(printf %o $((255 - byte)))"; tail -c 8 "$here/up2.opc"; } >"$here/flip.opc"
ends "a byte changed" 4 town unpack "$here/flip.opc"
ln -s "$here/up2.opc" "$here/link.opc"
ends "a link" 5 town unpack "$here/link.opc"
mkfifo "$here/pipe.opc"
ends "a pipe" 5 town unpack "$here/pipe.opc"
printf 'OPC1' >"$here/tiny.opc"
ends "no file of ours" 5 town unpack "$here/tiny.opc"
at town list hazard --json
lacks "nothing of all that is there" 沟口

# The same by a folder as a way: each puts and takes what is for it.
rm -f "$stick"/*
cp "$here/flip.opc" "$stick/flip.opc"
ends "put on the stick" 3 village sync --via "file:$stick" --json
has "one waits" '"loop":1'
ends "the township takes what is good" 4 town unpack "$stick" --json
has "and counts what is bad" '"bad":1'
rm "$stick/flip.opc"
at town list hazard --json
has "it came through" 沟口
ends "its answer" 0 town pack "$stick/to-village.opc" --to 王庄村
ends "fetched" 0 village sync --via "file:$stick" --json
has "complete" '"complete":true'
has "over the folder" '"via":"file"'

ends "revoked" 0 town site revoke 王庄村
hazard village 坝上
"$outpost" --home "$here/village" pack "$here/late.opc" >/dev/null
ends "by stick, too" 4 town unpack "$here/late.opc"
exit $failed
