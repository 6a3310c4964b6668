/* smallness.c: "smaller" is said of who spends less. A typical place draws customers from afar, too: where they spend
 * as much as buyers do on average, the base has words without a direction. docs/methods/segment-names.md. */
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

/* than: a mean that its own is no less than, and whose that is. */
static tsl_status note_plain(const tsl__labeling *job, size_t s, size_t w, double own, double than, const char *whose,
                             tsl_error *err)
{
    tsl_labels *labels = job->labels;
    char spend[32], spend_other[32];
    tsl__shown_write(own, 0, spend);
    tsl__shown_write(than, 0, spend_other);
    return tsl__notes_add(&labels->notes,
                          "segment %zu (%s) is called \"%s\", not \"%s\": its customers spend %s on average, no less "
                          "than the %s of %s",
                          s + 1, labels->policy->segment[s].code, words[w].plain[0], words[w].small[0], spend,
                          spend_other, whose);
}

/* Told as readers see it, by the mean: below that of all who bought, and below that of those in clusters, its kind. */
static tsl_status check_segment(const tsl__labeling *job, size_t s, size_t feature, tsl__naming *out, tsl_error *err)
{
    const tsl_labels *labels = job->labels;
    const size_t clusters = (size_t)job->model->k;
    const tsl_trait *trait = find_trait(&labels->segments[s], feature);
    size_t w = 0;
    while (w < WORDS && !(out[s].base[0] && strcmp(out[s].base[0], words[w].small[0]) == 0)) {
        w++;
    }
    if (w == WORDS || !trait || !(trait->known > 0)) {
        return TSL_OK;
    }
    const double all = get_mean(labels, out, labels->segment_count, feature);
    const double kind =
        get_mean(labels, out, clusters < labels->segment_count ? clusters : labels->segment_count, feature);
    if (!(trait->mean >= all || trait->mean >= kind)) {
        return TSL_OK;
    }
    memcpy(out[s].base, words[w].plain, sizeof out[s].base);
    if (tsl__kept_name_get(job->kept, labels->policy->segment[s].code)) {
        return TSL_OK;
    }
    return trait->mean >= all ? note_plain(job, s, w, trait->mean, all, "all who bought", err)
                              : note_plain(job, s, w, trait->mean, kind, "the buyers in clusters", err);
}

tsl_status tsl__smallness_check(const tsl__labeling *job, tsl__naming *out, tsl_error *err)
{
    const tsl_features *features = job->labels->features;
    const size_t feature = tsl_features_get_index(features, "monetary_total");
    tsl_status status = TSL_OK;
    for (size_t s = 0; s < job->labels->segment_count && feature < features->feature_count; s++) {
        TSL__TRY(check_segment(job, s, feature, out, err));
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
