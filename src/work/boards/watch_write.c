/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the watch writes: an entry of its log, a roll-call, and handing over.
 */
#include "model/kinds.h"
#include "work/watch.h"
#include "work/writing.h"

enum rc watch_write(const struct actor *actor, const char *type, const char *text, struct ref about,
	struct ref *entry, struct fault *fault)
{
	struct change change;

	change_new(&change, actor, kind_of(KIND_duty), about);
	enum rc rc = writing_text(&change, "type", type, fault);
	if (!rc)
		rc = writing_text(&change, "text", text, fault);
	return writing_end(&change, rc, entry, fault);
}

enum rc watch_roll(const struct actor *actor, struct ref *roll, struct fault *fault)
{
	struct change change;
	const char *why = _("值班点名");

	change_new(&change, actor, kind_of(KIND_rollcall), (struct ref){0, 0});
	return writing_end(&change, writing_text(&change, "text", why, fault), roll, fault);
}

enum rc watch_hand_over(const struct actor *actor, const struct handing *handing, struct ref *ref,
	struct fault *fault)
{
	struct change change;

	change_new(&change, actor, kind_of(KIND_handover), (struct ref){0, 0});
	writing_person(&change, "to", handing->to.person, handing->to.name);
	enum rc rc = writing_text(&change, "open", handing->open, fault);
	if (!rc)
		rc = writing_text(&change, "text", handing->text, fault);
	if (!rc && *handing->weather)
		rc = writing_text(&change, "weather", handing->weather, fault);
	return writing_end(&change, rc, ref, fault);
}

enum rc watch_take(const struct actor *actor, struct ref handover, struct fault *fault)
{
	return writing_step(actor, handover, "sign", "", fault);
}
