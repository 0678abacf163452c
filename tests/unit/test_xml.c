/* SPDX-License-Identifier: GPL-3.0-or-later
 * Texts inside XML: whatever bytes they have, a parser reads them back as a text, and nothing of
 * them is markup.
 */
#include "format/xml.h"

#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <expat.h>

#include "base/text.h"

static void test_entities(void **state)
{
	struct buf out = {0};

	(void)state;
	xml_text(&out, bytes_text("a<b>&\"'c\n\x1b\xff甲\xE2\x80\xAE"), false);
	assert_string_equal(buf_cstr(&out), "a&lt;b&gt;&amp;&quot;&#39;c ??甲");
	buf_clear(&out);
	xml_text(&out, bytes_text("a\nb\xEF\xBF\xBF"), true);
	assert_string_equal(buf_cstr(&out), "a\nb?");
	buf_clear(&out);
	xml_element(&out, "p class=\"k\"", "<>");
	assert_string_equal(buf_cstr(&out), "<p class=\"k\">&lt;&gt;</p>");
	buf_clear(&out);
	xml_element(&out, "p", "");
	assert_int_equal(out.len, 0);
	buf_release(&out);
}

struct heard {
	struct buf text, attribute;
	unsigned elements;
};

static void on_start(void *to, const XML_Char *name, const XML_Char **attributes)
{
	struct heard *heard = to;

	(void)name;
	heard->elements++;
	for (; *attributes; attributes += 2)
		buf_text(&heard->attribute, attributes[1]);
}

static void on_text(void *to, const XML_Char *text, int len)
{
	struct heard *heard = to;

	buf_put(&heard->text, text, (size_t)len);
}

/* Bytes that do harm somewhere come often. */
static uint8_t next_byte(uint64_t *seed)
{
	static const char bad[] = "<>&\"'/!-[]=;#\n\r\t \0\x1b\x7f\xc2\x85\xe2\x80\xae\xef\xbf\xbe";

	*seed = *seed * UINT64_C(6364136223846793005) + 1;
	unsigned number = (unsigned)(*seed >> 40);
	return (uint8_t)(number & 1 ? (uint8_t)bad[(number >> 1) % (sizeof bad - 1)] : number >> 1);
}

static void judge(struct bytes raw)
{
	struct buf text = {0}, shown = {0};
	struct heard heard = {.elements = 0};
	XML_Parser parser = XML_ParserCreate("UTF-8");

	buf_text(&text, "<a b=\"");
	xml_text(&text, raw, false);
	buf_text(&text, "\">");
	xml_text(&text, raw, false);
	buf_text(&text, "</a>");
	XML_SetUserData(parser, &heard);
	XML_SetElementHandler(parser, on_start, NULL);
	XML_SetCharacterDataHandler(parser, on_text);
	assert_int_equal(XML_Parse(parser, buf_cstr(&text), (int)text.len, 1), XML_STATUS_OK);
	assert_int_equal(heard.elements, 1);
	assert_string_equal(buf_cstr(&heard.text), buf_cstr(&heard.attribute));
	/* And it is the text that terminals show, but for the two that XML forbids. */
	text_show((const char *)raw.at, raw.len, false, &shown);
	if (!strstr(buf_cstr(&shown), "\xEF\xBF\xBE") &&
		!strstr(buf_cstr(&shown), "\xEF\xBF\xBF") && !strchr(buf_cstr(&shown), '\n'))
		assert_string_equal(buf_cstr(&heard.text), buf_cstr(&shown));
	XML_ParserFree(parser);
	buf_release(&heard.text);
	buf_release(&heard.attribute);
	buf_release(&shown);
	buf_release(&text);
}

static void test_any_bytes(void **state)
{
	enum { TEXTS = 20000, LONGEST = 60 };
	uint64_t seed = 11;
	uint8_t raw[LONGEST];

	(void)state;
	for (unsigned n = 0; n < TEXTS; n++) {
		size_t len = n % LONGEST;

		for (size_t at = 0; at < len; at++)
			raw[at] = next_byte(&seed);
		judge(bytes_of(raw, len));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_entities),
		cmocka_unit_test(test_any_bytes),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
