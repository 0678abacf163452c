# p: what a record says as an office writes it, or as it is read out. Tests also: text.c text_page.c
seed init --area 410882103205 --name 王庄村 --user 李爱国

case a record as a page
seed add report event=洪涝 affected=37 dead=0
keys A "灾情报告" enter enter p
has 成文
has （初报）
has 受灾37人，因灾死亡0人
keys ^X
has 受灾人口：37

case one of several
seed add warning event=暴雨 severity=red headline=暴雨红色预警 action=马上撤
keys Y p
has (1/2)
has 要做的事：马上撤
keys f
has (2/2)
has 叫应情况报告
keys f
has 要做的事：马上撤

case in forty columns
size 12 40
seed add report event=洪涝 affected=37 dead=0
keys A "灾情报告" enter enter p
has （初报）

case what has none
seed add task text=送水
size 24 80
keys A "任务与交办" enter enter p
has 没有成文
