/* SPDX-License-Identifier: GPL-3.0-or-later
 * What every file needs: how things fail, and borrowed bytes.
 *
 * Four sorts of failure, never mixed:
 *   the outside failed    -> enum rc and a struct fault, which must be looked at
 *   bad input             -> false or RC_BAD, and nothing has changed
 *   a programmer's slip   -> assert, which stays on in releases
 *   no memory             -> die: only committed facts count, so nothing is lost
 */
#ifndef BASE_BASE_H
#define BASE_BASE_H

#include <assert.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The code says what the caller should do next. */
enum rc {
	RC_OK,     /* done */
	RC_IO,     /* disk or system failed: show it */
	RC_BUSY,   /* somebody else is writing: again in a moment */
	RC_BAD,    /* the input is wrong: nothing changed */
	RC_NEWER,  /* made by a newer program: upgrade, read only until then */
	RC_DENIED, /* role, area or signature does not allow it */
	RC_NONE,   /* there is no such thing */
	RC_LINK,   /* the link failed: later, everything is still queued */
	RC_FULL,   /* the disk is full */
};

enum { FAULT_TEXT = 400 };

/* rc is for the program, text for the person: the fault first, the subject in
 * quotes, no full stop, in the user's language. */
struct fault {
	enum rc rc;
	char text[FAULT_TEXT];
	int cause; /* the same as a code of whoever sets it, to be said again later; 0 = none */
};

#define MUST_CHECK __attribute__((warn_unused_result))
#define PRINTF(at, args) __attribute__((format(printf, at, args)))
#define NORETURN __attribute__((noreturn))
#define countof(a) (sizeof(a) / sizeof((a)[0]))

/* Fill in FAULT (may be NULL) and return RC, so that a function can end with it. */
enum rc fault_set(struct fault *fault, enum rc rc, const char *fmt, ...) PRINTF(3, 4);

/* The system failed with errno ERROR: 'WHAT "SUBJECT"：why'. RC_FULL, RC_NONE or RC_IO. */
enum rc fault_errno(struct fault *fault, int error, const char *what, const char *subject);
/* An errno in the user's language and in UTF-8 (strerror speaks the locale's). */
const char *fault_why(int error);

/* Say why on stderr and end the process with exit code 1. For no memory and the like. */
NORETURN void die(const char *fmt, ...) PRINTF(1, 2);
/* There is no memory for so many BYTES; 0 = for what a library makes. */
NORETURN void memory_none(size_t bytes);

/* Borrowed bytes: never freed through this. */
struct bytes {
	const uint8_t *at;
	size_t len;
};

static inline struct bytes bytes_of(const void *at, size_t len)
{
	return (struct bytes){at, len};
}

struct bytes bytes_text(const char *text); /* without the NUL */
bool bytes_equal(struct bytes a, struct bytes b);

/* The translation of a Chinese text, or the text itself when the language is Chinese. */
const char *words(const char *msgid) __attribute__((format_arg(1)));
#define _(text) words(text)
#define N_(text) text

/* Bind English when the user's wish and locale ask for it (the rule of docs/DESIGN.md, "Languages").
 * wish is OUTPOST_LANG ("zh", "en" or NULL); folder holds en/LC_MESSAGES/outpost.mo. */
void words_start(const char *wish, const char *folder, bool terminal);
bool words_english(void);
/* The coding of arguments and of the terminal: "UTF-8", or the locale's GB one ("GB18030", "GBK"). */
const char *words_coding(void);
/* Can the terminal show hanzi? Where not, names are shown in pinyin. Known after words_start. */
bool words_hanzi(void);

#endif
