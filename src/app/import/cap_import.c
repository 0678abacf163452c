/* SPDX-License-Identifier: GPL-3.0-or-later
 * `outpost import cap`: alerts of a file become warnings, part by part, in the order in which they
 * were sent.
 */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "store/station.h"

#include "cap_inside.h"

static int by_sent(const void *a, const void *b)
{
	const struct alert *x = a, *y = b;
	int64_t one = x->parts[0].warning.sent, other = y->parts[0].warning.sent;

	if (one != other)
		return one < other ? -1 : 1;
	return x->place < y->place ? -1 : x->place > y->place;
}

/* ---- villages by what lies in them */

struct points {
	struct intake_cap *cap;
	unsigned lat, lon; /* tags of the kind that is read */
};

static bool keep_village(const struct row *row, void *to)
{
	struct points *points = to;
	struct intake_cap *cap = points->cap;
	const struct value *lat = row_value(row, points->lat), *lon = row_value(row, points->lon);
	size_t *count = &cap->villages.count;

	if (!lat || !lon || area_level(row->area) != LEVEL_VILLAGE ||
		!area_within(row->area, store_area(cap->in->actor.store)))
		return true;
	cap->village = array_more(cap->village, *count, &cap->room, sizeof(*cap->village));
	cap->village[(*count)++] = (struct village){row->area, lat->num, lon->num};
	return true;
}

/* Every kind with a place has the fields lon and lat. */
static enum rc villages_read(struct intake_cap *cap, struct fault *fault)
{
	enum rc rc = RC_OK;

	for (unsigned i = 0; i < kinds_count && !rc; i++) {
		const struct field *lat = field_named(&kinds[i], "lat");
		const struct field *lon = field_named(&kinds[i], "lon");
		struct query query = query_all(kinds[i].id);
		struct points points = {cap, lat ? lat->tag : 0, lon ? lon->tag : 0};

		if (lat && lon)
			rc = store_each(cap->in->actor.store, &query, keep_village, &points, fault);
	}
	return rc;
}

static int by_area(const void *a, const void *b)
{
	const struct village *x = a, *y = b;

	return (x->area > y->area) - (x->area < y->area);
}

static bool has_village(const struct intake_cap *cap, uint64_t area)
{
	struct village wanted = {.area = area};

	return bsearch(&wanted, cap->village, cap->villages.count, sizeof(wanted), by_area);
}

/* Of a village and a township it can be told whether all are there. */
static bool is_complete(const struct intake_cap *cap)
{
	uint64_t own = store_area(cap->in->actor.store), area = 0;
	struct bytes name;
	bool all = area_level(own) <= LEVEL_TOWNSHIP, any = false;

	if (area_level(own) == LEVEL_VILLAGE)
		return has_village(cap, own);
	while (all && area_each(own, &area, &name)) {
		all = has_village(cap, area);
		any = true;
	}
	return all && any;
}

/* Read when the first alert wants them. What cannot be read is not known, and so the warning asks
 * everybody. */
static const struct cap_villages *villages_of(struct intake_cap *cap, const struct cap_info *info)
{
	struct fault fault;
	bool wanted = false;

	for (const struct cap_area *a = info ? info->areas : NULL; a; a = a->next)
		wanted |= a->shapes != NULL;
	if (!wanted || cap->villages.at)
		return wanted ? &cap->villages : NULL;
	if (villages_read(cap, &fault) != RC_OK || !cap->villages.count)
		return NULL;
	qsort(cap->village, cap->villages.count, sizeof(*cap->village), by_area);
	cap->villages.at = cap->village;
	cap->villages.complete = is_complete(cap);
	return &cap->villages;
}

static void part_of(struct intake_cap *cap, const struct alert *alert, struct part *part)
{
	const struct cap_info *info = part->warning.info;
	uint64_t station = store_area(cap->in->actor.store);
	unsigned unmatched;

	part->area = cap_areas(info, station, villages_of(cap, info), &part->areas, &unmatched);
	if (unmatched)
		intake_note(cap->in, alert->read->line,
			_("%s: 有 %u 个多边形或圆没有与村庄的坐标对上，按名称办理"),
			part->warning.identifier, unmatched);
	part->reach = area_reach(buf_bytes(&part->areas), station);
}

/* Those that concern this station; of an alert that does not, the first. */
static void choose(struct intake_cap *cap, struct alert *alert)
{
	unsigned kept = 0;

	for (unsigned n = 0; n < alert->count; n++) {
		part_of(cap, alert, &alert->parts[n]);
		if (alert->parts[n].reach == AREA_ELSEWHERE)
			continue;
		struct part moved = alert->parts[kept];

		alert->parts[kept++] = alert->parts[n];
		if (kept - 1 != n)
			alert->parts[n] = moved;
	}
	if (kept && kept < alert->count)
		intake_note(cap->in, alert->read->line, _("%s: 有 %u 段只涉及别处，没有保存"),
			alert->read->text[CAP_IDENTIFIER], alert->count - kept);
	cap->elsewhere += !kept;
	alert->count = kept ? kept : 1;
}

