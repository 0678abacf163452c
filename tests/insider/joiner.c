/* SPDX-License-Identifier: GPL-3.0-or-later
 * Questions to join, taken apart and put together again.
 */
#include "joiner.h"

#include "cases.h"
#include "model/area.h"
#include "store/rows/internal.h"
#include "sync/enrol/internal.h"
#include "sync/keys/internal.h"

void joiner_invite(struct store *hub, uint64_t area, struct token *token)
{
	char text[TOKEN_TEXT];
	struct fault fault;

	assert_int_equal(enrol_invite(hub,
				 &(struct guest){.area = area,
					 .level = area_level(area),
					 .name = "新村",
					 .ways = "http://127.0.0.1:1"},
				 text, &fault),
		RC_OK);
	assert_int_equal(token_read(text, token, &fault), RC_OK);
}

void joiner_asks(struct store *joiner, const struct token *token, struct buf *frame)
{
	struct fault fault;

	assert_int_equal(enrol_ask(joiner, token, frame, &fault), RC_OK);
}

void joiner_fields(struct store *hub, struct bytes frame, struct buf *fields)
{
	uint8_t nonce[NONCE_SIZE] = {0};
	struct seal_key key;
	struct agree own;
	struct fault fault;
	uint32_t n;

	memcpy(nonce, frame.at + JOIN_BOUND, SEAL_NONCE);
	assert_int_equal(keyring_own(hub, &n, &own, &fault), RC_OK);
	assert_true(seal_key(&key, own.secret, own.pub, frame.at + 1, false, 0));
	assert_true(crypt_open(fields, key.key, nonce, bytes_of(frame.at, JOIN_BOUND),
		bytes_of(frame.at + JOIN_HEAD, frame.len - JOIN_HEAD)));
}

static void sign_as(const struct keys *signer, const struct token *token, struct bytes head,
	struct bytes fields, uint64_t number, uint8_t sig[SIGN_SIZE])
{
	struct joined word = {.number = number, .hub = site_of(token->sign_public)};
	struct site site = {.area = token->area, .level = token->level};

	join_digest(head, fields, word.digest);
	memcpy(site.sign_public, signer->sign_public, SIGN_PUBLIC);
	joined_sign(&word, signer, &site);
	memcpy(sig, word.sig, SIGN_SIZE);
}

/* FIELDS for the hub of TOKEN and with its secret. */
static void change(struct bytes fields, const struct token *token, struct bytes head,
	const struct keys *signer, enum forged how, struct buf *out)
{
	struct value value;
	unsigned tag;
	uint64_t number = 0;
	uint8_t sig[SIGN_SIZE] = {0};

	while (fields.len && take_field(&fields, &tag, &value)) {
		if (tag == JOIN_SECRET)
			value.text = bytes_of(token->secret, SECRET_SIZE);
		if (tag == JOIN_HUB)
			value.num = (int64_t)site_of(token->sign_public);
		if (tag == JOIN_NUMBER)
			number = (uint64_t)value.num;
		if (tag == JOIN_SIGNED && how == FORGED_OWN)
			sign_as(signer, token, head, buf_bytes(out), number, sig);
		if (tag == JOIN_SIGNED && how != FORGED_COPY)
			value.text = bytes_of(sig, sizeof sig);
		if (tag != JOIN_SIGNED || how != FORGED_NOTHING)
			put_field(out, tag, &value);
	}
}

void joiner_forge(const struct token *token, const uint8_t sign[SIGN_PUBLIC],
	const struct keys *thief, struct bytes fields, enum forged how, struct buf *frame)
{
	uint8_t head[JOIN_BOUND] = {JOIN_VERSION}, nonce[NONCE_SIZE] = {7};
	struct buf changed = {0};
	struct seal_key key;

	memcpy(head + 1, thief->agree_public, AGREE_PUBLIC);
	memcpy(head + 1 + AGREE_PUBLIC, sign, SIGN_PUBLIC);
	change(fields, token, bytes_of(head, sizeof head), thief, how, &changed);
	assert_true(seal_key(
		&key, thief->agree_secret, thief->agree_public, token->agree_public, true, 0));
	buf_clear(frame);
	buf_put(frame, head, sizeof head);
	buf_put(frame, nonce, SEAL_NONCE);
	crypt_seal(frame, key.key, nonce, bytes_of(head, sizeof head), buf_bytes(&changed));
	buf_release(&changed);
}
