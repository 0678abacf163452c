/* SPDX-License-Identifier: GPL-3.0-or-later
 * From an alert as it stands in a file to what a station keeps of it: one info block, codes of our
 * own for severity, status and kind of message, times in seconds, the alerts that it replaces.
 */
#include "format/cap.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/limits.h"
#include "base/text.h"

enum { IDENTIFIER = 255 };

struct word {
	const char *word, *code; /* code NULL: not for people, the alert is refused */
};

/* zh: words that files use */
static const struct word statuses[] = {{"Actual", "actual"}, {"实际", "actual"},
	{"Exercise", "exercise"}, {"演练", "exercise"}, {"Test", "test"}, {"测试", "test"},
	{"System", NULL}, {"Draft", NULL}, {NULL, NULL}};
static const struct word msgtypes[] = {{"Alert", "alert"}, {"首次", "alert"}, {"发布", "alert"},
	{"Update", "update"}, {"更新", "update"}, {"Cancel", "cancel"}, {"解除", "cancel"},
	{"取消", "cancel"}, {"Ack", NULL}, {"Error", NULL}, {NULL, NULL}};
static const struct word colours[] = {
	{"红色", "red"}, {"橙色", "orange"}, {"黄色", "yellow"}, {"蓝色", "blue"}, {NULL, NULL}};
static const struct word severities[] = {{"Extreme", "red"}, {"Red", "red"}, {"红", "red"},
	{"红色", "red"}, {"I", "red"}, {"Ⅰ", "red"}, {"I级", "red"}, {"Ⅰ级", "red"},
	{"特别严重", "red"}, {"Severe", "orange"}, {"Orange", "orange"}, {"橙", "orange"},
	{"橙色", "orange"}, {"II", "orange"}, {"Ⅱ", "orange"}, {"II级", "orange"},
	{"Ⅱ级", "orange"}, {"严重", "orange"}, {"Moderate", "yellow"}, {"Yellow", "yellow"},
	{"黄", "yellow"}, {"黄色", "yellow"}, {"III", "yellow"}, {"Ⅲ", "yellow"},
	{"III级", "yellow"}, {"Ⅲ级", "yellow"}, {"较重", "yellow"}, {"Minor", "blue"},
	{"Blue", "blue"}, {"蓝", "blue"}, {"蓝色", "blue"}, {"IV", "blue"}, {"Ⅳ", "blue"},
	{"IV级", "blue"}, {"Ⅳ级", "blue"}, {"一般", "blue"}, {NULL, NULL}};
static const char colour_name[] = "颜色";

static const char *word_code(const struct word *word, const char *text, const char *otherwise)
{
	for (; word->word; word++)
		if (strcasecmp(word->word, text) == 0)
			return word->code;
	return otherwise;
}

static const char *or_empty(const char *text)
{
	return text ? text : "";
}

/* Cleaned and cut to MOST bytes, never inside a character. */
static const char *kept(
	struct arena *arena, const char *text, bool lines, size_t most, bool *was_cut)
{
	static const char mark[] = "…";
	struct buf clean = {0};
	const char *out = "";

	if (text && text_clean(text, strlen(text), lines, &clean) && clean.len) {
		if (clean.len > most) {
			clean.len = most - strlen(mark);
			while (clean.len && (clean.at[clean.len] & 0xc0) == 0x80)
				clean.len--;
			buf_text(&clean, mark);
			*was_cut = true;
		}
		out = arena_text(arena, buf_cstr(&clean));
	}
	buf_release(&clean);
	return out;
}

/* Chinese first, then the user's language, then as they stand. */
static const struct cap_info *info_best(const struct cap_alert *alert, const char *language)
{
	const struct cap_info *best = NULL;
	int rank = 0;

	for (const struct cap_info *i = alert->infos; i; i = i->next) {
		const char *l = or_empty(i->text[CAP_LANGUAGE]);
		int r = 1;

		if (strcasecmp(l, "zh-CN") == 0)
			r = 4;
		else if (strncasecmp(l, "zh", 2) == 0)
			r = 3;
		else if (strncasecmp(l, language, strlen(language)) == 0)
			r = 2;
		if (r > rank) {
			rank = r;
			best = i;
		}
	}
	return best;
}

