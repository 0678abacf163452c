/* SPDX-License-Identifier: GPL-3.0-or-later
 * Official texts: rows of the rules with what a record says put in.
 */
#include "work/text.h"

#include <string.h>

#include "base/text.h"
#include "base/when.h"
#include "base/when_parts.h"
#include "model/area.h"
#include "model/codes.h"
#include "model/kinds.h"
#include "model/texts.h"
#include "work/callees.h"
#include "work/figures.h"
#include "work/in_force.h"
#include "work/lateness.h"

struct writing {
	struct world *world;
	const struct row *row; /* NULL: about the day */
	struct arena arena;
	const struct rule *asked_by; /* whose answers are in .asked */
	struct asked asked;
};

/* ---- which texts */

static bool is_for(const struct rule *rule, const struct row *row)
{
	char code[32] = "";
	if (!row || rule->kind != row->kind->id)
		return !row && !rule->kind;
	const struct value *value = rule->coded ? row_value(row, rule->coded) : NULL;
	if (value)
		bytes_into(code, sizeof code, value->text);
	return !rule->coded || !strcmp(code, strchr(rule->name, '.') + 1);
}

unsigned text_names(const struct row *row, const char *names[TEXT_NAMES])
{
	unsigned count, found = 0;
	const struct rule *rule = rules_rows(RULE_TEXT, &count);
	for (unsigned n = 0; n < count && found < TEXT_NAMES; n++) {
		bool before = !is_for(&rule[n], row);
		for (unsigned m = 0; m < found; m++)
			before |= !strcmp(names[m], rule[n].name);
		if (!before)
			names[found++] = rule[n].name;
	}
	return found;
}

/* ---- values as offices write them */

/* zh: official texts are Chinese, whatever the language of the terminal. */
static const char year[] = "年", month[] = "月", day[] = "日", hour[] = "时", minute[] = "分";
static const char part[] = "；", open_bracket[] = "（", close_bracket[] = "）";
static const char finished[] = "完成", unfinished[] = "未完成";
static const char hours[] = "小时", minutes[] = "分钟", comma[] = "、", yes[] = "是", no[] = "否";
static const char *const stops[] = {"。", "；", ".", " ", "\n"};

static void put_day(int64_t at, bool whole, struct buf *out)
{
	struct when_parts parts;
	when_split(at, &parts);
	if (whole)
		buf_fmt(out, "%d%s", parts.year, year);
	buf_fmt(out, "%d%s%d%s", parts.month, month, parts.day, day);
}

static void put_time(int64_t at, struct buf *out)
{
	struct when_parts parts;
	when_split(at, &parts);
	put_day(at, false, out);
	buf_fmt(out, "%d%s", parts.hour, hour);
	if (parts.minute)
		buf_fmt(out, "%d%s", parts.minute, minute);
}

static void put_code(const struct field *field, struct bytes text, struct buf *out)
{
	char word[32];
	bytes_into(word, sizeof word, text);
	const struct code *code = code_find(field->codes, word);
	buf_text(out, code ? code->zh : word);
}

static void put_codes(const struct field *field, struct bytes text, struct buf *out)
{
	while (text.len) {
		const uint8_t *end = memchr(text.at, ',', text.len);
		size_t len = end ? (size_t)(end - text.at) : text.len;
		put_code(field, bytes_of(text.at, len), out);
		len += end != NULL;
		text = bytes_of(text.at + len, text.len - len);
		if (text.len)
			buf_text(out, comma);
	}
}

/* The row says where a sentence ends: a full stop at the end of a field is left to it. */
static void drop_stop(struct buf *out, size_t from)
{
	for (size_t n = 0; n < countof(stops); n++) {
		size_t len = strlen(stops[n]);
		if (out->len >= from + len && !memcmp(out->at + out->len - len, stops[n], len)) {
			out->len -= len;
			n = (size_t)-1;
		}
	}
}

