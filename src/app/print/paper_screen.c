/* SPDX-License-Identifier: GPL-3.0-or-later
 * A screen on paper without a terminal: a board, a register, a record.
 */
#include <string.h>

#include "app/paper.h"
#include "screens/screens.h"
#include "screens/text_page.h"

/* A record goes on paper as its first official text, or where there is none as its form. */
static enum rc put_record(
	const struct actor *actor, struct ref ref, struct buf *sheet, struct fault *fault)
{
	struct text_page shown = {.nth = 0};
	enum rc rc = text_page_load(&shown, actor, ref, fault);

	if (!rc)
		(void)text_page_sheet(&shown, actor, 0, sheet);
	text_page_release(&shown);
	return rc;
}

enum rc paper_screen(const struct actor *actor, const char *screen, const struct aim *aim,
	struct buf *sheet, struct fault *fault)
{
	enum { HEADS = 2 };
	bool listed = strcmp(screen, screen_records.name) == 0;

	if (!strcmp(screen, screen_record.name))
		return put_record(actor, aim->ref, sheet, fault);
	struct stack *stack = stack_new(actor->store, actor->user, screens);
	struct text_page shown = {.form = SHEET_AS_IS};
	bool good =
		stack_start(stack, screen_home.name, fault) &&
		(!strcmp(screen, screen_home.name) || stack_start_on(stack, screen, aim, fault)) &&
		stack_picture(stack, false, printer_size().columns, &shown.body);
	if (good)
		(void)text_page_sheet(&shown, actor, HEADS + listed, sheet);
	text_page_release(&shown);
	stack_free(stack);
	return good ? RC_OK : fault->rc ? fault->rc : fault_set(fault, RC_BAD, "%s", screen);
}
