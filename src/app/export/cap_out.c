/* SPDX-License-Identifier: GPL-3.0-or-later
 * A warning as an alert of the Common Alerting Protocol 1.2 (OASIS, 2010): the elements in the
 * order of its schema.
 */
#include "app/import.h"

#include <string.h>

#include "base/when.h"
#include "format/xml.h"
#include "model/area.h"
#include "model/kinds.h"
#include "store/station.h"

#define LIFTED "_cancel" /* behind the identifier of what is lifted */

/* Our codes and the protocol's words; the last row is for what is neither. */
struct word {
	const char *code, *cap;
};
static const struct word severities[] = {{"red", "Extreme"}, {"orange", "Severe"},
	{"yellow", "Moderate"}, {"blue", "Minor"}, {NULL, "Unknown"}};
static const struct word statuses[] = {
	{"exercise", "Exercise"}, {"test", "Test"}, {NULL, "Actual"}};
static const struct word msgtypes[] = {{"update", "Update"}, {"cancel", "Cancel"}, {NULL, "Alert"}};
/* What the event's code begins with (GB/T 35561). */
static const struct word categories[] = {{"11A", "Met"}, {"11B", "Met"}, {"11C", "Geo"},
	{"11D", "Geo"}, {"11E", "Met"}, {"11F", "Env"}, {"11G", "Fire"}, {"12G", "Fire"},
	{"12H", "Transport"}, {"12J", "Transport"}, {"12K", "Transport"}, {"12L", "Transport"},
	{"12M", "Transport"}, {"12P", "Infra"}, {"12Q", "Env"}, {"12T", "CBRNE"}, {"12U", "Infra"},
	{"12", "Safety"}, {"13", "Health"}, {"14", "Security"}, {NULL, "Other"}};

static const char *word_of(const struct word words_given[], const char *code)
{
	while (words_given->code &&
		strncmp(words_given->code, code, strlen(words_given->code)) != 0)
		words_given++;
	return words_given->cap;
}

/* LIFTED: nobody sent a message that ends it, but it was ended here: that is what is told now. */
struct alert {
	struct store *store;
	bool lifted;
	const struct row *row;
	struct buf *out;
};

static void code_text_of(const struct alert *to, unsigned tag, struct buf *out)
{
	buf_clear(out);
	if (row_value(to->row, tag))
		row_field(to->store, to->row, tag, false, out);
}

static void put_word(const struct alert *to, const char *name, unsigned tag, const struct word *of)
{
	struct buf code = {0};

	code_text_of(to, tag, &code);
	xml_element(to->out, name, word_of(of, buf_cstr(&code)));
	buf_release(&code);
}

static void put_field_of(const struct alert *to, const char *name, unsigned tag)
{
	struct buf text = {0};

	if (row_value(to->row, tag))
		row_field(to->store, to->row, tag, true, &text);
	xml_element(to->out, name, buf_cstr(&text));
	buf_release(&text);
}

static void put_time(const struct alert *to, const char *name, unsigned tag)
{
	const struct value *value = row_value(to->row, tag);
	char text[WHEN_TEXT];

	if (!value)
		return;
	when_rfc(value->num, text);
	xml_element(to->out, name, text);
}

/* ---- who says it, and which it is: neither holds a blank, a comma, '<' or '&' */

static void put_identifier(struct store *store, const struct row *row, struct buf *out)
{
	struct buf text = {0};
	char id[32];

	store_id(row->ref, id);
	if (row_value(row, warning_identifier))
		row_field(store, row, warning_identifier, false, &text);
	for (size_t n = 0; n < text.len; n++)
		if (strchr(" ,<&", text.at[n]))
			text.at[n] = '_';
	buf_text(out, text.len ? buf_cstr(&text) : id);
	buf_release(&text);
}

static void put_sender(const struct row *row, struct buf *out)
{
	buf_fmt(out, "outpost-%014llx", (unsigned long long)row->by_site);
}

static int64_t sent_of(const struct row *row)
{
	const struct value *sent = row_value(row, warning_sent);

	return sent ? sent->num : row->at;
}

/* "SENDER,IDENTIFIER,SENT" */
static void put_triple(struct store *store, const struct row *row, struct buf *out)
{
	char sent[WHEN_TEXT];

	when_rfc(sent_of(row), sent);
	buf_text(out, out->len ? " " : "");
	put_sender(row, out);
	buf_byte(out, ',');
	put_identifier(store, row, out);
	buf_fmt(out, ",%s", sent);
}

