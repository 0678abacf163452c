/* SPDX-License-Identifier: GPL-3.0-or-later
 * The completion of bash, printed from the tables.
 */
#include <string.h>

#include "app/book/inside.h"
#include "model/kinds.h"

static void put_options(const char *usage, struct buf *out)
{
	while ((usage = strstr(usage, "--"))) {
		size_t len = 2 + strspn(usage + 2, "abcdefghijklmnopqrstuvwxyz-");
		buf_byte(out, ' ');
		buf_put(out, usage, len);
		usage += len;
	}
}

static void put_words(const struct command *command, struct buf *out)
{
	for (const char *const *word = command->words; word && *word; word++)
		buf_fmt(out, " %s", strcmp(*word, "KIND") ? *word : "$kinds");
}

void completion_print(const struct app *app, struct buf *out)
{
	buf_text(out, "# SPDX-License-Identifier: GPL-3.0-or-later\n# bash completion for outpost, "
		      "printed by `make book`\n"
		      "_outpost()\n{\n\tlocal cur=${COMP_WORDS[COMP_CWORD]} command= words= "
		      "at\n\tlocal kinds=\"");
	for (unsigned i = 0, n = 0; i < kinds_count; i++)
		if (!(kinds[i].flags & K_HIDDEN))
			buf_fmt(out, "%s%s", n++ ? " " : "", kinds[i].name);
	buf_text(out,
		"\"\n\tfor ((at = 1; at < COMP_CWORD; at++)); do\n\t\tcase ${COMP_WORDS[at]} in\n"
		"\t\t--home | --store | --config | --user | --pin-fd)\n"
		"\t\t\t# --home=DIR is three words here\n"
		"\t\t\t[ \"${COMP_WORDS[at + 1]}\" = = ] && at=$((at + 1))\n"
		"\t\t\tat=$((at + 1))\n\t\t\t;;\n\t\t-*) ;;\n"
		"\t\t*)\n\t\t\tcommand=${COMP_WORDS[at]}\n\t\t\tbreak\n\t\t\t;;"
		"\n\t\tesac\n\tdone\n\tcase $command in\n");
	for (const struct command *command = app->commands; command->name; command++) {
		buf_fmt(out, "\t%s)\n\t\twords=\"--help", command->name);
		put_options(command->usage, out);
		buf_text(out, "\"\n");
		if (command->words) {
			buf_text(out, "\t\t((COMP_CWORD == at + 1)) && words=\"$words");
			put_words(command, out);
			buf_text(out, "\"\n");
		}
		buf_text(out, "\t\t;;\n");
	}
	buf_text(out, "\t'') words=\"--home --config --user --pin-fd --help --version");
	for (const struct command *command = app->commands; command->name; command++)
		buf_fmt(out, " %s", command->name);
	buf_text(out,
		"\" ;;\n\tesac\n\tmapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$cur\")\n}\n"
		"complete -o default -F _outpost outpost\n");
}
