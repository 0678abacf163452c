/* SPDX-License-Identifier: GPL-3.0-or-later
 * A rule file as signed facts, part by part, in the place of the one of that name that was sent
 * before; all of it or nothing.
 */
#include <string.h>

#include "app/rules/cmd_rules.h"
#include "app/out.h"
#include "base/file.h"
#include "model/kinds.h"
#include "work/change.h"
#include "work/rules.h"

enum { FILE_MOST = 128 << 10, PART = 3800, ENDING_MOST = 64 };

struct ending {
	struct actor actor;
	const char *name;
	const struct step *step;
	struct ref refs[ENDING_MOST];
	unsigned count;
};

static bool see(const struct row *row, void *to)
{
	struct ending *ending = to;
	const struct value *name = row_value(row, ruleset_name);

	if (name && bytes_equal(name->text, bytes_text(ending->name)) &&
		row->area == store_area(ending->actor.store) && ending->count < ENDING_MOST)
		ending->refs[ending->count++] = row->ref;
	return true;
}

/* Ends all parts of that name that are in force. */
static enum rc end_all(struct ending *ending, struct fault *fault)
{
	struct query query = query_all(KIND_ruleset);
	enum rc rc;

	query.state = ruleset_is_active;
	rc = store_each(ending->actor.store, &query, see, ending, fault);
	for (unsigned n = 0; n < ending->count && !rc; n++) {
		struct record record = {.kind = kind_of(KIND_ruleset),
			.kind_id = KIND_ruleset,
			.site = ending->refs[n].site,
			.seq = ending->refs[n].seq};
		struct change change;
		struct ref ref;

		change_step(&change, &ending->actor, &record, ending->step);
		rc = change_commit(&change, &ref, fault);
		change_release(&change);
	}
	return rc;
}

/* The bytes of the next part: whole lines. */
static size_t part_len(struct bytes text)
{
	size_t len = text.len < PART ? text.len : PART;

	while (len < text.len && len && text.at[len - 1] != '\n')
		len--;
	return len;
}

static enum rc send_part(const struct actor *actor, const char *name, struct bytes text,
	int64_t part, int64_t parts, struct fault *fault)
{
	const struct kind *kind = kind_of(KIND_ruleset);
	const struct {
		unsigned tag;
		struct value value;
	} values[] = {{ruleset_name, value_text(name)}, {ruleset_part, value_num(part)},
		{ruleset_parts, value_num(parts)}, {ruleset_text, {WIRE_TEXT, 0, text}}};
	struct change change;
	const char *why = "";
	struct ref ref;
	bool good = true;

	change_new(&change, actor, kind, (struct ref){0, 0});
	for (size_t n = 0; n < countof(values) && good; n++)
		good = change_put(&change, field_of(kind, values[n].tag), values[n].value, &why);
	enum rc rc =
		good ? change_commit(&change, &ref, fault) : fault_set(fault, RC_BAD, "%s", why);
	change_release(&change);
	return rc;
}

static enum rc send_all(
	const struct actor *actor, const char *name, struct bytes text, struct fault *fault)
{
	struct ending ending = {
		*actor, name, step_of(kind_of(KIND_ruleset), ruleset_do_replace), {{0}}, 0};
	int64_t parts = 0, part = 0;
	enum rc rc = store_begin(actor->store, fault);

	if (rc)
		return rc;
	for (struct bytes left = text; left.len && !rc; parts++) {
		size_t len = part_len(left);

		if (!len)
			rc = fault_set(fault, RC_BAD, _("%s：有一行太长"), name);
		left = bytes_of(left.at + len, left.len - len);
	}
	if (!rc)
		rc = end_all(&ending, fault);
	while (!rc && text.len) {
		size_t len = part_len(text);

		rc = send_part(actor, name, bytes_of(text.at, len), ++part, parts, fault);
		text = bytes_of(text.at + len, text.len - len);
	}
	if (!rc)
		return store_commit(actor->store, fault);
	store_undo(actor->store);
	return rc;
}

const char *rules_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

int rules_publish(struct app *app, const char *file)
{
	struct buf text = {0}, said = {0};
	struct fault fault = {0};
	int code = app_writer(app);
	enum rc rc = code ? RC_OK : file_read(file, FILE_MOST, &text, &fault);

	if (!code && !rc)
		rc = rules_without(app->store, rules_name(file), &fault);
	if (!code && !rc && rules_check(rules_now(), file, buf_bytes(&text), &said)) {
		out_error("%s", buf_cstr(&said));
		code = EXIT_INPUT;
	} else if (!code && !rc) {
		const struct actor actor = {app->store, &app->user, NULL};

		rc = app_may(app, kind_of(KIND_ruleset), 0, &fault);
		if (!rc && store_station(app->store)->level < LEVEL_TOWNSHIP)
			rc = fault_set(&fault, RC_DENIED, "%s", _("村级站点不下发规则"));
		if (!rc)
			rc = send_all(&actor, rules_name(file), buf_bytes(&text), &fault);
		if (!rc)
			app_wrote(app);
	}
	buf_release(&text);
	buf_release(&said);
	return rc ? app_fail(&fault) : code;
}

int rules_withdraw(struct app *app, const char *name)
{
	struct fault fault = {0};
	int code = app_writer(app);

	if (code)
		return code;
	struct ending ending = {{app->store, &app->user, NULL}, rules_name(name),
		step_of(kind_of(KIND_ruleset), ruleset_do_withdraw), {{0}}, 0};
	enum rc rc = store_begin(app->store, &fault);
	if (!rc && (rc = end_all(&ending, &fault)))
		store_undo(app->store);
	else if (!rc)
		rc = store_commit(app->store, &fault);
	if (!rc && !ending.count)
		rc = fault_set(&fault, RC_NONE, _("本站没有下发过规则 \"%s\""), name);
	if (!rc)
		app_wrote(app);
	return rc ? app_fail(&fault) : EXIT_DONE;
}
