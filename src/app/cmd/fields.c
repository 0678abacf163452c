/* SPDX-License-Identifier: GPL-3.0-or-later
 * "name=value" words to the canonical fields of a fact. Every complaint names the field and the
 * rule, and nothing has changed then.
 */
#include <stdlib.h>
#include <string.h>

#include "app/command.h"
#include "base/text.h"
#include "base/when.h"
#include "model/area.h"

enum { SLOTS = LIMIT_FIELDS + STEP_ARGS };

/* One field that is set: its encoded bytes lie in .packed. */
struct slot {
	unsigned tag;
	size_t at, len;
	bool blank; /* named, but with nothing behind '=' */
};

struct parse {
	struct store *store;
	const struct kind *kind;
	const struct step *step;
	struct op *op;
	struct value_ways ways;
	struct slot slots[SLOTS];
	unsigned count;
	struct buf packed;
	bool own[3]; /* area, at, by: given already */
};

static enum rc bad_field(struct fault *fault, const struct field *field, const char *why)
{
	return fault_set(
		fault, RC_BAD, _("%s：字段 \"%s\"（%s）"), why, field->name, _(field->label));
}

static bool is_label(const struct field *field, const char *name)
{
	return !strcmp(field->label, name) || !strcmp(_(field->label), name);
}

static const struct field *field_wanted(const struct parse *parse, const char *name)
{
	const struct field *field;
	if (parse->step) {
		if ((field = step_arg_named(parse->kind, parse->step, name)))
			return field;
		for (unsigned i = 0; (field = step_arg(parse->kind, parse->step, i, NULL)); i++)
			if (is_label(field, name))
				return field;
		return NULL;
	}
	if ((field = field_named(parse->kind, name)))
		return field;
	for (field = parse->kind->fields; field->tag; field++)
		if (is_label(field, name))
			return field;
	return NULL;
}

static struct slot *slot_of(struct parse *parse, unsigned tag)
{
	for (unsigned i = 0; i < parse->count; i++)
		if (parse->slots[i].tag == tag)
			return &parse->slots[i];
	return NULL;
}

static void slot_put(struct parse *parse, unsigned tag, const struct value *value, bool keep)
{
	struct slot *slot = &parse->slots[parse->count++];
	*slot = (struct slot){.tag = tag, .at = parse->packed.len, .blank = !value};
	static const struct value cleared = {WIRE_TEXT, 0, {NULL, 0}};
	if (value || keep)
		put_field(&parse->packed, tag, value ? value : &cleared);
	slot->len = parse->packed.len - slot->at;
}

static bool blank(const char *text)
{
	return text[strspn(text, " \t\r\n")] == 0;
}

static enum rc take_field_word(
	struct parse *parse, const struct field *field, const char *typed, struct fault *fault)
{
	const char *why = "";
	struct buf keep = {0};
	struct value value;
	bool edit = !parse->step && parse->op->rec_seq;
	enum rc rc = RC_OK;
	if (slot_of(parse, field->tag))
		return bad_field(fault, field, _("写了两次"));
	if (field->flags & F_FOLD)
		return bad_field(fault, field, _("由流程自动记录，不能直接填"));
	if (blank(typed)) {
		if (edit && (field->flags & F_MUST))
			return bad_field(fault, field, _("必填，不能清空"));
		slot_put(parse, field->tag, NULL, edit);
		return RC_OK;
	}
	if (value_parse(field, typed, &parse->ways, &keep, &value, &why))
		slot_put(parse, field->tag, &value, false);
	else if (field->codes)
		rc = fault_set(fault, RC_BAD,
			_("%s \"%s\"：字段 \"%s\"（%s），可选的代码见 outpost kinds %s"), why,
			text_brief(&(struct brief){""}, typed), field->name, _(field->label),
			parse->kind->name);
	else
		rc = bad_field(fault, field, why);
	buf_release(&keep);
	return rc;
}

/* ---- the record's own: area, at, by */