static void put_value(
	struct writing *to, const struct field *field, const struct value *value, struct buf *out)
{
	struct value_ways ways = store_ways(to->world->store, true);
	size_t from = out->len;
	switch (field->type) {
	case T_TIME:
		put_time(value->num, out);
		return;
	case T_DATE:
		put_day(date_end(value->num) - 1, false, out);
		return;
	case T_CODE:
		put_code(field, value->text, out);
		return;
	case T_CODES:
		put_codes(field, value->text, out);
		return;
	case T_BOOL:
		buf_text(out, value->num ? yes : no);
		return;
	default:
		value_show(field, value, &ways, out);
		drop_stop(out, from);
	}
}

/* A place without blanks between its names: 柏香镇西彰村. */
static void put_area(uint64_t area, struct buf *out)
{
	struct buf name = {0};
	area_title(area, &name);
	for (size_t n = 0; n < name.len; n++)
		if (name.at[n] != ' ')
			buf_byte(out, name.at[n]);
	buf_release(&name);
}

/* ---- words that are no fields */

static void put_span(int64_t seconds, struct buf *out)
{
	enum { MINUTE = 60, HOUR = 3600 };
	if (seconds < 0)
		return;
	if (seconds >= HOUR)
		buf_fmt(out, "%lld%s", (long long)(seconds / HOUR), hours);
	if (seconds < HOUR || seconds % HOUR >= MINUTE)
		buf_fmt(out, "%lld%s", (long long)(seconds % HOUR / MINUTE), minutes);
}

static void put_names(const struct asked *asked, struct buf *out)
{
	const char *between = "";
	for (unsigned n = 0; n < asked->count; n++) {
		struct bytes name = {0};
		if (asked->places[n].answered || !area_name(asked->places[n].area, &name))
			continue;
		buf_text(out, between);
		buf_put(out, name.at, name.len);
		between = comma;
	}
}

/* False: nobody is asked. */
static bool look_at_asked(struct writing *to, const char *name)
{
	const struct rule *rule = rules_named(RULE_ASK, name);
	struct fault fault;
	if (!rule || (to->row ? rule->kind != to->row->kind->id : !rule->every))
		return false;
	if (to->asked_by != rule &&
		asked_load(&to->asked, to->world, rule, to->row, &to->arena, &fault))
		return false;
	to->asked_by = rule;
	return to->asked.count;
}

static void put_asked(struct writing *to, const struct text_meant *meant, struct buf *out)
{
	const struct asked *asked = &to->asked;
	if (!look_at_asked(to, meant->name))
		return;
	unsigned owing = asked->count - asked->answered;
	switch (meant->part) {
	case ASKED_COUNT:
		buf_fmt(out, "%u", asked->count);
		break;
	case ASKED_ANSWERED:
		buf_fmt(out, "%u", asked->answered);
		break;
	case ASKED_OWING:
		if (owing)
			buf_fmt(out, "%u", owing);
		break;
	case ASKED_PERCENT:
		buf_fmt(out, "%u%%", asked->answered * 100 / asked->count);
		break;
	case ASKED_MEDIAN:
		put_span(asked->median, out);
		break;
	case ASKED_NINETY:
		put_span(asked->ninety, out);
		break;
	case ASKED_NAMES:
		put_names(asked, out);
		break;
	case ASKED_PARTS:
		break;
	}
}

/* Of this record where it is counted by such, else of the station. */
static void put_counted(struct writing *to, const struct text_meant *meant, struct buf *out)
{
	const struct rule *rule = rules_named(meant->row, meant->name);
	const struct counting_of of = {
		.of = to->row ? to->row->ref : (struct ref){0, 0}, .at = to->world->around.now};
	struct counted counted;
	struct figured figured;
	struct fault fault;
	if (!rule)
		return;
	if (meant->word == TEXT_COUNT) {
		if (count_load(&counted, to->world, rule, &of, &to->arena, &fault) == RC_OK)
			figure_number(counted.number, out);
	} else if (figure_load(&figured, to->world, rule, &of, &to->arena, &fault) == RC_OK &&
		   figured.known) {
		figure_number(figured.value, out);
	}
}

