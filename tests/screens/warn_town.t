# The board of the warning in force at a township: who has not signed is urged, what the loudspeakers played, what was
# replaced, and after what time nine of ten had signed.
# Tests also: warn_page.c warn_rules.c calls_write.c
# Covers: C03 C04 C07 C13 W9.2 W9.4 W10.2
now 2026-11-29T05:22:00+08:00
seed init --area 410882103 --name 柏香镇 --user 崔丽娟
seed add warning event=11B01 severity=orange headline=暴雨橙色预警 identifier=BX-104 expires=+9h areas=410882103 at=-3h
seed add warning event=11B01 severity=red headline=暴雨红色预警 msgtype=update refers=BX-104 expires=+6h areas=410882103 at=-7m
seed step $ sign

case those who have not signed are urged by an order, once
keys Y
has 62村 已签0
keys r
has 已下指令催62处签收
keys r
has 已经催过
keys h L
has 请立即签收

case what it has taken the place of is not asked for any more
keys Y G
has 已被替代，不用再签

case which groups have been written to, beside the loudspeakers
seed add broadcast text=立即撤离 warning=BXZ-16 method=wechat groups=3 area=410882103205
seed add broadcast text=立即撤离 warning=BXZ-16 method=sms area=410882103201
seed step $ play result=passed
seed add broadcast text=立即撤离 warning=BXZ-16 method=wechat groups=2 area=410882103201
seed step $ play result=failed
keys Y
has 群 已发1 待发3 没发出2
lacks 广播 已播
seed add broadcast text=立即撤离 warning=BXZ-16 method=speaker area=410882103205
keys h Y
has 广播 已播0 待播1 没响0
has 群 已发1 待发3 没发出2

case what the loudspeakers have played
seed add broadcast text=立即撤离 warning=BXZ-16 area=410882103205
seed add broadcast text=立即撤离 warning=BXZ-16 area=410882103201
seed step $ play result=failed broken=村东
keys Y
has 广播 已播0 待播1 没响1 柏香二街村

case when nine of ten have signed, it says after what time
seed add person name=王俊杰 role=R05 post=书记 phone=15439142161 area=410882103205
seed add person name=郑铁柱 role=R05 post=书记 phone=15439150061 area=410882103201
seed add warning event=11B01 severity=red headline=山洪红色预警 expires=+6h areas=410882103205,410882103201 at=-12m
seed step $ sign
keys Y f
has 2村 已签0
has 九成未到
keys J f
has 叫应 (2/2) 红R 山洪红色预警
keys 1
keys 1
keys Y f
has 2村 已签2
has 中位12分 九成12分

case what the board, a minute and a key cost
only cells
seed add person name=王俊杰 role=R05 post=书记 phone=15439142161 area=410882103205
seed add person name=郑铁柱 role=R05 post=书记 phone=15439150061 area=410882103201
seed add household head=史丰收 group=1组 people=1 area=410882103205
seed add warning event=11B01 severity=red headline=暴雨红色预警(一级) issuer=沁阳市气象台 text=过去2小时柏香镇降雨96毫米，预计未来3小时仍有100毫米以上，沁河、猪龙河将出现洪峰，北坡崖头极易崩塌。 action=滩区坡脚低洼危房的人马上撤；封下穿涵洞；停课停工；无通知不得返回。 expires=+6h areas=410882103 at=-7m
seed step $ sign
keys Y f
keys h
keys Y
has 其余54 空格
most 1800
wait 60
most 80
keys r
most 120

case households and persons on the township's board, and the villages that lag behind on that of the doors
seed add household head=史丰收 group=1组 people=1 area=410882103205
seed add household head=冯银环 group=2组 people=4 area=410882103205
seed add household head=孙长江 group=3组 people=6 area=410882103203
seed add relay household=冯银环 warning=BXZ-16 result=told area=410882103205
keys Y
has 户 1/3 人 4/11  有户的2/62村
has 传达到户% 33 目标90  签收中位分 - 目标5
keys D
has 3户11人
has 最慢: 广韩村0/1  西彰村1/2
has 未到户2 =3

