/* SPDX-License-Identifier: GPL-3.0-or-later
 * The import command: options, files, and what is said in the end. Each file is read whole before
 * anything of it is stored.
 */
#include "app/areas.h"
#include "app/import.h"
#include "app/import_say.h"
#include "app/intake.h"
#include "app/out.h"
#include "app/prove.h"
#include "format/workbook.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "base/file.h"
#include "model/kinds.h"
#include "model/rules.h"
#include "work/source.h"

enum { FILE_MOST = 64 << 20 };

struct format;

struct job {
	struct app *app;
	const struct format *format;
	const struct kind *kind;
	struct csv_map *map;
	const char *prefix;
	struct intake in;
	enum intake_doubt doubt;
	bool json, try_only, all_or_none;
	bool fetched;            /* what the feeds in the files link to are files, too */
	bool asks;               /* somebody sees a try first */
	enum import_answer said; /* what they answered */
};

struct format {
	const char *name;
	bool needs_kind, all_lines; /* all_lines: one bad line makes exit code 5 */
	bool folders;               /* a folder stands for the XML files in it */
	enum rc (*read)(struct job *job, struct bytes text, struct fault *fault);
};

/* A file that is not there is bad input, not a missing record. */
static enum rc whole(const char *file, size_t most, struct buf *text, struct fault *fault)
{
	enum rc rc = file_read(file, most, text, fault);

	if (rc == RC_NONE)
		rc = fault->rc = RC_BAD;
	return rc;
}

static enum rc read_cap(struct job *job, struct bytes text, struct fault *fault)
{
	return cap_import(&job->in, text, words_english() ? "en" : "zh", fault);
}

static enum rc read_csv(struct job *job, struct bytes text, struct fault *fault)
{
	struct buf csv = {0};
	const char *with = NULL;
	enum rc rc = RC_OK;

	if (is_workbook(text)) {
		rc = workbook_csv(text, &csv, &with, fault);
		text = buf_bytes(&csv);
	}
	if (rc == RC_OK && with)
		intake_tell(&job->in, (struct intake_place){DONE_NOTED, 0, NULL},
			_("工作簿由 %s 转换，只取第一张表"), with);
	if (rc == RC_OK)
		rc = csv_import(&job->in, job->kind, job->map, text, fault);
	buf_release(&csv);
	return rc;
}

static enum rc read_json(struct job *job, struct bytes text, struct fault *fault)
{
	return json_import(&job->in, text, fault);
}

static enum rc read_ebd(struct job *job, struct bytes text, struct fault *fault)
{
	return ebd_import(&job->in, text, fault);
}

static const struct format formats[] = {
	{"cap", false, false, true, read_cap},
	{"csv", true, false, false, read_csv},
	{"json", false, true, false, read_json},
	{"ebd", false, true, true, read_ebd},
};

static enum rc prove_fact(void *to, const struct kind *kind, unsigned step, struct fault *fault)
{
	const struct step *what = step ? step_of(kind, step) : NULL;

	return rules_pin(kind, step) ? prove(to, _(what ? what->label : kind->label), fault)
				     : RC_OK;
}

static void summary(const struct job *job, const struct intake *in)
{
	if (job->json)
		import_json(in, job->format->needs_kind);
	else
		import_counts(in, job->format->needs_kind);
}

/* RC_OK also when the file was bad: that is counted and said. */
static enum rc one_file(struct job *job, const char *file, struct fault *fault)
{
	struct buf text = {0};
	enum rc rc;

	intake_file(&job->in, file);
	rc = whole(file, FILE_MOST, &text, fault);
	if (rc == RC_OK)
		rc = job->format->read(job, buf_bytes(&text), fault);
	buf_release(&text);
	if (rc == RC_BAD) {
		intake_bad(&job->in, 0, "%s", fault->text);
		job->in.bad_files++;
		rc = RC_OK;
	}
	if (rc == RC_OK && !job->in.all_or_none)
		rc = intake_end(&job->in, fault);
	return rc;
}

static int is_alert_file(const struct dirent *entry)
{
	const char *end = strrchr(entry->d_name, '.');

	return end && end != entry->d_name &&
	       (strcasecmp(end, ".xml") == 0 || strcasecmp(end, ".cap") == 0);
}

/* The files of a folder in the order of their names. */
static enum rc folder(struct job *job, const char *path, struct fault *fault)
{
	struct buf native = {0}, file = {0};
	struct dirent **entries = NULL;
	int count = scandir(file_native(path, &native), &entries, is_alert_file, alphasort);
	enum rc rc = RC_OK;

