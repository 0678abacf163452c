# The first run: the form that makes the station.
# Tests also: setup.c

case no station yet
only tty
has 第一次使用
has 建站
keys ^O
has 必填
