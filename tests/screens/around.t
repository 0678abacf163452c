# What is on here stands over every screen: the response and the season.
# Covers: F07 G03
seed init --area 410882103205 --name 西彰村 --user 崔丽娟
seed add response event=11B03 level=3

case home has a line of its own, every other screen says it in its title
has [三级响应]
lacks 前哨 西彰村 未接入上级 [三级响应]
keys S
has 报送 西彰村 [三级响应] 汛期 06:33
keys A
has 登记簿 [三级响应] 汛期
keys ^X ?
has 帮助
has [三级响应]

case another season
now 2026-11-29T06:40:00+08:00
keys P
has 本机 西彰村 [三级响应] 森林防火期

case on a small terminal the season gives way, then the mark is short: what it is stands whole
size 12 40
keys A "应急物资" enter
has 应急物资 0 [三级响应] 汛期
keys /
has [三级响应]
keys ^X ^X / "发电机组和水泵" enter
has 查找 发电机组和水泵 [三级] 06:33

case beside an alarm
size 12 40
seed add warning event=11B01 severity=red headline=暴雨红色预警 expires=+6h
has [三级响应]
keys P
has ^G看 s签收 三级
size 24 80
has ^G看 s签收 [三级响应] 

case a response that is over is gone
seed add response event=11B03 level=2
keys P
has [二级响应]
seed step $ stop reason=雨停
has [三级响应]
