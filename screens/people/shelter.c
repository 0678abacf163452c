/* SPDX-License-Identifier: GPL-3.0-or-later
 * A shelter: families come in a line each, are helped, and leave.
 */
#include <stdio.h>

#include "model/kinds.h"
#include "screens/screens.h"
#include "screens/shelter_page.h"

/* What a text is typed for. */
enum typing { FOR_CHECK_IN, FOR_NEEDS, FOR_HELP, FOR_WHERE };

struct shelter {
	struct shelter_page page;
	enum typing typing;
	enum shelter_key key;
	char words[TALLY_TEXT + 1], prompt[120];
};

static enum rc load(struct view *view, struct fault *fault)
{
	struct shelter *shelter = view->state;
	const struct actor actor = parts_actor(view);

	shelter->page.shelter = view->aim.ref;
	enum rc rc = shelter_page_load(&shelter->page, &actor, &view->arena, fault);
	if (!rc && shelter->page.tally.prompt)
		shelter_page_typed(
			&shelter->page, view->store, edit_text(&shelter->page.tally.edit));
	snprintf(view->title, sizeof view->title, "%s",
		shelter->page.here ? shelter->page.here->name : "");
	view->due = parts_minute(view);
	return rc;
}

static void layout(struct view *view, struct pane room)
{
	struct shelter *shelter = view->state;

	if (shelter->page.tally.columns != room.columns)
		shelter_page_lay(&shelter->page, room.columns);
	tally_layout(&shelter->page.tally, room);
}

static void draw(const void *state, struct pane pane)
{
	tally_draw(&((const struct shelter *)state)->page.tally, pane);
}

static enum act again(struct view *view)
{
	((struct shelter *)view->state)->page.tally.columns = 0;
	return parts_reload(view);
}

/* ---- texts that are typed */

static enum act ask(struct view *view, enum typing typing, const char *prompt, const char *text)
{
	struct shelter *shelter = view->state;

	shelter->typing = typing;
	snprintf(shelter->prompt, sizeof shelter->prompt, "%s", prompt);
	tally_ask(&shelter->page.tally, shelter->prompt, EDIT_LINE, text);
	shelter->page.match[0] = '\0';
	shelter->page.tally.columns = 0;
	view->typing = true;
	return ACT_DRAW;
}

static enum act ask_family(struct view *view)
{
	struct shelter *shelter = view->state;
	struct buf text = {0};

	if (!shelter->page.here) {
		stack_note(view, LOOK_PLAIN, _("这个避难场所已停用"));
		return ACT_DRAW;
	}
	if (!parts_may(view, kind_of(KIND_stay), 0))
		return ACT_DRAW;
	buf_fmt(&text, _("登记(余%lld)："),
		(long long)(shelter->page.here->capacity - shelter->page.here->heads));
	enum act act = ask(view, FOR_CHECK_IN,
		shelter->page.here->capacity >= 0 ? buf_cstr(&text) : _("登记："), "");
	buf_release(&text);
	return act;
}

static enum act check_in_now(struct view *view)
{
	struct shelter *shelter = view->state;
	const struct actor actor = parts_actor(view);
	struct fault fault = {0};

	if (shelter_page_check_in(&shelter->page, &actor, &fault)) {
		stack_note(view, LOOK_MARK, "%s", fault.text);
		return ask(view, FOR_CHECK_IN, shelter->prompt, shelter->words);
	}
	enum act act = again(view);
	return act == ACT_DRAW ? ask_family(view) : act;
}

static enum act prove_check_in(struct view *view)
{
	return parts_prove(view, kind_of(KIND_stay), 0, check_in_now);
}

static enum act go_in(struct view *view)
{
	struct shelter *shelter = view->state;
	const struct leaving_shelter *here = shelter->page.here;

	if (!*shelter->words)
		return ACT_DRAW;
	if (shelter_page_over(&shelter->page))
		return stack_ask(view, prove_check_in, _("仍然登记"), _("余%lld，来%lld"),
			(long long)(here->capacity - here->heads),
			(long long)shelter->page.line.people);
	return prove_check_in(view);
}

static enum act tell_now(struct view *view)
{
	struct shelter *shelter = view->state;
	const struct actor actor = parts_actor(view);
	struct fault fault = {0};

	if (shelter_page_tell(&shelter->page, &actor, shelter->words, &fault))
		return parts_fault(view, &fault);
	return again(view);
}

static enum act act_now(struct view *view)
{
	struct shelter *shelter = view->state;
	const struct actor actor = parts_actor(view);
	struct fault fault = {0};

	if (shelter_page_act(&shelter->page, &actor, shelter->key, shelter->words, &fault))
		return parts_fault(view, &fault);
	return again(view);
}

static enum act prove(struct view *view)
{
	struct shelter *shelter = view->state;

	return parts_prove(view, kind_of(KIND_stay),
		shelter->key == KEY_HELPED ? stay_do_help : stay_do_leave, act_now);
}

static enum act take_text(struct view *view, int key)
{
	struct shelter *shelter = view->state;
	struct tally *tally = &shelter->page.tally;
	bool done;

	tally->columns = 0;
	if (!tally_key(tally, key, &done)) {
		if (shelter->typing == FOR_CHECK_IN)
			shelter_page_typed(&shelter->page, view->store, edit_text(&tally->edit));
		return ACT_DRAW;
	}
	view->typing = false;
	if (!done)
		return ACT_DRAW;
	snprintf(shelter->words, sizeof shelter->words, "%s", edit_text(&tally->edit));
	if (shelter->typing == FOR_CHECK_IN)
		return go_in(view);
	if (shelter->typing == FOR_NEEDS)
		return parts_prove(view, kind_of(KIND_shelter), shelter_do_count, tell_now);
	return prove(view);
}

