/* SPDX-License-Identifier: GPL-3.0-or-later
 * The hub at the end of a pipe: frames in, frames out, and an end to whoever dribbles.
 */
#include "sync/link.h"

#include <setjmp.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "hub_child.h"

struct hub {
	pid_t pid;
	int to, from;
};

static enum rc no_room(
	void *to, const struct bytes asks[], struct buf answers[], size_t n, struct fault *fault)
{
	(void)to;
	(void)asks;
	(void)n;
	buf_text(&answers[0], "not durable");
	return fault_set(fault, RC_FULL, "full");
}

/* Its exit code is what serve_stdio returned. */
static struct hub start(int seconds, int idle, serve_fn *answer)
{
	int in[2], out[2];
	struct hub hub = {0};
	assert_int_equal(pipe(in), 0);
	assert_int_equal(pipe(out), 0);
	hub.pid = fork();
	if (hub.pid == 0) {
		struct fault fault;
		close(in[1]);
		close(out[0]);
		_exit((int)serve_stdio(
			&(struct serve_pipe){in[0], out[1], seconds, idle}, answer, NULL, &fault));
	}
	close(in[0]);
	close(out[1]);
	hub.to = in[1];
	hub.from = out[0];
	return hub;
}

static enum rc end(struct hub *hub)
{
	int status;
	if (hub->to >= 0)
		close(hub->to);
	close(hub->from);
	assert_int_equal(waitpid(hub->pid, &status, 0), hub->pid);
	assert_true(WIFEXITED(status));
	return (enum rc)WEXITSTATUS(status);
}

static void give(struct hub *hub, const void *at, size_t len)
{
	if (write(hub->to, at, len) != (ssize_t)len)
		return; /* it has ended, as some tests want */
}

static size_t take(struct hub *hub, char *out, size_t len)
{
	size_t done = 0;
	while (done < len) {
		ssize_t got = read(hub->from, out + done, len - done);
		if (got <= 0)
			break;
		done += (size_t)got;
	}
	return done;
}

static void frames_are_answered_one_by_one(void **state)
{
	(void)state;
	char said[40];
	struct hub hub = start(5, 5, hub_child_echo);
	give(&hub, "\3\0\0\0one\0\0\0\0\5\0\0\0three", 16 + 4);
	assert_int_equal(take(&hub, said, 4 + 6 + 4 + 3 + 4 + 8), 29);
	assert_memory_equal(said, "\6\0\0\0re:one\3\0\0\0re:\10\0\0\0re:three", 29);
	assert_int_equal(end(&hub), RC_OK);
}

static void large_frames_pass_a_pipe(void **state)
{
	(void)state;
	static char large[SERVE_BODY + 10], back[SERVE_BODY + 20];
	struct hub hub = start(5, 5, hub_child_echo);
	memset(large, 'l', sizeof large);
	memcpy(large, "\0\0\4\0", 4);
	pid_t writer = fork();
	if (writer == 0) {
		give(&hub, large, 4 + SERVE_BODY);
		_exit(0);
	}
	assert_int_equal(take(&hub, back, 4 + 3 + SERVE_BODY), 4 + 3 + SERVE_BODY);
	assert_memory_equal(back, "\3\0\4\0re:", 7);
	assert_memory_equal(back + 7, large + 4, SERVE_BODY);
	waitpid(writer, NULL, 0);
	assert_int_equal(end(&hub), RC_OK);
}

static void too_long_ends_it(void **state)
{
	(void)state;
	char said[10];
	struct hub hub = start(5, 5, hub_child_echo);
	give(&hub, "\1\0\4\0", 4);
	assert_int_equal(take(&hub, said, 1), 0);
	assert_int_equal(end(&hub), RC_BAD);
	hub = start(5, 5, hub_child_echo);
	give(&hub, "\xff\xff\xff\xff", 4);
	assert_int_equal(end(&hub), RC_BAD);
}

static void half_a_frame_is_no_question(void **state)
{
	(void)state;
	static const char frame[] = "\5\0\0\0three";
	for (size_t len = 1; len < sizeof frame - 1; len++) {
		char said[10];
		struct hub hub = start(5, 5, hub_child_echo);
		give(&hub, frame, len);
		close(hub.to);
		hub.to = -1;
		assert_int_equal(take(&hub, said, 1), 0);
		assert_int_equal(end(&hub), RC_LINK);
	}
}

static void what_is_not_stored_is_not_answered(void **state)
{
	(void)state;
	char said[10];
	struct hub hub = start(5, 5, no_room);
	give(&hub, "\1\0\0\0x", 5);
	assert_int_equal(take(&hub, said, 1), 0);
	assert_int_equal(end(&hub), RC_FULL);
}

static void dribblers_and_the_silent_are_ended(void **state)
{
	(void)state;
	char said[10];
	int64_t from = socket_now();
	struct hub hub = start(5, 1, hub_child_echo);
	assert_int_equal(take(&hub, said, 1), 0);
	assert_int_equal(end(&hub), RC_LINK);
	assert_in_range(socket_now() - from, 900, 9000);
	from = socket_now();
	hub = start(1, 60, hub_child_echo);
	give(&hub, "\144\0\0\0", 4);
	for (int i = 0; i < 15; i++) {
		give(&hub, "x", 1);
		usleep(100 * 1000);
	}
	assert_int_equal(take(&hub, said, 1), 0);
	assert_int_equal(end(&hub), RC_LINK);
}

static void who_does_not_read_is_ended(void **state)
{
	(void)state;
	static char large[SERVE_BODY + 4];
	int64_t from = socket_now();
	struct hub hub = start(1, 5, hub_child_echo);
	memcpy(large, "\0\0\4\0", 4);
	give(&hub, large, sizeof large);
	int status;
	assert_int_equal(waitpid(hub.pid, &status, 0), hub.pid);
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == RC_LINK);
	assert_in_range(socket_now() - from, 900, 9000);
	close(hub.to);
	close(hub.from);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(frames_are_answered_one_by_one),
		cmocka_unit_test(large_frames_pass_a_pipe),
		cmocka_unit_test(too_long_ends_it),
		cmocka_unit_test(half_a_frame_is_no_question),
		cmocka_unit_test(what_is_not_stored_is_not_answered),
		cmocka_unit_test(dribblers_and_the_silent_are_ended),
		cmocka_unit_test(who_does_not_read_is_ended),
	};
	sigaction(SIGPIPE, &(struct sigaction){.sa_handler = SIG_IGN}, NULL);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
