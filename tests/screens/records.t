# Registers: empty ones say what to do next, rows are narrowed, sorted, paged; wrong keys are answered.
# Tests also: menu.c parts.c screens.c
seed init --area 410882103205 --name 王庄村 --user 李爱国

case an empty register says what to do
keys A "应急物资" enter
screen
|应急物资 0 汛期 06:33                                                     李爱国
|  还没有物资。按 n 登记第一条，q 返回
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
|
|
|
|回车 打开  n 新建  / 筛选  f 状态  a 区域  o 排序  ? 帮助  q 返回
most 260

case a wrong key is answered in one line
keys A "应急物资" enter z
has 此处无 z 键，? 查看可用键
most 400

case narrowed by initials
seed add supply name=发电机 quantity=2 unit=台 phone=13800001234
seed add supply name=水泵 quantity=3 unit=台 phone=13800001234
seed add supply name=编织袋 quantity=500 unit=条 phone=13800001234
keys A "应急物资" enter
has 应急物资 3
keys / "sb"
has 水泵
lacks 发电机
keys enter
has 找：
keys enter
has 名称：水泵

case sorted by another column
seed add supply name=发电机 quantity=2 unit=台
seed add supply name=水泵 quantity=30 unit=台
keys A "应急物资" enter o
has 名称^
keys o
has 名称v

case a small terminal shows what one counts by
size 12 40
seed add supply name=编织袋 quantity=500 unit=条 phone=13800001234
keys A "应急物资" enter
screen
|应急物资 1 汛期 06:33             李爱国
|    编号     内容                   数量
|> 1 WZC-20   编织袋                  500
|
|
|
|
|
|
|
|
|n新建 /筛选 f状态 a区域 o排序 ? q

case a small terminal shows the state
size 12 40
seed add hazard category=H0202 place=后山 text=边坡裂缝 grade=M
keys A "隐患排查" enter
has 待核实 后山 边坡裂缝

case open ones alone
seed add hazard category=H0202 place=后山 text=边坡裂缝 grade=G
seed step $ withdraw text=误报
seed add hazard category=H0202 place=南沟 text=落石 grade=G
keys A "隐患排查" enter
has 未办结(v全部)
lacks 已撤回
has 南沟
keys v
has 已撤回
keys v
lacks 已撤回
keys f
has 已办结

case one place alone
keys A "隐患排查" enter a
has 看哪里的
keys ^X
has 还没有隐患

case all registers by two digits or by initials
keys A
has 看哪一种
keys 1 1
has 隐患排查治理 0
keys h A "zjk" enter
has 专家库 0

# q is a letter while one types, and the first of some names.
case a register whose initials begin with q
keys A "qyyz" enter
has 企业与重点场所 0

case the columns that the rules show, and what is new
seed user add 王芳
seed add hazard category=H0202 place=后山 text=边坡裂缝 grade=G
keys A "隐患排查" enter
has > 1 06:33 一般 后山
keys h
seed --user 王芳 add hazard category=H0202 place=南沟 text=落石 grade=M
keys A "隐患排查" enter
has > 1 06:33 重大 南沟             *落石
lacks *边坡裂缝
keys h
keys A "隐患排查" enter
lacks *落石

case in a list of ten and more a digit waits for the second, and a number that is not there says how to say it
seed add point name=一号点 type=road
seed add point name=二号点 type=road
seed add point name=三号点 type=road
seed add point name=四号点 type=road
seed add point name=五号点 type=road
seed add point name=六号点 type=road
seed add point name=七号点 type=road
seed add point name=八号点 type=road
seed add point name=九号点 type=road
seed add point name=十号点 type=road
keys A "风险点" enter
has 01
keys 5
has 5_ 再按一位
keys 3
has 没有 53 号；第5行是 05
keys 0
has 0_ 再按一位
keys 5
has 风险点 
