/* SPDX-License-Identifier: GPL-3.0-or-later
 * Reads packs, checklists and disposal cards. Codes that they name must stand in the code tables,
 * so that a typing mistake shows when the county puts the file in and not when somebody needs it.
 */
#include "model/packs.h"

#include <stdlib.h>
#include <string.h>

#include "base/conf.h"
#include "base/limits.h"
#include "base/text.h"
#include "model/codes.h"
#include "model/kinds.h"

struct reading {
	struct arena *arena;
	struct pack *pack;
	struct checklist *list;
};

/* Is NAME one of FORMER, which ends with NULL? Then it is added to *UNREAD, once. */
static bool is_former(struct arena *arena, const char *const *former, const char *name, size_t len,
	const char **unread)
{
	while (*former && (strlen(*former) != len || memcmp(*former, name, len) != 0))
		former++;
	if (!*former)
		return false;
	if (!strstr(*unread, *former))
		*unread = arena_fmt(arena, "%s%s%s", *unread, **unread ? " " : "", *former);
	return true;
}

typedef bool word_fn(struct reading *reading, const struct conf_line *line, const char **why);

static bool few(const char **why)
{
	*why = _("这一行的项不够");
	return false;
}

static bool take_list(struct reading *reading, const struct conf_line *line, const char *table,
	struct pack_list *list, const char **why)
{
	for (unsigned i = 1; i < line->count; i++) {
		if (table && !code_find(table, line->word[i])) {
			*why = _("代码表里没有这个代码");
			return false;
		}
		if (list->count == PACK_LIST) {
			*why = _("一类最多 24 项");
			return false;
		}
		list->code[list->count++] = arena_text(reading->arena, line->word[i]);
	}
	return line->count > 1 || few(why);
}

static bool take_number(const char *typed, unsigned most, unsigned *number)
{
	char *end;
	unsigned long got = strtoul(typed, &end, 10);
	*number = (unsigned)got;
	return end != typed && !*end && got >= 1 && got <= most;
}

static const char *keep(struct reading *reading, const struct conf_line *line, unsigned at)
{
	return at < line->count ? arena_text(reading->arena, line->word[at]) : "";
}

static bool word_name(struct reading *reading, const struct conf_line *line, const char **why)
{
	reading->pack->zh = keep(reading, line, 1);
	reading->pack->en = keep(reading, line, 2);
	return line->count > 2 || few(why);
}

static bool word_checklist(struct reading *reading, const struct conf_line *line, const char **why)
{
	return take_list(reading, line, NULL, &reading->pack->checklists, why);
}

static bool word_card(struct reading *reading, const struct conf_line *line, const char **why)
{
	return take_list(reading, line, NULL, &reading->pack->cards, why);
}

static bool room(unsigned count, const char **why)
{
	*why = _("一类最多 16 行");
	return count < PACK_ROWS;
}

/* obligation PERIOD TIMES ZH; an older file has English behind it. */
static bool word_obligation(struct reading *reading, const struct conf_line *line, const char **why)
{
	struct pack_duty duty = {0};
	if (line->count < 4)
		return few(why);
	if (!room(reading->pack->duties, why))
		return false;
	*why = !code_find("period", line->word[1])            ? _("没有这个周期")
	       : !take_number(line->word[2], 99, &duty.times) ? _("次数要在 1 到 99 之间")
							      : NULL;
	if (*why)
		return false;
	duty.period = keep(reading, line, 1);
	duty.zh = keep(reading, line, 3);
	reading->pack->duty[reading->pack->duties++] = duty;
	return true;
}

static const struct {
	const char *name;
	word_fn *take;
} pack_words[] = {
	{"name", word_name},
	{"checklist", word_checklist},
	{"card", word_card},
	{"obligation", word_obligation},
};

static bool pack_line(const struct conf_line *line, void *to, const char **why)
{
	static const char *const former[] = {"category", "point", "target", "season", NULL};
	struct reading *reading = to;
	const char *name = line->word[0];
	for (unsigned i = 0; i < countof(pack_words); i++)
		if (!strcmp(name, pack_words[i].name))
			return pack_words[i].take(reading, line, why);
	if (is_former(reading->arena, former, name, strlen(name), &reading->pack->unread))
		return true;
	*why = _("行首要是 name、checklist、card 或 obligation");
	return false;
}

static bool is_reading(const char *name)
{
	const struct field *field = field_named(kind_of(KIND_patrol), name);

	return field && (field->type == T_DEC || field->type == T_NUM);
}

