# Where the county wants two people to issue a warning, the second shows a PIN on the same screen; a wrong one writes
# nothing, and the form stays.
# Tests also: write.c form_checks.c form_session.c
# Covers: C01 M31
seed init --area 410882103 --name 柏香镇 --user 崔丽娟 --post 值班员
seed user add 刘凤英 post=值班员
seed rules publish tests/screens/two_people.conf

case the second person's PIN, and the record names both
user 刘凤英
keys P 5 "246810" enter "246810" enter h
user 崔丽娟
cut
keys A "预警信息" enter n "台风" enter 1 "台风红色预警" tab tab tab "+6h" ^O
keys y
has 红色、橙色预警要两个人签发
has > 1 刘凤英
keys 1
has 要 刘凤英 的口令
keys "111111" enter
has 口令不对
keys ^X
has 登记预警
has 没有输入口令，没有办
# The next ^O asks again; somebody who stood there for the last one does not stand there for this one.
keys ^O
keys y
has > 1 刘凤英
keys 1 "246810" enter
has 已保存
keys enter
has 复核人
has 刘凤英
keys h A "预警信息" enter
has 红

case a yellow one is issued by one
keys A "预警信息" enter n "台风" enter 3 "台风黄色预警" tab tab tab "+6h" ^O
keys y
has 已保存

case nobody else has a PIN: it cannot be written, and says what to do
keys A "预警信息" enter n "台风" enter 1 "台风红色预警" tab tab tab "+6h" ^O
keys y
has 本站没有别的设了口令的人
has 登记预警
