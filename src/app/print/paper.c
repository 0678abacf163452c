/* SPDX-License-Identifier: GPL-3.0-or-later
 * Printing. The program gets the sheet on its stdin, without a shell between. A shell has only who
 * is at his own computer and has said so there: whoever came in through a login that opens nothing
 * but the terminal never gets one.
 */
#include "app/paper.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/child.h"
#include "app/options.h"
#include "app/qr.h"
#include "base/file.h"
#include "base/text.h"
#include "base/when.h"

enum { SECONDS = 60, SAID = 400, NAMES_MOST = 100 };

static struct sheet_size size(void *to)
{
	(void)to;
	return (struct sheet_size){(unsigned)option_number(OPTION_PRINT_COLUMNS),
		(unsigned)option_number(OPTION_PRINT_LINES)};
}

/* What was set for the process that this one would be handed: a login over the net, another one's
 * rights. */
static bool is_own_computer(const struct app *app)
{
	static const char *const signs[] = {"SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY",
		"SSH_ORIGINAL_COMMAND", "SUDO_UID", "DOAS_USER", "PKEXEC_UID"};
	bool own = !app->logs_in && !app->login_command && !app->proven;
	for (size_t n = 0; n < countof(signs); n++)
		own = own && !getenv(signs[n]);
	return own;
}

static const char *refuses(void *to, enum print_to where)
{
	const struct app *app = to;
	switch (where) {
	case PRINT_PAPER:
		return strcmp(option_text(OPTION_PRINT), "none")
			       ? NULL
			       : _("没有设打印机：outpost.conf 里写 print 和打印程序的路径，如 "
				   "/usr/bin/lp");
	case PRINT_FILE:
		return !app->logs_in ? NULL : _("远程登录的人拿不到本站的文件：请按 p 打印");
	case PRINT_PIPE:
		if (!is_own_computer(app))
			return _("远程登录不能运行命令");
		return option_is(OPTION_PIPE) ? NULL
					      : _("本站不许从画面里运行命令（outpost.conf 的 "
						  "pipe）；outpost print 编号 | "
						  "命令 是一样的");
	}
	return NULL;
}

/* ---- a program */

static bool run(struct app *app, const char *const *argv, struct bytes sheet, struct buf *said)
{
	char answer[SAID];
	int in = child_input(sheet), out = child_input(bytes_of(NULL, 0));
	pid_t child = in >= 0 && out >= 0 ? fork() : -1;
	if (child == 0) {
		setpgid(0, 0);
		if (dup2(in, STDIN_FILENO) < 0 || dup2(out, STDOUT_FILENO) < 0 ||
			dup2(out, STDERR_FILENO) < 0)
			_exit(127);
		program_hand_over(app);
		execv(argv[0], (char *const *)(uintptr_t)argv);
		_exit(127);
	}
	bool good = child > 0;
	if (good) {
		setpgid(child, child);
		good = child_ends_well(child, SECONDS * 1000L);
	}
	ssize_t len = out >= 0 ? pread(out, answer, sizeof answer - 1, 0) : 0;
	answer[len > 0 ? len : 0] = '\0';
	answer[strcspn(answer, "\n")] = '\0';
	text_fmt(said,
		!good     ? _("%s 没有办成：%s")
		: *answer ? _("已交给 %s：%s")
			  : _("已交给 %s"),
		argv[1] ? argv[2] : argv[0], answer);
	if (in >= 0)
		close(in);
	if (out >= 0)
		close(out);
	return good;
}

static bool on_paper(struct app *app, struct bytes sheet, struct buf *said)
{
	const char *const argv[] = {option_text(OPTION_PRINT), NULL};
	struct buf coded = {0};
	bool good = text_to(option_text(OPTION_PRINT_CHARSET), (const char *)sheet.at, sheet.len,
			    &coded) &&
		    run(app, argv, buf_bytes(&coded), said);
	buf_release(&coded);
	return good;
}

/* ---- a file */

/* HOME/prints/NAME-20261129-0512.txt, or the next one that is not there; a NAME that ends in
 * another kind of file (map.geojson) keeps that end. */
static bool new_path(const struct app *app, const char *name, struct buf *path)
{
	char time[WHEN_TEXT], digits[WHEN_TEXT];
	const char *end = strchr(name, '.');
	size_t len = 0, head = end ? (size_t)(end - name) : strlen(name);
	when_show(store_now(app->store), time);
	for (const char *at = time; *at; at++)
		if (*at != '-' && *at != ':')
			digits[len++] = *at == ' ' ? '-' : *at;
	digits[len] = '\0';
	for (unsigned n = 1; n < NAMES_MOST; n++) {
		buf_clear(path);
		buf_fmt(path, "%s/prints/%.*s-%s", app->home, (int)head, name, digits);
		if (n > 1)
			buf_fmt(path, "-%u", n);
		buf_text(path, end ? end : ".txt");
		if (!file_there(buf_cstr(path), F_OK))
			return true;
	}
	return false;
}

static bool in_file(struct app *app, const char *name, struct bytes sheet, struct buf *said)
{
	struct fault fault = {0};
	struct buf path = {0};
	char folder[600];
	snprintf(folder, sizeof folder, "%s/prints", app->home);
	enum rc rc = file_folder(folder, 0700, &fault);
	if (!rc && !new_path(app, name, &path))
		rc = fault_set(&fault, RC_FULL, _("\"%s\" 里的太多了，先清掉一些"), folder);
	if (!rc)
		rc = file_write(buf_cstr(&path), sheet, file_mode(0600), &fault);
	if (rc)
		buf_text(said, fault.text);
	else
		buf_fmt(said, _("已存成 %s"), buf_cstr(&path));
	buf_release(&path);
	return rc == RC_OK;
}

static bool put(
	void *to, enum print_to where, const char *name, struct bytes sheet, struct buf *said)
{
	const char *const shell[] = {"/bin/sh", "-c", name, NULL};
	switch (where) {
	case PRINT_PAPER:
		return on_paper(to, sheet, said);
	case PRINT_FILE:
		return in_file(to, name, sheet, said);
	case PRINT_PIPE:
		return run(to, shell, sheet, said);
	}
	return false;
}

static bool wide(void *to)
{
	(void)to;
	return strcmp(option_text(OPTION_PRINT_CHARSET), "utf-8") != 0;
}

static bool make_qr(void *to, struct bytes text, struct qr *qr, struct buf *said)
{
	struct fault fault = {0};
	(void)to;
	if (qr_make(text, qr, &fault) == RC_OK)
		return true;
	buf_text(said, fault.text);
	return false;
}

void paper_ready(struct app *app)
{
	static struct printer printer = {
		.size = size, .refuses = refuses, .put = put, .qr = make_qr, .wide = wide};
	printer.to = app;
	printer_set(&printer);
}
