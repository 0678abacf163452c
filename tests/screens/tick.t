# Households told, one key each: what the board shows, what the keys write, what a key costs on the line.
# Tests also: tally.c tick_page.c homes.c homes_count.c homes_words.c tick_words.c homes_write.c in_force.c
# Covers: C03 H01 H02 H09 W9.4 W11.3
now 2026-11-29T05:31:00+08:00
seed init --area 410882103205 --name 王庄村 --user 秦国庆
seed user add 张占奎
seed add warning event=11B01 severity=red headline=暴雨红色预警 expires=+6h
seed step $ sign
seed add household head=史丰收 group=1组 people=1 tags=bed phone=15439189534
seed add household head=冯银环 group=2组 people=4 tags=pregnant phone=15439152870
seed add household head=原光明 group=2组 people=5 phone=15439185597
seed add household head=任文革 group=3组 people=3 phone=15439115824
seed add household head=孙长江 group=3组 people=6 tags=old phone=15439140730
seed add transfer household=孙长江 people=6 due=+2h

case one key a household
keys D
has 到户 西彰村 红R 暴雨红色预警
has 5户19人  告知0 动身0 到0 拒0 不在0 未到户5 =5  告知率0% 目标90%
has 限07:31
has > 1组  史丰收  1 卧床        15439189534        未到户     要抬
has   2组  原光明  5             15439185597        未到户
most 1212
keys 1
has   1组  史丰收  1 卧床        15439189534        告知05:31
has > 2组  冯银环
has 告知1 动身0
most 120

case numbers to which nothing was added for a while say up to when they count
only cells
keys D 1
lacks 数到
wait 960
has 告知率20% 目标90%  数到05:31
keys 1
lacks 数到

case digits faster than a person are refused as a whole
keys D
keys 1 2 3 5
has 一下来了4个键，没有办
has 告知0 动身0 到0 拒0 不在0

case the same key twice is two households, taken back one by one
keys D 1
keys 5
most 120
has 不在05:31
keys u
most 120
has 2组冯银环 已撤回
has 告知1 动身0 到0 拒0 不在0
keys u
has 没有可撤的

case a refusal has its reason, a second visit and a word
keys D
keys 4
most 120
has 为什么：1要看家畜 2不相信会出事 3走不动
keys 2
most 120
has 拒05:31
has 不相信会出事
has 06:01回访
has 拒1
keys d "儿子在外地" enter
has 已补一句
has 儿子在外地
keys D 4 x
has 没有记
has 拒1

case what is taken back leaves the row as it stood: state, time and sums, also where a later word stood above the list's
# On the list he was told at 05:10; at 05:20 he was heard to refuse.
seed step $ tell at=05:10
keys D v G
has 告知05:10
keys 2
has 动身05:31
keys u
has 告知05:10
has 告知1 动身0 到0 拒0 不在0
seed add relay household=孙长江 warning=WZC-8 result=refused at=05:20
has 拒05:20
keys h D G 5
has 告知0 动身0 到0 拒0 不在1
has 不在05:31
keys u
has 告知0 动身0 到0 拒1 不在0
has 拒05:20
has 05:50回访

case on the list of transfers, or put on it
# 孙长江 is on the list: its step is taken. 史丰收 is not: who leaves is put on it, and u takes that back too.
keys D j j 2
has 动身05:31
has 动身1
keys u
has 动身0
keys g 3
has 到05:31
keys A "转移" enter
has 史丰收
keys D v g
has 到05:31
keys A "转移" enter enter
has 已到

case help is asked for
keys D
keys 6
most 120
has 要人帮，已报村
has 要帮05:31
keys A "物资需求" enter
has 帮转移的人和车
keys D v u
has 没有可撤的

case what others did stands with their names, rows stay
keys D
seed --user 张占奎 add relay household=冯银环 warning=WZC-8 result=told
has 告知1
has 张占奎
has > 1组  史丰收

case who took the step stands there, not who put the household on the list
seed add transfer household=原光明 people=5
keys D v
seed --user 张占奎 step $ tell
has 告知05:31  张占奎
keys j j j 3
lacks 张占奎

case all households
keys D 1
keys 1
keys 1
keys 1
keys 1
has 告知5 动身0
has =5  告知率100%
keys v
keys v
has 都告知了；v 看全部

case a household that is added, or falls back, stands behind the others at once; on the way is not there
only cells
keys D 1 1 1
keys 1 2
keys v v
has 都告知了，1户还在路上；v 看全部
seed add household head=新来户 group=4组 people=2
has > 4组  新来户
has 未到户1
lacks 都告知了
keys 1
has 告知5
lacks 没有可勾的住户

case on a small terminal
size 12 40
keys D
screen
|到户 西彰村 红R 暴雨红色预警      秦国庆
|5户 告0 动0 到0 拒0 不在0 未5=5 0%
|限07:31
|> 1组  史丰收  1 卧床     未到户
|  2组  冯银环  4 孕产妇   未到户
|  3组  孙长江  6 高龄老人 未到户
|  2组  原光明  5          未到户
|  3组  任文革  3          未到户
|
|15439189534
|
|1告知2动身3到4拒5不在6要d补u撤v全n加? q
most 480

case a grid worker takes back what he wrote
seed user add 网格 role=R02
user 网格
keys D 6
has 要帮05:31
keys u
has 已撤回
keys 2
has 动身1
keys u
has 动身0

case home says how many are not told, to a village that has signed, too
keys h
has 红R 5户没告知到户，告知率0%：按 D
keys D 1
keys h
has 红R 4户没告知到户，告知率20%：按 D
keys D 4 2
keys 5
has 拒1 不在1 未到户2
keys h
has 红R 4户没告知到户，告知率20%：按 D

case a second visit that is due stands on home, by itself
only cells
limit visit.again.minutes 1
keys D
keys 4
keys 2
keys h
lacks 回访
wait 61
has ：按 D，1户到时要回访

case what was said at the doors under one warning is not lost under the next, and is not taken for told of that one
only cells
keys D 1
keys 4 2
keys 5
seed add relay household=任文革 warning=WZC-8 result=moved
seed add warning event=11B03 severity=red headline=山洪红色预警 expires=+6h
seed step $ sign
keys h
has 红R 4户没告知到户，告知率20%：按 D，1户告知过别的预警
keys D
has 到户 西彰村 红R 山洪红色预警
has 告知0 动身0 到1 拒1 不在1 未到户2 =5
has 未到户里1户告知过别的预警  f 下一条预警
has 史丰收  1 卧床        15439189534        未到户    红R告知05:31
size 12 40
has 史丰收  1 卧床     红R告知05:31
size 24 80
keys f
has 到户 西彰村 红R 暴雨红色预警
has 告知1 动身0 到1 拒1 不在1 未到户1 =5
lacks 告知过别的预警
keys f
keys g 1
has 告知1 动身0 到1 拒1 不在1 未到户1 =5
lacks 告知过别的预警
seed step WZC-24 cancel text=雨停
keys h D f
has 没有别的生效的预警

case told once more where the list says so already: it is written, and u takes it back
only cells
seed step WZC-9 tell at=05:10
seed add relay household=孙长江 warning=WZC-8 result=refused at=05:20
keys D
has 拒05:20
keys g 1
has 告知05:31
has 告知1 动身0 到0 拒0
keys u
has 拒05:20
seed step WZC-9 leave at=05:25
seed add relay household=孙长江 warning=WZC-8 result=refused at=05:28
has 拒05:28
keys h D g 2
has 动身05:31
keys u
has 拒05:28
