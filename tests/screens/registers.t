# Registers of who answers for what, what was issued, how great a risk is and what houses are like.
# Tests also: register.def cond.c
# Covers: L03 L12 L13 L14 I02 I10
now 2026-11-29T09:31:00+08:00
seed init --area 410882103 --name 柏香镇 --user 张永强 --post 应急办主任
seed user add 闫占奎 role=R12
seed add point name=北坡崖头 type=river risk=4
seed add household head=任文革 group=1组 people=3

case who answers for a point, at which level, and when he was there last
only cells
seed add charge object=北坡崖头 level=township person=张永强 duty=汛前汛中汛后各查一次 visited=2026-08-01
has 包保责任1
keys A "包保责任" enter
has 北坡崖头
has 乡镇级
keys enter t
has 走访
keys ^X h
seed step $ visit visited=2026-11-29
lacks 包保责任1

case a colour that is not that of the matrix is refused, the right one is the point's
only cells
keys A "风险评估" enter n
keys enter "洪水" enter "1" "2" "3" "塌岸" ^O
has 按矩阵应为红色
keys ^X h
seed add rating point=北坡崖头 event=11A01 likelihood=5 consequence=4 risk=1 text=汛期塌岸
keys A "风险点" enter
has 红.重大

case what was issued to whom, and a house that nobody may live in
only cells
seed add person name=董小红 role=R12 areas=西彰村,伏背村 committee=member
seed add kit person=闫占奎 item=强光手电 number=2
seed add dwelling household=任文革 type=earth grade=D lived=yes surveyed=2026-11-20
has 任文革 D级 整体危险
keys A "配发装备" enter
has 强光手电
has 闫占奎
keys h A "人员" enter / "dxh" enter enter
has 包片区域：西彰村,伏背村
has 应急委职务：成员

case a township sees what its villages lack, those that lack most first
only cells
keys H b
has 应有12项
has 缺 一办：应急办工作人员  0/2
keys g "/柏香一街" enter
has 柏香一街村   0/13  没有 缺：村党组织书记（主要负责人）、网格员
keys enter
has 家底 柏香镇 柏香一街村
has 缺 网格员  0/1
