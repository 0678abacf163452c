/* SPDX-License-Identifier: GPL-3.0-or-later
 * What this station says of other sites: grants, revocations, refusals. These facts are of the road
 * and no records of people, so they do not come through the door of src/work; they have this one,
 * where it is asked who may say what of whom. What others say is weighed when it is read (trust.c).
 */
#include "model/area.h"
#include "model/kinds.h"
#include "store/identity.h"
#include "store/station.h"
#include "sync/trust/internal.h"

enum rc may_invite(struct store *store, uint64_t area, struct fault *fault)
{
	const struct station *own = store_station(store);

	if (twin_self(store))
		return fault_set(fault, RC_DENIED,
			_("本站 \"%s\" 是备机，不能邀请或注销别的站点：请在它的上级那里做，或先 "
			  "outpost site takeover 接替"),
			own->name);
	if (area != own->area && log_within(store_log(store), area, own->area))
		return RC_OK;
	return fault_set(fault, RC_DENIED, _("只能邀请本站 \"%s\" 辖区以内的下级"), own->name);
}

enum rc may_invite_twin(struct store *store, struct fault *fault)
{
	const struct station *own = store_station(store);

	if (!twin_self(store) && own->level > LEVEL_VILLAGE)
		return RC_OK;
	return fault_set(
		fault, RC_DENIED, _("\"%s\" 不能有备机：本站是备机，或是村级站点"), own->name);
}

/* Whoever stands above is named for those below, who have to know them. */
static enum rc may_name(struct store *store, const struct site *site, struct fault *fault)
{
	if (stands_above(store, site->site))
		return RC_OK;
	return twin_below(store, site) ? may_invite_twin(store, fault)
				       : may_invite(store, site->area, fault);
}

/* It is this station's, or stands below one that is; or nobody is left whose it would be. */
enum rc may_revoke(struct store *store, const struct site *site, struct fault *fault)
{
	const struct station *own = store_station(store);
	struct site hub;
	bool below = (site->area != own->area || twin_below(store, site)) &&
		     log_within(store_log(store), site->area, own->area);

	if (below && !twin_self(store) &&
		(may_change(store, own->site, site) ||
			!log_site(store_log(store), site->above, &hub) || hub.ended))
		return RC_OK;
	return fault_set(fault, RC_DENIED,
		_("\"%s\" "
		  "不是本站或本站的下级邀请的，不能注销：请邀请它的站点或上级来注销"),
		site->name);
}

/* To a fact everybody may object who got it: where that is heard, the store asks as it does of
 * every fact. */
static enum rc may_object(struct store *store, const struct site *site, struct fault *fault)
{
	(void)store, (void)site, (void)fault;
	return RC_OK;
}

/* Of its own disk everybody may say what lies there; it is asked by whoever has just read it. */
static enum rc may_hold(struct store *store, const struct site *site, struct fault *fault)
{
	(void)store, (void)site, (void)fault;
	return RC_OK;
}

/* What it was asked for, and has given. */
static enum rc may_give(struct store *store, const struct site *site, struct fault *fault)
{
	(void)store, (void)site, (void)fault;
	return RC_OK;
}

static const struct {
	unsigned kind;
	enum rc (*may)(struct store *store, const struct site *site, struct fault *fault);
} sayings[] = {{KIND_grant, may_name}, {KIND_revocation, may_revoke}, {KIND_refusal, may_object},
	{KIND_attachment, may_hold}, {KIND_fetch, may_give}};

enum rc trust_say(struct store *store, const struct site *of, struct op *op, struct fault *fault)
{
	unsigned n = 0;

	while (n < countof(sayings) && sayings[n].kind != op->kind)
		n++;
	assert(n < countof(sayings)); /* stations say nothing else of each other */
	enum rc rc = sayings[n].may(store, of, fault);
	return rc ? rc : store_write(store, op, fault);
}

enum rc trust_holds(struct store *store, struct ref ref, struct fault *fault)
{
	static const unsigned steps[LEVELS] = {[LEVEL_TOWNSHIP] = attachment_do_town_has,
		[LEVEL_COUNTY] = attachment_do_county_has,
		[LEVEL_CITY] = attachment_do_city_has};
	const struct station *own = store_station(store);
	const struct site self = {.site = own->site};
	struct op op = {.kind = KIND_attachment,
		.step = steps[own->level],
		.rec_site = ref.site,
		.rec_seq = ref.seq};

	if (!op.step)
		return RC_OK;
	enum rc rc = trust_say(store, &self, &op, fault);
	return rc == RC_DENIED ? RC_OK : rc; /* our grant has run out: it is said again, later */
}

enum rc trust_given(struct store *store, struct ref ref, struct fault *fault)
{
	const struct site self = {.site = store_station(store)->site};
	struct op op = {.kind = KIND_fetch,
		.step = fetch_do_give,
		.rec_site = ref.site,
		.rec_seq = ref.seq};
	enum rc rc = trust_say(store, &self, &op, fault);

	return rc == RC_DENIED ? RC_OK : rc; /* our grant has run out: it is said again, later */
}
