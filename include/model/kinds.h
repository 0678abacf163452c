/* SPDX-License-Identifier: GPL-3.0-or-later
 * Names made from the table of kinds, so that a typing mistake does not compile:
 *   KIND_hazard          the kind's number
 *   hazard_category      a field's tag
 *   hazard_is_new        a state's number
 *   hazard_do_assign     a step's tag
 */
#ifndef MODEL_KINDS_H
#define MODEL_KINDS_H

#include "model/schema.h"

#define B(state) (1u << (state)) /* a state in a step's mask */

#define KIND(id, kind, ...) KIND_##kind = id,
#define FIELD(...)
#define TRACK(...)
#define LANE(...)
#define STATE(...)
#define STEP(...)
#define END(...)
enum kind_id {
#include "model/kinds/all.def"
};
#undef KIND
#undef FIELD
#define KIND(...)
#define FIELD(kind, tag, name, ...) kind##_##name = tag,
enum field_tag {
#include "model/kinds/all.def"
};
#undef FIELD
#define FIELD(...)
#undef STEP
#define STEP(kind, tag, verb, ...) kind##_do_##verb = tag,
enum step_tag {
#include "model/kinds/all.def"
};
#undef STEP
#define STEP(...)
/* States count from 0 in each kind. */
#undef KIND
#undef STATE
#undef END
#define KIND(id, kind, ...)                                                                                                      \
	enum kind##_state                                                                                                        \
	{
#define STATE(kind, name, ...) kind##_is_##name,
#define END(kind)                                                                                                                \
	kind##_states                                                                                                            \
	}                                                                                                                        \
	;
#include "model/kinds/all.def"
#undef KIND
#undef FIELD
#undef TRACK
#undef LANE
#undef STATE
#undef STEP
#undef END

#endif
