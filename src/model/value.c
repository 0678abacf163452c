/* SPDX-License-Identifier: GPL-3.0-or-later
 * Values: a row a field type, both ways. What a person typed is made clean first; what breaks a
 * rule is refused with that rule, and nothing is guessed.
 */
#include "model/value.h"

#include "base/text.h"
#include "base/when.h"
#include "model/area.h"
#include "model/long_text.h"
#include "model/value_inside.h"

#include <stdio.h>
#include <string.h>

/* Tables whose unknown codes are always kept, because grid workers invent new ones every year. */
static const char *const open_tables[] = {"unit", "facility", "condition", "method", "event",
	"skill", "role_tag", "vulnerable", "proof", "doubt", "refusal", "outage", "survey_has"};

/* Tables that the program itself reckons with: an unknown code is refused even from a file. */
static const char *const closed_tables[] = {"hazard_grade", "risk", "severity", "warning_status",
	"msgtype", "report_stage", "track", "result"};

static bool in_list(const char *const *list, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++)
		if (!strcmp(list[i], name))
			return true;
	return false;
}

static bool code_kept(const char *table, bool strict)
{
	if (in_list(open_tables, countof(open_tables), table))
		return true;
	return !strict && !in_list(closed_tables, countof(closed_tables), table);
}

/* The text behind KEEP's first START bytes becomes VALUE. */
static void value_kept(struct buf *keep, size_t start, enum wire wire, struct value *value)
{
	buf_cstr(keep);
	value->wire = wire;
	value->num = 0;
	value->text = bytes_of(keep->at + start, keep->len - start);
}

static bool parse_text(const struct field *field, const char *typed, const struct value_ways *ways,
	struct buf *keep, struct value *value, const char **why)
{
	size_t start = keep->len;

	(void)ways;
	if (strlen(typed) > (field->type == T_LONG ? LIMIT_LONG : LIMIT_LINE)) {
		*why = field->type == T_LONG ? _("太长：最多 65536 字节，约 21800 个汉字")
					     : _("太长：最多 1024 字节，约 340 个汉字");
		return false;
	}
	buf_text(keep, typed);
	value_kept(keep, start, WIRE_TEXT, value);
	return true;
}

static void show_text(const struct field *field, const struct value *value,
	const struct value_ways *ways, struct buf *out)
{
	if (value->wire == WIRE_NUM)
		buf_fmt(out, "%lld", (long long)value->num);
	else if (field->type == T_LONG)
		long_show(value->text, ways, out);
	else
		buf_put(out, value->text.at, value->text.len);
}

static bool parse_bool(const struct field *field, const char *typed, const struct value_ways *ways,
	struct buf *keep, struct value *value, const char **why)
{
	/* zh: what people type for no and for yes */
	static const char *const truths[2][8] = {
		{"0", "n", "no", "false", "否", "无", "没有", "不"},
		{"1", "y", "yes", "true", "是", "有", "能", "可"}};

	(void)field;
	(void)ways;
	(void)keep;
	for (int truth = 0; truth < 2; truth++)
		if (in_list(truths[truth], countof(truths[truth]), typed)) {
			*value = value_num(truth);
			return true;
		}
	*why = _("填 1(是) 或 0(否)");
	return false;
}

static void show_bool(const struct field *field, const struct value *value,
	const struct value_ways *ways, struct buf *out)
{
	(void)field;
	if (ways->labels)
		buf_text(out, value->num ? _("是") : _("否"));
	else
		buf_text(out, value->num ? "1" : "0");
}

static bool put_code(const struct field *field, const char *typed, const struct value_ways *ways,
	struct buf *keep, const char **why)
{
	const struct code *code = code_named(field->codes, typed);

	if (!code && !code_kept(field->codes, ways->strict)) {
		*why = _("没有这个代码");
		return false;
	}
	if (strlen(typed) > 64) {
		*why = _("代码太长：最多 64 字节");
		return false;
	}
	buf_text(keep, code ? code->code : typed);
	return true;
}

static bool parse_code(const struct field *field, const char *typed, const struct value_ways *ways,
	struct buf *keep, struct value *value, const char **why)
{
	size_t start = keep->len;

	if (!put_code(field, typed, ways, keep, why))
		return false;
	value_kept(keep, start, WIRE_TEXT, value);
	return true;
}

static void show_code(const struct field *field, const struct value *value,
	const struct value_ways *ways, struct buf *out)
{
	char code[LIMIT_LINE];

	bytes_into(code, sizeof code, value->text);
	buf_text(out, ways->labels ? code_text(field->codes, code) : code);
}

static bool parts_words(uint32_t cp)
{
	return cp == ',' || cp == ';' || cp == ' ' || cp == '\n' || cp == 0xA0 || cp == 0x3000 ||
	       cp == 0x3001 || cp == 0xFF0C || cp == 0xFF1B;
}

