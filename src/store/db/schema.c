/* SPDX-License-Identifier: GPL-3.0-or-later
 * Every table and every index of a station's databases, in one place, and the making of them. They
 * are made with the station, or by the upgrade of an older one, never by whoever writes a row.
 *
 * station.db has, besides, one table for the rows of each kind, "row_KIND": tables.c, beside this
 * file, makes it from the table of kinds. Those hold nothing that the facts do not; another table
 * of kinds makes them anew (rebuild.c).
 *
 * Numbers are SQLite's, so their bytes have one order on every machine; what is kept as bytes is
 * written by put_field, put_varint or low_put (base/endian.h), never as a struct. Times are seconds
 * since 1970 where nothing else is said; a site's number has 56 bits; 0 says that there is none.
 */
#include "store/db/schema.h"

#include <stdio.h>
#include <string.h>

/* clang-format off */

const struct schema_table schema_tables[] = {

/* ---- facts */

{"fact", "arr; site, seq", "a fact as it came, and how it was judged", "log, validate, equivocation",
	"("
	"arr INTEGER PRIMARY KEY,"     /* its place in the order of arrival: what cursors count */
	"site INTEGER NOT NULL,"       /* its author, */
	"seq INTEGER NOT NULL,"        /* and his number: n * 8 + lane, n counts per site and lane */
	"reach INTEGER,"               /* 2 * area, and 1 if it only goes up; NULL: refused, or not known yet */
	"rec_site INTEGER,"            /* the record's first fact */
	"rec_seq INTEGER,"
	"kind INTEGER,"
	"step INTEGER,"                /* 0: it begins the record, or changes fields */
	"stamp INTEGER,"               /* its place in the order of all facts: 65,536 a second */
	"who INTEGER,"                 /* the person at its station: seq of "person" */
	"via INTEGER NOT NULL,"        /* the carrier that brought it; 0: written here */
	"state INTEGER NOT NULL,"      /* enum fact_state: 0 good, 1 refused, 2 waits, 3 not proven, 4 gone */
	"sig BLOB,"                    /* its author's signature over BODY; NULL: none */
	"body BLOB NOT NULL,"          /* canonical bytes (include/model/op.h); of one that is gone their hash */
	"UNIQUE(site, seq))"},

{"voice", "site, seq", "a fact as somebody read it out, until its author's own comes", "voice",
	"("
	"site INTEGER,"
	"seq INTEGER,"
	"reach INTEGER NOT NULL,"      /* as of "fact" */
	"rec_site INTEGER NOT NULL,"
	"rec_seq INTEGER NOT NULL,"
	"kind INTEGER NOT NULL,"
	"stamp INTEGER NOT NULL,"
	"typist INTEGER NOT NULL,"     /* the person here who typed it: seq of "person" */
	"typed INTEGER NOT NULL,"      /* when */
	"body BLOB NOT NULL,"          /* canonical bytes */
	"PRIMARY KEY(site, seq)) WITHOUT ROWID"},

{"author", "site, lane", "how far all facts of an author in a lane are here", "log",
	"("
	"site INTEGER,"
	"lane INTEGER,"
	"upto INTEGER NOT NULL,"       /* n up to which none is missing */
	"PRIMARY KEY(site, lane)) WITHOUT ROWID"},

{"awaits", "site, seq, by_site, by_seq", "a receipt that cannot be judged before its warning is here", "awaits",
	"("
	"site INTEGER,"                /* the warning */
	"seq INTEGER,"
	"by_site INTEGER,"             /* the receipt */
	"by_seq INTEGER,"
	"PRIMARY KEY(site, seq, by_site, by_seq)) WITHOUT ROWID"},

{"ahead", "site, seq", "a fact that was stamped more than a day ahead of the clock that counts", "ahead",
	"("
	"site INTEGER,"
	"seq INTEGER,"
	"seconds INTEGER NOT NULL,"    /* by how much */
	"PRIMARY KEY(site, seq)) WITHOUT ROWID"},

{"dropped", "site, lane, n", "numbers of an author whose facts were not kept", "dropped",
	"("
	"site INTEGER,"
	"lane INTEGER,"
	"n INTEGER,"                   /* from here */
	"upto INTEGER NOT NULL,"       /* to there */
	"why TEXT NOT NULL,"           /* a code of table "refusal" of the codes */
	"state INTEGER NOT NULL,"      /* enum dropped_state: 0 new, 1 told, 2 may be good now, … */
	"PRIMARY KEY(site, lane, n)) WITHOUT ROWID"},

{"flood", "site", "how many refused facts of a site were kept, told and dropped", "dropped",
	"("
	"site INTEGER PRIMARY KEY,"    /* an author, or less than 0: a carrier's number, with its sign turned */
	"day INTEGER NOT NULL,"        /* of which KEPT, TOLD and TODAY are */
	"kept INTEGER NOT NULL,"
	"told INTEGER NOT NULL,"
	"today INTEGER NOT NULL,"      /* dropped on that day */
	"total INTEGER NOT NULL)"},    /* dropped ever */

/* ---- the ladder */

{"mark", "holder, site, lane", "how far a station has proven to hold an author's facts in a lane", "ladder",
	"("
	"holder INTEGER,"
	"site INTEGER,"
	"lane INTEGER,"
	"store INTEGER NOT NULL,"      /* number of the holder's store */
	"upto INTEGER NOT NULL,"       /* n */
	"PRIMARY KEY(holder, site, lane)) WITHOUT ROWID"},

{"mark_said", "holder, site, lane", "the same as another station tells it, to be passed on", "said, ladder",
	"("
	"holder INTEGER,"
	"site INTEGER,"
	"lane INTEGER,"
	"store INTEGER NOT NULL,"
	"upto INTEGER NOT NULL,"
	"mac INTEGER NOT NULL,"        /* the holder's proof, which only the author can check; 0: none */
	"teller INTEGER NOT NULL,"     /* who told it */
	"PRIMARY KEY(holder, site, lane)) WITHOUT ROWID"},

{"late", "lane, rec_site, rec_seq", "a record that was proven to be held above after its time", "late",
	"("
	"lane INTEGER,"
	"rec_site INTEGER,"
	"rec_seq INTEGER,"
	"written INTEGER NOT NULL,"
	"proven INTEGER NOT NULL,"
	"why INTEGER NOT NULL,"        /* enum trouble: what kept it */
	"tries INTEGER NOT NULL,"      /* that went so */
	"PRIMARY KEY(lane, rec_site, rec_seq)) WITHOUT ROWID"},

/* ---- stations */

{"store", "one row", "this database: its number, its site, whether it has joined", "station, log",
	"("
	"number INTEGER NOT NULL,"     /* new when the store is put back */
	"site INTEGER NOT NULL,"
	"joined INTEGER NOT NULL)"},

{"site", "site", "a station as its grant says who it is; this one too", "site",
	"("
	"site INTEGER PRIMARY KEY,"    /* hash of SIGN_PUBLIC */
	"code TEXT NOT NULL,"          /* the short code of record numbers */
	"name TEXT NOT NULL,"
	"area INTEGER NOT NULL,"       /* 0: it is known by name only */
	"level INTEGER NOT NULL,"
	"above INTEGER NOT NULL,"      /* the site that granted it */
	"sign_public BLOB,"
	"agree_public BLOB,"           /* the newest, */
	"agree_id INTEGER NOT NULL,"   /* and its number */
	"rights INTEGER NOT NULL,"     /* bits (include/model/rules.h) */
	"until INTEGER NOT NULL,"      /* end of its grant; of a revoked one, since when */
	"revoked INTEGER NOT NULL,"
	"ended INTEGER NOT NULL)"},

{"peer_lane", "peer, lane", "how far a link has come in a lane, as places in the order of arrival", "ladder",
	"("
	"peer INTEGER,"
	"lane INTEGER,"
	"sent INTEGER NOT NULL,"       /* sent there, */
	"got INTEGER NOT NULL,"        /* taken from there, */
	"confirmed INTEGER NOT NULL,"  /* and of SENT, what the other end says to have */
	"PRIMARY KEY(peer, lane)) WITHOUT ROWID"},

{"trouble", "rowid", "a stretch of tries to reach the station above that went alike", "trouble",
	"("
	"began INTEGER NOT NULL,"
	"ended INTEGER NOT NULL,"
	"what INTEGER NOT NULL,"       /* enum trouble */
	"lanes INTEGER NOT NULL,"      /* bits: what was tried to be sent */
	"tries INTEGER NOT NULL)"},

{"claim", "site, what", "what a station said without evidence, counted", "claims",
	"("
	"site INTEGER,"
	"what INTEGER,"                /* enum claim_what */
	"count INTEGER NOT NULL,"
	"first INTEGER NOT NULL,"
	"last INTEGER NOT NULL,"
	"PRIMARY KEY(site, what)) WITHOUT ROWID"},

/* ---- sites that end */

{"doubt", "site, seq", "a fact that may stand above under its number with other bytes", "equivocation",
	"("
	"site INTEGER,"
	"seq INTEGER,"
	"PRIMARY KEY(site, seq)) WITHOUT ROWID"},

{"stray", "id", "a fact that another took the place of, until its author has it back", "equivocation",
	"("
	"id INTEGER PRIMARY KEY AUTOINCREMENT,"
	"body BLOB UNIQUE,"
	"sig BLOB)"},

{"anew", "print", "a fact that was written once more under another number", "equivocation",
	"("
	"print INTEGER PRIMARY KEY)"}, /* the first 8 bytes of its hash, the low one first */

{"returned", "id", "a fact that came back without a signature, until somebody decides", "returned",
	"("
	"id INTEGER PRIMARY KEY AUTOINCREMENT,"
	"sender INTEGER NOT NULL,"
	"at INTEGER NOT NULL,"
	"body BLOB UNIQUE)"},

/* ---- people */

{"pin", "who", "a person's PIN", "pin",
	"("
	"who INTEGER PRIMARY KEY,"     /* seq of "person" */
	"hash TEXT NOT NULL)"},

{"pin_try", "who", "wrong PINs of a person, and until when that one is locked", "pin",
	"("
	"who INTEGER PRIMARY KEY,"
	"wrong INTEGER NOT NULL,"      /* since the last lock */
	"locks INTEGER NOT NULL,"      /* so far */
	"until INTEGER NOT NULL)"},    /* end of the last one */

/* ---- else */

{"ref", "source, name", "which record an import made of something, to find it again", "names",
	"("
	"source TEXT,"
	"name TEXT,"
	"site INTEGER NOT NULL,"
	"seq INTEGER NOT NULL,"
	"PRIMARY KEY(source, name)) WITHOUT ROWID"},

{"kv", "name, id, part", "one small thing that is remembered (include/store/kv.def lists them)", "kv",
	"("
	"name TEXT NOT NULL,"
	"id INTEGER NOT NULL,"         /* of which site or person; 0: of none */
	"part TEXT NOT NULL,"          /* which part of it; "": all */
	"value NOT NULL,"              /* a number, or bytes */
	"PRIMARY KEY(name, id, part)) WITHOUT ROWID"},

{0}};

