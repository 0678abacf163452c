/* SPDX-License-Identifier: GPL-3.0-or-later
 * The parts of the model that predicts the next bit of a message. What it learns lies in one block
 * without pointers, which is copied, put back and kept in a file as it is. Everything is reckoned
 * in whole numbers, the same on every machine.
 */
#ifndef SYNC_WIRE_MODEL_PARTS_H
#define SYNC_WIRE_MODEL_PARTS_H

#include "base/buf.h"
#include "sync/wire/walk/walk.h"

/* ---- counter.c: probabilities of a one are 16 bits; stretched, they are 1/256 of ln(p / (1 - p)).
 */

enum { STRETCH_MOST = 2047, STRETCH_BITS = 12, HISTORIES = 256, RATES = 1024, LINE_SLOTS = 32 };

/* Makes the tables below. */
void counters_start(void);
unsigned logistic(int stretched); /* 1 to 65535 */
extern int16_t stretch_table[1 << STRETCH_BITS];
extern uint16_t squash_table[2 * (STRETCH_MOST + 1)];
static inline int stretch(unsigned p)
{
	return stretch_table[p >> (16 - STRETCH_BITS)];
}
/* logistic() of what lies within STRETCH_MOST. */
static inline unsigned squash(int stretched)
{
	return squash_table[stretched + STRETCH_MOST + 1];
}

/* What bits were seen in a context, in a byte (0: none yet): what it becomes, how much would be
 * lost with it. */
extern uint8_t history_next[HISTORIES][2], history_weight[HISTORIES];
unsigned history_guess(uint8_t history); /* a first probability */

/* A probability in 22 bits, and in 10 how often it has learnt. */
typedef uint32_t counter;
extern uint32_t counter_rates[RATES];
static inline unsigned counter_p(counter c)
{
	return c >> 16;
}
/* Towards a one as towards a zero, upside down: the highest probability is all ones. */
static inline counter counter_after(counter c, unsigned bit, unsigned limit)
{
	uint32_t upside = (0 - bit) & ~(uint32_t)(RATES - 1), n = c % RATES, p;

	c ^= upside;
	p = c / RATES;
	c -= (uint32_t)((uint64_t)p * counter_rates[n] >> 16) * RATES;
	return (c ^ upside) + (n < limit);
}
static inline void counter_learn(counter *c, unsigned bit, unsigned limit)
{
	*c = counter_after(*c, bit, limit);
}

/* Bit histories by context: a context finds its line, one of the processor's cache, twice a byte; a
 * slot has a check of whose it is.
 */
struct slot {
	uint8_t check, history;
};
struct line {
	struct slot slots[LINE_SLOTS];
};
/* The slot AT of LINE or the one half a line further, whichever is CHECK's; else the one with less
 * to lose becomes it. No branches: which it is, nobody can guess. */
static inline struct slot *line_slot(struct line *line, unsigned at, uint8_t check)
{
	struct slot *slot = &line->slots[at], *other = &line->slots[at ^ LINE_SLOTS / 2];
	unsigned here = slot->check == check, there = other->check == check;
	unsigned lighter = history_weight[other->history] < history_weight[slot->history];
	unsigned step = (~here & (there | lighter)) * (LINE_SLOTS / 2);

	slot = &line->slots[at ^ step];
	slot->check = check;
	slot->history = (uint8_t)(slot->history * (here | there));
	return slot;
}

/* ---- mixer.c: inputs weighed by sets that contexts choose. */

enum { INPUTS = 40, WEIGHT_ONE = 8192, SETS = 4 };

struct weights {
	int16_t of[INPUTS];
};
/* What each of the sets says, of INPUTS inputs within STRETCH_MOST. */
void mixer_dots(struct weights *const sets[], const int16_t inputs[], int said[]);
/* ERRORS: 65535 times what the bit was, less what each said. */
void mixer_learn(struct weights *const sets[], const int16_t inputs[], const int errors[]);

