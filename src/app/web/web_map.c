/* SPDX-License-Identifier: GPL-3.0-or-later
 * The map: points of danger, open hazards and open shelters where they lie, as one path a colour,
 * and the same points as GeoJSON. There is no map below it: what a reader sees is how they lie to
 * each other.
 */
#include "web_inside.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "app/import.h"
#include "app/record.h"
#include "base/memory.h"
#include "model/area.h"
#include "model/codes.h"
#include "model/kinds.h"

/* A grid this wide puts two houses of a county of 40 km 100 m apart; dots on one place of it are
 * one. */
enum {
	WIDE = 400,
	HIGH_LEAST = 160,
	HIGH_MOST = 480,
	MARGIN = 8,
	NAMED_MOST = 24,
	DOTS_MOST = 1500
};

/* How a dot looks, and which records it is: those whose field TAG has CODE. */
static const struct look_of {
	const char *class_name;
	unsigned kind, tag;
	const char *code; /* NULL: any */
	bool named;
} looks[] = {
	{"p4", KIND_point, point_risk, "4", false},
	{"p3", KIND_point, point_risk, "3", false},
	{"p2", KIND_point, point_risk, "2", false},
	{"p1", KIND_point, point_risk, "1", false},
	{"p0", KIND_point, 0, NULL, false},
	{"s0", KIND_shelter, 0, NULL, false},
	{"h0", KIND_hazard, hazard_grade, "G", false},
	{"h1", KIND_hazard, hazard_grade, "M", true},
	{"h0", KIND_hazard, 0, NULL, false},
};

static unsigned look_of(const struct row *row)
{
	unsigned n = 0;

	for (; n < countof(looks); n++) {
		const struct value *value = looks[n].tag ? row_value(row, looks[n].tag) : NULL;

		if (looks[n].kind == row->kind->id &&
			(!looks[n].code ||
				(value && bytes_equal(value->text, bytes_text(looks[n].code)))))
			break;
	}
	return n;
}

static bool see(const struct row *row, void *to)
{
	struct web *web = to;
	struct web_dot dot = {.ref = row->ref, .look = look_of(row)};

	if (!geojson_place(row, &dot.lon, &dot.lat)) {
		web->untold++;
		return true;
	}
	assert(dot.look < countof(looks));
	dot.named = looks[dot.look].named;
	web->dots = array_more_in(
		&web->arena, web->dots, web->dot_count, &web->dot_room, sizeof *web->dots);
	web->dots[web->dot_count++] = dot;
	return true;
}

static enum rc gather(struct web *web, struct fault *fault)
{
	static const unsigned kinds_shown[] = {KIND_point, KIND_shelter, KIND_hazard};
	enum rc rc = RC_OK;

	for (size_t n = 0; n < countof(kinds_shown) && !rc; n++) {
		struct query query = query_all(kinds_shown[n]);

		query.state_flags = STATE_OPEN;
		rc = store_each(web->store, &query, see, web, fault);
	}
	return rc;
}

/* ---- from degrees to the grid */

