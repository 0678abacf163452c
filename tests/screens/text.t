# p: what goes on paper. Tests also: text.c text_page.c picture.c
# Covers: J06
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
has (1/4)
has 要做的事：马上撤
keys f
has (2/4)
has 叫应情况报告
keys f
has (3/4)
has 预警 红R
keys f
has (4/4)
has 预警登记表
keys f
has (1/4)
has 要做的事：马上撤

case in forty columns
size 12 40
seed add report event=洪涝 affected=37 dead=0
keys A "灾情报告" enter enter p
has （初报）

case what has no official text is a form
seed add task text=送水
size 24 80
keys A "任务与交办" enter enter p
has 任务登记表
has 内容：送水
lacks |内容
keys ^X
has 任务 WZC-
case a register is a list, also of what the page does not hold, and then its row
seed add task text=送水
seed add task text=送盐
size 12 40
keys A "任务与交办" enter p
has (1/2)
has 送水
keys f
has (2/2)
has 登记表

case a board is what it shows
size 24 80
keys W |
has 值班 王庄村
has (1/1)

case through the real program: on paper after a y, in a file, and no command where that is not wanted
only tty
seed add hazard category=H0202 place=后山 text=边坡裂缝 grade=M
keys A "隐患排查" enter enter p p
has 打印这一篇，1页
keys x
has 隐患整改通知书
keys ^O
has 已存成
has /prints/WZC-
keys |
has 本站不许从画面里运行命令

case the reports of a day, a week, a month and a year stand behind the roster of the day
seed add roster date=2026-11-29 officer=崔丽娟
keys A "值班表" enter enter p
has 值班安排
keys f
has 今日接报突发事件
keys f
has 本周情况
keys f
has 本月情况
keys f
has 本年度应急工作情况

case the week on a small terminal
size 12 40
seed add roster date=2026-11-29 officer=崔丽娟
keys A "值班表" enter enter p f f
has 本周情况
has 其中已销号
