/* SPDX-License-Identifier: GPL-3.0-or-later
 * Chains of alerts: followed to their end in any order of arrival, and left to a person where they
 * cannot be tied.
 * Tests also: cap_close.c, cap_store.c, cap_parts.c.
 */
#include "intake_help.h"

#include <setjmp.h>
#include <string.h>

#include <cmocka.h>

#include "model/codes.h"
#include "model/kinds.h"
#include "store/station.h"
#include "work/agenda.h"
#include "work/change.h"

#define COUNTY 410882000000
#define TOWN 410882103000
#define FAR "370614000000"

struct message {
	const char *id, *type, *refers; /* identifiers, separated by blanks */
	unsigned minute;                /* sent */
	const char *colour, *event, *headline, *area;
};

static void put(struct buf *text, const struct message *m)
{
	static const char when[] = "2026-07-14T12:%02u:00+08:00";

	buf_fmt(text, "<alert><identifier>%s</identifier><sender>bureau</sender><sent>", m->id);
	buf_fmt(text, when, m->minute);
	buf_fmt(text, "</sent><status>Actual</status><msgType>%s</msgType><references>", m->type);
	for (const char *at = m->refers; *at; at += strspn(at, " ")) {
		size_t len = strcspn(at, " ");

		buf_fmt(text, "bureau,%.*s,2026-07-14T11:00:00+08:00 ", (int)len, at);
		at += len;
	}
	buf_fmt(text, "</references><info><language>zh-CN</language><event>%s</event>", m->event);
	buf_fmt(text,
		"<severity>%s</severity><headline>%s</headline><description>%s</description>"
		"<area><areaDesc>某地</areaDesc><geocode>%s</geocode></area></info></alert>",
		m->colour, m->headline, m->headline, m->area);
}

static void import_text(struct stand *s, const char *text)
{
	struct fault fault = {0};

	if (cap_import(&s->in, bytes_text(text), "zh", &fault) != RC_OK)
		fail_msg("%s", fault.text);
	stand_again(s, "cap");
}

static void import(struct stand *s, const struct message *m)
{
	struct buf text = {0};

	put(&text, m);
	import_text(s, buf_cstr(&text));
	buf_release(&text);
}

static const char *state_of(struct stand *s, const char *id)
{
	return stand_state(s, KIND_warning, warning_identifier, id);
}

struct wanted {
	struct stand *s;
	const char *id;
	enum need need;
	struct ref ref;
	const char *doubt;
};

static bool ask(const struct row *row, void *to)
{
	struct wanted *asked = to;
	const struct value *id = row_value(row, warning_identifier);
	const struct value *doubt = row_value(row, warning_doubt);
	int64_t until;
	const char *why;

	if (!id || !bytes_equal(id->text, bytes_text(asked->id)))
		return true;
	asked->ref = row->ref;
	asked->need = need_of(asked->s->store, row, store_now(asked->s->store), &until, &why);
	asked->doubt = doubt ? code_named("doubt", (const char *)doubt->text.at)->code : "";
	return true;
}

static struct wanted asked(struct stand *s, const char *id)
{
	struct wanted asked = {.s = s, .id = id, .doubt = "none"};
	struct query query = query_all(KIND_warning);
	struct fault fault;

	assert_int_equal(store_each(s->store, &query, ask, &asked, &fault), RC_OK);
	return asked;
}

#define ORANGE "橙色"
#define RED "红色"
#define FIRST                                                                                      \
	{                                                                                          \
		"A", "Alert", "", 0, ORANGE, "暴雨", "发布暴雨橙色预警信号", "410882"              \
	}
#define SECOND                                                                                     \
	{                                                                                          \
		"B", "Update", "A", 10, RED, "暴雨", "升级为暴雨红色预警信号", "410882"            \
	}
#define THIRD                                                                                      \
	{                                                                                          \
		"D", "Update", "B", 20, RED, "暴雨", "继续发布暴雨红色预警信号", "410882"          \
	}

