/* SPDX-License-Identifier: GPL-3.0-or-later
 * The station and its user: who is at the keys, where this station is, and what may be set.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/secret.h"
#include "model/kinds.h"
#include "screens/display.h"
#include "screens/me_page.h"
#include "screens/people.h"
#include "screens/screens.h"

struct me {
	struct page page;
	struct edit pin;
	char first[LIMIT_PIN + 1]; /* typed once; "" = not yet */
	bool typing_again, picking;
	bool typing;          /* laid out: a PIN is being typed */
	struct people people; /* who may take over */
	struct pick pick;
	struct user chosen;
	struct shown shown;
	struct face before; /* while another coding is tried out */
	int64_t trying;     /* until then; 0 = none is */
};

/* The line that this terminal hangs on, as it was measured. */
static void tell_meter(struct view *view, struct buf *text)
{
	const struct meter *meter = stack_meter(view);

	if (meter->bytes) {
		buf_fmt(text, _("终端：    满屏%u字节%u.%u秒\n"), meter->bytes, meter->ms / 1000,
			meter->ms % 1000 / 100);
	}
}

static enum rc load(struct view *view, struct fault *fault)
{
	struct me *me = view->state;
	struct buf text = {0};

	(void)fault;
	/* Somebody may just have changed the name or the telephone. */
	(void)!store_user_who(
		view->store, store_station(view->store)->site, view->user.who, &view->user);
	if (me->trying && when_now() >= me->trying) {
		stack_face_set(view->stack, &me->before); /* nobody could read it */
		me->trying = 0;
	}
	view->due = me->trying;
	snprintf(view->title, sizeof(view->title), "%s", store_station(view->store)->name);
	me_user(&view->user, &text);
	store_shown(view->store, view->user.who, &me->shown);
	me_shown(&me->shown, &text);
	me_face(stack_face(view->stack), &text);
	tell_meter(view, &text);
	me_station(view->store, &text);
	page_clear(&me->page);
	me->page.text = true;
	page_add(&me->page, LOOK_PLAIN, &text);
	return RC_OK;
}

/* Who and where; in the last row stands the question for a new PIN. */
static struct pane text_pane(const struct me *me, struct pane pane)
{
	return pane_part(pane, 0, 0, pane.rows - me->typing, pane.columns);
}

static struct pane pin_pane(const struct me *me, struct pane pane)
{
	unsigned row = pane.rows - 1;

	return pane_behind(pane, row,
		pane_text(pane, row, 0, LOOK_TITLE, 0,
			me->typing_again ? _("再打一遍：") : _("新口令：")));
}

static void layout(struct view *view, struct pane room)
{
	struct me *me = view->state;

	me->typing = view->typing;
	view->more = false;
	if (me->picking) {
		pick_layout(&me->pick, room);
		return;
	}
	view->more = page_layout(&me->page, text_pane(me, room));
	if (me->typing)
		edit_layout(&me->pin, pin_pane(me, room));
}

static void draw(const void *state, struct pane pane)
{
	const struct me *me = state;

	if (me->picking) {
		pick_draw(&me->pick, pane);
		return;
	}
	page_draw(&me->page, text_pane(me, pane));
	if (me->typing)
		edit_draw(&me->pin, pin_pane(me, pane), true);
}

static enum act edit_me(struct view *view)
{
	if (!view->user.who) {
		stack_note(view, LOOK_BAD,
			_("您没有在本站登记为人员，请管理员用 outpost user add 登记"));
		return ACT_DRAW;
	}
	return parts_record(view, (struct ref){store_station(view->store)->site, view->user.who});
}

static enum act new_pin(struct view *view)
{
	struct me *me = view->state;

	edit_start(&me->pin, EDIT_SECRET, LIMIT_PIN, "");
	me->first[0] = '\0';
	me->typing_again = false;
	view->typing = true;
	return ACT_DRAW;
}

/* Who has one shows it before there is another. */
static enum act set_pin(struct view *view)
{
	return view->user.who ? stack_prove(view, &view->user, _("改口令"), new_pin)
			      : edit_me(view);
}

/* ---- somebody else takes over */

