/* SPDX-License-Identifier: GPL-3.0-or-later
 * Messages of one event are a chain: an update of an update, and a cancel that names only the first
 * of them. The chain is followed to its end, forward from what an alert names and back from the
 * alert itself, so that files may come in any order. Nothing is closed by guess: where the colour,
 * the event or the place do not fit a person is asked.
 */
#include <string.h>

#include "base/when.h"
#include "format/cap_words.h"
#include "model/kinds.h"
#include "store/station.h"

#include "cap_inside.h"

enum {
	CHAIN = 500,
	ALIKE = 6 * 3600
}; /* ALIKE: seconds between the same warning and its repetition */

struct tying {
	struct intake_cap *cap;
	struct book_entry *self;
	const char *headline;
	unsigned step;           /* that it takes on others */
	unsigned found;          /* of those that it names */
	struct book_entry *left; /* of the chain, still in force */
	struct fault *fault;
};

static bool same_event(const struct book_entry *a, const struct book_entry *b)
{
	static const char *const none[] = {"", "unknown"};

	for (size_t i = 0; i < countof(none); i++)
		if (strcmp(a->event, none[i]) == 0 || strcmp(b->event, none[i]) == 0)
			return true;
	return strcmp(a->event, b->event) == 0;
}

/* Is WORD one of LIST, or a place within one? */
static bool covered(const char *list, const char *word, size_t len)
{
	char text[16] = "", one[16];
	uint64_t area, above;
	const char *why;

	if (len < sizeof(text))
		memcpy(text, word, len);
	for (size_t n; *list; list += n + (list[n] == ',')) {
		n = strcspn(list, ",");
		if (n == len && memcmp(list, word, len) == 0)
			return true;
		memset(one, 0, sizeof(one));
		if (n < sizeof(one))
			memcpy(one, list, n);
		if (area_parse(text, &area, &why) && area_parse(one, &above, &why) &&
			area_within(area, above))
			return true;
	}
	return false;
}

static bool covers(const char *list, const char *other)
{
	for (size_t n; *other; other += n + (other[n] == ',')) {
		n = strcspn(other, ",");
		if (!covered(list, other, n))
			return false;
	}
	return true;
}

/* Does BY, which names only what came before OF, mean OF too? HEADLINE: of BY, when it is known. */
static bool means(const struct book_entry *by, const struct book_entry *of, const char *headline)
{
	bool colour = strcmp(by->severity, "unknown") == 0 || !*by->severity ||
		      strcmp(by->severity, of->severity) == 0 ||
		      strcmp(cap_headline_colour(headline), of->severity) == 0;

	if (strcmp(by->status, of->status) != 0 || !same_event(by, of))
		return false;
	if (by->cancels)
		return colour && (!*by->areas || covers(by->areas, of->areas));
	return by->updates && by->sent > of->sent && strcmp(by->areas, of->areas) == 0;
}

static bool is_signal(const char *event)
{
	return *event >= '0' && *event <= '9';
}

/* BY speaks of another signal of the table than OF, and so do all parts of its alert. */
static bool other_signal(
	const struct tying *t, const struct book_entry *by, const struct book_entry *of)
{
	if (!is_signal(by->event) || !is_signal(of->event) || strcmp(by->event, of->event) == 0)
		return false;
	for (struct book_entry *e = NULL;
		(e = cap_book_each(t->cap->book, by->identifier, e)) && !by->cancels;)
		if (strcmp(e->event, of->event) == 0)
			return false;
	return true;
}

/* An alert may name one of several parts, or of several places, and say what it ends or goes on
 * with: another signal of the table, or another place than ours, is not ended by it. */
static bool spares(const struct tying *t, const struct book_entry *by, const struct book_entry *of)
{
	const struct station *own = store_station(t->cap->in->actor.store);

	if (other_signal(t, by, of))
		return true;
	return *by->areas && !covers(by->areas, of->areas) &&
	       area_reach(bytes_text(by->areas), own->area) == AREA_ELSEWHERE;
}

