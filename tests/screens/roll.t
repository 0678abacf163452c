# A roll-call is answered from home by two keys, and taken back like what else one key wrote.
# Covers: L11 W1.4
now 2026-11-29T08:05:00+08:00
seed init --area 410882103205 --name 西彰村 --user 秦国庆

case answered from home
seed add rollcall text=值班点名
has 现在 1
keys s
has 点名 XZC-8 值班点名
has 按 y 应答
keys y
has 已签收
lacks 现在 1
keys A "点名应答" enter
has 秦国庆