/* ---- apm.c: a probability corrected by what came of it in a context. */

enum { APM_STEPS = 32 };

struct apm {
	uint16_t p[APM_STEPS + 1];
};
void apm_start(struct apm apms[], size_t n);
/* *AT: the step that will learn. */
unsigned apm_refine(const struct apm *apm, int stretched, unsigned *at);
void apm_learn(struct apm *apm, unsigned at, unsigned bit);

/* ---- model.c, context.c, match.c */

enum { CONTEXTS = 11, CONTEXT_SORTS = 3, LINES = 130000 };
enum { TEXT_ROOM = 1 << 20, TEXT_HASHES = 1 << 16, PLACES = 1 << 13 };
/* What is followed: the longest repetition, and the field of the fact above, of the author's last
 * one, of the last one that said the same before it. */
enum { FOLLOW_LONG, FOLLOW_SHORT, FOLLOW_ABOVE, FOLLOW_AUTHOR, FOLLOW_BESIDE, FOLLOWS };
enum { FIELDS = FOLLOWS - FOLLOW_ABOVE, REPEATS = FOLLOW_ABOVE };
enum { SET_COLUMN = 512, SET_ORDER = 16 * ATOMS, SET_BITS = 512, SET_PLACE = 128 * ATOMS };
enum {
	FOLLOW_LENS = 64,
	FOLLOW_COLUMNS = 8192,
	COLUMNS = 256,
	APM_COLUMNS = 1024,
	APM_CHARS = 8192
};

/* What was learnt. After a message all is put back as it was: of what is large only the units that
 * were touched, each with a number. */
struct memory {
	uint8_t text[TEXT_ROOM];
	struct line lines[LINES];
	uint32_t repeats[REPEATS][TEXT_HASHES], places[FIELDS][PLACES];
	counter follow_column[FOLLOWS][FOLLOW_COLUMNS];
	struct apm apm_column[APM_COLUMNS], apm_chars[APM_CHARS];
	/* what is put back whole begins here */
	uint32_t text_len;
	struct weights by_column[SET_COLUMN], by_order[SET_ORDER], by_bits[SET_BITS],
		by_place[SET_PLACE];
	int32_t last[COLUMNS][SETS];
	counter maps[CONTEXTS][CONTEXT_SORTS][HISTORIES];
	counter follow_len[FOLLOWS][FOLLOW_LENS];
	counter ends[2];
};

/* Several small things are one unit. */
enum { REPEAT_UNIT = 16, PLACE_UNIT = 16, FOLLOW_UNIT = 8 };
enum {
	UNIT_LINE = 0,
	UNIT_REPEAT = UNIT_LINE + LINES,
	UNIT_PLACE = UNIT_REPEAT + REPEATS * TEXT_HASHES / REPEAT_UNIT,
	UNIT_FOLLOW = UNIT_PLACE + FIELDS * PLACES / PLACE_UNIT,
	UNIT_APM_COLUMN = UNIT_FOLLOW + FOLLOWS * FOLLOW_COLUMNS / FOLLOW_UNIT,
	UNIT_APM_CHARS = UNIT_APM_COLUMN + APM_COLUMNS,
	UNITS = UNIT_APM_CHARS + APM_CHARS
};

/* A place in the text that is followed (0: none), for how many bytes it was right, and how often it
 * was not. */
struct following {
	uint32_t at, len, missed;
};

enum { CHARS = 8, TOUCHED = (UNITS + 63) / 64 };