static void put_late(struct writing *to, const struct text_meant *meant, struct buf *out)
{
	const struct rule *rule = rules_named(RULE_ASK, meant->name);
	struct lateness late = {.count = 0};
	struct fault fault = {0};
	if (rule && lateness_load(&late, to->world, rule,
			    late_month(to->world->around.now, meant->before), &to->arena,
			    &fault) == RC_OK)
		lateness_show(&late, out);
}

static void put_field_of(
	struct writing *to, const struct row *row, const struct field *field, struct buf *out)
{
	const struct value *value = row_value(row, field->tag);
	if (value)
		put_value(to, field, value, out);
}

static void put_other(struct writing *to, const struct text_meant *meant, struct buf *out)
{
	const struct value *value = row_value(to->row, meant->field->tag);
	struct arena arena = {0};
	struct fault fault;
	struct ref ref;
	struct row row;
	if (value && value->wire == WIRE_BYTES && ref_take(value->text, &ref) &&
		store_row(to->world->store, ref, &arena, &row, &fault) == RC_OK)
		put_field_of(to, &row, meant->other, out);
	arena_release(&arena);
}

static void put_watch(struct writing *to, const char *post, struct buf *out)
{
	const struct rule who = {.word = RULE_WHO, .posts = 1, .post = {post}};
	struct callees on = {.arena = &to->arena};
	struct fault fault;
	if (callees_of(&on, to->world, &who, store_station(to->world->store)->area, NULL, &fault))
		return;
	for (unsigned n = 0; n < on.count; n++)
		buf_fmt(out, "%s%s%s", n ? comma : "", on.list[n].name, on.list[n].phone);
}

/* Tasks about the record, in the order in which they were given. */
struct stepping {
	struct writing *to;
	struct buf *out;
	unsigned n;
};

static bool see_step(const struct row *row, void *to)
{
	struct stepping *stepping = to;
	const struct value *who = row_value(row, task_to);

	if (row_void(row))
		return true;
	buf_text(stepping->out, stepping->n++ ? part : "");
	put_field_of(stepping->to, row, field_of(row->kind, task_text), stepping->out);
	buf_text(stepping->out, who ? open_bracket : "");
	if (who)
		put_field_of(stepping->to, row, field_of(row->kind, task_to), stepping->out);
	buf_text(stepping->out, who ? close_bracket : "");
	if (row->state == task_is_done) {
		put_time(row->state_at, stepping->out);
		buf_text(stepping->out, finished);
	} else {
		buf_text(stepping->out, unfinished);
	}
	return true;
}

static void put_steps(struct writing *to, struct buf *out)
{
	struct stepping stepping = {to, out, 0};
	struct query query = query_all(KIND_task);
	struct fault fault;

	query.parent = to->row->ref;
	(void)!store_each(to->world->store, &query, see_step, &stepping, &fault);
}

/* What has nothing to do with a record. */
static void put_around(struct writing *to, const struct text_meant *meant, struct buf *out)
{
	switch (meant->word) {
	case TEXT_STATION:
		buf_text(out, store_station(to->world->store)->name);
		break;
	case TEXT_NOW:
		put_time(to->world->around.now, out);
		break;
	case TEXT_DATE:
		put_day(to->world->around.now, true, out);
		break;
	case TEXT_USER:
		buf_text(out, to->world->user ? to->world->user->name : "");
		break;
	case TEXT_ASK:
		put_asked(to, meant, out);
		break;
	case TEXT_COUNT:
	case TEXT_FIGURE:
		put_counted(to, meant, out);
		break;
	case TEXT_LATE:
		put_late(to, meant, out);
		break;
	case TEXT_WATCH:
		put_watch(to, meant->name, out);
		break;
	default:
		break;
	}
}

/* Who opens the text elsewhere has not written it. */
static void put_by_station(struct store *store, const struct row *row, struct buf *out)
{
	struct site site;
	bool known = log_site(store_log(store), row->by_site, &site) && site.name[0];

	buf_text(out, known ? site.name : store_station(store)->name);
}

