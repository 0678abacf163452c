#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Makes docs/home.png: the home screen of the demo's first village as the real program draws it, in Chinese, 80x24, in
# xterm on a screen that nobody sees. Needs Debian's xvfb, xterm, fonts-noto-cjk, fonts-dejavu-core, imagemagick.   picture.sh [BUILD]
set -eu
cd "$(dirname "$0")/.."
build=$(realpath "${1:-build}")
work=$(mktemp -d)
children=
the_end() {
	for child in $children; do
		kill "$child" 2>/dev/null || true
	done
	rm -rf "$work"
}
trap the_end EXIT

[ -d build/locale/zh_CN.UTF-8 ] || make -s locales
"$build/outpost" demo "$work/demo" >/dev/null
mkfifo "$work/display"
Xvfb -displayfd 3 -screen 0 1200x900x24 -nolisten tcp 3>"$work/display" >/dev/null 2>&1 &
children=$!
read -r number <"$work/display"
export DISPLAY=:$number LOCPATH=$PWD/build/locale LC_ALL=zh_CN.UTF-8 OUTPOST_LANG=zh
xterm -u8 -geometry 80x24+0+0 -b 8 +sb -fa 'DejaVu Sans Mono' -fd 'Noto Sans Mono CJK SC' -fs 11 -fg '#d8d8d8' -bg '#101418' \
	-e "$build/outpost" --home "$work/demo/village1" &
children="$children $!"
window=
for _ in $(seq 100); do
	window=$(xwininfo -root -tree | sed -n 's/^ *\(0x[0-9a-f]*\) .*XTerm.*/\1/p' | head -n 1)
	[ -z "$window" ] || break
	sleep 0.1
done
sleep 3
import -window "$window" -colors 32 -strip PNG8:docs/home.png
echo "docs/home.png: $(identify -format '%wx%h, %b' docs/home.png)"