/* What is spared is in force, and said. */
static enum rc spare(struct tying *t, struct book_entry *of)
{
	if (!of->open)
		return RC_OK;
	intake_note(t->cap->in, 0, _("%s 指到了 %s，但灾种或地方不同：后者仍在生效，请人工核对"),
		t->self->identifier, of->identifier);
	return cap_doubt(t->cap, of, "named", t->self, t->fault);
}

static enum rc follow(struct tying *t, const struct book_entry *from, unsigned depth);

/* NAME and what updated it. */
static enum rc forward(struct tying *t, const char *name)
{
	enum rc rc = RC_OK;

	for (struct book_entry *e = NULL; !rc && (e = cap_book_each(t->cap->book, name, e));) {
		if (e->mark == t->cap->book->mark)
			continue;
		e->mark = t->cap->book->mark;
		t->found++;
		if (spares(t, t->self, e)) {
			rc = spare(t, e);
			continue;
		}
		rc = cap_close(t->cap, e, t->step, t->self, t->fault);
		if (rc == RC_OK)
			rc = follow(t, e, 0);
	}
	return rc;
}

static enum rc follow(struct tying *t, const struct book_entry *from, unsigned depth)
{
	const struct cap_book *book = t->cap->book;
	enum rc rc = RC_OK;

	for (struct book_link *l = NULL;
		!rc && depth < CHAIN && (l = cap_book_naming(book, from->identifier, l));) {
		struct book_entry *e = l->from;

		if (e->mark == book->mark || !e->updates || e->sent > t->self->sent)
			continue;
		e->mark = book->mark;
		if (means(t->self, e, t->headline))
			rc = cap_close(t->cap, e, t->step, t->self, t->fault);
		else if (e->open && t->self->cancels)
			t->left = e;
		if (rc == RC_OK)
			rc = follow(t, e, depth + 1);
	}
	return rc;
}

/* BY was here before t->self, which it closes with what came of that. */
static enum rc close_by(struct tying *t, struct book_entry *by)
{
	struct tying on = {.cap = t->cap, .self = by, .headline = "", .fault = t->fault};
	enum rc rc;

	if (spares(t, by, t->self))
		return cap_doubt(t->cap, t->self, "named", by, t->fault);
	on.step = by->cancels ? warning_do_cancel : warning_do_update;
	rc = cap_close(t->cap, t->self, on.step, by, t->fault);
	t->self->mark = by->mark = ++t->cap->book->mark;
	if (rc == RC_OK)
		rc = follow(&on, t->self, 0);
	return rc == RC_OK && on.left ? cap_doubt(t->cap, on.left, "chain", by, t->fault) : rc;
}

/* What an alert names is closed, and a doubt there was about that alert is over. */
static enum rc back_direct(struct tying *t)
{
	const struct cap_book *book = t->cap->book;
	struct book_entry *by = NULL;
	enum rc rc = RC_OK;

	for (struct book_link *l = NULL;
		!rc && (l = cap_book_naming(book, t->self->identifier, l));) {
		if (cap_book_same(l->from->identifier, t->self->identifier) ||
			!(l->from->cancels || l->from->updates))
			continue;
		if (!by || l->from->cancels)
			by = l->from;
		rc = cap_settle(t->cap, l->from, l->from, t->fault);
	}
	return rc == RC_OK && by ? close_by(t, by) : rc;
}

/* The last word on what NAME was before: a cancel that came here first, or a later update. */
static enum rc back_from(struct tying *t, const char *name)
{
	const struct cap_book *book = t->cap->book;
	enum rc rc = RC_OK;

