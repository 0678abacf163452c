/* SPDX-License-Identifier: GPL-3.0-or-later
 * The page of a station whose records are full of markup: a parser finds the elements and
 * attributes that the page is made of, and no other.
 */
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>
#include <expat.h>

#include "base/file.h"
#include "base/when.h"
#include "format/json.h"
#include "model/kinds.h"
#include "store/identity.h"
#include "store/station.h"

enum { FILE_MOST = 4 << 20, EACH = 12 };

static char home[64], folder[80], full_folder[80], program[400];

static const unsigned kinds_shown[] = {KIND_hazard, KIND_warning, KIND_report, KIND_supply,
	KIND_drill, KIND_shelter, KIND_point, KIND_response, KIND_roster};

/* ---- records */

static const char *hostile(uint64_t *seed)
{
	static const char *const parts[] = {"<script>alert(1)</script>", "\" onload=\"x", "' x='",
		"]]>", "<!--", "-->", "&#60;", "&lt;", "&", "</td></table>", "<?x ?>", "\\u003c",
		"甲", "\xE2\x80\xAE", "\x01", "\n", "<img src=x>", "javascript:", "=1+1"};
	static char text[200];

	text[0] = 0;
	for (unsigned n = 0; n < 5; n++) {
		*seed = *seed * UINT64_C(6364136223846793005) + 1;
		const char *part = parts[(*seed >> 40) % countof(parts)];
		memcpy(text + strlen(text), part, strlen(part) + 1);
	}
	return text;
}

static bool is_number(const struct field *field)
{
	return field->type == T_NUM || field->type == T_DEC || field->type == T_TIME ||
	       field->type == T_LON || field->type == T_LAT;
}

/* Codes of which the program makes something keep a value that it knows. */
static struct value value_for(const struct field *field, unsigned nth, uint64_t *seed)
{
	if (field->type == T_TIME)
		return value_num(when_now());
	if (field->type == T_LON || field->type == T_LAT)
		return value_num(DEGREE * INT64_C(30) + nth * INT64_C(1000));
	if (is_number(field))
		return value_num(nth + (field->tag == supply_target ? INT64_C(90000) : 0));
	if (field->flags & F_COLOUR)
		return value_text(field->codes && !strcmp(field->codes, "risk") ? "1" : "red");
	return value_text(hostile(seed));
}

static void write_one(struct store *store, const struct kind *kind, unsigned nth, uint64_t *seed)
{
	struct buf body = {0};
	struct fault fault;

	for (const struct field *field = kind->fields; field->tag; field++) {
		bool odd = field->type == T_DATE || field->type == T_BOOL ||
			   field->type == T_AREA || field->type == T_AREAS ||
			   field->flags & (F_FOLD | F_MADE | F_REAL | F_ENDS);
		struct value value = odd ? value_num(0) : value_for(field, nth, seed);

		if (!odd || field->type == T_DATE)
			put_field(&body, field->tag, &value);
	}
	struct op op = {.kind = kind->id,
		.area = store_station(store)->area,
		.by = bytes_text("x"),
		.body = buf_bytes(&body)};
	if (store_write(store, &op, &fault) != RC_OK)
		fail_msg("%s: %s", kind->name, fault.text);
	buf_release(&body);
}

