/* target_model.c: a model whose clusters are the leaves of a tree of a target. */
#include "run/target/target_aim.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/text.h"
#include "model/cluster_means.h"
#include "model/ranked.h"
#include "run/places/identify.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define TOLD_MOST 60 /* bytes of the target in the reason of k */

/* The mean of the rows that came to a node, into one row. */
static void get_node_mean(const tsl__aim *a, const tsl_matrix *x, int32_t node, double *mean)
{
    const double *cell = x->data;
    memset(mean, 0, x->cols * sizeof *mean);
    for (size_t r = 0; r < x->rows; r++) {
        int32_t at = a->now.leaf[r];
        while (at >= 0 && at != node) {
            at = a->tree->node[at].parent;
        }
        for (size_t c = 0; c < x->cols && at == node; c++) {
            mean[c] += cell[r * x->stride + c] / (double)a->tree->node[node].rows;
        }
    }
}

/* A leaf that nobody is in today is where those are who came nearest to it. */
static void place_empty(const tsl__aim *a, const tsl_matrix *x, double *center)
{
    const tsl_tree_node *node = a->tree->node;
    for (size_t i = 0; i < a->tree->node_count; i++) {
        if (node[i].cluster >= 0 && node[i].rows == 0) {
            int32_t at = (int32_t)i;
            while (node[at].rows == 0) { /* the root has all */
                at = node[at].parent;
            }
            get_node_mean(a, x, at, center + (size_t)node[i].cluster * x->cols);
        }
    }
}

static tsl_status fill_candidate(const tsl__aim *a, const tsl_matrix *x, tsl_candidate *c, tsl_error *err)
{
    const tsl__row_view rows = tsl__row_view_of(x, 1);
    const size_t k = (size_t)a->tree->k;
    tsl_status status = TSL_OK;
    *c = (tsl_candidate){.k = a->tree->k,
                         .silhouette = NAN,
                         .calinski_harabasz = NAN,
                         .davies_bouldin = NAN,
                         .smallest_share = 1,
                         .converged = 1};
    TSL__NEED(c->center = tsl__alloc(k, x->cols * sizeof *c->center));
    TSL__NEED(c->size = tsl__alloc_zero(k, sizeof *c->size));
    TSL__NEED(c->weight = tsl__alloc_zero(k, sizeof *c->weight));
    for (size_t r = 0; r < a->now.rows; r++) {
        c->size[a->label[r]]++;
        c->weight[a->label[r]]++;
    }
    for (size_t s = 0; s < k; s++) {
        c->smallest_share = fmin(c->smallest_share, c->weight[s] / (double)a->now.rows);
    }
    TSL__TRY(tsl__means_get(&rows, NULL, a->label, c->k, a->run->exec.threads, c->center, err));
    place_empty(a, x, c->center);
    TSL__TRY(tsl__cost_get(&rows, NULL, a->label, c->center, a->run->exec.threads, &c->inertia, err));
done:
    return status;
}

/* Why there are so many leaves. */
static void write_choice(const tsl__aim *a, char *out, size_t size)
{
    const char *told = a->then ? "what they spent after the cut" : a->name;
    const int k = a->tree->k, asked = a->run->kmeans_opt.k, shown = tsl__text_head(told, TOLD_MOST);
    if (asked && a->joined) {
        tsl__print(out, size, "k = %d of the %d asked for: what the floor left of a tree of %.*s", k, asked, shown,
                   told);
    } else if (a->grown < asked) {
        tsl__print(out, size,
                   "k = %d of the %d asked for: no further cut that leaves enough customers tells more of %.*s", k,
                   asked, shown, told);
    } else {
        tsl__print(out, size, "k = %d: %s of a tree of %.*s", k,
                   asked ? "so many leaves were asked for" : "the leaves that are borne out", shown, told);
    }
}

