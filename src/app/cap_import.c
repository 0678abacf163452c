/* SPDX-License-Identifier: GPL-3.0-or-later
 * `outpost import cap`: alerts of a file become warnings. The same identifier is one warning,
 * whatever road it came by; an update or cancel closes what it refers to, in whichever order the
 * files come.
 */
#include "app/cap.h"
#include "app/cap_areas.h"
#include "app/intake.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "model/kinds.h"
#include "store/find.h"

enum { EVENT = 64, REFERS = 1000 }; /* bytes: of a code, and of a list of identifiers */

struct alert {
	const struct cap_alert *read;
	struct cap_warning warning;
	unsigned place; /* in the file: sorts those of one second */
};

static int by_sent(const void *a, const void *b)
{
	const struct alert *x = a, *y = b;

	if (x->warning.sent != y->warning.sent)
		return x->warning.sent < y->warning.sent ? -1 : 1;
	return x->place < y->place ? -1 : x->place > y->place;
}

struct search {
	struct ref ref;
	bool found;
};

static bool take_first(const struct row *row, void *to)
{
	struct search *search = to;

	search->ref = row->ref;
	search->found = true;
	return false;
}

/* A warning by its identifier, whether it was imported, typed, or came from above. */
static bool stored(struct intake *in, const char *identifier, struct ref *ref)
{
	struct search search = {.found = false};
	struct query query = query_all(KIND_warning);
	struct fault fault;

	if (intake_known(in, identifier, ref))
		return true;
	query.filters[query.filter_count++] =
		(struct filter){warning_identifier, '=', value_text(identifier)};
	query.limit = 1;
	if (store_each(in->store, &query, take_first, &search, &fault) != RC_OK)
		return false;
	*ref = search.ref;
	return search.found;
}

/* The step that MSGTYPE takes on what it refers to; 0 = none. */
static unsigned closing(const char *msgtype)
{
	if (strcmp(msgtype, "cancel") == 0)
		return warning_do_cancel;
	return strcmp(msgtype, "update") == 0 ? warning_do_update : 0;
}

/* Only what this station wrote: a warning from above is closed by those who wrote it. An exercise
 * closes no real one. */
static enum rc close_one(struct intake *in, struct ref ref, unsigned step, const char *status,
	const char *because, struct fault *fault)
{
	struct arena arena = {0};
	struct record record;
	struct intake_fact fact;
	const char *why;
	enum rc rc = RC_OK;

	if (!step || ref.site != store_station(in->store)->site)
		return RC_OK;
	rc = store_record(in->store, ref, &arena, &record, NULL, fault);
	if (rc == RC_OK && record.kind && record_code(&record, warning_status, status) &&
		(step_of(record.kind, step)->from >> record.state & 1)) {
		intake_fact_start(&fact, record.kind, step_of(record.kind, step));
		fact.op.rec_site = ref.site;
		fact.op.rec_seq = ref.seq;
		intake_set(in, &fact, "text", because, &why);
		rc = intake_write(in, &fact, NULL, &ref, fault);
		intake_fact_release(&fact);
	}
	arena_release(&arena);
	return rc == RC_BAD || rc == RC_DENIED || rc == RC_NONE ? RC_OK : rc;
}

/* Updates and cancels of IDENTIFIER that came before it. */
struct later {
	const char *identifier;
	unsigned step;
	char because[256];
};

static bool names(struct bytes list, const char *identifier)
{
	size_t len = strlen(identifier);

	for (size_t i = 0; i + len <= list.len; i++) {
		bool from = i == 0 || list.at[i - 1] == ' ';
		bool to = i + len == list.len || list.at[i + len] == ' ';

		if (from && to && memcmp(list.at + i, identifier, len) == 0)
			return true;
	}
	return false;
}

