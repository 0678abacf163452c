/* SPDX-License-Identifier: GPL-3.0-or-later
 * spoken and hear: a record as groups of digits, for where nothing but voice gets through.
 */
#include <stdlib.h>
#include <string.h>

#include "app/out.h"
#include "app/qr.h"
#include "app/record.h"
#include "app/sync_cmd.h"
#include "base/memory.h"
#include "base/when.h"
#include "model/area.h"
#include "sync/wire.h"

enum { LINE_GROUPS = 5, DIGITS_A_SECOND = 2 };

/* ---- who may be meant */

struct known {
	struct log *log;
	struct spoken_site *at;
	size_t count, room;
};

static void add_as(struct known *known, const struct site *site, uint64_t area)
{
	if (known->count == known->room)
		known->at = array_more(known->at, known->count, &known->room, sizeof *known->at);
	known->at[known->count++] = (struct spoken_site){site->site, area};
}

/* Also by the area that it has now, where areas were renumbered. */
static bool add_known(const struct site *site, void *to)
{
	struct known *known = to;
	uint64_t now = area_now(log_areas(known->log), site->area);

	if (site->area)
		add_as(known, site, site->area);
	if (site->area && now != site->area)
		add_as(known, site, now);
	return true;
}

/* ---- spoken */

/* A fact of a newer program has bytes that op_put does not write. */
static struct bytes raw_of(struct store *store, const struct op *op, struct arena *arena)
{
	struct fact fact;
	struct buf raw = {0};
	struct bytes bytes;

	if (log_fact(store_log(store), op->site, op->seq, arena, &fact) && fact.state == FACT_GOOD)
		return fact.raw;
	op_put(&raw, op);
	bytes = arena_bytes(arena, buf_bytes(&raw));
	buf_release(&raw);
	return bytes;
}

static enum rc may_be_said(const struct record *record, struct fault *fault)
{
	const struct kind *kind = record->kind;

	if (kind && !(kind->flags & (K_UP_ONLY | K_HIDDEN | K_FINAL)))
		return RC_OK;
	return fault_set(fault, RC_DENIED, _("\"%s\" 不能在电台里念：谁都听得到；请用随身文件带去"),
		kind ? _(kind->label) : "?");
}

static enum rc pack_said(
	struct store *store, struct ref ref, bool first, struct buf *bytes, struct fault *fault)
{
	struct arena arena = {0};
	struct record record;
	struct history history;
	struct site site = {0};
	struct fact facts[SPOKEN_FACTS] = {0};
	enum rc rc = store_record(store, ref, &arena, &record, &history, fault);

	if (!rc)
		rc = may_be_said(&record, fault);
	size_t count = rc ? 0 : first ? 1 : history.count;
	for (size_t i = 0; i < count && i < SPOKEN_FACTS; i++)
		facts[i].raw = raw_of(store, &history.ops[i], &arena);
	if (!rc && !log_site(store_log(store), ref.site, &site))
		rc = fault_set(fault, RC_NONE, "%s", _("不认识写它的站点"));
	const struct spoken_site sender = {site.site, site.area};
	if (!rc && !spoken_put(bytes, facts, count, &sender))
		rc = fault_set(fault, RC_BAD, "%s",
			_("经过太多，念不完：只念最初的一步用 --first，全部请用随身文件带去"));
	arena_release(&arena);
	return rc;
}

/* Some groups a line, so that both ends see how far they are. */
static void break_lines(struct buf *digits)
{
	for (size_t at = LINE_GROUPS * (SPOKEN_GROUP + 1) - 1; at < digits->len;
		at += LINE_GROUPS * (SPOKEN_GROUP + 1))
		digits->at[at] = '\n';
	buf_byte(digits, '\n');
}

static enum rc say(struct bytes bytes, struct buf *out, struct fault *fault)
{
	unsigned groups = digits_put(out, bytes);

	if (groups > LIMIT_SPOKEN)
		return fault_set(fault, RC_BAD,
			_("有 %u 组，最多念 %d 组：只念最初的一步用 --first，"
			  "全部请用随身文件带去"),
			groups, LIMIT_SPOKEN);
	break_lines(out);
	out_buf(out);
	out_error(_("共 %u 组，每组 %d 位，一行 %d 组；每秒念 %d 位约 %u 秒"), groups, SPOKEN_GROUP,
		LINE_GROUPS, DIGITS_A_SECOND, groups * SPOKEN_GROUP / DIGITS_A_SECOND);
	return RC_OK;
}

