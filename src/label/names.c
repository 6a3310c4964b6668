/* names.c: what sets each segment apart, and a unique name made of it. */
#include "label/internal.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/parallel.h"
#include "base/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* How a feature that is high or low is said. Features of one topic tell much
 * the same, so a name uses a topic once. */
typedef struct phrase {
    const char *feature, *topic;
    const char *high[2], *low[2], *none[2]; /* en, zh; none: the segment's mean is 0 */
} phrase;

#define FREQUENCY                                                                                                      \
    {"frequent", "高频"},                                                                                              \
    {                                                                                                                  \
        "infrequent", "低频"                                                                                         \
    }
#define RHYTHM                                                                                                         \
    {"long gaps", "间隔长"},                                                                                           \
    {                                                                                                                  \
        "short gaps", "间隔短"                                                                                      \
    }
#define BASKET                                                                                                         \
    {"large baskets", "单次件数多"},                                                                                   \
    {                                                                                                                  \
        "small baskets", "单次件数少"                                                                             \
    }
#define BREADTH                                                                                                        \
    {"broad range", "品类广"},                                                                                         \
    {                                                                                                                  \
        "narrow range", "品类窄"                                                                                    \
    }
#define ENGAGED                                                                                                        \
    {"engaged", "互动多"},                                                                                             \
    {                                                                                                                  \
        "little engaged", "互动少"                                                                                  \
    }
#define SPEND                                                                                                          \
    {"high spend", "高消费"},                                                                                          \
    {                                                                                                                  \
        "low spend", "低消费"                                                                                       \
    }
#define TICKET                                                                                                         \
    {"large orders", "客单价高"},                                                                                      \
    {                                                                                                                  \
        "small orders", "客单价低"                                                                                 \
    }

static const phrase phrases[] = {
    {"recency_days", "recency", {"long silent", "久未购买"}, {"recently active", "近期购买"}, {NULL}},
    {"frequency", "frequency", FREQUENCY, {"no purchases", "未购买"}},
    {"purchase_days", "frequency", FREQUENCY, {"no purchases", "未购买"}},
    {"orders_per_month", "frequency", FREQUENCY, {"no purchases", "未购买"}},
    {"frequency_90d",
     "recency",
     {"recently frequent", "近期高频"},
     {"not lately", "近期低频"},
     {"not lately", "近期未购"}},
    {"frequency_prev_90d", "before", {"frequent last quarter", "上季高频"}, {"quiet last quarter", "上季低频"}, {NULL}},
    {"tenure_days", "tenure", {"long-standing", "老客"}, {"recently joined", "新近"}, {NULL}},
    {"gap_mean_days", "rhythm", RHYTHM, {NULL}},
    {"gap_sd_days", "regularity", {"irregular", "不规律"}, {"regular", "规律"}, {NULL}},
    {"frequency_trend", "trend", {"buying more often", "频次上升"}, {"buying less often", "频次下降"}, {NULL}},
    {"units", "volume", {"many units", "购买件数多"}, {"few units", "购买件数少"}, {NULL}},
    {"lines_per_order", "basket", BASKET, {NULL}},
    {"distinct_products", "breadth", BREADTH, {NULL}},
    {"category_entropy", "breadth", BREADTH, {NULL}},
    {"weekend_share", "week", {"weekend buyers", "周末购买"}, {"weekday buyers", "工作日购买"}, {NULL}},
    {"evening_share", "hour", {"evening buyers", "晚间购买"}, {"daytime buyers", "日间购买"}, {NULL}},
    {"night_share", "night", {"night buyers", "夜间购买"}, {"not at night", "夜间不购"}, {NULL}},
    {"return_share", "returns", {"many returns", "退货多"}, {"few returns", "退货少"}, {"no returns", "无退货"}},
    {"visits", "engagement", ENGAGED, {"no visits", "无访问"}},
    {"interactions", "engagement", ENGAGED, {"no interactions", "无互动"}},
    {"interactions_per_month", "engagement", ENGAGED, {"no interactions", "无互动"}},
    {"months_without_interaction_12m", "engagement", {"little engaged", "互动少"}, {"engaged", "互动多"}, {NULL}},
    {"session_minutes_mean", "session", {"long sessions", "浏览时间长"}, {"short sessions", "浏览时间短"}, {NULL}},
    {"page_depth_mean", "session", {"deep browsing", "浏览深"}, {"shallow browsing", "浏览浅"}, {NULL}},
    {"service_contacts",
     "service",
     {"many service contacts", "客服联系多"},
     {"few service contacts", "客服联系少"},
     {NULL}},
    {"complaints",
     "complaints",
     {"many complaints", "投诉多"},
     {"few complaints", "投诉少"},
     {"no complaints", "无投诉"}},
    {"satisfaction_mean", "satisfaction", {"satisfied", "满意度高"}, {"dissatisfied", "满意度低"}, {NULL}},
    {"nps_last", "satisfaction", {"recommending", "推荐者"}, {"not recommending", "贬损者"}, {NULL}},
    {"monetary_total", "spend", SPEND, {"no spend", "无消费"}},
    {"monetary_365d", "spend", SPEND, {"no spend", "无消费"}},
    {"margin_total", "spend", SPEND, {"no spend", "无消费"}},
    {"margin_365d", "spend", SPEND, {"no spend", "无消费"}},
    {"monetary_mean", "ticket", TICKET, {NULL}},
    {"monetary_max", "ticket", TICKET, {NULL}},
    {"monetary_trend", "trend", {"spend rising", "消费上升"}, {"spend falling", "消费下降"}, {NULL}},
    {"age_years", "age", {"older", "年长"}, {"younger", "年轻"}, {NULL}},
};

