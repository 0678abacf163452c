/* SPDX-License-Identifier: GPL-3.0-or-later
 * The hub over HTTP by libevent's evhttp, which only this file and httpd_roads.c know. evhttp
 * brings the parser; ours are strict heads, what becomes of connections (httpd_roads.c), and the
 * group of questions that one commit answers.
 */
#include "sync/link.h"

#include <arpa/inet.h>
#include <event2/buffer.h>
#include <event2/bufferevent.h>
#include <event2/event.h>
#include <event2/http.h>
#include <event2/keyvalq_struct.h>
#include <event2/listener.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/queue.h>
#include <sys/socket.h>

#include "base/memory.h"
#include "format/metrics.h"
#include "sync/link/httpd_roads.h"

enum {
	HEADS_MOST = 8 * 1024,
	IDLE_SECONDS = 60,
	CONNECTIONS = 4000,
	SWEEP_MS = 250,
};

struct wait {
	struct evhttp_request *request;
	int64_t since; /* socket_now */
	struct wait *next;
};

struct httpd {
	struct httpd_ways ways;
	struct event_base *base;
	struct evhttp *http;
	struct evhttp_bound_socket *bound;
	struct event *group, *sweep, *term, *interrupt;
	struct roads *roads;
	bool ending;
	struct wait *first, **last; /* questions that wait for the next commit */
	size_t waiting;
	uint64_t asked, answered, refused, failed, commits;
	struct histogram answers;
};

/* ---- answers */

static void on_left(struct evhttp_request *request, void *to)
{
	struct httpd *httpd = to;
	roads_left(httpd->roads, request);
}

/* BODY may be NULL. */
static void reply(struct httpd *httpd, struct evhttp_request *request, int status, const char *type,
	const struct buf *body)
{
	struct evkeyvalq *heads = evhttp_request_get_output_headers(request);
	struct evbuffer *out = evhttp_request_get_output_buffer(request);
	/* Who does not say what it takes knows what it gets: a station is spared 40 bytes. */
	if (evhttp_find_header(evhttp_request_get_input_headers(request), "Accept"))
		evhttp_add_header(heads, "Content-Type", type);
	/* A station goes by the clock inside the seal; without this one evhttp writes 37 bytes. */
	evhttp_add_header(heads, "Date", "");
	if (httpd->ending || status == 400)
		evhttp_add_header(heads, "Connection", "close");
	if (body && body->len)
		evbuffer_add(out, body->at, body->len);
	evhttp_request_set_on_complete_cb(request, on_left, httpd);
	roads_move(httpd->roads, request, CONNECTION_WRITING, body ? body->len : 0);
	evhttp_send_reply(request, status, NULL, NULL);
}

static void reply_text(
	struct httpd *httpd, struct evhttp_request *request, int status, const char *text)
{
	struct buf body = {0};
	buf_text(&body, text);
	reply(httpd, request, status, "text/plain", &body);
	buf_release(&body);
}

/* Takes up to SERVE_GROUP questions off the queue. */
static size_t take_group(struct httpd *httpd, struct evhttp_request *requests[],
	struct bytes asks[], int64_t since[])
{
	size_t n = 0;
	while (httpd->first && n < SERVE_GROUP) {
		struct wait *wait = httpd->first;
		httpd->first = wait->next;
		requests[n] = wait->request;
		since[n] = wait->since;
		free(wait);
		struct evbuffer *in = evhttp_request_get_input_buffer(requests[n]);
		size_t len = evbuffer_get_length(in);
		asks[n] = bytes_of(len ? evbuffer_pullup(in, -1) : (const uint8_t *)"", len);
		n++;
	}
	if (!httpd->first)
		httpd->last = &httpd->first;
	httpd->waiting -= n;
	return n;
}

