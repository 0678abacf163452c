# Handing the watch over: W b y and two PINs, what is open is written by itself, nobody else signs.
# Tests also: handover_page.c
# Covers: F03 W1.1 W1.2 W1.3
now 2026-11-29T07:58:00+08:00
seed init --area 410882103 --name 柏香镇 --user 崔丽娟
seed user add 刘凤英
seed user add 史俊杰
seed add roster date=2026-11-28 desk=E officer=崔丽娟 head=张永强 leader=闫占奎
seed add roster date=2026-11-29 desk=E officer=刘凤英 head=张永强 leader=崔桂枝
seed add incident event=11B03 place=北坡 text=塌方埋2人
seed add task text=催要平安情况 due=08:00

case what the log said of the weather goes with it
seed add duty type=weather text=08-20时仍有中到大雨
keys W b
has 天气：08-20时仍有中到大雨
keys y
keys A "交接班" enter 1
has 08-20时仍有中到大雨

case three keys: what is open is written, and the taker signs when he is logged in
keys W b
has 应急席 崔丽娟 -> [1刘凤英] 2史俊杰
has 带班 闫占奎 -> 崔桂枝  值班长 张永强 -> 张永强
has 没办结2 自动写入，x 划掉要写原因
has 北坡
has 催要平安情况
has 按 y 交班；您没设口令，P 5 可设
most 740
keys y
has 已写下；刘凤英 登录后 s 签
keys y
has 已经写下了，等接班人签
user 刘凤英
cut
keys s
has 交接班
keys y
has 已签收
keys A "交接班" enter 1
has 已接班
has 催要平安情况
has 塌方埋2人

case its taker signs it by a plain s, whatever hazards wait besides
seed add hazard category=H0202 place=后山 text=裂缝 grade=M
seed step $ assign track=regulator regulator=柏香镇
keys W b y
user 刘凤英
cut
has > 1 剩10分   接班
keys s
has 交接班 BXZ-
keys y
has 已签收

case whose watch it is is told from who gives it, W counts what is handed on, and a PIN is asked of who has one
seed add warning event=11B01 severity=yellow headline=暴雨黄色预警 issuer=沁阳市气象台 expires=+6h
seed add roster date=2026-11-28 desk=F officer=史俊杰 deputy=刘凤英
user 刘凤英
cut
keys s
keys y
keys W
has 没办结3
keys b
has 防汛席 史俊杰（刘凤英代） ->
has 没办结3
has 您没设口令，P 5 可设
has 接班人登录后 s 签
keys y
keys A "交接班" enter 1
has 史俊杰（刘凤英代）

case nobody else signs it
keys W b y
user 史俊杰
cut
keys A "交接班" enter 1 1 ^O
has 请本人签

case struck out with a reason, another taker with a reason, a word
keys W b x enter
has 划掉要写原因
keys x "已转公安" enter
has ，不移交：已转公安
keys 2 enter
has 不是排班的人，要写原因
keys 2 "刘凤英病了" enter
has 1刘凤英 [2史俊杰]
has 换人：刘凤英病了
keys d "4坝水位每小时问一次" enter
has 话：4坝水位每小时问一次
keys y
keys A "交接班" enter 1
has 不移交：已转公安
has 换人：刘凤英病了
has 4坝水位每小时问一次
has 史俊杰

case both PINs at one terminal, and the taker goes on
user 刘凤英
cut
keys P 5 "1357" enter "1357" enter
user 崔丽娟
cut
keys P 5 "2468" enter "2468" enter
keys W b
has 按 y 交班，输您的口令
has 接着接班人的口令
keys y
has 交接班：要 崔丽娟 的口令
keys "2468" enter
has 接班：要 刘凤英 的口令
most 420
keys "2468" enter
has 口令不对 "刘凤英"
keys "1357" enter
has 接班已签。由 刘凤英 接着办：按 y 换成他
keys y
has 现在由 刘凤英 接着办

case the taker is not there: he signs later, with his own PIN
user 刘凤英
cut
keys P 5 "1357" enter "1357" enter
user 崔丽娟
cut
keys W b y
has 接班：要 刘凤英 的口令
keys ^X
has 已写下，等接班人签
keys A "交接班" enter 1
has 待接班

case past the hour of the change, who still has the watch gives it
now 2026-11-29T08:12:00+08:00
keys W b
has 应急席 崔丽娟 -> [1刘凤英] 2史俊杰
has 带班 闫占奎 -> 崔桂枝

case whoever stands in takes over without a reason
seed add roster date=2026-11-29 desk=F officer=刘凤英 deputy=史俊杰
keys W b 2
has 1刘凤英 [2史俊杰]
lacks 不是排班的人
keys ^X ^X

case on a small terminal
size 12 40
keys W b
has 崔丽娟 -> [1刘凤英] 2史俊杰
has 按 y 交班
has 没办结2
most 560

case handed over and not signed, it is not written a second time, however one comes there
only cells
keys W b y
has 已写下；刘凤英 登录后 s 签
keys ^X ^X h W b
has 已交给刘凤英，等他登录后 s 签
has 要改先作废它：A 交接班
lacks 按 y 交班
keys y
has 已交给刘凤英，等他登录后 s 签，没有再写
keys A "交接班" enter 1 2 "写错了" ^O
has 作废
keys h W b y
has 已写下；刘凤英 登录后 s 签

case where one row of home stands for several, it says of how many
only cells
seed add point name=北坡崖头 type=fall risk=1
seed add household head=史丰收 people=1 point=北坡崖头
seed add household head=范春生 people=4 point=北坡崖头
seed add transfer household=史丰收 people=1 point=北坡崖头 due=+20m
seed add transfer household=范春生 people=4 point=北坡崖头 due=+20m
keys W
has 没办结5
keys b
has 转移 北坡崖头 2件：
keys y
keys A "交接班" enter 1
has 转移 北坡崖头 2件：