/* Below this many standard deviations a trait says nothing. */
#define LEAST_EFFECT 0.3

static double transformed(tsl_transform how, double x)
{
    return how == TSL_IDENTITY ? x : copysign(log1p(fabs(x)), x);
}

typedef struct sums {
    double raw, transformed, square;
    uint64_t known;
} sums;

/* One feature's traits in all segments; scratch has a place a segment and one for all. */
static void measure(const tsl_labels *labels, size_t f, sums *scratch, size_t place)
{
    const tsl_features *features = labels->features;
    size_t k = labels->segment_count;
    memset(scratch, 0, (k + 1) * sizeof *scratch);
    for (size_t i = 0; i < labels->customers; i++) {
        double x = features->x[i * features->feature_count + f];
        if (!isnan(x)) {
            double t = transformed(features->feature[f].transform, x);
            sums *s = &scratch[labels->segment[i] - 1], *all = &scratch[k];
            s->raw += x;
            s->transformed += t;
            s->known++;
            all->raw += x;
            all->transformed += t;
            all->square += t * t;
            all->known++;
        }
    }
    const sums *all = &scratch[k];
    double n = (double)all->known, mean = all->transformed / n, variance = all->square / n - mean * mean;
    for (size_t s = 0; s < k; s++) {
        double m = (double)scratch[s].known;
        int known = scratch[s].known > 0 && variance > 1e-12 * (1 + mean * mean);
        labels->segments[s].trait[place] = (tsl_trait){
            .feature = f,
            .mean = scratch[s].known ? scratch[s].raw / m : NAN,
            .mean_all = all->known ? all->raw / n : NAN,
            .effect =
                known ? (scratch[s].transformed - m * mean) / (sqrt(variance) * (double)labels->segments[s].size) : 0,
        };
    }
}

static int compare_traits(const void *pa, const void *pb)
{
    const tsl_trait *a = pa, *b = pb;
    double x = fabs(a->effect), y = fabs(b->effect);
    if (x != y) {
        return x > y ? -1 : 1;
    }
    return (a->feature > b->feature) - (a->feature < b->feature);
}

static tsl_status fill_traits(int threads, tsl_labels *labels, tsl_error *err)
{
    const tsl_features *features = labels->features;
    size_t count = 0, k = labels->segment_count;
    size_t *chosen = tsl__alloc(features->feature_count, sizeof *chosen);
    if (!chosen) {
        return tsl__error_nomem(err);
    }
    for (size_t f = 0; f < features->feature_count; f++) {
        if (!features->feature[f].profile && !features->feature[f].sensitive) {
            chosen[count++] = f;
        }
    }
    tsl_status status = TSL_OK;
    for (size_t s = 0; s < k && status == TSL_OK; s++) {
        labels->segments[s].trait = tsl__alloc_zero(count, sizeof(tsl_trait));
        labels->segments[s].trait_count = count;
        status = labels->segments[s].trait ? TSL_OK : TSL_E_NOMEM;
    }
    sums *scratch = tsl__alloc((size_t)threads * (k + 1), sizeof *scratch);
    status = scratch ? status : TSL_E_NOMEM;
    if (status == TSL_OK) {
        sums *next = scratch;
#pragma omp parallel num_threads(threads)
        {
            sums *own;
#pragma omp critical
            {
                own = next;
                next += k + 1;
            }
#pragma omp for schedule(dynamic, 1)
            for (size_t c = 0; c < count; c++) {
                measure(labels, chosen[c], own, c);
            }
        }
        for (size_t s = 0; s < k; s++) {
            qsort(labels->segments[s].trait, count, sizeof(tsl_trait), compare_traits);
        }
    }
    free(scratch);
    free(chosen);
    return status == TSL_OK ? TSL_OK : tsl__error_nomem(err);
}

