/* SPDX-License-Identifier: GPL-3.0-or-later
 * One file from a web server, asked for only when it has changed, by libcurl.
 */
#include "sync/link.h"

#include <curl/curl.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"

#if LIBCURL_VERSION_NUM >= 0x075500 /* 7.85 */
#define SCHEMES CURLOPT_PROTOCOLS_STR
#define SCHEME(name) (name)
#else
#define SCHEMES CURLOPT_PROTOCOLS
#define SCHEME(name) (strcmp(name, "https") ? CURLPROTO_HTTP : CURLPROTO_HTTPS)
#endif

enum { HEADS = 16 * 1024, PIN_LEAST = 8, UNCHANGED = 304, GOOD = 200, CHARGE_MS = 60000 };

struct fetching {
	struct fetched *out;
	size_t most, heads;
	bool too_long;
};

static size_t on_body(char *at, size_t size, size_t n, void *to)
{
	struct fetching *fetching = to;
	size_t len = size * n;

	if (fetching->out->body.len + len > fetching->most) {
		fetching->too_long = true;
		return 0;
	}
	buf_put(&fetching->out->body, at, len);
	return len;
}

/* The value of a head NAME; what is too long or no plain text is not kept. */
static void head_take(const char *name, const char *at, size_t len, char out[FETCH_HEAD])
{
	size_t word = strlen(name), from = word;

	if (len <= word || strncasecmp(at, name, word) != 0)
		return;
	while (from < len && (at[from] == ' ' || at[from] == '\t'))
		from++;
	while (len > from && (uint8_t)at[len - 1] <= ' ')
		len--;
	out[0] = '\0';
	for (size_t i = from; i < len; i++)
		if ((uint8_t)at[i] < ' ' || (uint8_t)at[i] > '~')
			return;
	if (len - from < FETCH_HEAD)
		snprintf(out, FETCH_HEAD, "%.*s", (int)(len - from), at + from);
}

static size_t on_head(char *at, size_t size, size_t n, void *to)
{
	struct fetching *fetching = to;

	fetching->heads += size * n;
	if (fetching->heads > HEADS) {
		fetching->too_long = true;
		return 0;
	}
	head_take("ETag:", at, size * n, fetching->out->etag);
	head_take("Last-Modified:", at, size * n, fetching->out->modified);
	return size * n;
}

/* "If-None-Match: …" and "If-Modified-Since: …" of what was fetched last. */
static bool ask_if_changed(struct curl_slist **heads, const struct fetched *last)
{
	char line[FETCH_HEAD + 32];
	struct curl_slist *longer;

	if (*last->etag) {
		snprintf(line, sizeof line, "If-None-Match: %s", last->etag);
		if (!(longer = curl_slist_append(*heads, line)))
			return false;
		*heads = longer;
	}
	if (*last->modified) {
		snprintf(line, sizeof line, "If-Modified-Since: %s", last->modified);
		if (!(longer = curl_slist_append(*heads, line)))
			return false;
		*heads = longer;
	}
	return true;
}

