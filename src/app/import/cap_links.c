/* SPDX-License-Identifier: GPL-3.0-or-later
 * The links of a feed whose entries say nothing themselves: for the program that fetches them.
 */
#include "app/intake.h"

#include "format/cap.h"

enum rc cap_links(struct bytes text, struct json_out *out, struct fault *fault)
{
	struct cap_file file;
	unsigned others = 0;
	enum rc rc = cap_read(text, &file, fault);

	if (rc == RC_OK) {
		json_open(out, '{');
		json_key(out, "links");
		json_open(out, '[');
		for (const struct cap_alert *a = file.alerts; a; a = a->next) {
			const char *updated = a->text[CAP_UPDATED];

			if (!cap_only_links(a)) {
				others++;
				continue;
			}
			json_line(out);
			json_open(out, '{');
			json_key_text(out, "url", a->link);
			json_key_text(out, "updated", updated ? updated : "");
			json_close(out, '}');
		}
		json_close(out, ']');
		json_key_num(out, "others", others);
		json_close(out, '}');
	}
	cap_release(&file);
	return rc;
}
