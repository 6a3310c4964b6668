/* summary_drift.c: the summary of an apply: which parts of the model were frozen,
 * how far features and segments have moved, and whether the model still fits. */
#include "output/summary.h"
#include "output/wording/drift_wording.h"

#include <math.h>
#include <stdlib.h>

static void add_parts(tsl__json *doc, json_t *drift, const tsl_results *results)
{
    json_t *object = tsl__json_set_object(doc, drift, "parts");
    for (unsigned part = 1; tsl_refit_get_name(part); part <<= 1) {
        int anew = (results->refit & part) != 0;
        tsl__json_set(doc, object, tsl_refit_get_name(part), json_string(anew ? "fitted" : "frozen"));
    }
}

static void add_features(tsl__json *doc, json_t *drift, const tsl_results *results, const tsl_recipe *recipe)
{
    json_t *array = tsl__json_set_array(doc, drift, "features");
    for (size_t f = 0; f < recipe->feature_count; f++) {
        const tsl_feature_drift *from = &results->drift->feature[f];
        const char *level = tsl__drift_level_get_name(tsl__drift_level_get(from));
        json_t *object = tsl__json_push_object(doc, array);
        tsl__json_set(doc, object, "name", tsl__json_text(recipe->feature[f].name));
        tsl__json_set(doc, object, "used", json_boolean(tsl__drift_is_used(recipe, f)));
        tsl__json_set(doc, object, "psi", tsl__json_number(from->psi));
        tsl__json_set(doc, object, "level", tsl__json_text(level));
        tsl__json_set(doc, object, "psi_by_chance", tsl__json_number(from->psi_chance));
        tsl__json_set(doc, object, "psi_limit", tsl__json_number(from->psi_limit));
        tsl__json_set(doc, object, "missing_then", tsl__json_number(recipe->feature[f].bins.missing));
        tsl__json_set(doc, object, "missing_now", tsl__json_number(from->missing));
        tsl__json_set(doc, object, "outside", tsl__json_number(from->outside));
    }
}

static void add_segments(tsl__json *doc, json_t *drift, const tsl_results *results)
{
    json_t *array = tsl__json_set_array(doc, drift, "segments");
    for (size_t s = 0; s < results->policy->segment_count; s++) {
        const tsl_segment_drift *from = &results->segment_drift[s];
        if (!tsl__summary_has_segment(results, s)) {
            continue;
        }
        char *const *names = results->policy->segment[s].names;
        json_t *object = tsl__json_push_object(doc, array);
        tsl__json_set(doc, object, "segment", json_integer(tsl_policy_get_number(results->policy, s)));
        tsl__json_set_langs(doc, object, "names", names[0], names[1]);
        tsl__json_set(doc, object, "size_then", tsl__json_count(from->size_then));
        tsl__json_set(doc, object, "size_now", tsl__json_count(from->size_now));
        tsl__json_set(doc, object, "share_then", tsl__json_number(from->share_then));
        tsl__json_set(doc, object, "share_now", tsl__json_number(from->share_now));
        tsl__json_set(doc, object, "distance_then", tsl__json_number(from->distance_then));
        tsl__json_set(doc, object, "distance_now", tsl__json_number(from->distance_now));
        tsl__json_set(doc, object, "precision_then", tsl__json_number(from->precision_then));
        tsl__json_set(doc, object, "precision_now", tsl__json_number(from->precision_now));
        tsl__json_set(doc, object, "coverage_then", tsl__json_number(from->coverage_then));
        tsl__json_set(doc, object, "coverage_now", tsl__json_number(from->coverage_now));
    }
}

/* The segments together; null where they are not known. */
static void add_together(tsl__json *doc, json_t *drift, const tsl_segmentation_drift *given)
{
    static const tsl_segmentation_drift unknown = {NAN, NAN, NAN, NAN, NAN, NAN};
    const tsl_segmentation_drift *from = given ? given : &unknown;
    const char *shares = tsl__drift_level_get_name(tsl__drift_level_get_shares(from));
    const char *distance = tsl__drift_level_get_name(tsl__drift_level_get_distance(from));
    tsl__json_set(doc, drift, "segments_psi", tsl__json_number(from->psi));
    tsl__json_set(doc, drift, "segments_level", tsl__json_text(shares));
    tsl__json_set(doc, drift, "segments_psi_by_chance", tsl__json_number(from->psi_chance));
    tsl__json_set(doc, drift, "segments_psi_limit", tsl__json_number(from->psi_limit));
    tsl__json_set(doc, drift, "distance_then", tsl__json_number(from->distance_then));
    tsl__json_set(doc, drift, "distance_now", tsl__json_number(from->distance_now));
    tsl__json_set(doc, drift, "distance_level", tsl__json_text(distance));
    tsl__json_set(doc, drift, "distance_limit", tsl__json_number(from->distance_limit));
}

/* How well the rules tell the segments, then and now. */
static void add_agreement(tsl__json *doc, json_t *drift, const tsl_results *results)
{
    const tsl_tree *tree = results->model ? results->model->tree : NULL;
    tsl__json_set(doc, drift, "agreement_then", tsl__json_number(tree ? tree->agreement : NAN));
    tsl__json_set(doc, drift, "agreement_now", tsl__json_number(results->labels ? results->labels->agreement : NAN));
}

static void add_verdict(tsl__json *doc, json_t *drift, const tsl_results *results)
{
    const tsl__drift_levels found = tsl__drift_levels_get(results->drift, results->recipe, results->segmentation_drift);
    char *words[TSL_LANGS] = {NULL};
    for (int lang = 0; lang < TSL_LANGS; lang++) {
        tsl__text text = {0};
        tsl__drift_put_sentence(&found, lang, &text);
        words[lang] = tsl__text_take(&text);
        doc->failed |= !words[lang];
    }
    tsl__json_set(doc, drift, "verdict", json_string(tsl__drift_verdict(&found)));
    tsl__json_set_langs(doc, drift, "sentence", words[0], words[1]);
    free(words[0]);
    free(words[1]);
}

void tsl__summary_drift(tsl__json *doc, const tsl_results *results)
{
    const tsl_recipe *recipe = results->recipe;
    if (!results->drift || !recipe || !results->policy || !results->segment_drift) {
        return;
    }
    json_t *drift = tsl__json_set_object(doc, doc->root, "drift");
    tsl__json_set(doc, drift, "customers_then", tsl__json_count(recipe->customers));
    tsl__json_set(doc, drift, "customers_now", tsl__json_count(results->drift->customers));
    add_verdict(doc, drift, results);
    add_parts(doc, drift, results);
    add_features(doc, drift, results, recipe);
    add_segments(doc, drift, results);
    add_together(doc, drift, results->segmentation_drift);
    add_agreement(doc, drift, results);
    if (results->features) {
        tsl__json_set(doc, drift, "unseen_values", tsl__json_count(results->features->info.unseen));
    }
}
