# A warning that was lifted or replaced stands behind those in force, in lists and in line mode, and says what it is.
# Tests also: rows.c
# Covers: C01
now 2026-07-14T06:00:00+08:00
seed init --area 410882103205 --name 王庄村 --user 李爱国
seed add warning event=11B03 severity=yellow headline=雷电黄色预警 expires=+6h
seed add warning event=11B01 severity=red headline=暴雨红色预警 expires=+6h
seed step $ cancel text=雨停了

case the older one in force stands first, the newer one that was lifted behind it
keys A "预警信息" enter
has > 1 黄
has   2 红
has 生效
has 已解除

case one that is written later stands before both
seed add warning event=11B09 severity=blue headline=大风蓝色预警 expires=+6h
keys A "预警信息" enter
has   2 黄
has   3 红

case on a small terminal without dim letters the word stands beside it
size 12 40
keys A "预警信息" enter
has   2 WZC-16
has 已解除

case one that was lifted by its step says so on home, in the question and on the board, and is signed by itself
seed add warning event=11B03 severity=orange headline=山洪橙色预警 issuer=市气象台 text=山洪暴发 action=撤到村部 expires=+6h at=-20m
seed add receipt warning=WZC-32 at=-15m
seed add household head=史丰收 people=1
seed step WZC-32 cancel text=雨停。
has 签收     橙O  【解除】山洪橙色预警
keys Y f f
has 橙O 【解除】山洪橙色预警 06:00解除
has 雨停。
has 本站没签：s 签收
lacks 撤到村部
lacks 山洪暴发
lacks 签后
keys s
has 橙O WZC-32 【解除】山洪橙色预警：按 y 签收
keys y
has 已签收，记下了您的姓名和时间
keys h
lacks 【解除】山洪
