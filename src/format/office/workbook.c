/* SPDX-License-Identifier: GPL-3.0-or-later
 * Workbooks: none of the libraries that read them is ours, so a converter does it that the machine
 * has. It gets a copy in a folder of its own, no shell, a limit of time and of output.
 */
#include "format/workbook.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/when.h"
#include "format/charset.h"

enum { OUTPUT_MOST = 64 << 20, SECONDS_MOST = 120, ARGS = 12, PATH_ROOM = 300 };

/* In ARGS "@" is the workbook and "%" its folder; what writes into the folder prints nothing. */
static const struct converter {
	const char *name;
	bool new_form, old_form; /* .xlsx, .xls */
	bool page;               /* what is a web page and says that it is a workbook */
	bool writes;             /* the folder's "table.csv" */
	const char *args[ARGS];
} converters[] = {
	{"xlsx2csv", true, false, false, false, {"@"}},
	{"in2csv", true, false, false, false, {"-f", "xlsx", "@"}},
	{"in2csv", false, true, false, false, {"-f", "xls", "@"}},
	{"ssconvert", true, true, true, false,
		{"--export-type=Gnumeric_stf:stf_csv", "@", "fd://1"}},
	{"xls2csv", false, true, false, false, {"-d", "utf-8", "@"}},
	{"soffice", true, true, true, true,
		{"--headless", "-env:UserInstallation=file://%/office", "--convert-to",
			"csv:Text - txt - csv (StarCalc):44,34,76", "--outdir", "%", "@"}},
	{"libreoffice", true, true, true, true,
		{"--headless", "-env:UserInstallation=file://%/office", "--convert-to",
			"csv:Text - txt - csv (StarCalc):44,34,76", "--outdir", "%", "@"}},
};

static bool begins(struct bytes in, const char *with, size_t len)
{
	return in.len > len && memcmp(in.at, with, len) == 0;
}

static bool is_new_form(struct bytes in)
{
	return begins(in, "PK\3\4", 4);
}

/* Many offices' programs write a web page and call it .xls. */
static bool is_page(struct bytes in)
{
	static const char *const marks[] = {"<table", "<html", "office:spreadsheet"};
	enum { LOOKED_AT = 4096 };
	struct buf begin = {0};
	bool is = false;

	buf_put(&begin, in.at, in.len < LOOKED_AT ? in.len : LOOKED_AT);
	const char *text = buf_cstr(&begin) + (begins(in, "\xEF\xBB\xBF", 3) ? 3 : 0);
	if (text[strspn(text, " \t\r\n")] == '<')
		for (size_t i = 0; i < countof(marks); i++)
			is |= strcasestr(text, marks[i]) != NULL;
	buf_release(&begin);
	return is;
}

bool is_workbook(struct bytes in)
{
	return is_new_form(in) || begins(in, "\xD0\xCF\x11\xE0", 4) || is_page(in);
}

static bool installed(const char *name)
{
	const char *path = getenv("PATH");
	char file[PATH_ROOM];

	for (path = path ? path : ""; *path;) {
		size_t len = strcspn(path, ":");

		snprintf(file, sizeof(file), "%.*s/%s", (int)len, path, name);
		if (len && access(file, X_OK) == 0)
			return true;
		path += len + (path[len] == ':');
	}
	return false;
}

static bool reads(const struct converter *with, struct bytes in)
{
	if (is_page(in))
		return with->page;
	return is_new_form(in) ? with->new_form : with->old_form;
}

static const struct converter *converter_for(struct bytes in)
{
	for (size_t i = 0; i < countof(converters); i++)
		if (reads(&converters[i], in) && installed(converters[i].name))
			return &converters[i];
	return NULL;
}

/* ---- running it */

static void fill_args(const struct converter *with, const char *folder, const char *book,
	struct arena *arena, const char *argv[ARGS + 2])
{
	unsigned count = 0;

	argv[count++] = with->name;
	for (unsigned i = 0; i < ARGS && with->args[i]; i++) {
		const char *arg = with->args[i], *at = strchr(arg, '%');

		if (!strcmp(arg, "@"))
			arg = book;
		else if (at)
			arg = arena_fmt(arena, "%.*s%s%s", (int)(at - arg), arg, folder, at + 1);
		argv[count++] = arg;
	}
	argv[count] = NULL;
}

