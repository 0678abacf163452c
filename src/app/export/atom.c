/* SPDX-License-Identifier: GPL-3.0-or-later
 * Warnings as an Atom feed (RFC 4287), the newest first, one copy of each; those that are over say
 * so.
 */
#include "app/import.h"

#include "base/when.h"
#include "format/xml.h"
#include "model/kinds.h"
#include "store/station.h"

struct feeding {
	struct store *store;
	struct buf *out;
	unsigned left;
	int64_t newest;
};

static void element_field(
	struct feeding *to, const char *name, const struct row *row, unsigned tag, bool labels)
{
	struct buf text = {0};

	if (row_value(row, tag))
		row_field(to->store, row, tag, labels, &text);
	xml_element(to->out, name, buf_cstr(&text));
	buf_release(&text);
}

static void element_time(struct buf *out, const char *name, int64_t at)
{
	char text[WHEN_TEXT];

	when_rfc(at, text);
	xml_element(out, name, text);
}

static void category(struct buf *out, const char *scheme, const char *term, const char *label)
{
	if (!*term)
		return;
	buf_fmt(out, "<category scheme=\"urn:outpost:%s\" term=\"", scheme);
	xml_text(out, bytes_text(term), false);
	buf_text(out, "\" label=\"");
	xml_text(out, bytes_text(label), false);
	buf_text(out, "\"/>");
}

static void category_field(
	struct feeding *to, const char *scheme, const struct row *row, unsigned tag)
{
	struct buf term = {0}, label = {0};

	if (row_value(row, tag)) {
		row_field(to->store, row, tag, false, &term);
		row_field(to->store, row, tag, true, &label);
	}
	category(to->out, scheme, buf_cstr(&term), buf_cstr(&label));
	buf_release(&term);
	buf_release(&label);
}

static void put_content(struct feeding *to, const struct row *row)
{
	struct buf text = {0};

	if (row_value(row, warning_text))
		row_field(to->store, row, warning_text, true, &text);
	if (row_value(row, warning_action)) {
		buf_text(&text, text.len ? "\n" : "");
		row_field(to->store, row, warning_action, true, &text);
	}
	if (!text.len)
		row_title(to->store, row, &text);
	xml_element(to->out, "summary type=\"text\"", buf_cstr(&text));
	buf_text(to->out, "<content type=\"application/cap+xml\">");
	cap_alert_out(to->store, row, to->out);
	buf_text(to->out, "</content>");
	buf_release(&text);
}

static int64_t changed(const struct row *row)
{
	return row->state_at > row->at ? row->state_at : row->at;
}

static bool see(const struct row *row, void *to)
{
	struct feeding *feeding = to;
	struct buf *out = feeding->out, title = {0};
	const struct value *sent = row_value(row, warning_sent);
	const struct state *state = &row->kind->states[row->state];
	struct ref shown = warning_shown(feeding->store, row->ref);
	char id[32];

	if (shown.site != row->ref.site || shown.seq != row->ref.seq)
		return true;
	store_id(row->ref, id);
	buf_fmt(out, "<entry><id>urn:outpost:record:%s</id>", id);
	if (!(state->flags & STATE_OPEN))
		buf_fmt(&title, "[%s]", _(state->label));
	row_mark(row, &title);
	row_title(feeding->store, row, &title);
	xml_element(out, "title", title.len ? buf_cstr(&title) : id);
	element_time(out, "updated", changed(row));
	element_time(out, "published", sent ? sent->num : row->at);
	buf_text(out, "<author>");
	element_field(feeding, "name", row, warning_issuer, true);
	if (!row_value(row, warning_issuer))
		xml_element(out, "name", store_station(feeding->store)->name);
	buf_text(out, "</author>");
	category_field(feeding, "event", row, warning_event);
	category_field(feeding, "severity", row, warning_severity);
	category_field(feeding, "status", row, warning_status);
	category(out, "state", state->code, _(state->label));
	put_content(feeding, row);
	buf_text(out, "</entry>\n");
	buf_release(&title);
	return --feeding->left > 0;
}

static bool see_newest(const struct row *row, void *to)
{
	struct feeding *feeding = to;

	if (changed(row) > feeding->newest)
		feeding->newest = changed(row);
	return true;
}

enum rc atom_warnings(struct store *store, unsigned most, struct buf *out, struct fault *fault)
{
	struct feeding feeding = {.store = store, .out = out, .left = most};
	const struct station *station = store_station(store);
	struct query query = query_all(KIND_warning);
	enum rc rc = store_each(store, &query, see_newest, &feeding, fault);

	if (rc)
		return rc;
	buf_fmt(out,
		"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed "
		"xmlns=\"http://www.w3.org/2005/Atom\"><id>urn:outpost:site:%014llx</id>",
		(unsigned long long)station->site);
	xml_element(out, "title", _("预警"));
	xml_element(out, "subtitle", station->name);
	element_time(out, "updated", feeding.newest);
	buf_text(out, "<generator>outpost</generator>\n");
	rc = store_each(store, &query, see, &feeding, fault);
	buf_text(out, "</feed>\n");
	return rc;
}
