/* SPDX-License-Identifier: GPL-3.0-or-later
 * The first run as a form of its own.
 */
#include "screens/setup.h"

#include <stdio.h>
#include <string.h>

#include "base/when.h"
#include "model/area.h"
#include "model/kinds.h"
#include "model/pinyin.h"
#include "store/identity.h"
#include "work/change.h"
#include "screens/display.h"

enum { S_AREA = 1, S_NAME, S_PERSON, S_POST, S_PHONE, CODE_MOST = 4 };

static const struct field fields[] = {
	{S_AREA, "area", N_("在哪里"), T_AREA, F_MUST, 0, NULL, 0, NULL},
	{S_NAME, "name", N_("站点名称"), T_TEXT, F_MUST, 0, NULL, 0, NULL},
	{S_PERSON, "person", N_("您的姓名"), T_TEXT, F_MUST, 0, NULL, 0, NULL},
	{S_POST, "post", N_("岗位"), T_TEXT, 0, 0, NULL, 0, NULL},
	{S_PHONE, "phone", N_("电话"), T_PHONE, 0, 0, NULL, 0, NULL},
	{0},
};

/* The place names the station until somebody finds a better name. */
static void name_it(void *to, struct form *form)
{
	struct bytes name;
	struct buf text = {0};
	uint64_t area;
	const char *why;

	(void)to;
	if (!*form_text(form, S_AREA) || *form_text(form, S_NAME) ||
		!area_parse(form_text(form, S_AREA), &area, &why) || !area_name(area, &name))
		return;
	buf_put(&text, name.at, name.len);
	form_set(form, S_NAME, buf_cstr(&text));
	buf_release(&text);
}

void setup_start(struct setup *setup)
{
	struct form_ways ways = {.values = {.now = when_now(), .labels = true, .strict = true},
		.kept = name_it,
		.to = setup};

	form_start_fields(&setup->form, fields, &ways);
	setup->form.save = _("建站");
}

void setup_release(struct setup *setup)
{
	form_release(&setup->form);
}

void setup_code(const char *name, char code[12])
{
	struct buf letters = {0};
	size_t n = 0;

	pinyin_code(name, CODE_MOST, &letters);
	for (size_t at = 0; at < letters.len && n < CODE_MOST; at++) {
		if (letters.at[at] >= 'A' && letters.at[at] <= 'Z')
			code[n++] = (char)letters.at[at];
	}
	snprintf(code + n, 12 - n, "%s", n ? "" : "Z");
	buf_release(&letters);
}

static enum rc add_user(struct setup *setup, struct store *store, const char *login,
	struct user *user, struct fault *fault)
{
	const char *name = form_text(&setup->form, S_PERSON), *why = "";
	struct actor station = {.store = store};
	struct change change;
	struct ref ref = {0, 0};

	change_new(&change, &station, kind_of(KIND_person), ref);
	bool good = change_set(&change, "name", name, &why) &&
		    change_set(&change, "post", form_text(&setup->form, S_POST), &why) &&
		    change_set(&change, "phone", form_text(&setup->form, S_PHONE), &why) &&
		    change_set(&change, "login", *login ? login : name, &why);
	enum rc rc =
		good ? change_commit(&change, &ref, fault) : fault_set(fault, RC_BAD, "%s", why);
	change_release(&change);
	if (!rc && !store_user_who(store, store_station(store)->site, ref.seq, user))
		rc = fault_set(fault, RC_IO, _("刚登记的人员读不出来，请退出重进"));
	return rc;
}

enum rc setup_make(struct setup *setup, const char *home, const char *login, struct store **out,
	struct user *user, struct fault *fault)
{
	struct station station = {0};
	const char *why;

	if (!form_check(&setup->form))
		return fault_set(fault, RC_BAD, "%s", setup->form.why);
	if (!area_parse(form_text(&setup->form, S_AREA), &station.area, &why))
		return fault_set(fault, RC_BAD, "%s", why);
	const char *name = form_text(&setup->form, S_NAME);
	if (strlen(name) > LIMIT_NAME)
		return fault_set(fault, RC_BAD, _("站点名称太长，最多 %d 个字"), LIMIT_NAME / 3);
	snprintf(station.name, sizeof(station.name), "%s", name);
	station.level = area_level(station.area);
	setup_code(station.name, station.code);
	enum rc rc = store_init(out, home, &station, NULL, 0, fault);
	return rc ? rc : add_user(setup, *out, login, user, fault);
}
