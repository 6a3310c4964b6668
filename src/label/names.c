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
    int buying;                   /* says nothing about someone who never bought */
    const char *high[2], *low[2]; /* en, zh */
} phrase;

/* clang-format off */
static const phrase phrases[] = {
    {"recency_days", "recency", 1, {"long silent", "久未购买"}, {"recently active", "近期购买"}},
    {"frequency", "frequency", 1, {"frequent", "高频"}, {"infrequent", "低频"}},
    {"purchase_days", "frequency", 1, {"frequent", "高频"}, {"infrequent", "低频"}},
    {"orders_per_month", "frequency", 1, {"frequent", "高频"}, {"infrequent", "低频"}},
    {"frequency_90d", "recency", 1, {"recently frequent", "近期高频"}, {"not lately", "近期低频"}},
    {"frequency_prev_90d", "frequency", 1, {"frequent last quarter", "上季高频"}, {"quiet last quarter", "上季低频"}},
    {"tenure_days", "tenure", 1, {"long-standing", "老客"}, {"recently joined", "新近"}},
    {"gap_mean_days", "rhythm", 1, {"long gaps", "间隔长"}, {"short gaps", "间隔短"}},
    {"gap_sd_days", "regularity", 1, {"irregular", "不规律"}, {"regular", "规律"}},
    {"frequency_trend", "trend", 1, {"buying more often", "频次上升"}, {"buying less often", "频次下降"}},
    {"units", "volume", 1, {"many units", "购买件数多"}, {"few units", "购买件数少"}},
    {"lines_per_order", "basket", 1, {"large baskets", "单次件数多"}, {"small baskets", "单次件数少"}},
    {"distinct_products", "breadth", 1, {"broad range", "品类广"}, {"narrow range", "品类窄"}},
    {"category_entropy", "breadth", 1, {"broad range", "品类广"}, {"narrow range", "品类窄"}},
    {"weekend_share", "week", 1, {"weekend buyers", "周末购买"}, {"weekday buyers", "工作日购买"}},
    {"evening_share", "hour", 1, {"evening buyers", "晚间购买"}, {"daytime buyers", "日间购买"}},
    {"night_share", "night", 1, {"night buyers", "夜间购买"}, {"not at night", "夜间不购"}},
    {"return_share", "returns", 1, {"many returns", "退货多"}, {"few returns", "退货少"}},
    {"monetary_total", "spend", 1, {"high spend", "高消费"}, {"low spend", "低消费"}},
    {"monetary_365d", "spend", 1, {"high spend", "高消费"}, {"low spend", "低消费"}},
    {"margin_total", "spend", 1, {"high spend", "高消费"}, {"low spend", "低消费"}},
    {"margin_365d", "spend", 1, {"high spend", "高消费"}, {"low spend", "低消费"}},
    {"monetary_mean", "ticket", 1, {"large orders", "客单价高"}, {"small orders", "客单价低"}},
    {"monetary_max", "ticket", 1, {"large orders", "客单价高"}, {"small orders", "客单价低"}},
    {"monetary_trend", "trend", 1, {"spend rising", "消费上升"}, {"spend falling", "消费下降"}},
    {"visits", "engagement", 0, {"engaged", "互动多"}, {"little engaged", "互动少"}},
    {"interactions", "engagement", 0, {"engaged", "互动多"}, {"little engaged", "互动少"}},
    {"interactions_per_month", "engagement", 0, {"engaged", "互动多"}, {"little engaged", "互动少"}},
    {"months_without_interaction_12m", "engagement", 0, {"little engaged", "互动少"}, {"engaged", "互动多"}},
    {"last_interaction_days", "engagement", 0, {"little engaged", "互动少"}, {"engaged", "互动多"}},
    {"session_minutes_mean", "session", 0, {"long sessions", "浏览时间长"}, {"short sessions", "浏览时间短"}},
    {"page_depth_mean", "session", 0, {"deep browsing", "浏览深"}, {"shallow browsing", "浏览浅"}},
    {"service_contacts", "service", 0, {"many service contacts", "客服联系多"}, {"few service contacts", "客服联系少"}},
    {"complaints", "complaints", 0, {"many complaints", "投诉多"}, {"few complaints", "投诉少"}},
    {"satisfaction_mean", "satisfaction", 0, {"satisfied", "满意度高"}, {"dissatisfied", "满意度低"}},
    {"nps_last", "satisfaction", 0, {"recommending", "推荐者"}, {"not recommending", "贬损者"}},
    {"age_years", "age", 0, {"older", "年长"}, {"younger", "年轻"}},
};
/* clang-format on */

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

