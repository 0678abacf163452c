# Who has not given the zero report is urged from home, by an order, and that can be taken back.
# Tests also: urging.c
# Covers: W13.4
now 2026-11-29T06:10:00+08:00
seed init --area 410882103 --name 柏香镇 --user 崔丽娟
seed add response event=11B03 level=3
seed add report event=D01 stage=zero area=410882103205

case r on the zero row is an order to the silent, once
has 零报告
has 已报1 没报
keys r
has 处报零报告：按 y 催
keys n
has 没有办
keys r
keys y
has 催了61处  u撤
keys r
has 没报的都催过了
keys L
has 报灾情：没有的报平安，按 0

case and u revokes it
keys r
keys y
keys u
has 撤销 06:10 指令 报灾情
keys y
has 撤回了
keys r
has 处报零报告：按 y 催

case of two warnings that villages have not signed one row says how many at most
seed add warning event=11B03 severity=red headline=红甲 expires=+6h at=-20m
seed add warning event=11B17 severity=red headline=红乙 expires=+6h at=-20m
seed add receipt warning=红乙 area=410882103205
keys s
keys y
keys s
keys y
keys h
has 最多62处没答复 等2件
