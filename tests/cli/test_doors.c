/* SPDX-License-Identifier: GPL-3.0-or-later
 * The same input through all doors gives the same facts: every kind, field and step of the table,
 * by words, by JSON, from files of JSON and CSV, by the form and in line mode. Each door finds the
 * store as it was: what it wrote is undone before the next one opens.
 */
#include "doors.h"

#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "app/options.h"
#include "base/when.h"
#include "model/codes.h"
#include "model/kinds.h"
#include "model/rules.h"
#include "store/identity.h"
#include "store/log.h"

#define NOW "2026-07-14T18:00:00+08:00"

enum { KINDS = 512 };

/* What a door wrote: the facts' own bytes, without their place in time. */
struct output {
	unsigned count;
	struct buf facts;
};

static char home[64];
static struct ref others[KINDS]; /* by kind: a record that fields can name */

/* ---- what the table takes */

static bool has_label_twice(const struct kind *kind, const struct field *field)
{
	for (const struct field *f = kind->fields; f->tag; f++)
		if (f != field &&
			(!strcmp(f->label, field->label) || !strcmp(f->name, field->label)))
			return true;
	return false;
}

static const char *a_code(const char *table, unsigned n)
{
	const struct code *code = NULL;

	for (unsigned i = 0; i <= n; i++) {
		const struct code *next = code_each(table, NULL, code);
		if (!next)
			break;
		code = next;
	}
	assert_non_null(code);
	return code->code;
}

/* A value that FIELD takes, as people type it; VARIANT 1 is another one. */
static void typed_value(const struct field *field, unsigned variant, char text[DOORS_TEXT])
{
	struct ref other = field->target < KINDS ? others[field->target] : (struct ref){0, 0};

	switch (field->type) {
	case T_TEXT:
		if (!strcmp(field->name, "table")) { /* of codes: one that is there */
			snprintf(text, DOORS_TEXT, "unit");
			break;
		}
		snprintf(text, DOORS_TEXT, "%s 甲%u，“x”", field->name, variant);
		break;
	case T_LONG:
		snprintf(text, DOORS_TEXT, "第一行%u\n第二行, \"好\"", variant);
		break;
	case T_NUM:
		snprintf(text, DOORS_TEXT, "%u", 3 + variant);
		break;
	case T_DEC:
		snprintf(text, DOORS_TEXT, "%u.25", 3 + variant);
		break;
	case T_LON:
		snprintf(text, DOORS_TEXT, "112.95000%u", variant + 1);
		break;
	case T_LAT:
		snprintf(text, DOORS_TEXT, "35.10000%u", variant + 1);
		break;
	case T_BOOL:
		snprintf(text, DOORS_TEXT, "%s", variant ? "否" : "是");
		break;
	case T_CODE:
		snprintf(text, DOORS_TEXT, "%s", a_code(field->codes, variant));
		break;
	case T_CODES:
		snprintf(text, DOORS_TEXT, "%s,%s", a_code(field->codes, 0),
			a_code(field->codes, 1 + variant));
		break;
	case T_DATE:
		snprintf(text, DOORS_TEXT, "2026-08-0%u", variant + 1);
		break;
	case T_TIME:
		snprintf(text, DOORS_TEXT, "2026-07-14 06:3%u", variant);
		break;
	case T_PHONE:
		snprintf(text, DOORS_TEXT, "139 1234 567%u", variant);
		break;
	case T_REF:
		if (other.seq)
			store_number(doors_app.store, other, text);
		else
			snprintf(text, DOORS_TEXT, "还没有登记的%u", variant);
		break;
	case T_AREA: /* an old one and a new one are two */
		snprintf(text, DOORS_TEXT, "%s",
			!strcmp(field->name, "new") ? "410882103209" : DOORS_AREA);
		break;
	case T_AREAS:
		snprintf(text, DOORS_TEXT, DOORS_AREA ",410882103");
		break;
	case T_TYPES:
		fail();
	}
}

