/* SPDX-License-Identifier: GPL-3.0-or-later
 * What rules.c, which judges, and rules_read.c, which reads the files, share; nobody else includes
 * it.
 */
#ifndef MODEL_RULES_INSIDE_H
#define MODEL_RULES_INSIDE_H

#include "model/rules.h"

enum {
	RULE_TESTS = 4,
	RULES_MOST = 512,
	LIMITS_MOST = 256,
	MAYS_MOST = 1024,
	PINS_MOST = 128,
	RIGHTS_MOST = 128
};
enum { FROM_AT = -1, FROM_STATE = -2, FROM_LAST = -3 };

struct rule {
	unsigned kind;
	enum need need;
	uint32_t states;
	int from;            /* tag of a field, or FROM_… */
	int64_t plus;        /* seconds */
	const char *zh, *en; /* en NULL: zh is in the catalogue */
	bool own;            /* made from the kind's own flags */
	unsigned tests;
	struct {
		unsigned tag;
		const char *code;
	} test[RULE_TESTS];
};

struct limit {
	const char *name;
	int64_t number;
};

struct may {
	char role[8];
	unsigned kind;  /* 0 = all */
	uint64_t steps; /* bit 0 = add, bit n = step n */
};

/* A grant with BIT lets a station write KIND. */
struct right {
	const char *name;
	unsigned bit, kind;
};

struct rules {
	struct arena texts;
	struct rule rule[RULES_MOST]; /* by kind */
	struct limit limit[LIMITS_MOST];
	struct may may[MAYS_MOST];
	struct may pin[PINS_MOST]; /* role "": what asks for a PIN */
	struct right right[RIGHTS_MOST];
	unsigned rules, limits, mays, pins, rights;
};

/* A limit of RULES, as rules_limit. */
int64_t rules_limit_in(const struct rules *rules, const char *name, int64_t otherwise);

#endif
