# At a village: an order is signed from home in two keys, answered by a digit, and then leaves what is urgent.
# Covers: F06 W12.2
now 2026-11-29T05:46:00+08:00
seed init --area 410882103205 --name 西彰村 --user 秦国庆

case signed from home, answered by a digit with its number
seed add order text=涵洞全部封闭 to=西彰村 due=+50m answer_type=number
has 现在 1
keys s
has 指令 XZC-8 涵洞全部封闭：按 y 签收
keys y
has 已签收
lacks 现在 1
keys L
has 指令1 任务0  没签0 没答0 逾期0  给我的1
has 剩50分，要报数字 本站没答
keys 5 "2 已封，2人值守" enter
has 答复：已完成
has 给我的0
has 西彰村     签05:46  已完成05:46  2 已封，2人值守
keys u
has 答复已撤回
has 给我的1

case without words where none are wanted, with a reason where it cannot be done
seed add order text=报平安 to=西彰村
keys L
keys 1
has 答复：已收到
most 170
keys 6 "路断" enter
has 无法完成05:46

case what is sent to others is not ours
seed user add 值班 role=R02
seed add order text=宋庄停电 to=宋庄村
keys L
lacks 给我的1

case a task for him is his
seed add task text=催要平安情况 to=秦国庆 due=08:00
keys L
has 给我的1
has 我的 秦国庆   限08:00   剩2小时     待办   催要平安情况
keys t
has 受领

case late on home until it is said to be done
only cells
seed add order text=清排水沟 to=西彰村 due=+20m
keys q q q q q q
wait 3000
has 清排水沟
keys L
keys 4 "在清" enter
keys q q q q q q
has 清排水沟
keys L
keys 5 "清完" enter
keys q q q q q q
lacks 清排水沟
