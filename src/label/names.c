/* names.c: what sets each segment apart, and a unique name made of it. */
#include "label/internal.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/parallel.h"
#include "base/text.h"
#include "feature/normalise.h"
#include "feature/words.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Below this many standard deviations a trait says nothing. */
#define LEAST_EFFECT 0.3

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
            double t = tsl__transform_get(features->feature[f].transform, x);
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

/* What a trait is called, appended to the text. */
static void put_trait(const tsl_feature *feature, const tsl__line *words, const char *value, int high, int lang,
                      tsl__text *t)
{
    const char *equals = strchr(feature->name, '=');
    if (words) {
        tsl__words_write(high ? words->high[lang] : words->low[lang], value, t);
    } else if (feature->form == TSL_FORM_VALUE && equals) {
        tsl__text_append(t, feature->name, (size_t)(equals - feature->name));
        tsl__text_printf(t, " %s", equals + 1);
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
        if (labels->segment[i] == segment->segment) {
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
 * there are words for that side of it: "not north" tells little. */
static int is_telling(const tsl_feature *feature, const tsl__line *words, double effect, int purchases)
{
    if (words) {
        return words->topic && (effect > 0 || (words->low[0] && !(purchases == 0 && words->buying)));
    }
    return feature->form != TSL_FORM_VALUE || effect > 0;
}

/* The name made of the first `most` topics that say something. */
static char *make_name(const tsl_labels *labels, const tsl_segment *segment, int purchases, size_t most, int lang)
{
    static const char *const bought[2][TSL_LANGS] = {{"no purchases", "未购买"}, {"one purchase", "仅购买一次"}};
    enum { MOST = 8 };
    const char *topic[MOST], *value;
    size_t used = 0;
    tsl__text t = {0};
    int ours = 1;
    if (purchases >= 0) {
        topic[used++] = "frequency";
        tsl__text_puts(&t, bought[purchases][lang]);
    }
    for (size_t i = 0; i < segment->trait_count && used < most && used < MOST; i++) {
        const tsl_trait *trait = &segment->trait[i];
        const tsl_feature *feature = &labels->features->feature[trait->feature];
        const tsl__line *words = tsl__words_get(feature->name, &value);
        if (!(fabs(trait->effect) >= LEAST_EFFECT)) {
            break;
        }
        const char *about = words && words->topic ? words->topic : feature->name;
        if (!is_telling(feature, words, trait->effect, purchases) || is_used(topic, used, about)) {
            continue;
        }
        ours = used ? ours : words != NULL;
        topic[used++] = about;
        tsl__text_puts(&t, used == 1 ? "" : lang ? "、" : " and ");
        put_trait(feature, words, value, trait->effect > 0, lang, &t);
    }
    if (used == 0) {
        tsl__text_puts(&t, lang ? "普通客户" : "average");
    }
    char *name = tsl__text_take(&t);
    if (name && ours && name[0] >= 'a' && name[0] <= 'z') {
        name[0] = (char)(name[0] - 'a' + 'A'); /* a user's own column keeps its case */
    }
    return name;
}

static int is_taken(const tsl_labels *labels, size_t s, const char *name, int lang)
{
    for (size_t i = 0; i < s; i++) {
        if (strcmp(labels->segments[i].names[lang], name) == 0) {
            return 1;
        }
    }
    return 0;
}

/* Two traits make a name (never having bought is one by itself); more are
 * added, then a number, until it is unique. */
static tsl_status name_segment(tsl_labels *labels, size_t s, int lang, tsl_error *err)
{
    tsl_segment *segment = &labels->segments[s];
    int purchases = common_purchases(labels, segment);
    size_t least = purchases == 0 ? 1 : 2;
    for (size_t most = least; most <= 4; most++) {
        char *name = make_name(labels, segment, purchases, most, lang);
        if (!name) {
            return tsl__error_nomem(err);
        }
        if (!is_taken(labels, s, name, lang)) {
            segment->names[lang] = name;
            return TSL_OK;
        }
        free(name);
    }
    char *base = make_name(labels, segment, purchases, least, lang);
    for (int number = 2; base && !segment->names[lang]; number++) {
        char *name = tsl__format("%s %d", base, number);
        if (!name) {
            break;
        }
        if (is_taken(labels, s, name, lang)) {
            free(name);
        } else {
            segment->names[lang] = name;
        }
    }
    free(base);
    return segment->names[lang] ? TSL_OK : tsl__error_nomem(err);
}

tsl_status tsl__names_fill(const tsl_label_options *opt, tsl_labels *labels, tsl_error *err)
{
    int threads, asked;
    tsl_status status = tsl_lang_read(opt->lang, &asked, err);
    if (status == TSL_OK) {
        status = tsl__threads_resolve(opt->threads, &threads, err);
    }
    if (status == TSL_OK) {
        status = fill_traits(threads, labels, err);
    }
    for (size_t s = 0; s < labels->segment_count && status == TSL_OK; s++) {
        for (int lang = 0; lang < TSL_LANGS && status == TSL_OK; lang++) {
            status = name_segment(labels, s, lang, err);
        }
        labels->segments[s].name = labels->segments[s].names[asked];
    }
    return status;
}
