/* SPDX-License-Identifier: GPL-3.0-or-later
 * Questions and answers by POST, over http and https, with libcurl.
 * The heads are as short as HTTP allows; the connection stays while there is work.
 */
#include "sync/link.h"

#include <curl/curl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/memory.h"
#include "store/peer.h"

#if LIBCURL_VERSION_NUM >= 0x075500 /* 7.85 */
#define SCHEMES CURLOPT_PROTOCOLS_STR
#define SCHEME(name) (name)
#else
#define SCHEMES CURLOPT_PROTOCOLS
#define SCHEME(name) (strcmp(name, "https") ? CURLPROTO_HTTP : CURLPROTO_HTTPS)
#endif

enum { HEADS = 16 * 1024, URL_MOST = 1024, PIN_MOST = 200 };

struct link {
	CURL *curl;
	struct curl_slist *heads;
	struct link_ways ways;
	struct link_count closed; /* of connections that are gone */
	struct buf *answer;       /* of the swap that runs */
	size_t head_bytes;
	bool too_long;
	char url[URL_MOST];
};

static size_t on_body(char *at, size_t size, size_t n, void *to)
{
	struct link *link = to;
	size_t len = size * n;
	if (link->answer->len + len > LINK_ANSWER) {
		link->too_long = true;
		return 0;
	}
	buf_put(link->answer, at, len);
	return len;
}

static size_t on_head(char *at, size_t size, size_t n, void *to)
{
	struct link *link = to;
	(void)at;
	link->head_bytes += size * n;
	if (link->head_bytes > HEADS) {
		link->too_long = true;
		return 0;
	}
	return size * n;
}

static int on_socket(void *to, curl_socket_t fd, curlsocktype purpose)
{
	struct link *link = to;
	if (purpose == CURLSOCKTYPE_IPCXN) {
		socket_tune(fd, &link->ways);
		socket_spare(fd);
	}
	return CURL_SOCKOPT_OK;
}

