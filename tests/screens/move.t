# Leaving danger zones: the list that the register makes, the order with its five answers, ticks, families checked in in
# one line, room and help, and the order to go back only when everybody is found.
# Tests also: village.c village_page.c move_page.c titles.c move_words.c shelter.c line_shelter.c shelter_page.c check_line.c leaving.c check_in.c then.c line_move.c
# Covers: B08 D14 D20 H02 H04 H05 H06 H08 W11.1 W11.2 W11.4 W11.6
now 2026-11-29T05:31:00+08:00
seed init --area 410882103205 --name 王庄村 --user 秦国庆
seed add person name=潘喜顺 role=R05 phone=15439142161
seed add person name=陈占奎 role=R01 phone=15439140730
seed add shelter name=村部 capacity=10 key=陈占奎 facilities=water,sleep
seed add shelter name=小学操场 capacity=320
seed add point name=北坡崖头 type=fall risk=1 route=村西水泥路→老槐树→村部 shelter=村部 leader=潘喜顺 value_wan=35.5
seed add point name=窑洞院落 type=house risk=2 shelter=小学操场
seed add household head=范春生 group=1组 people=4 tags=old,deaf code=C019 point=北坡崖头 phone=15439189534
seed add household head=范长江 group=2组 people=2 point=北坡崖头
seed add household head=冯银环 group=2组 people=5 tags=pregnant point=窑洞院落
seed add household head=原光明 group=3组 people=3
seed add supply name=棉被 quantity=6 unit=床

case the list is there before anybody typed one
keys Z
has 转移安置 西彰村
has 2处 3户11人 到0 动0 告0 拒0 不在0 未3 =3
has 北坡崖头
has 2/6
has 潘喜顺
has 窑洞院落
has 钥匙陈占奎
has 可安置占危险区人数% 3000 目标50
has 被褥占危险区人数% 54 目标50
has 北坡崖头       2/6     0   0   0   0   0   2   没令     潘喜顺  村部
most 900

case the order asks its five answers, and its zone's households are on the list by it
keys Z n
has 潘喜顺
has 没有返回令不得返回
keys ^O
has 令 06:31前 剩1小时   北坡崖头2户6人
has 谁走：北坡崖头2户6人；几点前：06:31；去哪：村部；谁带队：潘喜顺；何时回：没有返
has 回令不得返回；走哪：1村西水泥路 2老槐树 3村部
has 去村部 潘喜顺带队
has 要走没到2户6人
has 北坡崖头       2/6     0   0   0   0   0   2   剩1小时
has 窑洞院落       1/5     0   0   0   0   0   1   没令
keys A "转移避险清单" enter
has 范春生
has 范长江
lacks 冯银环

case who is registered after the order is among those who have to leave, without a warning, too
keys Z n ^O
seed add household head=后来户 group=2组 people=5 point=北坡崖头
keys h D
has 3户11人
has 后来户
keys G 1
has 告知1
keys u
has 告知0

case an order without one of its answers is not taken
keys Z j n ^O
has 谁带队

case the households of a zone, one key each
keys Z n ^O
keys 2
has 到户 西彰村 北坡崖头
has 2户6人
lacks 冯银环
keys 2
has 动身1
keys h Z
has 北坡崖头       2/6     0   1

case families are checked in by initials, by code, by name, and what is typed shows whom it means
keys Z n ^O i
has 安置点 村部
has 可10 在0 余10 [....................]0% 0户
keys i "1z fcs"
has 1组 范春生 4人
has C019
keys enter
has 05:31 1组范春生 4人 已登记
has 可10 在4 余6
has 已开放
has 登记(余6)：
keys "qqq"
has 没有这一户
keys ^U "fan"
has 2户符合，再打几个字
keys ^U "范长江 1人" enter
has 可10 在5 余5
keys "c019"
has 已在村部 05:31登记，回车改到这里
keys ^X
keys h Z
has 北坡崖头       2/6     2   0
has 共2可住330 开1可住10 在所5 余5
lacks 要走没到2户

case who belongs to no zone comes by himself, who is too many is asked about
keys Z n ^O i i "张无忌 3" 
has 没有登记的户：张无忌 3人，回车按自行前来登记
keys enter "原光明" enter
has 可10 在6 余4
keys "冯银环" enter
has 余4，来5：按 y 仍然登记
keys y
has 可10 在11 余-1
keys ^X h Z
has 自行前来6

case who came before anybody gave an order is there all the same
keys Z i i "范春生" enter ^X h Z
has 2处 3户11人 到1
has 北坡崖头       2/6     1

case taken back
keys Z n ^O i i "范春生" enter ^X
has 可10 在4 余6
keys u
has 可10 在0 余10
has 登记已撤回
keys u
has 没有可撤的
keys h Z
has 北坡崖头       2/6     0   0   0   0   0   2

