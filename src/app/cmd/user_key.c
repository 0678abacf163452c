/* SPDX-License-Identifier: GPL-3.0-or-later
 * user key: the authorized_keys line of a person (sshd(8), AUTHORIZED_KEYS FILE FORMAT). The user
 * is fixed in it, `restrict` takes away whatever OpenSSH may still invent.
 */
#include "app/cmd.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/config.h"
#include "app/out.h"
#include "base/file.h"
#include "base/text.h"
#include "store/station.h"

enum { KEY_FILE_MOST = 16384, BLOB_MOST = 4096, RSA_LEAST = 2048 / 8 };

/* RFC 8709, RFC 5656, OpenSSH's PROTOCOL.u2f, RFC 8332. */
static const char *const key_types[] = {"ssh-ed25519", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384",
	"ecdsa-sha2-nistp521", "sk-ssh-ed25519@openssh.com", "sk-ecdsa-sha2-nistp256@openssh.com",
	"ssh-rsa"};

/* The next string of a key: its length in four bytes, then itself. */
static bool take_string(struct bytes *in, struct bytes *out)
{
	if (in->len < 4)
		return false;
	size_t len = (size_t)in->at[0] << 24 | (size_t)in->at[1] << 16 | (size_t)in->at[2] << 8 |
		     in->at[3];
	if (in->len - 4 < len)
		return false;
	*out = bytes_of(in->at + 4, len);
	*in = bytes_of(in->at + 4 + len, in->len - 4 - len);
	return true;
}

/* Whole strings to the end, the first is TYPE; an RSA key is a strong one: e, then n. */
static bool blob_good(struct bytes blob, const char *type)
{
	struct bytes part;
	unsigned parts = 0;
	bool rsa = strcmp(type, "ssh-rsa") == 0;
	if (!take_string(&blob, &part) || !bytes_equal(part, bytes_text(type)))
		return false;
	while (blob.len) {
		if (!take_string(&blob, &part))
			return false;
		parts++;
	}
	return rsa ? parts == 2 && part.len >= RSA_LEAST : parts >= 1;
}

/* TEXT, one line, is "TYPE BASE64 [COMMENT]"; NULL, or what is wrong. */
static const char *key_wrong(const char *text)
{
	char type[64];
	uint8_t blob[BLOB_MOST];
	size_t len = strcspn(text, " "), known = 0, size;
	if (!text[len] || len >= sizeof type)
		return _("不是一行 SSH 公钥");
	snprintf(type, sizeof type, "%.*s", (int)len, text);
	while (known < countof(key_types) && strcmp(key_types[known], type) != 0)
		known++;
	if (known == countof(key_types))
		return _("不认识的公钥类型，应是 ssh-ed25519、ecdsa-sha2-… 或 ssh-rsa");
	text += len + 1;
	if (!crypt_base64(text, strcspn(text, " "), blob, sizeof blob, &size) ||
		!blob_good(bytes_of(blob, size), type))
		return _("公钥不完整，或强度不够（RSA 至少 2048 位）");
	return NULL;
}

/* The one line of FILE, without blanks around it. */
static enum rc read_key(const char *file, struct buf *key, struct fault *fault)
{
	struct buf text = {0};
	const char *why = NULL;
	enum rc rc = file_read(file, KEY_FILE_MOST, &text, fault);
	if (!rc) {
		while (text.len && memchr(" \r\n", text.at[text.len - 1], 3))
			text.len--;
		/* Control characters, a line end and NUL among them, are no text of one line. */
		if (!text_clean((const char *)text.at, text.len, false, key) ||
			!bytes_equal(buf_bytes(key), buf_bytes(&text)))
			why = _("不是一行 SSH 公钥");
		else
			why = key_wrong(buf_cstr(key));
		if (why)
			rc = fault_set(fault, RC_BAD, "%s \"%s\"", why, file);
	}
	buf_release(&text);
	return rc;
}

/* A word for the shell that sshd hands the command to, inside sshd's own quotes. False: it holds
 * what those would read otherwise. */
static bool put_word(struct buf *out, const char *text)
{
	static const char plain[] =
		"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./+@:,=";
	bool quote = !*text;
	for (const char *at = text; *at; at++) {
		if (*at == '"' || *at == '\\' || (unsigned char)*at < 0x20 || *at == 0x7F)
			return false;
		quote |= !((unsigned char)*at & 0x80) && !strchr(plain, *at);
	}
	buf_text(out, quote ? "'" : "");
	for (; *text; text++)
		if (*text == '\'')
			buf_text(out, "'\\''");
		else
			buf_byte(out, (uint8_t)*text);
	buf_text(out, quote ? "'" : "");
	return true;
}

static enum rc put_command(
	const struct app *app, const char *name, struct buf *out, struct fault *fault)
{
	char program[PATH_MAX], home[PATH_MAX], config[PATH_MAX];
	if (!program_path(program, sizeof program) || !realpath(app->home, home))
		return fault_set(fault, RC_IO, _("找不到程序或站点文件夹的完整路径"));
	bool good = put_word(out, program);
	buf_text(out, " --home ");
	good = good && put_word(out, home);
	if (app->config[0] && realpath(app->config, config)) {
		buf_text(out, " --config ");
		good = good && put_word(out, config);
	}
	buf_text(out, " --user ");
	good = good && put_word(out, name);
	buf_text(out, " login");
	return good ? RC_OK
		    : fault_set(fault, RC_BAD,
			      _("\"%s\" 里有引号或反斜线，sshd 会读错：请给用户一个登录名（字段 "
				"\"login\"）"),
			      name);
}

int user_key(struct app *app, int argc, char **argv)
{
	struct user user;
	struct fault fault = {0};
	struct buf key = {0}, line = {0};
	if (!store_user(app->store, argv[2], &user))
		fault_set(&fault, RC_NONE, _("没有这个用户 \"%s\""), argv[2]);
	else if (user.off)
		fault_set(&fault, RC_DENIED, _("用户已停用 \"%s\""), user.name);
	else if (read_key(argc > 3 ? argv[3] : "-", &key, &fault) == RC_OK) {
		buf_text(&line, "restrict,pty,command=\"");
		if (put_command(app, argv[2], &line, &fault) == RC_OK)
			buf_fmt(&line, "\" %s\n", buf_cstr(&key));
	}
	int code = fault.rc ? app_fail(&fault) : EXIT_DONE;
	if (!code)
		out_buf(&line);
	buf_release(&key);
	buf_release(&line);
	return code;
}
