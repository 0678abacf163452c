/* SPDX-License-Identifier: GPL-3.0-or-later
 * Attachments on the way up: behind all facts, piece by piece, over links that drop, on sticks,
 * past programs that end in the middle; and nothing that was not asked for, is too large, or is not
 * what its hash says. Covers: M6 M7 M55 Tests also: attached.c carry_file.c files_kept.c
 *
 */
#include "world.h"

#include "base/endian.h"
#include "base/file.h"
#include "base/when.h"
#include "model/kinds.h"
#include "store/files.h"
#include "store/identity.h"
#include "store/station.h"
#include "sync/swap.h"
#include "sync/swap/internal.h"
#include "sync/take/internal.h"
#include "sync/wire/internal.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <cmocka.h>

static int begin(void **state)
{
	*state = world_three(true);
	return 0;
}

static int end(void **state)
{
	world_three_end(*state);
	return 0;
}

/* Bytes that no packer makes shorter, as those of a photo. */
static void photo(size_t size, unsigned seed, struct buf *out)
{
	uint64_t x = seed * 2654435761u + 1;

	for (size_t n = 0; n < size; n++) {
		x = x * 6364136223846793005u + 1442695040888963407u;
		buf_byte(out, (char)(x >> 56));
	}
}

/* What `outpost attach` writes; WHOLE: the attachment whose small picture it is. */
static struct ref attach(struct store *store, struct ref about, size_t size, unsigned seed,
	struct ref whole, struct file_id *id)
{
	struct op op = {.kind = KIND_attachment, .area = village_area};
	struct buf bytes = {0}, body = {0}, ref = {0};
	char hash[FILE_HASH_TEXT + 1];
	struct fault fault;

	photo(size, seed, &bytes);
	assert_int_equal(files_keep(store, buf_bytes(&bytes), id, &fault), RC_OK);
	file_id_text(id, hash);
	ref_put(&ref, about);
	put_bytes(&body, attachment_about, WIRE_BYTES, buf_bytes(&ref));
	put_text(&body, attachment_name, "../../IMG 0712.jpg");
	put_text(&body, attachment_hash, hash);
	put_num(&body, attachment_size, (int64_t)size);
	put_text(&body, attachment_type, "image/jpeg");
	if (whole.seq) {
		buf_clear(&ref);
		ref_put(&ref, whole);
		put_bytes(&body, attachment_whole, WIRE_BYTES, buf_bytes(&ref));
	}
	op.body = buf_bytes(&body);
	assert_int_equal(store_write(store, &op, &fault), RC_OK);
	buf_release(&bytes);
	buf_release(&body);
	buf_release(&ref);
	return (struct ref){op.rec_site, op.rec_seq};
}

/* Its bytes are gone here. */
static void lose(struct store *store, const struct file_id *id)
{
	char hash[FILE_HASH_TEXT + 1], path[400];

	file_id_text(id, hash);
	snprintf(path, sizeof path, "%s/files/%s", store_home(store), hash);
	file_remove(path);
}

static enum rc round_by(struct store *lower, struct road *road, unsigned most,
	enum line_files files, bool only_files, struct sync_result *result)
{
	struct peer peer;
	struct fault fault = {0};

	memset(result, 0, sizeof *result);
	assert_int_equal(peer_load(lower, &peer, &fault), RC_OK);
	return sync_round(lower, &peer,
		&(struct sync_line){
			&link_road, road_link(road), EVERY_LANE, most, files, only_files},
		result, &fault);
}

static enum rc round_of(struct store *lower, struct road *road, unsigned most,
	enum line_files files, struct sync_result *result)
{
	return round_by(lower, road, most, files, false, result);
}

static int state_of(struct store *store, struct ref ref)
{
	struct arena arena = {0};
	struct fault fault;
	struct row row;
	int state = store_row(store, ref, &arena, &row, &fault) ? -1 : row.state;

	arena_release(&arena);
	return state;
}

/* The hazard has come, then the photo; each level says by its hash that it has it, and the village
 * hears so. */
