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
