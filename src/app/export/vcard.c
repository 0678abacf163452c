/* SPDX-License-Identifier: GPL-3.0-or-later
 * Contacts, experts and people as vCards, for the telephone of whoever goes out.
 */
#include "export_inside.h"

#include "base/when.h"
#include "model/kinds.h"
#include "store/station.h"

/* Which fields say what; 0: none does. */
static const struct card {
	unsigned kind, name, title, org, group, phone, phone2;
} cards[] = {
	{KIND_contact, contact_name, contact_duty, contact_org, contact_group, contact_phone,
		contact_phone2},
	{KIND_expert, expert_name, expert_subject, expert_org, 0, expert_phone, 0},
	{KIND_person, person_name, person_post, 0, person_role, person_phone, person_phone2},
};

static const struct card *card_of(const struct kind *kind)
{
	for (size_t n = 0; n < countof(cards); n++)
		if (cards[n].kind == kind->id)
			return &cards[n];
	return NULL;
}

bool vcard_has(const struct kind *kind)
{
	return card_of(kind) != NULL;
}

/* Nobody knows where a family name ends: all of it is that; the other four parts are empty. */
static void put_name(struct export *ex, const char *name)
{
	content_line(&ex->text, "N", name);
	ex->text.len -= 2;
	buf_text(&ex->text, ";;;;\r\n");
}

/* Who has left is not called any more. */
bool vcard_row(struct export *ex, const struct row *row)
{
	const struct card *card = card_of(row->kind);
	struct buf name = {0};

	if (row_void(row) || !row_value(row, card->name))
		return false;
	row_field(ex->store, row, card->name, true, &name);
	buf_text(&ex->text, "BEGIN:VCARD\r\nVERSION:3.0\r\n");
	content_id(ex, "UID", row);
	content_line(&ex->text, "FN", buf_cstr(&name));
	put_name(ex, buf_cstr(&name));
	content_field(ex, "ORG", row, card->org);
	content_field(ex, "TITLE", row, card->title);
	content_field(ex, "TEL;TYPE=WORK,VOICE", row, card->phone);
	content_field(ex, "TEL;TYPE=VOICE", row, card->phone2);
	content_field(ex, "CATEGORIES", row, card->group);
	content_utc(&ex->text, "REV", stamp_seconds(row->stamp));
	buf_text(&ex->text, "END:VCARD\r\n");
	buf_release(&name);
	return true;
}
