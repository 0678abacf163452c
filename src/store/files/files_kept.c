/* SPDX-License-Identifier: GPL-3.0-or-later
 * Attachments beside a backup: each file once, by its hash, so that the next backup to the same
 * place copies only what is new; and what nobody goes on with goes.
 */
#include "store/files.h"

#include <dirent.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/when.h"
#include "model/rules.h"
#include "store/station.h"

enum { NAMES = 100000, PART_DAYS = 14 };

/* What FN does with each name of FOLDER; a folder that is not there has none. */
static enum rc each_name(const char *folder,
	enum rc (*fn)(const char *name, void *to, struct fault *fault), void *to,
	struct fault *fault)
{
	struct buf room = {0};
	DIR *dir = opendir(file_native(folder, &room));
	struct dirent *entry;
	enum rc rc = RC_OK;

	for (unsigned n = 0; dir && !rc && n < NAMES && (entry = readdir(dir)); n++)
		if (entry->d_name[0] != '.')
			rc = fn(entry->d_name, to, fault);
	if (dir)
		closedir(dir);
	buf_release(&room);
	return rc;
}

static int64_t length_of(const char *path)
{
	struct stat st;

	return !file_look(path, &st) && S_ISREG(st.st_mode) ? (int64_t)st.st_size : -1;
}

struct copying {
	const char *from, *to;
	unsigned count;
};

/* What its name says is copied where it is not there yet; anything else is not of the program. */
static enum rc copy_one(const char *name, void *to, struct fault *fault)
{
	struct copying *copying = to;
	struct buf from = {0}, path = {0}, all = {0};
	struct file_id id, here;
	enum rc rc = RC_OK;

	if (!file_id_of(bytes_text(name), &id))
		return RC_OK;
	buf_fmt(&from, "%s/%s", copying->from, name);
	buf_fmt(&path, "%s/%s", copying->to, name);
	int64_t size = length_of(buf_cstr(&from));
	if (size >= 0 && length_of(buf_cstr(&path)) != size) {
		rc = file_read_own(buf_cstr(&from), FILE_SIZE, &all, fault);
		crypt_hash(buf_bytes(&all), here.hash);
		bool same = !rc && !memcmp(here.hash, id.hash, HASH_SIZE);
		if (same) /* a broken one is not worth keeping, and keeps no other from being kept
			   */
			rc = file_write(buf_cstr(&path), buf_bytes(&all), file_mode(0600), fault);
		copying->count += same && !rc;
	}
	buf_release(&from);
	buf_release(&path);
	buf_release(&all);
	return rc;
}

static enum rc copy_all(struct copying *copying, struct fault *fault)
{
	struct stat st;

	if (file_look(copying->from, &st))
		return RC_OK;
	enum rc rc = file_folder(copying->to, 0700, fault);
	return rc ? rc : each_name(copying->from, copy_one, copying, fault);
}

static void own_folder(const char *home, struct buf *folder)
{
	buf_fmt(folder, "%s/files", home);
}

enum rc files_backup(struct store *store, const char *folder, unsigned *count, struct fault *fault)
{
	struct buf own = {0};

	own_folder(store_home(store), &own);
	struct copying copying = {buf_cstr(&own), folder, 0};
	enum rc rc = copy_all(&copying, fault);
	*count = copying.count;
	buf_release(&own);
	return rc;
}

enum rc files_restore(const char *home, const char *folder, unsigned *count, struct fault *fault)
{
	struct buf own = {0};

	own_folder(home, &own);
	struct copying copying = {folder, buf_cstr(&own), 0};
	enum rc rc = copy_all(&copying, fault);
	*count = copying.count;
	buf_release(&own);
	return rc;
}

/* ---- what came in part */

struct sweeping {
	const char *folder;
	int64_t before; /* written last before that: nobody goes on with it */
	unsigned count;
};

static enum rc sweep_one(const char *name, void *to, struct fault *fault)
{
	struct sweeping *sweeping = to;
	static const char end[] = ".part";
	size_t len = strlen(name);
	struct buf path = {0};
	struct stat st;

	(void)fault;
	if (len != FILE_HASH_TEXT + strlen(end) || strcmp(name + FILE_HASH_TEXT, end) != 0)
		return RC_OK;
	buf_fmt(&path, "%s/%s", sweeping->folder, name);
	if (!file_look(buf_cstr(&path), &st) && st.st_mtime < sweeping->before) {
		file_remove(buf_cstr(&path));
		sweeping->count++;
	}
	buf_release(&path);
	return RC_OK;
}

unsigned files_sweep(struct store *store)
{
	int64_t days = rules_limit("file.part.days", PART_DAYS);
	struct buf folder = {0};
	struct fault fault;

	if (days <= 0)
		return 0;
	own_folder(store_home(store), &folder);
	struct sweeping sweeping = {buf_cstr(&folder), when_now() - days * DAY_SECONDS, 0};
	(void)!each_name(sweeping.folder, sweep_one, &sweeping, &fault);
	buf_release(&folder);
	return sweeping.count;
}

/* ---- what is wanted from above */

static void path_wanted(struct store *store, const char *name, struct buf *path)
{
	own_folder(store_home(store), path);
	buf_fmt(path, "/%s.want", name);
}

enum rc files_want(struct store *store, const struct file_id *id, struct fault *fault)
{
	char name[FILE_HASH_TEXT + 1];
	struct buf path = {0}, folder = {0};

	file_id_text(id, name);
	own_folder(store_home(store), &folder);
	path_wanted(store, name, &path);
	enum rc rc = file_folder(buf_cstr(&folder), 0700, fault);
	if (!rc)
		rc = file_write(buf_cstr(&path), bytes_of(NULL, 0), file_mode(0600), fault);
	buf_release(&path);
	buf_release(&folder);
	return rc;
}

struct wanting {
	struct store *store;
	struct file_id *ids;
	unsigned most, count;
};

static enum rc see_wanted(const char *name, void *to, struct fault *fault)
{
	struct wanting *wanting = to;
	static const char end[] = ".want";
	struct file_id id;
	struct buf path = {0};
	char hash[FILE_HASH_TEXT + 1] = "";

	(void)fault;
	if (strlen(name) != FILE_HASH_TEXT + strlen(end) ||
		strcmp(name + FILE_HASH_TEXT, end) != 0 || wanting->count == wanting->most)
		return RC_OK;
	memcpy(hash, name, FILE_HASH_TEXT);
	if (!file_id_of(bytes_text(hash), &id))
		return RC_OK;
	if (files_whole(wanting->store, &id) < 0) {
		wanting->ids[wanting->count++] = id;
		return RC_OK;
	}
	path_wanted(wanting->store, hash, &path);
	file_remove(buf_cstr(&path));
	buf_release(&path);
	return RC_OK;
}

unsigned files_wanted(struct store *store, struct file_id *ids, unsigned most)
{
	struct wanting wanting = {store, ids, most, 0};
	struct buf folder = {0};
	struct fault fault;

	own_folder(store_home(store), &folder);
	(void)!each_name(buf_cstr(&folder), see_wanted, &wanting, &fault);
	buf_release(&folder);
	return wanting.count;
}