static int by_number(const void *a, const void *b)
{
	const int64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

/* Where most of them lie: a mistyped degree must not shrink the county to a dot, so beyond fifty
 * the outer hundredths do not count, and what lies there stands on the edge. */
struct span {
	int64_t from, to;
};
static struct span span_of(struct web *web, bool north)
{
	enum { MANY = 50, OUTER = 50 };
	unsigned count = web->dot_count, cut = count > MANY ? count / OUTER + 1 : 0;
	int64_t *at = arena_get(&web->arena, count * sizeof *at);

	for (unsigned n = 0; n < count; n++)
		at[n] = north ? web->dots[n].lat : web->dots[n].lon;
	qsort(at, count, sizeof *at, by_number);
	return (struct span){at[cut], at[count - 1 - cut]};
}

static int place_on(struct span span, int64_t at, int room)
{
	int64_t wide = span.to > span.from ? span.to - span.from : 1;
	int64_t place = (at - span.from) * room / wide;

	return MARGIN + (int)(place < 0 ? 0 : place > room ? room : place);
}

/* Returns how high the map is. A degree of longitude is shorter by the cosine of the latitude. */
static int lay(struct web *web)
{
	struct span east = span_of(web, false), north = span_of(web, true);
	double middle = (double)(north.from + north.to) / 2 / DEGREE / 180 * acos(-1);
	double across = (double)(east.to - east.from) * cos(middle),
	       up = (double)(north.to - north.from);
	double ratio = across > 0 ? up / across : 1;
	int high = ratio * WIDE > HIGH_MOST    ? HIGH_MOST
		   : ratio * WIDE < HIGH_LEAST ? HIGH_LEAST
					       : (int)(ratio * WIDE);

	for (unsigned n = 0; n < web->dot_count; n++) {
		struct web_dot *dot = &web->dots[n];

		dot->x = place_on(east, dot->lon, WIDE);
		dot->y = high + 2 * MARGIN - place_on(north, dot->lat, high);
	}
	return high + 2 * MARGIN;
}

static int by_place(const void *a, const void *b)
{
	const struct web_dot *x = a, *y = b;

	if (x->look != y->look)
		return x->look < y->look ? -1 : 1;
	if (x->y != y->y)
		return x->y - y->y;
	return x->x - y->x;
}

/* One path for each look: a move and a line of no length, which has round ends. */
static unsigned put_dots(struct web *web)
{
	const struct web_dot *last = NULL;
	unsigned drawn = 0;

	for (unsigned n = 0; n < web->dot_count && drawn < DOTS_MOST; n++) {
		const struct web_dot *dot = &web->dots[n];
		bool fresh = !last || last->look != dot->look;

		if (!fresh && last->x == dot->x && last->y == dot->y)
			continue;
		if (fresh)
			buf_fmt(&web->out, "%s<path class=\"%s\" d=\"M%d %dh0", last ? "\"/>" : "",
				looks[dot->look].class_name, dot->x, dot->y);
		else
			buf_fmt(&web->out, "m%d %dh0", dot->x - last->x, dot->y - last->y);
		last = dot;
		drawn++;
	}
	web_markup(web, last ? "\"/>" : "");
	return drawn;
}

static void put_names(struct web *web)
{
	char number[32];
	unsigned named = 0;

	for (unsigned n = 0; n < web->dot_count && named < NAMED_MOST; n++) {
		const struct web_dot *dot = &web->dots[n];

		if (!dot->named)
			continue;
		store_number(web->store, dot->ref, number);
		buf_fmt(&web->out, "<text x=\"%d\" y=\"%d\"%s>", dot->x, dot->y - 5,
			dot->x > WIDE / 2 ? " text-anchor=\"end\"" : "");
		web_text(web, number);
		web_markup(web, "</text>");
		named++;
	}
}

/* The legend, with how many of each there are. */
static void put_legend(struct web *web)
{
	static const struct {
		const char *class_name, *text;
	} lines[] = {
		{"p1", N_("红色风险点")},
		{"p2", N_("橙色风险点")},
		{"p3", N_("黄色风险点")},
		{"p4", N_("蓝色风险点")},
		{"p0", N_("没有定级的风险点")},
		{"h1", N_("重大隐患（没有销号）")},
		{"h0", N_("其他隐患（没有销号）")},
		{"s0", N_("开放的避难场所")},
	};

	web_markup(web, "<ul class=\"c\">");
	for (size_t line = 0; line < countof(lines); line++) {
		unsigned count = 0;

		for (unsigned n = 0; n < web->dot_count; n++)
			count += !strcmp(
				looks[web->dots[n].look].class_name, lines[line].class_name);
		if (!count)
			continue;
		buf_fmt(&web->out,
			"<li><svg class=\"k\" viewBox=\"0 0 10 10\" aria-hidden=\"true\"><path "
			"class=\"%s\" "
			"d=\"M5 5h0\"/></svg>",
			lines[line].class_name);
		web_text(web, _(lines[line].text));
		buf_fmt(&web->out, " <b>%u</b></li>", count);
	}
	web_markup(web, "</ul>\n");
}

enum rc web_map(struct web *web, struct fault *fault)
{
	enum rc rc = gather(web, fault);

	if (rc || !web->dot_count) {
		web_element(web, "p", _("没有登记了经纬度的点"));
		return rc;
	}
	int high = lay(web);
	qsort(web->dots, web->dot_count, sizeof *web->dots, by_place);
	buf_fmt(&web->out, "<svg class=\"m\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"",
		WIDE + 2 * MARGIN, high);
	web_text(web, _("风险点、隐患和避难场所的位置，上北下南"));
	web_markup(web, "\">");
	(void)put_dots(web);
	put_names(web);
	web_markup(web, "</svg>\n");
	put_legend(web);
	if (web->untold) {
		web_markup(web, "<p>");
		web_say(web, _("%u 条记录没有坐标，不在图上"), web->untold);
		web_markup(web, "</p>\n");
	}
	return RC_OK;
}

/* ---- the same as GeoJSON */

/* Without names: number, kind, place, state and how grave it is. */
static void put_feature(struct web *web, struct json_out *out, const struct row *row)
{
	static const char *const shown[] = {"risk", "grade", "type", "category", "heads"};
	int64_t lon = 0, lat = 0;

	(void)geojson_place(row, &lon, &lat);
	json_open(out, '{');
	json_key_text(out, "type", "Feature");
	geojson_point(out, lon, lat);
	json_key(out, "properties");
	json_open(out, '{');
	record_head(out, web->store, row);
	for (size_t n = 0; n < countof(shown); n++) {
		const struct field *field = field_named(row->kind, shown[n]);
		const struct value *value = field ? row_value(row, field->tag) : NULL;

		if (!value)
			continue;
		json_key(out, field->name);
		record_value(out, web->store, field, value);
	}
	json_close(out, '}');
	json_close(out, '}');
}

enum rc web_geojson(struct web *web, struct buf *text, struct fault *fault)
{
	struct json_out out;
	enum rc rc = RC_OK;

	json_begin(&out, text);
	json_open(&out, '{');
	json_key_text(&out, "type", "FeatureCollection");
	json_key(&out, "features");
	json_open(&out, '[');
	for (unsigned n = 0; n < web->dot_count && !rc; n++) {
		struct arena arena = {0};
		struct row row;

		rc = store_row(web->store, web->dots[n].ref, &arena, &row, fault);
		json_line(&out);
		if (!rc && web->full)
			(void)geojson_row(&out, web->store, &row);
		else if (!rc)
			put_feature(web, &out, &row);
		arena_release(&arena);
	}
	json_close(&out, ']');
	json_close(&out, '}');
	buf_byte(text, '\n');
	return rc;
}
