# What a township's home and its alarm line put first: a red warning that villages have not signed in time, what others have
# left for weeks, and the jump to what burns.
# Covers: C03 G04
now 2026-11-29T05:22:00+08:00
seed init --area 410882103 --name 柏香镇 --user 崔丽娟

case the red one that villages have not signed in time stands in row 0 before a grave report
seed add warning event=11B01 severity=red headline=暴雨红色预警 expires=+6h areas=410882103 at=-7m
seed step $ sign
seed add report event=D01 stage=follow affected=10 dead=3 missing=0 at=05:20 area=410882103205
has !!红R 暴雨红色预警 超2分 没签齐
lacks !!灾情报告
has > 1 超2分    催签     红R
keys L
has !!红R 暴雨红色预警

case before the time is over the report has it
seed add warning event=11B01 severity=red headline=暴雨红色预警 expires=+6h areas=410882103 at=-2m
seed step $ sign
seed add report event=D01 stage=follow affected=10 dead=3 missing=0 at=05:20 area=410882103205
has !!灾情报告

case what a village has left for long comes out of what is only watched
seed add point name=老街土坯房片 type=house risk=1 area=410882103205 at=2026-04-12T08:00
seed add point name=新桥涵洞 type=culvert risk=1 area=410882103205 at=2026-11-26T08:00
has 今天 1
has 老街土坯房片
lacks 新桥涵洞
has 只看 1

case from home, too, the jump key shows what burns, and goes back
seed add warning event=11B01 severity=red headline=暴雨红色预警 action=崖下的人马上撤 issuer=沁阳市气象台 expires=+6h areas=410882103 at=-1m
keys ^G
has 崖下的人马上撤
has 暴雨红色预警：按 y 签收
keys ^G
lacks 崖下的人马上撤
has 现在 1
keys ^G
keys y
has 已签收

case where nothing burns the jump key says so
keys ^G
has 现在没有要紧的事

case a warning that names no end has none on home
only cells
seed add warning event=11B03 severity=blue headline=雷电蓝色预警 areas=410882103
seed step $ sign
keys h
has 没写到期
lacks 12-02

case what was signed here and not by all villages stands on top, before what they still have time for
seed add warning event=11B01 severity=red headline=暴雨红色预警 issuer=沁阳市气象台 expires=+6h areas=410882103 at=-1m
seed add order text=涵洞全部封闭 to=柏香镇 due=+50m
seed add hazard category=H0202 place=北坡崖头 text=裂缝 grade=M
seed add task text=催平安 to=崔丽娟 due=05:00
keys s
keys y
has > 1 剩4分    催签     红R

case what rings and is not signed offers no signature, and behind it home is as it is now
seed add warning event=11B01 severity=red headline=暴雨红色预警 issuer=沁阳市气象台 expires=+6h areas=410882103 at=-1m
seed add incident place=北坡 text=塌方
keys ^G
has 按 y 签收
keys y
has 突发事件 BXZ
has 催签     红R
lacks s 签收
has 回车 全文
keys ^G
has 0平安

case where nobody is to be called no key is offered for it
has 柏香镇
keys J
has 没有要叫的
lacks m方式
lacks j跳过
