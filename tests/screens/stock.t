# Goods: in and out in one line, what is asked for answered from who has it, what came signed for, what was not tried.
# Covers: D01 D02 D03 D05 D07 D09 D26 W5.2 W5.3 W14.2
# Tests also: goods.c stock.c stock_page.c stock_entry.c stock_write.c offers.c reach.c line_stock.c
now 2026-11-29T06:20:00+08:00
seed init --area 410882103 --name 柏香镇 --user 谢红旗
seed add depot name=应急仓库 type=store

case nothing is low
keys K
has 没有不足、临期、没试的物资
has 不足0 临期0(7天内0) 没试机0 没盘点0

case what is low, runs out, was not tried stands there, the worst first
seed add supply name=棉被 quantity=80 target=120 unit=床 store=应急仓库
seed add supply name=消毒液 quantity=60 unit=瓶 expires=2026-11-29 store=应急仓库
seed add supply name=方便面 quantity=60 unit=箱 expires=2026-11-20 store=惠民超市
seed add supply name=潜水泵 quantity=6 target=6 unit=台 store=应急仓库
seed add supply name=铁锹 quantity=6 unit=把 checked=2026-06-01
seed add device name=卫星电话1号 tested=2026-10-25 place=值班室
keys K
screen
|*
|不足1 临期2(7天内2) 没试机1 没盘点1  在途0 申请0
|>   方便面             60箱         过期   11-20        惠民超市
|    棉被               80/120床     不足   缺40         应急仓库
|    消毒液             60瓶         临期   11-29 今天   应急仓库
|    卫星电话1号                     没试机 35天前试     值班室
|    铁锹               6把          没盘点
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
|i收发一行 u撤 n申请物资 t办理 p成文 v全部 ? 帮助  q 返回
most 900
keys v
has 潜水泵             6/6台

case one line: what, how much, to whom; it says what is left, and is written by y alone
seed add supply name=潜水泵 spec=3千瓦 quantity=6 target=6 unit=台 store=应急仓库
seed add supply name=发电机 spec=汽油5千瓦 quantity=2 unit=台
seed add supply name=发电机 spec=柴油30千瓦 quantity=1 unit=台
seed add depot name=西彰村储备点 area=410882103205
keys K i "出 qsb 1 西彰村" enter
has 调出 潜水泵 1台，剩5，到西彰村储备点
has 按 y 记
keys n
has 没有办
keys i "出 qsb 7" enter
has 库存没有这么多：潜水泵只有 6
keys i "fdj 2" enter
has 先写做什么
keys i "1 发电机 1" enter
has 有几种
keys i "1 发电机 汽油 1" enter
has 出库 发电机 1台，剩1
keys y
has 已记：出库 发电机 1台，剩1
keys i "2 qsb 0" enter
keys y
has 没有收：数量要大于0
lacks rules.conf
lacks 字段
keys i "出 qsb 1 西彰村" enter
keys y
has 在途1
has 在途 潜水泵1台 到西彰村储备点 BXZ-DB-1
has 缺1

case no more comes back than went out; what was booked by mistake is taken back, with the numbers
seed add supply name=潜水泵 spec=3千瓦 quantity=6 unit=台 store=应急仓库
keys K i "还 qsb 1" enter
has 没有出去这么多：出0 已还0 还能还0，多的记入库
keys i "出 qsb 2" enter
keys y
has 剩4
keys u
has 作废 06:20 物资收发 潜水泵：按 y 撤回
keys y
has 撤回了
lacks 剩4
keys v
has 6台
keys i "盘 qsb 4" enter
keys y
has 4台
keys u
keys y
has 6台
keys i "入 qsb 1" enter
keys y
has 7台
keys i "损 qsb 7" enter
keys y
has 0台
keys u
keys y
has 7台
keys u
keys y
has 6台
keys u
has 没有可撤回的

case what was taken in and used up is not taken back
seed add supply name=编织袋 quantity=0 unit=条
seed user add 张二锁
seed add move supply=编织袋 type=in quantity=5
seed --user 张二锁 add move supply=编织袋 type=scrap quantity=3
keys K u
keys y
has 已经用出去了，只剩2，不能撤

