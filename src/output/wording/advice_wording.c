/* advice_wording.c: what is to be done about a segment, and what not: tables by what its code says and by what is known
 * of it, of which the first row that fits counts. docs/methods/portrait.md. */
#include "output/wording/advice_wording.h"

#include <math.h>
#include <string.h>

#define RETURNS_LOW .75 /* who come back so often need no discount for it */
#define DEAR_TIMES 1.5
#define CHEAP_TIMES .5

enum {
    RETURNS = TSL__SEGMENT_RETURNS,
    BACK = TSL__SEGMENT_BACK,
    SELDOM = TSL__SEGMENT_SELDOM,
    QUIET = TSL__SEGMENT_QUIET,
    LATELY = TSL__SEGMENT_LATELY,
    DEAR = TSL__SEGMENT_DEAR,
    LESS = TSL__SEGMENT_LESS,
    CHEAP = TSL__SEGMENT_CHEAP,
    ONCE = TSL__SEGMENT_ONCE,
    NEVER = TSL__SEGMENT_NEVER
};

typedef struct advice_row {
    const char *code; /* the segment's, or what it begins with before "_"; NULL: of any */
    unsigned traits;  /* all of these hold */
    const char *texts[TSL_LANGS];
} advice_row;

#define OWN_CONTACT                                                                                                    \
    {                                                                                                                  \
        "Own contact, early access, priority orders; ask for referrals",                                               \
            "专属客户经理、新品优先、优先发货；邀请转介绍"                                       \
    }
#define ASK_WHY                                                                                                        \
    {                                                                                                                  \
        "Personal reminder at their usual interval; ask why, then offer",                                              \
            "按其惯常购买间隔做个性化提醒；先问原因，再给优惠"                                 \
    }
#define RAISE_BASKET                                                                                                   \
    {                                                                                                                  \
        "Raise the basket: related products, bundles, a free-delivery threshold",                                      \
            "提升客单价：关联推荐、组合套餐、满额包邮"                                             \
    }
#define CHEAP_WIN_BACK                                                                                                 \
    {                                                                                                                  \
        "Cheap, automatic win-back: one reminder, one offer", "低成本自动挽留：一次提醒，一次优惠"    \
    }
#define SECOND_ORDER                                                                                                   \
    {                                                                                                                  \
        "Second-order programme: welcome series, suited products, reason to return",                                   \
            "第二单计划：欢迎系列、适配商品、复购理由"                                             \
    }
#define LAST_OFFER                                                                                                        \
    {                                                                                                                     \
        "One last offer, then the great sales of the year only", "最后一次优惠，之后仅在年度大促时触达" \
    }
#define FIRST_ORDER                                                                                                    \
    {                                                                                                                  \
        "Check the records, then a first-order offer", "先核对记录，再提供首单优惠"                       \
    }

static const advice_row todos[] = {
    {"CHAMP",
     QUIET,
     {"A personal call: ask what has changed, then a personal offer", "专人致电了解变化，再给出专属方案"}},
    {"CHAMP", 0, OWN_CONTACT},
    {"LOYAL", QUIET, ASK_WHY},
    {"LOYAL",
     0,
     {"Members' privileges, first access to new goods; recommend what they have not bought yet",
      "会员权益、新品优先；推荐尚未购买的品类"}},
    {"ACTIVE_SMALL", QUIET, CHEAP_WIN_BACK},
    {"ACTIVE_SMALL", 0, RAISE_BASKET},
    {"GOOD_QUIET",
     BACK,
     {"Personal reminder once their usual interval is over, with goods that suit them",
      "超出惯常购买间隔后做个性化提醒，推荐适配商品"}},
    {"GOOD_QUIET", 0, ASK_WHY},
    {"SMALL_QUIET",
     BACK,
     {"An automatic reminder once their usual interval is over", "超出惯常购买间隔后自动提醒一次"}},
    {"SMALL_QUIET", 0, CHEAP_WIN_BACK},
    {"REPEAT",
     0,
     {"Recommend what goes with their last order; give a reason for the next",
      "按最近一单推荐关联商品，给出下次购买的理由"}},
    {"ONCE_RECENT", 0, SECOND_ORDER},
    {"ONCE_LAPSED", BACK, SECOND_ORDER},
    {"ONCE_LAPSED", 0, LAST_OFFER},
    {"ONCE", QUIET, LAST_OFFER},
    {"ONCE", 0, SECOND_ORDER},
    {"POTENTIAL", 0, FIRST_ORDER},
    {NULL, NEVER, FIRST_ORDER},
    {NULL, ONCE | LATELY, SECOND_ORDER},
    {NULL, ONCE | QUIET, LAST_OFFER},
    {NULL, DEAR | QUIET, ASK_WHY},
    {NULL, DEAR | LATELY, OWN_CONTACT},
    {NULL, CHEAP | QUIET, CHEAP_WIN_BACK},
    {NULL, LESS | LATELY, RAISE_BASKET},
};

