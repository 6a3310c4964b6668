/* summary_drift.c: the summary of an apply: which parts of the model were frozen,
 * how far features and segments have moved, and whether the model still fits. */
#include "output/summary.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* Below this many customers a share says little. */
#define FEW 100

static const char *get_level(double psi)
{
    return isnan(psi) ? NULL : psi >= TSL_PSI_DRIFTED ? "drifted" : psi >= TSL_PSI_SHIFTED ? "shifted" : "stable";
}

static void add_parts(tsl__json *doc, json_t *drift, const tsl_results *results)
{
    static const struct {
        const char *name;
        unsigned part;
    } parts[] = {{"rfm", TSL_REFIT_RFM},
                 {"tiers", TSL_REFIT_TIERS},
                 {"lifecycle", TSL_REFIT_LIFECYCLE},
                 {"names", TSL_REFIT_NAMES}};
    json_t *object = tsl__json_set_object(doc, drift, "parts");
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        int anew = (results->refit & parts[i].part) != 0;
        tsl__json_set(doc, object, parts[i].name, json_string(anew ? "fitted" : "frozen"));
    }
}

static void add_features(tsl__json *doc, json_t *drift, const tsl_results *results, const tsl_recipe *recipe)
{
    json_t *array = tsl__json_set_array(doc, drift, "features");
    for (size_t f = 0; f < recipe->feature_count; f++) {
        const tsl_feature_drift *from = &results->drift->feature[f];
        const char *level = get_level(from->psi);
        json_t *object = tsl__json_push_object(doc, array);
        tsl__json_set(doc, object, "name", tsl__json_text(recipe->feature[f].name));
        tsl__json_set(doc, object, "psi", tsl__json_number(from->psi));
        tsl__json_set(doc, object, "level", tsl__json_text(level));
        tsl__json_set(doc, object, "psi_by_chance", tsl__json_number(from->psi_chance));
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
        char *const *names = results->policy->segment[s].names;
        json_t *object = tsl__json_push_object(doc, array);
        tsl__json_set(doc, object, "segment", json_integer((json_int_t)s + 1));
        tsl__json_set_langs(doc, object, "names", names[0], names[1]);
        tsl__json_set(doc, object, "size_then", tsl__json_count(from->size_then));
        tsl__json_set(doc, object, "size_now", tsl__json_count(from->size_now));
        tsl__json_set(doc, object, "share_then", tsl__json_number(from->share_then));
        tsl__json_set(doc, object, "share_now", tsl__json_number(from->share_now));
        tsl__json_set(doc, object, "distance_then", tsl__json_number(from->distance_then));
        tsl__json_set(doc, object, "distance_now", tsl__json_number(from->distance_now));
    }
}

/* Whether the clusters are found on a feature. */
static int is_used(const tsl_recipe *recipe, size_t feature)
{
    for (size_t c = 0; c < recipe->column_count; c++) {
        if (recipe->column[c].feature == feature && recipe->column[c].weight > 0) {
            return 1;
        }
    }
    return 0;
}

/* Of the features that the clusters are found on: how many shifted, drifted. */
static void count_levels(const tsl_results *results, const tsl_recipe *recipe, size_t *used, size_t *shifted,
                         size_t *drifted)
{
    *used = *shifted = *drifted = 0;
    for (size_t f = 0; f < recipe->feature_count; f++) {
        double psi = results->drift->feature[f].psi;
        if (is_used(recipe, f)) {
            ++*used;
            *shifted += psi >= TSL_PSI_SHIFTED && psi < TSL_PSI_DRIFTED;
            *drifted += psi >= TSL_PSI_DRIFTED;
        }
    }
}

static void add_verdict(tsl__json *doc, json_t *drift, const tsl_results *results, const tsl_recipe *recipe)
{
    static const char *const words[3][2] = {
        {"the model still fits: none of the %zu features that the segments rest on has drifted",
         "模型仍然适用：客群所依据的 %zu 个特征均未漂移"},
        {"the model still fits in the main, but %zu of the %zu features that the segments rest on have shifted, %zu of "
         "them far",
         "模型大体适用，但客群所依据的特征中有 %zu 个（共 %zu 个）发生偏移，其中 %zu 个显著漂移"},
        {"the model no longer fits: %zu of the %zu features that the segments rest on have moved, %zu of them far; fit "
         "it anew",
         "模型已不再适用：客群所依据的特征中有 %zu 个（共 %zu 个）发生变化，其中 %zu 个显著漂移；请重新拟合"}};
    static const char *const codes[3] = {"fits", "shifted", "refit"};
    char text[2][400];
    size_t used, shifted, drifted;
    count_levels(results, recipe, &used, &shifted, &drifted);
    /* Where over a quarter of what the segments rest on has drifted, they are others by now. */
    int verdict = 4 * drifted > used ? 2 : shifted + drifted > 0 ? 1 : 0;
    for (int lang = 0; lang < 2; lang++) {
        if (verdict == 0) {
            snprintf(text[lang], sizeof text[lang], words[0][lang], used);
        } else {
            snprintf(text[lang], sizeof text[lang], words[verdict][lang], shifted + drifted, used, drifted);
        }
        if (results->drift->customers < FEW) {
            size_t length = strlen(text[lang]);
            snprintf(text[lang] + length, sizeof text[lang] - length,
                     lang ? "（仅 %zu 位客户，数字多属偶然）" : " (of %zu customers only, which leaves much to chance)",
                     results->drift->customers);
        }
    }
    tsl__json_set(doc, drift, "verdict", json_string(codes[verdict]));
    tsl__json_set_langs(doc, drift, "sentence", text[0], text[1]);
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
    add_verdict(doc, drift, results, recipe);
    add_parts(doc, drift, results);
    add_features(doc, drift, results, recipe);
    add_segments(doc, drift, results);
    if (results->features) {
        tsl__json_set(doc, drift, "unseen_values", tsl__json_count(results->features->info.unseen));
    }
}
