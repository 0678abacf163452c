/* SPDX-License-Identifier: GPL-3.0-or-later
 * Lists of places: the layouts that are taken, and what refuses a list.
 */
#include "app/areas.h"

#include <setjmp.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"

static void lists(const char *text, const char *prefix, const char *list, const char *name)
{
	struct areas areas = {.lines = NULL};
	struct buf out = {0};
	struct fault fault = {0};
	char got[8];

	if (areas_read(&areas, "a.csv", bytes_text(text), prefix, &fault) != RC_OK)
		fail_msg("%s", fault.text);
	areas_put(&areas, &out);
	assert_string_equal(buf_cstr(&out), list);
	areas_name(&areas, got);
	assert_string_equal(got, name);
	areas_release(&areas);
	buf_release(&out);
}

static void test_layouts(void **state)
{
	static const char list[] =
		"#: code name\n410800000000\t焦作市\n410882103000\t柏香镇\n410882103205\t王庄村\n";

	(void)state;
	lists("#: code name\n410882103205\t王庄村\n410800000000\t焦作市\n410882103000\t柏香镇\n",
		"", list, "4108");
	lists("\"code\",\"name\",\"streetCode\",\"provinceCode\",\"cityCode\",\"areaCode\"\r\n"
	      "\"410882103205\",\"王庄村\",\"410882103\",\"41\",\"4108\",\"410882\"\r\n"
	      "\"410882103\",\"柏香镇\",\"\",\"41\",\"4108\",\"410882\"\r\n"
	      "\"4108\",\"焦作市\",\"\",\"41\",\"\",\"\"\r\n",
		"", list, "4108");
	lists("名称,代码\n王庄村,410882103205\n柏香镇,410882103\n焦作市,4108\n信阳市,4115\n",
		"4108", list, "4108");
	lists("410882103205,王庄村\n410882103205,王庄村\n", "",
		"#: code name\n410882103205\t王庄村\n", "410882");
	/* What stands between or before is no name. */
	lists("410882103205,122,王庄村\n410800000000,,焦作市\n410882103000,121,柏香镇\n", "", list,
		"4108");
	lists("地名\t类\t区划\n王庄村\t122\t410882103205\n焦作市\t\t4108\n柏香镇\t121\t410882103\n",
		"", list, "4108");
	lists("统计用区划代码,城乡分类代码,单位名称\n410882103205,122,王庄村\n4108,0,"
	      "焦作市\n410882103,"
	      "121,柏香镇\n",
		"", list, "4108");
	lists("41\t河南省\n4108\t焦作市\n410882\t沁阳市\n", "",
		"#: code name\n410000000000\t河南省\n410800000000\t焦作市\n410882000000\t沁阳市\n",
		"4108");
	lists("41\t河南省\n13\t河北省\n", "",
		"#: code name\n130000000000\t河北省\n410000000000\t河南省\n", "all");
}

static void test_refused(void **state)
{
	static const struct {
		const char *text, *says;
	} cases[] = {
		{"4108821\t王庄村\n", "a.csv:1: "},
		{"410882\t沁阳市\n99\t某地\n", "a.csv:2: "},
		{"410882\t\n", "a.csv:1: "},
		{"code,name\n410882,沁阳市\n410883\n", "a.csv:3: "},
		{"410882,\"沁阳\n", "a.csv:1: "},
		{"410882,沁阳市\n410882,沁阳县\n", "沁阳县"},
		{"410882,沁\xff阳市\n", "a.csv: "},
		{"410882,122\n", "a.csv:1: "},
		{"410882,沁阳市,1\n410883,122,孟州市\n", "a.csv:2: "},
	};

	(void)state;
	for (size_t i = 0; i < countof(cases); i++) {
		struct areas areas = {.lines = NULL};
		struct fault fault = {0};

		assert_int_equal(
			areas_read(&areas, "a.csv", bytes_text(cases[i].text), "", &fault), RC_BAD);
		if (!strstr(fault.text, cases[i].says))
			fail_msg("%s", fault.text);
		areas_release(&areas);
	}
}

/* A second import adds and renames; nothing that was there is lost. */
static void test_store(void **state)
{
	static const char *const texts[] = {
		"410882,沁阳市\n410882103,柏香镇\n", "410882103,柏香乡\n410882104,西向镇\n"};
	char home[] = "/tmp/outpost-areas-XXXXXX";
	struct buf path = {0}, text = {0};
	struct fault fault = {0};

	(void)state;
	assert_non_null(mkdtemp(home));
	for (size_t i = 0; i < countof(texts); i++) {
		struct areas areas = {.lines = NULL};

		buf_clear(&path);
		assert_int_equal(
			areas_read(&areas, "a.csv", bytes_text(texts[i]), "", &fault), RC_OK);
		assert_int_equal(areas_store(&areas, home, &path, &fault), RC_OK);
		areas_release(&areas);
	}
	assert_int_equal(file_read(buf_cstr(&path), AREAS_FILE, &text, &fault), RC_OK);
	assert_string_equal(buf_cstr(&text),
		"#: code name\n410882000000\t沁阳市\n410882103000\t柏香乡\n410882104000\t西向镇\n");
	unlink(buf_cstr(&path));
	path.at[strlen(home) + strlen("/areas")] = '\0';
	rmdir((const char *)path.at);
	rmdir(home);
	buf_release(&path);
	buf_release(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_layouts),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_store),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
