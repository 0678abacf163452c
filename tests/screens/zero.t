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
