/* SPDX-License-Identifier: GPL-3.0-or-later
 * URLs of links: what they are cut into, and what is none.
 */
#include "sync/link.h"

#include <setjmp.h>
#include <string.h>

#include <cmocka.h>

static void parts_of_a_url(void **state)
{
	(void)state;
	struct link_place place;
	assert_true(link_split("http://10.0.0.1", &place));
	assert_string_equal(place.scheme, "http");
	assert_string_equal(place.host, "10.0.0.1");
	assert_string_equal(place.port, "");
	assert_string_equal(place.path, "");
	assert_true(link_split("HTTPS://hub.example:8443/a/b#sha256//ab+/=", &place));
	assert_string_equal(place.scheme, "https");
	assert_string_equal(place.port, "8443");
	assert_string_equal(place.path, "/a/b");
	assert_string_equal(place.pin, "sha256//ab+/=");
	assert_true(link_split("ssh://outpost@[fe80::1]:2222#SHA256:xyz", &place));
	assert_string_equal(place.user, "outpost");
	assert_string_equal(place.host, "fe80::1");
	assert_string_equal(place.port, "2222");
	assert_string_equal(place.pin, "SHA256:xyz");
	assert_true(link_split("file:/media/stick 1", &place));
	assert_string_equal(place.path, "/media/stick 1");
	assert_true(link_split("file:///media/stick", &place));
	assert_string_equal(place.path, "/media/stick");
}

static void what_is_no_url(void **state)
{
	(void)state;
	static const char *const bad[] = {"", "http", "http:", "http:/", "http://", "http:///x",
		"://h", "http://h:", "http://h:0", "http://h:65536", "http://h:8a", "http://h:-1",
		"http:// h", "http://h\n", "http://h\r\nX: y", "http://@h", "http://a:b@h",
		"http://h?x", "http://h/x?y", "http://[::1", "http://[::1]x", "http://[]",
		"ssh://-oProxyCommand=x", "ssh://-l@h", "ssh://h;x", "ssh://h`x`", "ssh://$h",
		"http://h%41", "file:", "file:x", "file:x/y", "file://h/x", "abcdefgh://h",
		"http://h\x7f"};
	struct link_place place;
	for (size_t i = 0; i < countof(bad); i++) {
		if (link_split(bad[i], &place))
			print_message("taken: \"%s\"\n", bad[i]);
		assert_false(link_split(bad[i], &place));
	}
	char host[300] = "http://";
	memset(host + 7, 'h', 280);
	assert_false(link_split(host, &place));
}

static void the_scheme_chooses(void **state)
{
	(void)state;
	const struct link_ops *const table[] = {&link_http, &link_https, &link_file, NULL};
	assert_ptr_equal(link_for(table, "http://h"), &link_http);
	assert_ptr_equal(link_for(table, "HTTPS://h"), &link_https);
	assert_ptr_equal(link_for(table, "file:/x"), &link_file);
	assert_null(link_for(table, "ssh://h"));
	assert_null(link_for(table, "httpx://h"));
	assert_null(link_for(table, "htt"));
	assert_null(link_for(table, ""));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(parts_of_a_url),
		cmocka_unit_test(what_is_no_url),
		cmocka_unit_test(the_scheme_chooses),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
