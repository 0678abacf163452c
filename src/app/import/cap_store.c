/* SPDX-License-Identifier: GPL-3.0-or-later
 * One warning an identifier, whatever road it came by. What comes again adds what was missing; the
 * same identifier with other content is another version of it, and wants to be signed anew.
 */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "format/cap_areas.h"
#include "model/codes.h"
#include "format/cap_words.h"
#include "model/kinds.h"
#include "store/station.h"

#include "cap_inside.h"

enum { EVENT = 64, REFERS = 1000 }; /* bytes: of a code, and of a list of identifiers */

struct making {
	struct intake_cap *cap;
	const struct alert *alert;
	const struct part *part;
	struct change change; /* all that the alert says */
};

static unsigned line_of(const struct making *making)
{
	return making->alert->read->line;
}

static void put(struct making *making, const char *name, const char *text)
{
	const char *why;

	if (!change_set(&making->change, name, text, &why))
		intake_note(making->cap->in, line_of(making), _("%s: %s 没有保存：%s"),
			making->part->warning.identifier, name, why);
}

static void put_time(struct making *making, const char *name, int64_t at)
{
	const char *why;

	if (at)
		change_put(
			&making->change, change_named(&making->change, name), value_num(at), &why);
}

/* What a bare cancel does not say, the warning that it cancels does. */
static void borrow(struct making *making, const char **event, const char **severity)
{
	const struct cap_warning *w = &making->part->warning;
	const struct book_entry *other =
		w->refers_count ? cap_book_find(making->cap->book, w->refers[0]) : NULL;

	if (**event || !other)
		return;
	*event = other->event;
	*severity = other->severity;
}

/* A known event by code or name; else the file's own words, cut to what a code may be, and kept
 * whole beside it. */
static void put_event(struct making *making, const char *event)
{
	char cut[EVENT + 1];
	size_t len = strlen(event);

	if (!code_named("event", event) && strcmp(event, "unknown") != 0)
		put(making, "kind_name", event);
	if (len > EVENT)
		len = text_whole(event, EVENT);
	memcpy(cut, event, len);
	cut[len] = '\0';
	put(making, "event", cut);
}

static void refers_list(const struct cap_warning *w, struct buf *list)
{
	for (unsigned i = 0; i < w->refers_count && list->len < REFERS - 255; i++)
		buf_fmt(list, "%s%s", i ? " " : "", w->refers[i]);
}

static void put_texts(struct making *making, const char *event)
{
	const struct cap_warning *w = &making->part->warning;
	struct buf text = {0};

	refers_list(w, &text);
	put(making, "refers", buf_cstr(&text));
	buf_clear(&text);
	if (!*w->headline)
		buf_fmt(&text, "%s %s", w->issuer, code_text("event", event));
	put(making, "headline", *w->headline ? w->headline : buf_cstr(&text));
	buf_clear(&text);
	cap_place(w->info, &text);
	put(making, "place", buf_cstr(&text));
	put(making, "text", w->text);
	put(making, "action", w->action);
	put(making, "issuer", w->issuer);
	put(making, "writer", w->writer);
	buf_release(&text);
}

static void fill(struct making *making)
{
	const struct cap_warning *w = &making->part->warning;
	const char *event = w->event, *severity = w->severity;

	borrow(making, &event, &severity);
	event = *event ? event : "unknown";
	put_event(making, event);
	put(making, "severity", *severity ? severity : "unknown");
	put(making, "status", w->status);
	put(making, "msgtype", w->msgtype);
	put(making, "identifier", w->identifier);
	put_time(making, "sent", w->sent);
	put_time(making, "onset", w->onset);
	put_time(making, "expires", w->expires);
	put_texts(making, event);
	put(making, "proof",
		making->alert->read->from_feed ? "feed"
		: w->is_signed                 ? "signed"
					       : "file");
	put(making, "areas", buf_cstr(&((struct part *)making->part)->areas));
	making->change.op.area = making->part->area;
}

static void notes(const struct making *making)
{
	struct intake *in = making->cap->in;
	const struct cap_warning *w = &making->part->warning;
	const struct change_value *name = change_value(&making->change, warning_kind_name);

	if (w->is_signed)
		intake_note(in, line_of(making), _("%s: 带有签名，本站没有核验"), w->identifier);
	if (name && making->part->reach != AREA_ELSEWHERE)
		intake_note(in, line_of(making), _("%s: 灾种 \"%s\" 没有代码，按原文保存"),
			w->identifier, w->event);
	for (const struct cap_note *n = w->notes; n; n = n->next)
		intake_note(in, line_of(making), "%s: %s: %s", w->identifier, n->field, n->why);
}

/* ---- what is here already */

static const struct value *given(const struct making *making, unsigned tag)
{
	const struct change_value *value = change_value(&making->change, tag);

	return value ? &value->value : NULL;
}

static bool equal(const struct value *a, const struct value *b)
{
	if (a->wire != b->wire)
		return false;
	return a->wire == WIRE_NUM ? a->num == b->num : bytes_equal(a->text, b->text);
}

