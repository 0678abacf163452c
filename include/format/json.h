/* SPDX-License-Identifier: GPL-3.0-or-later
 * JSON out and in. Out: a small streaming writer over a struct buf, always valid UTF-8. In: a strict
 * reader (RFC 8259 and no more), so that what one program reads no other reads differently.
 */
#ifndef APP_JSON_H
#define APP_JSON_H

#include "base/buf.h"

enum {
	JSON_DEPTH = 16,  /* arrays and objects inside each other, in and out */
	JSON_DIGITS = 15, /* significant digits of a number that every reader keeps */
};

/* ---- out. Commas come by themselves. A text that is not UTF-8 is written with U+FFFD. */
struct json_out {
	struct buf *to;
	unsigned depth;
	bool later[JSON_DEPTH + 1]; /* something stands before in this array or object */
	bool keyed;                 /* a key waits for its value */
};

void json_begin(struct json_out *out, struct buf *to);
void json_open(struct json_out *out, char bracket);  /* '{' or '[' */
void json_close(struct json_out *out, char bracket); /* '}' or ']' */
void json_line(struct json_out *out);                /* a new line before the next element: a record a line */
void json_key(struct json_out *out, const char *key);
void json_bytes(struct json_out *out, struct bytes text);
void json_text(struct json_out *out, const char *text); /* NULL = null */
void json_num(struct json_out *out, int64_t num);
void json_dec(struct json_out *out, int64_t thousandths);   /* 12500 -> 12.5 */
void json_degree(struct json_out *out, int64_t millionths); /* 112934561 -> 112.934561 */
void json_null(struct json_out *out);
/* Key and value in one. */
void json_key_text(struct json_out *out, const char *key, const char *text);
void json_key_num(struct json_out *out, const char *key, int64_t num);
void json_key_bool(struct json_out *out, const char *key, bool is);

/* ---- in */
struct json; /* one value, borrowed from its root */

enum json_type { JSON_NULL, JSON_FALSE, JSON_TRUE, JSON_NUMBER, JSON_TEXT, JSON_ARRAY, JSON_OBJECT };

/* IN is exactly one JSON value and nothing behind it: no double keys, no NUL, no lone surrogates, no control
 * characters in texts, no numbers of more than JSON_DIGITS digits, no depth above JSON_DEPTH. False: *why is the
 * rule (translated) and *at the byte at which it is broken. Needs no memory: the fuzzer's door. */
bool json_check(struct bytes in, size_t *at, const char **why);
/* As json_check, then the values. RC_BAD names byte and rule. json_free the root. */
enum rc json_parse(struct bytes in, struct json **out, struct fault *fault) MUST_CHECK;
void json_free(struct json *root);

enum json_type json_type(const struct json *value);
const struct json *json_get(const struct json *object, const char *key); /* NULL: no such key, or no object */
const struct json *json_first(const struct json *parent);                /* of an array or object; NULL when empty */
const struct json *json_next(const struct json *value);                  /* NULL after the last */
const char *json_name(const struct json *member);                        /* its key; NULL in an array */
const char *json_string(const struct json *value);                       /* NULL when it is no text */
double json_double(const struct json *value);                            /* 0 when it is no number */
/* A text, number (as people write it), true or false (1, 0) appended as text; false for null, arrays, objects. */
bool json_as_text(const struct json *value, struct buf *out);
/* A field's value as people type it: as json_as_text; null is nothing, an array its members with commas between, the
 * empty ones left out. */
bool json_as_typed(const struct json *value, struct buf *out);

#endif
