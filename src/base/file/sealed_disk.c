/* SPDX-License-Identifier: GPL-3.0-or-later
 * Is what lies on a disk enciphered there? As the kernel tells of a block device: of one that
 * device-mapper made, what kind it is, and on which others it lies.
 */
#include "base/file.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

enum { DEEP = 8, PATH_ROOM = 512, PATH_LEAST = 300 };

static bool is_crypt(const char *device)
{
	char path[PATH_ROOM + 16], uuid[16] = "";

	snprintf(path, sizeof path, "%s/dm/uuid", device);
	FILE *file = fopen(path, "re");
	if (!file)
		return false;
	bool read = fgets(uuid, sizeof uuid, file) != NULL;
	fclose(file);
	return read && !strncmp(uuid, "CRYPT-", 6);
}

/* All of what DEVICE lies on; a partition is told of under its disk's name and lies on nothing. */
static bool all_crypt(const char *device, unsigned deep)
{
	char path[PATH_ROOM];
	bool any = false, all = true;

	if (is_crypt(device))
		return true;
	if (!deep || strlen(device) > PATH_LEAST)
		return false;
	snprintf(path, sizeof path, "%s/slaves", device);
	DIR *below = opendir(path);
	for (struct dirent *entry; below && (entry = readdir(below));) {
		if (entry->d_name[0] == '.' || strlen(entry->d_name) > PATH_ROOM / 8)
			continue;
		snprintf(path, sizeof path, "%s/slaves/%s", device, entry->d_name);
		any = true;
		all &= all_crypt(path, deep - 1);
	}
	if (below)
		closedir(below);
	return any && all;
}

enum sealed disk_sealed(const char *sys, const char *path)
{
	char device[PATH_ROOM / 2];
	struct stat there;

	if (stat(path, &there))
		return SEALED_UNKNOWN;
	snprintf(device, sizeof device, "%s/dev/block/%u:%u", sys, major(there.st_dev),
		minor(there.st_dev));
	if (stat(device, &there)) /* memory, a container's, a network's */
		return SEALED_UNKNOWN;
	return all_crypt(device, DEEP) ? SEALED_YES : SEALED_NO;
}
