/* SPDX-License-Identifier: GPL-3.0-or-later
 * A station in a folder of its own, for the tests of the app's parts.
 */
#include "app_help.h"

#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/when.h"
#include "store/identity.h"
#include "store/station.h"

enum { WORDS = 16, WORD = 200 };

static int gone(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	(void)st;
	(void)type;
	(void)ftw;
	return remove(path);
}

void village_open(struct village *village)
{
	struct station station = {
		.area = 410882103205, .level = LEVEL_VILLAGE, .name = "王庄村", .code = "WZ"};
	struct fault fault = {0};
	struct keys keys;
	memset(village, 0, sizeof *village);
	crypt_start();
	assert_true(when_start("2026-07-14T18:00:00+08:00"));
	snprintf(village->home, sizeof village->home, "/tmp/outpost-app-XXXXXX");
	assert_non_null(mkdtemp(village->home));
	rmdir(village->home);
	keys_from_seed(&keys, "app");
	if (store_init(&village->app.store, village->home, &station, &keys, STORE_FAST, &fault))
		fail_msg("%s", fault.text);
	snprintf(village->app.home, sizeof village->app.home, "%s", village->home);
	village_add(village, "person", "name=张三", "login=zhang", "post=网格员", NULL);
	assert_true(store_user(village->app.store, "张三", &village->app.user));
}

void village_close(struct village *village)
{
	app_close(&village->app);
	nftw(village->home, gone, 8, FTW_DEPTH | FTW_PHYS);
}

struct ref village_add(struct village *village, const char *kind, ...)
{
	static char text[WORDS][WORD];
	char *words_given[WORDS];
	struct fault fault = {0};
	struct actor actor = app_actor(&village->app);
	struct change change;
	struct ref ref = {0, 0};
	int count = 0;
	va_list args;
	va_start(args, kind);
	for (const char *word; (word = va_arg(args, const char *)) && count < WORDS; count++) {
		snprintf(text[count], WORD, "%s", word);
		words_given[count] = text[count];
	}
	va_end(args);
	change_new(&change, &actor, kind_named(kind), ref);
	enum rc rc = fields_words(&change, count, words_given, &fault);
	change_defaults(&change);
	if (rc || change_commit(&change, &ref, &fault))
		fail_msg("%s", fault.text);
	change_release(&change);
	return ref;
}
