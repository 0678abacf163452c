/* SPDX-License-Identifier: GPL-3.0-or-later
 * A new record, an edit or a step: the form over the whole screen. Every finished field is kept as
 * a draft, and a hang-up keeps the one being typed too.
 */
#include <stdio.h>

#include "model/codes.h"
#include "model/kinds.h"
#include "model/rules.h"
#include "work/actions.h"
#include "screens/form_session.h"
#include "screens/people.h"
#include "screens/report_page.h"
#include "screens/display.h"
#include "screens/screens.h"
#include "screens/tally.h"

enum { CLASH_ROWS = 4, FETCH = 12 }; /* FETCH: columns of the key */

struct writing {
	struct session session;
	bool picking; /* who signs */
	bool pairing; /* it is the second of two */
	struct pick pick;
	struct people people; /* of whom the second signer is one */
	struct user chosen;   /* whose PIN is asked for */
	const char *waiting;  /* the draft that waits, in the arena; "" = none */
	const char *about[2]; /* over a form that began with what is known, [1] for a narrow line;
				 "" = nothing */
	const char *clash;    /* what somebody else wrote meanwhile, in the arena; "" = nothing */
	char second[LIMIT_NAME + 1]; /* laid out: who signs; "" = the user */
	bool started;
	bool others; /* it is signed with a PIN, or another one has to: ^Y is for that */
};

/* A report that begins with what is known has a title and a question of its own. */
static bool is_report(const struct writing *writing)
{
	return writing->session.draft.presets && writing->session.draft.kind->id == KIND_report;
}

static void make_title(struct view *view, struct writing *writing)
{
	struct buf title = {0};

	if (is_report(writing))
		report_form_title(&writing->session.form, &title);
	else
		form_session_title(&writing->session, &title);
	snprintf(view->title, sizeof(view->title), "%s", buf_cstr(&title));
	buf_release(&title);
}

static enum rc open_paper(struct view *view, struct writing *writing, struct fault *fault)
{
	struct draft purpose = {.kind = view->aim.kind,
		.ref = view->aim.ref,
		.step = view->aim.step,
		.parent = view->aim.parent,
		.instead = view->aim.instead,
		.slot = view->aim.slot,
		.at = view->aim.draft_at,
		.presets = *view->aim.text ? view->aim.text : NULL};
	enum rc rc =
		form_session_open(&writing->session, view->store, &view->user, &purpose, fault);

	if (rc)
		return rc;
	const char *what;
	writing->others = form_session_asks(&writing->session, &what) ||
			  form_session_other(&writing->session);
	writing->started = true;
	writing->clash = "";
	view->typing = true;
	if (writing->session.restored)
		stack_note(view, LOOK_MARK, _("接着上次没写完的草稿。^R 清空重填"));
	if (view->aim.other)
		stack_note(view, LOOK_MARK, _("这一步要由另一个人办：^Y 选他，他输自己的口令"));
	return RC_OK;
}

static void look_again(struct view *view, struct writing *writing)
{
	uint64_t before = writing->session.stamp;

	writing->clash = form_session_moved(&writing->session, &view->arena);
	if (*writing->clash)
		stack_note(view, LOOK_BAD, _("^O 以您的为准保存，^X 放弃修改"));
	else if (before != writing->session.stamp)
		stack_note(view, LOOK_MARK, _("这条记录刚被别人改过，已换上新的内容"));
}

static enum rc load(struct view *view, struct fault *fault)
{
	struct writing *writing = view->state;
	enum rc rc;

	if (writing->started)
		look_again(view, writing);
	else if ((rc = open_paper(view, writing, fault)))
		return rc;
	make_title(view, writing);
	writing->waiting = form_session_waiting(&writing->session, &view->arena);
	for (size_t n = 0; n < countof(writing->about); n++)
		writing->about[n] = form_session_about(&writing->session, n > 0, &view->arena);
	return RC_OK;
}

/* What stands above the form. Returns the pane of the form. */
static struct pane draw_head(const struct writing *writing, struct pane pane)
{
	unsigned top = 0;

