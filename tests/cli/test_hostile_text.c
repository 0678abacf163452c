/* SPDX-License-Identifier: GPL-3.0-or-later
 * Records of another station, arguments and files that are full of what commands a terminal, turns
 * the reading direction or begins a line of its own: through every command, on pipes and on
 * terminals in UTF-8, GB18030 and none of both, nothing of it comes out.
 */
#include <fcntl.h>
#include <pty.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "format/json.h"
#include "base/file.h"
#include "base/text.h"
#include "model/kinds.h"
#include "store/log.h"
#include "store/identity.h"
#include "store/station.h"
#include "store/rows/internal.h"

#define EVIL                                                                                       \
	"甲\x1b]0;T\x07\x1b[31m\xC2\x9B"                                                          \
	"2J\x08\x7F\r\nFAKE\rFAKE\nFAKE\xE2\x80\xAE\xE2\x80\x8B\xEF\xBB\xBF乙Û31m"
#define EVIL_BYTES                                                                                 \
	EVIL "\xFF\x9B"                                                                            \
	     "31m"

enum { ARGS = 8, MOST = 1 << 20 };

static char home[64], program[400];
static char number[32]; /* of a hazard */

/* ---- what came out */

static void no_control(const char *what, const char *coding, const char *s, size_t len)
{
	uint32_t cp;
	for (size_t step; (step = text_next(s, len, &cp)) != 0; s += step, len -= step) {
		bool good =
			cp == '\n' || (cp == '\r' && len > 1 && (s[1] == '\n' || s[1] == '\r')) ||
			(cp >= 0x20 && cp != 0x7F && (cp < 0x80 || cp >= 0xA0) && !text_format(cp));
		if (cp == 0xFFFD && step == 1)
			good = false;
		if (!good)
			fail_msg("%s (%s): U+%04X before \"%.40s\"", what, coding, cp, s + step);
	}
}

/* In CSV a line may end within a cell, which has quotes then. */
static void no_fake_line(const char *what, const char *text)
{
	if (strstr(what, "--csv"))
		return;
	if (strncmp(text, "FAKE", 4) == 0 || strstr(text, "\nFAKE"))
		fail_msg("%s: a line of its own in \"%.300s\"", what, text);
}

static void judge(const char *what, const char *coding, struct buf *got)
{
	struct buf text = {0};
	if (!strcmp(coding, "ASCII"))
		for (size_t i = 0; i < got->len; i++)
			if (got->at[i] >= 0x80)
				fail_msg("%s (%s): byte %02x", what, coding, got->at[i]);
	if (!text_from(strcmp(coding, "ASCII") ? coding : "UTF-8", buf_cstr(got), got->len, &text))
		fail_msg("%s: no %s: %.300s", what, coding, buf_cstr(got));
	no_control(what, coding, buf_cstr(&text), text.len);
	no_fake_line(what, buf_cstr(&text));
	buf_release(&text);
}

/* ---- the program */

static void become(const char *locale, const char *const *argv)
{
	setenv("LC_ALL", locale, 1);
	setenv("OUTPOST_HOME", home, 1);
	setenv("TERM", "vt100", 1);
	unsetenv("OUTPOST_LANG");
	execv(program, (char *const *)(uintptr_t)argv);
	_exit(127);
}

/* Both streams of the program; ended by the test when it waits for a person. */
static int run(const char *locale, bool terminal, const char *const *argv, struct buf *got)
{
	int fd, ends[2], status;
	char part[4096];
	pid_t child;
	if (terminal) {
		child = forkpty(&fd, NULL, NULL, NULL);
	} else {
		assert_int_equal(pipe(ends), 0);
		fd = ends[0];
		child = fork();
	}
	assert_true(child >= 0);
	if (child == 0) {
		if (!terminal) {
			dup2(open("/dev/null", O_RDONLY), STDIN_FILENO);
			dup2(ends[1], STDOUT_FILENO);
			dup2(ends[1], STDERR_FILENO);
		}
		alarm(20);
		become(locale, argv);
	}
	if (!terminal)
		close(ends[1]);
	buf_clear(got);
	for (ssize_t n; got->len < MOST && (n = read(fd, part, sizeof part)) > 0;)
		buf_put(got, part, (size_t)n);
	close(fd);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	assert_int_not_equal(WEXITSTATUS(status), 127);
	return WEXITSTATUS(status);
}

static const struct spot {
	const char *locale, *coding;
	bool terminal;
} places[] = {
	{"zh_CN.UTF-8", "UTF-8", false},
	{"zh_CN.UTF-8", "UTF-8", true},
	{"zh_CN.GB18030", "GB18030", true},
	{"C", "ASCII", true},
};

