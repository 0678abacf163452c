/* SPDX-License-Identifier: GPL-3.0-or-later
 * The county's data at start: a bad file names file, line and rule, and the last good one is used.
 */
#include "app/config.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "model/area.h"
#include "model/codes.h"
#include "model/rules.h"

static struct app app;
static char root[64];

static void put(const char *folder, const char *name, const char *text)
{
	char path[700];
	snprintf(path, sizeof path, "%s/%s", folder, name);
	assert_int_equal(file_write(path, bytes_text(text), 0600, NULL), RC_OK);
}

/* What was complained of; empty when all is well. Borrowed until the next call. */
static const char *complaints(void)
{
	static struct buf said;
	buf_clear(&said);
	enum rc rc = config_load(&app, &said);
	assert_int_equal(rc == RC_OK, said.len == 0);
	return buf_cstr(&said);
}

static int start(void **state)
{
	(void)state;
	snprintf(root, sizeof root, "/tmp/outpost-config-XXXXXX");
	if (!mkdtemp(root))
		return -1;
	snprintf(app.home, sizeof app.home, "%s/home", root);
	snprintf(app.config, sizeof app.config, "%s/config", root);
	if (mkdir(app.home, 0700) || mkdir(app.config, 0700))
		return -1;
	put(app.home, "station.db", "");
	return 0;
}

static int stop(void **state)
{
	char line[128];
	(void)state;
	snprintf(line, sizeof line, "%s", root);
	char remove[] = "rm", all[] = "-rf", *words_on[] = {remove, all, line, NULL};
	if (fork() == 0)
		execvp(words_on[0], words_on);
	return 0;
}

static void without_files_the_shipped_ones(void **state)
{
	struct bytes name;
	(void)state;
	assert_string_equal(complaints(), "");
	assert_string_equal(code_text("severity", "red"), "红");
	assert_true(area_name(410882103000, &name));
	assert_true(bytes_equal(name, bytes_text("柏香镇")));
}

static void the_last_good_one_is_used(void **state)
{
	(void)state;
	put(app.config, "codes.tsv", "indoor\tbag\t袋\n");
	assert_string_equal(complaints(), "");
	assert_string_equal(code_text("indoor", "bag"), "袋");
	put(app.config, "codes.tsv", "indoor\tbag\t口袋\nindoor\tbad code\t坏\n");
	const char *said = complaints();
	assert_non_null(strstr(said, "config/codes.tsv:2: "));
	assert_string_equal(code_text("indoor", "bag"), "袋");
	put(app.config, "codes.tsv", "indoor\tbag\t口袋\n");
	assert_string_equal(complaints(), "");
	assert_string_equal(code_text("indoor", "bag"), "口袋");
}

static void rules_and_roles(void **state)
{
	(void)state;
	put(app.config, "rules.conf", "limit expiring.days 7\n");
	put(app.config, "roles.conf", "may R02 hazards add\n");
	const char *said = complaints();
	assert_non_null(strstr(said, "config/roles.conf:1: "));
	assert_null(strstr(said, "rules.conf"));
	assert_int_equal(rules_limit("expiring.days", 0), 7);
}

static void areas(void **state)
{
	char folder[600];
	struct bytes name;
	(void)state;
	put(app.config, "roles.conf", "");
	put(app.config, "areas.tsv", "990000000000\t甲省\n980000000000\t乙省\n");
	assert_non_null(strstr(complaints(), "config/areas.tsv:2: "));
	assert_true(area_name(410882103000, &name));
	put(app.config, "areas.tsv", "980000000000\t乙省\n");
	assert_string_equal(complaints(), "");
	assert_true(area_name(980000000000, &name));
	assert_false(area_name(410882103000, &name));
	snprintf(folder, sizeof folder, "%s/areas", app.home);
	assert_int_equal(mkdir(folder, 0700), 0);
	put(folder, "a.tsv", "410882103000\t甲镇\n");
	assert_string_equal(complaints(), "");
	assert_true(area_name(410882103000, &name));
	assert_true(bytes_equal(name, bytes_text("甲镇")));
}

static void longer_files(void **state)
{
	char folder[600];
	struct buf text = {0};
	(void)state;
	assert_int_equal(config_file(&app, "cards/fire.txt", &text, NULL), RC_OK);
	assert_non_null(strstr(buf_cstr(&text), "119"));
	snprintf(folder, sizeof folder, "%s/cards", app.config);
	assert_int_equal(mkdir(folder, 0700), 0);
	put(folder, "fire.txt", "own");
	buf_clear(&text);
	assert_int_equal(config_file(&app, "cards/fire.txt", &text, NULL), RC_OK);
	assert_string_equal(buf_cstr(&text), "own");
	assert_int_equal(config_file(&app, "cards/none.txt", &text, NULL), RC_NONE);
	buf_release(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(without_files_the_shipped_ones),
		cmocka_unit_test(the_last_good_one_is_used),
		cmocka_unit_test(rules_and_roles),
		cmocka_unit_test(areas),
		cmocka_unit_test(longer_files),
	};
	return cmocka_run_group_tests(tests, start, stop);
}
