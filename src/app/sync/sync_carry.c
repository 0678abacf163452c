/* SPDX-License-Identifier: GPL-3.0-or-later
 * pack, unpack, and sync over file: frames that somebody carries.
 */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "app/day_copy.h"
#include "app/out.h"
#include "app/overwrite.h"
#include "app/sync_cmd.h"
#include "base/file.h"
#include "base/text.h"
#include "model/area.h"
#include "store/station.h"
#include "sync/take.h"
#include "sync/enrol.h"

enum { PATH_ROOM = 1024, ENTRIES_MOST = FOLDER_ENTRIES, SENDERS_MOST = 64 };

/* ---- pack */

static void print_packed(const struct app *app, const char *file, const struct site *to,
	const struct carry_count *count, size_t bytes)
{
	struct buf text = {0};
	struct json_out out;
	char number[16];
	site_hex(to->site, number);
	if (!app->json) {
		text_fmt(&text, _("\"%s\"：给 \"%s\" 的 %llu 条，%zu 字节"), file, to->name,
			(unsigned long long)count->facts, bytes);
		if (count->more)
			buf_text(&text, _("；没有装完，对方收下后再打一份"));
		sync_print(&text);
		return;
	}
	json_begin(&out, &text);
	json_open(&out, '{');
	json_key_text(&out, "file", file);
	json_key_text(&out, "to", number);
	json_key_text(&out, "name", to->name);
	json_key_num(&out, "frames", count->frames);
	json_key_num(&out, "facts", (int64_t)count->facts);
	json_key_num(&out, "bytes", (int64_t)bytes);
	json_key_bool(&out, "more", count->more);
	json_close(&out, '}');
	sync_print(&text);
}

static enum rc addressee(struct app *app, const char *to, struct site *site, struct fault *fault)
{
	struct peer peer;
	if (to)
		return sync_site_named(app, to, site, fault);
	enum rc rc = peer_load(app->store, &peer, fault);
	*site = peer.site;
	return rc;
}

/* This station's own to TO, to be packed again: all that TO has not confirmed is in the new one. */
static bool packed_before(struct app *app, const char *path, uint64_t to)
{
	struct buf file = {0};
	struct fault fault;
	struct bytes frame;
	uint64_t dest, sender;
	uint8_t id;
	bool own = carry_for(path, &dest) && dest == to && !carry_read(path, &file, &fault);
	struct bytes in = buf_bytes(&file);
	own = own && carry_head(&in, &dest);
	while (own && carry_next(&in, &frame))
		own = seal_head(intro_skip(successor_skip(frame)), &sender, &id) &&
		      sender == store_station(app->store)->site;
	buf_release(&file);
	return own && !in.len;
}

int cmd_pack(struct app *app, int argc, char **argv)
{
	struct carry_count count;
	struct fault fault = {0};
	struct buf file = {0};
	struct site site;
	app->json |= arg_flag(&argc, argv, "json");
	const char *to = arg_value(&argc, argv, "to");
	bool force = arg_flag(&argc, argv, "force");
	int code = app_args(app, &argc, argv, 1, 1);
	if (!code)
		code = sync_open(app);
	if (code)
		return code;
	enum rc rc = addressee(app, to, &site, &fault);
	if (!rc && !packed_before(app, argv[1], site.site))
		rc = overwrite_may(argv[1], force, &fault);
	if (!rc)
		rc = carry_pack(app->store, &site, &file, &count, &fault);
	if (!rc)
		rc = file_write(argv[1], buf_bytes(&file), 0644, &fault);
	if (rc)
		out_error("outpost: %s", fault.text);
	else if (strcmp(argv[1], "-"))
		print_packed(app, argv[1], &site, &count, file.len);
	buf_release(&file);
	return rc == RC_NONE && !to ? EXIT_FAILED : (int)exit_of(rc);
}

/* ---- unpack */

struct taken {
	struct carry_count count;
	uint64_t from;
	unsigned files, strange, bad, answered;
	bool more; /* files than are looked at */
	uint64_t bytes;
	uint64_t below[SENDERS_MOST]; /* stations that wait for a receipt */
	unsigned belows;
	struct fault bad_fault; /* of the last bad file */
};

