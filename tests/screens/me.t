# The station and I; help; drafts of several kinds; new from home.
# Tests also: face.c me_page.c help.c unfinished.c groups.c
# Covers: W8.1 N23 N26
seed init --area 410882103205 --name 王庄村 --user 李爱国 --post 网格员

case the station and I
keys P
has 王庄村
has 未接入
has 李爱国  网格员
has 未设

case the watch is one key away
keys P 7
has 值班表

case a PIN is typed twice
keys P 5 "2468" enter
has 再打一遍
lacks 2468
keys "2468" enter
has 口令已设

case two different PINs change nothing
keys P 5 "2468" enter "1357" enter
has 两遍不一样
has 未设

case a PIN is not too short
keys P 5 "12" enter
has 口令要 4 到 32 个字母、数字或符号

case new from home
keys n
has 新建哪一种
keys "zbjl" enter
has 登记值班记录

case an incident and a report by one key
keys N
has 登记突发事件
keys ^X B
has 灾情

case a draft is thrown away with two keys
keys A "应急物资" enter n "水泵" ^X
has 草稿留着
keys h ^R x
has 草稿 新物资 水泵：按 y 丢掉，其他键不办
keys y
has 没有草稿

case a draft does not come by itself, and ^R fetches it
keys A "应急物资" enter n "水泵" ^X n
has 有草稿 07-14 06:33 水泵 ^R 取回
lacks *名称     水泵
keys ^R
has *名称     水泵
keys ^R
has 丢掉这份草稿：按 y 清空重填，其他键不办
keys y
has 从头填写
lacks 水泵

case a step leaves a draft too
seed add hazard category=H0202 place=后山 text=边坡裂缝 grade=G
keys A "隐患排查" enter enter 3 "已灌浆"
cut
has 草稿1份
has 已灌浆
keys ^R enter
has 整改完成 WZC-10
has 已灌浆

case help names the keys of the screen
keys A "应急物资" enter ?
has 列表随打随筛
has / 筛选
keys q
has 应急物资 0

case first paint of home on a small terminal
size 12 40
seed add hazard category=H0202 place=后山 text=边坡裂缝 grade=M
keys P h
most 750

case who is chosen brings the telephone along
seed add person name=王大山 phone=13900008888
keys A "应急物资" enter n "水泵" tab tab tab tab tab "wds" enter
has 王大山
has 13900008888

case another coding, with a way back
only cells
keys P
most 546
has 试字:  隐患 叫应 圪垱坡 ABC  对齐? 8换编码 [UTF-8]>GB18030>拼音 10秒不回车就退回
has 规则：    rules.conf
keys 8
has GB18030：看得清就按回车；10 秒不按，换回原样
has UTF-8>[GB18030]>拼音
wait 11
has [UTF-8]>GB18030>拼音
keys 8 8
lacks 隐患
has Ben Zhan
keys q P
has [UTF-8]>GB18030>拼音
keys 8 8 enter
has Jiu Zhe Yang Xian Shi
cut
has Qian Shao
keys P 8
has [UTF-8]>GB18030>拼音
keys enter
cut
keys P
has [UTF-8]>GB18030>拼音

case the terminal gets that coding, sends it, and has it again the next time
only utf8
keys P
has [UTF-8]>GB18030>拼音
coding GB18030
keys 8
has UTF-8>[GB18030]>拼音
keys enter
has 就这样显示，您以后在这样的终端上也是
keys / "王庄"
has 找：王庄
cut
has 前哨 王庄村
keys P
has UTF-8>[GB18030]>拼音
keys 8
has UTF-8>GB18030>[
coding UTF-8
keys 8
has [UTF-8]>GB18030>拼音
keys enter

case a dark or a light ground is kept for the person on such terminals
keys P
has 4底色原样
keys 4
has 4底色黑
keys 4
has 4底色白
cut
keys P
has 4底色白
keys 4
has 4底色原样

case what is shown, and whether it rings, is kept for the person
seed add incident event=11B03 place=村东涵洞 text=车困水中
seed add task text=清点编织袋 due=+3h
has 清点编织袋
keys P
has 2节俭自动 3铃开
keys 2 3
has 2节俭开 3铃关
keys h
has 村东涵洞
lacks 清点编织袋
keys v
has 清点编织袋
cut
lacks 清点编织袋
keys P
has 2节俭开 3铃关
keys 2 3 h
has 清点编织袋
