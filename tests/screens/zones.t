# Which danger zones a warning means, by the code table event_point, and who lives there: first on the list, or alone.
# Tests also: homes.c tick_page.c warn_page.c line_tick.c
# Covers: C08
now 2026-11-29T05:31:00+08:00
seed init --area 410882103205 --name 王庄村 --user 秦国庆
seed add point name=北坡崖头 type=fall
seed add point name=老沟 type=flood
seed add point name=加油站 type=gas
seed add household head=史丰收 group=1组 people=1 tags=bed
seed add household head=冯银环 group=1组 people=4 tags=old point=北坡崖头
seed add household head=原光明 group=2组 people=5 point=老沟
seed add household head=任文革 group=3组 people=3 point=加油站
seed add household head=孙长江 group=3组 people=6
seed add warning event=11B03 severity=red headline=暴雨红色预警 expires=+6h at=-5m
seed step $ sign

case the warning says how many zones, households and weak ones, and a key leads to them
keys Y
has 危险区2处 2户9人 重点户1：z 名单
keys z
has 到户 西彰村 红R 暴雨红色预警
has 2户9人  告知0
has 危险区2处 2户9人 重点户1：只列这些，z 全列
has > 1组  冯银环
has   2组  原光明
lacks 史丰收
lacks 任文革
keys 1
has 2户9人  告知1
most 120
keys z
has 5户19人  告知1
has 任文革
keys z
has 2户9人  告知1

case on the whole list who lives there comes before who does not
keys D
has > 1组  史丰收
keys j j
has > 2组  原光明
has   3组  任文革

case a warning of another sort means other zones, one of none says so
seed add warning event=11D03 severity=red headline=崩塌红色预警 expires=+6h
keys Y
has 崩塌红色预警
has 危险区1处 1户4人 重点户1：z 名单
seed add warning event=11B17 severity=red headline=大雾红色预警 expires=+6h
keys h Y
has 大雾红色预警
lacks 危险区
keys z
has 这条预警在这里没有对应的危险区

case a zone without people
seed add warning event=11D02 severity=red headline=泥石流红色预警 expires=+6h
seed add point name=西沟 type=debris
keys Y
has 危险区1处 0户0人
keys z
has 危险区里没有登记住户：z 看全村

case in forty columns
size 12 40
keys Y
has 危险区2处 2户9人 重点户1：z 名单
keys z
has 冯银环
lacks 史丰收

case in forty columns a long text hides neither the card nor the zones
seed packs flood
seed add warning event=11B03 severity=red headline=暴雨红色预警[I级/特别严重] issuer=沁阳市气象台 text=过去3小时柏香镇降雨已达42毫米，预计未来3小时仍有50毫米以上降雨，沁河伏背段水位涨幅明显，北坡土崖崩塌风险高，请各村立即组织群众避险。 action=停止集会和户外作业；转移滩区、低洼、坡脚、危房人员 expires=+6h
size 12 40
keys Y
has 做：停止集会和户外作业
has 行动卡
has 危险区2处 2户9人 重点户1：z 名单
