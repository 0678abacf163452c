# The map: what lies where, on cells; the worse of two; the nearest of what is needed; what has no place is listed.
# Covers: H04 M39
# Tests also: map_page.c map_words.c boards.c
now 2026-11-29T06:20:00+08:00
seed init --area 410882103 --name 柏香镇 --user 张永强

case an empty map says so
keys M
has 图上还没有：登记的点没有填经纬度
keys + - left enter 1
has 图上没有这个号
keys a
has 都有坐标
keys /
keys "x" enter
has 图上没有叫这个的

case points that nobody measured are listed by village
seed add point name=老井 area=410882103205
seed add team name=抢险队 area=410882103243
keys M
has 图上还没有
has a 没有坐标2: 西彰村1 伏背村1
keys a
has > 1 西彰村 . 老井 未定级
has   2 伏背村 # 抢险队 队伍
keys 1
has 老井
keys q
has 没有坐标的，按村
keys q
has 图上还没有

case the whole of it
seed add depot name=镇政府 lon=112.800 lat=35.070
seed add shelter name=镇中心学校 lon=112.803 lat=35.071
seed add shelter name=西彰村小学 lon=112.771 lat=35.062 area=410882103205
seed step $ open heads=3
seed add depot name=西彰村仓库 lon=112.772 lat=35.060 area=410882103205
seed add team name=抢险队 area=410882103205
seed add team name=民兵连 area=410882103243
seed add point name=北坡崖头 risk=1 lon=112.834 lat=35.0985 area=410882103201
seed add incident place=北坡崖头 text=塌方埋2人 point=北坡崖头 area=410882103201
seed add point name=老街涵洞 risk=2 lon=112.7705 lat=35.063 area=410882103205
seed add point name=河湾 risk=3 lon=112.830 lat=35.040 area=410882103243
seed add point name=塘坎 risk=4 area=410882103243
seed add hazard category=H0202 place=伏背险工 text=渗水 grade=M area=410882103243 lon=112.842 lat=35.050
keys M
screen
|*
|                                                                      1
|
|
|
|
|
|
|
|                           镇政府$  n镇中心学校
|
|O^西彰村小学
|  $西彰村仓库
|
|                                                                               2
|
|
|                                                                  Y
|>2件，北坡崖头 塌方埋2人: 镇政府东北4.4公里 事件
|1 北坡崖头 塌方埋2人 06:20 柏香二街村   2 伏背险工 渗水 06:20 伏背村
|1格82米x407米 R红O橙Y黄B蓝点 数字=事件重大隐患 ^开着n没开的安置点 $仓库 #队伍
|a 没有坐标3: 西彰村1 伏背村2
|
|+放大 -缩小 回车打开 o就近 v只看红橙 f层 /找 a没坐标的 p存GeoJSON ? 帮助  q 返回
has 地图 柏香镇
most 750
keys enter
has > 1 1 北坡崖头 塌方埋2人: 镇政府东北4.4公里 事件
has   2 R 北坡崖头: 镇政府东北4.4公里 红R
keys 2
has 风险点
keys q q 2
has 伏背险工

case arrows go to what lies that way, and say where nothing does
seed add depot name=镇政府 lon=112.800 lat=35.070
seed add shelter name=镇中心学校 lon=112.803 lat=35.071
seed add shelter name=西彰村小学 lon=112.771 lat=35.062 area=410882103205
seed step $ open heads=3
seed add depot name=西彰村仓库 lon=112.772 lat=35.060 area=410882103205
seed add team name=抢险队 area=410882103205
seed add team name=民兵连 area=410882103243
seed add point name=北坡崖头 risk=1 lon=112.834 lat=35.0985 area=410882103201
seed add incident place=北坡崖头 text=塌方埋2人 point=北坡崖头 area=410882103201
seed add point name=老街涵洞 risk=2 lon=112.7705 lat=35.063 area=410882103205
seed add point name=河湾 risk=3 lon=112.830 lat=35.040 area=410882103243
seed add point name=塘坎 risk=4 area=410882103243
seed add hazard category=H0202 place=伏背险工 text=渗水 grade=M area=410882103243 lon=112.842 lat=35.050
keys M down
has >河湾: 镇政府东南4.3公里 黄Y
keys left
has >镇中心学校: 镇政府东300米 没开的安置点
most 300
keys left
has >镇政府: 镇政府旁 仓库
keys up up up
has 那边没有了
keys G
has >河湾
keys g
has >2件，北坡崖头
keys space
has >镇政府

