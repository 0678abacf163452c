/* SPDX-License-Identifier: GPL-3.0-or-later
 * Signing in line mode. PINs, asked on a line of their own and never echoed. What burns: said
 * before the next question when it is new and as often as its rule rings, and on '!' whole, with
 * the question whether to sign it.
 */
#include "app/talk.h"

#include <stdio.h>
#include <string.h>

#include "model/rules.h"
#include "screens/needs.h"
#include "screens/signing.h"
#include "screens/urging.h"
#include "work/actions.h"
#include "work/may.h"

enum { BURNING_MOST = 100 };

struct talk_place talk_stand(struct talk *talk, const char *screen, const struct aim *aim)
{
	struct talk_place before = talk->place;

	if (screen)
		talk->place = (struct talk_place){screen, aim ? *aim : (struct aim){0}};
	return before;
}

bool talk_prove(struct talk *talk, const struct user *user, const char *what)
{
	char pin[LIMIT_PIN + 1], question[300];
	struct fault fault = {0};
	struct user now = *user;

	(void)store_user_who(talk->store, store_station(talk->store)->site, user->who,
		&now); /* set meanwhile? */
	if (!now.has_pin)
		return true;
	if (what)
		snprintf(question, sizeof(question), _("%s：要 %s 的口令"), what, now.name);
	else
		snprintf(question, sizeof(question), _("%s 在吗？请输口令"), now.name);
	if (line_secret(&talk->line, question, pin))
		(void)!store_pin_try(talk->store, now.who, pin, &fault);
	else
		fault_set(&fault, RC_DENIED, "%s", _("没有输入口令，没有办"));
	secret_wipe(pin);
	if (fault.rc)
		line_bad(&talk->line, "%s", fault.text);
	return !fault.rc;
}

bool talk_prove_for(struct talk *talk, const struct kind *kind, unsigned step)
{
	const char *label = step ? step_of(kind, step)->label : kind->label;

	return !rules_pin(kind, step) || talk_prove(talk, &talk->user, _(label));
}

bool talk_may(struct talk *talk, const struct kind *kind, unsigned step)
{
	const struct actor actor = talk_actor(talk);
	struct fault fault = {0};
	bool may = step ? !may_kind(&actor, kind, step, &fault) : action_may_add(&actor, kind);

	if (!may && step)
		line_bad(&talk->line, "%s", fault.text);
	else if (!may)
		line_bad(&talk->line, _("您的角色不能登记\"%s\"，请联系管理员"), _(kind->label));
	return may;
}

bool talk_good(struct talk *talk, enum rc rc, const struct fault *fault)
{
	if (rc)
		line_bad(&talk->line, "%s", fault->text);
	return !rc;
}

bool talk_same(void *to, int64_t seconds)
{
	struct talk *talk = to;
	int64_t minutes = rules_limit("policy.pin.minutes", 0);

	if (minutes <= 0 || seconds < minutes * 60)
		return true;
	for (unsigned n = 0; n < LIMIT_PIN_TRIES; n++)
		if (talk_prove(talk, &talk->user, NULL))
			return true;
	return false;
}

void talk_alarm(void *to)
{
	struct talk *talk = to;
	struct alarm alarm;
	struct fault fault;

	if (needs_alarm(talk->store, false, &talk->ring.heard, &alarm, &fault) == RC_OK &&
		needs_rings(&talk->ring, &alarm, store_now(talk->store))) {
		line_bell(&talk->line);
		line_say(&talk->line, _("%s %s，打 ! 看"), buf_cstr(&alarm.what),
			buf_cstr(&alarm.rest[0]));
	}
	needs_alarm_release(&alarm);
}

/* False: REF cannot be shown. */
static bool say(struct talk *talk, struct ref ref)
{
	struct record_page shown = {0};
	struct arena arena = {0};
	struct fault fault = {0};
	enum rc rc = record_page_load(&shown, talk->store, &talk->user, ref, &arena, &fault);

	if (rc)
		line_bad(&talk->line, "%s", fault.text);
	else
		talk_page(talk, &shown);
	record_page_release(&shown);
	arena_release(&arena);
	return !rc;
}