const struct schema_index schema_indexes[] = {
	{"fact_rec", "fact(rec_site, rec_seq) WHERE (rec_site<>site OR rec_seq<>seq)",
		"the steps of a record; its first fact is found by its own number", false},
	{"voice_rec", "voice(rec_site, rec_seq)", "what was read out of a record", false},
	{"fact_apart", "fact(arr) WHERE state<>0", "facts without effect, the newest first", false},
	{"fact_refused", "fact(site) WHERE state=1", "what a new grant may make good", false},
	{"site_code", "site(code)", "the station of a record's number", false},
	{"dropped_due", "dropped(state) WHERE state IN (0, 2)", "what an author is still to be told", false},
	{"returned_sender", "returned(sender)", "how many a station has given back", false},

	/* What is new for an area. Every fact would pay for all four, and few stations are ever asked:
	 * the first that asks as a village, township, county or city makes its own (ask.c). */
	{"fact_area", "fact(seq&7, reach, arr)", "what is new for a village, and for places above", true},
	{"fact_town", "fact(seq&7, reach/2000, arr)", "what is new for a township", true},
	{"fact_county", "fact(seq&7, reach/2000000, arr)", "what is new for a county", true},
	{"fact_city", "fact(seq&7, reach/200000000, arr)", "what is new for a city", true},
{0}};

