/* SPDX-License-Identifier: GPL-3.0-or-later
 * Rows of two states of a file: those of both go first; of the rest, those with the same name that
 * no other has are one row that was changed.
 */
#include "app/rules/compare.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

/* Which words at the beginning of a row name it: MOST are tried first, LEAST last. */
static const struct form {
	const char *begins;
	uint8_t between; /* words */
	unsigned most, least;
} forms[] = {
	{"cards/", ':', 1, 1},
	{"checklists/", '\t', 2, 2},
	{"codes.tsv", '\t', 2, 2},
	{"office.tsv", '\t', 3, 3},
	{"", '\t', 1, 1},
};
static const struct form conf_form = {"", ' ', 4, 2};

static const struct form *form_of(const char *name)
{
	const struct form *form = forms;
	size_t len = strlen(name);
	if (len > 5 && !strcmp(name + len - 5, ".conf"))
		return &conf_form;
	while (strncmp(name, form->begins, strlen(form->begins)) != 0)
		form++;
	return form;
}

struct line {
	struct bytes text;
	unsigned number;
	bool paired;
};

struct lines {
	struct line *line;
	size_t count, room;
};

static int order(struct bytes a, struct bytes b)
{
	size_t least = a.len < b.len ? a.len : b.len;
	int less = least ? memcmp(a.at, b.at, least) : 0;
	return less ? less : (a.len > b.len) - (a.len < b.len);
}

static int by_text(const void *a, const void *b)
{
	const struct line *one = a, *two = b;
	int less = order(one->text, two->text);
	return less ? less : (one->number > two->number) - (one->number < two->number);
}

static struct lines lines_of(const struct form *form, struct bytes text)
{
	struct lines lines = {0};
	bool card = form->between == ':';
	for (unsigned number = 1; text.len; number++) {
		const uint8_t *end = memchr(text.at, '\n', text.len);
		size_t len = end ? (size_t)(end - text.at) : text.len, next = len + (end != NULL);
		while (len && strchr(" \t\r", text.at[len - 1]))
			len--;
		if (len && (card || text.at[0] != '#')) {
			lines.line = array_more(
				lines.line, lines.count, &lines.room, sizeof *lines.line);
			lines.line[lines.count++] =
				(struct line){bytes_of(text.at, len), number, false};
		}
		text = bytes_of(text.at + next, text.len - next);
	}
	if (lines.count)
		qsort(lines.line, lines.count, sizeof *lines.line, by_text);
	return lines;
}

/* The first WORDS of TEXT; empty when it has not more than these. */
static struct bytes name_of(const struct form *form, struct bytes text, unsigned words)
{
	size_t at = 0;
	while (words && at < text.len) {
		while (at < text.len && text.at[at] != form->between)
			at++;
		if (--words == 0)
			break;
		while (at < text.len && text.at[at] == form->between)
			at++;
	}
	return bytes_of(text.at, at < text.len ? at : 0);
}

/* In sorted lines those of a name stand side by side: the only one that is not paired, or NULL. */
static struct line *only_one(struct lines *lines, const struct form *form, struct bytes name)
{
	struct line *found = NULL;
	size_t low = 0, high = lines->count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (order(lines->line[middle].text, name) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < lines->count; low++) {
		struct line *line = &lines->line[low];
		if (line->text.len < name.len || memcmp(line->text.at, name.at, name.len) != 0)
			break;
		if (line->paired || line->text.len == name.len ||
			line->text.at[name.len] != form->between)
			continue;
		if (found)
			return NULL;
		found = line;
	}
	return found;
}

static unsigned pair_same(struct lines *ours, struct lines *theirs)
{
	unsigned same = 0;
	for (size_t i = 0, k = 0; i < ours->count && k < theirs->count;) {
		int less = order(ours->line[i].text, theirs->line[k].text);
		if (!less) {
			ours->line[i++].paired = theirs->line[k++].paired = true;
			same++;
		} else if (less < 0) {
			i++;
		} else {
			k++;
		}
	}
	return same;
}

static void add(
	struct compared *compared, size_t *room, const struct line *our, const struct line *their)
{
	unsigned count = compared->added + compared->removed + compared->changed;
	compared->row = array_more(compared->row, count, room, sizeof *compared->row);
	compared->row[count] = (struct compared_row){0};
	if (our)
		compared->row[count].ours = our->text, compared->row[count].our_line = our->number;
	if (their)
		compared->row[count].theirs = their->text,
		compared->row[count].their_line = their->number;
	*(!their ? &compared->added : !our ? &compared->removed : &compared->changed) += 1;
}

static unsigned rank_of(const struct compared_row *row)
{
	return !row->their_line ? 0 : !row->our_line ? 1 : 2;
}

static int by_place(const void *a, const void *b)
{
	const struct compared_row *one = a, *two = b;
	unsigned first = rank_of(one), second = rank_of(two);
	if (first == second) {
		first = one->our_line ? one->our_line : one->their_line;
		second = two->our_line ? two->our_line : two->their_line;
	}
	return (first > second) - (first < second);
}

/* Of all rows that are left, those of one name. */
static void pair_named(struct compared *compared, size_t *room, const struct form *form,
	struct lines *ours, struct lines *theirs)
{
	for (unsigned words = form->most; words >= form->least; words--)
		for (size_t i = 0; i < ours->count; i++) {
			struct line *our = &ours->line[i], *their;
			struct bytes name = name_of(form, our->text, words);
			if (our->paired || !name.len || only_one(ours, form, name) != our ||
				!(their = only_one(theirs, form, name)))
				continue;
			our->paired = their->paired = true;
			add(compared, room, our, their);
		}
}

void compare_texts(
	struct compared *compared, const char *name, struct bytes ours, struct bytes theirs)
{
	const struct form *form = form_of(name);
	struct lines our = lines_of(form, ours), their = lines_of(form, theirs);
	size_t room = 0;

	*compared = (struct compared){.same = pair_same(&our, &their)};
	pair_named(compared, &room, form, &our, &their);
	for (size_t i = 0; i < our.count; i++)
		if (!our.line[i].paired)
			add(compared, &room, &our.line[i], NULL);
	for (size_t i = 0; i < their.count; i++)
		if (!their.line[i].paired)
			add(compared, &room, NULL, &their.line[i]);
	if (compared->row)
		qsort(compared->row, compared->added + compared->removed + compared->changed,
			sizeof *compared->row, by_place);
	free(our.line);
	free(their.line);
}

static bool stands_in(const struct lines *lines, struct bytes text)
{
	for (size_t i = 0; i < lines->count; i++)
		if (!order(lines->line[i].text, text))
			return true;
	return false;
}

void compare_since(struct compared *compared, const char *name, struct bytes before)
{
	struct lines old = lines_of(form_of(name), before);
	unsigned count = compared->added + compared->removed + compared->changed, kept = 0;
	unsigned *const counts[] = {&compared->added, &compared->removed, &compared->changed};

	for (unsigned i = 0; i < count; i++) {
		const struct compared_row row = compared->row[i];
		bool was = stands_in(&old, row.our_line ? row.ours : row.theirs);
		/* Ours: only when it is new; theirs alone: only when it was ours, too. */
		if (was == (row.our_line != 0))
			*counts[rank_of(&row)] -= 1;
		else
			compared->row[kept++] = row;
	}
	free(old.line);
}

void compare_release(struct compared *compared)
{
	free(compared->row);
	*compared = (struct compared){0};
}
