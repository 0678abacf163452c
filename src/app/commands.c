/* SPDX-License-Identifier: GPL-3.0-or-later
 * The table of commands, and how one of them is run.
 */
#include <string.h>

#include "app/cmd.h"
#include "app/demo.h"
#include "app/import.h"
#include "app/out.h"
#include "app/paper.h"
#include "app/progress_show.h"

static const char *const pack_words[] = {"flood", "forest", "geo", "coast", "mine", "urban", NULL};
static const char *const attachment_words[] = {"list", "get", "send", "fetch", NULL};
static const char *const rules_words[] = {
	"list", "check", "try", "why", "publish", "withdraw", NULL};
static const char *const config_words[] = {"list", "diff", NULL};
static const char *const report_words_of[] = {"board", "table", "diff", "merge", NULL};
static const char *const import_words[] = {"cap", "csv", "json", "ebd", "areas", NULL};
static const char *const user_words[] = {"add", "list", "off", "on", "pin", "key", NULL};
static const char *const site_words[] = {"list", "show", "revoke", "rotate", "keys", "claims",
	"renew", "takeover", "returned", NULL};
static const char *const book_words[] = {"conf", "man", "views", "complete", NULL};
/* The completion puts the kinds in the place of this word. */
static const char *const kind_words[] = {"KIND", NULL};

