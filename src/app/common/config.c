/* SPDX-License-Identifier: GPL-3.0-or-later
 * Finds and loads the county's data. It runs at every start, so a file that is what was shipped is
 * only compared, and lists of areas are mapped and not read.
 */
#include "app/config.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/text.h"
#include "format/office.h"
#include "model/area.h"
#include "model/codes.h"
#include "model/rules.h"
#include "model/shipped.h"

enum { PATH_ROOM = 800, FILE_MOST = 4 << 20, AREA_FILES = 7 };

typedef enum rc load_fn(const char *file, struct bytes text, struct fault *fault);

static enum rc load_codes(const char *file, struct bytes text, struct fault *fault)
{
	return codes_load(codes_now(), file, text, fault);
}

static enum rc load_rules(const char *file, struct bytes text, struct fault *fault)
{
	return rules_load(rules_now(), file, text, fault);
}

static enum rc load_roles(const char *file, struct bytes text, struct fault *fault)
{
	return roles_load(rules_now(), file, text, fault);
}

static const struct {
	const char *name;
	load_fn *load;
} files[] = {
	{"codes.tsv", load_codes},
	{"rules.conf", load_rules},
	{"roles.conf", load_roles},
	{"office.tsv", office_load},
};

bool program_path(char *path, size_t room)
{
	ssize_t len = readlink("/proc/self/exe", path, room - 1);
	path[len > 0 ? len : 0] = 0;
	return len > 0;
}

