/* SPDX-License-Identifier: GPL-3.0-or-later
 * Bytes of attachments: kept, read, and taken piece by piece.
 */
#include "store/files.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "model/rules.h"
#include "store/station.h"

enum {
	KIB = 1024,
	MIB = 1024 * KIB,
	MOST_KIB = 200,
	TOTAL_MIB = 2000,
	RATE = 1000,
	NAMES = 100000
};
/* What must stay free on the disk for facts, which are worth more than pictures. */
static const uint64_t left_free = 64 * MIB;

bool file_id_of(struct bytes text, struct file_id *id)
{
	if (text.len != FILE_HASH_TEXT)
		return false;
	for (size_t n = 0; n < text.len; n++) {
		unsigned char c = text.at[n];
		int digit = c >= '0' && c <= '9'   ? c - '0'
			    : c >= 'a' && c <= 'f' ? c - 'a' + 10
						   : -1;

		if (digit < 0)
			return false;
		id->hash[n / 2] = (uint8_t)(n % 2 ? id->hash[n / 2] | digit : digit << 4);
	}
	return true;
}

void file_id_text(const struct file_id *id, char text[FILE_HASH_TEXT + 1])
{
	for (size_t n = 0; n < HASH_SIZE; n++)
		snprintf(text + 2 * n, 3, "%02x", id->hash[n]);
}

uint64_t file_most(void)
{
	int64_t kib = rules_limit("file.kib", MOST_KIB);

	return kib < 0 ? 0 : kib > FILE_SIZE / KIB ? FILE_SIZE : (uint64_t)kib * KIB;
}

static uint64_t file_total(void)
{
	int64_t mib = rules_limit("file.total.mib", TOTAL_MIB);

	return mib < 0 ? 0 : (uint64_t)mib * MIB;
}

unsigned file_rate(void)
{
	int64_t rate = rules_limit("file.rate", RATE);

	return rate < 0 ? 0 : (unsigned)rate;
}

/* ---- where they lie */

static const char *path_of(
	struct store *store, const struct file_id *id, bool part, struct buf *path)
{
	char name[FILE_HASH_TEXT + 1];

	file_id_text(id, name);
	buf_clear(path);
	buf_fmt(path, "%s/files/%s%s", store_home(store), name, part ? ".part" : "");
	return buf_cstr(path);
}

static int64_t length_of(struct store *store, const struct file_id *id, bool part)
{
	struct buf path = {0};
	struct stat st;
	bool there = !file_look(path_of(store, id, part, &path), &st) && S_ISREG(st.st_mode);

	buf_release(&path);
	return there ? (int64_t)st.st_size : -1;
}

int64_t files_whole(struct store *store, const struct file_id *id)
{
	return length_of(store, id, false);
}

uint64_t files_come(struct store *store, const struct file_id *id)
{
	int64_t part = length_of(store, id, true);

	return part < 0 ? 0 : (uint64_t)part;
}

/* Of all files here, whole or not. */
static uint64_t all_bytes(struct store *store)
{
	struct buf folder = {0}, path = {0};
	uint64_t bytes = 0;

	buf_fmt(&folder, "%s/files", store_home(store));
	DIR *dir = opendir(buf_cstr(&folder));
	struct dirent *entry;
	for (unsigned n = 0; dir && n < NAMES && (entry = readdir(dir)); n++) {
		struct stat st;

		buf_clear(&path);
		buf_fmt(&path, "%s/%s", buf_cstr(&folder), entry->d_name);
		if (!file_look(buf_cstr(&path), &st) && S_ISREG(st.st_mode))
			bytes += (uint64_t)st.st_size;
	}
	if (dir)
		closedir(dir);
	buf_release(&folder);
	buf_release(&path);
	return bytes;
}

static enum rc room_for(struct store *store, uint64_t bytes, struct fault *fault)
{
	struct buf folder = {0};
	enum rc rc = RC_OK;

	if (disk_free(store_home(store)) < left_free + bytes)
		rc = fault_set(
			fault, RC_FULL, "%s", _("磁盘快满了，附件先不收：腾出空间后自动再传"));
	else if (all_bytes(store) + bytes > file_total())
		rc = fault_set(fault, RC_FULL, "%s",
			_("附件已到上限 file.total.mib：清掉 files 里的旧文件，或改规则"));
	buf_fmt(&folder, "%s/files", store_home(store));
	if (!rc)
		rc = file_folder(buf_cstr(&folder), 0700, fault);
	buf_release(&folder);
	return rc;
}

