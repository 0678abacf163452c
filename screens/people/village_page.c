/* SPDX-License-Identifier: GPL-3.0-or-later
 * The situation of a village as a text: who leads, danger zones with people, way and shelter, who
 * needs help, shelters, posts and telephones.
 */
#include "screens/village_page.h"

#include <stdio.h>

#include "base/when.h"
#include "model/area.h"
#include "model/kinds.h"
#include "screens/display.h"
#include "screens/move_page.h"
#include "work/leaving.h"

struct writing {
	struct store *store;
	struct page *page;
	struct buf text;
	const struct leaving *leaving;
	unsigned most, count; /* lines of a section */
};

static void put_line(struct writing *to, enum look look)
{
	page_add(to->page, look, &to->text);
	buf_clear(&to->text);
}

static void put_head(struct writing *to, const char *head)
{
	buf_text(&to->text, head);
	put_line(to, LOOK_TITLE);
}

/* "，电话 154…" where there is such a value. */
static void put_value(struct writing *to, const struct row *row, unsigned tag, const char *before)
{
	if (!row_value(row, tag))
		return;
	buf_text(&to->text, before);
	display_field(to->store, row, field_of(row->kind, tag), false, &to->text);
}

/* ---- people with a duty */

static bool see_person(const struct row *row, void *to)
{
	struct writing *writing = to;

	if (row_void(row) || !row_value(row, person_role))
		return true;
	put_value(writing, row, person_role, "");
	put_value(writing, row, person_post, " ");
	put_value(writing, row, person_name, " ");
	put_value(writing, row, person_phone, " ");
	put_value(writing, row, person_deputy, _(" B角"));
	put_line(writing, LOOK_PLAIN);
	return ++writing->count < writing->most;
}

/* ---- danger zones */

static const struct leaving_zone *zone_at(const struct leaving *leaving, struct ref point)
{
	for (unsigned n = 0; n < leaving->zone_count; n++)
		if (leaving->zones[n].point.site == point.site &&
			leaving->zones[n].point.seq == point.seq)
			return &leaving->zones[n];
	return NULL;
}

static void put_people(struct writing *to, const struct row *row)
{
	const struct leaving_zone *zone = zone_at(to->leaving, row->ref);

	if (zone) {
		buf_fmt(&to->text, _("，住%u户%lld人"), zone->count, (long long)zone->people);
		return;
	}
	put_value(to, row, point_households, _("，威胁户数"));
	put_value(to, row, point_people, _("，威胁人数"));
}

static bool see_point(const struct row *row, void *to)
{
	struct writing *writing = to;
	struct buf route = {0}, way = {0};
	enum look look;

	buf_fmt(&writing->text, "%s ", display_row_colour(row, &look));
	put_value(writing, row, point_name, "");
	put_value(writing, row, point_type, " ");
	put_value(writing, row, point_place, _("，在"));
	put_people(writing, row);
	put_value(writing, row, point_value_wan, _("，威胁财产(万元)"));
	put_value(writing, row, point_signal, _("，信号："));
	put_value(writing, row, point_keeper, _("，监测"));
	put_value(writing, row, point_phone, "");
	put_value(writing, row, point_leader, _("，带队"));
	put_value(writing, row, point_village_head, _("，村责任人"));
	put_value(writing, row, point_town_head, _("，乡镇责任人"));
	row_field(writing->store, row, point_route, false, &route);
	way_points(buf_cstr(&route), &way);
	if (way.len)
		buf_fmt(&writing->text, _("，走：%s"), buf_cstr(&way));
	put_value(writing, row, point_shelter, _("，去"));
	put_line(writing, LOOK_PLAIN);
	buf_release(&route);
	buf_release(&way);
	return ++writing->count < writing->most;
}

/* ---- who needs help */

