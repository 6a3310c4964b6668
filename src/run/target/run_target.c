/* run_target.c: segments that are the leaves of a tree of a target: grown from one half of
 * the customers, estimated on the other. docs/methods/tree-segments.md. */
#include "run/run_state.h"

#include "base/alloc.h"
#include "base/calendar.h"
#include "base/error.h"
#include "base/notes.h"
#include "base/rng.h"
#include "base/text.h"
#include "feature/recipe.h"
#include "model/cluster_means.h"
#include "run/target/leaf_floor.h"
#include "run/target/target_period.h"
#include "stat/interval.h"
#include "stat/sort.h"

#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Uses of random numbers. */
enum { DRAW_SAMPLE = 0x74617267, DRAW_HALF };

#define LEAVES_MIN 3
#define LEAVES_MAX 8
#define KNOWN_LEAST 40    /* customers of whom the target is known: of fewer, halves tell nothing */
#define NEARLY .95        /* a rank correlation with the target from which on a feature is nearly it */
#define RANKED_ROWS 10000 /* that it is measured on */

/* Customers as of a day, and where the tree puts them. */
typedef struct crowd {
    const tsl_features *features;
    size_t rows;
    size_t *feature; /* cols: that may cut */
    tsl__tree_columns raw;
    int32_t *leaf; /* rows: nodes of the tree */
} crowd;

typedef struct aim {
    tsl_run *run;
    tsl_features *then; /* of the cut, where the target is what came after it */
    crowd past;         /* that the tree is learned from */
    crowd now;          /* whose segments are made: the same, but where the target came after a cut */
    size_t target;      /* its feature; SIZE_MAX: what came after a cut */
    const char *name;   /* of the target */
    double *value;      /* past.rows: of the target; NaN: not known */
    double *structure;  /* past.rows: 1: the tree is grown from it, 0: it is not */
    size_t cols;
    tsl_descriptor *descriptor;
    int joined; /* leaves that too few of today's customers came to */
    tsl_tree *tree;
    int32_t *label; /* now.rows */
    tsl_estimates *estimates;
} aim;

static void close_crowd(crowd *c)
{
    free(c->feature);
    tsl__tree_columns_free(&c->raw);
    free(c->leaf);
}

static void close_aim(aim *a)
{
    close_crowd(&a->past);
    if (a->then) {
        close_crowd(&a->now);
    }
    tsl_features_free(a->then);
    free(a->value);
    free(a->structure);
    tsl_descriptor_free(a->descriptor);
    tsl_tree_free(a->tree);
    free(a->label);
}

/* ---- The target ---------------------------------------------------------------------- */

static double get_cell(const crowd *of, size_t row, size_t feature)
{
    return of->features->x[row * of->features->feature_count + feature];
}

/* The halves: a hash of the seed and the row. */
static tsl_status part_halves(aim *a, tsl_error *err)
{
    tsl_status status = TSL_OK;
    size_t known = 0;
    TSL__NEED(a->structure = tsl__alloc(a->past.rows, sizeof *a->structure));
    for (size_t r = 0; r < a->past.rows; r++) {
        tsl__rng rng = tsl__rng_open(a->run->kmeans_opt.seed, DRAW_HALF, 0);
        rng.draw = r;
        known += isnan(a->value[r]) ? 0 : 1;
        a->structure[r] = !isnan(a->value[r]) && (tsl__rng_u64(&rng) & 1);
    }
    if (known < KNOWN_LEAST) {
        return tsl__error_set(err, TSL_E_INPUT, "target: %zu customers have a value of \"%s\"; expected %d at least",
                              known, a->name, KNOWN_LEAST);
    }
done:
    return status;
}

static tsl_status read_target(aim *a, tsl_error *err)
{
    tsl_status status = TSL_OK;
    if (tsl__target_is_next(a->run)) {
        TSL__TRY(tsl__target_period_open(a->run, a->estimates, &a->then, &a->value, err));
        a->past = (crowd){.features = a->then, .rows = a->then->customers};
        a->name = TSL__TARGET_NEXT;
        a->target = SIZE_MAX;
    } else {
        a->past = a->now;
        TSL__TRY(tsl__features_find_amount(a->past.features, "target", a->run->opt.target, &a->target, err));
        a->name = a->past.features->feature[a->target].name;
        TSL__NEED(a->value = tsl__alloc(a->past.rows, sizeof *a->value));
        for (size_t r = 0; r < a->past.rows; r++) {
            a->value[r] = get_cell(&a->past, r, a->target);
        }
    }
    TSL__TRY(part_halves(a, err));
done:
    return status;
}

