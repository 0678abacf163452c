/* SPDX-License-Identifier: GPL-3.0-or-later
 * What src/sync/trust shows to the other rooms of its floor.
 */
#ifndef SYNC_TRUST_INTERNAL_H
#define SYNC_TRUST_INTERNAL_H

#include "store/identity.h"
#include "sync/keys/internal.h"

struct store;

/* A record for all in AREA: OP is not believed here. */
enum rc refusal_write(struct store *store, uint64_t area, const struct op *op, const char *reason,
	struct fault *fault) MUST_CHECK;
/* A fact that SENDER brought and was just taken: when it is refused, or its clock cannot be right,
 * it is kept and passed on all the same, and its author hears of it, so often a day. */
enum rc refusal_object(struct store *store, const struct site *sender, const struct op *op,
	struct fault *fault) MUST_CHECK;
/* Authors hear what was dropped since; SENDER, what was by authors that are not known here. */
enum rc refusals_tell(
	struct store *store, const struct site *sender, struct fault *fault) MUST_CHECK;
/* OP, when a station above says by it that many facts were dropped there, or asks for them again.
 */
enum rc refusal_take(
	struct store *store, const struct op *op, bool from_below, struct fault *fault) MUST_CHECK;
/* What was judged otherwise since the last time: grants among it count now, and authors below are
 * told. */
enum rc facts_settle(struct store *store, struct fault *fault) MUST_CHECK;

/* Who SITE is and its own word for its place, with the length; and back: false on anything else. */
void entry_put(struct store *store, const struct site *site, struct buf *out);
bool entry_take(struct bytes *in, struct site *site, struct joined *word);

/* ---- what this station says of other sites (say.c) */

/* May it let somebody in at AREA; may it revoke SITE? RC_DENIED: FAULT says why not. */
enum rc may_invite(struct store *store, uint64_t area, struct fault *fault) MUST_CHECK;
/* The same of a station beside it. */
enum rc may_invite_twin(struct store *store, struct fault *fault) MUST_CHECK;
enum rc may_revoke(struct store *store, const struct site *site, struct fault *fault) MUST_CHECK;
/* Writes OP, of which kind, area and body are set: a grant, a revocation or a refusal, said of OF.
 * The one place of src/sync that makes a fact. RC_DENIED: this station may not say so. */
enum rc trust_say(
	struct store *store, const struct site *of, struct op *op, struct fault *fault) MUST_CHECK;

/* This station has the whole file of the attachment REF: said signed, as the level that it is. */
enum rc trust_holds(struct store *store, struct ref ref, struct fault *fault) MUST_CHECK;

/* The record that REF, a fetch of the station above, asks for has gone up from here: said signed.
 */
enum rc trust_given(struct store *store, struct ref ref, struct fault *fault) MUST_CHECK;

/* Records that stations above asked for (fetched.c): the next part of each that is here goes to
 * KEEP, which says false when there is no room. What was kept comes again until a question that it
 * went with is answered. */
struct fetching {
	uint64_t heard, number; /* the last question that was answered, and this one */
	fact_fn *keep;
	void *to;
};
enum rc fetched_fill(struct store *store, const struct peer *peer, const struct fetching *question,
	struct fault *fault) MUST_CHECK;
/* Of those that went whole with a question up to HEARD: it is said to who stands right above and
 * asked. Outside a transaction. */
enum rc fetched_say(struct store *store, const struct peer *peer, uint64_t heard,
	struct fault *fault) MUST_CHECK;

/* ---- who may change whom (authority.c) */

/* Is AUTHOR the site HUB, its successor, or a station above it? */
bool stands_over(struct store *store, uint64_t author, uint64_t hub);
/* May AUTHOR change the grant of a site that is KNOWN here? */
bool may_change(struct store *store, uint64_t author, const struct site *known);
bool signed_by(const struct op *op, const struct site *site);
/* Does SITE stand above this station, or did it before another came in its place? */
bool stands_above(struct store *store, uint64_t site);
/* Is SITE revoked, or who let it in, and nobody came in that one's place? */
bool cut_off(struct store *store, const struct site *site);
uint64_t chain_top(struct store *store); /* the highest site above this one, or this one */
/* The successor NEXT goes on for OLD, as successor_of will say from now on (successor.c). */
enum rc successor_note(
	struct store *store, uint64_t next, uint64_t old, struct fault *fault) MUST_CHECK;
