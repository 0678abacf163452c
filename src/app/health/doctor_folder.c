/* SPDX-License-Identifier: GPL-3.0-or-later
 * Looking over a station's folder: what lies there, whose it is, room, copies, the county's data.
 */
#include "app/health/doctor_inside.h"

#include <dirent.h>
#include <fcntl.h>
#include <pwd.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/config.h"
#include "app/out.h"
#include "base/file.h"
#include "base/when.h"
#include "screens/link_status.h"
#include "store/identity.h"

enum {
	MEBI = 1 << 20,
	DISK_BAD = 64,   /* MiB: below, a backup of a township no longer fits */
	DISK_LOOK = 512, /* MiB */
	BACKUP_DAYS = 2, /* a copy is made at the first write of a day */
};

void doctor_folder(struct app *app, struct finding *finding)
{
	struct fault fault = {0};
	enum place place = place_look(app->home, &fault);

	if (place == PLACE_STATION) {
		buf_fmt(found(finding, HEALTH_GOOD), "\"%s\"", app->home);
	} else if (place == PLACE_FREE) {
		buf_fmt(found(finding, HEALTH_BAD), _("\"%s\" 里没有站点"), app->home);
		buf_text(&finding->mend, "outpost init … | outpost join …");
	} else {
		buf_text(found(finding, HEALTH_BAD), fault.text);
	}
}

/* A file of FOLDER that is another account's than the folder: made by root, or by a copy. */
static bool is_strange(int folder, const char *name, uid_t owner)
{
	struct stat there;

	return fstatat(folder, name, &there, AT_SYMLINK_NOFOLLOW) == 0 && there.st_uid != owner;
}

static unsigned count_strange(const char *path, uid_t owner, char first[256])
{
	DIR *folder = opendir(path);
	unsigned count = 0;

	for (struct dirent *entry; folder && (entry = readdir(folder));)
		if (entry->d_name[0] != '.' && is_strange(dirfd(folder), entry->d_name, owner) &&
			!count++)
			snprintf(first, 256, "%s", entry->d_name);
	if (folder)
		closedir(folder);
	return count;
}

void doctor_owner(struct app *app, struct finding *finding)
{
	const struct passwd *account;
	char keys[sizeof app->home + 8], first[256] = "";
	struct stat folder;
	unsigned strange;

	if (stat(app->home, &folder)) {
		buf_fmt(found(finding, HEALTH_BAD), _("没有文件夹 \"%s\""), app->home);
		buf_text(&finding->mend, "outpost init … | outpost join …");
		return;
	}
	snprintf(keys, sizeof keys, "%s/keys", app->home);
	strange = count_strange(app->home, folder.st_uid, first);
	strange += count_strange(keys, folder.st_uid, first);
	account = getpwuid(folder.st_uid);
	if (!strange || file_group_folder(folder.st_mode)) {
		buf_fmt(found(finding, HEALTH_GOOD),
			file_group_folder(folder.st_mode) ? _("%s，与一个组共用") : _("只归 %s"),
			account ? account->pw_name : "?");
		return;
	}
	buf_fmt(found(finding, HEALTH_BAD), _("%u 个文件是别的账号的，比如 \"%s\""), strange,
		first);
	buf_fmt(&finding->mend, "chown -R %s '%s'", account ? account->pw_name : "…", app->home);
}

void doctor_disk(struct app *app, struct finding *finding)
{
	uint64_t bytes = disk_free(app->home);
	enum health health = bytes / MEBI < DISK_BAD    ? HEALTH_BAD
			     : bytes / MEBI < DISK_LOOK ? HEALTH_LOOK
							: HEALTH_GOOD;

	buf_fmt(found(finding, health), _("还剩 %llu MB"), (unsigned long long)(bytes / MEBI));
	if (health != HEALTH_GOOD)
		buf_fmt(&finding->mend, "du -sh '%s'/*", app->home);
}

/* Households, telephones and keys lie readable on a disk that somebody takes with him. */
void doctor_sealed(struct app *app, struct finding *finding)
{
	enum sealed sealed = disk_sealed("/sys", app->home);

	if (sealed == SEALED_YES)
		buf_text(found(finding, HEALTH_GOOD), _("磁盘加了密"));
	else if (sealed == SEALED_UNKNOWN)
		buf_text(found(finding, HEALTH_GOOD), _("看不出磁盘加没加密"));
	else {
		buf_text(found(finding, HEALTH_LOOK), _("磁盘没有加密，机器丢了住户名单就泄露"));
		buf_text(&finding->mend, "cryptsetup luksFormat …");
	}
}

void doctor_backup(struct app *app, struct finding *finding)
{
	char path[512], time[WHEN_TEXT];
	struct stat there;
	int64_t now = when_now();

	if (!backup_latest(app->home, path) || stat(path, &there)) {
		buf_text(found(finding, HEALTH_LOOK), _("还没有当天的备份"));
		buf_text(&finding->mend, "outpost backup --day");
		return;
	}
	when_short(there.st_mtime, now, time);
	if (now - there.st_mtime < BACKUP_DAYS * DAY_SECONDS) {
		buf_fmt(found(finding, HEALTH_GOOD), _("最近一份 %s，还要另存一份到别处"), time);
		return;
	}
	buf_fmt(found(finding, HEALTH_LOOK), _("最近一份是 %s 的"), time);
	buf_text(&finding->mend, "outpost backup --day");
}

void doctor_config(struct app *app, struct finding *finding)
{
	struct buf complaints = {0};

	if (config_load(app, &complaints)) {
		while (complaints.len && complaints.at[complaints.len - 1] == '\n')
			complaints.len--;
		buf_put(found(finding, HEALTH_BAD), complaints.at, complaints.len);
		buf_text(&finding->mend, "outpost rules check FILE");
	} else {
		buf_fmt(found(finding, HEALTH_GOOD), "\"%s\"",
			*app->config ? app->config : _("随程序带的"));
	}
	buf_release(&complaints);
}

void doctor_store(struct app *app, struct finding *finding)
{
	struct fault fault = {0};
	enum rc rc = store_open(&app->store, app->home, STORE_READ, &fault);

	if (rc) {
		buf_text(found(finding, HEALTH_BAD), fault.text);
		if (rc == RC_BAD)
			buf_text(&finding->mend, "outpost check");
	} else if (store_cramped(app->store)) {
		buf_text(found(finding, HEALTH_BAD), _("磁盘已满，只能看不能写"));
		buf_fmt(&finding->mend, "du -sh '%s'/*", app->home);
	} else {
		buf_text(found(finding, HEALTH_GOOD), _("打得开；outpost check 逐条核对"));
	}
}
