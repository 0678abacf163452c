# A county without a response of its own says which places below have one.
# Covers: F07 W10.1
now 2026-07-14T05:31:00+08:00
seed init --area 410882 --name 沁阳市 --user 卫满仓

case nothing is on here, but in a township: which, which level, since when
seed add response event=11B03 level=3 area=410882103 at=-20m
keys R
has 下面有响应1处：柏香镇 暴雨三级 05:11起
has 本级没有启动响应。n 启动
size 12 40
has 下面有响应1处：柏香镇 暴雨三级

case beside the county's own
seed add response event=11B03 level=2
seed add response event=11B03 level=3 area=410882103 at=-20m
seed add response event=11A01 level=4 area=410882100 at=-10m
keys R
has 暴雨二级响应
has 下面有响应2处：
has 柏香镇 暴雨三级 05:11起

case nowhere
keys R
has 没有启动响应。n 启动
lacks 下面有响应
