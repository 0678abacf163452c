/* SPDX-License-Identifier: GPL-3.0-or-later
 * Options of a command: taken out of argv wherever they stand before "--", so that what is left
 * are the command's words.
 */
#include <string.h>

#include "app/command.h"

/* Where --NAME stands, and whether "=VALUE" follows; 0 = nowhere. */
static int arg_place(int argc, char **argv, const char *name, char **value)
{
	size_t len = strlen(name);
	for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
		if (strncmp(argv[i], "--", 2) || strncmp(argv[i] + 2, name, len))
			continue;
		char *end = argv[i] + 2 + len;
		*value = *end == '=' ? end + 1 : NULL;
		if (*end == 0 || *end == '=')
			return i;
	}
	return 0;
}

static void arg_drop(int *argc, char **argv, int place, int count)
{
	for (int i = place; i + count <= *argc; i++)
		argv[i] = argv[i + count]; /* the NULL at the end moves, too */
	*argc -= count;
}

bool arg_flag(int *argc, char **argv, const char *name)
{
	char *value;
	int place = arg_place(*argc, argv, name, &value);
	if (!place || value)
		return false; /* --flag=x is left over and refused */
	arg_drop(argc, argv, place, 1);
	return true;
}

const char *arg_value(int *argc, char **argv, const char *name)
{
	char *value;
	int place = arg_place(*argc, argv, name, &value);
	if (!place)
		return NULL;
	if (value) {
		arg_drop(argc, argv, place, 1);
		return value;
	}
	value = place + 1 < *argc ? argv[place + 1] : NULL;
	arg_drop(argc, argv, place, value ? 2 : 1);
	return value ? value : "";
}

const char *arg_left(int argc, char **argv)
{
	for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++)
		if (!strncmp(argv[i], "--", 2))
			return argv[i];
	return "";
}
