# A verified report goes with its lists: who died, who is missing, which households lost rooms.
# Tests also: losses_doubt.c
# Covers: B06 W13.6
now 2026-11-29T08:00:00+08:00
seed init --area 410882103205 --name 西彰村 --user 秦国庆

case the lists are asked for, one after the other, until they are there
seed add report event=D01 stage=verified time=2026-11-28T05:00 affected=52 dead=1 missing=0 houses_collapsed=3 houses_damaged=4
keys A "灾情报告" enter 1
has 核报要附死亡人员名单
keys h
seed add casualty name=赵某 fate=dead
keys A "灾情报告" enter 1
has 核报要附倒塌房屋户台账
seed add house head=郭志刚 damage=collapsed rooms=2
seed add house head=郭志强 damage=serious rooms=4
keys A "灾情报告" enter 1
has 核报要附倒塌房屋户台账
seed add house head=郭志明 damage=collapsed rooms=1
keys A "灾情报告" enter 1
lacks 台账

case what was listed before the event is not of it
seed add casualty name=钱某 fate=dead at=2026-11-20T08:00
seed add report event=D01 stage=verified time=2026-11-28T05:00 affected=52 dead=1 missing=0 houses_collapsed=0 houses_damaged=0
keys A "灾情报告" enter 1
has 核报要附死亡人员名单

