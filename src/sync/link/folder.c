/* SPDX-License-Identifier: GPL-3.0-or-later
 * Frames as files in a folder. Everything goes through the opened folder (openat), so that nobody
 * can change what a path means between a look and the next step.
 */
#include "sync/link.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/crypt.h"
#include "base/file.h"

enum { NAME = 48, FILE_MOST = FOLDER_HEAD + SERVE_BODY };

static const char magic[] = "OPF1";

/* ---- one file */

/* What people see on the stick. */
static void name_of(enum folder_type type, const uint8_t question[FOLDER_ID], char out[NAME])
{
	size_t len = 0;
	for (int i = 0; i < FOLDER_ID / 2; i++)
		len += (size_t)snprintf(out + len, NAME - len, "%02x", question[i]);
	snprintf(out + len, NAME - len, type == FOLDER_ASK ? ".ask" : ".answer");
}

static bool read_all(int fd, struct buf *out, size_t want)
{
	uint8_t *at = buf_grow(out, want);
	for (size_t done = 0; done < want;) {
		ssize_t got = read(fd, at + done, want - done);
		if (got > 0)
			done += (size_t)got;
		else if (got == 0 || errno != EINTR)
			return false;
	}
	return true;
}

static bool is_ours(const struct buf *file)
{
	return file->len >= FOLDER_HEAD && !memcmp(file->at, magic, 4) &&
	       (file->at[4] == FOLDER_ASK || file->at[4] == FOLDER_ANSWER);
}

/* A plain file of a size that ours can have and that begins as ours do, read whole; false for
 * anything else, of which a stick may be full. Looked at before it is opened, as opening a device
 * may do something, and after, as it may be another one then. */
