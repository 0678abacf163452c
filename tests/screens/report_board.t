# Disaster reports added up: places, sum, difference, who is silent, what does not agree, and the keys that write.
# Tests also: report_load.c report_page.c report_words.c losses.c losses_doubt.c losses_write.c
# Covers: B01 B02 W13.2 W13.3 W13.7
now 2026-11-29T05:38:00+08:00
seed init --area 410882103 --name 柏香镇 --user 张秀兰
seed user add 秦国庆
seed --user 秦国庆 add report event=D01 stage=first time=05:08 at=05:12 affected=42 dead=0 missing=0 moved=6 houses_collapsed=0 houses_damaged=0 area=410882103201
seed add report event=D01 stage=first time=04:58 at=05:38 affected=37 dead=0 missing=0 moved=0 houses_damaged=1 crop_ha=3.2 area=410882103205
seed add report event=D01 stage=first time=05:00 at=05:15 affected=118 dead=0 missing=0 moved=86 resettled=41 houses_collapsed=0 houses_damaged=3 crop_ha=19.5 loss_wan=26 area=410882103203
seed add report event=D01 stage=first time=04:58 at=05:20 affected=197 dead=0 missing=0 moved=92 resettled=44 houses_damaged=4 crop_ha=22.7 loss_wan=31
seed add incident event=11B03 place=村西坡脚 text=塌方埋2人 dead=2 at=05:30 area=410882103201
seed add report event=D01 stage=zero at=05:25 area=410882103207

case the table, the sum, the difference
keys B
most 1300
screen
|*
|04:58起  下份续1 06:50前
|村              受灾  死亡 失踪 受伤 转移 安置 需救 倒房 损房 农田ha 损失万
|昨日24时        .     .    .    .    .    .    .    .    .    .      .
|乡镇 初报 05:20 197   0    0    .    92   44   .    .    4    22.7   31
|合计 现在       197   0    0    .    92   41   .    0    4    22.7   26
|差                                        -3                         -5
|> 广韩村 初报   118   0    0    .    86   41   .    0    3    19.5   26
|  柏香二~ 初报  42    0    0    .    6    .    .    0    0    .      .
|  西彰村 初报   37    0    0    .    0    .    .    .    1    3.2    .
|
|
|
|
|
|
|
|
|零报告1 没报58: 柏香一街村 柏香三街村 高村 后城村 东司马村 西司马村 西宜作村 东~
|核对 柏香二街村：05:30接报"塌方埋2人"死亡2，灾情里死亡0
|核对 安置：本级报44 在所0 下级报41
|迟报 西彰村初报迟10分(限05:28)
|
|1初报 2续报 3核报 4汇总 0零报 r催问 l各次 e更正 p公文 v全部 ? 帮助  q 返回

case a sum that is older than a report may be says up to when it counts
only cells
keys B
has 合计 现在
wait 5460
has 合计 数到05:38  197

case merged: fewer wants a reason, and it says what went in
keys B 4
has 比上次少，写明原因：
keys "核减重复" enter
has 汇总3处报沁阳市：受灾197 死亡0
keys y
has 已汇总
has 乡镇 续1 05:38  197
lacks 差 
keys l
lacks 汇总3处

case a report that came after the merged one is named
keys B 4 "核减重复" enter
keys y
seed add report event=D01 stage=follow serial=1 affected=50 dead=0 missing=0 moved=6 area=410882103205
has 核对 西彰村：续1没有汇总进来，按4重新汇总
has 差              +13
has 西彰村 续1    50

case the silent are asked once
keys B r
has 催没报的58处报灾情：按 y 催
keys y
has 已下指令催58处报灾情
has 柏香一街村(催)
keys v G
has 零报告 05:25
keys k
has 没报，已催 05:38
keys A "指令" enter
has 报灾情：没有的报

case a zero report after losses is no "all well"; it is an answer, and home has the same silent
seed add response event=11B03 level=3
seed add report event=D01 stage=zero at=05:30 area=410882103205
keys B
has 零报告1 没报58
keys h
has 已报4 没报58

case one from before the event is counted, and its place is asked of the event
seed add report event=D01 stage=zero at=02:00 area=410882103206
keys B
has 零报告2(灾前1) 没报57
keys r
has 催没报的58处报灾情

case what does not agree is asked, and the report goes back
keys B j r
has 问：接报"塌方埋2人"死亡2，灾情里死亡0
keys enter
has 已退回，问了
has 柏香二~ 初报!
keys enter
has 接报"塌方埋2人"死亡2

case several first reports of one place are named
seed add report event=D01 stage=first time=05:00 at=05:30 affected=120 dead=0 missing=0 moved=86 resettled=41 area=410882103203
keys B
has 核对 广韩村：同一场报了几份初报：BXZ-24 BXZ-48
keys r
has 问：同一场报了几份初报：BXZ-24 BXZ-48

case each version, and what differs
seed add report event=D01 stage=follow serial=1 affected=130 dead=0 missing=0 moved=92 resettled=41 houses_collapsed=0 houses_damaged=3 crop_ha=19.5 loss_wan=26 area=410882103203
keys B l
has 灾情 洪涝 广韩村
has > 05:38 续1
has 受灾118->130 转移86->92
has 05:15 初报
keys l
has 灾情 洪涝 柏香镇

case nothing happened
now 2026-12-29T08:00:00+08:00
keys B
has 今天还没有报。0 报平安
keys 0
has 零报告 柏香镇 平安，没有变化：按 y 报
keys y
has 零报告已保存

case who said yesterday that all was well is known to have had nothing
seed add report event=D01 stage=zero at=2026-11-28T18:00
only cells
keys B
has 昨日24时        0     0    0

case on a small terminal
size 12 40
keys B
most 540
screen
|*
|04:58起  下份续1 06:50前
|村            受灾  死亡 失踪 转移 倒房
|乡镇 初报     197   0    0    92   .
|合计 现在     197   0    0    92   0
|> 广韩村 初报 118   0    0    86   0
|  柏香~ 初报  42    0    0    6    0
|  西彰村 初报 37    0    0    0    .
|零报告1 没报58: 柏香一街村 柏香三街村 ~
|核对 柏香二街村：05:30接报"塌方埋2人"死~
|
|1初报2续报3核报4汇0零r催l各e更p公v全? q

case what keys cost on the line
keys B
keys j
most 40
keys 4
has 比上次少
most 120
keys "核减" enter
has 汇总3处
keys y
most 120
keys r
has 问：
most 200
