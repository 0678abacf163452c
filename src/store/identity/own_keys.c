/* SPDX-License-Identifier: GPL-3.0-or-later
 * Do the keys in keys/ belong to this database? Without them nothing is written: a station whose
 * keys are gone, or somebody else's, would have to become another one, and that is for a person to
 * decide.
 */
#include "store/identity.h"
#include "store/identity/internal.h"
#include "store/station/internal.h"

#include "base/file.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { ASIDE_MOST = 1000 };

enum fit {
	FIT_OURS,
	FIT_NEXT,   /* of a site that goes on for this one: its statement lies beside them */
	FIT_FORMER, /* of a site that this one went on for */
	FIT_OTHER,
	FIT_GONE,
	FIT_BAD,    /* cannot be read: FAULT */
	FIT_CLOSED, /* may not be read */
};

/* Whoever may not read them has not lost them. */
static bool closed(const char *folder)
{
	static const char *const names[] = {"sign.key", "agree.key"};
	char path[540];
	for (size_t i = 0; i < countof(names); i++) {
		snprintf(path, sizeof(path), "%s/%s", folder, names[i]);
		if (access(path, R_OK) && errno == EACCES)
			return true;
	}
	return false;
}

static enum rc tell_closed(const struct store *store, enum rc rc, struct fault *fault)
{
	return fault_set(fault, rc,
		_("没有权限读 \"%s/keys\" 里的密钥，只能查看：请由站点主人执行 chmod -R u+rwX "
		  "'%s'"),
		store->home, store->home);
}

static enum fit fit_of(
	struct store *store, const char *folder, struct keys *keys, struct fault *fault)
{
	struct buf chain = {0};
	enum rc rc = station_keys(store, folder, keys, fault);
	uint64_t site = rc ? 0 : site_of(keys->sign_public);
	if (site == store->station.site)
		return FIT_OURS;
	if (rc)
		return rc == RC_NONE ? FIT_GONE : closed(folder) ? FIT_CLOSED : FIT_BAD;
	bool next = successors_file(folder, store->station.site, keys, &chain);
	buf_release(&chain);
	return next ? FIT_NEXT : former_is(store, site) ? FIT_FORMER : FIT_OTHER;
}

static void tell(struct store *store, const char *folder, enum fit fit, const struct keys *keys,
	struct fault *fault)
{
	static const char *const whats[] = {
		[FIT_FORMER] = N_("\"%s\" 里是本站换号以前的密钥"),
		[FIT_OTHER] = N_("\"%s\" 里是另一个站点 %s 的密钥，本站是 %s"),
		[FIT_GONE] = N_("\"%s\" 里没有本站的密钥"),
	};
	char what[400];
	if (fit == FIT_BAD)
		snprintf(what, sizeof(what), "%s", fault->text);
	else
		snprintf(what, sizeof(what), _(whats[fit]), folder,
			site_hex(site_of(keys->sign_public), (char[SITE_HEX]){""}),
			site_hex(store->station.site, (char[SITE_HEX]){""}));
	fault_set(fault, RC_NEWER,
		_("%s，只能查看：请从副本放回 keys/；没有副本就用 outpost init --new-keys "
		  "换新密钥、以新编号继续"),
		what);
}

/* Nothing that may be a key is thrown away. */
static enum rc set_aside(const char *folder, struct fault *fault)
{
	char aside[540];
	struct stat st;
	unsigned n = 1;
	file_sweep(folder); /* but what was not one yet */
	do
		snprintf(aside, sizeof(aside), "%s.old-%u", folder, n);
	while (lstat(aside, &st) == 0 && n++ < ASIDE_MOST);
	return file_move(folder, aside, fault);
}

enum rc own_keys_aside(const char *home, struct fault *fault)
{
	char folder[512];
	enum rc rc = store_file(home, "keys", folder, fault);
	return rc ? rc : set_aside(folder, fault);
}

static enum rc go_on_without(struct store *store, const char *folder, enum fit fit,
	const struct keys *keys, struct fault *fault)
{
	enum rc rc = set_aside(folder, fault);
	store->keys = (struct keys){0};
	return rc ? rc : store_site_end(store, fit == FIT_FORMER ? keys : NULL, fault);
}

enum rc store_keys_look(struct store *store, struct fault *fault)
{
	char folder[512];
	struct keys keys = {0};
	enum rc rc = store_file(store->home, "keys", folder, fault);
	if (rc)
		return rc;
	enum fit fit = fit_of(store, folder, &keys, fault);
	if (fit == FIT_CLOSED) {
		rc = tell_closed(store, RC_IO, fault);
	} else if (fit > FIT_NEXT) {
		tell(store, folder, fit, &keys, fault);
		rc = RC_NEWER;
	}
	explicit_bzero(&keys, sizeof(keys));
	return rc;
}

enum rc own_keys_check(struct store *store, struct fault *fault)
{
	char folder[512];
	struct keys keys = {0};
	struct fault why = {0};
	enum rc rc = store_file(store->home, "keys", folder, fault);
	if (rc)
		return rc;
	enum fit fit = fit_of(store, folder, &keys, &why);
	if (fit == FIT_OURS || fit == FIT_NEXT)
		store->keys = keys;
	if (!store->readonly && (fit == FIT_NEXT || (fit == FIT_OURS && write_mark_ahead(store)))) {
		rc = store_site_end(store, &keys, fault);
	} else if (fit == FIT_CLOSED && store->flags & STORE_NEW_KEYS) {
		rc = tell_closed(store, RC_IO, fault);
	} else if (fit > FIT_NEXT && store->flags & STORE_NEW_KEYS) {
		rc = go_on_without(store, folder, fit, &keys, fault);
	} else if (fit > FIT_NEXT && !store->readonly) {
		if (fit == FIT_CLOSED)
			(void)tell_closed(store, RC_NEWER, &why);
		else
			tell(store, folder, fit, &keys, &why);
		store->keys_wrong = store->readonly = store->log.readonly = true;
		rc = RC_NEWER;
		if (fault)
			*fault = why;
	}
	explicit_bzero(&keys, sizeof(keys));
	return rc;
}