static const phrase *phrase_of(const char *feature)
{
    for (size_t i = 0; i < sizeof phrases / sizeof phrases[0]; i++) {
        if (strcmp(phrases[i].feature, feature) == 0) {
            return &phrases[i];
        }
    }
    return NULL;
}

/* What a trait is called; its topic is the feature's own name where no phrase
 * is known for it. Appends to the text. */
static const char *put_trait(const tsl_feature *feature, const tsl_trait *trait, int zh, tsl__text *t)
{
    const phrase *p = phrase_of(feature->name);
    int high = trait->effect > 0;
    if (p) {
        int none = !high && trait->mean == 0 && p->none[0];
        tsl__text_puts(t, none ? p->none[zh] : high ? p->high[zh] : p->low[zh]);
        return p->topic;
    }
    const char *equals = strchr(feature->name, '=');
    if (feature->form == TSL_FORM_VALUE && equals) {
        tsl__text_printf(t,
                         high ? "%.*s %s"
                         : zh ? "%.*s 非 %s"
                              : "%.*s not %s",
                         (int)(equals - feature->name), feature->name, equals + 1);
    } else if (feature->form == TSL_FORM_BOOLEAN) {
        tsl__text_printf(t, "%s%s", high ? "" : zh ? "非 " : "not ", feature->name);
    } else {
        if (zh) {
            tsl__text_printf(t, "%s%s", feature->name, high ? "高" : "低");
        } else {
            tsl__text_printf(t, "%s %s", high ? "high" : "low", feature->name);
        }
    }
    return feature->name;
}

/* The name made of the first `most` topics that say something. */
static char *make_name(const tsl_labels *labels, const tsl_segment *segment, size_t most, int zh)
{
    enum { MOST = 8 };
    const char *topic[MOST];
    size_t used = 0;
    tsl__text t = {0};
    for (size_t i = 0; i < segment->trait_count && used < most && used < MOST; i++) {
        const tsl_trait *trait = &segment->trait[i];
        if (!(fabs(trait->effect) >= LEAST_EFFECT)) {
            break;
        }
        const tsl_feature *feature = &labels->features->feature[trait->feature];
        tsl__text words = {0};
        const char *about = put_trait(feature, trait, zh, &words);
        int seen = 0;
        for (size_t j = 0; j < used; j++) {
            seen = seen || strcmp(topic[j], about) == 0;
        }
        if (!seen) {
            topic[used++] = about;
            tsl__text_puts(&t, t.length == 0 ? "" : zh ? "、" : " and ");
            tsl__text_puts(&t, words.data ? words.data : "");
        }
        tsl__text_free(&words);
    }
    if (used == 0) {
        tsl__text_puts(&t, zh ? "普通客户" : "average");
    }
    char *name = tsl__text_take(&t);
    int ours = used == 0 || phrase_of(labels->features->feature[segment->trait[0].feature].name);
    if (name && ours && name[0] >= 'a' && name[0] <= 'z') {
        name[0] = (char)(name[0] - 'a' + 'A'); /* a user's own column keeps its case */
    }
    return name;
}

static int is_taken(const tsl_labels *labels, size_t s, const char *name)
{
    for (size_t i = 0; i < s; i++) {
        if (strcmp(labels->segments[i].name, name) == 0) {
            return 1;
        }
    }
    return 0;
}

/* Two traits make a name; more are added, then a number, until it is unique. */
static tsl_status name_segment(tsl_labels *labels, size_t s, int zh, tsl_error *err)
{
    tsl_segment *segment = &labels->segments[s];
    for (size_t most = 2; most <= 4; most++) {
        char *name = make_name(labels, segment, most, zh);
        if (!name) {
            return tsl__error_nomem(err);
        }
        if (!is_taken(labels, s, name)) {
            segment->name = name;
            return TSL_OK;
        }
        free(name);
    }
    char *base = make_name(labels, segment, 2, zh);
    for (int number = 2; base && !segment->name; number++) {
        char *name = tsl__format("%s %d", base, number);
        if (!name) {
            break;
        }
        if (is_taken(labels, s, name)) {
            free(name);
        } else {
            segment->name = name;
        }
    }
    free(base);
    return segment->name ? TSL_OK : tsl__error_nomem(err);
}

tsl_status tsl__names_fill(const tsl_label_options *opt, tsl_labels *labels, tsl_error *err)
{
    int threads, zh = strcmp(opt->lang, "zh") == 0;
    tsl_status status = tsl__threads_resolve(opt->threads, &threads, err);
    if (status == TSL_OK) {
        status = fill_traits(threads, labels, err);
    }
    for (size_t s = 0; s < labels->segment_count && status == TSL_OK; s++) {
        status = name_segment(labels, s, zh, err);
    }
    return status;
}
