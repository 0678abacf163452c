# What is done most often, from home: the keys it takes. Where one more is needed, the case fails. Bytes at
# 1,200 bit/s: 120 a second, so 300 bytes are 2.5 s.
now 2026-11-29T05:31:00+08:00
seed init --area 410882103205 --name 王庄村 --user 秦国庆
seed add supply name=潜水泵 quantity=6
seed add household head=史丰收 group=1组 people=1 tags=bed
seed add household head=冯银环 group=2组 people=4 tags=pregnant

case a warning is signed in two keys
seed add warning event=11B01 severity=red headline=暴雨红色预警 expires=+6h
keys s
most 180
keys y
has 已签收

case and inside a form in two more, the form as it was
keys A "隐患排查" enter n "H0202" enter tab tab "后山"
seed add warning event=11B01 severity=red headline=暴雨红色预警 expires=+6h
keys ^G
keys y
keys ^G
has 后山

case a household is told in one key on its board, a refusal in two
seed add warning event=11B01 severity=yellow headline=暴雨黄色预警 expires=+6h
keys D
keys 1
has 1组史丰收 告知
most 120
keys 4 2
has 拒1

case who has a pump is five keys
keys / q s b enter
has 潜水泵

case a card is two keys
keys F
keys 1
lacks 处置卡 1