static enum rc take_area(struct parse *parse, char *typed, struct fault *fault)
{
	const char *why = "";
	if (parse->op->rec_seq)
		return fault_set(fault, RC_BAD, _("记录的区域定了就不能改：字段 \"area\""));
	if (!area_parse(typed, &parse->op->area, &why))
		return fault_set(fault, RC_BAD, _("%s：字段 \"area\""), why);
	return RC_OK;
}

static enum rc take_at(struct parse *parse, char *typed, struct fault *fault)
{
	const char *why = "";
	if (!when_parse(typed, parse->ways.now, &parse->op->at, &why))
		return fault_set(fault, RC_BAD, _("%s：字段 \"at\""), why);
	return RC_OK;
}

/* The clean name is never longer than what was typed, so it may stand in its place. */
static enum rc take_by(struct parse *parse, char *typed, struct fault *fault)
{
	struct buf clean = {0};
	enum rc rc = RC_OK;
	if (!text_clean(typed, strlen(typed), false, &clean))
		rc = fault_set(
			fault, RC_BAD, _("%s：字段 \"by\""), text_not_utf8(typed, strlen(typed)));
	else if (clean.len > LIMIT_NAME)
		rc = fault_set(fault, RC_BAD, _("太长，最多 %d 字节：字段 \"by\""), LIMIT_NAME);
	else if (clean.len) {
		memcpy(typed, clean.at, clean.len);
		parse->op->by = bytes_of(typed, clean.len);
	}
	buf_release(&clean);
	return rc;
}

static const struct {
	const char *name;
	enum rc (*take)(struct parse *parse, char *typed, struct fault *fault);
} owns[] = {{"area", take_area}, {"at", take_at}, {"by", take_by}};

static bool own_named(const char *name, unsigned *at)
{
	for (*at = 0; *at < countof(owns); (*at)++)
		if (!strcmp(owns[*at].name, name))
			return true;
	return false;
}

static enum rc take_own(struct parse *parse, unsigned at, char *typed, struct fault *fault)
{
	if (parse->own[at])
		return fault_set(fault, RC_BAD, _("写了两次：字段 \"%s\""), owns[at].name);
	parse->own[at] = true;
	return owns[at].take(parse, typed, fault);
}

/* ---- words */

static enum rc no_field(const struct parse *parse, const char *name, struct fault *fault)
{
	struct buf names = {0}, shown = {0};
	const struct field *field;
	for (unsigned i = 0;; i++) {
		field = parse->step ? step_arg(parse->kind, parse->step, i, NULL)
				    : &parse->kind->fields[i];
		if (!field || !field->tag)
			break;
		buf_fmt(&names, "%s%s", i ? " " : "", field->name);
	}
	text_plain(name, &shown);
	enum rc rc = fault_set(fault, RC_BAD, _("没有字段 \"%s\"，可用的有 %s"), buf_cstr(&shown),
		names.len ? buf_cstr(&names) : _("（无）"));
	buf_release(&names);
	buf_release(&shown);
	return rc;
}

static enum rc take_word(struct parse *parse, char *word, struct fault *fault)
{
	char name[LIMIT_NAME];
	char *equal = strchr(word, '=');
	size_t len = equal ? (size_t)(equal - word) : 0;
	unsigned own;
	if (!len || len >= sizeof name)
		return fault_set(fault, RC_BAD, _("要写成 字段=值：\"%s\""),
			text_brief(&(struct brief){""}, word));
	memcpy(name, word, len);
	name[len] = 0;
	const struct field *field = field_wanted(parse, name);
	if (field)
		return take_field_word(parse, field, equal + 1, fault);
	if (own_named(name, &own))
		return take_own(parse, own, equal + 1, fault);
	if (!strcmp(name, "state"))
		return fault_set(
			fault, RC_BAD, _("状态随步骤变化，请用 outpost step：字段 \"state\""));
	return no_field(parse, name, fault);
}

/* ---- what is left out */