/* ---- keys */

static enum act press(struct view *view, enum shelter_key key)
{
	struct shelter *shelter = view->state;
	const struct lodger *lodger = shelter_page_at(&shelter->page);
	const struct actor actor = parts_actor(view);
	struct fault fault = {0};

	if (!lodger || lodger->state != stay_is_in) {
		stack_note(view, LOOK_PLAIN, _("先按 j k 选一户在所的"));
		return ACT_DRAW;
	}
	if (!parts_may(view, kind_of(KIND_stay), key == KEY_HELPED ? stay_do_help : stay_do_leave))
		return ACT_DRAW;
	shelter->key = key;
	shelter->words[0] = '\0';
	if (key == KEY_HELPED)
		return ask(view, FOR_HELP, _("发了什么(可空)："), "");
	if (key == KEY_ELSEWHERE)
		return ask(view, FOR_WHERE, _("去哪里："), "");
	if (check_out_may(&actor, lodger->stay, "", &fault))
		return parts_fault(view, &fault);
	return stack_ask(view, prove, _("记下离所"), _("%s%s %lld人 回家"), lodger->group,
		lodger->name, (long long)lodger->people);
}

static enum act tell(struct view *view)
{
	struct shelter *shelter = view->state;
	const struct leaving_shelter *here = shelter->page.here;
	struct buf text = {0};

	if (!here)
		return ACT_NONE;
	if (!parts_may(view, kind_of(KIND_shelter), shelter_do_count))
		return ACT_DRAW;
	buf_fmt(&text, _("报在所%lld人，缺什么："), (long long)here->heads);
	enum act act = ask(view, FOR_NEEDS, buf_cstr(&text), here->needs);
	buf_release(&text);
	return act;
}

static enum act undo(struct view *view)
{
	struct shelter *shelter = view->state;
	const struct actor actor = parts_actor(view);
	struct fault fault = {0};

	if (shelter_page_undo(&shelter->page, &actor, &fault))
		return parts_fault(view, &fault);
	return again(view);
}

static enum act toggle(struct view *view)
{
	struct shelter *shelter = view->state;

	shelter->page.all = !shelter->page.all;
	return again(view);
}

static enum act steps(struct view *view)
{
	struct aim *aim = stack_open(view, "record");

	aim->ref = ((struct shelter *)view->state)->page.shelter;
	aim->steps = true;
	return ACT_OPEN;
}

static enum act type(struct view *view, int key)
{
	struct shelter *shelter = view->state;
	bool chosen, more;

	if (key == K_HANGUP || key == K_RESIZE)
		return ACT_UNKNOWN;
	if (shelter->page.tally.prompt)
		return take_text(view, key);
	if (!view->typing && key > '0' && key < '0' + SHELTER_KEYS)
		return press(view, (enum shelter_key)(key - '0'));
	enum act act = parts_list(view, &shelter->page.tally.list, key, &chosen, &more);
	if (chosen && shelter_page_at(&shelter->page))
		return parts_record(view, shelter_page_at(&shelter->page)->stay);
	return act == ACT_UNKNOWN ? parts_unknown(view, key) : act;
}

static enum act paste(struct view *view, const char *typed)
{
	struct shelter *shelter = view->state;

	tally_paste(&shelter->page.tally, typed);
	if (shelter->page.tally.prompt && shelter->typing == FOR_CHECK_IN)
		shelter_page_typed(
			&shelter->page, view->store, edit_text(&shelter->page.tally.edit));
	shelter->page.tally.columns = 0;
	return ACT_DRAW;
}

static struct ref row(const struct view *view)
{
	const struct lodger *lodger = shelter_page_at(&((struct shelter *)view->state)->page);

	return lodger ? lodger->stay : view->aim.ref;
}

static void done(struct view *view)
{
	shelter_page_release(&((struct shelter *)view->state)->page);
}

static const struct key keys[] = {
	{'i', N_("登记入住"), ask_family},
	{'1', N_("已救助"), NULL},
	{'2', N_("回家"), NULL},
	{'3', N_("去别处"), NULL},
	{'b', N_("报人数"), tell},
	{'t', N_("开关"), steps},
	{'u', N_("撤"), undo},
	{'v', N_("全部"), toggle},
	{0, NULL, NULL},
};

static const struct key_when when[] = {
	{'i', KIND_stay, NULL},
	{0, 0, NULL},
};

const struct screen screen_shelter = {
	.name = "shelter",
	.title = N_("安置点"),
	.size = sizeof(struct shelter),
	.dense = true,
	.keys = keys,
	.when = when,
	.acts = "123",
	.load = load,
	.layout = layout,
	.draw = draw,
	.type = type,
	.paste = paste,
	.row = row,
	.done = done,
	.help = N_(
		"i 一行登记一户：组、姓名、几人，次序随便，汉字、拼音、首字母或安全码都行；下面一"
		"行"
		"是查到的户，对了再回车，接着登下一户，空行结束。人数是登记加出来的，不用再数；b "
		"报人数和缺什么。1 已救助，2 回家(返回令下了才行)，3 去别处；u "
		"撤回刚登记的一户，v 也看离所的。"),
};
