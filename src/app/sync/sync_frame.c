/* SPDX-License-Identifier: GPL-3.0-or-later
 * frame: any frame, carry file or file of a folder link as JSON lines: the clear head always, the
 * contents, or what they weigh, when this station can open them.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/out.h"
#include "app/sync_cmd.h"
#include "base/memory.h"
#include "base/when.h"
#include "model/area.h"

static const char *const type_names[MESSAGE_TYPES] = {"ask", "answer", "join", "grant", "carry"};

static void put_site(struct json_out *out, const char *key, uint64_t site)
{
	char number[16];
	site_hex(site, number);
	json_key_text(out, key, number);
}

static void put_hex(struct json_out *out, const char *key, const uint8_t *at, size_t len)
{
	struct buf hex = {0};
	for (size_t i = 0; i < len; i++)
		buf_fmt(&hex, "%02x", at[i]);
	json_key_text(out, key, buf_cstr(&hex));
	buf_release(&hex);
}

static void put_lanes(struct json_out *out, const char *key, const uint64_t numbers[LANES])
{
	json_key(out, key);
	json_open(out, '[');
	for (unsigned lane = 0; lane < LANES; lane++)
		json_num(out, (int64_t)numbers[lane]);
	json_close(out, ']');
}

static void put_fields(struct json_out *out, const struct kind *kind, struct bytes body)
{
	struct value value;
	unsigned tag;
	char name[16];
	json_key(out, "fields");
	json_open(out, '{');
	while (body.len && take_field(&body, &tag, &value)) {
		const struct field *field = kind ? field_of(kind, tag) : NULL;
		snprintf(name, sizeof name, "%u", tag);
		if (value.wire == WIRE_BYTES) {
			put_hex(out, field ? field->name : name, value.text.at, value.text.len);
			continue;
		}
		json_key(out, field ? field->name : name);
		if (value.wire == WIRE_NUM)
			json_num(out, value.num);
		else
			json_bytes(out, value.text);
	}
	json_close(out, '}');
}

static void put_fact(const struct fact *fact, struct buf *text)
{
	struct json_out out;
	struct op op;
	char time[WHEN_TEXT];
	json_begin(&out, text);
	json_open(&out, '{');
	if (op_take(fact->raw, &op)) {
		const struct kind *kind = kind_of(op.kind);
		const struct step *step = kind && op.step ? step_of(kind, op.step) : NULL;
		put_site(&out, "site", op.site);
		json_key_num(&out, "seq", op.seq);
		json_key_text(&out, "lane", op_lane(&op) < LANES ? lane_names[op_lane(&op)] : NULL);
		json_key(&out, "kind");
		if (kind)
			json_text(&out, kind->name);
		else
			json_num(&out, op.kind);
		json_key_text(&out, "step", step ? step->verb : op_first(&op) ? "add" : "edit");
		if (!op_first(&op)) {
			put_site(&out, "record_site", op.rec_site);
			json_key_num(&out, "record_seq", op.rec_seq);
		} else {
			json_key_num(&out, "area", (int64_t)op.area);
		}
		when_rfc(stamp_seconds(op.stamp), time);
		json_key_text(&out, "stamp", time);
		json_key_num(&out, "who", op.who);
		put_fields(&out, kind, op.body);
	}
	json_key_num(&out, "bytes", (int64_t)fact->raw.len);
	json_key_bool(&out, "signed", fact->sig.len > 0);
	json_close(&out, '}');
	buf_byte(text, '\n');
}

static void put_numbers(struct json_out *out, const struct message *message)
{
	json_key_num(out, "number", (int64_t)message->number);
	json_key_bool(out, "full", message->full);
	if (message->type == MESSAGE_ANSWER)
		json_key_num(out, "status", message->status);
	if (message->full)
		json_key_num(out, "store", (int64_t)message->store);
	put_lanes(out, "got", message->got);
	put_lanes(out, "sent", message->sent);
}

/* PROVEN: else its numbers are not known. */
static void put_message(struct json_out *out, const struct message *message, bool proven)
{
	json_key_text(out, "message", type_names[message->type]);
	if (proven)
		put_numbers(out, message);
	json_key_num(out, "marks", (int64_t)message->mark_count);
	json_key_num(out, "facts", (int64_t)message->fact_count);
}

static void put_head(struct app *app, unsigned place, struct bytes frame, const struct sight *sight,
	const struct fault *fault, struct buf *text)
{
	struct json_out out;
	struct site site;
	uint8_t hash[8];
	bool known = sight->sender && log_site(store_log(app->store), sight->sender, &site);
	json_begin(&out, text);
	json_open(&out, '{');
	json_key_num(&out, "frame", place);
	json_key_num(&out, "bytes", (int64_t)frame.len);
	json_key_text(&out, "type", sight->join ? "join" : sight->sender ? "sealed" : "unknown");
	if (frame.len)
		json_key_num(&out, "version", frame.at[0]);
	if (sight->sender) {
		json_key_num(&out, "key", sight->key_id);
		put_site(&out, "site", sight->sender);
		json_key_text(&out, "name", known ? site.name : NULL);
	}
	json_key_bool(&out, "opened", sight->opened);
	if (sight->opened)
		json_key_bool(&out, "proven", sight->proven);
	if (sight->opened) {
		json_key_bool(&out, "packed", sight->packed);
		json_key_num(&out, "dictionary", sight->dictionary);
		dump_dictionary(hash);
		if (sight->dictionary == DICTIONARY_NUMBER)
			put_hex(&out, "dictionary_hash", hash, sizeof hash);
		json_key_bool(&out, "history", sight->history);
	}
	if (sight->decoded)
		put_message(&out, &sight->message, sight->proven);
	json_key_text(&out, "why", *fault->text ? fault->text : NULL);
	json_close(&out, '}');
	buf_byte(text, '\n');
}

