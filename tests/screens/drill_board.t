# The year's drills against what is asked, the one that goes on, what drills showed; each item of an evaluation a key; a quiz.
# Covers: E01 E02 E03 E04 E05 E06 E07 E08 E11 W6.1 W6.3 W6.4 I09
# Tests also: drill.c drill_page.c drill_rows.c drill_write.c judging.c judge_page.c quiz.c each.c line_drill.c line_judge.c
now 2026-11-29T09:11:20+08:00
seed init --area 410882103 --name 柏香镇 --user 张永强

case nothing was drilled: what is asked for stands there, and that it is late
keys E
screen
|*
|> 今年桌面推演     [..............] 0/2     缺2 12-31前 10-01已转红
|  今年综合演练     [..............] 0/1     缺1 12-31前 10-01已转红
|  村级演练         [..............] 0/62    没到62 v 10-01已转红
|  队伍训练         [..............] 0/2     缺2 12-31前 10-01已转红
|
|
|
|
|
|
|
|
|
|
|
|
|
|
|
|
|
|
|n计划 v名单 7测验 ? 帮助  q 返回
keys 1
has 没有进行中的演练
keys 4
has 没有要评估的演练
keys v
has 这一行后面没有名单

case the drill that goes on: its injects with their minutes, what is sealed without its text, > where somebody has to act
seed add drill title=无脚本拉动检验 type=D8 held_at=09:00
seed step $ start begun_at=09:00 expected=30
seed add inject drill=BXZ-11 minute=0 text=下穿涵洞有车被困
seed add inject drill=BXZ-11 minute=11 text=车内1人受伤
seed add drill title=春季推演 type=D1 "held_at=2026-05-01 09:00"
seed step $ hold people=20
seed add plan title=危化品泄漏预案 drilled=2020-01-01
seed add plan title=防汛预案 drilled=2026-01-01
seed add drill title=秋季森林防火演练 type=D3 "held_at=2026-12-19 09:00"
seed add finding text=转移名单漏租住户3户 due=2026-11-20 owner=张秀兰
keys E
screen
|*
|  今年桌面推演     [#######.......] 1/2     缺1 12-31前 10-01已转红
|  今年综合演练     [..............] 0/1     计划12-19 秋季森林防火演练 10-01已~
|  村级演练         [..............] 0/62    没到62 v 10-01已转红
|  预案三年演练     [#######.......] 1/2     差1 v 危化品泄漏预案
|  队伍训练         [..............] 0/2     缺2 12-31前 10-01已转红
|  【演练】进行中 无脚本拉动检验 11分 参演0/30 到场0 情况0/2
|>  1 +00分 下穿涵洞有车被困                  下发09:11 没处置 剩10分
|   2 +11分 车内1人受伤                       下发09:11 没处置 剩10分
|  待评估 05-01 春季推演 剩7天
|  计划 12-19 秋季森林防火演练 剩19天
|  问题 转移名单漏租住户3户                      超8天 张秀兰
|
|
|
|
|
|
|
|
|
|问题没改完1 超期1 5立隐患 6派任务
|
|1处置 2人数 3到达 i记 4评估 n计划 t办理 v名单 7测验 p材料 ? 帮助  q 返回
most 1102

case a minute costs the minutes that changed
only cells
seed add drill title=无脚本拉动检验 type=D8 held_at=09:00
seed step $ start begun_at=09:00
keys E
wait 60
most 30

case one line answers an inject, and > goes to the next; heads, arrivals and the log are a line each
seed add drill title=无脚本拉动检验 type=D8 held_at=09:00
seed step $ start begun_at=09:00 expected=30
seed add inject drill=BXZ-11 minute=0 text=下穿涵洞有车被困
seed add inject drill=BXZ-11 minute=11 text=车内1人受伤
keys E
keys 1
has 情况1 +0分 下穿涵洞有车被困
keys "张二锁出动"
keys enter
most 220
has 处置09:11 张二锁出动
has >  2 +11分
has 情况1/2
keys 1
has 情况2 +11分 车内1人受伤
keys ^X
keys 2 "18 120 8" enter
has 参演18/30 到场0 疏散120
keys 2 "许多" enter
has 打数字：参演人数
keys 3 "抢险队 18" enter
has 到场18
keys 3 "卫生院" enter
has 先写谁，再写几人
keys 3 "卫生院 3 堵车" enter
has 到场21
keys v
has +11分 抢险队 18人
has +11分 卫生院 3人
keys v i "断电，启用发电机" enter
has 已记一笔
keys A "值班日志" enter
has 断电，启用发电机
has 【演练】

case what is sealed lies with who runs it, who tells it by one key
seed add drill title=无脚本拉动检验 type=D8 held_at=09:00
seed step $ start begun_at=09:00
seed add script drill=BXZ-11 minute=20 text=电话全断
keys E
has 1 +20分 密封 电话全断 09:20放 1下发
keys 1
most 120
has 已下发
has 1 +20分 电话全断
has 没处置

case what a drill showed becomes a hazard, or a task of its owner, by one key and y; and is done with it
seed add drill title=拉动 type=D8 "held_at=2026-05-01 09:00"
seed add finding drill=BXZ-11 text=转移名单漏租住户3户 due=2026-11-20 owner=张秀兰
seed add finding text=对讲机没电 due=2026-12-20 owner=张秀兰
keys E G 6
has 对讲机没电：按 y 派任务
keys n
keys G 6
keys y
has 已派任务，问题转办
has 已转办 对讲机没电
keys k 5
keys y
has 已立隐患，问题转办
keys 5
has 这个问题已经转办或改完
keys A "任务与交办" enter
has 演练问题整改：对讲机没电
keys A "隐患排查治理" enter
has 拉动             演练发现：转移名单漏租

case an evaluation is a key an item; the marks make the grade, notes and poor marks make the problems
seed add drill title=春季推演 type=D1 "held_at=2026-05-01 09:00"
seed step $ hold people=20
keys E 4
has 1/6 策划与准备
has A优 B良 C中 D差
keys d
has 先评一项
keys A
keys B
most 120
keys A
keys 3
keys d "没人说带什么 @张秀兰" enter
has 1A 2B 3A 4C+ 5_
keys u
has 4/6
keys C
keys d "没人说带什么 @张秀兰" enter
keys q
keys 4
has ^R 取回上次没评完的
keys ^R
has 1A 2B 3A 4C+ 5_
keys ^O
has 还有2项没有评
keys B
keys D
has 6项评完：平均75分 良  A2 B2 C1 D1
has 问题2条，^O 一起存
has 推演实施：没人说带什么 @张秀兰
has 复盘：评为差
keys ^O
has 待归档 05-01 春季推演
has 问题 推演实施：没人说带什么
has 张秀兰

case a quiz asks what was wrong again, and is kept as training with its hours
keys E 7
has 网格员应急测验
has 1/16
keys 9
has 打答案前面的数字
keys ^O
has 还有16题没有答对

case a place marks itself by the nine parts of a model community
keys E 8
has 综合减灾示范社区自评表
has 1/9 组织管理
keys 1
keys 1
keys 2
keys 2
keys 3
keys d "棉被不够" enter
keys 1
keys 1
keys 1
keys 1
has 9项评完：平均88分 良
keys ^O
keys A "创建自评" enter
has 物资保障：棉被不够
keys A "任务与交办" enter
has 示范社区创建：物资保障：棉被不够

case on a small terminal what goes on comes first
size 12 40
seed add drill title=无脚本拉动检验 type=D8 held_at=09:00
seed step $ start begun_at=09:00
seed add inject drill=BXZ-11 minute=0 text=下穿涵洞有车被困
keys E
screen
|*
|  【演练】11分 参演0 到场0 情况0/1
|>  1 +00分 剩10分 下穿涵洞有车被困
|  今年桌面推演   0/2     缺2 已转红
|  今年综合演练   0/1     缺1 已转红
|  村级演练       0/62    没到62 v 已转红
|  队伍训练       0/2     缺2 已转红
|
|
|
|
|1处 2人 3到 i记 n计 t办 v名 7测 p材 ? q
most 500

case who may not plan a drill is not offered the key
seed user add 崔丽娟 role=R06
user 崔丽娟
keys E
has v名单
lacks n计划

case what a village has drilled is not the township's own, and opens to none
seed add drill title=村里推演 type=D1 "held_at=2026-05-01 09:00" area=410882103205
seed step $ hold people=20
keys E
has 今年桌面推演     [..............] 0/2
has 村级演练         [..............] 1/62
keys enter
lacks 村里推演

case a duty officer is offered what is his of a drill that goes on, and told at once what is not
only cells
seed user add 崔丽娟 role=R06
seed user add 谢红旗 role=R10
seed add drill title=演练一 type=D1
seed step $ start begun_at=09:00
user 崔丽娟
keys E j j j j j j
lacks 2人数
has 3到达
keys 2
has 您的角色不能登记"演练"
lacks 用时分：
user 谢红旗
cut
keys E
lacks 3到达
keys 3
has 您的角色不能登记
lacks 谁到了
