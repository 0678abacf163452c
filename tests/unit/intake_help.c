/* SPDX-License-Identifier: GPL-3.0-or-later
 * A station in a folder of its own, for the tests of imports and exports.
 */
#include "intake_help.h"

#include <ftw.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/when.h"
#include "model/area.h"
#include "store/identity.h"

static int gone(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	(void)st;
	(void)type;
	(void)ftw;
	return remove(path);
}

void stand_up(struct stand *stand, uint64_t area, const char *source)
{
	struct station station = {
		.area = area, .level = area_level(area), .name = "站", .code = "ZZ"};
	struct fault fault = {0};
	struct keys keys;

	memset(stand, 0, sizeof(*stand));
	crypt_start();
	assert_true(when_start("2026-07-14T18:00:00+08:00"));
	snprintf(stand->home, sizeof(stand->home), "/tmp/outpost-import-XXXXXX");
	assert_non_null(mkdtemp(stand->home));
	rmdir(stand->home);
	keys_from_seed(&keys, "import");
	if (store_init(&stand->store, stand->home, &station, &keys, STORE_FAST, &fault) != RC_OK)
		fail_msg("%s", fault.text);
	intake_start(&stand->in, &(struct actor){.store = stand->store, .source = source});
	intake_file(&stand->in, "f");
}

void stand_down(struct stand *stand)
{
	intake_release(&stand->in);
	buf_release(&stand->said);
	store_close(stand->store);
	nftw(stand->home, gone, 8, FTW_DEPTH | FTW_PHYS);
}

void stand_again(struct stand *stand, const char *source)
{
	struct fault fault = {0};

	if (intake_end(&stand->in, &fault) != RC_OK)
		fail_msg("%s", fault.text);
	buf_clear(&stand->said);
	intake_said(&stand->in, &stand->said);
	buf_cstr(&stand->said);
	intake_release(&stand->in);
	intake_start(&stand->in, &(struct actor){.store = stand->store, .source = source});
	intake_file(&stand->in, "f");
}

unsigned stand_count(struct stand *stand, unsigned kind)
{
	struct query query = query_all(kind);
	struct fault fault = {0};
	unsigned count = 0;

	assert_int_equal(store_count(stand->store, &query, &count, &fault), RC_OK);
	return count;
}

struct wanted {
	struct stand *stand;
	unsigned tag;
	const char *text, *state;
	unsigned found;
};

static bool look(const struct row *row, void *to)
{
	struct wanted *w = to;
	struct buf text = {0};

	row_field(w->stand->store, row, w->tag, false, &text);
	if (strcmp(buf_cstr(&text), w->text) == 0) {
		w->found++;
		w->state = row->kind->states && row->kind->states[0].code
				   ? row->kind->states[row->state].code
				   : "";
	}
	buf_release(&text);
	return true;
}

const char *stand_state(struct stand *stand, unsigned kind, unsigned tag, const char *text)
{
	struct wanted w = {stand, tag, text, "none", 0};
	struct query query = query_all(kind);
	struct fault fault = {0};

	assert_int_equal(store_each(stand->store, &query, look, &w, &fault), RC_OK);
	return w.found > 1 ? "many" : w.state;
}
