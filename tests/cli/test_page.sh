#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# page: numbers are those of lists and boards, names are masked, what says the same is not written again, and a county of
# 300 villages goes through a modem.
# Tests also: cmd_page.c web_write.c web_gzip.c web_tables.c web_loss.c web_warn.c web_map.c web_put.c web_compose.c atom.c
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
export OUTPOST_NOW=2026-07-14T08:00:00+08:00
"$outpost" demo "$here/demo" >/dev/null || exit 1
OUTPOST_HOME=$here/demo/township
page=$here/page
index=$page/index.html

ends "a page" 0 page "$page"
[ "$(wc -l <<<"$out")" -eq 6 ] && [ "$(cd "$page" && echo ./*)" = "./checked.txt ./index.html ./index.html.gz ./map.geojson ./map.geojson.gz ./warnings.atom ./warnings.atom.gz" ]
verdict "three files and their packed copies, each said"
for file in index.html warnings.atom map.geojson; do
	gzip -dc "$page/$file.gz" | cmp -s - "$page/$file"
	verdict "$file.gz is $file"
done

# ---- the same numbers as elsewhere
numbers() { "$outpost" list "$@" --json | grep -o '"number"' | wc -l; }
# The cells of the row that begins with $1 in the section $2.
row() {
	sed -n "/<section id=\"$2\">/,/<\/section>/p" "$index" | grep -o "<tr><th scope=\"row\">$1</th>.*" | head -n 1 |
		sed 's/<\/tr>.*//; s/<th[^>]*>[^<]*<\/th>//g; s/<[^>]*>/ /g; s/  */ /g; s/^ //; s/ $//'
}
[ "$(row 全部 hazards)" = "$(numbers hazard) $(numbers hazard grade=G) $(numbers hazard grade=M)" ]
verdict "hazards by grade"
[ "$(row 整改中 hazards)" = "$(numbers hazard --state rectifying) $(numbers hazard --state rectifying grade=G) $(numbers hazard --state rectifying grade=M)" ]
verdict "and by state"
warning=$("$outpost" list warning --state active --json | grep -o '"number":"[^"]*"' | head -n 1 | cut -d'"' -f4)
answers=$("$outpost" answers "$warning" --json)
count=$(grep -o '"count":[0-9]*' <<<"$answers" | cut -d: -f2)
answered=$(grep -o '"answered":[0-9]*' <<<"$answers" | cut -d: -f2)
[ "$count" -gt 10 ] && grep -q "应签收 ${count}村  已签收 $answered" "$index" && grep -q "已签收 ${answered}村" "$index"
verdict "who has signed, as answers says"
sum=$("$outpost" report table | awk -F, '/合计|^.*,合计/ { print; exit }')
board=$("$outpost" report | sed -n 's/^合计现在 *//p; s/^ *合计 *现在 *//p' | head -n 1 | tr -s ' ')
# Shown as far as the board's columns go on a narrow line.
[ -n "$sum$board" ] && [ "$(row 合计 losses | cut -d' ' -f1,2)" = "$(cut -d' ' -f1,2 <<<"$board")" ]
verdict "the sum of the reports"
[ "$(row 今年桌面推演 drills | cut -d' ' -f1,2)" = "$("$outpost" count tabletop | awk '/tabletop/ { print $2, $4 == "/" ? $6 : $4; exit }')" ]
verdict "drills against the year"
overdue=$("$outpost" today --json | grep -o '"need":"overdue"' | wc -l)
grep -q "逾期 <b>$overdue</b>" "$index"
verdict "what is overdue, as today has it"
[ "$(jq -r '.features | length' "$page/map.geojson" 2>/dev/null || grep -c '"Feature"' "$page/map.geojson")" -gt 10 ]
verdict "points on the map"