static tsl_status open_sweep(const tsl__aim *a, const tsl_matrix *x, tsl_sweep **out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl_sweep *sweep = NULL;
    TSL__NEED(sweep = tsl__alloc_zero(1, sizeof *sweep));
    sweep->rows = x->rows;
    sweep->cols = x->cols;
    sweep->info.kernel = tsl_kernel_get_name();
    TSL__NEED(sweep->candidate = tsl__alloc_zero(1, sizeof *sweep->candidate));
    sweep->count = 1;
    TSL__TRY(fill_candidate(a, x, sweep->candidate, err));
    TSL__NEED(sweep->assignment = tsl__assignment_open(x->rows));
    TSL__TRY(
        tsl__target_fill_distances(a->run, x, sweep->candidate->center, a->tree->k, a->label, sweep->assignment, err));
    write_choice(a, sweep->info.choice, sizeof sweep->info.choice);
    *out = sweep;
    sweep = NULL;
done:
    tsl_sweep_free(sweep);
    return status;
}

/* The model's number of each leaf's: its rows' label. Those without rows share out what is left in their order, as the
 * model numbers clusters that are worth the same. */
static tsl_status find_places(const tsl__aim *a, const tsl_model *model, int32_t **out, tsl_error *err)
{
    const size_t k = (size_t)a->tree->k;
    tsl_status status = TSL_OK;
    unsigned char *taken = NULL;
    int32_t *place = NULL;
    TSL__NEED(taken = tsl__alloc_zero(k, 1));
    TSL__NEED(place = tsl__alloc(k, sizeof *place));
    for (size_t c = 0; c < k; c++) {
        place[c] = -1;
    }
    for (size_t r = 0; r < a->now.rows; r++) {
        place[a->label[r]] = model->assignment->label[r];
        taken[place[a->label[r]]] = 1;
    }
    for (size_t c = 0, next = 0; c < k; c++) {
        while (place[c] < 0 && taken[next]) {
            next++;
        }
        place[c] = place[c] < 0 ? (int32_t)next++ : place[c];
    }
    *out = place;
done:
    free(taken);
    return status;
}

/* The tree of the target in place of the one that explains the same labels, in the model's numbers: place[leaf's
 * number] is the model's. */
static void take_tree(tsl__aim *a, tsl_model *model, const int32_t *place)
{
    double *precision = a->tree->precision, *coverage = a->tree->coverage;
    for (size_t i = 0; i < a->tree->node_count; i++) {
        tsl_tree_node *node = &a->tree->node[i];
        if (node->cluster >= 0) {
            node->cluster = place[node->cluster];
            precision[node->cluster] = coverage[node->cluster] = node->rows ? 1 : (double)NAN;
        }
    }
    a->tree->cols = model->tree->cols;
    a->tree->column = model->tree->column;
    a->tree->cost = model->sweep->candidate->inertia;
    model->tree->column = NULL;
    model->tree->cols = 0;
    tsl_tree_free(model->tree);
    model->tree = a->tree;
    model->by_tree = 1;
    a->tree = NULL; /* the model's */
}

tsl_status tsl__aim_build_model(tsl__aim *a, const tsl_feature_matrix *matrix, const double *value, tsl_error *err)
{
    const tsl_matrix x = {matrix->values, matrix->rows, matrix->cols, matrix->cols, TSL_F64};
    tsl_status status = TSL_OK;
    tsl_sweep *sweep = NULL;
    const char **column = NULL;
    int32_t *place = NULL, *rank = NULL;
    tsl_tree_options opt;
    TSL_DEFAULTS(tree, &opt);
    opt.leaves = opt.curve = a->tree->k;
    TSL__NEED(column = tsl__alloc(x.cols, sizeof *column));
    for (size_t c = 0; c < x.cols; c++) {
        column[c] = matrix->column[c].name;
    }
    TSL__TRY(open_sweep(a, &x, &sweep, err));
    TSL__TRY(tsl__run_rank(a->run, matrix, a->label, a->tree->k, &rank, err));
    const tsl__ranking ranking = {value, rank};
    TSL__TRY(tsl__model_build_ranked(&x, NULL, column, sweep, &a->now.raw.view, &ranking, &opt, &a->run->exec,
                                     &a->run->model, err));
    sweep = NULL; /* the model's */
    TSL__TRY(find_places(a, a->run->model, &place, err));
    take_tree(a, a->run->model, place);
    TSL__TRY(tsl__run_identify(a->run, err));
done:
    tsl_sweep_free(sweep);
    free(rank);
    free(place);
    free(column);
    return status;
}