static void put_weak(struct writing *to)
{
	const struct homes *homes = &to->leaving->homes;
	unsigned weak = 0;

	for (unsigned n = 0; n < homes->count; n++)
		weak += homes->list[n].weak;
	if (!weak)
		return;
	buf_fmt(&to->text, _("重点户 %u户"), weak);
	put_line(to, LOOK_TITLE);
	for (unsigned n = 0; n < homes->count; n++) {
		const struct home *home = &homes->list[n];

		if (!home->weak)
			continue;
		buf_fmt(&to->text, "%s %s", home->group, home->head);
		buf_fmt(&to->text, _(" %s%s"), home->tags, home->carry ? _("，要抬") : "");
		if (*home->phone)
			buf_fmt(&to->text, " %s", home->phone);
		if (*home->helper)
			buf_fmt(&to->text, _("，帮扶%s"), home->helper);
		struct buf plain = {0};
		display_text(buf_cstr(&to->text), &plain);
		page_add(to->page, LOOK_PLAIN, &plain);
		buf_release(&plain);
		buf_clear(&to->text);
	}
}

/* ---- shelters, goods, telephones */

static bool see_shelter(const struct row *row, void *to)
{
	struct writing *writing = to;

	if (row_void(row))
		return true;
	put_value(writing, row, shelter_name, "");
	put_value(writing, row, shelter_place, _("，在"));
	put_value(writing, row, shelter_capacity, _("，可住"));
	put_value(writing, row, shelter_facilities, _("，有"));
	put_value(writing, row, shelter_keeper, _("，管理"));
	put_value(writing, row, shelter_phone, "");
	put_value(writing, row, shelter_key, _("，钥匙"));
	put_line(writing, LOOK_PLAIN);
	return ++writing->count < writing->most;
}

static bool see_facility(const struct row *row, void *to)
{
	struct writing *writing = to;

	put_value(writing, row, facility_type, "");
	put_value(writing, row, facility_name, " ");
	put_value(writing, row, facility_place, _("，在"));
	put_value(writing, row, facility_keeper, _("，负责"));
	put_value(writing, row, facility_phone, "");
	put_line(writing, LOOK_PLAIN);
	return ++writing->count < writing->most;
}

static enum rc section(struct writing *to, const char *head, const struct query *query, row_fn *see,
	struct fault *fault)
{
	unsigned count = 0;
	enum rc rc = store_count(to->store, query, &count, fault);

	if (rc || !count)
		return rc;
	put_head(to, head);
	to->count = 0;
	return store_each(to->store, query, see, to, fault);
}

static enum rc write_all(struct writing *to, uint64_t area, struct fault *fault)
{
	static const struct {
		unsigned kind;
		const char *head;
		row_fn *see;
	} parts[] = {{KIND_person, N_("责任人"), see_person}, {KIND_point, N_("危险区"), see_point},
		{KIND_shelter, N_("安置点"), see_shelter},
		{KIND_facility, N_("岗位和设施"), see_facility}};
	enum rc rc = RC_OK;

	for (size_t n = 0; n < countof(parts) && !rc; n++) {
		struct query query = query_all(parts[n].kind);

		query.area = area;
		rc = section(to, _(parts[n].head), &query, parts[n].see, fault);
		if (parts[n].kind == KIND_point)
			put_weak(to);
	}
	return rc;
}

enum rc village_page_load(
	struct village_page *shown, const struct actor *actor, uint64_t area, struct fault *fault)
{
	enum { MOST = 200 };
	struct arena arena = {0};
	struct leaving leaving = {.area = area};
	struct writing to = {
		.store = actor->store, .page = &shown->page, .leaving = &leaving, .most = MOST};
	struct buf title = {0};
	struct world world;

	world_open(&world, actor->store, actor->user, store_now(actor->store));
	shown->page.text = true;
	shown->page.empty = _("这里还没有登记责任人、危险区、安置点");
	page_clear(&shown->page);
	enum rc rc = leaving_load(&leaving, &world, &arena, fault);
	display_place(leaving.area, &title);
	snprintf(shown->title, sizeof shown->title, "%s", buf_cstr(&title));
	if (!rc)
		rc = write_all(&to, leaving.area, fault);
	buf_release(&title);
	buf_release(&to.text);
	arena_release(&arena);
	return rc;
}
