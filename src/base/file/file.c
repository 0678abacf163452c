/* SPDX-License-Identifier: GPL-3.0-or-later
 * Whole files. A new file is written beside the old one, synced, renamed over it, and the
 * folder is synced: a power cut leaves the old or the new one, never half. No other file makes or
 * renames files (tests/house/writes.sh); databases are SQLite's.
 */
#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"
#include "base/when.h"

enum { CHUNK = 64 * 1024, LOG_MOST = 1 << 20, LOG_LINE = 2000, TRIES = 100, SWEEP_MOST = 10000 };

/* Of the one process: whether its station is a group's. */
static bool group_shares;

bool file_group_folder(unsigned mode)
{
	return (mode & (S_ISGID | S_IRWXG)) == (S_ISGID | S_IRWXG);
}

void file_group(bool shared)
{
	group_shares = shared;
}

unsigned file_mode(unsigned mode)
{
	return group_shares ? mode | (mode & S_IRWXU) >> 3 : mode;
}

static bool standard(const char *path)
{
	return strcmp(path, "-") == 0;
}

static int write_all(int fd, struct bytes bytes)
{
	while (bytes.len) {
		ssize_t done = write(fd, bytes.at, bytes.len);
		if (done < 0 && errno == EINTR)
			continue;
		if (done < 0)
			return errno;
		bytes = bytes_of(bytes.at + done, bytes.len - (size_t)done);
	}
	return 0;
}

static enum rc read_all(int fd, const char *path, size_t most, struct buf *out, struct fault *fault)
{
	size_t before = out->len;
	for (;;) {
		uint8_t *at = buf_grow(out, CHUNK);
		ssize_t got = read(fd, at, CHUNK);
		int error = errno;
		out->len -= CHUNK - (got > 0 ? (size_t)got : 0);
		if (got < 0 && error == EINTR)
			continue;
		if (got < 0) {
			out->len = before;
			return fault_errno(fault, error, _("读不了"), path);
		}
		if (got == 0)
			return RC_OK;
		if (out->len - before > most) {
			out->len = before;
			return fault_set(
				fault, RC_BAD, _("文件太大 \"%s\"：最多 %zu 字节"), path, most);
		}
	}
}

enum rc file_read(const char *path, size_t most, struct buf *out, struct fault *fault)
{
	if (standard(path))
		return read_all(STDIN_FILENO, path, most, out, fault);
	int fd = file_open(path, O_RDONLY);
	if (fd < 0)
		return fault_errno(fault, errno, _("打不开"), path);
	enum rc rc = read_all(fd, path, most, out, fault);
	close(fd);
	return rc;
}

enum rc file_read_own(const char *path, size_t most, struct buf *out, struct fault *fault)
{
	struct stat st;
	int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	if (fd < 0 || fstat(fd, &st)) {
		int error = errno;
		if (fd >= 0)
			close(fd);
		return fault_errno(fault, error, _("打不开"), path);
	}
	enum rc rc =
		S_ISREG(st.st_mode)
			? read_all(fd, path, most, out, fault)
			: fault_set(fault, RC_BAD,
				  _("\"%s\" 是文件夹、管道或设备，不是文件：请把它移开"), path);
	close(fd);
	return rc;
}

