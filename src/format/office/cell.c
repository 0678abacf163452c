/* SPDX-License-Identifier: GPL-3.0-or-later
 * A cell: what spreadsheets have done to it is undone where nothing is lost, and named where
 * something is; what says that there is nothing is nothing; the rest is for the reader of its type.
 */
#include "format/office_cell.h"

#include <string.h>

#include "base/text.h"
#include "format/office/inside.h"
#include "model/codes.h"

/* Digits that a spreadsheet keeps of a number: what stands behind them has become 0. */
enum { DIGITS_KEPT = 15, DIGITS_LONG = 6 };

static size_t digits(const char *text)
{
	return strspn(text, "0123456789");
}

/* Digits, one point, E and an exponent: what a spreadsheet makes of a long number. */
static bool scientific(const char *plain)
{
	size_t first = digits(plain);

	plain += first;
	if (!first || first > 1)
		return false;
	if (*plain == '.')
		plain += 1 + digits(plain + 1);
	if (*plain != 'e' || (plain[1] != '+' && plain[1] != '-'))
		return false;
	plain += 2;
	first = digits(plain);
	return first && !plain[first];
}

/* Error words of spreadsheets, and columns that were too narrow. */
static bool wrecked(const char *plain)
{
	static const char *const errors[] = {"#ref!", "#value!", "#n/a", "#name?", "#div/0!",
		"#num!", "#null!", "#spill!", "#calc!", "#getting_data"};

	for (size_t i = 0; i < countof(errors); i++)
		if (!strcmp(plain, errors[i]))
			return true;
	return strlen(plain) > 2 && !plain[strspn(plain, "#")];
}

static bool lost_digits(const char *plain)
{
	size_t count = digits(plain);

	return scientific(plain) || (!plain[count] && count > DIGITS_KEPT &&
					    !plain[DIGITS_KEPT + strspn(plain + DIGITS_KEPT, "0")]);
}

/* ---- texts */

static void put_cp(uint32_t cp, struct buf *out)
{
	char text[4];

	buf_put(out, text, text_put(cp, text));
}

/* 卓　文 and 桑 田: a name is stretched where each of its signs stands alone. */
static bool stretched(const char *text)
{
	size_t len = strlen(text), step;
	unsigned run = 0, signs = 0;
	uint32_t cp;

	for (; (step = text_next(text, len, &cp)) != 0; text += step, len -= step) {
		if (!blank_cp(cp) && !hanzi_cp(cp))
			return false;
		run = blank_cp(cp) ? 0 : run + 1;
		signs += !blank_cp(cp);
		if (run > 1)
			return false;
	}
	return signs > 1 && signs < 9;
}

/* Blanks between hanzi go where they are there for the eye; all others are one plain blank. */
static void put_line(const char *text, bool joined, struct buf *out)
{
	size_t len = strlen(text), step;
	uint32_t cp, before = 0;
	bool blank = false, broken = false;

	for (; (step = text_next(text, len, &cp)) != 0; text += step, len -= step) {
		if (blank_cp(cp)) {
			blank = true;
			broken |= cp == '\n';
			continue;
		}
		if (blank && before && !((joined || broken) && hanzi_cp(before) && hanzi_cp(cp)))
			buf_byte(out, ' ');
		put_cp(cp, out);
		before = cp;
		blank = broken = false;
	}
}

static void cell_text(const struct field *field, const struct office_about *about, const char *text,
	struct office_cell *out)
{
	size_t count = digits(text);

	if (field->type == T_LONG) {
		buf_text(&out->text, text);
		return;
	}
	/* A long number that was read as one: 41088226000101.0 */
	if (count >= DIGITS_LONG && !strcmp(text + count, ".0"))
		buf_put(&out->text, text, count);
	else
		put_line(text, about->person || stretched(text), &out->text);
}

static void cell_bool(const struct field *field, const struct office_about *about, const char *text,
	struct office_cell *out)
{
	/* zh: marks of tables for yes and no */
	static const char *const marks[2][14] = {{"×", "x", "✗", "✘", "f", "false", "否", "无",
							 "没有", "不", "未装", "未安装", "□", "☐"},
		{"√", "v", "✓", "✔", "t", "true", "☑", "是", "有", "■", "已装", "已安装", "装有",
			"对"}};
	struct buf plain = {0};