static const struct command commands[] = {
	{"init",
		"--area CODE --name NAME [--level village|township|county|city|province] [--user "
		"NAME] [--post TEXT] | --new-keys",
		N_("建站"), cmd_init,
		N_("不写 --level 就看区域代码的位数：12 位是村，9 位乡镇，6 位县，4 位市。\n"
		   "--user 是第一个用户，运行程序的系统账号从此就是他。不写 --name "
		   "就用名册里的地名。\n"
		   "--new-keys：keys/ 丢了、坏了或不是本站的，换新密钥，以新编号继续，旧的留在 "
		   "keys.old-1；"
		   "要同步还得上级再邀请一次。"),
		NULL},
	{"add", "KIND field=value… [--json FILE|-]", N_("新增一条记录，打印它的编号"), cmd_add,
		N_("字段可以写英文名或中文名，outpost kinds KIND "
		   "列出全部；没写的由站点和用户补上。\n"
		   "area=、at=、by= 是记录自己的区域、时间和作者。--json 从文件读一个对象，- "
		   "是标准输入。"),
		kind_words},
	{"edit", "RECORD field=value…", N_("更正一条记录的字段"), cmd_edit,
		N_("等号后面空着就是清空。原来的值留在经过里。"), NULL},
	{"step", "RECORD STEP [field=value…]", N_("走一步流程：交办、签收、整改、复查、销号……"),
		cmd_step,
		N_("outpost show RECORD 列出现在能走的步骤，outpost kinds KIND 列出每步要写什么。\n"
		   "对预警 sign 会在本站写一条签收，打印的就是签收的编号。"),
		NULL},
	{"list",
		"KIND [field=value…] [--state S] [--area CODE] [--sort FIELD] [--limit N] [--as-of "
		"TIME|RECORD] "
		"[--json|--csv [--labels] [--columns FILE] [--charset utf-8|gb18030]]",
		N_("列出一种记录"), cmd_list,
		N_("条件还可以写 字段<值、字段>值、字段~一段文字。--state 是一个状态，或 "
		   "open、done、void、overdue(逾期)。\n"
		   "--area 连同下级；--sort -字段 从大到小。\n"
		   "--as-of 列那时的样子：一个时间，或一次定版(edition)的编号。\n"
		   "--labels、--columns、--charset 同 export。"),
		kind_words},
	{"show", "RECORD [--history] [--json]", N_("看一条记录"), cmd_show,
		N_("--history 加上全部经过；没有生效的步骤前面有 !，并说明为什么。"), NULL},
	{"count", "[NAME [RECORD]] [--by FIELD] [--area CODE] [--back N]",
		N_("规则里的数：多少、怎么来的、达没达到目标"), cmd_count,
		N_("是规则里 count 和 figure 行写的数，每次从记录重数。写 NAME 只看那一个，并列出它"
		   "背后的记录；按一条预警数的可以再写 RECORD，不写就是最新的一条。"
		   "--by 按一个字段或 area、state 分开数。"),
		NULL},
	{"answers", "RECORD [--json]", N_("谁签收、答复了：每处用时，中位和九成，没答的下一个叫谁"),
		cmd_answers,
		N_("预警、指令、点名问下级的，一处一行；中位、九成是多久以后一半、九成的地方答了"
		   "。"),
		NULL},
	{"profile", "[AREA] [--json]", N_("家底：这一级应有的有没有，缺什么；下级各处缺什么"),
		cmd_profile,
		N_("应有什么是规则里的 have 行，风险色是 colour 行；不写 AREA 是本站。"), NULL},
	{"text", "[RECORD [NAME]]", N_("成文：初报续报、书面报告、念稿、当日情况"), cmd_text,
		N_("是规则里 text 行写的话，字段填上这条记录的；不写 NAME "
		   "就是最常用的一篇，没有那一篇会列出有哪些。不写 RECORD 是当日情况。"),
		NULL},
	{"print", "RECORD [TEXT] | KIND [--area CODE] | BOARD [--to FILE | --printer] [--force]",
		N_("上纸的样子：公文、登记表、登记簿、画面，分好页"), cmd_print,
		N_("RECORD 是公文(和 text 一样)，没有公文或 TEXT 写 form 就是登记表，写 qr "
		   "是二维码；KIND "
		   "是登记簿；"
		   "BOARD 是画面的键，如 W，或 home。\n"
		   "纸多宽多长看设置 print_columns 和 print_lines，页与页之间是换页符。"
		   "--printer 交给设置 print 的程序。"),
		kind_words},
	{"attach", "RECORD FILE [--thumb FILE] [--send]", N_("给一条记录附上文件、照片"),
		cmd_attach,
		N_("文件按校验码存在站点文件夹的 files 里，记录都送完以后自己往上传；慢线、花钱的线"
		   "上要说 --send 才传。\n"
		   "--thumb 是它的小图，先传。多大能附看规则 limit file.kib。"),
		NULL},
	{"attachment", "[list [RECORD] | get NUMBER [FILE] | send NUMBER | fetch NUMBER] [--json]",
		N_("附件：列出、取出、慢线也发、从上级取来"), cmd_attachment,
		N_("list 说本站有没有全部字节，哪一级核过校验码、收到了。get 先核校验码再写到 "
		   "FILE，"
		   "不写就是标准输出。send 是慢线、花钱的线也发。fetch "
		   "是上级有、本站没有的，下次同步时取来。"),
		attachment_words},
	{"fetch", "RECORD REASON", N_("调阅：向下级要一条没有自己送上来的记录"), cmd_fetch,
		N_("RECORD 是下级的编号或完整编号，REASON "
		   "是事由。谁要的、为什么，签名写成一条记录，两头都留着："
		   "outpost list fetch。\n"
		   "有那条记录的站点下次同步时收到，把它的全部经过随再下一次同步送上来，不管线路只"
		   "送什么。"),
		NULL},
	{"find", "WORDS… | --near RECORD [--kind KIND] [--limit N] [--json]",
		N_("查找：汉字、拼音或拼音首字母；或离一条记录最近的"), cmd_find,
		N_("几个词都要符合。先列本村，再列本乡镇，再列邻近。\n"
		   "--near 按直线距离列离那条记录最近的避难场所、仓库和队伍，自己没有坐标的按它那个"
		   "村的位置算，前面写 约。"),
		NULL},
	{"kinds", "[KIND] [--json]", N_("有哪些种类的记录，各有什么字段、代码和步骤"), cmd_kinds,
		NULL, kind_words},
	{"rules", "[list | check FILE | try FILE | why RECORD | publish FILE | withdraw NAME]",
		N_("本县的规则：列出、检查一个文件、试一试、一条记录归哪几行管、下发"), cmd_rules,
		N_("list 一行一条：文件:行、原文。check 有错就逐行说明，退出码 5。try "
		   "打印用了它以后的 today，"
		   "什么都不改。\n"
		   "publish 把文件签名下发到本站以下各站，同名的被替换；withdraw 收回。"),
		rules_words},
	{"config", "[list | diff [--since DIR] [--json]]",
		N_("县里的数据：各文件取自哪里，与随程序带的有什么不同"), cmd_config,
		N_("每个文件先找 --config，再找 "
		   "/etc/outpost，再找程序装的；都没有就用随程序带的。\n"
		   "diff 列出每个文件里随程序带的多了(+)、少了(-)、不同(< 随程序带的，> "
		   "这里用的)哪些行。\n"
		   "--since 只列比 DIR 里的旧数据新加、去掉、改过的，升级以后看这个。"),
		config_words},
	{"packs", "[flood] [forest] [geo] [coast] [mine] [urban]",
		N_("看或启用本乡镇类型要用的处置卡、检查表和责任清单"), cmd_packs, NULL,
		pack_words},
	{"today", "[--json]", N_("现在要人办的：未签收、逾期、没有动静、快到期"), cmd_today, NULL,
		NULL},
	{"report", "[board | table | diff RECORD RECORD | merge [--reason TEXT]] [--event EVENT]",
		N_("灾情：各处最新的数、合计、没报的、对不上的；汇总成本级报告"), cmd_report,
		N_("board 就是灾情板。table 按国家报表的列次序打印 CSV，本级在前，下级在后；"
		   "没有登记的列空着，列由代码表 loss_column 定。\n"
		   "diff 打印两次报告之间变了的数。merge "
		   "把下级最新的数加起来，写成本级的初报或续报，"
		   "打印它的编号；比上次少要写 --reason。"),
		report_words_of},
	{"watches", "[YEAR | MONTH] [--json|--csv [--labels] [--charset utf-8|gb18030]]",
		N_("值班统计：每人每月白班、夜班、周末、节假日各几个，该补休多少小时"), cmd_watches,
		N_("数本站值班表上已经值完的班，交接班签了字的算接班的人；一班分白班、夜班，各从规"
		   "则的 "
		   "watch.hour 和 watch.night.hour 起，一半以后才交的归接之前的人。\n"
		   "节假日看规则的 holiday 行，补休小时看 rest "
		   "各行；交接是这个月签了字的交班和接班。"
		   "不写年月就是今年。\n"
		   "--csv 给发补助的人；--labels 用中文列名，--charset 换编码。"),
		NULL},
	{"late", "", N_("迟报情况说明：哪几条过了时限才送到或还没送到，因为什么"), cmd_late, NULL,
		NULL},
	{"line", "[--plain]", N_("行模式：同样的列表和表单，用于简单终端、慢线路和读屏软件"),
		cmd_line,
		N_("--plain "
		   "只送文字，一个控制字符也不送：电传、点字显示器、读屏软件用它；行内改字由终端自"
		   "己做。"),
		NULL},
	{"import", "cap|csv|json|ebd|areas FILE|FOLDER|URL… [--kind KIND]", N_("导入文件"),
		cmd_import,
		N_("cap：预警文件或订阅源，也可以是放文件的文件夹或 https:// "
		   "地址；csv：带表头的表，要写 "
		   "--kind；json：每行一条；ebd：应急广播平台的播发状态；areas：区划名称。\n"
		   "--try             只看会怎样，什么也不存\n"
		   "--map FILE        csv 的列名与字段对照，每行 "
		   "列名<TAB>字段；同一来源下次不用再写\n"
		   "--same, --new     csv 里像已有记录的行：当作同一条改，或另立一条\n"
		   "--source NAME     外部编号是谁的；同一来源的同一编号只导入一次\n"
		   "--all-or-none     有一行不对就一行也不导入\n"
		   "--prefix CODE     areas 只取以此开头的区划"),
		import_words},
	{"export",
		"KIND|all [--csv [--labels] [--columns FILE] [--charset utf-8|gb18030]|--json|"
		"--geojson|--atom|--ics|--vcf|--excel|--gb18030] [--force] [FILE] | RECORD --cap "
		"[FILE] | RECORD --ebd CODE [FILE]",
		N_("导出记录"), export_run,
		N_("不写格式时，一种记录导出为 CSV，all 导出为 JSON；--area CODE 只要那里的。\n"
		   "--labels 给人看的 CSV：列名、代码、状态、人名都是中文，Excel 能直接打开；"
		   "--charset 换编码。\n"
		   "--columns FILE 每行一列：字段名，或 列名<TAB>字段名，import csv --map 用同一个"
		   "文件读回来。\n"
		   "--excel、--gb18030 导出给表格软件的 CSV：中文列名，号码不会变样；"
		   "前者是 UTF-8，后者是 GB18030。\n"
		   "--atom 预警订阅源；--ics 值班表和演练的日历；--vcf 联系人、专家和人员的名片。\n"
		   "RECORD --cap 一条预警，写成 CAP 1.2 文件；--ebd CODE "
		   "一条广播任务，写成应急广播的 EBD "
		   "文件，CODE 是平台分配的资源编码。\n"
		   "--force 覆盖已有的文件；数据库、密钥、随身文件和站点自己的文件从不覆盖。\n"
		   "导出的 JSON 和 CSV 可以再导入，状态要靠步骤重走，不随记录走。"),
		kind_words},
	{"follow", "[KIND] [--json | --hooks] [--cursor FILE | --after N] [--once]",
		N_("写下的每一步，来一条打印一行"), cmd_follow,
		N_("别的程序读它：--json 一行一个对象。不写 --cursor 就从现在开始；写了就从文件记的"
		   "地方接着来，"
		   "第一次从头开始，同一步不打印第二次；中途被杀的，再打印的一行带 again。每行的 "
		   "fact 各不相同，arrived 是它的位置：读的程序把它和自己做的事一起记下，用 "
		   "--after 接着来，就一步不多一步不少。\n"
		   "--once 打印完现有的就结束；否则等下去，直到被终止。\n"
		   "--hooks 不打印，而是运行设置 hooks 的文件夹里与种类同名的程序，"
		   "JSON 从标准输入给它；做到哪里记在 hooks.cursor。"),
		kind_words},
	{"page", "DIR [--full]", N_("把本站和下级的情况写成网页，放进一个文件夹"), cmd_page,
		N_("写 index.html、warnings.atom、map.geojson 和它们的 "
		   ".gz，没有变化的不重写，写了的"
		   "打印出来。\n"
		   "姓名和电话隐去；--full 都写上，要放在另一个有口令的文件夹。"),
		NULL},
	{"user",
		"add NAME [role=R02] [post=TEXT] [phone=…] | list | off NAME | on NAME | pin NAME "
		"[--reset] | key NAME "
		"[FILE]",
		N_("本站的用户"), cmd_user,
		N_("没有角色的用户可以走本级站点的每一步。登录名不写就是姓名，login=系统账号 "
		   "让那个账号就是他。\n"
		   "口令在终端上输入两遍；不在终端上就读标准输入的第一行。已有口令的人改用户或口令"
		   "要先输自己的；"
		   "忘了的，由站点文件夹的主人用 --reset 重设。\n"
		   "key 打印让这个人用 SSH 密钥登录的一行，写进 sshd 的 authorized_keys；FILE "
		   "是他的公钥，- 或不写是标准输入。"),
		user_words},
	{"login", "", N_("用 SSH 密钥登录的人的终端，由 outpost user key 打印的那一行启动"),
		cmd_login,
		N_("只打开终端，不运行别的命令；人由 --user 定下，客户端的环境变量只看 LANG 和 "
		   "TERM。"),
		NULL},
	{"whoami", "[--json]", N_("谁在操作，在哪个站"), cmd_whoami, NULL, NULL},
	{"check", "[--repair] [--json]", N_("检查数据库、事实和记录"), cmd_check,
		N_("--repair 从事实重做记录和索引。有损坏时退出码是 5。"), NULL},
	{"doctor", "[--json]", N_("查一遍本站：哪里不对，用哪条命令改"), cmd_doctor,
		N_("看文件夹、主人、磁盘、加密、备份、县里的数据、数据库、密钥、规则、用户、时钟、"
		   "授权、"
		   "线路、"
		   "等送和"
		   "退回；什么都不改。有坏的，退出码 5。"),
		NULL},
	{"rebuild", "", N_("从事实重做全部记录和索引"), cmd_rebuild, NULL, NULL},
	{"prune", "[--yes] [--json]", N_("清理本机：期满、上面两级都证实存了的记录"), cmd_prune,
		N_("哪些种类、存多久是规则里的 keep 行。不写 --yes 只说能清理多少，什么都不动。\n"
		   "没有两级各自证实存了全部事实的、退回的、有两种写法的，一条也不清理；最近写的总"
		   "留着。清理了的要看，请到上级查。"),
		NULL},
	{"backup", "FILE | --day", N_("备份到一个文件"), cmd_backup,
		N_("--day 做今天的备份，放在站点的 backup "
		   "里；已有就不再做。平时第一次写入后自动做。"),
		NULL},
	{"restore", "FILE", N_("从备份恢复"), cmd_restore,
		N_("原来的数据库留在旁边。恢复之后本站用新的站号写记录，旧的编号不变。"), NULL},
	{"demo", "DIR [--seed N] [--records N]", N_("造一个可信的示范乡镇"), demo_run,
		N_("同一个 --seed 造出同样的乡镇；--records 造满这么多条记录，用来量快慢。"), NULL},
#define FAR(name, run, usage, text, help, words) {#name, usage, text, cmd_later, help, words},
#include "app/far.def"
#undef FAR
	{"book", "[conf | man [PAGE] | views | complete -- WORD…]",
		N_("从各张表打印手册、设置文件和手册页，补全一行命令"), cmd_book,
		N_("PAGE 是 "
		   "outpost、outpost-sync、outpost-hub、outpost.conf、rules.conf、roles.conf 或 "
		   "codes.tsv，不写是 outpost。\n"
		   "views 打印每种记录一个 SQL 视图，遮盖了隐私，给 config/deploy/reading.sh 用。\n"
		   "complete 打印一行命令的最后一个词可以怎么写，给 bash 和 zsh 的补全用。"),
		book_words},
	{NULL, NULL, NULL, NULL, NULL, NULL},
};

