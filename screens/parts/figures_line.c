/* SPDX-License-Identifier: GPL-3.0-or-later
 * The figures that a county wants to see on a board.
 */
#include "screens/figures_line.h"

#include <stdio.h>
#include <string.h>

#include "screens/display.h"

enum { MILLI = 1000, MINUTE = 60, AGE_MINUTES = 15 };

/* What was answered within the first minute took one. */
static void put_figure(const struct rule *rule, const struct figured *figured, struct buf *out)
{
	int64_t number = figured->value / MILLI;

	if (rule->median && number < 1)
		number = 1;
	buf_fmt(out, "%s%s ", out->len ? "  " : "", rule_text(rule));
	if (figured->known)
		buf_fmt(out, "%lld", (long long)number);
	else
		buf_byte(out, '-');
	buf_fmt(out, figured->red ? _(" 目标%lld 过期") : _(" 目标%lld"), (long long)rule->target);
}

const char *figures_line(
	struct world *world, char board, const struct counting_of *of, struct arena *arena)
{
	unsigned count;
	const struct rule *rows = rules_rows(RULE_FIGURE, &count);
	struct buf text = {0};

	for (unsigned n = 0; n < count; n++) {
		struct figured figured;
		struct fault fault;

		if (strchr(rows[n].on, board) && figure_applies(world, &rows[n]) &&
			figure_load(&figured, world, &rows[n], of, arena, &fault) == RC_OK)
			put_figure(&rows[n], &figured, &text);
	}
	const char *line = arena_text(arena, buf_cstr(&text));
	buf_release(&text);
	return line;
}

void figures_names(char board, char *names, size_t room)
{
	unsigned count;
	const struct rule *rows = rules_rows(RULE_FIGURE, &count);
	size_t used = 0;

	*names = '\0';
	for (unsigned n = 0; n < count; n++) {
		size_t len = strlen(rows[n].name) + 1;

		if (!strchr(rows[n].on, board) || used + len + 1 > room)
			continue;
		snprintf(names + used, room - used, "%s%s", used ? "," : "", rows[n].name);
		used = strlen(names);
	}
}

int64_t figures_age(int64_t newest, int64_t now, int64_t minutes, struct buf *out)
{
	char time[WHEN_TEXT];
	int64_t old = newest +
		      MINUTE * (minutes ? minutes : rules_limit("count.age.minutes", AGE_MINUTES));

	if (!newest || now <= old)
		return newest ? old + 1 : 0;
	display_clock(newest, now, time);
	buf_text(out, out->len ? "  " : "");
	buf_fmt(out, _("数到%s"), time);
	return 0;
}
