/* SPDX-License-Identifier: GPL-3.0-or-later
 * Everything that --json prints is exactly one JSON value, whatever is in the records: read back by
 * the strict reader from the program's own stdout.
 */
#include "format/json.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static char home[64];

/* What the program prints for a shell's words; RC of the run in *code. */
static void run(const char *words_given, struct buf *out, int *code)
{
	const char *build = getenv("OUTPOST_BUILD");
	char command[1000];
	snprintf(command, sizeof command, "OUTPOST_HOME=%s '%s/outpost' %s 2>/dev/null </dev/null",
		home, build ? build : "build", words_given);
	FILE *pipe = popen(command, "r");
	assert_non_null(pipe);
	buf_clear(out);
	char part[4096];
	for (size_t n; (n = fread(part, 1, sizeof part, pipe)) > 0;)
		buf_put(out, part, n);
	*code = pclose(pipe) >> 8;
}

static void test_all(void **state)
{
	static const char *const adds[] = {
		"init --area 410882103205 --name '王\"庄\\\\村' --user '张\"三'",
		("add hazard category=H0101 'place=\"a\\b\"' \"text=一\n二\t三\" grade=M risk=1 "
		 "owner_due=2027-08"),
		"add warning event=11B03 severity=red headline=雨 areas=410882,999999",
		"add supply name=泵 quantity=0.5 unit=台 expires=2026-01",
		"add report event=flood stage=zero dead=0 crop_ha=1.25",
		"step 2 sign",
		"add household head=陈 phone=13812345678 tags=elder",
	};
	static const char *const reads[] = {
		"whoami --json",
		"list hazard --json",
		"list warning --json",
		"list report --json",
		"list supply --json",
		"list drill --json",
		"find 雨 --json",
		"find nothing --json",
		"kinds --json",
		"kinds hazard --json",
		"today --json",
		"user list --json",
		"check --json",
		"show 8 --json",
		"show 10 --json",
		"show 10 --history --json",
		"--json list household",
	};
	struct buf out = {0};
	int code;
	(void)state;
	snprintf(home, sizeof home, "/tmp/outpost-json-XXXXXX");
	assert_non_null(mkdtemp(home));
	for (size_t i = 0; i < countof(adds); i++)
		run(adds[i], &out, &code); /* some are refused, which is no matter here */
	run("list hazard --json", &out, &code);
	assert_non_null(strstr(buf_cstr(&out), "一\\n二"));
	for (size_t i = 0; i < countof(reads); i++) {
		size_t at;
		const char *why = "";
		run(reads[i], &out, &code);
		if (code != 0 && code != 6)
			fail_msg("%s: exit %d", reads[i], code);
		if (code == 6)
			continue;
		while (out.len && out.at[out.len - 1] == '\n')
			out.len--;
		if (!json_check(buf_bytes(&out), &at, &why))
			fail_msg("%s: %s at %zu", reads[i], why, at);
	}
	buf_release(&out);
	char command[100];
	snprintf(command, sizeof command, "rm -rf '%s'", home);
	assert_int_equal(system(command), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_all),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
