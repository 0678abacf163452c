/* SPDX-License-Identifier: GPL-3.0-or-later
 * Printing: on a terminal in its own coding, in pinyin where that has no hanzi; everywhere else in
 * UTF-8.
 */
#include "app/out.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/text.h"
#include "model/pinyin.h"

/* What the terminal's coding lacks is shown as '?', a character at a time: rare, so slow is fine.
 */
static void put_lossy(FILE *file, struct bytes text)
{
	struct buf one = {0};
	for (size_t at = 0; at < text.len;) {
		uint32_t cp;
		size_t len = text_next((const char *)text.at + at, text.len - at, &cp);
		if (!len)
			break;
		buf_clear(&one);
		if (text_to(words_coding(), (const char *)text.at + at, len, &one))
			fwrite(one.at, 1, one.len, file);
		else
			fputc('?', file);
		at += len;
	}
	buf_release(&one);
}

static void put(FILE *file, struct bytes text)
{
	struct buf coded = {0}, latin = {0};
	bool terminal = isatty(fileno(file));
	if (!text.len)
		return;
	if (terminal && !words_hanzi()) {
		buf_put(&coded, text.at, text.len);
		pinyin_show(buf_cstr(&coded), &latin);
		fwrite(latin.at, 1, latin.len, file);
	} else if (!terminal || !strcmp(words_coding(), "UTF-8"))
		fwrite(text.at, 1, text.len, file);
	else if (text_to(words_coding(), (const char *)text.at, text.len, &coded))
		fwrite(coded.at, 1, coded.len, file);
	else
		put_lossy(file, text);
	buf_release(&coded);
	buf_release(&latin);
}

static void put_args(FILE *file, const char *fmt, va_list args, const char *end)
{
	struct buf text = {0};
	va_list again;
	va_copy(again, args);
	int len = vsnprintf(NULL, 0, fmt, again);
	va_end(again);
	if (len >= 0) {
		/* The NUL of vsnprintf needs room and then goes. */
		vsnprintf((char *)buf_grow(&text, (size_t)len + 1), (size_t)len + 1, fmt, args);
		text.len--;
	}
	buf_text(&text, end);
	put(file, buf_bytes(&text));
	buf_release(&text);
}

void out_put(struct bytes text)
{
	put(stdout, text);
}

void out_fmt(const char *fmt, ...)
{
	va_list args;
	va_start(args, fmt);
	put_args(stdout, fmt, args, "");
	va_end(args);
}

void out_buf(struct buf *buf)
{
	put(stdout, buf_bytes(buf));
	buf_clear(buf);
}

void out_error(const char *fmt, ...)
{
	va_list args;
	fflush(stdout);
	va_start(args, fmt);
	put_args(stderr, fmt, args, "\n");
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