case closer, and back to the whole
seed add depot name=镇政府 lon=112.800 lat=35.070
seed add shelter name=镇中心学校 lon=112.803 lat=35.071
seed add shelter name=西彰村小学 lon=112.771 lat=35.062 area=410882103205
seed step $ open heads=3
seed add depot name=西彰村仓库 lon=112.772 lat=35.060 area=410882103205
seed add team name=抢险队 area=410882103205
seed add team name=民兵连 area=410882103243
seed add point name=北坡崖头 risk=1 lon=112.834 lat=35.0985 area=410882103201
seed add incident place=北坡崖头 text=塌方埋2人 point=北坡崖头 area=410882103201
seed add point name=老街涵洞 risk=2 lon=112.7705 lat=35.063 area=410882103205
seed add point name=河湾 risk=3 lon=112.830 lat=35.040 area=410882103243
seed add point name=塘坎 risk=4 area=410882103243
seed add hazard category=H0202 place=伏背险工 text=渗水 grade=M area=410882103243 lon=112.842 lat=35.050
keys M + + +
has >2件，北坡崖头
lacks 镇政府$
keys left left
lacks >2件
keys - - - -
has 镇政府$  n镇中心学校

case only red and orange, one layer, all again
seed add depot name=镇政府 lon=112.800 lat=35.070
seed add shelter name=镇中心学校 lon=112.803 lat=35.071
seed add shelter name=西彰村小学 lon=112.771 lat=35.062 area=410882103205
seed step $ open heads=3
seed add depot name=西彰村仓库 lon=112.772 lat=35.060 area=410882103205
seed add team name=抢险队 area=410882103205
seed add team name=民兵连 area=410882103243
seed add point name=北坡崖头 risk=1 lon=112.834 lat=35.0985 area=410882103201
seed add incident place=北坡崖头 text=塌方埋2人 point=北坡崖头 area=410882103201
seed add point name=老街涵洞 risk=2 lon=112.7705 lat=35.063 area=410882103205
seed add point name=河湾 risk=3 lon=112.830 lat=35.040 area=410882103243
seed add point name=塘坎 risk=4 area=410882103243
seed add hazard category=H0202 place=伏背险工 text=渗水 grade=M area=410882103243 lon=112.842 lat=35.050
keys M v
lacks n镇中心学校
has $镇政府
has O^西彰村小学
keys v f
has 现在看：点
lacks 镇中心学校
has R北坡崖头
keys f f
has 现在看：安置
has n镇中心学校
keys f f
has a 没有坐标2: 西彰村1 伏背村1

case the nearest of what is needed, from where the cursor is
seed add depot name=镇政府 lon=112.800 lat=35.070
seed add shelter name=镇中心学校 lon=112.803 lat=35.071
seed add shelter name=西彰村小学 lon=112.771 lat=35.062 area=410882103205
seed step $ open heads=3
seed add depot name=西彰村仓库 lon=112.772 lat=35.060 area=410882103205
seed add team name=抢险队 area=410882103205
seed add team name=民兵连 area=410882103243
seed add point name=北坡崖头 risk=1 lon=112.834 lat=35.0985 area=410882103201
seed add incident place=北坡崖头 text=塌方埋2人 point=北坡崖头 area=410882103201
seed add point name=老街涵洞 risk=2 lon=112.7705 lat=35.063 area=410882103205
seed add point name=河湾 risk=3 lon=112.830 lat=35.040 area=410882103243
seed add point name=塘坎 risk=4 area=410882103243
seed add hazard category=H0202 place=伏背险工 text=渗水 grade=M area=410882103243 lon=112.842 lat=35.050
keys M o
has 离 北坡崖头 塌方埋2人 最近的安置点、仓库、队伍
has > 1 4.2公里 西南 n镇中心学校 柏香镇
has   3 约6.0公里 #民兵连 伏背村
has   4 7.0公里 西南 ^西彰村小学 西彰村
keys 4
has 西彰村小学
keys q q / "xzcxx" enter
has >西彰村小学: 镇政府西2.8公里 开着的安置点
keys o
has > 1 约40米 #抢险队 西彰村
has   2 240米 南 $西彰村仓库 西彰村

