/* SPDX-License-Identifier: GPL-3.0-or-later
 * A record's QR codes: on a terminal and on paper.
 */
#include "screens/qr.h"

#include <string.h>

#include "base/text.h"
#include "screens/display.h"
#include "screens/printer.h"

void qr_draw(const struct qr *qr, bool turned, struct pane pane)
{
	for (unsigned row = 0; row < qr_rows(qr, QR_LIGHT); row++)
		for (unsigned column = 0; column < qr_columns(qr, QR_LIGHT); column++)
			pane_block(pane, row, column, qr_halves(qr, row, column, turned));
}

/* ---- a record */

static bool make_all(struct qr_record *codes, struct buf *told)
{
	struct buf text = {0};
	bool good = true;

	for (unsigned n = 0; n < codes->said.count && good; n++) {
		const char *one = codes->said.telegrams[n];

		buf_fmt(&text, "%s%s", n ? "\n" : "", one);
		good = printer_qr(bytes_of(one, strlen(one)), &codes->each[n], told);
	}
	good = good && printer_qr(buf_bytes(&text), &codes->whole, told);
	buf_release(&text);
	return good;
}

bool qr_record_load(struct qr_record *codes, struct store *store, const struct user *user,
	struct ref ref, struct buf *told)
{
	if (!hearing_telegrams(&codes->said, store, user, ref, told))
		return false;
	buf_clear(told);
	return make_all(codes, told);
}

void qr_record_release(struct qr_record *codes)
{
	qr_release(&codes->whole);
	for (unsigned n = 0; n < TELEGRAMS; n++)
		qr_release(&codes->each[n]);
}

static void put_what(const struct actor *actor, struct ref ref, struct buf *out)
{
	struct arena arena = {0};
	struct fault fault;
	struct row row;

	if (store_row(actor->store, ref, &arena, &row, &fault) == RC_OK) {
		buf_fmt(out, "%s %s ", _(row.kind->label),
			display_number(actor->store, ref, &arena));
		display_title(actor->store, &row, out);
	}
	buf_byte(out, '\n');
	arena_release(&arena);
}

/* A code is not parted by the end of a page. */
static void keep_together(unsigned rows, unsigned *used, struct buf *out)
{
	unsigned room = printer_size().lines - QR_HEADS - SHEET_FOOT;

	for (; *used % room + rows > room && *used % room; ++*used)
		buf_byte(out, '\n');
	*used += rows;
}

void qr_record_sheet(
	const struct qr_record *codes, const struct actor *actor, struct ref ref, struct buf *out)
{
	enum qr_style style = printer_wide() ? QR_INK_WIDE : QR_INK;
	bool one = qr_columns(&codes->whole, style) <= printer_size().columns;
	unsigned used = 0;

	put_what(actor, ref, out);
	if (one) {
		keep_together(qr_rows(&codes->whole, style), &used, out);
		qr_put(&codes->whole, style, out);
	}
	for (unsigned n = 0; n < codes->said.count; n++) {
		keep_together(one ? 1 : qr_rows(&codes->each[n], style) + 1, &used, out);
		if (!one)
			qr_put(&codes->each[n], style, out);
		buf_fmt(out, "%s\n", codes->said.telegrams[n]);
	}
	buf_fmt(out, "%s\n", _("手机扫出来的是这些短报文：对方在 S 按 4 录入，收齐就是这条记录"));
}
