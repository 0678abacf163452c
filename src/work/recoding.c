/* SPDX-License-Identifier: GPL-3.0-or-later
 * A change of areas or codes, before it is signed: what could have no effect is refused with the
 * reason. And the codes of a village's grids: of a new one, and the grid of a new record.
 */
#include <string.h>

#include "model/area.h"
#include "model/kinds.h"
#include "work/change_inside.h"

enum { VILLAGE_DIGITS = 12, GRID_DIGITS = 14 };

static uint64_t area_value(const struct change *change, unsigned tag)
{
	const struct change_value *value = change_value(change, tag);

	return value && value->value.wire == WIRE_NUM ? (uint64_t)value->value.num : 0;
}

static struct bytes text_value(const struct change *change, unsigned tag)
{
	const struct change_value *value = change_value(change, tag);

	return value && value->value.wire == WIRE_TEXT ? value->value.text : bytes_of(NULL, 0);
}

/* The station says it of itself, and there is nobody above it to say so: it is noted with it. */
static bool says_alone(struct change *change, uint64_t own, uint64_t old, uint64_t now)
{
	struct site top;
	const char *why;

	if (!areachange_alone(own, old, now) || own != store_area(change->actor.store) ||
		!log_top(store_log(change->actor.store), &top) ||
		top.site != store_station(change->actor.store)->site)
		return false;
	return change_put(change, field_of(change->kind, areachange_by_itself), value_num(1), &why);
}

static enum rc check_areas(struct change *change, struct fault *fault)
{
	struct store *store = change->actor.store;
	uint64_t old = area_value(change, areachange_old), now = area_value(change, areachange_new);
	uint64_t own = change->op.area ? change->op.area : store_area(store);
	char text[16];

	if (old == now)
		return fault_set(fault, RC_BAD, _("新旧区划相同：字段 \"new\"（新区划）"));
	if (area_level(old) != area_level(now))
		return fault_set(fault, RC_BAD, _("新旧区划不是同一级：字段 \"new\"（新区划）"));
	if (areachange_counts(own, old, now) || says_alone(change, own, old, now))
		return RC_OK;
	area_short(own, text);
	return fault_set(fault, RC_DENIED,
		_("新旧区划都要在本站 \"%s\" "
		  "的下面：由管这两处的上级登记；没有上级的站可登记自己的原代码"),
		text);
}

static bool is_table(struct bytes name)
{
	for (unsigned k = 0; k < kinds_count; k++)
		for (const struct field *field = kinds[k].fields; field->tag; field++)
			if (field->codes && bytes_equal(name, bytes_text(field->codes)))
				return true;
	return false;
}

static enum rc check_codes(const struct change *change, struct fault *fault)
{
	struct bytes old = text_value(change, codechange_old);
	struct bytes now = text_value(change, codechange_new);

	if (!is_table(text_value(change, codechange_table)))
		return fault_set(fault, RC_BAD, _("没有这个代码表：字段 \"table\"（代码表）"));
	if (bytes_equal(old, now))
		return fault_set(fault, RC_BAD, _("新旧代码相同：字段 \"new\"（新代码）"));
	if (memchr(old.at, ',', old.len) || memchr(now.at, ',', now.len) || old.len > 64 ||
		now.len > 64)
		return fault_set(
			fault, RC_BAD, _("代码最多 64 字节，不含逗号：字段 \"new\"（新代码）"));
	if (store_station(change->actor.store)->level == LEVEL_VILLAGE)
		return fault_set(fault, RC_DENIED, _("代码变更由乡镇以上登记"));
	return RC_OK;
}

enum rc recoding_check(struct change *change, struct fault *fault)
{
	bool edit = change->op.rec_seq != 0;

	if (change->kind->id != KIND_areachange && change->kind->id != KIND_codechange)
		return RC_OK;
	if (edit && !change->step && change->count)
		return fault_set(fault, RC_DENIED, _("登记了的变更不能改：先作废，再另登记"));
	if (edit)
		return RC_OK;
	return change->kind->id == KIND_areachange ? check_areas(change, fault)
						   : check_codes(change, fault);
}

/* ---- grids */

void grid_note(struct change *change)
{
	const struct field *field = field_named(change->kind, "grid");
	struct buf bytes = {0};
	struct ref grid;
	const char *why;

	if (change->actor.source || change->op.rec_seq || !field || !(field->flags & F_QUIET) ||
		change_value(change, field->tag) || !grid_init(change, &grid))
		return;
	ref_put(&bytes, grid);
	(void)change_put(
		change, field, (struct value){.wire = WIRE_BYTES, .text = buf_bytes(&bytes)}, &why);
	buf_release(&bytes);
}

/* A number that somebody types; a code of letters is a county's own. A file says what others have:
 * nothing is asked of it. */
enum rc grid_check(const struct change *change, struct fault *fault)
{
	const struct change_value *code = change->kind->id == KIND_grid && !change->actor.source
						  ? change_value(change, grid_code)
						  : NULL;
	char village[16];

	if (!code || code->how == CHANGE_BLANK)
		return RC_OK;
	area_show(change->op.area ? change->op.area : store_area(change->actor.store), village);
	struct bytes text = code->value.text;
	bool good = text.len == GRID_DIGITS && !memcmp(text.at, village, VILLAGE_DIGITS),
	     digits = true;
	for (size_t n = 0; n < text.len; n++)
		digits &= text.at[n] >= '0' && text.at[n] <= '9';
	return good || !digits
		       ? RC_OK
		       : fault_set(fault, RC_BAD,
				 _("网格编码是村代码加两位，如 %s01：字段 \"code\"（网格编码）"),
				 village);
}
