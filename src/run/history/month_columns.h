/* month_columns.h: the columns that segments rest on, at the last day of a history and a month before. */
#ifndef TSL_RUN_HISTORY_MONTH_COLUMNS_H
#define TSL_RUN_HISTORY_MONTH_COLUMNS_H

#include "feature/past.h"

#include <tesela/output.h>

/* Which they are: those that clusters are found by, the first so many, then the value. */
typedef struct tsl__month_columns {
    size_t count;
    size_t feature[TSL_HISTORY_COLUMNS_MAX];
} tsl__month_columns;
/* value: a feature; the number of features: there is none. */
void tsl__month_columns_choose(const tsl_recipe *recipe, size_t value, tsl__month_columns *out);

/* Values of customers, in any order, then (0) and now (1); starts as zeros. */
typedef struct tsl__month_values {
    double *value[2][TSL_HISTORY_COLUMNS_MAX];
    size_t count[2], capacity[2][TSL_HISTORY_COLUMNS_MAX];
} tsl__month_values;
/* Adds all customers of the features. TSL_E_NOMEM. */
TSL_FALLIBLE tsl_status tsl__month_values_add(const tsl__month_columns *columns, const tsl_features *features, int now,
                                              tsl__month_values *of, tsl_error *err);
/* Those of another thread. TSL_E_NOMEM. */
TSL_FALLIBLE tsl_status tsl__month_values_merge(const tsl__month_columns *columns, tsl__month_values *into,
                                                const tsl__month_values *from, tsl_error *err);
void tsl__month_values_free(tsl__month_values *of);

/* Fills history->drift and drift_segments. */
TSL_FALLIBLE tsl_status tsl__month_drift_build(const tsl_recipe *recipe, const tsl__month_columns *columns,
                                               tsl__month_values *of, tsl_history *history, tsl_error *err);

#endif
