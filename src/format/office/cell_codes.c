/* SPDX-License-Identifier: GPL-3.0-or-later
 * Words for codes: by the code, its label, the county's table of words, a label that it is part of,
 * and pinyin. What none of these knows is kept as it stands, and named.
 */
#include "format/office/inside.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/memory.h"
#include "base/text.h"
#include "model/codes.h"
#include "model/pinyin.h"

enum { HANZI = 3, TWO = 2 * HANZI, WORD_ROOM = LIMIT_LINE, CELLS_KEPT = 64 };

struct found {
	const char *code; /* NULL: not known */
	bool near;        /* only like it */
};

/* zh: signs that turn a word round: 非低保 is not 低保 */
static bool turned(const char *word)
{
	static const char *const nots[] = {"非", "无", "不", "未", "没", "否"};

	for (size_t i = 0; i < countof(nots); i++)
		if (strstr(word, nots[i]))
			return true;
	return false;
}

static bool latin(const char *word)
{
	for (const char *at = word; *at; at++)
		if (!((*at >= 'a' && *at <= 'z') || (*at >= '0' && *at <= '9')))
			return false;
	return *word;
}

static bool sounds_like(const char *label, const char *word)
{
	char initials[WORD_ROOM];
	struct buf sound = {0}, plain = {0};

	pinyin_show(label, &sound);
	office_plain(buf_cstr(&sound), &plain);
	bool like = !strcmp(buf_cstr(&plain), word);
	buf_clear(&sound);
	pinyin_code(label, sizeof(initials) - 1, &sound);
	like |= strlen(word) > 2 && !strcasecmp(buf_cstr(&sound), word);
	buf_release(&sound);
	buf_release(&plain);
	return like;
}

/* One is part of the other, and both are words. */
static bool overlaps(const char *label, const char *word)
{
	return strlen(label) >= TWO && strlen(word) >= TWO &&
	       (strstr(word, label) || strstr(label, word));
}

/* The one code that is like WORD; none when several are. */
static const char *only(
	const char *table, const char *word, bool (*like)(const char *label, const char *word))
{
	const char *found = NULL;

	for (const struct code *code = NULL; (code = code_each(table, NULL, code));) {
		if (!like(code->zh, word))
			continue;
		if (found)
			return NULL;
		found = code->code;
	}
	return found;
}

static struct found look(const char *table, const char *typed)
{
	const struct code *code = code_named(table, typed);
	struct buf plain = {0}, bare = {0};
	struct found found = {code ? code->code : NULL, false};

	office_plain(typed, &plain);
	office_bare(typed, &bare, NULL);
	const char *const words[] = {buf_cstr(&plain), buf_cstr(&bare)};
	for (size_t i = 0; i < countof(words) && !found.code && *words[i]; i++) {
		code = code_named(table, words[i]);
		found.code = code ? code->code : office_code(table, words[i]);
	}
	if (!found.code && latin(words[0])) {
		found.code = only(table, words[0], sounds_like);
	} else if (!found.code && !turned(words[0])) {
		found.code = only(table, words[0], overlaps);
		found.near = found.code;
	}
	buf_release(&plain);
	buf_release(&bare);
	return found;
}

/* Behind a word of a list; what stands in brackets belongs to its word. */
static size_t word_end(const char *text)
{
	size_t at = 0, step;
	unsigned depth = 0;
	uint32_t cp;

	for (; (step = text_next(text + at, strlen(text + at), &cp)) != 0; at += step) {
		cp = plain_cp(cp);
		depth += cp == '(';
		depth -= depth && cp == ')';
		if (!depth && (cp == ',' || cp == ';' || cp == '/' || cp == '|' || cp == '+' ||
				      cp == 0x3001 || cp == 0x3002 || blank_cp(cp)))
			break;
	}
	return at;
}

static void put_word(const struct field *field, const char *word, struct office_cell *out)
{
	struct found found = look(field->codes, word);
	struct buf plain = {0};

	office_plain(word, &plain);
	if (!found.code && office_blank(buf_cstr(&plain))) {
		buf_release(&plain);
		return;
	}
	buf_release(&plain);
	if (out->text.len)
		buf_byte(&out->text, ',');
	buf_text(&out->text, found.code ? found.code : word);
	if (!found.code)
		out->why = _("代码表里没有，原样保留");
	else if (found.near && !out->why)
		out->why = _("按最接近的代码记");
}

static void read_codes(const struct field *field, const char *text, struct office_cell *out)
{
	char word[WORD_ROOM];
	struct found whole = look(field->codes, text);
	if (field->type == T_CODE || (whole.code && !whole.near)) {
		struct buf line = {0};

		text_clean(text, strlen(text), false, &line);
		put_word(field, buf_cstr(&line), out);
		buf_release(&line);
		return;
	}
	while (*text) {
		size_t len = word_end(text), step;
		uint32_t cp;

		bytes_into(word, sizeof(word), bytes_of(text, len));
		if (*word)
			put_word(field, word, out);
		step = text_next(text + len, strlen(text + len), &cp);
		text += len + step;
	}
}

/* ---- what was read before */

struct cell_kept {
	const struct field *field;
	struct buf typed, text;
	const char *why;
};

static struct cell_kept *kept_of(
	struct office_cell *out, const struct field *field, struct bytes typed)
{
	size_t hash = field->tag;

	if (!out->kept)
		out->kept = memory_get(CELLS_KEPT, sizeof(*out->kept));
	for (size_t i = 0; i < typed.len; i++)
		hash = hash * 31 + typed.at[i];
	return &out->kept[hash % CELLS_KEPT];
}

void cell_codes(const struct field *field, const struct office_about *about, const char *text,
	struct office_cell *out)
{
	struct bytes typed = bytes_text(text);
	struct cell_kept *kept = kept_of(out, field, typed);

	(void)about;
	if (kept->field == field && bytes_equal(buf_bytes(&kept->typed), typed)) {
		buf_put(&out->text, kept->text.at, kept->text.len);
		out->why = kept->why;
		return;
	}
	read_codes(field, text, out);
	buf_clear(&kept->typed);
	buf_clear(&kept->text);
	buf_put(&kept->typed, typed.at, typed.len);
	buf_put(&kept->text, out->text.at, out->text.len);
	kept->field = field;
	kept->why = out->why;
}

void cell_codes_forget(struct office_cell *cell)
{
	for (unsigned i = 0; cell->kept && i < CELLS_KEPT; i++) {
		buf_release(&cell->kept[i].typed);
		buf_release(&cell->kept[i].text);
	}
	free(cell->kept);
	cell->kept = NULL;
}
