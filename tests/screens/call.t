# Who has not signed is called: one digit a call, the next number is there already, two officers do not ring one house.
# Tests also: call_page.c call_order.c call_words.c owing.c calls_write.c writing.c callees.c
# Covers: C03 C04 L05 L11 W9.2 W9.3 W9.5
now 2026-11-29T05:22:00+08:00
seed init --area 410882103 --name 柏香镇 --user 崔丽娟
seed user add 刘凤英
seed add person name=王俊杰 role=R05 post=书记 phone=15439142161 area=410882103205
seed add person name=潘鹏飞 role=R02 post=网格员 phone=15439106045 area=410882103205
seed add person name=郑铁柱 role=R05 post=书记 phone=15439150061 area=410882103201
seed add point name=北坡 people=42 risk=1 area=410882103205
seed add warning event=11B01 severity=red headline=暴雨红色预警(一级) issuer=沁阳市气象台 text=过去2小时柏香镇降雨96毫米，预计未来3小时仍有100毫米以上，沁河、猪龙河将出现洪峰，北坡崖头极易崩塌。 action=崖下11户马上撤到村部 expires=+6h areas=410882103 at=-7m
seed step $ sign

case the next number is large and one digit writes
keys J
has 叫应 红R 暴雨红色预警
has 62村 应0 叫不通/没叫 0/62 | 限5分 已过7分
has 拨 154 3914 2161  西彰村 书记 王俊杰
has 1已接听 2无人接听 3占线 4关机停机 5号码有误 6请人转告  m电话
has 念: 沁阳市气象台于11月29日5时22分发布预警：暴雨红色预警(一级)
has 次序 书记 网格员 书记/大喇叭 邻村 上级值班室
has 西彰村 书记 王俊杰 再网格员
has > 西彰村     书记     王俊杰 没叫          现在  没送到
most 1619
keys 2
has 叫不通/没叫 1/61
has   西彰村     书记     王俊杰 无人接听05:22 05:27 没送到
has 拨 154 3915 0061  柏香一街村
# The village after it has no grid worker: another order of calling is said as well.
most 120

case the order of calling stays where posts have long names, and is cut with the mark
seed add person name=买建设 role=R12 post=镇党委委员、人武部部长、包片领导 phone=15439142162
seed add person name=李保国 role=R12 post=镇农业农村服务中心副主任 phone=15439142163
keys J
has 次序 书记 网格员 书记/大喇叭 邻村 镇党委委员、人武部部长、包片领导 镇农业农村服~
lacks 上级值班室

case numbers to which nothing was added for a while say up to when they count
only cells
keys J 2
lacks 数到
wait 960
has 数到05:22
keys Y
has 数到05:22
keys J 1
lacks 数到
keys Y
lacks 数到

case in the first minutes, when nobody is late yet, the next number is there all the same
now 2026-11-29T05:16:00+08:00
keys J 1
has 应1 叫不通/没叫 0/61
has 拨 154 3915 0061  柏香一街村

case a long alarm leaves room for what is called for
seed add incident place=北坡崖头中段 text=崖头塌方埋2人，正在挖，要挖机和担架
keys J
has !!
has 叫应 红R

case taken and repeated: signed for that village, not for this place
keys J 1
has 应1 叫不通/没叫 0/61
keys A "预警签收" enter
has 预警签收
has 王俊杰
has 电话
keys J v G
has 已接听05:22

case switched off: the next person now; taken back
keys J 4
has 关机停机05:22
keys k k
has 拨 154 3910 6045  西彰村 网格员 潘鹏飞  第2次 上次关机停机05:22
keys u
has 拨 154 3914 2161  西彰村 书记 王俊杰

case taken back is the signature, too
keys J 1 u
has 应0
keys A "预警签收" enter
has 已撤回

case the number is another one, in the register as well
keys J i ^U "15400000001" enter
has 号码已改
has 拨 154 0000 0001  西彰村
keys A "应急责任人员" enter
has 15400000001

