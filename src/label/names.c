/* names.c: what sets each segment apart, and a unique name made of it. */
#include "label/internal.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/parallel.h"
#include "base/text.h"
#include "feature/feature_wording.h"
#include "feature/normalise.h"
#include "stat/weights.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Below this many standard deviations a trait says nothing. */
#define LEAST_EFFECT 0.3

typedef struct sums {
    double raw, transformed, square;
    double known; /* weight */
} sums;

/* One feature's traits in all segments; scratch has a place a segment and one
 * for all. Sums are of what is above the first known value, so that small
 * differences of great numbers are not lost, and a constant varies by 0. */
static void measure(const tsl_labels *labels, size_t f, sums *scratch, size_t place)
{
    const tsl_features *features = labels->features;
    size_t k = labels->segment_count;
    double origin = NAN, weight = 0;
    memset(scratch, 0, (k + 1) * sizeof *scratch);
    for (size_t i = 0; i < labels->customers; i++) {
        double x = features->x[i * features->feature_count + f];
        double w = tsl__weight_get(features->weight, i);
        weight += w;
        if (!isnan(x) && w > 0) {
            double t = tsl__transform_get(features->feature[f].transform, x);
            sums *s = &scratch[labels->customer_segment[i] - 1], *all = &scratch[k];
            origin = isnan(origin) ? t : origin;
            t -= origin;
            s->raw += w * x;
            s->transformed += w * t;
            s->known += w;
            all->raw += w * x;
            all->transformed += w * t;
            all->square += w * (t * t);
            all->known += w;
        }
    }
    const sums *all = &scratch[k];
    double n = all->known, mean = all->transformed / n, variance = all->square / n - mean * mean;
    for (size_t s = 0; s < k; s++) {
        double m = scratch[s].known, size = labels->segments[s].weight;
        int varies = m > 0 && variance > 0;
        labels->segments[s].trait[place] = (tsl_trait){
            .feature = f,
            .mean = m > 0 ? scratch[s].raw / m : NAN,
            .mean_all = n > 0 ? all->raw / n : NAN,
            .effect = varies ? (scratch[s].transformed - m * mean) / (sqrt(variance) * size) : 0,
            .known = m / size,
            .known_all = n / weight,
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
        if (!features->feature[f].profile && !features->feature[f].sensitive && !features->feature[f].outcome) {
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

/* What a trait is called, appended to the text. */
static void put_trait(const tsl_feature *feature, const tsl__catalogue_entry *words, const char *value, int high,
                      int lang, tsl__text *t)
{
    if (words) {
        tsl__wording_write(high ? words->high[lang] : words->low[lang], value, t);
    } else if (feature->form == TSL_FORM_VALUE) {
        tsl__text_printf(t, "%s %s", feature->column, feature->rest ? "other" : feature->level);
    } else if (feature->form == TSL_FORM_BOOLEAN) {
        tsl__text_printf(t, "%s%s", high ? "" : lang ? "非 " : "not ", feature->name);
    } else if (lang) {
        tsl__text_printf(t, "%s%s", feature->name, high ? "高" : "低");
    } else {
        tsl__text_printf(t, "%s %s", high ? "high" : "low", feature->name);
    }
}

/* The purchases of everybody in the segment, where they are the same 0 or 1; -1
 * where they are not, or not known. */
static int common_purchases(const tsl_labels *labels, const tsl_segment *segment)
{
    const tsl_features *features = labels->features;
    size_t frequency = tsl_features_get_index(features, "frequency");
    int common = -1;
    for (size_t i = 0; i < labels->customers && frequency < features->feature_count; i++) {
        double x = features->x[i * features->feature_count + frequency];
        if (labels->customer_segment[i] == segment->segment && tsl__weight_get(features->weight, i) > 0) {
            if ((x != 0 && x != 1) || (common >= 0 && x != common)) {
                return -1;
            }
            common = (int)x;
        }
    }
    return common;
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

/* A trait says something in a name when it is strong, its topic is new, and
 * there are words for that side of it: "not north" tells little. What one is or
 * is not is said of a segment only where it holds for most of it. */
static int is_telling(const tsl_feature *feature, const tsl__catalogue_entry *words, const tsl_trait *trait,
                      int purchases)
{
    int high = trait->effect > 0;
    if (words) {
        return words->topic && (high || (words->low[0] && !(purchases == 0 && words->buying)));
    }
    switch (feature->form) {
    case TSL_FORM_VALUE:
        return high && trait->mean * trait->known > 0.5;
    case TSL_FORM_BOOLEAN:
        return (high ? trait->mean : 1 - trait->mean) * trait->known > 0.5;
    default:
        return 1;
    }
}

/* The first feature that nobody in the segment has though most have it, or
 * NULL. Who never bought lacks much: that is said already. */
static const tsl_feature *find_unknown(const tsl_labels *labels, const tsl_segment *segment)
{
    const tsl_feature *found = NULL;
    const char *value;
    for (size_t i = 0; i < segment->trait_count; i++) {
        const tsl_trait *trait = &segment->trait[i];
        const tsl_feature *feature = &labels->features->feature[trait->feature];
        const tsl__catalogue_entry *words = tsl__wording_get(feature->name, &value);
        if (trait->known == 0 && trait->known_all > 0.5 && !(words && words->buying) && (!found || feature < found)) {
            found = feature;
        }
    }
    return found;
}

/* A name under construction: the topics that it speaks of. */
typedef struct naming {
    tsl__text text;
    int lang;
    const char *topic[8];
    size_t used;
    int ours; /* begins with words of ours, not with the name of a user's column */
} naming;

/* Takes a topic up; 0 where the name speaks of it already, or is full. */
static int begin_topic(naming *name, const char *about, int ours)
{
    if (name->used == sizeof name->topic / sizeof name->topic[0] || is_used(name->topic, name->used, about)) {
        return 0;
    }
    name->ours = name->used ? name->ours : ours;
    tsl__text_puts(&name->text, !name->used ? "" : name->lang ? "、" : " and ");
    name->topic[name->used++] = about;
    return 1;
}

/* What is true of everybody in the segment comes first. */
static void put_common(naming *name, const tsl_labels *labels, const tsl_segment *segment, int purchases)
{
    static const char *const bought[2][TSL_LANGS] = {{"no purchases", "未购买"}, {"one purchase", "仅购买一次"}};
    const char *value;
    if (purchases >= 0 && begin_topic(name, "frequency", 1)) {
        tsl__text_puts(&name->text, bought[purchases][name->lang]);
    }
    const tsl_feature *unknown = find_unknown(labels, segment);
    const tsl__catalogue_entry *words = unknown ? tsl__wording_get(unknown->name, &value) : NULL;
    if (unknown && begin_topic(name, words && words->topic ? words->topic : unknown->name, words != NULL)) {
        tsl__text_puts(&name->text, words                             ? words->label[name->lang]
                                    : unknown->form == TSL_FORM_VALUE ? unknown->column
                                                                      : unknown->name);
        tsl__text_puts(&name->text, name->lang ? "未知" : " unknown");
    }
}

/* The name made of the first `most` topics that say something. */
static char *make_name(const tsl_labels *labels, const tsl_segment *segment, int purchases, size_t most, int lang)
{
    const char *value;
    naming name = {.lang = lang, .ours = 1};
    put_common(&name, labels, segment, purchases);
    for (size_t i = 0; i < segment->trait_count && name.used < most; i++) {
        const tsl_trait *trait = &segment->trait[i];
        const tsl_feature *feature = &labels->features->feature[trait->feature];
        const tsl__catalogue_entry *words = tsl__wording_get(feature->name, &value);
        if (!(fabs(trait->effect) >= LEAST_EFFECT)) {
            break;
        }
        if (is_telling(feature, words, trait, purchases) &&
            begin_topic(&name, words && words->topic ? words->topic : feature->name, words != NULL)) {
            put_trait(feature, words, value, trait->effect > 0, lang, &name.text);
        }
    }
    if (name.used == 0) {
        tsl__text_puts(&name.text, lang ? "普通客户" : "average");
    }
    char *text = tsl__text_take(&name.text);
    if (text && name.ours && text[0] >= 'a' && text[0] <= 'z') {
        text[0] = (char)(text[0] - 'a' + 'A'); /* a user's own column keeps its case */
    }
    return text;
}

static int is_taken(const tsl_labels *labels, const char *name, int lang)
{
    for (size_t i = 0; i < labels->segment_count; i++) {
        const char *other = labels->policy->segment[i].names[lang]; /* NULL: it has none yet */
        if (other && strcmp(other, name) == 0) {
            return 1;
        }
    }
    return 0;
}

/* Two traits make a name (never having bought is one by itself); more are
 * added, then a number, until it is unique. */
static tsl_status name_segment(const tsl_labels *labels, size_t s, int lang, char **out, tsl_error *err)
{
    const tsl_segment *segment = &labels->segments[s];
    int purchases = common_purchases(labels, segment);
    size_t least = purchases == 0 ? 1 : 2;
    for (size_t most = least; most <= 4; most++) {
        char *name = make_name(labels, segment, purchases, most, lang);
        if (!name) {
            return tsl__error_nomem(err);
        }
        if (!is_taken(labels, name, lang)) {
            *out = name;
            return TSL_OK;
        }
        free(name);
    }
    char *base = make_name(labels, segment, purchases, least, lang);
    for (int number = 2; base && !*out; number++) {
        char *name = tsl__format("%s %d", base, number);
        if (!name) {
            break;
        }
        if (is_taken(labels, name, lang)) {
            free(name);
        } else {
            *out = name;
        }
    }
    free(base);
    return *out ? TSL_OK : tsl__error_nomem(err);
}

/* One whom nobody is in now has no traits, and keeps the name that it had. */
static int keeps_name(const tsl_labels *labels, size_t s)
{
    return labels->applied && labels->segments[s].size == 0;
}

static tsl_status fit_names(const tsl_labels *labels, int lang, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl_policy_segment *segment = labels->policy->segment;
    for (size_t s = 0; s < labels->segment_count; s++) {
        if (!keeps_name(labels, s)) {
            free(segment[s].names[lang]);
            segment[s].names[lang] = NULL;
        }
    }
    for (size_t s = 0; s < labels->segment_count; s++) {
        if (!keeps_name(labels, s)) {
            TSL__TRY(name_segment(labels, s, lang, &segment[s].names[lang], err));
        }
    }
done:
    return status;
}

tsl_status tsl__names_fill(const tsl__labeling *job, tsl_error *err)
{
    tsl_labels *labels = job->labels;
    tsl_status status = TSL_OK;
    TSL__TRY(fill_traits(job->threads, labels, err));
    for (int lang = 0; lang < TSL_LANGS && tsl__policy_fits(job, TSL_REFIT_NAMES); lang++) {
        TSL__TRY(fit_names(labels, lang, err));
    }
    for (size_t s = 0; s < labels->segment_count; s++) {
        for (int lang = 0; lang < TSL_LANGS; lang++) {
            labels->segments[s].names[lang] = labels->policy->segment[s].names[lang];
        }
        labels->segments[s].name = labels->segments[s].names[job->lang];
    }
done:
    return status;
}
