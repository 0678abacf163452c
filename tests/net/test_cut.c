/* SPDX-License-Identifier: GPL-3.0-or-later
 * An HTTP exchange cut, reset, half closed, stalled and corrupted at every 16th byte, both ways; at
 * every byte in the long run. Never a wrong answer, never a hang, and the next question goes.
 * Covers: K04
 */
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "sync/link.h"
#include "cut.h"
#include "hub_child.h"

static struct hub_child hub;

static int start_hub(void **state)
{
	(void)state;
	hub = hub_child_start(&(struct httpd_ways){.seconds = 3});
	return 0;
}

static int stop_hub(void **state)
{
	(void)state;
	return hub_child_stop(&hub);
}

static void cut_http(enum proxy_harm harm, long step)
{
	struct cut_road road = {.ops = &link_http,
		.scheme = "http://127.0.0.1",
		.port = hub.port,
		.ways = {.wait_ms = 300},
		.wait_ms = 300};
	unsigned runs;
	assert_int_equal(cut_all(&road, harm, getenv("OUTPOST_LONG") ? 1 : step, &runs), 0);
	assert_true(runs >= 10);
	print_message("%u runs\n", runs);
}

static void closed(void **state)
{
	(void)state;
	cut_http(PROXY_CLOSE, 16);
}

static void reset(void **state)
{
	(void)state;
	cut_http(PROXY_RESET, 16);
}

static void half_closed(void **state)
{
	(void)state;
	cut_http(PROXY_HALF, 16);
}

static void stalled(void **state)
{
	(void)state;
	cut_http(PROXY_STALL, 64);
}

static void corrupted(void **state)
{
	(void)state;
	cut_http(PROXY_CORRUPT, 16);
}

static void dribbled(void **state)
{
	(void)state;
	struct proxy_ways ways = {.to_port = hub.port, .dribble_ms = 1};
	struct proxy proxy = proxy_start(&ways);
	struct cut_road road = {.ops = &link_http,
		.scheme = "http://127.0.0.1",
		.port = proxy.port,
		.ways = {.wait_ms = 5000},
		.wait_ms = 5000};
	struct link_count count;
	cut_measure(&road, &count);
	assert_true(count.received > 200);
	proxy_stop(&proxy);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(closed),
		cmocka_unit_test(reset),
		cmocka_unit_test(half_closed),
		cmocka_unit_test(stalled),
		cmocka_unit_test(corrupted),
		cmocka_unit_test(dribbled),
	};
	return cmocka_run_group_tests(tests, start_hub, stop_hub);
}