/* FROM stands below: what was taken is to be told there. */
static void note_sender(struct app *app, struct taken *taken, uint64_t from)
{
	const struct station *own = store_station(app->store);
	struct site site;
	if (taken->belows == SENDERS_MOST || !log_site(store_log(app->store), from, &site) ||
		(site.area == own->area && site.above != own->site) ||
		!log_within(store_log(app->store), site.area, own->area))
		return;
	for (unsigned i = 0; i < taken->belows; i++)
		if (taken->below[i] == from)
			return;
	taken->below[taken->belows++] = from;
}

static enum rc take_file(
	struct app *app, const char *path, struct taken *taken, struct fault *fault)
{
	struct carry_count count = {0};
	struct buf file = {0};
	enum rc rc = carry_read(path, &file, fault);
	if (!rc)
		rc = carry_take(app->store, buf_bytes(&file), &taken->from, &count, fault);
	taken->bytes += file.len;
	taken->count.frames += count.frames;
	taken->count.facts += count.facts;
	taken->count.fresh += count.fresh;
	taken->count.left += count.left;
	taken->count.waits += count.waits;
	taken->files += !rc;
	if (count.frames)
		note_sender(app, taken, taken->from);
	buf_release(&file);
	return rc;
}

/* Is it a carry file for this station? Anything else in the folder is nobody's business. */
static bool is_ours(struct app *app, const char *path)
{
	uint64_t to;
	return carry_for(path, &to) && to == store_station(app->store)->site;
}

static enum rc answer(
	void *to, const struct bytes asks[], struct buf answers[], size_t n, struct fault *fault)
{
	fault->rc = RC_OK;
	enum rc rc = hub_answer(to, asks, answers, n, fault);
	if (!rc && fault->rc) /* somebody may not join */
		out_error("outpost: %s", fault->text);
	return rc;
}

/* Names are looked at only to open what they stand for. A bad file does not keep the others back.
 */
static enum rc take_folder(
	struct app *app, const char *typed, struct taken *taken, struct fault *fault)
{
	struct buf room = {0};
	const char *folder = file_native(typed, &room);
	char path[PATH_ROOM];
	unsigned entries = 0;
	enum rc rc = RC_OK;
	DIR *dir = opendir(folder);
	if (!dir)
		rc = fault_errno(fault, errno, _("打不开文件夹"), typed);
	for (const struct dirent *entry; !rc && (entry = readdir(dir)) != NULL;) {
		int len = snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
		if (entry->d_name[0] == '.' || len >= PATH_ROOM)
			continue;
		if ((taken->more = ++entries > ENTRIES_MOST))
			break;
		if (!is_ours(app, path)) {
			taken->strange++;
			continue;
		}
		uint64_t waits = taken->count.waits;
		rc = take_file(app, path, taken, fault);
		if (rc == RC_BAD || rc == RC_DENIED || taken->count.waits != waits) {
			taken->bad++;
			taken->bad_fault = *fault;
			rc = RC_OK;
		}
	}
	if (dir)
		closedir(dir);
	if (!rc)
		rc = folder_serve(typed, answer, app->store, &taken->answered, fault);
	buf_release(&room);
	return rc;
}

static bool is_folder(const char *path)
{
	struct stat st;
	return file_look(path, &st) == 0 && S_ISDIR(st.st_mode);
}

/* Receipts come back the way that the facts came. */
static void print_next(
	const struct app *app, const struct taken *taken, const char *path, struct buf *text)
{
	struct site site;
	const char *slash = strrchr(path, '/');
	int folder = is_folder(path) ? (int)strlen(path) : slash ? (int)(slash - path) : 1;
	if (!is_folder(path) && !slash)
		path = ".";
	for (unsigned i = 0; i < taken->belows; i++)
		if (log_site(store_log(app->store), taken->below[i], &site))
			text_fmt(text, _("\n\"%s\" 等回执：outpost pack %.*s/%s.opc --to %s"),
				site.name, folder, path, site.code, site.code);
}

