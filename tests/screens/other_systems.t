# What other systems see, on the screen: an alarm is looked at, made a task and cleared; what was felt is said in one step;
# a road is closed and opened; on a small terminal as well.
# Covers: S08 S14 S57
now 2026-07-14T08:00:00+08:00
seed init --area 410882103205 --name 王庄村 --user 李爱国

case no alarms yet
keys A "监测告警" enter
has 还没有监测告警。按 n 登记第一条
keys z
has 此处无 z 键

case an alarm stands on home, and is cleared
seed add alarm system=chem number=GJ-1 level=red place=储罐区 text=可燃气体浓度高 value=32.5
has 储罐区 可燃气体浓度高
keys A "监测告警" enter
has 危化品
has 32.5
keys enter t
has 核实属实
has 误报
has 销警
keys esc h

case what was felt
seed add quake place=沁阳市北部 magnitude=4.2 time=2026-07-14T07:50
has 沁阳市北部
keys A "地震速报" enter enter t
has 报震感
keys 1
keys 3
keys ^O
has 已保存
keys h
lacks 震感
keys A "震感报告" enter
has 多数有感

case on a small terminal
size 12 40
keys A "监测告警" enter
has 还没有监测告警
seed add closure road=柏香路 place=铁路涵洞 cause=culvert
keys h A "封闭道路" enter
has 封闭
has 铁路涵洞