/* ---- What is nearly the target ------------------------------------------------------- */

/* Ranks of n numbers, ties at their mean, in their places; room: 4 n. */
static void rank(const double *value, size_t n, double *out, double *room)
{
    double *sorted = room, *with = room + n;
    for (size_t i = 0; i < n; i++) {
        sorted[i] = value[i];
        with[i] = (double)i;
    }
    tsl__sort_with(sorted, with, room + 2 * n, n);
    for (size_t i = 0, end; i < n; i = end) {
        for (end = i; end < n && sorted[end] == sorted[i]; end++) {
        }
        for (size_t j = i; j < end; j++) {
            out[(size_t)with[j]] = (double)(i + end - 1) / 2;
        }
    }
}

static double correlate(const double *x, const double *y, size_t n)
{
    const double mean = ((double)n - 1) / 2;
    double xx = 0, yy = 0, xy = 0;
    for (size_t i = 0; i < n; i++) {
        xx += (x[i] - mean) * (x[i] - mean);
        yy += (y[i] - mean) * (y[i] - mean);
        xy += (x[i] - mean) * (y[i] - mean);
    }
    return xx > 0 && yy > 0 ? xy / sqrt(xx * yy) : 0;
}

/* Spearman's correlation of a feature with the target over these rows, where both are known. room: 8 times the rows. */
static double get_correlation(const aim *a, size_t feature, const size_t *row, size_t rows, double *room)
{
    double *x = room, *y = x + rows, *x_rank = y + rows, *y_rank = x_rank + rows;
    size_t n = 0;
    for (size_t i = 0; i < rows; i++) {
        const double v = get_cell(&a->past, row[i], feature), t = a->value[row[i]];
        if (!isnan(v) && !isnan(t)) {
            x[n] = v;
            y[n++] = t;
        }
    }
    rank(x, n, x_rank, room + 4 * rows);
    rank(y, n, y_rank, room + 4 * rows);
    return n > 1 ? correlate(x_rank, y_rank, n) : 0;
}

/* 1 where two names of the catalogue begin with the same word (monetary_total, monetary_mean), and of two amounts of
 * money: what was spent in a year is of the same orders as what was spent in all. */
static int is_kin(const tsl_feature *a, const tsl_feature *b)
{
    const size_t length = strcspn(a->name, "_:");
    const int named = *a->entry && *b->entry && a->name[length] == '_' && strncmp(a->name, b->name, length + 1) == 0;
    const int money = *a->entry && *b->entry && strcmp(a->unit, "currency") == 0 && strcmp(b->unit, "currency") == 0;
    return named || money;
}

/* Whether a feature may cut at all: what is known of customers before, and not said by recoded ones. Of a cut also
 * those alone that there are today, and no rest of a category, which is of other levels then and now. */
static int may_cut(const aim *a, size_t f)
{
    const tsl_feature *feature = &a->past.features->feature[f];
    const int stays = !a->then || (!feature->rest && tsl_features_get_index(a->now.features, feature->name) <
                                                         a->now.features->feature_count);
    return f != a->target && !feature->outcome && !feature->excluded && !feature->sensitive &&
           strcmp(feature->unit, "score") != 0 && stays;
}

static tsl_status leave_out(aim *a, const char *name, tsl_error *err)
{
    tsl_estimates *e = a->estimates;
    tsl_status status = TSL_OK;
    TSL__NEED(e->left_out[e->left_out_count] = tsl__strdup(name));
    e->left_out_count++;
done:
    return status;
}

/* Whether a feature says nearly what the target does; what came after a cut nothing before it does. */
static int is_nearly(const aim *a, size_t f, const size_t *row, size_t rows, double *room)
{
    const tsl_feature *feature = a->past.features->feature;
    return !a->then &&
           (is_kin(&feature[a->target], &feature[f]) || fabs(get_correlation(a, f, row, rows, room)) >= NEARLY);
}

