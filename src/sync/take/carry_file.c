/* SPDX-License-Identifier: GPL-3.0-or-later
 * Carry files as files: found, opened without harm, and parted into frames.
 */
#include "base/endian.h"
#include "sync/take.h"

#include "base/file.h"
#include "base/limits.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static struct bytes behind(struct bytes in, size_t len)
{
	return bytes_of(in.at + len, in.len - len);
}

bool carry_head(struct bytes *in, uint64_t *to)
{
	if (in->len < CARRY_HEAD || memcmp(in->at, CARRY_MAGIC, 4))
		return false;
	*to = low_get(in->at + 4, CARRY_SITE);
	*in = behind(*in, CARRY_HEAD);
	return true;
}

bool carry_next(struct bytes *in, struct bytes *frame)
{
	size_t len = 0;

	if (in->len < CARRY_LENGTH)
		return false;
	len = (size_t)low_get(in->at, CARRY_LENGTH);
	if (!len || len > LIMIT_FRAME || len > in->len - CARRY_LENGTH)
		return false;
	*frame = bytes_of(in->at + CARRY_LENGTH, len);
	*in = behind(*in, CARRY_LENGTH + len);
	return true;
}

/* Looked at before it is opened, as opening a device may do something, and again after. */
static enum rc open_plain(const char *path, struct stat *st, int *fd, struct fault *fault)
{
	struct buf room = {0};
	*fd = -1;
	int failed = lstat(file_native(path, &room), st) ? errno : 0;
	buf_release(&room);
	if (failed)
		return fault_errno(fault, failed, _("打不开"), path);
	if (S_ISREG(st->st_mode))
		*fd = file_open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY);
	if (*fd >= 0 && !fstat(*fd, st) && S_ISREG(st->st_mode) && st->st_size <= CARRY_FILE)
		return RC_OK;
	if (*fd >= 0)
		close(*fd);
	return fault_set(fault, RC_BAD, _("不是普通文件，或大于 %d 字节 \"%s\""), CARRY_FILE, path);
}

bool carry_for(const char *path, uint64_t *to)
{
	uint8_t head[CARRY_HEAD] = {0};
	struct bytes in = bytes_of(head, sizeof head);
	struct fault fault;
	struct stat st;
	int fd;

	if (open_plain(path, &st, &fd, &fault))
		return false;
	bool whole = read(fd, head, sizeof head) == (ssize_t)sizeof head;
	close(fd);
	return whole && carry_head(&in, to);
}

enum rc carry_read(const char *path, struct buf *out, struct fault *fault)
{
	struct stat st;
	size_t start = out->len, done = 0;
	int fd;
	enum rc rc = open_plain(path, &st, &fd, fault);

	if (rc)
		return rc;
	uint8_t *at = buf_grow(out, (size_t)st.st_size);
	while (done < (size_t)st.st_size) {
		ssize_t got = read(fd, at + done, (size_t)st.st_size - done);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0) {
			int error = errno;
			close(fd);
			out->len = start;
			return fault_errno(fault, error, _("读不了"), path);
		}
		if (got == 0)
			break;
		done += (size_t)got;
	}
	out->len = start + done;
	close(fd);
	return RC_OK;
}
