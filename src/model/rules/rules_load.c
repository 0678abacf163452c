/* SPDX-License-Identifier: GPL-3.0-or-later
 * Reads rules.conf and the layers above it. A wrong row leaves the rules as they were.
 */
#include "model/rules/internal.h"

#include <stdlib.h>
#include <string.h>

#include "base/digest.h"
#include "base/memory.h"
#include "base/text.h"
#include "base/when.h"

/* What a row begins with. KEY: how many of the words behind make it the same as a row of another
 * layer, FROM the first of these; what stands between is not asked for twice. */
static const struct {
	const char *name;
	enum rule_word word;
	enum need need;
	unsigned from, key;
	take_fn *take;
	const char *form;
} words_of[] = {
#define NEED_FORM                                                                                               \
	N_("种类 状态 起算 时长 \"中文\" \"English\" [by 谁] [条件…]，起算是 at state last " \
	   "last:种类 或日期时间字段")
	{"due", RULE_NEED, NEED_DUE, 1, 3, take_need, NEED_FORM},
	{"sign", RULE_NEED, NEED_SIGN, 1, 3, take_need, NEED_FORM},
	{"silent", RULE_NEED, NEED_SILENT, 1, 3, take_need, NEED_FORM},
	{"expiring", RULE_NEED, NEED_EXPIRING, 1, 3, take_need, NEED_FORM},
	{"confirm", RULE_NEED, NEED_CONFIRM, 1, 3, take_need, NEED_FORM},
#undef NEED_FORM
	{"who", RULE_WHO, 0, 1, 1, take_who, N_("名称 岗位…")},
	{"ask", RULE_ASK, 0, 1, 1, take_ask,
		N_("名称 种类 状态 of 谁 answer 种类 within 时限 [by 谁] [条件…]，或 名称 every "
		   "day|event "
		   "of 谁 "
		   "answer "
		   "种类 within 07:00 [条件…]")},
	{"escalate", RULE_ESCALATE, 0, 1, 1, take_escalate,
		N_("问的名称或 需要.种类 时长 谁 [again 时长]")},
	{"rank", RULE_RANK, 0, 2, 4, take_rank,
		N_("now|today|later|watch 需要|ask.名称|undone.名称|force 种类 状态 [group 字段] "
		   "[ring 时长] "
		   "[条件…]")},
	{"check", RULE_CHECK, 0, 1, 1, take_check,
		N_("种类[.步骤] refuse|reason|retype|tell|second \"中文\" \"English\" 条件…")},
	{"then", RULE_THEN, 0, 1, 3, take_then,
		N_("种类.步骤 make|step|set 种类 [each 来源] 字段=内容… [条件…]")},
	{"pick", RULE_PICK, 0, 1, 1, take_pick, N_("种类.字段,… 种类,…")},
	{"change", RULE_CHANGE, 0, 1, 1, take_change, N_("时限名 percent 整数 条件…")},
	{"skip", RULE_SKIP, 0, 1, 1, take_skip, N_("种类 \"中文\" \"English\" 条件…")},
#define DAY_FORM N_("年-月-日 年-月-日 \"中文\" \"English\"")
	{"season", RULE_SEASON, 0, 1, 1, take_season, N_("名称 月-日 月-日 \"中文\" \"English\"")},
	{"holiday", RULE_DAY, 0, 1, 1, take_day, DAY_FORM},
	{"workday", RULE_DAY, 0, 1, 1, take_day, DAY_FORM},
#undef DAY_FORM
	{"desk", RULE_DESK, 0, 1, 1, take_desk, N_("值班席 条件…")},
	{"count", RULE_COUNT, 0, 1, 1, take_count_row,
		N_("名称 种类 状态 [sum 字段] [per day|week|month|year|种类] [条件…]")},
	{"figure", RULE_FIGURE, 0, 1, 1, take_figure,
		N_("名称 数[ / 数]，或 ask.名称、种类.时间-种类.时间 和 median，target 整数 [red "
		   "月-日] [on 看板] \"中文\" "
		   "\"English\"")},
	{"have", RULE_HAVE, 0, 1, 3, take_have,
		N_("层级 种类 状态 至少 \"中文\" \"English\" [条件…]，至少：2 或 1/1000:数的名称")},
	{"colour", RULE_COLOUR, 0, 1, 3, take_colour, N_("风险色 种类 状态 [条件…]")},
	{"fill", RULE_FILL, 0, 1, 1, take_fill, N_("种类.字段 数的名称 [last]")},
	{"tell", RULE_TELL, 0, 1, 1, take_tell, N_("数的名称")},
	{"keep", RULE_KEEP, 0, 1, 2, take_keep, N_("种类 状态 时长")},
	{"show", RULE_SHOW, 0, 1, 2, take_show,
		N_("list 种类 字段:宽[:\"短名\"]… [sort 字段,-字段]")},
	{"table", RULE_TABLE, 0, 1, 1, take_table,
		N_("名称 数:宽:\"短名\":\"short\"… \"中文\" \"English\"")},
	{"text", RULE_TEXT, 0, 1, 1, take_text,
		N_("种类.名称 \"一行公文，{字段} {字段?知道才写}\"")},
};

