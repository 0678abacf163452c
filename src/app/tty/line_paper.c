/* SPDX-License-Identifier: GPL-3.0-or-later
 * '|' in line mode: what stands at this place goes to the printer, into a file or to a command.
 */
#include "app/paper.h"
#include "app/talk.h"

#include <string.h>

#include "screens/screens.h"

static const char *title_of(const char *screen)
{
	for (const struct screen *const *each = screens; *each; each++)
		if (!strcmp((*each)->name, screen))
			return _((*each)->title);
	return screen;
}

/* A board may be about a record, too. */
static bool is_record(const struct talk_place *place)
{
	return place->aim.ref.seq && !strcmp(place->screen, screen_record.name);
}

/* "隐患排查" of a register, the number of a record, else what the screen is called. */
static void put_name(struct talk *talk, struct buf *out)
{
	const struct talk_place *place = &talk->place;
	char number[32];

	if (is_record(place)) {
		store_number(talk->store, place->aim.ref, number);
		buf_text(out, number);
	} else {
		buf_text(out,
			place->aim.kind ? _(place->aim.kind->plural) : title_of(place->screen));
	}
}

static const char *file_name(const struct talk_place *place, struct buf *name)
{
	if (is_record(place))
		return buf_cstr(name);
	return place->aim.kind ? place->aim.kind->name : place->screen;
}

static void put_sheet(struct talk *talk, unsigned where, struct buf *name)
{
	const struct talk_place *place = &talk->place;
	const struct actor actor = talk_actor(talk);
	struct buf sheet = {0}, command = {0};
	struct fault fault = {0};
	const char *to = file_name(place, name);

	if (where == PRINT_PIPE) {
		if (line_ask(&talk->line, _("交给命令："), NULL, NULL, &command) != LINE_OK ||
			!command.len) {
			buf_release(&command);
			return;
		}
		to = buf_cstr(&command);
	}
	if (talk_good(
		    talk, paper_screen(&actor, place->screen, &place->aim, &sheet, &fault), &fault))
		talk_put(talk, where, to, &sheet);
	buf_release(&sheet);
	buf_release(&command);
}

void talk_paper(void *to)
{
	const char *const labels[] = {[PRINT_PAPER] = _("打印"),
		[PRINT_FILE] = _("存文件"),
		[PRINT_PIPE] = _("交给命令")};
	struct talk *talk = to;
	struct buf name = {0}, title = {0};
	unsigned where;

	put_name(talk, &name);
	buf_fmt(&title, _("%s 上纸：打号码，< 不印"), buf_cstr(&name));
	if (line_menu(&talk->line, buf_cstr(&title), labels, NULL, countof(labels), &where) ==
		LINE_OK) {
		const char *why = printer_refuses(where);

		if (why)
			line_bad(&talk->line, "%s", why);
		else
			put_sheet(talk, where, &name);
	}
	buf_release(&name);
	buf_release(&title);
}
