/* SPDX-License-Identifier: GPL-3.0-or-later
 * Digits that were typed in up to some group: kept until the rest is read out.
 *
 * A value is lines of text: when (seconds), the groups, the short messages, what stands behind
 * them.
 */
#include "screens/hearing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "screens/display.h"
#include "store/db.h"

enum { AT, GROUPS, SHORT, TYPED, LINES };

static struct kv kept_in(const struct user *user, unsigned slot, char name[2])
{
	snprintf(name, 2, "%u", slot % HEARING_SLOTS);
	return kv_part(KV_HEARING, user->who, name);
}

/* VALUE is cut into lines that begin at LINE; false: the slot is empty. */
static bool read_lines(struct store *store, const struct user *user, unsigned slot,
	struct buf *value, char *line[LINES])
{
	char name[2], *at;

	if (!kv_bytes(store, kept_in(user, slot, name), value))
		return false;
	at = (char *)buf_cstr(value);
	for (unsigned n = 0; n < LINES; n++) {
		line[n] = at;
		at += strcspn(at, "\n");
		if (*at)
			*at++ = '\0';
	}
	return true;
}

static unsigned count_words(const char *line)
{
	unsigned count = 0;

	for (; *(line += strspn(line, " ")); line += strcspn(line, " "))
		count++;
	return count;
}

static bool look(
	struct store *store, const struct user *user, unsigned slot, struct hearing_draft *draft)
{
	struct buf value = {0};
	char *line[LINES];
	bool is = read_lines(store, user, slot, &value, line);

	if (is) {
		draft->slot = slot;
		draft->at = strtoll(line[AT], NULL, 10);
		draft->telegrams = *line[SHORT] != '\0';
		draft->pieces = count_words(line[draft->telegrams ? SHORT : GROUPS]);
	}
	buf_release(&value);
	return is;
}

bool hearing_waiting(struct store *store, const struct user *user, struct hearing_draft *draft)
{
	struct hearing_draft one;
	bool found = false;

	for (unsigned slot = 0; slot < HEARING_SLOTS; slot++) {
		if (!look(store, user, slot, &one) || (found && one.at < draft->at))
			continue;
		*draft = one;
		found = true;
	}
	return found;
}

unsigned hearing_room(struct store *store, const struct user *user)
{
	struct hearing_draft one;
	int64_t least = INT64_MAX;
	unsigned oldest = 0;

	for (unsigned slot = 0; slot < HEARING_SLOTS; slot++) {
		if (!look(store, user, slot, &one))
			return slot;
		if (one.at < least) {
			least = one.at;
			oldest = slot;
		}
	}
	return oldest;
}

enum rc hearing_keep(const struct hearing *hearing, const char *typed, struct store *store,
	const struct user *user, unsigned slot, struct fault *fault)
{
	struct buf value = {0};
	char name[2];
	size_t head;

	if (store_readonly(store))
		return RC_OK;
	buf_fmt(&value, "%lld\n", (long long)store_now(store));
	head = value.len;
	for (unsigned n = 0; n < hearing->count; n++)
		buf_fmt(&value, "%s ", hearing->groups[n]);
	buf_byte(&value, '\n');
	for (unsigned n = 0; n < TELEGRAMS; n++)
		if (*hearing->telegrams[n])
			buf_fmt(&value, "%s ", hearing->telegrams[n]);
	buf_fmt(&value, "\n%s", typed);
	if (value.len == head + 2)
		buf_clear(&value);
	enum rc rc = kv_bytes_set(store, kept_in(user, slot, name), buf_bytes(&value), fault);
	buf_release(&value);
	return rc;
}

bool hearing_fetch(struct hearing *hearing, struct store *store, const struct user *user,
	unsigned slot, struct buf *typed)
{
	struct buf value = {0}, why = {0};
	char *line[LINES];
	bool is = read_lines(store, user, slot, &value, line);

	if (is) {
		*hearing = (struct hearing){.count = 0};
		(void)hearing_type(hearing, line[GROUPS], &why);
		if (*line[SHORT])
			(void)hearing_type(hearing, line[SHORT], &why);
		buf_text(typed, line[TYPED]);
	}
	buf_release(&value);
	buf_release(&why);
	return is;
}

void hearing_say(const struct hearing_draft *draft, int64_t now, struct buf *out)
{
	char time[WHEN_TEXT];

	display_time(draft->at, now, time);
	buf_fmt(out, draft->telegrams ? _("有草稿 %s 已收%u条") : _("有草稿 %s 已录%u组"), time,
		draft->pieces);
}
