/* SPDX-License-Identifier: GPL-3.0-or-later
 * The fields of a fact on the wire: which there are, and each value in the shortest form that loses
 * nothing.
 */
#include "sync/wire/body_parts.h"

#include "base/text.h"
#include "base/when.h"

#include <string.h>

enum { FORM_BITS = 3 };

/* GB18030 has forms that C libraries of different years map differently: those texts stay in UTF-8.
 */
static bool unstable(uint32_t cp)
{
	return (cp >= 0xE000 && cp <= 0xF8FF) || (cp >= 0x9FB4 && cp <= 0x9FBB) ||
	       (cp >= 0xFE10 && cp <= 0xFE19);
}

/* Plain ASCII is the same in both. */
bool chars_in_gb(struct body *body, struct bytes text, struct bytes *out)
{
	struct buf gb = {0};
	bool ascii = true, good = true;
	uint32_t cp;

	for (size_t at = 0, used; at < text.len; at += used) {
		used = text_next((const char *)text.at + at, text.len - at, &cp);
		ascii &= cp < 0x80;
		good &= !unstable(cp);
	}
	if (ascii) {
		*out = text;
		return true;
	}
	good = good && !body->ways->utf8 &&
	       text_to("GB18030", (const char *)text.at, text.len, &gb) && gb.len < text.len;
	if (good)
		*out = arena_bytes(&body->arena, buf_bytes(&gb));
	buf_release(&gb);
	return good;
}

/* Days since 1970-01-01 of a date that has a day. */
static int64_t days_of(int64_t date)
{
	return (date_end(date) + WHEN_ZONE) / DAY_SECONDS;
}

static void number_form(const struct wire_fact *fact, const struct field *field, struct item *item)
{
	int64_t n = item->value.num, after = difference(n, op_at(&fact->op));

	if (field && field->type == T_TIME && after % 60 == 0 && after > -INT32_MAX &&
		after < INT32_MAX)
		item->form = FORM_TIME;
	else if (field && field->type == T_DATE && date_valid(n) &&
		 date_valid(
			 date_of(op_at(&fact->op)))) /* else it is too far to be counted in days */
		item->form = FORM_DATE;
	else if (n && n % 1000 == 0)
		item->form = FORM_WHOLE;
	else
		item->form = FORM_NUM;
}

/* Which form each value takes. A text with NUL, or a reference that is none, goes as bytes or makes
 * the fact raw. */
static bool item_of(struct body *body, const struct wire_fact *fact, struct item *item)
{
	const struct kind *kind = kind_of(fact->op.kind);
	const struct field *field = kind ? field_of(kind, item->tag) : NULL;
	struct ref ref;

	if (item->value.wire == WIRE_NUM) {
		number_form(fact, field, item);
		return true;
	}
	if (item->value.wire == WIRE_BYTES) {
		bool is_ref = field && field->type == T_REF && ref_take(item->value.text, &ref);
		item->form = is_ref ? FORM_REF : FORM_BYTES;
		return true;
	}
	if (memchr(item->value.text.at, 0, item->value.text.len))
		return false;
	item->form = FORM_TEXT;
	if (!chars_in_gb(body, item->value.text, &item->value.text))
		item->form = FORM_UTF8;
	return true;
}

bool items_of(struct body *body, struct wire_fact *fact)
{
	struct bytes in = fact->op.body;
	unsigned tag, last = 0;
	struct value value;

	fact->items = arena_get(&body->arena, (in.len / 2 + 1) * sizeof *fact->items);
	while (in.len) {
		struct item *item = &fact->items[fact->count];
		if (!take_field(&in, &tag, &value) || tag <= last || tag - last > TAG_STEP ||
			fact->count == ITEMS_MOST)
			return false;
		*item = (struct item){.tag = last = tag, .value = value};
		if (!item_of(body, fact, item))
			return false;
		fact->count++;
	}
	return true;
}

/* (tag - tag before) * 8 + form …, 0. */
static void items_put(struct body *body, size_t at, struct buf *out)
{
	const struct wire_fact *fact = &body->facts[at];
	unsigned last = 0;

	if (fact->flags & IS_RAW)
		return;
	for (unsigned i = 0; i < fact->count; i++) {
		put_varint(out,
			(uint64_t)(fact->items[i].tag - last) << FORM_BITS | fact->items[i].form);
		last = fact->items[i].tag;
	}
	put_varint(out, 0);
}

static bool items_take(struct body *body, size_t at, struct bytes *in)
{
	struct wire_fact *fact = &body->facts[at];
	struct item items[ITEMS_MOST];
	uint64_t code, tag = 0;

	if (fact->flags & IS_RAW)
		return true;
	for (;;) {
		if (!take_varint(in, &code))
			return false;
		if (!code)
			break;
		if (!(code >> FORM_BITS) || code >> FORM_BITS > TAG_STEP ||
			fact->count == countof(items))
			return false;
		tag += code >> FORM_BITS;
		items[fact->count++] =
			(struct item){.tag = (unsigned)tag, .form = (enum form)(code & 7)};
	}
	body->item_count += fact->count;
	if (body->item_count > LIMIT_FRAME_ITEMS)
		return false;
	fact->items = arena_get(&body->arena, (fact->count + 1) * sizeof *items);
	memcpy(fact->items, items, fact->count * sizeof *items);
	return true;
}

void chars_put(struct buf *out, struct bytes text)
{
	buf_put(out, text.at, text.len);
	buf_byte(out, 0);
}

