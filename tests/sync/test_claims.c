/* SPDX-License-Identifier: GPL-3.0-or-later
 * The real programs: an enrolled village that makes up one frame, the hub that answers it, and the
 * people there who read of it and decide. Tests also: sync_claims.c sync_site.c hub_serve.c
 */
#include "world.h"

#include "base/when.h"
#include "model/kinds.h"
#include "store/identity.h"
#include "store/station.h"
#include "sync/swap.h"
#include "sync/take/internal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

static struct pair *pair;
static char home[200];

static int begin(void **state)
{
	struct sync_result result;

	(void)state;
	pair = world_pair();
	snprintf(home, sizeof home, "%s", store_home(pair->town));
	world_hazard(pair->village, 0, "村东桥下");
	assert_true(world_sync(pair->village, &pair->road, 5, &result));
	return 0;
}

static int end(void **state)
{
	(void)state;
	world_pair_end(pair);
	return 0;
}

/* The hub's program over its standard streams: QUESTION goes in, the answer comes. */
static void real_hub(const struct buf *question, struct buf *answer)
{
	char program[300], site[16];
	uint8_t head[4], piece[4096];
	int in[2], out[2], code = -1;
	ssize_t got;

	snprintf(program, sizeof program, "%s/outpost-hub", getenv("OUTPOST_BUILD"));
	site_hex(store_station(pair->village)->site, site);
	assert_int_equal(pipe(in) | pipe(out), 0);
	pid_t pid = fork();
	if (pid == 0) {
		dup2(in[0], STDIN_FILENO);
		dup2(out[1], STDOUT_FILENO);
		close(in[1]);
		close(out[0]);
		execl(program, "outpost-hub", "--store", home, "--stdio", "--site", site, NULL);
		_exit(127);
	}
	close(in[0]);
	close(out[1]);
	for (unsigned b = 0; b < sizeof head; b++)
		head[b] = (uint8_t)(question->len >> (8 * b));
	assert_int_equal(write(in[1], head, sizeof head), sizeof head);
	assert_int_equal(write(in[1], question->at, question->len), question->len);
	close(in[1]);
	while ((got = read(out[0], piece, sizeof piece)) > 0)
		buf_put(answer, piece, (size_t)got);
	close(out[0]);
	assert_int_equal(waitpid(pid, &code, 0), pid);
	assert_int_equal(code, 0);
}

/* What `outpost ARGS` prints at the town; its exit code. */
static int real(const char *args, struct buf *out)
{
	char line[600], piece[400];
	FILE *pipe;

	snprintf(line, sizeof line, "OUTPOST_LANG=zh %s/outpost --home %s %s 2>&1",
		getenv("OUTPOST_BUILD"), home, args);
	buf_clear(out);
	assert_non_null(pipe = popen(line, "r"));
	while (fgets(piece, sizeof piece, pipe))
		buf_text(out, piece);
	int code = pclose(pipe);
	return WIFEXITED(code) ? WEXITSTATUS(code) : -1;
}

static void reopen(void)
{
	struct fault fault;

	assert_int_equal(store_open(&pair->town, home, STORE_FAST, &fault), RC_OK);
	pair->road.hub = pair->town;
}

static void one_frame_of_a_village_ends_no_township(void **state)
{
	uint64_t own = store_station(pair->town)->site, number = log_number(store_log(pair->town));
	struct message question = {.type = MESSAGE_ASK,
		.full = true,
		.number = 1000,
		.store = number,
		.heard = 1000000};
	struct buf frame = {0}, answer = {0}, said = {0};
	struct sync_result result;
	struct fault fault;
	struct peer peer;

	(void)state;
	assert_int_equal(peer_load(pair->village, &peer, &fault), RC_OK);
	assert_int_equal(
		frame_close(pair->village, &peer.site, &question, CLOSE_PLAIN, &frame, &fault),
		RC_OK);
	assert_in_range(frame.len, 50, 80);
	store_close(pair->town);
	real_hub(&frame, &answer);
	assert_true(answer.len > 0);
	reopen();
	assert_true(store_station(pair->town)->site == own);
	assert_true(log_number(store_log(pair->town)) == number);
	store_close(pair->town);
	assert_int_equal(real("site claims --json", &said), 0);
	assert_non_null(strstr(buf_cstr(&said), "\"what\":\"answer\",\"count\":1"));
	assert_int_equal(real("site claims", &said), 0);
	assert_non_null(strstr(buf_cstr(&said), "village"));
	assert_non_null(strstr(buf_cstr(&said), "说本站回答过它"));
	reopen();
	assert_true(world_sync(pair->village, &pair->road, 5, &result));
	buf_release(&frame);
	buf_release(&answer);
	buf_release(&said);
}

static void a_person_goes_on_under_a_new_site(void **state)
{
	uint64_t own = store_station(pair->town)->site;
	struct sync_result result;
	struct buf said = {0};

	(void)state;
	store_close(pair->town);
	assert_int_equal(real("site renew", &said), 2);
	assert_non_null(strstr(buf_cstr(&said), "--yes"));
	reopen();
	assert_true(store_station(pair->town)->site == own);
	store_close(pair->town);
	assert_int_equal(real("site renew --yes", &said), 0);
	assert_non_null(strstr(buf_cstr(&said), "TOW 改为 TOW2"));
	reopen();
	assert_true(store_station(pair->town)->site != own);
	world_hazard(pair->village, 0, "之后");
	assert_true(world_sync(pair->village, &pair->road, 5, &result));
	assert_int_equal(world_count(pair->town, KIND_hazard), 2);
	buf_release(&said);
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, begin, end)
	const struct CMUnitTest tests[] = {
		CASE(one_frame_of_a_village_ends_no_township),
		CASE(a_person_goes_on_under_a_new_site),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
