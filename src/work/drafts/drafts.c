/* SPDX-License-Identifier: GPL-3.0-or-later
 * Drafts, remembered by person: an index of names, and a value for each.
 *
 * A value is canonical fields: 1 kind, 2 record, 3 step, 4 parent, 5 area, 6 time, 7 title, 8 the
 * form's own bytes, 9 slot.
 */
#include "work/drafts.h"

#include <stdio.h>
#include <string.h>

#include "base/when.h"
#include "model/codes.h"
#include "store/db.h"
#include "store/station.h"

enum { D_KIND = 1, D_REF, D_STEP, D_PARENT, D_AREA, D_AT, D_TITLE, D_BODY, D_SLOT };

static void put_ref(struct buf *out, unsigned tag, struct ref ref)
{
	struct buf bytes = {0};

	if (!ref.seq)
		return;
	ref_put(&bytes, ref);
	struct value value = {WIRE_BYTES, 0, buf_bytes(&bytes)};
	put_field(out, tag, &value);
	buf_release(&bytes);
}

/* "受灾人口 37": a code by its label, what is chosen among records or places not at all. */
static void put_typed(const struct field *field, struct bytes text, struct buf *out)
{
	char code[DRAFT_NAME];

	if (!field || field->flags & F_PRIVATE || field->type == T_REF || field->type == T_AREA ||
		field->type == T_AREAS || field->type == T_CODES || field->type == T_BOOL ||
		!text.len)
		return;
	bytes_into(code, sizeof code, text);
	buf_fmt(out, "%s%s %s", out->len ? " " : "", _(field->label),
		field->type == T_CODE ? code_text(field->codes, code) : code);
}

/* Where no words were typed. */
static void put_values(const struct kind *kind, struct bytes body, struct buf *out)
{
	enum { ENOUGH = 60 };
	struct value value;
	unsigned tag;

	while (out->len < ENOUGH && body.len > 0 && take_field(&body, &tag, &value))
		if (value.wire == WIRE_TEXT)
			put_typed(field_of(kind, tag), value.text, out);
}

/* The longest text typed so far says best what it is about; else what was filled in. */
static void put_title(const struct kind *kind, struct bytes body, struct buf *out)
{
	struct bytes best = {0, 0}, all = body;
	struct value value;
	unsigned tag;

	while (body.len > 0 && take_field(&body, &tag, &value)) {
		const struct field *field = field_of(kind, tag);
		bool words_in_it = field && (field->type == T_TEXT || field->type == T_LONG);

		if (words_in_it && value.wire == WIRE_TEXT && value.text.len > best.len)
			best = value.text;
	}
	if (best.len)
		buf_put(out, best.at, best.len);
	else
		put_values(kind, all, out);
}

static void encode(const struct draft *draft, int64_t now, struct bytes body, struct buf *out)
{
	struct buf words = {0};

	put_title(draft->kind, body, &words);
	struct value title = {WIRE_TEXT, 0, buf_bytes(&words)}, rest = {WIRE_BYTES, 0, body};

	put_num(out, D_KIND, draft->kind->id);
	put_ref(out, D_REF, draft->ref);
	put_num(out, D_STEP, draft->step);
	put_ref(out, D_PARENT, draft->parent);
	put_num(out, D_AREA, (int64_t)draft->area);
	put_num(out, D_AT, now);
	put_field(out, D_TITLE, &title);
	put_field(out, D_BODY, &rest);
	if (draft->slot)
		put_num(out, D_SLOT, draft->slot);
	buf_release(&words);
}

static bool decode(struct bytes in, struct draft *draft, struct bytes *title, struct bytes *body)
{
	struct value value;
	unsigned tag;

	while (in.len > 0 && take_field(&in, &tag, &value)) {
		if (tag == D_KIND)
			draft->kind = kind_of((unsigned)value.num);
		else if (tag == D_REF)
			(void)ref_take(value.text, &draft->ref);
		else if (tag == D_STEP)
			draft->step = (unsigned)value.num;
		else if (tag == D_PARENT)
			(void)ref_take(value.text, &draft->parent);
		else if (tag == D_AREA)
			draft->area = (uint64_t)value.num;
		else if (tag == D_AT)
			draft->at = value.num;
		else if (tag == D_TITLE)
			*title = value.text;
		else if (tag == D_BODY)
			*body = value.text;
		else if (tag == D_SLOT)
			draft->slot = (unsigned)value.num;
	}
	return draft->kind != NULL;
}

/* The index without NAME, and with it at the end if WITH. */
static enum rc set_index(
	struct store *store, uint32_t who, const char *name, bool with, struct fault *fault)
{
	struct buf old = {0}, new = {0};
	size_t len = strlen(name);

	(void)kv_bytes(store, kv_of(KV_DRAFTS, who), &old);
	for (const char *at = buf_cstr(&old); *at;) {
		size_t one = strcspn(at, "\n");

		if (one != len || memcmp(at, name, len) != 0)
			buf_fmt(&new, "%.*s\n", (int)one, at);
		at += one + (at[one] == '\n');
	}
	if (with)
		buf_fmt(&new, "%s\n", name);
	enum rc rc = new.len == old.len &&with == false
			     ? RC_OK
			     : kv_bytes_set(store, kv_of(KV_DRAFTS, who), buf_bytes(&new), fault);
	buf_release(&old);
	buf_release(&new);
	return rc;
}

static void draft_name(const struct draft *draft, char name[DRAFT_NAME])
{
	char id[32] = "new";

	if (draft->ref.seq)
		store_id(draft->ref, id);
	else if (draft->parent.seq)
		store_id(draft->parent, id);
	int len = snprintf(name, DRAFT_NAME, "draft.%u.%u.%s%s", draft->kind->id, draft->step,
		draft->ref.seq ? "" : "in.", id);
	if (draft->slot)
		snprintf(name + len, DRAFT_NAME - (size_t)len, ".%u", draft->slot);
}

