/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a station's grant lets it write. Rows "right" of roles.conf name a bit and the kinds that
 * need it; kinds that stand in no row need none.
 */
#include "model/rules/internal.h"

#include <stdlib.h>
#include <string.h>

bool rights_allow(unsigned rights, unsigned kind)
{
	const struct rules *rules = rules_now();
	bool named = false;
	for (unsigned i = 0; i < rules->rights && rights; i++) {
		const struct right *right = &rules->right[i];
		if (right->kind != kind)
			continue;
		if (rights & 1u << right->bit)
			return true;
		named = true;
	}
	return !named;
}

static const struct right *right_named(const struct rules *rules, const char *name, size_t len)
{
	for (unsigned i = 0; i < rules->rights; i++)
		if (strlen(rules->right[i].name) == len && !memcmp(rules->right[i].name, name, len))
			return &rules->right[i];
	return NULL;
}

bool rights_read(const char *typed, unsigned *rights)
{
	*rights = RIGHTS_ALL;
	if (!strcmp(typed, "all"))
		return true;
	*rights = RIGHTS_NAMED;
	if (!strcmp(typed, "none"))
		return true;
	while (*typed) {
		size_t len = strcspn(typed, ",");
		const struct right *right = right_named(rules_now(), typed, len);
		if (!right)
			return false;
		*rights |= 1u << right->bit;
		typed += len;
		if (*typed == ',' && !*++typed)
			return false; /* nothing behind it */
	}
	return *rights != RIGHTS_NAMED;
}

void rights_show(unsigned rights, struct buf *out)
{
	const struct rules *rules = rules_now();
	unsigned shown = RIGHTS_NAMED;
	if (rights == RIGHTS_ALL) {
		buf_text(out, "all");
		return;
	}
	for (unsigned i = 0; i < rules->rights; i++) {
		const struct right *right = &rules->right[i];
		unsigned bit = 1u << right->bit;
		if (rights & bit && !(shown & bit))
			buf_fmt(out, "%s%s", shown == RIGHTS_NAMED ? "" : ",", right->name);
		shown |= rights & bit;
	}
	if (shown == RIGHTS_NAMED)
		buf_text(out, "none");
}
