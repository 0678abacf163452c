# One box over everything, and disposal cards in two keys.
# Covers: D16 F15 W5.1 W5.4
seed init --area 410882103205 --name 王庄村 --user 李爱国
seed add supply name=发电机 quantity=2 unit=台 phone=13800001234
seed add team name=村抢险队 members=22 phone=13800002222
seed add card code=K1 title=山洪处置卡 event=11A06 text=先喊人，再报告
seed add card code=K2 title=滑坡处置卡 event=11E01 text=撤人

case by initials, with what one calls about
keys / "fdj" enter
has 发电机
has 2台
has 13800001234
lacks 抢险队
keys enter
has 名称：发电机

case by hanzi and by pinyin
keys / "抢险" enter
has 村抢险队
keys / "fadianji" enter
has 发电机

case nothing found says what to try
keys / "zzzz" enter
has 没有找到。换个词

case from anywhere, and back
keys A "隐患排查" enter / "fdj" enter
has 发电机
keys q
has 隐患排查治理

case on a small terminal
size 12 40
keys / "fdj" enter
screen
|查找 fdj 汛期 06:33               李爱国
|找：fdj
|    名称               数量 电话
|> 1 发电机              2台 13800001234
|
|
|
|
|
|
|
|回车查/打开 /重找 ^X返回 ? 帮助  q 返回

case a card in two keys
keys F 1
has 步骤：先喊人，再报告
keys h F 2
has 步骤：撤人

case what is there stands before what is asked for and what was said, whichever came last
seed add supply name=潜水泵 quantity=6 unit=台 keeper=谢红旗 phone=15439115411
seed add request name=潜水泵 quantity=1 place=村东涵洞 reason=积水
seed add duty type=note text=潜水泵
seed add request name=潜水泵 quantity=2 place=村西
keys / "qsb" enter
has > 1 物资     潜水泵
