# A number of dead that rose is typed once more: one key too many costs a line, and no false alarm.
# Tests also: form_checks.c zero.c
# Covers: W13.4
seed init --area 410882103205 --name 王庄村 --user 李爱国
seed add report event=D01 stage=first affected=37 dead=0

case more dead than before
keys B 1
keys "D01" enter "follow" enter tab tab "120" enter "12" ^O
has 死亡比上次多
has 请再打一遍
keys "12" ^O
has 已保存

case another number is another question
keys B 1
keys "D01" enter "follow" enter tab tab "120" enter "13" ^O
has 请再打一遍
keys "14" ^O
has 请再打一遍
keys "14" ^O
has 已保存

case what cannot be is not taken
keys B 1
keys "D01" enter "follow" enter tab tab "10" enter "12" ^O
has 死亡不能多于受灾

case a zero report is two keys
keys 0
has 零报告 王庄村 平安，没有变化：按 y 报
keys y
has 零报告已保存
keys 0 n
has 没有办
