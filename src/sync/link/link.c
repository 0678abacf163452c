/* SPDX-License-Identifier: GPL-3.0-or-later
 * Which link a URL asks for, and the parts of a URL.
 */
#include "sync/link.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

static bool copy(char *to, size_t room, const char *from, size_t len)
{
	if (len >= room)
		return false;
	memcpy(to, from, len);
	to[len] = 0;
	return true;
}

/* Percent signs, blanks and the like have no place in what is handed on to libraries. */
static bool plain(const char *url)
{
	for (; *url; url++)
		if ((unsigned char)*url <= ' ' || *url == 0x7F)
			return false;
	return true;
}

static bool host_char(char c)
{
	return isalnum((unsigned char)c) || strchr(".-_:", c);
}

static bool host_valid(const char *host)
{
	if (!*host || *host == '-')
		return false;
	for (; *host; host++)
		if (!host_char(*host))
			return false;
	return true;
}

static bool port_valid(const char *port)
{
	unsigned long number = 0;
	for (const char *at = port; *at; at++) {
		if (*at < '0' || *at > '9')
			return false;
		number = number * 10 + (unsigned long)(*at - '0');
		if (number > 65535)
			return false;
	}
	return !*port || number > 0;
}

/* [USER@]HOST[:PORT] of LEN bytes. */
static bool split_authority(const char *at, size_t len, struct link_place *out)
{
	const char *end = at + len, *sign = memchr(at, '@', len);
	if (sign) {
		if (!copy(out->user, sizeof out->user, at, (size_t)(sign - at)) || sign == at ||
			strchr(out->user, ':') || out->user[0] == '-')
			return false;
		at = sign + 1;
	}
	const char *host_end, *rest;
	if (at < end && *at == '[') {
		at++;
		host_end = memchr(at, ']', (size_t)(end - at));
		if (!host_end)
			return false;
		rest = host_end + 1;
	} else {
		host_end = memchr(at, ':', (size_t)(end - at));
		if (!host_end)
			host_end = end;
		rest = host_end;
	}
	if (!copy(out->host, sizeof out->host, at, (size_t)(host_end - at)))
		return false;
	if (rest < end && (*rest++ != ':' || rest == end ||
				  !copy(out->port, sizeof out->port, rest, (size_t)(end - rest))))
		return false;
	return host_valid(out->host) && port_valid(out->port);
}

static bool split_folder(const char *at, struct link_place *out)
{
	if (strncmp(at, "///", 3) == 0)
		at += 2;
	return *at == '/' && at[1] != '/' && copy(out->path, sizeof out->path, at, strlen(at));
}

/* A command, and all that is in its line. */
static bool split_command(const char *at, struct link_place *out)
{
	return *at && !at[strcspn(at, "\r\n")] && copy(out->path, sizeof out->path, at, strlen(at));
}

bool link_split(const char *url, struct link_place *out)
{
	*out = (struct link_place){0};
	const char *colon = strchr(url, ':');
	if (!colon || colon == url ||
		!copy(out->scheme, sizeof out->scheme, url, (size_t)(colon - url)))
		return false;
	for (char *at = out->scheme; *at; at++)
		*at = (char)tolower((unsigned char)*at);
	const char *at = colon + 1;
	if (strcmp(out->scheme, "exec") == 0)
		return split_command(at, out);
	if (strcmp(out->scheme, "file") == 0)
		return split_folder(at, out);
	if (!plain(url) || strncmp(at, "//", 2) != 0)
		return false;
	at += 2;
	size_t len = strcspn(at, "/?#");
	if (!split_authority(at, len, out))
		return false;
	at += len;
	len = strcspn(at, "#");
	if (memchr(at, '?', len) || !copy(out->path, sizeof out->path, at, len))
		return false;
	at += len;
	return !*at || copy(out->pin, sizeof out->pin, at + 1, strlen(at + 1));
}

const struct link_ops *link_for(const struct link_ops *const *table, const char *url)
{
	for (; *table; table++) {
		size_t len = strlen((*table)->scheme);
		if (strncasecmp(url, (*table)->scheme, len) == 0 && url[len] == ':')
			return *table;
	}
	return NULL;
}
