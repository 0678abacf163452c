/* SPDX-License-Identifier: GPL-3.0-or-later
 * How far the first load has come, for people and for programs.
 */
#include "app/sync_cmd.h"

static bool loading(const struct peer *peer)
{
	return peer->site.site && peer->load.loaded != (1u << LANES) - 1;
}

static uint64_t bytes_left(const struct peer *peer)
{
	uint64_t bytes = 0;
	for (unsigned lane = 0; lane < LANES; lane++)
		bytes += peer->load.left[lane].bytes;
	return bytes;
}

static void put_lane(struct json_out *out, const struct first_load *load, unsigned lane)
{
	json_key(out, lane_names[lane]);
	json_open(out, '{');
	json_key_num(out, "facts", load->came[lane].facts);
	json_key_num(out, "bytes", (int64_t)load->came[lane].bytes);
	json_key_num(out, "left_facts", load->left[lane].facts);
	json_key_num(out, "left_bytes", (int64_t)load->left[lane].bytes);
	json_close(out, '}');
}

void sync_loading_json(const struct peer *peer, struct json_out *out)
{
	int64_t seconds = load_seconds(&peer->pace, bytes_left(peer));
	if (!loading(peer)) {
		json_null(out);
		return;
	}
	json_open(out, '{');
	json_key(out, "lanes");
	json_open(out, '{');
	for (unsigned lane = 0; lane < LANES; lane++)
		if (!(peer->load.loaded & (1u << lane)))
			put_lane(out, &peer->load, lane);
	json_close(out, '}');
	json_key(out, "seconds");
	if (seconds < 0)
		json_null(out);
	else
		json_num(out, seconds);
	json_close(out, '}');
}

void sync_loading_text(const struct peer *peer, struct buf *out)
{
	int64_t seconds = load_seconds(&peer->pace, bytes_left(peer));
	unsigned came = 0, left = 0;
	if (!loading(peer))
		return;
	for (unsigned lane = 0; lane < LANES; lane++) {
		came += peer->load.came[lane].facts;
		left += peer->load.left[lane].facts;
	}
	buf_text(out, "\n");
	buf_fmt(out, _("首次同步还没有传完：已到 %u 条，还差 %u 条（%llu 字节）"), came, left,
		(unsigned long long)bytes_left(peer));
	if (seconds >= 0)
		buf_fmt(out, _("，约 %lld 秒"), (long long)seconds);
}
