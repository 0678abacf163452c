/* SPDX-License-Identifier: GPL-3.0-or-later
 * The characters that people use most, by language, and how often a text has them. In the codings
 * of East Asia the same bytes are hanzi, hangul or kanji; read in the wrong coding, a text becomes
 * characters that exist but are hardly ever written.
 *
 * The hanzi are those most used in general texts and those most used by this program's own words,
 * places and names; the others are the commonest of their language and of registers and addresses.
 */
#include "base/text.h"

#include <string.h>

enum { ROWS = 94, FIRST = 0xA1, LAST = 0xFE, LOOKED_AT = 1 << 18 };

/* zh: what is counted, not said */
static const struct language {
	const char *coding, *common;
} languages[] = {
	{"GB18030", "村的有不已站人水一电应点没上用后急庄在到请时号发机下米组全是险小级字镇口文区"
		    "查地大西东管安通名会所路员建行面数中写个家场记能户防新工灾条件社车对警委预要"
		    "王长明李出南天生风气化处北改本理库报来了或备坡加沟重设收信道和线段未多雨内方"
		    "这再前学回台部民里转码办山位录开桥作置火等门过资期值实县张移间动保市现话可合"
		    "存入业老看打林还先程头次进救三房事核约整交营接完清无柏四格类停害公系排成寨称"
		    "班表强签护队仓边主局与坪河避联步分检坝网同泵洞以任高消近心登塘供代离责物派隐"
		    "堡自危按只填编监专马做情向第据香色项住石塌说复障令销力演利量知定标患换街空范"
		    "就度制储广为甲平带每象屯超侧断器单旁难布巡冲红乡关油指洼钟练援列被最太袋花钥"
		    "序正土提结草牌体暴务必息包种日法及送织院施测反兵导续卫准找展它别裂庙岭认封播"
		    "另型手密限垭需金运份告子由推源二守赵流两压试产支群答案附夹室岗夜抢外沙龙峪退"
		    "连干杨周屋走示立陈式损升议国变韩卡梁况基落燃骤取降吴缝随凤选常白五规好木然域"
		    "原墙我他们也你而那得于着之年经么去如都当起其些样她但因从想军者意把十此使性又"
		    "将问很并战政美相见什己身果斯月特给世海教儿声比解真论义各几题活尔更女神总何少"
		    "才受目感计直德命克许统至形便决治科司眼书非则听却界达光放即像且权思品求死该万"
		    "拉望觉术领共确传师观今切让识候争刘黄徐孙胡朱郭罗宋郑谢唐冯董萧曹袁邓傅沈曾彭"
		    "吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏汪田姜姚谭廖邹熊陆郝孔崔康毛邱秦江史顾侯邵孟"
		    "雷钱汤尹黎易武乔贺赖龚伟芳娜敏静丽磊洋勇艳杰娟涛秀霞刚桂英华玉兰梅志春燕省楼"
		    "堤"},
	{"EUC-KR", "이다는에의을가하고지로서한기사도자리시어정대나인그라은수일해부를과있제보주장"
		   "아스여전상만조것구공원성게들선오마비소동으용무방연화경위안세신우관계국민당미"
		   "문요생단개모실내등발트드르했습니까며면야였었된될중년월때같없또군읍북울산광천"
		   "강충남길김박최윤임권황송류홍명름재난피호태풍택침붕괴확완료점검담번필"},
	{"EUC-JP", "ぁあぃいぅうぇえぉおかがきぎくぐけげこごさざしじすずせぜそぞただちぢっつづて"
		   "でとどなにぬねのはばぱひびぴふぶぷへべぺほぼぽまみむめもゃやゅゆょよらりるれ"
		   "ろゎわゐゑをんァアィイゥウェエォオカガキギクグケゲコゴサザシジスズセゼソゾタ"
		   "ダチヂッツヅテデトドナニヌネノハバパヒビピフブプヘベペホボポマミムメモャヤュ"
		   "ユョヨラリルレロヮワヰヱヲンヴヵヶー、。・日一国人年大十二本中長出三時行見月"
		   "分後前生五間上東四今金九入学高円子外八六下来気小七山話女北午百書先名川千水半"
		   "男西電校語土木聞食車何南万毎白天母火右読友左休父雨県市区町村京都道府郡丁目番"
		   "地号室会社員部課氏住所災害避難消防署警察病院役場橋河岸堤浸砂崩落状況確認対応"
		   "連絡報告担当者備考田藤佐鈴伊渡辺加吉井松林清斎阿森池石和岡谷原野島崎沢浜福秋"
		   "青岩宮城形茨栃群埼葉神奈新潟富梨岐静愛知重滋賀兵庫歌鳥取根広口徳香媛熊鹿児沖"
		   "縄建物家屋全壊損被傷死亡方不明戸世帯路通止停開設解除発令指示勧準情注意特別"},
};

/* The two bytes of each of them. */
struct pairs {
	bool at[ROWS * ROWS];
};

static bool is_pair(const uint8_t *s, size_t len)
{
	return len > 1 && s[0] >= FIRST && s[0] <= LAST && s[1] >= FIRST && s[1] <= LAST;
}

static size_t place_of(const uint8_t *s)
{
	return (size_t)(s[0] - FIRST) * ROWS + (size_t)(s[1] - FIRST);
}

/* One by one: a character that the coding lacks costs no other. */
static void pairs_of(const struct language *language, struct pairs *pairs)
{
	size_t left = strlen(language->common), step;
	uint32_t cp;
	struct buf two = {0};
	for (const char *s = language->common; (step = text_next(s, left, &cp)) != 0;
		s += step, left -= step) {
		buf_clear(&two);
		if (text_to(language->coding, s, step, &two) && two.len == 2 &&
			is_pair(two.at, two.len))
			pairs->at[place_of(two.at)] = true;
	}
	buf_release(&two);
}

unsigned text_common(const char *coding, const char *text, size_t len, size_t *all)
{
	const uint8_t *s = (const uint8_t *)text;
	struct pairs pairs = {{false}};
	size_t hits = 0;
	*all = 0;
	for (size_t i = 0; i < countof(languages); i++)
		if (strcmp(languages[i].coding, coding) == 0)
			pairs_of(&languages[i], &pairs);
	len = len < LOOKED_AT ? len : LOOKED_AT;
	for (size_t at = 0; at < len;) {
		bool pair = is_pair(s + at, len - at);
		hits += pair && pairs.at[place_of(s + at)];
		*all += s[at] >= 0x80;
		at += pair ? 2 : 1;
	}
	return *all ? (unsigned)(100 * hits / *all) : 0;
}