static const struct value *there(const struct record *record, unsigned tag)
{
	const struct cell *cell = record_cell(record, tag);

	return cell && (cell->value.wire == WIRE_NUM || cell->value.text.len) ? &cell->value : NULL;
}

/* What was read from a file is compared with another file word by word; what a person heard and
 * typed, or an entry of a feed, by its colour and its end. */
static bool is_strict(const struct making *making, const struct record *record)
{
	return !making->alert->read->from_feed &&
	       (record_code(record, warning_proof, "file") ||
		       record_code(record, warning_proof, "signed"));
}

static bool differs(const struct making *making, const struct record *record)
{
	static const unsigned tags[] = {warning_severity, warning_expires, warning_headline,
		warning_text, warning_action, warning_areas, warning_onset, warning_msgtype};
	enum { LOOSE = 2 };
	bool strict = is_strict(making, record);

	for (size_t n = 0; n < (strict ? countof(tags) : LOOSE); n++) {
		const struct value *was = there(record, tags[n]), *is = given(making, tags[n]);

		if (was && is && !equal(was, is))
			return true;
		if (strict && was && !is && tags[n] == warning_expires)
			return true;
	}
	return false;
}

/* The edit that makes RECORD what the alert says: all that differs in a new version, else only what
 * was empty. */
static void edit_of(
	const struct making *making, const struct record *record, bool version, struct change *edit)
{
	static const unsigned adds[] = {warning_onset, warning_expires, warning_text,
		warning_action, warning_refers, warning_place};
	static const unsigned keeps[] = {warning_identifier, warning_status, warning_proof};
	const char *why;

	change_edit(edit, &making->cap->in->actor, record->kind,
		(struct ref){record->site, record->seq});
	change_carry(edit, &making->change);
	for (const struct field *f = record->kind->fields; f->tag; f++) {
		const struct value *was = there(record, f->tag), *is = given(making, f->tag);
		bool wanted = version;

		for (size_t n = 0; n < countof(adds) && !version; n++)
			wanted |= f->tag == adds[n] && !was;
		for (size_t n = 0; n < countof(keeps); n++)
			wanted &= f->tag != keeps[n];
		if (wanted && is && (!was || !equal(was, is)))
			change_put(edit, f, *is, &why);
	}
	if (!version)
		return;
	if (there(record, warning_expires) && !given(making, warning_expires))
		change_put(edit, field_of(record->kind, warning_expires), value_text(""), &why);
	const struct value *number = there(record, warning_version);
	change_put(edit, field_of(record->kind, warning_version),
		value_num(number ? number->num + 1 : 2), &why);
}

/* As the book holds it. */
static struct book_entry entry_of(const struct making *making, struct buf *refers)
{
	const struct cap_warning *w = &making->part->warning;
	const char *texts[] = {"", "", "", ""};
	static const unsigned tags[] = {
		warning_severity, warning_headline, warning_text, warning_areas};
	const struct value *event = given(making, warning_event);

	for (size_t n = 0; n < countof(tags); n++)
		if (given(making, tags[n]))
			texts[n] = (const char *)given(making, tags[n])->text.at;
	refers_list(w, refers);
	return (struct book_entry){.identifier = w->identifier,
		.refers = buf_cstr(refers),
		.event = event ? (const char *)event->text.at : "",
		.severity = texts[0],
		.status = w->status,
		.areas = texts[3],
		.cancels = strcmp(w->msgtype, "cancel") == 0,
		.updates = strcmp(w->msgtype, "update") == 0,
		.open = true,
		.sent = w->sent,
		.content = cap_book_content(texts, countof(texts))};
}

static void keep(struct making *making, struct part *part, const char *identifier, struct ref ref)
{
	struct buf refers = {0};
	struct book_entry entry = entry_of(making, &refers);

	entry.identifier = identifier;
	entry.ref = ref;
	part->entry = cap_book_add(making->cap->book, &entry);
	part->fresh = true;
	buf_release(&refers);
}

/* ENTRY is written again with other content. */
static enum rc renew(struct making *making, struct part *part, struct book_entry *entry,
	const struct record *record, struct fault *fault)
{
	struct intake *in = making->cap->in;
	struct change edit;
	enum rc rc;

	edit_of(making, record, true, &edit);
	rc = intake_write(in, &edit, NULL, &entry->ref, fault);
	change_release(&edit);
	if (rc != RC_OK)
		return rc;
	intake_note(in, line_of(making), _("%s: 编号相同、内容不同，是新的一版，需要重新签收"),
		entry->identifier);
	notes(making);
	part->renewed = true;
	entry->open = false; /* the book has what it was, too: nothing looks like that any more */
	keep(making, part, entry->identifier, entry->ref);
	return RC_OK;
}

