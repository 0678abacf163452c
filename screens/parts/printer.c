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

bool printer_put(enum print_to where, const char *name, struct bytes sheet, struct buf *said)
{
	const char *why = printer_refuses(where);

	if (!why)
		return asked->put(asked->to, where, name, sheet, said);
	buf_text(said, why);
	return false;
}
