/* SPDX-License-Identifier: GPL-3.0-or-later
 * Which element means what, whatever its prefix.
 */
#include "format/cap_names.h"

#include <setjmp.h>

#include <cmocka.h>

static int index_of(enum cap_place in, const char *text)
{
	struct cap_name name = cap_name_of(text);
	const struct cap_element *e = cap_element_of(in, &name);

	return e ? (int)e->index : -1;
}

static void test_names(void **state)
{
	(void)state;
	assert_int_equal(index_of(P_ALERT, "sendTime"), CAP_SENT);
	assert_int_equal(index_of(P_ALERT, "urn:oasis:names:tc:emergency:cap:1.2|sent"), CAP_SENT);
	assert_int_equal(index_of(P_ALERT, "http://example.org/any|sent"), CAP_SENT);
	assert_int_equal(index_of(P_ALERT, "severity"), -1);
	assert_int_equal(index_of(P_INFO, "eventType"), CAP_EVENT);
	assert_int_equal(index_of(P_AUTHOR, "http://www.w3.org/2005/Atom|name"), CAP_SENDER_NAME);
	assert_int_equal(index_of(P_OTHER, "sent"), -1);
}

/* In a feed the space decides. */
static void test_feed(void **state)
{
	(void)state;
	assert_int_equal(
		index_of(P_ENTRY, "urn:oasis:names:tc:emergency:cap:1.2|severity"), CAP_SEVERITY);
	assert_int_equal(
		index_of(P_ENTRY, "http://www.incident.com/cap/1.0|severity"), CAP_SEVERITY);
	assert_int_equal(index_of(P_ENTRY, "cap:severity"), CAP_SEVERITY);
	assert_int_equal(index_of(P_ENTRY, "http://example.org/other|severity"), -1);
	assert_int_equal(index_of(P_ENTRY, "http://landscape.org/a|severity"), -1);
	assert_int_equal(index_of(P_ENTRY, "severity"), -1);
	assert_int_equal(index_of(P_ENTRY, "title"), CAP_HEADLINE);
	assert_int_equal(index_of(P_ENTRY, "http://www.w3.org/2005/Atom|summary"), CAP_DESCRIPTION);
	assert_int_equal(index_of(P_ENTRY, "http://example.org/media|title"), -1);
	assert_int_equal(index_of(P_ENTRY, "urn:oasis:names:tc:emergency:cap:1.2|title"), -1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_feed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
