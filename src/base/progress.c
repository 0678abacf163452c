/* SPDX-License-Identifier: GPL-3.0-or-later
 * How far long work has come: from the depth where it is done to the command that shows it.
 */
#include "base/progress.h"

static progress_fn *watcher;

void progress_watch(progress_fn *fn)
{
	watcher = fn;
}

enum rc progress(const char *what, uint64_t done, uint64_t whole, struct fault *fault)
{
	if (!watcher || watcher(what, done, whole))
		return RC_OK;
	return fault_set(fault, RC_IO, "%s", _("已停下：没有做完的都没有留下"));
}
