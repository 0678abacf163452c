/* SPDX-License-Identifier: GPL-3.0-or-later
 * CAP alerts and feeds from outside: read or refused, and each alert kept or refused with a rule.
 * needs: src/format/cap/cap.c src/format/cap/cap_warning.c
 */
#include "format/cap.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct cap_file file = {0};
	struct fault fault = {0};
	if (cap_read(bytes_of(data, size), &file, &fault) == RC_OK) {
		struct arena arena = {0};
		unsigned count = 0;
		for (const struct cap_alert *alert = file.alerts; alert; alert = alert->next) {
			const struct cap_info *parts[CAP_INFOS];
			unsigned infos = cap_parts(alert, "en", parts);
			count++;
			for (unsigned n = 0; n == 0 || n < infos; n++) {
				struct cap_warning warning = {0};
				struct cap_note bad = {0};
				if (!cap_warning(alert, infos ? parts[n] : NULL, n, &arena,
					    &warning, &bad))
					assert(bad.why && *bad.why);
				else
					assert(warning.identifier && *warning.identifier);
			}
		}
		assert(count == file.count);
		arena_release(&arena);
	}
	cap_release(&file);
	return 0;
}
