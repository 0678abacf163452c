/* SPDX-License-Identifier: GPL-3.0-or-later
 * Messages packed by a model that has read the training text. That state is made once and kept in a
 * file (kept.c); every message begins with it, and what the last one has changed is put back.
 */
#include "sync/wire.h"
#include "sync/wire/model/parts.h"
#include "sync/wire/model/so_far.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>

_Static_assert(sizeof(struct memory) <= MODEL_MEMORY, "as the document says");

/* `make model` makes the training text. */
__asm__(".section .rodata\n"
	"outpost_training_begin:\n"
	".incbin \"src/sync/wire/model/training.bin\"\n"
	"outpost_training_end:\n"
	".byte 0\n"
	".previous\n");
extern const uint8_t outpost_training_begin[] __attribute__((visibility("hidden")));
extern const uint8_t outpost_training_end[] __attribute__((visibility("hidden")));

static const struct memory *primed; /* mapped, or: */
static struct memory *own;
static struct model *ready;
static char *home;

void model_home(const char *folder)
{
	free(home);
	home = memory_text(folder);
}

static struct bytes training(void)
{
	return bytes_of(
		outpost_training_begin, (size_t)(outpost_training_end - outpost_training_begin));
}

static uint32_t cost;

uint32_t model_cost(void)
{
	return cost;
}

static void note_cost(const struct timespec *since, size_t bytes)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	cost = (uint32_t)(((now.tv_sec - since->tv_sec) * INT64_C(1000000) +
				  (now.tv_nsec - since->tv_nsec) / 1000) *
			  1000 / (int64_t)(bytes + 1));
}

/* ---- the state after the training text, and the one that messages work on */

/* What works on a message, all of it. */
struct working {
	struct memory memory;
	struct model model;
};

_Static_assert(sizeof(struct working) <= MODEL_WORKING, "as the document says");

/* Zeros. What lies on few large pages is found faster. */
static struct working *working_get(void)
{
	const size_t page = 1 << 21, size = (sizeof(struct working) + page - 1) / page * page;
	uint8_t *all =
		mmap(NULL, size + page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	size_t before = 0;

	if (all == MAP_FAILED)
		memory_none(size);
	before = (page - (uintptr_t)all % page) % page;
	if (before)
		munmap(all, before);
	munmap(all + before + size, page - before);
#ifdef MADV_HUGEPAGE
	(void)madvise(all + before, size, MADV_HUGEPAGE);
#endif
	return (struct working *)(all + before);
}

static struct model *working_start(void)
{
	struct working *working = working_get();

