# A hazard from the keyboard: a form with the picker, the register, the record, and somebody else's entry meanwhile.
# Tests also: form_session.c
# Covers: A05 W3.1
seed init --area 410882103205 --name 王庄村 --user 李爱国

case form
keys A "隐患排查" enter n
screen
|登记隐患 汛期 06:33                                                       李爱国
|*类别         [选]
|*地点
|*情况
|
|
|*等级         一般
| 风险色       [选]
| 发现时间     2026-07-14 06:33
| 来源         网格巡查
| 责任单位     [选]
| 责任单位期限
| 属地监管     [选]
| 监管期限
| 管控措施
|
|
| 资金(万元)
| 照片文件名
| 挂牌号
| 挂牌级别     [选]
|
|
|回车 下一项  ^O 保存  ^X 离开  ^T 换行
most 1400
keys "H0202"
screen
|登记隐患 汛期 06:33                                                       李爱国
|*类别         [选]
|类别 号码或拼音：H0202
|> 1 崩塌
|
|
|
|
|
| 来源         网格巡查
| 责任单位     [选]
| 责任单位期限
| 属地监管     [选]
| 监管期限
| 管控措施
|
|
| 资金(万元)
| 照片文件名
| 挂牌号
| 挂牌级别     [选]
|
|
|回车 选定  ^X 不选
keys enter
has 崩塌
keys tab tab "王庄村三组后山"
keys tab
most 8

case what is missing is named
keys A "隐患排查" enter n ^O
has 必填
keys "H0202" enter "后山" ^O
has 情况：必填

case saved and found in the register
keys A "隐患排查" enter n "bengta" enter "后山" tab "裂缝" ^O
lacks 必填
keys h A "隐患排查" enter
has 后山
has 裂缝

case keys typed ahead
seed add hazard category=H0202 place=王庄村三组后山 text=边坡裂缝加宽 grade=M
keys A "隐患排查" enter enter
has 边坡裂缝加宽
has 待核实

case moving in a register
seed add hazard category=H0202 place=王庄村三组后山 text=边坡裂缝加宽 grade=M
seed add hazard category=H0102 place=北李村水库坝脚 text=渗水 grade=G
seed add hazard category=H0202 place=南沟 text=落石 grade=G
keys A "隐患排查" enter
screen
|隐患排查治理 3 未办结(v全部) 汛期 06:33                                   李爱国
|    发现  级   地点             情况                              限    状态
|> 1 06:33 重大 王庄村三组后山   边坡裂缝加宽                            待核实
|  2 06:33 一般 南沟             落石                                    待核实
|  3 06:33 一般 北李村水库坝脚   渗水                                    待核实
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
keys j
most 16
keys k
most 16

case another process writes
keys A "隐患排查" enter
has 还没有
seed add hazard category=H0202 place=王庄村三组后山 text=边坡裂缝加宽 grade=M
has 王庄村三组后山

case a name that two have is told apart
seed add person name=傅桂兰 post=网格员 phone=15430008101
seed add person name=傅桂兰 post=护林员 phone=15430008102
keys A "应急物资" enter n "水泵" tab tab tab tab tab "傅桂兰"
has 傅桂兰 护林员 15430008102
has 傅桂兰 网格员 15430008101

case closed and opened again stand on the register, and f comes to what is overdue
seed add hazard category=H0202 place=北坡 text=裂缝 grade=M at=2026-07-14T05:00
seed add hazard category=H0202 place=路口 text=井盖移位 grade=G mended=盖好
keys A "隐患排查" enter
has 隐患排查治理 1 未办结(v全部) 已办结1
seed add hazard category=H0202 place=南沟 text=落石 grade=G
has 隐患排查治理 2 未办结(v全部) 已办结1
keys f f
has 隐患排查治理 1 逾期
has 北坡
lacks 南沟

case while letters narrow a picker it takes few rows, and says how many more there are
keys A "隐患排查" enter n
has 责任单位
keys "p"
most 260
has ，空格翻页
has 责任单位
keys enter
most 235

case a step that nobody can take now is not in the list of steps, and its key says why
seed add hazard category=H0202 place=后山 text=裂缝 grade=M
keys A "隐患排查" enter enter t
has 交办
lacks 准予延期
lacks 不准延期
lacks 摘牌
lacks 当场整改
keys ^X z
has 重大隐患不能当场销号
