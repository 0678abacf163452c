/* SPDX-License-Identifier: GPL-3.0-or-later
 * The commands of outpost-sync, and what they share.
 */
#ifndef APP_SYNC_CMD_H
#define APP_SYNC_CMD_H

#include "app/command.h"
#include "format/json.h"
#include "app/past.h"
#include "sync/link.h"
#include "sync/swap.h"

/* Carries what waits, or tells what would be carried, or stays and watches. */
int cmd_sync(struct app *app, int argc, char **argv);
/* At the upper station: one line that a new station joins by. */
int cmd_invite(struct app *app, int argc, char **argv);
/* At the new station; makes it where there is none. */
int cmd_join(struct app *app, int argc, char **argv);
/* Shows or sets the ways to the station above. */
int cmd_up(struct app *app, int argc, char **argv);
/* Lists and shows the stations known here, and cuts one off. */
int cmd_site(struct app *app, int argc, char **argv);
/* The alerts of a service on the network. */
int cmd_feed(struct app *app, int argc, char **argv);
/* A carry file for a stick. */
int cmd_pack(struct app *app, int argc, char **argv);
/* Takes a carry file, or a folder of them with questions to join. */
int cmd_unpack(struct app *app, int argc, char **argv);
/* Prints a frame or carry file as JSON lines. */
int cmd_frame(struct app *app, int argc, char **argv);
/* A record as digits to be read out over a voice radio; takes such digits, or lists what was taken
 * (sync_voice.c). */
int cmd_spoken(struct app *app, int argc, char **argv);
int cmd_hear(struct app *app, int argc, char **argv);
int cmd_serial(struct app *app, int argc, char **argv);

/* Opens the store; nobody has to be named for it, as syncing is the station's own work. On failure
 * says why and returns an exit code, else 0. */
int sync_open(struct app *app);
/* The rest of it, for who has called store_open himself and got RC. */
int sync_opened(struct app *app, enum rc rc, const struct fault *fault);
/* A link to URL as this station's options want it. RC_BAD when no link of ours can do it. */
enum rc sync_dial(
	struct app *app, const char *url, const struct link_ops **ops, struct link **link, struct fault *fault) MUST_CHECK;
/* The same with another SSH key than the station's (struct link_ways); NULL = the station's.
 * IDENTITY is borrowed until the link is closed. */
enum rc sync_dial_as(struct app *app, const char *url, const char *identity, const struct link_ops **ops, struct link **link,
	struct fault *fault) MUST_CHECK;
/* A fault of syncing as an exit code: who has not joined has failed, not missed a record. */
enum exit_code sync_exit(enum rc rc);
/* Takes every --via out of ARGV into URLS, one a line. False, and said: one is no URL of ours. */
bool sync_take_ways(int *argc, char **argv, struct buf *urls);
/* Does one of the ways, a line each, run a command here? Such a one is typed here or not at all. */
bool sync_ways_run(const char *urls);
bool sync_url_good(const char *url);
/* A site by its short code, its number of 14 hex digits, or its name. RC_NONE. */
enum rc sync_site_named(struct app *app, const char *typed, struct site *site, struct fault *fault) MUST_CHECK;
/* The value as one line on stdout. */
void sync_print(struct buf *text);

/* What others say of this station without evidence, as a list; and how many of them spoke since
 * SINCE (sync_claims.c). */
int sync_claims(struct app *app);
unsigned sync_claims_since(struct app *app, int64_t since);
/* This station goes on under a new site; not SURE: says what that means and does nothing. */
int sync_renew(struct app *app, bool sure);
/* site takeover: this station goes on for the hub beside which it stands. */
int sync_takeover(struct app *app, bool sure);

/* Lists what was given back without a signature; DEED "take" or "leave" of WHICH, a number or "all"
 * (sync_returned.c). */
int sync_returned(struct app *app, const char *deed, const char *which);

/* ---- syncing (sync_run.c) */

struct sync_report {
	struct sync_result result;
	char way[ROUTE_URL]; /* the one that was used last */
	struct peer peer;    /* as it is afterwards: what of the first load is left */
	unsigned refused;    /* facts of this station that the levels above keep apart */
	enum rc rc;
	enum trouble why;    /* rc as a code; or what kept LANES_LEFT from going, though the rest went */
	unsigned lanes_left; /* bits */
	char error[FAULT_TEXT];
	struct past past;  /* what nobody was told yet; .at 0 = nothing */
	unsigned claims;   /* what was said of this station without evidence */
	unsigned returned; /* facts that came back without a signature, until a person decides */
	char code[12];     /* of this station */
};

/* A connection that is left open between two syncs, so that the second pays no login. */
struct sync_hold {
	const struct link_ops *ops;
	struct link *link; /* NULL: none */
	char url[ROUTE_URL];
	int64_t since; /* ms of the monotonic clock: when it was last of use */
};
/* Hangs up what has been open without use for SECONDS; 0 = at once. */
void sync_hold_end(struct sync_hold *hold, int64_t seconds);

/* Tries the ways in order, or VIA alone (NULL = all). HOLD: the connection may be of an earlier run
 * and is left open for the next; NULL = neither. REPORT says how it went; returns report->rc. */
enum rc sync_run(struct app *app, const char *via, struct sync_hold *hold, struct sync_report *report);
/* What to do now, translated, when the error does not say it; else "". */
const char *sync_advice(const struct sync_report *report);
void sync_report_json(const struct sync_report *report, struct buf *out);
void sync_report_text(const struct sync_report *report, struct buf *out);
/* file: is a road of carry files: what lies there for us is taken, what waits is put there. RC_LINK
 * when not everything is proven above yet (sync_carry.c). */
bool sync_is_folder(const char *url);
enum rc sync_folder(struct app *app, const char *url, struct sync_report *report, struct fault *fault) MUST_CHECK;
/* The first load: null in JSON and nothing as text when it is complete (sync_loading.c). */
void sync_loading_json(const struct peer *peer, struct json_out *out);
void sync_loading_text(const struct peer *peer, struct buf *out);
/* What --plan prints (sync_plan.c). */
int sync_plan(struct app *app, const char *via);
/* Until TERM or INT (sync_watch.c). */
int sync_watch(struct app *app, const char *via);
/* URL's budget of the day and the hour: the lanes that may be dialled for NOW; 0 = none
 * (sync_limit.c). */
unsigned sync_lanes(const char *url, const struct route *way, int64_t now, enum trouble *why);
/* Where what waits for PEER is not for the way URL, or does not get through soon, this station's counts become a record that goes
 * first (work/digest.h). That they cannot be written stops nothing. */
void sync_tell_counts(struct store *store, const struct peer *peer, const char *url, const struct route *way);
/* Which attachments may go over the way URL, as fast as PACE says. */
enum line_files sync_files(const char *url, const struct route *way, const struct pace *pace);
/* Runs the program that an option names, with URL and RESULT ("" before dialling), at most for
 * OPTION_SYNC_HOOK; false when it failed (sync_limit.c). */
bool sync_hook(const char *program, const char *url, const char *result);

#endif
