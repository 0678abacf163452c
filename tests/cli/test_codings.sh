#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Tables and alerts in codings that are not read here are refused by name, whatever they declare; what
# offices write in GB18030 is taken.
# Tests also: charset.c text_likely.c text_common.c
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
village
table() { # CODING TEXT: a table of contacts in it
	printf 'name,duty,org\n%s\n' "$2" | iconv -f UTF-8 -t "$1" >"$here/table.csv"
}
count() { "$outpost" list contact --json | grep -o '"number"' | wc -l; }
refused() { # NAME CODING TEXT
	local before
	before=$(count)
	table "$2" "$3"
	says "$1" 5 "$4" import csv --kind contact "$here/table.csv"
	[ "$(count)" -eq "$before" ]
	verdict "$1: nothing is stored"
}
taken() { # NAME TEXT
	local before
	before=$(count)
	table GB18030 "$2"
	ends "$1" 0 import csv --kind contact "$here/table.csv"
	[ "$(count)" -gt "$before" ]
	verdict "$1: it is there"
}
refused "Korean" EUC-KR '김철수,재난안전과 주무관,서울특별시 강남구 역삼동
박영희,읍장,부산광역시 해운대구' EUC-KR
refused "Korean sentences" EUC-KR '이장,호우로 인해 하천이 범람하고 주택이 침수되었습니다,주민들은 대피소로 이동하였다' EUC-KR
refused "Japanese with kana" EUC-JP '鈴木一郎,大雨により河川が氾濫し、住宅が浸水しました,千代田区役所' EUC-JP
refused "Japanese names and places" EUC-JP '高橋健二,町内会会長,千葉県船橋市本町
田中太郎,消防署長,埼玉県川口市
佐藤花子,防災課,大阪市北区梅田' EUC-JP
refused "Traditional Chinese" BIG5 '陳大文,里長,臺北市大安區公所
林小華,防災科,新北市板橋區' Big5
refused "French" ISO-8859-1 'René Lefèvre,maire adjoint,Préfecture du Rhône' Latin-1
refused "a degree sign" ISO-8859-1 'sensor,25°C and more,hall' Latin-1
refused "a micro sign, and a square" ISO-8859-1 'probe,10 µg a m²,hall' Latin-1
refused "German" ISO-8859-1 'Jürgen Groß,Bürgermeister,Stadt Köln' Latin-1
refused "Russian" WINDOWS-1251 'Иванов Пётр,глава администрации,Тверская область' Windows-1251
refused "Russian of another coding" KOI8-R 'Иванов Пётр,глава администрации,Тверская область' 第

taken "a village's people" '秦国庆,网格员,西彰村二组
闫鑫淼,河长,柏香镇'
taken "rare names alone" '闫鑫淼,网格员,鄢陵县
尉迟昱晟,组长,淇滨区'
taken "one word" '甲,丁,戊'
taken "minorities' counties" '阿依古丽,村医,酉阳土家族苗族自治县
扎西次仁,组长,察隅县'
taken "traditional names" '張國榮,鎮長,龍門鎮
陳慶雲,主任,衛生院'
taken "a name beyond GB 2312" '朱镕基,组长,㙍村
陶喆,组长,墘头村'
taken "signs" '王伟,①级响应，≥50㎜，25℃,“老桥”——西'

# ---- alerts, by what they declare
alert() { # CODING DECLARED
	printf '<?xml version="1.0" encoding="%s"?>\n<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>id-%s-%s</identifier><sender>410800</sender><sent>2026-07-14T06:00:00+08:00</sent><status>Actual</status><msgType>Alert</msgType><scope>Public</scope><info><language>zh-CN</language><category>Met</category><event>%s</event><urgency>Immediate</urgency><severity>Severe</severity><certainty>Likely</certainty><senderName>%s</senderName><headline>%s</headline><description>%s</description><area><areaDesc>%s</areaDesc><geocode><valueName>x</valueName><value>410882103205</value></geocode></area></info></alert>\n' \
		"$2" "$1" "$2" "$3" "$4" "$5" "$6" "$7" | iconv -f UTF-8 -t "$1" >"$here/alert.xml"
}
chinese=(暴雨 焦作市气象台 焦作市气象台发布暴雨橙色预警 预计未来三小时内本市将出现五十毫米以上强降水请注意防范 柏香镇)
taiwan=(大雨 中央氣象署 氣象署發布大雨特報 預計未來三小時內將有五十毫米以上豪雨請注意防範 板橋區)
korean=(호우 기상청 "호우 경보를 발령합니다" "하천이 범람하고 주택이 침수될 수 있습니다 주민은 대피하시기 바랍니다" 강남구)
japanese=(大雨 気象庁 東京都に大雨警報を発表 "河川の氾濫や住宅の浸水に注意してください" 千代田区)
for declared in GB18030 GBK gb2312; do
	alert GB18030 $declared "${chinese[@]}"
	ends "an alert in $declared" 0 import cap "$here/alert.xml"
	alert BIG5 $declared "${taiwan[@]}"
	says "Big5 that says $declared" 5 Big5 import cap "$here/alert.xml"
	alert EUC-KR $declared "${korean[@]}"
	says "Korean that says $declared" 5 EUC-KR import cap "$here/alert.xml"
	alert EUC-JP $declared "${japanese[@]}"
	says "Japanese that says $declared" 5 EUC-JP import cap "$here/alert.xml"
	alert UTF-8 $declared "${chinese[@]}"
	ends "UTF-8 that says $declared" 0 import cap "$here/alert.xml"
done
alert BIG5 BIG5 "${taiwan[@]}"
ends "Big5 that says so" 0 import cap "$here/alert.xml"
alert GB18030 BIG5 "${chinese[@]}"
ends "GB18030 that says Big5" 0 import cap "$here/alert.xml"
alert GB18030 ISO-8859-1 "${chinese[@]}"
ends "GB18030 that says Latin-1" 0 import cap "$here/alert.xml"
exit $failed
