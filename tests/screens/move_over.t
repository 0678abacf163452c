# Days of leaving: who arrived stays so while the order runs, an order that is over is of no concern to the next, and an
# order to go back is about its own people.
# Tests also: moving.c lodgers.c leaving.c homes.c agenda.c form_presets.c
# Covers: H02 H06 H08 W11.6
now 2026-11-29T05:31:00+08:00
seed init --area 410882103205 --name 王庄村 --user 秦国庆
seed add person name=潘喜顺 role=R05 phone=15439142161
seed add shelter name=村部 capacity=90
seed add point name=北坡崖头 type=fall risk=1 shelter=村部 leader=潘喜顺
seed add point name=窑洞院落 type=house risk=2 shelter=村部 leader=潘喜顺
seed add household head=范春生 group=1组 people=4 point=北坡崖头
seed add household head=冯银环 group=2组 people=5 point=窑洞院落

case who arrived is there as long as the order runs, not for two days
only cells
keys Z n ^O 2 3 h
wait 259200
keys Z
has 到1 动0 告0 拒0 不在0 未1
has 要走没到0户

case a household that arrived under an order that is over does not count in the next
only cells
keys Z n ^O 2 3 h
wait 3600
keys Z t 1 ^O
has 已保存
wait 3600
keys h Z n ^O
has 到0 动0 告0 拒0 不在0 未2
has 要走没到1户4人
keys h
lacks 到1
keys B
lacks Z已到

case an order to go back is about its own people
only cells
keys Z n ^O i i "范春生" enter enter h
keys Z j j n ^O i i "冯银环" enter enter h
wait 3600
keys Z t 1 ^O
keys h Z
has 在所9
has 06:31下了返回令，在所还有5人没走
keys i 3 "亲戚家" enter
keys h Z
has 在所4
lacks 下了返回令

case the word to go back asks by the count of the board
only cells
keys Z n ^O 2 3 h
seed add household head=谢庆丰 group=1组 people=3 point=北坡崖头
keys Z
has 要走没到1户3人
keys t 1 ^O
has 还有户要走没到：D 看。对的话再存一次
lacks 已保存
keys ^O
has 已保存

case a warning in force that sends others away is named
only cells
keys Z n ^O 2 3 h
seed add warning event=11B03 severity=red headline=暴雨红色预警 expires=+6h at=-5m
keys Z
has 要走没到1户5人
keys t 1 ^O
has 还有户要走没到：D 看。对的话再存一次：WZC-
has 暴雨红色预警
lacks 已保存
keys ^O
has 已保存

case who may go home is who was told so, whatever another order still says
only cells
keys Z n ^O i i "范春生" enter enter h
keys Z j j n ^O i i "冯银环" enter enter h
wait 3600
keys Z t 1 ^O
keys h Z i j 2
has 返回令还没下，不能回家
lacks 按 y
keys k 2
has 冯银环 5人 回家：按 y 记下离所
keys y
has 在4 余86

case of several orders to go back each says who has not gone
only cells
keys Z n ^O i i "范春生" enter enter h
keys Z j j n ^O i i "冯银环" enter enter h
wait 3600
keys Z t 1 ^O
wait 1800
keys h Z j t 1 ^O
keys h Z
has 下了2道返回令，在所还有9人没走：

case help that is asked for while people leave without a warning stands on the row
only cells
keys Z n ^O D
has 未到户1
keys 6
has 要人帮，已报村
keys h D v
has 要帮05:31
keys 2
has 动身05:31

case a step taken from a board ends on that board: a shelter that is opened is there to be filled
only cells
keys Z 3 t 1 ^O
has 安置点 村部
has 已开放
has i登记入住
keys ^X
has 转移安置 西彰村

case who may not check anybody in is told so before a word is typed
only cells
seed user add 谢红旗 role=R10
user 谢红旗
keys Z 3
has 还没有登记的人
lacks 还没有登记的人：i 登记
keys i
has 您的角色不能登记
lacks 登记(余
keys b
has 不能走这一步 "报人数"
