/* SPDX-License-Identifier: GPL-3.0-or-later
 * What of goods no row of the rules can count: no more comes back than went out, and what somebody
 * has signed for, or used, is not taken back.
 */
#include "work/goods.h"

#include <string.h>

#include "model/kinds.h"
#include "model/rules.h"
#include "model/value.h"

static bool is_one_of(const struct value *type, const char *const *codes, size_t count)
{
	for (size_t n = 0; type && n < count; n++)
		if (bytes_equal(type->text, bytes_text(codes[n])))
			return true;
	return false;
}

static bool goes_out(const struct value *type)
{
	static const char *const codes[] = {"out", "to", "lend"};

	return is_one_of(type, codes, countof(codes));
}

bool goods_come_back(const struct value *type)
{
	static const char *const codes[] = {"back"};

	return is_one_of(type, codes, countof(codes));
}

bool goods_meant(struct store *store, const struct value *value, uint64_t area, struct ref *ref)
{
	return value &&
	       value_record(store, field_of(kind_of(KIND_move), move_supply), value, area, ref);
}

struct summing {
	struct store *store;
	struct ref supply;
	struct goods_gone *gone;
};

static bool see_move(const struct row *row, void *to)
{
	const struct summing *summing = to;
	struct goods_gone *gone = summing->gone;
	struct ref ref;
	const struct value *type = row_value(row, move_type),
			   *quantity = row_value(row, move_quantity);

	if (!quantity || row_void(row) ||
		!goods_meant(summing->store, row_value(row, move_supply), row->area, &ref) ||
		ref.site != summing->supply.site || ref.seq != summing->supply.seq)
		return true;
	if (goes_out(type))
		gone->out += quantity->num;
	if (goods_come_back(type))
		gone->back += quantity->num;
	return true;
}

enum rc goods_gone(
	struct store *store, struct ref supply, struct goods_gone *gone, struct fault *fault)
{
	struct query query = query_all(KIND_move), named = query;
	struct summing summing = {store, supply, gone};
	struct arena arena = {0};
	struct row row;

	*gone = (struct goods_gone){0, 0};
	query.parent = supply;
	enum rc rc = store_each(store, &query, see_move, &summing, fault);
	if (!rc)
		rc = store_row(store, supply, &arena, &row, fault);
	const struct value *name = rc ? NULL : row_value(&row, supply_name);
	if (name) {
		named.filters[named.filter_count++] =
			(struct filter){.tag = move_supply, .how = '=', .value = *name};
		rc = store_each(store, &named, see_move, &summing, fault);
	}
	arena_release(&arena);
	return rc;
}

static void put_number(int64_t thousandths, struct buf *out)
{
	static const struct field dec = {.type = T_DEC};

	value_show(&dec, &(struct value){.wire = WIRE_NUM, .num = thousandths},
		&(struct value_ways){.now = 0}, out);
}

enum rc goods_back(const struct goods_gone *gone, int64_t quantity, struct fault *fault)
{
	struct buf out = {0}, back = {0}, left = {0};
	enum rc rc = RC_OK;

	put_number(gone->out, &out);
	put_number(gone->back, &back);
	put_number(gone->out - gone->back, &left);
	if (quantity > gone->out - gone->back)
		rc = fault_set(fault, RC_BAD, _("没有出去这么多：出%s 已还%s 还能还%s，多的记入库"),
			buf_cstr(&out), buf_cstr(&back), buf_cstr(&left));
	buf_release(&out);
	buf_release(&back);
	buf_release(&left);
	return rc;
}

/* What the stock loses by taking back a move that had made it more. */
static int64_t lost_by(const struct record *move)
{
	static const char *const more[] = {"in", "from", "back", "more"};
	const struct cell *type = record_cell(move, move_type);
	int64_t number = 0;

	if (type && bytes_equal(type->value.text, bytes_text("count")))
		(void)record_number(move, move_difference, &number);
	else if (type && is_one_of(&type->value, more, countof(more)))
		(void)record_number(move, move_quantity, &number);
	return number;
}

/* What is left of it; false: nobody has counted. */
static bool stock_of(struct store *store, const struct record *move, int64_t *have)
{
	struct arena arena = {0};
	struct fault fault;
	struct row row;
	struct ref ref;
	const struct cell *supply = record_cell(move, move_supply);
	bool known = supply && goods_meant(store, &supply->value, move->area, &ref) &&
		     store_row(store, ref, &arena, &row, &fault) == RC_OK &&
		     row_value(&row, supply_quantity);

	*have = known ? row_value(&row, supply_quantity)->num : 0;
	arena_release(&arena);
	return known;
}

enum rc goods_void(struct store *store, struct ref ref, struct fault *fault)
{
	struct arena arena = {0};
	struct record move;
	struct history history;
	struct buf left = {0};
	int64_t have;
	enum rc rc = store_record(store, ref, &arena, &move, &history, fault);
	const struct cell *type = rc ? NULL : record_cell(&move, move_type);
	bool sent = type && (bytes_equal(type->value.text, bytes_text("to")) ||
				    bytes_equal(type->value.text, bytes_text("lend")));

	if (sent && move.state == move_is_in)
		rc = fault_set(
			fault, RC_BAD, "%s", _("对方已签收，不能撤：退回来的记“还”，数不对的盘点"));
	else if (!rc && stock_of(store, &move, &have) && lost_by(&move) > have) {
		put_number(have, &left);
		rc = fault_set(fault, RC_BAD, _("已经用出去了，只剩%s，不能撤：用盘点更正"),
			buf_cstr(&left));
	}
	buf_release(&left);
	arena_release(&arena);
	return rc;
}
