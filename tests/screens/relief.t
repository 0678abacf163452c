# What is left to do after a disaster: losses and needs in four blocks, public facilities, relief from the list to the hand.
# Covers: B07 B08 B09 B10 B12 H07
now 2026-07-16T09:00:00+08:00
seed init --area 410882103205 --name 王庄村 --user 秦国庆

case losses and needs in four blocks, as a text
seed add assessment event=D01 affected=37 houses_collapsed=2 houses_damaged=9 crop_ha=3.2 public_wan=12.5 loss_wan=31 resettled=12 helped=12 relief_wan=0.6 need_shelter=0 need_food=12 need_water=37 need_clothes=12 need_medical=1 needs=棉被20床 rebuild_homes=1 rebuild_rooms=2 repair_rooms=9 rebuild_wan=8
keys A "灾损与救助需求" enter
has 12
keys enter p
has 一、灾害损失：受灾37人
has 二、生活救助：已安置12人
has 三、应急救助需求：
has 四、恢复重建需求：需重建1户2间

case a quick look at a public facility: how badly, and may it be used
seed add damage object=西彰小学教学楼 type=school grade=serious usable=no loss_wan=12.5
keys A "公共设施受损快速评估" enter
has 西彰小学教学楼
has 严重受损
has 否

case relief from the list of the village over approval to the hand
seed add relief head=范春生 home=1组 people=4 needy=4 family=low type=winter grain_kg=60 clothes=4 yuan=800 period=2026冬春
seed step $ review
keys A "受灾群众救助名册" enter
has 范春生
has 冬春生活救助
has 村已评议

case who moves out of danger for good, step by step
seed add household head=葛二锁 group=2组 people=1
seed add point name=北坡崖头 type=fall
seed add relocation household=葛二锁 people=1 point=北坡崖头 way=village to=镇区新村 due=2026-12-31
seed step $ agree
keys A "避险搬迁户" enter
has 葛二锁
has 镇区新村
has 已签协议

case who was placed and had no help is on home before ten hours are over
seed add shelter name=村部 capacity=10
seed add stay shelter=村部 name=范春生 people=4 since=2026-07-16T00:30:00+08:00
keys h
has 范春生
