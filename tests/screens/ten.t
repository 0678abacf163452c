# What is done most often, from home: the keys it takes, without texts, and how long what they send takes at
# 1,200 bit/s. Where one more key is needed, the case fails.
now 2026-11-29T05:31:00+08:00
seed init --area 410882103205 --name 王庄村 --user 秦国庆
seed add supply name=潜水泵 quantity=6 unit=台 keeper=谢红旗 phone=15439115411
seed add household head=史丰收 group=1组 people=1 tags=bed
seed add household head=冯银环 group=2组 people=4 tags=pregnant

case what waits: nothing is pressed, and all that is urgent is on the first page
seed add warning event=11B01 severity=red headline=暴雨红色预警 expires=+6h
seed add warning event=11B05 severity=orange headline=大风橙色预警 expires=+6h
seed add order text=涵洞全部封闭 to=王庄村 due=+50m
seed add incident place=北坡 text=塌方
seed add hazard category=H0202 place=北坡崖头 text=裂缝 grade=M
seed add rollcall text=早点名 due=+15m
seed add task text=催平安 to=秦国庆 due=05:00
has 暴雨红色预警
has 大风橙色预警
has 涵洞全部封闭
has 北坡
has 北坡崖头
has 早点名
has 催平安
from
keys ^L
costs 1 7.1

case a warning is signed in two keys
seed add warning event=11B01 severity=red headline=暴雨红色预警 expires=+6h
lacks 已签收
from
keys s
costs 1 0.8
keys y
has 已签收
costs 2 3.3

case and inside a form in two more, the form as it was
keys A "隐患排查" enter n "H0202" enter "后山"
seed add warning event=11B01 severity=red headline=暴雨红色预警 expires=+6h
has 红R
from
keys ^G
keys y
costs 2 2
has 后山

case a zero report is two keys
from
keys 0
has 零报告
costs 1 0.8
keys y
has 已
costs 2 2.1

case a first report is thirty keys with its digits
seed add warning event=11B03 severity=yellow headline=暴雨黄色预警 expires=+6h
has 暴雨黄色预警
from
keys B
keys 1
costs 2 6
keys 3 7 enter 0 enter 0 enter enter 1 2 enter 1 2 enter 1 2 enter 0 enter 1 enter 3 . 2 enter enter "倒灌2户" ^O
has 报柏香镇：受灾37 死亡0 失踪0 转移12
keys y
has 已保存
costs 30 11.7

case a hazard is seven keys beside its place and text, a major one nine
# As long as the line is not known to be slow: the form is half of it. Each piece is painted before the next key.
from
keys n
keys 1
most 480
keys "p"
keys "s"
keys enter
keys "村北排水沟" enter
keys "堵塞约40米"
keys ^O
has 已保存
lacks 重大
costs 7 15.7
keys h n 1 "ps" enter "村东涵洞" enter "积水0.5米" tab 2 ^O
has 已保存
has 06:31    隐患          村东涵洞 积水0.5米

case on a slow line a new record stands in a window over home and begins with what has to be filled
keys P 2 h
from
keys n
most 130
has >1隐患  2预警  3灾情
has Y预警 J叫应
keys 1
most 130
has 登记隐患
has 其余20项 下键
has ^X返回 ^O保存
has Y预警 J叫应
lacks 责任单位
keys "p"
# While the picker is open nothing is saved.
lacks ^O
keys "s"
keys enter
has ^O
keys "村北排水沟" enter
keys "堵塞约40米"
keys ^O
has 已保存
costs 7 5.5
keys n 1 tab tab tab down
has 风险色

case who has a pump is four keys: what is wanted stands among the first when the typing stops
only cells
has 王庄村
from
keys / q s b
wait 1
has 潜水泵
has 15439115411
costs 4 4.3

case a card is two keys
seed packs flood
has 王庄村
from
keys F
most 345
costs 1 3
keys 1
lacks 处置卡 1
has 山洪处置卡（村）
costs 2 16.5

case a household is told in one key on its board, a refusal in two
seed add warning event=11B01 severity=yellow headline=暴雨黄色预警 expires=+6h
keys D
has 冯银环
from
keys 1
has 告知
costs 1 0.6
from
keys 4 2
has 拒1
costs 2 0.7

case what burns comes over that window, too, and goes again
keys P 2 h n 1 "ps" enter "村北"
seed add warning event=11B01 severity=red headline=暴雨红色预警 text=沿河的人上岸 expires=+6h
has 红R
keys ^G
has 沿河的人上岸
has 村北
keys y
has 已签收
lacks 沿河的人上岸
keys "排水沟" enter "堵塞" ^O
has 已保存
