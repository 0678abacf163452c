# A screen that nobody touches: what a minute that passes sends to the terminal, on home, on every board, over a form, while
# a warning burns and an incident runs out.
now 2026-11-29T05:31:00+08:00
seed init --area 410882103 --name 柏香镇 --user 崔丽娟
seed add person name=王俊杰 role=R05 post=书记 phone=15439142161 area=410882103205
seed add roster date=2026-11-28 desk=E officer=崔丽娟 leader=闫占奎
seed add household head=史丰收 group=1组 people=1 area=410882103205
seed add warning event=11B01 severity=red headline=暴雨红色预警 expires=+6h
seed add incident place=北坡 text=塌方
seed add order text=涵洞封闭 to=西彰村 due=+50m
seed add task text=催平安 to=崔丽娟 due=+10m
seed add report event=D01 stage=first affected=37 dead=0 area=410882103205

case home
only cells
wait 60
most 80

case the board Y
only cells
keys Y
wait 60
most 80
wait 60
most 80

case the board J
only cells
keys J
wait 60
most 80
wait 60
most 80

case the board D
only cells
keys D
wait 60
most 80
wait 60
most 80

case the board B
only cells
keys B
wait 60
most 80
wait 60
most 80

case the board N
only cells
keys N
wait 60
most 80
wait 60
most 80

case the board W
only cells
keys W
wait 60
most 80
wait 60
most 80

case the board L
only cells
keys L
wait 60
most 80
wait 60
most 80

case the board S
only cells
keys S
wait 60
most 80
wait 60
most 80

case the board P
only cells
keys P
wait 60
most 80
wait 60
most 80

case the board F
only cells
keys F
wait 60
most 80
wait 60
most 80

case a form
only cells
keys A "隐患排查" enter n "H0202" enter "后山"
wait 60
most 80
has 后山

case home on a small terminal
only cells
size 12 40
wait 60
most 80