	(void)field;
	(void)about;
	office_plain(text, &plain);
	for (int truth = 0; truth < 2; truth++)
		for (size_t i = 0; i < countof(marks[truth]) && !out->text.len; i++)
			if (!strcmp(buf_cstr(&plain), marks[truth][i]))
				buf_text(&out->text, truth ? "1" : "0");
	if (!out->text.len)
		buf_text(&out->text, buf_cstr(&plain));
	buf_release(&plain);
}

static void cell_as_is(const struct field *field, const struct office_about *about,
	const char *text, struct office_cell *out)
{
	(void)field;
	(void)about;
	buf_text(&out->text, text);
}

typedef void cell_fn(const struct field *field, const struct office_about *about, const char *text,
	struct office_cell *out);

/* Of a type without a row the cell is taken as it is: model/value.h says what is wrong. */
static cell_fn *const readers[T_TYPES] = {
	[T_TEXT] = cell_text,
	[T_LONG] = cell_text,
	[T_NUM] = cell_number,
	[T_DEC] = cell_number,
	[T_BOOL] = cell_bool,
	[T_CODE] = cell_codes,
	[T_CODES] = cell_codes,
	[T_DATE] = cell_day,
	[T_TIME] = cell_moment,
	[T_PHONE] = cell_phone,
	[T_REF] = cell_text,
};

static bool is_number(enum ftype type)
{
	return type == T_NUM || type == T_DEC || type == T_LON || type == T_LAT;
}

static bool dashes(const char *plain)
{
	uint32_t cp;

	for (size_t step; (step = text_next(plain, strlen(plain), &cp)) != 0; plain += step)
		if (cp != '-' && cp != '/' && cp != '\\' && cp != 0x2013 && cp != 0x2014)
			return false;
	return true;
}

/* 无 is "no" where yes or no is asked, 0 where none is not unknown, and a code where the table has
 * it; in a long text it is what was written. */
static bool says_nothing(const struct field *field, const char *plain)
{
	if (!office_blank(plain))
		return false;
	if (field->codes && code_named(field->codes, plain))
		return false;
	return (field->type != T_LONG && field->type != T_BOOL) || dashes(plain);
}

/* zh: words for none */
static bool says_none(const struct field *field, const char *plain)
{
	return field->flags & F_ZERO && (!strcmp(plain, "无") || !strcmp(plain, "没有"));
}

static void clear(struct office_cell *cell)
{
	buf_clear(&cell->text);
	buf_clear(&cell->second);
	buf_clear(&cell->remark);
	cell->is = CELL_GOOD;
	cell->why = NULL;
}

void office_cell(const struct field *field, const struct office_about *about, const char *raw,
	struct office_cell *out)
{
	cell_fn *reader = readers[field->type];
	struct buf text = {0}, plain = {0};

	clear(out);
	office_unwrap(raw, &text);
	office_plain(buf_cstr(&text), &plain);
	const char *word = buf_cstr(&plain);
	if (plain.len && says_none(field, word))
		buf_byte(&out->text, '0');
	else if (!plain.len || says_nothing(field, word))
		out->is = CELL_EMPTY;
	else if (wrecked(word))
		cell_bad(out, _("电子表格的出错值，原来的内容已经没有了"));
	else if (!is_number(field->type) && lost_digits(word))
		cell_bad(out, _("电子表格把号码变成了数，末尾几位已经丢失"));
	else
		(reader ? reader : cell_as_is)(field, about, buf_cstr(&text), out);
	if (out->is == CELL_GOOD && !out->text.len)
		out->is = CELL_EMPTY;
	buf_release(&text);
	buf_release(&plain);
}

void office_cell_release(struct office_cell *cell)
{
	buf_release(&cell->text);
	buf_release(&cell->second);
	buf_release(&cell->remark);
	cell_codes_forget(cell);
}