case on a small terminal
size 12 40
seed add depot name=镇政府 lon=112.800 lat=35.070
seed add shelter name=镇中心学校 lon=112.803 lat=35.071
seed add shelter name=西彰村小学 lon=112.771 lat=35.062 area=410882103205
seed step $ open heads=3
seed add depot name=西彰村仓库 lon=112.772 lat=35.060 area=410882103205
seed add team name=抢险队 area=410882103205
seed add team name=民兵连 area=410882103243
seed add point name=北坡崖头 risk=1 lon=112.834 lat=35.0985 area=410882103201
seed add incident place=北坡崖头 text=塌方埋2人 point=北坡崖头 area=410882103201
seed add point name=老街涵洞 risk=2 lon=112.7705 lat=35.063 area=410882103205
seed add point name=河湾 risk=3 lon=112.830 lat=35.040 area=410882103243
seed add point name=塘坎 risk=4 area=410882103243
seed add hazard category=H0202 place=伏背险工 text=渗水 grade=M area=410882103243 lon=112.842 lat=35.050
keys M
screen
|*
|                                 1
|
|
|          镇政府$ n
| O^西彰村小学
|                                      2
|                               Y
|>2件，东北4.4公里 北坡崖头 塌方埋2人
|a 没有坐标3: 西彰村1 伏背村2
|
|*
most 420
keys enter 2
has 北坡崖头

case it is a file for a map maker
only tty
seed add depot name=镇政府 lon=112.800 lat=35.070
seed add shelter name=镇中心学校 lon=112.803 lat=35.071
seed add shelter name=西彰村小学 lon=112.771 lat=35.062 area=410882103205
seed step $ open heads=3
seed add depot name=西彰村仓库 lon=112.772 lat=35.060 area=410882103205
seed add team name=抢险队 area=410882103205
seed add team name=民兵连 area=410882103243
seed add point name=北坡崖头 risk=1 lon=112.834 lat=35.0985 area=410882103201
seed add incident place=北坡崖头 text=塌方埋2人 point=北坡崖头 area=410882103201
seed add point name=老街涵洞 risk=2 lon=112.7705 lat=35.063 area=410882103205
seed add point name=河湾 risk=3 lon=112.830 lat=35.040 area=410882103243
seed add point name=塘坎 risk=4 area=410882103243
seed add hazard category=H0202 place=伏背险工 text=渗水 grade=M area=410882103243 lon=112.842 lat=35.050
keys M p
has map-20261129-0620.geojson

case a village whose ordered zone is empty is not whole while another zone of it has no order
only cells
seed add point name=北坡崖头 type=fall risk=1 area=410882103205
seed add point name=窑洞院落 type=house risk=2 area=410882103205
seed add household head=范春生 group=1组 people=4 point=北坡崖头 area=410882103205
seed add household head=冯银环 group=2组 people=5 point=窑洞院落 area=410882103205
seed add transfer household=范春生 people=4 point=北坡崖头 due=+1h area=410882103205
seed step $ arrive
keys Z
has 西彰村         2/9     1   0   0   0   0   1   令内齐
seed add transfer household=冯银环 people=5 point=窑洞院落 due=+1h area=410882103205
seed step $ arrive
keys h Z
has 西彰村         2/9     2   0   0   0   0   0   齐

case a township where no shelter is open says so, and how one is opened
only cells
seed add shelter name=村部 capacity=90 area=410882103205
keys Z
has 安置点 共1可住90 开0可住0 在所0 余0
has 安置点都没开
lacks 先登记风险点
keys i
has 安置点都没开：/ 找到要开的，t 开放
