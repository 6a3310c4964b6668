/* segments.c: clusters -> segments, numbered from 1 by falling total value. */
#include "label/internal.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/notes.h"
#include "feature/clustering_matrix.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct cluster_row {
    int cluster;
    uint64_t size;
    double value;
} cluster_row;

/* By falling value where there is one, then by falling size, then by number. */
static int compare_clusters(const void *pa, const void *pb)
{
    const cluster_row *a = pa, *b = pb;
    if (a->value != b->value) {
        return a->value > b->value ? -1 : 1;
    }
    if (a->size != b->size) {
        return a->size > b->size ? -1 : 1;
    }
    return a->cluster - b->cluster;
}

static tsl_status predict(const tsl_model *model, const tsl_label_options *opt, tsl_labels *labels, int32_t *cluster,
                          double *second, tsl_error *err)
{
    tsl_feature_matrix *m = NULL;
    tsl_status status = tsl__features_take(labels->features, model->column, model->cols, &m, err);
    if (status == TSL_OK) {
        tsl_matrix x = {m->values, m->rows, m->cols, m->cols, TSL_F64};
        uint64_t hash;
        status = tsl_matrix_get_hash(&x, &hash, err);
        if (status != TSL_OK) {
            tsl_feature_matrix_free(m);
            return status;
        }
        if (model->features_hash != hash) {
            status = tsl__error_set(err, TSL_E_INPUT, "the model was made from other features");
        } else {
            const tsl_exec exec = {.size = sizeof exec, .threads = opt->threads};
            tsl_assignment out = {m->rows, cluster, labels->distance, labels->runner_up, second};
            status = tsl_kmeans_predict(&x, model->center, model->k, &exec, &out, err);
        }
    }
    tsl_feature_matrix_free(m);
    return status;
}

/* number[cluster] = segment. */
static tsl_status number_segments(const int32_t *cluster, const tsl_model *model, tsl_labels *labels, int *number,
                                  tsl_error *err)
{
    size_t k = (size_t)model->k;
    cluster_row *row = tsl__alloc_zero(k, sizeof *row);
    tsl__total *total = tsl__alloc_zero(k, sizeof *total), all = {0};
    labels->segments = tsl__alloc_zero(k, sizeof *labels->segments);
    if (!row || !total || !labels->segments) {
        free(row);
        free(total);
        return tsl__error_nomem(err);
    }
    int money = tsl__value_is_money(labels);
    for (size_t i = 0; i < labels->customers; i++) {
        row[cluster[i]].size++;
        if (labels->value) {
            tsl__total_add(&total[cluster[i]], labels->value[i]);
            tsl__total_add(&all, labels->value[i]);
        }
    }
    for (size_t c = 0; c < k; c++) {
        row[c].cluster = (int)c;
        row[c].value = tsl__total_get(&total[c], money);
    }
    qsort(row, k, sizeof *row, compare_clusters);
    double sum = tsl__total_get(&all, money);
    labels->segment_count = k;
    for (size_t s = 0; s < k; s++) {
        number[row[s].cluster] = (int)s + 1;
        labels->segments[s] = (tsl_segment){
            .segment = (int)s + 1,
            .cluster = row[s].cluster,
            .size = row[s].size,
            .share = (double)row[s].size / (double)labels->customers,
            .value_total = labels->value ? row[s].value : NAN,
            .value_share = labels->value && sum > 0 ? row[s].value / sum : NAN,
            .precision = NAN,
            .coverage = NAN,
        };
    }
    free(row);
    free(total);
    return TSL_OK;
}

/* The model counts its clusters by the value it was made with. */
static tsl_status note_numbers(const tsl_model *model, tsl_labels *labels, tsl_error *err)
{
    for (size_t s = 0; s < labels->segment_count; s++) {
        if (labels->segments[s].cluster != (int)s) {
            tsl_status status =
                tsl__notes_add(&labels->notes,
                               "segments are numbered by %s, the model's clusters by %s: the numbers "
                               "of explain and inspect differ",
                               labels->value_name ? labels->value_name : "size", model->value ? model->value : "size");
            return status == TSL_OK ? TSL_OK : tsl__error_nomem(err);
        }
    }
    return TSL_OK;
}

/* How well the tree tells each segment. */
static void take_shares(const tsl_tree *tree, tsl_labels *labels)
{
    for (size_t s = 0; tree && s < labels->segment_count; s++) {
        tsl_segment *segment = &labels->segments[s];
        segment->precision = tree->precision[segment->cluster];
        segment->coverage = tree->coverage[segment->cluster];
    }
}

static void assign(const int32_t *cluster, const double *second, const int *number, tsl_labels *labels)
{
    for (size_t i = 0; i < labels->customers; i++) {
        int32_t other = labels->runner_up[i];
        labels->segment[i] = number[cluster[i]];
        labels->runner_up[i] = other < 0 ? 0 : number[other];
        labels->confidence[i] = other < 0 ? 1 : second[i] > 0 ? 1 - labels->distance[i] / second[i] : 0;
        tsl_segment *s = &labels->segments[labels->segment[i] - 1];
        s->confidence_mean += labels->confidence[i] / (double)s->size;
    }
}

tsl_status tsl__segments_fill(const tsl_model *model, const tsl_label_options *opt, tsl_labels *labels, tsl_error *err)
{
    size_t n = labels->customers;
    int32_t *cluster = tsl__alloc(n, sizeof *cluster);
    double *second = tsl__alloc(n, sizeof *second);
    int *number = tsl__alloc((size_t)model->k, sizeof *number);
    labels->segment = tsl__alloc(n, sizeof *labels->segment);
    labels->runner_up = tsl__alloc(n, sizeof *labels->runner_up);
    labels->distance = tsl__alloc(n, sizeof *labels->distance);
    labels->confidence = tsl__alloc(n, sizeof *labels->confidence);
    tsl_status status = TSL_OK;
    if (!cluster || !second || !number || !labels->segment || !labels->runner_up || !labels->distance ||
        !labels->confidence) {
        status = tsl__error_nomem(err);
    }
    if (status == TSL_OK) {
        status = predict(model, opt, labels, cluster, second, err);
    }
    if (status == TSL_OK) {
        status = number_segments(cluster, model, labels, number, err);
    }
    if (status == TSL_OK) {
        status = note_numbers(model, labels, err);
    }
    if (status == TSL_OK) {
        assign(cluster, second, number, labels);
        take_shares(model->tree, labels);
    }
    free(cluster);
    free(second);
    free(number);
    return status;
}
