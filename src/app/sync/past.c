/* SPDX-License-Identifier: GPL-3.0-or-later
 * What people are told when their station had to go on under another site.
 */
#include "app/past.h"

void past_text(const struct past *past, const char *now, struct buf *out)
{
	if (!past->at)
		return;
	buf_fmt(out,
		_("本站的数据曾换回旧的或被复制：站点代码由 %s 改为 %s，已发出的编号不变，%u "
		  "条改用新编号"),
		past->code, now, past->anew);
}

void past_json(const struct past *past, const char *now, struct json_out *out)
{
	if (!past->at)
		return;
	json_key(out, "put_back");
	json_open(out, '{');
	json_key_text(out, "code_before", past->code);
	json_key_text(out, "code", now);
	json_key_num(out, "renumbered", past->anew);
	json_close(out, '}');
}