static void become(pid_t parent, int out, const char *const *argv)
{
	int nowhere = open("/dev/null", O_RDWR);

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent || nowhere < 0 || dup2(nowhere, STDIN_FILENO) < 0 ||
		dup2(nowhere, STDERR_FILENO) < 0 || dup2(out, STDOUT_FILENO) < 0)
		_exit(127);
	execvp(argv[0], (char *const *)(uintptr_t)argv);
	_exit(127);
}

/* What it prints, until it ends; false when that is too much or takes too long. */
static bool listen_to(int fd, struct buf *out)
{
	struct pollfd ready = {fd, POLLIN, 0};
	int64_t end = when_now() + SECONDS_MOST;
	char bytes[8192];

	for (;;) {
		int left = (int)(end - when_now());

		if (left <= 0 || out->len > OUTPUT_MOST)
			return false;
		if (poll(&ready, 1, left * 1000) <= 0)
			continue;
		ssize_t got = read(fd, bytes, sizeof(bytes));
		if (got == 0)
			return true;
		if (got > 0)
			buf_put(out, bytes, (size_t)got);
		else if (errno != EINTR)
			return false;
	}
}

static bool run(const char *const *argv, struct buf *out)
{
	pid_t parent = getpid(), pid;
	int ends[2], status = -1;

	if (pipe2(ends, O_CLOEXEC) != 0)
		return false;
	pid = fork();
	if (pid == 0)
		become(parent, ends[1], argv);
	close(ends[1]);
	bool heard = pid > 0 && listen_to(ends[0], out);
	close(ends[0]);
	if (pid > 0 && !heard)
		kill(pid, SIGKILL);
	while (pid > 0 && waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	return heard && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *at)
{
	(void)st;
	(void)type;
	(void)at;
	return remove(path);
}

/* The folder goes with all that is in it. */
static void remove_folder(const char *folder)
{
	nftw(folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

/* A page comes in the coding that its bytes are in, whatever it says, and says so; one of XML says
 * it itself. */
static enum rc put_book(const char *book, struct bytes in, struct fault *fault)
{
	struct buf room = {0}, page = {0};
	struct charset_lost lost;
	enum rc rc = RC_OK;

	if (is_page(in) && !memmem(in.at, in.len < 64 ? in.len : 64, "<?xml", 5)) {
		rc = charset_table(in, &room, &in, &lost, fault);
		buf_text(&page, "<meta charset=\"utf-8\">");
		if (rc == RC_OK)
			buf_put(&page, in.at, in.len);
		in = buf_bytes(&page);
	}
	if (rc == RC_OK)
		rc = file_write(book, in, 0600, fault);
	buf_release(&room);
	buf_release(&page);
	return rc;
}

static enum rc convert(const struct converter *with, struct bytes in, const char *folder,
	struct buf *out, struct fault *fault)
{
	struct arena arena = {0};
	const char *argv[ARGS + 2];
	const char *book = arena_fmt(&arena, "%s/table.%s", folder,
		is_page(in)       ? "html"
		: is_new_form(in) ? "xlsx"
				  : "xls");
	const char *csv = arena_fmt(&arena, "%s/table.csv", folder);
	enum rc rc = put_book(book, in, fault);

	fill_args(with, folder, book, &arena, argv);
	if (rc == RC_OK && !run(argv, out))
		rc = fault_set(fault, RC_BAD,
			_("\"%s\" 没有能读出这个工作簿：请在表格软件里另存为 CSV 再导入"),
			with->name);
	if (rc == RC_OK && with->writes) {
		buf_clear(out);
		rc = file_read(csv, OUTPUT_MOST, out, fault);
	}
	arena_release(&arena);
	return rc;
}

enum rc workbook_csv(struct bytes in, struct buf *out, const char **with, struct fault *fault)
{
	const struct converter *converter = converter_for(in);
	const char *room = getenv("TMPDIR");
	char folder[PATH_ROOM];

	if (!converter)
		return fault_set(fault, RC_BAD,
			_("是工作簿，不是 CSV，本机没有能转换它的程序（%s）：装一个，或在表格软件里"
			  "另存为 CSV 再导入"),
			is_page(in)       ? "ssconvert, soffice"
			: is_new_form(in) ? "xlsx2csv, in2csv, ssconvert, soffice"
					  : "in2csv, ssconvert, xls2csv, soffice");
	*with = converter->name;
	snprintf(folder, sizeof(folder), "%s/outpost-table-XXXXXX", room && *room ? room : "/tmp");
	if (!mkdtemp(folder))
		return fault_errno(fault, errno, _("不能建立文件夹"), folder);
	enum rc rc = convert(converter, in, folder, out, fault);
	remove_folder(folder);
	return rc;
}