/* WORDS parted by '|'; "EVIL" in one stands for the worst. */
static void everywhere(const char *words_given)
{
	const char *argv[ARGS + 2] = {program};
	char copy[500], filled[ARGS][1000];
	struct buf got = {0};
	int count = 1;
	snprintf(copy, sizeof copy, "%s", words_given);
	for (char *word = copy, *end; word && count <= ARGS; word = end) {
		char *evil;
		if ((end = strchr(word, '|')) != NULL)
			*end++ = 0;
		argv[count] = filled[count - 1];
		if ((evil = strstr(word, "EVIL")) != NULL)
			snprintf(filled[count - 1], 1000, "%.*s%s%s", (int)(evil - word), word,
				EVIL_BYTES, evil + 4);
		else
			snprintf(filled[count - 1], 1000, "%s", word);
		count++;
	}
	argv[count] = NULL;
	for (size_t i = 0; i < countof(places); i++) {
		if (!getenv("LOCPATH") && strstr(places[i].locale, "GB"))
			continue;
		run(places[i].locale, places[i].terminal, argv, &got);
		judge(words_given, places[i].coding, &got);
	}
	buf_release(&got);
}

/* ---- what another station may have written */

static void put_evil(const struct kind *kind, struct buf *body)
{
	for (const struct field *field = kind->fields; field->tag; field++) {
		bool text = field->type == T_TEXT || field->type == T_LONG ||
			    field->type == T_CODE || field->type == T_CODES ||
			    field->type == T_PHONE;
		struct value value = value_text(EVIL);
		if (text)
			put_field(body, field->tag, &value);
	}
}

static void write_evil(struct store *store, unsigned kind_id)
{
	struct fault fault;
	struct buf body = {0};
	const struct kind *kind = kind_of(kind_id);
	put_evil(kind, &body);
	struct op op = {.kind = kind_id,
		.area = store_station(store)->area,
		.by = bytes_text(EVIL),
		.body = buf_bytes(&body)};
	if (store_write(store, &op, &fault) != RC_OK)
		fail_msg("%s: %s", kind->name, fault.text);
	if (kind_id == KIND_hazard)
		store_number(store, (struct ref){op.rec_site, op.rec_seq}, number);
	buf_release(&body);
}

static void write_site(struct store *store)
{
	struct fault fault;
	struct site site = {.site = 0x123456789abcde,
		.area = store_station(store)->area,
		.level = store_station(store)->level};
	snprintf(site.name, sizeof site.name, "%s", EVIL);
	snprintf(site.code, sizeof site.code, "%s", "E\nFAKE");
	assert_int_equal(log_site_set(store_log(store), &site, &fault), RC_OK);
}

static const unsigned evil_kinds[] = {KIND_hazard, KIND_warning, KIND_report, KIND_supply,
	KIND_contact, KIND_task, KIND_drill, KIND_team, KIND_shelter, KIND_plan, KIND_duty};

static int start(void **state)
{
	const char *build = getenv("OUTPOST_BUILD");
	const char *init[] = {program, "init", "--area", "410882103205", "--name", "王庄村",
		"--user", "张三", NULL};
	struct buf got = {0};
	struct fault fault;
	struct store *store;
	(void)state;
	snprintf(program, sizeof program, "%s/outpost", build ? build : "build");
	snprintf(home, sizeof home, "/tmp/outpost-hostile-XXXXXX");
	assert_non_null(mkdtemp(home));
	assert_int_equal(run("C", false, init, &got), 0);
	crypt_start();
	words_start("zh", "", false);
	assert_int_equal(store_open(&store, home, 0, &fault), RC_OK);
	for (size_t i = 0; i < countof(evil_kinds); i++)
		write_evil(store, evil_kinds[i]);
	write_site(store);
	store_close(store);
	buf_release(&got);
	return 0;
}

static int stop(void **state)
{
	char command[100];
	(void)state;
	snprintf(command, sizeof command, "rm -rf '%s'", home);
	return system(command);
}

static void records_command_nothing(void **state)
{
	char words_given[100];
	(void)state;
	for (size_t i = 0; i < countof(evil_kinds); i++) {
		const char *name = kind_of(evil_kinds[i])->name;
		snprintf(words_given, sizeof words_given, "list|%s", name);
		everywhere(words_given);
		snprintf(words_given, sizeof words_given, "list|%s|--json", name);
		everywhere(words_given);
		snprintf(words_given, sizeof words_given, "export|%s|--csv", name);
		everywhere(words_given);
	}
	for (const char *const *option = (const char *const[]){"", "|--history", "|--json", NULL};
		*option; option++) {
		snprintf(words_given, sizeof words_given, "show|%s%s", number, *option);
		everywhere(words_given);
	}
	for (const char *const *more = (const char *const[]){"find|甲", "find|甲|--json", "today",
		     "today|--json", "export|all|--json", "kinds|hazard", "site|list",
		     "site|list|--json", "site|show|123456789abcde", "whoami", "user|list",
		     "sync|--plan", "check", NULL};
		*more; more++)
		everywhere(*more);
}