/* A cancel that names the first, the last, or any of them ends the whole chain, in every order. */
static void test_any_order(void **state)
{
	static const int orders[][4] = {{0, 1, 2, 3}, {3, 2, 1, 0}, {3, 0, 1, 2}, {0, 3, 1, 2},
		{1, 3, 0, 2}, {2, 3, 0, 1}, {3, 1, 2, 0}, {0, 2, 3, 1}};
	static const char *const names[] = {"A", "B", "D", "A,B", "X A"};

	(void)state;
	for (size_t n = 0; n < countof(names); n++)
		for (size_t i = 0; i < countof(orders); i++) {
			struct message all[] = {FIRST, SECOND, THIRD,
				{"C", "Cancel", names[n], 30, RED, "暴雨", "解除暴雨红色预警信号",
					"410882"}};
			struct stand s;

			stand_up(&s, COUNTY, "cap");
			for (int k = 0; k < 4; k++)
				import(&s, &all[orders[i][k]]);
			for (int k = 0; k < 4; k++)
				if (strcmp(state_of(&s, all[k].id), "active") == 0)
					fail_msg("%s, order %zu: %s", names[n], i, all[k].id);
			assert_string_equal(asked(&s, "C").doubt, "");
			stand_down(&s);
		}
}

/* What a cancel does not mean it leaves: another colour, another place, what came later. */
static void test_not_by_guess(void **state)
{
	static const struct {
		struct message then, cancel;
		const char *left;
	} cases[] = {
		{SECOND, {"C", "Cancel", "A", 30, ORANGE, "暴雨", "解除暴雨橙色预警信号", "410882"},
			"B"},
		{{"B", "Update", "A", 10, ORANGE, "暴雨", "发布暴雨橙色预警信号", "410882104"},
			{"C", "Cancel", "A", 30, ORANGE, "暴雨", "解除暴雨橙色预警信号",
				"410882103"},
			"B"},
		{{"B", "Alert", "", 40, RED, "暴雨", "发布暴雨红色预警信号", "410882"},
			{"C", "Cancel", "A", 30, RED, "暴雨", "解除暴雨红色预警信号", "410882"},
			"B"},
	};

	(void)state;
	for (size_t i = 0; i < countof(cases); i++)
		for (int turn = 0; turn < 2; turn++) {
			struct message first = FIRST;
			struct stand s;

			stand_up(&s, COUNTY, "cap");
			import(&s, &first);
			import(&s, turn ? &cases[i].cancel : &cases[i].then);
			import(&s, turn ? &cases[i].then : &cases[i].cancel);
			assert_string_equal(state_of(&s, cases[i].left), "active");
			assert_string_not_equal(state_of(&s, "A"), "active");
			if (i < 2) {
				bool named = *asked(&s, "B").doubt || *asked(&s, "C").doubt;

				assert_true(named);
			}
			stand_down(&s);
		}
}

/* What names an alert and lifts another signal, or speaks of elsewhere only: ours stays, and is
 * asked. */
static void test_spared(void **state)
{
	static const struct message cancels[] = {
		{"C", "Cancel", "A", 30, ORANGE, "大风", "解除大风橙色预警信号", "410882"},
		{"C", "Cancel", "A", 30, ORANGE, "暴雨", "解除暴雨橙色预警信号", "410882104"},
		{"C", "Update", "A", 30, ORANGE, "暴雨", "发布暴雨橙色预警信号", "410882104"},
	};

	(void)state;
	for (size_t i = 0; i < countof(cancels); i++)
		for (int turn = 0; turn < 2; turn++) {
			struct message first = {
				"A", "Alert", "", 0, RED, "暴雨", "发布暴雨红色预警信号", "410882"};
			struct stand s;

			stand_up(&s, TOWN, "cap");
			import(&s, turn ? &cancels[i] : &first);
			import(&s, turn ? &first : &cancels[i]);
			assert_string_equal(state_of(&s, "A"), "active");
			assert_string_not_equal(asked(&s, "A").doubt, "");
			stand_down(&s);
		}
}

/* Two updates of one warning for two places stand beside each other. */
static void test_split(void **state)
{
	struct message first = FIRST;
	struct message one = {"B1", "Update", "A", 10, RED, "暴雨", "暴雨红色", "410882103"};
	struct message two = {"B2", "Update", "A", 11, RED, "暴雨", "暴雨红色", "410882104"};
	struct stand s;

	(void)state;
	stand_up(&s, COUNTY, "cap");
	import(&s, &first);
	import(&s, &one);
	import(&s, &two);
	assert_string_equal(state_of(&s, "A"), "updated");
	assert_string_equal(state_of(&s, "B1"), "active");
	assert_string_equal(state_of(&s, "B2"), "active");
	stand_down(&s);
}

static enum rc settle(struct stand *s, struct ref ref, unsigned step, const char *refers)
{
	struct actor actor = {.store = s->store};
	struct arena arena = {0};
	struct record record;
	struct change change;
	struct fault fault = {0};
	const char *why;
	enum rc rc;

