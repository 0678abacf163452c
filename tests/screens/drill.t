# A drill that goes on is said on every screen, and what is written meanwhile has its mark; when it has ended nothing has.
# Covers: E05 W6.2
# Tests also: world.c
now 2026-11-29T09:00:00+08:00
seed init --area 410882103 --name 柏香镇 --user 张永强

case before it begins nothing is marked
seed add drill title=无脚本拉动 type=D8 held_at=09:30
seed add request name=潜水泵 quantity=1 place=涵洞
lacks 【演练】
keys K
lacks 【演练】

case while it goes on each screen says so, and so does what is written
seed add drill title=无脚本拉动 type=D8 held_at=09:30
seed step $ start begun_at=09:00
has 【演练】
seed add request name=潜水泵 quantity=1 place=涵洞
keys K
has 【演练】
keys enter
has 【演练】
keys q A "急需物资" enter
has 【演练】

case a drill that was held marks nothing more, and what belonged to it keeps its mark
seed add drill title=无脚本拉动 type=D8 held_at=09:30
seed step $ start begun_at=09:00
seed add request name=潜水泵 quantity=1 place=涵洞
seed step BXZ-11 hold people=18
lacks [演练]
keys A "急需物资" enter 1
has 【演练】潜水泵

case on a small terminal
size 12 40
seed add drill title=无脚本拉动 type=D8 held_at=09:30
seed step $ start begun_at=09:00
has 【演练】
