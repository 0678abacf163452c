/* SPDX-License-Identifier: GPL-3.0-or-later
 * `outpost import cap`: alerts of a file become warnings. The same identifier is one warning,
 * whatever road it came by; an update or cancel closes what it refers to, in whichever order the
 * files come.
 */
#include "format/cap.h"
#include "format/cap_areas.h"
#include "app/cap_book.h"
#include "app/intake.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "model/kinds.h"
#include "store/station.h"

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

/* An import of alerts, and what the station has of them. */
struct intake_cap {
	struct intake *in;
	struct cap_book book;
};

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
	struct change change;
	const char *why;
	enum rc rc = RC_OK;

	if (!step || ref.site != store_station(in->actor.store)->site)
		return RC_OK;
	rc = store_record(in->actor.store, ref, &arena, &record, NULL, fault);
	if (rc == RC_OK && record.kind && record_code(&record, warning_status, status) &&
		(step_of(record.kind, step)->from >> record.state & 1)) {
		change_step(&change, &in->actor, &record, step_of(record.kind, step));
		change_set(&change, "text", because, &why);
		rc = intake_write(in, &change, NULL, &ref, fault);
		change_release(&change);
	}
	arena_release(&arena);
	return rc == RC_BAD || rc == RC_DENIED || rc == RC_NONE ? RC_OK : rc;
}

static enum rc tie(
	struct intake_cap *cap, const struct cap_warning *w, struct ref self, struct fault *fault)
{
	const struct book_entry *other;
	enum rc rc = RC_OK;

	for (unsigned i = 0; i < w->refers_count && rc == RC_OK; i++) {
		other = cap_book_find(&cap->book, w->refers[i]);
		if (other)
			rc = close_one(cap->in, other->ref, closing(w->msgtype), w->status,
				w->identifier, fault);
	}
	if (rc != RC_OK)
		return rc;
	/* A cancel is in force for nobody: it closes itself, so that no list shows it as a warning
	 * that lasts. */
	if (strcmp(w->msgtype, "cancel") == 0)
		return close_one(cap->in, self, warning_do_cancel, w->status, w->identifier, fault);
	other = cap_book_closing(&cap->book, w->identifier);
	if (!other)
		return RC_OK;
	return close_one(cap->in, self, other->cancels ? warning_do_cancel : warning_do_update,
		w->status, other->identifier, fault);
}

/* A warning being made of an alert; or what a whole alert adds to the entry of a feed that came
 * before it, and is there as KNOWN. */
struct making {
	struct intake *in;
	struct change change;
	const struct alert *alert;
	const struct record *known;
};

static bool is_wanted(const struct making *making, const struct field *field)
{
	static const unsigned adds[] = {
		warning_onset, warning_expires, warning_text, warning_action, warning_refers};
	bool is = !making->known;

	for (size_t n = 0; n < countof(adds) && !is; n++)
		is = field->tag == adds[n] && !record_cell(making->known, field->tag);
	return is;
}

static void put(struct making *making, const char *name, const char *text)
{
	const char *why;

	if (is_wanted(making, change_named(&making->change, name)) &&
		!change_set(&making->change, name, text, &why))
		intake_note(
			making->in, making->alert->read->line, _("\"%s\" 没有保存：%s"), name, why);
}

static void put_time(struct making *making, const char *name, int64_t at)
{
	const struct field *field = change_named(&making->change, name);
	const char *why;

	if (at && is_wanted(making, field))
		change_put(&making->change, field, value_num(at), &why);
}

/* What a bare cancel does not say, the warning that it cancels does. */
static void borrow(struct intake_cap *cap, const struct cap_warning *w, struct arena *arena,
	const char **event, const char **severity)
{
	const struct book_entry *other =
		w->refers_count ? cap_book_find(&cap->book, w->refers[0]) : NULL;
	struct record record;
	struct fault fault;

	if (**event || !other ||
		store_record(cap->in->actor.store, other->ref, arena, &record, NULL, &fault) !=
			RC_OK)
		return;
	*event = (const char *)arena_bytes(arena, record_text(&record, warning_event)).at;
	*severity = (const char *)arena_bytes(arena, record_text(&record, warning_severity)).at;
}

/* A known event by code or name; else the file's own words, cut to what a code may be, and kept
 * whole beside it. */
static void put_event(struct making *making, const char *event)
{
	char cut[EVENT + 1];
	size_t len = strlen(event);

	if (!code_named("event", event))
		put(making, "kind_name", event);
	if (len > EVENT)
		len = EVENT;
	while (len && (event[len] & 0xc0) == 0x80)
		len--;
	memcpy(cut, event, len);
	cut[len] = '\0';
	put(making, "event", cut);
}

static void refers_list(const struct cap_warning *w, struct buf *list)
{
	for (unsigned i = 0; i < w->refers_count && list->len < REFERS - 255; i++)
		buf_fmt(list, "%s%s", i ? " " : "", w->refers[i]);
}

