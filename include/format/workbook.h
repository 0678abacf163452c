/* SPDX-License-Identifier: GPL-3.0-or-later
 * Workbooks of spreadsheets (.xlsx, .xls) as CSV, by a converter that is installed.
 */
#ifndef FORMAT_WORKBOOK_H
#define FORMAT_WORKBOOK_H

#include "base/buf.h"

bool is_workbook(struct bytes in); /* by its first bytes */
/* The first sheet of IN as CSV behind OUT; *WITH names the converter. RC_BAD: none is installed, FAULT says which would do;
 * or it failed. */
enum rc workbook_csv(struct bytes in, struct buf *out, const char **with, struct fault *fault) MUST_CHECK;

#endif