/* A file while it is read, into a copy of the rules. */
struct loading {
	struct rules *rules;
	const char *file;
	unsigned old;     /* rows of lower layers stand below this place */
	unsigned limits;  /* and limits */
	bool *gone;       /* of those rows: replaced or taken away */
	struct buf *said; /* NULL: nobody wants to know more than the first */
	struct fault first;
	unsigned wrong;
};

static void say(
	struct loading *loading, const char *file, unsigned line, const char *row, const char *why)
{
	struct fault fault;
	fault_set(&fault, RC_BAD, "%s:%u: %s%s%s", file, line, row, *row ? ": " : "", why);
	if (!loading->wrong++)
		loading->first = fault;
	if (loading->said)
		buf_fmt(loading->said, "%s\n", fault.text);
}

static void put_words(struct buf *out, const char *const *word, unsigned from, unsigned to)
{
	for (unsigned i = from; i < to; i++)
		buf_fmt(out, "%s%s", out->len ? " " : "", word[i]);
}

/* The row as it may be written again: texts stand in quotes. */
static const char *row_said(const struct row_reader *reader)
{
	struct buf text = {0};
	for (unsigned i = 0; i < reader->count; i++) {
		const char *word = reader->word[i];
		bool quoted = !*word || strpbrk(word, " #") || (unsigned char)*word >= 0x80;
		buf_fmt(&text, quoted ? "%s\"%s\"" : "%s%s", i ? " " : "", word);
	}
	const char *said = arena_text(&reader->rules->texts, buf_cstr(&text));
	buf_release(&text);
	return said;
}

/* The row in a few words, for a complaint. */
static const char *row_brief(struct brief *brief, const struct row_reader *reader)
{
	struct buf text = {0};
	put_words(&text, reader->word, 0, reader->count < 4 ? reader->count : 4);
	if (reader->count > 4)
		buf_text(&text, "…");
	text_brief(brief, buf_cstr(&text));
	buf_release(&text);
	return brief->text;
}

static const char *key_of(struct row_reader *reader, size_t row, unsigned conditions)
{
	struct buf text = {0};
	put_words(&text, reader->word, 0, 1);
	put_words(&text, reader->word, words_of[row].from, words_of[row].key + 1);
	put_words(&text, reader->word, conditions, reader->count);
	const char *key = row_text(reader, buf_cstr(&text));
	buf_release(&text);
	return key;
}

/* Rows of lower layers that say the same thing go; false: there was none. */
static bool take_away(struct loading *loading, const char *key)
{
	bool found = false;
	for (unsigned i = 0; i < loading->old; i++)
		if (!strcmp(loading->rules->row[i].key, key))
			loading->gone[i] = found = true;
	return found;
}

