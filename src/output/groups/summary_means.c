/* summary_means.c: the summary of every feature by segment: means, and how far they lie from the mean of all. */
#include "output/summary.h"

#include "base/alloc.h"

#include <math.h>
#include <stdlib.h>

/* What is known of a feature in each segment; NULL where it is not. */
static void find_traits(const tsl_labels *labels, const tsl_trait **trait)
{
    for (size_t s = 0; s < labels->segment_count; s++) {
        const tsl_segment *segment = &labels->segments[s];
        for (size_t i = 0; i < segment->trait_count; i++) {
            trait[segment->trait[i].feature * labels->segment_count + s] = &segment->trait[i];
        }
    }
}

static void add_feature(tsl__json *doc, json_t *array, const tsl_results *results, size_t feature,
                        const tsl_trait *const *trait)
{
    const size_t segments = results->labels->segment_count;
    const tsl_feature *from = &results->labels->features->feature[feature];
    double all = NAN;
    for (size_t s = 0; s < segments; s++) {
        all = trait[s] ? trait[s]->mean_all : all;
    }
    if (isnan(all)) {
        return; /* sensitive, or known of nobody */
    }
    json_t *row = tsl__json_push_object(doc, array);
    tsl__json_set(doc, row, "name", tsl__json_text(from->name));
    tsl__json_set(doc, row, "mean_all", tsl__json_number(all));
    json_t *cells = tsl__json_set_array(doc, row, "segments");
    for (size_t s = 0; s < segments; s++) {
        if (tsl__summary_has_segment(results, s)) {
            json_t *cell = tsl__json_push_object(doc, cells);
            tsl__json_set(doc, cell, "mean", tsl__json_number(trait[s] ? trait[s]->mean : NAN));
            tsl__json_set(doc, cell, "effect", tsl__json_number(trait[s] ? trait[s]->effect : NAN));
        }
    }
}

void tsl__summary_means(tsl__json *doc, const tsl_results *results)
{
    const tsl_labels *labels = results->labels;
    if (!labels) {
        return;
    }
    const size_t features = labels->features->feature_count;
    const tsl_trait **trait = tsl__alloc_zero(features * labels->segment_count, sizeof *trait);
    json_t *means = tsl__json_set_array(doc, doc->root, "means");
    if (!trait) {
        doc->failed = 1;
        return;
    }
    find_traits(labels, trait);
    for (size_t f = 0; f < features; f++) {
        add_feature(doc, means, results, f, trait + f * labels->segment_count);
    }
    free(trait);
}
