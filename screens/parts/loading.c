/* SPDX-License-Identifier: GPL-3.0-or-later
 * A register whose first load is under way, in words.
 */
#include "screens/loading.h"

#include "screens/link_status.h"

static void put_left(const struct gate *gate, struct buf *out)
{
	if (!gate->told) {
		buf_text(out, _("还差多少要等上级答话才知道"));
		return;
	}
	buf_fmt(out, gate->more ? _("还差%u条以上（") : _("还差%u条（"), gate->left.facts);
	link_status_bytes(gate->left.bytes, out);
	buf_text(out, _("）"));
	if (load_seconds(&gate->pace, gate->before) < 0)
		return;
	buf_text(out, _("，"));
	link_status_seconds(&gate->pace, gate->before, out);
}

static void put_came(const struct gate *gate, struct buf *out)
{
	buf_fmt(out, _("已到%u条（"), gate->came.facts);
	link_status_bytes(gate->came.bytes, out);
	buf_text(out, _("）"));
}

void loading_lines(const struct kind *kind, const struct gate *gate, struct buf *out)
{
	buf_fmt(out, _("\"%s\"还没有从上级传完，不全的不当全的看"), _(kind->plural));
	buf_text(out, "\n\n");
	put_came(gate, out);
	buf_byte(out, '\n');
	put_left(gate, out);
	buf_text(out, "\n\n");
	buf_text(out, _("传完自动打开。n 新建，v 先看本机已有的，q 返回"));
}

bool loading_some(struct store *store, unsigned lanes_mask, struct buf *out)
{
	struct fault fault;
	struct gate gate;

	if (gate_lanes(store, lanes_mask, &gate, &fault) != RC_OK || !gate.closed)
		return false;
	unsigned all = gate.came.facts + gate.left.facts;
	if (!gate.told)
		buf_fmt(out, _("正在接收，已到%u条"), gate.came.facts);
	else
		buf_fmt(out, gate.more ? _("正在接收 %u/%u以上") : _("正在接收 %u/%u"),
			gate.came.facts, all);
	return true;
}

enum rc loading_warning(
	struct store *store, const struct kind *kind, struct buf *out, struct fault *fault)
{
	struct gate gate;
	enum rc rc = gate_look(store, kind, &gate, fault);

	if (rc || !gate.closed)
		return rc;
	buf_fmt(out, _("\"%s\"还没有从上级传完，下面的不全："), _(kind->plural));
	put_came(&gate, out);
	buf_text(out, _("，"));
	put_left(&gate, out);
	return RC_OK;
}
