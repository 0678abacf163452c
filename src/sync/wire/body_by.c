/* SPDX-License-Identifier: GPL-3.0-or-later
 * The author's name as an imported source gives it. Most sources number their people by place, or
 * name in a field of the record who wrote it; both are said in a byte.
 */
#include "sync/wire/body_parts.h"

#include <stdio.h>
#include <string.h>

/* A text follows, in GB18030 or UTF-8; behind them, in turn, with a number q: the record's area and
 * q in two digits, the same with an area that follows, the text of the fact's q-th field. */
enum { BY_TEXT, BY_UTF8, BY_FORMS };
enum { BY_RECORD, BY_PLACE, BY_FIELD, BY_SORTS };
enum { NUMBER_MOST = 99, NUMBERED = 15, AREA_MOST = 12 };

static const uint64_t AREA_LARGEST = UINT64_C(999999999999);

/* 0: not known to both. */
static uint64_t record_area(const struct body *body, size_t at)
{
	const struct op *op = &body->facts[at].op;
	size_t place;

	if (op_first(op))
		return op->area;
	if (body_map_get(&body->numbers, op->rec_site, op->rec_seq, &place))
		return body->facts[place].op.area;
	return body->ways->area
		       ? body->ways->area(body->ways->to, (struct ref){op->rec_site, op->rec_seq})
		       : 0;
}

static void numbered(uint64_t area, unsigned number, char out[40])
{
	snprintf(out, 40, "%0*llu-%02u", AREA_MOST, (unsigned long long)area, number);
}

/* AREA-NN. */
static bool is_numbered(struct bytes by, uint64_t *area, unsigned *number)
{
	char text[40];

	if (by.len != NUMBERED)
		return false;
	*area = 0;
	for (unsigned i = 0; i < AREA_MOST; i++)
		*area = *area * 10 + (by.at[i] - (uint64_t)'0');
	*number =
		(unsigned)(by.at[NUMBERED - 2] - '0') * 10 + (unsigned)(by.at[NUMBERED - 1] - '0');
	if (*area > AREA_LARGEST || *number > NUMBER_MOST)
		return false;
	numbered(*area, *number, text);
	return bytes_equal(by, bytes_text(text));
}

/* TEXT is in the form that the values have been given. */
static bool is_field(const struct wire_fact *fact, struct bytes text, bool gb, unsigned *field)
{
	for (unsigned i = 0; i < fact->count; i++)
		if (fact->items[i].form == (gb ? FORM_TEXT : FORM_UTF8) &&
			bytes_equal(fact->items[i].value.text, text)) {
			*field = i;
			return true;
		}
	return false;
}

static void note_number(struct body *body, size_t at)
{
	const struct op *op = &body->facts[at].op;

	body_map_put(&body->numbers, &body->arena, op->site, op->seq, at);
}

static void by_write(struct body *body, size_t at, struct buf *out)
{
	const struct wire_fact *fact = &body->facts[at];
	struct bytes text = fact->op.by;
	uint64_t area;
	unsigned which;

	if (!(fact->flags & HAS_BY) || (fact->flags & IS_RAW))
		return;
	bool gb = chars_in_gb(body, text, &text);
	if (is_numbered(fact->op.by, &area, &which)) {
		bool same = area == record_area(body, at);
		put_varint(out, BY_FORMS + BY_SORTS * which + (same ? BY_RECORD : BY_PLACE));
		if (!same)
			place_put(body, area, out);
	} else if (is_field(fact, text, gb, &which)) {
		put_varint(out, BY_FORMS + BY_SORTS * which + BY_FIELD);
	} else {
		put_varint(out, gb ? BY_TEXT : BY_UTF8);
		chars_put(out, text);
	}
}

static void by_put(struct body *body, size_t at, struct buf *out)
{
	by_write(body, at, out);
	note_number(body, at);
}

static bool by_read(struct body *body, size_t at, struct bytes *in)
{
	struct wire_fact *fact = &body->facts[at];
	struct bytes *by = &fact->op.by;
	uint64_t code, which, area;
	char text[40];

	if (!(fact->flags & HAS_BY) || (fact->flags & IS_RAW))
		return true;
	if (!take_varint(in, &code))
		return false;
	if (code < BY_FORMS)
		return chars_take(body, in, code == BY_TEXT, by) && by->len;
	code -= BY_FORMS;
	which = code / BY_SORTS;
	if (code % BY_SORTS == BY_FIELD) {
		if (which >= fact->count || fact->items[which].value.wire != WIRE_TEXT)
			return false;
		*by = fact->items[which].value.text;
		return by->len;
	}
	if (code % BY_SORTS == BY_RECORD)
		area = record_area(body, at);
	else if (!place_take(body, in, &area))
		return false;
	if (which > NUMBER_MOST || area > AREA_LARGEST)
		return false;
	numbered(area, (unsigned)which, text);
	*by = arena_bytes(&body->arena, bytes_text(text));
	return true;
}

static bool by_take(struct body *body, size_t at, struct bytes *in)
{
	bool good = by_read(body, at, in);

	note_number(body, at);
	return good;
}

const struct part by_part = {by_put, by_take};