static const struct command *command_named(const char *name)
{
	for (const struct command *command = commands; command->name; command++)
		if (!strcmp(command->name, name))
			return command;
	return NULL;
}

void command_usage(struct buf *out)
{
	buf_text(out,
		_("用法：outpost [选项] 命令 …\n不带命令、在终端上运行就是全屏界面\n\n命令：\n"));
	for (const struct command *command = commands; command->name; command++)
		buf_fmt(out, "  %-10s %s\n", command->name, _(command->text));
	buf_text(out, _("\n选项：\n"
			"  --home 文件夹    站点在哪里（OUTPOST_HOME）\n"
			"  --config 文件夹  县里的数据在哪里（OUTPOST_CONFIG）\n"
			"  --user 姓名      谁在操作（OUTPOST_USER）\n"
			"  --pin-fd N       不在终端上时，从文件描述符 N 读他口令的一行\n"
			"  --help           用法；写在命令后面就是那个命令的用法\n"
			"  --version        版本\n"));
}

int command_run(struct app *app, int argc, char **argv)
{
	const struct command *command = command_named(argv[0]);
	if (!command) {
		out_error(_("outpost: 没有命令 \"%s\"，outpost --help 列出全部"), argv[0]);
		return EXIT_USAGE;
	}
	app->command = command;
	app->commands = commands;
	if (arg_flag(&argc, argv, "help")) {
		command_help(command);
		return EXIT_DONE;
	}
	if (command->run != cmd_line && command->run != cmd_login)
		progress_show();
	return command->run(app, argc, argv);
}
