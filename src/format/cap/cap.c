/* SPDX-License-Identifier: GPL-3.0-or-later
 * CAP files and feeds from bytes to structs. The only file that knows expat.
 *
 * Elements are known by their local name, whatever their prefix; only inside an entry of a feed,
 * which mixes vocabularies, must a field stand in a namespace (or behind a prefix) that has "cap"
 * in its name.
 */
#include "format/cap.h"

#include <expat.h>
#include <string.h>

#include "format/cap_names.h"
#include "format/charset.h"
#include "base/buf.h"
#include "base/limits.h"

/* What says where it is has other names from Expat 2.9 on. */
#if XML_MAJOR_VERSION == 2 && XML_MINOR_VERSION < 9
#define XML_GetCurrentLineNumber64 XML_GetCurrentLineNumber
#define XML_GetCurrentByteIndex64 XML_GetCurrentByteIndex
#endif

/* Bytes that a document is first read by, and twice as many each time after: where many stand one
 * behind the other, the rest of the file is not copied for each of them. */
enum { PIECE = 4096 };

/* What an open element is. */
struct open {
	enum cap_place place;
	const char **slot;      /* P_TEXT: where its text goes */
	struct cap_pair ***end; /* P_PAIR: the list that it belongs to */
	bool entry, weak;       /* P_TEXT: in a feed's entry; only where nothing stands yet */
	char join;              /* P_TEXT: between several of that name; 0: there may be one */
	const char *name;       /* P_TEXT: its element */
};

/* What is being filled. */
struct scope {
	struct cap_alert *alert; /* NULL: outside */
	struct cap_info *info;
	struct cap_area *area;
};

struct reader {
	XML_Parser parser;
	struct cap_file *file;
	struct cap_alert **alerts_end;
	struct scope now, entry; /* entry: of the feed's entry around it */
	bool carried;            /* a whole alert lay in this entry: it stands for the entry */
	const char *pair_name, *pair_value;
	struct open open[LIMIT_CAP_DEPTH];
	unsigned depth, parts;
	unsigned in_text; /* depth at which the text began that is being collected; 0 = none */
	struct buf text;
	const char *why; /* a rule of ours that was broken */
	unsigned line;   /* where it was broken, or where this document began */
};

static const char too_many[] = N_("预警、区域和编码太多，请拆成几个文件");

static void refuse(struct reader *r, const char *why)
{
	if (r->why)
		return;
	r->why = why;
	r->line += (unsigned)XML_GetCurrentLineNumber64(r->parser) - 1;
	XML_StopParser(r->parser, XML_FALSE);
}

static void *part(struct reader *r, size_t size)
{
	if (++r->parts > CAP_PARTS)
		refuse(r, _(too_many));
	return arena_get(&r->file->arena, size);
}

static struct cap_info *info_new(struct reader *r)
{
	struct cap_info *info = part(r, sizeof(*info));

	info->event_codes_end = &info->event_codes;
	info->params_end = &info->params;
	info->areas_end = &info->areas;
	if (++r->now.alert->infos_count > CAP_INFOS)
		refuse(r, _("一条预警的 info 太多"));
	*r->now.alert->infos_end = info;
	r->now.alert->infos_end = &info->next;
	return info;
}

static struct cap_area *area_new(struct reader *r)
{
	struct cap_area *area = part(r, sizeof(*area));

	area->desc = "";
	area->codes_end = &area->codes;
	area->shapes_end = &area->shapes;
	*r->now.info->areas_end = area;
	r->now.info->areas_end = &area->next;
	return area;
}

static struct cap_alert *alert_new(struct reader *r)
{
	struct cap_alert *alert = part(r, sizeof(*alert));

	alert->infos_end = &alert->infos;
	alert->line = r->line - 1 + (unsigned)XML_GetCurrentLineNumber64(r->parser);
	return alert;
}

static void alert_done(struct reader *r, struct cap_alert *alert)
{
	*r->alerts_end = alert;
	r->alerts_end = &alert->next;
	r->file->count++;
}

/* The place above that elements are looked up in: P_TEXT and P_OTHER have no children that matter.
 */
static enum cap_place place_now(const struct reader *r)
{
	return r->depth ? r->open[r->depth - 1].place : P_OTHER;
}

