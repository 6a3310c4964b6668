/* held_out.c: the last days of the data, held out: how many, and the features as they were before them.
 * docs/methods/next-period.md. */
#include "run/next/held_out.h"

#include "base/alloc.h"
#include "base/calendar.h"
#include "base/error.h"
#include "feature/features.h"
#include "feature/recipe.h"

#include <math.h>
#include <string.h>

#define USUAL_DAYS 90 /* the period, where customers come back sooner than that */

int tsl__held_out_get_days(const tsl_run *run)
{
    const double gap = run->features->recipe->gap_days;
    return run->opt.holdout_days != TSL_HOLDOUT_USUAL ? run->opt.holdout_days
           : gap > USUAL_DAYS                         ? (int)ceil(gap)
                                                      : USUAL_DAYS;
}

int tsl__held_out_get_span(const tsl_run *run)
{
    const int64_t first = tsl_table_get_info(run->table[TSL_TRANSACTIONS])->first_time;
    return run->features->as_of - tsl__time_day(first);
}

tsl_status tsl__held_out_check_history(const tsl_run *run, int days, char **lack, tsl_error *err)
{
    const int there = tsl__held_out_get_span(run);
    const int32_t last = tsl__time_day(tsl_table_get_info(run->table[TSL_TRANSACTIONS])->last_time);
    tsl_status status = TSL_OK;
    *lack = NULL;
    if (there < 2 * (int64_t)days) {
        TSL__NEED(*lack = tsl__format("takes %d day%s of history before its %d day%s, and the data span %d "
                                      "day%s in all",
                                      days, days == 1 ? "" : "s", days, days == 1 ? "" : "s", there,
                                      there == 1 ? "" : "s"));
    } else if (strcmp(run->features->as_of_from, "interactions") == 0 && last < run->features->as_of - days) {
        /* they go on where the transactions have ended; a day that is given says that these have not */
        char day[11];
        tsl_day_write(last, day);
        TSL__NEED(*lack = tsl__format("takes a transaction in its %d day%s, and the last is of %s", days,
                                      days == 1 ? "" : "s", day));
    }
done:
    return status;
}

tsl_status tsl__held_out_build_features(const tsl_run *run, int32_t cut, const tsl_recipe *recipe, const tsl_exec *exec,
                                        tsl_features **out, tsl_error *err)
{
    const tsl_tables tables = {run->table[TSL_CUSTOMERS], run->table[TSL_TRANSACTIONS], run->table[TSL_INTERACTIONS],
                               cut, 1};
    return tsl__features_build_bare(&tables, 0, recipe, &run->features_opt, exec, out, err);
}

/* ---- Of a sample ----------------------------------------------------------------- */

#define MOST_NEEDED 8

/* Those of them that the run has. */
static size_t list_needed(const tsl_recipe *recipe, const char **out)
{
    static const char *const names[MOST_NEEDED] = {"recency_days",  "frequency",     "monetary_total", "monetary_mean",
                                                   "purchase_days", "gap_mean_days", "lines",          "tenure_days"};
    size_t count = 0;
    for (size_t i = 0; i < MOST_NEEDED; i++) {
        if (tsl__recipe_is_entry(recipe, tsl__recipe_find(recipe, names[i]))) {
            out[count++] = names[i];
        }
    }
    return count;
}

/* 1 where nothing but those is asked for. */
static int is_core(const tsl_run *run)
{
    const tsl_selection *s = &run->features_opt.selection;
    return run->features->recipe->basis == TSL_BASIS_CORE && !s->include_count && !s->exclude_count && !run->opt.weight;
}

tsl_status tsl__held_out_build_sample(const tsl_run *run, int32_t cut, size_t shards, const tsl_recipe *recipe,
                                      const tsl_exec *exec, tsl_features **out, tsl_error *err)
{
    const tsl_recipe *now = run->features->recipe;
    tsl_tables tables = {run->table[TSL_CUSTOMERS], run->table[TSL_TRANSACTIONS], run->table[TSL_INTERACTIONS], cut, 1};
    tsl_feature_options opt = run->features_opt;
    const char *needed[MOST_NEEDED];
    opt.value_models = 0;
    opt.selection.basis = now->basis;
    opt.selection.apart = now->apart;
    if (!recipe && is_core(run)) {
        tables.customers = tables.interactions = NULL;
        opt.select = needed;
        opt.select_count = list_needed(now, needed);
        opt.line_count = 0;
        opt.outcomes_given = 1;
        opt.outcome_count = 0;
    }
    return tsl__features_build_bare(&tables, shards, recipe, &opt, exec, out, err);
}