/* ---- index.db: nothing but what finding needs; it may be deleted at any time */

const struct schema_table search_tables[] = {

{"doc", "id; site, seq", "a record that can be found", "index",
	"("
	"id INTEGER PRIMARY KEY,"      /* rank * 2^40 + a counter: backwards is the order of what is found */
	"site INTEGER,"
	"seq INTEGER,"
	"kind INTEGER,"
	"hash INTEGER,"                /* of its text: the same text is not put in again */
	"UNIQUE(site, seq))"},

{"kv", "name, id, part", "up to where the facts were read, and for which station", "index",
	"("
	"name TEXT NOT NULL,"
	"id INTEGER NOT NULL,"
	"part TEXT NOT NULL,"
	"value NOT NULL,"
	"PRIMARY KEY(name, id, part)) WITHOUT ROWID"},

/* The words of each record; no text is kept, only which record has which word. */
{"grams", "rowid", "a record's hanzi by twos, its pinyin and initials; rowid is \"id\" of \"doc\"", "index",
	" USING fts5(t, content='', columnsize=0, detail=none, tokenize='unicode61 remove_diacritics 0')"},

{0}};

/* clang-format on */

bool schema_has(struct db *db, const char *name)
{
	struct sql sql =
		sql_open(db, "SELECT 1 FROM main.sqlite_master WHERE type='table' AND name=?");
	sql_text(&sql, name);
	bool there = sql_row(&sql);
	return !sql_end(&sql, NULL) && there;
}