case another way, and a word
keys J m
has 方式：短信
keys 6 d "孩子接的" enter
has 已补一句
keys enter
has 孩子接的
has 短信

case two officers
user 刘凤英
keys J j
user 崔丽娟
cut
keys J
has 刘凤英在叫:

case all that asks is called
seed add rollcall text=汛期早点名 due=+15m
keys J
has (1/2)
keys f
has 汛期早点名
has (2/2)
has 1应到 2无人接听
lacks 已接听
keys 1
has 应1
has 应到
lacks 已接听
keys A "点名应答" enter
has 王俊杰

case on a small terminal
size 12 40
keys J
has 拨 154 3914 2161
has 红R 62村 应0 叫不通0 没叫62
has 1已接 2无人 3占线 4关机 5号码 6请人
most 500

case who has not signed, on the board of the warning
size 24 80
keys Y
has 62村 已签0 送到没签0 没送到62 | 中位未到 九成未到
has > 超2分    没送到    西彰村     王俊杰 15439142161 没叫            现在
keys J 4 Y
has 关机停机05:22   现在转潘鹏飞
keys J 1 Y
has 已签1
keys enter
has 到户 柏香一街村 红R 暴雨红

case a duty officer takes back what he wrote
seed user add 值班 role=R06
user 值班
keys J 1
has 应1
keys u
has 应0

case a call about a roll-call points to it
seed add rollcall text=汛期早点名 due=+15m
keys J f 1
has 应1
keys A "叫应记录" enter 1
has 相关记录
has 汛期早点名

case who is silent at a roll-call is called when its time is over, one person after the other
only cells
seed add rollcall text=汛期早点名 due=+15m
keys J f
has 限15分 已过0秒
has 没叫          05:37
wait 960
has 限15分 已过16分
has 没叫          现在
keys 2
has 叫不通/没叫 1/61
wait 360
keys g 2
keys g
has 网格员   潘鹏飞
has 网格员 潘鹏飞  第3次 上次无人接听05:44 再书记/大喇叭

case the next means comes from the row of the rules, at its time: twice by telephone each, then the loudspeaker
only cells
keys J 2
wait 300
keys g 2
keys g
has 拨 154 3910 6045  西彰村 网格员 潘鹏飞  第3次
keys 2
has 05:27 05:32
wait 300
keys g
has 拨 154 3910 6045  西彰村 网格员 潘鹏飞  第4次
keys 2
keys g
has 用大喇叭 154 3914 2161  西彰村 书记 王俊杰  第5次
has 6请人转告  m大喇叭
has 再上级值班室
keys 6
keys A "叫应记录" enter
has 大喇叭

case a county's row: radio after the telephone, then to the door; the key m still chooses
seed rules publish tests/screens/call_ways.conf
keys J 4
keys g
has 用对讲机 154 3914 2161  西彰村 书记 王俊杰  第2次
keys m
has 方式：大喇叭
keys ^L g 4
keys A "叫应记录" enter
has 大喇叭
keys J g
has 用上门敲门

case what a minute and a key cost, texts and names of a usual length
only cells
seed add person name=原小福 role=R05 post=书记 phone=15439150063 area=410882103203
seed add person name=潘小飞 role=R02 post=网格员 phone=15439106046 area=410882103203
seed add person name=原大福 role=R05 post=书记 phone=15439150064 area=410882103206
seed add person name=史小飞 role=R02 post=网格员 phone=15439106047 area=410882103206
seed add person name=赵来福 role=R05 post=书记 phone=15439150065 area=410882103204
seed add person name=赵小福 role=R05 post=书记 phone=15439150066 area=410882103202
keys J
has 其余54 空格
most 1619
seed add warning event=11B01 severity=red headline=山洪红色预警 action=马上撤 expires=+6h areas=410882103203,410882103205,410882103206 at=-7m
seed step $ sign
keys h J
has 3村
wait 60
has 已过8分
most 80
keys 1
most 120
keys u
most 120
keys g
keys 4
most 120
keys u g
keys 6
most 120
keys 2
most 120