	assert_int_equal(store_record(s->store, ref, &arena, &record, NULL, &fault), RC_OK);
	change_step(&change, &actor, &record, step_of(record.kind, step));
	if (refers)
		assert_true(change_set(&change, "refers", refers, &why));
	rc = change_commit(&change, &ref, &fault);
	change_release(&change);
	arena_release(&arena);
	return rc;
}

/* A cancel of something that is not here lifts nothing, and waits for somebody: tie, or leave. */
static void test_untied(void **state)
{
	static const struct message unseen = {
		"C", "Cancel", "X", 30, RED, "暴雨", "解除暴雨红色预警信号", "410882"};
	struct message first = FIRST;

	(void)state;
	for (int ties = 0; ties < 2; ties++) {
		struct stand s;

		stand_up(&s, COUNTY, "cap");
		import(&s, &first);
		import(&s, &unseen);
		assert_non_null(strstr(buf_cstr(&s.said), "C: "));
		assert_string_equal(state_of(&s, "A"), "active");
		assert_string_equal(asked(&s, "C").doubt, "untied");
		assert_int_equal(asked(&s, "C").need, NEED_DUE);
		assert_int_equal(settle(&s, asked(&s, "C").ref, warning_do_tie, "Z"), RC_BAD);
		if (ties)
			assert_int_equal(
				settle(&s, asked(&s, "C").ref, warning_do_tie, "A"), RC_OK);
		else
			assert_int_equal(
				settle(&s, asked(&s, "C").ref, warning_do_leave, NULL), RC_OK);
		assert_string_equal(state_of(&s, "A"), ties ? "cancelled" : "active");
		assert_string_equal(state_of(&s, "C"), "cancelled");
		assert_string_equal(asked(&s, "C").doubt, "");
		stand_down(&s);
	}
}

/* Nothing here that it could mean: it is said, and nobody is asked. When what it names comes after
 * all, nobody is asked any more either. */
static void test_untied_without_cause(void **state)
{
	static const struct message unseen = {
		"C", "Cancel", "X", 30, RED, "暴雨", "解除暴雨红色预警信号", "410882"};
	static const struct message late = {
		"X", "Alert", "", 5, RED, "暴雨", "发布暴雨红色预警信号", "410882"};
	struct message first = FIRST;
	struct stand s;

	(void)state;
	stand_up(&s, COUNTY, "cap");
	import(&s, &unseen);
	assert_non_null(strstr(buf_cstr(&s.said), "X"));
	assert_string_equal(state_of(&s, "C"), "cancelled");
	stand_down(&s);
	stand_up(&s, COUNTY, "cap");
	import(&s, &first);
	import(&s, &unseen);
	import(&s, &late);
	assert_string_equal(state_of(&s, "X"), "cancelled");
	assert_string_equal(state_of(&s, "C"), "cancelled");
	assert_string_equal(asked(&s, "C").doubt, "");
	assert_string_equal(state_of(&s, "A"), "active");
	stand_down(&s);
}

static void sign(struct stand *s, const char *id)
{
	struct actor actor = {.store = s->store};
	struct change change;
	struct fault fault;
	struct ref made;

	change_new(&change, &actor, kind_of(KIND_receipt), asked(s, id).ref);
	assert_int_equal(change_commit(&change, &made, &fault), RC_OK);
	change_release(&change);
}

/* The same identifier with other content is another version, and wants to be signed anew; the same
 * content again does not. */
static void test_versions(void **state)
{
	struct message first = FIRST, second = FIRST, third = FIRST;
	struct stand s;

	(void)state;
	second.minute = third.minute = 20;
	second.colour = RED;
	second.headline = "发布暴雨红色预警信号";
	third.type = "Update";
	third.minute = 30;
	third.headline = "解除暴雨橙色预警信号";
	stand_up(&s, COUNTY, "cap");
	import(&s, &first);
	sign(&s, "A");
	assert_int_equal(asked(&s, "A").need, NEED_NONE);
	import(&s, &first);
	assert_int_equal(asked(&s, "A").need, NEED_NONE);
	import(&s, &second);
	assert_int_equal(asked(&s, "A").need, NEED_SIGN);
	assert_string_equal(stand_state(&s, KIND_warning, warning_severity, "red"), "active");
	sign(&s, "A");
	assert_int_equal(asked(&s, "A").need, NEED_NONE);
	import(&s, &first); /* an older version changes nothing */
	assert_int_equal(asked(&s, "A").need, NEED_NONE);
	assert_string_equal(stand_state(&s, KIND_warning, warning_severity, "red"), "active");
	import(&s, &third); /* lifted under its own identifier */
	assert_string_equal(state_of(&s, "A"), "cancelled");
	import(&s, &(struct message){"A", "Alert", "", 50, RED, "暴雨", "发布暴雨红色预警信号",
			   "410882"}); /* and issued again */
	assert_string_equal(state_of(&s, "A~v2"), "active");
	assert_int_equal(asked(&s, "A~v2").need, NEED_SIGN);
	assert_int_equal(stand_count(&s, KIND_warning), 2);
	stand_down(&s);
}