static bool take_later(const struct row *row, void *to)
{
	struct later *later = to;
	const struct value *refers = row_value(row, warning_refers),
			   *type = row_value(row, warning_msgtype);
	const struct value *identifier = row_value(row, warning_identifier);

	if (!refers || !type || !identifier || !names(refers->text, later->identifier))
		return true;
	later->step = bytes_equal(type->text, bytes_text("cancel")) ? warning_do_cancel
								    : warning_do_update;
	snprintf(later->because, sizeof(later->because), "%.*s", (int)identifier->text.len,
		(const char *)identifier->text.at);
	return later->step != warning_do_cancel; /* a cancel is the last word */
}

static enum rc tie(
	struct intake *in, const struct cap_warning *w, struct ref self, struct fault *fault)
{
	struct query query = query_all(KIND_warning);
	struct later later = {.identifier = w->identifier};
	enum rc rc = RC_OK;

	for (unsigned i = 0; i < w->refers_count && rc == RC_OK; i++) {
		struct ref other;

		if (stored(in, w->refers[i], &other))
			rc = close_one(
				in, other, closing(w->msgtype), w->status, w->identifier, fault);
	}
	if (rc != RC_OK)
		return rc;
	/* A cancel is in force for nobody: it closes itself, so that no list shows it as a warning
	 * that lasts. */
	if (strcmp(w->msgtype, "cancel") == 0)
		return close_one(in, self, warning_do_cancel, w->status, w->identifier, fault);
	query.filters[query.filter_count++] =
		(struct filter){warning_refers, '~', value_text(w->identifier)};
	rc = store_each(in->store, &query, take_later, &later, fault);
	if (rc == RC_OK)
		rc = close_one(in, self, later.step, w->status, later.because, fault);
	return rc;
}

static void put(struct intake *in, struct intake_fact *fact, const struct cap_alert *alert,
	const char *name, const char *text)
{
	const char *why;

	if (!intake_set(in, fact, name, text, &why))
		intake_note(in, alert->line, _("\"%s\" 没有保存：%s"), name, why);
}

static void put_time(struct intake_fact *fact, unsigned tag, int64_t at)
{
	if (!at)
		return;
	fact->fields[fact->count].tag = tag;
	fact->fields[fact->count++].value = value_num(at);
}

/* What a bare cancel does not say, the warning that it cancels does. */
static void borrow(struct intake *in, const struct cap_warning *w, struct arena *arena,
	const char **event, const char **severity)
{
	struct record record;
	struct ref ref;
	struct fault fault;

	if (**event || !w->refers_count || !stored(in, w->refers[0], &ref) ||
		store_record(in->store, ref, arena, &record, NULL, &fault) != RC_OK)
		return;
	*event = (const char *)arena_bytes(arena, record_text(&record, warning_event)).at;
	*severity = (const char *)arena_bytes(arena, record_text(&record, warning_severity)).at;
}

/* A known event by code or name; else the file's own words, cut to what a code may be, and kept
 * whole beside it. */
static void put_event(struct intake *in, struct intake_fact *fact, const struct cap_alert *alert,
	const char *event)
{
	char cut[EVENT + 1];
	size_t len = strlen(event);

	if (!code_named("event", event))
		put(in, fact, alert, "kind_name", event);
	if (len > EVENT)
		len = EVENT;
	while (len && (event[len] & 0xc0) == 0x80)
		len--;
	memcpy(cut, event, len);
	cut[len] = '\0';
	put(in, fact, alert, "event", cut);
}

static void put_refers(struct intake *in, struct intake_fact *fact, const struct alert *a)
{
	struct buf list = {0};

	for (unsigned i = 0; i < a->warning.refers_count && list.len < REFERS - 255; i++)
		buf_fmt(&list, "%s%s", i ? " " : "", a->warning.refers[i]);
	put(in, fact, a->read, "refers", buf_cstr(&list));
	buf_release(&list);
}

