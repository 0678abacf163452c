# Who wrote a report does not check it; another person of the township does.
# Tests also: fold.c
now 2026-11-29T05:38:00+08:00
seed init --area 410882103 --name 柏香镇 --user 张秀兰
seed user add 崔丽娟

case the writer's own check is not taken
seed add report event=D01 stage=first affected=10 dead=0 missing=0 at=05:30
keys A "灾情报告" enter enter
keys t 1
keys ^O
has 这一步要由另一个人办
lacks 已审核

case that of another person is
seed --user 崔丽娟 add report event=D01 stage=first affected=10 dead=0 missing=0 at=05:30
keys A "灾情报告" enter enter
keys t 1
keys ^O
has 已审核
