# What a place has to have by the rules, what is lacking, its colour of risk, and the yearly form that fills itself.
# Tests also: fill.c profile.c profile_page.c haves.c line_profile.c have_read.c
# Covers: L01 L02 L04 L05 L06 L16 L19 L20 L21 I01 I04 W7.4
now 2026-11-29T09:31:00+08:00
seed init --area 410882103205 --name 西彰村 --user 秦国庆
seed user add 秦国庆二 role=R02
seed add person name=宋随山 role=R05 post=支部书记 phone=15439104248
seed add person name=赵合作 tags=persuader,informant phone=15439188828 flood=warn
seed add person name=郭春生 tags=volunteer skills=boat
seed add household head=任文革 group=1组 people=3
seed add household head=冯银环 group=2组 people=1200
seed add point name=北坡崖头 type=river risk=2
seed add shelter name=村部 capacity=150
seed add depot name=村仓库

case what is there and what is lacking, the colour, and enter opens the register
keys H b
has 应有13项 有6项 46%
has 风险色 橙O（风险点1）
has > 缺 一站：安全劝导站  0/1
has   缺 一队：兼职应急救援队  0/1
# 1,203 residents: two, one is there.
has   缺 志愿者（千分之一人口）  1/2
has   有 村党组织书记（主要负责人）  1/1
has   有 避难场所  1/1
keys enter
has 设施
keys ^X n
has 类型

case a graver thing makes the colour graver
only cells
seed add hazard category=H0202 place=北坡 text=裂缝 grade=M
keys H b
has 风险色 红R（隐患1）

case the yearly form begins with what the registers know
keys A "能力调查" enter n
has 常住人口
has 1203
keys h
