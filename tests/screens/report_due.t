# A place owes a report of its own once places below have reported of an event: on home, until it has reported.
# Tests also: event.c
# Covers: B02 W13.3
now 2026-11-29T05:38:00+08:00
seed init --area 410882 --name 沁阳市 --user 张秀兰
seed add report event=D01 stage=zero area=410882103207

case a zero report below asks for nothing
lacks 本级还没有报

case what is due in two hours from the event stands on home, and opens the board
seed add report event=D01 stage=first time=04:58 at=05:12 affected=42 dead=0 area=410882103
has 今天
has 06:58    灾情          沁阳市   洪涝 下面报了灾情，本级还没有报 按 B 汇总
keys 1
has 下份初报 06:58前
keys 4
has 汇总1处报焦作市：受灾42 死亡0
keys y
has 已汇总
keys h
lacks 本级还没有报

case in its last hour, and late, it stands in now
now 2026-11-29T07:20:00+08:00
seed add report event=D01 stage=first time=04:58 at=05:12 affected=42 dead=0 area=410882103
has 现在
has 超22分   灾情

case what was reported of another disaster is no report of this one
seed add report event=D01 stage=first time=04:58 affected=42 area=410882103
seed add report event=D05 stage=first time=05:20 affected=1
has 洪涝 下面报了灾情，本级还没有报
