/* stage_words.c: why a customer has his stage, in half a sentence. */
#include "label/internal.h"

#include "label/stages/stage_machine.h"

#include <math.h>
#include <string.h>

/* {s} silence, {l} its limit, {m} the level of risk, {g} the last gap, {t} tenure, {u} that of new customers, {n}
 * purchase days: whole numbers; {S}, {G}, {T}, {U}, {M}, {N}: with the word for days. {p}: P(alive) in percent; {d}:
 * since when he has the stage. */
static const char *const sentence[TSL_REASON_VALUE][TSL_LANGS] = {
    [TSL_REASON_NO_PURCHASE] = {"no purchase yet", "尚无购买"},
    [TSL_REASON_BOUGHT_ONCE] = {"bought once, {T} ago, new for {U}", "仅购买一次，在 {t} 天前，新客期为 {u} 天"},
    [TSL_REASON_WITHIN_GAP] = {"last purchase {S} ago, within the usual {l}", "{s} 天前购买，未超过其惯常间隔 {l} 天"},
    [TSL_REASON_REGULAR] = {"bought on {N} in {T}, last {S} ago, within the usual {l}",
                            "{t} 天内有 {n} 天购买，最近一次在 {s} 天前，未超过其惯常间隔 {l} 天"},
    [TSL_REASON_OVER_GAP] = {"{S} without a purchase, over the usual {l}", "{s} 天未购买，超过其惯常间隔 {l} 天"},
    [TSL_REASON_FAR_OVER_GAP] = {"{S} without a purchase, far over the usual {l}",
                                 "{s} 天未购买，远超其惯常间隔 {l} 天"},
    [TSL_REASON_CAME_BACK] = {"bought {S} ago after a silence of {G}", "沉默 {g} 天后，于 {s} 天前再次购买"},
    [TSL_REASON_NO_DATE] = {"when the last purchase was is not known", "最近购买时间未知"},
    [TSL_REASON_RETURNS_ONLY] = {"returns or cancelled orders only", "仅有退货或取消的订单"},
    [TSL_REASON_NO_AMOUNT] = {"only lines without an amount", "仅有金额为零的记录"},
    [TSL_REASON_ONCE_NOT_BACK] = {"bought once, {S} ago, and did not come back within {M}",
                                  "仅购买一次，已过 {s} 天，{m} 天内未再购买"},
    [TSL_REASON_ONCE_FAR_OVER] = {"bought once, {S} ago, far over the usual {l}",
                                  "仅购买一次，已过 {s} 天，远超通常间隔 {l} 天"},
    [TSL_REASON_ALIVE] = {"last purchase {S} ago, {p} % likely to be still a customer",
                          "{s} 天前购买，仍为客户的概率 {p}%"},
    [TSL_REASON_REGULAR_ALIVE] = {"bought on {N} in {T}, last {S} ago, {p} % likely to be still a customer",
                                  "{t} 天内有 {n} 天购买，最近一次在 {s} 天前，仍为客户的概率 {p}%"},
    [TSL_REASON_GONE] = {"{S} without a purchase, only {p} % likely to be still a customer",
                         "{s} 天未购买，仍为客户的概率仅 {p}%"},
    [TSL_REASON_OVER_GAP_ALIVE] = {"{S} without a purchase, over the usual {l}, {p} % likely to be still a customer",
                                   "{s} 天未购买，超过其惯常间隔 {l} 天，仍为客户的概率 {p}%"},
    [TSL_REASON_EARLY_GONE] =
        {"{S} without a purchase, within the usual {l}, but only {p} % likely to be still a customer",
         "{s} 天未购买，未超过其惯常间隔 {l} 天，但仍为客户的概率仅 {p}%"},
    [TSL_REASON_FAR_OVER_GONE] =
        {"{S} without a purchase, far over the usual {l}, only {p} % likely to be still a customer",
         "{s} 天未购买，远超其惯常间隔 {l} 天，仍为客户的概率仅 {p}%"},
    [TSL_REASON_STILL_AT_RISK] = {"{S} without a purchase, at risk since {d}", "{s} 天未购买，自 {d} 起预警"},
    [TSL_REASON_STILL_LOST] = {"{S} without a purchase, lost since {d}", "{s} 天未购买，自 {d} 起流失"},
};

/* A customer as words see him. */
typedef struct subject {
    const tsl__stage_facts *facts;
    tsl__stage_marks marks;
    double new_days;
    int32_t since;
    int alone; /* 1: P(alive) is all that he is measured by */
} subject;

int tsl__stage_is_stranger(const tsl_features *features, const tsl__stage_columns *columns, size_t customer)
{
    const size_t none = features->feature_count, lines = columns->lines;
    return lines == none || !(features->x[customer * none + lines] > 0);
}

/* Lines that made no purchase: returns, orders taken back whole, or lines that come to nothing and took nothing back.
 */
