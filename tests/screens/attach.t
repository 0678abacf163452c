# A file is attached to a record: n, its kind, its path; what cannot be is said, and the path stands there to be mended.
# Covers: M6
seed init --area 410882103 --name 柏香镇 --user 李爱国
seed add hazard category=H0101 place=村东桥下 text=淤堵 grade=G

case attached by its path
keys A "隐患排查" enter enter n "fj" enter
has 村东桥下
has 最大 200 KiB
has 文件路径：
keys "/nowhere/x.jpg" enter
has /nowhere/x.jpg：按 y 附上，其他键不办
keys y
has 没有这个文件或文件夹
has /nowhere/x.jpg
keys ^U "/etc/hostname" enter
keys y
has 已附
has hostname
has 本站
# What stations say of it by themselves is offered to nobody.
keys h A "附件" enter enter t
has 撤下
lacks 镇收到
lacks 县收到

case nothing typed, nothing attached
keys A "隐患排查" enter enter n "fj" enter enter
has 打文件在这台机器上的路径；^X 不附
keys ^X
lacks 已附
has 村东桥下

case on a small terminal
size 12 40
keys A "隐患排查" enter enter n "fj" enter
has 文件路径：
most 700

case a file belongs to a record
keys A "附件" enter n
has 附件要附在一条记录上
