/* SPDX-License-Identifier: GPL-3.0-or-later
 * Bytes as messages of at most 70 letters and digits, for satellite terminals that carry no more
 * (the global short message of Beidou: 560 bits). Crockford's alphabet has no letters that are
 * taken for one another (https://www.crockford.com/base32.html); each message says which of how
 * many it is and checks by itself.
 *
 *   D | number | of how many | 5 bits a letter | 4 letters of the hash of all before
 */
#include "sync/wire.h"

#include <string.h>

#include "base/crypt.h"

enum { BITS = 5, BYTE = 8, MASK = 31, HEAD = 3, CHECK = 4 };
enum { DATA = (TELEGRAM - HEAD - CHECK) * BITS / BYTE }; /* bytes in one */

static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

static void put_letters(struct buf *out, struct bytes bytes)
{
	unsigned held = 0, bits = 0;

	for (size_t n = 0; n < bytes.len; n++) {
		held = held << BYTE | bytes.at[n];
		for (bits += BYTE; bits >= BITS; bits -= BITS)
			buf_byte(out, (uint8_t)alphabet[held >> (bits - BITS) & MASK]);
	}
	if (bits)
		buf_byte(out, (uint8_t)alphabet[held << (BITS - bits) & MASK]);
}

static void put_check(struct bytes letters, char out[CHECK])
{
	uint8_t hash[HASH_SIZE];

	crypt_hash(letters, hash);
	for (size_t n = 0; n < CHECK; n++)
		out[n] = alphabet[hash[n] & MASK];
}

unsigned telegram_put(struct buf *out, struct bytes bytes)
{
	size_t count = (bytes.len + DATA - 1) / DATA;

	if (!count || count > TELEGRAMS)
		return 0;
	for (size_t n = 0; n < count; n++) {
		struct buf one = {0};
		char check[CHECK];
		size_t at = n * DATA, len = bytes.len - at;

		buf_fmt(&one, "D%c%c", alphabet[n + 1], alphabet[count]);
		put_letters(&one, bytes_of(bytes.at + at, len < DATA ? len : DATA));
		put_check(buf_bytes(&one), check);
		buf_put(&one, check, CHECK);
		buf_fmt(out, "%s\n", buf_cstr(&one));
		buf_release(&one);
	}
	return (unsigned)count;
}

/* As people write it: small letters, O for 0, I and L for 1. */
static int letter_of(char typed)
{
	char letter = typed >= 'a' && typed <= 'z' ? (char)(typed - 'a' + 'A') : typed;

	letter = letter == 'O' ? '0' : letter == 'I' || letter == 'L' ? '1' : letter;
	const char *at = letter ? strchr(alphabet, letter) : NULL;
	return at ? (int)(at - alphabet) : -1;
}

bool telegram_begins(const char *typed)
{
	return *typed == 'D' || *typed == 'd';
}

bool telegram_read(const char *typed, struct telegram *telegram)
{
	char letters[TELEGRAM + 1] = "", check[CHECK];
	size_t len = strlen(typed);
	unsigned held = 0, bits = 0;

	*telegram = (struct telegram){0};
	if (len <= HEAD + CHECK || len > TELEGRAM || !telegram_begins(typed))
		return false;
	for (size_t n = 0; n < len; n++) {
		int at = letter_of(typed[n]);

		if (at < 0)
			return false;
		letters[n] = alphabet[at];
	}
	put_check(bytes_of(letters, len - CHECK), check);
	telegram->number = (unsigned)letter_of(letters[1]);
	telegram->count = (unsigned)letter_of(letters[2]);
	for (size_t n = HEAD; n < len - CHECK; n++) {
		held = held << BITS | (unsigned)letter_of(letters[n]);
		bits += BITS;
		if (bits >= BYTE)
			telegram->bytes[telegram->len++] = (uint8_t)(held >> (bits -= BYTE));
	}
	return !memcmp(check, letters + len - CHECK, CHECK) && telegram->number &&
	       telegram->number <= telegram->count && telegram->count <= TELEGRAMS;
}

/* Is the message with this number among them? */
static bool find(const char *const *typed, size_t count, unsigned number, struct telegram *found)
{
	for (size_t n = 0; n < count; n++)
		if (telegram_read(typed[n], found) && found->number == number)
			return true;
	return false;
}

enum rc telegram_take(const char *const *typed, size_t count, struct buf *out, struct fault *fault)
{
	struct telegram one, first;

	for (size_t n = 0; n < count; n++)
		if (!telegram_read(typed[n], &one))
			return fault_set(
				fault, RC_BAD, _("第 %zu 条短报文对不上：请对方重发这一条"), n + 1);
	if (!find(typed, count, 1, &first))
		return fault_set(fault, RC_BAD, _("还缺第 %u 条短报文"), 1);
	for (unsigned number = 1; number <= first.count; number++) {
		if (!find(typed, count, number, &one))
			return fault_set(fault, RC_BAD, _("还缺第 %u 条短报文"), number);
		if (one.count != first.count)
			return fault_set(
				fault, RC_BAD, "%s", _("这几条短报文不是一件事的：只录同一件的"));
		buf_put(out, one.bytes, one.len);
	}
	return RC_OK;
}
