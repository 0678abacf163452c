/* SPDX-License-Identifier: GPL-3.0-or-later
 * A register whose first load is under way, in words.
 */
#include "screens/loading.h"

#include "screens/link_status.h"

static void put_left(const struct load_status *load_status, struct buf *out)
{
	if (!load_status->told) {
		buf_text(out, _("还差多少要等上级答话才知道"));
		return;
	}
	buf_fmt(out, load_status->more ? _("还差%u条以上（") : _("还差%u条（"),
		load_status->left.facts);
	link_status_bytes(load_status->left.bytes, out);
	buf_text(out, _("）"));
	if (load_seconds(&load_status->pace, load_status->before) < 0)
		return;
	buf_text(out, _("，"));
	link_status_seconds(&load_status->pace, load_status->before, out);
}

static void put_came(const struct load_status *load_status, struct buf *out)
{
	buf_fmt(out, _("已到%u条（"), load_status->came.facts);
	link_status_bytes(load_status->came.bytes, out);
	buf_text(out, _("）"));
}

void loading_lines(const struct kind *kind, const struct load_status *load_status, struct buf *out)
{
	buf_fmt(out, _("\"%s\"还没有从上级传完，不全的不当全的看"), _(kind->plural));
	buf_text(out, "\n\n");
	put_came(load_status, out);
	buf_byte(out, '\n');
	put_left(load_status, out);
	buf_text(out, "\n\n");
	buf_text(out, _("传完自动打开。n 新建，v 先看本机已有的，q 返回"));
}

bool loading_some(struct store *store, unsigned lanes_mask, struct buf *out)
{
	struct fault fault;
	struct load_status load_status;

	if (load_status_lanes(store, lanes_mask, &load_status, &fault) != RC_OK ||
		!load_status.closed)
		return false;
	unsigned all = load_status.came.facts + load_status.left.facts;
	if (!load_status.told)
		buf_fmt(out, _("正在接收，已到%u条"), load_status.came.facts);
	else
		buf_fmt(out, load_status.more ? _("正在接收 %u/%u以上") : _("正在接收 %u/%u"),
			load_status.came.facts, all);
	return true;
}

enum rc loading_warning(
	struct store *store, const struct kind *kind, struct buf *out, struct fault *fault)
{
	struct load_status load_status;
	enum rc rc = load_status_look(store, kind, &load_status, fault);

	if (rc || !load_status.closed)
		return rc;
	buf_fmt(out, _("\"%s\"还没有从上级传完，下面的不全："), _(kind->plural));
	put_came(&load_status, out);
	buf_text(out, _("，"));
	put_left(&load_status, out);
	return RC_OK;
}
