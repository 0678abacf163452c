/* SPDX-License-Identifier: GPL-3.0-or-later
 * A person at a station, for tests of screens.
 */
#include "desk.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "app/command.h"
#include "base/text.h"
#include "base/when.h"
#include "store/identity.h"
#include "store/station.h"

enum { WORDS = 16 };

static void good(enum rc rc, const struct fault *fault)
{
	if (rc != RC_OK)
		fail_msg("%s", fault->text);
}

static void write_words(struct desk *desk, const struct user *user, const struct kind *kind,
	const struct step *step, struct ref *ref, const char *const *fields)
{
	struct actor actor = {.store = desk->store, .user = user};
	struct record record = {
		.kind = kind, .kind_id = kind->id, .site = ref->site, .seq = ref->seq};
	struct fault fault = {0};
	struct change change;
	char *all[WORDS] = {0};
	int count = 0;

	if (step)
		change_step(&change, &actor, &record, step);
	else if (ref->seq)
		change_edit(&change, &actor, kind, *ref);
	else
		change_new(&change, &actor, kind, *ref);
	change.ways.strict = false;
	while (fields && fields[count]) {
		all[count] = strdup(fields[count]);
		count++;
	}
	good(fields_words(&change, count, all, &fault), &fault);
	if (!step)
		change_defaults(&change);
	good(change_commit(&change, ref, &fault), &fault);
	for (int n = 0; n < count; n++)
		free(all[n]);
	change_release(&change);
}

void desk_open(struct desk *desk)
{
	struct station station = {
		.area = DESK_AREA, .level = LEVEL_VILLAGE, .name = "王庄村", .code = "WZ"};
	struct fault fault = {0};
	struct keys keys;

	*desk = (struct desk){.home = "/tmp/outpost-desk-XXXXXX"};
	assert_true(when_start(DESK_NOW));
	crypt_start();
	assert_non_null(mkdtemp(desk->home));
	keys_from_seed(&keys, "desk");
	good(store_init(&desk->store, desk->home, &station, &keys, STORE_FAST, &fault), &fault);
	grid_start(&desk->grid, 24, 80);
	desk->user = desk_person(desk, "张三");
}

void desk_close(struct desk *desk)
{
	char line[256];

	stack_free(desk->stack);
	grid_release(&desk->grid);
	store_close(desk->store);
	snprintf(line, sizeof(line), "rm -rf '%s'", desk->home);
	assert_int_equal(system(line), 0);
}

struct user desk_person(struct desk *desk, const char *name)
{
	const struct user nobody = {0};
	char name_is[128], login_is[128];
	struct user user;
	struct ref ref = {0, 0};

	snprintf(name_is, sizeof(name_is), "name=%s", name);
	snprintf(login_is, sizeof(login_is), "login=%s", name);
	write_words(desk, &nobody, kind_named("person"), NULL, &ref,
		(const char *const[]){name_is, login_is, "post=网格员", NULL});
	assert_true(store_user_who(desk->store, store_station(desk->store)->site, ref.seq, &user));
	return user;
}

struct ref desk_add(struct desk *desk, const char *kind, const char *const *fields)
{
	struct ref ref = {0, 0};

	write_words(desk, &desk->user, kind_named(kind), NULL, &ref, fields);
	return ref;
}

static const struct kind *kind_at(struct desk *desk, struct ref ref)
{
	struct arena arena = {0};
	struct fault fault = {0};
	struct row row;

	good(store_row(desk->store, ref, &arena, &row, &fault), &fault);
	arena_release(&arena);
	return row.kind;
}

void desk_step(struct desk *desk, const struct user *user, struct ref ref, const char *step,
	const char *const *fields)
{
	const struct kind *kind = kind_at(desk, ref);

	write_words(desk, user, kind, step_named(kind, step), &ref, fields);
}

void desk_edit(
	struct desk *desk, const struct user *user, struct ref ref, const char *const *fields)
{
	write_words(desk, user, kind_at(desk, ref), NULL, &ref, fields);
}

void desk_login(struct desk *desk, unsigned rows, unsigned columns)
{
	struct fault fault = {0};

	if (desk->stack)
		desk_hang_up(desk);
	grid_size(&desk->grid, rows, columns);
	desk->stack = stack_new(desk->store, &desk->user, screens);
	if (!stack_start(desk->stack, "home", &fault))
		fail_msg("%s", fault.text);
	stack_draw(desk->stack, &desk->grid);
}

void desk_hang_up(struct desk *desk)
{
	(void)stack_key(desk->stack, K_HANGUP);
	stack_free(desk->stack);
	desk->stack = NULL;
}

static bool press(struct desk *desk, int key)
{
	bool stays = stack_key(desk->stack, key);

	if (stays && stack_dirty(desk->stack)) {
		stack_draw(desk->stack, &desk->grid);
		stack_seen(desk->stack); /* who types so slowly has read it */
	}
	return stays;
}

/* By its name, from anywhere. */
static bool open_register(struct desk *desk, const char *kind)
{
	assert_true(press(desk, 'A'));
	desk_type(desk, _(kind_named(kind)->plural));
	return press(desk, K_ENTER);
}

bool desk_keys(struct desk *desk, const char *names)
{
	bool stays = true;

	while (*names && stays) {
		char name[32];
		size_t len = strcspn(names, " ");

		snprintf(name, sizeof(name), "%.*s", (int)len, names);
		if (name[0] == '=') {
			stays = open_register(desk, name + 1);
			names += len + strspn(names + len, " ");
			continue;
		}
		int key = strcmp(name, "space") == 0 ? ' ' : key_named(name);
		if (!key)
			fail_msg("no such key: %s", name);
		stays = press(desk, key);
		names += len + strspn(names + len, " ");
	}
	return stays;
}

void desk_type(struct desk *desk, const char *text)
{
	uint32_t cp;
	size_t len;

	for (; (len = text_next(text, strlen(text), &cp)); text += len)
		assert_true(press(desk, (int)cp));
}

void desk_reload(struct desk *desk)
{
	struct fault fault = {0};

	good(stack_load(desk->stack, &fault), &fault);
	stack_draw(desk->stack, &desk->grid);
}

const char *desk_screen(struct desk *desk)
{
	struct buf out = {0};

	grid_show(&desk->grid, &out);
	snprintf(desk->shown, sizeof(desk->shown), "%s", buf_cstr(&out));
	buf_release(&out);
	return desk->shown;
}

bool desk_sees(struct desk *desk, const char *text)
{
	if (strstr(desk_screen(desk), text))
		return true;
	print_message("not on the screen: %s\n%s\n", text, desk->shown);
	return false;
}