static tsl_status choose_features(aim *a, tsl_error *err)
{
    const tsl_feature *feature = a->past.features->feature;
    const size_t all = a->past.features->feature_count, rows = a->past.rows < RANKED_ROWS ? a->past.rows : RANKED_ROWS;
    tsl__rng rng = tsl__rng_open(a->run->kmeans_opt.seed, DRAW_SAMPLE, 0);
    tsl_status status = TSL_OK;
    size_t *row = NULL;
    double *room = NULL;
    TSL__NEED(a->past.feature = tsl__alloc(all, sizeof *a->past.feature));
    TSL__NEED(a->estimates->left_out = tsl__alloc_zero(all, sizeof *a->estimates->left_out));
    TSL__NEED(row = tsl__alloc(rows, sizeof *row));
    TSL__NEED(room = tsl__alloc(rows, 8 * sizeof *room));
    TSL__TRY(tsl__rng_sample(&rng, a->past.rows, rows, row) == 0 ? TSL_OK : tsl__error_nomem(err));
    for (size_t f = 0; f < all; f++) {
        if (!may_cut(a, f)) {
            continue;
        }
        if (is_nearly(a, f, row, rows, room)) {
            TSL__TRY(leave_out(a, feature[f].name, err));
        } else {
            a->past.feature[a->cols++] = f;
        }
    }
    if (a->cols == 0) {
        status = tsl__error_set(err, TSL_E_INPUT, "target: there is no feature that could tell \"%s\"", a->name);
    }
done:
    free(row);
    free(room);
    return status;
}

/* The columns of both; today's are those of the same names. */
static tsl_status open_columns(aim *a, tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__TRY(tsl__tree_columns_open(a->past.features, a->past.feature, a->cols, NULL, a->past.rows, &a->past.raw, err));
    TSL__NEED(a->past.leaf = tsl__alloc(a->past.rows, sizeof *a->past.leaf));
    TSL__NEED(a->label = tsl__alloc(a->now.rows, sizeof *a->label));
    if (!a->then) {
        a->now = a->past;
        a->now.raw.view.values = &a->now.raw.matrix;
        goto done;
    }
    TSL__NEED(a->now.feature = tsl__alloc(a->cols, sizeof *a->now.feature));
    for (size_t c = 0; c < a->cols; c++) {
        a->now.feature[c] = tsl_features_get_index(a->now.features, a->past.raw.column[c].name);
    }
    TSL__TRY(tsl__tree_columns_open(a->now.features, a->now.feature, a->cols, NULL, a->now.rows, &a->now.raw, err));
    TSL__NEED(a->now.leaf = tsl__alloc(a->now.rows, sizeof *a->now.leaf));
done:
    return status;
}

/* ---- The tree ------------------------------------------------------------------------- */

/* Where everyone comes to. */
static tsl_status find_leaves(aim *a, tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__TRY(tsl_descriptor_predict(a->descriptor, &a->past.raw.matrix, &a->run->exec, a->past.leaf, err));
    if (a->then) {
        TSL__TRY(tsl_descriptor_predict(a->descriptor, &a->now.raw.matrix, &a->run->exec, a->now.leaf, err));
    }
done:
    return status;
}

static tsl_status grow(aim *a, tsl_error *err)
{
    const tsl_kmeans_options *asked = &a->run->kmeans_opt;
    tsl_status status = TSL_OK;
    tsl_descriptor_options opt;
    double *value = NULL;
    TSL_DEFAULTS(descriptor, &opt);
    opt.leaves = asked->k;
    opt.leaves_min = a->run->k_asked ? asked->k_min : LEAVES_MIN;
    opt.leaves_max = a->run->k_asked ? (asked->k_max > 1 ? asked->k_max : 2) : LEAVES_MAX;
    opt.depth = LEAVES_MAX;
    opt.min_rows = asked->min_rows < INT_MAX ? (int)asked->min_rows : INT_MAX;
    opt.min_rows = opt.min_rows > 1 ? opt.min_rows : 1;
    opt.min_share = asked->min_share;
    opt.seed = asked->seed;
    TSL__TRY(opt.leaves > 1024 || opt.leaves_min > 1024 || opt.leaves_max > 1024
                 ? tsl__error_set(err, TSL_E_OPTION, "k: a tree of a target has at most 1024 segments")
                 : TSL_OK);
    TSL__NEED(value = tsl__alloc(a->past.rows, sizeof *value));
    for (size_t r = 0; r < a->past.rows; r++) {
        value[r] = isnan(a->value[r]) ? 0 : a->value[r]; /* without weight */
    }
    const tsl_descriptor_columns columns = {&a->past.raw.matrix, NULL};
    const tsl_descriptor_target target = {.value = value};
    TSL__TRY(tsl_descriptor_fit(&columns, a->structure, &target, &opt, &a->run->exec, &a->descriptor, err));
    TSL__TRY(find_leaves(a, err));
    if (a->descriptor->leaves == 1) {
        status = tsl__error_set(err, TSL_E_INPUT, "target: no cut of any feature tells more of \"%s\" than its mean",
                                a->name);
    }
done:
    free(value);
    return status;
}

