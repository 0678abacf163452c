/* SPDX-License-Identifier: GPL-3.0-or-later
 * The terminal's loop: reload when somebody committed, draw when something changed, then wait for a
 * key. Before it, if need be, the first run and the question who is at the keys.
 */
#include "app/tui.h"

#include <stdio.h>

#include "app/child.h"
#include "app/day_copy.h"
#include "app/out.h"
#include "base/when.h"
#include "screens/me_page.h"
#include "screens/outage.h"
#include "screens/people.h"
#include "screens/screens.h"
#include "screens/setup.h"
#include "ui/alone.h"
#include "ui/guard.h"

/* Another process's commit wakes nobody: so it is looked for this often. It costs a microsecond. */
enum {
	LOOK_MS = 2000,
	SECOND_MS = 1000,
	BURST_MS = 50, /* keys that come within this were not typed one by one */
	BURST_MOST = 256,
};

struct tui {
	struct app *app;
	struct alone alone;
	struct ring ring;   /* what was rung for */
	struct face face;   /* what the terminal was told */
	bool first;         /* the station was just made: the tour comes first */
	struct child child; /* syncs while somebody is here */
	struct day_copy copy;
};

/* ---- the first run, and who is at the keys: a form and a picker outside the stack */

static bool first_run(struct tui *tui)
{
	struct setup setup = {0};
	struct fault fault = {0};
	bool made = false, open = true;
	int key;

	setup_start(&setup);
	while (open && !made) {
		alone_frame(&tui->alone, _("前哨 第一次使用：建立本站"), fault.text,
			_("回车 下一项  空格 选  ^O 建站  ^X 退出"));
		form_layout(&setup.form, pane_measured(alone_middle(&tui->alone)));
		form_draw(&setup.form, alone_middle(&tui->alone));
		if (!alone_key(&tui->alone, &key))
			break;
		fault.text[0] = '\0';
		if (key == K_PASTE) {
			(void)form_paste(&setup.form, term_pasted(tui->alone.term));
			continue;
		}
		switch (form_key(&setup.form, key)) {
		case FORM_SAVE:
			made = setup_make(&setup, tui->app->home, tui->app->login, &tui->app->store,
				       &tui->app->user, &fault) == RC_OK;
			break;
		case FORM_LEAVE:
			open = false;
			break;
		default:
			break;
		}
	}
	setup_release(&setup);
	return made;
}

/* A login that several people share: who is it now, and their PIN if they have one. */
static bool check_pin(struct tui *tui)
{
	struct guard guard = {0};
	enum guard_act act = GUARD_WAITS;
	int key;

	guard_start(&guard, &tui->app->user, "", false);
	while (act == GUARD_WAITS) {
		alone_frame(&tui->alone, tui->app->user.name, "", guard_keys(&guard));
		guard_layout(&guard, pane_measured(alone_middle(&tui->alone)));
		guard_draw(&guard, alone_middle(&tui->alone));
		act = alone_key(&tui->alone, &key) ? guard_key(&guard, tui->app->store, key)
						   : GUARD_LEFT;
	}
	guard_release(&guard);
	return act == GUARD_SHOWN;
}

static bool ask_person(struct tui *tui)
{
	struct people people = {.store = tui->app->store};
	struct pick pick;
	bool open = true, known = false;
	int key;

	pick_start(&pick, _("您是哪一位"), people_offer, &people, "", false);
	while (open && !known) {
		alone_frame(&tui->alone, store_station(tui->app->store)->name, "",
			_("号码或拼音首字母，回车  ^X 退出"));
		pick_layout(&pick, pane_measured(alone_middle(&tui->alone)));
		pick_draw(&pick, alone_middle(&tui->alone));
		open = alone_key(&tui->alone, &key);
		if (open && key == K_PASTE) {
			pick_paste(&pick, term_pasted(tui->alone.term));
			continue;
		}
		enum pick_act act = open ? pick_key(&pick, key) : PICK_LEFT;
		if (act == PICK_LEFT)
			open = false;
		if (act == PICK_TAKEN)
			known = people_chosen(&people, &pick, &tui->app->user) &&
				(!tui->app->user.has_pin || check_pin(tui));
	}
	pick_release(&pick);
	return known;
}