/* What a trait is called, appended to the text. */
static void put_trait(const tsl_feature *feature, const phrase *p, int high, int zh, tsl__text *t)
{
    const char *equals = strchr(feature->name, '=');
    if (p) {
        tsl__text_puts(t, high ? p->high[zh] : p->low[zh]);
    } else if (feature->form == TSL_FORM_VALUE && equals) {
        tsl__text_append(t, feature->name, (size_t)(equals - feature->name));
        tsl__text_printf(t, " %s", equals + 1);
    } else if (feature->form == TSL_FORM_BOOLEAN) {
        tsl__text_printf(t, "%s%s", high ? "" : zh ? "非 " : "not ", feature->name);
    } else if (zh) {
        tsl__text_printf(t, "%s%s", feature->name, high ? "高" : "低");
    } else {
        tsl__text_printf(t, "%s %s", high ? "high" : "low", feature->name);
    }
}

/* 1 where nobody in the segment ever bought. */
static int is_without_purchase(const tsl_labels *labels, const tsl_segment *segment)
{
    for (size_t i = 0; i < segment->trait_count; i++) {
        if (strcmp(labels->features->feature[segment->trait[i].feature].name, "frequency") == 0) {
            return segment->trait[i].mean == 0;
        }
    }
    return 0;
}

static int is_used(const char *const *topic, size_t used, const char *about)
{
    for (size_t i = 0; i < used; i++) {
        if (strcmp(topic[i], about) == 0) {
            return 1;
        }
    }
    return 0;
}

/* The name made of the first `most` topics that say something. */
static char *make_name(const tsl_labels *labels, const tsl_segment *segment, size_t most, int zh)
{
    enum { MOST = 8 };
    const char *topic[MOST];
    size_t used = 0;
    tsl__text t = {0};
    int without = is_without_purchase(labels, segment), ours = 1;
    if (without) {
        topic[used++] = "frequency";
        tsl__text_puts(&t, zh ? "未购买" : "no purchases");
    }
    for (size_t i = 0; i < segment->trait_count && used < most && used < MOST; i++) {
        const tsl_trait *trait = &segment->trait[i];
        const tsl_feature *feature = &labels->features->feature[trait->feature];
        const phrase *p = phrase_of(feature->name);
        if (!(fabs(trait->effect) >= LEAST_EFFECT)) {
            break;
        }
        const char *about = p ? p->topic : feature->name;
        int is_not = feature->form == TSL_FORM_VALUE && trait->effect < 0; /* "not north" tells little */
        if (is_not || (without && p && p->buying) || is_used(topic, used, about)) {
            continue;
        }
        ours = used ? ours : p != NULL;
        topic[used++] = about;
        tsl__text_puts(&t, used == 1 ? "" : zh ? "、" : " and ");
        put_trait(feature, p, trait->effect > 0, zh, &t);
    }
    if (used == 0) {
        tsl__text_puts(&t, zh ? "普通客户" : "average");
    }
    char *name = tsl__text_take(&t);
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

/* Two traits make a name (never having bought is one by itself); more are added, then a number, until it is unique. */
static tsl_status name_segment(tsl_labels *labels, size_t s, int zh, tsl_error *err)
{
    tsl_segment *segment = &labels->segments[s];
    for (size_t most = is_without_purchase(labels, segment) ? 1 : 2; most <= 4; most++) {
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
