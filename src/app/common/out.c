/* SPDX-License-Identifier: GPL-3.0-or-later
 * Printing: on a terminal in its own coding, in pinyin where that has no hanzi; everywhere else in
 * UTF-8.
 */
#include "app/out.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"
#include "model/pinyin.h"

enum { PRIORITY_ERROR = 3, PRIORITY_WARNING = 4 }; /* of syslog(3) */

/* What the terminal's coding lacks is shown as '?', a character at a time: rare, so slow is fine.
 */
static void put_lossy(FILE *file, const char *coding, struct bytes text)
{
	struct buf one = {0};
	for (size_t at = 0; at < text.len;) {
		uint32_t cp;
		size_t len = text_next((const char *)text.at + at, text.len - at, &cp);
		buf_clear(&one);
		if (text_to(coding, (const char *)text.at + at, len, &one))
			fwrite(one.at, 1, one.len, file);
		else
			fputc('?', file);
		at += len;
	}
	buf_release(&one);
}

/* The one way out: whatever is printed is cleaned here once more, wherever it came from. */
static void put(FILE *file, struct bytes text)
{
	struct buf shown = {0}, coded = {0};
	bool terminal = isatty(fileno(file));

	text_show((const char *)text.at, text.len, true, &shown);
	if (!shown.len) {
		buf_release(&shown);
		return;
	}
	if (terminal && !words_hanzi()) {
		/* Of UTF-8 such a terminal takes single bytes, some of them for commands. */
		pinyin_show(buf_cstr(&shown), &coded);
		put_lossy(file, "ASCII", buf_bytes(&coded));
	} else if (!terminal || !strcmp(words_coding(), "UTF-8"))
		fwrite(shown.at, 1, shown.len, file);
	else if (text_to(words_coding(), (const char *)shown.at, shown.len, &coded))
		fwrite(coded.at, 1, coded.len, file);
	else
		put_lossy(file, words_coding(), buf_bytes(&shown));
	buf_release(&shown);
	buf_release(&coded);
}

void out_fmt(const char *fmt, ...)
{
	struct buf line = {0};
	va_list args;
	va_start(args, fmt);
	text_fmt_args(&line, fmt, args);
	va_end(args);
	put(stdout, buf_bytes(&line));
	buf_release(&line);
}

void out_buf(struct buf *buf)
{
	put(stdout, buf_bytes(buf));
	buf_clear(buf);
}

void out_passing(const char *text)
{
	static unsigned shown; /* columns that stand there now */
	unsigned columns = (unsigned)text_columns(text);

	if (!shown && !columns)
		return;
	fputc('\r', stderr);
	put(stderr, bytes_text(text));
	for (unsigned n = columns; n < shown; n++)
		fputc(' ', stderr);
	if (!columns)
		fputc('\r', stderr);
	fflush(stderr);
	shown = columns;
}

/* Is it read by the journal, which takes "<3>" before a line for its priority (sd-daemon(3))? */
static bool in_journal(void)
{
	const char *stream = getenv("JOURNAL_STREAM");
	char own[48];
	struct stat there;

	if (!stream || fstat(STDERR_FILENO, &there))
		return false;
	snprintf(own, sizeof own, "%llu:%llu", (unsigned long long)there.st_dev,
		(unsigned long long)there.st_ino);
	return strcmp(stream, own) == 0;
}

static void put_lines(struct buf *lines, int priority)
{
	struct buf marked = {0};
	struct bytes left = buf_bytes(lines), line;
	bool journal = in_journal();

	fflush(stdout);
	out_passing("");
	while (journal && left.len) {
		const uint8_t *end = memchr(left.at, '\n', left.len);

		line = bytes_of(left.at, end ? (size_t)(end - left.at) + 1 : left.len);
		buf_fmt(&marked, "<%d>", priority);
		buf_put(&marked, line.at, line.len);
		left = bytes_of(left.at + line.len, left.len - line.len);
	}
	put(stderr, buf_bytes(journal ? &marked : lines));
	buf_release(&marked);
	buf_clear(lines);
}

void out_errors(struct buf *lines)
{
	put_lines(lines, PRIORITY_ERROR);
}

static void put_line(int priority, const char *fmt, va_list args)
{
	struct buf line = {0};

	text_fmt_args(&line, fmt, args);
	buf_byte(&line, '\n');
	put_lines(&line, priority);
	buf_release(&line);
}

void out_error(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	put_line(PRIORITY_ERROR, fmt, args);
	va_end(args);
}

void out_notice(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	put_line(PRIORITY_WARNING, fmt, args);
	va_end(args);
}

unsigned out_columns(void)
{
	struct winsize size;
	if (!isatty(STDOUT_FILENO))
		return 0;
	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) || size.ws_col == 0)
		return 80;
	return size.ws_col;
}

bool out_done(void)
{
	if (fflush(stdout) == 0 && !ferror(stdout))
		return true;
	out_error(_("结果没有写出去：%s"), fault_why(errno));
	return false;
}