static struct pair *add(struct input *input, const struct field *field, unsigned variant)
{
	struct pair *pair = &input->pairs[input->count++];

	pair->field = field;
	pair->by_label = field->tag % 2 && !has_label_twice(input->kind, field);
	typed_value(field, variant, pair->text);
	return pair;
}

/* Fields that any door may be given. */
static bool is_open(const struct field *field)
{
	return !(field->flags & (F_FOLD | F_HERE | F_STEP | F_QUIET));
}

/* MUSTS: only what must be given and does not begin with anything. */
static struct input new_record(const struct kind *kind, bool musts)
{
	struct input input = {.kind = kind};

	for (const struct field *field = kind->fields; field->tag; field++)
		if (is_open(field) && (!musts || (field->flags & F_MUST && !field->init)))
			add(&input, field, 0);
	for (unsigned n = 0; kind->id == KIND_decision && n < input.count; n++)
		if (input.pairs[n].field->tag == decision_field)
			snprintf(input.pairs[n].text, DOORS_TEXT, "place");
	return input;
}

/* Of a record that stands beside: a table would take what is called the same for the same. */
static void rename_all(struct input *input)
{
	for (unsigned n = 0; input->kind->id != KIND_decision && n < input->count; n++)
		if (input->pairs[n].field->type == T_NUM && input->pairs[n].field->flags & F_TITLE)
			typed_value(input->pairs[n].field, 2, input->pairs[n].text);
		else if (input->pairs[n].field->type == T_TEXT &&
			 strcmp(input->pairs[n].field->name, "table") != 0)
			input->pairs[n].text[0] ^= 1;
}

/* ---- doors with a fault */

/* It takes every first letter for another one. */
static bool by_crooked_form(const struct input *input)
{
	struct input crooked = *input;

	for (unsigned n = 0; n < crooked.count; n++)
		if (crooked.pairs[n].field->type == T_TEXT)
			crooked.pairs[n].text[0] ^= 1;
	return door_form.through(&crooked);
}

/* And one that fills in what a file left out. */
static bool by_helpful_import(const struct input *input)
{
	return door_json.through(input);
}

/* ---- through a door and back */

static void take_facts(const uint32_t before[LANES], struct output *output)
{
	uint64_t site = store_station(doors_app.store)->site;
	struct arena arena = {0};
	struct fact fact;

	for (unsigned lane = 0; lane < LANES; lane++) {
		uint32_t last = log_author(store_log(doors_app.store), site, lane);

		for (uint32_t n = before[lane] + 1; n <= last; n++) {
			assert_true(log_fact(
				store_log(doors_app.store), site, n * 8 + lane, &arena, &fact));
			struct op op;
			assert_true(op_take(fact.raw, &op));
			op.stamp = op.seen = 0;
			op_put(&output->facts, &op);
			buf_byte(&output->facts, fact.sig.len > 0);
			output->count++;
		}
	}
	arena_release(&arena);
}

/* Through DOOR at NOW; again when the clock has gone on by a second meanwhile. */
static void go(const struct door *door, const struct input *input, struct output *output)
{
	uint64_t site = store_station(doors_app.store)->site;
	uint32_t before[LANES];
	struct fault fault;
	int64_t start;

	do {
		buf_clear(&output->facts);
		output->count = 0;
		assert_int_equal(store_begin(doors_app.store, &fault), RC_OK);
		for (unsigned lane = 0; lane < LANES; lane++)
			before[lane] = log_author(store_log(doors_app.store), site, lane);
		assert_true(when_start(NOW));
		start = when_now();
		if (door->through(input))
			take_facts(before, output);
		store_undo(doors_app.store);
	} while (when_now() != start);
}

