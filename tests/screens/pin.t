# PINs: asked for signing, a wrong one, the lock after a time without keys, a second person, another one at the keys.
seed init --area 410882103205 --name 王庄村 --user 李爱国 --post 网格员
seed user add 李四 post=村支书

case signing asks whoever has one
keys P 5 "2468" enter "2468" enter h
seed add warning event=11B01 severity=red headline=暴雨红色预警 expires=+6h
has 现在 1
keys s
keys y
has 签收：要 李爱国 的口令
keys "2468"
has ****
lacks 2468
keys enter
has 已签收
lacks 签收     红R

case a wrong one signs nothing
keys P 5 "2468" enter "2468" enter h
seed add warning event=11B01 severity=red headline=暴雨红色预警 expires=+6h
has 现在 1
keys s
keys y "2469" enter
has 口令不对 "李爱国"，还可以试 4 次
has 请管理员用 outpost user pin
keys "2468" enter
has 已签收

case given up, and nothing is signed
keys P 5 "2468" enter "2468" enter h
seed add warning event=11B01 severity=red headline=暴雨红色预警 expires=+6h
has 现在 1
keys s
keys y "24" ^X
has 没有输入口令，没有办
has 现在 1

case five wrong ones lock
keys P 5 "2468" enter "2468" enter h
seed add warning event=11B01 severity=red headline=暴雨红色预警 expires=+6h
has 现在 1
keys s
keys y "1" enter "2" enter "3" enter "4" enter "5" enter
has 连错 5 次，锁 1 分钟，到 06:34
keys "2468" enter
has 的口令锁着
keys ^X
has 现在 1

case signing by the form asks when the form is right
keys P 5 "2468" enter "2468" enter h
keys A "jiaojieban" enter n ^O
has 接班人：必填
lacks 要 李爱国 的口令
keys "李四" enter ^O
has 交接班：要 李爱国 的口令
keys "2468" enter
has 已保存

case a report asks for none
keys P 5 "2468" enter "2468" enter h
keys A "隐患排查" enter n "H0202" enter "后山" tab "裂缝" ^O
has 已保存

case who has none is not asked
seed add warning event=11B01 severity=red headline=暴雨红色预警 expires=+6h
has 现在 1
keys s
keys y
has 已签收

case a new PIN needs the old one
keys P 5 "2468" enter "2468" enter
has 口令已设
keys 5
has 改口令：要 李爱国 的口令
keys "1357" enter
has 口令不对
keys "2468" enter
has 新口令
keys "9517" enter "9517" enter
has 口令已设

case left alone, the terminal asks again and the form is kept
only cells
limit policy.pin.minutes 5
keys P 5 "2468" enter "2468" enter h
keys A "隐患排查" enter n "H0202" enter "后山" tab "裂缝加"
wait 299
has 裂缝加
keys "宽"
wait 299
has 裂缝加宽
wait 1
lacks 裂缝加宽
lacks 后山
has 李爱国 在吗？请输口令
# The key that meets it is not meant for the form.
keys "2469" enter
has 口令不对
keys "2468" enter
has 裂缝加宽
keys "三处" ^O
has 已保存

case a key that comes too late does nothing behind the lock
only cells
limit policy.pin.minutes 5
keys P 5 "2468" enter "2468" enter h
seed add warning event=11B01 severity=red headline=暴雨红色预警 expires=+6h
has 现在 1
keys s
wait 300
keys y
has 李爱国 在吗
keys "2468" enter
has 现在 1

case a red warning is seen over the lock
only cells
limit policy.pin.minutes 5
keys P 5 "2468" enter "2468" enter h
wait 300
has 李爱国 在吗
seed add warning event=11B01 severity=red headline=暴雨红色预警 expires=+6h
has !!红R 暴雨
keys "2468" enter
has 现在 1

case whoever leaves at the lock leaves a draft
only cells
limit policy.pin.minutes 5
keys P 5 "2468" enter "2468" enter h
keys A "隐患排查" enter n "H0202" enter "后山" tab "裂缝加宽"
wait 300
keys ^X
cut
has 草稿1份
has 裂缝加宽

case who has no PIN is not asked
only cells
limit policy.pin.minutes 5
keys A "应急物资" enter n "水泵"
wait 3000
has 水泵

case a second person signs, and the first one goes on
keys P 0 "李四" enter
has 现在是 李四
keys P 5 "1357" enter "1357" enter
keys 0 "李爱国" enter
has 现在是 李爱国
seed add hazard category=H0202 place=后山 text=边坡裂缝 grade=G
seed step $ rectify text=已灌浆
keys A "隐患排查" enter enter 4
has 这一步要由另一个人办
keys " 1" ^O
has 这一步要由另一个人办
keys ^Y
has 由谁签
keys enter
has 复查：要 李四 的口令
keys "2468" enter
has 口令不对 "李四"
keys "1357" enter
has 由 李四 签
has 李爱国
keys ^O
has 复查合格
has 李四 复查 结果：合格
keys h P
has 我：      李爱国

case left alone, a second person's word is gone
only cells
limit policy.pin.minutes 5
keys P 0 "李四" enter
keys P 5 "1357" enter "1357" enter
keys 0 "李爱国" enter P 5 "2468" enter "2468" enter h
keys A "jiaojieban" enter n
has *交班人   李爱国
keys ^Y enter "1357" enter
has 由 李四 签
has *交班人   李四
keys tab "李爱国" enter
wait 300
has 李爱国 在吗
keys "2468" enter
lacks 由 李四 签
keys ^O
has 交接班：要 李爱国 的口令
keys "2468" enter
has 已保存
keys enter
has 交班人：李爱国

case nobody else has a PIN
keys A "隐患排查" enter n ^Y
has 没有别的设了口令的人

case another one at the keys has a PIN
keys P 0 "李四" enter
keys P 5 "1357" enter "1357" enter
keys 0 "李爱国" enter P 0 "李四" enter
has 换人：要 李四 的口令
keys "1111" enter ^X
has 没有办
has 我：      李爱国
keys 0 "李四" enter "1357" enter
has 现在是 李四
keys P
has 我：      李四
