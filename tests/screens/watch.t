# The watch: who has it, what is open, one line logs a call, one key calls the roll; handing it over in three keys.
# Tests also: watch.c watch_page.c watch_write.c
# Covers: F01 F03 W1.1 W1.2 W1.3 W1.4
now 2026-11-29T05:42:00+08:00
seed init --area 410882103 --name 柏香镇 --user 崔丽娟

case nobody is on the roster
keys W
has 今天没有排班：签收记在本人名下
has 一天内没有记录；i 记一笔，N 接报

case who is on by desks, what is open, and the log
seed add roster date=2026-11-29 desk=E officer=崔丽娟 head=张永强 leader=闫占奎 leader_b=崔桂枝
seed add roster date=2026-11-29 desk=F officer=刘凤英 head=张永强 leader=闫占奎
seed add roster date=2026-11-30 desk=E officer=刘凤英 leader=崔桂枝
seed add duty type=in from=圪垱坡村 text=挖机到场 done=已转现场 at=05:41
seed add incident event=11B03 place=北坡 text=塌方埋2人 at=04:43
seed add order text=封路 to=柏香镇 due=+5m
keys W
has 应急席 崔丽娟  防汛席 刘凤英  值班长 张永强  带班 闫占奎  B 崔桂枝
has 下一班 应急席 刘凤英  带班 崔桂枝
has 没办结2 突发事件1(逾1) 指令1
has 没办 突发事件 1，逾期1
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
has 刚记的一笔已撤回
lacks 挖机到场
keys i x
has 没有记
keys i 2 enter
has 没有记：内容是空的

case the roll is called, and who is silent stands on the board of calls
keys W 1
has 点下面所有的名，15分钟内应答：按 y 点名
keys y
has 叫应
has 值班点名
has 62村 应0 叫不通0 没叫62
keys 1
has 应1

case before the watch changes, the roster of the day before counts
only cells
seed add roster date=2026-11-28 desk=E officer=史俊杰
seed add roster date=2026-11-29 desk=E officer=刘凤英
limit watch.hour 8
keys W
has 应急席 史俊杰
has 下一班 应急席 刘凤英
limit watch.hour 0