static void each_level_says_that_it_has_it(void **state)
{
	struct three *w = *state;
	struct ref hazard = world_hazard(w->village, 0, "村东桥下");
	struct file_id id;
	struct ref photo_ref = attach(w->village, hazard, 150000, 1, (struct ref){0, 0}, &id);
	struct sync_result result;

	assert_int_equal(round_of(w->village, &w->to_town, 60, LINE_NO_FILES, &result), RC_OK);
	assert_true(result.complete);
	assert_int_equal(world_count(w->town, KIND_attachment), 1);
	assert_int_equal(files_whole(w->town, &id), -1);
	assert_int_equal(state_of(w->village, photo_ref), attachment_is_here);
	assert_int_equal(
		round_by(w->village, &w->to_town, 60, LINE_NO_FILES, true, &result), RC_OK);
	assert_int_equal(result.rounds, 0); /* nothing to ask for */
	assert_int_equal(round_by(w->village, &w->to_town, 60, LINE_FILES, true, &result), RC_OK);
	assert_true(result.complete);
	assert_int_equal(result.files_sent, 1);
	assert_int_equal(files_whole(w->town, &id), 150000);
	assert_int_equal(state_of(w->village, photo_ref), attachment_is_town);
	assert_int_equal(round_of(w->town, &w->to_county, 60, LINE_FILES, &result), RC_OK);
	assert_int_equal(files_whole(w->county, &id), 150000);
	assert_int_equal(state_of(w->county, photo_ref), attachment_is_county);
	assert_int_equal(round_of(w->village, &w->to_town, 60, LINE_FILES, &result), RC_OK);
	assert_int_equal(state_of(w->village, photo_ref), attachment_is_county);
	/* And it is said once. */
	uint64_t up = w->to_town.bytes_up;
	assert_int_equal(round_of(w->village, &w->to_town, 60, LINE_FILES, &result), RC_OK);
	assert_true(w->to_town.bytes_up - up < 400);
	assert_int_equal(
		world_digest(w->village, village_area), world_digest(w->county, village_area));
}

/* A small picture of it goes first, then the smaller file, whatever was attached first. */
static void the_small_picture_goes_first(void **state)
{
	struct three *w = *state;
	struct ref hazard = world_hazard(w->village, 0, "村东桥下");
	struct file_id large, small, plan;
	struct ref photo_ref = attach(w->village, hazard, 150000, 1, (struct ref){0, 0}, &large);
	struct sync_result result;

	(void)attach(w->village, hazard, 2000, 2, (struct ref){0, 0}, &plan);
	(void)attach(w->village, hazard, 4000, 3, photo_ref, &small);
	for (unsigned n = 0; n < 20 && files_whole(w->town, &small) < 0; n++) {
		assert_int_equal(files_whole(w->town, &plan), -1);
		assert_int_equal(round_of(w->village, &w->to_town, 3, LINE_FILES, &result), RC_OK);
	}
	assert_int_equal(files_whole(w->town, &plan), -1);
	assert_int_equal(files_whole(w->town, &small), 4000);
	assert_int_equal(files_come(w->town, &large), 0);
	assert_int_equal(round_of(w->village, &w->to_town, 90, LINE_FILES, &result), RC_OK);
	assert_int_equal(files_whole(w->town, &large), 150000);
}

/* Answers and questions get lost: what is there is not sent twice but for the piece that was on the
 * way. */
static void a_link_that_drops_goes_on_where_it_was(void **state)
{
	struct three *w = *state;
	struct ref hazard = world_hazard(w->village, 0, "村东桥下");
	struct file_id id;
	struct sync_result result;
	unsigned tries = 0;

	(void)attach(w->village, hazard, 190000, 1, (struct ref){0, 0}, &id);
	w->to_town.lose_ask = 150, w->to_town.lose_answer = 150, w->to_town.twice = 100;
	while (files_whole(w->town, &id) < 0 && tries++ < 400)
		(void)!round_of(w->village, &w->to_town, 60, LINE_FILES, &result);
	assert_int_equal(files_whole(w->town, &id), 190000);
	assert_true(w->to_town.bytes_up < 3 * 190000);
	w->to_town.lose_ask = w->to_town.lose_answer = w->to_town.twice = 0;
	assert_int_equal(round_of(w->village, &w->to_town, 60, LINE_FILES, &result), RC_OK);
	assert_true(result.complete);
}