/* Of one that this one refers to; nothing when it is not here. */
static void put_reference(struct store *store, const char *identifier, struct buf *out)
{
	const struct value value = value_text(identifier);
	struct arena arena = {0};
	struct fault fault;
	struct row row;
	struct ref ref;

	if (warning_meant(store, &value, &ref) &&
		store_row(store, ref, &arena, &row, &fault) == RC_OK)
		put_triple(store, &row, out);
	arena_release(&arena);
}

static void put_references(const struct alert *to)
{
	struct buf names = {0}, out = {0};

	if (to->lifted)
		put_triple(to->store, to->row, &out);
	else
		code_text_of(to, warning_refers, &names);
	for (char *at = (char *)(uintptr_t)buf_cstr(&names); *at;) {
		size_t len = strcspn(at, " ");
		bool last = !at[len];

		at[len] = 0;
		if (len)
			put_reference(to->store, at, &out);
		at += len + !last;
	}
	xml_element(to->out, "references", buf_cstr(&out));
	buf_release(&names);
	buf_release(&out);
}

/* ---- where */

static void put_area(const struct alert *to, uint64_t area)
{
	struct buf title = {0};
	char code[16];

	area_title(area, &title);
	area_show(area, code);
	buf_text(to->out, "<area>");
	xml_element(to->out, "areaDesc", buf_cstr(&title));
	buf_text(to->out, "<geocode><valueName>GB/T 2260</valueName>");
	xml_element(to->out, "value", code);
	buf_text(to->out, "</geocode></area>");
	buf_release(&title);
}

/* The codes of the list that are places; a warning without any is for where it lies. */
static void put_areas(const struct alert *to)
{
	struct buf list = {0};
	unsigned found = 0;

	code_text_of(to, warning_areas, &list);
	for (char *at = (char *)(uintptr_t)buf_cstr(&list); *at;) {
		size_t len = strcspn(at, ",");
		bool last = !at[len];
		uint64_t area;
		const char *why;

		at[len] = 0;
		if (area_parse(at, &area, &why)) {
			put_area(to, area);
			found++;
		}
		at += len + !last;
	}
	if (!found)
		put_area(to, to->row->area);
	buf_release(&list);
}

static void put_info(const struct alert *to)
{
	struct buf event = {0};

	code_text_of(to, warning_event, &event);
	buf_text(to->out, "<info><language>zh-CN</language>");
	xml_element(to->out, "category", word_of(categories, buf_cstr(&event)));
	put_field_of(to, "event", warning_event);
	buf_text(to->out, "<urgency>Unknown</urgency>");
	put_word(to, "severity", warning_severity, severities);
	buf_text(to->out,
		"<certainty>Unknown</certainty><eventCode><valueName>GB/T 35561</valueName>");
	xml_element(to->out, "value", buf_cstr(&event));
	buf_text(to->out, "</eventCode>");
	put_time(to, "onset", warning_onset);
	put_time(to, "expires", warning_expires);
	put_field_of(to, "senderName", warning_issuer);
	put_field_of(to, "headline", warning_headline);
	put_field_of(to, "description", warning_text);
	put_field_of(to, "instruction", warning_action);
	put_areas(to);
	buf_text(to->out, "</info>");
	buf_release(&event);
}

void cap_alert_out(struct store *store, const struct row *row, struct buf *out)
{
	const struct value *type = row_value(row, warning_msgtype);
	const struct alert to = {store,
		row->state == warning_is_cancelled &&
			!(type && bytes_equal(type->text, bytes_text("cancel"))),
		row, out};
	struct buf text = {0};
	char sent[WHEN_TEXT];

	buf_text(out, "<alert xmlns=\"urn:oasis:names:tc:emergency:cap:1.2\">");
	put_identifier(store, row, &text);
	buf_text(&text, to.lifted ? LIFTED : "");
	xml_element(out, "identifier", buf_cstr(&text));
	buf_clear(&text);
	put_sender(row, &text);
	xml_element(out, "sender", buf_cstr(&text));
	when_rfc(to.lifted ? row->state_at : sent_of(row), sent);
	xml_element(out, "sent", sent);
	put_word(&to, "status", warning_status, statuses);
	if (to.lifted)
		xml_element(out, "msgType", "Cancel");
	else
		put_word(&to, "msgType", warning_msgtype, msgtypes);
	buf_text(out, "<scope>Public</scope>");
	put_references(&to);
	put_info(&to);
	buf_text(out, "</alert>");
	buf_release(&text);
}
