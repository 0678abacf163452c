# One box over everything: hanzi, pinyin and initials find the same things.
seed init --area 410882103205 --name 王庄村 --user 李爱国
seed add supply name=汽油发电机 quantity=2 unit=台 store=村委会
seed add supply name=排水泵 quantity=3 unit=台 store=村委会
seed add hazard category=H0202 place=王庄村三组后山 text=边坡裂缝加宽 grade=M

case by initials
keys / "fdj" enter
screen
|查找 fdj 汛期 06:33                                                       李爱国
|找：fdj
|    类别     名称                      数量 联系人   电话         在哪里
|> 1 物资     汽油发电机                 2台                       村委会
|
|
|
|
|
|
|
|
|
|
|
|
|
|
|
|
|
|
|
|回车 查/打开  / 重找  ^X 返回  ? 帮助  q 返回

case by hanzi
keys / "发电" enter
has 汽油发电机
lacks 排水泵

case by pinyin
keys / "shuibeng" enter
has 排水泵
lacks 发电机

case nothing
keys / "zzz" enter
has 没有找到
lacks 汽油
keys ^X
has 王庄村三组后山

case typing costs its letters
keys / "f"
keys "d"
most 1
keys backspace
most 6
