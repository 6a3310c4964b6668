/* features_part.c: the features of some of the customers, fitted to these alone: would others have given the same? */
#include "feature/features.h"

#include "base/alloc.h"
#include "base/error.h"
#include "feature/columns/normalise.h"
#include "feature/recipe.h"
#include "feature/shelves.h"

#include <string.h>

/* Room for so many customers, with a recipe that has learned nothing of them yet. */
static tsl_status open_part(const tsl_features *from, size_t customers, tsl_features **out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl_features *to = NULL;
    TSL__NEED(*out = to = tsl__alloc_zero(1, sizeof *to));
    to->id_width = from->id_width;
    to->as_of = from->as_of;
    to->as_of_from = from->as_of_from;
    to->decimals = from->decimals;
    TSL__TRY(tsl__recipe_copy(from->recipe, &to->recipe, err));
    tsl__pools_drop(to->recipe);
    tsl__recipe_drop_classes(to->recipe);
    tsl__columns_free(to->recipe->column, to->recipe->column_count);
    to->recipe->column = NULL;
    to->recipe->column_count = 0;
    to->feature = to->recipe->feature;
    to->feature_count = to->recipe->feature_count;
    TSL__NEED(to->id = tsl__alloc(customers, sizeof *to->id));
    TSL__NEED(to->x = tsl__alloc(customers * to->feature_count, sizeof *to->x));
    TSL__NEED(!from->history || (to->history = tsl__alloc(customers * TSL_HISTORY_COLUMNS, sizeof *to->history)));
done:
    return status;
}

/* ids are views: they die with those that they are a part of. */
static void take_rows(const tsl_features *from, const unsigned char *kept, tsl_features *to)
{
    for (size_t i = 0; i < from->customers; i++) {
        if (kept[i]) {
            const size_t at = to->customers++;
            to->id[at] = from->id[i];
            memcpy(to->x + at * to->feature_count, tsl__x_get_row(from, i), to->feature_count * sizeof *to->x);
            if (to->history) {
                memcpy(to->history + at * TSL_HISTORY_COLUMNS, tsl__history_get_row(from, i),
                       TSL_HISTORY_COLUMNS * sizeof *to->history);
            }
        }
    }
}

tsl_status tsl__features_take_part(const tsl_features *features, const unsigned char *kept,
                                   const tsl_selection *selection, const tsl_exec *exec, tsl_features **out,
                                   tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl_features *part = NULL;
    size_t customers = 0;
    *out = NULL;
    for (size_t i = 0; i < features->customers; i++) {
        customers += kept[i] != 0;
    }
    TSL__TRY(open_part(features, customers, &part, err));
    take_rows(features, kept, part);
    TSL__TRY(tsl__normalise_fit(part, exec, err));
    TSL__TRY(tsl_features_fit_selection(part, selection, err));
    part->recipe->customers = customers;
    tsl__vectors_set(part);
    *out = part;
    part = NULL;
done:
    tsl_features_free(part);
    return status;
}
