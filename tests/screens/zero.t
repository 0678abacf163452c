# Tests also: losses_doubt.c report_load.c
# In a response a village owes a report a day; 0 and y is one that all is well.
seed init --area 410882103205 --name 王庄村 --user 李爱国

case without a response nobody asks
lacks 今天还没有报

case in one it is owed, and 0 clears it
seed add response event=11B03 level=3
keys h
has 07:00    零报告        今天还没有报 平安按 0
keys 0
keys y
has 零报告已保存
lacks 今天还没有报

case its row asks the same
seed add response event=11B03 level=3
keys h 1
has 零报告 王庄村 平安，没有变化：按 y 报
keys n
has 没有办
has 今天还没有报

case in forty columns
size 12 40
seed add response event=11B03 level=3
keys h
has 零报告

case where people are affected it does not say that all is well
seed add report event=洪涝 stage=first affected=37 dead=0
keys h 0
has 零报告 王庄村 已报的灾情没有变化：按 y 报

case dead who were told by telephone and not reported: nobody says that all is well
now 2026-11-29T05:38:00+08:00
seed add incident event=11A01 place=村西 text=塌方 dead=1 missing=2 at=05:30
keys h 0
has 知道有死亡1失踪2，还没有报：先按 B 报灾情
lacks 按 y

case the board says so, too, and agrees with home
now 2026-11-29T05:38:00+08:00
seed add response event=11B03 level=3
keys B
has 今天还没有报。0 报平安，07:00前
keys 0
keys y
has 今天没有灾情。 零报告05:38
lacks 07:00前
keys h
lacks 今天还没有报

case beside numbers: until they change no other one is due
now 2026-11-29T05:38:00+08:00
seed add report event=洪涝 stage=first time=05:20 affected=37 dead=0 at=05:25
keys B
has 下份续1 06:55前
keys 0
keys y
has 零报告05:38
lacks 下份续1
keys j
most 40
size 12 40
has 05:20起 零报告05:38

case u takes back the last key, once
seed add response event=11B03 level=3
keys h
keys 0
keys y
lacks 今天还没有报
keys u
has 撤回 06:33 灾情报告
keys n
has 没有办
lacks 今天还没有报
keys u
keys y
has 撤回了
has 今天还没有报
keys u
has 您这一小时里没有可撤回的

case and a signature, by whoever gave it
seed add warning event=11B01 severity=red headline=暴雨红色预警 expires=+6h
seed user add 李四
keys s
keys y
has 已签收
lacks !!红R
keys u
keys y
has 撤回了
has !!红R 暴雨红色预警

case r on a row that nobody owes
seed add hazard category=H0202 place=后山 text=裂缝 grade=M
keys r
has 这一行没有要催的
