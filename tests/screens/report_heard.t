# A report of dead rings where it is checked; the village that wrote it has nothing to do and is not rung for it.
# Covers: B02
now 2026-11-29T03:10:00+08:00
seed init --area 410882103205 --name 西彰村 --user 秦国庆
seed add report event=D01 stage=first time=03:00 at=03:05 affected=42 dead=3 area=410882103205

case the village is not rung for what the township has to check
has 西彰村
lacks !!灾情报告