/* QR: all of them in a picture before; what came of that. NULL: none is wanted. */
static enum rc telegraph(struct bytes bytes, struct buf *out, int *qr, struct fault *fault)
{
	unsigned count = telegram_put(out, bytes);

	if (!count)
		return fault_set(fault, RC_BAD,
			_("%d 条短报文装不下：只发最初的一步用 --first，全部请用随身文件带去"),
			TELEGRAMS);
	if (qr)
		*qr = qr_print(bytes_of(out->at, out->len - 1));
	out_buf(out);
	out_error(_("共 %u 条短报文，每条不过 %d 字节，先后不论"), count, TELEGRAM);
	return RC_OK;
}

/* For a satellite terminal that takes bytes: two digits each, in one line. */
static void send_hex(struct bytes bytes, struct buf *out)
{
	for (size_t n = 0; n < bytes.len; n++)
		buf_fmt(out, "%02X", bytes.at[n]);
	buf_byte(out, '\n');
	out_buf(out);
	if (bytes.len <= TELEGRAM)
		out_error(_("共 %zu 字节，一条 %d 字节的报文装得下"), bytes.len, TELEGRAM);
	else
		out_error(_("共 %zu 字节，一条 %d 字节的报文装不下：分几条发用 --short"), bytes.len,
			TELEGRAM);
}

int cmd_spoken(struct app *app, int argc, char **argv)
{
	struct buf bytes = {0}, out = {0};
	struct fault fault = {0};
	struct ref ref;
	bool first = arg_flag(&argc, argv, "first"), brief = arg_flag(&argc, argv, "short"),
	     picture = arg_flag(&argc, argv, "qr"), hex = arg_flag(&argc, argv, "hex");
	int code = app_args(app, &argc, argv, 1, 1), drawn = EXIT_DONE;

	if (!code)
		code = app_store(app, 0);
	if (!code)
		code = app_record(app, argv[1], &ref);
	if (code)
		return code;
	enum rc rc = pack_said(app->store, ref, first, &bytes, &fault);
	if (!rc && hex)
		send_hex(buf_bytes(&bytes), &out);
	else if (!rc)
		rc = brief || picture
			     ? telegraph(buf_bytes(&bytes), &out, picture ? &drawn : NULL, &fault)
			     : say(buf_bytes(&bytes), &out, &fault);
	buf_release(&bytes);
	buf_release(&out);
	return rc ? app_fail(&fault) : drawn;
}

/* ---- hear */

struct hearing {
	struct app *app;
	struct fault *fault;
	enum rc rc;
	struct ref rec;
	unsigned facts, fresh;
};

static bool take_one(struct bytes raw, struct bytes sig, void *to)
{
	struct hearing *hearing = to;
	struct op op;
	bool fresh = false;

	(void)sig;
	if (!op_take(raw, &op))
		return false;
	hearing->rc = voice_put(store_log(hearing->app->store), &op, raw, hearing->app->user.who,
		&fresh, hearing->fault);
	hearing->rec = (struct ref){op.rec_site, op.rec_seq};
	hearing->facts++;
	hearing->fresh += fresh;
	return !hearing->rc;
}

/* All that was said, or nothing of it. */
static enum rc take_said(struct hearing *hearing, struct bytes bytes, struct fault *fault)
{
	struct store *store = hearing->app->store;
	struct known known = {.log = store_log(store)};
	struct fault inner = {0};
	enum rc rc = log_sites(store_log(store), add_known, &known, fault);

	if (!rc)
		rc = store_begin(store, fault);
	if (rc) {
		free(known.at);
		return rc;
	}
	hearing->fault = fault;
	rc = spoken_take(bytes, known.at, known.count, take_one, hearing, &inner);
	if (hearing->rc)
		rc = hearing->rc;
	else if (rc)
		*fault = inner;
	if (rc)
		store_undo(store);
	else
		rc = store_commit(store, fault);
	free(known.at);
	return rc;
}

static void print_heard(const struct app *app, const struct hearing *hearing)
{
	char number[32];

	store_number(app->store, hearing->rec, number);
	out_fmt("%s\n", number);
	if (hearing->fresh)
		out_error(_("收下语音报数 %u 条：没有签名，未经证实；对方的数据到了以后以它为准"),
			hearing->fresh);
	else
		out_error("%s", _("这些本站早已有了，没有改动"));
}

