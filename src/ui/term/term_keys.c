/* SPDX-License-Identifier: GPL-3.0-or-later
 * Keys as they come from a terminal: what ncurses makes of the bytes, what it does not know, what
 * is pasted, and the terminal's own answers.
 */
#include "ui/term/term_inside.h"

#define NCURSES_NOMACROS 1
#include <ncurses.h>
#include <stdlib.h>
#include <wchar.h>

#include "base/limits.h"
#include "base/text.h"
#include "ui/keys.h"

enum {
	HANZI_WAIT_MS = 600,  /* between the bytes of one character */
	PASTE_WAIT_MS = 2000, /* inside a paste; its end may have been lost on the line */
	CODE_FIRST = 0x2000,  /* our own key codes for ncurses */
	CODE_PASTE = 0x2ffd,  /* a paste begins, and ends */
	CODE_PASTED,
	CODE_ACK,
	DEAD_READS = 3, /* a closed line reads as nothing for ever */
};

static const struct {
	int code, key;
} codes[] = {
	{KEY_UP, K_UP},
	{KEY_DOWN, K_DOWN},
	{KEY_LEFT, K_LEFT},
	{KEY_RIGHT, K_RIGHT},
	{KEY_HOME, K_HOME},
	{KEY_END, K_END},
	{KEY_PPAGE, K_PAGE_UP},
	{KEY_NPAGE, K_PAGE_DOWN},
	{KEY_BACKSPACE, K_BACKSPACE},
	{KEY_DC, K_DELETE},
	{KEY_ENTER, K_ENTER},
	{KEY_BTAB, K_BACKTAB},
};

void keys_name(void)
{
	for (const struct key_sequence *s = key_sequences; s->bytes; s++)
		define_key(s->bytes, CODE_FIRST + s->key - K_ENTER);
	define_key("\033[0n", CODE_ACK);
	define_key("\033[200~", CODE_PASTE);
	define_key("\033[201~", CODE_PASTED);
}

/* What is left of a sequence that nothing knows is no text. False: ESC stood alone, or before
 * something else. */
static bool swallow(void)
{
	wint_t next;

	timeout(0);
	if (get_wch(&next) != OK)
		return false;
	if (next != '[' && next != 'O') {
		unget_wch((wchar_t)next);
		return false;
	}
	while (get_wch(&next) == OK && (next < 0x40 || next > 0x7e))
		continue;
	return true;
}

static int key_of_code(int code)
{
	if (code >= CODE_FIRST && code < CODE_PASTE)
		return code - CODE_FIRST + K_ENTER;
	for (size_t n = 0; n < countof(codes); n++) {
		if (codes[n].code == code)
			return codes[n].key;
	}
	return KEY_NONE_;
}

static int key_of_character(wint_t character)
{
	switch (character) {
	case '\r':
	case '\n':
		return K_ENTER;
	case '\t':
		return K_TAB;
	case '\b':
	case 0x7f:
		return K_BACKSPACE;
	case 033:
		return K_ESC;
	default:
		return character >= 0x80 && character < 0xa0 ? KEY_NONE_ : (int)character;
	}
}

/* One more character of a paste; keys that lie in it are none. */
static enum got paste_more(struct term *term, int kind, wint_t got, int *key)
{
	char bytes[4];

	if (kind == KEY_CODE_YES ? got == CODE_PASTED : kind == ERR) {
		term->pasting = false;
		*key = K_PASTE;
		return GOT_KEY;
	}
	if (kind == OK && term->pasted.len < LIMIT_PASTE)
		buf_put(&term->pasted, bytes, text_put(got == '\r' ? '\n' : (uint32_t)got, bytes));
	return GOT_NOTHING;
}

/* What ncurses reports that is no key of a person. True: it is done with. */
static bool reported(struct term *term, int kind, wint_t code, enum got *got)
{
	if (kind != KEY_CODE_YES || (code != CODE_ACK && code != CODE_PASTE && code != CODE_PASTED))
		return false;
	if (code == CODE_ACK)
		funnel_answered(&term->funnel);
	if (code == CODE_PASTE) {
		term->pasting = true;
		buf_clear(&term->pasted);
	}
	*got = code == CODE_ACK ? GOT_ANSWER : GOT_NOTHING;
	return true;
}

enum got keys_read(struct term *term, bool waiting, int *key)
{
	wint_t got;
	enum got what;

	timeout(term->pasting ? PASTE_WAIT_MS : waiting ? HANZI_WAIT_MS : 0);
	int kind = get_wch(&got);
	if (term->pasting)
		return paste_more(term, kind, got, key);
	if (kind == ERR) {
		if (waiting && ++term->dead_reads >= DEAD_READS)
			term->funnel.gone = true;
		term->loose = false;
		return GOT_NOTHING;
	}
	term->dead_reads = 0;
	if (reported(term, kind, got, &what))
		return what;
	*key = kind == KEY_CODE_YES ? key_of_code((int)got) : key_of_character(got);
	term->loose = *key == K_ESC;
	if (*key == K_ESC && swallow())
		*key = KEY_NONE_;
	if (*key == K_CTRL('L'))
		clearok(curscr, TRUE);
	return *key == KEY_NONE_ ? GOT_NOTHING : GOT_KEY;
}