static int run(const char *const *argv)
{
	int status = -1;
	pid_t child = fork();

	assert_true(child >= 0);
	if (child == 0) {
		setenv("OUTPOST_HOME", home, 1);
		setenv("OUTPOST_LANG", "zh", 1);
		execv(program, (char *const *)(uintptr_t)argv);
		_exit(127);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static int start(void **state)
{
	const char *build = getenv("OUTPOST_BUILD");
	const char *init[] = {program, "init", "--area", "410882103", "--name", "<b>镇&", NULL};
	uint64_t seed = 7;
	struct fault fault;
	struct store *store;

	(void)state;
	snprintf(program, sizeof program, "%s/outpost", build ? build : "build");
	snprintf(home, sizeof home, "/tmp/outpost-page-XXXXXX");
	assert_non_null(mkdtemp(home));
	snprintf(folder, sizeof folder, "%s-out", home);
	snprintf(full_folder, sizeof full_folder, "%s-full", home);
	assert_int_equal(run(init), 0);
	crypt_start();
	assert_int_equal(store_open(&store, home, 0, &fault), RC_OK);
	for (size_t kind = 0; kind < countof(kinds_shown); kind++)
		for (unsigned n = 0; n < EACH; n++)
			write_one(store, kind_of(kinds_shown[kind]), n, &seed);
	store_close(store);
	return 0;
}

static int stop(void **state)
{
	char command[300];

	(void)state;
	snprintf(command, sizeof command, "rm -rf '%s' '%s' '%s'", home, folder, full_folder);
	return system(command);
}

/* ---- what came out */

static bool among(const char *name, const char *names)
{
	const char *at = names;
	size_t len = strlen(name);

	while ((at = strstr(at, name)) &&
		!((at == names || at[-1] == ' ') && (at[len] == ' ' || at[len] == 0)))
		at++;
	return at != NULL;
}

struct finding {
	const char *elements, *attributes;
	unsigned rows;
};

static void on_start(void *to, const XML_Char *name, const XML_Char **attributes)
{
	struct finding *finding = to;

	finding->rows += !strcmp(name, "td") || !strcmp(name, "entry");
	if (!among(name, finding->elements))
		fail_msg("an element <%s>", name);
	for (; *attributes; attributes += 2)
		if (!among(attributes[0], finding->attributes))
			fail_msg("an attribute %s of <%s>", attributes[0], name);
}

static void read_file(const char *where, const char *name, struct buf *text)
{
	char path[200];
	struct fault fault;

	snprintf(path, sizeof path, "%s/%s", where, name);
	buf_clear(text);
	if (file_read(path, FILE_MOST, text, &fault))
		fail_msg("%s", fault.text);
}

static void judge(const char *where, const char *name, const char *elements, const char *attributes)
{
	struct finding finding = {elements, attributes, 0};
	struct buf text = {0};
	XML_Parser parser = XML_ParserCreate("UTF-8");

	read_file(where, name, &text);
	XML_SetUserData(parser, &finding);
	XML_SetElementHandler(parser, on_start, NULL);
	if (XML_Parse(parser, buf_cstr(&text), (int)text.len, 1) != XML_STATUS_OK)
		fail_msg("%s: %s", name, XML_ErrorString(XML_GetErrorCode(parser)));
	assert_true(finding.rows >= EACH);
	XML_ParserFree(parser);
	buf_release(&text);
}

static void judge_folder(const char *where)
{
	struct buf text = {0};
	const char *why;
	size_t at;

	judge(where, "index.html",
		"html head meta title link style body header h1 h2 h3 p nav a main section ul li b "
		"div table thead tbody tr th td details summary svg path text footer",
		"xmlns lang charset name content rel type href class id role tabindex aria-label "
		"aria-hidden scope open viewBox d x y text-anchor");
	judge(where, "warnings.atom",
		"feed id title subtitle updated generator entry published author name category "
		"summary content alert identifier sender sent status msgType scope references "
		"info language event urgency severity certainty eventCode valueName value onset "
		"expires senderName headline description instruction area areaDesc geocode",
		"xmlns scheme term label type");
	read_file(where, "map.geojson", &text);
	assert_true(json_check(buf_bytes(&text), &at, &why));
	assert_non_null(strstr(buf_cstr(&text), "\"coordinates\""));
	buf_release(&text);
}

static void nothing_is_markup(void **state)
{
	const char *page[] = {program, "page", folder, NULL};
	const char *full[] = {program, "page", "--full", full_folder, NULL};

	(void)state;
	assert_int_equal(run(page), 0);
	judge_folder(folder);
	assert_int_equal(run(full), 0);
	judge_folder(full_folder);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(nothing_is_markup)};
	return cmocka_run_group_tests(tests, start, stop);
}