struct model {
	struct memory *memory;
	uint64_t touched[TOUCHED]; /* units, a bit each, since they were put back */
	/* the byte in hand */
	uint32_t hash[CONTEXTS];
	struct line *line[CONTEXTS];
	struct following follow[FOLLOWS];
	uint16_t expected[FOLLOWS]; /* the byte there, behind a one; 0: none */
	unsigned bits, count;       /* those of it that are known, behind a one; how many */
	unsigned sort;              /* lead byte of a text, another byte of it, no text */
	/* the bit in hand */
	int16_t inputs[INPUTS];
	struct slot *slot[CONTEXTS];
	counter *map[CONTEXTS], *followed[FOLLOWS][2];
	struct weights *sets[SETS];
	int said[SETS], mixed;
	int32_t *last;
	struct apm *apm[2];
	unsigned apm_at[2];
	/* characters: the last first; of the one that is not whole its bytes, how many there are
	 * and will be */
	uint32_t chars[CHARS], part, shape;
	unsigned part_len, part_want;
	bool lean; /* the messages are without what both ends know */
	struct walk walk;
};

static inline void touch(struct model *model, unsigned unit)
{
	model->touched[unit / 64] |= UINT64_C(1) << unit % 64;
}

/* ---- learnt.c */

void memory_start(struct memory *memory);
/* What was touched since the last time, as it is in PRIMED. */
void memory_put_back(struct model *model, const struct memory *primed);

void model_start(struct model *model, struct memory *memory);
void model_message(struct model *model); /* another message begins */
unsigned model_p(struct model *model);   /* that the next bit is a one, of 65536 */
void model_bit(struct model *model, unsigned bit);

void contexts_of(struct model *model); /* fills in hash */
void context_byte(struct model *model, uint8_t byte);
void context_message(struct model *model);

void follow_byte(struct model *model, uint8_t byte);
void follow_value(struct model *model); /* another value begins */
void follow_begin(struct model *model); /* another byte begins: which one each expects */
/* Does WHICH expect *BIT next? False: nothing is followed, or the byte in hand is another one. */
static inline bool follow_expects(const struct model *model, unsigned which, unsigned *bit)
{
	unsigned byte = model->expected[which];

	*bit = byte >> (7 - model->count) & 1;
	return byte >> (8 - model->count) == model->bits;
}

/* ---- coder.c: the arithmetic coder, bits in and out, each with its probability. */

struct coder {
	uint32_t low, high, value;
	struct bytes in;
	size_t read; /* of IN, and zeros behind it */
};

void coder_start(struct coder *coder);
/* P: that BIT is a one, 1 to 65535 of 65536. */
void coder_put(struct coder *coder, struct buf *out, unsigned bit, unsigned p);
void coder_end(struct coder *coder, struct buf *out);

void coder_open(struct coder *coder, struct bytes in);
unsigned coder_take(struct coder *coder, unsigned p);
bool coder_cut(const struct coder *coder);  /* more was read than there is */
bool coder_done(const struct coder *coder); /* all of it was read, and no more */

/* ---- stream.c: messages through the arithmetic coder */

/* False: it takes more than MOST bytes. */
bool stream_put(
	struct model *model, struct coder *coder, struct buf *out, struct bytes plain, size_t most);
/* False: it is none of at most MOST bytes. */
bool stream_take(struct model *model, struct coder *coder, struct buf *out, size_t most);
/* Rows that are learnt and not packed. */
void stream_read(struct model *model, struct bytes rows);
/* Many, with their number (4) in front: the training text. The lengths of MESSAGES (4) stand before
 * each. */
void stream_put_all(struct model *model, struct buf *out, struct bytes messages);
bool stream_take_all(struct model *model, struct bytes packed);

/* ---- primed.c, kept.c: the state after the training text */

/* A model that has read the training text and nothing else, for the next message. */
struct model *model_ready(void);
/* The state that PATH keeps of TRAINING, mapped; NULL: there is none, or it is not whole. COST: of
 * making it, as model_cost(). */
const struct memory *kept_map(const char *path, struct bytes training, uint32_t *cost);
/* False: somebody has written into the file since it was mapped. */
bool kept_same(void);
void kept_unmap(const struct memory *memory);
/* Into PATH in FOLDER, if there is room. */
void kept_write(const char *folder, const char *path, struct bytes training,
	const struct memory *memory, uint32_t cost);

#endif