/* RC_OK also when it was refused: that is counted and said. */
static enum rc store_alert(struct intake_cap *cap, struct alert *alert, struct fault *fault)
{
	unsigned all = alert->count;
	enum rc rc = RC_OK;

	choose(cap, alert);
	for (unsigned n = 0; n < alert->count && rc == RC_OK; n++)
		rc = cap_store(cap, alert, &alert->parts[n], fault);
	if (rc == RC_OK)
		rc = cap_tie(cap, alert, fault);
	for (unsigned n = 0; n < all; n++)
		buf_release(&alert->parts[n].areas);
	return rc;
}

static void refused(struct intake *in, const struct cap_alert *alert, const struct cap_note *bad)
{
	const char *id = alert->text[CAP_IDENTIFIER], *refers = alert->text[CAP_REFERENCES];

	id = id && *id ? id : "?";
	if (cap_only_links(alert))
		intake_bad(in, alert->line,
			_("%s: 只有链接 %s：用 outpost import cap 加信息源的网址导入，会去取"), id,
			alert->link);
	else if (!bad->no_warning)
		intake_bad(in, alert->line, "%s: %s: %s", id, bad->field, bad->why);
	else
		intake_note(in, alert->line, "%s: %s %s: %s %s", id, bad->field,
			alert->text[strcmp(bad->field, "status") ? CAP_MSGTYPE : CAP_STATUS],
			bad->why, refers ? refers : "");
}

/* False: it cannot be used, and that is said. *SILENT counts those that are no warnings. */
static bool read_alert(struct intake *in, struct arena *arena, const char *language,
	struct alert *alert, unsigned *silent)
{
	const struct cap_info *parts[CAP_INFOS] = {NULL};
	struct cap_note bad = {.field = ""};
	unsigned count = cap_parts(alert->read, language, parts);

	alert->count = count ? count : 1;
	alert->parts = arena_get(arena, alert->count * sizeof(*alert->parts));
	for (unsigned n = 0; n < alert->count; n++)
		if (!cap_warning(alert->read, parts[n], n, arena, &alert->parts[n].warning, &bad)) {
			refused(in, alert->read, &bad);
			*silent += bad.no_warning;
			return false;
		}
	return true;
}

static enum rc book_of(struct intake *in, struct fault *fault)
{
	if (in->book)
		return RC_OK;
	in->book = memory_get(1, sizeof(*in->book));
	return cap_book_read(in->book, in->actor.store, fault);
}

/* What of a file as a whole was not as it should be. */
static void say_file(struct intake *in, const struct cap_file *file)
{
	if (file->lost.count)
		intake_note(in, file->lost.line, _("从这一行起有 %u 个字节不是文字，各用 � 代替"),
			file->lost.count);
	if (file->broken)
		intake_bad(in, 0, _("%s：前面完整的 %u 条已读取，请重新获取"), file->broken,
			file->count);
	if (file->mended)
		intake_note(in, 0, _("有 %u 个 & 不合 XML 规则，按文字读"), file->mended);
}

enum rc cap_import(struct intake *in, struct bytes text, const char *language, struct fault *fault)
{
	struct intake_cap cap = {.in = in};
	struct cap_file file;
	struct alert *all;
	unsigned count = 0, seen = 0, silent = 0;
	enum rc rc = cap_read(text, &file, fault);

	if (rc == RC_OK)
		rc = book_of(in, fault);
	if (rc != RC_OK) {
		cap_release(&file);
		return rc;
	}
	cap.book = in->book;
	cap.before = in->book->all;
	say_file(in, &file);
	all = arena_get(&file.arena, (file.count + 1) * sizeof(*all));
	for (const struct cap_alert *a = file.alerts; a; a = a->next, seen++) {
		if (in->fetched && cap_only_links(a)) {
			silent++;
			continue;
		}
		all[count] = (struct alert){.read = a, .place = seen};
		count += read_alert(in, &file.arena, language, &all[count], &silent);
	}
	qsort(all, count, sizeof(*all), by_sent);
	for (unsigned i = 0; i < count && rc == RC_OK; i++)
		rc = store_alert(&cap, &all[i], fault);
	if (cap.elsewhere)
		intake_note(in, 0, _("%u 条只涉及别处：已保存，本站不需签收"), cap.elsewhere);
	if (rc == RC_OK && seen && !count && !silent)
		in->bad_files++;
	else if (rc == RC_OK)
		in->good_files++;
	free(cap.village);
	cap_release(&file);
	return rc;
}
