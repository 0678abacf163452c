/* SPDX-License-Identifier: GPL-3.0-or-later
 * A family in one line: group, name and how many, in any order; hanzi, pinyin, initials, or the
 * code.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "screens/display.h"
#include "screens/shelter_page.h"
#include "ui/list.h"

enum { WORD = 64, MOST_PEOPLE = 99 };

static bool hanzi(const char *word)
{
	return (unsigned char)*word >= 0x80;
}

/* zh: how many people, and a group of a village, as registers and people write them */
static const char people_word[] = "人", group_word[] = "组";

/* "4", "4人" */
static bool take_people(struct check_line *line, const char *word)
{
	char *end;
	long number = strtol(word, &end, 10);

	if (end == word || number < 1 || number > MOST_PEOPLE ||
		(*end && strcmp(end, people_word) != 0 && strcmp(end, "r") != 0))
		return false;
	line->people = number;
	return true;
}

/* "1组", "1z" */
static bool take_group(struct check_line *line, const char *word)
{
	char *end;
	long number = strtol(word, &end, 10);

	if (end == word || !*end || (strcmp(end, "z") != 0 && !strstr(end, group_word)))
		return false;
	snprintf(line->group, sizeof line->group, "%ld%s", number, group_word);
	return true;
}

/* Of the words that name somebody: does one fit the household? */
static bool word_fits(const struct home *home, const char *word)
{
	return list_match(home->head, word) || !strcasecmp(home->code, word) ||
	       (*home->door && !strcmp(home->door, word));
}

static bool fits(const struct home *home, const struct check_line *line, const char *names)
{
	char word[WORD];

	if (*line->group && strstr(home->group, line->group) == NULL)
		return false;
	for (const char *at = names; *at;) {
		size_t len = strcspn(at, " ");

		snprintf(word, sizeof word, "%.*s", (int)len, at);
		if (!word_fits(home, word))
			return false;
		at += len + strspn(at + len, " ");
	}
	return true;
}

/* A name that is the whole name of one, or its code, beats those that only begin so. */
static bool exact(const struct home *home, const char *names)
{
	return !strcmp(home->head, names) || !strcasecmp(home->code, names);
}

static void find(struct check_line *line, const struct homes *homes, const char *names)
{
	unsigned whole = 0;
	const struct home *only = NULL;

	for (unsigned n = 0; n < homes->count; n++) {
		const struct home *home = &homes->list[n];

		if (home->stranger || !fits(home, line, names))
			continue;
		if (exact(home, names)) {
			whole++;
			only = home;
		}
		if (line->fits < countof(line->others))
			line->others[line->fits] = home;
		line->fits++;
		line->home = home;
	}
	if (whole == 1) {
		line->fits = 1;
		line->home = only;
	}
	if (line->fits != 1)
		line->home = NULL;
}

void check_line_read(struct check_line *line, const struct homes *homes, const char *typed)
{
	char word[WORD];
	struct buf text = {0};

	*line = (struct check_line){.people = -1};
	for (const char *at = typed + strspn(typed, " "); *at;) {
		size_t len = strcspn(at, " ");

		snprintf(word, sizeof word, "%.*s", (int)len, at);
		line->typed = true;
		if (!take_group(line, word) && (!take_people(line, word) || len > 4))
			buf_fmt(&text, "%s%s", text.len ? " " : "", word);
		at += len + strspn(at + len, " ");
	}
	const char *names = buf_cstr(&text);
	if (*names)
		find(line, homes, names);
	if (line->home && line->people < 0)
		line->people = line->home->people;
	if (!line->fits && hanzi(names))
		snprintf(line->name, sizeof line->name, "%s", names);
	line->new_family = *line->name && line->people > 0;
	buf_release(&text);
}

static void put_home(const struct home *home, struct buf *out)
{
	display_text(home->group, out);
	buf_text(out, *home->group ? " " : "");
	display_text(home->head, out);
}

static void put_more(const struct check_line *line, struct buf *out)
{
	const struct home *home = line->home;

	if (line->people > 0)
		buf_fmt(out, _(" %lld人"), (long long)line->people);
	else
		buf_text(out, _(" 几人？"));
	if (line->people > 0 && home->people > 0 && line->people != home->people)
		buf_fmt(out, _("(在册%lld)"), (long long)home->people);
	buf_byte(out, ' ');
	display_text(home->tags, out);
	buf_text(out, *home->tags ? " " : "");
	display_text(home->code, out);
}

void check_line_say(const struct check_line *line, struct buf *out)
{
	if (line->home) {
		put_home(line->home, out);
		put_more(line, out);
	} else if (line->fits) {
		buf_fmt(out, _("%u户符合，再打几个字："), line->fits);
		for (unsigned n = 0; n < line->fits && n < countof(line->others); n++) {
			buf_text(out, n ? "  " : "");
			put_home(line->others[n], out);
		}
	} else if (line->new_family) {
		buf_fmt(out, _("没有登记的户：%s %lld人，回车按自行前来登记"), line->name,
			(long long)line->people);
	} else if (line->typed) {
		buf_text(out, *line->name ? _("没有登记的户：再打几人")
					  : _("没有这一户：打汉字姓名和几人"));
	}
}