	if (*writing->waiting && pane.rows > 2) {
		pane_text(pane, 0,
			pane_text(pane, 0, 0, LOOK_MARK, pane.columns - FETCH, writing->waiting) +
				1,
			LOOK_MARK, 0, _("^R 取回"));
		pane = pane_below(pane, 1);
	}
	if (*writing->about[0] && pane.rows > 2) {
		pane_text(pane, 0, 0, LOOK_TITLE, 0, writing->about[pane.columns < TALLY_NARROW]);
		pane = pane_below(pane, 1);
	}
	if (*writing->clash && pane.rows > CLASH_ROWS + 2) {
		struct pane box = pane_part(pane, 0, 0, CLASH_ROWS, pane.columns);

		top = pane_wrapped(box, 0, 0, LOOK_BAD, 0, writing->clash);
	}
	if (writing->second[0] && top + 1 < pane.rows)
		pane_fmt(pane, top++, 0, LOOK_MARK, _("由 %s 签"), writing->second);
	return pane_below(pane, top);
}

/* A new record of which little has to be filled, on a slow line. */
static bool window(const struct view *view)
{
	const struct writing *writing = view->state;

	return stack_is_lean(view) && writing->session.form.fresh &&
	       !writing->session.draft.presets && !view->aim.ref.seq;
}

static void layout(struct view *view, struct pane room)
{
	struct writing *writing = view->state;

	form_session_guess(&writing->session);
	/* What a board begins is wanted whole: figures in their order. */
	writing->session.form.lean = stack_is_lean(view) && !writing->session.draft.presets;
	writing->session.form.headed = *writing->about[0] != '\0';
	snprintf(writing->second, sizeof(writing->second), "%s",
		view->second.who ? view->second.name : "");
	if (writing->picking)
		pick_layout(&writing->pick, room);
	else
		form_layout(&writing->session.form, draw_head(writing, room));
}

static void draw(const void *state, struct pane pane)
{
	const struct writing *writing = state;

	if (writing->picking)
		pick_draw(&writing->pick, pane);
	else
		form_draw(&writing->session.form, draw_head(writing, pane));
}

static enum act write_now(struct view *view)
{
	struct writing *writing = view->state;
	const struct draft *draft = &writing->session.draft;
	struct fault fault = {0};
	struct ref ref;
	struct buf said = {0};

	enum rc rc = form_session_save(&writing->session, &ref, &fault);
	writing->session.pair = (struct user){0};
	if (rc)
		return parts_fault(view, &fault);
	enum look look = form_session_said(&writing->session, ref, &said);
	stack_note(view, look, "%s", buf_cstr(&said));
	buf_release(&said);
	if (draft->kind->id != KIND_incident || draft->ref.seq)
		return ACT_BACK;
	stack_open(view, "incident")->ref = ref;
	return ACT_BOARD;
}

static enum act pick_person(struct view *view, bool pairing);

/* Two people where the county wants two: the second first, for it is he who has to be fetched. */
static enum act prove_and_write(struct view *view)
{
	struct writing *writing = view->state;
	const struct rule *pair = form_session_pair(&writing->session);
	const char *what;

	if (pair) {
		stack_note(view, LOOK_MARK, "%s", rule_text(pair));
		return pick_person(view, true);
	}
	if (!form_session_asks(&writing->session, &what) || view->second.who)
		return write_now(view);
	return stack_prove(view, &view->user, what, write_now);
}

/* What was reported is said once more in words, and goes with a y. */
static enum act ask_report(struct view *view)
{
	struct writing *writing = view->state;
	struct buf text = {0};

	if (form_session_ready(&writing->session, &writing->session.fault))
		return parts_fault(view, &writing->session.fault);
	report_form_question(&writing->session.form, writing->session.draft.area, &text);
	enum act act = stack_ask(view, prove_and_write, _("报"), "%s", buf_cstr(&text));
	buf_release(&text);
	return act;
}

/* A second person has shown a PIN, and the terminal was not left alone since. */
static bool take_second(struct view *view, struct writing *writing)
{
	const char *why = NULL;

	form_session_own(&writing->session);
	if (!view->second.who || form_session_second(&writing->session, &view->second, &why))
		return true;
	stack_note(view, LOOK_BAD, "%s%s%s", view->second.name, display_colon(), why);
	return false;
}

static enum act save(struct view *view)
{
	struct writing *writing = view->state;
	struct buf places = {0};