case heads are told as they were counted, with what is needed
keys Z n ^O i
has 关闭
keys i "范春生" enter enter
keys b
has 报在所4人，缺什么：
keys "棉被10床 奶粉" enter
has 已报人数：在所4人
has 上报05:31 缺棉被10床 奶粉
keys h Z
has 05:31
has 缺棉被10床

case who had no help yet is counted against ten hours
keys Z n ^O i i "范春生" enter enter
has 没救助1户 最急剩10小时
keys 1 "面包4份 棉被2床" enter
has 05:31已救助
lacks 没救助

case nobody goes back before all are found and the word is given
keys Z n ^O i i "范春生" enter enter
keys 2
has 返回令还没下，不能回家
lacks 按 y
keys h Z t
has 下返回令
keys 1
has 下返回令：还有人没找到
keys h Z i i
keys "范长江" enter enter
keys h Z t 1
keys ^O
has 已保存
keys h Z
has 05:31下了返回令，在所还有6人没走
keys i 2
keys y
has 范长江 已离所回家
keys 3 "镇敬老院" enter
has 范春生 已离所
has 还没有登记的人
keys v
has 已去镇敬老院
has 已回家
keys h Z
lacks 下了返回令
has 北坡崖头       2/6     0
keys A "转移避险清单" enter
has 已返回

case on a small terminal
size 12 40
keys Z n
keys ^O
screen
|转移安置 西彰村 森林防火期 05:31  秦国庆
|3户 到0 动0 告0 拒0 不在0 未3
|要走没到2户6人
|开0 可0 在0 余0
|  1 令 06:31前 剩1小时   北坡崖头2户6人
|> 2 北坡崖头   2/6   到0 没2 剩1小时
|  3 窑洞院落   1/5   到0 没0
|  4 小学操场     在0   余320  没开
|  5 村部         在0   余10   没开
|
|已保存 WZC-8
|n下令 i登记入住 t办理 D逐户 p形势 ? q
most 520
keys i
keys i "fcs"
screen
|安置点 村部 森林防火期 05:31      秦国庆
|可10 在0 余10 [..........]0% 0户
|关闭 钥匙陈占奎
|要走没到2户6人：D 看是谁
|  还没有登记的人：i 登记
|
|
|
|1组 范春生 4人 高龄老人,听力障碍 C019
|登记(余10)：fcs
|
|回车 打好了  ^X 不打了
keys enter
has 05:31 1组   范春生 4人
most 520

case the situation of the village in words: who leads, zones with people, way and shelter, who needs help, telephones
keys Z p
has 形势 西彰村
has 潘喜顺 15439142161
has 北坡崖头
has 住2户6人
has 走：1村西水泥路 2
has 老槐树 3村部，去村部
has 威胁财产(万元)35.5
has 重点户 2户
has 1组 范春生
has 村部，可住10，有供水,宿住，钥匙陈占奎

case home counts a danger zone as this board and that of its doors do, also what was said at a door beside the list
only cells
keys Z n ^O
seed add household head=后来户 group=2组 people=5 point=北坡崖头
seed add relay household=范春生 result=refused at=+1m
now 2026-11-29T05:33:00+08:00
keys h
has 北坡崖头 3户11人: 未动2 告知0 途0 到0 拒1
keys Z
has 北坡崖头       3/11    0   0   0   1   0   2
keys 2
has 3户11人  告知0 动身0 到0 拒1 不在0 未到户2 =3

case who is on the list of transfers and in no register has to leave as the others do, on every board
only cells
seed add transfer household=无名氏 people=3 point=北坡崖头 due=+20m
keys h
has 北坡崖头 3户9人: 未动3
keys Z
has 北坡崖头       3/9     0   0   0   0   0   3   剩20分
has 要走没到1户3人
keys 1
has 无名氏  3
keys j 6
has "无名氏" 不在住户登记里：先登记住户，再报要帮
keys 2
has 动身05:31
has 动身1
keys u
has 动身0
keys g j 4 2
has 拒1
keys g j 4 2
has 拒1
has 无名氏  3                                拒05:31

case who was told to leave under one warning was told under the next, here and at the doors of the point
only cells
seed add warning event=11B03 severity=red headline=暴雨红色预警 expires=+6h at=-20m
seed step $ sign
seed add relay household=范春生 warning=WZC-8 result=told at=05:20
seed add warning event=11B03 severity=red headline=山洪红色预警 expires=+6h
seed step $ sign
keys Z
has 北坡崖头       2/6     0   0   1   0   0   1
keys 1
has 2户6人  告知1 动身0 到0 拒0 不在0 未到户1 =2
lacks 危险区2处
keys v
has 告知05:20 红R告知05:20
