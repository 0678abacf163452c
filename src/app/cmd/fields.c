/* SPDX-License-Identifier: GPL-3.0-or-later
 * "name=value" words to the values of a change. Every complaint names the field and the rule, and
 * nothing has changed then.
 */
#include <string.h>

#include "app/command.h"
#include "app/out.h"
#include "base/text.h"

static enum rc no_field(const struct change *change, const char *name, struct fault *fault)
{
	struct buf names = {0}, shown = {0};
	const struct field *field;
	for (unsigned n = 0; (field = change_field(change, n, NULL)); n++)
		buf_fmt(&names, "%s%s", n ? " " : "", field->name);
	text_plain(name, &shown);
	enum rc rc = fault_set(fault, RC_BAD, _("没有字段 \"%s\"，可用的有 %s"), buf_cstr(&shown),
		names.len ? buf_cstr(&names) : _("（无）"));
	buf_release(&names);
	buf_release(&shown);
	return rc;
}

static bool is_own(const char *name)
{
	return !strcmp(name, "area") || !strcmp(name, "at") || !strcmp(name, "by");
}

enum rc fields_set(struct change *change, const char *name, const char *text, struct fault *fault)
{
	const struct field *field = change_named(change, name);
	bool coded = field && field->codes && !(field->flags & F_FOLD) &&
		     !change_value(change, field->tag);
	const char *why = "";
	if (!field && !is_own(name)) {
		if (!strcmp(name, "state"))
			return fault_set(fault, RC_BAD,
				_("状态随步骤变化，请用 outpost step：字段 \"state\""));
		return no_field(change, name, fault);
	}
	if (change_set(change, name, text, &why))
		return RC_OK;
	if (!field)
		return fault_set(fault, RC_BAD, _("%s：字段 \"%s\""), why, name);
	if (coded && text[strspn(text, " \t\r\n")])
		return fault_set(fault, RC_BAD,
			_("%s \"%s\"：字段 \"%s\"（%s），可选的代码见 outpost kinds %s"), why,
			text_brief(&(struct brief){""}, text), field->name, _(field->label),
			change->kind->name);
	return fault_set(
		fault, RC_BAD, _("%s：字段 \"%s\"（%s）"), why, field->name, _(field->label));
}

enum rc fields_words(struct change *change, int argc, char **argv, struct fault *fault)
{
	enum rc rc = RC_OK;
	for (int i = 0; i < argc && !rc; i++) {
		char name[LIMIT_NAME];
		const char *equal = strchr(argv[i], '=');
		size_t len = equal ? (size_t)(equal - argv[i]) : 0;
		if (!len || len >= sizeof name)
			return fault_set(fault, RC_BAD, _("要写成 字段=值：\"%s\""),
				text_brief(&(struct brief){""}, argv[i]));
		memcpy(name, argv[i], len);
		name[len] = 0;
		rc = fields_set(change, name, equal + 1, fault);
	}
	return rc;
}

void fields_doubt(const struct change *change)
{
	if (change->doubt)
		out_error("outpost: %s", change->doubt);
	if (change->told)
		out_notice(_("outpost: 注意：%s"), change->told);
}
