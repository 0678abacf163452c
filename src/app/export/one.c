/* SPDX-License-Identifier: GPL-3.0-or-later
 * One record as a file for another system: an alert for a platform of warnings.
 */
#include "export_inside.h"

#include <string.h>

#include "app/out.h"
#include "app/overwrite.h"
#include "base/file.h"
#include "model/kinds.h"

struct export_one {
	const char *word;
	unsigned kind;
	void (*write)(struct store *store, const struct row *row, struct buf *out);
};

static const struct export_one ones[] = {
	{"cap", KIND_warning, cap_alert_out},
};

bool one_wanted(int *argc, char **argv, const struct export_one **one)
{
	*one = NULL;
	for (size_t n = 0; n < countof(ones) && !*one; n++)
		if (arg_flag(argc, argv, ones[n].word))
			*one = &ones[n];
	return *one != NULL;
}

static enum rc compose(struct store *store, const struct export_one *one, struct ref ref,
	struct buf *out, struct fault *fault)
{
	struct arena arena = {0};
	struct row row;
	enum rc rc = store_row(store, ref, &arena, &row, fault);

	if (!rc && row.kind->id != one->kind)
		rc = fault_set(fault, RC_BAD, _("--%s 要写一条%s的编号，这是%s"), one->word,
			_(kind_of(one->kind)->label), _(row.kind->label));
	if (!rc) {
		buf_text(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
		one->write(store, &row, out);
		buf_byte(out, '\n');
	}
	arena_release(&arena);
	return rc;
}

int one_run(struct app *app, int argc, char **argv, const struct export_one *one)
{
	bool force = arg_flag(&argc, argv, "force");
	struct fault fault = {0};
	struct buf text = {0};
	struct ref ref;
	int code = app_args(app, &argc, argv, 1, 2);
	const char *path = argc > 2 && strcmp(argv[2], "-") != 0 ? argv[2] : NULL;

	if (!code && path && overwrite_may(path, force, &fault))
		code = app_fail(&fault);
	if (code || (code = app_store(app, STORE_READ)) || (code = app_record(app, argv[1], &ref)))
		return code;
	enum rc rc = compose(app->store, one, ref, &text, &fault);
	if (!rc && path)
		rc = file_write(path, buf_bytes(&text), 0600, &fault);
	else if (!rc)
		out_buf(&text);
	if (rc == RC_NONE) /* a folder is missing, not a record */
		fault.rc = RC_IO;
	buf_release(&text);
	return rc ? app_fail(&fault) : EXIT_DONE;
}
