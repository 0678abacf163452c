# Registers confirmed, one key a row: what the board lists, what the keys write, and what they cost on the line.
# Tests also: confirm.c confirm_page.c line_confirm.c
# Covers: W7.1 W7.2
now 2026-11-29T09:31:00+08:00
seed init --area 410882103205 --name 西彰村 --user 秦国庆
seed add person name=宋随山 post=第1组组长 phone=15439104248 checked=2026-08-11
seed add person name=赵合作 post=地灾监测员 phone=15439188828 checked=2026-11-20
seed add household head=任文革 group=1组 people=3 tags=child phone=15439115824 checked=2026-08-15
seed add contact name=变电站 duty=值班 phone=03915550188 checked=2026-08-20
seed add depot name=村部仓库 checked=2026-01-01

case what is to be confirmed, and one key a row
keys H
has 没核对3 这次核对了0
has > 人员   宋随山         15439104248  第1组组长
has 08-11核
has   住户   任文革 1组     15439115824  3 留守儿童
has   联系人 变电站
has 08-20核
lacks 赵合作
# What has to be looked at is not confirmed from a chair.
lacks 村部仓库
most 900
keys y
has 核对无误  u撤
has 没核对2 这次核对了1
has > 住户   任文革 1组
most 260

case the same key at once again looks at nothing, and says so
only cells
keys H y
keys y
has 太快了，没有记：看清一行再按一次
has 没核对2
wait 2
keys y
has 没核对1

case taken back within the hour, with the date that stood there
keys H y u
has 已撤回：还是没核对
has   人员   宋随山
has 08-11核
keys u
has 没有可撤的：只能撤这里刚核对的一条，一小时内

case several are marked, and asked about once
keys H x j x y
has 勾了2条：按 y 都核对无误，其他键不办
keys n
has 没有办
has 没核对3
keys y
keys y
has 2条核对无误
has 没核对1 这次核对了2

case a wrong number is put right, a remark is kept, and who is gone is taken off
keys H d "白天关机" enter
has 备注已记
has 没核对3
keys t
has 离岗
keys ^X e
has 宋随山
keys ^X ^X
has 没核对3

case nothing is left
only cells
keys H y
wait 2
keys y
wait 2
keys y
has 没有要核对的：都在时限内核对过
keys y
has 没有要核对的
keys e
has 没有要核对的

case forty columns
size 12 40
keys H
has > 人员 宋随山       15439104248  08-11核
has y对 e改

case a storekeeper confirms no person: told so, and nothing is written
seed user add 谢红旗 role=R10
user 谢红旗
keys H y
has 不能走这一步 "核对无误"
has 没核对3 这次核对了0

case a duty officer confirms the telephone book, and people
seed user add 崔丽娟 role=R06
user 崔丽娟
keys H j j y
has 这次核对了1
lacks 角色

case before the flood season all is asked about earlier
now 2026-04-20T09:31:00+08:00
seed add contact name=水库 duty=值班 phone=03915550199 checked=2026-02-20
keys H
has 水库

case who may confirm the people alone is offered no correction, and who may nothing no key
only cells
seed user add 谢红旗 role=R10
seed user add 崔丽娟 role=R06
user 谢红旗
keys H
lacks y对
lacks e改
lacks 对按 y
has b家底
user 崔丽娟
cut
keys H
has y对
lacks e改
keys d
has 您的角色不能登记"人员"
