/* SPDX-License-Identifier: GPL-3.0-or-later
 * Manual pages of the county's files: what a row may be, what it does, and a shipped row of each.
 */
#include <string.h>

#include "app/book/inside.h"
#include "app/options.h"
#include "model/codes.h"
#include "model/kinds.h"
#include "model/rules.h"

struct word {
	const char *name, *form, *text; /* text: N_() */
};

/* ---- outpost.conf */

static const struct word way_words[] = {
	{"name", "TEXT", N_("报送 S 里叫它什么")},
	{"hours", "HH:MM-HH:MM", N_("什么时段可以拨号，可以跨过零点；时段以外只送紧急的")},
	{"bytes", "N", N_("每天最多多少字节；用完了只送紧急的")},
	{"minutes", "N", N_("每天最多多少分钟；用完了只送紧急的")},
	{"lanes", "LANE,…",
		N_("只送哪几类：alarm、report、loop、book、bulk；alarm 总是送，别的等另一条线路")},
	{"cost", "N/MB | N/min", N_("一兆字节或一分钟多少元；报送 S 按它算今天约花了多少")},
};

/* zh: names of ways */
static const char way_example[] =
	"way ssh://10.20.0.9 name=卫星 hours=22:00-06:00 bytes=200000 minutes=30 "
	"lanes=alarm,report cost=8.5/MB\nway exec: name=电台 lanes=alarm cost=1.2/min";

static void put_ways(struct buf *out)
{
	roff_section(out, _("线路"));
	roff(out,
		_("way 开头 名称=值…，可以写几行：地址以这个开头的线路什么时候可以用、用来送什么、"
		  "花多少钱，后面的至少写一项。第一行对得上的算。先试哪条，是 outpost up "
		  "列出的次序。"));
	buf_byte(out, '\n');
	for (size_t n = 0; n < countof(way_words); n++)
		roff_item(out, way_words[n].name, way_words[n].form, _(way_words[n].text));
	buf_text(out, ".PP\n");
	roff(out, _("例："));
	buf_byte(out, '\n');
	roff_item(out, "way", NULL, way_example);
}

void format_conf(const struct app *app, struct buf *out)
{
	struct buf rest = {0};
	(void)app;
	roff(out, _("站点文件夹里的 outpost.conf，一行一个设置：名称、空白、值。# "
		    "到行尾是注解。不写的照默认；"
		    "写错的一行会指出来，只有它不算。"));
	buf_byte(out, '\n');
	roff_section(out, _("设置"));
	for (unsigned i = 0; i < OPTIONS; i++) {
		const struct option *option = &options[i];
		buf_clear(&rest);
		if (option->type == OPTION_SWITCH)
			buf_text(&rest, "on | off");
		for (const char *const *choice = option->choices; choice && *choice; choice++)
			buf_fmt(&rest, "%s%s", rest.len ? " | " : "", *choice);
		buf_fmt(&rest, rest.len ? _("，默认 %s") : _("默认 %s"), option->init);
		if (option->unit)
			buf_fmt(&rest, " %s", _(option->unit));
		roff_item(out, option->name, buf_cstr(&rest), _(option->text));
	}
	buf_release(&rest);
	put_ways(out);
}

/* ---- rules.conf and roles.conf */