/* A colour that a headline names; the last one, because "from yellow to orange" ends with what is
 * now. */
static const char *headline_colour(const char *headline)
{
	const char *last = NULL, *code = "unknown";

	for (const struct word *c = colours; c->word; c++)
		for (const char *at = headline; (at = strstr(at, c->word)); at += strlen(c->word))
			if (at > last || !last) {
				last = at;
				code = c->code;
			}
	return code;
}

static const char *severity_of(const struct cap_info *info)
{
	const char *code = cap_severity(or_empty(info->text[CAP_SEVERITY]));

	for (const struct cap_pair *p = info->params; p && strcmp(code, "unknown") == 0;
		p = p->next)
		if (strcasestr(p->name, "colo") || strstr(p->name, colour_name))
			code = cap_severity(p->value);
	if (strcmp(code, "unknown") == 0)
		code = headline_colour(or_empty(info->text[CAP_HEADLINE]));
	return code;
}

/* A national event code (11B03) wherever the block gives one, else the event's own words. */
static const char *event_of(const struct cap_info *info)
{
	for (const struct cap_pair *p = info->event_codes; p; p = p->next) {
		const char *v = p->value;

		if (strlen(v) == 5 && v[0] == '1' && v[1] >= '1' && v[1] <= '4' && v[2] >= 'A' &&
			v[2] <= 'Z' && strspn(v + 3, "0123456789") == 2)
			return v;
	}
	return or_empty(info->text[CAP_EVENT]);
}

/* "https://…/alerts/urn:oid:2.49…" of a feed is the alert "urn:oid:2.49…". */
static const char *identifier_of(const struct cap_alert *alert)
{
	const char *text = or_empty(alert->text[CAP_IDENTIFIER]);
	const char *urn = alert->from_feed ? strstr(text, "urn:") : NULL;

	return urn ? urn : text;
}

/* One token of references up to a comma or blank; quotes keep blanks inside. */
static struct bytes token(const char **at)
{
	const char *from = *at;
	size_t len;

	if (*from == '"') {
		from++;
		len = strcspn(from, "\"");
		*at = from + len + (from[len] == '"');
	} else {
		len = strcspn(from, ", \t\r\n");
		*at = from + len;
	}
	return bytes_of(from, len);
}

/* "sender,identifier,sent" separated by blanks, or bare identifiers. In Chinese files the time has
 * a blank inside. */
static void refers_take(const char *at, struct arena *arena, struct cap_warning *out)
{
	while (out->refers_count < CAP_REFERS) {
		struct bytes id;

		at += strspn(at, " \t\r\n,;");
		if (!*at)
			return;
		id = token(&at);
		if (*at == ',') {
			at++;
			id = token(&at);
			if (*at == ',') {
				at++;
				token(&at);
			}
			if (at[0] == ' ' && strspn(at + 1, "0123456789") == 2 && at[3] == ':') {
				at++;
				token(&at);
			}
		}
		if (id.len && id.len <= IDENTIFIER)
			out->refers[out->refers_count++] = (const char *)arena_bytes(arena, id).at;
	}
}

static bool refuse(const char **field, const char **why, const char *name, const char *rule)
{
	*field = name;
	*why = rule;
	return false;
}

/* A code that must be there, except in a feed, which means MEANT by its silence. */
static bool code_take(const struct cap_alert *alert, const char *text, const struct word *codes,
	const char *meant, const char **out, const char **why)
{
	*out = "";
	if (*text)
		*out = word_code(codes, text, "");
	else if (alert->from_feed)
		*out = meant;
	if (!*out)
		*why = _("这类消息不是给人的预警");
	else if (!**out)
		*why = *text ? _("不认识这个值") : _("必须填写");
	return *out && **out;
}

