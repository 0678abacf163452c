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

enum { WORDS = 16, WORD = 200 };

static int gone(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	(void)st;
	(void)type;
	(void)ftw;
	return remove(path);
}

void desk_open(struct desk *desk)
{
	struct station station = {
		.area = 410882103205, .level = LEVEL_VILLAGE, .name = "王庄村", .code = "WZ"};
	struct fault fault = {0};
	struct keys keys;
	memset(desk, 0, sizeof *desk);
	crypt_start();
	assert_true(when_start("2026-07-14T18:00:00+08:00"));
	snprintf(desk->home, sizeof desk->home, "/tmp/outpost-app-XXXXXX");
	assert_non_null(mkdtemp(desk->home));
	rmdir(desk->home);
	keys_from_seed(&keys, "app");
	if (store_init(&desk->app.store, desk->home, &station, &keys, STORE_FAST, &fault))
		fail_msg("%s", fault.text);
	snprintf(desk->app.home, sizeof desk->app.home, "%s", desk->home);
	desk_add(desk, "person", "name=张三", "login=zhang", "post=网格员", NULL);
	assert_true(store_user(desk->app.store, "张三", &desk->app.user));
}

void desk_close(struct desk *desk)
{
	app_close(&desk->app);
	nftw(desk->home, gone, 8, FTW_DEPTH | FTW_PHYS);
}

struct ref desk_add(struct desk *desk, const char *kind, ...)
{
	static char text[WORDS][WORD];
	char *words_given[WORDS];
	struct buf body = {0};
	struct fault fault = {0};
	struct op op = {.kind = kind_named(kind)->id,
		.who = desk->app.user.who,
		.area = store_station(desk->app.store)->area};
	int count = 0;
	va_list args;
	va_start(args, kind);
	for (const char *word; (word = va_arg(args, const char *)) && count < WORDS; count++) {
		snprintf(text[count], WORD, "%s", word);
		words_given[count] = text[count];
	}
	va_end(args);
	if (fields_parse(desk->app.store, kind_named(kind), NULL, count, words_given, true, &op,
		    &body, &fault) ||
		store_write(desk->app.store, &op, &fault))
		fail_msg("%s", fault.text);
	buf_release(&body);
	return (struct ref){op.rec_site, op.rec_seq};
}
