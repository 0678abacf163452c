# A response as its steps: begun by the card that fits, ticked by who does it, counted by boards, raised, ended with a
# reason and a summary; hygiene after a flood.
# Tests also: response.c response_page.c line_response.c compose.c
# Covers: B13 C13 F07 F08 F11 W10.1 W10.2 W10.3 W10.4
now 2026-07-14T05:31:00+08:00
seed init --area 410882103 --name 柏香镇 --level township --user 崔丽娟
seed add shelter name=中心学校 capacity=300
seed packs flood
seed add warning event=11B03 severity=red headline=暴雨红色预警 expires=+6h at=-10m
seed step $ sign

case nothing is on: the card that fits is offered, and each of its lines is a task with who and until when
keys R
has 没有启动响应。n 启动
has 正是 暴雨红色
keys n
has 处置卡
keys "3" ^O
has 暴雨三级响应 05:31起
has 决定 崔丽娟
has 有红色预警，建议升级响应
has 9步: 做完0 在做0 没动9 超时0
has > 1 5分钟内签收，报带班领导和主要领导，通知各~ 值班员       没动 剩5分
has   7 备：抢险队集结
has 0/1 剩30分
most 1300

case ticked by a digit, with who and when; a board counts the open shelters by itself
only cells
keys R n
keys "3" ^O
wait 120
keys 4
has 第4步是村书记的：按 y 替他勾
keys y
has 已做完：撤：
has 完05:33 用2分
has 9步: 做完1
keys 4
has 这一步已经做完了
seed step BXZ-20 open
has 1/1 剩

case ended with a reason, and summed up; hygiene after the flood is prepared
keys R n
keys "3" ^O
keys 5
keys y
keys t 2
keys "雨停水退"
keys ^O
has 已保存
keys h A "应急响应" enter
has 已终止
keys enter p
has 暴雨三级应急响应小结
has 不靠标志牌（村书记）7月14日5
has 完成
has 未完成
has 共9项，完成1项
has 雨停水退
keys h A "任务与交办" enter
has 灾后防疫：清淤泥

case nothing is ended without a reason
keys R n
keys "3" ^O
keys t 2 ^O
has 终止或调级原因

case who commands at the place, where the post is, and who has which part of it
seed add incident place=北坡崖头 text=崖头塌方埋2人
seed step $ handle commander=闫占奎 post=村部 post_phone=15439184314 sectors=东片消防，西片抢险队
keys A "突发事件接报" enter enter
has 现场指挥：闫占奎
has 指挥部位置：村部
has 东片消防
keys p
has 指挥部设在村部
has 分片：东片消防，西片抢险队

case on a small terminal
size 12 40
keys R n
keys "3" ^O
has 1 5分钟内签收，报带~
has 剩5分

case a second one beside the one that is on is asked about
keys R n
keys "3" ^O
has 暴雨三级响应
keys n
keys "2" ^O
has 已有三级响应，调级按 R t；再启动一个
lacks 二级响应

case a warning that has run out proposes nothing any more
only cells
keys R n "3" ^O
has 有红色预警，建议升级响应
wait 25200
keys h R
has 暴雨三级响应
lacks 有红色预警