/* The first refusal of libcurl ends it; a program that cannot set its limits must not dial. */
static bool set_options(CURL *curl, const char *url, const struct link_place *place,
	const struct fetch_ways *ways, struct fetching *fetching)
{
	CURLcode bad = CURLE_OK;

#define SET(option, value) (bad = bad ? bad : curl_easy_setopt(curl, option, value))
	SET(CURLOPT_URL, url);
	SET(SCHEMES, SCHEME(place->scheme));
	SET(CURLOPT_FOLLOWLOCATION, 0L);
	SET(CURLOPT_DISALLOW_USERNAME_IN_URL, 1L);
	SET(CURLOPT_PROXY, "");
	SET(CURLOPT_NOSIGNAL, 1L);
	SET(CURLOPT_ACCEPT_ENCODING, "");
	SET(CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	SET(CURLOPT_WRITEFUNCTION, on_body);
	SET(CURLOPT_WRITEDATA, (void *)fetching);
	SET(CURLOPT_HEADERFUNCTION, on_head);
	SET(CURLOPT_HEADERDATA, (void *)fetching);
	SET(CURLOPT_CONNECTTIMEOUT_MS, (long)LINK_SILENCE_MS);
	SET(CURLOPT_LOW_SPEED_LIMIT, 1L);
	SET(CURLOPT_LOW_SPEED_TIME, (long)(CHARGE_MS / 1000));
	if (ways->authority)
		SET(CURLOPT_CAINFO, ways->authority);
	if (*place->pin) {
		SET(CURLOPT_PINNEDPUBLICKEY, place->pin);
		SET(CURLOPT_SSL_VERIFYPEER, 0L);
		SET(CURLOPT_SSL_VERIFYHOST, 0L);
	}
#undef SET
	return !bad;
}

/* What is asked of a file is no part of a place. */
static bool split(const char *url, struct link_place *place)
{
	struct buf bare = {0};
	size_t path = strcspn(url, "?#");

	buf_put(&bare, url, path);
	buf_text(&bare, url + path + strcspn(url + path, "#"));
	bool good = link_split(buf_cstr(&bare), place);
	for (; *url; url++)
		good &= (unsigned char)*url > ' ' && *url != 0x7F;
	buf_release(&bare);
	return good;
}

static enum rc check_url(const char *url, struct link_place *place, struct fault *fault)
{
	bool https = split(url, place) && strcmp(place->scheme, "https") == 0;

	if (!https && strcmp(place->scheme, "http") != 0)
		return fault_set(
			fault, RC_BAD, _("地址不对 \"%s\"：应为 https://主机[:端口]/路径"), url);
	if (*place->pin && (!https || strncmp(place->pin, "sha256//", PIN_LEAST) != 0))
		return fault_set(fault, RC_BAD, _("固定的公钥不对 \"%s\"：应为 sha256//…"), url);
	return RC_OK;
}

static enum rc judge(
	CURL *curl, CURLcode code, struct fetching *fetching, const char *url, struct fault *fault)
{
	long status = 0;

	if (fetching->too_long)
		return fault_set(
			fault, RC_BAD, _("\"%s\" 太大：最多收 %zu 字节"), url, fetching->most);
	if (code == CURLE_SSL_PINNEDPUBKEYNOTMATCH || code == CURLE_PEER_FAILED_VERIFICATION)
		return fault_set(
			fault, RC_DENIED, _("对方的证书不可信 \"%s\"：请与发布单位核对"), url);
	if (code)
		return fault_set(
			fault, RC_LINK, _("连不上 \"%s\"：%s"), url, curl_easy_strerror(code));
	curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
	fetching->out->unchanged = status == UNCHANGED;
	if (status == GOOD || status == UNCHANGED)
		return RC_OK;
	return fault_set(fault, status == 401 || status == 403 ? RC_DENIED : RC_LINK,
		_("\"%s\" 没有给出预警：状态 %ld"), url, status);
}

enum rc fetch_file(const char *url, const struct fetch_ways *ways, const struct fetched *last,
	struct fetched *out, struct fault *fault)
{
	struct fetching fetching = {.out = out, .most = ways->most};
	struct curl_slist *heads = NULL;
	struct link_place place;
	struct buf plain = {0};
	enum rc rc = check_url(url, &place, fault);

	if (!rc)
		rc = link_curl_ready(fault);
	*out = (struct fetched){.unchanged = false};
	if (rc != RC_OK)
		return rc;
	buf_put(&plain, url, strcspn(url, "#"));
	CURL *curl = curl_easy_init();
	if (!curl || !ask_if_changed(&heads, last) ||
		!set_options(curl, buf_cstr(&plain), &place, ways, &fetching) ||
		curl_easy_setopt(curl, CURLOPT_HTTPHEADER, heads) != CURLE_OK)
		rc = fault_set(fault, RC_IO, _("网络库不可用：请重新安装程序"));
	if (rc == RC_OK)
		rc = judge(curl, curl_easy_perform(curl), &fetching, buf_cstr(&plain), fault);
	if (curl)
		curl_easy_cleanup(curl);
	curl_slist_free_all(heads);
	buf_release(&plain);
	return rc;
}

/* ---- addresses */

/* Takes "." and ".." out of the path that begins at FROM (RFC 3986, 5.2.4); what stands behind '?'
 * stays. */
static void straighten(struct buf *url, size_t from)
{
	struct buf path = {0}, rest = {0};
	const char *at = buf_cstr(url) + from;
	size_t end = strcspn(at, "?");

	buf_text(&rest, at + end);
	while (end) {
		size_t len = 1 + strcspn(at + 1, "/?"); /* "/name" */
		bool last = len == end;
		if (len == 3 && !memcmp(at, "/..", 3)) {
			while (path.len && path.at[--path.len] != '/')
				;
			buf_text(&path, last ? "/" : "");
		} else if (len == 2 && at[1] == '.') {
			buf_text(&path, last ? "/" : "");
		} else {
			buf_put(&path, at, len);
		}
		at += len;
		end -= len;
	}
	url->len = from;
	buf_put(url, path.at, path.len);
	buf_put(url, rest.at, rest.len);
	buf_release(&path);
	buf_release(&rest);
}

static bool has_scheme(const char *link)
{
	size_t len =
		strspn(link, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-.");
	return len && link[len] == ':';
}

/* libcurl resolves addresses only from 7.62 on. BASE is http:// or https://. */
static void resolve(const char *base, const char *link, struct buf *out)
{
	const char *host = strstr(base, "://") + 3, *path = host + strcspn(host, "/?");
	size_t folder = strcspn(path, "?"); /* of the path of BASE: up to its last slash */

	if (has_scheme(link)) {
		buf_text(out, link);
	} else if (!strncmp(link, "//", 2)) {
		buf_put(out, base, (size_t)(host - base) - 2);
		buf_text(out, link);
	} else {
		if (*link && *link != '?')
			while (folder && path[folder - 1] != '/')
				folder--;
		buf_put(out, base, (size_t)(path - base));
		if (*link != '/' && folder)
			buf_put(out, path, *link ? folder : strlen(path));
		else if (*link != '/')
			buf_byte(out, '/');
		buf_text(out, link);
	}
	const char *whole = buf_cstr(out), *begin = strstr(whole, "://");
	if (begin)
		straighten(out, (size_t)(begin - whole) + 3 + strcspn(begin + 3, "/?"));
}

bool fetch_join(const char *base, const char *link, char out[FETCH_URL])
{
	struct link_place place;
	struct buf from = {0}, to = {0}, whole = {0};

	buf_put(&from, base, strcspn(base, "#"));
	buf_put(&to, link, strcspn(link, "#"));
	bool good = strstr(buf_cstr(&from), "://") != NULL;
	for (size_t i = 0; i < to.len; i++)
		good &= to.at[i] > ' ' && to.at[i] != 0x7F;
	if (good) {
		resolve(buf_cstr(&from), buf_cstr(&to), &whole);
		good = whole.len < FETCH_URL && split(buf_cstr(&whole), &place) &&
		       !strncmp(place.scheme, "http", 4) && !*place.user;
	}
	if (good)
		snprintf(out, FETCH_URL, "%s", buf_cstr(&whole));
	buf_release(&from);
	buf_release(&to);
	buf_release(&whole);
	return good;
}

bool fetch_same_server(const char *url, const char *as)
{
	struct link_place here, there;

	if (!split(url, &here) || !split(as, &there) || strcmp(here.scheme, there.scheme) != 0)
		return false;
	const char *usual = strcmp(here.scheme, "https") ? "80" : "443";
	return !strcasecmp(here.host, there.host) &&
	       !strcmp(*here.port ? here.port : usual, *there.port ? there.port : usual);
}