/* How many of today's rows come to each node. */
static void count_rows(const aim *a, uint64_t *rows)
{
    for (size_t r = 0; r < a->now.rows; r++) {
        for (int32_t at = a->now.leaf[r]; at >= 0; at = a->descriptor->node[at].parent) {
            rows[at]++;
        }
    }
}

/* The floor holds of those whom the segments are made of, too. */
static tsl_status join_small(aim *a, tsl_error *err)
{
    const tsl_kmeans_options *asked = &a->run->kmeans_opt;
    const double least = fmax(asked->min_share * (double)a->now.rows, (double)asked->min_rows);
    tsl_descriptor *tree = a->descriptor;
    const size_t nodes = tree->node_count;
    tsl_status status = TSL_OK;
    uint64_t *rows = NULL;
    TSL__NEED(rows = tsl__alloc_zero(nodes, sizeof *rows));
    count_rows(a, rows);
    for (int32_t leaf; tree->leaves > 1 && (leaf = tsl__leaf_floor_find(tree, rows, least)) >= 0; a->joined++) {
        tsl__leaf_floor_join(tree, leaf);
        TSL__TRY(find_leaves(a, err));
        memset(rows, 0, nodes * sizeof *rows);
        count_rows(a, rows);
    }
    if (tree->leaves == 1) {
        TSL__TRY(tsl__error_set(err, TSL_E_INPUT,
                                "target: every cut that tells of \"%s\" leaves fewer than %.0f of today's customers on "
                                "a side, which no segment holds",
                                a->name, ceil(least)));
    }
    if (a->joined) {
        tsl__leaf_floor_refit(tree, a->value, a->structure, a->past.leaf, a->past.rows);
    }
done:
    free(rows);
    return status;
}

/* Marks the nodes that somebody came to who lacks what they cut. */
static void mark_missing(const aim *a, const crowd *of, unsigned char *missing)
{
    const tsl_descriptor_node *node = a->descriptor->node;
    const double *x = of->raw.matrix.data;
    for (size_t r = 0; r < of->rows; r++) {
        for (int32_t at = of->leaf[r]; at >= 0; at = node[at].parent) {
            missing[at] |= node[at].column >= 0 && isnan(x[r * a->cols + (size_t)node[at].column]);
        }
    }
}

/* The same tree as one that explains clusters: its leaves are they. */
static tsl_status convert(aim *a, tsl_error *err)
{
    const tsl_descriptor *from = a->descriptor;
    tsl_tree *tree = a->tree;
    tsl_status status = TSL_OK;
    unsigned char *missing = NULL;
    uint64_t *rows = NULL;
    int32_t cluster = 0;
    TSL__NEED(rows = tsl__alloc_zero(from->node_count, sizeof *rows));
    TSL__NEED(missing = tsl__alloc_zero(from->node_count, sizeof *missing));
    count_rows(a, rows);
    mark_missing(a, &a->past, missing);
    mark_missing(a, &a->now, missing);
    for (size_t i = 0; i < from->node_count; i++) {
        const tsl_descriptor_node *node = &from->node[i];
        const int leaf = node->child < 0, first = (node->missing < 0 ? node->other : node->missing) == 0;
        tree->node[i] = (tsl_tree_node){.left = node->child,
                                        .right = leaf ? -1 : node->child + 1,
                                        .column = node->column,
                                        .threshold = leaf              ? 0
                                                     : node->cut_count ? node->cut[0]
                                                                       : INFINITY,
                                        .missing_left = leaf         ? 0
                                                        : missing[i] ? first
                                                                     : -1,
                                        .cluster = leaf ? cluster++ : -1,
                                        .parent = node->parent,
                                        .rows = rows[i],
                                        .hits = leaf ? rows[i] : 0};
    }
    for (size_t r = 0; r < a->now.rows; r++) {
        a->label[r] = tree->node[a->now.leaf[r]].cluster;
    }
done:
    free(rows);
    free(missing);
    return status;
}

