# One grammar of keys: pastes and bursts, questions, the alarm line, the jump key and back, signs, one step back.
# Tests also: burning.c boards.c form_offers.c nobodys.c signing.c
# Covers: C02 C06 W9.1
seed init --area 410882103205 --name 王庄村 --user 李爱国

case a paste on home is no key
seed add warning event=11B01 severity=red headline=暴雨红色预警 expires=+6h
has 现在 1
paste systemctl restart sshd\yes
has 粘贴了26个字，没有当按键
has 现在 1
lacks 按 y
keys s
has 按 y 签收
paste y
has 粘贴了1个字，没有当按键
has 现在 1
keys y
has 现在没有要确认的事

case a paste on lists, records and help is no key
seed add hazard category=H0202 place=后山 text=边坡裂缝 grade=G
keys A "隐患排查" enter
paste jq1n
has 粘贴了4个字，没有当按键
has 隐患排查治理 1
keys 1
paste 331
has 粘贴了3个字，没有当按键
has 隐患 WZC-10
keys ?
paste qqq
has 没有当按键
has 帮助

case a paste stays in its field
keys A "隐患排查" enter n
paste H0202
has 类别 号码或拼音：H0202
has > 1 崩塌
keys enter
paste 后山\东坡三组
has *地点         后山 东坡三组
keys tab
paste 第一行\第二行
has 第一行
lacks 第一行 第二行
keys tab tab tab
paste 不是时间
has 不是时间
keys ^O
has 发现时间：

case what is no number goes into no number
keys A "应急物资" enter n tab tab
paste 12
has  数量     12
paste 台
has  数量     12
has 这里只能填数字
lacks 12台

case a paste narrows in a picker and in a list
seed add supply name=发电机 quantity=2 unit=台
seed add supply name=水泵 quantity=3 unit=台
keys A
paste 应急物资
has > 1 应急物资
keys enter /
paste 水泵
has 水泵
lacks 发电机
keys ^X /
lacks 按 y
keys ^X
has 发电机

case keys faster than a person are refused as a whole
seed add warning event=11B01 severity=red headline=暴雨红色预警 expires=+6h
has 现在 1
keys s y s t e m c t l
has 一下来了9个键，没有办
has 现在 1
lacks 按 y

case a y before the question is seen counts for nothing
seed add warning event=11B01 severity=red headline=暴雨红色预警 expires=+6h
has 现在 1
keys s y
has 请再按 y 签收，其他键不办
has 现在 1
keys y
has 已签收

case a question outlives what another process writes
seed add warning event=11B01 severity=red headline=暴雨红色预警 expires=+6h
has 现在 1
keys s
has WZC-8 暴雨红色预警：按 y 签收
seed add hazard category=H0202 place=后山 text=边坡裂缝 grade=M
has 现在 2
has WZC-8 暴雨红色预警：按 y 签收，其他键不办
keys y
has 已签收

case the alarm line is on every screen, and no note covers it
seed add warning event=11B01 severity=red headline=暴雨红色预警 expires=+6h
has !!红R 暴雨红色预警 剩5分 未签 ^G看 s签收
keys z
has 此处无 z 键
has !!红R 暴雨红色预警
keys A
has !!红R 暴雨红色预警 剩5分 未签 ^G看
lacks s签收
keys "隐患排查" enter n
has !!红R
keys ^O
has 必填
has !!红R

case minutes left tick, and cost little
only cells
seed add warning event=11B01 severity=red headline=暴雨红色预警 expires=+6h
keys A "隐患排查" enter n
has 剩5分
wait 61
has 剩4分

case ^G over a half-typed field, and back
keys A "应急物资" enter n "发电"
seed add warning event=11B01 severity=red headline=暴雨红色预警 text=撤到村部 expires=+6h
has !!红R
keys ^G
has 撤到村部
has WZC-8 暴雨红色预警：按 y 签收，其他键不办
has *名称     发电
keys ^G
has *名称     发电
keys "机"
has *名称     发电机
keys ^G
keys y
has 已签收
has *名称     发电机
lacks !!
keys "组"
has *名称     发电机组
keys ^G
has 现在没有要紧的事

case ^G takes some rows of what is open, and Enter shows all of it
size 12 40
seed add warning event=11B01 severity=red headline=暴雨红色预警 action=滩区坡脚的人马上撤 "text=过去3小时降雨96毫米，预计未来3小时仍有100毫米以上，沁河、猪龙河将出现洪峰，北坡崖头极易崩塌" expires=+6h
keys A "应急物资" enter n "发电"
keys ^G
most 330
has *名称     发电
has 滩区坡脚的人马上撤
has 红R WZC-
has 按 y 签收，其他键不办
keys enter
has 没有办
keys j
has 沁河、猪龙河
keys enter
has 可办事项
keys ^X
has *名称     发电
keys ^G
has *名称     发电

case more than one burns
seed add warning event=11B01 severity=orange headline=暴雨橙色预警 expires=+6h
seed add warning event=11B01 severity=red headline=山洪红色预警 expires=+6h
has 现在 2
keys A "隐患排查" enter ^G
has 红R WZC-16 山洪红色预警：按 y
keys y
has 橙O WZC-8 暴雨橙色预警：按 y
keys y
has 已签收
has 隐患排查治理

case s anywhere means the warning of the alarm line first
seed add hazard category=H0202 place=后山 text=边坡裂缝 grade=G
seed step $ assign owner=李爱国 owner_due=+3d regulator=李爱国 regulator_due=+3d
seed add warning event=11B01 severity=red headline=暴雨红色预警 expires=+6h
keys A "隐患排查" enter s
has 红R 暴雨红色预警
keys y
has 已签收
# Then the record at '>', if it waits for a signature.
keys s
has 隐患 WZC-10 后山 边坡裂缝：按 y 签收
keys y
has 已签收
keys s
has 现在没有要签收的

