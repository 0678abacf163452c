/* SPDX-License-Identifier: GPL-3.0-or-later
 * `outpost import cap`: alerts of a file become warnings, part by part, in the order in which they
 * were sent.
 */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "format/cap_areas.h"
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

static void part_of(const struct intake_cap *cap, struct part *part)
{
	uint64_t station = store_area(cap->in->actor.store);

	part->area = cap_areas(part->warning.info, station, &part->areas);
	part->reach = area_reach(buf_bytes(&part->areas), station);
}

/* Those that concern this station; of an alert that does not, the first. */
static void choose(struct intake_cap *cap, struct alert *alert)
{
	unsigned kept = 0;

	for (unsigned n = 0; n < alert->count; n++) {
		part_of(cap, &alert->parts[n]);
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

/* False: it cannot be used, and that is said. */
static bool read_alert(
	struct intake *in, struct arena *arena, const char *language, struct alert *alert)
{
	const struct cap_info *parts[CAP_INFOS] = {NULL};
	const char *id = alert->read->text[CAP_IDENTIFIER];
	struct cap_note bad = {.field = ""};
	unsigned count = cap_parts(alert->read, language, parts);

	alert->count = count ? count : 1;
	alert->parts = arena_get(arena, alert->count * sizeof(*alert->parts));
	for (unsigned n = 0; n < alert->count; n++)
		if (!cap_warning(alert->read, parts[n], n, arena, &alert->parts[n].warning, &bad)) {
			intake_bad(in, alert->read->line, "%s: %s: %s", id && *id ? id : "?",
				bad.field, bad.why);
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

enum rc cap_import(struct intake *in, struct bytes text, const char *language, struct fault *fault)
{
	struct intake_cap cap = {.in = in};
	struct cap_file file;
	struct alert *all;
	unsigned count = 0, seen = 0;
	enum rc rc = cap_read(text, &file, fault);

	if (rc == RC_OK)
		rc = book_of(in, fault);
	if (rc != RC_OK) {
		cap_release(&file);
		return rc;
	}
	cap.book = in->book;
	if (file.lost.count)
		intake_note(in, file.lost.line, _("从这一行起有 %u 个字节不是文字，各用 � 代替"),
			file.lost.count);
	all = arena_get(&file.arena, (file.count + 1) * sizeof(*all));
	for (const struct cap_alert *a = file.alerts; a; a = a->next, seen++) {
		all[count] = (struct alert){.read = a, .place = seen};
		count += read_alert(in, &file.arena, language, &all[count]);
	}
	qsort(all, count, sizeof(*all), by_sent);
	for (unsigned i = 0; i < count && rc == RC_OK; i++)
		rc = store_alert(&cap, &all[i], fault);
	if (cap.elsewhere)
		intake_note(in, 0, _("%u 条只涉及别处：已保存，本站不需签收"), cap.elsewhere);
	if (rc == RC_OK && seen && !count)
		in->bad_files++;
	else if (rc == RC_OK)
		in->good_files++;
	cap_release(&file);
	return rc;
}