static void open_text(
	struct reader *r, enum cap_place in, const struct cap_name *name, struct open *open)
{
	const struct cap_element *e = cap_element_of(in, name);

	if (!e)
		return;
	if (in == P_ENTRY && name->cap)
		r->now.alert->cap_seen = true;
	open->place = P_TEXT;
	open->entry = in == P_ENTRY;
	open->weak = !e->cap;
	open->join = e->join;
	open->name = e->name;
	open->slot = e->info ? &r->now.info->text[e->index] : &r->now.alert->text[e->index];
}

/* eventCode, parameter, geocode, areaDesc: children of info and area, and of an entry when they are
 * cap:. */
static bool open_inside(
	struct reader *r, enum cap_place in, const struct cap_name *name, struct open *open)
{
	bool entry = in == P_ENTRY && name->cap;
	bool in_info = entry || in == P_INFO, in_area = entry || in == P_AREA;

	if (in_info && cap_name_is(name, "area")) {
		r->now.area = area_new(r);
		open->place = P_AREA;
		return true;
	}
	if (in_area && cap_name_is(name, "areaDesc")) {
		*open = (struct open){.place = P_TEXT,
			.slot = &r->now.area->desc,
			.join = ';',
			.name = "areaDesc"};
		return true;
	}
	r->pair_name = NULL;
	if (in_area && cap_name_is(name, "geocode"))
		open->end = &r->now.area->codes_end;
	else if (in_area && (r->pair_name = cap_shape_named(name)))
		open->end = &r->now.area->shapes_end;
	else if (in_info && cap_name_is(name, "eventCode"))
		open->end = &r->now.info->event_codes_end;
	else if (in_info && cap_name_is(name, "parameter"))
		open->end = &r->now.info->params_end;
	else
		return false;
	open->place = P_PAIR;
	return true;
}

static void open_entry(struct reader *r, struct open *open)
{
	r->now.alert = alert_new(r);
	r->now.alert->from_feed = true;
	r->now.info = info_new(r);
	r->now.area = area_new(r);
	r->entry = r->now;
	r->carried = false;
	r->file->feed = true;
	open->place = P_ENTRY;
}

static void open_alert(struct reader *r, struct open *open)
{
	if (r->now.alert != r->entry.alert) {
		refuse(r, _("alert 里面又有 alert"));
		return;
	}
	r->now = (struct scope){alert_new(r), NULL, NULL};
	r->carried = true;
	open->place = P_ALERT;
}

/* What an element inside an alert or an entry is. */
static void open_part(
	struct reader *r, enum cap_place in, const struct cap_name *name, struct open *open)
{
	if (in == P_ALERT && cap_name_is(name, "info")) {
		r->now.info = info_new(r);
		open->place = P_INFO;
	} else if (in == P_PAIR) {
		bool value = cap_name_is(name, "value");

		if (!value && !cap_name_is(name, "valueName"))
			return;
		open->place = P_TEXT;
		open->slot = value ? &r->pair_value : &r->pair_name;
	} else if (in == P_ENTRY && cap_name_is(name, "author")) {
		open->place = P_AUTHOR;
	} else if (!open_inside(r, in, name, open)) {
		open_text(r, in, name, open);
	}
}

static struct open open_of(struct reader *r, const struct cap_name *name)
{
	enum cap_place in = place_now(r);
	struct open open = {.place = P_OTHER};

	if (in == P_SIGNATURE) {
		open.place = P_SIGNATURE;
	} else if (cap_name_is(name, "alert")) {
		open_alert(r, &open);
	} else if (cap_name_is(name, "Signature")) {
		open.place = P_SIGNATURE;
		if (r->now.alert)
			r->now.alert->is_signed = true;
	} else if (!r->now.alert) {
		if (cap_name_is(name, "entry") || cap_name_is(name, "item"))
			open_entry(r, &open);
	} else if (in != P_OTHER && in != P_TEXT) {
		open_part(r, in, name, &open);
	}
	return open;
}