/* One word of nothing but bytes, two digits each, as `spoken --hex` has them. */
static bool read_hex(const char *typed, struct buf *bytes)
{
	enum { LEAST = 16, BYTE = 256, HEX = 16 };
	size_t len = strlen(typed);

	if (len < LEAST || len % 2 || strspn(typed, "0123456789ABCDEFabcdef") != len)
		return false;
	for (size_t n = 0; n < len; n += 2) {
		char pair[] = {typed[n], typed[n + 1], '\0'};
		buf_byte(bytes, (uint8_t)(strtoul(pair, NULL, HEX) % BYTE));
	}
	return true;
}

/* False: these are no bytes of a record, perhaps something else. */
static bool hear_hex(struct hearing *hearing, int argc, char **argv)
{
	struct buf bytes = {0};
	struct fault fault;
	bool heard = argc == 2 && read_hex(argv[1], &bytes) &&
		     take_said(hearing, buf_bytes(&bytes), &fault) == RC_OK;

	buf_release(&bytes);
	return heard;
}

static int hear_digits(struct app *app, int argc, char **argv)
{
	struct hearing hearing = {.app = app};
	struct buf typed = {0}, bytes = {0};
	struct fault fault = {0};
	enum rc rc;

	bool heard = hear_hex(&hearing, argc, argv);
	if (!heard)
		hearing = (struct hearing){.app = app};
	for (int i = 1; i < argc; i++)
		buf_fmt(&typed, "%s ", argv[i]);
	if (heard)
		rc = RC_OK;
	else if (telegram_begins(argv[1]))
		rc = telegram_take((const char *const *)argv + 1, (size_t)argc - 1, &bytes, &fault);
	else
		rc = digits_take(buf_cstr(&typed), &bytes, &fault);
	if (!rc && !heard)
		rc = take_said(&hearing, buf_bytes(&bytes), &fault);
	buf_release(&typed);
	buf_release(&bytes);
	if (rc)
		return app_fail(&fault);
	print_heard(app, &hearing);
	if (hearing.fresh)
		app_wrote(app);
	return EXIT_DONE;
}

/* ---- what was heard */

struct listing {
	struct app *app;
	struct out_list list;
};

static const char *const states[] = {
	[VOICE_WAITS] = N_("待证实"),
	[VOICE_PROVEN] = N_("已证实"),
	[VOICE_OTHER] = N_("与来的不一样"),
};
static const char *const codes[] = {
	[VOICE_WAITS] = "waits", [VOICE_PROVEN] = "proven", [VOICE_OTHER] = "other"};

static void list_json(
	struct json_out *out, const struct voice *voice, const char *number, const char *typist)
{
	char text[32], time[WHEN_TEXT];

	json_line(out);
	json_open(out, '{');
	json_key_text(out, "record", number);
	store_id(voice->rec, text);
	json_key_text(out, "id", text);
	when_rfc(voice->typed, time);
	json_key_text(out, "typed", time);
	json_key_text(out, "by", typist);
	json_key_text(out, "state", codes[voice->state]);
	json_close(out, '}');
}

static bool list_one(const struct voice *voice, void *to)
{
	struct listing *at = to;
	struct store *store = at->app->store;
	struct buf typist = {0};
	char number[32], time[WHEN_TEXT];

	store_number(store, voice->rec, number);
	store_author_of(
		store, store_station(store)->site, voice->typist, (struct bytes){0, 0}, &typist);
	if (at->app->json) {
		list_json(&at->list.json, voice, number, buf_cstr(&typist));
	} else {
		table_cell(&at->list.table, number);
		when_short(voice->typed, store_now(store), time);
		table_cell(&at->list.table, time);
		table_cell(&at->list.table, buf_cstr(&typist));
		table_cell(&at->list.table, _(states[voice->state]));
	}
	buf_release(&typist);
	return true;
}

static int hear_list(struct app *app)
{
	static const char *const heads[] = {N_("编号"), N_("录入时间"), N_("录入人"), N_("状态")};
	struct listing listing = {.app = app};
	struct fault fault = {0};
	int code = app_store(app, 0);

	if (code)
		return code;
	out_list_begin(&listing.list, app->json, heads, countof(heads));
	enum rc rc = voice_each(store_log(app->store), list_one, &listing, &fault);
	out_list_end(&listing.list, !rc);
	return rc ? app_fail(&fault) : EXIT_DONE;
}

int cmd_hear(struct app *app, int argc, char **argv)
{
	app->json |= arg_flag(&argc, argv, "json");
	int code = app_args(app, &argc, argv, 0, -1);

	if (code)
		return code;
	if (argc == 1)
		return hear_list(app);
	code = app_writer(app);
	return code ? code : hear_digits(app, argc, argv);
}