static void test_alike(void **state)
{
	struct message first = FIRST, again = FIRST, other = FIRST;
	struct stand s;

	(void)state;
	again.id = "A2";
	again.minute = 1;
	other.id = "A3";
	other.area = "410882103";
	stand_up(&s, COUNTY, "cap");
	import(&s, &first);
	import(&s, &again);
	import(&s, &other);
	assert_string_equal(asked(&s, "A2").doubt, "again");
	assert_string_equal(asked(&s, "A").doubt, "");
	assert_string_equal(asked(&s, "A3").doubt, "");
	assert_string_equal(state_of(&s, "A"), "active");
	stand_down(&s);
}

#define PART(language, colour, headline, area)                                                     \
	"<info><language>" language "</language><event>暴雨</event><severity>" colour              \
	"</severity><headline>" headline "</headline>"                                             \
	"<area><areaDesc>x</areaDesc><geocode>" area "</geocode></area></info>"
#define MANY(id, type, refers, more)                                                               \
	"<alert><identifier>" id "</identifier><sender>s</sender><sent>2026-07-14T12:00:00Z</"     \
	"sent><status>Actual</status><msgType>" type "</msgType><references>" refers               \
	"</references>" more "</alert>"

/* Each part of the county has its colour, whatever stands first; translations are no parts. */
static void test_parts(void **state)
{
	static const char *const texts[] = {
		MANY("P", "Alert", "",
			PART("zh-CN", "蓝色", "b", "410882102") PART("zh-CN", "红色", "r",
				"410882103") PART("en-US", "Red", "e", "410882103")
				PART("zh-CN", "橙色", "far", FAR)),
		MANY("P", "Alert", "",
			PART("en-US", "Red", "e", "410882103") PART("zh-CN", "橙色", "far", FAR)
				PART("zh-CN", "红色", "r", "410882103")
					PART("en-US", "Blue", "b", "410882102")),
	};

	(void)state;
	for (size_t i = 0; i < countof(texts); i++) {
		struct stand s;

		stand_up(&s, COUNTY, "cap");
		import_text(&s, texts[i]);
		assert_int_equal(stand_count(&s, KIND_warning), 2);
		assert_string_equal(
			stand_state(&s, KIND_warning, warning_severity, "red"), "active");
		assert_string_equal(
			stand_state(&s, KIND_warning, warning_severity, "blue"), "active");
		assert_string_equal(stand_state(&s, KIND_warning, warning_headline, "r"), "active");
		import_text(&s, MANY("Q", "Cancel", "s,P,2026-07-14T12:00:00Z", ""));
		assert_string_equal(
			stand_state(&s, KIND_warning, warning_severity, "blue"), "cancelled");
		stand_down(&s);
		stand_up(&s, TOWN, "cap");
		import_text(&s, texts[i]);
		assert_int_equal(stand_count(&s, KIND_warning), 1);
		assert_string_equal(state_of(&s, "P"), "active");
		assert_string_equal(
			stand_state(&s, KIND_warning, warning_severity, "red"), "active");
		stand_down(&s);
	}
}

/* What lies elsewhere is kept, rings for nobody, and is tied all the same. */
static void test_elsewhere(void **state)
{
	struct message far = FIRST;
	struct stand s;

	(void)state;
	far.area = FAR;
	stand_up(&s, COUNTY, "cap");
	import(&s, &far);
	assert_string_equal(state_of(&s, "A"), "active");
	assert_int_equal(asked(&s, "A").need, NEED_NONE);
	import(&s, &(struct message){
			   "C", "Cancel", "A", 30, ORANGE, "暴雨", "解除暴雨橙色预警信号", FAR});
	assert_string_equal(state_of(&s, "A"), "cancelled");
	stand_down(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_any_order),
		cmocka_unit_test(test_not_by_guess),
		cmocka_unit_test(test_spared),
		cmocka_unit_test(test_split),
		cmocka_unit_test(test_untied),
		cmocka_unit_test(test_untied_without_cause),
		cmocka_unit_test(test_versions),
		cmocka_unit_test(test_alike),
		cmocka_unit_test(test_parts),
		cmocka_unit_test(test_elsewhere),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
