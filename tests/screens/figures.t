# A county's own figures stand on the boards that its rows name.
# Tests also: figures_line.c
# Covers: J03
seed init --area 410882103 --name 柏香镇 --user 崔丽娟
seed add household head=史丰收 group=1组 people=4 area=410882103205
seed add household head=冯银环 group=2组 people=6 area=410882103205
seed add hazard category=H0202 place=后山 text=裂缝 grade=G
seed add warning event=11B01 severity=red headline=暴雨红色预警 expires=+6h

case as it is shipped
keys Y
has 户 0/2 人 0/10
has 传达到户% 0 目标90  签收中位分 - 目标5
keys W
lacks 没销号隐患
keys D
has 告知率0% 目标90%
lacks 传达到人%

case a row more, without a compiler
seed rules publish tests/screens/figures.conf
keys W
has 没销号隐患 1 目标0
keys D
has 传达到人% 0 目标95
keys 1
has 告知率50%
has 传达到人% 40 目标95
keys Y
has 户 1/2 人 4/10
has 传达到户% 50 目标90
