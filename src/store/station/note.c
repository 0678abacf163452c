/* SPDX-License-Identifier: GPL-3.0-or-later
 * Numbers under a name, as tagged fields in the settings of the station.
 */
#include "store/note.h"

#include <stdio.h>
#include <string.h>

void note_of_site(char name[NOTE_NAME], const char *what, uint64_t site)
{
	snprintf(name, NOTE_NAME, "%s.%014llx", what, (unsigned long long)site);
}

bool note_get(struct store *store, const char *name, int64_t numbers[], unsigned count)
{
	struct buf kept = {0};
	struct value value;
	unsigned tag;
	bool found = store_get(store, "", name, &kept);

	memset(numbers, 0, count * sizeof *numbers);
	for (struct bytes in = buf_bytes(&kept); in.len && take_field(&in, &tag, &value);)
		if (tag < count)
			numbers[tag] = value.num;
	buf_release(&kept);
	return found;
}

enum rc note_set(struct store *store, const char *name, const int64_t numbers[], unsigned count,
	struct fault *fault)
{
	struct buf out = {0};

	for (unsigned tag = 1; tag < count; tag++)
		put_num_if(&out, tag, numbers[tag]);
	enum rc rc = store_set(store, "", name, buf_bytes(&out), fault);
	buf_release(&out);
	return rc;
}