bool talk_agrees(struct talk *talk, struct buf *about, const char *what)
{
	struct buf answer = {0};

	buf_text(about, what);
	bool yes = line_ask(&talk->line, buf_cstr(about), NULL, NULL, &answer) == LINE_OK &&
		   strcmp(buf_cstr(&answer), "y") == 0;
	buf_release(about);
	buf_release(&answer);
	if (!yes)
		line_say(&talk->line, "%s", _("没有办"));
	return yes;
}

/* y signs it, anything else does nothing. */
static bool sign(struct talk *talk, struct ref ref)
{
	struct actor actor = {talk->store, &talk->user, NULL};
	struct buf question = {0};
	struct fault fault = {0};
	char said[ACTION_SAID];
	const char *what;

	signing_about(talk->store, ref, &question);
	if (!talk_agrees(talk, &question, _("：打 y 签收，其他不办")))
		return false;
	if (signing_asks(talk->store, ref, &what) && !talk_prove(talk, &talk->user, what))
		return false;
	if (!signing_waits(&actor, ref))
		line_say(&talk->line, "%s", _("已经不用签收了，没有写"));
	else if (action_sign(&actor, ref, said, &fault))
		line_bad(&talk->line, "%s", fault.text);
	else
		line_say(&talk->line, "%s", said);
	return !fault.rc;
}

void talk_burning(void *to)
{
	struct talk *talk = to;
	const struct actor actor = talk_actor(talk);
	struct needs_loud loud = {0};
	struct fault fault = {0};
	bool more = true;

	for (unsigned n = 0; more && n < BURNING_MOST; n++) {
		if (needs_loudest(talk->store, &loud, &fault)) {
			line_bad(&talk->line, "%s", fault.text);
			return;
		}
		if (!loud.ref.seq && n == 0)
			line_say(&talk->line, "%s", _("现在没有要紧的事"));
		more = loud.ref.seq && say(talk, loud.ref) && signing_waits(&actor, loud.ref) &&
		       sign(talk, loud.ref);
	}
}

void talk_sign(struct talk *talk)
{
	const struct actor actor = talk_actor(talk);
	struct fault fault = {0};
	struct ref ref;

	if (signing_meant(&actor, (struct ref){0, 0}, &ref, &fault))
		line_bad(&talk->line, "%s", fault.text);
	else if (ref.seq)
		sign(talk, ref);
	else
		line_say(&talk->line, "%s", _("现在没有要签收的"));
}

void talk_urge_for(struct talk *talk, struct ref about)
{
	const struct actor actor = talk_actor(talk);
	struct fault fault = {0};
	struct buf question = {0};
	unsigned count = 0, step;
	const struct kind *kind = urging_kind(talk->store, about, &step);

	if (may_kind(&actor, kind, step, &fault)) {
		line_bad(&talk->line, "%s", fault.text);
		return;
	}
	if (!talk_good(talk, urging_count(&actor, about, &count, &fault), &fault))
		return;
	if (!count) {
		line_say(&talk->line, "%s", _("没有要催的：都答了，或都催过了"));
		return;
	}
	urging_words(talk->store, about, count, &question);
	if (!talk_agrees(talk, &question, _("：打 y 催，其他不办")))
		return;
	if (talk_prove_for(talk, kind, step) &&
		talk_good(talk, urging_write(&actor, about, &count, &fault), &fault))
		line_say(&talk->line, _("催了%u处"), count);
}

void talk_urge(struct talk *talk, const struct need_item *item)
{
	if (item && item->owing && !item->event.seq)
		talk_urge_for(talk, item->ref);
	else
		line_say(&talk->line, "%s", _("没有要催的"));
}

void talk_back(struct talk *talk)
{
	const struct actor actor = talk_actor(talk);
	struct fault fault = {0};
	struct buf question = {0};
	struct written last;

	if (!talk_good(talk, writing_last(&actor, &last, &fault), &fault))
		return;
	if (!last.ref.seq) {
		line_say(&talk->line, "%s", _("您这一小时里没有可撤回的"));
		return;
	}
	urging_back_words(talk->store, &last, &question);
	if (talk_agrees(talk, &question, _("：打 y 撤回，其他不办")) &&
		talk_prove_for(talk, last.kind, last.step->tag) &&
		talk_good(talk, writing_back(&actor, &last, &fault), &fault))
		line_say(&talk->line, "%s", _("撤回了"));
}
