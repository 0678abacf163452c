/* SPDX-License-Identifier: GPL-3.0-or-later
 * A file is attached to a record: its bytes are kept by their hash, and a record says what it is called.
 */
#ifndef WORK_ATTACH_H
#define WORK_ATTACH_H

#include "work/actor.h"

struct attaching {
	struct ref about; /* the record that it belongs to */
	struct ref whole; /* it is a small picture of that attachment; seq 0 = it is none */
	const char *path;
	bool go; /* also over slow ways */
};
/* RC_BAD: the file is too large, empty, or none; a record of that kind takes none. RC_DENIED: not by this person. RC_FULL:
 * there is no room. */
enum rc attach_file(
	const struct actor *actor, const struct attaching *attaching, struct ref *made, struct fault *fault) MUST_CHECK;

#endif
