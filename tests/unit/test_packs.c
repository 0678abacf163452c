/* SPDX-License-Identifier: GPL-3.0-or-later
 * Packs, checklists and cards: those that are shipped are whole, bad ones name file, line and rule.
 */
#include "model/packs.h"

#include <setjmp.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "model/codes.h"
#include "model/shipped.h"

static bool shipped(const char *folder, const char *name, const char *ending)
{
	char path[128];
	snprintf(path, sizeof path, "%s%s%s", folder, name, ending);
	return shipped_file(path).len > 0;
}

static void shipped_packs(void **state)
{
	struct arena arena = {0};
	struct fault fault;
	const char *name;

	(void)state;
	for (unsigned n = 0; (name = shipped_name("packs/", n)); n++) {
		struct pack pack;
		if (pack_read(&pack, name, shipped_file(name), &arena, &fault))
			fail_msg("%s", fault.text);
		assert_true(pack.cards.count && pack.checklists.count && pack.duties);
		for (unsigned i = 0; i < pack.checklists.count; i++)
			if (!shipped("checklists/", pack.checklists.code[i], ".tsv"))
				fail_msg("%s: no checklist %s", name, pack.checklists.code[i]);
		for (unsigned i = 0; i < pack.cards.count; i++)
			if (!shipped("cards/", pack.cards.code[i], ".txt"))
				fail_msg("%s: no card %s", name, pack.cards.code[i]);
	}
	arena_release(&arena);
}

static void shipped_checklists(void **state)
{
	struct arena arena = {0};
	struct fault fault;
	const char *name;
	unsigned n = 0;

	(void)state;
	for (; (name = shipped_name("checklists/", n)); n++) {
		struct checklist list;
		if (checklist_read(&list, name, shipped_file(name), &arena, &fault))
			fail_msg("%s", fault.text);
		assert_true(list.items >= 6 && *list.zh && *list.basis);
	}
	assert_true(n >= 9);
	arena_release(&arena);
}

static void shipped_cards(void **state)
{
	struct arena arena = {0};
	struct fault fault;
	const char *name;
	char signs[64] = "";
	unsigned n = 0;

	(void)state;
	for (; (name = shipped_name("cards/", n)); n++) {
		struct card card;
		if (card_read(&card, name, shipped_file(name), &arena, &fault))
			fail_msg("%s", fault.text);
		assert_true(*card.event && *card.level && *card.key);
		if (strchr(signs, *card.key)) /* on the plate each opens by its own */
			fail_msg("%s: another card has the key %s", name, card.key);
		signs[n] = *card.key;
		assert_non_null(strstr(card.text, "\n1. ") ? card.text : strstr(card.text, "1. "));
	}
	assert_true(n >= 12);
	arena_release(&arena);
}

static void warehouse_has_seven(void **state)
{
	struct arena arena = {0};
	struct checklist list;
	struct fault fault;

	(void)state;
	assert_int_equal(checklist_read(&list, "w", shipped_file("checklists/warehouse.tsv"),
				 &arena, &fault),
		RC_OK);
	assert_int_equal(list.items, 7);
	assert_string_equal(list.item[0].category, "H0406");
	assert_string_equal(list.item[0].grade, "M");
	arena_release(&arena);
}

/* A county's own files of an older program. */
static void former_rows_are_taken_and_named(void **state)
{
	struct arena arena = {0};
	struct fault fault;
	struct pack pack;
	struct checklist list;
	struct card card;

	(void)state;
	assert_int_equal(pack_read(&pack, "my.conf",
				 bytes_text("name 甲 A\nseason flood 05-15 09-30 汛期 flood\n"
					    "target drill table 1 year 演练 drill\n"
					    "season fire 12-01 04-30 防火 fire\n"
					    "obligation year 2 核对名单 \"confirm lists\"\n"),
				 &arena, &fault),
		RC_OK);
	assert_string_equal(pack.unread, "season target");
	assert_int_equal(pack.duties, 1);
	assert_string_equal(pack.duty[0].zh, "核对名单");
	assert_int_equal(checklist_read(&list, "l.tsv",
				 bytes_text("code\tA\ntitle\t甲\tA list\nfor\tR02 R03\nitem\t看\n"),
				 &arena, &fault),
		RC_OK);
	assert_string_equal(list.unread, "for");
	assert_int_equal(
		card_read(&card, "c.txt",
			bytes_text("code: A\ntitle: 甲\nenglish: A card\nrole: R02\n\n做\n"),
			&arena, &fault),
		RC_OK);
	assert_string_equal(card.unread, "english role");
	assert_string_equal(card.text, "做");
	assert_int_equal(
		pack_read(&pack, "my.conf", bytes_text("name 甲 A\n"), &arena, &fault), RC_OK);
	assert_string_equal(pack.unread, "");
	arena_release(&arena);
}

