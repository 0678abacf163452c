/* SPDX-License-Identifier: GPL-3.0-or-later
 * The key bar. A key that does not stand in it is not there for a person: where words are too long
 * for the row, they are cut before a key is.
 */
#include "ui/bar.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "model/pinyin.h"

/* LEAST, TWO: columns of one hanzi, and of two. */
enum { ENTRIES = 24, ENTRY = 120, LEAST = 2, TWO = 4, LEAN_COLUMNS = 46 };

struct entry {
	int key;
	char name[16], word[ENTRY];
	unsigned wide; /* columns of the word; .shown of them are */
	unsigned shown;
};

struct bar {
	struct entry entries[ENTRIES];
	unsigned count;
	const char *tail; /* translated */
	bool close;       /* no blank between key and word */
	unsigned gap;     /* blanks between entries */
};

static unsigned wide_of(const char *text)
{
	return (unsigned)text_columns(text);
}

/* As the terminal shows it. */
static void put_word(const char *label, bool latin, char word[ENTRY])
{
	struct buf shown = {0};

	if (latin)
		pinyin_show(label, &shown);
	else
		buf_text(&shown, label);
	text_fit(word, ENTRY, buf_cstr(&shown));
	buf_release(&shown);
}

static void add(struct bar *bar, int key, const char *label, bool latin)
{
	char name[16];

	if (bar->count == ENTRIES)
		return;
	struct entry *entry = &bar->entries[bar->count++];
	snprintf(entry->name, sizeof(entry->name), "%s", key_show(key, name));
	entry->key = key;
	put_word(label, latin, entry->word);
	entry->shown = entry->wide = wide_of(entry->word);
}

/* Letters are keys of the screen: where a text is typed all the same, that is only for a while. */
static bool has_letters(const struct screen *screen)
{
	for (const struct key *key = screen->keys; key && key->key; key++)
		if (key->label && key_is_text(key->key))
			return true;
	return false;
}

/* The key of ROW. BRIEF: enter and ^X stand there already. */
static bool stands_there(
	const struct key *key, const struct bar_wish *wish, unsigned row, bool brief)
{
	bool leaves = key->key == K_CTRL('X'), saves = key->key == K_CTRL('O');

	if (!key->label || wish->hidden & 1u << row)
		return false;
	if (!wish->typing)
		return true;
	return !key_is_text(key->key) && !(brief && (leaves || key->key == K_ENTER)) &&
	       (!wish->lean || saves);
}

/* On a slow line the way back stands first, in the same word everywhere: it stays when a picker
 * opens. */
static void add_back(struct bar *bar, const struct screen *screen, bool latin)
{
	for (const struct key *key = screen->keys; key && key->key; key++)
		if (key->key == K_CTRL('X') && key->label)
			add(bar, key->key, _("返回"), latin);
}

static void gather(
	struct bar *bar, const struct screen *screen, const struct bar_wish *wish, bool latin)
{
	bool brief = wish->typing && has_letters(screen);
	unsigned row = 0;

	if (wish->typing && wish->lean && !brief)
		add_back(bar, screen, latin);
	if (brief)
		add(bar, K_ENTER, screen->enter ? _(screen->enter) : _("打好了"), latin);
	for (const struct key *key = screen->keys; key && key->key; key++, row++)
		if (stands_there(key, wish, row, brief))
			add(bar, key->key, _(key->label), latin);
	if (brief)
		add(bar, K_CTRL('X'), _("不打了"), latin);
}

static unsigned entry_wide(const struct bar *bar, const struct entry *entry)
{
	return wide_of(entry->name) + !bar->close + entry->shown;
}

/* The columns of all of it. */
static unsigned bar_wide(const struct bar *bar)
{
	unsigned wide = wide_of(bar->tail);

	for (unsigned n = 0; n < bar->count; n++)
		wide += entry_wide(bar, &bar->entries[n]) + (n || *bar->tail ? bar->gap : 0);
	return wide;
}