static void on_start(void *to, const XML_Char *text, const XML_Char **attributes)
{
	struct reader *r = to;
	struct cap_name name = cap_name_of(text);
	struct open open;

	if (r->why)
		return;
	if (r->entry.alert && place_now(r) == P_ENTRY)
		cap_entry_link(&r->file->arena, r->entry.alert, &name, attributes);
	if (r->depth == LIMIT_CAP_DEPTH) {
		refuse(r, _("元素套得太深"));
		return;
	}
	if (!r->file->feed && (cap_name_is(&name, "feed") || cap_name_is(&name, "rss") ||
				      cap_name_is(&name, "RDF")))
		r->file->feed = true;
	open = open_of(r, &name);
	r->open[r->depth++] = open;
	if ((open.slot || open.end) && !r->why) {
		r->in_text = r->depth;
		buf_clear(&r->text);
	}
}

static const char *trimmed(struct reader *r)
{
	const char *text = buf_cstr(&r->text);
	size_t from = strspn(text, " \t\r\n"), len = strlen(text);

	while (len > from && strchr(" \t\r\n", text[len - 1]))
		len--;
	return (const char *)arena_bytes(&r->file->arena, bytes_of(text + from, len - from)).at;
}

static void pair_add(struct reader *r, struct cap_pair ***end, const char *value)
{
	struct cap_pair *pair = part(r, sizeof(*pair));

	pair->name = r->pair_name ? r->pair_name : "";
	pair->value = value;
	**end = pair;
	*end = &pair->next;
}

/* What stands twice: a feed's own words give way to those of CAP, texts that may be several are
 * joined, and of the others the first one counts. */
static void slot_fill(struct reader *r, const struct open *open, const char *text)
{
	const char *there = *open->slot;

	if (!there || !*there || (open->entry && !open->weak))
		*open->slot = text;
	else if (open->weak || !*text)
		return;
	else if (open->join)
		*open->slot = arena_fmt(&r->file->arena, "%s%c%s", there, open->join, text);
	else if (strcmp(there, text) != 0 && r->now.alert)
		r->now.alert->twice = open->name;
}

static void text_done(struct reader *r, const struct open *open)
{
	const char *text = trimmed(r);

	r->in_text = 0;
	if (open->slot == &r->pair_value) {
		if (*text)
			pair_add(r, r->open[r->depth - 1].end, text);
	} else {
		slot_fill(r, open, text);
		if (open->entry)
			cap_entry_text(&r->file->arena, r->entry.alert, open->name, text);
	}
}

static void on_end(void *to, const XML_Char *text)
{
	struct reader *r = to;
	struct open open;

	(void)text;
	if (r->why)
		return;
	open = r->open[--r->depth];
	if (open.place == P_TEXT) {
		text_done(r, &open);
	} else if (open.place == P_PAIR) {
		if (r->in_text == r->depth + 1) { /* no names inside: the text itself is the code */
			const char *code = trimmed(r);

			r->in_text = 0;
			if (*code)
				pair_add(r, open.end, code);
		}
	} else if (open.place == P_ALERT) {
		alert_done(r, r->now.alert);
		r->now = r->entry;
	} else if (open.place == P_ENTRY) {
		if (!r->carried)
			alert_done(r, r->entry.alert);
		r->now = r->entry = (struct scope){NULL, NULL, NULL};
	}
}

static void on_text(void *to, const XML_Char *text, int len)
{
	struct reader *r = to;

	if (r->in_text && !r->why)
		buf_put(&r->text, text, (size_t)len);
}

static void on_doctype(
	void *to, const XML_Char *name, const XML_Char *system, const XML_Char *public, int inside)
{
	(void)name;
	(void)system;
	(void)public;
	(void)inside;
	refuse(to, _("文件带有 DTD 或实体声明，不予读取"));
}

/* All of it, or as far as the parser takes it. */
static enum XML_Error pieces(XML_Parser p, struct bytes in)
{
	const char *from =
		in.len ? (const char *)in.at : ""; /* a byte order mark alone is no text */
	size_t at = 0, len = PIECE;
	bool last = false;

	for (; !last; at += len, len *= 2) {
		last = in.len - at <= len;
		if (XML_Parse(p, from + at, (int)(last ? in.len - at : len), last) ==
			XML_STATUS_ERROR)
			return XML_GetErrorCode(p);
	}
	return XML_ERROR_NONE;
}

/* One document from AT on; *AT moves behind it. NAMES: with namespaces. It is in UTF-8, whatever
 * its first line says. */
