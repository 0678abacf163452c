/* SPDX-License-Identifier: GPL-3.0-or-later
 * How somebody wants a table: for people, with columns of his own, in a coding.
 */
#include "app/csv_columns.h"

#include <string.h>

#include "app/command.h"
#include "base/file.h"
#include "base/text.h"

#define UTF8_MARK "\xEF\xBB\xBF"

enum { COLUMNS_MOST = 1 << 20 };

void csv_wish_take(struct csv_wish *wish, int *argc, char **argv)
{
	wish->labels = arg_flag(argc, argv, "labels");
	wish->columns = arg_value(argc, argv, "columns");
	wish->charset = arg_value(argc, argv, "charset");
}

bool csv_wished(const struct csv_wish *wish)
{
	return wish->labels || wish->sheet || wish->columns || wish->charset;
}

/* NULL: no such coding. */
static const char *coding_of(const char *charset)
{
	static const char *const codings[] = {"utf-8", "gb18030"};

	for (size_t n = 0; n < countof(codings); n++)
		if (!strcasecmp(charset, codings[n]))
			return codings[n];
	return NULL;
}

enum rc csv_wish_columns(const struct csv_wish *wish, const struct kind *kind,
	const enum csv_own own[], size_t count, struct csv_columns *columns, struct fault *fault)
{
	struct buf text = {0};
	enum rc rc = RC_OK;

	columns->sheet = wish->sheet || wish->labels;
	columns->labels = wish->labels;
	if (wish->charset && !coding_of(wish->charset))
		return fault_set(fault, RC_BAD, _("没有编码 \"%s\"，可用的有 utf-8 和 gb18030"),
			text_brief(&(struct brief){""}, wish->charset));
	if (!wish->columns) {
		csv_columns_all(columns, kind, own, count);
		return RC_OK;
	}
	rc = file_read(wish->columns, COLUMNS_MOST, &text, fault);
	if (rc == RC_NONE)
		rc = fault->rc = RC_BAD;
	if (!rc)
		rc = csv_columns_read(columns, kind, wish->columns, buf_bytes(&text), fault);
	buf_release(&text);
	return rc;
}

enum rc csv_wish_code(
	const struct csv_wish *wish, bool shown, struct buf *text, struct fault *fault)
{
	bool gb = wish->charset && !strcmp(coding_of(wish->charset), "gb18030");
	struct buf coded = {0};

	if (shown || (!gb && !wish->labels && !wish->sheet))
		return RC_OK;
	if (!gb) {
		buf_text(&coded, UTF8_MARK);
		buf_put(&coded, text->at, text->len);
	} else if (!text_to("GB18030", (const char *)text->at, text->len, &coded)) {
		buf_release(&coded);
		return fault_set(fault, RC_BAD, _("有的字不能写成 GB18030"));
	}
	buf_release(text);
	*text = coded;
	return RC_OK;
}