	model_start(&working->model, &working->memory);
	return &working->model;
}

static void working_end(struct model *model)
{
	munmap(model->memory, sizeof(struct working));
}

/* The text's room behind what it holds stays untouched. */
static void state_copy(struct memory *to, const struct memory *from)
{
	memcpy(to->text, from->text, from->text_len);
	memcpy(to->lines, from->lines, sizeof *to - offsetof(struct memory, lines));
}

/* Reads the training text: a second, on a slow machine ten. */
static void learn(struct model *model)
{
	struct timespec since;

	clock_gettime(CLOCK_MONOTONIC, &since);
	memory_start(model->memory);
	if (!stream_take_all(model, training()))
		die("%s", "the training text is damaged");
	memset(model->touched, 0, sizeof model->touched);
	note_cost(&since, model->memory->text_len);
}

/* When it cannot be kept, the next process reads the training text again. */
static void prime(void)
{
	struct buf path = {0};

	buf_fmt(&path, "%s/model.state", home ? home : "");
	primed = home ? kept_map(buf_cstr(&path), training(), &cost) : NULL;
	if (!primed) {
		ready = ready ? ready : working_start();
		learn(ready);
		if (home)
			kept_write(home, buf_cstr(&path), training(), ready->memory, cost);
		primed = home ? kept_map(buf_cstr(&path), training(), &cost) : NULL;
	}
	if (!primed) {
		own = &working_get()->memory;
		state_copy(own, ready->memory);
		primed = own;
	}
	buf_release(&path);
}

/* Somebody has written into the file that is mapped: nothing of it is believed any more. */
static void forget(void)
{
	kept_unmap(primed);
	primed = NULL;
	if (ready)
		working_end(ready);
	ready = NULL;
}

void model_prepare(void)
{
	if (primed && primed != own && !kept_same())
		forget();
	if (primed)
		return;
	counters_start();
	prime();
}

/* The state that READY is in, as so_far_name() says; where a message goes on from it, nothing has
 * to be read again. */
static struct {
	bool is;
	uint8_t name[HASH_SIZE];
} at;

struct model *model_ready(void)
{
	model_prepare();
	at.is = false;
	if (ready) {
		memory_put_back(ready, primed);
		ready->lean = false;
		return ready;
	}
	ready = working_start();
	state_copy(ready->memory, primed);
	return ready;
}

size_t model_most(size_t packed)
{
	if (packed > (MODEL_PLAIN - MODEL_FREE) / MODEL_RATIO)
		return MODEL_PLAIN;
	return MODEL_FREE + packed * MODEL_RATIO;
}

/* A model that has read what WAY says, and its name; *READ: bytes that it had to read for that. */
static struct model *model_for(const struct model_way *way, uint8_t name[HASH_SIZE], size_t *read)
{
	struct model *model = ready;

	memcpy(name, so_far_name(way->so_far), HASH_SIZE);
	*read = 0;
	model_prepare();
	if (!(way->so_far && ready && at.is && !memcmp(at.name, name, HASH_SIZE))) {
		model = model_ready();
		so_far_read(model, way->so_far);
		*read = so_far_bytes(way->so_far);
	}
	at.is = false;
	if (!way->so_far && way->history.len) {
		stream_read(model, way->history);
		so_far_next(name, SO_FAR_ROWS, way->history, name);
		*read = way->history.len;
	}
	model->lean = way->lean;
	return model;
}

/* It has learnt PLAIN. */
static void model_at(const struct model_way *way, const uint8_t name[HASH_SIZE], struct bytes plain)
{
	at.is = way->lean;
	so_far_next(name, SO_FAR_LEAN, plain, at.name);
}

bool model_pack(struct buf *out, struct bytes plain, const struct model_way *way, size_t most)
{
	struct model *model;
	struct coder coder;
	struct timespec since;
	uint8_t name[HASH_SIZE];
	size_t start = out->len, read;
	bool good = plain.len <= MODEL_PLAIN;

	if (!good)
		return false;
	model_prepare();
	clock_gettime(CLOCK_MONOTONIC, &since);
	model = model_for(way, name, &read);
	coder_start(&coder);
	good = stream_put(model, &coder, out, plain, most);
	if (good) {
		coder_end(&coder, out);
		note_cost(&since, plain.len + read);
	}
	good = good && out->len - start <= most && plain.len <= model_most(out->len - start);
	if (good)
		model_at(way, name, plain);
	else
		out->len = start;
	return good;
}

enum rc model_unpack(
	struct buf *out, struct bytes packed, const struct model_way *way, struct fault *fault)
{
	uint8_t name[HASH_SIZE];
	size_t start = out->len, read;
	struct model *model = model_for(way, name, &read);
	struct coder coder;

	coder_open(&coder, packed);
	if (stream_take(model, &coder, out, model_most(packed.len)) && coder_done(&coder)) {
		size_t len = out->len - start;
		model_at(way, name, bytes_of(len ? out->at + start : NULL, len));
		return RC_OK;
	}
	out->len = start;
	return fault_set(fault, RC_BAD, "%s", _("收到的数据帧不合规范，已丢弃"));
}

void model_train(struct buf *out, struct bytes messages)
{
	struct model *model;

	counters_start();
	model = working_start();
	memory_start(model->memory);
	stream_put_all(model, out, messages);
	working_end(model);
}
