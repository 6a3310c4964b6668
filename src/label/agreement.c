/* agreement.c: how well the rules of the tree tell the segments of the customers at
 * hand. In a fit the tree has it; in an apply the tree is asked anew. */
#include "label/internal.h"

#include "base/alloc.h"
#include "base/error.h"

#include <math.h>
#include <stdlib.h>

static void take_fitted(const tsl_tree *tree, tsl_labels *labels)
{
    labels->agreement = tree->agreement;
    for (size_t s = 0; s < labels->segment_count; s++) {
        labels->segments[s].precision = tree->precision[s];
        labels->segments[s].coverage = tree->coverage[s];
    }
}

/* The feature that each column of the tree is; 0: one of them is none of these. */
static int find_columns(const tsl_tree *tree, const tsl_features *features, size_t *place)
{
    for (size_t c = 0; c < tree->cols; c++) {
        place[c] = tsl_features_get_index(features, tree->column[c].name);
        if (place[c] == features->feature_count) {
            return 0;
        }
    }
    return 1;
}

/* Rows that are asked for at once, so that the raw columns are never copied whole. */
#define PIECE ((size_t)1 << 16)

/* The cluster of each customer by the tree. */
static tsl_status draw(const tsl_tree *tree, const tsl_features *features, const size_t *place, int threads,
                       int32_t *drawn, tsl_error *err)
{
    const tsl_exec exec = {.size = sizeof exec, .threads = threads};
    const size_t n = features->customers, cols = tree->cols;
    tsl_status status = TSL_OK;
    double *values = NULL;
    TSL__NEED(values = tsl__alloc((n < PIECE ? n : PIECE) * cols, sizeof *values));
    for (size_t begin = 0; begin < n; begin += PIECE) {
        const size_t rows = n - begin < PIECE ? n - begin : PIECE;
        for (size_t r = 0; r < rows; r++) {
            const double *row = features->x + (begin + r) * features->feature_count;
            for (size_t c = 0; c < cols; c++) {
                values[r * cols + c] = row[place[c]];
            }
        }
        TSL__TRY(
            tsl_tree_predict(tree, &(tsl_matrix){values, rows, cols, cols, TSL_F64}, &exec, NULL, drawn + begin, err));
    }
done:
    free(values);
    return status;
}

/* Each customer counts once. */
static tsl_status count(const int32_t *drawn, tsl_labels *labels, tsl_error *err)
{
    const size_t k = labels->segment_count;
    tsl_status status = TSL_OK;
    uint64_t *caught = NULL, *hits = NULL, all = 0;
    TSL__NEED(caught = tsl__alloc_zero(k, sizeof *caught));
    TSL__NEED(hits = tsl__alloc_zero(k, sizeof *hits));
    for (size_t i = 0; i < labels->customers; i++) {
        caught[drawn[i]]++;
        hits[drawn[i]] += drawn[i] + 1 == labels->customer_segment[i];
    }
    for (size_t s = 0; s < k; s++) {
        tsl_segment *segment = &labels->segments[s];
        all += hits[s];
        segment->precision = caught[s] ? (double)hits[s] / (double)caught[s] : (double)NAN;
        segment->coverage = segment->size ? (double)hits[s] / (double)segment->size : (double)NAN;
    }
    labels->agreement = labels->customers ? (double)all / (double)labels->customers : (double)NAN;
done:
    free(caught);
    free(hits);
    return status;
}

static tsl_status measure(const tsl__labeling *job, tsl_error *err)
{
    tsl_labels *labels = job->labels;
    const tsl_tree *tree = job->model->tree;
    tsl_status status = TSL_OK;
    size_t *place = NULL;
    int32_t *drawn = NULL;
    TSL__NEED(place = tsl__alloc(tree->cols, sizeof *place));
    if (!find_columns(tree, labels->features, place)) { /* of other features: nothing is known */
        goto done;
    }
    TSL__NEED(drawn = tsl__alloc(labels->customers, sizeof *drawn));
    TSL__TRY(draw(tree, labels->features, place, job->threads, drawn, err));
    TSL__TRY(count(drawn, labels, err));
done:
    free(place);
    free(drawn);
    return status;
}

tsl_status tsl__agreement_fill(const tsl__labeling *job, tsl_error *err)
{
    const tsl_tree *tree = job->model->tree;
    job->labels->agreement = NAN;
    if (!tree) {
        return TSL_OK;
    }
    if (!job->labels->applied) {
        take_fitted(tree, job->labels);
        return TSL_OK;
    }
    return measure(job, err);
}
