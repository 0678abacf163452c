# The round of today and a check item by item: what the board X lists, what a key answers, what a no makes, what it costs.
# Tests also: patrol.c patrol_page.c checking.c check_page.c round.c open_hazards.c lists.c
# Covers: A06 A11 A15 A20 A21 G01 G02 G04 G05 G06 W2.1 W2.2 W2.3 W2.4 W2.5 W4.2 W4.3 W4.4 W4.5 D23
now 2026-06-29T06:05:00+08:00
seed init --area 410882103205 --name 西彰村 --user 秦国庆
seed add point name=老街土坯房片 type=house risk=1 place=第2组老街 people=16 walk=1 at=2026-06-20T08:00
seed add point name=村东铁路涵洞 type=culvert risk=2 place=焦枝线下穿 walk=2 at=2026-06-20T08:00
seed add patrol point=XZC-28 result=ok level_m=0.10 at=2026-06-26T08:00
seed add point name=变压器台区 type=power risk=4 place=村部北侧 at=2026-06-28T08:00
seed add enterprise name=惠民超市 type=shop risk=2 m2=320 at=2026-01-05T08:00 checked=2026-01-20

case what is to be looked at today, in the order of the way
keys X
has 巡查 西彰村
has 今天3处 查了0 没查3 过期3   本月查1次 0次有隐患
has 现在巡查间隔：橙1天12小时
has > 1 红R  老街土坯房片       没查过
has   2 橙O  村东铁路涵洞       上次06-26 无隐患
has   3 橙O  惠民超市
lacks 变压器台区
most 1100
keys v
has 变压器台区
keys v
lacks 变压器台区

case nothing wrong is one key and a yes
keys X 0
has 老街土坯房片：按 y 记无隐患
keys y
has 今天3处 查了1 没查2 过期2
has 查完06:05 无隐患

case nothing wrong, where a hazard is open, says so before it asks
seed add hazard category=H0202 place=老街 text=墙缝两指宽 grade=M point=XZC-20
seed add hazard category=H0202 place=老街 text=瓦松动 point=XZC-20
keys X 0
has 老街土坯房片还有2条隐患没销号：老街 墙缝两指宽：按 y 记没有新隐患
keys n
has 没有办
keys 0
keys y
has 查完06:05 无隐患
keys enter G k k enter
has 没有新隐患；原有2条没销号

case an item a screen, a key an answer, a number where one is asked
only cells
keys X 2
has 查 村东铁路涵洞 橙O  FLD2 2
has 1/11 堤顶、堤坡、堤脚无裂缝
keys y
most 220
has 2/11 水位(米)
has  上次0.1(06-26)
has 水位(米)：
keys 0 . 4 2
keys enter
has 雨量(毫米)：
keys enter
has 4/11 涵洞、路口积水不超过15厘米
keys n
most 220
keys d
has 第4项补一句：
paste 水到膝盖
keys enter y
keys u
has 5/11
keys ^O
has 还有7项没有答
keys y y
wait 1
keys y y
wait 1
keys y y y
has 11项答完：是9 否1 不适用1
has 水位(米) 0.42   上次0.1(06-26)  比上次高0.32
has ! 水位比上次高了0.3米以上
has 否1项：立隐患1条，^O 一起存
has 4 涵洞、路口积水不超过15厘米 下穿立交涵洞 一般 水到膝盖
keys ^O
has 已存，立了1条隐患
has 查完06:05 发现隐患
keys enter
has 隐患
has 不符合：涵洞、路口积水不超过15厘米，水到膝盖
has 突发事件

case ^O at a number takes it and says what is missing; with nothing typed it leaves the item as it is
keys X 2
keys y
keys ^O
has 2/11
has 还有10项没有答
keys 0 . 4 2 ^O
has 还有9项没有答
has 3/11

case what was answered is kept and comes back when it is asked for
keys X 2
keys y
keys ^X
has 巡查 西彰村
keys 2
has 上次答了1项没有存  ^R 取回
has 1/11
keys n
keys u
keys ^R
has 2/11

case an enterprise: another list, who came along and what he said
only cells
keys X 3
has 查 惠民超市 橙O  NINE 1
keys n y y
wait 1
keys y y y
wait 1
keys y y y
wait 1
keys y y
has 11项答完：是10 否1 不适用0
has 1检查人员：秦国庆
keys 2
paste 李工
keys enter 4
paste B
keys enter ^O
has 已存，立了1条隐患
keys enter
has 检查记录 1
keys G k k k
case four keys at once are refused
keys X 1 y y y y y
has 一下来了

case a check that was left is gone on with item by item, also from the drafts of home
# As a form it would take a half for the whole, and a no for nothing wrong.
only cells
keys X 1
keys y n
keys ^X
has 巡查 西彰村
keys h
has 草稿1份
keys ^R enter
has 查 老街土坯房片
has 3/
lacks 结果
keys ^O
has 没有答
keys ^X
keys enter
has 3/

case it is gone on with by the list that it was answered by, and no form offers it
only cells
keys X 3
keys m
keys m y
keys ^X h ^R enter
has 查 惠民超市
has 2/
lacks 没有留下没查完的
keys ^X h A "检查" enter n
lacks 有草稿

case on a small terminal: the round, an item, a number, what has come of it
size 12 40
keys X
screen
|*
|今天3处 查了0 没查3 过期3
|> 1 红R  老街土坯房片           超7天
|  2 橙O  村东铁路涵洞           超34小时
|  3 橙O  惠民超市               超99天
|
|
|
|
|
|
|t开始查 0无隐患 i读数 n新隐患 v全部 ? q
most 420
keys 2
has 查 村东铁路涵洞 橙O
has 1/11 堤顶、堤坡、堤脚无裂缝
has 1_
keys y
has 2/11 水位(米)
has 上次0.1(06-26)
has 1是 2_
keys 0 . 4 2
keys enter
has 3/11 雨量(毫米)
keys ^X ^X
has 草稿1份，^R 接着写：新巡查