static enum act take_over(struct view *view)
{
	struct me *me = view->state;

	if (stack_user(view, &me->chosen)) {
		me_apply(view->stack, view->store, &me->chosen);
		stack_note(view, LOOK_MARK, _("现在是 %s"), me->chosen.name);
	}
	return ACT_HOME;
}

static enum act change(struct view *view)
{
	struct me *me = view->state;

	if (!stack_user(view, &view->user)) {
		stack_note(view, LOOK_BAD,
			_("这次登录是用钥匙定下的人：换人请退出，用自己的登录进来"));
		return ACT_DRAW;
	}
	me->people = (struct people){.store = view->store, .but = view->user.who};
	pick_start(&me->pick, _("换成哪一位（^X 返回）"), people_offer, &me->people, "", false);
	me->picking = view->typing = true;
	return ACT_DRAW;
}

static enum act picked(struct view *view, int key)
{
	struct me *me = view->state;
	enum pick_act act = pick_key(&me->pick, key);

	if (act == PICK_NOT)
		return parts_unpicked(view, key);
	if (act != PICK_TAKEN && act != PICK_LEFT)
		return ACT_DRAW;
	bool taken = act == PICK_TAKEN && people_chosen(&me->people, &me->pick, &me->chosen);
	pick_release(&me->pick);
	me->picking = view->typing = false;
	return taken ? stack_prove(view, &me->chosen, _("换人"), take_over) : ACT_DRAW;
}

/* ---- another coding, with a way back for who cannot read it */

static enum act try_next(struct view *view)
{
	struct me *me = view->state;
	struct face face = *stack_face(view->stack);
	struct fault fault = {0};

	if (!me->trying)
		me->before = face;
	face.coding = coding_next(face.coding == CODING_LOGIN ? coding_of_login() : face.coding);
	me->trying = when_now() + ME_TRY_SECONDS;
	stack_face_set(view->stack, &face);
	if (load(view, &fault))
		return parts_fault(view, &fault);
	stack_note(view, LOOK_MARK, _("%s：看得清就按回车；%u 秒不按，换回原样"),
		_(coding_names[face.coding]), ME_TRY_SECONDS);
	return ACT_DRAW;
}

static enum act keep_face(struct view *view, const struct face *face)
{
	struct fault fault = {0};

	if (view->user.who && me_keep_face(view->store, &view->user, face, &fault))
		return parts_fault(view, &fault);
	stack_face_set(view->stack, face);
	return parts_reload(view);
}

static enum act keep_it(struct view *view)
{
	struct me *me = view->state;
	bool tried = me->trying != 0;

	me->trying = view->due = 0;
	if (!tried)
		return ACT_DRAW;
	enum act act = keep_face(view, stack_face(view->stack));
	stack_note(view, LOOK_MARK, "%s",
		view->user.who ? _("就这样显示，您以后在这样的终端上也是")
			       : _("就这样显示，到退出为止"));
	return act;
}

static enum act ground(struct view *view)
{
	struct face face = *stack_face(view->stack);

	face.ground = (face.ground + 1) % GROUNDS;
	return keep_face(view, &face);
}

/* ---- how things are shown to this person, on every terminal of the station */

static enum act keep_shown(struct view *view, const struct shown *shown)
{
	struct fault fault = {0};

	if (!view->user.who)
		return edit_me(view);
	if (store_shown_set(view->store, view->user.who, shown, &fault))
		return parts_fault(view, &fault);
	stack_quiet(view->stack, shown->quiet);
	stack_lean(view->stack, shown->lean);
	return parts_reload(view);
}

static enum act lean(struct view *view)
{
	struct shown shown = ((struct me *)view->state)->shown;

	shown.lean = (shown.lean + 1) % SHOWN_LEANS;
	return keep_shown(view, &shown);
}

static enum act bell(struct view *view)
{
	struct shown shown = ((struct me *)view->state)->shown;

	shown.quiet = !shown.quiet;
	return keep_shown(view, &shown);
}

static enum act roster(struct view *view)
{
	return parts_records(view, kind_of(KIND_roster));
}

static enum act tour(struct view *view)
{
	stack_open(view, "tour");
	return ACT_OPEN;
}

