/* SPDX-License-Identifier: GPL-3.0-or-later
 * How far carrying has come with one site, kept beside its lanes.
 */
#include "sync/inside.h"

#include <stdio.h>
#include <string.h>

enum { CARRIED_STORE = 1, CARRIED_GOT = 2, CARRIED_PROVEN = CARRIED_GOT + LANES };

static void carried_name(uint64_t site, char name[40])
{
	snprintf(name, 40, "carry.%014llx", (unsigned long long)site);
}

void carried_load(struct store *store, uint64_t site, struct carried *carried)
{
	struct buf kept = {0};
	struct value value;
	unsigned tag;
	char name[40];

	memset(carried, 0, sizeof *carried);
	carried_name(site, name);
	store_get(store, "", name, &kept);
	for (struct bytes in = buf_bytes(&kept); in.len && take_field(&in, &tag, &value);) {
		uint64_t number = (uint64_t)value.num;
		if (tag == CARRIED_STORE)
			carried->store = number;
		else if (tag < CARRIED_PROVEN)
			carried->got[tag - CARRIED_GOT] = number;
		else if (tag < CARRIED_PROVEN + LANES)
			carried->proven[tag - CARRIED_PROVEN] = number;
	}
	buf_release(&kept);
}

static void put_number(struct buf *out, unsigned tag, uint64_t number)
{
	struct value value = value_num((int64_t)number);

	put_field(out, tag, &value);
}

enum rc carried_save(
	struct store *store, uint64_t site, const struct carried *carried, struct fault *fault)
{
	struct buf out = {0};
	char name[40];
	enum rc rc;

	put_number(&out, CARRIED_STORE, carried->store);
	for (unsigned lane = 0; lane < LANES; lane++)
		put_number(&out, CARRIED_GOT + lane, carried->got[lane]);
	for (unsigned lane = 0; lane < LANES; lane++)
		put_number(&out, CARRIED_PROVEN + lane, carried->proven[lane]);
	carried_name(site, name);
	rc = store_set(store, "", name, buf_bytes(&out), fault);
	buf_release(&out);
	return rc;
}

enum rc carried_forget(struct store *store, uint64_t site, bool below, struct fault *fault)
{
	struct carried carried;

	carried_load(store, site, &carried);
	memset(below ? carried.proven : carried.got, 0, sizeof carried.got);
	return carried_save(store, site, &carried, fault);
}
