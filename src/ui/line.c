/* SPDX-License-Identifier: GPL-3.0-or-later
 * Line mode: questions and answers, lists in pages, choices by number. The only file that knows
 * readline. The prompt is short and on a line of its own: readline scrolls long ones sideways,
 * which dumb terminals garble.
 */
#include "ui/line.h"

#include <langinfo.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <readline/readline.h>

#include "base/memory.h"
#include "base/text.h"
#include "base/when.h"
#include "model/pinyin.h"

enum { PAGE_ROWS = LINE_PAGE, SAID = 2000 };

/* What the terminal can not write is said in pinyin, and what has none as '?'. */
static void put_coded(const struct line *line, const char *text, struct buf *out)
{
	struct buf latin = {0};

	if (text_to(line->coding, text, strlen(text), out))
		return;
	pinyin_show(text, &latin);
	for (size_t at = 0; at < latin.len;) {
		uint32_t cp;
		size_t took = text_next((char *)latin.at + at, latin.len - at, &cp);

		if (took == 0)
			break;
		if (!text_to(line->coding, (char *)latin.at + at, took, out))
			buf_byte(out, '?');
		at += took;
	}
	buf_release(&latin);
}

static void put(struct line *line, const char *text)
{
	struct buf plain = {0}, out = {0};

	text_plain(text, &plain);
	put_coded(line, buf_cstr(&plain), &out);
	buf_byte(&out, '\n');
	fwrite(out.at, 1, out.len, line->out);
	fflush(line->out);
	buf_release(&plain);
	buf_release(&out);
}

/* Answers are no paths: nothing of the machine's files is shown. */
static char **complete_nothing(const char *text, int start, int end)
{
	(void)text;
	(void)start;
	(void)end;
	rl_attempted_completion_over = 1;
	return NULL;
}

/* What reads files or names accounts, or brings keys that do. */
static void take_away(void)
{
	static const char *const functions[] = {"complete", "possible-completions",
		"insert-completions", "menu-complete", "menu-complete-backward",
		"old-menu-complete", "delete-char-or-list", "tilde-expand", "re-read-init-file",
		"vi-editing-mode", "dump-functions", "dump-macros", "dump-variables"};
	const Keymap maps[] = {emacs_standard_keymap, emacs_meta_keymap, emacs_ctlx_keymap};

	rl_variable_bind("editing-mode", "emacs");
	for (size_t n = 0; n < countof(functions); n++) {
		rl_command_func_t *function = rl_named_function(functions[n]);

		for (size_t map = 0; function && map < countof(maps); map++)
			rl_unbind_function_in_map(function, maps[map]);
	}
}

/* What was typed before Ctrl-G, to go on with. */
static char *half;

static int to_burning(int count, int key)
{
	(void)count;
	(void)key;
	free(half);
	half = memory_text(rl_line_buffer);
	rl_replace_line("!", 0);
	rl_done = 1;
	return 0;
}

static int put_half(void)
{
	if (half)
		rl_insert_text(half);
	free(half);
	half = NULL;
	return 0;
}

static void set_readline(struct line *line)
{
	static const char *const settings[][2] = {
		{"bell-style", "none"},
		{"disable-completion", "on"},
	};

	rl_instream = line->in;
	rl_outstream = line->out;
	rl_initialize(); /* a person's inputrc comes first */
	for (size_t n = 0; n < countof(settings); n++)
		rl_variable_bind(settings[n][0], settings[n][1]);
	/* With brackets its line ends answer no further questions; what knows none is sent none. */
	const char *type = getenv("TERM");
	bool brackets = type && strcmp(type, "dumb") != 0;
	rl_variable_bind("enable-bracketed-paste", brackets ? "on" : "off");
	rl_attempted_completion_function = complete_nothing;
	rl_bind_key(CTRL('G'), to_burning);
	take_away();
}

