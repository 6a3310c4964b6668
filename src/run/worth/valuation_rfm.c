/* valuation_rfm.c: the RFM segments of those who are valued: each one's, and what is expected of all in one. */
#include "run/worth/valuation_rfm.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/notes.h"
#include "value/rfm_cuts.h"

#include <math.h>
#include <stdlib.h>

tsl_status tsl__valuation_check_rfm(const tsl_valuation_options *opt, tsl_error *err)
{
    tsl_status status = TSL_OK;
    int lang;
    TSL__TRY(opt->lang ? tsl_lang_read(opt->lang, &lang, err) : TSL_OK);
    if (opt->rfm_map && !tsl__rfm_map_is_sound(opt->rfm_map)) {
        status = tsl__error_set(err, TSL_E_OPTION, "rfm_map: is no map that tsl_rfm_map_build has made");
    }
done:
    return status;
}

/* 1 score a customer, 0 unknown. */
static void take_score(const double *figure, size_t n, uint8_t *out)
{
    for (size_t i = 0; i < n; i++) {
        out[i] = isnan(figure[i]) ? 0 : (uint8_t)figure[i];
    }
}

static tsl_status predict(tsl_valuation *v, tsl_error *err)
{
    const size_t n = v->customers;
    tsl_status status = TSL_OK;
    uint8_t *score = NULL;
    int32_t *segment = NULL;
    TSL__NEED(score = tsl__alloc(3 * n, sizeof *score));
    TSL__NEED(segment = tsl__alloc(n, sizeof *segment));
    TSL__NEED(v->rfm_segment = tsl__alloc(n, sizeof *v->rfm_segment));
    for (size_t s = 0; s < 3; s++) {
        take_score(v->figure[TSL_VALUATION_R + s], n, score + s * n);
    }
    tsl_rfm_map_predict(&v->rfm_map, score, score + n, score + 2 * n, n, segment);
    for (size_t i = 0; i < n; i++) {
        v->rfm_segment[i] = (int8_t)segment[i];
    }
done:
    free(score);
    free(segment);
    return status;
}

static void count(tsl_valuation *v)
{
    const double *clv = v->figure[TSL_VALUATION_CLV];
    for (size_t s = 0; s < v->rfm_map.count; s++) {
        v->rfm_clv[s] = NAN;
    }
    for (size_t i = 0; i < v->customers; i++) {
        const int s = v->rfm_segment[i];
        if (s >= 0) {
            v->rfm_size[s]++;
        }
        if (s >= 0 && clv && !isnan(clv[i])) {
            v->rfm_clv[s] = (isnan(v->rfm_clv[s]) ? 0 : v->rfm_clv[s]) + clv[i];
        }
    }
}

tsl_status tsl__valuation_fill_rfm(const tsl_valuation_options *opt, tsl_valuation *v, tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__TRY(opt->lang ? tsl_lang_read(opt->lang, &v->lang, err) : TSL_OK);
    if (!v->has_rfm) {
        return TSL_OK;
    }
    if (opt->rfm_map) {
        v->rfm_map = *opt->rfm_map;
    } else {
        tsl_rfm_map_defaults(&v->rfm_map);
    }
    if (v->rfm_map.count && v->rfm_map.bins != v->rfm.bins) {
        status =
            opt->rfm_map
                ? tsl__error_set(err, TSL_E_OPTION,
                                 "rfm_map: the map is of scores from 1 to %d, but those here go to %d", v->rfm_map.bins,
                                 v->rfm.bins)
                : tsl__notes_add(&v->notes,
                                 "RFM scores go from 1 to %d, and the map of RFM segments is of 1 to %d: there are no "
                                 "RFM segments without another one (--rfm-map FILE)",
                                 v->rfm.bins, v->rfm_map.bins);
        v->rfm_map = (tsl_rfm_map){.bins = 0};
    }
    TSL__TRY(status);
    if (v->rfm_map.count) {
        TSL__TRY(predict(v, err));
        count(v);
    }
done:
    return status;
}
