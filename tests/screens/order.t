# Orders and tasks: who received an order, what each answered, who is urged; at a village one digit answers.
# Tests also: order_page.c orders.c orders_write.c
# Covers: F06 W12.1 W12.2 W12.3
now 2026-11-29T05:46:00+08:00
seed init --area 410882103 --name 柏香镇 --user 卫满仓

case nothing is open
keys L
has 没有没办结的指令；n 下令

case an order goes to places that are marked, and says to whom before it does
keys L n "涵洞封闭，无令不返" ^O enter "宋庄" space "西彰" space ^O ^O
has 发给2处：
has 宋庄村
has 西彰村
has 按 y 发出
keys y
has 已保存
has 指令1 任务0  没签2 没答2
has > 
has 卫满仓05:46 限07:46 剩2小时
has 涵洞封闭，无令不返
has 1 西彰村     没送到   没答
has 2 宋庄村     没送到   没答
most 700

case a new order is what stands there next, also one for all villages
seed add order text=涵洞封闭 to=西彰村
keys L
has > 
keys n "报平安" ^O enter "各村" 0 1 ^O ^O
keys y
has 指令2 任务0
has >   指令BXZ-16 卫满仓
has 报平安
has 1 柏香一街村

case a time that stands there already goes when one types
keys L n "涵洞封闭" ^O enter "西彰" space ^O tab "06:30" ^O
has 发给1处：西彰村
keys y
has 限06:30

case an order that names no time runs out when the rules say, at home and on its board
only cells
seed add order text=涵洞封闭 to=西彰村 answer_type=text
keys L
has 剩2小时
has 没答1 逾期0
wait 1000
has 没答1 逾期1
keys h
has 超1分    催签
seed add answer order=BXZ-8 state=received area=410882103205
keys L
has 没签0 没答1 逾期0
seed add answer order=BXZ-8 state=doing area=410882103205
keys h L
has 没答0 逾期0
wait 7500
has 没答0 逾期1
keys h
has 催办

case past its time an order stands on home until it is said to be done, and r urges who has not
only cells
seed add order text=涵洞封闭 to=伏背村、西彰村 due=+20m
seed add answer order=BXZ-8 state=received area=410882103243
seed add answer order=BXZ-8 state=done area=410882103205
lacks 没办完
wait 1300
has 催办
has 涵洞封闭 1处没办完
keys L
has 没答0 逾期1
keys h
keys r
has 催1处答复
keys y
has 催了1处
seed add answer order=BXZ-8 state=done area=410882103243
keys h
lacks 没办完

case a word stands for all villages, a post of one village for that village, a person for his
keys L n "报平安" ^O enter "各村" 0 1 ^O ^O
has 发给全部62处
keys n ^X ^X
seed add person name=宋随山 role=R02 area=410882103243
keys L n "报平安" ^O ^U "西彰村书记、宋随山" ^O ^O
has 发给2处：西彰村 伏背村
keys y
has 指令1 任务0  没签2 没答2

case another key than y does not send it
keys L n "涵洞封闭" ^O enter "宋庄" space ^O ^O n
has 没有办
keys ^X L
has 没有没办结的指令

case who only received it has not answered; urged are those alone who have not
seed add order text=立即转移 to=宋庄村、西彰村、伏背村 due=+5m answer_type=number
seed add answer order=BXZ-8 state=received area=410882103243
seed add answer order=BXZ-8 state=doing text=已转24户 number=86 area=410882103205
keys L
has 指令1 任务0  没签1 没答2
has 限05:51 剩5分，要报数字
has 1 宋庄村     没送到   没答
has 2 伏背村     签05:46  没答
has 3 西彰村     签05:46  处置中05:46  86 已转24户
most 1120
keys r
has 催2处答复 BXZ-8 立即转移：按 y 催
keys y
has 催了2处
has 1 宋庄村     没送到   没答         催1次05:46
has 2 伏背村     签05:46  没答         催1次05:46
most 180
keys 3
has 处置中
has 已转24户

case who has answered is not urged
seed add order text=报平安 to=西彰村 answer_type=receipt
seed add answer order=BXZ-8 state=received area=410882103205
keys L
has 没答0
has 已签收
keys r
has 没有要催的：都答了，或都催过了

case the unsigned are called about this order
seed add rollcall text=早点名 due=+15m
seed add order text=涵洞封闭 to=西彰村
keys L J
has /2)  涵洞封闭
keys 1 u
has 已撤回
has 应0

case ended and taken back by its steps
seed add order text=涵洞封闭 to=西彰村
keys L t
has 办结
has 撤销
keys 2 ^O
has 已保存
keys ^X L
has 没有没办结的指令
keys v
has 已落实

case a task has its term, its state and the last word about it
seed add person name=谢红旗 role=R10 post=仓库管理员
seed add task text=开镇中心学校 to=谢红旗 due=04:58
seed step $ progress text=床60张到位
seed add task text=没期限的
keys L
has 任务2  没签0 没答0 逾期1
has 任务 谢红旗   限04:58   超48分      进行中 床60张到位
keys r
has 催办

case on a small terminal
size 12 40
seed add order text=伏背滩区28户、圪垱坡崖下11户立即转移，天黑前到位 to=西彰村 due=+5m
keys L
screen
|*
|指令1 任务0  没签1 没答1 逾期0  给我的0
|>   指令BXZ-8 限05:51 剩5分
|  伏背滩区28户、圪垱坡崖下11户立即转移~
|  1 西彰村     没送到   没答
|
|
|
|
|
|
|n下令 r催 t办结撤销 J叫应 u撤 v全部 ? q
most 520