static bool take_item(struct reading *to, const struct conf_line *line, const char **why)
{
	struct checklist *list = to->list;
	const char *category = line->count > 2 ? line->word[2] : "";
	const char *grade = line->count > 3 ? line->word[3] : "";
	const char *reading = line->count > 4 ? line->word[4] : "";
	*why = line->count < 2 || !*line->word[1] ? _("缺检查内容")
	       : line->count > 5 ? _("item 最多五列：item 内容 类别 等级 读数字段")
	       : *reading && !is_reading(reading) ? _("巡查记录没有这个读数字段")
	       : *category && !code_find("hazard_category", category) ? _("没有这个隐患类别")
	       : *grade && !code_find("hazard_grade", grade) ? _("没有这个隐患等级")
	       : list->items == CHECKLIST_ITEMS              ? _("一张检查表最多 40 项")
							     : NULL;
	if (*why)
		return false;
	list->item[list->items++] = (struct checklist_item){
		keep(to, line, 1), keep(to, line, 2), keep(to, line, 3), keep(to, line, 4)};
	return true;
}

static bool checklist_line(const struct conf_line *line, void *to, const char **why)
{
	static const char *const former[] = {"for", NULL};
	struct reading *reading = to;
	struct checklist *list = reading->list;
	const char *name = line->word[0];
	if (is_former(reading->arena, former, name, strlen(name), &list->unread))
		return true;
	if (!strcmp(name, "item"))
		return take_item(reading, line, why);
	if (line->count < 2 || !*line->word[1])
		return few(why);
	const struct {
		const char *name;
		const char **to;
	} heads[] = {{"code", &list->code}, {"title", &list->zh}, {"version", &list->version},
		{"basis", &list->basis}, {"fits", &list->fits}, {"source", &list->source}};
	unsigned n = 0;
	while (n < countof(heads) && strcmp(name, heads[n].name) != 0)
		n++;
	if (n == countof(heads)) {
		*why = _("行首要是 code、title、version、basis、fits、source 或 item");
		return false;
	}
	*heads[n].to = keep(reading, line, 1);
	*why = heads[n].to == &list->fits ? list_fits_wrong(list->fits)
	       : heads[n].to == &list->source && !code_find("hazard_source", list->source)
		       ? _("没有这个隐患来源")
		       : NULL;
	return !*why;
}

/* One line of a card's head, "name: value", into the card. */
static const char *card_head(struct card *card, struct arena *arena, const char *at, size_t len)
{
	static const char *const former[] = {"english", "role", NULL};
	const struct {
		const char *name;
		const char **to;
	} heads[] = {
		{"code", &card->code},
		{"title", &card->zh},
		{"event", &card->event},
		{"level", &card->level},
		{"version", &card->version},
		{"key", &card->key},
		{"fits", &card->fits},
	};
	const char *colon = memchr(at, ':', len);
	size_t name = colon ? (size_t)(colon - at) : 0;
	for (unsigned i = 0; colon && i < countof(heads); i++) {
		if (strlen(heads[i].name) != name || memcmp(at, heads[i].name, name) != 0)
			continue;
		const char *value = colon + 1;
		while (value < at + len && *value == ' ')
			value++;
		*heads[i].to = (const char *)arena_bytes(
			arena, bytes_of(value, (size_t)(at + len - value)))
				       .at;
		return NULL;
	}
	if (colon && is_former(arena, former, at, name, &card->unread))
		return NULL;
	return _("抬头要写成 code、title、event、level、version、key 或 fits，后面跟冒号");
}

const char card_keys[] = "1234567890abcdefgilmnoprvwxz";

/* One word of FITS, which is cut up. */
static const char *fit_check(char *word)
{
	static const char *const colours[] = {"red", "orange", "yellow", "blue"};
	char *colour = strchr(word, '/');

	if (!strncmp(word, "season=", strlen("season=")))
		return NULL; /* seasons are the rules', read beside this file */
	if (!strncmp(word, "role=", strlen("role=")))
		return code_find("role", word + strlen("role=")) ? NULL : _("fits 里没有这个角色");
	if (colour)
		*colour++ = '\0';
	if (!code_find("event", word))
		return _("fits 里没有这个灾种");
	for (size_t n = 0; colour && n < countof(colours); n++)
		if (!strcmp(colour, colours[n]))
			return NULL;
	return colour ? _("fits 里的颜色要是 red、orange、yellow 或 blue") : NULL;
}

bool card_fits_word(const char **at, char word[FITS_WORD])
{
	*at += strspn(*at, " ");
	size_t len = strcspn(*at, " ");

	bytes_into(word, FITS_WORD, bytes_of(*at, len));
	*at += len;
	return len > 0;
}

static const char *fits_check(const char *fits)
{
	char word[FITS_WORD];
	const char *why = NULL;

	while (!why && card_fits_word(&fits, word))
		why = fit_check(word);
	return why;
}

