/* SPDX-License-Identifier: GPL-3.0-or-later
 * The proxy from the shell:   proxy_run PORT TO-PORT close|reset|half|stall|corrupt UP DOWN
 * [CONNECTIONS [DRIBBLE-MS]] Prints the port it listens on (PORT 0 = any) and runs until it is
 * killed.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "proxy.h"

static const char *const harms[PROXY_HARMS] = {"close", "reset", "half", "stall", "corrupt"};

int main(int argc, char **argv)
{
	if (argc < 6)
		return 2;
	struct proxy_ways ways = {.port = (unsigned)strtoul(argv[1], NULL, 10),
		.to_port = (unsigned)strtoul(argv[2], NULL, 10),
		.harm = PROXY_HARMS,
		.up = strtol(argv[4], NULL, 10),
		.down = strtol(argv[5], NULL, 10),
		.connections = argc > 6 ? (unsigned)strtoul(argv[6], NULL, 10) : 0,
		.dribble_ms = argc > 7 ? (int)strtol(argv[7], NULL, 10) : 0};
	for (int i = 0; i < PROXY_HARMS; i++)
		if (strcmp(argv[3], harms[i]) == 0)
			ways.harm = (enum proxy_harm)i;
	if (ways.harm == PROXY_HARMS)
		return 2;
	struct proxy proxy = proxy_start(&ways);
	printf("%u\n", proxy.port);
	fflush(stdout);
	waitpid(proxy.pid, NULL, 0);
	return 0;
}