case an answer that is taken back leaves the request open again
seed add supply name=潜水泵 spec=3千瓦 quantity=6 unit=台 store=应急仓库
seed add depot name=西彰村储备点 area=410882103205
seed add request name=潜水泵 quantity=1 unit=台 place=村东涵洞 reason=积水 area=410882103205
keys K 1 "张二锁" enter
keys y
has 申请0 已安排1
keys u
keys y
has 撤回了
has 申请1
has 潜水泵6
keys 1 "张二锁" enter
keys y
has 申请0 已安排1

case what is signed for stands in the row that is there, with its 规格
seed add depot name=镇卫生院 type=point
seed user add 张二锁
seed add supply name=潜水泵 spec=3千瓦 quantity=6 unit=台 store=应急仓库
seed --user 张二锁 add move supply=潜水泵 type=to quantity=2 to=镇卫生院
seed add supply name=潜水泵 spec=3千瓦 quantity=1 unit=台 store=镇卫生院
keys K s
keys "2" enter
has 已收讫，已入账
keys v
has 潜水泵 3千瓦
has 3台
has 4台
lacks 2台

case a count works out its difference
seed add supply name=编织袋 quantity=3000 target=4000 unit=条
keys K i "盘 bzd 2980" enter
has 盘点 编织袋 2980条，账面3000，盘亏20
keys y
has 2980/4000
keys i "盘 bzd 2980" enter
has 与账面相符

case a device that was tried is off the list, one that failed is broken
seed add device name=卫星电话1号 tested=2026-10-25
seed add device name=卫星电话2号 tested=2026-10-25
keys K 1 enter
has 卫星电话1号：按 y 记试机完好
keys y
has 卫星电话1号 试机：完好
keys 2 "电池鼓包" enter
has 没试机0
has 故障

case what a village asks for is answered by a digit: own, neighbour, agreement; the nearest first
seed add depot name=西彰村储备点 area=410882103205
seed add supply name=潜水泵 quantity=6 unit=台 store=应急仓库 keeper=谢红旗 phone=15439115411
seed add supply name=潜水泵 quantity=2 unit=台 area=410882103243
seed add agreement party=顺达机电 type=supply goods=潜水泵、发电机 person=李顺 phone=03915550171 minutes=40
seed add reach from=410882103205 to=410882103 minutes=12
seed add reach from=410882103243 to=410882103 minutes=9
seed add request name=潜水泵 quantity=1 unit=台 place=村东涵洞 due=06:04 reason=积水 area=410882103205
keys K
has 申请 西彰村 潜水泵1台 村东涵洞 最迟06:04 超16分
has 1   本站 潜水泵6 应急仓库 谢红旗15439115411 约12分
has 2   邻近 潜水泵2 伏背村  约21分
has 3   协议 潜水泵、发电机 顺达机电 李顺03915550171 约40分
keys 1 "张二锁" enter
has 从应急仓库调 潜水泵1台
keys y
has 申请0 已安排1
has 潜水泵1台 到西彰村储备点 BXZ-DB-1 张二锁
keys v
has 5台

case what came less is said with its reason, and nobody signs for what he sent himself
seed add supply name=棉被 quantity=80 unit=床 store=应急仓库
seed add depot name=镇卫生院 type=point
seed user add 张二锁
seed --user 张二锁 add move supply=棉被 type=to quantity=20 to=镇卫生院
keys K
has 待收 棉被20床 到镇卫生院 BXZ-DB-1
keys s "18" enter
has 写明原因
keys s enter
has BXZ-DB-1 棉被20床：按 y 记全部收到
keys n
has 没有办
keys s
keys "18 湿了2床" enter
has BXZ-DB-1 已收讫，已入账
has 在途0
keys v
has 60床
has 18床
keys i "调 棉被 5 镇卫生院" enter
has 有几种

case goods of one holder that are entered twice are seen as double
seed add supply name=方便面 quantity=40 unit=箱 holder=惠民超市 store=惠民超市
seed add supply name=方便面 quantity=40 unit=箱 holder=惠民超市 area=410882103205
keys K
has 一家多记1
has 一家多记，另有1处

case an empty board, a wrong digit, on a small terminal
size 12 40
seed add supply name=棉被 quantity=80 target=120 unit=床 store=应急仓库
keys K
screen
|*
|不足1 临期0(7天内0) 没试机0 没盘点0  在
|途0 申请0
|>   棉被         80/120床  不足   缺40
|
|
|
|
|
|
|
|i收发 u撤 n申请 t办理 p成文 v全部 ? q
keys 1
has 先按 j k 选一条
keys i
has 到谁：
