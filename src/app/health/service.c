/* SPDX-License-Identifier: GPL-3.0-or-later
 * Telling a service manager how one is. The protocol is one datagram, so no library is asked for
 * it.
 */
#include "app/service.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/text.h"

void service_tell(const char *state)
{
	const char *path = getenv("NOTIFY_SOCKET");
	struct sockaddr_un to = {.sun_family = AF_UNIX};
	size_t len = path ? strlen(path) : 0;
	int fd;

	if (!len || len >= sizeof to.sun_path || (*path != '/' && *path != '@'))
		return;
	memcpy(to.sun_path, path, len);
	if (*path == '@') /* a name that is no file */
		to.sun_path[0] = '\0';
	fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return;
	(void)!sendto(fd, state, strlen(state), MSG_NOSIGNAL | MSG_DONTWAIT,
		(const struct sockaddr *)&to,
		(socklen_t)(offsetof(struct sockaddr_un, sun_path) + len));
	close(fd);
}

void service_status(const char *fmt, ...)
{
	struct buf line = {0};
	va_list args;

	va_start(args, fmt);
	buf_text(&line, "STATUS=");
	text_fmt_args(&line, fmt, args);
	va_end(args);
	service_tell(buf_cstr(&line));
	buf_release(&line);
}