static enum XML_Error document(struct reader *r, struct bytes in, size_t *at, bool names)
{
	static const char coding[] = "UTF-8";
	XML_Parser p = names ? XML_ParserCreateNS(coding, '|') : XML_ParserCreate(coding);
	struct bytes left = in.len > *at ? bytes_of(in.at + *at, in.len - *at) : bytes_of(0, 0);

	if (!p)
		memory_none(0);
	r->parser = p;
	r->depth = r->in_text = 0;
	r->now = r->entry = (struct scope){NULL, NULL, NULL};
	XML_SetUserData(p, r);
	XML_SetElementHandler(p, on_start, on_end);
	XML_SetCharacterDataHandler(p, on_text);
	XML_SetStartDoctypeDeclHandler(p, on_doctype);
	if (++r->parts > CAP_PARTS)
		refuse(r, _(too_many));
	enum XML_Error error = r->why ? XML_ERROR_ABORTED : pieces(p, left);
	if (!r->why)
		r->line += (unsigned)XML_GetCurrentLineNumber64(p) - 1;
	*at += (size_t)XML_GetCurrentByteIndex64(p);
	XML_ParserFree(p);
	return error;
}

/* Several documents one behind the other make one file, as some senders write them. */
static enum XML_Error documents(struct reader *r, struct bytes in, bool names)
{
	size_t at = 0;

	for (;;) {
		size_t from = at;
		enum XML_Error error = document(r, in, &at, names);
		bool more = error == XML_ERROR_JUNK_AFTER_DOC_ELEMENT ||
			    error == XML_ERROR_MISPLACED_XML_PI;

		if (r->why || !more || at <= from || at >= in.len || in.at[at] != '<')
			return error;
	}
}

static void restart(struct reader *r)
{
	struct buf text = r->text;

	arena_release(&r->file->arena);
	*r->file = (struct cap_file){.alerts = NULL};
	*r = (struct reader){
		.file = r->file, .text = text, .alerts_end = &r->file->alerts, .line = 1};
}

/* What was whole before the file went wrong is kept; an entity that nobody defined refuses all. */
static enum rc judged(const struct reader *r, enum XML_Error error, struct fault *fault)
{
	struct cap_file *file = r->file;
	const char *wrong = error == XML_ERROR_NONE ? NULL : cap_fault(XML_ErrorString(error));

	if (wrong && !r->why && file->count && error != XML_ERROR_UNDEFINED_ENTITY)
		file->broken = wrong;
	else if (r->why || wrong)
		return fault_set(
			fault, RC_BAD, _("第 %u 行：%s"), r->line, r->why ? r->why : wrong);
	else if (!file->count && !file->feed)
		return fault_set(fault, RC_BAD, _("不是 CAP 预警文件：没有 alert 元素"));
	return RC_OK;
}

enum rc cap_read(struct bytes in, struct cap_file *out, struct fault *fault)
{
	struct reader r = {.file = out};
	struct buf room = {0}, plain = {0};
	struct charset_lost lost = {.count = 0};
	enum XML_Error error;
	unsigned mended = 0;
	enum rc rc;

	*out = (struct cap_file){.alerts = NULL};
	if (in.len > LIMIT_CAP)
		return fault_set(
			fault, RC_BAD, _("文件超过 %d MiB，请拆成几个文件"), LIMIT_CAP >> 20);
	rc = charset_xml(in, &room, &in, &lost, fault);
	if (rc == RC_OK) {
		restart(&r);
		error = documents(&r, in, true);
		if (error == XML_ERROR_INVALID_TOKEN && (mended = cap_mend(in, &plain))) {
			restart(&r);
			in = buf_bytes(&plain);
			error = documents(&r, in, true);
		}
		if (error ==
			XML_ERROR_UNBOUND_PREFIX) { /* seen in the field: undeclared prefixes */
			restart(&r);
			error = documents(&r, in, false);
		}
		out->mended = mended;
		if (error == XML_ERROR_NO_ELEMENTS && r.depth)
			error = XML_ERROR_UNCLOSED_TOKEN; /* it ends in the middle */
		rc = judged(&r, error, fault);
	}
	out->lost = lost;
	buf_release(&r.text);
	buf_release(&plain);
	buf_release(&room);
	return rc;
}

void cap_release(struct cap_file *file)
{
	arena_release(&file->arena);
	*file = (struct cap_file){.alerts = NULL};
}
