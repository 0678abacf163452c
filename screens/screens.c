/* SPDX-License-Identifier: GPL-3.0-or-later
 * The list of screens, a line each.
 */
#include "screens/screens.h"

const struct screen *const screens[] = {
	&screen_home,
	&screen_menu,
	&screen_cards,
	&screen_unfinished,
	&screen_lookup,
	&screen_outbox,
	&screen_outbox_part,
	&screen_statement,
	&screen_spoken,
	&screen_telegram,
	&screen_hear,
	&screen_me,
	&screen_tour,
	&screen_records,
	&screen_record,
	&screen_write,
	&screen_help,
	&screen_burning,
	&screen_tick,
	&screen_call,
	&screen_warn,
	&screen_text,
	&screen_why,
	&screen_report,
	&screen_order,
	&screen_watch,
	&screen_handover,
	&screen_incident,
	&screen_loose,
	&screen_confirm,
	&screen_stock,
	NULL,
};
