/* SPDX-License-Identifier: GPL-3.0-or-later
 * Questions and answers through `outpost hub --stdio` at the far end of an SSH channel, with
 * libssh, which no other file knows. Several swaps on one channel, frames behind a length of 4
 * bytes, little-endian.
 *
 * libssh never blocks here: every step is tried again when the socket moves, until the deadline. A
 * session that was cut says "connected" for as long as one asks it, so the socket itself must
 * notice (TCP_USER_TIMEOUT).
 */
#include "sync/link.h"

#include <fcntl.h>
#include <libssh/libssh.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/endian.h"
#include "base/file.h"
#include "base/memory.h"
#include "base/text.h"
#include "store/peer.h"

enum { LENGTH = 4, STEP_MS = 1000, SAID = 200, KEY_FILE = 4096, CHUNK = 16 * 1024 };

struct link {
	struct link_ways ways;
	struct link_place place;
	struct link_count closed;
	ssh_session session; /* NULL: not dialled */
	ssh_channel channel;
	int fd;
};

static void hang_up(struct link *link)
{
	if (link->session) {
		socket_count(link->fd, &link->closed);
		socket_abort(link->fd);
		if (link->channel)
			ssh_channel_free(link->channel);
		ssh_disconnect(link->session);
		ssh_free(link->session);
		/* libssh closes a socket that it was given in most of its ends, not in all. */
		if (fcntl(link->fd, F_GETFD) >= 0)
			close(link->fd);
	}
	link->session = NULL;
	link->channel = NULL;
	link->fd = -1;
}

/* Waits until the session may go on; false when it is too late. Short steps, as libssh may have
 * read what we wait for already. */
static bool go_on(struct link *link, int64_t until)
{
	int64_t now = socket_now(), step = now + STEP_MS;
	short events = POLLIN;
	if (now >= until)
		return false;
	if (ssh_get_poll_flags(link->session) & SSH_WRITE_PENDING)
		events |= POLLOUT;
	socket_wait(link->fd, events, step < until ? step : until);
	return true;
}

/* What the other end complains of, on one line. */
static void take_complaint(struct link *link, struct buf *out)
{
	char said[SAID];
	int got = link->channel ? ssh_channel_read_nonblocking(link->channel, said, sizeof said, 1)
				: 0;
	buf_clear(out);
	if (got > 0 && !text_clean(said, (size_t)got, false, out))
		buf_clear(out);
}

static enum rc lost(struct link *link, struct fault *fault)
{
	struct buf said = {0};
	take_complaint(link, &said);
	if (said.len)
		trouble_is(TROUBLE_CUT, fault,
			fault_set(fault, RC_LINK, _("对方结束了连接 \"%s\"：%s"), link->place.host,
				buf_cstr(&said)));
	else
		trouble_is(TROUBLE_CUT, fault,
			fault_set(fault, RC_LINK, _("连接断了 \"%s\"：稍后会再试"),
				link->place.host));
	buf_release(&said);
	return RC_LINK;
}

static enum rc late(const struct link *link, struct fault *fault)
{
	return trouble_is(TROUBLE_MUTE, fault,
		fault_set(fault, RC_LINK, _("对方没有及时回答 \"%s\"：稍后会再试"),
			link->place.host));
}

/* ---- the host's key */

static bool key_is(ssh_key key, const char *pin)
{
	unsigned char *hash = NULL;
	char *text = NULL;
	size_t len = 0;
	bool same = false;
	if (strncmp(pin, "SHA256:", 7) == 0) {
		if (ssh_get_publickey_hash(key, SSH_PUBLICKEY_HASH_SHA256, &hash, &len) == 0)
			text = ssh_get_fingerprint_hash(SSH_PUBLICKEY_HASH_SHA256, hash, len);
		same = text && strcmp(text, pin) == 0;
	} else if (ssh_pki_export_pubkey_base64(key, &text) == SSH_OK) {
		const char *at = strncmp(pin, "ssh-ed25519 ", 12) == 0 ? pin + 12 : pin;
		len = strcspn(at, " \n");
		same = strlen(text) == len && strncmp(text, at, len) == 0;
	}
	if (hash)
		ssh_clean_pubkey_hash(&hash);
	ssh_string_free_char(text);
	return same;
}