static void on_group(evutil_socket_t fd, short what, void *to)
{
	struct httpd *httpd = to;
	struct evhttp_request *requests[SERVE_GROUP];
	struct bytes asks[SERVE_GROUP];
	struct buf answers[SERVE_GROUP] = {{0}};
	int64_t since[SERVE_GROUP];
	struct fault fault = {0};
	(void)fd;
	(void)what;
	size_t n = take_group(httpd, requests, asks, since);
	if (!n)
		return;
	enum rc rc = httpd->ways.answer(httpd->ways.to, asks, answers, n, &fault);
	httpd->commits++;
	*(rc == RC_OK ? &httpd->answered : &httpd->failed) += n;
	for (size_t i = 0; i < n; i++) {
		histogram_add(&httpd->answers, socket_now() - since[i]);
		if (rc == RC_OK)
			reply(httpd, requests[i], 200, "application/octet-stream", &answers[i]);
		else
			reply_text(httpd, requests[i], 503, "later\n");
		buf_release(&answers[i]);
	}
	if (httpd->first)
		event_active(httpd->group, EV_TIMEOUT, 0);
}

static void on_swap(struct httpd *httpd, struct evhttp_request *request)
{
	roads_move(httpd->roads, request, CONNECTION_WAITING, 0);
	if (!roads_have_room(httpd->roads)) {
		httpd->failed++;
		reply_text(httpd, request, 503, "later\n");
		return;
	}
	struct wait *wait = memory_get(1, sizeof *wait);
	wait->request = request;
	wait->since = socket_now();
	*httpd->last = wait;
	httpd->last = &wait->next;
	httpd->asked++;
	/* Not at once: what other connections bring in the same turn of the loop joins the commit.
	 */
	if (httpd->waiting++ == 0)
		event_add(httpd->group, &(struct timeval){0, 0});
}

static void on_health(struct httpd *httpd, struct evhttp_request *request)
{
	struct buf body = {0};
	bool well = true;
	if (httpd->ways.health)
		well = httpd->ways.health(httpd->ways.to, &body);
	else
		buf_text(&body, "{\"ok\":true}");
	buf_byte(&body, '\n');
	reply(httpd, request, well ? 200 : 503, "application/json", &body);
	buf_release(&body);
}

static void put_metrics(struct httpd *httpd, struct buf *out)
{
	const struct roads_numbers numbers = roads_numbers(httpd->roads);
	const struct {
		const char *name, *help;
		enum metric_type type;
		uint64_t number;
	} rows[] = {
		{"http_connections", "Open connections.", METRIC_GAUGE, numbers.count},
		{"http_unfinished", "Requests that have not come whole.", METRIC_GAUGE,
			numbers.unfinished},
		{"http_bytes", "Bytes of questions and answers in memory.", METRIC_GAUGE,
			numbers.bytes},
		{"http_pushed_total", "Connections that had to go for others.", METRIC_COUNTER,
			numbers.pushed},
		{"http_questions_total", "Questions.", METRIC_COUNTER, httpd->asked},
		{"http_answers_total", "Answers.", METRIC_COUNTER, httpd->answered},
		{"http_failed_total", "Questions that were told to come later.", METRIC_COUNTER,
			httpd->failed},
		{"http_refused_total", "Requests that were not let in.", METRIC_COUNTER,
			httpd->refused},
		{"http_cut_total", "Connections that ended in the middle.", METRIC_COUNTER,
			numbers.cut},
		{"http_commits_total", "Commits, each for one or more questions.", METRIC_COUNTER,
			httpd->commits},
	};

	for (size_t n = 0; n < countof(rows); n++)
		metric_one(out, rows[n].name, rows[n].type, rows[n].help, (int64_t)rows[n].number);
	metric_histogram(out, "http_answer_seconds", "From a whole question to its answer.",
		&httpd->answers);
}

static void on_metrics(struct httpd *httpd, struct evhttp_request *request)
{
	struct buf body = {0};
	roads_look(httpd->roads);
	put_metrics(httpd, &body);
	if (httpd->ways.metrics)
		httpd->ways.metrics(httpd->ways.to, &body);
	reply(httpd, request, 200, "text/plain; version=0.0.4", &body);
	buf_release(&body);
}

/* ---- requests */

