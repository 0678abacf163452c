# Home: what needs somebody now, on a large and a small terminal, and after a change of size.
# Tests also: why.c needs_open.c
# Covers: K11
seed init --area 410882103205 --name 王庄村 --user 李爱国

case nothing to do
screen
|前哨 王庄村 未接入上级 06:33                                              李爱国
|汛期
|  现在没有要办的事
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
|*
|*
|
|0平安 n新登记 v全部 u撤 回车打开 /查找 Q退出 ? 帮助

case what is due comes first
seed add hazard category=H0202 place=王庄村三组后山 text=边坡裂缝加宽 grade=M
seed add hazard category=H0102 place=北李村水库坝脚 text=渗水 grade=G
screen
|前哨 王庄村 未接入上级 06:33                                              李爱国
|汛期
|现在 1
|> 1 07:33    隐患          王庄村三组后山 边坡裂缝加宽
|今天 1
|  2 07-15    隐患          北李村水库坝脚 渗水
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
|*
|*
|
|0平安 n新登记 v全部 u撤 回车打开 /查找 Q退出 ? 帮助
keys j
most 16
keys k
most 16

case a small terminal
size 12 40
seed add hazard category=H0202 place=王庄村三组后山 text=边坡裂缝加宽 grade=M
screen
|前哨 王庄村 未接入上级 06:33      李爱国
|汛期
|现在 1
|> 1 07:33    隐患     王庄村三组后山 边~
|
|
|
|
|*
|*
|
|0平安 n新登记 v全部 u撤 /查找 Q退出 ?

keys ^L
most 750

case how much there is of later bands stands on page one, however many rows are before them
size 12 40
seed add hazard category=H0202 place=一沟 text=落石 grade=M
seed add hazard category=H0202 place=二沟 text=落石 grade=M
seed add hazard category=H0202 place=三沟 text=落石 grade=M
seed add hazard category=H0202 place=四沟 text=落石 grade=M
seed add hazard category=H0202 place=五沟 text=落石 grade=M
seed add hazard category=H0202 place=六沟 text=落石 grade=M
seed add hazard category=H0202 place=七沟 text=落石 grade=M
seed add hazard category=H0102 place=坝脚 text=渗水 grade=G
screen
|前哨 王庄村 未接入上级 06:33      李爱国
|汛期
|现在 7
|*
|*
|*
|*
|*
|今天 1  空格看下页
|*
|
|0平安 n新登记 v全部 u撤 /查找 Q退出 ?
keys " " " "
has 坝脚
has 现在 7  空格看下页
size 24 80
lacks 空格看下页

case a narrow line leaves out the season, not the response
now 2026-11-29T06:40:00+08:00
size 12 40
seed add response event=11B03 level=3
has [三级响应] 暴雨 11-29 06:40起
lacks 森林防火期
size 24 80
has 06:40起  森林防火期

case another size while it runs
keys j
size 12 40
screen
|前哨 王庄村 未接入上级 06:33      李爱国
|汛期
|  现在没有要办的事
|
|
|
|
|
|*
|*
|
|0平安 n新登记 v全部 u撤 /查找 Q退出 ?
size 24 80
has 现在没有要办的事

case what ends within a day, but not today, says so
now 2026-07-14T20:00:00+08:00
seed add task text=看水位 due=+9h
has 明05:00

case leaving is asked
keys q
has 这里是首页；退出按 Q
keys Q
has 退出前哨：按 y 退出，其他键不办
keys j
has 没有办

case help of the screen
keys ?
has 帮助 前哨
keys q
has 现在没有要办的事

case what comes into now takes the marker to the first row
seed add hazard category=H0202 place=南沟 text=落石 grade=G
seed add hazard category=H0202 place=北坡 text=裂缝 grade=G
keys h j
has > 2
seed add warning event=暴雨 severity=red headline=暴雨红色预警
has > 1 剩
keys j
seed add hazard category=H0202 place=东沟 text=落石 grade=G
lacks > 1 剩

case why a row stands where it stands
seed add hazard category=H0202 place=后山 text=边坡裂缝 grade=M
keys w
has 为什么 WZC-
has 隐患
has rules.conf:
has 归谁
has 首页 现在
keys q
has > 1
keys h ^X
case without a row w says what it wants
keys w
has 先把 > 移到一条记录上，再按 w

case what can wait says the key of the board that clears it; what has no board is in the registers
seed add household head=史丰收 group=1组 people=1 checked=2026-01-01
seed add person name=李四 role=R05 phone=15439142161 checked=2026-01-01
seed add household head=冯银环 group=1组 people=1 checked=2026-01-01
seed add enterprise name=玻璃钢厂 risk=1 checked=2026-01-01 reported=2026-07-01
seed add facility name=避雷塔 checked=2025-01-01 type=pump
has 以后 5  核对3 H  企业场所1 设施点位1 A
keys H
has 核对 王庄村
has 史丰收

case people who have to leave a danger point: who has not moved is counted first, on forty columns, too
seed add point name=北坡崖头 type=fall risk=1
seed add household head=史丰收 group=1组 people=4
seed add household head=冯银环 group=1组 people=5
seed add household head=孙长江 group=1组 people=2
seed add household head=吕大军 group=1组 people=1
seed add transfer household=史丰收 people=4 point=北坡崖头 due=+50m
seed add transfer household=冯银环 people=5 point=北坡崖头 due=+50m
seed step $ tell
seed add transfer household=孙长江 people=2 point=北坡崖头 due=+50m
seed step $ arrive
seed add transfer household=吕大军 people=1 point=北坡崖头 due=+50m
seed step $ refuse text=看家畜
has 回访          北坡崖头 4户12人: 未动1 告知1 途0 到1 拒1
size 12 40
has 回访     未动1/4户 北坡崖头

case a danger point that no register knows is counted by its name
seed add household head=范春生 group=1组 people=4
seed add household head=葛二锁 group=1组 people=1
seed add transfer household=范春生 people=4 point=村西老屋 due=+50m
seed step $ tell
seed add transfer household=葛二锁 people=1 point=村西老屋 due=+50m
has 待告知        村西老屋 2户5人: 未动1 告知1 途0 到0

case a station without cards shows those that the program brings: to be read, not to be started
keys F
has 随程序来的卡，只能看
has  1 山洪(村)
keys 1
has 先看：沟水突然变浑
keys q t
has outpost packs flood
keys L
has 没有没办结的指令

case and so on a narrow terminal, page by page
size 12 40
keys F space 1
has 先看：沟水突然变浑

case after the jump key what was signed does not take '>' along: what is urgent stays in sight
size 12 40
seed add warning event=11B01 severity=red headline=暴雨红色预警 expires=+6h at=-1m
seed add order text=指令一 to=王庄村 due=+3m
seed add order text=指令二 to=王庄村 due=+4m
seed add order text=指令三 to=王庄村 due=+5m
seed add task text=任务一 to=李爱国 due=05:00
seed add task text=任务二 to=李爱国 due=05:01
seed add task text=任务三 to=李爱国 due=05:02
keys h
has > 1 剩4分
keys ^G
keys y
has > 1 
has 指令三
has 任务二

case and where it stood on another row it stands there again
seed add warning event=11B01 severity=red headline=暴雨红色预警 expires=+6h at=-1m
seed add order text=指令一 to=王庄村 due=+3m
seed add order text=指令二 to=王庄村 due=+4m
keys h j j
has > 3
keys ^G
keys y
has > 2 剩4分    指令          指令二
