/* SPDX-License-Identifier: GPL-3.0-or-later
 * Reads rows of official texts, and cuts their lines into pieces.
 */
#include "model/texts.h"

#include <stdio.h>
#include <string.h>

#include "model/codes.h"
#include "model/rules/internal.h"

/* ---- pieces */

static void open_piece(const char **at, struct text_piece *piece)
{
	const char *from = *at + 1;
	piece->not = *from == '!';
	from += piece->not ;
	size_t len = strcspn(from, "{}?");
	bool good = len && len < sizeof piece->name && (from[len] == '?' || from[len] == '}');
	piece->sort = !good ? TEXT_WRONG : from[len] == '?' ? TEXT_WHEN : TEXT_PUT;
	if (piece->sort == TEXT_PUT && piece->not )
		piece->sort = TEXT_WRONG;
	memcpy(piece->name, from, good ? len : 0);
	*at = from + len + good;
}

void text_piece(const char **at, struct text_piece *piece)
{
	*piece = (struct text_piece){.sort = TEXT_OVER};
	if (!**at)
		return;
	if (**at == '{') {
		open_piece(at, piece);
	} else if (**at == '}') {
		piece->sort = TEXT_END;
		++*at;
	} else {
		size_t len = strcspn(*at, "{}");
		piece->sort = TEXT_WORDS;
		piece->words = bytes_of(*at, len);
		*at += len;
	}
}

/* ---- names */

static const char *const ask_parts[ASKED_PARTS] = {
	"count", "answered", "owing", "percent", "median", "ninety", "names"};

/* "ask.NAME.PART", "count.NAME", "figure.NAME". */
static bool row_means(const char *name, struct text_meant *meant)
{
	static const struct {
		const char *prefix;
		enum text_word word;
		enum rule_word row;
	} rows[] = {{"ask.", TEXT_ASK, RULE_ASK}, {"count.", TEXT_COUNT, RULE_COUNT},
		{"figure.", TEXT_FIGURE, RULE_FIGURE}};
	size_t n = 0;
	while (n < countof(rows) && strncmp(name, rows[n].prefix, strlen(rows[n].prefix)) != 0)
		n++;
	if (n == countof(rows))
		return false;
	name += strlen(rows[n].prefix);
	const char *dot = rows[n].word == TEXT_ASK ? strrchr(name, '.') : name + strlen(name);
	size_t len = dot ? (size_t)(dot - name) : 0;
	if (!len || len >= sizeof meant->name)
		return false;
	memcpy(meant->name, name, len);
	meant->word = rows[n].word;
	meant->row = rows[n].row;
	unsigned part = 0;
	while (rows[n].word == TEXT_ASK && part < ASKED_PARTS &&
		strcmp(ask_parts[part], dot + 1) != 0)
		part++;
	meant->part = (enum text_ask)part;
	return part < ASKED_PARTS;
}

/* "late.ASK.month", "late.ASK.before" */
static bool late_means(const char *name, struct text_meant *meant)
{
	static const char prefix[] = "late.";
	const char *from = name + strlen(prefix), *dot = strrchr(name, '.');
	if (strncmp(name, prefix, strlen(prefix)) != 0 || dot <= from ||
		(size_t)(dot - from) >= sizeof meant->name)
		return false;
	meant->before = !strcmp(dot + 1, "before");
	if (!meant->before && strcmp(dot + 1, "month") != 0)
		return false;
	memcpy(meant->name, from, (size_t)(dot - from));
	meant->word = TEXT_LATE;
	meant->row = RULE_ASK;
	return true;
}

static bool watch_means(const char *name, struct text_meant *meant)
{
	const struct post *post = post_named(name);
	if (!post || post->how != POST_ROSTER)
		return false;
	snprintf(meant->name, sizeof meant->name, "%s", post->name);
	meant->word = TEXT_WATCH;
	return true;
}

