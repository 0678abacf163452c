# A warning is signed for a township by who has the watch at that minute: a leader who has read it is kept, and it still
# asks. The watch changes, deputies stand in.
# Tests also: meant.c receipt.c actions.c signing.c warn_page.c
# Covers: C03 C04 W9.2 N2
now 2026-11-29T07:50:00+08:00
seed init --area 410882103 --name 柏香镇 --user 闫占奎
seed user add 崔丽娟
seed user add 刘凤英
seed add person name=董小红
seed user add 史俊杰
seed add roster date=2026-11-28 desk=E officer=崔丽娟 leader=闫占奎
seed add roster date=2026-11-29 desk=E officer=刘凤英 leader=闫占奎
seed add warning event=11B01 severity=red headline=暴雨红色预警 proof=none expires=+6h areas=410882103

case who is not on watch has read it, and it still asks
keys s
has 按 y 签收
keys y
has 记下您看过了；您不在值班表上，还要在班的人签收
has !!红R 暴雨红色预警
keys Y
has 本站 闫占奎 07:50看过，在班的没签：s 签收
user 崔丽娟
cut
keys s
keys y
has 已签收，记下了您的姓名和时间
keys Y
has 本站 崔丽娟 07:50签(1分)
keys A "预警签收" enter
has 值班员
has 带班领导

case signed, it says by whom and when to whoever asks
user 崔丽娟
keys s
keys y
user 刘凤英
cut
keys Y s
has 本站已由 崔丽娟 于 07:50 签收

case the watch changes at eight: who comes now signs, who has gone does not
only cells
user 刘凤英
keys s
keys y
has 还要在班的人签收
wait 900
keys s
keys y
has 已签收，记下了您的姓名和时间

case the deputy of who is on watch signs for him
seed edit BXZ-20 deputy=史俊杰
user 史俊杰
keys s
keys y
has 已签收，记下了您的姓名和时间
keys A "预警签收" enter
has 值班员B角


case a line of a card that names a post of the roster is its holder's this minute, and nobody else's
seed add card code=K1 title=叫应卡 event=11B01 "text=1. 叫应各村 @值班员 +30"
seed add response event=11B01 level=4 card=叫应卡
user 史俊杰
keys R 1
has 第1步是值班员的：按 y 替他勾
user 崔丽娟
cut
keys R 1
has 已做完：叫应各村
lacks 替他勾