static tsl_status open_tree(aim *a, tsl_error *err)
{
    const tsl_descriptor *from = a->descriptor;
    tsl_status status = TSL_OK;
    TSL__NEED(a->tree = tsl__alloc_zero(1, sizeof *a->tree));
    a->tree->k = a->tree->leaves = from->leaves;
    a->tree->depth = from->depth;
    a->tree->node_count = from->node_count;
    a->tree->cost_ratio = a->tree->agreement = 1;
    TSL__NEED(a->tree->node = tsl__alloc_zero(from->node_count, sizeof *a->tree->node));
    TSL__NEED(a->tree->precision = tsl__alloc((size_t)from->leaves, sizeof(double)));
    TSL__NEED(a->tree->coverage = tsl__alloc((size_t)from->leaves, sizeof(double)));
    TSL__TRY(convert(a, err));
done:
    return status;
}

/* ---- Estimates --------------------------------------------------------------------------- */

/* Whom an outcome is told of, where it is the target. */
static tsl_status hold_estimating(const aim *a, tsl_error *err)
{
    tsl_status status = TSL_OK;
    if (a->then || !a->past.features->feature[a->target].outcome) {
        return TSL_OK;
    }
    TSL__NEED(a->run->estimating = tsl__alloc(a->past.rows, 1));
    for (size_t r = 0; r < a->past.rows; r++) {
        a->run->estimating[r] = a->structure[r] == 0;
    }
done:
    return status;
}

/* Of the rows of the other half that are of a node, or of all (-1). */
static void estimate(const aim *a, int32_t leaf, tsl_estimate *out)
{
    double sum = 0, square = 0;
    int rate = 1; /* of yes and no */
    *out = (tsl_estimate){.mean = NAN, .low = NAN, .high = NAN};
    for (int pass = 0; pass < 2; pass++) {
        for (size_t r = 0; r < a->past.rows; r++) {
            if (!isnan(a->value[r]) && a->structure[r] == 0 && (leaf < 0 || a->past.leaf[r] == leaf)) {
                rate &= a->value[r] == 0 || a->value[r] == 1;
                out->rows += pass == 0;
                sum += pass == 0 ? a->value[r] : 0;
                square += pass == 0 ? 0 : (a->value[r] - out->mean) * (a->value[r] - out->mean);
            }
        }
        out->mean = out->rows ? sum / (double)out->rows : (double)NAN;
    }
    const tsl__interval interval = rate && out->rows ? tsl__interval_of_rate((uint64_t)llround(sum), out->rows)
                                                     : tsl__interval_of_mean(out->mean, square, out->rows);
    out->low = interval.low;
    out->high = interval.high;
}

static tsl_status estimate_all(aim *a, tsl_error *err)
{
    const tsl_tree *tree = a->run->model->tree;
    tsl_estimates *e = a->estimates;
    double of_tree = 0, of_mean = 0;
    tsl_status status = TSL_OK;
    e->k = tree->k;
    TSL__NEED(e->segment = tsl__alloc_zero((size_t)e->k, sizeof *e->segment));
    TSL__NEED(e->target = tsl__strdup(a->name));
    estimate(a, -1, &e->all);
    for (size_t i = 0; i < tree->node_count; i++) { /* in the model's numbers */
        if (tree->node[i].cluster >= 0) {
            estimate(a, (int32_t)i, &e->segment[tree->node[i].cluster]);
        }
    }
    for (size_t r = 0; r < a->past.rows; r++) {
        e->structure_rows += a->structure[r] > 0;
        if (!isnan(a->value[r]) && a->structure[r] == 0) {
            const double off = a->value[r] - a->descriptor->node[a->past.leaf[r]].mean, all = a->value[r] - e->all.mean;
            of_tree += off * off;
            of_mean += all * all;
        }
    }
    e->told = of_mean > 0 ? 1 - of_tree / of_mean : (double)NAN;
done:
    return status;
}

/* ---- The model ------------------------------------------------------------------------------ */

