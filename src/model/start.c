/* start.c: what a caller says of where k-means begins and what draws it. */
#include "model/start.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/notes.h"
#include "base/options.h"

#include <math.h>
#include <stdlib.h>

void tsl_start_defaults(tsl_start *start, size_t size)
{
    const tsl_start full = {.size = sizeof full};
    tsl__options_give(start, size, &full, sizeof full);
}

static tsl_status check_counts(const tsl_start *start, tsl_error *err)
{
    if (start->init_count > TSL_CLUSTERS_MAX || start->prior_count > TSL_CLUSTERS_MAX) {
        return tsl__error_set(err, TSL_E_OPTION, "start: %zu initial centres, %zu prior places: more than %d",
                              start->init_count, start->prior_count, TSL_CLUSTERS_MAX);
    }
    if (!start->init != !start->init_count || !start->prior != !start->prior_count) {
        return tsl__error_set(err, TSL_E_OPTION, "start: %s are given, but not %s",
                              start->init || start->prior ? "places" : "counts",
                              start->init || start->prior ? "how many" : "the places");
    }
    if (!(start->prior_weight >= 0)) {
        return tsl__error_set(err, TSL_E_OPTION, "prior_weight: a number of at least 0 is needed");
    }
    return TSL_OK;
}

/* A copy of count x cols coordinates; free: 1: NaN may stand for one that is free. */
static tsl_status copy_places(const double *from, size_t count, size_t cols, int free, const char *what, double **out,
                              tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__NEED(*out = tsl__alloc(count * cols, sizeof **out));
    for (size_t i = 0; i < count * cols; i++) {
        if (!isfinite(from[i]) && !(free && isnan(from[i]))) {
            return tsl__error_set(err, TSL_E_INPUT, "%s %zu, column %zu: the value is %s", what, i / cols + 1,
                                  i % cols + 1, isnan(from[i]) ? "not a number" : "infinite");
        }
        (*out)[i] = from[i];
    }
done:
    return status;
}

tsl_status tsl__begin_open(const tsl_start *given, size_t cols, tsl__begin *out, tsl_error *err)
{
    tsl_start start;
    tsl_status status = TSL_OK;
    *out = (tsl__begin){0};
    TSL_DEFAULTS(start, &start);
    TSL__TRY(tsl__options_take("start", &start, sizeof start, given, err));
    TSL__TRY(check_counts(&start, err));
    if (start.init_count > 0) {
        TSL__TRY(copy_places(start.init, start.init_count, cols, 0, "initial centre", &out->init, err));
        out->init_count = (int)start.init_count;
    }
    if (start.prior_count > 0 && start.prior_weight > 0) {
        TSL__TRY(copy_places(start.prior, start.prior_count, cols, 1, "prior place", &out->place, err));
        out->prior_count = (int)start.prior_count;
        out->prior_weight = start.prior_weight;
    }
done:
    if (status != TSL_OK) {
        tsl__begin_free(out);
    }
    return status;
}

void tsl__begin_free(tsl__begin *begin)
{
    free(begin->init);
    free(begin->place);
    free(begin->init_shifted);
    free(begin->place_shifted);
    *begin = (tsl__begin){0};
}

tsl_status tsl__begin_fit(const tsl__begin *begin, tsl_kmeans_options *opt, tsl_notes *notes, tsl_error *err)
{
    const int places = begin->prior_count;
    tsl_status status = TSL_OK;
    if (begin->init_count) {
        if (opt->k && opt->k != begin->init_count) {
            return tsl__error_set(err, TSL_E_OPTION, "k: %d, but %d initial centres are given", opt->k,
                                  begin->init_count);
        }
        opt->k = begin->init_count;
    }
    if (places > (opt->k ? opt->k : opt->k_max)) {
        return tsl__error_set(err, TSL_E_OPTION, "k: at most %d, but %d prior places are given",
                              opt->k ? opt->k : opt->k_max, places);
    }
    if (!opt->k && places > opt->k_min) {
        TSL__TRY(tsl__notes_add(notes, "k goes from %d, not %d: so many prior places are given", places, opt->k_min));
        opt->k_min = places;
    }
done:
    return status;
}

void tsl__begin_extend(const tsl__begin *begin, size_t cols, tsl__extent *extent)
{
    tsl__extent_add(extent, begin->init, (size_t)begin->init_count * cols);
    tsl__extent_add(extent, begin->place, (size_t)begin->prior_count * cols);
}

void tsl__begin_scale(tsl__begin *begin, size_t cols, double unit)
{
    for (size_t i = 0; i < (size_t)begin->init_count * cols; i++) {
        begin->init[i] *= unit;
    }
    for (size_t i = 0; i < (size_t)begin->prior_count * cols; i++) {
        begin->place[i] *= unit;
    }
}

/* count x cols coordinates less the shift. */
static tsl_status shift_places(const double *from, int count, const double *shift, size_t cols, double **out,
                               tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__NEED(*out = tsl__alloc((size_t)count, cols * sizeof **out));
    for (size_t i = 0; i < (size_t)count * cols; i++) {
        (*out)[i] = from[i] - shift[i % cols];
    }
done:
    return status;
}

tsl_status tsl__begin_shift(tsl__begin *begin, const double *shift, size_t cols, tsl_error *err)
{
    tsl_status status = TSL_OK;
    if (begin->init) {
        TSL__TRY(shift_places(begin->init, begin->init_count, shift, cols, &begin->init_shifted, err));
    }
    TSL__TRY(shift_places(begin->place, begin->prior_count, shift, cols, &begin->place_shifted, err));
done:
    return status;
}

double tsl__begin_unshift(const tsl__begin *begin, size_t i, double shifted, double shift, size_t cols)
{
    if (i < (size_t)begin->prior_count * cols && !isnan(begin->place[i])) {
        return begin->place[i] + (shifted - begin->place_shifted[i]);
    }
    return shifted + shift;
}