#define NO_DISCOUNT                                                                                                    \
    {                                                                                                                  \
        "Discounts: they buy without them", "打折促销：无折扣也会购买"                                     \
    }
#define NO_MASS                                                                                                        \
    {                                                                                                                  \
        "Mass mailings in place of personal contact", "以群发代替专人联系"                                    \
    }
#define NO_WAITING                                                                                                     \
    {                                                                                                                  \
        "Waiting for the next order: their usual interval is over", "坐等下一单：已超出惯常购买间隔"    \
    }
#define NO_WRITING_OFF                                                                                                    \
    {                                                                                                                     \
        "Writing them off: more of them buy again than of all customers", "过早放弃：其回购率高于全体客户" \
    }
#define NO_GIFTS                                                                                                       \
    {                                                                                                                  \
        "Calls and costly gifts: the value does not carry them", "电话回访、贵重礼品：价值不足以支撑" \
    }
#define NO_DELAY                                                                                                       \
    {                                                                                                                  \
        "Waiting until the usual interval is over", "等到超出惯常购买间隔再联系"                          \
    }

static const advice_row avoids[] = {
    {"CHAMP", QUIET, NO_WAITING},
    {"CHAMP", RETURNS, NO_DISCOUNT},
    {"CHAMP", 0, NO_MASS},
    {"LOYAL", QUIET, NO_WAITING},
    {"LOYAL", RETURNS, NO_DISCOUNT},
    {"LOYAL", 0, NO_MASS},
    {"ACTIVE_SMALL", LESS, {"Treating them as VIP before they have grown", "尚未成长就给予VIP待遇"}},
    {"GOOD_QUIET", BACK, NO_WRITING_OFF},
    {"GOOD_QUIET", 0, {"Writing them off, or a discount before they have asked", "过早放弃，或在客户开口之前就打折"}},
    {"SMALL_QUIET", CHEAP, NO_GIFTS},
    {"SMALL_QUIET", BACK, NO_WRITING_OFF},
    {"ONCE_RECENT", 0, NO_DELAY},
    {"ONCE_LAPSED", BACK, NO_WRITING_OFF},
    {"ONCE_LAPSED", 0, {"Repeated mailings to people who do not answer", "对无回应者反复推送"}},
    {"ONCE", LATELY, NO_DELAY},
    {"POTENTIAL",
     0,
     {"Win-back messages: nothing that they bought stands in these data", "发送挽留信息：数据中没有有效购买"}},
    {NULL, ONCE | LATELY, NO_DELAY},
    {NULL, DEAR | RETURNS, NO_DISCOUNT},
    {NULL, DEAR | QUIET, NO_WAITING},
    {NULL, CHEAP | QUIET, NO_GIFTS},
};

#define ROWS(table) (sizeof(table) / sizeof *(table))

/* ---- What is known ------------------------------------------------------------------- */