static bool digits(const char *text)
{
	size_t len = strlen(text);
	return len > 0 && len <= 9 && strspn(text, "0123456789") == len;
}

/* evhttp reads no body of these: what stands there would be the next request. */
static bool takes_body(enum evhttp_cmd_type verb)
{
	return verb != EVHTTP_REQ_HEAD && verb != EVHTTP_REQ_TRACE && verb != EVHTTP_REQ_CONNECT;
}

/* Whoever stands before us and we must see the same end of a request: one length in digits and
 * nothing else. */
static bool heads_strict(struct evhttp_request *request)
{
	const struct evkeyval *head;
	unsigned lengths = 0;
	enum evhttp_cmd_type verb = evhttp_request_get_command(request);
	bool empty = true;

	TAILQ_FOREACH(head, evhttp_request_get_input_headers(request), next)
	{
		if (strpbrk(head->key, " \t\r\n\v\f") || !*head->key ||
			strpbrk(head->value, "\r\n"))
			return false;
		if (strcasecmp(head->key, "Transfer-Encoding") == 0)
			return false;
		if (strcasecmp(head->key, "Content-Length") != 0)
			continue;
		if (++lengths > 1 || !digits(head->value))
			return false;
		empty = strspn(head->value, "0") == strlen(head->value);
	}
	return takes_body(verb) ? lengths == 1 || verb != EVHTTP_REQ_POST : empty;
}

static void on_request(struct evhttp_request *request, void *to)
{
	struct httpd *httpd = to;
	const struct evhttp_uri *uri = evhttp_request_get_evhttp_uri(request);
	const char *path = uri ? evhttp_uri_get_path(uri) : NULL;
	enum evhttp_cmd_type verb = evhttp_request_get_command(request);
	if (!heads_strict(request)) {
		httpd->refused++;
		reply_text(httpd, request, 400, "bad request\n");
		return;
	}
	if (path && verb == EVHTTP_REQ_POST && strcmp(path, "/v1/swap") == 0)
		on_swap(httpd, request);
	else if (path && verb == EVHTTP_REQ_GET && strcmp(path, "/v1/health") == 0)
		on_health(httpd, request);
	else if (path && verb == EVHTTP_REQ_GET && strcmp(path, "/metrics") == 0)
		on_metrics(httpd, request);
	else
		reply_text(httpd, request, 404, "not found\n");
}

/* ---- begin and end */

static void on_sweep(evutil_socket_t fd, short what, void *to)
{
	struct httpd *httpd = to;
	(void)fd;
	(void)what;
	if (roads_look(httpd->roads) == 0 && httpd->ending && !httpd->first)
		event_base_loopbreak(httpd->base);
}

static void on_signal(evutil_socket_t fd, short what, void *to)
{
	struct httpd *httpd = to;
	(void)fd;
	(void)what;
	if (httpd->ending)
		return;
	httpd->ending = true;
	roads_end(httpd->roads);
	on_sweep(-1, 0, httpd);
}

static size_t routes_memory(const struct httpd_ways *ways)
{
	return ways->memory ? ways->memory : SERVE_MEMORY;
}

static bool make_events(struct httpd *httpd)
{
	struct timeval often = {0, (suseconds_t)SWEEP_MS * 1000};
	httpd->base = event_base_new();
	httpd->http = httpd->base ? evhttp_new(httpd->base) : NULL;
	if (!httpd->http)
		return false;
	httpd->roads = roads_new(httpd->base, httpd->ways.connections, httpd->ways.seconds,
		routes_memory(&httpd->ways));
	httpd->group = evtimer_new(httpd->base, on_group, httpd);
	httpd->sweep = event_new(httpd->base, -1, EV_PERSIST, on_sweep, httpd);
	httpd->term = evsignal_new(httpd->base, SIGTERM, on_signal, httpd);
	httpd->interrupt = evsignal_new(httpd->base, SIGINT, on_signal, httpd);
	return httpd->roads && httpd->group && httpd->sweep && httpd->term && httpd->interrupt &&
	       event_add(httpd->sweep, &often) == 0 && event_add(httpd->term, NULL) == 0 &&
	       event_add(httpd->interrupt, NULL) == 0;
}