/* Where only the shortest frames get through, pieces are as short. */
static void a_line_that_cuts_what_is_long_brings_it_too(void **state)
{
	struct three *w = *state;
	struct ref hazard = world_hazard(w->village, 0, "村东桥下");
	struct file_id id;
	struct sync_result result;
	unsigned tries = 0;

	assert_int_equal(round_of(w->village, &w->to_town, 60, LINE_NO_FILES, &result), RC_OK);
	(void)attach(w->village, hazard, 3000, 1, (struct ref){0, 0}, &id);
	assert_int_equal(round_of(w->village, &w->to_town, 60, LINE_NO_FILES, &result), RC_OK);
	w->to_town.longest = 600;
	while (files_whole(w->town, &id) < 0 && tries++ < 60)
		(void)!round_of(w->village, &w->to_town, 60, LINE_FILES, &result);
	assert_int_equal(files_whole(w->town, &id), 3000);
}

/* Between two pieces the hub ends and begins again; what came is a file that lies there. */
static void a_hub_that_ends_in_between_goes_on(void **state)
{
	struct three *w = *state;
	struct ref hazard = world_hazard(w->village, 0, "村东桥下");
	struct file_id id;
	struct sync_result result;
	struct fault fault;
	char home[200];
	uint64_t come, before = 0;

	(void)attach(w->village, hazard, 150000, 1, (struct ref){0, 0}, &id);
	snprintf(home, sizeof home, "%s", store_home(w->town));
	for (unsigned n = 0; n < 60 && files_whole(w->town, &id) < 0; n++) {
		assert_int_equal(round_of(w->village, &w->to_town, 3, LINE_FILES, &result), RC_OK);
		come = files_come(w->town, &id);
		assert_true(come >= before || files_whole(w->town, &id) > 0);
		before = come;
		store_close(w->town);
		assert_int_equal(store_open(&w->town, home, 0, &fault), RC_OK);
		w->to_town.hub = w->town;
	}
	assert_int_equal(files_whole(w->town, &id), 150000);
}

/* ---- what is not taken */

static void say_piece(const struct file_id *id, uint64_t size, uint64_t offset, struct bytes bytes,
	struct buf *out)
{
	buf_clear(out);
	buf_put(out, id->hash, HASH_SIZE);
	put_varint(out, size);
	put_varint(out, offset);
	buf_put(out, bytes.at, bytes.len);
}

/* What the town says to it: its status. */
static uint64_t asked(struct three *w, struct buf *piece, uint64_t *come)
{
	struct arena arena = {0};
	struct message message = {.type = MESSAGE_ASK};
	struct site site;
	struct bytes reply;
	struct fault fault = {0};
	uint64_t status = 99;

	assert_true(log_site(store_log(w->town), store_station(w->village)->site, &site));
	extra_add(&message, EXTRA_FILES, buf_bytes(piece), &arena);
	assert_int_equal(store_begin(w->town, &fault), RC_OK);
	assert_int_equal(files_asked(w->town, &site, &message, &arena, &reply, &fault), RC_OK);
	assert_int_equal(store_commit(w->town, &fault), RC_OK);
	if (reply.len > HASH_SIZE) {
		reply = bytes_of(reply.at + HASH_SIZE, reply.len - HASH_SIZE);
		assert_true(take_varint(&reply, &status) && take_varint(&reply, come));
	}
	arena_release(&arena);
	return status;
}

enum { COMES, WHOLE, UNWANTED, NO_ROOM, DAMAGED, NOTHING = 99 };

