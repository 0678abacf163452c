# The first run: the form that makes the station.
# Tests also: setup.c

case no station yet
only tty
has 第一次使用
has 建站
keys ^O
has 必填

case the tour comes first, and home is where it ends
only tty
keys space "410882103205" enter tab "李爱国" ^O
has 1/6
keys ^X
has 现在没有要办的事
lacks 本机设置