static void print_taken(const struct app *app, const struct taken *taken, const char *path)
{
	struct buf text = {0};
	struct json_out out;
	char number[16];
	site_hex(taken->from, number);
	if (!app->json) {
		buf_fmt(&text, _("收下 %u 个文件，%llu 条，其中新的 %llu 条"), taken->files,
			(unsigned long long)taken->count.facts,
			(unsigned long long)taken->count.fresh);
		if (taken->answered)
			buf_fmt(&text, _("；答复了 %u 个入网申请或提问"), taken->answered);
		if (taken->more)
			buf_fmt(&text, _("；文件太多，只看了 %d 个：请把随身文件放进单独的文件夹"),
				ENTRIES_MOST);
		if (taken->count.left)
			buf_fmt(&text, _("；%llu 条不归送来的站点转送，没有收下"),
				(unsigned long long)taken->count.left);
		print_next(app, taken, path, &text);
		sync_print(&text);
		return;
	}
	json_begin(&out, &text);
	json_open(&out, '{');
	json_key_num(&out, "files", taken->files);
	json_key_text(&out, "from", taken->from ? number : NULL);
	json_key_num(&out, "frames", taken->count.frames);
	json_key_num(&out, "facts", (int64_t)taken->count.facts);
	json_key_num(&out, "fresh", (int64_t)taken->count.fresh);
	json_key_num(&out, "left", (int64_t)taken->count.left);
	json_key_num(&out, "answered", taken->answered);
	json_key_num(&out, "bad", taken->bad);
	json_key_num(&out, "strange", taken->strange);
	json_key_bool(&out, "more", taken->more);
	json_key(&out, "waiting");
	json_open(&out, '[');
	for (unsigned i = 0; i < taken->belows; i++) {
		site_hex(taken->below[i], number);
		json_text(&out, number);
	}
	json_close(&out, ']');
	json_close(&out, '}');
	sync_print(&text);
}

int cmd_unpack(struct app *app, int argc, char **argv)
{
	struct taken taken = {0};
	struct fault fault = {0};
	app->json |= arg_flag(&argc, argv, "json");
	int code = app_args(app, &argc, argv, 1, 1);
	if (!code)
		code = sync_open(app);
	if (code)
		return code;
	enum rc rc = is_folder(argv[1]) ? take_folder(app, argv[1], &taken, &fault)
					: take_file(app, argv[1], &taken, &fault);
	if (!rc && taken.bad) {
		fault = taken.bad_fault;
		rc = fault.rc;
	}
	if (!rc || taken.count.frames)
		print_taken(app, &taken, argv[1]);
	if (taken.count.fresh || taken.answered)
		day_copy_here(app);
	if (rc)
		out_error("outpost: %s", fault.text);
	return rc == RC_NONE ? EXIT_INPUT : (int)exit_of(rc);
}

/* ---- sync over file: */

bool sync_is_folder(const char *url)
{
	return strncmp(url, "file:", 5) == 0;
}

/* One file for one station there: the newest replaces the one before, which nobody has fetched. */
static enum rc put_ours(struct app *app, const char *folder, const struct site *to,
	struct sync_report *report, struct fault *fault)
{
	char path[PATH_ROOM];
	struct carry_count count;
	struct buf file = {0};
	snprintf(path, sizeof path, "%s/%s-%s.opc", folder,
		site_hex(store_station(app->store)->site, (char[SITE_HEX]){""}),
		site_hex(to->site, (char[SITE_HEX]){""}));
	enum rc rc = carry_pack(app->store, to, &file, &count, fault);
	if (!rc)
		rc = file_write(path, buf_bytes(&file), 0644, fault);
	if (!rc) {
		report->result.sent_facts += count.facts;
		report->result.sent_bytes += file.len;
	}
	buf_release(&file);
	return rc;
}

enum rc sync_folder(
	struct app *app, const char *url, struct sync_report *report, struct fault *fault)
{
	struct link_place place;
	struct taken taken = {0};
	struct peer peer;
	unsigned left = 0;
	if (!link_split(url, &place) || !is_folder(place.path))
		return trouble_is(TROUBLE_FOLDER, fault,
			fault_set(fault, RC_LINK, _("没有文件夹 \"%s\"：请插入 U 盘或检查路径"),
				url));
	enum rc rc = peer_load(app->store, &peer, fault);
	if (!rc)
		rc = take_folder(app, place.path, &taken, fault);
	report->result.received_facts += taken.count.fresh;
	report->result.received_bytes += taken.bytes;
	report->result.rounds++;
	if (!rc)
		rc = put_ours(app, place.path, &peer.site, report, fault);
	if (!rc)
		rc = peer_waiting(app->store, &peer, report->result.waiting, fault);
	for (unsigned lane = 0; lane < LANES; lane++)
		left += report->result.waiting[lane].facts;
	report->result.complete = !rc && !left;
	if (!rc && left)
		rc = trouble_is(TROUBLE_STICK, fault,
			fault_set(fault, RC_LINK,
				_("%u 条已放入 \"%s\"，都还在排队：带到上级，再把回执带回来"), left,
				place.path));
	return rc;
}