static bool read_at(int dir, const char *name, struct buf *out)
{
	struct stat st;
	buf_clear(out);
	if (fstatat(dir, name, &st, AT_SYMLINK_NOFOLLOW) || !S_ISREG(st.st_mode))
		return false;
	int fd = openat(dir, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	if (fd < 0)
		return false;
	bool good = !fstat(fd, &st) && S_ISREG(st.st_mode) && st.st_size >= FOLDER_HEAD &&
		    st.st_size <= FILE_MOST;
	good = good && read_all(fd, out, FOLDER_HEAD) && is_ours(out) &&
	       read_all(fd, out, (size_t)st.st_size - FOLDER_HEAD);
	close(fd);
	return good;
}

static bool take_item(struct bytes file, const char *name, struct folder_item *item)
{
	item->type = file.at[4];
	item->name = name;
	memcpy(item->question, file.at + 5, FOLDER_ID);
	item->frame = bytes_of(file.at + FOLDER_HEAD, file.len - FOLDER_HEAD);
	if (item->type == FOLDER_ANSWER)
		return true;
	uint8_t id[FOLDER_ID];
	folder_id(item->frame, id);
	return memcmp(id, item->question, FOLDER_ID) == 0;
}

/* ---- the folder */

void folder_id(struct bytes ask, uint8_t question[FOLDER_ID])
{
	uint8_t hash[HASH_SIZE];
	crypt_hash(ask, hash);
	memcpy(question, hash, FOLDER_ID);
}

static int open_folder(const char *folder)
{
	return file_open(folder, O_RDONLY | O_DIRECTORY);
}

enum rc folder_put(const char *folder, enum folder_type type, const uint8_t question[FOLDER_ID],
	struct bytes frame, struct fault *fault)
{
	char name[NAME];
	struct buf file = {0};
	int dir = open_folder(folder);
	if (dir < 0)
		return fault_errno(fault, errno, _("打不开文件夹"), folder);
	name_of(type, question, name);
	buf_put(&file, magic, 4);
	buf_byte(&file, (uint8_t)type);
	buf_put(&file, question, FOLDER_ID);
	buf_put(&file, frame.at, frame.len);
	int error = file_put(dir, name, buf_bytes(&file), 0644);
	close(dir);
	buf_release(&file);
	return error ? fault_errno(fault, error, _("写不了文件夹"), folder) : RC_OK;
}

enum rc folder_each(const char *folder, folder_fn *fn, void *to, struct folder_skipped *skipped,
	struct fault *fault)
{
	struct folder_skipped left = {0};
	struct buf file = {0};
	unsigned entries = 0, files = 0;
	int fd = open_folder(folder);
	DIR *dir = fd < 0 ? NULL : fdopendir(fd);
	if (!dir) {
		int error = errno;
		if (fd >= 0)
			close(fd);
		return fault_errno(fault, error, _("打不开文件夹"), folder);
	}
	for (const struct dirent *entry; (entry = readdir(dir)) != NULL;) {
		struct folder_item item;
		if (entry->d_name[0] == '.')
			continue; /* this folder, its parent, drafts */
		if (++entries > FOLDER_ENTRIES || files >= FOLDER_FILES) {
			left.more = true;
			break;
		}
		if (!read_at(fd, entry->d_name, &file)) {
			left.strange++;
			continue;
		}
		files++;
		if (!take_item(buf_bytes(&file), entry->d_name, &item))
			left.strange++;
		else if (!fn(&item, to))
			break;
	}
	closedir(dir);
	buf_release(&file);
	if (skipped)
		*skipped = left;
	return RC_OK;
}

void folder_remove(const char *folder, const uint8_t question[FOLDER_ID])
{
	static const enum folder_type both[] = {FOLDER_ASK, FOLDER_ANSWER};
	char name[NAME];
	int dir = open_folder(folder);
	if (dir < 0)
		return;
	for (size_t i = 0; i < countof(both); i++) {
		name_of(both[i], question, name);
		unlinkat(dir, name, 0);
	}
	close(dir);
}

/* ---- the hub's end */

struct work {
	struct buf ids[2]; /* of questions and of answers, one behind the other */
	struct buf frames[SERVE_GROUP];
	uint8_t taken[SERVE_GROUP][FOLDER_ID];
	size_t n;
};

static bool has(const struct buf *ids, const uint8_t *id)
{
	for (size_t at = 0; at < ids->len; at += FOLDER_ID)
		if (memcmp(ids->at + at, id, FOLDER_ID) == 0)
			return true;
	return false;
}

static bool note_answer(const struct folder_item *item, void *to)
{
	struct work *work = to;
	if (item->type == FOLDER_ANSWER)
		buf_put(&work->ids[1], item->question, FOLDER_ID);
	return true;
}

static bool take_question(const struct folder_item *item, void *to)
{
	struct work *work = to;
	if (item->type != FOLDER_ASK || has(&work->ids[1], item->question) ||
		has(&work->ids[0], item->question))
		return true;
	memcpy(work->taken[work->n], item->question, FOLDER_ID);
	buf_clear(&work->frames[work->n]);
	buf_put(&work->frames[work->n], item->frame.at, item->frame.len);
	buf_put(&work->ids[0], item->question, FOLDER_ID);
	return ++work->n < SERVE_GROUP;
}

static enum rc answer_group(
	const char *folder, struct work *work, serve_fn *answer, void *to, struct fault *fault)
{
	struct bytes asks[SERVE_GROUP];
	struct buf answers[SERVE_GROUP] = {{0}};
	for (size_t i = 0; i < work->n; i++)
		asks[i] = buf_bytes(&work->frames[i]);
	enum rc rc = answer(to, asks, answers, work->n, fault);
	for (size_t i = 0; i < work->n; i++) {
		if (rc == RC_OK)
			rc = folder_put(folder, FOLDER_ANSWER, work->taken[i],
				buf_bytes(&answers[i]), fault);
		buf_release(&answers[i]);
	}
	return rc;
}

enum rc folder_serve(
	const char *folder, serve_fn *answer, void *to, unsigned *answered, struct fault *fault)
{
	struct work work = {0};
	*answered = 0;
	enum rc rc = folder_each(folder, note_answer, &work, NULL, fault);
	do {
		work.n = 0;
		if (rc == RC_OK)
			rc = folder_each(folder, take_question, &work, NULL, fault);
		if (rc == RC_OK && work.n)
			rc = answer_group(folder, &work, answer, to, fault);
		if (rc == RC_OK)
			*answered += (unsigned)work.n;
	} while (rc == RC_OK && work.n == SERVE_GROUP);
	for (size_t i = 0; i < SERVE_GROUP; i++)
		buf_release(&work.frames[i]);
	buf_release(&work.ids[0]);
	buf_release(&work.ids[1]);
	return rc;
}
