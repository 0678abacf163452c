/* SPDX-License-Identifier: GPL-3.0-or-later
 * Tokens: bytes as letters and digits that can be read out and typed (no I, L, O, U), in groups,
 * with a check.
 */
#include "sync/enrol.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

enum { TOKEN_VERSION = 1, CHECK = 4, GROUP = 8, BYTES_MOST = 720 };

static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

static void put_string(struct buf *out, const char *text)
{
	buf_put(out, text, strlen(text) + 1);
}

static bool take_string(struct bytes *in, char *out, size_t room)
{
	size_t len = 0;

	while (len < in->len && in->at[len])
		len++;
	if (len == in->len || len >= room)
		return false;
	memcpy(out, in->at, len + 1);
	in->at += len + 1;
	in->len -= len + 1;
	return true;
}

static bool take_block(struct bytes *in, uint8_t *out, size_t len)
{
	if (in->len < len)
		return false;
	memcpy(out, in->at, len);
	in->at += len;
	in->len -= len;
	return true;
}

void token_write(const struct token *token, char out[TOKEN_TEXT])
{
	struct buf bytes = {0};
	uint8_t hash[HASH_SIZE];
	uint32_t bits = 0;
	unsigned held = 0;
	size_t at = 0, letters = 0;

	buf_byte(&bytes, TOKEN_VERSION);
	buf_put(&bytes, token->sign_public, SIGN_PUBLIC);
	buf_put(&bytes, token->agree_public, AGREE_PUBLIC);
	buf_put(&bytes, token->secret, SECRET_SIZE);
	put_varint(&bytes, token->hub_area);
	put_varint(&bytes, token->area);
	buf_byte(&bytes, (uint8_t)token->level);
	put_string(&bytes, token->hub_name);
	put_string(&bytes, token->name);
	put_string(&bytes, token->ways);
	crypt_hash(buf_bytes(&bytes), hash);
	buf_put(&bytes, hash, CHECK);
	for (size_t i = 0; i < bytes.len || held; i++) {
		if (i < bytes.len) {
			bits = bits << 8 | bytes.at[i];
			held += 8;
		} else {
			bits <<= 5 - held;
			held = 5;
		}
		while (held >= 5 && at + 2 < TOKEN_TEXT) {
			if (letters && letters % GROUP == 0)
				out[at++] = '-';
			out[at++] = alphabet[bits >> (held - 5) & 31];
			letters++;
			held -= 5;
		}
	}
	out[at] = 0;
	buf_release(&bytes);
}

/* Letters that look alike are taken for each other; -1 for what stands in no token. */
static int digit_of(int c)
{
	const char *found;

	c = toupper(c);
	if (c == 'O')
		c = '0';
	if (c == 'I' || c == 'L')
		c = '1';
	found = c ? strchr(alphabet, c) : NULL;
	return found ? (int)(found - alphabet) : -1;
}

static bool take_letters(const char *text, struct buf *out)
{
	uint32_t bits = 0;
	unsigned held = 0;

	for (; *text; text++) {
		int digit = digit_of((unsigned char)*text);
		if (isspace((unsigned char)*text) || *text == '-')
			continue;
		if (digit < 0 || out->len > BYTES_MOST)
			return false;
		bits = bits << 5 | (uint32_t)digit;
		held += 5;
		if (held >= 8) {
			buf_byte(out, (uint8_t)(bits >> (held - 8)));
			held -= 8;
		}
	}
	return true;
}

static bool take_token(struct bytes in, struct token *token)
{
	uint8_t hash[HASH_SIZE], version, level;
	struct bytes all = bytes_of(in.at, in.len < CHECK ? 0 : in.len - CHECK);

	crypt_hash(all, hash);
	if (!all.len || memcmp(all.at + all.len, hash, CHECK))
		return false;
	in = all;
	if (!take_block(&in, &version, 1) || version != TOKEN_VERSION ||
		!take_block(&in, token->sign_public, SIGN_PUBLIC) ||
		!take_block(&in, token->agree_public, AGREE_PUBLIC) ||
		!take_block(&in, token->secret, SECRET_SIZE) ||
		!take_varint(&in, &token->hub_area) || !take_varint(&in, &token->area) ||
		!take_block(&in, &level, 1) || level >= LEVELS)
		return false;
	token->level = (enum level)level;
	return take_string(&in, token->hub_name, sizeof token->hub_name) &&
	       take_string(&in, token->name, sizeof token->name) &&
	       take_string(&in, token->ways, sizeof token->ways) && !in.len;
}

enum rc token_read(const char *text, struct token *token, struct fault *fault)
{
	struct buf bytes = {0};
	bool good;

	memset(token, 0, sizeof *token);
	good = take_letters(text, &bytes) && take_token(buf_bytes(&bytes), token);
	buf_release(&bytes);
	if (good)
		return RC_OK;
	return fault_set(fault, RC_BAD, "%s", _("邀请码不对：有字符输错或漏掉，请逐组核对"));
}

void token_ssh(const uint8_t secret[SECRET_SIZE], struct keys *keys)
{
	static const char use[] = "outpost ssh join ";
	char seed[sizeof use + 2 * SECRET_SIZE];
	size_t at = sizeof use - 1;

	memcpy(seed, use, sizeof use);
	for (unsigned i = 0; i < SECRET_SIZE; i++, at += 2)
		snprintf(seed + at, 3, "%02x", secret[i]);
	keys_from_seed(keys, seed);
	explicit_bzero(seed, sizeof seed);
}
