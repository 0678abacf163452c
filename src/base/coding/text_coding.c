/* SPDX-License-Identifier: GPL-3.0-or-later
 * From and to another coding, without loss or not at all: what comes out is turned back and
 * must be what went in.
 */
#include "base/text.h"

#include <errno.h>
#include <iconv.h>
#include <string.h>
#include <strings.h>

enum { STEP = 256 };

static bool is_utf8(const char *coding)
{
	return !coding || strcasecmp(coding, "UTF-8") == 0 || strcasecmp(coding, "UTF8") == 0;
}

/* Appends what CD makes of IN; false at the first character it cannot turn or has to guess. */
static bool turn(iconv_t cd, struct bytes in, struct buf *out)
{
	char *from = (char *)(uintptr_t)in.at; /* iconv's signature; it does not write there */
	size_t left = in.len;
	bool last = false;
	for (;;) {
		char *to = (char *)buf_grow(out, STEP);
		size_t room = STEP;
		size_t guessed = iconv(cd, last ? NULL : &from, &left, &to, &room);
		int error = errno;
		out->len -= room;
		if (guessed == (size_t)-1 && error != E2BIG)
			return false;
		if (guessed != (size_t)-1 && guessed > 0)
			return false;
		if (guessed == 0) {
			if (last)
				return true;
			last = true; /* once more, for what the coder may hold back */
		}
	}
}

static bool turn_by_name(const char *to, const char *from, struct bytes in, struct buf *out)
{
	iconv_t cd = iconv_open(to, from);
	if (cd == (iconv_t)-1)
		return false;
	bool good = turn(cd, in, out);
	iconv_close(cd);
	return good;
}

static bool both_ways(const char *to, const char *from, struct bytes in, struct buf *out)
{
	struct buf there = {0}, back = {0};
	bool good = turn_by_name(to, from, in, &there) &&
		    turn_by_name(from, to, buf_bytes(&there), &back) &&
		    bytes_equal(buf_bytes(&back), in);
	if (good)
		buf_put(out, there.at, there.len);
	buf_release(&there);
	buf_release(&back);
	return good;
}

bool text_from(const char *coding, const char *s, size_t len, struct buf *out)
{
	if (!is_utf8(coding))
		return both_ways("UTF-8", coding, bytes_of(s, len), out);
	if (!text_valid(s, len))
		return false;
	buf_put(out, s, len);
	return true;
}

bool text_to(const char *coding, const char *s, size_t len, struct buf *out)
{
	if (!is_utf8(coding))
		return both_ways(coding, "UTF-8", bytes_of(s, len), out);
	if (!text_valid(s, len))
		return false;
	buf_put(out, s, len);
	return true;
}