/* Each row's label with its distance to that centre, and the nearest other one. */
static tsl_status fill_distances(const tsl_run *run, const tsl_matrix *x, const double *center, int k,
                                 const int32_t *label, tsl_assignment *out, tsl_error *err)
{
    const double *cell = x->data;
    tsl_status status = TSL_OK;
    TSL__TRY(tsl_kmeans_predict(x, center, k, &run->exec, out, err));
    for (size_t r = 0; r < x->rows; r++) {
        if (out->label[r] != label[r]) {
            double square = 0;
            for (size_t c = 0; c < x->cols; c++) {
                const double off = cell[r * x->stride + c] - center[(size_t)label[r] * x->cols + c];
                square += off * off;
            }
            out->runner_up[r] = out->label[r];
            out->runner_up_distance[r] = out->distance[r];
            out->label[r] = label[r];
            out->distance[r] = sqrt(square);
        }
    }
done:
    return status;
}

/* The mean of the rows that came to a node, into one row. */
static void get_node_mean(const aim *a, const tsl_matrix *x, int32_t node, double *mean)
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
static void place_empty(const aim *a, const tsl_matrix *x, double *center)
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

static tsl_status fill_candidate(const aim *a, const tsl_matrix *x, tsl_candidate *c, tsl_error *err)
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

static tsl_status open_sweep(const aim *a, const tsl_matrix *x, tsl_sweep **out, tsl_error *err)
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
    TSL__TRY(fill_distances(a->run, x, sweep->candidate->center, a->tree->k, a->label, sweep->assignment, err));
    tsl__print(sweep->info.choice, sizeof sweep->info.choice, "k = %d: %s tree of %.60s", a->tree->k,
               a->run->kmeans_opt.k && a->joined ? "what the floor left of the leaves that were asked for of a"
               : a->run->kmeans_opt.k            ? "so many leaves were asked for of a"
                                                 : "the leaves that are borne out of a",
               a->then ? "what they spent after the cut" : a->name);
    *out = sweep;
    sweep = NULL;
done:
    tsl_sweep_free(sweep);
    return status;
}

/* The model's number of each leaf's: its rows' label. Those without rows share out what is left in their order, as the
 * model numbers clusters that are worth the same. */
static tsl_status find_places(const aim *a, const tsl_model *model, int32_t **out, tsl_error *err)
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
static void take_tree(aim *a, tsl_model *model, const int32_t *place)
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

static tsl_status build_model(aim *a, const tsl_feature_matrix *matrix, const double *value, tsl_error *err)
{
    const tsl_matrix x = {matrix->values, matrix->rows, matrix->cols, matrix->cols, TSL_F64};
    tsl_status status = TSL_OK;
    tsl_sweep *sweep = NULL;
    const char **column = NULL;
    int32_t *place = NULL;
    tsl_tree_options opt;
    TSL_DEFAULTS(tree, &opt);
    opt.leaves = opt.curve = a->tree->k;
    TSL__NEED(column = tsl__alloc(x.cols, sizeof *column));
    for (size_t c = 0; c < x.cols; c++) {
        column[c] = matrix->column[c].name;
    }
    TSL__TRY(open_sweep(a, &x, &sweep, err));
    TSL__TRY(
        tsl_model_build(&x, NULL, column, sweep, &a->now.raw.view, value, &opt, &a->run->exec, &a->run->model, err));
    sweep = NULL; /* the model's */
    TSL__TRY(find_places(a, a->run->model, &place, err));
    take_tree(a, a->run->model, place);
    TSL__TRY(estimate_all(a, err));
    TSL__TRY(hold_estimating(a, err));
done:
    tsl_sweep_free(sweep);
    free(place);
    free(column);
    return status;
}

/* Of what the tree is. */
static tsl_status name_target(const aim *a, char **out, tsl_error *err)
{
    const tsl_estimates *e = a->estimates;
    tsl_status status = TSL_OK;
    char cut[11];
    if (a->then) {
        tsl_day_write(e->cut, cut);
        TSL__NEED(*out = tsl__format("the net amount in the %d day%s from %s on, by what was known before", e->days,
                                     e->days == 1 ? "" : "s", cut));
    } else {
        TSL__NEED(*out = tsl__strdup(e->target));
    }
done:
    return status;
}

static tsl_status note_empty(const aim *a, tsl_error *err)
{
    const tsl_model *model = a->run->model;
    tsl_status status = TSL_OK;
    for (int s = 0; s < model->k; s++) {
        if (model->size[s] == 0) {
            TSL__TRY(tsl__notes_add(&model->sweep->info.notes,
                                    "nobody comes to segment %d today, in which customers were at the cut", s + 1));
        }
    }
done:
    return status;
}

