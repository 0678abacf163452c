# One record: steps by their keys, who may not, children, history, two people at once.
seed init --area 410882103205 --name 王庄村 --user 李爱国

case a step by its key
seed add hazard category=H0202 place=后山 text=边坡裂缝 grade=M
keys A "隐患排查" enter enter
has 可办事项：1交办
keys 3
has 整改完成 WZC-8
keys "已灌浆封闭" ^O
has 待复查
has 已保存 WZC-8
has 说明：已灌浆封闭

case another person rechecks
seed add hazard category=H0202 place=后山 text=边坡裂缝 grade=G
seed step $ rectify text=已灌浆
keys A "隐患排查" enter enter
has 复查：须由另一人办理
keys 4
has 这一步要由另一个人办
# Nobody else has a PIN here: it stays undone.
keys " 1" enter ^O
has 这一步要由另一个人办
keys ^Y
has 没有别的设了口令的人

case a digit whose step cannot be taken says why, and when it can
seed add hazard category=H0202 place=后山 text=边坡裂缝 grade=G
keys A "隐患排查" enter enter 5
has 不能"销号"
has 现在是"待核实"
has 要先到这一步：复查合格
keys 0
has 不能"签收上报"
keys z
has 当场整改 WZC-

case a digit that this station may not press says who may
seed add point name=后山滑坡点
keys A "风险隐患点" enter enter 2
has 能办的站点：乡镇、县

case a digit that the role may not press says which roles may
seed add hazard category=H0202 place=后山 text=边坡裂缝 grade=G
seed user add 王劝导 role=R03
user 王劝导
keys A "隐患排查" enter enter 9
has 您的角色不能"上报上级"，能办的：网格员灾害信息员、村主要负责人

case all steps in a list
seed add hazard category=H0202 place=后山 text=边坡裂缝 grade=G
keys A "隐患排查" enter enter t
has 办理
has 交办
has > 1 交办
has a 撤回
keys a
has 撤回 WZC-10

case a letter of the list takes its step on the record, too
seed add hazard category=H0202 place=后山 text=边坡裂缝 grade=G
keys A "隐患排查" enter enter
has a撤回
keys a
has 撤回 WZC-
keys ^X o
has 要先到这一步：已销号
keys u
has 能办的站点：县

case what must be said
seed add hazard category=H0202 place=后山 text=边坡裂缝 grade=G
keys A "隐患排查" enter enter 3 ^O
has 说明：必填

case history
seed add hazard category=H0202 place=后山 text=边坡裂缝 grade=G
seed edit $ grade=M
keys A "隐患排查" enter enter l
has 办理记录 2
has 更正 等级：重大

case what hangs below it
seed add depot name=村部仓库
seed add supply name=编织袋 quantity=500 store=WZC-20
keys A "ckycbd" enter enter
has 应急物资 1
has 编织袋
keys c j enter
has 名称：编织袋
keys q n
has 登记关联事项
keys "wz" enter
has 登记物资
has 村部仓库

case somebody else writes while it is open
seed add hazard category=H0202 place=后山 text=边坡裂缝 grade=G
keys A "隐患排查" enter enter
has 等级：一般
seed edit $ grade=M
has 等级：重大

case both are shown when two people edit one field
seed add hazard category=H0202 place=后山 text=边坡裂缝 grade=G
keys A "隐患排查" enter enter e tab tab tab "东"
seed edit $ place=后山西
has 后山西
has 您填的是"后山东"
keys ^O
has 已保存
has 地点：后山东

case on a small terminal
size 12 40
seed add hazard category=H0202 place=后山 text=边坡裂缝 grade=M
keys A "隐患排查" enter enter
screen
|隐患 WZC-8 后山 边坡裂缝 06:33    李爱国
|> 【待核实】 07-14 06:33起  限期内 剩1小
|    时 重大隐患须在1小时内核实交办
|  可办事项：1交办 3整改完成 8催办
|    9上报上级 a撤回 b整改进展 f不属实
|    i重复 m移交
|  类别：崩塌
|  等级：重大
|  地点：后山
|  情况：边坡裂缝
|                           下面还有 空格
|t办理 e更正 n登记 l办理 p成文 /查找 ? q
most 900
keys j
most 16

case a line that opens nothing says so
seed add hazard category=H0202 place=后山 text=边坡裂缝 grade=G
keys A "隐患排查" enter enter enter
has 这一行打不开

case on a small terminal a record says that it goes on below, and then no more
size 12 40
seed add warning event=11B01 severity=red headline=暴雨红色预警 issuer=沁阳市气象台 text=过去2小时降雨96毫米，预计未来3小时仍有100毫米以上，沁河、猪龙河将出现洪峰，北坡崖头极易崩塌。 action=崖下11户马上撤到村部 expires=+6h
keys Y l
has 下面还有 空格
keys G
lacks 下面还有
keys g
has 下面还有 空格