static enum rc complete(struct making *making, struct book_entry *entry,
	const struct record *record, struct fault *fault)
{
	struct intake *in = making->cap->in;
	struct change edit;
	enum rc rc = RC_OK;

	edit_of(making, record, false, &edit);
	if (edit.count)
		rc = intake_write(in, &edit, NULL, &entry->ref, fault);
	if (edit.count && rc == RC_OK)
		intake_note(in, line_of(making), _("%s: 已有，补上了原来没有的内容"),
			entry->identifier);
	change_release(&edit);
	return rc;
}

static enum rc add(
	struct making *making, struct part *part, const char *identifier, struct fault *fault)
{
	struct intake *in = making->cap->in;
	struct ref ref;
	enum rc rc = intake_write(in, &making->change, identifier, &ref, fault);

	if (rc != RC_OK)
		return rc;
	in->added++;
	notes(making);
	keep(making, part, identifier, ref);
	return RC_OK;
}

/* Another version of ENTRY, which cannot be written on: it is over, or is not this station's. */
static enum rc add_version(struct making *making, struct part *part, const struct book_entry *entry,
	struct fault *fault)
{
	const char *v = strstr(entry->identifier, BOOK_VERSION);
	unsigned last = v ? (unsigned)strtoul(v + strlen(BOOK_VERSION), NULL, 10) : 1;
	const struct field *field = field_of(making->change.kind, warning_identifier);
	struct change *change = &making->change;
	const char *name = arena_fmt(
		&change->arena, "%s%s%u", part->warning.identifier, BOOK_VERSION, last + 1);

	for (unsigned n = 0; n < change->count; n++)
		if (change->values[n].tag == field->tag)
			change->values[n].value = value_text(name);
	enum rc rc = add(making, part, name, fault);
	part->renewed = true;
	if (rc == RC_OK)
		intake_note(making->cap->in, line_of(making),
			_("%s: 编号相同、内容不同，是新的一版，另存为 %s"), entry->identifier,
			name);
	return rc;
}

/* The newest version of the part NAME that is here, as identifiers go; NULL. */
static struct book_entry *newest(const struct cap_book *book, const char *name)
{
	struct book_entry *found = NULL;
	size_t len = strlen(name);

	for (struct book_entry *e = NULL; (e = cap_book_each(book, name, e));) {
		bool is = strncmp(e->identifier, name, len) == 0 &&
			  (!e->identifier[len] || strncmp(e->identifier + len, BOOK_VERSION,
							  strlen(BOOK_VERSION)) == 0);

		if (is && (!found || e->ref.seq > found->ref.seq))
			found = e;
	}
	return found;
}

/* One file says both at one time: which came first in it means nothing. */
static bool is_milder(
	const struct intake_cap *cap, const struct part *part, const struct book_entry *entry)
{
	const struct book_entry *e = cap->book->all;

	while (e != cap->before && e != entry)
		e = e->next;
	return e == entry && e != cap->before && part->warning.sent == entry->sent &&
	       cap_rank(part->warning.severity) > cap_rank(entry->severity);
}

static enum rc again(
	struct making *making, struct part *part, struct book_entry *entry, struct fault *fault)
{
	struct intake *in = making->cap->in;
	struct arena arena = {0};
	struct record record;
	bool own = entry->ref.site == store_station(in->actor.store)->site;
	enum rc rc = store_record(in->actor.store, entry->ref, &arena, &record, NULL, fault);

	if (rc == RC_OK && record.kind) {
		bool other = differs(making, &record);
		bool older = part->warning.sent < entry->sent;
		bool milder = is_milder(making->cap, part, entry);

		part->entry = entry;
		in->known++;
		if (other && older)
			intake_note(in, line_of(making), _("%s: 是较早的一版，没有采用"),
				entry->identifier);
		else if (other && milder)
			intake_note(in, line_of(making),
				_("%s: 同一时间发出两种颜色，按较重的一种，没有采用这一版"),
				entry->identifier);
		else if (other && own && record.state == warning_is_active)
			rc = renew(making, part, entry, &record, fault);
		else if (other && is_strict(making, &record))
			rc = add_version(making, part, entry, fault);
		else if (own)
			rc = complete(making, entry, &record, fault);
	}
	arena_release(&arena);
	return rc == RC_NONE ? RC_OK : rc;
}

enum rc cap_store(
	struct intake_cap *cap, const struct alert *alert, struct part *part, struct fault *fault)
{
	struct making making = {.cap = cap, .alert = alert, .part = part};
	struct intake *in = cap->in;
	struct book_entry *entry = newest(cap->book, part->warning.identifier);
	enum rc rc;

	change_new(&making.change, &in->actor, kind_of(KIND_warning), (struct ref){0, 0});
	fill(&making);
	rc = entry ? again(&making, part, entry, fault)
		   : add(&making, part, part->warning.identifier, fault);
	change_release(&making.change);
	if (rc == RC_BAD || rc == RC_DENIED) {
		intake_bad(in, alert->read->line, "%s: %s", part->warning.identifier, fault->text);
		rc = RC_OK;
	}
	return rc;
}
