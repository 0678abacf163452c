# The board of the warning at a village, at night on forty columns: the words to be read out, whom to ask above, and what
# comes after the signature.
# Tests also: warn_page.c warn_rules.c situation.c
# Covers: C02 W9.2
now 2026-11-29T05:12:00+08:00
seed init --area 410882103205 --name 西彰村 --user 秦国庆
seed add contact name=值班室 org=柏香镇人民政府 group=镇值班 phone=03915550110
seed add point name=北坡崖头 type=fall risk=1 households=34 people=78
seed add household head=史丰收 group=1组 people=1 tags=bed point=北坡崖头
seed add household head=冯银环 group=2组 people=4
seed add warning event=11B03 severity=red headline=暴雨红色预警 issuer=沁阳市气象台 text=过去2小时降雨96毫米，预计未来3小时仍有100毫米以上，沁河、猪龙河将出现洪峰，北坡崖头极易崩塌。 action=滩区坡脚低洼危房的人马上撤；封下穿涵洞；无通知不得返回。 expires=2026-11-29T09:10:00+08:00 sent=2026-11-29T05:10:00+08:00

case all of it stands on forty columns, the text before what hangs on it
size 12 40
keys Y
screen
|!!红R 暴雨红色预警 剩5分 未签 ^G看 s签收
|红R 暴雨 沁阳市气象台05:10发 至09:10
|过去2小时降雨96毫米，预计未来3小时仍有
|100毫米以上，沁河、猪龙河将出现洪峰，北
|坡崖头极易崩塌。
|做：滩区坡脚低洼危房的人马上撤；封下穿涵
|洞；无通知不得返回。
|未核验，问柏香镇值班 03915550110
|危险区1处 1户1人 重点户1：z 名单
|签后：D到户2户  Z转移1户
|
|s签收 p念稿 l全文 w为什么 回车打开 ? q
keys s
keys y
lacks 签后
has 过去2小时降雨96毫米，预计未来3小时仍有 ~
has 未核验，问柏香镇值班
has 户 0/2 人 0/5
has 本站 秦国庆 05:12签(1分)

case the name of each stands there where two are in force
size 12 40
seed add warning event=11B03 severity=yellow headline=雷电黄色预警 issuer=沁阳市气象台 expires=+6h
keys Y
has 红R 暴雨红色预警 沁阳市气象台
keys f
has 黄Y 雷电黄色预警 沁阳市气象台

case wide it stands there, too
keys Y
has 柏香镇值班 03915550110
has 站点录入，来源未核验  本站没签：s 签收
has 签后：D到户2户  Z转移1户
