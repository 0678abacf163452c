/* SPDX-License-Identifier: GPL-3.0-or-later
 * A kind, a code table and people made for tests.
 */
#include "sample.h"

#include <string.h>

#include "base/text.h"
#include "model/codes.h"
#include "work/change_inside.h"

static const struct field fields[] = {
	{.tag = S_PLACE,
		.name = "place",
		.label = "地点",
		.type = T_TEXT,
		.flags = F_MUST | F_LIST},
	{.tag = S_SORT,
		.name = "sort",
		.label = "类别",
		.type = T_CODE,
		.flags = F_MUST,
		.codes = "sample"},
	{.tag = S_COUNT, .name = "count", .label = "数量", .type = T_NUM},
	{.tag = S_FOUND, .name = "found", .label = "发现时间", .type = T_TIME, .init = "now"},
	{.tag = S_TEXT, .name = "text", .label = "情况", .type = T_LONG},
	{.tag = S_PHONE, .name = "phone", .label = "电话", .type = T_PHONE},
	{.tag = S_OWNER, .name = "owner", .label = "责任人", .type = T_REF},
	{.tag = S_AREA, .name = "area", .label = "所在", .type = T_AREA, .init = "area"},
	{.tag = S_URGENT, .name = "urgent", .label = "紧急", .type = T_BOOL},
	{.tag = S_TAGS, .name = "tags", .label = "标签", .type = T_CODES, .codes = "sample"},
	{.tag = 20, .name = "fold", .label = "折叠", .type = T_NUM, .flags = F_FOLD},
	{.tag = 0},
};

static const struct state states[] = {
	{"open", "未办", STATE_OPEN}, {"done", "办结", STATE_DONE}, {NULL, NULL, 0}};

static const struct step steps[] = {
	{.tag = 1,
		.verb = "close",
		.label = "销号",
		.from = 1,
		.to = 1,
		.args = {S_TEXT | STEP_ARG_MUST, S_COUNT}},
	{.tag = 0},
};

const struct kind sample_kind = {.id = 999,
	.name = "sample",
	.label = "样本",
	.plural = "样本",
	.fields = fields,
	.states = states,
	.steps = steps};

static const char *const people[][2] = {{"P-1", "李爱国"}, {"P-2", "王秀英"}, {"P-3", "张伟"}};

void sample_codes(void)
{
	static const char table[] = "sample\tG\t地质\tGround\t\t1\t\n"
				    "sample\tG1\t崩塌\tRockfall\tG\t2\t\n"
				    "sample\tG2\t滑坡\tSlide\tG\t3\t\n"
				    "sample\tF\t火险\tFire\t\t4\t\n"
				    "sample\tW\t水利\tWater\t\t5\t\n";
	struct fault fault = {0};

	if (!code_each("sample", NULL, NULL) &&
		codes_load(codes_now(), "sample", bytes_text(table), &fault) != RC_OK)
		die("%s", fault.text);
}

static bool find(void *to, unsigned kind, const char *typed, struct ref *ref)
{
	(void)to;
	(void)kind;
	for (uint32_t n = 0; n < countof(people); n++) {
		if (strcmp(people[n][0], typed) == 0) {
			*ref = (struct ref){7, n + 1};
			return true;
		}
	}
	return false;
}

static bool name(void *to, struct ref ref, bool title, struct buf *out)
{
	(void)to;
	if (ref.site != 7 || ref.seq == 0 || ref.seq > countof(people))
		return false;
	buf_text(out, people[ref.seq - 1][title]);
	return true;
}

static void records(struct pick *pick, const char *above, const char *typed, void *to)
{
	const struct form_asked *asked = to;

	(void)above;
	assert(asked->field->type == T_REF);
	for (size_t n = 0; n < countof(people); n++) {
		if (list_match(people[n][1], typed))
			pick_add(pick, people[n][0], people[n][1], "网格员", false);
	}
}

struct form_ways sample_ways(void)
{
	return (struct form_ways){
		.values = {.now = 1783981980, .find = find, .name = name},
		.records = records,
		.area = 410882105201,
	};
}

enum form_act sample_type(struct form *form, const char *text)
{
	enum form_act act = FORM_NOT;
	size_t left = strlen(text), took;
	uint32_t cp;

	for (; (took = text_next(text, left, &cp)) != 0; text += took, left -= took)
		act = form_key(form, cp == '\n' ? K_ENTER : cp == '\t' ? K_TAB : (int)cp);
	return act;
}

/* What a new sample begins with, as change_defaults would say it at a station. */
static struct change begun(const struct step *step, bool fresh)
{
	struct form_ways ways = sample_ways();
	struct change change = {.kind = &sample_kind, .step = step, .ways = ways.values};

	change.ways.strict = true;
	change.op.rec_seq = !fresh;
	if (!fresh || step)
		return change;
	change.values[change.count++] =
		(struct change_value){S_FOUND, CHANGE_DEFAULT, value_num(ways.values.now)};
	change.values[change.count++] =
		(struct change_value){S_AREA, CHANGE_DEFAULT, value_num((int64_t)ways.area)};
	return change;
}

void sample_form(struct form *form, const struct step *step)
{
	const struct form_ways ways = sample_ways();
	struct change change = begun(step, true);

	sample_codes();
	form_start(form, &sample_kind, step, &ways);
	for (unsigned n = 0; n < change.count; n++)
		form_offer(form, change.values[n].tag, &change.values[n].value);
}

bool sample_body(struct form *form, const struct step *step, struct buf *body)
{
	struct change change = begun(step, form->fresh);
	bool good = form_hand(form, &change);

	if (good) {
		change_body(&change);
		buf_put(body, change.body.at, change.body.len);
	}
	change_release(&change);
	return good;
}