case a capital opens its board from anywhere, h and q stay short
keys A "隐患排查" enter S
has 报送 王庄村
keys P
has 本机
keys q
has 现在没有要办的事
keys V
has 此处无 V 键，? 查看可用键

case one key, one layer
seed add hazard category=H0202 place=后山 text=边坡裂缝 grade=G
keys A "隐患排查" enter / "hs" enter
has 找：hs
keys ^X
lacks 找：
has 隐患排查治理 1
keys enter t
has 办理（^X 返回）
keys esc
has 隐患 WZC-10
keys q
has 隐患排查治理 1
keys q
has 看哪一种
lacks 号码或拼音：隐患
keys ^X
has 今天 1

case nothing left on the list: enter looks everywhere
seed add supply name=水泵 quantity=3 unit=台
keys A "隐患排查" enter / "shuib" enter
has 查找 shuib
has 水泵

case of more than nine all signs have two digits
seed add supply name=甲1 quantity=1 unit=台
seed add supply name=甲2 quantity=1 unit=台
seed add supply name=甲3 quantity=1 unit=台
seed add supply name=甲4 quantity=1 unit=台
seed add supply name=甲5 quantity=1 unit=台
seed add supply name=甲6 quantity=1 unit=台
seed add supply name=甲7 quantity=1 unit=台
seed add supply name=甲8 quantity=1 unit=台
seed add supply name=甲9 quantity=1 unit=台
seed add supply name=乙 quantity=1 unit=台
keys A "应急物资" enter
has > 01 乙
has   10 甲
keys 1
has 1_ 再按一位
keys backspace
lacks 再按一位
keys 0 2
has 名称：甲

case bytes of signing
seed add warning event=11B01 severity=red headline=暴雨红色预警 expires=+6h
has 现在 1
keys s
most 120
keys y
most 400

case a picker offers only what the field may hold
seed add person name=李四 phone=13900008888
seed add person name=沁水生 phone=13900007777
seed add hazard category=H0202 place=水沁坡 text=沁水边 grade=G
keys A "隐患排查" enter 1 1
has 交办 WZC
keys tab " " "沁水"
has > 1 沁水生
lacks  2 水沁坡
keys ^X "查无此人" enter
has 没有登记，^O 按文字记
keys ^O
has 查无此人

case ? in an empty field says what it wants
keys A "隐患排查" enter n ?
has 按空格选，或打号码、汉字、拼音首字母
keys tab ?
has 填一行字
lacks *地点         ?
keys "后?"
has *地点         后?

case > stays on its row while a question is open, whatever comes meanwhile
seed add warning event=11B03 severity=yellow headline=暴雨黄色预警 expires=+6h
seed add hazard category=H0202 place=后山 text=边坡裂缝 grade=M
keys s
has 黄Y WZC-8 暴雨黄色预警：按 y 签收
seed add warning event=11B17 severity=red headline=雷暴大风红色预警 expires=+6h
has 黄Y WZC-8 暴雨黄色预警：按 y 签收
has > 2
keys y
has 已签收
has 生效     黄Y  暴雨黄色预警
has > 1

case ^O where nothing is written says so
keys ^O
has 这里没有要保存的
keys W ^O
has 这里没有要保存的

case a digit that the note line asks for is asked again behind ^G and ^L
seed add household head=史丰收 group=1组 people=1
seed add warning event=11B01 severity=red headline=暴雨红色预警 expires=+6h
keys D 4
has 为什么：1
keys ^L
has 为什么：1
keys ^G
keys y
has 已签收
has 为什么：1
keys 2
has 拒1
keys W i
has 记：1
keys ^L
has 记：1

case what was typed into a line comes back by ^R
keys W i 1 "挖机到场"
has 挖机到场
keys ^X
lacks 挖机到场
keys i 1
lacks 挖机到场
has ^R 取回刚打的
keys ^R
has 挖机到场
keys enter
has 挖机到场
keys i 1
lacks ^R 取回刚打的

case what was typed into a picker stays behind ^G, and when another process writes
seed add warning event=11B01 severity=red headline=暴雨红色预警 expires=+6h
keys A "yhpc"
has 看哪一种 号码或拼音：yhpc
keys ^G ^G
has 看哪一种 号码或拼音：yhpc
seed add task text=清点 to=李爱国
has 看哪一种 号码或拼音：yhpc

case ? is help in every picker, and ^O where nothing is marked says what may be typed
seed add hazard category=H0202 place=后山 text=边坡裂缝 grade=G
keys A ?
has 帮助
keys q ^O
has 打号码、汉字、拼音或首字母；^X 返回
keys "隐患排查" enter a ?
has 帮助
keys q ^X enter t ?
has 帮助
keys q ^O
has 打号码、汉字、拼音或首字母；^X 返回
keys ^X n ?
has 帮助
keys q ^X h A "隐患排查" enter n " " ?
has 帮助
keys q
has 类别 号码或拼音：

case nothing left on a board, too: enter looks everywhere
seed add warning event=11B01 severity=yellow headline=暴雨黄色预警 expires=+6h
seed add household head=史丰收 group=1组 people=1
seed add supply name=水泵 quantity=3 unit=台
keys D / "shuib" enter
has 查找 shuib
has 水泵
keys q
has 史丰收

case an alarm keeps its name on a narrow line, whatever else runs
size 12 40
seed add incident event=11B03 place=村东 text=车困
seed add warning event=11B01 severity=red headline=暴雨红色预警 expires=+6h
keys S
has !!红R 暴雨红色预警 剩5分
