/* smallness.c: "smaller" is said of who spends less, "larger" of who spends more. A typical place draws customers from
 * afar, too: where they do not, beside buyers on average, the base has words without a direction.
 * docs/methods/segment-names.md. */
#include "label/naming/naming.h"

#include "base/error.h"
#include "base/notes.h"

#include <math.h>
#include <string.h>

/* The base as it says that its customers are small, and without that. */
static const struct {
    const char *small[TSL_LANGS], *plain[TSL_LANGS];
} words[] = {
    {{"Active, smaller", "活跃小额客户"}, {"Active", "活跃客户"}},
    {{"Small, gone quiet", "小额沉寂客户"}, {"Fallen silent", "已沉寂客户"}},
    {{"Small, between orders", "小额待复购客户"}, {"In between orders", "间隔中客户"}},
};
#define WORDS (sizeof words / sizeof *words)

static const tsl_trait *find_trait(const tsl_segment *segment, size_t feature)
{
    const tsl_trait *found = NULL;
    for (size_t i = 0; i < segment->trait_count && !found; i++) {
        found = segment->trait[i].feature == feature ? &segment->trait[i] : NULL;
    }
    return found;
}

/* The mean of all who ever bought, in the first so many segments; NaN where it is not known. */
static double get_mean(const tsl_labels *labels, const tsl__naming *naming, size_t segments, size_t feature)
{
    double sum = 0, weight = 0;
    for (size_t s = 0; s < segments; s++) {
        const tsl_trait *trait = find_trait(&labels->segments[s], feature);
        if (naming[s].purchases != 0 && trait && trait->known > 0) {
            const double known = trait->known * labels->segments[s].weight;
            sum += known * trait->mean;
            weight += known;
        }
    }
    return weight > 0 ? sum / weight : NAN;
}

/* Its own mean, and one on the other side; whose: NULL: it is so, or not known. */
typedef struct objection {
    double own, than;
    const char *whose;
} objection;

/* Told as readers see it, by the mean: beside that of all who bought, and beside that of those in clusters, its kind.
 * The only purchase of who bought once is compared with purchases, not with what others spent on several. */
static objection find_objection(const tsl__labeling *job, const tsl__naming *of, size_t s, int high)
{
    const tsl_labels *labels = job->labels;
    const tsl_features *features = labels->features;
    const size_t clusters = (size_t)job->model->k, segments = labels->segment_count;
    const size_t total = tsl_features_get_index(features, "monetary_total");
    const size_t each = tsl_features_get_index(features, "monetary_mean");
    const size_t feature = of[s].purchases == 1 && each < features->feature_count ? each : total;
    const tsl_trait *trait = feature < features->feature_count ? find_trait(&labels->segments[s], feature) : NULL;
    if (!trait || !(trait->known > 0)) {
        return (objection){0};
    }
    const double sign = high ? 1 : -1, own = trait->mean, all = get_mean(labels, of, segments, feature);
    const double kind = get_mean(labels, of, clusters < segments ? clusters : segments, feature);
    if (sign * (own - all) <= 0) {
        return (objection){own, all, "all who bought"};
    }
    return s < clusters && sign * (own - kind) <= 0 ? (objection){own, kind, "the buyers in clusters"} : (objection){0};
}

int tsl__spend_is_so(const tsl__labeling *job, const tsl__naming *of, size_t s, int high)
{
    return !find_objection(job, of, s, high).whose;
}

static tsl_status note_plain(const tsl__labeling *job, size_t s, const char *base, const char *plain, int high,
                             const objection *o, tsl_error *err)
{
    tsl_labels *labels = job->labels;
    char spend[32], spend_other[32];
    tsl__shown_write(o->own, 0, spend);
    tsl__shown_write(o->than, 0, spend_other);
    return tsl__notes_add(&labels->notes,
                          "segment %d (%s) is called \"%s\", not \"%s\": its customers spend %s on average, no %s "
                          "than the %s of %s",
                          labels->policy->segment[s].number, labels->policy->segment[s].code, plain, base, spend,
                          high ? "more" : "less", spend_other, o->whose);
}

/* What the base says of spend, and the words without; NULL: it says nothing of it. */
static const char *const *find_plain(const char *base, int *high)
{
    tsl__spend spend = TSL__SPEND_UNTOLD;
    const char *const *medium = tsl__once_words_find(base, &spend);
    *high = spend == TSL__SPEND_LARGER;
    for (size_t w = 0; w < WORDS; w++) {
        if (strcmp(base, words[w].small[0]) == 0) {
            return words[w].plain;
        }
    }
    return spend == TSL__SPEND_LARGER || spend == TSL__SPEND_SMALLER ? medium : NULL;
}

static tsl_status check_segment(const tsl__labeling *job, size_t s, tsl__naming *out, tsl_error *err)
{
    const tsl_labels *labels = job->labels;
    const char *base = out[s].base[0];
    int high = 0;
    const char *const *plain = base ? find_plain(base, &high) : NULL;
    const objection o = plain ? find_objection(job, out, s, high) : (objection){0};
    if (!o.whose) {
        return TSL_OK;
    }
    memcpy(out[s].base, plain, sizeof out[s].base);
    return tsl__kept_name_get(job->kept, labels->policy->segment[s].code)
               ? TSL_OK
               : note_plain(job, s, base, plain[0], high, &o, err);
}

tsl_status tsl__smallness_check(const tsl__labeling *job, tsl__naming *out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    for (size_t s = 0; s < job->labels->segment_count; s++) {
        TSL__TRY(check_segment(job, s, out, err));
    }
done:
    return status;
}

const char *tsl__smallness_get_plain(const char *base)
{
    const char *plain = NULL;
    for (size_t w = 0; w < WORDS && !plain; w++) {
        plain = strcmp(base, words[w].small[0]) == 0 ? words[w].plain[0] : NULL;
    }
    return plain;
}
