# A village has reported, its township has added nothing up: the county's board says so and takes no zero report.
# Tests also: report_load.c losses_write.c
now 2026-11-29T20:30:00+08:00
seed init --area 410882 --name 沁阳市 --user 李主任
seed add report event=D01 stage=first time=20:02 at=20:10 affected=20 moved=9 area=410882103205

case the board tells what is known, and 0 is refused
keys B
has 本级还没报
has 下面报了没汇总： 受灾20 转移9
lacks 没有灾情
keys 0
has 下面报了灾情没有汇总：受灾人口 20 紧急避险转移 9
lacks 按 y

case when the township has added it up, its numbers stand there and wait for the county
seed add report event=D01 stage=first time=20:02 at=20:20 affected=20 moved=9 area=410882103
keys B
has 柏香镇 初报
keys 0
has 下面报了灾情没有汇总：受灾人口 20 紧急避险转移 9
keys 4
keys y
has 已汇总
keys 0
has 已报的灾情没有变化：按 y 报