/* zh: what is typed into the file */
static const struct word rule_words[] = {
	{"limit", "NAME NUMBER", N_("一个有名字的数，单位在名字最后；哪里用它写在它旁边")},
	{"due", "KIND STATES FROM PLUS \"中文\" \"English\" [by WHO] [CONDITIONS]",
		N_("这种记录在这些状态时要有人办：FROM 加 PLUS 到期，过了就是逾期。STATES "
		   "用逗号隔开，* 是每个没办结的状态。"
		   "FROM：at 写下或发生的时间，state 进入这个状态的时间，last "
		   "最近一次有动静，last:KIND 指向它的最新一条，"
		   "或一个日期时间字段。PLUS：+30m +2h +15d -30d 0 或 limit:名称。by 是谁的事："
		   "own 记录所在的地方，village township county city，watch 在班的人，一个 who，"
		   "或写着人、地方的字段；不写就是有关的每个人")},
	{"sign", "KIND STATES FROM PLUS \"中文\" \"English\" [by WHO] [CONDITIONS]",
		N_("同上，要有人签收，过了时间也还要")},
	{"silent", "KIND STATES FROM PLUS \"中文\" \"English\" [by WHO] [CONDITIONS]",
		N_("同上，从那时起没有动静，才列出来")},
	{"expiring", "KIND STATES FROM PLUS \"中文\" \"English\" [by WHO] [CONDITIONS]",
		N_("同上，东西快到期，才列出来；PLUS 多为负")},
	{"confirm", "KIND STATES FROM PLUS \"中文\" \"English\" [by WHO] [CONDITIONS]",
		N_("同上，从那时起没有人核实，才列出来")},
	{"who", "NAME POST[/METHOD]…",
		N_("岗位，按呼叫的先后；METHOD 是代码表 method "
		   "的一种办法，不写是打电话。没人答就叫下一个")},
	{"ask", "NAME KIND STATES of PLACES answer KIND2 within PLUS|FIELD [by WHO] [CONDITIONS]",
		N_("每个地方欠一条指向它的 KIND2。PLACES 是 areas、villages、area 或一个字段。"
		   "也可以写 every day of villages|area … within HH:MM，每天一条；"
		   "或 every event of area answer report within PLUS，下面报了灾情，本级也要报")},
	{"escalate", "ASK|NEED.KIND PLUS WHO [again PLUS]",
		N_("过了这么久没有答复，叫谁；up 是上级的值班")},
	{"rank",
		"now|today|later|watch NEED|ask.NAME|undone.NAME|force KIND STATES [group FIELD] "
		"[ring PLUS] "
		"[CONDITIONS]",
		N_("在首页的哪一段，先后就是行的先后，第一行符合的算；ring 是隔多久响一次；undone "
		   "是下面问到的还没说办完，时限看 due 的行")},
	{"skip", "KIND \"中文\" \"English\" CONDITIONS",
		N_("重的：按警报送，隔一级也先看见，不等中间一级核实")},
	{"check", "KIND[.STEP] refuse|reason|retype|tell|second \"中文\" \"English\" CONDITIONS",
		N_("写的时候：不收、要写原因、数字再输一遍、提醒、要第二个人的口令")},
	{"then",
		"KIND.STEP make|step|set KIND2[.STEP] [each FIELD.line|answer.no] FIELD=TEXT… "
		"[CONDITIONS]",
		N_("接着发生什么，同一次写进去，只发生一次；TEXT 里 {字段} 填上这条的，+{字段} 和 "
		   "-{字段} 加减原来的数")},
	{"pick", "KIND.FIELD,… KIND,…", N_("这个字段的挑选列出哪些种类的记录")},
	{"change", "LIMIT percent N CONDITIONS", N_("条件成立时，这个数改成百分之几")},
	{"text", "NAME \"…\"",
		N_("公文的一行；{字段} 填上，{字段?…} 知道才写，{!字段?…} 不知道才写。NAME 是 "
		   "KIND.代码、KIND.名称，"
		   "day.名称 不是说一条记录，call.KIND 是电话里念的。上层的文件换掉同名的全部行")},
	{"count", "NAME KIND STATES [sum FIELD] [per day|week|month|year|KIND] [CONDITIONS]",
		N_("多少条，或一个字段的合计；outpost count 列出背后的记录")},
	{"figure",
		"NAME COUNT [/ COUNT|each below|each FIELD] target N [red MM-DD] [on BOARDS] "
		"\"中文\" \"English\"",
		N_("一个数或百分数，至少要 N；写成 KIND.时间-KIND.时间 median 是今年的分钟数，至多 "
		   "N，"
		   "写成 ask.NAME median 是那条记录答复用的分钟数；each "
		   "数有几个下级地方、几个人各自到了 N。"
		   "on 是显示它的看板：Y、D、W、Z、E")},
	{"show", "list KIND FIELD:WIDTH[:\"head\"]… [sort FIELD,-FIELD]",
		N_("登记簿有哪几列、多宽、短名、次序；WIDTH 0 是剩下的都给它")},
	{"table", "NAME COUNT:WIDTH:\"head\":\"short\"… \"中文\" \"English\"",
		N_("统计板 T 的一张表：一列一个 count 或 figure，一行一个下级地方，末行是全部")},
	{"have", "LEVEL KIND STATES LEAST \"中文\" \"English\" [CONDITIONS]",
		N_("这一级每处至少要有几条这样的记录；1/1000:COUNT "
		   "是那个数的千分之一。家底（H 的 b、outpost profile）列出缺什么")},
	{"colour", "RISK KIND STATES [CONDITIONS]", N_("一处的风险色：有记录符合的第一行算")},
	{"fill", "KIND.FIELD COUNT [last]",
		N_("新登记这个字段先填上本处的这个数；last 是上一年的")},
	{"tell", "COUNT",
		N_("线路不送那类记录（way 的 "
		   "lanes）时，这个数自己往上报，一天一条；上级把没上来的加进去")},
	{"keep", "KIND STATES PLUS",
		N_("这种记录最后一次写了以后至少在本站存这么久；上面两级都证实存了，outpost prune "
		   "才可以"
		   "清理")},
	{"season", "NAME MM-DD MM-DD \"中文\" \"English\"", N_("一个时段，条件里写 season=名称")},
	{"holiday", "FROM TO \"中文\" \"English\"",
		N_("放假的日子，写成 2026-10-01；时长 +2wd 是两个工作日：周末和这些天不算")},
	{"workday", "FROM TO \"中文\" \"English\"", N_("调休上班的周末，算工作日")},
	{"desk", "CODE CONDITIONS", N_("条件成立时要有人值的值班席")},
	{"pin", "KIND.STEP,…", N_("有口令的人做这一步要输口令，同 roles.conf(5)")},
	{"off", "ROW", N_("去掉下层以此开头的那一行，条件要写全")},
};