/* How many of DOORS give other facts than the first; *FACTS is how many that gives. */
static unsigned differing(const struct input *input, const struct door *const *doors,
	unsigned count, unsigned *facts, bool say)
{
	struct output first = {0}, other = {0};
	unsigned wrong = 0;

	go(doors[0], input, &first);
	for (unsigned n = 1; n < count; n++) {
		go(doors[n], input, &other);
		if (other.count == first.count &&
			bytes_equal(buf_bytes(&other.facts), buf_bytes(&first.facts)))
			continue;
		wrong++;
		if (say)
			print_message("%s %s: %s and %s differ (%u and %u facts)\n",
				input->kind->name, input->step ? input->step->verb : "",
				doors[0]->name, doors[n]->name, first.count, other.count);
	}
	*facts = first.count;
	buf_release(&first.facts);
	buf_release(&other.facts);
	return wrong;
}

#define SAME(input, doors, facts)                                                                  \
	assert_int_equal(differing(input, doors, countof(doors), facts, true), 0)

/* ---- the county's station, with a record of each kind */

static struct ref made(const struct input *input)
{
	struct actor from_file = {doors_app.store, &doors_app.user, "test"};
	struct change change;
	struct fault fault = {0};
	struct ref ref = {0, 0};
	const char *why = "";

	change_new(&change, &from_file, input->kind, ref);
	for (unsigned n = 0; n < input->count; n++)
		if (!change_set(&change, input->pairs[n].field->name, input->pairs[n].text, &why))
			fail_msg("%s.%s: %s", input->kind->name, input->pairs[n].field->name, why);
	if (change_commit(&change, &ref, &fault))
		fail_msg("%s: %s", input->kind->name, fault.text);
	change_release(&change);
	return ref;
}

static struct user user_named(const char *name)
{
	struct actor station = {.store = doors_app.store};
	struct change change;
	struct fault fault;
	struct user user;
	struct ref ref = {0, 0};
	const char *why;

	change_new(&change, &station, kind_of(KIND_person), ref);
	assert_true(change_set(&change, "name", name, &why));
	assert_true(change_set(&change, "login", name, &why));
	assert_true(change_set(&change, "post", "值班员", &why));
	assert_int_equal(change_commit(&change, &ref, &fault), RC_OK);
	change_release(&change);
	assert_true(store_user_who(doors_app.store, ref.site, ref.seq, &user));
	return user;
}

/* Rows that refuse made-up numbers and write other facts are for people: no file starts them. */
static void without_rows(enum rule_word word)
{
	struct buf off = {0};
	struct fault fault = {.text = ""};
	unsigned count;
	const struct rule *rules = rules_rows(word, &count);

	for (unsigned n = 0; n < count; n++)
		buf_fmt(&off, "off %s\n", rules[n].key);
	if (rules_load(rules_now(), "off.conf", buf_bytes(&off), &fault))
		fail_msg("%s", fault.text);
	buf_release(&off);
}

static int begin(void **state)
{
	struct station station = {
		.area = 410882000000, .level = LEVEL_COUNTY, .name = "沁阳市", .code = "QY"};
	struct fault fault = {0};
	struct keys keys;
	const char *why;

	(void)state;
	without_rows(RULE_CHECK);
	without_rows(RULE_THEN);
	crypt_start();
	assert_true(when_start(NOW));
	assert_true(option_set("daily_backup", "off", &why));
	snprintf(home, sizeof home, "/tmp/outpost-doors-XXXXXX");
	assert_non_null(mkdtemp(home));
	snprintf(doors_file, sizeof doors_file, "%s/input", home);
	keys_from_seed(&keys, "doors");
	if (store_init(&doors_app.store, home, &station, &keys, STORE_FAST, &fault))
		fail_msg("%s", fault.text);
	snprintf(doors_app.home, sizeof doors_app.home, "%s", home);
	doors_app.user = user_named("张三");
	for (unsigned k = 0; k < kinds_count; k++) {
		struct input input = new_record(&kinds[k], false);

		rename_all(&input);
		if (!(kinds[k].flags & K_HIDDEN) && kinds[k].id < KINDS)
			others[kinds[k].id] = made(&input);
	}
	others[0] = others[KIND_hazard];
	return 0;
}