/* The next word of a list separated by ',', '，', '、', ';' or blanks; returns where to go on. */
static const char *list_word(const char *at, char word[LIMIT_LINE])
{
	size_t len = 0;
	uint32_t cp = 0;

	for (size_t used; (used = text_next(at, strlen(at), &cp)); at += used) {
		bool parts = parts_words(cp);
		if (parts && len)
			break;
		if (parts)
			continue;
		if (len + used < LIMIT_LINE) {
			memcpy(word + len, at, used);
			len += used;
		}
	}
	word[len] = 0;
	return at;
}

static bool parse_codes(const struct field *field, const char *typed, const struct value_ways *ways,
	struct buf *keep, struct value *value, const char **why)
{
	size_t start = keep->len;
	char word[LIMIT_LINE];

	for (typed = list_word(typed, word); *word; typed = list_word(typed, word)) {
		if (keep->len > start)
			buf_byte(keep, ',');
		if (!put_code(field, word, ways, keep, why))
			return false;
	}
	value_kept(keep, start, WIRE_TEXT, value);
	return true;
}

static void show_codes(const struct field *field, const struct value *value,
	const struct value_ways *ways, struct buf *out)
{
	char list[LIMIT_TEXT + 1], word[LIMIT_LINE];
	const char *at = list;
	const char *between = "";

	bytes_into(list, sizeof list, value->text);
	for (at = list_word(at, word); *word; at = list_word(at, word)) {
		buf_text(out, between);
		buf_text(out, ways->labels ? code_text(field->codes, word) : word);
		between = ",";
	}
}

static bool parse_date(const struct field *field, const char *typed, const struct value_ways *ways,
	struct buf *keep, struct value *value, const char **why)
{
	(void)field;
	(void)keep;
	*value = value_num(0);
	return date_parse(typed, ways->now, &value->num, why);
}

static void show_date(const struct field *field, const struct value *value,
	const struct value_ways *ways, struct buf *out)
{
	char text[WHEN_TEXT];

	(void)field;
	(void)ways;
	date_show(value->num, text);
	buf_text(out, text);
}

static bool parse_time(const struct field *field, const char *typed, const struct value_ways *ways,
	struct buf *keep, struct value *value, const char **why)
{
	(void)field;
	(void)keep;
	*value = value_num(0);
	return when_parse(typed, ways->now, &value->num, why);
}

static void show_time(const struct field *field, const struct value *value,
	const struct value_ways *ways, struct buf *out)
{
	char text[WHEN_TEXT];

	(void)field;
	if (ways->labels)
		when_show(value->num, text);
	else
		when_rfc(value->num, text);
	buf_text(out, text);
}

static bool parse_phone(const struct field *field, const char *typed, const struct value_ways *ways,
	struct buf *keep, struct value *value, const char **why)
{
	size_t start = keep->len, digits = 0;
	uint32_t cp;

	(void)field;
	(void)ways;
	for (size_t used; (used = text_next(typed, strlen(typed), &cp)); typed += used) {
		int digit = value_digit(cp);
		if (cp == ' ')
			continue;
		if (digit < 0 && !(cp == '+' && keep->len == start) && cp != '-' && cp != '*' &&
			cp != '#') {
			*why = _("电话只含数字、+、-、*、#");
			return false;
		}
		buf_byte(keep, digit < 0 ? (uint8_t)cp : (uint8_t)('0' + digit));
		digits += digit >= 0;
	}
	if (digits < 3 || digits > 20) {
		*why = _("电话要有 3 到 20 位数字");
		return false;
	}
	value_kept(keep, start, WIRE_TEXT, value);
	return true;
}

static bool parse_ref(const struct field *field, const char *typed, const struct value_ways *ways,
	struct buf *keep, struct value *value, const char **why)
{
	size_t start = keep->len;
	struct ref ref;

	if (!ways->find || !ways->find(ways->to, field->target, typed, &ref))
		return parse_text(field, typed, ways, keep, value, why);
	ref_put(keep, ref);
	value_kept(keep, start, WIRE_BYTES, value);
	return true;
}

static void show_ref(const struct field *field, const struct value *value,
	const struct value_ways *ways, struct buf *out)
{
	struct ref ref;

	if (value->wire != WIRE_BYTES)
		show_text(field, value, ways, out);
	else if (!ref_take(value->text, &ref))
		buf_text(out, "?");
	else if (!ways->name || !ways->name(ways->to, ref, ways->labels, out))
		buf_fmt(out, "%s-%u", site_hex(ref.site, (char[SITE_HEX]){""}), ref.seq);
}

static bool parse_area(const struct field *field, const char *typed, const struct value_ways *ways,
	struct buf *keep, struct value *value, const char **why)
{
	uint64_t area;

	(void)field;
	(void)ways;
	(void)keep;
	if (!area_parse(typed, &area, why))
		return false;
	*value = value_num((int64_t)area);
	return true;
}

