/* SPDX-License-Identifier: GPL-3.0-or-later
 * outpost-hub: answers the stations below, over HTTP or as sshd's forced command. A hub and a
 * station share one store: whoever serves villages asks its county as any station does.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/hub_cmd.h"
#include "app/out.h"
#include "app/service.h"
#include "app/start.h"
#include "base/file.h"

enum { STDIO_IDLE = 300 };

/* ADDR:PORT, [::1]:PORT. */
static bool take_address(const char *typed, char address[64], unsigned *port)
{
	const char *colon = strrchr(typed, ':');
	char *end;
	if (!colon || !colon[1])
		return false;
	unsigned long number = strtoul(colon + 1, &end, 10);
	bool brackets = *typed == '[' && colon > typed + 1 && colon[-1] == ']';
	size_t skip = brackets ? 1 : 0, len = (size_t)(colon - typed) - 2 * skip;
	if (*end || number > 65535 || !len || len >= 64)
		return false;
	snprintf(address, 64, "%.*s", (int)len, typed + skip);
	*port = (unsigned)number;
	return true;
}

static int serve_http(struct hub *hub, const char *listen)
{
	struct fault fault = {0};
	struct httpd *httpd;
	char address[64];
	struct httpd_ways ways = {.address = address,
		.answer = hub_serve,
		.health = hub_health,
		.metrics = hub_metrics,
		.to = hub};
	if (!take_address(listen, address, &ways.port)) {
		out_error(_("outpost: 监听地址不对 \"%s\"：应为 127.0.0.1:8470 这样的地址和端口"),
			listen);
		return EXIT_INPUT;
	}
	if (httpd_new(&httpd, &ways, &fault))
		return app_fail(&fault);
	if (!socket_local(address))
		out_notice(
			_("outpost: 注意：\"%s\" 从外面能连到，请在前面放加密的代理，或只在内网用"),
			address);
	hub_prepare(hub);
	out_fmt(strchr(address, ':') ? _("正在 [%s]:%u 为下级站点服务\n")
				     : _("正在 %s:%u 为下级站点服务\n"),
		address, httpd_port(httpd));
	fflush(stdout);
	service_tell("READY=1");
	enum rc rc = httpd_run(httpd, &fault);
	service_tell("STOPPING=1");
	httpd_free(httpd);
	return rc ? app_fail(&fault) : EXIT_DONE;
}

/* A station that hangs up in the middle is no failure of ours. */
static int serve_pipe(struct hub *hub)
{
	struct fault fault = {0};
	const struct serve_pipe pipe = {STDIN_FILENO, STDOUT_FILENO, SERVE_SECONDS, STDIO_IDLE};
	enum rc rc = serve_stdio(&pipe, hub_serve, hub, &fault);
	day_copy_here(hub->app); /* the station has gone, nobody waits */
	return rc ? app_fail(&fault) : EXIT_DONE;
}

static int run(struct app *app, int argc, char **argv)
{
	struct hub hub = {.app = app};
	const char *listen = arg_value(&argc, argv, "listen"),
		   *site = arg_value(&argc, argv, "site");
	bool pipe = arg_flag(&argc, argv, "stdio");
	hub.joins = arg_flag(&argc, argv, "join");
	int code = app_args(app, &argc, argv, 0, 0);
	if (!code && (pipe == (listen != NULL) || pipe != (site != NULL || hub.joins) ||
			     (site && hub.joins)))
		code = app_usage(app);
	if (code)
		return code;
	code = hub_open(&hub, site);
	if (code)
		return code;
	code = pipe ? serve_pipe(&hub) : serve_http(&hub, listen);
	hub_close(&hub);
	return code;
}

static const struct command hub_command = {
#define FAR(name, run, usage, text, help, words) FAR_##name(#name, usage, text, help)
#define FAR_sync(...)
#define FAR_invite(...)
#define FAR_join(...)
#define FAR_up(...)
#define FAR_site(...)
#define FAR_pack(...)
#define FAR_unpack(...)
#define FAR_feed(...)
#define FAR_frame(...)
#define FAR_spoken(...)
#define FAR_hear(...)
#define FAR_serial(...)
#define FAR_hub(name_, usage_, text_, help_) name_, usage_, text_, run, help_, NULL
#include "app/far.def"
};

/* Started by hand or by a unit: "outpost-hub --listen …"; by outpost: "outpost-hub hub --listen …".
 */
int main(int argc, char **argv)
{
	struct app app = {.program = argv[0], .command = &hub_command};
	struct sigaction ignore = {.sa_handler = SIG_IGN};
	int code = EXIT_USAGE;
	sigaction(SIGPIPE, &ignore, NULL);
	if (start_words(&app, &argc, argv)) {
		if (start_version("outpost-hub", &argc, argv))
			return out_done() ? EXIT_DONE : EXIT_FAILED;
		if (arg_flag(&argc, argv, "help")) {
			command_help(&hub_command);
			return out_done() ? EXIT_DONE : EXIT_FAILED;
		}
		crypt_start();
		code = start_user(&app, arg_value(&argc, argv, "user"));
		if (!code)
			code = owner_take(&app);
		if (!code)
			code = start_data(&app);
		if (!code && argc > 1 && !strcmp(argv[1], "hub"))
			code = run(&app, argc - 1, argv + 1);
		else if (!code)
			code = run(&app, argc, argv);
	} else {
		out_error(_("outpost: --home 和 --config 后面要有文件夹，路径不超过 511 字节"));
	}
	app_close(&app);
	return code;
}
