/* SPDX-License-Identifier: GPL-3.0-or-later
 * As whom the program works, and who else may read what it makes: the station's folder decides.
 * Root becomes its owner: so nothing in the folder belongs to root, and nothing in it (a hook, a
 * link) runs as root.
 */
#include "app/start.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/out.h"
#include "base/file.h"
#include "store/station.h"

enum { OWNER_ROOM = 40, GROUPS_MOST = 256 };

/* The account's name, or its number when it has none. */
static const struct passwd *owner_name(uid_t uid, char name[OWNER_ROOM])
{
	const struct passwd *account = getpwuid(uid);
	if (account)
		snprintf(name, OWNER_ROOM, "%s", account->pw_name);
	else
		snprintf(name, OWNER_ROOM, "#%u", (unsigned)uid); /* as sudo -u takes it */
	return account;
}

static bool become(const struct stat *folder, const char *name, const struct passwd *account)
{
	gid_t group = account ? account->pw_gid : folder->st_gid;
	int groups = account ? initgroups(name, group) : setgroups(0, NULL);
	return groups == 0 && setresgid(group, group, group) == 0 &&
	       setresuid(folder->st_uid, folder->st_uid, folder->st_uid) == 0;
}

static int become_owner(struct app *app, const struct stat *folder)
{
	char name[OWNER_ROOM];
	const struct passwd *account = owner_name(folder->st_uid, name);
	if (become(folder, name, account)) {
		snprintf(app->owner, sizeof app->owner, "%s", name);
		return 0;
	}
	out_error(
		_("outpost: \"%s\" 是 \"%s\" 的，root 在这里不能以他的身份运行：请用 sudo -u '%s' "
		  "outpost …"),
		app->home, name, name);
	return EXIT_REFUSED;
}

static void group_name(gid_t gid, char name[OWNER_ROOM])
{
	const struct group *group = getgrgid(gid);
	if (group)
		snprintf(name, OWNER_ROOM, "%s", group->gr_name);
	else
		snprintf(name, OWNER_ROOM, "%u", (unsigned)gid);
}

static bool in_group(gid_t gid)
{
	gid_t groups[GROUPS_MOST];
	int count = getgroups(GROUPS_MOST, groups);
	bool in = getegid() == gid;
	for (int i = 0; i < count; i++)
		in |= groups[i] == gid;
	return in;
}

/* The folder is a group's: this account is not in it, or the folder, or PART of it, is not wholly
 * shared yet. */
static int not_shared(const struct app *app, const struct stat *folder, const char *part)
{
	char name[OWNER_ROOM], group[OWNER_ROOM];
	(void)owner_name(folder->st_uid, name);
	group_name(folder->st_gid, group);
	if (!in_group(folder->st_gid))
		out_error(_("outpost: 站点文件夹 \"%s\" 归组 \"%s\" 共用，您的账号 \"%s\" "
			    "不在组里：请管理员执行 "
			    "usermod -aG %s %s，再重新登录"),
			app->home, group, app->login, group, *app->login ? app->login : "…");
	else
		out_error(
			_("outpost: 您在组 \"%s\" 里，但这个组不能写 \"%s%s\"：请主人 \"%s\" 执行 "
			  "chgrp -R %s '%s'，chmod -R u=rwX,g=rwX,o= '%s'，find '%s' -type d -exec "
			  "chmod g+s {} +"),
			group, app->home, part, name, group, app->home, app->home, app->home);
	return EXIT_REFUSED;
}

static int not_ours(const struct app *app, const struct stat *folder)
{
	char name[OWNER_ROOM];
	if (file_group_folder(folder->st_mode) || in_group(folder->st_gid))
		return not_shared(app, folder, "");
	(void)owner_name(folder->st_uid, name);
	out_error(_("outpost: 站点文件夹 \"%s\" 是 \"%s\" 的，您的账号没有权限：请用 sudo -u '%s' "
		    "outpost …；"
		    "要一组账号共用，由他执行 chgrp -R 组名 '%s'，chmod -R u=rwX,g=rwX,o= "
		    "'%s'，find '%s' -type d -exec chmod g+s {} +"),
		app->home, name, name, app->home, app->home, app->home);
	return EXIT_REFUSED;
}

/* A group works in a folder that is all the group's: a file that came there by a copy may not be.
 */
static const char *shut_part(const struct app *app)
{
	static const char *const parts[] = {
		"/station.db", "/station.db-wal", "/station.db-shm", "/keys", "/keys/sign.key"};
	char path[sizeof app->home + 32];
	for (size_t i = 0; i < countof(parts); i++) {
		snprintf(path, sizeof path, "%s%s", app->home, parts[i]);
		if (faccessat(AT_FDCWD, path, R_OK | W_OK, AT_EACCESS) && errno == EACCES)
			return parts[i];
	}
	return NULL;
}

/* Secrets pass through the memory of each of the programs. */
static void no_dumps(void)
{
	const struct rlimit none = {0, 0};
	(void)!setrlimit(RLIMIT_CORE, &none);
	(void)!prctl(PR_SET_DUMPABLE, 0);
}

int owner_take(struct app *app)
{
	struct stat folder;
	struct fault fault = {0};
	bool mended;
	umask(S_IRWXG | S_IRWXO);
	no_dumps();
	if (stat(app->home, &folder) || !S_ISDIR(folder.st_mode))
		return 0; /* it is still to be made, or opening it says what is wrong */
	if (geteuid() == 0 && folder.st_uid != 0) {
		int code = become_owner(app, &folder);
		if (code)
			return code;
	}
	bool shared = file_group_folder(folder.st_mode);
	file_group(shared);
	if (shared)
		umask(S_IRWXO);
	bool other = folder.st_uid != geteuid();
	if (other && faccessat(AT_FDCWD, app->home, R_OK | W_OK | X_OK, AT_EACCESS) &&
		errno != EROFS) /* what is on such a disk says opening it */
		return not_ours(app, &folder);
	const char *part = other && shared ? shut_part(app) : NULL;
	if (part)
		return not_shared(app, &folder, part);
	if (home_private(app->home, &mended, &fault))
		return app_fail(&fault);
	if (mended)
		out_notice(_("outpost: 注意：本机的别人原来能读到 \"%s\"，现在不能了"), app->home);
	return 0;
}

void owner_say(const struct app *app, int code)
{
	if (app->owner[0] && (code == EXIT_FAILED || code == EXIT_INPUT))
		out_error(_("outpost: root 在这里以站点主人 \"%s\" "
			    "的身份运行：他不能读写的文件，请先交给他，或用 - 传入传出"),
			app->owner);
}
