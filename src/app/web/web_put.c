/* SPDX-License-Identifier: GPL-3.0-or-later
 * The page's texts, tables and fields.
 */
#include "web_inside.h"

#include <stdarg.h>
#include <string.h>

#include "base/text.h"
#include "format/xml.h"
#include "model/area.h"
#include "model/kinds.h"
#include "screens/display.h"

void web_markup(struct web *web, const char *markup)
{
	buf_text(&web->out, markup);
}

void web_text(struct web *web, const char *text)
{
	xml_text(&web->out, bytes_text(text), false);
}

void web_say(struct web *web, const char *fmt, ...)
{
	struct buf text = {0};
	va_list args;

	va_start(args, fmt);
	text_fmt_args(&text, fmt, args);
	va_end(args);
	web_text(web, buf_cstr(&text));
	buf_release(&text);
}

void web_element(struct web *web, const char *name, const char *text)
{
	xml_element(&web->out, name, text);
}

void web_cell(struct web *web, const char *text)
{
	web_markup(web, "<td>");
	web_text(web, text);
	web_markup(web, "</td>");
}

void web_number(struct web *web, int64_t number)
{
	buf_fmt(&web->out, "<td class=\"n\">%lld</td>", (long long)number);
}

void web_table(struct web *web, const char *label, const char *const heads[])
{
	web_markup(web, "<div class=\"s\" role=\"region\" tabindex=\"0\" aria-label=\"");
	web_text(web, label);
	web_markup(web, "\"><table><thead><tr>");
	for (size_t n = 0; heads[n]; n++)
		web_element(web, "th scope=\"col\"", heads[n]);
	web_markup(web, "</tr></thead><tbody>");
}

void web_table_end(struct web *web)
{
	web_markup(web, "</tbody></table></div>\n");
}

/* A name or a number of a person: what the field names is one, or it is private anyway. */
static bool is_person(const struct field *field)
{
	return field->flags & F_PRIVATE || field->type == T_PHONE ||
	       (field->type == T_REF && field_target(field) == KIND_person);
}

void web_field(struct web *web, const struct row *row, unsigned tag)
{
	const struct field *field = field_of(row->kind, tag);
	struct buf text = {0}, masked = {0};

	if (row_value(row, tag))
		row_field(web->store, row, tag, true, &text);
	if (text.len && is_person(field) && !web->full)
		display_masked(field->type, buf_cstr(&text), &masked);
	web_text(web, buf_cstr(masked.len ? &masked : &text));
	buf_release(&text);
	buf_release(&masked);
}

/* The township before a village goes without saying where all of it is that township's. */
void web_place(struct web *web, uint64_t area)
{
	struct buf text = {0};

	if (area_above(area) == store_area(web->store))
		display_place(area, &text);
	else
		area_title(area, &text);
	web_text(web, buf_cstr(&text));
	buf_release(&text);
}
