# What a grid worker, a duty officer and a storekeeper see: the steps that are theirs, and for the others who may take them.
# Tests also: actions.c may.c
seed init --area 410882103 --name 柏香镇 --user 闫占奎
seed user add 秦国庆 role=R02
seed user add 崔丽娟 role=R06
seed user add 谢红旗 role=R10
seed user add 张秀兰 role=R07
seed add supply name=编织袋 quantity=100 unit=bag
seed add hazard category=H0202 place=北坡 text=裂缝 grade=G

case a grid worker mends on the spot and assigns to nobody
user 秦国庆
keys A "隐患排查" enter 1
lacks 1交办
keys 1
has 您的角色不能"交办"，能办的：
keys t
has 当场整改
lacks 交办

case a duty officer assigns, and closes nothing
user 崔丽娟
keys A "隐患排查" enter 1
has 1交办
keys t
has 交办
lacks 销号

case a storekeeper reads the hazard and takes none of its steps; the stock is his
user 谢红旗
keys A "隐患排查" enter 1
has 北坡
lacks 1交办
keys 1
has 您的角色不能"交办"，能办的：
keys h A "隐患排查" enter n
has 您的角色不能登记"隐患"，请联系管理员
keys h A "应急物资" enter n
has 登记物资

case the bar offers nobody what his role may not begin; the key still says why
user 谢红旗
keys R
lacks n启动
keys n
has 您的角色不能登记
keys Z
lacks n下令
keys B
lacks 1初报
keys K
has i收发一行
keys X
lacks n新隐患
keys A "隐患排查" enter
lacks n 新建
seed --user 闫占奎 add point name=北坡崖头 risk=1
seed --user 闫占奎 add depot name=应急仓库
keys h X v
lacks t开始查
keys 1
has 您的角色不能登记"巡查"，请联系管理员
keys 0
has 您的角色不能登记"巡查"
lacks 按 y
keys j
has t开始查
keys 0
has 应急仓库：按 y 记无隐患
seed --user 闫占奎 add request name=编织袋 quantity=1 place=村东 area=410882103205
user 张秀兰
cut
keys h K
lacks i收发
keys i
has 您的角色不能登记"物资收发"，请联系管理员
lacks 到谁：
keys 1
has 不能走这一步 "安排"
lacks 可空
keys ^X W
has i记一笔
lacks 1点名
lacks b交班
keys 1
has 您的角色不能登记"点名"
lacks 按 y
user 闫占奎
cut
keys R
has n启动
keys Z
has n下令
keys A "隐患排查" enter
has n 新建

case a plate is lifted by the county alone, and more time is granted where somebody asked for it
user 闫占奎
seed add hazard category=H0202 place=南沟 text=落石 grade=M plate=沁督2026-3
keys A "隐患排查" enter / "南沟" enter enter
has 可办事项：
has 挂牌号：沁督2026-3
lacks 摘牌
lacks 延期
keys u
has 摘牌
has 能办的站点：县
keys v
has 现在不能"准予延期"：没有人申请延期

case the card of a warning is begun by who may begin a response
seed packs flood
seed add warning event=11B03 severity=red headline=暴雨红色预警 issuer=沁阳市气象台 expires=+6h areas=410882103
user 谢红旗
keys Y
has 共9步 没启动
lacks t 启动
lacks t办理
keys t
has 您的角色不能登记"应急响应"
keys F
lacks t启动
user 闫占奎
cut
keys Y
has 没启动：t 启动
has t办理

case a response is regraded and ended by who may
seed add response event=11B03 level=3 basis=暴雨
user 谢红旗
keys R
has 暴雨三级响应
lacks t升降级
user 闫占奎
cut
keys R
has t升降级 终止

case the menu of new records has only what he may register, and a digit opens what stands there
user 谢红旗
keys n
lacks 隐患排查治理
has 物资队伍场所
keys "yh"
lacks 隐患
user 闫占奎
cut
keys n
has > 1 隐患排查治理
