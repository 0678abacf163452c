/* SPDX-License-Identifier: GPL-3.0-or-later
 * The page as a whole: well-formed as XML as well, so that any parser can judge it; no script,
 * nothing from elsewhere.
 */
#include "web_inside.h"

#include "base/when.h"
#include "model/area.h"
#include "screens/loading.h"

static const struct section {
	const char *id, *title;
	enum rc (*put)(struct web *web, struct fault *fault);
} sections[] = {
	{"today", N_("现在要办"), web_today},
	{"warnings", N_("生效预警"), web_warnings},
	{"losses", N_("各处灾情"), web_losses},
	{"silent", N_("没有消息"), web_silent},
	{"hazards", N_("隐患情况"), web_hazards},
	{"shelters", N_("避难场所"), web_shelters},
	{"stock", N_("物资缺额"), web_stock},
	{"drills", N_("演练和指标"), web_drills},
	{"map", N_("位置图"), web_map},
};

/* Colours have a contrast of 4.5 and more on both grounds. */
static const char style[] =
	":root{color-scheme:light dark;--b:#fff;--f:#1a1a1a;--l:#bbb;--r:#a8071a;--o:#964300;"
	"--y:#6b5900;--u:#0b4fb3;--g:#146c2e}"
	"@media screen and "
	"(prefers-color-scheme:dark){:root{--b:#15171a;--f:#e6e6e6;--l:#555;--r:#ff9187;"
	"--o:#ffb066;--y:#f0d060;--u:#8ab4f8;--g:#81d895}}"
	"body{margin:0 auto;max-width:64rem;padding:0 .75rem 2rem;background:var(--b);"
	"color:var(--f);font:1rem/1.5 sans-serif}"
	"h1{font-size:1.4rem;margin:.5rem 0 0}h2{font-size:1.15rem;margin:1.5rem 0 .25rem;"
	"border-bottom:2px solid var(--l)}h3{font-size:1rem;margin:.75rem 0 0}p,ul{margin:.25rem 0}"
	"a{color:var(--u)}nav a,.c li{display:inline-block;margin:0 .75rem 0 0;padding:.25rem 0}"
	".c{padding:0;list-style:none}.k{font-weight:bold}.v{word-break:keep-all}"
	".v b{margin-left:.25rem}summary{cursor:pointer;font-weight:bold;padding:.25rem 0}"
	".s{overflow-x:auto}table{border-collapse:collapse;margin:.25rem 0}"
	"th,td{border:1px solid var(--l);padding:.1rem .4rem;text-align:left;white-space:nowrap}"
	".n{text-align:right;font-variant-numeric:tabular-nums}"
	".r1{color:var(--r)}.r2{color:var(--o)}.r3{color:var(--y)}.r4{color:var(--u)}"
	"svg{stroke-linecap:round;stroke-width:5;fill:none}svg.k{width:1em;height:1em;"
	"vertical-align:-.1em;stroke-width:10}.m{width:100%;max-width:50rem;border:1px solid "
	"var(--l)}.m text{fill:var(--f);font-size:9px}.p0{stroke:var(--l)}.p1{stroke:var(--r)}"
	".p2{stroke:var(--o)}.p3{stroke:var(--y)}.p4{stroke:var(--u)}.s0{stroke:var(--g)}"
	".h0{stroke:var(--f);stroke-width:3}.h1{stroke:var(--r);stroke-width:9}"
	"@media print{nav,.f{display:none}body{max-width:none;padding:0;font-size:10pt}"
	".s{overflow:visible}th,td{padding:0 .2rem;white-space:normal;word-break:keep-all}"
	"h2,h3{break-after:avoid}"
	"table,.m{break-inside:avoid}details::details-content{content-visibility:visible}}"
	"@page{size:A4;margin:15mm}";

static void put_title(struct web *web)
{
	struct buf place = {0};

	area_title(store_area(web->store), &place);
	web_say(web, _("%s 应急情况"), buf_cstr(&place));
	buf_release(&place);
}

static void put_head(struct web *web)
{
	web_markup(web, "<!DOCTYPE html>\n<html xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"");
	web_markup(web, words_english() ? "en" : "zh-CN");
	web_markup(web, "\"><head><meta charset=\"utf-8\"/><meta name=\"viewport\" "
			"content=\"width=device-width\"/><meta name=\"generator\" content=\"");
	web_markup(web, web->full ? "outpost page --full" : "outpost page");
	web_markup(web, "\"/><meta name=\"robots\" content=\"noindex\"/><title>");
	put_title(web);
	web_markup(web, "</title><link rel=\"alternate\" type=\"application/atom+xml\" "
			"href=\"warnings.atom\"/><style>");
	web_markup(web, style);
	web_markup(web, "</style></head><body><header><h1>");
	put_title(web);
	web_markup(web, "</h1><p>");
}

static void put_stamp(struct web *web)
{
	char time[WHEN_TEXT];

	when_show(web->world.around.now, time);
	web_text(web, _("数据截至 "));
	web->stamp = web->out.len;
	buf_fmt(&web->out, "%-*.*s", WEB_STAMP, WEB_STAMP, time);
	web_text(web, _("，此后没有变化就不重写；"));
	web_markup(web, "<a href=\"" WEB_CHECKED "\">");
	web_text(web, _("最近核对的时间"));
	web_markup(web, "</a>");
	web_text(web, web->full ? _("；含姓名和电话，只给值班人员") : _("；姓名和电话已隐去"));
	web_markup(web, "</p></header>\n");
}

/* After joining, registers come for hours: numbers of half a register are not those of the place.
 */
static void put_loading(struct web *web)
{
	struct buf text = {0};

	if (loading_some(web->store, LOADING_ALL, &text)) {
		web_markup(web, "<p class=\"k r1\">");
		web_say(web, _("%s，下面的数不全"), buf_cstr(&text));
		web_markup(web, "</p>\n");
	}
	buf_release(&text);
}

static void put_nav(struct web *web)
{
	web_markup(web, "<nav>");
	for (size_t n = 0; n < countof(sections); n++) {
		buf_fmt(&web->out, "<a href=\"#%s\">", sections[n].id);
		web_text(web, _(sections[n].title));
		web_markup(web, "</a>\n");
	}
	web_markup(web, "</nav><main>\n");
}

static void put_foot(struct web *web)
{
	web_markup(web, "</main><footer class=\"f\"><p><a href=\"warnings.atom\">");
	web_text(web, _("预警订阅源"));
	web_markup(web, "</a> <a href=\"map.geojson\">GeoJSON</a></p></footer></body></html>\n");
}

enum rc web_compose(struct web *web, struct fault *fault)
{
	enum rc rc = RC_OK;

	put_head(web);
	put_stamp(web);
	put_loading(web);
	put_nav(web);
	for (size_t n = 0; n < countof(sections) && !rc; n++) {
		buf_fmt(&web->out, "<section id=\"%s\"><h2>", sections[n].id);
		web_text(web, _(sections[n].title));
		web_markup(web, "</h2>\n");
		rc = sections[n].put(web, fault);
		web_markup(web, "</section>\n");
	}
	put_foot(web);
	return rc;
}