static void put_steps(struct bytes left, bool numbered, struct buf *out)
{
	while (left.len) {
		const uint8_t *end = memchr(left.at, '\n', left.len);
		size_t len = end ? (size_t)(end - left.at) : left.len, whole = len + (end != NULL);
		bool number = len && *left.at >= '0' && *left.at <= '9';

		if (number || !numbered)
			buf_put(out, left.at, whole);
		left = bytes_of(left.at + whole, left.len - whole);
	}
}

void card_steps(struct bytes text, struct buf *out)
{
	put_steps(text, true, out);
	if (!out->len)
		put_steps(text, false, out);
}

static const char *card_check(const struct card *card)
{
	if (!*card->code || !*card->zh)
		return _("处置卡要有 code 和 title");
	if (*card->event && !code_find("event", card->event))
		return _("没有这个灾种");
	if (*card->level && !code_find("plan_level", card->level))
		return _("没有这个适用层级");
	if (*card->key && (card->key[1] || !strchr(card_keys, *card->key)))
		return _("key 要是一个数字，或 h j k q s t u y 以外的一个小写字母");
	const char *why = fits_check(card->fits);
	if (why)
		return why;
	if (!*card->text)
		return _("抬头后空一行，再写处置步骤");
	return strlen(card->text) > LIMIT_TEXT ? _("处置步骤太长，最多 4096 字节") : NULL;
}

/* Reads the head up to the first empty line; what is left of TEXT is the body. */
static const char *card_heads(
	struct card *card, struct bytes *text, struct arena *arena, unsigned *number)
{
	const char *why = NULL;
	while (!why && text->len) {
		const char *at = (const char *)text->at, *stop = memchr(at, '\n', text->len);
		size_t len = stop ? (size_t)(stop - at) : text->len;
		size_t whole = len + (stop != NULL);
		*text = bytes_of(at + whole, text->len - whole);
		++*number;
		if (len && at[len - 1] == '\r')
			len--;
		if (!len)
			break;
		if (*at != '#')
			why = card_head(card, arena, at, len);
	}
	return why;
}

static struct bytes without_ends(struct bytes text)
{
	while (text.len && (*text.at == '\n' || *text.at == '\r'))
		text = bytes_of(text.at + 1, text.len - 1);
	while (text.len && (text.at[text.len - 1] == '\n' || text.at[text.len - 1] == '\r'))
		text.len--;
	return text;
}

enum rc pack_read(struct pack *pack, const char *file, struct bytes text, struct arena *arena,
	struct fault *fault)
{
	struct reading reading = {.arena = arena, .pack = pack};
	*pack = (struct pack){.zh = "", .en = "", .unread = ""};
	enum rc rc = conf_each(file, text, pack_line, &reading, fault);
	if (!rc && !*pack->zh)
		return fault_set(fault, RC_BAD, _("%s: 缺 name 行"), file);
	return rc;
}

enum rc checklist_read(struct checklist *list, const char *file, struct bytes text,
	struct arena *arena, struct fault *fault)
{
	struct reading reading = {.arena = arena, .list = list};
	*list = (struct checklist){"", "", "", "", "", "", "", .items = 0};
	enum rc rc = tsv_each(file, text, checklist_line, &reading, fault);
	if (!rc && (!*list->code || !*list->zh || !list->items))
		return fault_set(
			fault, RC_BAD, _("%s: 检查表要有 code、title 和至少一个 item"), file);
	return rc;
}

void checklist_makes_put(const struct checklist *list, struct buf *out)
{
	for (unsigned i = 0; i < list->items; i++) {
		const struct checklist_item *item = &list->item[i];

		buf_fmt(out, "%s%s", i ? "\n" : "", *item->category ? item->category : "-");
		if (*item->grade || *item->reading)
			buf_fmt(out, " %s", *item->grade ? item->grade : "-");
		if (*item->reading)
			buf_fmt(out, " %s", item->reading);
	}
}

enum rc card_read(struct card *card, const char *file, struct bytes text, struct arena *arena,
	struct fault *fault)
{
	unsigned number = 0;
	*card = (struct card){"", "", "", "", "", "", "", "", ""};
	if (!text_valid((const char *)text.at, text.len))
		return fault_set(
			fault, RC_BAD, "%s:1: %s", file, _("不是 UTF-8 文字，请另存为 UTF-8"));
	const char *why = card_heads(card, &text, arena, &number);
	if (!why) {
		card->text = (const char *)arena_bytes(arena, without_ends(text)).at;
		why = card_check(card);
	}
	return why ? fault_set(fault, RC_BAD, "%s:%u: %s", file, number, why) : RC_OK;
}
