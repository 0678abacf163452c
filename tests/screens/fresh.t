# '*' on home: what came since this person looked at it last. Gone when it was opened, signed, or when home is left after it
# stood on the page; each person has his own, over restarts.
# Tests also: fresh.c
now 2026-11-29T05:31:00+08:00
seed init --area 410882103205 --name 王庄村 --user 秦国庆
seed user add 潘鹏飞
seed add task text=巡堤 to=王庄村 due=+2h

case what was there at the first look is not new, what comes is, until home is left
has 巡堤
lacks *
user 潘鹏飞
seed add task text=催平安 to=王庄村 due=+1h
has *催平安
lacks *巡堤
keys ?
keys q
has 催平安
lacks *
seed add task text=装沙袋 to=王庄村 due=+3h
has *装沙袋
lacks *催平安
user 秦国庆
keys ?
cut
has 装沙袋
lacks *

case his own is not new to him, and is to another
seed add task text=催平安 to=王庄村 due=+1h
has 催平安
lacks *
user 潘鹏飞
cut
has 催平安
lacks *
user 秦国庆
seed add task text=装沙袋 to=王庄村 due=+3h
has *装沙袋
user 潘鹏飞
seed step $ accept
has 装沙袋
lacks *

case a line that broke is no look, leaving is
user 潘鹏飞
has 巡堤
user 秦国庆
seed add task text=装沙袋 to=王庄村 due=+3h
user 潘鹏飞
has *装沙袋
cut
has *装沙袋
keys Q
keys y
cut
has 装沙袋
lacks *

case what happens to a record makes its row new again
has 巡堤
user 潘鹏飞
seed add task text=装沙袋 to=王庄村 due=+3h
has *装沙袋
keys 2
keys q
has 装沙袋
lacks *
seed step $ accept
has *装沙袋

case signing is a look, what is below the page waits until it is seen
size 12 40
has 巡堤
user 潘鹏飞
seed add task text=一事 to=王庄村 due=+1h
seed add task text=二事 to=王庄村 due=+2h
seed add task text=三事 to=王庄村 due=+3h
seed add task text=四事 to=王庄村 due=+4h
seed add task text=五事 to=王庄村 due=+5h
seed add task text=六事 to=王庄村 due=+6h
has *一事
lacks 六事
keys ?
keys q
has 一事
lacks *一事
keys space
has *六事
keys ?
keys q
lacks *
seed add warning event=11B01 severity=red headline=暴雨红色预警 expires=+6h
has *红R 暴雨
keys s
keys y
has 已签收
has 暴雨红色预警
lacks *
