/* SPDX-License-Identifier: GPL-3.0-or-later
 * Questions and answers through a folder. On a shared disk the answer comes while one waits; on a
 * stick it comes when the stick does: the same question finds it then, and until then the question
 * lies there.
 */
#include "sync/link.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "base/file.h"
#include "base/memory.h"
#include "store/peer.h"

enum { LOOK_MS = 200 };

struct link {
	struct link_place place;
	struct link_count count;
};

struct look {
	uint8_t question[FOLDER_ID];
	bool asked, answered;
	struct buf *answer;
};

static bool find(const struct folder_item *item, void *to)
{
	struct look *look = to;
	if (memcmp(item->question, look->question, FOLDER_ID) != 0)
		return true;
	if (item->type == FOLDER_ASK) {
		look->asked = true;
		return true;
	}
	if (item->frame.len > LINK_ANSWER)
		return true;
	buf_put(look->answer, item->frame.at, item->frame.len);
	look->answered = true;
	return false;
}

static enum rc open_file(
	struct link **out, const char *url, const struct link_ways *ways, struct fault *fault)
{
	struct stat st;
	struct link *link = memory_get(1, sizeof *link);
	(void)ways;
	if (!link_split(url, &link->place)) {
		free(link);
		return fault_set(fault, RC_BAD, _("地址不对 \"%s\"：应为 file:/文件夹"), url);
	}
	if (file_look(link->place.path, &st) || !S_ISDIR(st.st_mode)) {
		trouble_is(TROUBLE_FOLDER, fault,
			fault_set(fault, RC_LINK, _("没有文件夹 \"%s\"：请插入 U 盘或检查路径"),
				link->place.path));
		free(link);
		return RC_LINK;
	}
	*out = link;
	return RC_OK;
}

static enum rc swap_file(
	struct link *link, struct bytes ask, struct buf *answer, int wait_ms, struct fault *fault)
{
	struct look look = {.answer = answer};
	const char *folder = link->place.path;
	int64_t until = socket_now() + wait_ms;
	buf_clear(answer);
	folder_id(ask, look.question);
	for (;;) {
		enum rc rc = folder_each(folder, find, &look, NULL, fault);
		if (rc == RC_OK && !look.answered && !look.asked) {
			rc = folder_put(folder, FOLDER_ASK, look.question, ask, fault);
			link->count.sent += FOLDER_HEAD + ask.len;
			look.asked = true;
		}
		if (rc != RC_OK)
			return rc == RC_FULL ? rc : RC_LINK;
		if (look.answered)
			break;
		int64_t left = until - socket_now();
		if (left <= 0)
			return trouble_is(TROUBLE_STICK, fault,
				fault_set(fault, RC_LINK,
					_("问题已放入 \"%s\"，还没有回答：带到上级后再试"),
					folder));
		int64_t rest = left < LOOK_MS ? left : LOOK_MS;
		nanosleep(&(struct timespec){.tv_nsec = (long)rest * 1000000}, NULL);
	}
	link->count.received += FOLDER_HEAD + answer->len;
	folder_remove(folder, look.question);
	return RC_OK;
}

static void count_file(const struct link *link, struct link_count *out)
{
	*out = link->count;
}

static void close_file(struct link *link)
{
	free(link);
}

const struct link_ops link_file = {"file", open_file, swap_file, count_file, close_file};