/* Of a warning that was lifted, or that lifts others. */
static void put_lift(struct writing *to, enum text_word word, struct buf *out)
{
	int64_t at = word == TEXT_LIFTED ? warning_lifted(to->row) : to->row->at;

	size_t from = out->len;
	if (word == TEXT_SAID)
		warning_lift_word(to->world->store, to->row, out);
	else if (word == TEXT_LIFTED ? at : warning_lifts(to->row))
		put_time(at, out);
	drop_stop(out, from);
}

/* What NAME stands for; nothing where that is not known. */
static void put_name(struct writing *to, const char *name, struct buf *out)
{
	const struct row *row = to->row;
	struct store *store = to->world->store;
	const struct text_meant meant = text_means(row ? row->kind : NULL, name);
	char number[40];
	switch (meant.word) {
	case TEXT_FIELD:
		put_field_of(to, row, meant.field, out);
		break;
	case TEXT_OTHER:
		put_other(to, &meant, out);
		break;
	case TEXT_AREA:
		put_area(row->area, out);
		break;
	case TEXT_STEPS:
		put_steps(to, out);
		break;
	case TEXT_AT:
		put_time(row->at, out);
		break;
	case TEXT_BY:
		store_author_of(store, row->by_site, row->by_who, row->by, out);
		break;
	case TEXT_BY_STATION:
		put_by_station(store, row, out);
		break;
	case TEXT_LIFTED:
	case TEXT_LIFTS:
	case TEXT_SAID:
		put_lift(to, meant.word, out);
		break;
	case TEXT_NUMBER:
		store_number(store, row->ref, number);
		buf_text(out, number);
		break;
	case TEXT_LABEL:
		store_label(store, row->ref, number);
		buf_text(out, number);
		break;
	default:
		put_around(to, &meant, out);
	}
}

static bool known(struct writing *to, const char *name)
{
	struct buf text = {0};
	put_name(to, name, &text);
	bool is = text.len;
	buf_release(&text);
	return is;
}

/* ---- lines */

/* What stands in {f?…} is left out as a whole, with what is nested in it. A line of which nothing
 * is left is none. */
static void put_line(struct writing *to, const char *text, struct buf *out)
{
	struct text_piece piece;
	size_t from = out->len;
	unsigned depth = 0, skip = 0;
	for (text_piece(&text, &piece); piece.sort; text_piece(&text, &piece)) {
		depth += piece.sort == TEXT_WHEN;
		if (piece.sort == TEXT_WHEN && !skip && known(to, piece.name) == piece.not )
			skip = depth;
		if (piece.sort == TEXT_END) {
			skip = skip == depth ? 0 : skip;
			depth--;
		}
		if (skip)
			continue;
		if (piece.sort == TEXT_WORDS)
			buf_put(out, piece.words.at, piece.words.len);
		else if (piece.sort == TEXT_PUT)
			put_name(to, piece.name, out);
	}
	if (out->len > from)
		buf_byte(out, '\n');
}

static enum rc no_such(const struct row *row, const char *name, struct fault *fault)
{
	const char *names[TEXT_NAMES];
	unsigned count = text_names(row, names);
	struct buf all = {0};
	for (unsigned n = 0; n < count; n++)
		buf_fmt(&all, " %s", names[n]);
	enum rc rc = count ? fault_set(fault, RC_NONE, _("这条记录没有成文 \"%s\"（有%s）"), name,
				     buf_cstr(&all))
			   : fault_set(fault, RC_NONE, "%s",
				     _("这种记录没有成文：规则里没有写 text 行"));
	buf_release(&all);
	return rc;
}

enum rc text_compose(struct buf *out, struct world *world, const struct row *row, const char *name,
	struct fault *fault)
{
	struct writing to = {.world = world, .row = row};
	unsigned count;
	const struct rule *rule = rules_rows(RULE_TEXT, &count);
	size_t from = out->len;
	if (row && row_practice(row))
		buf_fmt(out, "%s\n", _("【演练】"));
	from = out->len;
	for (unsigned n = 0; n < count; n++)
		if (!strcmp(rule[n].name, name) && is_for(&rule[n], row))
			put_line(&to, rule[n].text, out);
	arena_release(&to.arena);
	return out->len > from ? RC_OK : no_such(row, name, fault);
}
