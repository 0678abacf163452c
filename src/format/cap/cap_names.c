/* SPDX-License-Identifier: GPL-3.0-or-later
 * Names of CAP, of Chinese files of the same structure (sendTime, eventType), and of feeds.
 */
#include "format/cap_names.h"

#include <string.h>
#include <strings.h>

static const struct cap_element elements[] = {
	{"identifier", P_ALERT, false, CAP_IDENTIFIER, true, 0},
	{"sender", P_ALERT, false, CAP_SENDER, true, 0},
	{"sent", P_ALERT, false, CAP_SENT, true, 0},
	{"sendTime", P_ALERT, false, CAP_SENT, true, 0},
	{"status", P_ALERT, false, CAP_STATUS, true, 0},
	{"msgType", P_ALERT, false, CAP_MSGTYPE, true, 0},
	{"scope", P_ALERT, false, CAP_SCOPE, true, 0},
	{"references", P_ALERT, false, CAP_REFERENCES, true, ' '},
	{"note", P_ALERT, false, CAP_NOTE, true, '\n'},
	{"language", P_INFO, true, CAP_LANGUAGE, true, 0},
	{"event", P_INFO, true, CAP_EVENT, true, 0},
	{"eventType", P_INFO, true, CAP_EVENT, true, 0},
	{"severity", P_INFO, true, CAP_SEVERITY, true, 0},
	{"urgency", P_INFO, true, CAP_URGENCY, true, 0},
	{"responseType", P_INFO, true, CAP_RESPONSE, true, ' '},
	{"certainty", P_INFO, true, CAP_CERTAINTY, true, 0},
	{"effective", P_INFO, true, CAP_EFFECTIVE, true, 0},
	{"onset", P_INFO, true, CAP_ONSET, true, 0},
	{"expires", P_INFO, true, CAP_EXPIRES, true, 0},
	{"senderName", P_INFO, true, CAP_SENDER_NAME, true, 0},
	{"headline", P_INFO, true, CAP_HEADLINE, true, 0},
	{"description", P_INFO, true, CAP_DESCRIPTION, true, '\n'},
	{"instruction", P_INFO, true, CAP_INSTRUCTION, true, '\n'},
	/* A feed's own words: used where the cap: elements say nothing. */
	{"id", P_ENTRY, false, CAP_IDENTIFIER, false, 0},
	{"guid", P_ENTRY, false, CAP_IDENTIFIER, false, 0},
	{"updated", P_ENTRY, false, CAP_UPDATED, false, 0},
	{"published", P_ENTRY, false, CAP_UPDATED, false, 0},
	{"pubDate", P_ENTRY, false, CAP_UPDATED, false, 0},
	{"link", P_ENTRY, false, CAP_IDENTIFIER, false, 0},
	{"title", P_ENTRY, true, CAP_HEADLINE, false, 0},
	{"summary", P_ENTRY, true, CAP_DESCRIPTION, false, 0},
	{"description", P_ENTRY, true, CAP_DESCRIPTION, false, 0},
	{"name", P_AUTHOR, true, CAP_SENDER_NAME, false, 0},
};

static bool has(const struct cap_name *name, const char *word)
{
	size_t len = strlen(word);

	for (size_t i = 0; i + len <= name->space_len; i++)
		if (strncasecmp(name->space + i, word, len) == 0)
			return true;
	return false;
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* "cap" as a word of its own: urn:oasis:names:tc:emergency:cap:1.2 and cap:, but no landscape. */
static bool is_cap(const struct cap_name *name)
{
	for (size_t i = 0; i + 3 <= name->space_len; i++) {
		bool from = i == 0 || !is_letter(name->space[i - 1]);
		bool to = i + 3 == name->space_len || !is_letter(name->space[i + 3]);

		if (from && to && strncasecmp(name->space + i, "cap", 3) == 0)
			return true;
	}
	return false;
}

/* A feed's own vocabulary: RSS has no space, RSS 1.0 and Atom have one. */
static bool is_feed(const struct cap_name *name)
{
	return name->space_len == 0 || has(name, "atom") || has(name, "purl.org/rss");
}

struct cap_name cap_name_of(const char *text)
{
	const char *bar = strrchr(text, '|');
	struct cap_name name = {text, text, 0, false};

	if (!bar)
		bar = strrchr(text, ':');
	if (bar) {
		name.local = bar + 1;
		name.space_len = (size_t)(bar - text);
	}
	name.cap = is_cap(&name);
	return name;
}

bool cap_name_is(const struct cap_name *name, const char *local)
{
	return strcmp(name->local, local) == 0;
}

const char *cap_shape_named(const struct cap_name *name)
{
	if (cap_name_is(name, "polygon"))
		return "polygon";
	return cap_name_is(name, "circle") ? "circle" : NULL;
}

const struct cap_element *cap_element_of(enum cap_place in, const struct cap_name *name)
{
	for (size_t i = 0; i < countof(elements); i++) {
		const struct cap_element *e = &elements[i];

		if (!cap_name_is(name, e->name))
			continue;
		if (in == P_ENTRY ? e->cap == name->cap && (e->cap || is_feed(name)) : e->in == in)
			return e;
	}
	return NULL;
}
