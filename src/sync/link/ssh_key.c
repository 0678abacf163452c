/* SPDX-License-Identifier: GPL-3.0-or-later
 * The signing key in OpenSSH's formats: RFC 8709 for the public one, OpenSSH's PROTOCOL.key for the
 * file.
 */
#include "model/op.h"
#include "sync/link.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"

enum { LINE = 70, BLOCK = 8 };

static void put_u32(struct buf *out, size_t number)
{
	for (int shift = 24; shift >= 0; shift -= 8)
		buf_byte(out, (uint8_t)(number >> shift));
}

static void put_string(struct buf *out, const void *at, size_t len)
{
	put_u32(out, len);
	buf_put(out, at, len);
}

static void put_name(struct buf *out, const char *text)
{
	put_string(out, text, strlen(text));
}

static void put_public(struct buf *out, const uint8_t sign_public[SIGN_PUBLIC])
{
	put_name(out, "ssh-ed25519");
	put_string(out, sign_public, SIGN_PUBLIC);
}

/* WIDTH 0: one line. */
static void put_base64(struct buf *out, struct bytes in, size_t width)
{
	static const char sign[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	size_t column = 0;
	for (size_t i = 0; i < in.len; i += 3) {
		size_t left = in.len - i;
		uint32_t group = (uint32_t)in.at[i] << 16 |
				 (left > 1 ? (uint32_t)in.at[i + 1] << 8 : 0) |
				 (left > 2 ? in.at[i + 2] : 0);
		for (unsigned part = 0; part < 4; part++) {
			buf_byte(out,
				part <= left ? (uint8_t)sign[group >> (18 - 6 * part) & 63] : '=');
			if (width && ++column == width) {
				buf_byte(out, '\n');
				column = 0;
			}
		}
	}
	if (width && column)
		buf_byte(out, '\n');
}

void ssh_key_line(const uint8_t sign_public[SIGN_PUBLIC], const char *comment, struct buf *out)
{
	struct buf blob = {0};
	put_public(&blob, sign_public);
	buf_text(out, "ssh-ed25519 ");
	put_base64(out, buf_bytes(&blob), 0);
	buf_fmt(out, " %s", comment);
	buf_release(&blob);
}

void ssh_key_private(const struct keys *keys, const char *comment, struct buf *out)
{
	static const char magic[] = "openssh-key-v1";
	struct buf blob = {0}, hidden = {0}, file = {0};
	put_public(&blob, keys->sign_public);
	/* Two equal numbers tell a right passphrase from a wrong one; without any they may be
	 * constant. */
	put_u32(&hidden, 0x0B5E7A11);
	put_u32(&hidden, 0x0B5E7A11);
	buf_put(&hidden, blob.at, blob.len);
	put_string(&hidden, keys->sign_secret, SIGN_SECRET);
	put_name(&hidden, comment);
	for (uint8_t pad = 1; hidden.len % BLOCK; pad++)
		buf_byte(&hidden, pad);
	buf_put(&file, magic, sizeof magic);
	put_name(&file, "none");
	put_name(&file, "none");
	put_name(&file, "");
	put_u32(&file, 1);
	put_string(&file, blob.at, blob.len);
	put_string(&file, hidden.at, hidden.len);
	buf_text(out, "-----BEGIN OPENSSH PRIVATE KEY-----\n");
	put_base64(out, buf_bytes(&file), LINE);
	buf_text(out, "-----END OPENSSH PRIVATE KEY-----\n");
	memset(hidden.at, 0, hidden.len);
	memset(file.at, 0, file.len);
	buf_release(&blob);
	buf_release(&hidden);
	buf_release(&file);
}

static void comment_of(const struct keys *keys, char comment[32])
{
	snprintf(comment, 32, "outpost-%s",
		site_hex(site_of(keys->sign_public), (char[SITE_HEX]){""}));
}

static void forget(struct buf *text)
{
	if (text->at)
		explicit_bzero(text->at, text->room);
	buf_release(text);
}

enum rc ssh_key_make(const char *folder, struct fault *fault)
{
	struct buf path = {0}, text = {0};
	struct keys keys;
	char comment[32];
	enum rc rc = keys_load(&keys, folder, fault);
	if (rc)
		return rc;
	comment_of(&keys, comment);
	buf_fmt(&path, "%s/ssh", folder);
	ssh_key_private(&keys, comment, &text);
	rc = file_write(buf_cstr(&path), buf_bytes(&text), 0600, fault);
	if (!rc) {
		buf_text(&path, ".pub");
		buf_clear(&text);
		ssh_key_line(keys.sign_public, comment, &text);
		buf_byte(&text, '\n');
		rc = file_write(buf_cstr(&path), buf_bytes(&text), 0600, fault);
	}
	explicit_bzero(&keys, sizeof keys);
	forget(&text);
	buf_release(&path);
	return rc;
}

enum rc ssh_key_file(const char *folder, struct fault *fault)
{
	struct buf path = {0};
	struct stat st;
	buf_fmt(&path, "%s/ssh", folder);
	bool there = stat(buf_cstr(&path), &st) == 0 && S_ISREG(st.st_mode);
	enum rc rc = there ? RC_OK : ssh_key_make(folder, fault);
	buf_release(&path);
	return rc;
}

bool ssh_key_next(const char *folder, const struct buf *used, struct buf *next)
{
	struct keys keys;
	char comment[32];
	if (keys_load(&keys, folder, NULL))
		return false;
	comment_of(&keys, comment);
	ssh_key_private(&keys, comment, next);
	explicit_bzero(&keys, sizeof keys);
	return !bytes_equal(buf_bytes(next), buf_bytes(used));
}
