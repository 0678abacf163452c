# A grave report at the county, two levels above the village that wrote it: it rings, and says that nobody has checked it.
# Covers: B04 K07
now 2026-11-29T05:38:00+08:00
seed init --area 410882 --name 沁阳市 --user 值班员
seed user add 秦国庆
seed --user 秦国庆 add report event=D01 stage=follow affected=10 dead=3 missing=0 at=05:30 area=410882103205

case it breaks in, stands over the table, and goes when it is checked
has !!灾情报告
keys B
has 越级 柏香镇 西彰村 死亡3人以上 05:30 未经审核
has > 西彰村
has 10    3    0
keys enter 1 "passed" enter ^O
has 已保存
keys h B
lacks 越级
lacks !!灾情报告

case two dead go the usual way
seed add report event=D01 stage=follow affected=10 dead=2 missing=0 at=05:32 area=410882103203
keys B
lacks 伏背村
lacks 广韩村