/* ---- where the bits go */

enum { WEIGHTS = 1024, BIT_PARTS = 256 };

static int heavier(const void *a, const void *b)
{
	const struct weight *one = a, *other = b;

	if (one->bits != other->bits)
		return one->bits < other->bits ? 1 : -1;
	return one->step < other->step ? -1 : one->step > other->step;
}

/* A value by its kind and field, as far as they are known here. */
static void name_weight(const struct weight *weight, struct buf *name)
{
	const struct kind *kind = weight->kind ? kind_of(weight->kind) : NULL;
	const struct field *field = kind ? field_of(kind, weight->tag) : NULL;

	buf_clear(name);
	if (!weight->tag)
		buf_text(name, weight_name(weight->step));
	else if (kind)
		buf_text(name, kind->name);
	else
		buf_fmt(name, "%u", weight->kind);
	if (field)
		buf_fmt(name, ".%s", field->name);
	else if (weight->tag)
		buf_fmt(name, ".%u", weight->tag);
}

static void put_weight(const struct weight *weight, const char *name, struct buf *text)
{
	struct json_out out;

	json_begin(&out, text);
	json_open(&out, '{');
	json_key_text(&out, "weight", name);
	json_key_num(&out, "count", weight->count);
	json_key_num(&out, "bytes", weight->bytes);
	json_key_num(&out, "bits", (int64_t)((weight->bits + BIT_PARTS / 2) / BIT_PARTS));
	json_close(&out, '}');
	buf_byte(text, '\n');
}

/* All, and the heaviest part first. */
static void put_weights(const struct message *message, struct buf *text)
{
	struct weight *weights = memory_get(WEIGHTS, sizeof *weights), all = {.count = 1};
	const struct model_way way = {.history = message->history, .lean = message->lean};
	size_t n = model_weigh(message->plain, &way, weights, WEIGHTS);
	struct buf name = {0};

	for (size_t i = 0; i < n; i++) {
		all.bytes += weights[i].bytes;
		all.bits += weights[i].bits;
	}
	put_weight(&all, "all", text);
	qsort(weights, n, sizeof *weights, heavier);
	for (size_t i = 0; i < n; i++) {
		name_weight(&weights[i], &name);
		put_weight(&weights[i], buf_cstr(&name), text);
	}
	buf_release(&name);
	free(weights);
}

static bool weigh;

static enum rc show(struct app *app, unsigned place, struct bytes frame, uint64_t to,
	struct buf *text, struct fault *fault)
{
	struct arena arena = {0};
	struct sight sight;
	enum rc rc = frame_dump(app->store, frame, to, &arena, &sight, fault);
	if (!rc) {
		put_head(app, place, frame, &sight, fault, text);
		for (size_t i = 0; sight.decoded && !weigh && i < sight.message.fact_count; i++)
			put_fact(&sight.message.facts[i], text);
		if (sight.decoded && weigh)
			put_weights(&sight.message, text);
		if (!sight.sender)
			rc = fault_set(fault, RC_BAD, _("第 %u 个不是帧"), place);
	}
	arena_release(&arena);
	return rc;
}

static enum rc show_carry(struct app *app, struct bytes in, struct buf *text, struct fault *fault)
{
	struct bytes frame;
	struct json_out out;
	uint64_t to = 0;
	unsigned place = 0;
	enum rc rc = RC_OK;
	carry_head(&in, &to);
	json_begin(&out, text);
	json_open(&out, '{');
	json_key_text(&out, "type", "carry");
	put_site(&out, "to", to);
	json_key_num(&out, "bytes", (int64_t)in.len + CARRY_HEAD);
	json_close(&out, '}');
	buf_byte(text, '\n');
	while (!rc && carry_next(&in, &frame))
		rc = show(app, ++place, frame, to, text, fault);
	if (!rc && in.len)
		rc = fault_set(fault, RC_BAD, _("随身文件在第 %u 帧之后就不完整"), place);
	return rc;
}

int cmd_frame(struct app *app, int argc, char **argv)
{
	struct buf file = {0}, text = {0};
	struct fault fault = {0};
	uint64_t to;
	weigh = arg_flag(&argc, argv, "weight");
	int code = app_args(app, &argc, argv, 1, 1);
	if (!code)
		code = sync_open(app);
	if (code)
		return code;
	enum rc rc = carry_read(argv[1], &file, &fault);
	struct bytes in = buf_bytes(&file), head = in;
	if (!rc && carry_head(&head, &to))
		rc = show_carry(app, in, &text, &fault);
	else if (!rc && in.len > FOLDER_HEAD && !memcmp(in.at, "OPF1", 4))
		rc = show(app, 1, bytes_of(in.at + FOLDER_HEAD, in.len - FOLDER_HEAD), 0, &text,
			&fault);
	else if (!rc)
		rc = show(app, 1, in, 0, &text, &fault);
	out_buf(&text);
	if (rc)
		out_error("outpost: %s", fault.text);
	buf_release(&file);
	buf_release(&text);
	return rc == RC_NONE ? EXIT_INPUT : (int)exit_of(rc);
}
