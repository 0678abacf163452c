/* SPDX-License-Identifier: GPL-3.0-or-later
 * A record that a file delivers: new, or one that is here and gets what has changed, or a doubt
 * that a person settles; and what the last delivery had and this one has not.
 */
#include "app/intake/csv_inside.h"

#include <string.h>

#include "store/station.h"

/* By its source. */
static bool is_named(const struct csv_record *record)
{
	return record->name.len && !record->made;
}

static bool is_of(struct csv_in *csv, struct ref ref)
{
	struct arena arena = {0};
	struct row row;
	bool is = store_row(csv->in->actor.store, ref, &arena, &row, NULL) == RC_OK &&
		  row.kind == csv->kind;

	arena_release(&arena);
	return is;
}

/* By the source's name, a full id, or a number as it is printed. */
static bool known_by_name(struct csv_in *csv, struct csv_record *record, struct ref *ref)
{
	struct store *store = csv->in->actor.store;
	struct fault fault;

	if (record->name.len && intake_known(csv->in, buf_cstr(&record->name), ref))
		return true;
	return !record->name.len && strchr(buf_cstr(&record->number), '-') &&
	       store_resolve(store, buf_cstr(&record->number), ref, &fault) == RC_OK &&
	       is_of(csv, *ref);
}

static enum rc write_new(struct csv_in *csv, struct csv_record *record, struct fault *fault)
{
	struct ref ref;

	csv_answers(record, NULL);
	enum rc rc = intake_write(csv->in, &record->change,
		record->name.len ? buf_cstr(&record->name) : NULL, &ref, fault);

	if (rc == RC_OK && record->change.doubt)
		intake_tell(csv->in, (struct intake_place){DONE_NOTED, record->row->line, NULL},
			"%s", record->change.doubt);
	record->noted |= record->change.doubt != NULL;
	if (rc == RC_OK) {
		csv->in->added++;
		if (csv->known)
			known_claim(csv, record, ref);
		if (csv->known || is_named(record))
			rc = csv_delivered(csv, record, ref, fault);
	} else if (rc == RC_BAD || rc == RC_DENIED) {
		intake_bad(csv->in, record->row->line, "%s", fault->text);
		rc = RC_OK;
	}
	return rc;
}

/* What somebody says who is there, else what was said before. */
static enum intake_doubt settle(
	struct csv_in *csv, const struct csv_record *record, const struct csv_match *match)
{
	struct buf question = {0}, title = {0};
	struct arena arena = {0};
	struct row row;
	char number[32];
	enum intake_doubt said = csv->in->doubt;

	if (said == DOUBT_LEAVE && csv->in->ask && !csv->in->try_only && !match->line) {
		store_number(csv->in->actor.store, match->ref, number);
		if (store_row(csv->in->actor.store, match->ref, &arena, &row, NULL) == RC_OK)
			row_title(csv->in->actor.store, &row, &title);
		buf_fmt(&question, _("第 %u 行"), record->row->line);
		for (unsigned i = 0; i < csv->head.count; i++)
			if (csv->head.column[i].name && !sheet_blank(sheet_cell(record->row, i)))
				buf_fmt(&question, " %s", sheet_cell(record->row, i));
		buf_fmt(&question, _("：就是 %s \"%s\" 吗"), number, buf_cstr(&title));
		said = csv->in->ask(csv->in->to, buf_cstr(&question));
	}
	buf_release(&question);
	buf_release(&title);
	arena_release(&arena);
	return said;
}

static void say_doubt(
	struct csv_in *csv, const struct csv_record *record, const struct csv_match *match)
{
	const struct intake_place place = {DONE_DOUBTFUL, record->row->line, NULL};
	struct arena arena = {0};
	struct buf title = {0};
	struct row row;
	char number[32];

	csv->in->doubtful++;
	if (match->line) {
		intake_tell(csv->in, place, _("与第 %u 行像是同一条，没有导入"), match->line);
		return;
	}
	known_doubt(csv->known, match->ref);
	store_number(csv->in->actor.store, match->ref, number);
	if (store_row(csv->in->actor.store, match->ref, &arena, &row, NULL) == RC_OK)
		row_title(csv->in->actor.store, &row, &title);
	intake_tell(csv->in, place,
		_("与 %s \"%s\" 像是同一条，没有导入；是就加 --same，不是就加 --new 再导入"),
		number, buf_cstr(&title));
	buf_release(&title);
	arena_release(&arena);
}

static enum csv_is settled(
	struct csv_in *csv, const struct csv_record *record, const struct csv_match *match)
{
	enum intake_doubt said = settle(csv, record, match);

	if (said == DOUBT_SAME && !match->line)
		return CSV_SAME;
	return said == DOUBT_NEW ? CSV_NEW : CSV_DOUBTFUL;
}

/* Which record it is. Two that the source itself names are two, however alike. */
static struct csv_match match_of(struct csv_in *csv, struct csv_record *record, bool last)
{
	struct csv_match match = {CSV_NEW, {0, 0}, 0};

	if (csv->known)
		match = known_find(csv, record, last);
	if (match.is == CSV_DOUBTFUL && match.line && is_named(record))
		match.is = CSV_NEW;
	return match.is == CSV_DOUBTFUL
		       ? (struct csv_match){settled(csv, record, &match), match.ref, match.line}
		       : match;
}

/* RECORD is REF, which its source knows by another name, or by none. */
static enum rc take_same(struct csv_in *csv, struct csv_record *record, struct ref ref, bool named,
	struct fault *fault)
{
	enum rc rc = RC_OK;
	/* Taken before it was kept what was delivered: what came then is not known any more. */
	bool first = named && !csv_was_delivered(csv, ref);

	if (csv->known)
		known_claim(csv, record, ref);
	if (is_named(record) && (first || !named))
		rc = intake_call(csv->in, buf_cstr(&record->name), ref, fault);
	if (!rc && is_named(record) && first)
		rc = csv_delivered(csv, record, ref, fault);
	if (!rc && !record->made && !first)
		return csv_update(csv, record, ref, fault);
	csv->matched++;
	csv->in->known++;
	return rc;
}

enum rc csv_take(
	struct csv_in *csv, struct csv_record *record, bool last, bool *later, struct fault *fault)
{
	struct csv_match match = {CSV_SAME, {0, 0}, 0};
	bool named = known_by_name(csv, record, &match.ref);

	if (!named)
		match = match_of(csv, record, last);
	*later = match.is == CSV_LATER;
	if (match.is == CSV_SAME)
		return take_same(csv, record, match.ref, named && record->name.len, fault);
	if (match.is == CSV_NEW)
		return write_new(csv, record, fault);
	if (match.is == CSV_DOUBTFUL)
		say_doubt(csv, record, &match);
	return RC_OK;
}

static void say_vanished(void *to, struct ref ref)
{
	struct csv_in *csv = to;
	struct arena arena = {0};
	struct buf title = {0};
	struct row row;
	char number[32];

	if (!csv_was_delivered(csv, ref))
		return;
	csv->in->vanished++;
	store_number(csv->in->actor.store, ref, number);
	if (store_row(csv->in->actor.store, ref, &arena, &row, NULL) == RC_OK)
		row_title(csv->in->actor.store, &row, &title);
	intake_tell(csv->in, (struct intake_place){DONE_VANISHED, 0, NULL},
		_("上次有、这次没有：%s \"%s\"，没有动它"), number, buf_cstr(&title));
	buf_release(&title);
	arena_release(&arena);
}

void csv_vanished(struct csv_in *csv)
{
	if (csv->known && csv->matched * 2 >= csv->records)
		known_each_left(csv->known, say_vanished, csv);
}
