# Reports of a village: thirty keys for a first one, the last figures beside, what is asked once more, and what is not taken.
# Tests also: form_checks.c form_presets.c form_clash.c zero.c
# Covers: W13.1 W13.4
now 2026-11-29T05:40:00+08:00
seed init --area 410882103205 --name 王庄村 --user 李爱国
seed add household head=史丰收 people=228

case a first report: thirty keys beside the text, and what they cost
seed add warning event=11B03 severity=yellow headline=暴雨黄色预警 expires=+6h
keys B
has 今天还没有报。0 报平安
keys 1
screen
|初报 洪涝 森林防火期 05:40                                                李爱国
|西彰村 05:40 限06:10 剩30分  空=不知
| 受灾人口                            在册228
| 因灾死亡
| 因灾失踪
| 受伤
| 紧急避险转移
| 紧急转移安置
| 需紧急生活救助
| 倒塌房屋(间)
| 损坏房屋(间)
| 农作物受灾(公顷)
| 直接经济损失(万元)
| 情况
|
|
| 需要
| 地点
| 所续报告           [选]
| 被困人口
| 中断(道路供电供水~ [选]
|
|
|回车 下一项  ^O 保存  ^X 离开  ^T 换行
keys "37" enter "0" enter "0" enter enter "12" enter "12" enter "12" enter "0" enter "1" enter "3.2" enter enter
most 400
keys "倒灌2户" ^O
has 报柏香镇：受灾37 死亡0 失踪0 转移12 安置12 需救12 倒房0 损房1 农田ha3.2
has 按 y 报，其他键不办
keys y
has 已保存
has 受灾37 死亡0 失踪0 转移12
lacks 受伤

case what was last time stands beside, and = is the same again
seed add report event=D01 stage=first time=05:10 at=05:20 affected=37 dead=0 missing=0 houses_damaged=1
keys B 2
has 西彰村 05:10  上次05:20  =同上次  空=不知
has 受灾人口                    37      在册228
has 受伤                        .
keys "=" enter "=" enter "=" enter "=" enter
has 报
keys ^O
has 报柏香镇：受灾37 死亡0 失踪0
lacks 受伤=
keys y
has 05:40 续1

case what was known last time and is left blank now is named before it goes
seed add report event=D01 stage=first time=05:10 at=05:20 affected=37 dead=0 injured=2 resettled=12
keys B 2
keys "50" enter "0" ^O
has 报柏香镇：受灾50 死亡0；空着的按上次：受伤2 安置12：按 y 报
keys y
has 已保存

case a second first report of one event is a follow-up, and who makes it a first one all the same is told
seed add report event=D01 stage=first time=05:10 at=05:20 affected=37 dead=0
keys B 1
has 续报
has 本处初报过了：WZC-8 05:20
has 上次05:20
keys ^X A "灾情报告" enter n
keys "洪涝" enter ^O
has 本处对这一场灾害已经报过

case left untouched it leaves no draft, half typed it does
keys B 1 ^X
has 今天还没有报
keys n
lacks 有草稿
keys h B 1
keys "3" enter ^X
has 草稿留着

case more dead than before
seed add report event=D01 stage=first affected=37 dead=0
keys B 2
keys "120" enter "12" enter ^O
has 死亡比上次多
has 请再打一遍
keys "12" ^O
has 报柏香镇：受灾120 死亡12：按 y 报
keys y
has 已保存

case another number is another question
seed add report event=D01 stage=first affected=37 dead=0
keys B 2
keys "120" enter "13" ^O
has 请再打一遍
keys "14" ^O
has 请再打一遍
keys "14" ^O
has 受灾120 死亡14：按 y 报

case what cannot be is not taken, and nothing is asked
seed add report event=D01 stage=first affected=37 dead=0
keys B 2
keys "10" enter "12" ^O
has 死亡不能多于受灾
lacks 按 y 报

case fewer wants its reason
seed add report event=D01 stage=first affected=37 dead=0
keys B 2
keys "30" enter "0" ^O
has 写明原因
lacks 按 y 报

case a zero report is two keys
keys 0
has 零报告 王庄村 平安，没有变化：按 y 报
most 120
keys y
has 零报告已保存
keys 0 n
has 没有办

case on a small terminal
size 12 40
seed add report event=D01 stage=first time=05:10 at=05:20 affected=37 dead=0 missing=0
keys B
keys 2
most 455
screen
|续报 洪涝 森林防火期 05:40        李爱国
|西彰村 05:10  =同上次  空=不知
| 受灾人口               37      在册228
| 因灾死亡               0
| 因灾失踪               0
| 受伤                   .
| 紧急避险转移           .
| 紧急转移安置           .
| 需紧急生活救~          .
|
|
|回车 下一项  ^O 保存  ^X 离开  ^T 换行

case deaths in a first report are typed twice
seed add warning event=11B03 severity=yellow headline=暴雨黄色预警 expires=+6h
keys B
keys 1
keys "200" enter "120" enter ^O
has 初报就有死亡
has 再打一遍
