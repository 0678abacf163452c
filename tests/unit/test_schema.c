/* SPDX-License-Identifier: GPL-3.0-or-later
 * The table of kinds: it is sound, and what the outside relies on is in it.
 */
#include "base/buf.h"
#include "model/kinds.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <cmocka.h>

static void table_is_sound(void **state)
{
	char why[200] = "";

	(void)state;
	if (!schema_check(why))
		fail_msg("%s", why);
	assert_true(kinds_count >= 28);
}

static void groups_are_covered(void **state)
{
	(void)state;
	for (const char *g = "ABCDEFGHIJL"; *g; g++) {
		unsigned n = 0;
		for (unsigned i = 0; i < kinds_count; i++)
			n += kinds[i].group[0] == *g;
		if (!n)
			fail_msg("no kind of group %c", *g);
	}
}

/* Names that scripts and other systems use: docs of the commands. */
static void outside_names_stay(void **state)
{
	static const char *const names[] = {
		"hazard category grade risk place text found_at source owner owner_due regulator "
		"regulator_due",
		"warning event severity status msgtype identifier refers issuer sent onset expires "
		"headline text action areas",
		"receipt warning post person method result text",
		"report event stage serial time affected dead missing injured moved resettled "
		"need_help houses_collapsed "
		"houses_damaged crop_ha loss_wan needs text",
		"supply name spec quantity unit store keeper phone checked expires condition",
		"shelter name place capacity m2 indoor facilities keeper phone use text",
		"team name type members leader phone skills base",
		"contact name duty org phone phone2 group",
		"plan code title event level version text",
		"card code title event level version text",
		"drill title type plan scenario held_at minutes people organiser leader process "
		"problems improve score "
		"exercise",
		"task text to due answer",
		"point name type risk place households people keeper phone route shelter", "duty",
		"patrol", "move", "enterprise", "training"};

	(void)state;
	for (unsigned i = 0; i < countof(names); i++) {
		char line[400], *word, *rest = line;
		const struct kind *kind;
		strncpy(line, names[i], sizeof line - 1);
		line[sizeof line - 1] = 0;
		word = strsep(&rest, " ");
		kind = kind_named(word);
		assert_non_null(kind);
		while ((word = strsep(&rest, " ")))
			if (!field_named(kind, word))
				fail_msg("%s has no field %s", kind->name, word);
	}
}

static const struct field *arg_named(const struct kind *kind, const char *verb, const char *name)
{
	const struct field *field;

	for (unsigned n = 0; (field = step_arg(kind, step_named(kind, verb), n, NULL)); n++)
		if (!strcmp(field->name, name))
			return field;
	return NULL;
}

static void steps_stay(void **state)
{
	static const char *const verbs[] = {"assign", "accept", "rectify", "recheck", "close",
		"reopen", "extend", "urge", "escalate", "withdraw"};
	const struct kind *hazard = kind_of(KIND_hazard);

	(void)state;
	for (unsigned i = 0; i < countof(verbs); i++)
		assert_non_null(step_named(hazard, verbs[i]));
	assert_string_equal(arg_named(hazard, "extend", "until")->name, "until");
	assert_non_null(arg_named(hazard, "assign", "owner_due"));
	assert_null(arg_named(hazard, "close", "owner"));
	/* Signing takes the fields of the receipt that it writes. */
	const struct kind *warning = kind_of(KIND_warning);
	assert_non_null(arg_named(warning, "sign", "method"));
}

static void lookups(void **state)
{
	const struct kind *hazard = kind_named("hazard");

	(void)state;
	assert_ptr_equal(hazard, kind_of(KIND_hazard));
	assert_null(kind_of(9999));
	assert_null(kind_named("hazards"));
	assert_string_equal(field_of(hazard, hazard_place)->name, "place");
	assert_null(field_of(hazard, 199));
	assert_string_equal(field_of(hazard, ARG_UNTIL)->name, "until");
	assert_int_equal(field_place(hazard, hazard_category), 0);
	assert_int_equal(field_place(hazard, 150), -1);
	assert_int_equal(state_named(hazard, "closed"), hazard_is_closed);
	assert_int_equal(state_named(hazard, "shut"), -1);
	assert_int_equal(state_count(hazard), hazard_states);
}

static void first_report_is_an_alarm(void **state)
{
	struct buf body = {0};
	struct value stage = value_text("first");

	(void)state;
	assert_int_equal(lane_of(kind_of(KIND_report), 0, buf_bytes(&body)), LANE_REPORT);
	put_field(&body, report_stage, &stage);
	assert_int_equal(lane_of(kind_of(KIND_report), 0, buf_bytes(&body)), LANE_ALARM);
	assert_int_equal(
		lane_of(kind_of(KIND_report), report_do_check, buf_bytes(&body)), LANE_REPORT);
	assert_int_equal(lane_of(kind_of(KIND_hazard), 0, buf_bytes(&body)), LANE_LOOP);
	buf_release(&body);
}

/* English has room for its words; the table's own numbers hold for Chinese. */
static void columns_fit_the_language(void **state)
{
	const struct field *grade = field_of(kind_of(KIND_hazard), hazard_grade);
	const struct field *text = field_of(kind_of(KIND_hazard), hazard_text);
	const struct field *amount = field_of(kind_of(KIND_supply), supply_quantity);

	(void)state;
	words_start("zh", "/nonexistent", false);
	assert_int_equal(field_columns(grade), grade->width);
	words_start("en", "/nonexistent", false);
	assert_true(grade->width < 8);
	assert_int_equal(field_columns(grade), 8);
	assert_int_equal(field_columns(amount), amount->width);
	assert_int_equal(field_columns(text), 0);
	words_start("zh", "/nonexistent", false);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(columns_fit_the_language),
		cmocka_unit_test(table_is_sound),
		cmocka_unit_test(groups_are_covered),
		cmocka_unit_test(outside_names_stay),
		cmocka_unit_test(steps_stay),
		cmocka_unit_test(lookups),
		cmocka_unit_test(first_report_is_an_alarm),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