const tsl_outcome_segment *tsl__segment_get_outcome(const tsl_results *results, size_t s)
{
    const tsl_next *next = results->next;
    for (int n = 0; next && n < next->k && !next->column; n++) {
        if (strcmp(next->segment[n].name, results->labels->segments[s].code) == 0 && next->segment[n].outcome.size) {
            return &next->segment[n].outcome;
        }
    }
    return NULL;
}

unsigned tsl__segment_find_traits(const tsl_results *results, size_t s)
{
    const tsl_portrait_segment *usual = &results->portrait->segment[s];
    const tsl_outcome_segment *after = tsl__segment_get_outcome(results, s);
    const double gap = results->labels->features->recipe->gap_days, all = results->portrait->value_mean;
    const double rate = results->next ? results->next->rate : (double)NAN;
    const struct {
        int holds;
        unsigned trait;
    } of[] = {
        {after && after->rate_low >= RETURNS_LOW, RETURNS},
        {after && after->rate_low > rate, BACK},
        {after && after->rate_high < rate, SELDOM},
        {gap > 0 && usual->recency_median > gap, QUIET},
        {gap > 0 && usual->recency_median <= gap, LATELY},
        {all > 0 && usual->value_mean >= DEAR_TIMES * all, DEAR},
        {all > 0 && usual->value_mean < all, LESS},
        {all > 0 && usual->value_mean < CHEAP_TIMES * all, CHEAP},
        {usual->frequency_median > 0 && usual->frequency_median <= 1, ONCE},
        {usual->frequency_median <= 0, NEVER},
    };
    unsigned traits = 0;
    for (size_t i = 0; i < ROWS(of); i++) {
        traits |= of[i].holds ? of[i].trait : 0;
    }
    return traits;
}

/* ---- The advice ---------------------------------------------------------------------- */

static int begins(const char *code, const char *with)
{
    const size_t n = strlen(with);
    return strncmp(code, with, n) == 0 && (code[n] == '\0' || code[n] == '_');
}

static void find_row(const advice_row *row, size_t count, const char *code, unsigned traits, const char **texts)
{
    size_t i = 0;
    while (i < count && ((row[i].traits & ~traits) != 0 || (row[i].code && !begins(code, row[i].code)))) {
        i++;
    }
    for (int lang = 0; lang < TSL_LANGS; lang++) {
        texts[lang] = i < count ? row[i].texts[lang] : NULL;
    }
}

/* Whether the code is one of those that "|" parts. */
static int is_listed(const char *list, const char *code)
{
    const size_t n = strlen(code);
    for (const char *at = list; at; at = strchr(at, '|') ? strchr(at, '|') + 1 : NULL) {
        if (strncmp(at, code, n) == 0 && (at[n] == '\0' || at[n] == '|')) {
            return 1;
        }
    }
    return 0;
}

/* The row of a table that somebody gave for everybody in the segment; NULL: there is none. */
static const tsl_strategy *find_strategy(const tsl_labels *labels, const char *code)
{
    for (size_t i = 0; labels->strategies && i < labels->strategies->count; i++) {
        const tsl_strategy *row = &labels->strategies->of[i];
        if (strcmp(row->tier, "*") == 0 && strcmp(row->lifecycle, "*") == 0 && is_listed(row->segment, code)) {
            return row;
        }
    }
    return NULL;
}

void tsl__advice_find(const tsl_results *results, size_t s, tsl__advice *out)
{
    const char *code = results->labels->segments[s].code;
    const tsl_strategy *row = find_strategy(results->labels, code);
    *out = (tsl__advice){.action = row ? row->action : NULL};
    if (row) {
        memcpy(out->todo, row->texts, sizeof out->todo);
        return;
    }
    const unsigned traits = tsl__segment_find_traits(results, s);
    find_row(todos, ROWS(todos), code, traits, out->todo);
    find_row(avoids, ROWS(avoids), code, traits, out->avoid);
}