static void bad_packs(void **state)
{
	static const char *const bad[] = {
		"name 甲 A\nwrong x\n",
		"name 甲 A\ncard\n",
		"name 甲 A\nobligation century 1 甲 A\n",
		"name 甲 A\nobligation year 0 甲 A\n",
		"name 甲 A\nobligation year 1\n",
	};
	struct arena arena = {0};
	struct pack pack;
	struct fault fault;

	(void)state;
	for (unsigned i = 0; i < countof(bad); i++) {
		assert_int_equal(
			pack_read(&pack, "my.conf", bytes_text(bad[i]), &arena, &fault), RC_BAD);
		assert_non_null(strstr(fault.text, "my.conf:2: "));
	}
	assert_int_equal(
		pack_read(&pack, "my.conf", bytes_text("card fire\n"), &arena, &fault), RC_BAD);
	arena_release(&arena);
}

static void bad_lists_and_cards(void **state)
{
	static const char *const lists[] = {
		"code\tA\ntitle\t甲\n",
		"code\tA\ntitle\t甲\nitem\t看\tH7777\n",
		"code\tA\ntitle\t甲\nitem\t看\tH01\tX\n",
		"code\tA\ntitle\t甲\nitem\t\n",
		"title\t甲\nitem\t看\n",
	};
	static const char *const cards[] = {
		"code: A\ntitle: 甲\n",
		"code: A\ntitle: 甲\nevent: 99\n\n做\n",
		"code: A\nsubject: 甲\n\n做\n",
		"title: 甲\n\n做\n",
		"code: A\ntitle: 甲\nlevel: R99\n\n做\n",
		"code: A\ntitle: \xff\n\n做\n",
		"code: A\ntitle: 甲\nkey: q\n\n做\n",
		"code: A\ntitle: 甲\nkey: 12\n\n做\n",
		"code: A\ntitle: 甲\nfits: 11B03 99\n\n做\n",
		"code: A\ntitle: 甲\nfits: 11B03/green\n\n做\n",
	};
	struct arena arena = {0};
	struct checklist list;
	struct card card;
	struct fault fault;

	(void)state;
	for (unsigned i = 0; i < countof(lists); i++) {
		assert_int_equal(
			checklist_read(&list, "l.tsv", bytes_text(lists[i]), &arena, &fault),
			RC_BAD);
		assert_non_null(strstr(fault.text, "l.tsv:"));
	}
	for (unsigned i = 0; i < countof(cards); i++) {
		assert_int_equal(
			card_read(&card, "c.txt", bytes_text(cards[i]), &arena, &fault), RC_BAD);
		assert_non_null(strstr(fault.text, "c.txt:"));
	}
	assert_int_equal(card_read(&card, "c.txt",
				 bytes_text("code: A\r\ntitle: 甲\r\n\r\n做一\r\n\r\n做二\r\n"),
				 &arena, &fault),
		RC_OK);
	assert_string_equal(card.zh, "甲");
	assert_string_equal(card.text, "做一\r\n\r\n做二");
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(shipped_packs),
		cmocka_unit_test(shipped_checklists),
		cmocka_unit_test(shipped_cards),
		cmocka_unit_test(warehouse_has_seven),
		cmocka_unit_test(former_rows_are_taken_and_named),
		cmocka_unit_test(bad_packs),
		cmocka_unit_test(bad_lists_and_cards),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
