# The plate of disposal cards: each card by F and its own sign, and which of them is the one to take now.
# Tests also: plate.c
# Covers: D16 F08 F15 W10.2 W10.3
seed init --area 410882103205 --name 西彰村 --user 秦国庆
seed packs flood geo forest coast mine urban

case every card has its sign on one page, the season marks what fits
keys F
most 595
has 处置卡 按前面的字就打开 汛期
has  1 山洪(村)
has  e 转移避险五问
lacks 空格翻页

case two keys open a card, the sign is that of its file
keys F 1
has 山洪处置卡（村）
has 先看：沟水突然变浑
keys q
has > 1 山洪(村)
keys e
has 转移避险五问卡

case what goes on now marks what fits
seed add warning event=11B03 severity=red headline=暴雨红色预警 expires=+6h
keys F
has 1 山洪(村)         正是 红R暴雨
lacks 2 山洪(乡镇)     正是
seed add incident event=12G00 place=街口 text=着火
has 0 火灾             正是 火灾

case > moves, and enter opens
keys F j j enter
has 暴雨红色预警行动卡
keys q right enter
lacks 此处无

case a sign of another page opens, too
size 12 40
keys F
has 第1页，共
lacks 转移避险五问
keys space
lacks  1 山洪
keys e
has 转移避险五问卡

case G and g go to the ends, unless they are signs
keys F G
has > o 电梯困人

case a card of one's own gets what is left
seed add card code=X1 title=本村溃坝处置卡 event=11A03 text=先喊人
keys F
has 本村溃坝

case a card is started: the response has its event, and each of its steps is a task that somebody ticks
keys F j t
has 登记应急响应
has 灾种暴雨
has 暴雨红色预警行动卡
keys "3" ^O
has 已保存
keys L
has 任务9
has 叫应：村书记、网格员
lacks 含义
keys enter t
has 完成
keys 3 "已签收" ^O
has 已保存
has 已完成
has 秦国庆 完成

case a card of a post is marked for whoever holds it
seed user add 李四 role=R02
seed user add 王五 role=R10
seed add card code=Z1 title=网格员岗位卡 level=role key=z fits=role=R02 text=1.巡查
user 李四
keys F
has z 网格员岗位卡
has 本岗

case what a card is for stands on its record in words
seed add card code=Z1 title=网格员岗位卡 level=role key=z "fits=11B03/red season=flood role=R02" text=1.巡查
keys A "处置卡" enter / "网格员岗位" enter enter
has 正是何时：红 暴雨、汛期、网格员

case and for nobody else
seed user add 王五 role=R10
seed add card code=Z1 title=网格员岗位卡 level=role key=z fits=role=R02 text=1.巡查
user 王五
keys F
has z 网格员岗位卡
lacks 本岗
