/* SPDX-License-Identifier: GPL-3.0-or-later
 * profile: what a place has to have by the rules, what of it there is, its colour of risk; and the
 * places below.
 */
#include "app/cmd.h"
#include "app/out.h"
#include "model/area.h"
#include "screens/profile_page.h"

static void key_area(struct json_out *out, uint64_t area)
{
	char code[16];

	area_show(area, code);
	json_key_text(out, "area", code);
}

static void put_haves(struct json_out *out, const struct haves *haves)
{
	key_area(out, haves->area);
	json_key_text(out, "risk", haves->colour ? haves->colour->name : NULL);
	json_key_num(out, "count", haves->count);
	json_key_num(out, "met", haves->met);
	json_key(out, "has");
	json_open(out, '[');
	for (unsigned n = 0; n < haves->count; n++) {
		const struct have *have = &haves->rows[n];

		json_open(out, '{');
		json_key_text(out, "what", rule_text(have->rule));
		json_key_text(out, "kind", kind_of(have->rule->kind)->name);
		json_key_num(out, "wanted", have->wanted);
		json_key_num(out, "found", have->found);
		json_key_bool(out, "met", have->met);
		json_close(out, '}');
	}
	json_close(out, ']');
}

static void put_json(const struct profile_page *page, struct buf *text)
{
	struct json_out out;

	json_begin(&out, text);
	json_open(&out, '{');
	put_haves(&out, &page->own);
	json_key(&out, "places");
	json_open(&out, '[');
	for (unsigned n = 0; n < page->below.count; n++) {
		json_line(&out);
		json_open(&out, '{');
		put_haves(&out, &page->below.places[n]);
		json_close(&out, '}');
	}
	json_close(&out, ']');
	json_close(&out, '}');
	buf_byte(text, '\n');
}

static void put_page(const struct profile_page *page, struct buf *text)
{
	area_title(page->area, text);
	buf_byte(text, ' ');
	profile_sum(&page->own, text);
	buf_byte(text, '\n');
	for (unsigned n = 0; n < page->own.count; n++) {
		profile_have(&page->own.rows[n], text);
		buf_byte(text, '\n');
	}
	for (unsigned n = 0; n < page->below.count; n++) {
		profile_place(&page->below.places[n], text);
		buf_byte(text, '\n');
	}
}

int cmd_profile(struct app *app, int argc, char **argv)
{
	struct profile_page page = {0};
	struct arena arena = {0};
	struct buf text = {0};
	struct fault fault = {0};
	const char *why = "";

	app->json |= arg_flag(&argc, argv, "json");
	int code = app_args(app, &argc, argv, 0, 1);
	if (code || (code = app_store(app, STORE_READ)))
		return code;
	if (argc > 1 && !area_parse(argv[1], &page.area, &why)) {
		fault_set(&fault, RC_BAD, "%s", why);
		return app_fail(&fault);
	}
	const struct actor actor = {app->store, &app->user, NULL};
	enum rc rc = profile_page_load(&page, &actor, &arena, &fault);
	if (!rc) {
		(app->json ? put_json : put_page)(&page, &text);
		out_buf(&text);
	}
	profile_page_release(&page);
	arena_release(&arena);
	buf_release(&text);
	return rc ? app_fail(&fault) : EXIT_DONE;
}