case the card for the warning is begun from its board, and the board says how far its steps are
seed packs flood
seed add warning event=11B03 severity=red headline=暴雨红色预警 expires=+6h areas=410882103
keys Y
has 暴雨红色预警行动卡 共9步 没启动：t 启动
keys t
has 登记应急响应
has 灾种暴雨
has 暴雨红色预警行动卡
keys "3" ^O
has 已保存
keys h Y
has 暴雨红色预警行动卡 共9步 做完0 在做0：t 看
keys t
has 5分钟内签收
keys enter t
keys 3 "已签收" ^O
has 已保存
keys h Y
has 暴雨红色预警行动卡 共9步 做完1 在做0：t 看
size 12 40
has 行动卡9步 做完1 在做0：t 看
keys l
has 可办事项

case a card belongs to the warning that it was started for, and to what has taken its place
seed packs flood
seed add warning event=11B03 severity=red headline=暴雨红色预警 identifier=BX-7 expires=+2h areas=410882103 at=-2h
keys Y f t
keys "3" ^O
has 已保存
keys h Y f
has 暴雨红色预警行动卡 共9步 做完0
seed add warning event=11B03 severity=red headline=第二场暴雨红色预警 expires=+9h areas=410882103
keys h Y
has 第二场
has 暴雨红色预警行动卡 共9步 没启动：t 启动
keys f f
has 有效至07:22
has 暴雨红色预警行动卡 共9步 做完0

case the duty room above took the call: the village has not answered, and nothing was reported
seed add rollcall text=早点名 due=+15m
keys J f 1 k k
has 柏香一街村 都叫过了
has 已接听05:22
lacks 已报上级
lacks 应到05:22

case what was lifted is called about as lifted, and what is read out says what, when and why
only cells
seed add warning event=11B03 severity=red headline=山洪红色预警 issuer=市气象台 text=山洪暴发 action=撤到村部 expires=+6h areas=410882103205 at=-20m
seed step $ cancel text=雨停。
keys J f
has 叫应 (2/2) 红R 【解除】山洪红色预警
has 念: 11月29日5时22分已解除预警：市气象台发布的山洪红色预警，雨停。 请复述：
lacks 撤到村部
keys h Y f
has 红R 【解除】山洪红色预警 05:22解除
has 1村 已签0
lacks 做：
seed add warning event=11B03 severity=red msgtype=cancel headline=大风红色预警 issuer=市气象台 text=风停了 expires=+6h areas=410882103205
keys h J
has 念: 市气象台于11月29日5时22分解除预警：大风红色预警，风停了。 请复述：

case households are those of the places that the warning is for, and who is called for them is one of theirs
only cells
seed add household head=史丰收 group=1组 people=1 area=410882103205
seed add household head=孙长江 group=3组 people=6 area=410882103203
seed add person name=王俊杰 role=R05 post=书记 phone=15439142161 area=410882103205
seed add warning event=11B03 severity=red headline=山洪红色预警 expires=+6h areas=410882103205 at=-2m
keys Y
has 户 0/1 人 0/1
has 传达到户% 0 目标90
seed add relay household=史丰收 warning=BXZ-40 result=told area=410882103205
has 户 1/1 人 1/1
has 传达到户% 100 目标90
has 西彰村     王俊杰
keys D
has 1户1人  告知1
lacks 孙长江
# Nobody of the next village is whom it has.
keys h Y f
has 西彰村     王俊杰
lacks 后城村     王俊杰
seed add warning event=11B03 severity=red headline=二号红色预警 expires=+6h areas=410882103205
keys h Y
has 户 0/1 人 0/1  只告知过别的预警1户
keys f
has 户 1/1 人 1/1

case where nobody of a village is known the duty room above stands there in whole words
only cells
keys J
has 柏香一街村 上级     值班室 没叫

case the next village took the call: the village itself has not answered, and nothing says that it has
only cells
seed add person name=王俊杰 role=R05 post=书记 phone=15439142161 area=410882103205
seed add rollcall text=早点名 due=+15m
keys J f 1
has > 后城村     邻村     王俊杰 没叫
keys 1
has 62村 应1 叫不通/没叫 1/60
has 后城村     邻村     王俊杰 已接听05:22
lacks 上次应到

case places and stations stand by their names, in a form, a picker and the record; of somebody else's warning no station does
seed add warning event=11B03 severity=red headline=暴雨红色预警 issuer=沁阳市气象台 expires=+6h areas=410882103205,410882103243
keys A "预警信息" enter enter
has 影响区域：柏香镇 西彰村、柏香镇 伏背村
lacks 签发站点
lacks 4108821032
keys e
has 影响区域
has 柏香镇 西彰村、柏香镇 伏背村
keys tab tab tab tab tab tab tab tab tab tab tab tab tab space
has > 01 柏香镇
lacks 41088210
