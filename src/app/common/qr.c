/* SPDX-License-Identifier: GPL-3.0-or-later
 * QR codes by qrencode: it reads the text from a file in memory, as an invitation is nobody else's
 * business, and answers with a picture in letters.
 */
#include "app/qr.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "app/child.h"
#include "app/options.h"
#include "app/out.h"
#include "base/file.h"

enum { WAIT_MS = 10000, PICTURE = (2 * QR_MOST + 1) * QR_MOST };

static bool run(const char *path, struct bytes text, struct buf *picture)
{
	const char *const argv[] = {path, "-t", "ASCII", "-m", "0", "-l", "L", "-o", "-", NULL};
	int in = child_input(text), out = child_input(bytes_of(NULL, 0));
	pid_t child = in >= 0 && out >= 0 ? fork() : -1;

	if (child == 0) {
		setpgid(0, 0);
		if (dup2(in, STDIN_FILENO) < 0 || dup2(out, STDOUT_FILENO) < 0)
			_exit(127);
		close(STDERR_FILENO);
		execv(path, (char *const *)(uintptr_t)argv);
		_exit(127);
	}
	bool good = child > 0;
	if (good) {
		setpgid(child, child);
		good = child_ends_well(child, WAIT_MS);
	}
	ssize_t len = good ? pread(out, buf_grow(picture, PICTURE), PICTURE, 0) : 0;
	picture->len = len > 0 ? (size_t)len : 0;
	if (in >= 0)
		close(in);
	if (out >= 0)
		close(out);
	return good;
}

enum rc qr_make(struct bytes text, struct qr *qr, struct fault *fault)
{
	const char *path = option_text(OPTION_QR);
	struct buf picture = {0};

	*qr = (struct qr){0};
	if (!strcmp(path, "none") || !file_there(path, X_OK))
		return fault_set(fault, RC_NONE, "%s",
			_("没有画二维码的程序：请管理员装软件包 qrencode（outpost.conf 的 qr）"));
	bool good = run(path, text, &picture) && qr_read(qr, buf_bytes(&picture));
	buf_release(&picture);
	return good ? RC_OK
		    : fault_set(fault, RC_BAD, _("\"%s\" 没有画成二维码：文字太长，或程序有错"),
			      path);
}

int qr_print(struct bytes text)
{
	bool terminal = isatty(STDOUT_FILENO);
	struct fault fault = {0};
	struct buf out = {0};
	struct qr qr;
	enum rc rc = RC_OK;

	if (terminal && strcmp(words_coding(), "UTF-8") != 0)
		rc = fault_set(&fault, RC_BAD, "%s",
			_("这个终端画不了二维码：请换 UTF-8 终端，或交给打印程序，如 | lp"));
	if (!rc)
		rc = qr_make(text, &qr, &fault);
	if (rc)
		return app_fail(&fault);
	qr_put(&qr, terminal ? QR_LIGHT : QR_INK, &out);
	qr_release(&qr);
	out_buf(&out);
	return EXIT_DONE;
}
