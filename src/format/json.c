/* SPDX-License-Identifier: GPL-3.0-or-later
 * JSON out: a streaming writer. JSON in: cJSON builds the values, but it takes more than JSON
 * (trailing data, double keys, bad numbers and escapes), so json_check.c judges every byte before.
 */
#include "format/json.h"

#include <cjson/cJSON.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"

/* ---- out */

static void comma(struct json_out *out)
{
	if (out->keyed) {
		out->keyed = false;
		return;
	}
	if (out->later[out->depth])
		buf_byte(out->to, ',');
	out->later[out->depth] = true;
}

/* One that JSON forbids, or that a terminal or reader of the JSON would obey, is written as its
 * number. */
static void escaped(struct buf *to, uint32_t cp)
{
	if (cp >= 0x10000)
		buf_fmt(to, "\\u%04x\\u%04x", 0xD7C0 + (cp >> 10), 0xDC00 + (cp & 0x3FF));
	else
		buf_fmt(to, "\\u%04x", cp);
}

static void quoted(struct buf *to, struct bytes text)
{
	const char *s = (const char *)text.at;

	buf_byte(to, '"');
	for (size_t i = 0; i < text.len;) {
		uint32_t cp;
		char utf8[4];
		size_t n = text_next(s + i, text.len - i, &cp);

		if (!n) { /* a NUL: text_next may take it for the end */
			cp = 0;
			n = 1;
		}
		i += n;
		if (cp == '"' || cp == '\\')
			buf_fmt(to, "\\%c", (char)cp);
		else if (cp == '\n')
			buf_text(to, "\\n");
		else if (cp < 0x20 || (cp >= 0x7f && cp < 0xa0) || text_format(cp))
			escaped(to, cp);
		else
			buf_put(to, utf8, text_put(cp, utf8));
	}
	buf_byte(to, '"');
}

void json_begin(struct json_out *out, struct buf *to)
{
	*out = (struct json_out){.to = to};
}

void json_open(struct json_out *out, char bracket)
{
	comma(out);
	buf_byte(out->to, (uint8_t)bracket);
	assert(out->depth < JSON_DEPTH);
	out->later[++out->depth] = false;
}

void json_close(struct json_out *out, char bracket)
{
	assert(out->depth > 0 && !out->keyed);
	out->depth--;
	buf_byte(out->to, (uint8_t)bracket);
}

void json_line(struct json_out *out)
{
	if (out->later[out->depth])
		buf_byte(out->to, ',');
	out->later[out->depth] = false;
	buf_byte(out->to, '\n');
}

void json_key(struct json_out *out, const char *key)
{
	comma(out);
	quoted(out->to, bytes_text(key));
	buf_byte(out->to, ':');
	out->keyed = true;
}

void json_bytes(struct json_out *out, struct bytes text)
{
	comma(out);
	quoted(out->to, text);
}

void json_text(struct json_out *out, const char *text)
{
	if (text)
		json_bytes(out, bytes_text(text));
	else
		json_null(out);
}

void json_num(struct json_out *out, int64_t num)
{
	comma(out);
	buf_fmt(out->to, "%lld", (long long)num);
}

/* NUM parts of UNIT, which has PLACES zeros. */
static void put_parts(struct json_out *out, int64_t num, unsigned unit, int places)
{
	uint64_t size = num < 0 ? 0 - (uint64_t)num : (uint64_t)num;
	char text[40];
	int n = snprintf(text, sizeof(text), "%s%llu.%0*llu", num < 0 ? "-" : "",
		(unsigned long long)(size / unit), places, (unsigned long long)(size % unit));

	while (text[n - 1] == '0')
		n--;
	if (text[n - 1] == '.')
		n--;
	comma(out);
	buf_put(out->to, text, (size_t)n);
}

void json_dec(struct json_out *out, int64_t thousandths)
{
	put_parts(out, thousandths, 1000, 3);
}

void json_degree(struct json_out *out, int64_t millionths)
{
	put_parts(out, millionths, 1000000, 6);
}