/* The typed form of a default; false = there is none here and now. */
static bool init_text(
	struct parse *parse, const struct field *field, const struct user *user, struct buf *out)
{
	const struct station *station = store_station(parse->store);
	const char *init = field->init;
	char text[WHEN_TEXT];
	if (!strcmp(init, "user") && user->who && field->type == T_REF) {
		store_number(parse->store, (struct ref){station->site, user->who}, text);
		init = text;
	} else if (!strcmp(init, "user")) {
		init = user->name;
	} else if (!strcmp(init, "post")) {
		init = user->post;
	} else if (!strcmp(init, "station")) {
		init = station->name;
	} else if (!strcmp(init, "area")) {
		area_show(station->area, text);
		init = text;
	} else if (!strcmp(init, "today")) {
		date_show(date_of(parse->ways.now), text);
		init = text;
	}
	buf_text(out, init);
	return out->len > 0;
}

static void fill_in(struct parse *parse)
{
	struct user user = {0};
	struct buf typed = {0}, keep = {0};
	struct value value;
	const char *why;
	if (parse->op->who)
		store_user_who(
			parse->store, store_station(parse->store)->site, parse->op->who, &user);
	for (const struct field *field = parse->kind->fields; field->tag; field++) {
		if (!field->init || (field->flags & F_FOLD) || slot_of(parse, field->tag))
			continue;
		buf_clear(&typed);
		buf_clear(&keep);
		if (init_text(parse, field, &user, &typed) &&
			value_parse(field, buf_cstr(&typed), &parse->ways, &keep, &value, &why))
			slot_put(parse, field->tag, &value, false);
	}
	buf_release(&typed);
	buf_release(&keep);
}

static bool filled(struct parse *parse, unsigned tag)
{
	const struct slot *slot = slot_of(parse, tag);
	return slot && !slot->blank;
}

static enum rc check_musts(struct parse *parse, struct fault *fault)
{
	const struct field *field;
	bool must;
	if (parse->step) {
		for (unsigned i = 0; (field = step_arg(parse->kind, parse->step, i, &must)); i++)
			if (must && !filled(parse, field->tag))
				return bad_field(fault, field, _("必填，没有写"));
		return RC_OK;
	}
	for (field = parse->kind->fields; field->tag && !parse->op->rec_seq; field++)
		if ((field->flags & F_MUST) && !filled(parse, field->tag))
			return bad_field(fault, field, _("必填，没有写"));
	return RC_OK;
}

static int slot_order(const void *a, const void *b)
{
	const struct slot *one = a, *other = b;
	return one->tag < other->tag ? -1 : one->tag > other->tag;
}

static enum rc finish(struct parse *parse, struct buf *body, struct fault *fault)
{
	const char *why = "";
	qsort(parse->slots, parse->count, sizeof *parse->slots, slot_order);
	buf_clear(body);
	for (unsigned i = 0; i < parse->count; i++)
		buf_put(body, parse->packed.at + parse->slots[i].at, parse->slots[i].len);
	parse->op->body = buf_bytes(body);
	if (!op_body_check(parse->op->body, &why))
		return fault_set(fault, RC_BAD, "%s", why);
	return RC_OK;
}

enum rc fields_parse(struct store *store, const struct kind *kind, const struct step *step,
	int argc, char **argv, bool strict, struct op *op, struct buf *body, struct fault *fault)
{
	struct parse parse = {.store = store, .kind = kind, .step = step, .op = op};
	enum rc rc = RC_OK;
	parse.ways = store_ways(store, false);
	parse.ways.strict = strict;
	parse.ways.now = store_now(store);
	for (int i = 0; i < argc && !rc; i++)
		rc = take_word(&parse, argv[i], fault);
	if (!rc && !step && !op->rec_seq)
		fill_in(&parse);
	if (!rc)
		rc = check_musts(&parse, fault);
	if (!rc)
		rc = finish(&parse, body, fault);
	buf_release(&parse.packed);
	return rc;
}