/* Who goes on for OLD by STATEMENT, as OLD is known; false: OLD did not sign it. */
bool successor_read_next(const uint8_t *statement, const struct site *old, struct site *next);

/* ---- a station beside its hub, with the same area (twin.c, deed.c) */

bool twin_self(struct store *store); /* is this station one */
/* Was SITE let in by this station, in this station's own area? */
bool twin_below(struct store *store, const struct site *site);
/* May a hub such as HUB have TWIN beside it at all? */
bool twin_may_be_let_in(const struct site *hub, const struct site *twin);
/* Does a twin go on for SITE, which speaks all the same? */
bool twin_replaced(struct store *store, const struct site *site);
/* STATEMENT is this station's own word that its twin goes on for it: *IS, and kept. */
enum rc twin_told(struct store *store, const uint8_t statement[SUCCESSOR_SIZE], bool *is,
	struct fault *fault) MUST_CHECK;
/* Has this station gone on for its hub? What others seal to that one, it cannot open. */
bool twin_stepped_in(struct store *store);
/* TWIN goes on for HUB: it stands under whom that one stood, with its rights and its time. */
void twin_steps_in(struct site *twin, const struct site *hub);
/* This station's word that TWIN goes on for it; false: TWIN is none of its own. Whoever has it and
 * the twin's keys may use it on any day. */
enum { DEED_SIZE = SUCCESSOR_SIZE + SIGN_SIZE };
bool twin_deed(struct store *store, const struct site *twin, uint8_t deed[DEED_SIZE]);
/* DEED came from HUB, above: kept when it is good. */
enum rc twin_deed_keep(struct store *store, const struct site *hub, struct bytes deed,
	struct fault *fault) MUST_CHECK;

/* ---- from which side of this station the facts of a site come (side.c) */

/* May SENDER, below, bring OP? */
bool side_below(struct store *store, const struct site *sender, const struct op *op);
/* May a station above say OP, whose bytes are RAW? Not when its author is below this station, and
 * has not signed it. */
bool side_above(struct store *store, const struct op *op, struct bytes raw);
/* Has somebody above said what is held under the number of OP, which comes from below, for an
 * author below who did not sign that? Then it counts for nothing beside OP. */
bool side_gives_way(struct store *store, const struct op *op);
/* May FROM, above, put OP in the place of what is held under its number? It is its own, or its
 * author's site has ended, or the author has signed it: facts of who is there do not change. */
bool side_changes(
	struct store *store, const struct site *from, const struct op *op, struct bytes raw);
/* FROM, below, has another fact than OP's number has here: what is here is said to it again, when
 * its author has ended; who is there takes no other's word for his own. So often a day. */
enum rc side_requeue(struct store *store, const struct site *from, const struct op *op,
	struct fault *fault) MUST_CHECK;
/* COUNT facts of stations below were told by the one above, while this store got back what it had
 * lost. When somebody below is gone for good, they are asked for again. */
enum rc side_missed(struct store *store, uint64_t count, struct fault *fault) MUST_CHECK;
enum rc side_ask_again(struct store *store, struct fault *fault) MUST_CHECK;

/* ---- who is who (trust.c) */

/* A grant or revocation among the facts: who is who from now on. */
enum rc trust_take(struct store *store, const struct op *op, struct fault *fault) MUST_CHECK;
bool trust_is(const struct op *op); /* it is one */
/* SITE has more time than before, and so has what it granted: that is read again. */
enum rc grants_longer(struct store *store, uint64_t site, struct fault *fault) MUST_CHECK;
/* What waited since log_hold, now that all grants of a frame are read. */
enum rc trust_held(struct store *store, struct fault *fault) MUST_CHECK;
/* What a grant says. */
struct grant {
	struct site site;
	struct {
		bool is, vouched; /* vouched: SIG is there */
		uint8_t old[SIGN_PUBLIC], sig[SIGN_SIZE];
	} successor;          /* the site says itself whom it follows */
	struct joined joined; /* its own word for where it joined */
	bool follows;         /* its hub says whom it follows, with that one's statement */
	uint8_t statement[SUCCESSOR_SIZE];
};
/* What the fields of a grant say (grant.c); false: no grant. */
bool grant_read(struct bytes body, struct grant *grant);
/* The author of OP grants itself: *is: it goes on for another from now on (successor.c). */
enum rc successor_says(struct store *store, const struct op *op, struct grant *grant, bool *is,
	struct fault *fault) MUST_CHECK;
