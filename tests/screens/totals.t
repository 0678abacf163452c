# Tables of figures by place: each number opens its records; what cannot be divided is no rate, what nobody knows is no 0.
# Covers: J01 J03
# Tests also: totals.c totals_page.c figure.c figures_line.c records.c rows.c boards.c
now 2026-11-29T06:20:00+08:00
seed init --area 410882103 --name 柏香镇 --user 张永强
seed add hazard category=H0202 place=后山 text=裂缝 grade=G area=410882103205
seed add hazard category=H0202 place=老街 text=后墙裂缝 grade=G area=410882103205
seed add hazard category=H0202 place=坝头 text=渗水 grade=G area=410882103243
seed add hazard category=H0202 place=渠边 text=护栏松动 grade=G area=410882103243
seed step $ fixed text=拧紧了
seed add hazard category=H0202 place=镇政府 text=线路老化 grade=G

case a line a place with something, the last all of it; a share has a bar
keys T
screen
|*
|  地方          >发现   销号   按期   逾期       按期销号率   未销   销号率
|> 西彰村            2      0      0      0                -      2       0%
|  伏背村            2      1      1      0 [##########]100%      1      50%
|  本级              1      0      0      0                -      1       0%
|  合计              5      1      1      0 [##########]100%      4      20%
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
|其余60个地方都是0或没有
|西彰村 发现 2
|目标 按期销号率90% 销号率90%
|
|回车打开 Tab换列 f换表 ,前一期 .后一期 o排序 v全列 w由来 ? 帮助  q 返回
has 柏香镇 2026-11 隐患
most 1100

case nothing to divide by is no rate
keys T v
has 柏香一街村        0      0      0      0                -      0        -
lacks 其余

case a number opens its records, and nothing else
keys T down enter
has 隐患排查治理 2 发现 柏香镇 伏背村
has 坝头
has 渠边
lacks 后山
keys q G enter
has 隐患排查治理 5 发现
has 镇政府
keys q k enter
has 隐患排查治理 1 发现
has 镇政府
lacks 坝头
keys q right enter
has 隐患排查治理 0 销号
lacks 镇政府

case w says what it is made of, by which row; the parts open too
keys T down right right right right w
has 伏背村 按期销号率 100%
has   1 隐患 已销号
has     count closed_intime hazard closed per month intime
has   1 隐患
has     count hazards_settled hazard
has 目标 不少于90 达到
has 2026-11-01 至 2026-11-30
keys enter
has 把 > 移到一个数上
keys j j j enter
has 护栏松动

case what was closed after its deadline is closed, and not in time
seed add hazard category=H0202 place=井台 text=井盖破 grade=G owner=李四 owner_due=2026-11-20 area=410882103205 at=2026-11-10T08:00
seed step $ fixed text=换了井盖
keys T
has > 西彰村            3      1      0      0   [..........]0%      2      33%

case sorted by the column, the other way round, and back
keys T v o
has 按发现从多到少
has > 西彰村
keys o
has 按发现从少到多
keys g
has > 柏香一街村

case the period before knows nothing of now
keys T ,
has 2026-10 隐患
has 合计              0      0      0      .                -      .        -
keys right right right enter
has 只知道现在的
keys . .
has 已经是现在这一期

case other tables
keys T f
has 2026-11 预警
has 目标 签收中位5分 九成10分 传达到户90%
keys f f f f
has 2026 全年
keys ,
has 2025 全年

case a place is found by its initials
keys T / "fbc"
has > 伏背村            2
lacks 西彰村

case the numbers on the boards open their records
seed add household head=史丰收 group=1组 people=4 area=410882103205
seed add household head=冯银环 group=2组 people=6 area=410882103205
seed add warning event=11B01 severity=red headline=暴雨红色预警 expires=+6h
keys Y =
has 传达到户% 0%
has     count homes household *
keys j j j enter
has 冯银环
has 史丰收
keys D =
has 这块板上没有规则里的数
keys W =
has 这块板上没有规则里的数

case on a small terminal
size 12 40
keys T right right
screen
|*
|  地方         发现   销号  >按期
|> 西彰村          2      0      0
|  伏背村          2      1      1
|  本级            1      0      0
|  合计            5      1      1
|
|其余60个地方都是0或没有
|西彰村 按期 0
|目标 按期销号率90% 销号率90%
|
|*
keys right right
has 按期销号率
most 300
