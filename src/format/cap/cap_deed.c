/* SPDX-License-Identifier: GPL-3.0-or-later
 * A headline is cut into clauses, a clause into verbs and what each of them governs. Whether a
 * signal is lifted hangs on which verb the signal belongs to: "解除红色预警信号并发布蓝色预警信号"
 * lifts one and issues another, "发布解除红色预警信号的公告" and "红色预警信号解除" only lift.
 */
#include "format/cap_deed.h"

#include <string.h>
#include <strings.h>

enum { CLAUSE = 400, VERBS = 12 };

enum verb_kind { V_ISSUE, V_LIFT };

/* zh: what headlines say; a longer word stands before a shorter one that it begins with */
static const struct verb {
	const char *word;
	enum verb_kind kind;
} verbs[] = {
	{"解除", V_LIFT},
	{"取消", V_LIFT},
	{"撤销", V_LIFT},
	{"撤消", V_LIFT},
	{"撤除", V_LIFT},
	{"撤回", V_LIFT},
	{"废止", V_LIFT},
	{"作废", V_LIFT},
	{"终止", V_LIFT},
	{"结束", V_LIFT},
	{"停止发布", V_LIFT},
	{"失效", V_LIFT},
	{"发布", V_ISSUE},
	{"发出", V_ISSUE},
	{"签发", V_ISSUE},
	{"改发", V_ISSUE},
	{"转发", V_ISSUE},
	{"发送", V_ISSUE},
	{"升至", V_ISSUE},
	{"降至", V_ISSUE},
	{"上调", V_ISSUE},
	{"下调", V_ISSUE},
	{"继续", V_ISSUE},
	{"维持", V_ISSUE},
	{"保持", V_ISSUE},
	{"升级", V_ISSUE},
	{"升为", V_ISSUE},
	{"降级", V_ISSUE},
	{"降为", V_ISSUE},
	{"降低", V_ISSUE},
	{"变更", V_ISSUE},
	{"更新", V_ISSUE},
	{"调整", V_ISSUE},
	{"改为", V_ISSUE},
	{"转为", V_ISSUE},
};
static const char *const signals[] = {"预警", "警报", "信号", "红色", "橙色", "黄色", "蓝色"};
static const char *const levels[] = {"预警信号", "警报", "红色", "橙色", "黄色", "蓝色", "级预警"};
/* Before a verb: it has not happened, or not yet. */
static const char *const not_yet[] = {"未", "不", "没有", "预计", "将于", "拟", "待", "可能"};
/* Behind it: it is spoken of. */
static const char *const spoken_of[] = {
	"时间", "条件", "之前", "前请", "前仍", "前不", "后请", "后仍"};
static const char *const stops[] = {"，", "。", "；", "、", "！", "？", "：", ",", ";", "!", "?",
	":", "\n", "[", "(", "（", "【"};
/* What may stand behind a verb that stands behind its signal. */
static const char *const tails[] = {
	"并", "同时", "且", "公告", "通告", "通知", "消息", "信息", "了", "的", " "};
static const char of[] = "的";

static bool has_any(const char *text, const char *const *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (strstr(text, words[i]))
			return true;
	return false;
}

static bool begins(const char *text, const char *word)
{
	return strncmp(text, word, strlen(word)) == 0;
}

static bool begins_any(const char *text, const char *const *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (begins(text, words[i]))
			return true;
	return false;
}

struct part {
	const struct verb *verb;
	char *before, *governs; /* texts between the verbs */
};

/* CLAUSE is cut at its verbs; what stands before the first one is the first part's "before". */
static unsigned parts_of(char *clause, struct part parts[VERBS])
{
	unsigned count = 0;
	char *from = clause;

	for (char *at = clause; *at && count < VERBS;) {
		const struct verb *found = NULL;

		for (size_t i = 0; i < countof(verbs) && !found; i++)
			if (begins(at, verbs[i].word))
				found = &verbs[i];
		if (!found) {
			at++;
			continue;
		}
		*at = '\0';
		at += strlen(found->word);
		parts[count++] = (struct part){found, from, at};
		from = at;
	}
	return count;
}

static bool happens(const struct part *part)
{
	return !has_any(part->before, not_yet, countof(not_yet)) &&
	       !begins_any(part->governs, spoken_of, countof(spoken_of));
}

/* "发布的…预警" and "发布解除…" issue nothing. */
static bool issues(const struct part *part)
{
	return !begins(part->governs, of) && has_any(part->governs, levels, countof(levels));
}

