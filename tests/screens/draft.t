# A cut line costs at most the field being typed, and home offers what was kept.
# Covers: K11
seed init --area 410882103205 --name 王庄村 --user 李爱国

case cut in the middle of a form
keys A "隐患排查" enter n "H0202" enter "后山" tab "裂缝加"
cut
has 草稿1份
has 裂缝加
keys ^R enter
has 崩塌
has 后山

case nothing typed, nothing kept
keys A "隐患排查" enter n
cut
lacks 草稿1份
has 现在没有要办的事

case written and saved leaves no draft
keys A "隐患排查" enter n "H0202" enter "后山" tab "裂缝" ^O
cut
lacks 草稿1份

case the list says what each is: what is begun, of which record, and what was typed, numbers too
seed add hazard category=H0202 place=后山崖头 text=裂缝
seed add warning event=11B03 severity=yellow headline=暴雨黄色预警 expires=+6h
keys B 1 "37" enter
cut
has 草稿1份，^R 接着写：新灾情报告
keys A "隐患排查" enter 1 t
keys b "派人去看" tab
cut
keys ^R
has 新灾情报告 灾种 洪涝 受灾人口 37
has 后山崖头 裂缝 派人去看
