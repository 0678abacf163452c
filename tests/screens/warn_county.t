# A warning is written at the county: what was ticked is counted, and it is asked to whom it goes before it goes.
# Tests also: form_checks.c pick_draw.c
# Covers: C01
now 2026-11-29T03:00:00+08:00
seed init --area 410882 --name 沁阳市 --user 崔丽娟

case a ticked place is counted, and the warning goes when it was said to whom
keys n "预警" enter "暴雨" enter enter 4 "暴雨蓝色预警" tab tab "柏香" space
has 影响区域 已选1 回车选定
keys enter "+6h" ^O
has 发给1处：柏香镇：按 y 发出
lacks 已保存
keys y
has 已保存

case one that names no place goes to all of them
keys n "预警" enter "暴雨" enter enter 4 ^O
has 标题没写：名单上只有灾种和颜色。对的话再存一次
lacks 按 y
keys "暴雨蓝色预警" ^O
has 有效至没写：到解除为止都算有效。对的话再存一次
keys ^O
has 发给全部13处：按 y 发出

case a roll of the county is of all its villages, and those who have not answered are called by the townships
only cells
keys W 1
has 点下面339处的名，15分钟内应答：按 y 点名
keys y
has 339村应了0，没应的由各乡镇叫
lacks 没有要叫的