static void fill(struct intake *in, struct intake_fact *fact, const struct alert *a)
{
	const struct cap_warning *w = &a->warning;
	const char *event = w->event, *severity = w->severity;
	struct buf text = {0};

	borrow(in, w, &fact->arena, &event, &severity);
	put_event(in, fact, a->read, *event ? event : "unknown");
	put(in, fact, a->read, "severity", *severity ? severity : "unknown");
	put(in, fact, a->read, "status", w->status);
	put(in, fact, a->read, "msgtype", w->msgtype);
	put(in, fact, a->read, "identifier", w->identifier);
	put_refers(in, fact, a);
	put(in, fact, a->read, "issuer", w->issuer);
	put_time(fact, warning_sent, w->sent);
	put_time(fact, warning_onset, w->onset);
	put_time(fact, warning_expires, w->expires);
	if (!*w->headline)
		buf_fmt(&text, "%s %s", w->issuer, code_text("event", *event ? event : "unknown"));
	put(in, fact, a->read, "headline", *w->headline ? w->headline : buf_cstr(&text));
	put(in, fact, a->read, "text", w->text);
	put(in, fact, a->read, "action", w->action);
	put(in, fact, a->read, "proof", w->is_signed ? "signed" : "file");
	buf_clear(&text);
	fact->op.area = cap_areas(w->info, store_station(in->store)->area, &text);
	put(in, fact, a->read, "areas", buf_cstr(&text));
	buf_release(&text);
}

static enum rc store_one(struct intake *in, const struct alert *a, struct fault *fault)
{
	const struct cap_warning *w = &a->warning;
	struct intake_fact fact;
	struct ref ref;
	enum rc rc;

	if (stored(in, w->identifier, &ref)) {
		in->known++;
		return RC_OK;
	}
	intake_fact_start(&fact, kind_of(KIND_warning), NULL);
	fill(in, &fact, a);
	rc = intake_write(in, &fact, w->identifier, &ref, fault);
	intake_fact_release(&fact);
	if (rc == RC_BAD || rc == RC_DENIED) {
		intake_bad(in, a->read->line, "%s: %s", w->identifier, fault->text);
		return RC_OK;
	}
	if (rc != RC_OK)
		return rc;
	in->added++;
	if (w->is_signed)
		intake_note(in, a->read->line, _("%s: 带有签名，本站没有核验"), w->identifier);
	if (w->was_cut)
		intake_note(in, a->read->line, _("%s: 文字太长，已截短"), w->identifier);
	if (closing(w->msgtype) && !w->refers_count)
		intake_note(in, a->read->line, _("%s: 没有写明更新或解除哪一条，请人工核对"),
			w->identifier);
	return tie(in, w, ref, fault);
}

enum rc cap_import(struct intake *in, struct bytes text, const char *language, struct fault *fault)
{
	struct cap_file file;
	struct alert *all;
	unsigned count = 0, seen = 0;
	enum rc rc = cap_read(text, &file, fault);

	if (rc != RC_OK) {
		cap_release(&file);
		return rc;
	}
	all = arena_get(&file.arena, (file.count + 1) * sizeof(*all));
	for (const struct cap_alert *a = file.alerts; a; a = a->next, seen++) {
		struct alert *one = &all[count];
		const char *field = "", *why = "", *id = a->text[CAP_IDENTIFIER];

		*one = (struct alert){.read = a, .place = seen};
		if (cap_warning(a, language, &file.arena, &one->warning, &field, &why))
			count++;
		else
			intake_bad(in, a->line, "%s: %s: %s", id && *id ? id : "?", field, why);
	}
	qsort(all, count, sizeof(*all), by_sent);
	for (unsigned i = 0; i < count && rc == RC_OK; i++)
		rc = store_one(in, &all[i], fault);
	if (rc == RC_OK && seen && !count)
		in->bad_files++;
	else if (rc == RC_OK)
		in->good_files++;
	cap_release(&file);
	return rc;
}