/* ---- the loop */

/* What the rules let ring breaks into any screen with a bell; its line stays
 * until it is signed or done. */
static void ring(struct tui *tui, struct stack *stack)
{
	if (parts_ring(stack, tui->app->store, &tui->ring))
		term_bell(tui->alone.term);
}

static void reload(struct tui *tui, struct stack *stack)
{
	struct fault fault = {0};

	if (stack_load(stack, &fault) != RC_OK)
		stack_say(stack, LOOK_BAD, fault.text);
	ring(tui, stack);
}

static int wait_ms(const struct stack *stack)
{
	int64_t due = stack_due(stack), left = due - when_now();

	if (due && left <= 0)
		return SECOND_MS;
	return due && left * SECOND_MS < LOOK_MS ? (int)left * SECOND_MS : LOOK_MS;
}

/* What the syncer says: the newest line is enough. */
static void tell(struct tui *tui, struct stack *stack)
{
	while (child_line(&tui->child))
		stack_say(stack, LOOK_DIM, tui->child.line);
}

/* False: leave. */
static bool press(struct tui *tui, struct stack *stack, int key)
{
	if (key == K_RESIZE)
		alone_fit(&tui->alone);
	if (key == K_CTRL('L'))
		term_refresh(tui->alone.term);
	if (key == K_PASTE)
		return stack_paste(stack, term_pasted(tui->alone.term));
	return parts_press(stack, tui->app->store, key, &tui->ring);
}

/* One by one; what bounces counts once. */
static bool press_each(struct tui *tui, struct stack *stack, const int *keys, unsigned count)
{
	bool stays = press(tui, stack, keys[0]);

	for (unsigned n = 1; stays && n < count; n++)
		if (!stack_bounces(stack, keys[n], term_now()))
			stays = press(tui, stack, keys[n]);
	return stays;
}

/* Where a key acts at once, those that come with it are waited for: nobody types that fast. What is
 * refused is refused to its end. */
static bool press_burst(struct tui *tui, struct stack *stack, int key)
{
	int keys[BURST_MOST] = {key};
	unsigned count = 1;
	int64_t until = term_now() + BURST_MS;
	bool many = false;

	while (term_now() < until && key != K_PASTE && key != K_HANGUP) {
		int wait = (int)(until - term_now());
		enum wait what = term_wait(tui->alone.term, &key, -1, wait < 0 ? 0 : wait);

		if (what == WAIT_GONE)
			key = K_HANGUP;
		if (what != WAIT_KEY && what != WAIT_GONE)
			continue;
		if (count < BURST_MOST)
			keys[count++] = key;
		many = many || stack_many(stack, keys, count);
		if (many)
			until = term_now() + BURST_MS;
	}
	if (key == K_HANGUP)
		return stack_key(stack, K_HANGUP);
	if (!many)
		return press_each(tui, stack, keys, count);
	stack_refuse(stack, count);
	return true;
}

static void metered(struct tui *tui, struct stack *stack)
{
	struct meter meter;

	term_meter(tui->alone.term, &meter.bytes, &meter.ms);
	stack_metered(stack, &meter);
}

/* False: leave. */
static bool take(struct tui *tui, struct stack *stack, int key)
{
	if (term_seen(tui->alone.term))
		stack_seen(stack);
	metered(tui, stack);
	store_typed(tui->app->store);
	if (stack_bounces(stack, key, term_now()))
		return true;
	return stack_acts(stack, key) ? press_burst(tui, stack, key) : press(tui, stack, key);
}

/* As the person at the keys chose. */
static void wear(struct tui *tui, const struct stack *stack)
{
	const struct face *face = stack_face(stack);

	if (face->coding == tui->face.coding && face->ground == tui->face.ground)
		return;
	tui->face = *face;
	term_face(tui->alone.term, face);
	alone_fit(&tui->alone);
}

