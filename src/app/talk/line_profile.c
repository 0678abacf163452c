/* SPDX-License-Identifier: GPL-3.0-or-later
 * What this place has to have and lacks, and the places below, in line mode.
 */
#include "app/talk.h"
#include "screens/profile_page.h"

enum line_act talk_profile(struct talk *talk)
{
	const struct actor actor = talk_actor(talk);
	struct profile_page page = {0};
	struct arena arena = {0};
	struct fault fault = {0};
	struct buf text = {0};

	if (talk_good(talk, profile_page_load(&page, &actor, &arena, &fault), &fault)) {
		profile_sum(&page.own, &text);
		line_say(&talk->line, "%s", buf_cstr(&text));
		for (unsigned n = 0; n < page.own.count; n++) {
			buf_clear(&text);
			profile_have(&page.own.rows[n], &text);
			line_say(&talk->line, "%s", buf_cstr(&text));
		}
		for (unsigned n = 0; n < page.below.count; n++) {
			buf_clear(&text);
			profile_place(&page.below.places[n], &text);
			line_say(&talk->line, "%s", buf_cstr(&text));
		}
	}
	profile_page_release(&page);
	arena_release(&arena);
	buf_release(&text);
	return LINE_OK;
}
