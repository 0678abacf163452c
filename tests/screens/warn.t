# Warnings: the reddest first, signed from home in two keys, a bell line when one arrives.
# Tests also: warn_page.c
# Covers: C02 C06 C07
seed init --area 410882103205 --name 王庄村 --user 李爱国

case signed in two keys
seed add warning event=11B03 severity=yellow headline=雷电黄色预警 expires=+6h
seed add warning event=11B01 severity=red headline=暴雨红色预警 expires=+6h
has 现在 2
has > 1 剩5分    签收
keys s
has 红R WZC-16 暴雨红色预警：按 y 签收，其他键不办
most 120
keys y
has 已签收
has 现在 1
has 生效 
# The marker stands on the next one that burns.
keys s
has 黄Y WZC-8 雷电黄色预警：按 y 签收
keys y
lacks 签收     红R

case twice is once
seed add warning event=11B01 severity=red headline=暴雨红色预警 expires=+6h
keys s
keys y
has 已签收
keys s
has 您已于
has 没有再写一份
lacks 按 y
# Of what can be done with it that stands no more, nor what would tie it to nothing; their keys say so.
keys enter
has 可办事项：2叫应
lacks 1签收
lacks 6关联
keys 1
has 不用再签
has 预警签收 1
keys 6
has 没有待关联的更新、解除

case another key does not sign
seed add warning event=11B01 severity=red headline=暴雨红色预警 expires=+6h
keys s n
has 没有办
has 现在 1

case a red one breaks into any screen
keys A "应急物资" enter n "发电机"
seed add warning event=11B01 severity=red headline=暴雨红色预警 expires=+6h
has !!红R 暴雨
has 发电机
# It stays while one goes on typing, and on every screen, until it is signed.
keys enter "50千瓦" ^O
has 已保存
keys j
has !!红R 暴雨
keys h s
keys y j
lacks !!红R

case what can be done with it
seed add warning event=11B01 severity=orange headline=暴雨橙色预警 expires=+6h
keys A "预警信息" enter enter
has 可办事项：1签收 2叫应 3传达到户
keys 1
has 登记签收
has 暴雨橙色预警
keys ^O
has 预警签收 1
keys h
has 生效 

case on a small terminal
size 12 40
seed add warning event=11B01 severity=red headline=暴雨红色预警 expires=+6h
screen
|!!红R 暴雨红色预警 剩5分 未签 ^G看 s签收
|王庄村 06:33 汛期
|现在 1
|> 1 剩5分    签收     红R 暴雨红色预警
|
|
|
|
|*
|*
|
|0平安 n新登 v全部 u撤 /查找 Q退出 s签 ?
keys s
keys y
has 已签收

case the board of the warning in force
seed add warning event=11B01 severity=red headline=暴雨红色预警 issuer=沁阳市气象台 text=猪龙河将出现洪峰 action=滩区的人马上撤 expires=+6h
seed add warning event=11B03 severity=yellow headline=雷电黄色预警 expires=+6h
seed add household head=史丰收 group=1组 people=1
keys Y
has 预警 红R 暴雨红色预警
has 红R 暴雨红色预警 沁阳市气象台06:33发 有效至12:33  f 下一条
has 猪龙河将出现洪峰
has 做：滩区的人马上撤
has 本站没签：s 签收
lacks 柏香镇值班
has 户 0/1 人 0/1
has 传达到户% 0 目标90
keys s
keys y
has 已签收
has 本站 李爱国 06:33签(1分)
keys f
has 黄Y 雷电黄色预警
keys l
has 可办事项
keys h Y
size 12 40
has 做：滩区的人马上撤

case in forty columns one of yesterday takes one line, too
size 12 40
now 2026-11-29T05:12:00+08:00
seed add warning event=11B05 severity=red headline=大风红色预警 issuer=沁阳市气象台 text=阵风10级 action=户外作业停下 expires=2026-11-29T09:10:00+08:00 sent=2026-11-28T23:05:00+08:00
keys Y
has 红R 沁阳市气象台11-28 23:05发 至09:10
has 阵风10级

case none is in force
keys Y
has 没有生效的预警

case what rings without wanting a signature does not offer one
seed add incident event=11B03 place=村东涵洞 text=车困水中
has !!突发事件 村东涵洞
has ^G看
lacks ^G看 s签收
keys s
has 现在没有要签收的

case w says by which row of which file it is asked and called about
seed add warning event=11B03 severity=red headline=暴雨红色预警 expires=+6h
keys Y w
has 谁签收 rules.conf:
has ask sign warning active of areas answer receipt
has 谁叫应 rules.conf:
has escalate sign +5m callees
keys w
lacks rules.conf

case two things burn, and what is open can still be read
seed add hazard category=H0202 place=后山 text=裂缝 grade=G
seed add warning event=11B01 severity=red headline=暴雨红色预警 expires=+6h
seed add incident event=11B03 place=村东涵洞 text=车困水中
seed add response event=11B03 level=3
keys A "隐患排查治理" enter enter
has !!红R 暴雨红色预警 剩5分 接报20分 ^G看 s签收 三级  隐患 WZ
has 后山 裂
size 12 40
has !!红R 暴雨红色~ 剩5分 接报20分 ^G看 三级
has 隐患 WZ

case the alarm and the row of home say the same minutes, whenever in a minute each was counted
only cells
now 2026-07-14T06:33:40+08:00
seed add warning event=11B01 severity=red headline=暴雨红色预警 expires=+6h
keys h
has !!红R 暴雨红色预警 剩5分
has > 1 剩5分    签收
wait 10
keys h
has !!红R 暴雨红色预警 剩5分
has > 1 剩5分    签收
wait 15
has !!红R 暴雨红色预警 剩4分
has > 1 剩4分    签收
has 王庄村 06:34 汛期
