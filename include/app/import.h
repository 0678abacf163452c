/* SPDX-License-Identifier: GPL-3.0-or-later
 * The commands import and export.
 */
#ifndef APP_IMPORT_H
#define APP_IMPORT_H

#include "app/command.h"
#include "format/json.h"
#include "store/rows.h"

#define SOURCE_EBM "ebm" /* whose names the numbers of broadcast messages are */

struct intake;
/* What a platform says of broadcasts of this station, as steps. RC_BAD: the file says nothing of any. */
enum rc ebd_import(struct intake *in, struct bytes text, struct fault *fault) MUST_CHECK;

/* import cap|csv|json|ebd|areas FILE… [--kind KIND] [--map FILE] [--source NAME] [--prefix CODE] [--all-or-none] [--json] */
int import_run(struct app *app, int argc, char **argv);
/* export KIND|all [--csv [--labels] [--columns FILE] [--charset CODING]|--json|--geojson|--excel|--gb18030] [--area CODE]
 * [FILE] */
int export_run(struct app *app, int argc, char **argv);

/* A record as a GeoJSON feature; false when it has no coordinates, and then nothing is written. */
bool geojson_row(struct json_out *out, struct store *store, const struct row *row);
bool geojson_kind(const struct kind *kind); /* can its records have any? */
/* Where ROW lies, in millionths of a degree; false: that is not known. */
bool geojson_place(const struct row *row, int64_t *lon, int64_t *lat);
void geojson_point(struct json_out *out, int64_t lon, int64_t lat); /* the key "geometry" of an open object */

/* A warning as an alert of CAP 1.2, without the first line of a file. */
void cap_alert_out(struct store *store, const struct row *row, struct buf *out);
/* The newest MOST warnings as a feed, each with its alert. */
enum rc atom_warnings(struct store *store, unsigned most, struct buf *out, struct fault *fault) MUST_CHECK;

/* A record as `import json` takes it; ref is its full id, and so are the records that it names. */
void export_row_json(struct json_out *out, struct store *store, const struct row *row);
/* The steps that count of one record, each as a line of its own, as the import of JSON takes them. */
enum rc export_steps_json(struct json_out *out, struct store *store, struct ref ref, struct fault *fault) MUST_CHECK;

#endif