/* ---- a new PIN */

static enum act end_pin(struct view *view, enum look look, const char *text)
{
	struct me *me = view->state;

	edit_release(&me->pin);
	secret_wipe(me->first);
	view->typing = me->typing = false;
	stack_note(view, look, "%s", text);
	return ACT_DRAW;
}

static enum act pin_done(struct view *view)
{
	struct me *me = view->state;
	const char *pin = edit_text(&me->pin);
	struct fault fault = {0};

	if (!secret_good(pin)) {
		stack_note(view, LOOK_BAD, _("口令要 %d 到 %d 个字母、数字或符号"), LIMIT_PIN_LEAST,
			LIMIT_PIN);
		return ACT_DRAW;
	}
	if (!me->typing_again) {
		snprintf(me->first, sizeof(me->first), "%s", pin);
		edit_set(&me->pin, "");
		me->typing_again = true;
		return ACT_DRAW;
	}
	if (strcmp(me->first, pin) != 0)
		return end_pin(view, LOOK_BAD, _("两遍不一样，口令没有改；按 5 重来"));
	if (store_pin_set(view->store, view->user.who, pin, &fault))
		return end_pin(view, LOOK_BAD, fault.text);
	(void)load(view, &fault);
	return end_pin(view, LOOK_MARK, _("口令已设"));
}

static enum act type(struct view *view, int key)
{
	struct me *me = view->state;

	if (!view->typing)
		return parts_page(view, &me->page, key, "");
	if (me->picking)
		return key == K_HANGUP ? ACT_UNKNOWN : picked(view, key);
	if (key == K_ENTER)
		return pin_done(view);
	if (key == K_ESC || key == K_CTRL('X'))
		return end_pin(view, LOOK_PLAIN, _("口令没有改"));
	if (key == K_HANGUP || key == K_RESIZE || key == K_CTRL('L'))
		return ACT_UNKNOWN;
	(void)edit_key(&me->pin, key);
	return ACT_DRAW;
}

static enum act paste(struct view *view, const char *text)
{
	struct me *me = view->state;

	if (me->picking)
		pick_paste(&me->pick, text);
	else
		(void)edit_paste(&me->pin, text);
	return ACT_DRAW;
}

static void done(struct view *view)
{
	struct me *me = view->state;

	if (me->picking)
		pick_release(&me->pick);
	else if (view->typing)
		edit_release(&me->pin);
	if (me->trying)
		stack_face_set(view->stack, &me->before);
	secret_wipe(me->first);
	page_release(&me->page);
}

static const struct pick *pick_of(const struct view *view)
{
	const struct me *me = view->state;

	return me->picking ? &me->pick : NULL;
}

static const struct key keys[] = {
	{'2', NULL, lean},
	{'3', NULL, bell},
	{'4', NULL, ground},
	{'5', N_("口令"), set_pin},
	{'6', N_("我的资料"), edit_me},
	{'7', N_("班次"), roster},
	{'0', N_("换人"), change},
	{'8', N_("编码"), try_next},
	{'9', N_("导览"), tour},
	{K_ENTER, NULL, keep_it},
	{0, NULL, NULL},
};

const struct screen screen_me = {
	.name = "me",
	.title = N_("本机"),
	.size = sizeof(struct me),
	.dense = true,
	.keys = keys,
	.pick = pick_of,
	.load = load,
	.layout = layout,
	.draw = draw,
	.type = type,
	.paste = paste,
	.done = done,
	.help = N_(
		"谁做的就记谁的名字。换人：0，那个人输自己的口令；用钥匙登录的，换人要退出后用自"
		"己的登录进来。\n"
		"线路和终端那两行是量出来的：多少字节，用了多久。汉字不齐、是乱码：8 换编码，10 "
		"秒里不按回车就换回来。9 是导览，六页，什么都不记。2 节俭：首页只列现在要办的，其"
		"余按 v；自动是线路每秒不到 300 字节时。3 响铃开、关，告警行总在。4 底色：原样、"
		"黑、白。2 和 3 随人记住，4 和 8 随人和终端种类记住。"),
};
