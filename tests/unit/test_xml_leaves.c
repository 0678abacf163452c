/* SPDX-License-Identifier: GPL-3.0-or-later
 * Leaves of small files: as another parser finds them, and nothing of what it refuses.
 */
#include "format/xml.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <expat.h>

#include "base/text.h"

struct list {
	struct buf text;
};

static bool see(void *to, const char *parent, const char *name, const char *text)
{
	struct list *list = to;

	buf_fmt(&list->text, "%s/%s=%s\n", parent, name, text);
	return true;
}

/* ---- the same by expat */

struct other {
	struct buf found, text;
	char open[XML_DEPTH + 8][XML_NAME];
	unsigned depth;
	bool leaf, doctype;
};

static void on_start(void *to, const XML_Char *name, const XML_Char **attributes)
{
	struct other *other = to;
	const char *plain = strrchr(name, ':');

	(void)attributes;
	if (other->depth < XML_DEPTH + 8)
		snprintf(other->open[other->depth], XML_NAME, "%s", plain ? plain + 1 : name);
	other->depth++;
	other->leaf = true;
	buf_clear(&other->text);
}

static void on_end(void *to, const XML_Char *name)
{
	struct other *other = to;

	(void)name;
	other->depth--;
	if (other->leaf && other->depth < XML_DEPTH + 8)
		buf_fmt(&other->found, "%s/%s=%s\n",
			other->depth ? other->open[other->depth - 1] : "",
			other->open[other->depth], buf_cstr(&other->text));
	other->leaf = false;
	buf_clear(&other->text);
}

static void on_text(void *to, const XML_Char *text, int len)
{
	struct other *other = to;

	buf_put(&other->text, text, (size_t)len);
}

static void on_doctype(
	void *to, const XML_Char *name, const XML_Char *system, const XML_Char *public, int inside)
{
	(void)name, (void)system, (void)public, (void)inside;
	((struct other *)to)->doctype = true;
}

/* Whatever this reader takes and expat takes too reads alike; a DTD is taken by neither. */
static void compare(struct bytes in)
{
	struct list list = {.text = {0}};
	struct other other = {.depth = 0};
	struct fault fault = {0};
	XML_Parser parser = XML_ParserCreate("UTF-8");

	XML_SetUserData(parser, &other);
	XML_SetElementHandler(parser, on_start, on_end);
	XML_SetCharacterDataHandler(parser, on_text);
	XML_SetStartDoctypeDeclHandler(parser, on_doctype);
	bool theirs = XML_Parse(parser, (const char *)in.at, (int)in.len, 1) == XML_STATUS_OK;
	bool ours = xml_leaves(in, see, &list, &fault) == RC_OK;

	if (other.doctype)
		assert_false(ours);
	if (ours && theirs)
		assert_string_equal(buf_cstr(&list.text), buf_cstr(&other.found));
	XML_ParserFree(parser);
	buf_release(&list.text);
	buf_release(&other.found);
	buf_release(&other.text);
}

static const char sample[] =
	"<?xml version=\"1.0\"?><!-- a > b --><x:EBD a='>' b=\"/\"><EBDID>10&lt;&#20013;&#x4e2d;"
	"</EBDID><EBM/><n:C d = '1' ><![CDATA[<a>&amp;]]>t</n:C>\n<D>a<!-- - "
	"-->b<E></E></D></x:EBD>\n";

static void test_sample(void **state)
{
	struct list list = {.text = {0}};
	struct fault fault = {0};

	(void)state;
	assert_int_equal(xml_leaves(bytes_text(sample), see, &list, &fault), RC_OK);
	assert_string_equal(
		buf_cstr(&list.text), "EBD/EBDID=10<中中\nEBD/EBM=\nEBD/C=<a>&amp;t\nD/E=\n");
	compare(bytes_text(sample));
	buf_release(&list.text);
}

static void test_refused(void **state)
{
	static const char *const texts[] = {"", "<a>", "<a></b>", "<a/><b/>", "x<a/>", "<a/>x",
		"<!DOCTYPE a><a/>", "<a>&b;</a>", "<a>&#0;</a>", "<a>&#55296;</a>", "<a b></a>",
		"<a b=c/>", "</a>", "<a><!ENTITY b 'c'></a>", "<a><![CDATA[</a>", "<", "<a",
		"<a b='"};
	struct list list = {.text = {0}};
	struct fault fault = {0};

	(void)state;
	for (size_t n = 0; n < countof(texts); n++)
		if (xml_leaves(bytes_text(texts[n]), see, &list, &fault) != RC_BAD)
			fail_msg("%s", texts[n]);
	for (unsigned depth = 1; depth <= XML_DEPTH + 1; depth++) {
		struct buf deep = {0};

		for (unsigned n = 0; n < depth; n++)
			buf_text(&deep, "<a>");
		for (unsigned n = 0; n < depth; n++)
			buf_text(&deep, "</a>");
		assert_int_equal(xml_leaves(buf_bytes(&deep), see, &list, &fault),
			depth > XML_DEPTH ? RC_BAD : RC_OK);
		buf_release(&deep);
	}
	buf_release(&list.text);
}

/* The sample with some bytes changed, taken out, or put elsewhere. */
static void test_mutations(void **state)
{
	enum { TRIES = 60000 };
	static const char bad[] = "<>&/;!-[]'\"= \0#xab\x80\xe4";
	uint64_t seed = 5;
	char text[sizeof sample];

	(void)state;
	for (unsigned n = 0; n < TRIES; n++) {
		size_t len = sizeof sample - 1;

		memcpy(text, sample, sizeof sample);
		for (unsigned change = 0; change <= n % 3; change++) {
			seed = seed * UINT64_C(6364136223846793005) + 1;
			size_t at = (size_t)(seed >> 33) % len;

			if (seed >> 63)
				text[at] = bad[(seed >> 20) % (sizeof bad - 1)];
			else
				memmove(text + at, text + at + 1, --len - at);
		}
		compare(bytes_of((const uint8_t *)text, len));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sample),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_mutations),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