/* One line without its end; NULL at the end of input. To be freed. */
static char *read_line(struct line *line)
{
	char *text = NULL;
	size_t room = 0;

	rl_startup_hook = line->aside ? NULL : put_half;
	if (line->keys)
		return readline("> ");
	if (line->bare) {
		fputs("> ", line->out);
		fflush(line->out);
	}
	ssize_t len = getline(&text, &room, line->in);
	if (len < 0) {
		free(text);
		return NULL;
	}
	while (len > 0 && (text[len - 1] == '\n' || text[len - 1] == '\r'))
		text[--len] = '\0';
	return text;
}

static bool is_same(struct line *line)
{
	int64_t away = when_now() - line->touched;
	bool same = !line->same || line->same(line->to, away);

	line->touched = when_now();
	return same;
}

/* Questions may be asked in it; the one that waits is kept. */
static bool call_aside(struct line *line, void (*what)(void *to))
{
	char asked[sizeof(line->asked)];

	if (!what || line->aside)
		return false;
	memcpy(asked, line->asked, sizeof(asked));
	line->aside = true;
	what(line->to);
	line->aside = false;
	memcpy(line->asked, asked, sizeof(asked));
	return true;
}

static void waits(struct line *line, const char *question)
{
	text_fit(line->asked, sizeof(line->asked), question);
}

/* The next answer, clean and in UTF-8; from a file it is written down, so that the record of the
 * session is whole. */
static enum line_act answer_of(struct line *line, struct buf *answer)
{
	struct buf decoded = {0};

	if (line->going)
		return LINE_BACK;
	call_aside(line, line->tell);
	char *text = read_line(line);

	if (!text || !is_same(line)) {
		free(text);
		return LINE_END;
	}
	buf_clear(answer);
	bool mistaken = line->coding && text_mistaken(line->coding, text, strlen(text));
	bool good = !mistaken && text_from(line->coding, text, strlen(text), &decoded) &&
		    text_clean((char *)decoded.at, decoded.len, false, answer);
	free(text);
	buf_release(&decoded);
	if (!line->keys && !line->bare)
		line_say(line, "> %s", buf_cstr(answer));
	if (!good) {
		line_bad(line, "%s",
			mistaken ? _("打的像是 UTF-8，不是 LC_ALL 说的编码：请检查终端后重打")
				 : _("这一行不是文字，请重打"));
		return answer_of(line, answer);
	}
	if ((strcmp(buf_cstr(answer), "!") == 0 && call_aside(line, line->burning)) ||
		(strcmp(buf_cstr(answer), "|") == 0 && call_aside(line, line->paper))) {
		line_say(line, "%s", line->asked);
		return answer_of(line, answer);
	}
	return strcmp(buf_cstr(answer), "<") == 0 ? LINE_BACK : LINE_OK;
}

/* Where letters are keys: is the answer a place elsewhere? Then this question is over. */
static enum line_act place_of(struct line *line, const struct buf *answer, enum line_act act)
{
	char letter = answer->len == 1 ? (char)answer->at[0] : '\0';

	if (act != LINE_OK || letter < 'A' || letter > 'Z' || !line->place ||
		!line->place(line->to, letter))
		return act;
	line->going = letter;
	return LINE_BACK;
}

unsigned line_number(const char *text)
{
	if (!*text || strspn(text, "0123456789") != strlen(text) || strlen(text) > 6)
		return 0;
	return (unsigned)strtoul(text, NULL, 10);
}

void line_row(struct line *line, struct list *list, unsigned n)
{
	const struct list_row *row = list_shown(list, n);
	struct buf text = {0};

	buf_fmt(&text, "%u.%s", n + 1, row->marked ? " *" : "");
	for (unsigned column = 0; column < list->column_count; column++) {
		const char *cell = row->cells[column];

		if (cell && *cell)
			buf_fmt(&text, " %s", cell);
	}
	put(line, buf_cstr(&text));
	buf_release(&text);
}