static int gone(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	(void)st;
	(void)type;
	(void)ftw;
	return remove(path);
}

static int end(void **state)
{
	(void)state;
	app_close(&doors_app);
	nftw(home, gone, 8, FTW_DEPTH | FTW_PHYS);
	return 0;
}

/* ---- new records */

static void new_records(void **state)
{
	const struct door *const doors[] = {&door_words, &door_json, &door_import_json,
		&door_import_csv, &door_form, &door_line_mode};
	unsigned facts;

	(void)state;
	for (unsigned k = 0; k < kinds_count; k++) {
		struct input input = new_record(&kinds[k], false);

		if (kinds[k].flags & K_HIDDEN)
			continue;
		SAME(&input, doors, &facts);
		assert_int_equal(facts, kinds[k].id == KIND_decision ? 2 : 1);
	}
}

/* With who said so and when it was, which a form does not ask. */
static void what_others_saw(void **state)
{
	const struct door *const doors[] = {
		&door_words, &door_json, &door_import_json, &door_import_csv};
	unsigned facts;

	(void)state;
	for (unsigned k = 0; k < kinds_count; k++) {
		struct input input = new_record(&kinds[k], false);

		input.at = "2026-07-13T06:30:00+08:00";
		input.by = "巡查员 李四";
		if (kinds[k].flags & K_HIDDEN)
			continue;
		SAME(&input, doors, &facts);
		assert_true(facts > 0);
	}
}

/* What is left out is filled in alike by all that people type into; and by no file. */
static void what_is_left_out(void **state)
{
	const struct door *const people[] = {&door_words, &door_json, &door_form, &door_line_mode};
	const struct door *const files[] = {&door_import_json, &door_import_csv};
	const struct door *const mixed[] = {&door_import_json, &door_words};
	unsigned facts, filled = 0;

	(void)state;
	for (unsigned k = 0; k < kinds_count; k++) {
		struct input input = new_record(&kinds[k], true);

		if (kinds[k].flags & K_HIDDEN || !input.count)
			continue;
		SAME(&input, people, &facts);
		assert_true(facts > 0);
		SAME(&input, files, &facts);
		filled += facts && differing(&input, mixed, countof(mixed), &facts, false);
	}
	assert_true(filled > 10);
}

/* ---- edits */

static void edits(void **state)
{
	const struct door *const doors[] = {&door_words, &door_form, &door_line_mode};
	unsigned facts;

	(void)state;
	for (unsigned k = 0; k < kinds_count; k++) {
		struct input input = {.kind = &kinds[k]};
		bool cleared = false;

		if (kinds[k].flags & K_HIDDEN)
			continue;
		input.ref = others[kinds[k].id];
		for (const struct field *field = kinds[k].fields; field->tag; field++) {
			char was[DOORS_TEXT];

			if (!is_open(field))
				continue;
			struct pair *pair = add(&input, field, 1);
			typed_value(field, 0, was);
			if (!strcmp(was,
				    pair->text)) { /* a form writes only what is another value */
				input.count--;
				continue;
			}
			if (!cleared && !(field->flags & F_MUST)) {
				*pair->text = 0;
				cleared = true;
			}
		}
		SAME(&input, doors, &facts);
		/* A change of codes is made void, and another one is said. */
		bool is_final = kinds[k].id == KIND_areachange || kinds[k].id == KIND_codechange;
		assert_int_equal(facts, is_final ? 0 : 1);
	}
}

/* ---- steps */

static struct input step_input(const struct kind *kind, struct ref ref, const struct step *step)
{
	struct input input = {.kind = kind, .ref = ref, .step = step};
	const struct kind *made_kind = step->flags & STEP_MAKES ? kind_of(step->other) : NULL;
	const struct field *field;

