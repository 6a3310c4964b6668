/* former_tiers.c: the tiers that customers had in an earlier run, as its segments.csv tells them: from these they rise
 * at once and fall slowly. docs/methods/tiers.md. */
#include "run/places/former_tiers.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/text.h"
#include "label/evolution/succession.h"

#include <stdlib.h>
#include <string.h>

#define MOST 1e6 /* evaluations */

/* *out NULL: there is no such column. */
static tsl_status read_column(const tsl_source *segments, const char *name, const tsl_exec *exec, tsl_partition **out,
                              tsl_error *err)
{
    tsl_partition_options opt;
    TSL_DEFAULTS(partition, &opt);
    opt.column = name;
    opt.id = "#1";
    opt.header = 1;
    tsl_status status = tsl_partition_read(segments, &opt, exec, out, err);
    if (status == TSL_E_OPTION) { /* where tiers are not held, or in a file of before there was such a column */
        tsl__error_reset(err);
        status = TSL_OK;
    }
    return status;
}

/* The counts of evaluations, each by its label. */
static tsl_status check_counts(const tsl_partition *below, tsl_error *err)
{
    for (int i = 0; below && i < below->k; i++) {
        double count = 0;
        if (tsl__double_read(below->name[i], strlen(below->name[i]), &count) || !(count >= 0 && count <= MOST) ||
            count != (double)(int32_t)count) {
            return tsl__error_set(err, TSL_E_INPUT, "%s: %s: \"%s\" is no number of evaluations", below->file->name,
                                  below->column, below->name[i]);
        }
    }
    return TSL_OK;
}

tsl_status tsl__former_read(const tsl_source *model, const tsl_source *segments, const tsl_exec *exec,
                            tsl__former **out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl__former *former = NULL;
    *out = NULL;
    TSL__NEED(former = tsl__alloc_zero(1, sizeof *former));
    TSL__TRY(read_column(segments, "tier", exec, &former->tier, err));
    TSL__TRY(former->tier ? read_column(segments, "tier_below", exec, &former->below, err) : TSL_OK);
    TSL__TRY(check_counts(former->below, err));
    TSL__TRY(read_column(segments, "lifecycle_since", exec, &former->since, err));
    TSL__TRY(former->since ? read_column(segments, "lifecycle", exec, &former->stages, err) : TSL_OK);
    TSL__TRY(former->since ? read_column(segments, "lifecycle_from", exec, &former->from, err) : TSL_OK);
    TSL__TRY(read_column(segments, "segment_code", exec, &former->segment, err));
    TSL__TRY(former->segment ? read_column(segments, "segment_from", exec, &former->segment_from, err) : TSL_OK);
    TSL__TRY(former->segment_from ? read_column(segments, "segment_since", exec, &former->segment_since, err) : TSL_OK);
    TSL__TRY(model ? tsl_segmentation_read(model, &former->model, err) : TSL_OK);
    *out = former;
    former = NULL;
done:
    tsl__former_free(former);
    return status;
}

void tsl__former_free(tsl__former *former)
{
    if (former) {
        tsl_partition_free(former->tier);
        tsl_partition_free(former->below);
        tsl_partition_free(former->stages);
        tsl_partition_free(former->since);
        tsl_partition_free(former->from);
        tsl_partition_free(former->segment);
        tsl_partition_free(former->segment_from);
        tsl_partition_free(former->segment_since);
        tsl_segmentation_free(former->model);
        free(former->row);
        free(former);
    }
}

tsl_status tsl__former_find(tsl__former *former, const tsl_features *features, tsl_error *err)
{
    tsl_status status = TSL_OK;
    const tsl_partition *any = !former           ? NULL
                               : former->segment ? former->segment
                               : former->tier    ? former->tier
                                                 : former->stages;
    if (!any) {
        return TSL_OK;
    }
    free(former->row);
    former->row = NULL;
    former->known = 0;
    TSL__TRY(tsl__succession_find_rows(features, any, &former->row, err));
    for (size_t i = 0; i < features->customers; i++) {
        former->known += former->row[i] >= 0;
    }
done:
    return status;
}

tsl_status tsl__former_find_day(const tsl_partition *since, int32_t label, int32_t *day, tsl_error *err)
{
    *day = TSL_NO_DAY;
    tsl_error why;
    if (label < 0 || tsl_day_read(since->name[label], day, &why) == TSL_OK) {
        return TSL_OK;
    }
    return tsl__error_set(err, TSL_E_INPUT, "%s: %s: \"%s\" is no date, as in 2024-06-30", since->file->name,
                          since->column, since->name[label]);
}

static int32_t get_count(const tsl_partition *below, int32_t row)
{
    double count = 0;
    if (below && below->label[row] >= 0) {
        const char *name = below->name[below->label[row]];
        (void)tsl__double_read(name, strlen(name), &count); /* checked as it was read */
    }
    return (int32_t)count;
}

tsl_status tsl__former_tiers_build(const tsl__former *former, const tsl_features *features, tsl__former_tier **out,
                                   tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl__former_tier *tier = NULL;
    *out = NULL;
    if (!former || !former->tier) {
        return TSL_OK;
    }
    const int32_t *row = former->row;
    TSL__NEED(tier = tsl__alloc(features->customers, sizeof *tier));
    for (size_t i = 0; i < features->customers; i++) {
        tier[i] = row[i] < 0 ? (tsl__former_tier){-1, 0}
                             : (tsl__former_tier){former->tier->label[row[i]], get_count(former->below, row[i])};
    }
    *out = tier;
done:
    return status;
}