static void only_what_a_record_names(void **state)
{
	struct three *w = *state;
	struct ref hazard = world_hazard(w->village, 0, "村东桥下");
	struct file_id id, other = {{7}};
	struct sync_result result;
	struct buf piece = {0}, bytes = {0}, wrong = {0};
	uint64_t come = 0;

	(void)attach(w->village, hazard, 5000, 1, (struct ref){0, 0}, &id);
	photo(5000, 1, &bytes);
	photo(5000, 2, &wrong);
	/* Before its record has come, nothing. */
	say_piece(&id, 5000, 0, buf_bytes(&bytes), &piece);
	assert_int_equal(asked(w, &piece, &come), UNWANTED);
	assert_int_equal(round_of(w->village, &w->to_town, 60, LINE_NO_FILES, &result), RC_OK);
	/* Another file, another size, an end before its beginning, bytes past the end, half a head.
	 */
	say_piece(&other, 5000, 0, buf_bytes(&bytes), &piece);
	assert_int_equal(asked(w, &piece, &come), UNWANTED);
	say_piece(&id, 4000, 0, bytes_of(bytes.at, 100), &piece);
	assert_int_equal(asked(w, &piece, &come), UNWANTED);
	say_piece(&id, 5000, 6000, bytes_of(bytes.at, 0), &piece);
	assert_int_equal(asked(w, &piece, &come), NOTHING);
	say_piece(&id, 5000, 4990, bytes_of(bytes.at, 20), &piece);
	assert_int_equal(asked(w, &piece, &come), NOTHING);
	piece.len = 20;
	assert_int_equal(asked(w, &piece, &come), NOTHING);
	/* A gap changes nothing, what comes twice neither. */
	say_piece(&id, 5000, 100, bytes_of(bytes.at + 100, 100), &piece);
	assert_int_equal(asked(w, &piece, &come), COMES);
	assert_int_equal(come, 0);
	say_piece(&id, 5000, 0, bytes_of(bytes.at, 3000), &piece);
	assert_int_equal(asked(w, &piece, &come), COMES);
	assert_int_equal(asked(w, &piece, &come), COMES);
	assert_int_equal(come, 3000);
	/* Other bytes behind them: the hash tells, all of it goes, and it can come anew. */
	say_piece(&id, 5000, 3000, bytes_of(wrong.at + 3000, 2000), &piece);
	assert_int_equal(asked(w, &piece, &come), DAMAGED);
	assert_int_equal(files_come(w->town, &id), 0);
	assert_int_equal(files_whole(w->town, &id), -1);
	say_piece(&id, 5000, 0, buf_bytes(&bytes), &piece);
	assert_int_equal(asked(w, &piece, &come), WHOLE);
	assert_int_equal(files_whole(w->town, &id), 5000);
	assert_int_equal(asked(w, &piece, &come), WHOLE);
	buf_release(&piece);
	buf_release(&bytes);
	buf_release(&wrong);
}

/* Its name is what somebody typed; it is never a path. */
static void a_name_is_no_path(void **state)
{
	struct three *w = *state;
	struct ref hazard = world_hazard(w->village, 0, "村东桥下");
	struct file_id id;
	struct sync_result result;
	char path[300];
	struct stat st;

	(void)attach(w->village, hazard, 3000, 1, (struct ref){0, 0}, &id);
	assert_int_equal(round_of(w->village, &w->to_town, 60, LINE_FILES, &result), RC_OK);
	snprintf(path, sizeof path, "%s/../../IMG 0712.jpg", store_home(w->town));
	assert_int_not_equal(stat(path, &st), 0);
	char hash[FILE_HASH_TEXT + 1];
	file_id_text(&id, hash);
	snprintf(path, sizeof path, "%s/files/%s", store_home(w->town), hash);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 077, 0);
	struct file_id read;
	assert_true(file_id_of(bytes_text(hash), &read));
	assert_memory_equal(read.hash, id.hash, HASH_SIZE);
	hash[3] = '/';
	assert_false(file_id_of(bytes_text(hash), &read));
	assert_false(file_id_of(bytes_text("ab"), &read));
}

/* 200 KiB are the limit: it is kept here, and neither sent nor taken. */
static void too_large_stays_here(void **state)
{
	struct three *w = *state;
	struct ref hazard = world_hazard(w->village, 0, "村东桥下");
	struct file_id id, small;
	struct sync_result result;
	struct buf piece = {0};
	uint64_t come = 0;

	(void)attach(w->village, hazard, 200 * 1024 + 1, 1, (struct ref){0, 0}, &id);
	(void)attach(w->village, hazard, 200 * 1024, 2, (struct ref){0, 0}, &small);
	assert_int_equal(round_of(w->village, &w->to_town, 200, LINE_FILES, &result), RC_OK);
	assert_int_equal(files_whole(w->town, &small), 200 * 1024);
	assert_int_equal(files_whole(w->town, &id), -1);
	assert_true(result.complete);
	say_piece(&id, 200 * 1024 + 1, 0, bytes_of("x", 1), &piece);
	assert_int_equal(asked(w, &piece, &come), UNWANTED);
	buf_release(&piece);
}