static int on_close(void *to, curl_socket_t fd)
{
	struct link *link = to;
	/* Nothing is on its way any more, or nobody waits for it: one packet ends it, not four. */
	const struct linger at_once = {.l_onoff = 1};
	socket_count(fd, &link->closed);
	setsockopt(fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
	return close(fd);
}

/* The first refusal of libcurl ends it; a program that cannot set its limits must not dial. */
static bool set_options(struct link *link, const struct link_place *place)
{
	CURL *curl = link->curl;
	const struct link_ways *ways = &link->ways;
	const char *pin = ways->host_key ? ways->host_key : place->pin;
	CURLcode bad = CURLE_OK;
#define SET(option, value) (bad = bad ? bad : curl_easy_setopt(curl, option, value))
	SET(CURLOPT_URL, link->url);
	SET(SCHEMES, SCHEME(place->scheme));
	SET(CURLOPT_FOLLOWLOCATION, 0L);
	SET(CURLOPT_DISALLOW_USERNAME_IN_URL, 1L);
	SET(CURLOPT_PROXY, ways->proxy ? ways->proxy : "");
	SET(CURLOPT_NOSIGNAL, 1L);
	SET(CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
	SET(CURLOPT_HTTPHEADER, link->heads);
	SET(CURLOPT_POST, 1L);
	SET(CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	SET(CURLOPT_WRITEFUNCTION, on_body);
	SET(CURLOPT_WRITEDATA, (void *)link);
	SET(CURLOPT_HEADERFUNCTION, on_head);
	SET(CURLOPT_HEADERDATA, (void *)link);
	SET(CURLOPT_SOCKOPTFUNCTION, on_socket);
	SET(CURLOPT_SOCKOPTDATA, (void *)link);
	SET(CURLOPT_CLOSESOCKETFUNCTION, on_close);
	SET(CURLOPT_CLOSESOCKETDATA, (void *)link);
	if (*pin) {
		/* The pin says who it is; a village's hub has no certificate that an authority
		 * knows. */
		SET(CURLOPT_PINNEDPUBLICKEY, pin);
		SET(CURLOPT_SSL_VERIFYPEER, 0L);
		SET(CURLOPT_SSL_VERIFYHOST, 0L);
	}
#undef SET
	return !bad;
}

static void close_http(struct link *link)
{
	if (link->curl)
		curl_easy_cleanup(link->curl);
	curl_slist_free_all(link->heads);
	free(link);
}

/* A pin that is none would be taken for a file of keys. */
static bool pin_valid(const char *pin)
{
	return !*pin ||
	       (strncmp(pin, "sha256//", 8) == 0 && strlen(pin) > 8 && strlen(pin) < PIN_MOST);
}

/* Empty values: libcurl then leaves its own head out. */
static bool set_heads(struct link *link)
{
	static const char *const without[] = {"Accept:", "Content-Type:", "Expect:", "User-Agent:"};
	for (size_t i = 0; i < countof(without); i++) {
		struct curl_slist *longer = curl_slist_append(link->heads, without[i]);
		if (!longer)
			return false;
		link->heads = longer;
	}
	return true;
}

/* The URL without its pin and last slashes; *LEN is how long that is. */
static enum rc check_url(const char *url, const struct link_ways *ways, struct link_place *place,
	size_t *len, struct fault *fault)
{
	*len = strcspn(url, "#");
	while (*len && url[*len - 1] == '/')
		(*len)--;
	if (!link_split(url, place) || *len + sizeof "/v1/swap" > URL_MOST || *place->user)
		return fault_set(
			fault, RC_BAD, _("地址不对 \"%s\"：应为 http://主机[:端口][/路径]"), url);
	if (strcmp(place->scheme, "http") == 0)
		return *place->pin ? fault_set(fault, RC_BAD,
					     _("地址不对 \"%s\"：只有 https 才能固定公钥"), url)
				   : RC_OK;
	if (!pin_valid(place->pin) || (ways->host_key && !pin_valid(ways->host_key)))
		return fault_set(fault, RC_BAD, _("固定的公钥不对 \"%s\"：应为 sha256//…"), url);
	return RC_OK;
}

enum rc link_curl_ready(struct fault *fault)
{
	const curl_version_info_data *is = curl_version_info(CURLVERSION_NOW);
	if (is->version_num >= 0x073d00)
		return RC_OK;
	return fault_set(fault, RC_IO, _("%s %s 太旧，要 %s 或更新的：请升级系统的这个库"),
		"libcurl", is->version, "7.61");
}

static enum rc open_http(
	struct link **out, const char *url, const struct link_ways *ways, struct fault *fault)
{
	struct link_place place;
	size_t len;
	enum rc rc = check_url(url, ways, &place, &len, fault);
	if (!rc)
		rc = link_curl_ready(fault);
	if (rc != RC_OK)
		return rc;
	struct link *link = memory_get(1, sizeof *link);
	link->ways = *ways;
	if (strcmp(place.scheme, "http") == 0)
		link->ways.host_key = NULL;
	memcpy(link->url, url, len);
	memcpy(link->url + len, "/v1/swap", sizeof "/v1/swap");
	link->curl = curl_easy_init();
	if (!link->curl || !set_heads(link) || !set_options(link, &place)) {
		close_http(link);
		return fault_set(fault, RC_IO, _("网络库不可用：请重新安装程序"));
	}
	*out = link;
	return RC_OK;
}

static enum rc rc_of_status(long status)
{
	switch (status) {
	case 200:
		return RC_OK;
	case 401:
	case 403:
		return RC_DENIED;
	case 429:
	case 503:
		return RC_BUSY;
	default:
		return RC_LINK;
	}
}

/* libcurl takes heads that end in the middle, by a cut, for all there is. */
static bool whole(const struct link *link)
{
	curl_off_t len = -1;
	return curl_easy_getinfo(link->curl, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &len) ==
		       CURLE_OK &&
	       len >= 0 && (uint64_t)len == link->answer->len;
}

static enum trouble trouble_of_code(CURLcode code)
{
	static const struct {
		CURLcode code;
		enum trouble trouble;
	} known[] = {
		{CURLE_COULDNT_RESOLVE_HOST, TROUBLE_HOST},
		{CURLE_OPERATION_TIMEDOUT, TROUBLE_MUTE},
		{CURLE_GOT_NOTHING, TROUBLE_CUT},
		{CURLE_PARTIAL_FILE, TROUBLE_CUT},
		{CURLE_RECV_ERROR, TROUBLE_CUT},
		{CURLE_SEND_ERROR, TROUBLE_CUT},
		{CURLE_WEIRD_SERVER_REPLY, TROUBLE_STRANGE},
	};
	for (size_t i = 0; i < countof(known); i++)
		if (known[i].code == code)
			return known[i].trouble;
	return TROUBLE_LINE;
}

static enum rc judge(struct link *link, CURLcode code, struct fault *fault)
{
	long status = 0;
	if (link->too_long)
		return trouble_is(TROUBLE_STRANGE, fault,
			fault_set(
				fault, RC_LINK, _("对方的回答太长 \"%s\"：请检查地址"), link->url));
	if (code == CURLE_SSL_PINNEDPUBKEYNOTMATCH)
		return trouble_is(TROUBLE_KEY, fault,
			fault_set(fault, RC_DENIED,
				_("对方的公钥不是固定的那一个 \"%s\"：请与上级核对"), link->url));
	if (code == CURLE_PEER_FAILED_VERIFICATION)
		return trouble_is(TROUBLE_KEY, fault,
			fault_set(fault, RC_DENIED,
				_("对方的证书不可信 \"%s\"：请与上级核对，或固定其公钥"),
				link->url));
	if (code)
		return trouble_is(trouble_of_code(code), fault,
			fault_set(fault, RC_LINK, _("连不上 \"%s\"：%s"), link->url,
				curl_easy_strerror(code)));
	curl_easy_getinfo(link->curl, CURLINFO_RESPONSE_CODE, &status);
	enum rc rc = rc_of_status(status);
	if (rc == RC_OK)
		return whole(link)
			       ? RC_OK
			       : trouble_is(TROUBLE_CUT, fault,
					 fault_set(fault, RC_LINK,
						 _("回答没有收全 \"%s\"：稍后会再试"), link->url));
	if (rc == RC_BUSY)
		return trouble_is(TROUBLE_BUSY, fault,
			fault_set(fault, rc, _("上级正忙 \"%s\"：稍后会再试"), link->url));
	return trouble_is(TROUBLE_STRANGE, fault,
		fault_set(fault, rc, _("上级不接受 \"%s\"：状态 %ld，请检查地址"), link->url,
			status));
}

static bool connected(const struct link *link)
{
	curl_socket_t fd = CURL_SOCKET_BAD;
	return curl_easy_getinfo(link->curl, CURLINFO_ACTIVESOCKET, &fd) == CURLE_OK &&
	       fd != CURL_SOCKET_BAD;
}

static enum rc swap_http(
	struct link *link, struct bytes ask, struct buf *answer, int wait_ms, struct fault *fault)
{
	CURL *curl = link->curl;
	int dial_ms = link->ways.wait_ms > 0 && link->ways.wait_ms < wait_ms ? link->ways.wait_ms
									     : wait_ms;
	long made = 0;
	buf_clear(answer);
	link->answer = answer;
	link->head_bytes = 0;
	link->too_long = false;
	curl_easy_setopt(curl, CURLOPT_POSTFIELDS, ask.len ? (const char *)ask.at : "");
	curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)ask.len);
	curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, (long)wait_ms + (connected(link) ? 0 : dial_ms));
	curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, (long)dial_ms);
	CURLcode code = curl_easy_perform(curl);
	if (curl_easy_getinfo(curl, CURLINFO_NUM_CONNECTS, &made) == CURLE_OK)
		link->closed.opened += (unsigned)made;
	enum rc rc = judge(link, code, fault);
	if (rc != RC_OK)
		buf_clear(answer);
	link->answer = NULL;
	return rc;
}

static void count_http(const struct link *link, struct link_count *out)
{
	curl_socket_t fd = CURL_SOCKET_BAD;
	*out = link->closed;
	if (curl_easy_getinfo(link->curl, CURLINFO_ACTIVESOCKET, &fd) == CURLE_OK &&
		fd != CURL_SOCKET_BAD)
		socket_count(fd, out);
}

const struct link_ops link_http = {"http", open_http, swap_http, count_http, close_http};
const struct link_ops link_https = {"https", open_http, swap_http, count_http, close_http};
