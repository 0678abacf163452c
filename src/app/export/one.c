/* SPDX-License-Identifier: GPL-3.0-or-later
 * One record as a file for another system: an alert for a platform of warnings, a message for one
 * of broadcasting.
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
	bool (*code)(const char *code); /* the word takes one; NULL: it takes none */
	enum rc (*write)(struct store *store, const struct row *row, const char *code,
		struct buf *out, struct fault *fault);
};

static enum rc write_cap(struct store *store, const struct row *row, const char *code,
	struct buf *out, struct fault *fault)
{
	(void)code;
	(void)fault;
	cap_alert_out(store, row, out);
	return RC_OK;
}

static const struct export_one ones[] = {
	{"cap", KIND_warning, NULL, write_cap},
	{"ebd", KIND_broadcast, ebd_code, ebd_out},
};

bool one_wanted(int *argc, char **argv, struct one_wish *wish)
{
	*wish = (struct one_wish){.one = NULL};
	for (size_t n = 0; n < countof(ones) && !wish->one; n++) {
		wish->code = ones[n].code ? arg_value(argc, argv, ones[n].word) : NULL;
		if (wish->code || (!ones[n].code && arg_flag(argc, argv, ones[n].word)))
			wish->one = &ones[n];
	}
	return wish->one != NULL;
}

static enum rc compose(struct store *store, const struct one_wish *wish, struct ref ref,
	struct buf *out, struct fault *fault)
{
	const struct export_one *one = wish->one;
	struct arena arena = {0};
	struct row row;
	enum rc rc = store_row(store, ref, &arena, &row, fault);

	if (!rc && row.kind->id != one->kind)
		rc = fault_set(fault, RC_BAD, _("--%s 要写一条%s的编号，这是%s"), one->word,
			_(kind_of(one->kind)->label), _(row.kind->label));
	if (!rc) {
		buf_text(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
		rc = one->write(store, &row, wish->code, out, fault);
		buf_byte(out, '\n');
	}
	arena_release(&arena);
	return rc;
}

static enum rc hand_over(const char *path, struct buf *text, struct fault *fault)
{
	if (!path) {
		out_buf(text);
		return RC_OK;
	}
	enum rc rc = file_write(path, buf_bytes(text), 0600, fault);
	if (rc == RC_NONE) /* a folder is missing, not a record */
		rc = fault->rc = RC_IO;
	return rc;
}

/* Usage and the file's name; said here. */
static int judge(const struct one_wish *wish, const char *path, bool force)
{
	struct fault fault = {0};

	if (wish->code && !wish->one->code(wish->code)) {
		out_error(_("outpost: --%s 后面要写平台分配的资源编码，12 到 23 位数字"),
			wish->one->word);
		return EXIT_USAGE;
	}
	return path && overwrite_may(path, force, &fault) ? app_fail(&fault) : 0;
}

int one_run(struct app *app, int argc, char **argv, const struct one_wish *wish)
{
	bool force = arg_flag(&argc, argv, "force");
	struct fault fault = {0};
	struct buf text = {0};
	struct ref ref;
	int code = app_args(app, &argc, argv, 1, 2);
	const char *path = argc > 2 && strcmp(argv[2], "-") != 0 ? argv[2] : NULL;

	if (code || (code = judge(wish, path, force)) ||
		(code = app_store(app, wish->code ? 0 : STORE_READ)) ||
		(code = app_record(app, argv[1], &ref)))
		return code;
	enum rc rc = compose(app->store, wish, ref, &text, &fault);
	if (!rc)
		rc = hand_over(path, &text, &fault);
	buf_release(&text);
	return rc ? app_fail(&fault) : EXIT_DONE;
}
