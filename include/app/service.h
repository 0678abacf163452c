/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a service tells the manager that started it (sd_notify(3): a datagram to $NOTIFY_SOCKET).
 */
#ifndef APP_SERVICE_H
#define APP_SERVICE_H

#include "base/base.h"

/* STATE: "READY=1", "STOPPING=1", "STATUS=…", a line each. Without a manager, or when it does not listen, nothing happens. */
void service_tell(const char *state);
/* "STATUS=" and the line, which may come from outside: what would begin another line is left out. */
void service_status(const char *fmt, ...) PRINTF(1, 2);

#endif