static enum rc keep_once(struct store *store, uint32_t who, const char *name, struct bytes value,
	struct fault *fault)
{
	enum rc rc = store_begin(store, fault);

	if (rc)
		return rc;
	rc = kv_bytes_set(store, kv_part(KV_DRAFT, who, name), value, fault);
	if (!rc)
		rc = set_index(store, who, name, true, fault);
	if (!rc)
		return store_commit(store, fault);
	store_undo(store);
	return rc;
}

enum rc draft_keep(struct store *store, const struct user *user, const struct draft *draft,
	struct bytes body, struct fault *fault)
{
	char name[DRAFT_NAME];
	struct buf value = {0};

	if (body.len == 0)
		return draft_drop(store, user, draft, fault);
	draft_name(draft, name);
	encode(draft, store_now(store), body, &value);
	enum rc rc = keep_once(store, user->who, name, buf_bytes(&value), fault);
	if (rc == RC_FULL && store_spare(store))
		rc = keep_once(store, user->who, name, buf_bytes(&value), fault);
	buf_release(&value);
	return rc;
}

enum rc draft_drop(struct store *store, const struct user *user, const struct draft *draft,
	struct fault *fault)
{
	char name[DRAFT_NAME];
	struct buf old = {0};

	draft_name(draft, name);
	bool there = kv_bytes(store, kv_part(KV_DRAFT, user->who, name), &old);
	buf_release(&old);
	if (!there)
		return RC_OK;
	enum rc rc = kv_bytes_set(
		store, kv_part(KV_DRAFT, user->who, name), (struct bytes){0, 0}, fault);
	return rc ? rc : set_index(store, user->who, name, false, fault);
}

bool draft_get(struct store *store, const struct user *user, struct draft *draft, struct buf *body)
{
	char name[DRAFT_NAME];
	struct bytes title = {0, 0}, rest = {0, 0};
	struct draft found = {0};
	struct buf value = {0};

	draft_name(draft, name);
	bool good = kv_bytes(store, kv_part(KV_DRAFT, user->who, name), &value) &&
		    decode(buf_bytes(&value), &found, &title, &rest);
	if (good) {
		draft->at = found.at;
		draft->area = found.area;
		buf_put(body, rest.at, rest.len);
	}
	buf_release(&value);
	return good;
}

/* When the draft in SLOT was kept; 0 = there is none. TITLE may be NULL. */
static int64_t kept_at(struct store *store, const struct user *user, struct draft draft,
	unsigned slot, struct arena *arena, const char **title)
{
	struct bytes title_bytes = {0, 0}, rest = {0, 0};
	struct draft found = {0};
	struct buf value = {0};
	char name[DRAFT_NAME];

	draft.slot = slot;
	draft_name(&draft, name);
	bool good = kv_bytes(store, kv_part(KV_DRAFT, user->who, name), &value) &&
		    decode(buf_bytes(&value), &found, &title_bytes, &rest);
	if (good && title)
		*title = (const char *)arena_bytes(arena, title_bytes).at;
	buf_release(&value);
	return good ? found.at : 0;
}

bool draft_newest(
	struct store *store, const struct user *user, struct draft *draft, struct arena *arena)
{
	const struct draft purpose = *draft;
	bool found = false;

	for (unsigned slot = 0; slot < DRAFT_SLOTS; slot++) {
		const char *title = "";
		int64_t at = kept_at(store, user, purpose, slot, arena, &title);

		if (at && (!found || at >= draft->at)) {
			draft->slot = slot;
			draft->at = at;
			draft->title = title;
			found = true;
		}
	}
	return found;
}

unsigned draft_room(struct store *store, const struct user *user, const struct draft *draft)
{
	unsigned oldest = 0;
	int64_t least = INT64_MAX;

	for (unsigned slot = 0; slot < DRAFT_SLOTS; slot++) {
		int64_t at = kept_at(store, user, *draft, slot, NULL, NULL);

		if (!at)
			return slot;
		if (at < least) {
			least = at;
			oldest = slot;
		}
	}
	return oldest;
}

/* Names stand one a line, the newest last: where the last DRAFTS_MOST begin. */
static const char *newest_names(const char *names)
{
	unsigned lines = 0;

	for (const char *at = names; *at; at++)
		lines += *at == '\n';
	while (lines > DRAFTS_MOST) {
		names += strcspn(names, "\n") + 1;
		lines--;
	}
	return names;
}

unsigned drafts_of(struct store *store, const struct user *user, struct arena *arena,
	struct draft drafts[DRAFTS_MOST])
{
	struct buf names = {0};
	unsigned count = 0;

	(void)kv_bytes(store, kv_of(KV_DRAFTS, user->who), &names);
	for (const char *at = newest_names(buf_cstr(&names)); *at && count < DRAFTS_MOST;) {
		struct bytes title = {0, 0}, rest = {0, 0};
		struct buf value = {0};
		char name[DRAFT_NAME];
		size_t len = strcspn(at, "\n");

		snprintf(name, sizeof(name), "%.*s", (int)len, at);
		drafts[count] = (struct draft){0};
		if (kv_bytes(store, kv_part(KV_DRAFT, user->who, name), &value) &&
			decode(buf_bytes(&value), &drafts[count], &title, &rest))
			drafts[count++].title = (const char *)arena_bytes(arena, title).at;
		buf_release(&value);
		at += len + (at[len] == '\n');
	}
	buf_release(&names);
	return count;
}