/* Over a slow way only what somebody said yes to. */
static void a_slow_way_takes_what_was_asked_for(void **state)
{
	struct three *w = *state;
	struct ref hazard = world_hazard(w->village, 0, "村东桥下");
	struct file_id id, other;
	struct sync_result result;
	struct ref ref = attach(w->village, hazard, 3000, 1, (struct ref){0, 0}, &id);
	struct op op = {.kind = KIND_attachment,
		.step = attachment_do_send,
		.rec_site = ref.site,
		.rec_seq = ref.seq};
	struct buf body = {0};
	struct fault fault;

	(void)attach(w->village, hazard, 2000, 2, (struct ref){0, 0}, &other);
	assert_int_equal(round_of(w->village, &w->to_town, 60, LINE_FILES_ASKED, &result), RC_OK);
	assert_true(result.complete);
	assert_int_equal(files_whole(w->town, &id), -1);
	put_num(&body, attachment_go, 1);
	op.body = buf_bytes(&body);
	assert_int_equal(store_write(w->village, &op, &fault), RC_OK);
	assert_int_equal(round_of(w->village, &w->to_town, 60, LINE_FILES_ASKED, &result), RC_OK);
	assert_int_equal(files_whole(w->town, &id), 3000);
	assert_int_equal(files_whole(w->town, &other), -1);
	buf_release(&body);
}

/* A file that is broken here is not sent, and keeps no other one from going. */
static void a_broken_one_stays(void **state)
{
	struct three *w = *state;
	struct ref hazard = world_hazard(w->village, 0, "村东桥下");
	struct file_id broken, good;
	struct sync_result result;
	struct fault fault;
	char path[300], hash[FILE_HASH_TEXT + 1];
	struct buf all = {0};

	(void)attach(w->village, hazard, 2000, 1, (struct ref){0, 0}, &broken);
	(void)attach(w->village, hazard, 3000, 2, (struct ref){0, 0}, &good);
	file_id_text(&broken, hash);
	snprintf(path, sizeof path, "%s/files/%s", store_home(w->village), hash);
	photo(2000, 9, &all);
	assert_int_equal(file_write(path, buf_bytes(&all), 0600, &fault), RC_OK);
	buf_clear(&all);
	assert_int_equal(files_read_all(w->village, &broken, &all, &fault), RC_BAD);
	assert_int_equal(round_of(w->village, &w->to_town, 60, LINE_FILES, &result), RC_OK);
	assert_true(result.complete);
	assert_int_equal(files_whole(w->town, &good), 3000);
	assert_int_equal(files_whole(w->town, &broken), -1);
	buf_release(&all);
}

/* On a stick all of its pieces lie one behind the other; the answer comes back as a fact. */
static void a_stick_carries_it(void **state)
{
	struct three *w = *state;
	struct ref hazard = world_hazard(w->village, 0, "村东桥下");
	struct file_id id;
	struct sync_result result;
	struct carry_count count;
	struct buf up = {0}, down = {0};
	struct site town, village;
	struct fault fault = {0};
	uint64_t from;

	assert_int_equal(round_of(w->village, &w->to_town, 60, LINE_NO_FILES, &result), RC_OK);
	struct ref ref = attach(w->village, hazard, 190000, 1, (struct ref){0, 0}, &id);
	assert_true(log_site(store_log(w->village), store_station(w->town)->site, &town));
	assert_true(log_site(store_log(w->town), store_station(w->village)->site, &village));
	assert_int_equal(carry_pack(w->village, &town, &up, &count, &fault), RC_OK);
	assert_true(up.len > 190000 && up.len < 195000);
	/* A damaged one brings what stands before the damage, the next one the rest. */
	assert_int_equal(
		carry_take(w->town, bytes_of(up.at, 100000), &from, &count, &fault), RC_BAD);
	assert_true(files_come(w->town, &id) > 40000);
	assert_int_equal(carry_take(w->town, buf_bytes(&up), &from, &count, &fault), RC_OK);
	assert_int_equal(files_whole(w->town, &id), 190000);
	assert_int_equal(carry_take(w->town, buf_bytes(&up), &from, &count, &fault), RC_OK);
	assert_int_equal(carry_pack(w->town, &village, &down, &count, &fault), RC_OK);
	assert_int_equal(carry_take(w->village, buf_bytes(&down), &from, &count, &fault), RC_OK);
	assert_int_equal(state_of(w->village, ref), attachment_is_town);
	buf_clear(&up);
	assert_int_equal(carry_pack(w->village, &town, &up, &count, &fault), RC_OK);
	assert_true(up.len < 2000);
	buf_release(&up);
	buf_release(&down);
}

/* A program above that knows nothing of files answers as ever: it is asked once, and facts go on.
 */