/* What stood behind `off` is not in force: nothing of it is kept but its key. */
static bool take_off(struct loading *loading, struct row_reader *reader, size_t row)
{
	if (reader->count <= words_of[row].key)
		return row_wrong(reader, _("off 后面要写那一行的开头：%s"), _(words_of[row].form));
	struct rule whole = {.word = words_of[row].word, .states = ~0u};
	/* Its beginning and its conditions, or the row as it stands there. */
	return take_away(loading, key_of(reader, row, words_of[row].key + 1)) ||
	       (words_of[row].take(reader, &whole) &&
		       take_away(loading,
			       key_of(reader, row, reader->count - whole.condition_words))) ||
	       row_wrong(reader, _("下面各层没有这一行可以去掉：照 outpost rules list 里那一行抄"));
}

static bool take_row(struct loading *loading, struct row_reader *reader, size_t row)
{
	struct rules *rules = loading->rules;
	struct rule rule = {.word = words_of[row].word,
		.line = reader->line->number,
		.layer = rules->layers,
		.states = ~0u};
	if (rule.word == RULE_NEED)
		rule.need = words_of[row].need;
	if (!words_of[row].take(reader, &rule)) {
		if (!*reader->why)
			row_wrong(reader, _("要写成 %s %s"), words_of[row].name,
				_(words_of[row].form));
		return false;
	}
	const char *slash = strrchr(reader->line->file, '/');
	rule.file = row_text(reader, slash ? slash + 1 : reader->line->file);
	rule.key = key_of(reader, row, reader->count - rule.condition_words);
	rule.said = row_said(reader);
	take_away(loading, rule.key);
	rules->row = array_more(rules->row, rules->rows, &rules->room, sizeof *rules->row);
	rules->row[rules->rows++] = rule;
	return true;
}

static bool take_word(struct loading *loading, struct row_reader *reader, bool off)
{
	const char *why = NULL;
	if (!off && !strcmp(reader->word[0], "limit"))
		return take_limit(loading->rules, reader->line, &why) ||
		       row_wrong(reader, "%s", why);
	if (!off && !strcmp(reader->word[0], "pin"))
		return take_pins(reader);
	for (size_t i = 0; i < countof(words_of); i++)
		if (!strcmp(words_of[i].name, reader->word[0]))
			return off ? take_off(loading, reader, i) : take_row(loading, reader, i);
	return row_wrong(
		reader, _("没有这种行；行首是 limit pin due sign silent expiring confirm who ask "
			  "escalate rank check then pick change season holiday workday text count "
			  "figure show，或 "
			  "off 加这样一行的开头"));
}

static bool take_line(const struct conf_line *line, void *to, const char **why)
{
	struct loading *loading = to;
	struct brief brief = {""};
	bool off = !strcmp(line->word[0], "off") && line->count > 1;
	struct row_reader reader = {loading->rules, line, line->word + off, line->count - off, ""};
	(void)why;
	if (!take_word(loading, &reader, off))
		say(loading, line->file, line->number, row_brief(&brief, &reader), reader.why);
	return true;
}

/* RULE NULL: WHAT is a limit. */
static void say_wrong(void *to, const struct rule *rule, const char *what, const char *why)
{
	struct loading *loading = to;
	struct brief brief = {""};
	bool here = !rule || rule->layer == loading->rules->layers;
	const struct limit *limit = rule ? NULL : limit_named(loading->rules, what);
	say(loading, here ? loading->file : rule->file,
		rule    ? rule->line
		: limit ? limit->line
			: 0,
		text_brief(&brief, what), why);
}

/* ---- the whole file */

static int by_count(const void *a, const void *b)
{
	const struct rule *x = a, *y = b;
	if (x->word != y->word)
		return x->word < y->word ? -1 : 1;
	if (x->word == RULE_NEED && x->kind != y->kind)
		return x->kind < y->kind ? -1 : 1;
	if (x->layer != y->layer)
		return x->layer > y->layer ? -1 : 1;
	return (x->line > y->line) - (x->line < y->line);
}

static bool watched(const struct rules *rules, unsigned kind, unsigned tag)
{
	for (unsigned i = 0; i < rules->rows; i++)
		if (rules->row[i].word == RULE_NEED && rules->row[i].kind == kind &&
			rules->row[i].from == (int)tag)
			return true;
	return false;
}