static void arguments_command_nothing(void **state)
{
	static const char *const commands_given[] = {"EVIL", "--EVIL", "list|EVIL",
		"list|hazard|EVIL", "list|hazard|EVIL=1", "list|hazard|place=EVIL",
		"list|hazard|--state|EVIL", "list|hazard|--area|EVIL", "list|hazard|--sort|EVIL",
		"list|hazard|--EVIL", "show|EVIL", "find|EVIL", "find|甲|--kind|EVIL", "kinds|EVIL",
		"add|EVIL", "add|hazard|EVIL", "add|hazard|EVIL=1",
		"add|hazard|place=EVIL|risk=EVIL", "add|hazard|found_at=EVIL",
		"add|hazard|--json|/tmp/EVIL", "edit|EVIL|place=x", "step|EVIL|close",
		"step|8|EVIL", "step|8|assign|EVIL=1", "import|EVIL|x",
		"import|csv|--kind|hazard|/tmp/EVIL", "import|json|/tmp/EVIL",
		"import|cap|/tmp/EVIL", "import|areas|/tmp/EVIL", "export|EVIL",
		"export|hazard|/nowhere/EVIL", "backup|/nowhere/EVIL", "restore|EVIL",
		"frame|/nowhere/EVIL", "unpack|/nowhere/EVIL", "pack|/nowhere/EVIL",
		"pack|x|--to|EVIL", "join|EVIL", "up|EVIL", "sync|--via|EVIL",
		"sync|--via|ssh://EVIL", "sync|--via|http://EVIL/", "hub|--listen|EVIL",
		"hub|--stdio|--site|EVIL", "site|show|EVIL", "site|revoke|EVIL", "site|EVIL",
		"user|add|EVIL", "user|off|EVIL", "user|EVIL", "--user|EVIL|whoami",
		"invite|--area|EVIL|--name|EVIL", "--home|/nowhere/EVIL|whoami",
		"init|--area|EVIL|--name|EVIL"};
	(void)state;
	for (size_t i = 0; i < countof(commands_given); i++)
		everywhere(commands_given[i]);
}

static void files_command_nothing(void **state)
{
	static const struct {
		const char *name, *text, *words_given;
	} files[] = {
		{"a.csv", EVIL "," EVIL "\nx,y\n", "import|csv|--kind|hazard|"},
		{"b.csv",
			"category,place,risk\n\"" EVIL "\","
			"x,\"" EVIL "\"\n",
			"import|csv|--kind|hazard|"},
		{"c.json", "{\"kind\":\"\\u001b[31m\\nFAKE\\u202e\",\"ref\":\"x\"}\n" EVIL "\n",
			"import|json|"},
		{"d.json",
			"{\"kind\":\"hazard\",\"ref\":\"x\",\"fields\":{\"\xC2\x9B"
			"2J\":1}}\n",
			"import|json|"},
		{"e.xml", EVIL, "import|cap|"},
		{"f.xml",
			"<alert xmlns='urn:oasis:names:tc:emergency:cap:1.2'><identifier>\xC2\x9B"
			"2J\xE2\x80\xAE</identifier><sent>\xC2\x9B"
			"31m</sent></alert>",
			"import|cap|"},
		{"g.tsv", EVIL "\t" EVIL "\n", "import|areas|"},
		{"h.op", EVIL, "frame|"},
		{"i.op", EVIL, "unpack|"},
		{"j.csv", EVIL_BYTES, "import|csv|--kind|hazard|"},
	};
	(void)state;
	for (size_t i = 0; i < countof(files); i++) {
		char path[200], words_given[300];
		struct fault fault;
		snprintf(path, sizeof path, "%s/%s", home, files[i].name);
		assert_int_equal(file_write(path, bytes_text(files[i].text), 0600, &fault), RC_OK);
		snprintf(words_given, sizeof words_given, "%s%s", files[i].words_given, path);
		everywhere(words_given);
	}
}

/* Settings are read by every command. */
static void settings_command_nothing(void **state)
{
	char path[200];
	struct fault fault;
	(void)state;
	snprintf(path, sizeof path, "%s/outpost.conf", home);
	assert_int_equal(
		file_write(path, bytes_text("language " EVIL "\n" EVIL "\nlink.rate " EVIL "\n"),
			0600, &fault),
		RC_OK);
	everywhere("whoami");
	everywhere("today|--json");
	unlink(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(records_command_nothing),
		cmocka_unit_test(arguments_command_nothing),
		cmocka_unit_test(files_command_nothing),
		cmocka_unit_test(settings_command_nothing),
	};
	return cmocka_run_group_tests(tests, start, stop);
}
