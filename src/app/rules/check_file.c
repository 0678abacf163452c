/* SPDX-License-Identifier: GPL-3.0-or-later
 * rules check: what is wrong with a file of the county's data before anybody uses it. What is in it
 * and read by nothing is wrong, too: whoever edits it would be fooled.
 */
#include <string.h>

#include "app/out.h"
#include "app/rules/cmd_rules.h"
#include "base/file.h"
#include "base/text.h"
#include "model/packs.h"
#include "model/rules.h"

enum { FILE_MOST = 4 << 20 };

/* What is wrong, a line each, into SAID; how many. */
typedef unsigned check_fn(const char *file, struct bytes text, struct buf *said);

/* A file that was read with RC, in which the rows UNREAD are no use. */
static unsigned read_as(enum rc rc, const struct fault *fault, const char *file, const char *unread,
	struct buf *said)
{
	if (rc)
		buf_fmt(said, "%s\n", fault->text);
	else if (*unread)
		buf_fmt(said, _("%s：%s 行没有哪里用\n"), file, unread);
	return rc || *unread;
}

static unsigned check_rules(const char *file, struct bytes text, struct buf *said)
{
	return rules_check(rules_now(), file, text, said);
}

static unsigned check_roles(const char *file, struct bytes text, struct buf *said)
{
	return roles_check(rules_now(), file, text, said);
}

static unsigned check_pack(const char *file, struct bytes text, struct buf *said)
{
	struct arena arena = {0};
	struct fault fault;
	struct pack pack;
	enum rc rc = pack_read(&pack, file, text, &arena, &fault);
	unsigned wrong = read_as(rc, &fault, file, pack.unread, said);

	arena_release(&arena);
	return wrong;
}

static unsigned check_checklist(const char *file, struct bytes text, struct buf *said)
{
	struct arena arena = {0};
	struct fault fault;
	struct checklist list;
	enum rc rc = checklist_read(&list, file, text, &arena, &fault);
	unsigned wrong = read_as(rc, &fault, file, list.unread, said);

	arena_release(&arena);
	return wrong;
}

static unsigned check_card(const char *file, struct bytes text, struct buf *said)
{
	struct arena arena = {0};
	struct fault fault;
	struct card card;
	enum rc rc = card_read(&card, file, text, &arena, &fault);
	unsigned wrong = read_as(rc, &fault, file, card.unread, said);

	arena_release(&arena);
	return wrong;
}

/* By the folder that a file lies in, or its name; anything else holds rules. */
static const struct {
	const char *folder, *name;
	check_fn *check;
} files[] = {
	{"packs", NULL, check_pack},
	{"checklists", NULL, check_checklist},
	{"cards", NULL, check_card},
	{NULL, "roles.conf", check_roles},
};

static bool lies_in(const char *file, const char *folder)
{
	size_t len = strlen(folder);
	const char *name = strrchr(file, '/');

	return name && (size_t)(name - file) >= len && !memcmp(name - len, folder, len) &&
	       (name - len == file || name[-(ptrdiff_t)len - 1] == '/');
}

static check_fn *check_of(const char *file)
{
	for (size_t n = 0; n < countof(files); n++)
		if (files[n].folder ? lies_in(file, files[n].folder)
				    : !strcmp(rules_name(file), files[n].name))
			return files[n].check;
	return check_rules;
}

int rules_check_file(const char *file)
{
	struct buf text = {0}, said = {0};
	struct fault fault = {0};
	enum rc rc = file_read(file, FILE_MOST, &text, &fault);
	int code = rc ? app_fail(&fault) : EXIT_DONE;

	if (!code) {
		unsigned wrong = check_of(file)(file, buf_bytes(&text), &said);

		if (wrong) {
			out_error("%s", buf_cstr(&said));
		} else {
			text_fmt(&said, _("%s：没有错\n"), file);
			out_buf(&said);
		}
		code = wrong ? EXIT_INPUT : EXIT_DONE;
	}
	buf_release(&text);
	buf_release(&said);
	return code;
}
