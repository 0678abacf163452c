/* SPDX-License-Identifier: GPL-3.0-or-later
 * See store_help.h.
 */
#include "store_help.h"

#include <ftw.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "model/area.h"
#include "model/kinds.h"
#include "store/identity.h"
#include "store/rows/internal.h"
#include "store/station.h"

static void good(enum rc rc, const struct fault *fault)
{
	if (rc)
		fail_msg("rc %d: %s", rc, fault->text);
}

void help_home(char home[HELP_HOME])
{
	const char *tmp = getenv("TMPDIR");
	snprintf(home, HELP_HOME, "%.80s/outpost-test-XXXXXX", tmp ? tmp : "/tmp");
	assert_non_null(mkdtemp(home));
}

static int remove_one(const char *path, const struct stat *st, int flag, struct FTW *ftw)
{
	(void)st;
	(void)flag;
	(void)ftw;
	return remove(path);
}

void help_remove(const char *home)
{
	nftw(home, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

struct store *help_station(const char *home, uint64_t area, const char *code)
{
	struct fault fault = {0};
	struct store *store;
	struct keys keys;
	char seed[256];
	struct station station = {.area = area, .level = area_level(area)};
	crypt_start();
	snprintf(seed, sizeof(seed), "%s %llu", code, (unsigned long long)area);
	keys_from_seed(&keys, seed);
	snprintf(station.code, sizeof(station.code), "%s", code);
	snprintf(station.name, sizeof(station.name), "站%s", code);
	good(store_init(&store, home, &station, &keys, 0, &fault), &fault);
	return store;
}

static char alone_home[HELP_HOME];
static struct store *alone;

struct store *help_alone(uint64_t area, const char *code)
{
	help_home(alone_home);
	alone = help_station(alone_home, area, code);
	return alone;
}

int help_alone_stop(void **state)
{
	(void)state;
	store_close(alone);
	help_remove(alone_home);
	return 0;
}

static char level_homes[HELP_LEVELS][HELP_HOME];
static struct store *levels_made[HELP_LEVELS];

void help_levels(struct store *levels[HELP_LEVELS])
{
	static const struct {
		uint64_t area;
		const char *code;
	} made[HELP_LEVELS] = {{VILLAGE, "WZ"}, {TOWN, "ZZ"}, {COUNTY, "WX"}};
	for (unsigned n = 0; n < HELP_LEVELS; n++) {
		help_home(level_homes[n]);
		levels[n] = levels_made[n] =
			help_station(level_homes[n], made[n].area, made[n].code);
	}
}

int help_levels_stop(void **state)
{
	(void)state;
	for (unsigned n = 0; n < HELP_LEVELS; n++) {
		store_close(levels_made[n]);
		help_remove(level_homes[n]);
	}
	return 0;
}

struct store *help_open(const char *home)
{
	struct fault fault = {0};
	struct store *store;
	good(store_open(&store, home, 0, &fault), &fault);
	return store;
}

void help_introduce(struct store *store, struct store *other)
{
	struct fault fault = {0};
	struct site site;
	assert_true(log_site(store_log(other), store_station(other)->site, &site));
	good(log_site_set(store_log(store), &site, &fault), &fault);
}

static bool carry_one(const struct fact *fact, void *to)
{
	struct fault fault = {0};
	bool fresh;
	good(store_take(to, fact->raw, fact->sig, 1, &fresh, &fault), &fault);
	return true;
}

void help_carry(struct store *to, struct store *from)
{
	struct fault fault = {0};
	uint64_t seen;
	good(store_begin(to, &fault), &fault);
	for (unsigned lane = 0; lane < LANES; lane++)
		good(log_up(store_log(from), &(struct facts_query){.lane = lane}, carry_one, to,
			     &seen, &fault),
			&fault);
	good(store_commit(to, &fault), &fault);
}

/* NAME=VALUE parted by ';', in any order: a body wants its tags ascending. */
static void body_put(struct store *store, const struct kind *kind, const struct step *step,
	const char *fields, struct buf *body)
{
	struct pair {
		const struct field *field;
		struct value value;
	} pairs[LIMIT_FIELDS];
	struct buf keeps[LIMIT_FIELDS] = {0};
	char *copy = strdup(fields), *save = NULL;
	size_t count = 0;
	struct value_ways ways = store_ways(store, false);
	for (char *word = strtok_r(copy, ";", &save); word; word = strtok_r(NULL, ";", &save)) {
		char *value = strchr(word, '=');
		const char *why = "";
		assert_non_null(value);
		*value++ = '\0';
		struct pair *pair = &pairs[count];
		pair->field = field_named(kind, word);
		for (unsigned n = 0; step && !pair->field && step_arg(kind, step, n, NULL); n++)
			if (!strcmp(step_arg(kind, step, n, NULL)->name, word))
				pair->field = step_arg(kind, step, n, NULL);
		if (!pair->field)
			fail_msg("no field %s in %s", word, kind->name);
		if (!value_parse(pair->field, value, &ways, &keeps[count], &pair->value, &why))
			fail_msg("%s=%s: %s", word, value, why);
		for (size_t i = count++; i > 0 && pairs[i].field->tag < pairs[i - 1].field->tag;
			i--) {
			struct pair swap = pairs[i];
			pairs[i] = pairs[i - 1];
			pairs[i - 1] = swap;
		}
	}
	for (size_t i = 0; i < count; i++)
		put_field(body, pairs[i].field->tag, &pairs[i].value);
	for (size_t i = 0; i < LIMIT_FIELDS; i++)
		buf_release(&keeps[i]);
	free(copy);
}

static struct ref write_one(struct store *store, struct op op, const struct kind *kind,
	const struct step *step, const char *fields)
{
	struct fault fault = {0};
	struct buf body = {0};
	body_put(store, kind, step, fields, &body);
	op.kind = kind->id;
	op.step = step ? step->tag : 0;
	op.body = buf_bytes(&body);
	good(store_write(store, &op, &fault), &fault);
	buf_release(&body);
	return (struct ref){op.rec_site, op.rec_seq};
}

struct ref help_add_in(struct store *store, const char *kind, uint64_t area, const char *fields)
{
	return write_one(store, (struct op){.area = area}, kind_named(kind), NULL, fields);
}

struct ref help_add(struct store *store, const char *kind, const char *fields)
{
	return help_add_in(store, kind, 0, fields);
}

static const struct kind *kind_in(
	struct store *store, struct ref ref, struct row *row, struct arena *arena)
{
	struct fault fault = {0};
	good(store_row(store, ref, arena, row, &fault), &fault);
	return row->kind;
}

void help_step(struct store *store, struct ref ref, const char *step, const char *fields)
{
	help_step_by(store, ref, "", step, fields);
}

void help_step_by(
	struct store *store, struct ref ref, const char *by, const char *step, const char *fields)
{
	struct arena arena = {0};
	struct row row;
	const struct kind *kind = kind_in(store, ref, &row, &arena);
	assert_non_null(step_named(kind, step));
	write_one(store,
		(struct op){.rec_site = ref.site, .rec_seq = ref.seq, .by = bytes_text(by)}, kind,
		step_named(kind, step), fields);
	arena_release(&arena);
}

void help_edit(struct store *store, struct ref ref, const char *fields)
{
	struct arena arena = {0};
	struct row row;
	const struct kind *kind = kind_in(store, ref, &row, &arena);
	write_one(store, (struct op){.rec_site = ref.site, .rec_seq = ref.seq}, kind, NULL, fields);
	arena_release(&arena);
}

const char *help_field(struct store *store, struct ref ref, const char *field)
{
	static char text[LIMIT_TEXT + 1];
	struct arena arena = {0};
	struct buf out = {0};
	struct row row;
	const struct kind *kind = kind_in(store, ref, &row, &arena);
	row_field(store, &row, field_named(kind, field)->tag, false, &out);
	snprintf(text, sizeof(text), "%s", buf_cstr(&out));
	buf_release(&out);
	arena_release(&arena);
	return text;
}

const char *help_state(struct store *store, struct ref ref)
{
	struct arena arena = {0};
	struct row row;
	const struct kind *kind = kind_in(store, ref, &row, &arena);
	arena_release(&arena);
	return kind->states[row.state].code;
}

struct dump {
	struct buf *out;
};

static bool dump_row(const struct row *row, void *to)
{
	struct buf *out = ((struct dump *)to)->out;
	buf_fmt(out, "%s %llx-%u %llu %lld %llu %d %lld %u %u %u %llx %u %.*s", row->kind->name,
		(unsigned long long)row->ref.site, row->ref.seq, (unsigned long long)row->area,
		(long long)row->at, (unsigned long long)row->stamp, row->state,
		(long long)row->state_at, row->facts, row->refused, row->conflicts,
		(unsigned long long)row->by_site, row->by_who, (int)row->by.len,
		row->by.len ? (const char *)row->by.at : "");
	for (unsigned i = 0; row->kind->fields[i].tag; i++) {
		if (!row->has[i])
			continue;
		buf_fmt(out, " %s=", row->kind->fields[i].name);
		if (row->values[i].wire == WIRE_NUM)
			buf_fmt(out, "%lld", (long long)row->values[i].num);
		for (size_t k = 0; row->values[i].wire == WIRE_BYTES && k < row->values[i].text.len;
			k++)
			buf_fmt(out, "%02x", row->values[i].text.at[k]);
		if (row->values[i].wire == WIRE_TEXT)
			buf_put(out, row->values[i].text.at, row->values[i].text.len);
	}
	buf_byte(out, '\n');
	return true;
}

void help_dump(struct store *store, struct buf *out)
{
	struct dump dump = {out};
	struct fault fault = {0};
	buf_clear(out);
	for (unsigned i = 0; i < kinds_count; i++) {
		struct query query = query_all(kinds[i].id);
		good(store_each(store, &query, dump_row, &dump, &fault), &fault);
	}
	buf_byte(out, '\0');
}

uint32_t help_random(uint64_t *seed)
{
	*seed = *seed * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(*seed >> 33);
}

double help_ms(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}