/* ---- whole ones */

enum rc files_keep(struct store *store, struct bytes bytes, struct file_id *id, struct fault *fault)
{
	struct buf path = {0};
	enum rc rc = RC_OK;

	crypt_hash(bytes, id->hash);
	if (files_whole(store, id) != (int64_t)bytes.len) {
		rc = room_for(store, bytes.len, fault);
		if (!rc)
			rc = file_write(
				path_of(store, id, false, &path), bytes, file_mode(0600), fault);
	}
	buf_release(&path);
	return rc;
}

enum rc files_read_all(
	struct store *store, const struct file_id *id, struct buf *out, struct fault *fault)
{
	struct buf path = {0};
	struct file_id here;
	size_t before = out->len;
	enum rc rc =
		files_whole(store, id) < 0
			? fault_set(fault, RC_NONE, "%s", _("这个文件还没有传到本站"))
			: file_read_own(path_of(store, id, false, &path), FILE_SIZE, out, fault);

	if (!rc) {
		crypt_hash(bytes_of(out->at + before, out->len - before), here.hash);
		if (memcmp(here.hash, id->hash, HASH_SIZE) != 0) {
			out->len = before;
			rc = fault_set(fault, RC_BAD, "%s",
				_("文件的内容和校验码对不上，坏了：请再传一次"));
		}
	}
	buf_release(&path);
	return rc;
}

enum rc files_read(struct store *store, const struct file_id *id, uint64_t offset, size_t most,
	struct buf *out, struct fault *fault)
{
	struct buf all = {0};
	enum rc rc = files_read_all(store, id, &all, fault);

	if (!rc && offset < all.len)
		buf_put(out, all.at + offset,
			all.len - (size_t)offset < most ? all.len - (size_t)offset : most);
	buf_release(&all);
	return rc;
}

/* ---- those that come */

/* All bytes are here: they are what their name says, or they go. */
static enum rc finish(struct store *store, const struct file_piece *piece, struct fault *fault)
{
	struct buf part = {0}, path = {0}, all = {0};
	struct file_id here;
	enum rc rc = file_read_own(path_of(store, &piece->id, true, &part), FILE_SIZE, &all, fault);

	if (!rc) {
		crypt_hash(buf_bytes(&all), here.hash);
		if (memcmp(here.hash, piece->id.hash, HASH_SIZE) != 0) {
			file_remove(buf_cstr(&part));
			rc = fault_set(fault, RC_BAD, "%s",
				_("传来的附件和校验码对不上，已丢弃，从头再传"));
		}
	}
	if (!rc)
		rc = file_place(buf_cstr(&part), path_of(store, &piece->id, false, &path), fault);
	buf_release(&part);
	buf_release(&path);
	buf_release(&all);
	return rc;
}

enum rc files_take(
	struct store *store, const struct file_piece *piece, uint64_t *come, struct fault *fault)
{
	struct buf path = {0};
	struct bytes bytes = piece->bytes;
	uint64_t offset = piece->offset;
	enum rc rc = RC_OK;

	*come = files_come(store, &piece->id);
	if (files_whole(store, &piece->id) == (int64_t)piece->size) {
		*come = piece->size;
		return RC_OK;
	}
	if (offset > *come || piece->size > file_most() || *come > piece->size ||
		bytes.len > piece->size - offset)
		return RC_OK;
	/* What came before is not written again: only the rest of the piece is new. */
	uint64_t known = *come - offset < bytes.len ? *come - offset : bytes.len;
	bytes = bytes_of(bytes.at + known, bytes.len - (size_t)known);
	if (!bytes.len && *come < piece->size)
		return RC_OK;
	if (!*come)
		rc = room_for(store, piece->size, fault);
	if (!rc && bytes.len)
		rc = file_add(path_of(store, &piece->id, true, &path), *come, bytes, fault);
	if (!rc)
		*come += bytes.len;
	if (!rc && *come == piece->size) {
		rc = finish(store, piece, fault);
		*come = rc == RC_BAD ? 0 : *come;
	}
	buf_release(&path);
	return rc;
}
