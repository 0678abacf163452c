/* SPDX-License-Identifier: GPL-3.0-or-later
 * Messages packed by a model that has read the training text. That state is made once and kept in a
 * file; every message begins with it, and what the last one has changed is put back.
 */
#include "sync/wire.h"
#include "sync/wire/model/parts.h"

#include "base/crypt.h"
#include "base/file.h"
#include "base/memory.h"

#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>
#include <time.h>

enum { ROOM_TIMES = 8 }; /* so much more has to be free than is kept */

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

static struct memory *primed;
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

/* ---- the file: which state it is, the hash of it, the state as this machine has it */

struct head {
	uint8_t which[HASH_SIZE], hash[HASH_SIZE];
};

static void head_of(const struct memory *memory, struct head *head)
{
	const uint32_t shape[] = {1, MODEL_NUMBER, sizeof *memory};
	struct buf all = {0};

	buf_put(&all, shape, sizeof shape);
	buf_put(&all, training().at, training().len);
	crypt_hash(buf_bytes(&all), head->which);
	buf_release(&all);
	crypt_hash(bytes_of(memory, sizeof *memory), head->hash);
}

static bool kept_read(const char *path, struct memory *memory)
{
	struct buf file = {0};
	struct head head;
	struct fault fault;
	bool good = file_read_own(path, sizeof head + sizeof *memory, &file, &fault) == RC_OK &&
		    file.len == sizeof head + sizeof *memory;

	if (good) {
		memcpy(memory, file.at + sizeof head, sizeof *memory);
		head_of(memory, &head);
		good = !memcmp(&head, file.at, sizeof head);
	}
	buf_release(&file);
	return good;
}

/* The last room of a disk is for what people write. */
static bool has_room(size_t bytes)
{
	struct statvfs disk;

	return statvfs(home, &disk) == 0 &&
	       (uint64_t)disk.f_bavail * disk.f_frsize / ROOM_TIMES > bytes;
}

/* When it cannot be kept, the next process reads the training text again. */
static void keep(const char *path, const struct memory *memory)
{
	struct buf file = {0};
	struct head head;
	struct fault fault;

	if (!has_room(sizeof *memory))
		return;
	head_of(memory, &head);
	buf_put(&file, &head, sizeof head);
	buf_put(&file, memory, sizeof *memory);
	(void)!file_write(path, buf_bytes(&file), file_mode(0600), &fault);
	buf_release(&file);
}

static void prime(struct model *model)
{
	struct memory *memory = model->memory;
	struct buf path = {0};

	buf_fmt(&path, "%s/model.state", home ? home : "");
	if (!home || !kept_read(buf_cstr(&path), memory)) {
		memory_start(memory);
		if (!stream_take_all(model, training()))
			die("%s", "the training text is damaged");
		if (home)
			keep(buf_cstr(&path), memory);
	}
	buf_release(&path);
}

/* What the last message has changed, as it was. */
static void put_back(struct model *model)
{
	struct memory *memory = model->memory;
	const size_t rest = offsetof(struct memory, text_len);

	for (uint32_t i = 0; i < TOUCHED; i++)
		for (uint64_t bits = model->touched[i]; bits; bits &= bits - 1) {
			uint32_t line = i * 64 + (uint32_t)__builtin_ctzll(bits);
			memory->lines[line] = primed->lines[line];
		}
	memset(model->touched, 0, sizeof model->touched);
	for (uint32_t at = primed->text_len; at != memory->text_len; at++)
		memory->text[at % TEXT_ROOM] = primed->text[at % TEXT_ROOM];
	memcpy((uint8_t *)memory + rest, (const uint8_t *)primed + rest, sizeof *memory - rest);
}

static struct model *model_ready(void)
{
	if (ready) {
		put_back(ready);
		return ready;
	}
	counters_start();
	primed = memory_get(1, sizeof *primed);
	ready = memory_get(1, sizeof *ready);
	model_start(ready, memory_get(1, sizeof *primed));
	prime(ready);
	memcpy(primed, ready->memory, sizeof *primed);
	memset(ready->touched, 0, sizeof ready->touched);
	return ready;
}

/* What a reader takes of so many packed bytes. */
static size_t most_of(size_t packed)
{
	if (packed > (MODEL_PLAIN - MODEL_FREE) / MODEL_RATIO)
		return MODEL_PLAIN;
	return MODEL_FREE + packed * MODEL_RATIO;
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

bool model_pack(struct buf *out, struct bytes plain, struct bytes history, size_t most)
{
	struct model *model;
	struct coder coder;
	struct timespec since;
	size_t start = out->len;
	bool good = plain.len <= MODEL_PLAIN;

	if (!good)
		return false;
	model = model_ready();
	clock_gettime(CLOCK_MONOTONIC, &since);
	coder_start(&coder);
	stream_read(model, history);
	good = stream_put(model, &coder, out, plain, most);
	if (good) {
		coder_end(&coder, out);
		note_cost(&since, plain.len + history.len);
	}
	good = good && out->len - start <= most && plain.len <= most_of(out->len - start);
	if (!good)
		out->len = start;
	return good;
}

enum rc model_unpack(
	struct buf *out, struct bytes packed, struct bytes history, struct fault *fault)
{
	struct model *model = model_ready();
	struct coder coder;
	size_t start = out->len;

	coder_open(&coder, packed);
	stream_read(model, history);
	if (stream_take(model, &coder, out, most_of(packed.len)) && coder_done(&coder))
		return RC_OK;
	out->len = start;
	return fault_set(fault, RC_BAD, "%s", _("收到的数据帧不合规范，已丢弃"));
}

void model_train(struct buf *out, struct bytes messages)
{
	struct model *model = memory_get(1, sizeof *model);

	counters_start();
	model_start(model, memory_get(1, sizeof *model->memory));
	memory_start(model->memory);
	stream_put_all(model, out, messages);
	free(model->memory);
	free(model);
}