static void say_page(struct line *line, struct list *list, unsigned from)
{
	for (unsigned n = from; n < from + PAGE_ROWS && n < list->shown; n++)
		line_row(line, list, n);
	if (list->shown == 0)
		line_say(line, "%s", list->filter.text.len ? _("没有符合的") : list->empty);
	else if (from + PAGE_ROWS < list->shown)
		line_say(line, _("还有 %u 条。更多？"), list->shown - from - PAGE_ROWS);
}

static void say_list_help(struct line *line)
{
	line_say(line, "%s",
		_("打号码选一条，直接回车看下一页，打字查找（汉字、拼音或首字母），"
		  "/ 看全部，p 打印，< 返回"));
}

/* True: people sit there. */
static bool begin(struct line *line, FILE *in, FILE *out)
{
	bool seat = isatty(fileno(in)) && isatty(fileno(out));

	*line = (struct line){.in = in, .out = out, .columns = 80, .touched = when_now()};
	if (seat)
		line->coding = nl_langinfo(CODESET);
	return seat;
}

void line_start(struct line *line, FILE *in, FILE *out)
{
	line->keys = begin(line, in, out);
	if (line->keys)
		set_readline(line);
}

void line_start_bare(struct line *line, FILE *in, FILE *out)
{
	line->bare = begin(line, in, out);
}

void line_bell(struct line *line)
{
	if (line->keys || line->bare)
		fputc('\a', line->out);
}

void line_say(struct line *line, const char *fmt, ...)
{
	char text[SAID];
	va_list args;

	va_start(args, fmt);
	text_fit_args(text, sizeof(text), fmt, args);
	va_end(args);
	if (!line->going) /* what is passed on the way to another place */
		put(line, text);
}

void line_bad(struct line *line, const char *fmt, ...)
{
	char text[SAID];
	va_list args;

	va_start(args, fmt);
	text_fit_args(text, sizeof(text), fmt, args);
	va_end(args);
	line_say(line, _("错误：%s"), text);
}

enum line_act line_ask(struct line *line, const char *question, const char *now, const char *help,
	struct buf *answer)
{
	waits(line, question);
	for (;;) {
		if (now && *now)
			line_say(line, _("%s（现在是 %s，回车不变）"), question, now);
		else
			line_say(line, "%s", question);
		enum line_act act = answer_of(line, answer);
		if (act != LINE_OK || strcmp(buf_cstr(answer), "?") != 0)
			return act;
		line_say(line, "%s", help ? help : _("打字后回车；直接回车不变；< 返回"));
	}
}

enum line_act line_choose(struct line *line, const char *question, const char *now,
	const char *help, struct buf *answer)
{
	if (!help)
		help = _("打上面写着的号码或字母就办；< 返回，! 告急，| 打印，大写字母去别处");
	return place_of(line, answer, line_ask(line, question, now, help, answer));
}

void line_page(struct line *line, const struct page *page, unsigned from, unsigned to)
{
	for (unsigned n = from; n < to && n < page->count; n++)
		line_say(line, "%s", page->lines[n].text);
}

/* Not through readline, which keeps what it has read. From a file the stream may have read on: so
 * its next line is taken as any other. */
bool line_secret(struct line *line, const char *question, char pin[LIMIT_PIN + 1])
{
	char *text = NULL;
	size_t room = 0;

	line_say(line, "%s", question);
	if (line->keys || line->bare) {
		bool good = secret_hidden(fileno(line->in), pin);

		line_say(line, "%s", "");
		return good;
	}
	ssize_t len = getline(&text, &room, line->in);
	size_t end = text && len > 0 ? strcspn(text, "\r\n") : 0;
	bool good = end > 0 && end <= LIMIT_PIN;
	snprintf(pin, LIMIT_PIN + 1, "%.*s", good ? (int)end : 0, good ? text : "");
	if (text)
		explicit_bzero(text, room);
	free(text);
	line_say(line, "%s", "> ****");
	return good;
}