static bool head_take(const struct cap_alert *alert, struct arena *arena, struct cap_warning *out,
	const char **field, const char **why)
{
	if (alert->from_feed && !alert->cap_seen)
		return refuse(field, why, "entry", _("没有 cap: 元素，只能从它的链接取得预警"));
	out->identifier = kept(arena, identifier_of(alert), false, LIMIT_LINE, &out->was_cut);
	*field = "identifier";
	if (!*out->identifier)
		return refuse(field, why, "identifier", _("必须填写"));
	if (strlen(out->identifier) > IDENTIFIER)
		return refuse(field, why, "identifier", _("超过 255 个字节"));
	*field = "status";
	if (!code_take(alert, or_empty(alert->text[CAP_STATUS]), statuses, "actual", &out->status,
		    why))
		return false;
	*field = "msgType";
	if (!code_take(alert, or_empty(alert->text[CAP_MSGTYPE]), msgtypes, "alert", &out->msgtype,
		    why))
		return false;
	refers_take(or_empty(alert->text[CAP_REFERENCES]), arena, out);
	return true;
}

static bool time_take(
	const char *text, int64_t *at, const char *name, const char **field, const char **why)
{
	if (!text || !*text || cap_time(text, at))
		return true;
	return refuse(field, why, name, _("不是有效的时间"));
}

static const char *first_of(const char *a, const char *b)
{
	return a && *a ? a : b;
}

static bool times_take(const struct cap_alert *alert, struct cap_warning *out, const char **field,
	const char **why)
{
	const char *sent = alert->text[CAP_SENT], *onset = NULL, *expires = NULL;

	if (out->info) {
		expires = out->info->text[CAP_EXPIRES];
		onset = first_of(out->info->text[CAP_ONSET], out->info->text[CAP_EFFECTIVE]);
	}
	if (alert->from_feed)
		sent = first_of(first_of(sent, alert->text[CAP_UPDATED]), onset);
	if (!sent || !*sent)
		return refuse(field, why, "sent", _("必须填写"));
	return time_take(sent, &out->sent, "sent", field, why) &&
	       time_take(onset, &out->onset, "onset", field, why) &&
	       time_take(expires, &out->expires, "expires", field, why);
}

bool cap_warning(const struct cap_alert *alert, const char *language, struct arena *arena,
	struct cap_warning *out, const char **field, const char **why)
{
	const char *issuer = or_empty(alert->text[CAP_SENDER]);
	const struct cap_info *info;

	*out = (struct cap_warning){.identifier = "",
		.event = "",
		.severity = "unknown",
		.headline = "",
		.text = "",
		.action = "",
		.info = info_best(alert, language),
		.is_signed = alert->is_signed};
	info = out->info;
	if (!head_take(alert, arena, out, field, why) || !times_take(alert, out, field, why))
		return false;
	if (info) {
		out->event = kept(arena, event_of(info), false, LIMIT_NAME, &out->was_cut);
		out->severity = severity_of(info);
		out->headline =
			kept(arena, info->text[CAP_HEADLINE], false, LIMIT_LINE, &out->was_cut);
		out->text =
			kept(arena, info->text[CAP_DESCRIPTION], true, LIMIT_TEXT, &out->was_cut);
		out->action =
			kept(arena, info->text[CAP_INSTRUCTION], true, LIMIT_TEXT, &out->was_cut);
		if (*or_empty(info->text[CAP_SENDER_NAME]))
			issuer = info->text[CAP_SENDER_NAME];
	}
	if (!*out->event && strcmp(out->msgtype, "cancel") != 0)
		return refuse(field, why, info ? "event" : "info", _("必须填写"));
	if (!info && !out->refers_count)
		return refuse(field, why, "references", _("解除没有写明解除哪一条预警"));
	if (!*out->text)
		out->text = kept(arena, alert->text[CAP_NOTE], true, LIMIT_TEXT, &out->was_cut);
	out->issuer = kept(arena, issuer, false, LIMIT_LINE, &out->was_cut);
	return true;
}

const char *cap_severity(const char *text)
{
	return word_code(severities, text, "unknown");
}
