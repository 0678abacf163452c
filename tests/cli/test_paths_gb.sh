#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Where GB18030 is spoken, a file is opened by the bytes that were typed, and named in messages as
# people read it.
# Tests also: file_name.c
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
if [ -z "${LOCPATH:-}" ] || [ ! -d "$LOCPATH/zh_CN.GB18030" ]; then
	echo "skip paths in GB18030: no such locale"
	exit 0
fi
gb() { printf '%s' "$1" | iconv -f UTF-8 -t GB18030; }
folder=$here/$(gb 数据)
mkdir "$folder"
mkdir "$here/数据" # another one: that of who speaks UTF-8
chmod 500 "$here/数据"
village
number=$(add_hazard)
export LC_ALL=zh_CN.GB18030
there() { # NAME FILE: below the folder, under its bytes
	[ -s "$folder/$(gb "$2")" ]
	verdict "$1"
}
ends "a table is written" 0 export hazard "$folder/$(gb 隐患.csv)"
there "under the name that was typed" 隐患.csv
says "not over another one" 1 --force export hazard "$folder/$(gb 隐患.csv)"
ends "it is read" 0 import csv --kind hazard "$folder/$(gb 隐患.csv)"
printf '列\tplace\n' >"$folder/$(gb 对照)"
ends "with a map" 0 import csv --kind hazard --map "$folder/$(gb 对照)" "$folder/$(gb 隐患.csv)"
ends "one by an option with its value behind" 0 import csv --kind hazard --map="$folder/$(gb 对照)" "$folder/$(gb 隐患.csv)"
printf '{"category":"H0101","grade":"G","place":"P","text":"T"}' >"$folder/$(gb 一条.json)"
ends "a record from a file" 0 add hazard --json "$folder/$(gb 一条.json)"
ends "a backup" 0 backup "$folder/$(gb 备份.db)"
there "under its name" 备份.db
case $out in *"$(gb 备份.db)"* | *备份.db*) true ;; *) false ;; esac
verdict "which is said"
says "once" 5 "" backup "$folder/$(gb 备份.db)"
ends "it is restored" 0 restore "$folder/$(gb 备份.db)"
run restore "$folder/$(gb 没有.db)"
[ "$code" -eq 5 ]
verdict "one that is not there is none"
OUTPOST_HOME=$folder/$(gb 站点)
ends "a station in such a folder" 0 init --area 410882103 --name "$(gb 柏香镇)" --user "$(gb 李四)"
there "lies there" 站点/station.db
ends "and is restored there" 0 backup "$folder/$(gb 镇.db)"
ends "to a stick: an invitation" 0 invite --area 410882103205 --name "$(gb 王庄村)" --via "file:$here/stick"
line=$out
mkdir "$here/stick"
OUTPOST_HOME=$folder/$(gb 村)
run join "$line" --via "file:$here/stick" --user "$(gb 王五)"
OUTPOST_HOME=$folder/$(gb 站点) ends "answered" 0 unpack "$here/stick"
ends "joined" 0 join "$line" --via "file:$here/stick" --user "$(gb 王五)"
ends "a record" 0 add hazard category=H0101 grade=G place="$(gb 桥头)" text="$(gb 断)"
ends "a carry file" 0 pack "$folder/$(gb 上报.opc)"
there "under its name" 上报.opc
ends "can be looked at" 0 frame "$folder/$(gb 上报.opc)"
OUTPOST_HOME=$folder/$(gb 站点) ends "and read" 0 unpack "$folder/$(gb 上报.opc)"
mkdir "$folder/$(gb 盘)"
ends "another one" 0 pack "$folder/$(gb 盘)/up.opc"
OUTPOST_HOME=$folder/$(gb 站点) ends "a folder of them" 0 unpack "$folder/$(gb 盘)"
OUTPOST_HOME=$folder/$(gb 站点) run list hazard --json
has "it has come" 桥头
ssh-keygen -q -t ed25519 -N '' -f "$here/key" 2>/dev/null && {
	cp "$here/key.pub" "$folder/$(gb 公钥)"
	ends "a person's key" 0 user key "$(gb 王五)" "$folder/$(gb 公钥)"
}
[ -z "$(ls "$here/数据")" ]
verdict "and nothing lies in the folder of the same name in UTF-8"
chmod 700 "$here/数据"
exit $failed