static const struct word role_words[] = {
	{"may", "ROLE KINDS WHAT…",
		N_("这个角色对这些种类可以做什么：add 是新增和更正，或步骤的名称，* 是全部；KINDS "
		   "用逗号隔开，* 是每种。没写的只能看")},
	{"pin", "KINDS WHAT…", N_("有口令的人做这些要输口令；文件里一行 pin 也没有就照随程序带的")},
	{"limit", "NAME NUMBER", N_("policy.pin.minutes：多少分钟没按键就再问口令，0 是不问")},
	{"right", "NAME BIT KINDS",
		N_("给下级站点的授权可以写明的权限（outpost invite "
		   "--rights）；全县各站要一样，一个数的意思不能改")},
};

/* The first shipped row that begins with WORD, as it counts here. */
static const char *example_of(const char *word)
{
	size_t len = strlen(word);
	for (unsigned sort = 0; sort < RULE_WORDS; sort++) {
		unsigned count;
		const struct rule *rows = rules_rows((enum rule_word)sort, &count);
		for (unsigned n = 0; n < count; n++)
			if (rows[n].file && !strncmp(rows[n].said, word, len) &&
				rows[n].said[len] == ' ')
				return rows[n].said;
	}
	return NULL;
}

static void put_words(struct buf *out, const struct word *rows, size_t count, bool examples)
{
	roff_section(out, _("行"));
	for (size_t i = 0; i < count; i++) {
		const char *example = examples ? example_of(rows[i].name) : NULL;
		roff_item(out, rows[i].name, rows[i].form, _(rows[i].text));
		if (!example)
			continue;
		buf_text(out, ".br\n");
		roff(out, _("例："));
		buf_text(out, "\n");
		roff(out, example);
		buf_byte(out, '\n');
	}
}