static void an_older_hub_is_left_in_peace(void **state)
{
	struct three *w = *state;
	struct peer peer;
	struct sync_result result = {0};
	struct message old = {.type = MESSAGE_ANSWER};
	struct arena arena = {0};
	struct fault fault;
	struct file_id id;
	struct ref hazard = world_hazard(w->village, 0, "村东桥下");
	const struct sync_line line = {
		&link_road, road_link(&w->to_town), EVERY_LANE, 60, LINE_FILES, false};

	(void)attach(w->village, hazard, 3000, 1, (struct ref){0, 0}, &id);
	assert_int_equal(round_of(w->village, &w->to_town, 60, LINE_NO_FILES, &result), RC_OK);
	assert_int_equal(peer_load(w->village, &peer, &fault), RC_OK);
	assert_true(files_next(w->village, &peer, &line, &result, &arena));
	files_heard(w->village, &peer, &old);
	files_told(&peer, &result);
	assert_true(peer.file.mute);
	assert_false(files_next(w->village, &peer, &line, &result, &arena));
	assert_int_equal(result.files_left, 0);
	arena_release(&arena);
}

/* ---- down, when somebody asks */

static void what_lies_above_comes_when_it_is_asked_for(void **state)
{
	struct three *w = *state;
	struct ref hazard = world_hazard(w->village, 0, "村东桥下");
	struct file_id id, other;
	struct sync_result result;
	struct fault fault;
	unsigned tries = 0;

	(void)attach(w->village, hazard, 150000, 1, (struct ref){0, 0}, &id);
	(void)attach(w->village, hazard, 3000, 2, (struct ref){0, 0}, &other);
	assert_int_equal(round_of(w->village, &w->to_town, 60, LINE_FILES, &result), RC_OK);
	assert_int_equal(files_whole(w->town, &id), 150000);
	/* The village has lost it, as after a new machine; nothing comes by itself. */
	lose(w->village, &id);
	lose(w->village, &other);
	assert_int_equal(round_of(w->village, &w->to_town, 60, LINE_FILES, &result), RC_OK);
	assert_int_equal(files_whole(w->village, &id), -1);
	assert_int_equal(files_want(w->village, &id, &fault), RC_OK);
	/* Past a link that drops it goes on at the byte where it was. */
	w->to_town.lose_ask = 150, w->to_town.lose_answer = 150, w->to_town.twice = 100;
	uint64_t down = w->to_town.bytes_down;
	while (files_whole(w->village, &id) < 0 && tries++ < 400)
		(void)!round_of(w->village, &w->to_town, 60, LINE_FILES_ASKED, &result);
	assert_int_equal(files_whole(w->village, &id), 150000);
	assert_true(w->to_town.bytes_down - down < 3 * 150000);
	assert_int_equal(files_whole(w->village, &other), -1);
	w->to_town.lose_ask = w->to_town.lose_answer = w->to_town.twice = 0;
	/* And it is asked for once. */
	down = w->to_town.bytes_down;
	assert_int_equal(round_of(w->village, &w->to_town, 60, LINE_FILES, &result), RC_OK);
	assert_true(result.complete);
	assert_true(w->to_town.bytes_down - down < 1000);
}

static void what_nobody_has_is_asked_for_once_a_try(void **state)
{
	struct three *w = *state;
	struct ref hazard = world_hazard(w->village, 0, "村东桥下");
	struct file_id id;
	struct sync_result result;
	struct fault fault;

	(void)attach(w->village, hazard, 3000, 1, (struct ref){0, 0}, &id);
	assert_int_equal(round_of(w->village, &w->to_town, 60, LINE_NO_FILES, &result), RC_OK);
	lose(w->village, &id);
	assert_int_equal(files_want(w->village, &id, &fault), RC_OK);
	uint64_t swaps = w->to_town.swaps;
	assert_int_equal(round_of(w->village, &w->to_town, 60, LINE_FILES, &result), RC_OK);
	assert_true(w->to_town.swaps - swaps < 4);
	assert_int_equal(files_whole(w->village, &id), -1);
}

/* ---- beside a backup, and what was left */

static void path_in(struct store *store, const char *tail, char path[300])
{
	snprintf(path, 300, "%s/%s", store_home(store), tail);
}

