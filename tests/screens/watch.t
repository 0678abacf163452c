# The watch: who has it, what is open, one line logs a call, one key calls the roll; handing it over in three keys.
# Tests also: watch.c watch_page.c watch_write.c
# Covers: F01 F02 F03 W1.1 W1.2 W1.3 W1.4 W1.5 W10.1
now 2026-11-29T05:42:00+08:00
seed init --area 410882103 --name 柏香镇 --user 崔丽娟

case nobody is on the roster
keys W
has 今天没有排班：签收记在本人名下
has 一天内没有记录；i 记一笔，N 接报

case who is on by desks, what is open, and the log
seed add roster date=2026-11-28 desk=E officer=崔丽娟 deputy=史俊杰 head=张永强 leader=闫占奎 leader_b=崔桂枝
seed add roster date=2026-11-28 desk=F officer=刘凤英 head=张永强 leader=闫占奎
seed add roster date=2026-11-29 desk=E officer=刘凤英 leader=崔桂枝
seed add duty type=in from=圪垱坡村 text=挖机到场 done=已转现场 at=05:41
seed add incident event=11B03 place=北坡 text=塌方埋2人 at=04:43
seed add order text=封路 to=柏香镇 due=+5m
keys W
has 值班 柏香镇 11-28
has 应急席 崔丽娟  备班 史俊杰  防汛席 刘凤英  值班长 张永强  带班 闫占奎  B 崔桂枝
has 08:00接班 应急席 刘凤英  带班 崔桂枝
has 没办结2 突发事件1(超1) 指令1
has 没办 突发事件 1，超时1
has 05:41 来电     圪垱坡村   挖机到场 -> 已转现场
has 04:43 接报     北坡       塌方埋2人
most 1160
keys j j enter
has 突发事件接报

case one line logs a call, and it is taken back
keys W i
has 记：1来电 2去电 3来文 4上级指令 5天气水情 6来访 7记事
keys 1 "圪垱坡村来电，挖机到场" enter
has 已记 来电
has 05:42 来电
most 300
keys u
has 圪垱坡村来电，挖机到场：按 y 撤回
keys n
has 没有办
has 05:42 来电
keys u
keys y
has 刚记的一笔已撤回
lacks 挖机到场
keys i x
has 没有记
keys i 2 enter
has 没有记：内容是空的

case the roll is called, and who is silent stands on the board of calls
seed add person name=原来福 role=R05 post=书记 phone=15439150062 area=410882103200
keys W 1
has 点下面62处的名，15分钟内应答：按 y 点名
keys y
has 叫应
has 值班点名
has 62村 应0 叫不通/没叫 0/62
keys 1
has 应1

case the county sets another hour: at midnight the roster of the day counts at once
only cells
seed add roster date=2026-11-29 desk=E officer=刘凤英 leader=崔桂枝
keys W
has 柏香镇 11-28 08:00班
has 今天没有排班
keys h
limit watch.hour 0
keys W
has 柏香镇 11-29 00:00班
has 应急席 刘凤英  带班 崔桂枝
limit watch.hour 8

case in the flood season, or while a response is on, two desks are manned
seed add roster date=2026-11-28 desk=E officer=崔丽娟
keys W
lacks 双值班
seed add response event=11B03 level=3
keys h
has 在班 崔丽娟 缺防汛席
keys W
has 防汛席没有排班：现在要双值班
seed add roster date=2026-11-28 desk=F officer=刘凤英
keys h
lacks 缺防汛席
keys W
has 应急席 崔丽娟  防汛席 刘凤英
lacks 双值班

case a swap in the roster says why
seed add roster date=2026-11-29 desk=E officer=刘凤英
keys A "值班表" enter 1 e down down down down down ^U "史俊杰" ^O ^O
has 换班要写原因

case nobody above is registered: what to register is said, and no number is made up
keys N "北坡" down "崖头塌方" ^O
has 上级值班室   没登记：A里加联系人，单位写沁阳市，分组写值班
lacks 没有号码
