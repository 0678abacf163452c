/* SPDX-License-Identifier: GPL-3.0-or-later
 * Groups of digits between a person and the program that knows what they mean.
 */
#include "screens/hearing.h"

#include <string.h>

#include "screens/beside.h"
#include "store/rows.h"

/* ---- read out */

static void take_said(struct hearing *hearing, const char *said)
{
	static const char between[] = " \n";
	size_t len;

	hearing->count = 0;
	for (; *(said += strspn(said, between)); said += len) {
		len = strcspn(said, between);
		if (len == SPOKEN_GROUP && hearing->count < LIMIT_SPOKEN)
			memcpy(hearing->groups[hearing->count++], said, len);
	}
}

bool hearing_spoken(struct hearing *hearing, struct store *store, const struct user *user,
	struct ref ref, struct buf *told)
{
	char number[32];
	struct buf said = {0};

	store_number(store, ref, number);
	bool good = beside_run(user, (const char *const[]){"spoken", number, NULL}, &said, told);
	if (good)
		take_said(hearing, buf_cstr(&said));
	buf_release(&said);
	return good;
}

bool hearing_telegrams(struct hearing *hearing, struct store *store, const struct user *user,
	struct ref ref, struct buf *told)
{
	static const char between[] = " \n";
	char number[32];
	struct buf said = {0};
	size_t len;

	store_number(store, ref, number);
	bool good = beside_run(
		user, (const char *const[]){"spoken", number, "--short", NULL}, &said, told);
	hearing->count = 0;
	for (const char *at = buf_cstr(&said); good && *(at += strspn(at, between)); at += len) {
		len = strcspn(at, between);
		if (len <= TELEGRAM && hearing->count < TELEGRAMS)
			memcpy(hearing->telegrams[hearing->count++], at, len);
	}
	buf_release(&said);
	return good;
}

void hearing_page(const struct hearing *hearing, struct page *page)
{
	for (unsigned n = 0; n < hearing->count; n++) {
		struct buf head = {0};

		buf_fmt(&head, _("第%u条 共%u条 %zu个字符"), n + 1, hearing->count,
			strlen(hearing->telegrams[n]));
		page_add(page, LOOK_DIM, &head);
		page_text(page, LOOK_TITLE, hearing->telegrams[n]);
	}
}

/* ---- heard */

/* Those that end with a blank, or are as long as one can be. */
static enum heard take_telegrams(struct hearing *hearing, const char *typed, struct buf *why)
{
	enum heard heard = HEARD_MORE;
	struct telegram one;
	size_t len;

	for (const char *at = typed + strspn(typed, " "); *at; at += strspn(at, " ")) {
		char word[TELEGRAM + 1] = "";

		len = strcspn(at, " ");
		if (!at[len] && len < TELEGRAM)
			return heard;
		memcpy(word, at, len > TELEGRAM ? 0 : len);
		if (!telegram_read(word, &one)) {
			buf_text(why, _("这一条短报文对不上：照原样再录，或请对方重发"));
			return HEARD_WRONG;
		}
		memcpy(hearing->telegrams[one.number - 1], word, len);
		unsigned here = 0;
		for (unsigned n = 0; n < one.count; n++)
			here += *hearing->telegrams[n] != '\0';
		hearing->whole = here == one.count;
		buf_clear(why);
		buf_fmt(why, _("第%u条收到，共%u条，还缺%u条"), one.number, one.count,
			one.count - here);
		heard = HEARD_GOOD;
		at += len;
	}
	return heard;
}

/* One group at the place where the next one stands. */
static bool keep(struct hearing *hearing, const char *group, struct buf *why)
{
	unsigned at = hearing->count;
	enum digits_fit fit = digits_group(group, at);

	if (at == LIMIT_SPOKEN || hearing->whole) {
		buf_fmt(why, _("第 %u 组是最后一组，后面不该再有"), at);
		return false;
	}
	if (fit == DIGITS_WRONG || fit == DIGITS_NEXT) {
		buf_fmt(why,
			fit == DIGITS_NEXT ? _("第 %u 组对不上，像是下一组：请对方从这一组重念")
					   : _("第 %u 组对不上：请对方重念这一组"),
			at + 1);
		return false;
	}
	memcpy(hearing->groups[hearing->count++], group, SPOKEN_GROUP);
	hearing->whole = fit == DIGITS_LAST;
	return true;
}

enum heard hearing_type(struct hearing *hearing, const char *typed, struct buf *why)
{
	char digits[LIMIT_SPOKEN * SPOKEN_GROUP + 1];
	size_t count;

	if (telegram_begins(typed))
		return take_telegrams(hearing, typed, why);
	if (!digits_typed(typed, digits, sizeof digits, &count)) {
		buf_fmt(why, _("第 %u 组里有不是数字的"), hearing->count + 1);
		return HEARD_WRONG;
	}
	if (!count || count % SPOKEN_GROUP)
		return HEARD_MORE;
	for (size_t at = 0; at < count; at += SPOKEN_GROUP)
		if (!keep(hearing, digits + at, why))
			return HEARD_WRONG;
	return HEARD_GOOD;
}

bool hearing_take(struct hearing *hearing, struct store *store, const struct user *user,
	struct ref *ref, struct buf *told)
{
	const char *argv[LIMIT_SPOKEN + TELEGRAMS + 2] = {"hear"};
	struct buf said = {0};
	struct fault fault;
	unsigned count = 1;

	for (unsigned n = 0; n < TELEGRAMS; n++)
		if (*hearing->telegrams[n])
			argv[count++] = hearing->telegrams[n];
	for (unsigned n = 0; n < hearing->count && count == n + 1; n++)
		argv[count++] = hearing->groups[n];
	bool good = beside_run(user, argv, &said, told);
	good = good && store_resolve(store, buf_cstr(&said), ref, &fault) == RC_OK;
	buf_release(&said);
	return good;
}
