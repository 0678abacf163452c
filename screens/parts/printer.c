/* SPDX-License-Identifier: GPL-3.0-or-later
 * Asking whoever prints.
 */
#include "screens/printer.h"

#include "base/text.h"

static const struct printer *asked;

void printer_set(const struct printer *printer)
{
	asked = printer;
}

struct sheet_size printer_size(void)
{
	return asked ? asked->size(asked->to) : (struct sheet_size){SHEET_COLUMNS, SHEET_LINES};
}

const char *printer_refuses(enum print_to where)
{
	return asked ? asked->refuses(asked->to, where)
		     : _("这里没有打印机：outpost print 打印同一份");
}

bool printer_qr(struct bytes text, struct qr *qr, struct buf *said)
{
	if (asked)
		return asked->qr(asked->to, text, qr, said);
	buf_text(said, _("这里画不了二维码"));
	return false;
}

bool printer_wide(void)
{
	return asked && asked->wide(asked->to);
}

bool printer_put(enum print_to where, const char *name, struct bytes sheet, struct buf *said)
{
	const char *why = printer_refuses(where);

	if (!why)
		return asked->put(asked->to, where, name, sheet, said);
	buf_text(said, why);
	return false;
}

const char *attach_refuses(struct ref parent)
{
	if (!parent.seq)
		return _("附件要附在一条记录上：打开那条记录，n 选附件");
	return asked && asked->refuses(asked->to, PRINT_FILE)
		       ? _("远程登录的人附不了文件：请在本站的机器上附")
		       : NULL;
}