/* What is the same on every screen gives way first. */
static void drop_common(struct bar *bar)
{
	unsigned kept = 0;

	for (unsigned n = 0; n < bar->count; n++)
		if (bar->entries[n].key != K_ENTER &&
			(bar->entries[n].key != K_CTRL('X') ||
				!*bar->tail)) /* q of the tail goes back, too */
			bar->entries[kept++] = bar->entries[n];
	bar->count = kept;
}

/* Then each word is as short as it may be. */
static void least(struct bar *bar)
{
	drop_common(bar);
	for (unsigned n = 0; n < bar->count; n++) {
		struct entry *entry = &bar->entries[n];

		entry->word[strcspn(entry->word, "(")] = '\0';
		entry->wide = wide_of(entry->word);
		entry->shown = entry->wide < LEAST ? entry->wide : LEAST;
	}
}

static void longer(struct bar *bar, struct entry *entry, unsigned most, unsigned columns)
{
	unsigned was = entry->shown;

	entry->shown = entry->wide < most ? entry->wide : most;
	if (entry->shown < was || bar_wide(bar) > columns)
		entry->shown = was;
}

/* A digit writes at once, and the first two characters of a long word tell what; then the others,
 * and whole words, from the first on, as far as there is room. */
static void shorten(struct bar *bar, unsigned columns)
{
	least(bar);
	if (bar_wide(bar) > columns)
		bar->gap = 0;
	for (unsigned n = 0; n < bar->count; n++)
		if (bar->entries[n].wide > TWO && isdigit(bar->entries[n].key))
			longer(bar, &bar->entries[n], TWO, columns);
	for (unsigned n = 0; n < bar->count; n++)
		longer(bar, &bar->entries[n], TWO, columns);
	for (unsigned n = 0; n < bar->count; n++)
		longer(bar, &bar->entries[n], bar->entries[n].wide, columns);
}

static void fit(
	struct bar *bar, const struct screen *screen, const struct bar_wish *wish, struct pane pane)
{
	/* Where words are not written with blanks. */
	bool whole = !words_english() && !pane.latin;

	*bar = (struct bar){.close = (wish->lean || (screen->dense && !wish->typing)) && whole};
	bar->gap = bar->close ? 1 : 2;
	gather(bar, screen, wish, pane.latin);
	bar->tail = wish->typing ? "" : wish->lowest ? _("? 帮助") : _("? 帮助  q 返回");
	if (bar_wide(bar) <= pane.columns)
		return;
	bar->gap = 1;
	bar->close = whole;
	if (bar_wide(bar) <= pane.columns)
		return;
	bar->tail = wish->typing ? "" : wish->lowest ? "?" : "? q";
	/* Words of letters do not stand beside a key of letters as long as what is the same
	 * everywhere can go instead. */
	if (!whole && !wish->typing) {
		drop_common(bar);
		if (bar_wide(bar) <= pane.columns)
			return;
	}
	bar->close = true;
	if (bar_wide(bar) > pane.columns)
		shorten(bar, pane.columns);
}

static void put_entry(const struct bar *bar, const struct entry *entry, struct buf *out)
{
	size_t used, len = text_cut(entry->word, entry->shown, &used);

	buf_fmt(out, "%s%s%.*s", entry->name, bar->close ? "" : " ", (int)len, entry->word);
}

void bar_draw(const struct screen *screen, const struct bar_wish *wish, struct pane pane)
{
	struct bar bar;
	struct buf text = {0};
	unsigned left = 0;

	if (wish->lean && pane.columns > LEAN_COLUMNS)
		pane.columns = LEAN_COLUMNS;
	fit(&bar, screen, wish, pane);
	for (unsigned n = 0; n < bar.count; n++) {
		buf_clear(&text);
		put_entry(&bar, &bar.entries[n], &text);
		if (left + wide_of(buf_cstr(&text)) > pane.columns)
			break;
		left += pane_text(pane, 0, left, LOOK_KEY, 0, buf_cstr(&text)) + bar.gap;
	}
	buf_release(&text);
	if (*bar.tail)
		pane_text(pane, 0, left, LOOK_KEY, 0, bar.tail);
}