	for (struct book_link *l = NULL; !rc && (l = cap_book_naming(book, name, l));) {
		struct book_entry *by = l->from;

		if (cap_book_same(by->identifier, t->self->identifier) ||
			by->sent < t->self->sent || !(by->cancels || by->updates))
			continue;
		if (means(by, t->self, ""))
			rc = close_by(t, by);
		else if (by->cancels)
			rc = cap_doubt(t->cap, t->self, "named", by, t->fault);
	}
	return rc;
}

static enum rc climb(struct tying *t, const struct book_entry *from, unsigned depth)
{
	const char *name = from->refers;
	enum rc rc = RC_OK;

	for (size_t n; !rc && *name && depth < CHAIN; name += n + (name[n] == ' ')) {
		struct buf one = {0};

		n = strcspn(name, " ");
		buf_put(&one, name, n);
		rc = n ? back_from(t, buf_cstr(&one)) : RC_OK;
		for (struct book_entry *e = NULL;
			!rc && n && (e = cap_book_each(t->cap->book, buf_cstr(&one), e));) {
			bool been = e->climbed == t->cap->book->climb;

			e->climbed = t->cap->book->climb;
			rc = been ? RC_OK : climb(t, e, depth + 1);
		}
		buf_release(&one);
	}
	return rc;
}

/* The only one in force here that it may mean; *MANY: there are several. */
static const struct book_entry *candidate(const struct tying *t, bool *any)
{
	const struct station *own = store_station(t->cap->in->actor.store);
	const struct book_entry *only = NULL;

	*any = false;
	for (const struct book_entry *e = t->cap->book->all; e; e = e->next) {
		if (!e->open || e->cancels || e->ref.site != own->site ||
			cap_book_same(e->identifier, t->self->identifier) ||
			e->sent > t->self->sent || strcmp(e->status, t->self->status) != 0 ||
			!same_event(e, t->self) ||
			area_reach(bytes_text(e->areas), own->area) == AREA_ELSEWHERE)
			continue;
		only = *any ? NULL : e;
		*any = true;
	}
	return only;
}

static enum rc ask(struct tying *t, const struct alert *a, const struct part *part)
{
	const char *id = part->warning.identifier;
	const struct book_entry *other;
	bool any;

	if (part->reach == AREA_ELSEWHERE)
		return RC_OK;
	if (t->left) {
		intake_note(t->cap->in, a->read->line,
			_("%s: 它所指的预警后来被 %s 更新，后者仍在生效，请人工核对"), id,
			t->left->identifier);
		return cap_doubt(t->cap, t->self, "chain", t->left, t->fault);
	}
	if (!t->step || t->found || (part->renewed && !part->warning.refers_count))
		return RC_OK;
	other = candidate(t, &any);
	intake_note(t->cap->in, a->read->line,
		part->warning.refers_count ? _("%s: 没有找到它更新或解除的预警 %s")
					   : _("%s: 没有写明更新或解除哪一条，请人工核对"),
		id, t->self->refers);
	return any ? cap_doubt(t->cap, t->self, "untied", other, t->fault) : RC_OK;
}

/* The same words again under another identifier, soon after: perhaps the same warning. */
static enum rc look_alike(struct tying *t, const struct alert *a)
{
	const struct book_entry *self = t->self;

	for (const struct book_entry *e = self->alike; e && self->open && !self->cancels;
		e = e->alike) {
		int64_t apart = e->sent > self->sent ? e->sent - self->sent : self->sent - e->sent;

		if (e->content != self->content || !e->open || e->cancels || apart > ALIKE ||
			strcmp(e->event, self->event) != 0 ||
			strcmp(e->status, self->status) != 0 ||
			cap_book_same(e->identifier, self->identifier))
			continue;
		intake_note(t->cap->in, a->read->line, _("%s: 内容与 %s 相同，可能是同一条"),
			self->identifier, e->identifier);
		return cap_doubt(t->cap, t->self, "again", e, t->fault);
	}
	return RC_OK;
}

/* An all-clear that named nothing was here before what it may have meant. */
static enum rc said_over(struct tying *t, const struct alert *a)
{
	struct book_entry *self = t->self;