	if (count < 0)
		rc = fault_set(fault, RC_BAD, "\"%s\": %s", path, fault_why(errno));
	for (int i = 0; i < count; i++) {
		buf_clear(&file);
		buf_fmt(&file, "%s/%s", path, entries[i]->d_name);
		if (rc == RC_OK)
			rc = one_file(job, buf_cstr(&file), fault);
		free(entries[i]);
	}
	free(entries);
	buf_release(&file);
	buf_release(&native);
	return rc;
}

static enum rc file_or_folder(struct job *job, const char *path, struct fault *fault)
{
	struct stat st;
	bool is_folder = job->format->folders && strcmp(path, "-") != 0 &&
			 file_look(path, &st) == 0 && S_ISDIR(st.st_mode);

	return is_folder ? folder(job, path, fault) : one_file(job, path, fault);
}

/* The store failed in the middle. What was committed before is stored, and known when the file
 * comes again. */
static int stopped(const struct job *job, const struct intake *in, const struct fault *fault)
{
	int code = app_fail(fault);

	if (!in->added && !in->steps && !in->changed)
		return code;
	summary(job, in);
	out_error(_("outpost: "
		    "到此为止的已经保存，后面的都没有存：可以再导入同一个文件，已有的不会重复"));
	return EXIT_INPUT;
}

/* An exit code. */
static int preview(struct job *job, int count, char **files)
{
	struct buf title = {0};
	struct fault fault = {0};

	if (count > 1)
		buf_fmt(&title, _("%s 等%d个文件"), files[0], count);
	else
		buf_text(&title, files[0]);
	job->said = import_preview(&job->in, buf_cstr(&title), &fault);
	buf_release(&title);
	if (job->said == IMPORT_STOPS)
		out_fmt(_("没有导入，什么也没有存\n"));
	return job->said == IMPORT_WAITS ? app_fail(&fault) : EXIT_DONE;
}

static int facts(struct job *job, int count, char **files)
{
	struct fault fault = {0};
	struct intake *in = &job->in;
	enum rc rc = RC_OK;
	bool bad;

	for (int i = 0; i < count && rc == RC_OK; i++)
		rc = file_or_folder(job, files[i], &fault);
	if (rc == RC_OK)
		rc = intake_end(in, &fault);
	intake_undo(in);
	bad = in->bad_files || (job->format->all_lines && in->bad);
	if (job->asks && rc == RC_OK && !bad)
		return preview(job, count, files);
	import_said(in);
	if (rc != RC_OK)
		return stopped(job, in, &fault);
	summary(job, in);
	return bad ? EXIT_INPUT : EXIT_DONE;
}

static int places(const struct job *job, int count, char **files)
{
	struct areas areas = {.lines = NULL};
	struct buf path = {0};
	struct fault fault = {0};
	enum rc rc = RC_OK;

	for (int i = 0; i < count && rc == RC_OK; i++) {
		struct buf text = {0};

		rc = whole(files[i], AREAS_FILE, &text, &fault);
		if (rc == RC_OK)
			rc = areas_read(&areas, files[i], buf_bytes(&text), job->prefix, &fault);
		buf_release(&text);
	}
	if (rc == RC_OK && !areas.count)
		rc = fault_set(&fault, RC_BAD, _("文件里没有以 \"%s\" 开头的区划"), job->prefix);
	if (rc == RC_OK)
		rc = areas_store(&areas, job->app->home, &path, &fault);
	if (rc == RC_OK)
		out_fmt(_("已保存 %zu 个地名：%s\n"), areas.count, buf_cstr(&path));
	areas_release(&areas);
	buf_release(&path);
	return rc == RC_OK ? EXIT_DONE : app_fail(&fault);
}

/* What the alerts in these files link to, a JSON value each. */
static int links(int count, char **files)
{
	struct buf text = {0}, said = {0};
	struct fault fault = {0};
	enum rc rc = RC_OK;

	for (int i = 0; i < count && rc == RC_OK; i++) {
		struct json_out out;

		buf_clear(&text);
		json_begin(&out, &said);
		rc = whole(files[i], FILE_MOST, &text, &fault);
		if (rc == RC_OK)
			rc = cap_links(buf_bytes(&text), &out, &fault);
		buf_byte(&said, '\n');
	}
	if (rc == RC_OK)
		out_buf(&said);
	buf_release(&text);
	buf_release(&said);
	return rc == RC_OK ? EXIT_DONE : app_fail(&fault);
}