/* Deadlines and expiries that no row names: a kind that is added tomorrow is watched as well. */
static void add_own(struct rules *rules)
{
	enum { DAYS = 30 };
	const struct limit *lead = limit_named(rules, "expiring.days");
	for (unsigned k = 0; k < kinds_count; k++)
		for (const struct field *f = kinds[k].fields; f->tag; f++) {
			struct rule rule = {.word = RULE_NEED,
				.kind = kinds[k].id,
				.from = (int)f->tag,
				.zh = f->label,
				.key = ""};
			if (!(f->flags & (F_DUE | F_EXPIRES)) ||
				watched(rules, kinds[k].id, f->tag))
				continue;
			rule.need = f->flags & F_DUE ? NEED_DUE : NEED_EXPIRING;
			rule.plus.seconds =
				f->flags & F_DUE ? 0 : -(lead ? lead->number : DAYS) * DAY_SECONDS;
			rule.states = open_states(&kinds[k]);
			rules->row = array_more(
				rules->row, rules->rows, &rules->room, sizeof *rules->row);
			rules->row[rules->rows++] = rule;
		}
}

/* Old rows that stay, those of the file, those of flags; in order. */
static void settle(struct loading *loading)
{
	struct rules *rules = loading->rules;
	unsigned kept = 0;
	for (unsigned i = 0; i < rules->rows; i++)
		if (i >= loading->old || (!loading->gone[i] && rules->row[i].file))
			rules->row[kept++] = rules->row[i];
	rules->rows = kept;
	add_own(rules);
	qsort(rules->row, rules->rows, sizeof *rules->row, by_count);
	for (unsigned i = 0; i < rules->rows; i++)
		rules->row[i].order = i;
	for (unsigned word = 0; word <= RULE_WORDS; word++)
		rules->from[word] = row_first(rules, (enum rule_word)word, 0);
}

struct rules *rules_copy(const struct rules *rules)
{
	struct rules *next = memory_get(1, sizeof *next);
	*next = *rules;
	next->row = memory_size(NULL, rules->rows + 1, sizeof *next->row);
	if (rules->rows)
		memcpy(next->row, rules->row, rules->rows * sizeof *next->row);
	next->room = rules->rows + 1;
	return next;
}

/* Reads FILE into NEXT. Returns how many rows are wrong. */
static unsigned read_layer(struct rules *next, const char *file, struct bytes text,
	struct buf *said, struct fault *fault)
{
	struct loading loading = {next, file, next->rows, next->limits, NULL, said, {0}, 0};
	struct fault form;
	loading.gone = memory_get(next->rows + 1, sizeof *loading.gone);
	if (conf_each(file, text, take_line, &loading, &form)) {
		if (!loading.wrong++)
			loading.first = form;
		if (said)
			buf_fmt(said, "%s\n", form.text);
	}
	settle(&loading);
	if (!loading.wrong)
		rules_whole(next, loading.limits, say_wrong, &loading);
	free(loading.gone);
	next->layers++;
	*fault = loading.first;
	return loading.wrong;
}

static unsigned version;

unsigned rules_version(void)
{
	return version;
}

void rules_changed(void)
{
	version++;
}

enum rc rules_load(struct rules *rules, const char *file, struct bytes text, struct fault *fault)
{
	struct rules *next = rules_copy(rules);
	struct fault first = {0};
	unsigned wrong = read_layer(next, file, text, NULL, &first);
	rules->texts = next->texts; /* of wrong rows, too: they are few */
	if (wrong) {
		free(next->row);
		if (fault)
			*fault = first;
	} else {
		next->print = digest(digest(rules->print, bytes_text(file)), text);
		free(rules->row);
		*rules = *next;
		rules_changed();
	}
	free(next);
	return wrong ? RC_BAD : RC_OK;
}

unsigned rules_check(
	const struct rules *rules, const char *file, struct bytes text, struct buf *said)
{
	struct rules *next = rules_copy(rules);
	struct fault first;
	next->texts = (struct arena){0};
	unsigned wrong = read_layer(next, file, text, said, &first);
	arena_release(&next->texts);
	free(next->row);
	free(next);
	return wrong;
}
