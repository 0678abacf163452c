/* SPDX-License-Identifier: GPL-3.0-or-later
 * Invitations at the hub: kept under the hash of their secret, so that a stolen backup invites
 * nobody.
 */
#include "store/station.h"
#include "sync/enrol/internal.h"
#include "sync/trust/internal.h"

#include "base/when.h"
#include "model/area.h"
#include "store/db.h"

#include <stdio.h>
#include <string.h>

enum {
	INVITE_SITE = 1,
	INVITE_AREA,
	INVITE_LEVEL,
	INVITE_NAME,
	INVITE_RIGHTS,
	INVITE_UNTIL,
	INVITE_DAYS
};

enum { INVITE_HASH = 12, INVITE_NAME_SIZE = 2 * INVITE_HASH }; /* bytes; as digits */

static void invite_name(const uint8_t secret[SECRET_SIZE], char name[INVITE_NAME_SIZE + 1])
{
	uint8_t hash[HASH_SIZE];

	crypt_hash(bytes_of(secret, SECRET_SIZE), hash);
	for (unsigned i = 0; i < INVITE_HASH; i++)
		snprintf(name + 2 * i, 3, "%02x", hash[i]);
}

enum rc invite_save(struct store *store, const uint8_t secret[SECRET_SIZE],
	const struct invitation *invitation, struct fault *fault)
{
	struct value name_value = value_text(invitation->name);
	struct buf out = {0};
	char name[INVITE_NAME_SIZE + 1];
	enum rc rc;

	put_num(&out, INVITE_SITE, invitation->used_by);
	put_num(&out, INVITE_AREA, invitation->area);
	put_num(&out, INVITE_LEVEL, invitation->level);
	put_field(&out, INVITE_NAME, &name_value);
	put_num(&out, INVITE_RIGHTS, invitation->terms.rights);
	put_num(&out, INVITE_UNTIL, (uint64_t)invitation->terms.until);
	put_num(&out, INVITE_DAYS, (uint64_t)invitation->terms.days);
	invite_name(secret, name);
	rc = kv_bytes_set(store, kv_part(KV_INVITE, 0, name), buf_bytes(&out), fault);
	buf_release(&out);
	return rc;
}

static void invite_read(struct bytes in, struct invitation *invitation)
{
	struct value value;
	unsigned tag;

	memset(invitation, 0, sizeof *invitation);
	while (in.len && take_field(&in, &tag, &value))
		switch (tag) {
		case INVITE_SITE:
			invitation->used_by = (uint64_t)value.num;
			break;
		case INVITE_AREA:
			invitation->area = (uint64_t)value.num;
			break;
		case INVITE_LEVEL:
			invitation->level = (enum level)value.num;
			break;
		case INVITE_NAME:
			bytes_into(invitation->name, sizeof invitation->name, value.text);
			break;
		case INVITE_RIGHTS:
			invitation->terms.rights = (unsigned)value.num;
			break;
		case INVITE_UNTIL:
			invitation->terms.until = value.num;
			break;
		case INVITE_DAYS:
			invitation->terms.days = value.num;
			break;
		default:
			break;
		}
}

bool invite_load(
	struct store *store, const uint8_t secret[SECRET_SIZE], struct invitation *invitation)
{
	struct buf kept = {0};
	char name[INVITE_NAME_SIZE + 1];
	bool found;

	invite_name(secret, name);
	found = kv_bytes(store, kv_part(KV_INVITE, 0, name), &kept);
	invite_read(buf_bytes(&kept), invitation);
	buf_release(&kept);
	return found;
}

/* ---- logins for who has an invitation: a list of what invitations are kept under, and keys */

enum { GUEST_NAME = INVITE_NAME_SIZE, GUEST = GUEST_NAME + SIGN_PUBLIC };

static bool still_open(struct store *store, const uint8_t *guest)
{
	struct invitation invitation;
	struct buf kept = {0};
	char name[GUEST_NAME + 1] = "";

	memcpy(name, guest, GUEST_NAME);
	bool found = kv_bytes(store, kv_part(KV_INVITE, 0, name), &kept);

	invite_read(buf_bytes(&kept), &invitation);
	buf_release(&kept);
	return found && !invitation.used_by;
}

/* Those that were used since go. */
static enum rc guest_add(
	struct store *store, const uint8_t secret[SECRET_SIZE], struct fault *fault)
{
	struct buf old = {0}, now = {0};
	struct keys keys;
	char name[GUEST_NAME + 1] = "";
	enum rc rc;

	kv_bytes(store, kv_own(KV_GUESTS), &old);
	for (size_t at = 0; at + GUEST <= old.len; at += GUEST)
		if (still_open(store, old.at + at))
			buf_put(&now, old.at + at, GUEST);
	invite_name(secret, name);
	token_ssh(secret, &keys);
	buf_put(&now, name, GUEST_NAME);
	buf_put(&now, keys.sign_public, SIGN_PUBLIC);
	explicit_bzero(&keys, sizeof keys);
	rc = kv_bytes_set(store, kv_own(KV_GUESTS), buf_bytes(&now), fault);
	buf_release(&old);
	buf_release(&now);
	return rc;
}

void enrol_invited(struct store *store, invited_fn *fn, void *to)
{
	struct buf list = {0};

	kv_bytes(store, kv_own(KV_GUESTS), &list);
	for (size_t at = 0; at + GUEST <= list.len; at += GUEST)
		if (still_open(store, list.at + at) && !fn(list.at + at + GUEST_NAME, to))
			break;
	buf_release(&list);
}

enum rc enrol_invite(
	struct store *store, const struct guest *guest, char out[TOKEN_TEXT], struct fault *fault)
{
	const struct station *station = store_station(store);
	const struct keys *keys = store_keys(store);
	struct agree agree;
	uint32_t n;
	struct invitation invitation = {.area = guest->twin ? station->area : guest->area,
		.level = guest->twin ? station->level : guest->level,
		.terms = guest->terms};
	struct token token = {
		.hub_area = station->area, .area = invitation.area, .level = invitation.level};
	enum rc rc =
		guest->twin ? may_invite_twin(store, fault) : may_invite(store, guest->area, fault);

	if (rc)
		return rc;
	if (strlen(guest->ways) >= sizeof token.ways || strlen(guest->name) > LIMIT_NAME)
		return fault_set(fault, RC_BAD, "%s", _("名称或网址太长"));
	if (guest->terms.until && guest->terms.until <= store_now(store))
		return fault_set(fault, RC_BAD, "%s", _("授权的期限已经过了"));
	if ((rc = keyring_own(store, &n, &agree, fault)))
		return rc;
	memcpy(token.sign_public, keys->sign_public, SIGN_PUBLIC);
	memcpy(token.agree_public, agree.pub, AGREE_PUBLIC);
	explicit_bzero(&agree, sizeof agree);
	crypt_random(token.secret, SECRET_SIZE);
	snprintf(token.hub_name, sizeof token.hub_name, "%s", station->name);
	snprintf(token.name, sizeof token.name, "%s", guest->name);
	snprintf(token.ways, sizeof token.ways, "%s", guest->ways);
	snprintf(invitation.name, sizeof invitation.name, "%s", guest->name);
	rc = invite_save(store, token.secret, &invitation, fault);
	if (!rc)
		rc = guest_add(store, token.secret, fault);
	if (!rc)
		token_write(&token, out);
	return rc;
}