	for (struct book_entry *e = t->cap->book->all; e && self->open; e = e->next) {
		if (!e->cancels || *e->refers || e->sent <= self->sent ||
			e->sent - self->sent > DAY_SECONDS ||
			cap_book_same(e->identifier, self->identifier) || !means(e, self, ""))
			continue;
		intake_note(t->cap->in, a->read->line,
			_("%s: 后来的 %s 可能已经解除它，请人工核对"), self->identifier,
			e->identifier);
		return cap_doubt(t->cap, self, "named", e, t->fault);
	}
	return RC_OK;
}

/* Parts that an earlier version of this alert had, and that it has no more. */
static enum rc drop_parts(struct tying *t, const struct alert *a)
{
	enum rc rc = RC_OK;

	for (struct book_entry *e = NULL;
		!rc && (e = cap_book_each(t->cap->book, t->self->identifier, e));) {
		bool stands = !e->open || e->sent >= t->self->sent;

		for (unsigned n = 0; n < a->count && !stands; n++)
			stands = a->parts[n].entry == e;
		if (!stands)
			rc = cap_close(t->cap, e, warning_do_update, t->self, t->fault);
	}
	return rc;
}

/* What an alert takes on others: an update where one of its parts goes on, else a cancel. */
static unsigned step_for(const struct alert *a)
{
	bool updates = false, lasts = false;

	for (unsigned n = 0; n < a->count; n++) {
		lasts |= strcmp(a->parts[n].warning.msgtype, "cancel") != 0;
		updates |= strcmp(a->parts[n].warning.msgtype, "alert") != 0;
	}
	if (!updates)
		return 0;
	return lasts ? warning_do_update : warning_do_cancel;
}

static enum rc tie_part(struct tying *t, const struct alert *a, const struct part *part)
{
	enum rc rc;

	t->self = part->entry;
	t->cap->book->climb++;
	rc = back_direct(t);
	if (rc == RC_OK && !t->self->cancels)
		rc = climb(t, t->self, 0);
	if (rc == RC_OK && !t->self->doubtful && part->reach != AREA_ELSEWHERE)
		rc = look_alike(t, a);
	if (rc == RC_OK && !t->self->cancels && !t->self->doubtful && part->reach != AREA_ELSEWHERE)
		rc = said_over(t, a);
	/* A cancel is in force for nobody: it closes itself, so that no list shows it as a warning
	 * that lasts. */
	if (rc == RC_OK && t->self->cancels && !t->self->doubtful)
		rc = cap_close(t->cap, t->self, warning_do_cancel, t->self, t->fault);
	return rc;
}

static enum rc tie_named(struct tying *t, const struct alert *a, const struct part *first)
{
	enum rc rc = RC_OK;

	t->self->mark = ++t->cap->book->mark;
	for (unsigned i = 0; i < first->warning.refers_count && t->step && !rc; i++)
		rc = forward(t, first->warning.refers[i]);
	if (rc == RC_OK)
		rc = ask(t, a, first);
	return rc == RC_OK ? drop_parts(t, a) : rc;
}

enum rc cap_tie(struct intake_cap *cap, const struct alert *alert, struct fault *fault)
{
	struct tying t = {.cap = cap, .step = step_for(alert), .fault = fault};
	const struct part *first = NULL;
	enum rc rc;

	for (unsigned n = 0; n < alert->count && !first; n++)
		if (alert->parts[n].entry && alert->parts[n].fresh)
			first = &alert->parts[n];
	if (!first)
		return RC_OK;
	t.self = first->entry;
	t.headline = first->warning.headline;
	rc = tie_named(&t, alert, first);
	for (unsigned n = 0; n < alert->count && !rc; n++)
		if (alert->parts[n].entry && alert->parts[n].fresh)
			rc = tie_part(&t, alert, &alert->parts[n]);
	return rc;
}
