/* SPDX-License-Identifier: GPL-3.0-or-later
 * Which link of a feed's entry leads to the alert itself: by its type, its relation, its end.
 */
#include "format/cap_names.h"

#include <string.h>
#include <strings.h>

static bool among(const char *word, const char *const *words)
{
	for (; *words; words++)
		if (strcasecmp(*words, word) == 0)
			return true;
	return false;
}

static bool holds(const char *text, const char *word)
{
	size_t len = strlen(word);

	for (; *text; text++)
		if (strncasecmp(text, word, len) == 0)
			return true;
	return false;
}

/* By the end of its path, before what is asked of it. */
static bool is_file(const char *url)
{
	static const char *const ends[] = {".xml", ".cap", NULL};
	char end[sizeof(".xml")];
	size_t len = strcspn(url, "?#");

	if (len < sizeof(end))
		return false;
	memcpy(end, url + len - (sizeof(end) - 1), sizeof(end) - 1);
	end[sizeof(end) - 1] = '\0';
	return among(end, ends);
}

/* How sure it is that the link leads to the alert; 0: it does not. */
static unsigned rank(const char *relation, const char *type, const char *url)
{
	/* What is no other form of the entry: the feed itself, a licence, the next page. */
	static const char *const others[] = {"self", "edit", "hub", "license", "related", "replies",
		"via", "next", "previous", NULL};

	if (!*url)
		return 0;
	if (holds(type, "cap"))
		return 4;
	if (among(relation, others))
		return 0;
	if (!*type)
		return is_file(url) ? 3 : 1;
	return holds(type, "xml") && !holds(type, "html") && !holds(type, "atom") &&
			       !holds(type, "rss")
		       ? 2
		       : 0;
}

static void take(struct arena *arena, struct cap_alert *entry, unsigned sure, const char *url)
{
	if (sure <= entry->sure)
		return;
	entry->link = arena_text(arena, url);
	entry->sure = sure;
}

static const char *attribute(const char **all, const char *name)
{
	for (; *all; all += 2)
		if (strcmp(all[0], name) == 0)
			return all[1];
	return "";
}

void cap_entry_link(struct arena *arena, struct cap_alert *entry, const struct cap_name *name,
	const char **attributes)
{
	static const struct {
		const char *element, *attribute;
	} links[] = {{"link", "href"}, {"enclosure", "url"}, {"content", "src"}};

	for (size_t i = 0; i < countof(links); i++)
		if (cap_name_is(name, links[i].element)) {
			const char *url = attribute(attributes, links[i].attribute);

			take(arena, entry,
				rank(attribute(attributes, "rel"), attribute(attributes, "type"),
					url),
				url);
		}
}

void cap_entry_text(
	struct arena *arena, struct cap_alert *entry, const char *element, const char *text)
{
	bool link = !strcmp(element, "link") || !strcmp(element, "guid");

	if (link && !strncmp(text, "http", 4))
		take(arena, entry, rank("", "", text), text);
}

bool cap_only_links(const struct cap_alert *alert)
{
	return alert->from_feed && !alert->cap_seen && alert->link;
}
