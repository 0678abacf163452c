# At a village: an order is signed from home in two keys, answered by a digit, and then leaves what is urgent.
# Covers: F06 W12.2
now 2026-11-29T05:46:00+08:00
seed init --area 410882103205 --name 西彰村 --user 秦国庆

case signed from home, answered by a digit with its number
seed add order text=涵洞全部封闭 to=西彰村 due=+50m answer_type=number
has 现在 1
keys L
has 没签1 没答1
has s签收 ? 帮助
keys h s
has 指令 XZC-8 涵洞全部封闭：按 y 签收
keys y
has 已签收
lacks 现在 1
keys L
has 指令1 任务0  没签0 没答1 逾期0  给我的1
lacks s签收
# Nobody is below: nobody is urged or called.
lacks r催
lacks J叫应
has 剩50分，要报数字 本站没答
has 1已收到 2已派出 3已到达 4处置中 5已完成 6无法完成
keys 5 enter
has 指令XZC-8 涵洞全部封闭 -> 已完成：按 y 答复
keys y
has 指令要的数字没写
has 给我的1
keys 5 "2 已封，2人值守" enter
has 指令XZC-8 涵洞全部封闭 -> 已完成 2 已封，2人值守：按 y 答复
keys y
has 答复：已完成
has 给我的0
has 西彰村     签05:46  已完成05:46  2 已封，2人值守

case an answer that stands is named before another stands there, and u takes that one back
seed add order text=涵洞全部封闭 to=西彰村 due=+50m answer_type=number
keys L 5 "2 已封" enter
keys y
has 已完成05:46
keys 4 "gg" enter
has 指令XZC-8 涵洞全部封闭 -> 处置中 gg，原来答的是 已完成05:46 2 已封
keys n
has 没有办
has 已完成05:46
keys 4 "再看" enter
keys y
has 处置中05:46
keys 1
has 本站 05:46 已签收，不用再签
keys h L u
has 撤回 05:46 指令反馈
keys y
has 撤回了
has 已完成05:46  2 已封

case without words where none are wanted, with a reason where it cannot be done
seed add order text=报平安 to=西彰村
keys L
keys 1
has 指令XZC-8 报平安 -> 已收到：按 y 签收
lacks 签05:46
keys y
has 答复：已收到
most 220
keys 6 enter
keys y
has 无法完成的，写明原因
keys 6 "路断" enter
keys y
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
keys 4
keys y
keys q q q q q q
has 清排水沟
keys L
keys 5
keys y
keys q q q q q q
lacks 清排水沟

case the form of an answer wants the number, too
seed add order text=涵洞全部封闭 to=西彰村 due=+50m answer_type=number
keys A "指令" enter enter t 1
has 登记指令反馈
keys 5 ^O
has 指令要的数字没写
lacks 已保存
keys up "2" ^O
has 已保存

case at a village nobody is below to be called by roll, and no key offers it
keys W
has i记一笔 b交班
keys 1
has 下面没有点名要问的地方
