/* SPDX-License-Identifier: GPL-3.0-or-later
 * The page's files: written beside and renamed, only when they say something else than before, each
 * with a copy that a web server sends as it is to whoever takes gzip.
 */
#include "web_inside.h"

#include <string.h>

#include "app/out.h"
#include "app/overwrite.h"
#include "base/file.h"
#include "base/when.h"

enum { FILE_MOST = 64 << 20, MODE_ALL = 0644, MODE_FULL = 0640 };

#define MARK "<meta name=\"generator\" content=\"outpost page"
#define MARK_END "\"/>"
#define MARK_FULL " --full\"/>"

static void path_of(const struct web_files *files, const char *name, struct buf *path)
{
	buf_clear(path);
	buf_fmt(path, "%s/%s", files->folder, name);
}

enum rc web_may(const struct web_files *files, struct fault *fault)
{
	struct buf path = {0}, old = {0};
	enum rc rc;

	path_of(files, "index.html", &path);
	rc = file_read(buf_cstr(&path), FILE_MOST, &old, fault);
	const char *mark = rc ? NULL : strstr(buf_cstr(&old), MARK);
	if (rc == RC_NONE)
		rc = RC_OK;
	else if (!rc && !mark)
		rc = fault_set(fault, RC_IO,
			_("\"%s\" 不是 outpost page 写的，不覆盖：请换一个文件夹"),
			buf_cstr(&path));
	else if (!rc && strncmp(mark + strlen(MARK), files->full ? MARK_FULL : MARK_END,
				strlen(files->full ? MARK_FULL : MARK_END)) != 0)
		rc = fault_set(fault, RC_IO,
			files->full ? _("\"%s\" 是隐去姓名的页面，--full 请换一个文件夹")
				    : _("\"%s\" 是含姓名的页面，不加 --full 请换一个文件夹"),
			buf_cstr(&path));
	buf_release(&old);
	buf_release(&path);
	return rc;
}

/* But for WEB_STAMP bytes at STAMP. */
static bool says_the_same(struct bytes old, struct bytes now, size_t stamp)
{
	size_t behind = stamp ? stamp + WEB_STAMP : 0;

	return old.len == now.len && !memcmp(old.at, now.at, stamp) &&
	       !memcmp(old.at + behind, now.at + behind, now.len - behind);
}

static enum rc write_one(
	const struct web_files *files, const char *name, struct bytes bytes, struct fault *fault)
{
	struct buf path = {0};

	path_of(files, name, &path);
	enum rc rc = overwrite_may(buf_cstr(&path), true, fault);
	if (!rc)
		rc = file_write(buf_cstr(&path), bytes, files->full ? MODE_FULL : MODE_ALL, fault);
	if (!rc)
		out_fmt("%s\n", buf_cstr(&path));
	buf_release(&path);
	return rc;
}

/* An old copy would be sent instead of the new file: when there can be no new one it goes. */
static enum rc write_packed(
	struct web_files *files, const char *path, const char *name, struct fault *fault)
{
	struct buf packed = {0}, gz = {0};
	enum rc rc = RC_OK;

	buf_fmt(&gz, "%s.gz", name);
	if (web_gzip(path, &packed)) {
		rc = write_one(files, buf_cstr(&gz), buf_bytes(&packed), fault);
	} else {
		struct buf old = {0};

		path_of(files, buf_cstr(&gz), &old);
		file_remove(buf_cstr(&old));
		buf_release(&old);
		if (!files->no_gzip)
			out_error(_("outpost: gzip 不能用，没有写 .gz：请安装 gzip"));
		files->no_gzip = true;
	}
	buf_release(&packed);
	buf_release(&gz);
	return rc;
}

enum rc web_write(struct web_files *files, const char *name, struct bytes bytes, size_t stamp,
	struct fault *fault)
{
	struct buf path = {0}, old = {0}, gz = {0};
	struct fault none;

	path_of(files, name, &path);
	buf_fmt(&gz, "%s.gz", buf_cstr(&path));
	bool same = file_read(buf_cstr(&path), FILE_MOST, &old, &none) == RC_OK &&
		    says_the_same(buf_bytes(&old), bytes, stamp);
	enum rc rc = same ? RC_OK : write_one(files, name, bytes, fault);
	if (!rc && (!same || !file_there(buf_cstr(&gz), 0)))
		rc = write_packed(files, buf_cstr(&path), name, fault);
	buf_release(&gz);
	buf_release(&old);
	buf_release(&path);
	return rc;
}

enum rc web_checked(const struct web_files *files, int64_t now, struct fault *fault)
{
	struct buf path = {0}, text = {0};
	char time[WHEN_TEXT];

	path_of(files, WEB_CHECKED, &path);
	when_show(now, time);
	buf_fmt(&text, "%s\n", time);
	enum rc rc = overwrite_may(buf_cstr(&path), true, fault);
	if (!rc)
		rc = file_write(buf_cstr(&path), buf_bytes(&text),
			files->full ? MODE_FULL : MODE_ALL, fault);
	buf_release(&path);
	buf_release(&text);
	return rc;
}