static enum rc check_host(struct link *link, struct fault *fault)
{
	const char *pin = link->ways.host_key ? link->ways.host_key : link->place.pin;
	bool known;
	if (*pin) {
		ssh_key key = NULL;
		known = ssh_get_server_publickey(link->session, &key) == SSH_OK && key_is(key, pin);
		ssh_key_free(key);
	} else {
		known = ssh_session_is_known_server(link->session) == SSH_KNOWN_HOSTS_OK;
	}
	if (known)
		return RC_OK;
	return trouble_is(TROUBLE_KEY, fault,
		fault_set(fault, RC_DENIED, _("主机公钥不是固定的那一个 \"%s\"：请与上级核对"),
			link->place.host));
}

/* ---- login */

static bool set_options(struct link *link, const char *known_hosts)
{
	/* One name in each list: what is offered and not taken is sent all the same. */
	static const struct {
		enum ssh_options_e option;
		const char *value;
	} lean[] = {
		{SSH_OPTIONS_GLOBAL_KNOWNHOSTS, "/dev/null"},
		{SSH_OPTIONS_KEY_EXCHANGE, "curve25519-sha256"},
		{SSH_OPTIONS_HOSTKEYS, "ssh-ed25519"},
		{SSH_OPTIONS_PUBLICKEY_ACCEPTED_TYPES, "ssh-ed25519"},
		{SSH_OPTIONS_CIPHERS_C_S, "aes128-gcm@openssh.com"},
		{SSH_OPTIONS_CIPHERS_S_C, "aes128-gcm@openssh.com"},
		{SSH_OPTIONS_HMAC_C_S, "hmac-sha2-256"},
		{SSH_OPTIONS_HMAC_S_C, "hmac-sha2-256"},
		{SSH_OPTIONS_COMPRESSION_C_S, "none"},
		{SSH_OPTIONS_COMPRESSION_S_C, "none"},
	};
	ssh_session s = link->session;
	const int no = 0;
	unsigned port = *link->place.port ? (unsigned)strtoul(link->place.port, NULL, 10) : 22;
	const char *user = *link->place.user ? link->place.user : "outpost";
	for (size_t i = 0; i < countof(lean); i++)
		if (ssh_options_set(s, lean[i].option, lean[i].value) != 0)
			return false;
	return ssh_options_set(s, SSH_OPTIONS_PROCESS_CONFIG, &no) == 0 &&
	       ssh_options_set(s, SSH_OPTIONS_HOST, link->place.host) == 0 &&
	       ssh_options_set(s, SSH_OPTIONS_PORT, &port) == 0 &&
	       ssh_options_set(s, SSH_OPTIONS_USER, user) == 0 &&
	       ssh_options_set(s, SSH_OPTIONS_KNOWNHOSTS, known_hosts) == 0 &&
	       ssh_options_set(s, SSH_OPTIONS_FD, &link->fd) == 0;
}

static const char *keys_folder(const struct link *link)
{
	return link->ways.keys ? link->ways.keys : ".";
}

/* The private key that is shown first. */
static enum rc load_identity(struct link *link, struct buf *text, struct fault *fault)
{
	struct buf path = {0};
	enum rc rc = RC_OK;
	if (link->ways.identity) {
		buf_text(text, link->ways.identity);
		return RC_OK;
	}
	rc = ssh_key_file(keys_folder(link), fault);
	buf_fmt(&path, "%s/ssh", keys_folder(link));
	if (rc == RC_OK)
		rc = file_read(buf_cstr(&path), KEY_FILE, text, fault);
	buf_release(&path);
	return rc;
}

static void forget(struct buf *text)
{
	if (text->at)
		explicit_bzero(text->at, text->room);
	buf_release(text);
}

static enum rc shake_hands(struct link *link, int64_t until, struct fault *fault)
{
	int rc;
	while ((rc = ssh_connect(link->session)) == SSH_AGAIN)
		if (!go_on(link, until))
			return late(link, fault);
	if (rc != SSH_OK)
		return fault_set(fault, RC_LINK, _("SSH 连不上 \"%s\"：%s"), link->place.host,
			ssh_get_error(link->session));
	return check_host(link, fault);
}

static enum rc show(
	struct link *link, const struct buf *text, int64_t until, int *said, struct fault *fault)
{
	ssh_key key = NULL;
	struct buf copy = {0};
	buf_put(&copy, text->at, text->len);
	int made = ssh_pki_import_privkey_base64(buf_cstr(&copy), NULL, NULL, NULL, &key);
	forget(&copy);
	if (made != SSH_OK)
		return fault_set(fault, RC_BAD, _("SSH 密钥坏了 \"%s/ssh\"：删除后会重新生成"),
			keys_folder(link));
	/* Straight away: asking first what is allowed costs a round trip. */
	while ((*said = ssh_userauth_publickey(link->session, NULL, key)) == SSH_AUTH_AGAIN)
		if (!go_on(link, until))
			break;
	ssh_key_free(key);
	return RC_OK;
}