	writing->session.pair = (struct user){0};
	/* Somebody may have saved since: then both are shown first, and the next ^O is meant. */
	look_again(view, writing);
	if (*writing->clash || !take_second(view, writing))
		return ACT_DRAW;
	if (!form_check(&writing->session.form)) {
		stack_note(view, LOOK_BAD, "%s", writing->session.form.why);
		return ACT_DRAW;
	}
	if (form_session_other(&writing->session)) {
		stack_note(view, LOOK_BAD, _("这一步要由另一个人办：^Y 选他，他输自己的口令"));
		return ACT_DRAW;
	}
	if (is_report(writing))
		return ask_report(view);
	if (!form_session_places(&writing->session, &places))
		return prove_and_write(view);
	/* What would not be taken is said before it is asked about. */
	enum act act =
		form_session_ready(&writing->session, &writing->session.fault)
			? parts_fault(view, &writing->session.fault)
			: stack_ask(view, prove_and_write, _("发出"), "%s", buf_cstr(&places));
	buf_release(&places);
	return act;
}

static enum act leave(struct view *view)
{
	struct writing *writing = view->state;

	if (!form_changed(&writing->session.form))
		return ACT_BACK;
	form_session_keep(&writing->session);
	if (writing->session.draft_lost)
		stack_note(view, LOOK_BAD, _("草稿没能留下：%s"), writing->session.fault.text);
	else
		stack_note(view, LOOK_MARK, _("没有保存，草稿留着；再登记时按 ^R 取回"));
	return ACT_BACK;
}

static enum act write_again(struct view *view)
{
	struct writing *writing = view->state;
	struct fault fault = {0};

	if (form_session_again(&writing->session, &fault))
		return parts_fault(view, &fault);
	stack_note(view, LOOK_PLAIN, _("草稿已丢掉，从头填写"));
	return ACT_DRAW;
}

/* ^R: the draft that waits comes; one that came goes. */
static enum act fetch(struct view *view)
{
	struct writing *writing = view->state;
	struct fault fault = {0};

	if (writing->session.restored)
		return stack_ask(view, write_again, _("清空重填"), "%s", _("丢掉这份草稿"));
	if (!writing->session.offered) {
		stack_note(view, LOOK_PLAIN, _("没有草稿"));
		return ACT_DRAW;
	}
	if (form_session_fetch(&writing->session, &fault))
		return parts_fault(view, &fault);
	writing->waiting = form_session_waiting(&writing->session, &view->arena);
	stack_note(view, LOOK_MARK, _("草稿取回了。^R 清空重填"));
	return ACT_DRAW;
}

static enum act second_shown(struct view *view)
{
	struct writing *writing = view->state;

	view->second = writing->chosen;
	if (take_second(view, writing))
		stack_note(view, LOOK_MARK, _("由 %s 签：^O 保存"), view->second.name);
	else
		view->second = (struct user){0};
	return ACT_DRAW;
}

static enum act pair_shown(struct view *view)
{
	struct writing *writing = view->state;

	writing->session.pair = writing->chosen;
	return prove_and_write(view);
}

/* Two people at one terminal: the second signs with a PIN of his own, and the first goes on. */
static enum act pick_person(struct view *view, bool pairing)
{
	struct writing *writing = view->state;

	writing->people =
		(struct people){.store = view->store, .but = view->user.who, .with_pin = true};
	writing->pairing = pairing;
	pick_start(&writing->pick, pairing ? _("第二个人（^X 返回）") : _("由谁签（^X 返回）"),
		people_offer, &writing->people, "", false);
	if (writing->pick.list.shown == 0) {
		pick_release(&writing->pick);
		stack_note(view, LOOK_BAD,
			_("本站没有别的设了口令的人：请他先登录，在 P 本机 里设口令"));
		return ACT_DRAW;
	}
	writing->picking = true;
	return ACT_DRAW;
}

static enum act picked(struct view *view, int key)
{
	struct writing *writing = view->state;
	enum pick_act act = pick_key(&writing->pick, key);
	const char *what;

