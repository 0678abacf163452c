#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A photo with a hazard: attached, sent behind it over HTTP past a hub that is killed in the middle, proven by its hash, and
# written out at the township; over a slow way only when somebody says so; on a stick.
# Tests also: cmd_attach.c attach.c files.c
# Covers: M6 M7 M55
# shellcheck source=tests/sync/net.sh
. "$(dirname "$0")/net.sh"

# NAME CODE TEXT STATION ARGS...: ends with that code, and says TEXT.
says() {
	local name=$1 wanted=$2 text=$3
	shift 3
	at "$@"
	case $err in *"$text"*) [ "$code" -eq "$wanted" ] ;; *) false ;; esac
	verdict "$name"
}

"$outpost" --home "$here/town" init --area 410882103 --name 柏香镇 --user 镇员 >/dev/null
hub town
enrol village 410882103205 王庄村 "$url" town
hazard village
head -c 150000 /dev/urandom >"$here/IMG_0712.bin"
{ printf '\377\330\377' && head -c 2000 /dev/urandom; } >"$here/small.jpg"
head -c 210000 /dev/urandom >"$here/large.jpg"

# What is refused has no effect.
says "too large" 5 照片压小 village attach "$number" "$here/large.jpg"
: >"$here/empty.jpg"
says "nothing in it" 5 空的 village attach "$number" "$here/empty.jpg"
mkfifo "$here/pipe.jpg"
ends "a pipe is not waited for" 5 village attach "$number" "$here/pipe.jpg"
ends "no such file" 6 village attach "$number" "$here/nowhere.jpg"
ends "no such record" 6 village attach ZZ-99999 "$here/small.jpg"
tip=$("$outpost" --home "$here/village" add tip subject=有人偷采 mode=secret)
says "what may go down to nobody has none" 5 不能带附件 village attach "$tip" "$here/small.jpg"
ends "nothing was written" 0 village attachment --json
[ "$out" = "[]" ]
verdict "no attachment is there"
[ ! -e "$here/village/files" ] || [ -z "$(ls "$here/village/files")" ]
verdict "and no bytes"

ends "attached" 0 village attach "$number" "$here/IMG_0712.bin" --thumb "$here/small.jpg" --send
photo=$out
at village attachment list "$number" --json
has "its name, without the folder" '"name":"IMG_0712.bin"'
has "what it is, by its bytes" '"type":"image/jpeg"'
has "here alone" '"state":"here","whole":true'
[ "$(find "$here/village/files" -type f -perm 600 | wc -l)" -eq 2 ]
verdict "its bytes are the owner's alone"
"$outpost" --home "$here/village" attach "$number" "$here/IMG_0712.bin" --send >/dev/null
[ "$(find "$here/village/files" -type f | wc -l)" -eq 2 ]
verdict "the same bytes lie here once"

# The hub dies again and again while the photo goes up: what came stays, and it goes on behind it.
for try in $(seq 40); do
	"$outpost" --home "$here/village" sync --via "$url" >/dev/null 2>&1 &
	sync=$!
	sleep "0.0$((try % 7))"
	kill -9 "$hub" && wait "$hub" 2>/dev/null
	wait "$sync"
	hub town "${url##*:}"
	at town attachment --json
	case $out in *'"name":"IMG_0712.bin"'*'"whole":true'*) break ;; esac
done
for _ in 1 2 3; do at village sync --via "$url"; done
at town attachment list --json
lacks "all of it is there" '"whole":false'
has "the township says so" '"state":"town"'
[ "$(find "$here/town/files" -name '*.part' | wc -l)" -eq 0 ]
verdict "nothing half is left"
at village attachment list "$number" --json
has "the village hears so, proven" '"name":"IMG_0712.bin","type":"application/octet-stream","size":150000'
lacks "of all" '"state":"here"'
townphoto=$("$outpost" --home "$here/town" attachment --json | sed -n 's/.*"number":"\([^"]*\)","about":"[^"]*","name":"IMG_0712.bin".*/\1/p' | head -1)
ends "written out" 0 town attachment get "$townphoto" "$here/copy.jpg"
cmp -s "$here/copy.jpg" "$here/IMG_0712.bin"
verdict "as it was attached"
"$outpost" --home "$here/town" attachment get "$townphoto" >"$here/copy2.jpg"
cmp -s "$here/copy2.jpg" "$here/IMG_0712.bin"
verdict "or to the standard output"
at village show "$number"
has "the record lists it" IMG_0712.bin
has "and how far it came" 镇已收到

# Over a way that was measured to be fast, and costs nothing, nobody has to say so.
head -c 1000 /dev/urandom >"$here/auto.jpg"
"$outpost" --home "$here/village" attach "$number" "$here/auto.jpg" >/dev/null
for _ in 1 2 3 4 5; do at village sync --via "$url"; done
at village attachment --json
lacks "a photo goes by itself" '"state":"here"'

# What was lost below comes back from above when it is asked for.
rm "$here"/village/files/*
at village sync --via "$url"
[ -z "$(find "$here/village/files" -type f -size +1k)" ]
verdict "nothing comes down by itself"
ends "asked for" 0 village attachment fetch "$photo"
has "it says when it comes" 下次同步时从上级取来
for _ in 1 2 3 4; do at village sync --via "$url"; done
ends "and is here" 0 village attachment get "$photo" "$here/back.jpg"
cmp -s "$here/back.jpg" "$here/IMG_0712.bin"
verdict "as it was"
ends "what is here is not asked for" 0 village attachment fetch "$photo"
has "and it says so" 本站已有
ends "what is no attachment" 5 village attachment fetch "$number"

# A broken disk is noticed before anybody looks at a wrong picture.
for file in "$here"/town/files/*; do printf 'x' | dd of="$file" bs=1 conv=notrunc 2>/dev/null; done
says "what is not what its hash says is not written out" 5 对不上 town attachment get "$townphoto" "$here/copy3.jpg"
[ ! -e "$here/copy3.jpg" ]
verdict "no file is made"

# Over a way with a price, only what somebody said yes to.
printf 'way http:// name=卫星 bytes=100000000\n' >"$here/village/outpost.conf"
head -c 3000 /dev/urandom >"$here/plan.pdf"
slow=$("$outpost" --home "$here/village" attach "$number" "$here/plan.pdf")
at village sync --via "$url"
at village attachment list --json
has "it waits" "\"number\":\"$slow\",\"about\":\"$number\",\"name\":\"plan.pdf\",\"type\":\"application/octet-stream\",\"size\":3000"
has "here" '"state":"here"'
ends "somebody says yes" 0 village attachment send "$slow"
for _ in 1 2; do at village sync --via "$url"; done
at village attachment list --json
lacks "it has gone" '"state":"here"'

# By stick.
head -c 90000 /dev/urandom >"$here/stick.jpg"
"$outpost" --home "$here/village" attach "$number" "$here/stick.jpg" >/dev/null
ends "packed" 0 village pack "$here/up.opc"
ends "unpacked" 0 town unpack "$here/up.opc"
at town attachment --json
has "it is whole" '"name":"stick.jpg","type":"application/octet-stream","size":90000'
lacks "nothing is missing" '"whole":false'
"$outpost" --home "$here/town" pack "$here/down.opc" --to 王庄村 >/dev/null
"$outpost" --home "$here/village" unpack "$here/down.opc" >/dev/null
at village attachment --json
lacks "and the village knows" '"state":"here"'
ends "the store is sound" 0 town check
[ -n "$photo" ]
verdict "a number was printed"
exit $failed
