/* SPDX-License-Identifier: GPL-3.0-or-later
 * From a block of an alert as it stands in a file to what a station keeps of it: codes of our own
 * for severity, status and kind of message, times in seconds, the alerts that it replaces. What is
 * needed and bad refuses the alert; what is not needed and bad is left out and said.
 */
#include "format/cap.h"

#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/limits.h"
#include "base/text.h"
#include "base/when.h"
#include "format/cap_deed.h"
#include "format/cap_event.h"
#include "format/cap_issuer.h"
#include "format/cap_plain.h"
#include "format/cap_refers.h"
#include "format/cap_words.h"

enum { IDENTIFIER = 255, PART = 8 }; /* PART: room for "~p64~v9" */

struct making {
	const struct cap_alert *alert;
	const struct cap_info *info;
	struct arena *arena;
	struct cap_warning *out;
};

static const char *or_empty(const char *text)
{
	return text ? text : "";
}

static const char *info_text(const struct making *m, enum cap_info_text which)
{
	return m->info ? or_empty(m->info->text[which]) : "";
}

static void note(struct making *m, const char *field, const char *why)
{
	struct cap_note *note = arena_get(m->arena, sizeof(*note));

	*note = (struct cap_note){.field = field, .why = why};
	*m->out->notes_end = note;
	m->out->notes_end = &note->next;
}

/* Cleaned and cut to MOST bytes, never inside a character. */
static const char *kept(
	struct making *m, const char *field, const char *text, bool lines, size_t most)
{
	static const char mark[] = "…";
	struct buf plain = {0}, clean = {0};
	const char *out = "";

	cap_plain(text, &plain);
	if (text_clean(buf_cstr(&plain), plain.len, lines, &clean) && clean.len) {
		if (clean.len > most) {
			clean.len = text_whole((const char *)clean.at, most - strlen(mark));
			buf_text(&clean, mark);
			note(m, field, _("文字太长，已截短"));
		}
		out = arena_text(m->arena, buf_cstr(&clean));
	}
	buf_release(&clean);
	buf_release(&plain);
	return out;
}

static bool refuse(struct cap_note *bad, const char *field, const char *why)
{
	*bad = (struct cap_note){.field = field, .why = why};
	return false;
}

/* ---- what an alert cannot do without */

/* "https://…/alerts/urn:oid:2.49…" of a feed is the alert "urn:oid:2.49…". */
static const char *identifier_of(const struct cap_alert *alert)
{
	const char *text = or_empty(alert->text[CAP_IDENTIFIER]);
	const char *urn = alert->from_feed ? strstr(text, "urn:") : NULL;

	return urn ? urn : text;
}

static bool identifier_take(struct making *m, unsigned number, struct cap_note *bad)
{
	const char *name = kept(m, "identifier", identifier_of(m->alert), false, LIMIT_LINE);

	m->out->identifier = name;
	if (!*name)
		return refuse(bad, "identifier", _("必须填写"));
	if (strlen(name) > IDENTIFIER - PART)
		return refuse(bad, "identifier", _("超过 247 个字节"));
	if (number)
		m->out->identifier = arena_fmt(m->arena, "%s~p%u", name, number + 1);
	m->out->refers_count = cap_refers(or_empty(m->alert->text[CAP_REFERENCES]), name,
		or_empty(m->alert->text[CAP_SENDER]), m->arena, m->out->refers);
	return true;
}

/* A code that must be there, except in a feed, which means MEANT by its silence. */
static bool code_take(const struct cap_alert *alert, const char *text, const char *code,
	const char *meant, struct cap_note *bad)
{
	if (!*text && alert->from_feed)
		code = meant;
	bad->no_warning = !code;
	if (!code)
		bad->why = _("这类消息不是给人的预警，没有保存");
	else if (!*code)
		bad->why = *text ? _("不认识这个值") : _("必须填写");
	return code && *code;
}

static bool head_take(struct making *m, unsigned number, struct cap_note *bad)
{
	const struct cap_alert *alert = m->alert;
	const char *status = or_empty(alert->text[CAP_STATUS]);
	const char *type = or_empty(alert->text[CAP_MSGTYPE]), *against;

	if (alert->from_feed && !alert->cap_seen)
		return refuse(bad, "entry", _("没有 cap: 元素，只能从它的链接取得预警"));
	if (!identifier_take(m, number, bad))
		return false;
	bad->field = "status";
	if (!code_take(alert, status, cap_status(status), "actual", bad))
		return false;
	m->out->status = *status ? cap_status(status) : "actual";
	bad->field = "msgType";
	if (!code_take(alert, type, cap_kind(type), "alert", bad))
		return false;
	m->out->msgtype = cap_msgtype(m->info, *type ? cap_kind(type) : "alert", &against);
	if (against)
		note(m, against,
			strcmp(m->out->msgtype, "cancel") == 0
				? _("说明预警已经解除，与 msgType 不一致，按解除办理")
				: _("同时发布了新的颜色，与 msgType 不一致，新的颜色生效"));
	if (alert->twice && !number)
		note(m, alert->twice, _("写了两次，只用第一个"));
	return true;
}

/* ---- times */