static void json_bool(struct json_out *out, bool is)
{
	comma(out);
	buf_text(out->to, is ? "true" : "false");
}

void json_null(struct json_out *out)
{
	comma(out);
	buf_text(out->to, "null");
}

void json_key_text(struct json_out *out, const char *key, const char *text)
{
	json_key(out, key);
	json_text(out, text);
}

void json_key_num(struct json_out *out, const char *key, int64_t num)
{
	json_key(out, key);
	json_num(out, num);
}

void json_key_bool(struct json_out *out, const char *key, bool is)
{
	json_key(out, key);
	json_bool(out, is);
}

/* ---- in: a struct json is a cJSON that nobody else sees */

static const cJSON *inner(const struct json *value)
{
	return (const cJSON *)(const void *)value;
}

static const struct json *outer(const cJSON *value)
{
	return (const struct json *)(const void *)value;
}

enum rc json_parse(struct bytes in, struct json **out, struct fault *fault)
{
	size_t at;
	const char *why;
	cJSON *root;

	*out = NULL;
	if (!json_check(in, &at, &why))
		return fault_set(fault, RC_BAD, _("JSON 第 %zu 字节：%s"), at + 1, why);
	root = cJSON_ParseWithLength((const char *)in.at, in.len);
	if (!root)
		return fault_set(fault, RC_BAD, _("JSON 无法读取，请检查格式"));
	*out = (struct json *)(void *)root;
	return RC_OK;
}

void json_free(struct json *root)
{
	cJSON_Delete((cJSON *)(void *)root);
}

enum json_type json_type(const struct json *value)
{
	const cJSON *item = inner(value);

	if (cJSON_IsString(item))
		return JSON_TEXT;
	if (cJSON_IsNumber(item))
		return JSON_NUMBER;
	if (cJSON_IsObject(item))
		return JSON_OBJECT;
	if (cJSON_IsArray(item))
		return JSON_ARRAY;
	if (cJSON_IsBool(item))
		return cJSON_IsTrue(item) ? JSON_TRUE : JSON_FALSE;
	return JSON_NULL;
}

const struct json *json_get(const struct json *object, const char *key)
{
	return outer(cJSON_GetObjectItemCaseSensitive(inner(object), key));
}

const struct json *json_first(const struct json *parent)
{
	return parent ? outer(inner(parent)->child) : NULL;
}

const struct json *json_next(const struct json *value)
{
	return outer(inner(value)->next);
}

const char *json_name(const struct json *member)
{
	return inner(member)->string;
}

const char *json_string(const struct json *value)
{
	return cJSON_GetStringValue(inner(value));
}

double json_double(const struct json *value)
{
	return cJSON_IsNumber(inner(value)) ? inner(value)->valuedouble : 0;
}

bool json_as_text(const struct json *value, struct buf *out)
{
	switch (json_type(value)) {
	case JSON_TEXT:
		buf_text(out, json_string(value));
		return true;
	case JSON_NUMBER: {
		double num = json_double(value);

		/* Never an exponent: people and number fields do not read 1e+06. */
		if (fabs(num) < 1e15 && num == floor(num))
			buf_fmt(out, "%.0f", num);
		else
			buf_fmt(out, "%.15g", num);
		return true;
	}
	case JSON_TRUE:
	case JSON_FALSE:
		buf_byte(out, json_type(value) == JSON_TRUE ? '1' : '0');
		return true;
	default:
		return false;
	}
}

bool json_as_typed(const struct json *value, struct buf *out)
{
	size_t before = out->len;

	if (json_type(value) == JSON_NULL)
		return true;
	if (json_type(value) != JSON_ARRAY)
		return json_as_text(value, out);
	for (const struct json *one = json_first(value); one; one = json_next(one)) {
		size_t start = out->len;

		if (start > before)
			buf_byte(out, ',');
		size_t text = out->len;
		if (!json_as_text(one, out))
			return false;
		if (out->len == text)
			out->len = start;
	}
	return true;
}
