#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Writes the small seeds of the fuzzers into tests/fuzz/NAME/ (they are in the repository; this
# makes them again). Binary seeds are written as printf escapes to stay readable.
set -eu
cd "$(dirname "$0")"
seed() { # NAME FILE PRINTF-TEXT
	mkdir -p "$1"
	# shellcheck disable=SC2059 # the text is the format
	printf "$3" >"$1/$2"
}
seed conf plain 'name value\n# note\ntown "two words"\n'
seed conf table '#: a b c\n1\t2\t3\n名\t\t值\n'
seed conf broken 'name "open\n\t\t\n\\\n'
seed office household '\x00花名册,,,,\n户 主,人口（人）,电话*,重点人员,最近核对,房屋\n甲　乙,3.5万,13800000001（爱人）/0391-5612345,五保户、无,2026.7.14,砖混结构\n合计,4,,,46217,\n'
seed office supply '\x01"物资\n名称";规格/型号;数量(台);有效期\n="001";3;1，234;Aug-27\n填表人：甲;;;\n'
seed office enterprise '\x02企业名称\t信用代码\t燃气报警器\t职工人数\n甲\t4.10882E+14\t√\t约十二人\n'
seed office hazard '\x03类别,等级,地点,情况,发现时间,资金（元）\nhedao,一般,#REF!,一\n,昨天 7:05,12000元\n'
seed spoken said '26540 17600 46571 27500 43401\n17967 31148 70024 98595 97543\n10312 75795 92380 03842 22356\n41109 97047 49867 11103 26231\n72817 19087 40992 92896 07963\n76084 22624 10789 38155 85226\n87073 61081 08009 05058 98278\n25315\n'
seed text hanzi '隐患：滑坡，3组以东 50m…\n'
seed text escape 'a\033[31mred\033[0m\xe2\x80\xaeback\xef\xbb\xbf\r\n'
seed text broken '\xed\xa0\x80\xf4\x90\x80\x80\xc0\xaf\xe9\x9a'
seed text gb '\xd2\xfe\xbb\xbc\x95\x32\x82\x36'
seed text wide '𠮷 ① ° “引” ℃ 👨‍👩‍👧'
seed value text '\x00排水沟堵塞'
seed value num '\x02-12'
seed value dec '\x03 12.345'
seed value date '\x0702-29'
seed value date2 '\x072027-08'
seed value time '\x08昨天 22:10'
seed value phone '\x09+86 139-1234-5678'
seed value area '\x0b4108821032'
seed value areas '\x0c410882,4108'
seed value separators '\x06;, ;'
seed json object '{"kind":"hazard","ref":"a-1","fields":{"place":"\\u6e20","n":-1.5e3,"ok":true,"x":null}}'
seed json step '{"step":"assign","of":"a-1","at":"2026-07-14T06:33:32+08:00","list":[1,[2,[3]]]}'
seed json broken '{"a":"\\ud800","a":01}'
seed cap alert '<?xml version="1.0" encoding="UTF-8"?><alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>41088241600000_20260714063332</identifier><sender>410882</sender><sent>2026-07-14T06:33:32+08:00</sent><status>Actual</status><msgType>Alert</msgType><scope>Public</scope><info><language>zh-CN</language><event>暴雨</event><eventType>11B03</eventType><severity>Severe</severity><expires>2026-07-14T12:33:32+08:00</expires><headline>暴雨橙色预警</headline><area><areaDesc>沁阳市</areaDesc><geocode><valueName>GB</valueName><value>410882</value></geocode></area></info></alert>'
seed cap cancel '<alert xmlns="urn:oasis:names:tc:emergency:cap:1.1"><identifier>b</identifier><sender>s</sender><sent>2026-07-14T06:33:32-00:00</sent><status>Test</status><msgType>Cancel</msgType><references>s,a,2026-07-14T05:33:32-00:00</references></alert>'
seed cap feed '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:cap="urn:oasis:names:tc:emergency:cap:1.1"><entry><id>x</id><updated>2026-07-14T06:33:32-04:00</updated><title>Flood Watch</title><cap:event>Flood Watch</cap:event><cap:severity>Moderate</cap:severity><cap:status>Actual</cap:status></entry></feed>'
seed cap entity '<!DOCTYPE a [<!ENTITY b "c">]><alert>&b;</alert>'
seed keys arrows '\033[A\033OB\033[5~\033[3~\x7f\t\r'
seed keys hanzi '隐患\xe9\x9a'
seed keys paste '\033[200~text\033[201~\033[<0;1;1M\033[0n'
seed keys escape '\033\033\033[1;5A\033[999999999999m'
# The seeds of op/ are facts that op_put wrote: a hazard, its steps, edits at the same time.
seed csv plain 'name,quantity,unit\r\n发电机,2,台\r\n"水泵, 大","1 ""x""",台\r\n'
seed csv tabs 'a\tb\n1\t\n\n"two\nlines"\t3\n'
seed csv formula 'a;b\n=1+1;-5\n'"'"'=x;+86 139\n"open;1\n'
seed csv gb '\xb7\xa2\xb5\xe7\xbb\xfa,2\n'
seed model plain '\x00\x1f\xfe\xca\xad\x0b\x00\x05\x3a\x39\x00\x00\x02\x01\xbe\x9f\x1e\x02\x0a\xcc\x4b\x80\x01\x18\x0f\x19\x09\x00\x02\x28\x70\x68\x6f\x6e\x65\x00\x73\x69\x67\x6e\x65\x64\x00\x06\x22\xda\x0c\x20\x00\x09\x09\x11\x09\x0c\x1d\x00\x48\x30\x31\x30\x31\x00\x4d\x00\xb4\xe5\xb6\xab\xc7\xc5\xcf\xc2\x00\xbb\xa4\xb0\xb6\xb3\xe5\xbf\xd5\x00\x31\x38\x61\x9b\x68'
seed model packed '\xf4\x70\x04\xfe\xe0\xea\x50\x4b\xdf\xe5\xd9\x1c\x87\x57\x87\x0d\x94\xcf\x81\xa4\x2b\x66\x29\xd1\xb9\x31\xc5\xa0\x87\x4a\xf7\xa2\xf3\x67\x5a\x3e\x5e\x13\x91\x33\x4a\x05\x29\x7f\xcd\xea\x48\xe8\x04\xbb\x82\xbc\x32\x69\x65\x73\xde\x3d\x4f\x72\xf7\x42'
seed model columns '\x00\x1f\xfe\xca\xad\x0b\x00\x00\x00\x01\x02\x00\xbe\x9f\x1e\x01\x02\x02\x04\x08\x20\x20\x02\x00\x09\x11\x00\x09\x00\x61\x00\x62\x00\x63\x00\x01\x02\x03'