static void fill(struct intake_cap *cap, struct making *making, const char *refers)
{
	const struct cap_warning *w = &making->alert->warning;
	const char *event = w->event, *severity = w->severity;
	struct buf text = {0};

	borrow(cap, w, &making->change.arena, &event, &severity);
	put_event(making, *event ? event : "unknown");
	put(making, "severity", *severity ? severity : "unknown");
	put(making, "status", w->status);
	put(making, "msgtype", w->msgtype);
	put(making, "identifier", w->identifier);
	put(making, "refers", refers);
	put(making, "issuer", w->issuer);
	put_time(making, "sent", w->sent);
	put_time(making, "onset", w->onset);
	put_time(making, "expires", w->expires);
	if (!*w->headline)
		buf_fmt(&text, "%s %s", w->issuer, code_text("event", *event ? event : "unknown"));
	put(making, "headline", *w->headline ? w->headline : buf_cstr(&text));
	put(making, "text", w->text);
	put(making, "action", w->action);
	put(making, "proof", w->is_signed ? "signed" : "file");
	buf_clear(&text);
	uint64_t area = cap_areas(w->info, store_station(making->in->actor.store)->area, &text);
	if (!making->known)
		making->change.op.area = area;
	put(making, "areas", buf_cstr(&text));
	buf_release(&text);
}

static void notes(struct intake *in, const struct alert *a)
{
	const struct cap_warning *w = &a->warning;

	if (w->is_signed)
		intake_note(in, a->read->line, _("%s: 带有签名，本站没有核验"), w->identifier);
	if (w->was_cut)
		intake_note(in, a->read->line, _("%s: 文字太长，已截短"), w->identifier);
	if (closing(w->msgtype) && !w->refers_count)
		intake_note(in, a->read->line, _("%s: 没有写明更新或解除哪一条，请人工核对"),
			w->identifier);
}

/* An alert that is here already. Only this station's own copy is added to, and nothing in it is
 * overwritten. */
static enum rc complete(
	struct intake_cap *cap, const struct alert *a, struct ref ref, struct fault *fault)
{
	struct making making = {.in = cap->in, .alert = a};
	struct arena arena = {0};
	struct record record;
	struct buf refers = {0};
	enum rc rc = RC_OK;

	cap->in->known++;
	if (ref.site != store_station(cap->in->actor.store)->site ||
		store_record(cap->in->actor.store, ref, &arena, &record, NULL, fault) != RC_OK ||
		!record.kind) {
		arena_release(&arena);
		return RC_OK;
	}
	refers_list(&a->warning, &refers);
	making.known = &record;
	change_edit(&making.change, &cap->in->actor, record.kind, ref);
	fill(cap, &making, buf_cstr(&refers));
	if (making.change.count) {
		rc = intake_write(cap->in, &making.change, NULL, &ref, fault);
		if (rc == RC_OK)
			intake_note(cap->in, a->read->line, _("%s: 已有，补上了原来没有的内容"),
				a->warning.identifier);
	}
	change_release(&making.change);
	arena_release(&arena);
	buf_release(&refers);
	return rc == RC_BAD || rc == RC_DENIED ? RC_OK : rc;
}

static enum rc store_one(struct intake_cap *cap, const struct alert *a, struct fault *fault)
{
	const struct cap_warning *w = &a->warning;
	struct intake *in = cap->in;
	struct making making = {.in = in, .alert = a};
	struct buf refers = {0};
	const struct ref alone = {0, 0};
	struct ref ref;
	enum rc rc;

	const struct book_entry *here = cap_book_find(&cap->book, w->identifier);
	if (here || intake_known(in, w->identifier, &ref))
		return complete(cap, a, here ? here->ref : ref, fault);
	refers_list(w, &refers);
	change_new(&making.change, &in->actor, kind_of(KIND_warning), alone);
	fill(cap, &making, buf_cstr(&refers));
	rc = intake_write(in, &making.change, w->identifier, &ref, fault);
	change_release(&making.change);
	if (rc == RC_OK) {
		in->added++;
		notes(in, a);
		cap_book_add(&cap->book, w->identifier, buf_cstr(&refers),
			strcmp(w->msgtype, "cancel") == 0, ref);
		rc = tie(cap, w, ref, fault);
	} else if (rc == RC_BAD || rc == RC_DENIED) {
		intake_bad(in, a->read->line, "%s: %s", w->identifier, fault->text);
		rc = RC_OK;
	}
	buf_release(&refers);
	return rc;
}

enum rc cap_import(struct intake *in, struct bytes text, const char *language, struct fault *fault)
{
	struct intake_cap cap = {.in = in};
	struct cap_file file;
	struct alert *all;
	unsigned count = 0, seen = 0;
	enum rc rc = cap_read(text, &file, fault);

	if (rc == RC_OK)
		rc = cap_book_read(&cap.book, in->actor.store, fault);
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
		rc = store_one(&cap, &all[i], fault);
	if (rc == RC_OK && seen && !count)
		in->bad_files++;
	else if (rc == RC_OK)
		in->good_files++;
	cap_book_release(&cap.book);
	cap_release(&file);
	return rc;
}
