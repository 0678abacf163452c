# The station and I; help; drafts of several kinds; new from home.
# Tests also: help.c unfinished.c groups.c
seed init --area 410882103205 --name 王庄村 --user 李爱国 --post 网格员

case the station and I
keys m
has 王庄村
has 未接入
has 李爱国  网格员
has 未设

case a PIN is typed twice
keys m p "2468" enter
has 再打一遍
lacks 2468
keys "2468" enter
has 口令已设

case two different PINs change nothing
keys m p "2468" enter "1357" enter
has 两遍不一样
has 未设

case a PIN is not too short
keys m p "12" enter
has 口令要 4 到 32 个字母、数字或符号

case new from home
keys n
has 新建哪一种
keys "zbjl" enter
has 登记值班记录

case an incident and a report by one key
keys N
has 登记突发事件
keys ^X B
has 登记灾情报告

case a draft is thrown away with two keys
keys 4 n "水泵" ^X
has 草稿留着
keys h d x
has 再按一次 x
keys x
has 没有草稿

case a draft is found again where it was begun
keys 4 n "水泵" ^X n
has 接着上次
has 水泵
keys ^R
has 从头填写
lacks 水泵

case a step leaves a draft too
seed add hazard category=H0202 place=后山 text=边坡裂缝 grade=G
keys 1 enter 3 "已灌浆"
cut
has 草稿1份
has 已灌浆
keys d enter
has 整改完成 WZC-10
has 已灌浆

case help names the keys of the screen
keys 4 ?
has 列表随打随筛
has f 筛选
keys q
has 应急物资 0

case first paint of home on a small terminal
size 12 40
seed add hazard category=H0202 place=后山 text=边坡裂缝 grade=M
keys m h
most 750

case who is chosen brings the telephone along
seed add person name=王大山 phone=13900008888
keys 4 n "水泵" tab tab tab tab tab "wds" enter
has 王大山
has 13900008888
