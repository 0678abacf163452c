# Updates and cancels that could not be tied: listed for a person, two keys.
# Tests also: loose.c loose_page.c line_loose.c
# Covers: C11
seed init --area 410882103 --name 柏香镇 --user 张三 --post 值班员

case from home: what it says, and what it may mean
seed import cap tests/screens/loose.xml
has > 1 剩5分    签收     红R  柏香镇   沁阳市气象台发布暴雨红色预警
has   3 07:03    预警     红R  柏香镇   沁阳市气象台解除暴雨红色预警
keys 3
most 500
has 没关联上的预警 1
has > BXZ-24 红R 沁阳市气象台解除暴雨红色预警
has      沁阳市气象台 06:10发 解除
has      没有找到所更新或解除的预警：写的是 QX-RED-8
has      可能是 BXZ-8 红R 沁阳市气象台发布暴雨红色预警
has 6 关联  7 不关联

case tied: the one that it names rings no more
seed import cap tests/screens/loose.xml
keys 3 6
has 关联到哪一条
has > 1 BXZ-8 红R 沁阳市气象台发布暴雨红色预警
has 05:10发
has   2 BXZ-16 蓝B 沁阳市气象台发布大风蓝色预警
keys 1
most 620
has BXZ-24 -> BXZ-8 红R 沁阳市气象台发布暴雨红色预警：按 y 关联，其他键不办
has !!红R
keys y
most 400
has 关联上了，被它更新或解除的不再要签
has 没有要核对的预警
keys h
lacks !!红R
has 蓝B  柏香镇   沁阳市气象台发布大风蓝色预警
# What was lifted before anybody here had signed it asks for a signature that it is over.
has 沁阳市气象台解除暴雨红色预警

case left: both go on as they are
seed import cap tests/screens/loose.xml
keys 3 7
has BXZ-24 红R 沁阳市气象台解除暴雨红色预警：按 y 不关联，其他键不办
keys n
has 没有办
has > BXZ-24
keys 7
keys y
has 记下了：不关联，两条各自照办
has 没有要核对的预警
has !!红R 沁阳市气象台发布暴雨红色预警
keys 6
has 没有要核对的预警

case the picker is left, narrowed, pasted into
seed import cap tests/screens/loose.xml
keys 3 6 "df"
has > 1 BXZ-16 蓝B
lacks BXZ-8
keys ^X ^X
has > BXZ-24
keys 6
paste 大风
has > 1 BXZ-16 蓝B
keys enter
has BXZ-24 -> BXZ-16 蓝B
keys n
has 没有办

case from the board of warnings
seed import cap tests/screens/loose.xml
keys Y
has 沁阳市气象台05:10发 有效至11:10
has 1条预警没关联上：c 去核对
keys c
has > BXZ-24
keys enter
has 可办事项：2叫应 3传达到户
has 6关联 7不关联

case on a small terminal
size 12 40
seed import cap tests/screens/loose.xml
keys 3
has > BXZ-24 红R 沁阳市气象台解除暴雨红色预
has 6关联 7不关联
keys 6
has > 1 BXZ-8 红R

case two stand in one row
seed import cap tests/screens/loose.xml tests/data/cap/gb_cancel.xml
has 等2件
keys 3
has > BXZ-40 红R
has   BXZ-24 红R