int64_t schema_version(struct db *db)
{
	return db_number(db, "PRAGMA user_version", 0);
}

bool schema_is_current(struct db *db)
{
	int64_t version = schema_version(db);
	return version >= SCHEMA_VERSION && version <= SCHEMA_NEWEST;
}

static void version_sql(int version, struct buf *out)
{
	buf_fmt(out, "PRAGMA user_version=%d;", version);
}

static void index_sql(const struct schema_index *index, struct buf *out)
{
	buf_fmt(out, "CREATE INDEX IF NOT EXISTS %s ON %s;", index->name, index->on);
}

static enum rc run(struct db *db, struct buf *text, struct fault *fault)
{
	enum rc rc = db_run(db, buf_cstr(text), fault);
	buf_release(text);
	return rc;
}

enum rc schema_make(struct db *db, struct fault *fault)
{
	struct buf text = {0};
	for (const struct schema_table *table = schema_tables; table->name; table++)
		buf_fmt(&text, "CREATE TABLE IF NOT EXISTS %s%s;", table->name, table->columns);
	for (const struct schema_index *index = schema_indexes; index->name; index++)
		if (!index->on_demand)
			index_sql(index, &text);
	version_sql(SCHEMA_VERSION, &text);
	return run(db, &text, fault);
}

enum rc schema_pruned(struct db *db, struct fault *fault)
{
	struct buf text = {0};
	if (schema_version(db) >= SCHEMA_PRUNED)
		return RC_OK;
	version_sql(SCHEMA_PRUNED, &text);
	return run(db, &text, fault);
}

static void beside_sql(const struct schema_table *table, struct buf *out)
{
	buf_fmt(out, "CREATE TEMP TABLE %s%s;", table->name, table->columns);
}

enum rc schema_make_beside(struct db *db, struct fault *fault)
{
	struct buf text = {0};
	for (const struct schema_table *table = schema_tables; table->name; table++)
		if (!schema_has(db, table->name))
			beside_sql(table, &text);
	return run(db, &text, fault);
}

enum rc schema_beside(struct db *db, const char *name, struct fault *fault)
{
	struct buf text = {0};
	for (const struct schema_table *table = schema_tables; table->name; table++)
		if (!strcmp(table->name, name))
			beside_sql(table, &text);
	return run(db, &text, fault);
}

enum rc schema_index(struct db *db, const char *name, struct fault *fault)
{
	struct buf text = {0};
	for (const struct schema_index *index = schema_indexes; index->name; index++)
		if (!strcmp(index->name, name))
			index_sql(index, &text);
	return run(db, &text, fault);
}

enum rc search_make(struct db *db, struct fault *fault)
{
	struct buf text = {0};
	buf_text(&text, "DROP TABLE IF EXISTS meta;"); /* of version 1 */
	for (const struct schema_table *table = search_tables; table->name; table++)
		buf_fmt(&text, "DROP TABLE IF EXISTS %s; CREATE %sTABLE %s%s;", table->name,
			table->columns[0] == '(' ? "" : "VIRTUAL ", table->name, table->columns);
	version_sql(SEARCH_VERSION, &text);
	return run(db, &text, fault);
}
