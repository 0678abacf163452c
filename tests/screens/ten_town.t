# What a duty officer of a township does most often, from home: keys without texts and PINs, and the time that what they
# send takes at 1,200 bit/s. Where one more key is needed, the case fails.
now 2026-11-29T07:58:00+08:00
seed init --area 410882103 --name 柏香镇 --user 崔丽娟
seed user add 刘凤英
seed add person name=王俊杰 role=R05 post=书记 phone=15439142161 area=410882103205
seed add roster date=2026-11-28 desk=E officer=崔丽娟 leader=闫占奎
seed add roster date=2026-11-29 desk=E officer=刘凤英 leader=崔桂枝

case a call is logged in two keys from home, in one on the board
seed add warning event=11B01 severity=red headline=暴雨红色预警 expires=+6h areas=410882103205 at=-7m
seed step $ sign
has 柏香镇
from
keys J
has 拨 154 3914 2161
costs 1 5.5
from
keys 2
has 无人接听
costs 1 0.9

case a call that was answered is two keys from home, all in all
seed add warning event=11B01 severity=red headline=暴雨红色预警 expires=+6h areas=410882103205 at=-7m
seed step $ sign
has 柏香镇
from
keys J
keys 1
has 已接听
# It was the last that the alarm line stood for: the title comes back in its place.
costs 2 7.2

case one that was not, too
seed add warning event=11B01 severity=red headline=暴雨红色预警 expires=+6h areas=410882103205 at=-7m
seed step $ sign
has 柏香镇
from
keys J
keys 2
has 无人接听
costs 2 6.4

case on a slow line the board of calls shows the next number, one line to read out, and two rows
seed add warning event=11B01 severity=red headline=暴雨红色预警 text=过去2小时柏香镇降雨96毫米，预计未来3小时仍有100毫米以上，沁河、猪龙河将出现洪峰，北坡崖头极易崩塌。 expires=+6h areas=410882103 at=-7m
seed step $ sign
keys P 2 h
from
keys J
has 拨 154 3914 2161
has 念:
has ~
has 其余60 空格
most 570
keys 1
has 已接听
costs 2 5.6

case the watch is handed over in three keys, and each PIN
user 刘凤英
cut
keys P 5 "1357" enter "1357" enter
user 崔丽娟
cut
keys P 5 "2468" enter "2468" enter h
from
keys W b
costs 2 3.5
keys y "2468" enter "1357" enter
has 接班已签
costs 5 4.9