static void a_backup_takes_them_once(void **state)
{
	struct three *w = *state;
	struct ref hazard = world_hazard(w->village, 0, "村东桥下");
	struct file_id id, other;
	struct buf all = {0};
	struct fault fault;
	char hash[FILE_HASH_TEXT + 1], folder[300], path[400];
	unsigned count;

	(void)attach(w->village, hazard, 3000, 1, (struct ref){0, 0}, &id);
	path_in(w->village, "copy.files", folder);
	assert_int_equal(files_backup(w->village, folder, &count, &fault), RC_OK);
	assert_int_equal(count, 1);
	(void)attach(w->village, hazard, 2000, 2, (struct ref){0, 0}, &other);
	assert_int_equal(files_backup(w->village, folder, &count, &fault), RC_OK);
	assert_int_equal(count, 1);
	/* Both are gone, one copy is broken: the other comes back. */
	file_id_text(&id, hash);
	snprintf(path, sizeof path, "%s/files/%s", store_home(w->village), hash);
	file_remove(path);
	file_id_text(&other, hash);
	snprintf(path, sizeof path, "%s/files/%s", store_home(w->village), hash);
	file_remove(path);
	snprintf(path, sizeof path, "%s/%s", folder, hash);
	assert_int_equal(file_write(path, bytes_text("other bytes"), 0600, &fault), RC_OK);
	assert_int_equal(files_restore(store_home(w->village), folder, &count, &fault), RC_OK);
	assert_int_equal(count, 1);
	assert_int_equal(files_read_all(w->village, &id, &all, &fault), RC_OK);
	assert_int_equal(files_whole(w->village, &other), -1);
	/* Where there is no such folder, nothing comes. */
	assert_int_equal(
		files_restore(store_home(w->village), "/nowhere/x.files", &count, &fault), RC_OK);
	assert_int_equal(count, 0);
	buf_release(&all);
}

static void what_nobody_goes_on_with_goes(void **state)
{
	struct three *w = *state;
	struct ref hazard = world_hazard(w->village, 0, "村东桥下");
	struct file_id id;
	struct buf piece = {0}, bytes = {0};
	struct sync_result result;
	struct timespec old[2] = {{.tv_sec = when_now() - 15 * DAY_SECONDS}};
	char hash[FILE_HASH_TEXT + 1], path[400];
	uint64_t come = 0;

	(void)attach(w->village, hazard, 5000, 1, (struct ref){0, 0}, &id);
	assert_int_equal(round_of(w->village, &w->to_town, 60, LINE_NO_FILES, &result), RC_OK);
	photo(5000, 1, &bytes);
	say_piece(&id, 5000, 0, bytes_of(bytes.at, 3000), &piece);
	assert_int_equal(asked(w, &piece, &come), 0);
	assert_int_equal(files_sweep(w->town), 0);
	assert_int_equal(files_come(w->town, &id), 3000);
	old[1] = old[0];
	file_id_text(&id, hash);
	snprintf(path, sizeof path, "%s/files/%s.part", store_home(w->town), hash);
	assert_int_equal(utimensat(AT_FDCWD, path, old, 0), 0);
	assert_int_equal(files_sweep(w->town), 1);
	assert_int_equal(files_come(w->town, &id), 0);
	/* And it begins anew. */
	assert_int_equal(round_of(w->village, &w->to_town, 60, LINE_FILES, &result), RC_OK);
	assert_int_equal(files_whole(w->town, &id), 5000);
	assert_int_equal(files_sweep(w->town), 0);
	buf_release(&piece);
	buf_release(&bytes);
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, begin, end)
	const struct CMUnitTest tests[] = {
		CASE(each_level_says_that_it_has_it),
		CASE(the_small_picture_goes_first),
		CASE(a_link_that_drops_goes_on_where_it_was),
		CASE(a_line_that_cuts_what_is_long_brings_it_too),
		CASE(what_lies_above_comes_when_it_is_asked_for),
		CASE(what_nobody_has_is_asked_for_once_a_try),
		CASE(a_backup_takes_them_once),
		CASE(what_nobody_goes_on_with_goes),
		CASE(a_hub_that_ends_in_between_goes_on),
		CASE(only_what_a_record_names),
		CASE(a_name_is_no_path),
		CASE(too_large_stays_here),
		CASE(a_slow_way_takes_what_was_asked_for),
		CASE(a_broken_one_stays),
		CASE(a_stick_carries_it),
		CASE(an_older_hub_is_left_in_peace),
	};
#undef CASE

	return cmocka_run_group_tests(tests, NULL, NULL);
}