void format_rules(const struct app *app, struct buf *out)
{
	(void)app;
	roff(out, _("什么时候到期、是谁的事、谁欠答复、首页先列什么、写的时候查什么、接着发生什么。"
		    "一行一条，条件都要成立。"
		    "/etc/outpost/rules.conf "
		    "的行压在随程序带的上面：行首、名称、状态、起算和条件相同的换掉，off "
		    "去掉，别的照旧。"
		    "outpost rules check 文件 说哪里不对，outpost rules list "
		    "列出现在算数的，outpost rules why 记录 "
		    "说一条记录归哪几行管。"));
	buf_byte(out, '\n');
	put_words(out, rule_words, countof(rule_words), true);
	roff_section(out, _("条件"));
	roff_item(out, "CONDITIONS",
		"field=a,b field!=a field=? field<n field>n any<prev.any late mine !mine answered "
		"escalated left<20m age>2h again<n "
		"season=NAME response<=3 here=LEVEL user=FIELD changed=FIELD,FIELD count(KIND "
		"field=code)>n",
		_("n "
		  "是一个数、一个字段、prev.字段（改之前的）、字段.字段（它指向的记录的）、limit:"
		  "名称、count(…)、sum(种类.字段) 或 "
		  "ledger(种类[.字段])。? 是没有填。response 是 1 到 4，1 最重"));
}

void format_roles(const struct app *app, struct buf *out)
{
	(void)app;
	roff(out, _("没有角色的用户可以走本级站点的每一步。/etc/outpost/roles.conf 里的 may "
		    "行换掉随程序带的全部 may 行。"));
	buf_byte(out, '\n');
	put_words(out, role_words, countof(role_words), false);
	roff_section(out, _("角色"));
	for (const struct code *role = NULL; (role = code_each("role", NULL, role));)
		roff_item(out, role->code, NULL, code_label(role));
}

/* ---- codes.tsv */

static const struct word code_columns[] = {
	{"table", NULL, N_("哪张代码表；文件里写了的一张表，整张换掉随程序带的")},
	{"code", NULL, N_("存在记录里的代码；用过的不要改意思")},
	{"zh", NULL, N_("中文名")},
	{"en", NULL, N_("英文名")},
	{"parent", NULL, N_("上一级的代码；可以空着")},
	{"sort", NULL, N_("列出的先后，一个整数")},
	{"source", NULL, N_("出自哪个标准或文件")},
};

static void put_users(struct buf *out, const char *table)
{
	struct buf users = {0};
	for (unsigned i = 0; i < kinds_count; i++)
		for (const struct field *field = kinds[i].fields; field->tag; field++)
			if (field->codes && !strcmp(field->codes, table))
				buf_fmt(&users, "%s%s.%s", users.len ? ", " : "", kinds[i].name,
					field->name);
	roff_item(out, table, NULL, buf_cstr(&users));
	buf_release(&users);
}

/* Is it the first field of all that takes its codes from that table? */
static bool first_user(unsigned kind, const struct field *of)
{
	for (unsigned i = 0; i <= kind; i++)
		for (const struct field *field = kinds[i].fields; field->tag; field++) {
			if (field == of)
				return true;
			if (field->codes && !strcmp(field->codes, of->codes))
				return false;
		}
	return true;
}

void format_codes(const struct app *app, struct buf *out)
{
	(void)app;
	roff(out, _("选择里有什么，代码是什么意思。UTF-8，一行一个代码，列之间是一个制表符，# "
		    "开头是注解。"
		    "/etc/outpost/codes.tsv "
		    "只写要换的表。记录里有而表里没有的代码照样留着、照样显示。"));
	buf_byte(out, '\n');
	roff_section(out, _("列"));
	for (size_t i = 0; i < countof(code_columns); i++)
		roff_item(out, code_columns[i].name, NULL, _(code_columns[i].text));
	roff_section(out, _("代码表"));
	for (unsigned i = 0; i < kinds_count; i++)
		for (const struct field *field = kinds[i].fields; field->tag; field++)
			if (field->codes && first_user(i, field))
				put_users(out, field->codes);
}
