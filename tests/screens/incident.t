# What is told by telephone: only where and what must be filled, then whom to call in order, two limits on every screen.
# Tests also: incident_page.c incident.c
# Covers: B14 B15 F05 M90 W8.1 W8.2 W8.3 W8.4
now 2026-11-29T05:44:00+08:00
seed init --area 410882103 --name 柏香镇 --user 崔丽娟
seed add person name=闫占奎 post=副镇长 phone=15439184314
seed add roster date=2026-11-28 desk=E officer=崔丽娟 leader=闫占奎
seed add card code=C05 key=5 title=内涝积水处置卡 event=11A02 "text=1. 看水深：过膝盖的路口封闭"
seed add contact name=市应急局值班室 org=沁阳市应急管理局 group=县值班 phone=03915551300

case where and what are enough; the sort is guessed, the card opens, the calls are in order
keys N "西彰村村东涵洞" down "面包车困在涵洞，水到车窗" ^O
has 已保存
has 电话报 剩20分  书面报 剩40分
has 念：我是柏香镇值班室
has 柏香镇西彰村村东涵洞发生内
has F 5 内涝积水处置卡：1. 看水深
has 1 闫占奎       15439184314
has 2 上级值班室   03915551300
keys h
has 电话剩20分 书面剩40分
keys A
has 电话剩20分

case a digit logs the call, and who is above has been told then
keys N "北坡" down "崖头塌方，埋2人" ^O 1
has 闫占奎：1已接听 2无人接听
keys 2
has 无人接听
keys 2 1
has 上级值班室 已接听
has 书面报 剩40分
keys p
has 书面报告
keys ^X x
has 书面已报：按 y 记下
keys y
has 电话、书面都报了
keys W
has 05:44 去电
has 上级值班室 已接听
keys A "叫应记录" enter
has 闫占奎

case not ours: it is handed on as a tip or a hazard
seed add incident place=村口 text=有人乱倒垃圾
keys A "突发事件接报" enter 1 t
has 转为举报
has 转为隐患

case on a small terminal
size 12 40
keys N "西彰村村东涵洞" down "面包车困在涵洞" ^O
has 电话20分 书面40分
has 1 闫占奎
has 15439184314
most 1400

case the limits run on, on any screen
only cells
keys N "西彰村村东涵洞" down "面包车困在涵洞" ^O
keys L
wait 61
has 电话剩19分 书面剩39分

case taking it down costs a form, what follows a page
keys N
most 964
keys "西彰村村东涵洞" down "面包车困在涵洞，水到车窗，车上3人" ^O
most 1600

case they run on every board, in a form, in a picker, and on a small terminal, until both are done
only cells
keys N "西彰村村东涵洞" down "面包车困在涵洞" ^O
keys Y
has 电话剩20分 书面剩40分
keys J
has 电话剩20分 书面剩40分
keys D
has 电话剩20分 书面剩40分
keys B
has 电话剩20分 书面剩40分
keys W
has 电话剩20分 书面剩40分
keys L
has 电话剩20分 书面剩40分
keys S
has 电话剩20分 书面剩40分
keys P
has 电话剩20分 书面剩40分
keys F
has 电话剩20分 书面剩40分
keys A
has 电话剩20分 书面剩40分
keys "隐患排查" enter
has 电话剩20分 书面剩40分
keys n
has 电话剩20分 书面剩40分
keys "H0202" enter
has 电话剩20分 书面剩40分
keys ^X ^X ^X ^X h ?
has 电话剩20分 书面剩40分
keys ^X /
has 电话剩20分 书面剩40分
keys ^X
size 12 40
has 电话20分 书面40分
keys L
has 电话20分 书面40分
size 24 80
keys A "突发事件接报" enter 1 t
has 电话剩20分 书面剩40分

case told, the other one runs on, and when it is written none does
keys N "西彰村村东涵洞" down "面包车困在涵洞" ^O 2 1
has 上级值班室 已接听
keys L
lacks 电话剩
has 书面剩40分
keys ^X N
has 书面剩40分

case a fire: one key, then where; how large and what wind are asked, the report is tied to it
keys I
has 登记突发事件
has 类别森林草原火灾
has 过火面积
has 风力风向
keys "北山松林" ^O
has 已保存
has 电话报 剩20分
keys n
has 初报 森林草原火
has 地点               北山松林
keys "0" ^O
keys y
has 已保存
has 灾情报告1(没办结1)
keys l
has 灾情报告
has 初报

case the clock on the alarm line is that of the record that it names
seed add incident event=11B03 place=东涵洞 text=车困水中
now 2026-11-29T05:54:00+08:00
seed add incident event=11B03 place=西坡 text=塌方
keys L
has 东涵洞
has 电话剩10分 书面剩30分
seed add warning event=11B01 severity=red headline=暴雨红色预警 issuer=沁阳市气象台 expires=+6h
keys L
has !!红R 暴雨红色预警 剩5分
has 接报 电话10分 书面30分
# Where there is room, by where it is: no number of a station.
size 24 120
has 未签 东涵洞 电话剩10分 书面剩30分
lacks BXZ

case what it is guessed to be stands in the form while one types, and is a person's to change
keys N
has 电话报 20分内  书面报 40分内，从存下起算
keys "西彰村村东" down "面包车困在涵洞"
has 按所说猜的，空格改
has 内涝
keys tab " " "山洪" enter
lacks 按所说猜的
keys ^O
has 已保存
lacks 发生内涝
has 发生山洪

case taken out of the form it is not guessed once more
keys N "西彰村村东" down "面包车困在涵洞"
has 按所说猜的，空格改
keys tab backspace
lacks 内涝
keys ^O
has 已保存
lacks 发生内涝
has 没有合适的处置卡

case a duty room of one's own is not the one above
seed add contact name=本镇值班室 org=沁阳市柏香镇人民政府 group=镇值班 phone=03915550110
keys N "北坡" down "崖头塌方" ^O
has 2 上级值班室   03915551300
lacks 03915550110

case what cannot be noted yet is not asked about, nor in the bar
keys N "北坡" down "崖头塌方" ^O
lacks x书面已报
keys x
has 先打电话报：数字选人记结果，或 t 电话已报
lacks 按 y
keys 2 1
has x书面已报
keys x
keys y
has 电话、书面都报了
keys x
lacks 按 y

case hanzi from pinyin, for who has no input method: words of the trade and of the place, else single ones
keys N ^F
has 拼音输入开着
keys x i z c
has xizc: 1西彰村
keys 1 down z h u a n y i
has zhuanyi: 1转移
keys space q i a o
has 桥
keys backspace backspace backspace backspace d k
keys enter ^F 3
has 西彰村
has 转移dk3
lacks 拼音输入开着