# ---- names
keeper=$("$outpost" list shelter --state open --json | grep -o '"keeper":"[^"]*"' | head -n 1 | cut -d'"' -f4)
name=$("$outpost" show "$keeper" --json 2>/dev/null | grep -o '"name":"[^"]*"' | head -n 1 | cut -d'"' -f4)
[ -n "$name" ] && ! grep -q "$name" "$index" && grep -q '\*\*' "$index"
verdict "names are masked"
! grep -qE '1[3-9][0-9]{9}' "$page"/*.html "$page"/*.geojson "$page"/*.atom
verdict "no telephone number"
says "no names into the folder without names" 1 "隐去姓名" page --full "$page"
ends "with names, elsewhere" 0 page --full "$here/full"
grep -q "$name" "$here/full/index.html" && [ "$(stat -c %a "$here/full/index.html")" = 640 ] && [ "$(stat -c %a "$index")" = 644 ]
verdict "names are there, and not for everybody to read"
says "and not back" 1 "含姓名" page "$here/full"

# ---- only what changes is written
touch -d 2020-01-01 "$page"/*
ends "again" 0 page "$page"
is "nothing is said" ""
[ "$(find "$page" -newermt 2020-01-02 -type f)" = "$page/checked.txt" ]
verdict "nor written, but for when that was looked at"
[ "$(cut -c1-13 "$page/checked.txt")" = "2026-07-14 08" ] && grep -q 'href="checked.txt"' "$index"
verdict "which the page leads to"
"$outpost" add hazard category=H0101 place=堤 text=塌 grade=M lon=112.9 lat=35.1 >/dev/null || exit 1
ends "a hazard more" 0 page "$page"
[ "$(grep -c 'index.html\|map.geojson' <<<"$out")" -eq 4 ] && ! grep -q atom <<<"$out"
verdict "page and map are written, the feed is not"
rm "$page/map.geojson.gz"
mkdir "$here/bin" && printf '#!/bin/sh\nexit 1\n' >"$here/bin/gzip" && chmod +x "$here/bin/gzip"
PATH=$here/bin:$PATH says "where gzip does not work" 0 "没有写 .gz" page "$page"
[ ! -e "$page/map.geojson.gz" ]
verdict "there is no packed copy"
ends "and where it does" 0 page "$page"
[ -s "$page/map.geojson.gz" ]
verdict "the packed copy is back"
mkdir "$here/site" && echo '<html>' >"$here/site/index.html"
says "somebody's own page stays" 1 "不是 outpost page 写的" page "$here/site"
says "a station's folder is no place" 1 "站点自己的文件夹" page "$OUTPOST_HOME/backup"
ends "one folder" 2 page

# ---- 300 villages
OUTPOST_HOME=$here/county
"$outpost" init --area 410882 --name 沁阳市 >/dev/null || exit 1
areas=$(dirname "$0")/../../config/areas.tsv
for event in 11B03 11B06; do
	"$outpost" add warning event=$event severity=orange headline="沁阳市气象台发布橙色预警$event" text=大雨 \
		areas=410882 expires=2026-07-15T08:00:00+08:00 || exit 1
done >"$here/warnings"
while read -r warning; do
	awk -F'\t' -v w="$warning" '$1 ~ /^410882/ && length($1) == 12 && ++n % 3 {
		printf "{\"kind\":\"receipt\",\"ref\":\"%s-%d\",\"area\":\"%s\",\"at\":\"2026-07-14T08:%02d:00+08:00\",\"by\":\"张三\",\"fields\":{\"warning\":\"%s\",\"result\":\"signed\"}}\n",
			w, n, $1, n % 50, w }' "$areas"
done <"$here/warnings" >"$here/receipts.json"
"$outpost" import json --source try "$here/receipts.json" >/dev/null || exit 1
export OUTPOST_NOW=2026-07-14T09:00:00+08:00
ends "a county" 0 page "$here/big"
villages=$(grep -o '应签收 [0-9]*村' "$here/big/index.html" | head -n 1 | tr -dc 0-9)
size=$(stat -c %s "$here/big/index.html.gz")
echo "# $villages villages, two warnings: $size bytes"
[ "$villages" -ge 300 ] && [ "$size" -le 14336 ]
verdict "300 villages in 14 KiB"

# ---- on paper: a browser that shows it dark and in parts prints it light and whole
grep -q '@media screen and (prefers-color-scheme:dark)' "$here/big/index.html"
verdict "dark is for screens alone"
if command -v chromium >/dev/null && command -v pdftotext >/dev/null; then
	chromium --headless --no-sandbox --disable-gpu --no-pdf-header-footer --user-data-dir="$here/chromium" \
		--print-to-pdf="$here/page.pdf" "file://$here/big/index.html" >/dev/null 2>&1
	pdfinfo "$here/page.pdf" | grep -q 'A4'
	verdict "it prints on A4"
	printed=$(pdftotext "$here/page.pdf" - | tr -d ' \n')
	signed=$(sed -n 's/.*<summary>已签收 [0-9]*村<.summary>//p' "$here/big/index.html" | head -n 1 | sed 's/<[^>]*>//g' | grep -o '[^ 0-9]*村' | head -n 1)
	[ -n "$signed" ] && [[ $printed == *"$signed"* ]]
	verdict "with who has signed, which is folded on a screen"
else
	echo "skip paper: chromium or pdftotext is not there"
fi
exit "$failed"
