/* rfm_segments.c: each customer's segment by his RFM scores: the policy's map, or one that is given. */
#include "label/internal.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/notes.h"
#include "value/rfm_cuts.h"

#include <math.h>
#include <stdlib.h>

tsl_status tsl__rfm_segments_check(const tsl_label_options *opt, tsl_error *err)
{
    return !opt->rfm_map || tsl__rfm_map_is_sound(opt->rfm_map)
               ? TSL_OK
               : tsl__error_set(err, TSL_E_OPTION, "rfm_map: is no map that tsl_rfm_map_build has made");
}

static int get_bins(const tsl_labels *labels)
{
    return labels->has_rfm ? labels->features->recipe->rfm.bins : 0;
}

/* A map that is given stands in place of the policy's; where neither is, that of fifths. *fits: it is of the scores. */
static tsl_status take_map(const tsl__labeling *job, int *fits, tsl_error *err)
{
    tsl_rfm_map *map = &job->labels->policy->rfm_map;
    const int bins = get_bins(job->labels);
    *fits = 0;
    if (job->opt->rfm_map) {
        *map = *job->opt->rfm_map;
    } else if (map->bins == 0 && bins == TSL_RFM_BINS) {
        tsl_rfm_map_defaults(map);
    }
    if (bins == 0) {
        return job->opt->rfm_map && map->count
                   ? tsl__notes_add(&job->labels->notes, "there are no RFM scores, and so no RFM segments")
                   : TSL_OK;
    }
    if (map->count && map->bins != bins && job->opt->rfm_map) {
        return tsl__error_set(err, TSL_E_OPTION, "rfm_map: the map is of scores from 1 to %d, but those here go to %d",
                              map->bins, bins);
    }
    *fits = map->count && map->bins == bins;
    return *fits || (map->bins && map->count == 0)
               ? TSL_OK
               : tsl__notes_add(&job->labels->notes,
                                "RFM scores go from 1 to %d, and the map of RFM segments is of 1 to %d: there are no "
                                "RFM segments without another one (--rfm-map FILE)",
                                bins, map->bins ? map->bins : TSL_RFM_BINS);
}

static tsl_status predict(tsl_labels *labels, tsl_error *err)
{
    const size_t n = labels->customers;
    tsl_status status = TSL_OK;
    int32_t *segment = NULL;
    TSL__NEED(segment = tsl__alloc(n, sizeof *segment));
    TSL__NEED(labels->customer_rfm = tsl__alloc(n, sizeof *labels->customer_rfm));
    tsl_rfm_map_predict(&labels->policy->rfm_map, labels->r, labels->f, labels->m, n, segment);
    for (size_t i = 0; i < n; i++) {
        labels->customer_rfm[i] = (int8_t)segment[i];
    }
done:
    free(segment);
    return status;
}

static tsl_status count(tsl_labels *labels, tsl_error *err)
{
    const tsl_rfm_map *map = &labels->policy->rfm_map;
    const int money = tsl__value_is_money(labels);
    tsl_status status = TSL_OK;
    tsl__total total[TSL_RFM_SEGMENTS] = {0}, all = {0};
    TSL__NEED(labels->rfm_segment = tsl__alloc_zero(map->count, sizeof *labels->rfm_segment));
    labels->rfm_segment_count = map->count;
    for (size_t i = 0; i < labels->customers; i++) {
        const int s = labels->customer_rfm[i];
        const double value = labels->value ? labels->value[i] : (double)NAN;
        tsl__total_add(&all, value);
        if (s >= 0) {
            labels->rfm_segment[s].size++;
            tsl__total_add(&total[s], value);
        }
    }
    const double sum = tsl__total_get(&all, money);
    for (size_t s = 0; s < map->count; s++) {
        tsl_rfm_count *of = &labels->rfm_segment[s];
        of->segment = &map->segment[s];
        of->value_total = isnan(sum) ? sum : tsl__total_get(&total[s], money);
        of->value_share = sum > 0 ? of->value_total / sum : (double)NAN;
    }
done:
    return status;
}

tsl_status tsl__rfm_segments_fill(const tsl__labeling *job, tsl_error *err)
{
    tsl_status status = TSL_OK;
    int fits = 0;
    TSL__TRY(take_map(job, &fits, err));
    if (fits) {
        TSL__TRY(predict(job->labels, err));
        TSL__TRY(count(job->labels, err));
    }
done:
    return status;
}

const tsl_rfm_count *tsl_labels_get_rfm_segment(const tsl_labels *labels, size_t index)
{
    return index < labels->rfm_segment_count ? &labels->rfm_segment[index] : NULL;
}
