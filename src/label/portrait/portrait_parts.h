/*
 * portrait_parts.h: the parts of a portrait.
 *
 * portrait_columns.c gathers what is looked at of each customer; class_limits.c finds limits that read well,
 * recency_grid.c counts by them; map_axes.c finds the principal components, customer_map.c puts the customers on them;
 * concentration.c has the Lorenz curve, usual.c the medians of the segments, and portrait.c all of it.
 */
#ifndef TSL_LABEL_PORTRAIT_PORTRAIT_PARTS_H
#define TSL_LABEL_PORTRAIT_PORTRAIT_PARTS_H

#include "label/internal.h"

/* A column a customer each, NULL: there is no such feature. The rows of the features are long, and are gone through
 * once. */
typedef enum tsl__portrait_column {
    TSL__OF_RECENCY,
    TSL__OF_FREQUENCY,
    TSL__OF_PURCHASE,
    TSL__PORTRAIT_COLUMNS
} tsl__portrait_column;
typedef struct tsl__portrait_columns {
    double *of[TSL__PORTRAIT_COLUMNS];
} tsl__portrait_columns;
TSL_FALLIBLE tsl_status tsl__portrait_columns_build(const tsl_labels *labels, int threads, tsl__portrait_columns *out,
                                                    tsl_error *err);
void tsl__portrait_columns_free(tsl__portrait_columns *columns);

/* The greatest values of classes, of a ladder of so many rising limits behind which there is one more class: from the
 * classes of the ladder the smallest is joined to the smaller one beside it, until there are at most `most` and none is
 * empty. limit: at least `most` - 1. Their number, at least 1; the last class has no limit. NaN counts in none, nor
 * does a value beside which `with` is NaN (NULL: all count). */
size_t tsl__class_limits_get(const double *value, const double *with, size_t n, const double *ladder, size_t steps,
                             size_t most, double *limit);
/* The class of a value among so many. */
static inline size_t tsl__class_limits_find(const double *limit, size_t classes, double value)
{
    size_t at = 0;
    while (at + 1 < classes && value > limit[at]) {
        at++;
    }
    return at;
}

/* One part of the portrait each; several are made at a time, and TSL_E_NOMEM is all that can go wrong. */
TSL_FALLIBLE tsl_status tsl__usual_fill(const tsl_labels *labels, const tsl__portrait_columns *columns,
                                        tsl_portrait *portrait, tsl_error *err);
TSL_FALLIBLE tsl_status tsl__stage_tier_fill(const tsl_labels *labels, const tsl__portrait_columns *columns,
                                             tsl_portrait *portrait, tsl_error *err);
TSL_FALLIBLE tsl_status tsl__recency_grid_fill(const tsl_labels *labels, const tsl__portrait_columns *columns,
                                               tsl_portrait *portrait, tsl_error *err);
TSL_FALLIBLE tsl_status tsl__concentration_fill(const tsl_labels *labels, const tsl__portrait_columns *columns,
                                                tsl_portrait *portrait, tsl_error *err);
void tsl__recency_grid_free(tsl_grid *grid);
void tsl__concentration_free(tsl_concentration *concentration);

/* The map, *out NULL: there is none. */
TSL_FALLIBLE tsl_status tsl__customer_map_build(const tsl_labels *labels, int threads, tsl_customer_map **out,
                                                tsl_error *err);
void tsl__customer_map_free(tsl_customer_map *map);
/* Of the columns that it has: axes and axis_rows. mean: cols. *found: 0 where there are no two of them. */
TSL_FALLIBLE tsl_status tsl__map_axes_fit(const tsl_features *features, int threads, tsl_customer_map *map,
                                          double *mean, int *found, tsl_error *err);

#endif