static void put_date(struct buf *out, const struct wire_fact *fact, int64_t date)
{
	int64_t day = date_of(op_at(&fact->op));

	/* A month counts months, a day counts days: deadlines lie near the fact. */
	if (date % 100 == 0)
		put_varint(out, zigzag((date / 10000 - day / 10000) * 12 +
					(date / 100 % 100 - day / 100 % 100)) *
						2 +
					1);
	else
		put_varint(out, zigzag(days_of(date) - days_of(day)) * 2);
}

static bool take_date(struct bytes *in, const struct wire_fact *fact, int64_t *date)
{
	int64_t day = date_of(op_at(&fact->op)), step, months;
	uint64_t code;

	if (!take_varint(in, &code))
		return false;
	step = unzigzag(code >> 1);
	if (step > 4000000 || step < -4000000)
		return false;
	if (code & 1) {
		months = day / 10000 * 12 + day / 100 % 100 - 1 + step;
		*date = months < 0 ? 0 : (months / 12 * 100 + months % 12 + 1) * 100;
	} else {
		*date = date_add(day, (int)step);
	}
	return date_valid(*date);
}

static void put_ref(
	struct body *body, const struct wire_fact *fact, struct bytes bytes, struct buf *out)
{
	struct ref ref = {0};

	ref_take(bytes, &ref);
	/* 0 = the author's own, else the site's place in the table. */
	put_varint(out, ref.site == fact->op.site ? 0 : site_index(body, ref.site) + 1);
	put_varint(out, ref.seq);
}

static bool take_ref(
	struct body *body, const struct wire_fact *fact, struct bytes *in, struct bytes *out)
{
	uint64_t index, seq;
	struct buf bytes = {0};
	struct ref ref;

	if (!take_varint(in, &index) || index > body->site_count || !take_varint(in, &seq) ||
		!seq || seq > UINT32_MAX)
		return false;
	ref = (struct ref){index ? body->sites[index - 1].site : fact->op.site, (uint32_t)seq};
	ref_put(&bytes, ref);
	*out = arena_bytes(&body->arena, buf_bytes(&bytes));
	buf_release(&bytes);
	return true;
}

void value_put(
	struct body *body, const struct wire_fact *fact, const struct item *item, struct buf *out)
{
	int64_t n = item->value.num;

	switch (item->form) {
	case FORM_NUM:
		put_varint(out, zigzag(n));
		break;
	case FORM_WHOLE:
		put_varint(out, zigzag(n / 1000));
		break;
	case FORM_TIME:
		put_varint(out, zigzag(difference(n, op_at(&fact->op)) / 60));
		break;
	case FORM_DATE:
		put_date(out, fact, n);
		break;
	case FORM_TEXT:
	case FORM_UTF8:
		chars_put(out, item->value.text);
		break;
	case FORM_BYTES:
		put_varint(out, item->value.text.len);
		buf_put(out, item->value.text.at, item->value.text.len);
		break;
	case FORM_REF:
		put_ref(body, fact, item->value.text, out);
		break;
	}
}

static bool take_number(struct bytes *in, const struct wire_fact *fact, struct item *item)
{
	const int64_t most = INT64_MAX / 1000;
	uint64_t code;
	int64_t n;

	item->value = value_num(0);
	if (item->form == FORM_DATE)
		return take_date(in, fact, &item->value.num);
	if (!take_varint(in, &code))
		return false;
	n = unzigzag(code);
	if (item->form != FORM_NUM && (n > most || n < -most))
		return false;
	item->value.num = item->form == FORM_NUM ? n
			  : item->form == FORM_WHOLE
				  ? n * 1000
				  : (int64_t)((uint64_t)n * 60 + (uint64_t)op_at(&fact->op));
	return true;
}

bool chars_take(struct body *body, struct bytes *in, bool gb, struct bytes *out)
{
	size_t len = 0;
	bool ascii = true, good = true;
	struct buf text = {0};

	while (len < in->len && in->at[len])
		ascii &= in->at[len++] < 0x80;
	if (len == in->len)
		return false;
	*out = bytes_of(in->at, len);
	if (!ascii && gb) {
		good = text_from("GB18030", (const char *)in->at, len, &text);
		*out = arena_bytes(&body->arena, buf_bytes(&text));
		buf_release(&text);
	} else if (!ascii) {
		good = text_valid((const char *)in->at, len);
	}
	in->at += len + 1;
	in->len -= len + 1;
	return good;
}

bool value_take(
	struct body *body, const struct wire_fact *fact, struct item *item, struct bytes *in)
{
	uint64_t len;

	switch (item->form) {
	case FORM_TEXT:
	case FORM_UTF8:
		item->value.wire = WIRE_TEXT;
		return chars_take(body, in, item->form == FORM_TEXT, &item->value.text);
	case FORM_BYTES:
		item->value.wire = WIRE_BYTES;
		if (!take_varint(in, &len) || len > in->len)
			return false;
		item->value.text = bytes_of(in->at, (size_t)len);
		in->at += len;
		in->len -= (size_t)len;
		return true;
	case FORM_REF:
		item->value.wire = WIRE_BYTES;
		return take_ref(body, fact, in, &item->value.text);
	default:
		return take_number(in, fact, item);
	}
}

static void values_put(struct body *body, size_t at, struct buf *out)
{
	const struct wire_fact *fact = &body->facts[at];

	if (!(fact->flags & IS_RAW))
		for (unsigned i = 0; i < fact->count; i++)
			value_put(body, fact, &fact->items[i], out);
}

static bool values_take(struct body *body, size_t at, struct bytes *in)
{
	const struct wire_fact *fact = &body->facts[at];

	for (unsigned i = 0; i < fact->count; i++)
		if (!value_take(body, fact, &fact->items[i], in))
			return false;
	return true;
}

const struct part items_part = {items_put, items_take};
const struct part values_part = {values_put, values_take};
