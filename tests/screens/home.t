# Home: what needs somebody now, on a large and a small terminal, and after a change of size.
seed init --area 410882103205 --name 王庄村 --user 李爱国

case nothing to do
screen
|前哨 王庄村 未接入上级                                                    李爱国
|  现在没有要办的事
|
|
|
|
|
|
|
|
|
|
|
|
|
|
|
|
|
|
|1隐患 2预警 3灾情报告 4物资 5救援队伍 6人员 7避难场所 8值班记录 9巡查 a登记簿
|F处置卡 d草稿 /查找 o收发 m本站与我
|
|s 签收  n 新建  N 接报  B 报灾  回车 打开  Q 退出  ? 帮助  q 返回

case what is due comes first
seed add hazard category=H0202 place=王庄村三组后山 text=边坡裂缝加宽 grade=M
seed add hazard category=H0102 place=北李村水库坝脚 text=渗水 grade=G
screen
|前哨 王庄村 未接入上级                                                    李爱国
|到期前2
|> 到期前  剩1小时 隐患     王庄村三组后山 边坡裂缝加宽
|  到期前 剩24小时 隐患     北李村水库坝脚 渗水
|
|
|
|
|
|
|
|
|
|
|
|
|
|
|
|
|1隐患 2预警 3灾情报告 4物资 5救援队伍 6人员 7避难场所 8值班记录 9巡查 a登记簿
|F处置卡 d草稿 /查找 o收发 m本站与我
|
|s 签收  n 新建  N 接报  B 报灾  回车 打开  Q 退出  ? 帮助  q 返回
keys j
most 16
keys k
most 16

case a small terminal
size 12 40
seed add hazard category=H0202 place=王庄村三组后山 text=边坡裂缝加宽 grade=M
screen
|前哨 王庄村 未接入上级            李爱国
|到期前1
|> 到期前  剩1小时 王庄村三组后山 边坡裂
|
|
|
|
|1隐患 2预警 3灾情报告 4物资 5救援队伍
|6人员 7避难场所 8值班记录 9巡查 a登记簿
|F处置卡 d草稿 /查找 o收发 m本站与我
|
|s 签收  n 新建  N 接报  ? 帮助  q 返回

keys ^L
most 750

case another size while it runs
keys j
size 12 40
screen
|前哨 王庄村 未接入上级            李爱国
|  现在没有要办的事
|
|
|
|
|
|1隐患 2预警 3灾情报告 4物资 5救援队伍
|6人员 7避难场所 8值班记录 9巡查 a登记簿
|F处置卡 d草稿 /查找 o收发 m本站与我
|
|s 签收  n 新建  N 接报  ? 帮助  q 返回
size 24 80
has 现在没有要办的事

case leaving is asked
keys q
has 再按一次 q 退出
keys j
lacks 再按一次 q 退出

case help of the screen
keys ?
has 帮助 前哨
keys q
has 现在没有要办的事
