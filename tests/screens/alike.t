# Somebody registers what is registered already: the other one is named before it is written, and a person says whether it
# is the same thing.
# Tests also: like.c form_checks.c
# Covers: M9 N14
seed init --area 410882103205 --name 王庄村 --user 李爱国
seed add hazard category=H0202 place=村西涵洞 text=堵 grade=G

case the same place, the same sort: the other one is named
keys A "隐患排查" enter n
keys "H0202" enter "村西涵洞北侧" enter "又堵了" ^O
has 像 WZC-10 村西涵洞 堵。不是同一件再 ^O，是就 ^X：这一处已有同类隐患没办完

case it is the same: nothing is written
keys A "隐患排查" enter n
keys "H0202" enter "村西涵洞" enter "堵" ^O
has 像 WZC-10
keys ^X
has 隐患排查治理 1

case it is another: it is written at the second time
keys A "隐患排查" enter n
keys "H0202" enter "村西涵洞" enter "护栏断" ^O
has 像 WZC-10
keys ^O
has 已保存
has 隐患排查治理 2

case another sort, or another place, is not asked about
keys A "隐患排查" enter n
keys "H0202" enter "东沟" enter "落石" ^O
has 已保存

case what is done is not looked at
seed step $ fixed text=已清
keys A "隐患排查" enter n
keys "H0202" enter "村西涵洞" enter "堵" ^O
has 已保存

case on a small terminal the whole of it is there
size 12 40
keys A "隐患排查" enter n
keys "H0202" enter "村西涵洞" enter "堵" ^O
has 像 WZC-10 村西涵洞 堵。不是同一件再 ^O