unsigned httpd_port(const struct httpd *httpd)
{
	struct sockaddr_storage at;
	socklen_t len = sizeof at;
	if (getsockname(evhttp_bound_socket_get_fd(httpd->bound), (struct sockaddr *)&at, &len))
		return 0;
	return ntohs(at.ss_family == AF_INET6 ? ((struct sockaddr_in6 *)&at)->sin6_port
					      : ((struct sockaddr_in *)&at)->sin_port);
}

void httpd_free(struct httpd *httpd)
{
	if (!httpd)
		return;
	struct event *events[] = {httpd->group, httpd->sweep, httpd->term, httpd->interrupt};
	if (httpd->http)
		evhttp_free(httpd->http);
	roads_free(httpd->roads);
	for (size_t i = 0; i < countof(events); i++)
		if (events[i])
			event_free(events[i]);
	if (httpd->base)
		event_base_free(httpd->base);
	free(httpd);
}

enum rc httpd_new(struct httpd **out, const struct httpd_ways *ways, struct fault *fault)
{
	struct httpd *httpd = memory_get(1, sizeof *httpd);
	unsigned char unused[sizeof(struct in6_addr)];
	httpd->ways = *ways;
	httpd->last = &httpd->first;
	httpd->ways.seconds = ways->seconds > 0 ? ways->seconds : SERVE_SECONDS;
	httpd->ways.idle = ways->idle > 0 ? ways->idle : IDLE_SECONDS;
	httpd->ways.connections = socket_room(ways->connections ? ways->connections : CONNECTIONS);
	if ((inet_pton(AF_INET, ways->address, unused) != 1 &&
		    inet_pton(AF_INET6, ways->address, unused) != 1) ||
		ways->port > 65535) {
		httpd_free(httpd);
		return fault_set(fault, RC_BAD, _("监听地址不对 \"%s\"：应为本机的 IP 地址和端口"),
			ways->address);
	}
	if (!make_events(httpd)) {
		httpd_free(httpd);
		return fault_set(fault, RC_IO, _("网络库不可用：请重新安装程序"));
	}
	/* Whatever is asked for in a way that HTTP knows gets our 404, not the library's 501. */
	evhttp_set_allowed_methods(httpd->http, EVHTTP_REQ_GET | EVHTTP_REQ_POST | EVHTTP_REQ_HEAD |
							EVHTTP_REQ_PUT | EVHTTP_REQ_DELETE |
							EVHTTP_REQ_OPTIONS | EVHTTP_REQ_TRACE |
							EVHTTP_REQ_CONNECT | EVHTTP_REQ_PATCH);
	evhttp_set_max_headers_size(httpd->http, HEADS_MOST);
	evhttp_set_max_body_size(httpd->http, SERVE_BODY);
	evhttp_set_timeout(httpd->http, httpd->ways.idle);
	evhttp_set_bevcb(httpd->http, roads_add, httpd->roads);
	evhttp_set_gencb(httpd->http, on_request, httpd);
	evhttp_set_default_content_type(httpd->http, NULL);
	httpd->bound =
		evhttp_bind_socket_with_handle(httpd->http, ways->address, (ev_uint16_t)ways->port);
	if (!httpd->bound) {
		httpd_free(httpd);
		return fault_set(fault, RC_LINK, _("不能在 \"%s:%u\" 监听：端口已被占用或不允许"),
			ways->address, ways->port);
	}
	roads_listen(httpd->roads, evhttp_bound_socket_get_listener(httpd->bound));
	socket_spare(evhttp_bound_socket_get_fd(httpd->bound));
	*out = httpd;
	return RC_OK;
}

enum rc httpd_run(struct httpd *httpd, struct fault *fault)
{
	if (event_base_dispatch(httpd->base) < 0)
		return fault_set(fault, RC_IO, _("网络库停止了工作：请重新启动"));
	return RC_OK;
}