enum line_act line_list(
	struct line *line, const char *title, struct list *list, struct list_row **chosen)
{
	struct buf answer = {0};
	unsigned from = 0;
	enum line_act act;

	waits(line, title);
	line_say(line, _("%s，共 %u 条"), title, list->shown);
	say_page(line, list, from);
	while ((act = place_of(line, &answer, answer_of(line, &answer))) == LINE_OK) {
		const char *text = buf_cstr(&answer);
		unsigned number = line_number(text);

		if (number > 0 && (*chosen = list_shown(list, number - 1))) {
			list->at = number - 1;
			break;
		}
		if (strcmp(text, "p") == 0 && call_aside(line, line->paper)) {
			line_say(line, "%s", line->asked);
		} else if (strcmp(text, "?") == 0) {
			say_list_help(line);
		} else if (number > 0) {
			line_bad(line, _("没有第 \"%s\" 项"), text);
		} else if (*text) {
			list_filter(list, strcmp(text, "/") == 0 ? "" : text);
			from = 0;
			say_page(line, list, from);
		} else if (from + PAGE_ROWS < list->shown) {
			from += PAGE_ROWS;
			say_page(line, list, from);
		} else {
			line_say(line, "%s", _("到底了，打号码选一条，< 返回"));
		}
	}
	buf_release(&answer);
	return act;
}

/* The label that is typed, or the one that the words name; COUNT when there is none, or several. */
static unsigned named(const char *const *labels, unsigned count, const char *words)
{
	unsigned found = count, fits = 0;

	for (unsigned n = 0; *words && n < count; n++) {
		if (!labels[n])
			continue;
		if (strcmp(labels[n], words) == 0)
			return n;
		if (list_match(labels[n], words)) {
			found = n;
			fits++;
		}
	}
	return fits == 1 ? found : count;
}

static void say_menu(struct line *line, const char *title, const char *const *labels,
	const char *keys, unsigned count)
{
	line_say(line, "%s", title);
	for (unsigned n = 0; n < count; n++)
		if (!labels[n])
			continue;
		else if (keys && keys[n] != ' ')
			line_say(line, "%u. %s %c", n + 1, labels[n], keys[n]);
		else
			line_say(line, "%u. %s", n + 1, labels[n]);
}

/* The line of the menu that TYPED means; COUNT: none. */
static unsigned menu_line(
	const char *const *labels, const char *keys, unsigned count, const char *typed)
{
	unsigned number = line_number(typed);
	const char *key = keys && *typed > ' ' && !typed[1] ? strchr(keys, *typed) : NULL;

	unsigned n = number && number <= count ? number - 1
		     : key                     ? (unsigned)(key - keys)
					       : named(labels, count, typed);
	return n < count && labels[n] ? n : count;
}

enum line_act line_menu(struct line *line, const char *title, const char *const *labels,
	const char *keys, unsigned count, unsigned *chosen)
{
	struct buf answer = {0};
	enum line_act act;
	bool shown = false;

	waits(line, title);
	for (;;) {
		if (!shown)
			say_menu(line, title, labels, keys, count);
		shown = true;
		act = place_of(line, &answer, answer_of(line, &answer));
		*chosen = menu_line(labels, keys, count, buf_cstr(&answer));
		if (act != LINE_OK || *chosen < count)
			break;
		if (answer.len == 0)
			shown = false;
		else if (strcmp(buf_cstr(&answer), "?") == 0)
			line_say(line, "%s",
				_("打前面的号码、后面的字母，或名称里的几个字；回车再列一遍，"
				  "< 返回，! 告急，| 打印"));
		else if (!line->unlisted || !line->unlisted(line->to, buf_cstr(&answer)))
			line_bad(line, _("没有第 \"%s\" 项"), buf_cstr(&answer));
	}
	buf_release(&answer);
	return act;
}
