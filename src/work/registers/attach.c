/* SPDX-License-Identifier: GPL-3.0-or-later
 * A file is attached to a record.
 */
#include "work/attach.h"

#include <string.h>

#include "base/file.h"
#include "base/memory.h"
#include "base/text.h"
#include "model/kinds.h"
#include "store/files.h"
#include "work/actions.h"
#include "work/writing.h"

enum { KIB = 1024 };

/* By how the bytes begin: what somebody calls a file says nothing. */
static const char *type_of(struct bytes bytes)
{
	static const struct {
		const char *type, *begin;
		size_t len;
	} begins[] = {
		{"image/jpeg", "\xff\xd8\xff", 3},
		{"image/png", "\x89PNG\r\n\x1a\n", 8},
		{"image/gif", "GIF8", 4},
		{"application/pdf", "%PDF-", 5},
		{"application/zip", "PK\x03\x04", 4}, /* also .docx and .xlsx */
		{"audio/amr", "#!AMR", 5},
	};

	for (size_t n = 0; n < countof(begins); n++)
		if (bytes.len >= begins[n].len && !memcmp(bytes.at, begins[n].begin, begins[n].len))
			return begins[n].type;
	if (bytes.len > 12 && !memcmp(bytes.at, "RIFF", 4) && !memcmp(bytes.at + 8, "WEBP", 4))
		return "image/webp";
	if (bytes.len > 8 && !memcmp(bytes.at + 4, "ftyp", 4))
		return "video/mp4";
	return "application/octet-stream";
}

/* A file goes up with its record; where the record may go down to nobody, a file's name would. */
static enum rc may_have(const struct kind *kind, struct fault *fault)
{
	if (kind->flags & (K_UP_ONLY | K_HIDDEN | K_FINAL) || kind->id == KIND_attachment)
		return fault_set(
			fault, RC_BAD, _("\"%s\" 不能带附件：这类记录只往上送"), _(kind->label));
	return RC_OK;
}

static enum rc read_file(const char *path, struct buf *bytes, struct fault *fault)
{
	enum rc rc = file_read_own(path, FILE_SIZE, bytes, fault);

	if (rc)
		return rc;
	if (!bytes->len)
		return fault_set(fault, RC_BAD, _("文件是空的 \"%s\""), path);
	if (bytes->len > file_most())
		return fault_set(fault, RC_BAD,
			_("文件 %zu KiB，超过 %llu KiB \"%s\"：先把照片压小再附"),
			bytes->len / KIB + 1, (unsigned long long)file_most() / KIB, path);
	return RC_OK;
}

static enum rc name_of(const char *path, struct buf *name, struct fault *fault)
{
	const char *slash = strrchr(path, '/'), *last = slash ? slash + 1 : path;

	if (text_clean(last, strlen(last), false, name) && name->len)
		return RC_OK;
	return fault_set(fault, RC_BAD, _("文件名读不懂 \"%s\"：先改个名"), path);
}

static void set(struct change *change, const char *name, struct value value)
{
	const char *why;

	(void)change_put(change, change_named(change, name), value, &why);
}

static enum rc write_record(const struct actor *actor, const struct attaching *attaching,
	const struct row *about, struct bytes bytes, struct ref *made, struct fault *fault)
{
	struct change change;
	struct file_id id;
	struct buf name = {0};
	char hash[FILE_HASH_TEXT + 1];
	enum rc rc = name_of(attaching->path, &name, fault);

	if (!rc)
		rc = files_keep(actor->store, bytes, &id, fault);
	if (!rc) {
		file_id_text(&id, hash);
		change_new(&change, actor, kind_of(KIND_attachment), attaching->about);
		writing_ref(&change, "about", attaching->about);
		writing_ref(&change, "whole", attaching->whole);
		set(&change, "size", value_num((int64_t)bytes.len));
		if (attaching->go)
			set(&change, "go", value_num(1));
		change.op.area = about->area;
		rc = writing_text(&change, "name", buf_cstr(&name), fault);
		if (!rc)
			rc = writing_text(&change, "hash", hash, fault);
		if (!rc)
			rc = writing_text(&change, "type", type_of(bytes), fault);
		rc = writing_end(&change, rc, made, fault);
	}
	buf_release(&name);
	return rc;
}

enum rc attach_file(const struct actor *actor, const struct attaching *attaching, struct ref *made,
	struct fault *fault)
{
	struct arena arena = {0};
	struct buf bytes = {0};
	struct row row;
	enum rc rc = store_row(actor->store, attaching->about, &arena, &row, fault);

	if (!rc)
		rc = may_have(row.kind, fault);
	if (!rc && !action_may_add(actor, kind_of(KIND_attachment)))
		rc = fault_set(fault, RC_DENIED, _("您的角色不能登记\"%s\"，请联系管理员"),
			_(kind_of(KIND_attachment)->label));
	if (!rc)
		rc = read_file(attaching->path, &bytes, fault);
	if (!rc)
		rc = write_record(actor, attaching, &row, buf_bytes(&bytes), made, fault);
	buf_release(&bytes);
	arena_release(&arena);
	return rc;
}