/* PATH's folder, opened, and in NAME what comes behind it. -1 with errno. */
static int open_folder_of(const char *path, const char **name)
{
	const char *slash = strrchr(path, '/');
	struct buf folder = {0};
	*name = slash ? slash + 1 : path;
	if (slash)
		buf_put(&folder, path, slash == path ? 1 : (size_t)(slash - path));
	else
		buf_text(&folder, ".");
	int fd = open(buf_cstr(&folder), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int error = errno;
	buf_release(&folder);
	errno = error;
	return fd;
}

static int sync_folder(int folder)
{
	int error = fsync(folder) ? errno : 0;
	/* Some file systems of sticks cannot sync a folder; nothing better can be done there. */
	return error == EINVAL || error == ENOTSUP ? 0 : error;
}

/* A hidden name beside NAME that nobody has; the process id keeps two writers apart. Nobody else
 * can read it before it has the mode that was asked for. */
static int open_beside(int folder, const char *name, struct buf *draft)
{
	for (unsigned i = 0; i < TRIES; i++) {
		buf_clear(draft);
		buf_fmt(draft, ".%s.%ld-%u.tmp", name, (long)getpid(), i);
		int fd = openat(
			folder, buf_cstr(draft), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
		if (fd >= 0 || errno != EEXIST)
			return fd;
	}
	return -1;
}

static int write_beside(int fd, struct bytes bytes, unsigned mode)
{
	int error = write_all(fd, bytes);
	if (!error && fchmod(fd, mode & 0777) && errno != EPERM && errno != ENOTSUP)
		error = errno; /* FAT on a stick knows no modes */
	if (!error && !(mode & FILE_LOOSE) && fsync(fd))
		error = errno;
	if (close(fd) && !error)
		error = errno;
	return error;
}

/* DRAFT, which is synced, takes NAME; when it cannot, it is removed. */
static int take_name(int folder, const char *draft, const char *name, unsigned mode)
{
	if (renameat(folder, draft, folder, name) == 0)
		return mode & FILE_LOOSE ? 0 : sync_folder(folder);
	int error = errno;
	unlinkat(folder, draft, 0);
	return error;
}

int file_put(int folder, const char *name, struct bytes bytes, unsigned mode)
{
	struct buf draft = {0};
	int fd = open_beside(folder, name, &draft);
	int error = fd < 0 ? errno : write_beside(fd, bytes, file_mode(mode));
	if (!error)
		error = take_name(folder, buf_cstr(&draft), name, mode);
	else if (fd >= 0)
		unlinkat(folder, buf_cstr(&draft), 0);
	buf_release(&draft);
	return error;
}

enum rc file_write(const char *path, struct bytes bytes, unsigned mode, struct fault *fault)
{
	const char *name = NULL;
	struct buf room = {0};
	int error;
	if (standard(path)) {
		error = write_all(STDOUT_FILENO, bytes);
		return error ? fault_errno(fault, error, _("写不了"), path) : RC_OK;
	}
	int folder = open_folder_of(file_native(path, &room), &name);
	error = folder < 0 ? errno : file_put(folder, name, bytes, mode);
	if (folder >= 0)
		close(folder);
	buf_release(&room);
	return error ? fault_errno(fault, error, _("写不了"), path) : RC_OK;
}

static int add_to(int fd, uint64_t offset, struct bytes bytes)
{
	struct stat st;
	if (fstat(fd, &st))
		return errno;
	if (!S_ISREG(st.st_mode) || (uint64_t)st.st_size < offset)
		return EINVAL;
	if (ftruncate(fd, (off_t)offset) || lseek(fd, (off_t)offset, SEEK_SET) < 0)
		return errno;
	int error = write_all(fd, bytes);
	return error ? error : fsync(fd) ? errno : 0;
}

enum rc file_add(const char *path, uint64_t offset, struct bytes bytes, struct fault *fault)
{
	const char *name;
	int folder = open_folder_of(path, &name);
	int fd = folder < 0 ? -1
			    : openat(folder, name,
				      O_WRONLY | O_NOFOLLOW | O_CLOEXEC | (offset ? 0 : O_CREAT),
				      file_mode(0600));
	int error = fd < 0 ? errno : add_to(fd, offset, bytes);
	if (!error && !offset)
		error = sync_folder(folder);
	if (fd >= 0 && close(fd) && !error)
		error = errno;
	if (folder >= 0)
		close(folder);
	return error ? fault_errno(fault, error, _("写不了"), path) : RC_OK;
}

static int sync_name(int folder, const char *name)
{
	int fd = openat(folder, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	int error = fd < 0 || fsync(fd) ? errno : 0;
	if (fd >= 0)
		close(fd);
	return error;
}

enum rc file_place(const char *from, const char *path, struct fault *fault)
{
	struct buf room = {0}, from_room = {0};
	const char *name = NULL, *native = file_native(from, &from_room);
	const char *slash = strrchr(native, '/'), *draft = slash ? slash + 1 : native;
	int folder = open_folder_of(file_native(path, &room), &name);
	int error = folder < 0 ? errno : sync_name(folder, draft);
	if (!error)
		error = take_name(folder, draft, name, 0);
	else if (folder >= 0)
		unlinkat(folder, draft, 0);
	if (folder >= 0)
		close(folder);
	buf_release(&room);
	buf_release(&from_room);
	return error ? fault_errno(fault, error, _("写不了"), path) : RC_OK;
}

enum rc file_move(const char *from, const char *to, struct fault *fault)
{
	const char *name = NULL;
	int folder = open_folder_of(to, &name);
	int error = folder < 0 ? errno : 0;
	if (!error && rename(from, to))
		error = errno == ENOENT ? 0 : errno;
	else if (!error)
		error = sync_folder(folder);
	if (folder >= 0)
		close(folder);
	return error ? fault_errno(fault, error, _("改不了名"), from) : RC_OK;
}

enum rc file_keep(const char *path, const char *beside, struct fault *fault)
{
	const char *name = NULL;
	int folder = open_folder_of(beside, &name);
	int error = folder < 0 ? errno : 0;
	if (!error && unlink(beside) && errno != ENOENT)
		error = errno;
	/* A file system without hard links: then there is a moment without PATH. */
	if (!error && link(path, beside) && errno != ENOENT && rename(path, beside))
		error = errno;
	if (!error)
		error = sync_folder(folder);
	if (folder >= 0)
		close(folder);
	return error ? fault_errno(fault, error, _("改不了名"), path) : RC_OK;
}

bool file_writer_gone(long number)
{
	return number > 0 && kill((pid_t)number, 0) != 0 && errno == ESRCH;
}

/* As open_beside makes them: ".NAME.PID-N.tmp". */
static bool is_old_draft(const char *name)
{
	const char *end = strrchr(name, '.'), *dot = end;
	char *after;
	if (*name != '.' || !end || strcmp(end, ".tmp") != 0)
		return false;
	while (dot > name && *--dot != '.')
		;
	long number = dot > name ? strtol(dot + 1, &after, 10) : 0;
	return number > 0 && *after == '-' && file_writer_gone(number);
}

void file_sweep(const char *folder)
{
	DIR *dir = opendir(folder);
	struct dirent *entry;
	for (unsigned i = 0; i < SWEEP_MOST && dir && (entry = readdir(dir)); i++)
		if (is_old_draft(entry->d_name))
			unlinkat(dirfd(dir), entry->d_name, 0);
	if (dir)
		closedir(dir);
}

int file_lock_open(const char *path)
{
	return open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, file_mode(0600));
}

/* A folder is there after a power cut when the one that it lies in was synced. */
static int make_folder(const char *path, unsigned mode)
{
	struct stat st;
	if (mkdir(path, file_mode(mode)) == 0) {
		const char *name;
		int parent = open_folder_of(path, &name);
		int failed = parent < 0 ? errno : sync_folder(parent);
		if (parent >= 0)
			close(parent);
		return failed == EACCES ? 0 : failed; /* one that may be gone through only */
	}
	int error = errno;
	if (stat(path, &st) == 0)
		return S_ISDIR(st.st_mode) ? 0 : ENOTDIR;
	return error;
}

enum rc file_folder(const char *path, unsigned mode, struct fault *fault)
{
	struct buf copy = {0};
	buf_text(&copy, path);
	buf_cstr(&copy);
	char *text = (char *)copy.at;
	int error = 0;
	for (char *at = text + 1; !error && *text && *at; at++) {
		if (*at != '/')
			continue;
		*at = 0;
		error = make_folder(text, mode);
		*at = '/';
	}
	if (!error)
		error = make_folder(text, mode);
	buf_release(&copy);
	return error ? fault_errno(fault, error, _("建不了文件夹"), path) : RC_OK;
}

/* One line of a log must stay one line, and must not command a terminal that shows it. Whoever
 * reads a log wants to know what it was, so it is written in hexadecimal. */
static void escape(const char *text, struct buf *out)
{
	size_t len = strlen(text), step;
	uint32_t cp, shown;
	for (; (step = text_next(text, len, &cp)) != 0; text += step, len -= step) {
		text_next_shown(text, len, &shown);
		if (shown == cp)
			buf_put(out, text, step);
		else
			for (size_t i = 0; i < step; i++)
				buf_fmt(out, "\\x%02x", (unsigned char)text[i]);
	}
}

void log_line(const char *path, const char *fmt, ...)
{
	char text[LOG_LINE], at[WHEN_TEXT];
	va_list args;
	va_start(args, fmt);
	bool cut = vsnprintf(text, sizeof text, fmt, args) >= LOG_LINE;
	va_end(args);
	if (cut) /* the last character may be half */
		text[text_whole(text, strlen(text))] = 0;
	struct buf line = {0};
	when_rfc(when_now(), at);
	buf_fmt(&line, "%s %ld ", at, (long)getpid());
	escape(text, &line);
	buf_text(&line, cut ? "...\n" : "\n");
	struct stat st;
	if (stat(path, &st) == 0 && st.st_size >= LOG_MOST) {
		struct buf old = {0};
		buf_fmt(&old, "%s.1", path);
		if (rename(path, buf_cstr(&old)))
			unlink(path); /* a log that cannot turn must not fill the disk */
		buf_release(&old);
	}
	int fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, file_mode(0600));
	if (fd >= 0) {
		/* One write a line keeps the lines of two processes apart. What a log cannot take
		 * is lost. */
		write_all(fd, buf_bytes(&line));
		close(fd);
	}
	buf_release(&line);
}
