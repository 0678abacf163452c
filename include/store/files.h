/* SPDX-License-Identifier: GPL-3.0-or-later
 * Bytes of attachments, outside of the facts: HOME/files/HASH when they are whole, HOME/files/HASH.part while they come.
 * HASH, 64 hexadecimal digits, is the only name that they ever have here; what somebody calls a file is a text in a record.
 */
#ifndef STORE_FILES_H
#define STORE_FILES_H

#include "base/crypt.h"
#include "store/rows.h"

enum { FILE_HASH_TEXT = 2 * HASH_SIZE, FILE_SIZE = 64 << 20 /* no limit of the rules lets in more */ };

struct file_id {
	uint8_t hash[HASH_SIZE];
};
/* 64 hexadecimal digits and nothing else. */
bool file_id_of(struct bytes text, struct file_id *id);
void file_id_text(const struct file_id *id, char text[FILE_HASH_TEXT + 1]);

/* Limits of rules.conf: bytes of one file (file.kib); a way that carries less a second is slow (file.rate). */
uint64_t file_most(void);
unsigned file_rate(void);

/* Bytes of the whole file; -1: it is not whole here. */
int64_t files_whole(struct store *store, const struct file_id *id);
/* How many of its first bytes are here, while it comes. */
uint64_t files_come(struct store *store, const struct file_id *id);
/* BYTES are kept, and *ID is their name. RC_FULL: there is no room, on the disk or by the limit. */
enum rc files_keep(struct store *store, struct bytes bytes, struct file_id *id, struct fault *fault) MUST_CHECK;
/* MOST of its bytes from OFFSET on, behind OUT. RC_NONE: it is not whole here. */
enum rc files_read(struct store *store, const struct file_id *id, uint64_t offset, size_t most, struct buf *out,
	struct fault *fault) MUST_CHECK;
/* The same of all, and that they are what their name says. RC_BAD: they are not. */
enum rc files_read_all(struct store *store, const struct file_id *id, struct buf *out, struct fault *fault) MUST_CHECK;

/* One piece of a file of SIZE bytes that comes: what is here already is passed over, and a piece that leaves a gap changes
 * nothing. With the last one the hash is asked; a file that is not what its name says goes, and RC_BAD is returned.
 * RC_FULL as above. *COME: how many bytes are here now, SIZE when it is whole. */
struct file_piece {
	struct file_id id;
	uint64_t size, offset;
	struct bytes bytes;
};
enum rc files_take(struct store *store, const struct file_piece *piece, uint64_t *come, struct fault *fault) MUST_CHECK;

/* Copies into FOLDER, which is made, what is whole here and not there yet; *COUNT: of how many files. And back, where what is
 * not what its name says stays behind. */
enum rc files_backup(struct store *store, const char *folder, unsigned *count, struct fault *fault) MUST_CHECK;
enum rc files_restore(const char *home, const char *folder, unsigned *count, struct fault *fault) MUST_CHECK;
/* What came in part, and not for file.part.days, goes; returns how many. */
unsigned files_sweep(struct store *store);

/* Somebody here wants a file that lies above: kept as HOME/files/HASH.want until it is whole. Those that are, at most MOST. */
enum rc files_want(struct store *store, const struct file_id *id, struct fault *fault) MUST_CHECK;
unsigned files_wanted(struct store *store, struct file_id *ids, unsigned most);

/* ---- Records of attachments. */

struct attached {
	struct ref ref;
	struct file_id id;
	uint64_t size;
	uint64_t area;
	bool small; /* a small picture of another one */
	bool go;    /* also over slow ways, somebody said */
};
/* False: it names no file. */
bool attached_of(const struct row *row, struct attached *attached);
/* Those that a station of LEVEL is not known to have, whose bytes are here, the small pictures first, then by size; in ARENA.
 * ASKED: only those that go over slow ways, too. */
struct attached_list {
	enum level level;
	bool asked;
	struct attached *at; /* COUNT of them, once they are found */
	unsigned count;
};
enum rc attached_waiting(struct store *store, struct attached_list *list, struct arena *arena, struct fault *fault) MUST_CHECK;
/* One of the records that name the file, and stand. RC_NONE: there is none. */
enum rc attached_named(struct store *store, const struct file_id *id, struct attached *attached, struct fault *fault) MUST_CHECK;
/* Those with that file that a station of LEVEL has not said to have; FN may read. */
typedef enum rc attached_fn(const struct attached *attached, void *to, struct fault *fault);
enum rc attached_each(struct store *store, const struct file_id *id, enum level level, attached_fn *fn, void *to,
	struct fault *fault) MUST_CHECK;

#endif