/* The author of OP grants a site that goes on for another below it, and shows that one's statement;
 * OLD: which one. */
bool successor_proven(
	struct store *store, const struct op *op, const struct grant *grant, struct site *old);
enum rc successor_named(struct store *store, const struct op *op, const struct grant *grant,
	struct fault *fault) MUST_CHECK;
/* This station's people have joined the hub NOW, which stands where OLD stood. */
enum rc hub_replaced(
	struct store *store, uint64_t old, uint64_t now, struct fault *fault) MUST_CHECK;
/* Short codes are letters and digits, as people type them; nothing else is taken over. */
enum { SITE_CODE = sizeof((struct site *)0)->code };
void code_read(struct bytes text, char code[SITE_CODE]);
bool revocation_read(struct bytes body, uint64_t *site);
/* When OP, a revocation, was written. */
int64_t revoked_since(const struct op *op);
/* Who was revoked writes nothing more from then on; what came before stays. */
void site_revoke(struct site *site, int64_t since);
/* The fields of a grant for SITE, with the site's own word for its place; STATEMENT: of the site
 * that it follows, or NULL. */
void grant_body(
	struct store *store, const struct site *site, const uint8_t *statement, struct buf *body);
/* Puts a signed grant for SITE into the log (made here), with the site's own word for its place. */
enum rc grant_write(struct store *store, const struct site *site, struct fault *fault) MUST_CHECK;
/* The same as a fact of AREA, for all within it to hear; STATEMENT: of the site that it follows, or
 * NULL. */
enum rc grant_write_at(struct store *store, const struct site *site, uint64_t area,
	const uint8_t *statement, struct fault *fault) MUST_CHECK;
/* NAMED is the site that people named, SITE itself or one that goes with it. */
enum rc revocation_write(struct store *store, const struct site *named, const struct site *site,
	const char *reason, struct fault *fault) MUST_CHECK;
/* Its grant is renewed every DAYS as long as it is heard here (0 = it does not). */
enum rc term_set(struct store *store, uint64_t site, int64_t days, struct fault *fault) MUST_CHECK;
/* NEXT goes on for OLD, with its term. */
enum rc term_keep(struct store *store, uint64_t old, uint64_t next, struct fault *fault) MUST_CHECK;
/* SITE is heard: when half of its time is over, it gets a new grant. */
enum rc grant_renew(struct store *store, struct site *site, struct fault *fault) MUST_CHECK;
/* SITE may read other facts than before: what goes there, by whatever road, begins from the
 * beginning. */
enum rc moved_below(struct store *store, uint64_t site, struct fault *fault) MUST_CHECK;
/* This station may read other facts than before: of SITE above, everything is asked again. */
enum rc moved_here(struct store *store, uint64_t site, struct fault *fault) MUST_CHECK;

/* ---- how far carrying has come with one site (carried.c) */

struct carried {
	uint64_t store;         /* number of its store that GOT counts in */
	uint64_t got[LANES];    /* of its arrivals: carried to here without a gap */
	uint64_t proven[LANES]; /* of ours: carried there, by its receipt */
	uint64_t newest;        /* number of its newest frame in that store; 0: it gives none */
};
void carried_load(struct store *store, uint64_t site, struct carried *carried);
enum rc carried_save(struct store *store, uint64_t site, const struct carried *carried,
	struct fault *fault) MUST_CHECK;
/* BELOW: what was proven to be there; else what was got from there. */
enum rc carried_forget(
	struct store *store, uint64_t site, bool below, struct fault *fault) MUST_CHECK;
/* Whom SITE goes on for; 0 = nobody that is known. */
uint64_t successor_before(struct store *store, uint64_t site);
enum { SUCCESSORS_LOOKED = 1000 }; /* sites before a site that are looked at */
/* A statement that was followed; and back, for whoever is still at OLD: false when there is none.
 */
enum rc statement_keep(struct store *store, const uint8_t statement[SUCCESSOR_SIZE],
	struct fault *fault) MUST_CHECK;
bool statement_of(struct store *store, uint64_t old, struct buf *out);
/* Has the present site itself said that it ends? */
bool statement_own(struct store *store, const uint8_t statement[SUCCESSOR_SIZE]);

#endif