static bool other_means(const struct kind *kind, const char *name, struct text_meant *meant)
{
	char first[TEXT_NAME] = "";
	const char *dot = strchr(name, '.');
	if (!dot || (size_t)(dot - name) >= sizeof first)
		return false;
	memcpy(first, name, (size_t)(dot - name));
	meant->field = field_named(kind, first);
	const struct kind *target =
		meant->field && meant->field->target ? kind_of(meant->field->target) : NULL;
	meant->other = target ? field_named(target, dot + 1) : NULL;
	return meant->other;
}

struct text_meant text_means(const struct kind *kind, const char *name)
{
	static const struct {
		const char *name;
		enum text_word word;
		bool of_record;
	} words[] = {
		{"station", TEXT_STATION, false},
		{"now", TEXT_NOW, false},
		{"date", TEXT_DATE, false},
		{"user", TEXT_USER, false},
		{"at", TEXT_AT, true},
		{"by", TEXT_BY, true},
		{"by_station", TEXT_BY_STATION, true},
		{"number", TEXT_NUMBER, true},
		{"label", TEXT_LABEL, true},
		{"area", TEXT_AREA, true},
		{"steps", TEXT_STEPS, true},
		{"lifted", TEXT_LIFTED, true},
		{"lifts", TEXT_LIFTS, true},
		{"said", TEXT_SAID, true},
	};
	struct text_meant meant = {.field = kind ? field_named(kind, name) : NULL};
	if (meant.field) {
		meant.word = TEXT_FIELD;
		return meant;
	}
	for (size_t n = 0; n < countof(words); n++)
		if (!strcmp(words[n].name, name) && (kind || !words[n].of_record))
			meant.word = words[n].word;
	if (meant.word || watch_means(name, &meant) || row_means(name, &meant) ||
		late_means(name, &meant))
		return meant;
	meant.word = kind && other_means(kind, name, &meant) ? TEXT_OTHER : TEXT_NONE;
	return meant;
}

/* ---- the row */

/* "report.first", "call.warning": the kind that it is about, and what it is called there. */
static bool take_name(struct row_reader *reader, const char *typed, struct rule *rule)
{
	char first[TEXT_NAME] = "";
	const char *dot = strchr(typed, '.');
	if (!dot || dot == typed || !dot[1] || strlen(typed) >= sizeof first)
		return row_wrong(reader,
			_("名称要写成 种类.名称、call.种类 或 day.名称，不是 \"%s\""), typed);
	rule->name = row_text(reader, typed);
	memcpy(first, typed, (size_t)(dot - typed));
	if (!strcmp(first, "day"))
		return true;
	const struct kind *kind =
		!strcmp(first, "call") ? row_kind(reader, dot + 1) : row_kind(reader, first);
	rule->kind = kind ? kind->id : 0;
	for (const struct field *f = kind ? kind->fields : NULL; f && f->tag; f++)
		if (f->type == T_CODE && code_find(f->codes, dot + 1))
			rule->coded = f->tag;
	return kind;
}

static bool take_line(struct row_reader *reader, const struct kind *kind, const char *text)
{
	struct text_piece piece;
	unsigned open = 0;
	for (const char *at = text;;) {
		text_piece(&at, &piece);
		open += piece.sort == TEXT_WHEN;
		if (piece.sort == TEXT_WRONG || (piece.sort == TEXT_END && !open))
			return row_wrong(reader, _("\"%s\" 的 { } 没有配对"), text);
		open -= piece.sort == TEXT_END;
		if ((piece.sort == TEXT_PUT || piece.sort == TEXT_WHEN) &&
			!text_means(kind, piece.name).word)
			return row_wrong(reader, _("%s 没有字段 \"%s\""), kind ? kind->name : "day",
				piece.name);
		if (piece.sort == TEXT_OVER)
			return !open || row_wrong(reader, _("\"%s\" 的 { } 没有配对"), text);
	}
}

bool take_text(struct row_reader *reader, struct rule *rule)
{
	enum { NAME = 1, TEXT, ALL };
	if (reader->count != ALL || !take_name(reader, reader->word[NAME], rule))
		return false;
	rule->text = row_text(reader, reader->word[TEXT]);
	return take_line(reader, kind_of(rule->kind), rule->text);
}