bool program_folder(const char *name, char *path, size_t room)
{
	char self[400];
	struct stat info;
	if (!program_path(self, sizeof self))
		return false;
	char *end = strrchr(self, '/');
	while (end) {
		*end = 0;
		if (strncmp(name, "../", 3) != 0)
			break;
		name += 3;
		end = strrchr(self, '/');
	}
	snprintf(path, room, "%s/%s", self, name);
	return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

enum { GIVEN, COUNTY, SHARED };

/* The Nth of the folders; "" where none was given, false: there are no more. */
static bool config_folder(const struct app *app, unsigned nth, char *path, size_t room)
{
	switch (nth) {
	case GIVEN:
		snprintf(path, room, "%s", app->config);
		return true;
	case COUNTY:
		snprintf(path, room, "%s", OUTPOST_SYSCONF "/outpost");
		return true;
	case SHARED:
		if (!program_folder("../config", path, room) &&
			!program_folder("../share/outpost/config", path, room))
			snprintf(path, room, "%s", OUTPOST_PREFIX "/share/outpost/config");
		return true;
	default:
		return false;
	}
}

/* What is there and cannot be looked at counts as there: reading it says why. */
bool config_path(const struct app *app, const char *name, char *path, size_t room)
{
	char folder[PATH_ROOM];
	struct stat info;
	for (unsigned nth = 0; config_folder(app, nth, folder, sizeof folder); nth++) {
		snprintf(path, room, "%s/%s", folder, name);
		if (folder[0] &&
			(file_look(path, &info) == 0 || (errno != ENOENT && errno != ENOTDIR)))
			return true;
	}
	return false;
}

/* The copy is there and not older than the file: nothing to do, and nothing to read. */
static bool kept(const char *path, const char *good)
{
	struct stat file, copy;
	return stat(path, &file) == 0 && stat(good, &copy) == 0 && file.st_size == copy.st_size &&
	       file.st_mtime <= copy.st_mtime;
}

/* A station that cannot keep a copy works as well: nothing is said. */
static void keep_good(const struct app *app, const char *path, const char *name, struct bytes text)
{
	char folder[PATH_ROOM], good[PATH_ROOM + 32];
	snprintf(folder, sizeof folder, "%s/station.db", app->home);
	if (!app->home[0] || access(folder, F_OK) != 0)
		return;
	snprintf(folder, sizeof folder, "%s/config-good", app->home);
	snprintf(good, sizeof good, "%s/%s", folder, name);
	if (!kept(path, good) && file_folder(folder, 0700, NULL) == RC_OK &&
		file_write(good, text, 0600, NULL) != RC_OK)
		unlink(good);
}

/* The last good copy; false when there is none that still is. */
static bool load_good(const struct app *app, const char *name, load_fn *load)
{
	char good[PATH_ROOM];
	struct buf text = {0};
	snprintf(good, sizeof good, "%s/config-good/%s", app->home, name);
	bool done = app->home[0] && file_read_own(good, FILE_MOST, &text, NULL) == RC_OK &&
		    load(good, buf_bytes(&text), NULL) == RC_OK;
	buf_release(&text);
	return done;
}

static void load_file(
	const struct app *app, const char *name, load_fn *load, struct buf *complaints)
{
	char path[CONFIG_PATH];
	struct buf text = {0};
	struct fault fault;
	if (!config_path(app, name, path, sizeof path))
		return;
	enum rc rc = file_read_own(path, FILE_MOST, &text, &fault);
	/* What was shipped is loaded already, and codes and rules of an earlier load with it. */
	if (!rc && !bytes_equal(buf_bytes(&text), shipped_file(name)))
		rc = load(path, buf_bytes(&text), &fault);
	if (!rc)
		keep_good(app, path, name, buf_bytes(&text));
	else if (rc != RC_NONE && load_good(app, name, load))
		buf_fmt(complaints, _("%s；用上一次好的\n"), fault.text);
	else if (rc != RC_NONE)
		buf_fmt(complaints, _("%s；用随程序带的\n"), fault.text);
	buf_release(&text);
}

/* ---- lists of areas */

/* Mapped for as long as the process runs: names are borrowed everywhere. */
static struct bytes map_file(const char *path)
{
	struct bytes none = {0}, list = none;
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct stat info;
	if (fd < 0)
		return none;
	if (fstat(fd, &info) == 0 && info.st_size > 0) {
		void *at = mmap(NULL, (size_t)info.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
		if (at != MAP_FAILED)
			list = bytes_of(at, (size_t)info.st_size);
	}
	close(fd);
	return list;
}

/* The rule that LINE breaks, or NULL; LAST is the code before it. */
static const char *area_line_wrong(struct bytes line, uint64_t *last)
{
	uint64_t code = 0;
	size_t at = 0;
	if (!line.len || line.at[0] == '#')
		return NULL;
	for (; at < line.len && line.at[at] >= '0' && line.at[at] <= '9' && at < 12; at++)
		code = code * 10 + (uint64_t)(line.at[at] - '0');
	if (at != 12 || at == line.len || line.at[at] != '\t')
		return _("每行要是 12 位区划代码、制表符、地名");
	if (at + 1 == line.len || !text_valid((const char *)line.at, line.len))
		return _("地名是空的，或不是 UTF-8 文字");
	if (code <= *last)
		return _("代码要从小到大，不能重复");
	*last = code;
	return NULL;
}

static bool areas_good(const char *path, struct bytes list, struct buf *complaints)
{
	uint64_t last = 0;
	unsigned number = 0;
	if (list.len >= 3 && !memcmp(list.at, "\xEF\xBB\xBF", 3))
		list = bytes_of(list.at + 3, list.len - 3);
	while (list.len) {
		const uint8_t *end = memchr(list.at, '\n', list.len);
		size_t len = end ? (size_t)(end - list.at) : list.len;
		const char *why = area_line_wrong(bytes_of(list.at, len), &last);
		number++;
		if (why) {
			buf_fmt(complaints, _("%s:%u: %s；用随程序带的\n"), path, number, why);
			return false;
		}
		len += end != NULL;
		list = bytes_of(list.at + len, list.len - len);
	}
	return true;
}

/* Lists that `outpost import areas` put there; it has checked them. In the order of their names. */
static void add_own_areas(const struct app *app)
{
	char folder[PATH_ROOM], path[PATH_ROOM + 300];
	struct dirent **names = NULL;
	int added = 0;
	snprintf(folder, sizeof folder, "%s/areas", app->home);
	int count = app->home[0] ? scandir(folder, &names, NULL, alphasort) : -1;
	for (int i = 0; i < count; i++) {
		size_t len = strlen(names[i]->d_name);
		bool list = len > 4 && !strcmp(names[i]->d_name + len - 4, ".tsv");
		snprintf(path, sizeof path, "%s/%s", folder, names[i]->d_name);
		struct bytes text = list && added < AREA_FILES ? map_file(path) : (struct bytes){0};
		if (text.len) {
			area_list_add(text);
			added++;
		}
		free(names[i]);
	}
	free(names);
}

static void load_areas(const struct app *app, struct buf *complaints)
{
	char path[CONFIG_PATH];
	bool there = config_path(app, "areas.tsv", path, sizeof path);
	struct bytes list = there ? map_file(path) : (struct bytes){0};
	struct bytes shipped = shipped_file("areas.tsv");
	bool good = list.len && !bytes_equal(list, shipped) && areas_good(path, list, complaints);
	if (list.len && !good)
		munmap((void *)(uintptr_t)list.at, list.len);
	area_lists_clear();
	area_list_add(good ? list : shipped);
	add_own_areas(app);
}

enum rc config_load(const struct app *app, struct buf *complaints)
{
	size_t before = complaints->len;
	for (unsigned i = 0; i < countof(files); i++)
		load_file(app, files[i].name, files[i].load, complaints);
	load_areas(app, complaints);
	return complaints->len > before ? RC_BAD : RC_OK;
}

enum rc config_file(const struct app *app, const char *name, struct buf *out, struct fault *fault)
{
	char path[CONFIG_PATH];
	enum rc rc = RC_NONE;
	if (config_path(app, name, path, sizeof path))
		rc = file_read_own(path, FILE_MOST, out, fault);
	struct bytes shipped = shipped_file(name);
	if (rc != RC_NONE || !shipped.len)
		return rc == RC_NONE ? fault_set(fault, RC_NONE, _("没有这个文件 \"%s\""), name)
				     : rc;
	buf_put(out, shipped.at, shipped.len);
	return RC_OK;
}
