# The tour: six pages with the real keys, and nothing of it is kept.
seed init --area 410882103205 --name 王庄村 --user 李爱国

case each page waits for its key
keys P 9
has 1/6 三条规则
lacks 打开了
keys 5
has 这一页现在按 1
keys 1
has 打开了
has 这一页会了，回车看下一页
most 200
keys enter ^G
has 看到了：【演练】
keys ^G
has 回到了原处
keys enter y
has 这一页现在按 s
keys s y
has 已签收(演练，没有记)
keys enter 1 1 1 u
has 王五家 撤回了
keys enter 0 y
has 报了(演练，已丢掉)
keys enter / "qsb"
has 潜水泵 6台
keys enter
has 本机

case it ends at any time, and nothing was written
keys P 9 1 enter ^X
has 本机
keys h
has 现在没有要办的事
keys A "灾情报告" enter
has 灾情报告 0
keys h A "预警签收" enter
has 预警签收 0

case q and h lead out of it, as everywhere
keys P 9 q
has 本机
keys 9 h
has 现在没有要办的事
keys P 9 enter enter enter enter enter / q
has 找：q

case on a small terminal
size 12 40
keys P 9 enter enter enter
has 4/6 到户(D)
keys 1
has 张三家 告知