static const char *first_of(const char *a, const char *b)
{
	return a && *a ? a : b;
}

/* How TEXT was read is said where it is no form of the standard. */
static bool time_read(struct making *m, const char *name, const char *text, int64_t *at)
{
	enum cap_time_is is = cap_time(text, at);
	char shown[WHEN_TEXT];
	struct brief brief = {""};

	if (is == CAP_TIME_TYPED) {
		when_show(*at, shown);
		note(m, name,
			arena_fmt(m->arena, _("\"%s\" 不是标准写法，按 %s 记"),
				text_brief(&brief, text), shown));
	}
	return is != CAP_TIME_NONE;
}

/* A warning without an end is safe, no warning is not. */
static void time_take(struct making *m, const char *name, const char *text, int64_t *at)
{
	if (text && *text && !time_read(m, name, text, at)) {
		*at = 0;
		note(m, name, _("不是有效的时间，没有采用"));
	}
}

/* What contradicts itself counts from the beginning and without an end. */
static void times_agree(struct making *m)
{
	struct cap_warning *w = m->out;

	if (!w->expires || (w->expires > w->sent && w->expires > w->onset))
		return;
	note(m, "expires",
		w->expires <= w->sent
			? _("早于发布时间，没有采用：按未写明结束时间办理")
			: _("早于开始时间，都没有采用：按已经开始、未写明结束时间办理"));
	if (w->expires > w->sent)
		w->onset = w->sent;
	w->expires = 0;
}

/* Without a time of its own an alert is as old as what it says is in force. */
static bool sent_take(struct making *m, const char *sent, const char *force, struct cap_note *bad)
{
	bool written = sent && *sent;

	if (written && time_read(m, "sent", sent, &m->out->sent))
		return true;
	if (!force || !*force || !time_read(m, "sent", force, &m->out->sent))
		return refuse(bad, "sent", written ? _("不是有效的时间") : _("必须填写"));
	note(m, "sent", written ? _("不是有效的时间，按生效时间记") : _("没有写，按生效时间记"));
	return true;
}

static bool times_take(struct making *m, struct cap_note *bad)
{
	const char *sent = m->alert->text[CAP_SENT], *onset = info_text(m, CAP_ONSET);
	const char *effective = info_text(m, CAP_EFFECTIVE);

	if (m->alert->from_feed)
		sent = first_of(
			first_of(sent, m->alert->text[CAP_UPDATED]), first_of(onset, effective));
	if (!sent_take(m, sent, first_of(effective, onset), bad))
		return false;
	time_take(m, "onset", onset, &m->out->onset);
	if (!m->out->onset)
		time_take(m, "effective", effective, &m->out->onset);
	time_take(m, "expires", info_text(m, CAP_EXPIRES), &m->out->expires);
	times_agree(m);
	return true;
}

/* ---- what it says */

static void info_take(struct making *m)
{
	struct cap_warning *w = m->out;
	const char *severity = info_text(m, CAP_SEVERITY);

	w->event = kept(m, "event", cap_event(m->info), false, LIMIT_NAME);
	w->severity = cap_colour(m->info);
	if (*severity && strcasecmp(severity, "Unknown") != 0 &&
		strcmp(cap_severity(severity), "unknown") == 0)
		note(m, "severity", _("不认识这个值"));
	if (cap_colours_differ(m->info))
		note(m, "severity", _("与标题所写的颜色不同，按较重的一种"));
	w->headline = kept(m, "headline", info_text(m, CAP_HEADLINE), false, LIMIT_LINE);
	w->text = kept(m, "description", info_text(m, CAP_DESCRIPTION), true, LIMIT_LONG);
	w->action = kept(m, "instruction", info_text(m, CAP_INSTRUCTION), true, LIMIT_LONG);
	if (!*w->event && strcmp(w->msgtype, "cancel") != 0) {
		w->event = "unknown";
		note(m, "event", _("没有写明灾种"));
	}
}

bool cap_warning(const struct cap_alert *alert, const struct cap_info *info, unsigned number,
	struct arena *arena, struct cap_warning *out, struct cap_note *bad)
{
	struct making m = {alert, info, arena, out};
	const char *writer;

	*out = (struct cap_warning){.identifier = "",
		.event = "",
		.severity = "unknown",
		.headline = "",
		.text = "",
		.action = "",
		.info = info,
		.is_signed = alert->is_signed};
	out->notes_end = &out->notes;
	if (!head_take(&m, number, bad) || !times_take(&m, bad))
		return false;
	if (info)
		info_take(&m);
	else if (strcmp(out->msgtype, "cancel") != 0)
		return refuse(bad, "info", _("必须填写"));
	else if (!out->refers_count)
		return refuse(bad, "references", _("解除没有写明解除哪一条预警"));
	if (!*out->text)
		out->text = kept(&m, "note", or_empty(alert->text[CAP_NOTE]), true, LIMIT_LONG);
	out->issuer = kept(&m, "senderName",
		cap_issuer(or_empty(alert->text[CAP_SENDER]), info, arena, &writer), false,
		LIMIT_LINE);
	out->writer = kept(&m, "senderName", writer, false, LIMIT_NAME);
	return true;
}
