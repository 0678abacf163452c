/* SPDX-License-Identifier: GPL-3.0-or-later
 * The Common Alerting Protocol (CAP 1.0 to 1.2), Chinese files that follow its structure (GB/T 35965), and
 * feeds (Atom, RSS) of either. Two pure steps, no disk and no store:
 *   cap_read     bytes -> the alerts of a file, as they stand there
 *   cap_parts    one alert -> the blocks of it that are warnings of their own
 *   cap_warning  one of these -> what a station keeps of it, checked, or why it cannot be used
 */
#ifndef APP_CAP_H
#define APP_CAP_H

#include "base/arena.h"
#include "base/base.h"
#include "format/charset.h"

enum {
	CAP_PARTS = 100000, /* alerts, infos, areas and codes of a file */
	CAP_INFOS = 64,     /* info blocks of an alert */
	CAP_REFERS = 64,    /* alerts that one refers to */
};

enum cap_alert_text {
	CAP_IDENTIFIER,
	CAP_SENDER,
	CAP_SENT,
	CAP_STATUS,
	CAP_MSGTYPE,
	CAP_SCOPE,
	CAP_REFERENCES,
	CAP_NOTE,
	CAP_UPDATED, /* a feed's own: when the entry was written */
	CAP_ALERT_TEXTS
};

enum cap_info_text {
	CAP_LANGUAGE,
	CAP_EVENT,
	CAP_SEVERITY,
	CAP_URGENCY,
	CAP_RESPONSE, /* several, separated by blanks */
	CAP_CERTAINTY,
	CAP_EFFECTIVE,
	CAP_ONSET,
	CAP_EXPIRES,
	CAP_SENDER_NAME,
	CAP_HEADLINE,
	CAP_DESCRIPTION,
	CAP_INSTRUCTION,
	CAP_INFO_TEXTS
};

/* A value under a name: eventCode, parameter, geocode. NAME is "" where the file gives none. */
struct cap_pair {
	const char *name, *value;
	struct cap_pair *next;
};

struct cap_area {
	const char *desc; /* "" when there is none */
	struct cap_pair *codes, **codes_end;
	struct cap_pair *shapes, **shapes_end; /* "polygon" and "circle", as they stand there */
	struct cap_area *next;
};

struct cap_info {
	const char *text[CAP_INFO_TEXTS]; /* NULL when not there */
	struct cap_pair *event_codes, **event_codes_end;
	struct cap_pair *params, **params_end;
	struct cap_area *areas, **areas_end;
	struct cap_info *next;
};

struct cap_alert {
	const char *text[CAP_ALERT_TEXTS]; /* NULL when not there */
	struct cap_info *infos, **infos_end;
	unsigned infos_count;
	bool from_feed;    /* an entry that carries cap: elements only, or none at all */
	bool cap_seen;     /* from_feed: it had at least one of them */
	const char *link;  /* from_feed: where the alert itself may be; NULL */
	unsigned sure;     /* of that: the greater the surer */
	bool is_signed;    /* carries an XML signature; nobody has checked it */
	const char *twice; /* an element that stands there twice, of which the first is kept; NULL */
	unsigned line;     /* where it begins */
	struct cap_alert *next;
};

struct cap_file {
	struct arena arena; /* holds everything below */
	struct cap_alert *alerts;
	unsigned count;
	bool feed;
	struct charset_lost lost;
	unsigned mended;    /* signs that XML does not take as they stand, and that are read all the same */
	const char *broken; /* what is wrong behind the alerts that are here; NULL: nothing */
};

/* Reads a whole file in the coding that its bytes are in (format/charset.h). RC_BAD names line and rule: no XML, cut
 * short before the first alert was whole, a DTD or entity, elements deeper than LIMIT_CAP_DEPTH, more than CAP_PARTS parts, a coding that is not read
 * here, neither alerts nor a feed. Release OUT in either case. */
enum rc cap_read(struct bytes in, struct cap_file *out, struct fault *fault) MUST_CHECK;
void cap_release(struct cap_file *file);
/* An entry of a feed that says nothing itself, and links to what does. */
bool cap_only_links(const struct cap_alert *alert);

/* ---- what a station keeps of an alert */

/* Something of an alert that could not be kept as it stands: the element, and the rule (translated). */
struct cap_note {
	const char *field, *why;
	bool no_warning; /* it is a message, but none for people: Ack, Error, Draft, System */
	struct cap_note *next;
};

struct cap_warning {
	const char *identifier, *event, *severity, *status, *msgtype; /* the last three: codes of contract */
	const char *issuer, *writer;                                  /* the unit; the person who wrote it, if named */
	const char *headline, *text, *action;                         /* "" when there is none */
	int64_t sent, onset, expires;                                 /* seconds; 0 = not given */
	const char *refers[CAP_REFERS];                               /* identifiers, never its own */
	unsigned refers_count;
	const struct cap_info *info; /* the block that it is; NULL in a bare cancel */
	bool is_signed;              /* nobody has checked it */
	struct cap_note *notes, **notes_end;
};

/* The info blocks of an alert that are warnings of their own, the most severe first and else as they stand: those in
 * Chinese, else in the user's LANGUAGE ("en", "zh"), else in the first one; and of the others those that are no
 * translation. Every station finds the same order. */
unsigned cap_parts(const struct cap_alert *alert, const char *language, const struct cap_info *parts[CAP_INFOS]);

/* INFO, the NUMBERth of the parts (0 the first; NULL when there is none), as a warning. The first has the alert's
 * identifier, the others that and "~p2", "~p3" …. Texts lie in ARENA or in the file. What is bad in it but not needed is
 * left out and said in the notes. False: it cannot be used, BAD is the element and the rule that it broke. */
bool cap_warning(const struct cap_alert *alert, const struct cap_info *info, unsigned number, struct arena *arena,
	struct cap_warning *out, struct cap_note *bad);

enum cap_time_is { CAP_TIME_NONE, CAP_TIME_GOOD, CAP_TIME_TYPED };
/* 14 digits (Beijing time), RFC 3339 with T or blank, with or without seconds and zone (Beijing if none), and the
 * RFC 822 dates of RSS; 24:00 is the end of its day. CAP_TIME_TYPED: day and hour as people type them (base/when.h),
 * with their year, or counted from 1970. CAP_TIME_NONE for days and hours that do not exist. */
enum cap_time_is cap_time(const char *text, int64_t *at);
/* red, orange, yellow, blue, or unknown: from CAP's words, colours in English or Chinese, and grades I to IV. */
const char *cap_severity(const char *text);

#endif