static tsl_reason find_potential(const tsl_features *features, const tsl__stage_columns *of, size_t customer)
{
    const double *x = features->x + customer * features->feature_count;
    const size_t none = features->feature_count;
    const int took_back = of->returned < none && x[of->returned] > 0;
    return tsl__stage_is_stranger(features, of, customer)        ? TSL_REASON_NO_PURCHASE
           : of->total < none && x[of->total] == 0 && !took_back ? TSL_REASON_NO_AMOUNT
                                                                 : TSL_REASON_RETURNS_ONLY;
}

/* By silence, by P(alive), or by both: what there is of the marks says it. */
static tsl_reason find_risk_words(const subject *of, int once)
{
    const tsl__stage_marks *m = &of->marks;
    const int first = m->of[0].at > m->of[0].risk, second = m->count == 2 && m->of[1].at > m->of[1].risk;
    return !first && !second ? TSL_REASON_STILL_AT_RISK
           : m->count == 2   ? (first ? TSL_REASON_OVER_GAP_ALIVE : TSL_REASON_EARLY_GONE)
           : of->alone       ? TSL_REASON_GONE
           : once            ? TSL_REASON_ONCE_NOT_BACK
                             : TSL_REASON_OVER_GAP;
}

static tsl_reason find_lost_words(const subject *of, int once)
{
    const tsl__stage_marks *m = &of->marks;
    const int all = m->of[0].at > m->of[0].lost && (m->count == 1 || m->of[1].at > m->of[1].lost);
    return !all            ? TSL_REASON_STILL_LOST
           : m->count == 2 ? TSL_REASON_FAR_OVER_GONE
           : of->alone     ? TSL_REASON_GONE
           : once          ? TSL_REASON_ONCE_FAR_OVER
                           : TSL_REASON_FAR_OVER_GAP;
}

static tsl_reason find_words(const tsl_labels *labels, const tsl__stage_columns *columns, size_t customer,
                             const subject *of)
{
    const tsl__stage_facts *f = of->facts;
    const int stage = labels->customer_stage[customer], alive = !isnan(f->alive), once = tsl__stage_is_once(f);
    switch (stage) {
    case -1:
        return TSL_REASON_NO_DATE;
    case TSL_POTENTIAL:
        return find_potential(labels->features, columns, customer);
    case TSL_ACTIVE:
        return alive ? TSL_REASON_ALIVE : (tsl_reason)stage;
    case TSL_MATURE:
        return alive ? TSL_REASON_REGULAR_ALIVE : (tsl_reason)stage;
    case TSL_AT_RISK:
        return find_risk_words(of, once);
    case TSL_LOST:
        return find_lost_words(of, once);
    default:
        return (tsl_reason)stage;
    }
}

static double find_days(char what, const subject *of)
{
    const tsl__stage_facts *f = of->facts;
    switch (what) {
    case 's':
        return f->silence;
    case 'l':
        return floor(f->limit);
    case 'm':
        return floor(of->marks.of[0].risk);
    case 'g':
        return f->gap_last;
    case 'u':
        return floor(of->new_days);
    case 'n':
        return f->gaps + 1;
    default:
        return f->tenure;
    }
}

/* A whole percent, near 0 and 100 with a tenth; never all or nothing, which no model says. */
static void put_percent(double share, tsl__text *text)
{
    const double percent = fmin(fmax(100 * share, .1), 99.9);
    tsl__text_printf(text, percent < 10 || percent >= 99 ? "%.1f" : "%.0f", percent);
}

static void put_place(char what, const subject *of, tsl__text *text)
{
    if (what == 'p') {
        put_percent(of->facts->alive, text);
        return;
    }
    if (what == 'd') {
        char day[11];
        tsl_day_write(of->since, day);
        tsl__text_puts(text, day);
        return;
    }
    const double days = find_days((char)(what | 0x20), of);
    tsl__text_double(text, days);
    tsl__text_puts(text, what & 0x20 ? "" : days == 1 ? " day" : " days");
}

tsl_reason tsl__stage_words_put(const tsl_labels *labels, const tsl__stage_columns *columns, size_t customer, int lang,
                                tsl__text *text)
{
    const tsl__stage_facts facts = tsl__stage_facts_get(labels, columns, customer);
    const subject of = {&facts, tsl__stage_get_marks(&facts, labels->policy), labels->policy->new_days,
                        labels->stage_since[customer], !tsl__stage_goes_by_silence(&facts, labels->policy)};
    const tsl_reason reason = find_words(labels, columns, customer, &of);
    for (const char *p = sentence[reason][lang]; *p; p++) {
        if (*p == '{') {
            put_place(p[1], &of, text);
            p += 2;
        } else {
            tsl__text_append(text, p, 1);
        }
    }
    return reason;
}