/* Nobody pressed a key: more of what is not whole yet, or what time has changed. */
static void go_on(struct tui *tui, struct stack *stack, bool counts)
{
	bool due = stack_due(stack) && stack_due(stack) <= when_now();

	if (counts ? !parts_count(stack, tui->app->store) : due)
		reload(tui, stack);
}

/* False: leave. */
static bool turn(struct tui *tui, struct stack *stack)
{
	int key = 0;

	child_tend(&tui->child, tui->app);
	if (!day_copy_tend(&tui->copy, tui->app))
		stack_say(stack, LOOK_BAD, _("今天的备份没有做成：outpost backup --day 会说原因"));
	stack_rest(stack);
	if (store_moved(tui->app->store))
		reload(tui, stack);
	if (parts_tick(stack, tui->app->store, &tui->ring))
		term_bell(tui->alone.term);
	if (stack_dirty(stack) && !term_pending(tui->alone.term)) {
		wear(tui, stack);
		stack_draw(stack, &tui->alone.grid);
		if (stack_waits(stack))
			term_mark(tui->alone.term);
		term_show(tui->alone.term, &tui->alone.grid);
	}
	bool counts = parts_counts(stack);
	switch (term_wait(tui->alone.term, &key, tui->child.fd, counts ? 0 : wait_ms(stack))) {
	case WAIT_KEY:
		return take(tui, stack, key);
	case WAIT_GONE:
		(void)stack_key(stack, K_HANGUP);
		return false;
	case WAIT_DUE:
		go_on(tui, stack, counts);
		return true;
	case WAIT_CHILD:
		tell(tui, stack);
		return true;
	}
	return true;
}

static bool watched(void *to)
{
	return child_wanted(((struct tui *)to)->app);
}

static int ask_beside(void *to, const struct user *user, const char *const *argv, struct buf *said,
	struct buf *told)
{
	return beside_ask(((struct tui *)to)->app, user, argv, said, told);
}

static int sit(struct tui *tui)
{
	const struct beside beside = {ask_beside, watched, tui};
	struct stack *stack = stack_new(tui->app->store, &tui->app->user, screens);
	struct fault fault = {0};
	struct buf cut = {0};
	int code = EXIT_DONE;

	if (tui->app->proven)
		stack_fix(stack);
	(void)store_moved(tui->app->store);
	beside_set(&beside);
	me_apply(stack, tui->app->store, &tui->app->user);
	if (stack_start(stack, "home", &fault)) {
		ring(tui, stack);
		if (outage_begin(tui->app->store, &tui->app->user, &cut))
			stack_say(stack, LOOK_MARK, buf_cstr(&cut));
		if (tui->first) /* over home: there one is when it ends */
			(void)stack_start(stack, "tour", &fault);
		while (turn(tui, stack))
			;
		outage_end(tui->app->store);
	} else {
		code = exit_of(fault.rc);
	}
	beside_set(NULL);
	child_end(&tui->child);
	stack_free(stack);
	alone_close(&tui->alone);
	buf_release(&cut);
	out_fmt("\n"); /* the shell's prompt begins a line of its own */
	return code ? app_fail(&fault) : code;
}

int tui_run(struct app *app)
{
	struct tui tui = {.app = app, .child = {.fd = -1, .due = 1}};
	struct fault fault = {0};
	bool ready = true;
	int code;

	if (app_has_station(app) && (code = app_store(app, STORE_RESERVE)) != 0)
		return code;
	enum rc rc = alone_open(&tui.alone, &fault);
	if (rc == RC_NONE)
		return line_run(app, stdin, stdout);
	if (rc)
		return app_fail(&fault);
	if (!app->store)
		ready = tui.first = first_run(&tui);
	else if (app->unclear)
		ready = ask_person(&tui);
	if (ready)
		return sit(&tui);
	alone_close(&tui.alone);
	return EXIT_DONE;
}
