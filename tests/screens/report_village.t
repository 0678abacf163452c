# A village does not check its reports for the township, by whomever.
# Tests also: fold.c
now 2026-11-29T05:38:00+08:00
seed init --area 410882103205 --name 西彰村 --user 李爱国
seed user add 秦国庆
seed --user 秦国庆 add report event=D01 stage=first affected=10 dead=0 missing=0 at=05:30

case the step is the township's
keys B enter
has 可办事项：2撤回
lacks 1审核
