/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a platform of emergency broadcasting says of the messages that it got from here: played, or
 * not.
 */
#include "app/import.h"
#include "app/intake.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "format/charset.h"
#include "format/xml.h"
#include "model/codes.h"
#include "model/kinds.h"
#include "store/station.h"

enum { TEXT = 200, PERCENT = 100 };

/* What a file says of one message; the packet's number is the name of what was told. */
struct told {
	struct intake *in;
	char packet[TEXT], message[TEXT], code[TEXT], word[TEXT], cover[TEXT];
	unsigned messages;
	enum rc rc;
	struct fault *fault;
};

/* "85", "85%": whole hundredths; anything else says nothing for sure. */
static bool is_percent(const char *text)
{
	size_t digits = strspn(text, "0123456789");

	return digits && digits <= 3 && (!text[digits] || !strcmp(text + digits, "%")) &&
	       strtoul(text, NULL, 10) <= PERCENT;
}

static enum rc write_step(
	struct told *told, struct ref ref, const struct record *record, bool played)
{
	struct change change;
	struct buf name = {0};
	const char *why = "";
	struct ref same = ref;

	buf_fmt(&name, "%s %s", told->packet, told->message);
	change_step(&change, &told->in->actor, record, step_named(record->kind, "play"));
	bool good = change_set(&change, "result", played ? "passed" : "failed", &why) &&
		    (!*told->word || change_set(&change, "text", told->word, &why)) &&
		    (!is_percent(told->cover) ||
			    (told->cover[strspn(told->cover, "0123456789")] = 0,
				    change_set(&change, "cover", told->cover, &why)));
	enum rc rc = good ? intake_write(told->in, &change, buf_cstr(&name), &same, told->fault)
			  : fault_set(told->fault, RC_BAD, "%s", why);
	if (rc == RC_BAD || rc == RC_DENIED) {
		intake_bad(told->in, 0, "%s: %s", told->message, told->fault->text);
		rc = RC_OK;
	} else if (!rc) {
		told->in->steps++;
	}
	change_release(&change);
	buf_release(&name);
	return rc;
}

/* Another state than it has here, and one in which it is over. */
static enum rc settle(struct told *told, struct ref ref, bool played)
{
	struct arena arena = {0};
	struct record record;
	enum rc rc = store_record(told->in->actor.store, ref, &arena, &record, NULL, told->fault);

	if (!rc && record.state == (played ? broadcast_is_played : broadcast_is_failed))
		told->in->known++;
	else if (!rc && record.state == broadcast_is_played)
		intake_bad(told->in, 0, _("%s：已登记播完，没有改"), told->message);
	else if (!rc)
		rc = write_step(told, ref, &record, played);
	arena_release(&arena);
	return rc;
}

/* The message is through. What is still to be played changes nothing. */
static void close_message(struct told *told)
{
	struct ref ref;
	bool played = code_find("ebm_played", told->code) != NULL;

	if (told->rc || !*told->message || !*told->code)
		return;
	told->messages++;
	if (!store_ref(told->in->actor.store, SOURCE_EBM, told->message, &ref))
		intake_bad(told->in, 0, _("%s：本站没有发过这条广播消息"), told->message);
	else if (played || code_find("ebm_failed", told->code))
		told->rc = settle(told, ref, played);
	else
		intake_note(told->in, 0, _("%s：还没有播完（状态 %s）"), told->message, told->code);
	*told->message = *told->code = *told->word = *told->cover = 0;
}

/* Of the message itself: what stands further in is of single devices. */
static bool is_of_message(const char *parent)
{
	return !strcmp(parent, "EBMStateResponse") || !strcmp(parent, "EBMBrdItem");
}

static bool see(void *to, const char *parent, const char *name, const char *text)
{
	struct told *told = to;
	char *into = NULL;

	if (!strcmp(parent, "EBD") && !strcmp(name, "EBDID"))
		into = told->packet;
	else if (!strcmp(parent, "EBM") && !strcmp(name, "EBMID")) {
		close_message(told);
		into = told->message;
	} else if (is_of_message(parent) && !strcmp(name, "BrdStateCode"))
		into = told->code;
	else if (is_of_message(parent) && !strcmp(name, "BrdStateDesc"))
		into = told->word;
	else if (!strcmp(parent, "Coverage") &&
		 (!strcmp(name, "CoveragePercent") || !strcmp(name, "CoverageRate")))
		into = told->cover;
	if (into)
		snprintf(into, TEXT, "%s", text);
	return !told->rc;
}

enum rc ebd_import(struct intake *in, struct bytes text, struct fault *fault)
{
	struct told told = {.in = in, .fault = fault};
	struct buf room = {0};
	struct charset_lost lost;
	enum rc rc = charset_xml(text, &room, &text, &lost, fault);

	if (!rc)
		rc = xml_leaves(text, see, &told, fault);
	if (!rc)
		close_message(&told);
	if (!rc && !told.rc && !told.messages)
		rc = fault_set(fault, RC_BAD, _("没有播发状态（EBMStateResponse 或 EBMBrdLog）"));
	if (!rc && !told.rc)
		in->good_files++;
	buf_release(&room);
	return rc ? rc : told.rc;
}