static enum rc map_of(struct job *job, const char *file, struct fault *fault)
{
	struct buf text = {0};
	enum rc rc = file ? whole(file, FILE_MOST, &text, fault) : RC_OK;

	if (rc == RC_OK && file)
		rc = csv_map_read(&job->map, file, buf_bytes(&text), fault);
	buf_release(&text);
	return rc;
}

/* A table on a terminal is shown before it is taken; what comes through a pipe comes once. */
static bool is_shown(const struct job *job, int count, char **files)
{
	for (int i = 0; i < count; i++)
		if (!strcmp(files[i], "-"))
			return false;
	return job->format->needs_kind && !job->try_only && !job->json && import_somebody();
}

/* Through all files, once. */
static int pass(struct job *job, const struct actor *actor, bool try_only, int count, char **files)
{
	int code;

	intake_start(&job->in, actor);
	job->in.try_only = try_only;
	job->in.fetched = job->fetched;
	job->in.doubt = job->doubt;
	job->in.all_or_none = job->all_or_none || (try_only && !job->format->needs_kind);
	job->in.prove = prove_fact;
	job->in.to = job->app;
	if (import_somebody())
		job->in.ask = import_ask;
	code = facts(job, count, files);
	if (!try_only && (job->in.added || job->in.steps || job->in.changed))
		app_wrote(job->app);
	intake_release(&job->in);
	return code;
}

/* What is written in the name of whom, and may it be. */
static int run_facts(struct job *job, const char *source, const char *map, int count, char **files)
{
	struct fault fault = {0};
	int code = app_writer(job->app);
	struct actor actor;

	if (code)
		return code;
	actor = app_actor(job->app);
	actor.source = source ? source : job->format->name;
	if (map_of(job, map, &fault) != RC_OK || prove_early(job->app, &fault) != RC_OK ||
		(job->kind && app_may(job->app, job->kind, 0, &fault) != RC_OK)) {
		code = app_fail(&fault);
	} else {
		job->asks = is_shown(job, count, files);
		code = pass(job, &actor, job->try_only || job->asks, count, files);
		if (job->said == IMPORT_GOES_ON) {
			job->asks = false;
			code = pass(job, &actor, false, count, files);
		}
	}
	csv_map_free(job->map);
	return code;
}

static void options(struct job *job, int *argc, char **argv)
{
	bool same = arg_flag(argc, argv, "same"), fresh = arg_flag(argc, argv, "new");

	job->doubt = same ? DOUBT_SAME : fresh ? DOUBT_NEW : DOUBT_LEAVE;
	job->all_or_none = arg_flag(argc, argv, "all-or-none");
	job->try_only = arg_flag(argc, argv, "try");
	job->fetched = arg_flag(argc, argv, "fetched");
	job->json = arg_flag(argc, argv, "json") || job->app->json;
}

int import_run(struct app *app, int argc, char **argv)
{
	struct job job = {.app = app};
	const char *kind = arg_value(&argc, argv, "kind"), *map = arg_value(&argc, argv, "map");
	const char *source = arg_value(&argc, argv, "source"),
		   *prefix = arg_value(&argc, argv, "prefix");
	bool only_links = arg_flag(&argc, argv, "links");
	int code;

	options(&job, &argc, argv);
	job.prefix = prefix ? prefix : "";
	code = app_args(app, &argc, argv, 2, -1);
	if (!code && kind)
		code = app_kind(kind, &job.kind);
	if (code)
		return code;
	if (only_links && strcmp(argv[1], "cap") == 0)
		return links(argc - 2, argv + 2);
	/* Whoever may not keep warnings is told so at once, not alert by alert. */
	if (strcmp(argv[1], "cap") == 0) {
		job.kind = kind_of(KIND_warning);
		source = SOURCE_CAP;
	}
	if (strcmp(argv[1], "ebd") == 0)
		source = SOURCE_EBM;
	if (strcmp(argv[1], "areas") == 0)
		return places(&job, argc - 2, argv + 2);
	for (size_t i = 0; i < countof(formats); i++)
		if (strcmp(argv[1], formats[i].name) == 0)
			job.format = &formats[i];
	if (!job.format)
		return app_usage(app);
	if (job.format->needs_kind && (!job.kind || (job.kind->flags & K_HIDDEN))) {
		out_error("outpost: %s", _("导入 CSV 要用 --kind 写明种类；种类见 outpost kinds"));
		return EXIT_USAGE;
	}
	return run_facts(&job, source, map, argc - 2, argv + 2);
}