/* "解除8时发布的红色预警信号": what was issued once is what is lifted. */
static bool lifts(const struct part *part, bool more)
{
	const struct part *next = part + 1;

	return has_any(part->governs, signals, countof(signals)) ||
	       (more && next->verb->kind == V_ISSUE && begins(next->governs, of) &&
		       has_any(next->governs, signals, countof(signals)));
}

static bool is_tail(const char *text)
{
	return !*text || begins_any(text, tails, countof(tails));
}

/* What one clause does, added to DEED (bits 1 << V_…). "预警信号解除": the verb stands behind. */
static unsigned clause_deed(char *clause)
{
	struct part parts[VERBS];
	unsigned count = parts_of(clause, parts), deed = 0;
	bool issued = false;

	for (unsigned i = 0; i < count; i++) {
		const struct part *p = &parts[i];

		if (p->verb->kind == V_ISSUE) {
			deed |= issued ? 1u << V_ISSUE : 0;
			issued = issues(p);
		} else if (!happens(p)) {
			continue;
		} else if (lifts(p, i + 1 < count)) {
			deed |= 1u << V_LIFT;
		} else if (has_any(p->before, signals, countof(signals)) && is_tail(p->governs)) {
			deed |= 1u << V_LIFT;
			issued = false;
		}
	}
	return deed | (issued ? 1u << V_ISSUE : 0);
}

static unsigned chinese(const char *headline)
{
	unsigned deed = 0;
	char clause[CLAUSE];
	size_t len = 0;

	for (const char *at = headline;; at++) {
		bool stop = !*at || len + 1 == CLAUSE || begins_any(at, stops, countof(stops));

		if (!stop) {
			clause[len++] = *at;
			continue;
		}
		clause[len] = '\0';
		deed |= clause_deed(clause);
		len = 0;
		if (!*at)
			return deed;
	}
}

static bool english(const char *headline)
{
	static const char *const over[] = {"is over", "- over", "has ended", "cancelled",
		"canceled", "cancellation", "lifted", "no longer in effect", "all clear"};
	static const char *const on[] = {
		"not ", "in place of", "replaced", "upgraded", "downgraded", "issued", "remains"};
	bool found = false;

	for (size_t i = 0; i < countof(over); i++)
		found |= strcasestr(headline, over[i]) != NULL;
	for (size_t i = 0; i < countof(on); i++)
		found &= !strcasestr(headline, on[i]);
	return found;
}

enum cap_deed cap_headline(const char *headline)
{
	unsigned deed = chinese(headline);

	if (deed & 1u << V_LIFT)
		return deed & 1u << V_ISSUE ? CAP_TURNS : CAP_LIFTS;
	if (deed & 1u << V_ISSUE)
		return CAP_ISSUES;
	return english(headline) ? CAP_LIFTS : CAP_SILENT;
}

/* AllClear beside something that people are to do says nothing. */
static bool all_clear(const char *response)
{
	static const char *const acts[] = {"Shelter", "Evacuate", "Prepare", "Execute", "Avoid"};
	/* zh: words that files use */
	static const char *const clears[] = {"AllClear", "All Clear", "解除"};
	bool clear = false;

	for (size_t i = 0; i < countof(clears); i++)
		clear |= strcasestr(response, clears[i]) != NULL;
	if (!clear)
		return false;
	for (size_t i = 0; i < countof(acts); i++)
		if (strcasestr(response, acts[i]))
			return false;
	return true;
}

static bool is_past(const char *urgency)
{
	static const char *const words[] = {"Past", "过去", "已过"}; /* zh: words that files use */
	bool is = false;

	for (size_t i = 0; i < countof(words); i++)
		is |= strcasecmp(urgency, words[i]) == 0;
	return is;
}

static const char *text_of(const struct cap_info *info, enum cap_info_text which)
{
	return info && info->text[which] ? info->text[which] : "";
}

const char *cap_msgtype(const struct cap_info *info, const char *declared, const char **why)
{
	const char *headline = text_of(info, CAP_HEADLINE);
	enum cap_deed deed = cap_headline(*headline ? headline : text_of(info, CAP_EVENT));
	bool cancels = strcmp(declared, "cancel") == 0;

	*why = NULL;
	if (deed == CAP_TURNS && cancels) {
		*why = "headline";
		return "update";
	}
	if (deed == CAP_TURNS || cancels)
		return declared;
	if (all_clear(text_of(info, CAP_RESPONSE)))
		*why = "responseType";
	else if (is_past(text_of(info, CAP_URGENCY)))
		*why = "urgency";
	else if (deed == CAP_LIFTS)
		*why = "headline";
	return *why ? "cancel" : declared;
}
