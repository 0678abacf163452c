# Verified reports of villages on the township's board: what their lists do not hold, and no check without them.
# Covers: B06 W13.6
now 2026-11-29T08:00:00+08:00
seed init --area 410882103 --name 柏香镇 --user 张秀兰
seed add house head=郭志刚 damage=collapsed rooms=2 area=410882103205
seed user add 秦国庆
seed --user 秦国庆 add report event=D01 stage=verified time=2026-11-28T05:00 affected=52 dead=0 missing=0 houses_collapsed=3 houses_damaged=0 area=410882103205

case the board names what does not agree, and r asks it back
keys B
has 核对 西彰村：台账倒房2间，核报倒房3间
keys r
has 问：台账倒房2间，核报倒房3间
keys ^X enter t 1
has 审核
keys ^O
has 倒塌房屋没有登到户，核报不能审核通过
keys ^X ^X
seed add house head=郭志明 damage=collapsed rooms=1 area=410882103205
keys B
lacks 台账倒房
keys enter t 1
keys ^O
has 已审核
