/* SPDX-License-Identifier: GPL-3.0-or-later
 * Keys by name: for the key bar and help, and for the scripts that press them.
 */
#include "ui/keys.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"

struct named {
	int key;
	const char *label, *name; /* what people read; what scripts write */
};

static const struct named named_keys[] = {
	{K_ENTER, N_("回车"), "enter"},
	{K_ESC, "Esc", "esc"},
	{K_UP, N_("上"), "up"},
	{K_DOWN, N_("下"), "down"},
	{K_LEFT, N_("左"), "left"},
	{K_RIGHT, N_("右"), "right"},
	{K_HOME, "Home", "home"},
	{K_END, "End", "end"},
	{K_PAGE_UP, "PgUp", "pgup"},
	{K_PAGE_DOWN, "PgDn", "pgdn"},
	{K_BACKSPACE, N_("退格"), "backspace"},
	{K_DELETE, "Del", "delete"},
	{K_TAB, "Tab", "tab"},
	{K_BACKTAB, N_("Shift-Tab"), "backtab"},
	{' ', N_("空格"), "space"},
	{K_RESIZE, "", "resize"},
	{K_HANGUP, "", "hangup"},
};

/* Both forms of every key, whatever TERM says: a wrong TERM is the rule in the field. */
const struct key_sequence key_sequences[] = {
	{"\033[A", K_UP},
	{"\033OA", K_UP},
	{"\033[B", K_DOWN},
	{"\033OB", K_DOWN},
	{"\033[C", K_RIGHT},
	{"\033OC", K_RIGHT},
	{"\033[D", K_LEFT},
	{"\033OD", K_LEFT},
	{"\033[H", K_HOME},
	{"\033OH", K_HOME},
	{"\033[1~", K_HOME},
	{"\033[7~", K_HOME},
	{"\033[F", K_END},
	{"\033OF", K_END},
	{"\033[4~", K_END},
	{"\033[8~", K_END},
	{"\033[3~", K_DELETE},
	{"\033[5~", K_PAGE_UP},
	{"\033[6~", K_PAGE_DOWN},
	{"\033[Z", K_BACKTAB},
	{"\033OM", K_ENTER},
	{NULL, 0},
};

const char *key_show(int key, char out[16])
{
	for (size_t n = 0; n < countof(named_keys); n++) {
		if (named_keys[n].key == key) {
			snprintf(out, 16, "%s", _(named_keys[n].label));
			return out;
		}
	}
	if (key > 0 && key < 0x20) {
		snprintf(out, 16, "^%c", key + '@');
	} else {
		char bytes[4];
		size_t len = text_put((uint32_t)key, bytes);

		snprintf(out, 16, "%.*s", (int)len, bytes);
	}
	return out;
}

int key_named(const char *name)
{
	uint32_t cp;
	size_t len = strlen(name);

	for (size_t n = 0; n < countof(named_keys); n++) {
		if (strcmp(named_keys[n].name, name) == 0)
			return named_keys[n].key;
	}
	if (len == 2 && name[0] == '^' && name[1] >= '@' && name[1] <= '_')
		return K_CTRL(name[1]);
	if (len > 0 && text_next(name, len, &cp) == len)
		return (int)cp;
	return 0;
}
