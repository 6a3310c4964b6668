/* forecast.c: who bought nothing after the cut, and how well that was foretold at it, beside the days since the last
 * purchase alone. docs/methods/churn.md. */
#include "run/next/forecast.h"

#include "base/alloc.h"
#include "base/error.h"
#include "label/stages/churn.h"
#include "stat/sort.h"

#include <math.h>
#include <stdlib.h>

/* Of two customers of whom one is gone, how often his score is the higher, ties counting half; NaN without such two.
 * score rising, with each one's outcome. Mann & Whitney (1947), Annals of Mathematical Statistics 18. */
static double get_auc(const double *score, const double *gone, size_t count)
{
    double above = 0, stayed = 0, left = 0;
    for (size_t begin = 0, end; begin < count; begin = end) {
        double here = 0;
        for (end = begin; end < count && score[end] == score[begin]; end++) {
            here += gone[end];
        }
        const double there = (double)(end - begin) - here;
        above += here * (stayed + there / 2);
        stayed += there;
        left += here;
    }
    return stayed > 0 && left > 0 ? above / (stayed * left) : (double)NAN;
}

/* Tenths of the customers by their risk, equal risks together; and how far those of a tenth are from what was foretold
 * of them, on average. */
static void fill_bins(const double *risk, const double *gone, size_t count, tsl_next_churn *out)
{
    double off = 0;
    for (size_t begin = 0, end; begin < count; begin = end) {
        tsl_next_churn_bin *bin = &out->bin[out->bins++];
        const size_t least = (count * (size_t)out->bins + TSL_CHURN_BINS - 1) / TSL_CHURN_BINS;
        for (end = begin; end < count && (end == begin || end < least || risk[end] == risk[end - 1]); end++) {
            bin->risk_mean += risk[end];
            bin->rate += gone[end];
        }
        bin->size = end - begin;
        bin->risk_mean /= (double)bin->size;
        bin->rate /= (double)bin->size;
        off += fabs(bin->risk_mean - bin->rate) * (double)bin->size;
    }
    out->error = count ? off / (double)count : (double)NAN;
}

tsl_status tsl__forecast_measure(const double *risk, const double *recency, const unsigned char *gone, size_t customers,
                                 tsl_next_churn *out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    double *score = NULL, *scratch = NULL, *with = NULL, sum = 0;
    size_t count = 0;
    *out = (tsl_next_churn){.days = TSL_CHURN_DAYS};
    TSL__NEED(score = tsl__alloc(customers, sizeof *score));
    TSL__NEED(with = tsl__alloc(customers, sizeof *with));
    TSL__NEED(scratch = tsl__alloc(2 * customers, sizeof *scratch));
    for (int naive = 1; naive >= 0; naive--) {
        count = 0;
        sum = 0;
        for (size_t i = 0; i < customers; i++) {
            if (!isnan(risk[i]) && !isnan(recency[i])) {
                score[count] = naive ? recency[i] : risk[i];
                with[count++] = gone[i];
                sum += gone[i];
            }
        }
        tsl__sort_with(score, with, scratch, count);
        *(naive ? &out->auc_recency : &out->auc) = get_auc(score, with, count);
    }
    out->customers = count;
    out->rate = count ? sum / (double)count : (double)NAN;
    fill_bins(score, with, count, out);
done:
    free(score);
    free(with);
    free(scratch);
    return status;
}

tsl_status tsl__forecast_build(const tsl__next_input *in, tsl_next *out, tsl_error *err)
{
    const tsl_features *features = in->features;
    const size_t column = tsl_features_get_index(features, "recency_days");
    tsl__next_input period = *in;
    tsl_status status = TSL_OK;
    unsigned char *happened = NULL;
    double *risk = NULL, *recency = NULL;
    int by_model = 0;
    if (in->until - features->as_of < TSL_CHURN_DAYS || column == features->feature_count) {
        return TSL_OK;
    }
    TSL__TRY(tsl__churn_predict(features, &risk, &by_model, err));
    if (!risk) {
        goto done;
    }
    period.until = features->as_of + TSL_CHURN_DAYS;
    TSL__TRY(tsl__next_get_happened(&period, &happened, err));
    TSL__NEED(recency = tsl__alloc(features->customers, sizeof *recency));
    for (size_t i = 0; i < features->customers; i++) {
        recency[i] = in->buyer[i] ? features->x[i * features->feature_count + column] : (double)NAN;
        happened[i] = !happened[i];
    }
    TSL__TRY(tsl__forecast_measure(risk, recency, happened, features->customers, &out->churn, err));
    out->churn.by_model = by_model;
done:
    free(risk);
    free(recency);
    free(happened);
    return status;
}
