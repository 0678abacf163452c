/* SPDX-License-Identifier: GPL-3.0-or-later
 * A broadcast as a message for a platform of emergency broadcasting: an EBD packet with an EBM in
 * it, as GD/J 082 and 083 (2018) have them. Times are local; numbers are made of the code that the
 * platform gave to this station.
 */
#include "export_inside.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "base/when.h"
#include "format/xml.h"
#include "model/area.h"
#include "model/kinds.h"
#include "store/station.h"

enum { HOUR = 3600, CODE_LEAST = 12, CODE_MOST = 23, NUMBERS = 10000 };

/* The packet: type 10, who sends it, and 16 digits; the message: who, the day, and 4 digits. */
struct broadcast {
	struct store *store;
	const struct row *row, *warning; /* warning: NULL, it is for none */
	const char *code;
	struct buf *out;
};

bool ebd_code(const char *code)
{
	size_t len = strlen(code);

	return len >= CODE_LEAST && len <= CODE_MOST && strspn(code, "0123456789") == len;
}

static void put_local(struct buf *out, const char *name, int64_t at)
{
	enum { SECONDS = 19, SPACE = 10 };
	char text[WHEN_TEXT];

	when_rfc(at, text);
	text[SECONDS] = 0;
	text[SPACE] = ' ';
	xml_element(out, name, text);
}

/* The first number of its day that is free, remembered: what the platform says of it is of this
 * broadcast. */
static enum rc message_id(const struct broadcast *to, struct buf *id, struct fault *fault)
{
	struct ref known;

	for (unsigned n = 1; n < NUMBERS; n++) {
		buf_clear(id);
		buf_fmt(id, "%s%lld%04u", to->code, (long long)date_of(to->row->at), n);
		if (!store_ref(to->store, SOURCE_EBM, buf_cstr(id), &known))
			return store_ref_set(
				to->store, SOURCE_EBM, buf_cstr(id), to->row->ref, fault);
		if (known.site == to->row->ref.site && known.seq == to->row->ref.seq)
			return RC_OK;
	}
	return fault_set(fault, RC_BAD, _("这一天的广播消息编号用完了"));
}

static void put_field_of(
	const struct broadcast *to, const char *name, const struct row *row, unsigned tag)
{
	struct buf text = {0};

	if (row && row_value(row, tag))
		row_field(to->store, row, tag, false, &text);
	xml_element(to->out, name, buf_cstr(&text));
	buf_release(&text);
}

/* 1 red to 4 blue; 0: there is no warning, or it has no colour. */
static void put_severity(const struct broadcast *to)
{
	static const char *const colours[] = {"red", "orange", "yellow", "blue"};
	const struct value *value = to->warning ? row_value(to->warning, warning_severity) : NULL;
	char text[8] = "0";

	for (unsigned n = 0; value && n < countof(colours); n++)
		if (bytes_equal(value->text, bytes_text(colours[n])))
			snprintf(text, sizeof text, "%u", n + 1);
	xml_element(to->out, "Severity", text);
}

static void put_basic(const struct broadcast *to)
{
	const struct value *end = to->warning ? row_value(to->warning, warning_expires) : NULL;
	int64_t now = store_now(to->store);

	buf_text(to->out, "<MsgBasicInfo><MsgType>1</MsgType>");
	xml_element(to->out, "SenderName", store_station(to->store)->name);
	xml_element(to->out, "SenderCode", to->code);
	put_local(to->out, "SendTime", to->row->at);
	if (to->warning && row_value(to->warning, warning_event))
		put_field_of(to, "EventType", to->warning, warning_event);
	else
		xml_element(to->out, "EventType", "00000");
	put_severity(to);
	put_local(to->out, "StartTime", now);
	put_local(to->out, "EndTime", end && end->num > now ? end->num : now + HOUR);
	buf_text(to->out, "</MsgBasicInfo>");
}

static void put_content(const struct broadcast *to)
{
	struct buf title = {0};
	char area[16];

	row_mark(to->warning ? to->warning : to->row, &title);
	row_title(to->store, to->warning ? to->warning : to->row, &title);
	area_show(to->row->area, area);
	buf_text(to->out, "<MsgContent><LanguageCode>zho</LanguageCode>");
	xml_element(to->out, "MsgTitle", buf_cstr(&title));
	put_field_of(to, "MsgDesc", to->row, broadcast_text);
	xml_element(to->out, "AreaCode", area);
	buf_text(to->out, "</MsgContent>");
	buf_release(&title);
}

static enum rc compose(const struct broadcast *to, struct fault *fault)
{
	struct buf id = {0};
	enum rc rc = message_id(to, &id, fault);

	buf_fmt(to->out, "<EBD><EBDVersion>1.0</EBDVersion><EBDID>10%s%012u%04u</EBDID>", to->code,
		to->row->ref.seq, to->row->facts % NUMBERS);
	buf_text(to->out, "<EBDType>EBM</EBDType><SRC>");
	xml_element(to->out, "EBRID", to->code);
	buf_text(to->out, "</SRC>");
	put_local(to->out, "EBDTime", store_now(to->store));
	buf_text(to->out, "<EBM><EBMVersion>1.0</EBMVersion>");
	xml_element(to->out, "EBMID", buf_cstr(&id));
	put_basic(to);
	put_content(to);
	buf_text(to->out, "</EBM></EBD>");
	buf_release(&id);
	return rc;
}

enum rc ebd_out(struct store *store, const struct row *row, const char *code, struct buf *out,
	struct fault *fault)
{
	struct broadcast to = {.store = store, .row = row, .code = code, .out = out};
	const struct value *value = row_value(row, broadcast_warning);
	struct arena arena = {0};
	struct row warning;
	struct ref ref;

	if (value && warning_meant(store, value, &ref) &&
		store_row(store, ref, &arena, &warning, fault) == RC_OK)
		to.warning = &warning;
	enum rc rc = compose(&to, fault);
	arena_release(&arena);
	return rc;
}
