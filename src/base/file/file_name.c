/* SPDX-License-Identifier: GPL-3.0-or-later
 * Names of files that people typed: UTF-8 in here and in messages, on the disk the bytes of the
 * locale's coding, as ls and every other program there writes and shows them.
 */
#include "base/file.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"

const char *file_native(const char *path, struct buf *room)
{
	const char *coding = words_coding();
	size_t len = strlen(path);
	buf_clear(room);
	/* Bytes that are not UTF-8 came from the environment or from a folder: they stay as they
	 * are. */
	if (strcmp(coding, "UTF-8") == 0 || !text_valid(path, len) ||
		!text_to(coding, path, len, room))
		return path;
	return buf_cstr(room);
}

int file_open(const char *path, int flags)
{
	struct buf room = {0};
	int fd = open(file_native(path, &room), flags | O_CLOEXEC, 0600);
	buf_release(&room);
	return fd;
}

int file_look(const char *path, struct stat *st)
{
	struct buf room = {0};
	int failed = stat(file_native(path, &room), st);
	buf_release(&room);
	return failed;
}

bool file_there(const char *path, int how)
{
	struct buf room = {0};
	bool there = access(file_native(path, &room), how) == 0;
	buf_release(&room);
	return there;
}

void file_remove(const char *path)
{
	struct buf room = {0};
	(void)!unlink(file_native(path, &room));
	buf_release(&room);
}
