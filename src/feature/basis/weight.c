/* weight.c: a feature that says how often each customer counts when clusters are
 * found. */
#include <tesela/feature.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/text.h"
#include "feature/basis/numeric.h"
#include "feature/basis/pca.h"
#include "feature/columns/normalise.h"
#include "feature/recipe.h"
#include "feature/shelves.h"
#include "stat/weights.h"

#include <math.h>
#include <stdlib.h>

/* The weight of a customer, or why it is none. */
static tsl_status get_weight(const tsl_features *features, size_t customer, size_t f, double *weight, tsl_error *err)
{
    char shown[32];
    double x = *weight = tsl__x_get(features, customer, f);
    if (x >= 0 && x < INFINITY) {
        return TSL_OK;
    }
    tsl__double_write(x, shown);
    return tsl__error_set(err, TSL_E_INPUT,
                          "customer %zu, in the order of ids: the weight (%s) is %s; expected 0 or more", customer + 1,
                          features->feature[f].name, isnan(x) ? "missing" : shown);
}

static tsl_status get_all(const tsl_features *features, size_t f, double *out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    size_t positive = 0;
    double weight;
    for (size_t i = 0; i < features->customers; i++) {
        TSL__TRY(get_weight(features, i, f, &weight, err));
        positive += weight > 0;
        if (out) {
            out[i] = weight;
        }
    }
    if (features->customers && !positive) {
        status = tsl__error_set(err, TSL_E_INPUT, "the weight (%s) is 0 for every customer", features->feature[f].name);
    }
done:
    return status;
}

static tsl_status fail_lonely(tsl_error *err)
{
    return tsl__error_set(err, TSL_E_OPTION, "no feature but the weight is left to cluster by");
}

/* Takes the weight out of the columns that are chosen. */
static tsl_status leave_out(tsl_features *features, size_t f, tsl_error *err)
{
    tsl_recipe *recipe = features->recipe;
    tsl_status status = TSL_OK;
    char *chosen = NULL;
    size_t count = 0;
    if (recipe->basis == TSL_BASIS_NUMERIC) { /* others may lead then */
        status = tsl__features_fit_again(features, TSL_APART_DEFAULT, tsl__numeric_is_wide(recipe), err);
        return status == TSL_E_OPTION ? fail_lonely(err) : status;
    }
    TSL__NEED(chosen = tsl__alloc(recipe->column_count, 1));
    for (size_t c = 0; c < recipe->column_count; c++) {
        const tsl_vector_column *column = &recipe->column[c];
        chosen[c] = tsl__column_finds(column) && !column->component && column->feature != f;
        count += (size_t)chosen[c];
    }
    if (count) {
        tsl__pools_drop(recipe);
        tsl__normalise_weigh(recipe, chosen);
        TSL__TRY(tsl__pca_fit(features, err));
    }
done:
    free(chosen);
    return status == TSL_OK && !count ? fail_lonely(err) : status;
}

tsl_status tsl_features_fit_weight(tsl_features *features, const char *name, tsl_error *err)
{
    tsl_recipe *recipe = features->recipe;
    tsl_status status = TSL_OK;
    char *former = recipe->weight, *copy = NULL;
    size_t f;
    tsl__error_reset(err);
    if (recipe->plain) {
        return tsl__error_set(err, TSL_E_OPTION, "weight: plain numbers are given theirs when they are read");
    }
    TSL__TRY(tsl__features_find_amount(features, "weight", name, &f, err));
    TSL__TRY(get_all(features, f, NULL, err));
    TSL__NEED(copy = tsl__strdup(name));
    recipe->weight = copy;
    status = leave_out(features, f, err);
    if (status == TSL_OK) {
        free(former);
    } else {
        free(recipe->weight); /* the name, or a copy of it */
        recipe->weight = former;
    }
done:
    return status;
}

tsl_status tsl_features_get_weights(const tsl_features *features, double *out, tsl_error *err)
{
    const char *name = features->recipe->weight;
    size_t f = name ? tsl__recipe_find(features->recipe, name) : 0;
    tsl__error_reset(err);
    if (name && f < features->feature_count) {
        return get_all(features, f, out, err);
    }
    for (size_t i = 0; i < features->customers; i++) {
        out[i] = tsl__weight_get(features->weight, i);
    }
    return TSL_OK;
}