static tsl_status note_joined(const aim *a, tsl_error *err)
{
    tsl_status status = TSL_OK;
    if (a->joined) {
        TSL__TRY(tsl__notes_add(&a->run->model->sweep->info.notes,
                                "%d of the tree's leaves held fewer of all customers than a segment holds at least "
                                "(--min-share, --min-rows) and %s joined with what stood beside",
                                a->joined, a->joined == 1 ? "is" : "are"));
    }
done:
    return status;
}

static tsl_status note(const aim *a, tsl_error *err)
{
    const tsl_estimates *e = a->estimates;
    tsl_status status = TSL_OK;
    tsl__text text = {0};
    char *name = NULL;
    TSL__TRY(name_target(a, &name, err));
    tsl__names_put(&text, (const char *const *)e->left_out, e->left_out_count);
    TSL__TRY(text.failed ? tsl__error_nomem(err) : TSL_OK);
    TSL__TRY(tsl__notes_add(&a->run->model->sweep->info.notes,
                            "segments are the leaves of a tree of %s, grown from %zu customers and estimated on the "
                            "others%s%s",
                            name, (size_t)e->structure_rows,
                            e->left_out_count ? "; what is nearly the same cuts nothing: " : "",
                            e->left_out_count ? text.data : ""));
    TSL__TRY(note_joined(a, err));
    TSL__TRY(note_empty(a, err));
done:
    tsl__text_free(&text);
    free(name);
    return status;
}

tsl_status tsl__run_build_by_target(tsl_run *run, const tsl_feature_matrix *matrix, const double *value, tsl_error *err)
{
    tsl_status status = TSL_OK;
    aim a = {.run = run, .now = {.features = run->features, .rows = run->features->customers}};
    if (run->features->recipe->plain) {
        return tsl__error_set(err, TSL_E_OPTION,
                              "target: segments by a tree of it are of customers, not of plain numbers");
    }
    TSL__NEED(run->estimates = a.estimates = tsl__alloc_zero(1, sizeof *a.estimates));
    TSL__TRY(read_target(&a, err));
    TSL__TRY(choose_features(&a, err));
    TSL__TRY(open_columns(&a, err));
    TSL__TRY(grow(&a, err));
    TSL__TRY(join_small(&a, err));
    TSL__TRY(open_tree(&a, err));
    TSL__TRY(build_model(&a, matrix, value, err));
    TSL__TRY(note(&a, err));
done:
    close_aim(&a);
    return status;
}

/* ---- Applying ------------------------------------------------------------------------------ */

/* The features that the tree cuts, by name, owned. */
static tsl_status find_columns(const tsl_features *features, const tsl_tree *tree, size_t **out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__NEED(*out = tsl__alloc(tree->cols, sizeof **out));
    for (size_t c = 0; c < tree->cols; c++) {
        (*out)[c] = tsl_features_get_index(features, tree->column[c].name);
        if ((*out)[c] == features->feature_count) {
            return tsl__error_set(err, TSL_E_INPUT, "the features lack \"%s\", which the model's tree cuts",
                                  tree->column[c].name);
        }
    }
done:
    return status;
}

tsl_status tsl__run_predict_by_tree(const tsl_run *run, const tsl_model *model, const tsl_feature_matrix *matrix,
                                    tsl_assignment **out, tsl_error *err)
{
    const tsl_matrix x = {matrix->values, matrix->rows, matrix->cols, matrix->cols, TSL_F64};
    tsl_status status = TSL_OK;
    tsl__tree_columns raw = {0};
    tsl_assignment *found = NULL;
    size_t *feature = NULL;
    int32_t *label = NULL;
    TSL__TRY(find_columns(run->features, model->tree, &feature, err));
    TSL__TRY(tsl__tree_columns_open(run->features, feature, model->tree->cols, matrix->customer, x.rows, &raw, err));
    TSL__NEED(label = tsl__alloc(x.rows, sizeof *label));
    TSL__TRY(tsl_tree_predict(model->tree, &raw.matrix, &run->exec, NULL, label, err));
    TSL__NEED(found = tsl__assignment_open(x.rows));
    TSL__TRY(fill_distances(run, &x, model->center, model->k, label, found, err));
    *out = found;
    found = NULL;
done:
    tsl__assignment_free(found);
    tsl__tree_columns_free(&raw);
    free(feature);
    free(label);
    return status;
}