	if (act == PICK_NOT)
		return parts_unpicked(view, key);
	if (act != PICK_TAKEN && act != PICK_LEFT)
		return ACT_DRAW;
	bool taken = act == PICK_TAKEN &&
		     people_chosen(&writing->people, &writing->pick, &writing->chosen);
	pick_release(&writing->pick);
	writing->picking = false;
	make_title(view, writing);
	(void)form_session_asks(&writing->session, &what);
	if (!taken)
		return ACT_DRAW;
	return stack_prove(
		view, &writing->chosen, what, writing->pairing ? pair_shown : second_shown);
}

static enum act other_key(struct view *view, int key)
{
	const struct writing *writing = view->state;

	if (writing->session.form.picking)
		return parts_unpicked(view, key);
	if (key == K_CTRL('R'))
		return fetch(view);
	if (key == K_CTRL('Y'))
		return pick_person(view, false);
	if (key == K_CTRL('L') || key == K_RESIZE)
		return ACT_UNKNOWN;
	stack_note(view, LOOK_BAD,
		_("回车下一项，长文字里 ^T 换行，^O 保存，^X 离开（留草稿），^G 看急事，^Y "
		  "别人签"));
	return ACT_DRAW;
}

static enum act type(struct view *view, int key)
{
	struct writing *writing = view->state;

	if (key == K_HANGUP) {
		form_session_keep(&writing->session);
		return ACT_NONE;
	}
	if (writing->picking)
		return picked(view, key);
	switch (form_key(&writing->session.form, key)) {
	case FORM_MOVED:
		if (writing->session.draft_lost)
			stack_note(
				view, LOOK_BAD, _("草稿没能留下：%s"), writing->session.fault.text);
		return ACT_DRAW;
	case FORM_SAVE:
		return save(view);
	case FORM_LEAVE:
		return leave(view);
	case FORM_NOT:
		break;
	}
	return other_key(view, key);
}

static enum act paste(struct view *view, const char *text)
{
	struct writing *writing = view->state;

	if (writing->picking)
		pick_paste(&writing->pick, text);
	else if (form_paste(&writing->session.form, text) == FORM_NOT)
		stack_note(view, LOOK_BAD, "%s", _("这里没有能粘贴的项"));
	return ACT_DRAW;
}

static void done(struct view *view)
{
	struct writing *writing = view->state;
	if (writing->picking)
		pick_release(&writing->pick);
	if (writing->started)
		form_session_release(&writing->session);
}

static const struct key keys[] = {
	{K_ENTER, N_("下一项"), NULL},
	{K_CTRL('O'), N_("保存"), NULL},
	{K_CTRL('X'), N_("离开"), NULL},
	{K_CTRL('R'), N_("取回草稿"), NULL},
	{EDIT_BREAK, N_("换行"), NULL},
	{K_CTRL('Y'), N_("别人签"), NULL},
	{0, NULL, NULL},
};

static const struct pick *pick_of(const struct view *view)
{
	const struct writing *writing = view->state;
	const struct form *form = &writing->session.form;

	return writing->picking ? &writing->pick : form->picking ? &form->pick : NULL;
}

static bool has_draft(const struct view *view)
{
	const struct writing *writing = view->state;

	return writing->session.offered || writing->session.restored;
}

static bool breaks(const struct view *view)
{
	return !stack_is_lean(view) &&
	       form_breaks(&((const struct writing *)view->state)->session.form);
}

static bool others(const struct view *view)
{
	return ((const struct writing *)view->state)->others;
}

static const struct key_when when[] = {
	{K_CTRL('Y'), 0, others},
	{K_CTRL('R'), 0, has_draft},
	{EDIT_BREAK, 0, breaks},
	{0, 0, NULL},
};

const struct screen screen_write = {
	.name = "write",
	.title = "",
	.size = sizeof(struct writing),
	.keys = keys,
	.when = when,
	.pick = pick_of,
	.window = window,
	.load = load,
	.layout = layout,
	.draw = draw,
	.type = type,
	.paste = paste,
	.done = done,
	.help = N_("* 必填，+ 已改，! 有误。选择项按空格，再按号码或打拼音首字母；"
		   "日期可写 7-14、+3d、今天，时间可写 6:33、昨天 22:10。\n"
		   "每填完一项就留草稿：断线、停电也在；再登记时表格是空的，按 ^R 取回。\n"
		   "^Y：由另一个人签，他输自己的口令；登录的人不变。"),
};
