# The outbox of a station that stands alone: nothing waits, but what had no effect is shown all the same.
# Tests also: outbox_page.c outbox_attention.c send.c statement.c
seed init --area 410882103205 --name 王庄村 --user 李爱国

case alone
keys S
has 报送 王庄村
has > 未接入上级，记录都只在本机。要接入：上级给邀请，本站 outpost join
# Nobody is above, so nothing is sent, read out or late.
has 2U盘 4听录 v全部
lacks 1念
lacks m换路
keys v
has v 要办的
lacks 用现在的
lacks 改了再报
keys v
has 2U盘 4听录 v全部
most 300

case nothing to settle
keys S v 2
has 把 > 移到"两站填得不同"下面的一行
keys e
has 把 > 移到写着"e 改了再报"的一行
keys enter
has 这一行打不开

case a step without effect, and why
seed add hazard category=H0202 place=后山 text=边坡裂缝 grade=G
keys S
lacks 没有生效和被退回
seed import json tests/screens/outbox.json
has 没有生效和被退回1：隐患
keys j enter
has 没有生效的
keys j
most 16
has 销号
has 当时的状态不允许这一步
has 打开看办理记录
keys G enter
has 隐患 WZC-18 桥头 路面塌陷
has 未生效

case on a small terminal
size 12 40
seed import json tests/screens/outbox.json
keys S v G
has 没有生效的

case onto a stick: Enter ends the name, and what is written is asked, whole on forty columns
size 12 40
keys S 2
has 回车 打好了  ^X 不打了
keys ^U "/media/usb/carry-20261129-XZC.frame" enter
has 存到
has carry-20261129-XZC.frame
has 按 y 写盘，其他键不办
keys n
has 没有办

case without a stick Enter says what failed, and what to do next
keys S 2 ^U enter
has 没有存：没写文件名。插上U盘再按2，或写出文件名
keys 2 ^U "/nowhere/at/all/a.opc" enter
keys y
has 没有存：
has 文件名再按2