static void show_area(const struct field *field, const struct value *value,
	const struct value_ways *ways, struct buf *out)
{
	char text[16];

	(void)field;
	if (ways->labels) {
		area_title((uint64_t)value->num, out);
		return;
	}
	area_show((uint64_t)value->num, text);
	buf_text(out, text);
}

/* Codes of any list (GB/T 2260, statistics, FIPS of a foreign file): kept as they are. */
static bool parse_areas(const struct field *field, const char *typed, const struct value_ways *ways,
	struct buf *keep, struct value *value, const char **why)
{
	size_t start = keep->len;
	char word[LIMIT_LINE];

	(void)field;
	(void)ways;
	for (typed = list_word(typed, word); *word; typed = list_word(typed, word)) {
		if (keep->len > start)
			buf_byte(keep, ',');
		buf_text(keep, word);
	}
	if (keep->len - start > LIMIT_TEXT) {
		*why = _("区域太多：最多 4096 字节");
		return false;
	}
	value_kept(keep, start, WIRE_TEXT, value);
	return true;
}

/* Those that a list here names, by their names: a person knows no digits. */
static void show_areas(const struct field *field, const struct value *value,
	const struct value_ways *ways, struct buf *out)
{
	char list[LIMIT_TEXT + 1], word[LIMIT_LINE];
	const char *at = list, *between = "", *why;
	uint64_t area;

	if (!ways->labels) {
		show_text(field, value, ways, out);
		return;
	}
	bytes_into(list, sizeof list, value->text);
	for (at = list_word(at, word); *word; at = list_word(at, word)) {
		buf_text(out, between);
		between = _("、");
		if (area_parse(word, &area, &why))
			area_title(area, out);
		else
			buf_text(out, word);
	}
}

const struct type_ops types[T_TYPES] = {
	[T_TEXT] = {"text", "TEXT", parse_text, show_text, WIRE_TEXT},
	[T_LONG] = {"long", "TEXT", parse_text, show_text, WIRE_TEXT},
	[T_NUM] = {"number", "INTEGER", parse_num, show_text, WIRE_NUM},
	[T_DEC] = {"decimal", "INTEGER", parse_dec, show_dec, WIRE_NUM},
	[T_LON] = {"longitude", "INTEGER", parse_lon, show_degree, WIRE_NUM},
	[T_LAT] = {"latitude", "INTEGER", parse_lat, show_degree, WIRE_NUM},
	[T_BOOL] = {"bool", "INTEGER", parse_bool, show_bool, WIRE_NUM},
	[T_CODE] = {"code", "TEXT", parse_code, show_code, WIRE_TEXT},
	[T_CODES] = {"codes", "TEXT", parse_codes, show_codes, WIRE_TEXT},
	[T_DATE] = {"date", "INTEGER", parse_date, show_date, WIRE_NUM},
	[T_TIME] = {"time", "INTEGER", parse_time, show_time, WIRE_NUM},
	[T_PHONE] = {"phone", "TEXT", parse_phone, show_text, WIRE_TEXT},
	[T_REF] = {"ref", "BLOB", parse_ref, show_ref, WIRE_BYTES},
	[T_AREA] = {"area", "INTEGER", parse_area, show_area, WIRE_NUM},
	[T_AREAS] = {"areas", "TEXT", parse_areas, show_areas, WIRE_TEXT},
};

/* Escape sequences and the like: from a file they are dropped, from a person they are refused,
 * because nobody types them on purpose. */
static bool has_controls(const char *typed)
{
	uint32_t cp;

	for (size_t used; (used = text_next(typed, strlen(typed), &cp)); typed += used)
		if ((cp < 0x20 && cp != '\n' && cp != '\t' && cp != '\r') ||
			(cp >= 0x7F && cp < 0xA0))
			return true;
	return false;
}

bool value_parse(const struct field *field, const char *typed, const struct value_ways *ways,
	struct buf *keep, struct value *value, const char **why)
{
	struct buf clean = {0};
	bool good = false;

	if (!text_clean(typed, strlen(typed), field->type == T_LONG, &clean))
		*why = text_not_utf8(typed, strlen(typed));
	else if (ways->strict && has_controls(typed))
		*why = _("含有控制字符：请删去后重填");
	else if (!clean.len)
		*why = _("没有内容");
	else
		good = types[field->type].parse(field, buf_cstr(&clean), ways, keep, value, why);
	if (good && value->wire == WIRE_TEXT && !value->text.len) {
		*why = _("没有内容"); /* a list of separators alone */
		good = false;
	}
	buf_release(&clean);
	return good;
}

void value_show(const struct field *field, const struct value *value, const struct value_ways *ways,
	struct buf *out)
{
	const struct type_ops *ops = &types[field->type];

	/* A value of another wire type than the table's comes from another version: shown as it is.
	 */
	if (value->wire != ops->wire && field->type != T_REF)
		show_text(field, value, ways, out);
	else
		ops->show(field, value, ways, out);
}