	/* A record that a step makes is filled in: all of it is given, as files do not. */
	for (field = made_kind ? made_kind->fields : NULL; field && field->tag; field++)
		if (is_open(field) && !(field->flags & F_PARENT))
			add(&input, field, 0);
	for (unsigned n = 0; !made_kind && (field = step_arg(kind, step, n, NULL)); n++)
		if (!(field->flags & F_SECOND)) /* the program's own: after that person's PIN */
			add(&input, field, 0);
	return input;
}

/* Steps that lead to STATE are taken, as a file tells them; false: it is not to be reached. */
static bool lead_to(const struct kind *kind, struct ref ref, uint32_t wanted)
{
	struct user other = user_named("王五");
	struct actor from_file = {doors_app.store, &other, "test"};
	struct fault fault;

	for (unsigned turn = 0; turn < LIMIT_STATES; turn++) {
		struct arena arena = {0};
		struct record record;
		const struct step *next = NULL;

		assert_int_equal(
			store_record(doors_app.store, ref, &arena, &record, NULL, &fault), RC_OK);
		int state = record.state;
		arena_release(&arena);
		if (!kind->states[0].code || wanted & 1u << state)
			return true;
		for (const struct step *s = kind->steps; s->tag; s++)
			if (s->from & 1u << state && s->to > state &&
				(!next || wanted & 1u << s->to))
				next = s;
		if (!next || next->flags & STEP_MAKES)
			return false;
		struct input input = step_input(kind, ref, next);
		struct change change;
		const char *why;
		change_step(&change, &from_file, &record, next);
		for (unsigned n = 0; n < input.count; n++)
			assert_true(change_set(
				&change, input.pairs[n].field->name, input.pairs[n].text, &why));
		assert_int_equal(change_commit(&change, &ref, &fault), RC_OK);
		change_release(&change);
	}
	return false;
}

static void steps(void **state)
{
	const struct door *const people[] = {&door_words, &door_form, &door_line_mode};
	const struct door *const all[] = {
		&door_words, &door_form, &door_line_mode, &door_import_json};
	unsigned facts, taken = 0, count = 0;

	(void)state;
	for (unsigned k = 0; k < kinds_count; k++)
		for (const struct step *step = kinds[k].steps; step && step->tag; step++) {
			struct input begun = new_record(&kinds[k], false);
			struct ref ref = made(&begun);

			lead_to(&kinds[k], ref, step->from);
			struct input input = step_input(&kinds[k], ref, step);
			SAME(&input, people, &facts);
			if (facts)
				SAME(&input, all, &facts);
			taken += facts;
			count++;
		}
	print_message("%u of %u steps could be taken\n", taken, count);
	assert_true(count > 50 && taken * 4 > count * 3);
}

/* ---- and it would be seen */

static void a_crooked_door_is_seen(void **state)
{
	const struct door crooked = {"crooked", by_crooked_form};
	const struct door helpful = {"helpful", by_helpful_import};
	const struct door *const one[] = {&door_form, &crooked};
	const struct door *const other[] = {&door_import_json, &helpful};
	struct input input = new_record(kind_of(KIND_hazard), false);
	unsigned facts;

	(void)state;
	assert_int_equal(differing(&input, one, countof(one), &facts, false), 1);
	assert_int_equal(differing(&input, other, countof(other), &facts, false), 0);
	input = new_record(kind_of(KIND_supply), true);
	assert_int_equal(differing(&input, other, countof(other), &facts, false), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(new_records),
		cmocka_unit_test(what_others_saw),
		cmocka_unit_test(what_is_left_out),
		cmocka_unit_test(edits),
		cmocka_unit_test(steps),
		cmocka_unit_test(a_crooked_door_is_seen),
	};
	return cmocka_run_group_tests(tests, begin, end);
}