/* A site that has ended goes on under another signing key. The far end knows the old one until it
 * has heard of that, then the new one alone. */
static enum rc show_keys(struct link *link, int64_t until, int *said, struct fault *fault)
{
	struct buf text = {0}, next = {0};
	enum rc rc = load_identity(link, &text, fault);
	if (rc == RC_OK)
		rc = show(link, &text, until, said, fault);
	if (rc == RC_OK && *said == SSH_AUTH_DENIED && !link->ways.identity &&
		ssh_key_next(keys_folder(link), &text, &next)) {
		rc = show(link, &next, until, said, fault);
		if (rc == RC_OK && *said == SSH_AUTH_SUCCESS)
			(void)!ssh_key_make(keys_folder(link), NULL);
	}
	forget(&text);
	forget(&next);
	return rc;
}

static enum rc log_in(struct link *link, int64_t until, struct fault *fault)
{
	int said = SSH_AUTH_ERROR;
	enum rc rc = show_keys(link, until, &said, fault);
	if (rc != RC_OK)
		return rc;
	if (said == SSH_AUTH_SUCCESS)
		return RC_OK;
	if (said == SSH_AUTH_AGAIN)
		return late(link, fault);
	if (said == SSH_AUTH_DENIED || said == SSH_AUTH_PARTIAL)
		return trouble_is(TROUBLE_LOGIN, fault,
			fault_set(fault, RC_DENIED,
				_("对方不让登录 \"%s\"：请上级用 outpost site keys "
				  "更新登录名单，或登记本站的公钥 \"%s/ssh.pub\""),
				link->place.host, keys_folder(link)));
	return lost(link, fault);
}

static enum rc start_hub(struct link *link, int64_t until, struct fault *fault)
{
	const char *command = link->ways.command ? link->ways.command : "outpost hub --stdio";
	int rc;
	link->channel = ssh_channel_new(link->session);
	if (!link->channel)
		memory_none(0);
	while ((rc = ssh_channel_open_session(link->channel)) == SSH_AGAIN)
		if (!go_on(link, until))
			return late(link, fault);
	if (rc != SSH_OK)
		return lost(link, fault);
	while ((rc = ssh_channel_request_exec(link->channel, command)) == SSH_AGAIN)
		if (!go_on(link, until))
			return late(link, fault);
	/* A cut at this place is no refusal. */
	if (rc != SSH_OK && ssh_get_error_code(link->session) != SSH_REQUEST_DENIED)
		return lost(link, fault);
	if (rc != SSH_OK)
		return trouble_is(TROUBLE_PROGRAM, fault,
			fault_set(fault, RC_DENIED,
				_("对方不运行上级程序 \"%s\"：请检查对方的 SSH 设置"),
				link->place.host));
	return RC_OK;
}

static enum rc dial(struct link *link, int64_t until, struct fault *fault)
{
	struct buf known = {0};
	const char *port = *link->place.port ? link->place.port : "22";
	enum rc rc = socket_dial(&link->fd, link->place.host, port, &link->ways, until, fault);
	if (rc != RC_OK)
		return rc;
	socket_spare(link->fd);
	link->session = ssh_new();
	if (!link->session)
		memory_none(0);
	link->closed.opened++;
	buf_fmt(&known, "%s/known_hosts", link->ways.keys ? link->ways.keys : ".");
	bool set = set_options(link, buf_cstr(&known));
	buf_release(&known);
	ssh_set_blocking(link->session, 0);
	if (!set)
		rc = fault_set(fault, RC_IO, _("SSH 库不可用：%s"), ssh_get_error(link->session));
	if (rc == RC_OK)
		rc = shake_hands(link, until, fault);
	if (rc == RC_OK)
		rc = log_in(link, until, fault);
	if (rc == RC_OK)
		rc = start_hub(link, until, fault);
	if (rc != RC_OK)
		hang_up(link);
	return rc;
}

/* ---- frames */

