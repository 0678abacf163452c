/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a model has learnt in a session: messages that both ends have had, in order, so that both
 * can make the same state again. Where the next message goes on from the last one, the state is
 * still there.
 */
#include "sync/wire.h"
#include "sync/wire/model/parts.h"
#include "sync/wire/model/so_far.h"

#include "base/crypt.h"
#include "base/endian.h"
#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

struct text {
	enum so_far_form form;
	struct bytes text;
	uint8_t name[HASH_SIZE]; /* of the state behind it */
};

struct so_far {
	struct text *texts;
	size_t count, room, bytes;
};

static const uint8_t primed_name[HASH_SIZE];

const uint8_t *so_far_name(const struct so_far *so_far)
{
	return so_far && so_far->count ? so_far->texts[so_far->count - 1].name : primed_name;
}

void so_far_next(const uint8_t before[HASH_SIZE], enum so_far_form form, struct bytes text,
	uint8_t name[HASH_SIZE])
{
	struct buf all = {0};

	buf_put(&all, before, HASH_SIZE);
	buf_byte(&all, (uint8_t)form);
	buf_put(&all, text.at, text.len);
	crypt_hash(buf_bytes(&all), name);
	buf_release(&all);
}

struct so_far *so_far_new(void)
{
	return memory_get(1, sizeof(struct so_far));
}

static void drop(struct so_far *so_far, size_t at)
{
	so_far->bytes -= so_far->texts[at].text.len;
	free((void *)(uintptr_t)so_far->texts[at].text.at);
}

void so_far_cut(struct so_far *so_far, size_t count)
{
	while (so_far->count > count)
		drop(so_far, --so_far->count);
}

void so_far_free(struct so_far *so_far)
{
	if (!so_far)
		return;
	so_far_cut(so_far, 0);
	free(so_far->texts);
	free(so_far);
}

size_t so_far_bytes(const struct so_far *so_far)
{
	return so_far ? so_far->bytes : 0;
}

size_t so_far_count(const struct so_far *so_far)
{
	return so_far->count;
}

/* The oldest go, and then it is another state. */
static void forget(struct so_far *so_far)
{
	size_t gone = 0;

	if (so_far->bytes <= SO_FAR_MOST)
		return;
	while (so_far->bytes > SO_FAR_KEPT)
		drop(so_far, gone++);
	so_far->count -= gone;
	memmove(so_far->texts, so_far->texts + gone, so_far->count * sizeof *so_far->texts);
	for (size_t i = 0; i < so_far->count; i++) {
		struct text *text = &so_far->texts[i];
		so_far_next(i ? text[-1].name : primed_name, text->form, text->text, text->name);
	}
}

void so_far_add(struct so_far *so_far, enum so_far_form form, struct bytes text)
{
	struct text *next;
	uint8_t *copy = memory_get(1, text.len + 1);

	memcpy(copy, text.at, text.len);
	so_far->texts =
		array_more(so_far->texts, so_far->count, &so_far->room, sizeof *so_far->texts);
	next = &so_far->texts[so_far->count];
	next->form = form;
	next->text = bytes_of(copy, text.len);
	so_far_next(so_far_name(so_far), form, text, next->name);
	so_far->count++;
	so_far->bytes += text.len;
	forget(so_far);
}

/* How many texts made the state; 0: none did. */
static size_t count_at(const struct so_far *so_far, const uint8_t name[SO_FAR_NAME])
{
	size_t count = so_far->count;

	while (count && memcmp(so_far->texts[count - 1].name, name, SO_FAR_NAME) != 0)
		count--;
	return count;
}

const uint8_t *so_far_find(const struct so_far *so_far, const uint8_t name[SO_FAR_NAME])
{
	size_t count = count_at(so_far, name);

	return count ? so_far->texts[count - 1].name : NULL;
}

bool so_far_back(struct so_far *so_far, const uint8_t name[SO_FAR_NAME])
{
	size_t count = count_at(so_far, name);

	if (count)
		so_far_cut(so_far, count);
	return count;
}

/* As when it was packed, only that nobody wants the bytes. */
void so_far_read(struct model *model, const struct so_far *so_far)
{
	struct buf nothing = {0};
	struct coder coder;

	for (size_t i = 0; so_far && i < so_far->count; i++) {
		const struct text *text = &so_far->texts[i];
		model->lean = text->form == SO_FAR_LEAN;
		buf_clear(&nothing);
		coder_start(&coder);
		if (text->form == SO_FAR_ROWS)
			stream_read(model, text->text);
		else if (!stream_put(model, &coder, &nothing, text->text, SIZE_MAX))
			die("%s", "a message that was learnt");
	}
	buf_release(&nothing);
}