static enum rc give(struct link *link, struct bytes bytes, int64_t until, struct fault *fault)
{
	while (bytes.len) {
		uint32_t most = bytes.len < CHUNK ? (uint32_t)bytes.len : CHUNK;
		int done = ssh_channel_write(link->channel, bytes.at, most);
		if (done < 0 || ssh_channel_is_eof(link->channel) ||
			ssh_channel_is_closed(link->channel))
			return lost(link, fault);
		bytes = bytes_of(bytes.at + done, bytes.len - (size_t)done);
		/* The window or the socket is full: let the other end's news in. */
		if (done == 0) {
			if (!go_on(link, until))
				return late(link, fault);
			if (ssh_channel_poll(link->channel, 0) == SSH_ERROR)
				return lost(link, fault);
		}
	}
	int rc;
	while ((rc = ssh_blocking_flush(link->session, 0)) == SSH_AGAIN)
		if (!go_on(link, until))
			return late(link, fault);
	return rc == SSH_OK ? RC_OK : lost(link, fault);
}

static enum rc take(struct link *link, uint8_t *at, size_t len, int64_t until, struct fault *fault)
{
	while (len) {
		int got = ssh_channel_read_nonblocking(link->channel, at, (uint32_t)len, 0);
		if (got < 0 && got != SSH_AGAIN)
			return lost(link, fault);
		if (got > 0) {
			at += got;
			len -= (size_t)got;
			continue;
		}
		if (ssh_channel_is_eof(link->channel) || ssh_channel_is_closed(link->channel) ||
			!ssh_is_connected(link->session))
			return lost(link, fault);
		if (!go_on(link, until))
			return late(link, fault);
	}
	return RC_OK;
}

static enum rc swap_open(
	struct link *link, struct bytes ask, struct buf *answer, int64_t until, struct fault *fault)
{
	struct buf frame = {0};
	uint8_t head[LENGTH];
	buf_low(&frame, ask.len, LENGTH);
	buf_put(&frame, ask.at, ask.len);
	enum rc rc = give(link, buf_bytes(&frame), until, fault);
	buf_release(&frame);
	if (rc == RC_OK)
		rc = take(link, head, LENGTH, until, fault);
	if (rc != RC_OK)
		return rc;
	uint32_t len = head[0] | (uint32_t)head[1] << 8 | (uint32_t)head[2] << 16 |
		       (uint32_t)head[3] << 24;
	if (len > LINK_ANSWER)
		return trouble_is(TROUBLE_STRANGE, fault,
			fault_set(fault, RC_LINK, _("对方的回答太长 \"%s\"：请检查地址"),
				link->place.host));
	return take(link, buf_grow(answer, len), len, until, fault);
}

static enum rc swap_ssh(
	struct link *link, struct bytes ask, struct buf *answer, int wait_ms, struct fault *fault)
{
	int64_t until = socket_now() + wait_ms;
	enum rc rc = RC_OK;
	buf_clear(answer);
	if (!link->session) {
		rc = dial(link, socket_now() + link->ways.wait_ms, fault);
		until = socket_now() + wait_ms;
	}
	if (rc == RC_OK)
		rc = swap_open(link, ask, answer, until, fault);
	if (rc != RC_OK) {
		/* Where in the stream we are is not known any more. */
		hang_up(link);
		buf_clear(answer);
	}
	return rc;
}

static void close_ssh(struct link *link)
{
	hang_up(link);
	free(link);
}

static enum rc open_ssh(
	struct link **out, const char *url, const struct link_ways *ways, struct fault *fault)
{
	if (!ssh_version(SSH_VERSION_INT(0, 9, 0)))
		return fault_set(fault, RC_IO, _("%s %s 太旧，要 %s 或更新的：请升级系统的这个库"),
			"libssh", ssh_version(0), "0.9");
	struct link *link = memory_get(1, sizeof *link);
	link->ways = *ways;
	link->fd = -1;
	if (!link_split(url, &link->place) ||
		(*link->place.path && strcmp(link->place.path, "/") != 0)) {
		free(link);
		return fault_set(
			fault, RC_BAD, _("地址不对 \"%s\"：应为 ssh://[用户@]主机[:端口]"), url);
	}
	enum rc rc = dial(link, socket_now() + ways->wait_ms, fault);
	if (rc != RC_OK) {
		close_ssh(link);
		return rc;
	}
	*out = link;
	return RC_OK;
}

static void count_ssh(const struct link *link, struct link_count *out)
{
	*out = link->closed;
	if (link->session)
		socket_count(link->fd, out);
}

const struct link_ops link_ssh = {"ssh", open_ssh, swap_ssh, count_ssh, close_ssh};
