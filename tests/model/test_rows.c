/* test_rows.c: what rows may be: floats give the bits of the same doubles; a
 * weight of 2 is two rows, a weight of 0 none. */
#include "model/kmeans/init.h"
#include "model/sets.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static tsl_kmeans_options options(int k_min, int k_max)
{
    tsl_kmeans_options opt;
    TSL_DEFAULTS(kmeans, &opt);
    opt.k_min = k_min;
    opt.k_max = k_max;
    opt.restarts = 4;
    opt.silhouette_rows = 700;
    return opt;
}

static tsl_sweep *fit(const tsl_matrix *x, const double *weight, const tsl_kmeans_options *opt)
{
    tsl_sweep *sweep;
    tsl_error err = {0};
    if (tsl_kmeans_fit(x, weight, NULL, opt, NULL, &sweep, &err) != TSL_OK) {
        fail_msg("%s", err.message);
    }
    return sweep;
}

/* Bits of everything that is found. */
static void check_same(const tsl_sweep *a, const tsl_sweep *b)
{
    assert_true(a->count == b->count && a->best == b->best);
    assert_string_equal(a->info.choice, b->info.choice);
    for (size_t s = 0; s < a->count; s++) {
        const tsl_candidate *p = &a->candidate[s], *q = &b->candidate[s];
        assert_memory_equal(p->center, q->center, (size_t)p->k * a->cols * sizeof(double));
        assert_memory_equal(&p->inertia, &q->inertia, 4 * sizeof(double)); /* and the indices */
        assert_true(p->iterations == q->iterations && p->restart == q->restart && p->converged == q->converged);
    }
}

/* ---- Floats -------------------------------------------------------------- */

/* The matrix as floats, in rows of a wider stride, and the same values as doubles. */
static void split(const tsl_matrix *from, tsl_matrix *floats, tsl_matrix *doubles)
{
    const size_t stride = from->cols + 3;
    float *f = calloc(from->rows * stride, sizeof *f);
    double *d = set_alloc(from->rows * from->cols);
    for (size_t r = 0; r < from->rows; r++) {
        for (size_t j = 0; j < stride; j++) {
            f[r * stride + j] = j < from->cols ? (float)set_values(from)[r * from->cols + j] : (float)NAN;
            if (j < from->cols) {
                d[r * from->cols + j] = (double)f[r * stride + j];
            }
        }
    }
    *floats = (tsl_matrix){f, from->rows, from->cols, stride, TSL_F32};
    *doubles = (tsl_matrix){d, from->rows, from->cols, from->cols, TSL_F64};
}

/* On all rows, on sampled seeds, and raced. */
static void test_floats(void **state)
{
    (void)state;
    static const size_t rows[] = {900, TSL__SAMPLE_ROWS + 777, 540000};
    for (size_t n = 0; n < 3; n++) {
        tsl_matrix x = set_draw(rows[n], 5, 4, 1, (uint32_t)n), floats, doubles;
        split(&x, &floats, &doubles);
        tsl_kmeans_options opt = options(2, n < 2 ? 5 : 3);
        tsl_sweep *a = fit(&floats, NULL, &opt), *b = fit(&doubles, NULL, &opt);
        check_same(a, b);
        assert_memory_equal(a->assignment->label, b->assignment->label, rows[n] * sizeof(int32_t));
        assert_memory_equal(a->assignment->distance, b->assignment->distance, rows[n] * sizeof(double));
        tsl_quality p, q;
        const int k = a->candidate[a->best].k;
        assert_int_equal(tsl_quality_get(&floats, NULL, a->assignment->label, k, NULL, NULL, &p, NULL, NULL), TSL_OK);
        assert_int_equal(tsl_quality_get(&doubles, NULL, a->assignment->label, k, NULL, NULL, &q, NULL, NULL), TSL_OK);
        assert_memory_equal(&p, &q, sizeof p);
        tsl_sweep_free(a);
        tsl_sweep_free(b);
        free((void *)(uintptr_t)floats.data);
        set_free(&doubles);
        set_free(&x);
    }
}

/* Models, their trees on raw floats, predictions and hashes. */
static void test_models_of_floats(void **state)
{
    (void)state;
    tsl_matrix x = set_draw(3000, 4, 3, 2, 3), floats, doubles;
    split(&x, &floats, &doubles);
    tsl_kmeans_options opt = options(2, 4);
    tsl_model *a, *b;
    assert_int_equal(tsl_model_build(&floats, NULL, NULL, fit(&floats, NULL, &opt), &(tsl_raw_columns){&floats, NULL},
                                     NULL, NULL, NULL, &a, NULL),
                     TSL_OK);
    assert_int_equal(tsl_model_build(&doubles, NULL, NULL, fit(&doubles, NULL, &opt),
                                     &(tsl_raw_columns){&doubles, NULL}, NULL, NULL, NULL, &b, NULL),
                     TSL_OK);
    assert_true(a->features_hash == b->features_hash);
    assert_memory_equal(a->center_raw, b->center_raw, (size_t)a->k * 4 * sizeof(double));
    assert_int_equal(a->tree->node_count, b->tree->node_count);
    assert_memory_equal(a->tree->node, b->tree->node, a->tree->node_count * sizeof *a->tree->node);
    assert_memory_equal(&a->tree->cost, &b->tree->cost, 3 * sizeof(double));
    int32_t *p = calloc(x.rows, sizeof *p), *q = calloc(x.rows, sizeof *q);
    assert_int_equal(tsl_tree_predict(a->tree, &floats, NULL, NULL, p, NULL), TSL_OK);
    assert_int_equal(tsl_tree_predict(b->tree, &doubles, NULL, NULL, q, NULL), TSL_OK);
    assert_memory_equal(p, q, x.rows * sizeof *p);
    tsl_assignment out = {.rows = x.rows, .label = p};
    assert_int_equal(tsl_kmeans_predict(&floats, a->center, a->k, NULL, &out, NULL), TSL_OK);
    assert_memory_equal(p, b->assignment->label, x.rows * sizeof *p);
    free(p);
    free(q);
    tsl_model_free(a);
    tsl_model_free(b);
    free((void *)(uintptr_t)floats.data);
    set_free(&doubles);
    set_free(&x);
}

static void test_other_cells(void **state)
{
    (void)state;
    float bad[] = {0, 1, 2, NAN};
    const tsl_matrix hole = {bad, 4, 1, 1, TSL_F32}, odd = {bad, 4, 1, 1, (tsl_dtype)7};
    tsl_sweep *sweep;
    tsl_error err;
    assert_int_equal(tsl_kmeans_fit(&hole, NULL, NULL, NULL, NULL, &sweep, &err), TSL_E_INPUT);
    assert_non_null(strstr(err.message, "row 4, column 1: the value is not a number"));
    assert_int_equal(tsl_kmeans_fit(&odd, NULL, NULL, NULL, NULL, &sweep, &err), TSL_E_OPTION);
    assert_string_equal(err.message, "dtype: 7 is none of a matrix");
}

/* ---- Weights ------------------------------------------------------------- */

/* Rows with whole weights, and the same with each row so often. */
typedef struct weighted {
    tsl_matrix x, all;
    double *weight;
    size_t *from; /* all.rows: the row that it repeats */
} weighted;

static weighted repeat(tsl_matrix x, double *weight)
{
    weighted w = {.x = x, .weight = weight};
    size_t total = 0;
    for (size_t r = 0; r < x.rows; r++) {
        total += (size_t)weight[r];
    }
    double *all = set_alloc(total * x.cols);
    w.from = calloc(total, sizeof *w.from);
    w.all = (tsl_matrix){all, 0, x.cols, x.cols, TSL_F64};
    for (size_t r = 0; r < x.rows; r++) {
        for (size_t i = 0; i < (size_t)weight[r]; i++) {
            w.from[w.all.rows] = r;
            memcpy(all + w.all.rows++ * x.cols, set_values(&x) + r * x.cols, x.cols * sizeof *all);
        }
    }
    return w;
}

static void weighted_free(weighted *w)
{
    set_free(&w->x);
    set_free(&w->all);
    free(w->weight);
    free(w->from);
}

/* Four groups on a grid, each of a weight of 256, whose means lie on it too, and
 * that of all at 0: no sum is rounded. */
static weighted make_exact(void)
{
    static const double corner[4][2] = {{-64, -64}, {64, -64}, {-64, 64}, {64, 64}};
    enum { EACH = 128, COLS = 2 };
    double *x = set_alloc(4 * EACH * COLS), *weight = set_alloc(4 * EACH);
    for (size_t r = 0; r < 4 * EACH; r++) {
        const size_t g = r % 4, i = r / 4, twin = i / 2; /* rows come in pairs about the corner */
        const double sign = i % 2 ? -1 : 1;
        x[2 * r] = corner[g][0] + sign * (double)(twin % 13);
        x[2 * r + 1] = corner[g][1] + sign * ((double)(twin % 7) - 3);
        weight[r] = twin % 2 ? 1 : 3;
    }
    return repeat((tsl_matrix){x, 4 * EACH, COLS, COLS, TSL_F64}, weight);
}

static void test_weight_is_rows_exactly(void **state)
{
    (void)state;
    weighted w = make_exact();
    tsl_kmeans_options opt = options(2, 5);
    opt.silhouette_rows = 10000;
    assert_int_equal(w.all.rows, 1024);
    tsl_sweep *a = fit(&w.x, w.weight, &opt), *b = fit(&w.all, NULL, &opt);
    assert_int_equal(a->candidate[a->best].k, 4);
    assert_int_equal(b->best, a->best);
    const tsl_candidate *p = &a->candidate[2], *q = &b->candidate[2];
    assert_memory_equal(p->center, q->center, 4 * 2 * sizeof(double));
    assert_memory_equal(&p->inertia, &q->inertia, sizeof(double));
    assert_memory_equal(&p->calinski_harabasz, &q->calinski_harabasz, sizeof(double));
    assert_true(fabs(p->davies_bouldin - q->davies_bouldin) <= 1e-12 * q->davies_bouldin);
    assert_true(fabs(p->silhouette - q->silhouette) <= 1e-12 && p->smallest_share == q->smallest_share);
    assert_true(p->restart == q->restart && p->iterations == q->iterations);
    for (int c = 0; c < 4; c++) {
        assert_true(p->weight[c] == 256 && q->weight[c] == 256 && p->size[c] == 128 && q->size[c] == 256);
    }
    for (size_t i = 0; i < w.all.rows; i++) {
        assert_int_equal(b->assignment->label[i], a->assignment->label[w.from[i]]);
        assert_true(b->assignment->distance[i] == a->assignment->distance[w.from[i]]);
    }
    tsl_sweep_free(a);
    tsl_sweep_free(b);
    weighted_free(&w);
}

/* The indices of one labelling. */
static void check_quality(const weighted *w, const int32_t *label, int k)
{
    int32_t *all = calloc(w->all.rows, sizeof *all);
    tsl_quality p, q;
    for (size_t i = 0; i < w->all.rows; i++) {
        all[i] = label[w->from[i]];
    }
    assert_int_equal(tsl_quality_get(&w->x, w->weight, label, k, NULL, NULL, &p, NULL, NULL), TSL_OK);
    assert_int_equal(tsl_quality_get(&w->all, NULL, all, k, NULL, NULL, &q, NULL, NULL), TSL_OK);
    assert_true(fabs(p.inertia - q.inertia) <= 1e-12 * q.inertia && fabs(p.silhouette - q.silhouette) <= 1e-12);
    assert_true(fabs(p.calinski_harabasz - q.calinski_harabasz) <= 1e-11 * q.calinski_harabasz);
    assert_true(fabs(p.davies_bouldin - q.davies_bouldin) <= 1e-11 * q.davies_bouldin);
    free(all);
}

/* At random, some rows without weight: to 1e-12; and the rows without weight are
 * assigned like any other. */
static void test_weight_is_rows(void **state)
{
    (void)state;
    for (uint32_t key = 0; key < 5; key++) {
        tsl_matrix x = set_draw(600, 3, 3, 15, key);
        double *weight = set_alloc(600);
        tsl__rng rng = tsl__rng_open(9, 1, key);
        for (size_t r = 0; r < 600; r++) {
            weight[r] = (double)tsl__rng_below(&rng, 4);
            if (weight[r] == 0) { /* they may lie anywhere */
                ((double *)(uintptr_t)x.data)[3 * r] += r % 2 ? 1e6 : 3;
            }
        }
        weighted w = repeat(x, weight);
        tsl_kmeans_options opt = options(2, 4);
        opt.silhouette_rows = 10000;
        tsl_sweep *a = fit(&w.x, w.weight, &opt), *b = fit(&w.all, NULL, &opt);
        for (size_t s = 0; s < 2; s++) { /* k up to the number of groups */
            const tsl_candidate *p = &a->candidate[s], *q = &b->candidate[s];
            assert_true(fabs(p->inertia - q->inertia) <= 1e-12 * q->inertia);
            assert_true(fabs(p->silhouette - q->silhouette) <= 1e-12);
            assert_true(fabs(p->calinski_harabasz - q->calinski_harabasz) <= 1e-11 * q->calinski_harabasz);
            assert_true(fabs(p->davies_bouldin - q->davies_bouldin) <= 1e-11 * q->davies_bouldin);
        }
        const tsl_candidate *best = &a->candidate[a->best];
        check_quality(&w, a->assignment->label, best->k);
        uint64_t rows = 0;
        for (int c = 0; c < best->k; c++) {
            rows += best->size[c];
        }
        assert_int_equal(rows, 600);
        assert_int_equal(a->info.silhouette_rows, b->info.silhouette_rows - (w.all.rows - a->info.silhouette_rows));
        for (size_t r = 0; r < 600; r++) {
            double squared;
            const int near = set_nearest(set_values(&w.x) + 3 * r, best->center, best->k, 3, &squared);
            assert_int_equal(a->assignment->label[r], near);
        }
        tsl_sweep_free(a);
        tsl_sweep_free(b);
        weighted_free(&w);
    }
}

/* All weights the same number: the bits of no weights, also where rows are
 * sampled and raced. */
static void test_equal_weights(void **state)
{
    (void)state;
    static const size_t rows[] = {1000, TSL__SAMPLE_ROWS + 500, 530000};
    for (size_t n = 0; n < 3; n++) {
        tsl_matrix x = set_draw(rows[n], 4, 4, 1, 21);
        double *weight = set_alloc(rows[n]);
        for (size_t r = 0; r < rows[n]; r++) {
            weight[r] = 4;
        }
        tsl_kmeans_options opt = options(2, 4);
        opt.silhouette_rows = 0;
        tsl_sweep *a = fit(&x, NULL, &opt), *b = fit(&x, weight, &opt);
        for (size_t s = 0; s < a->count; s++) {
            const tsl_candidate *p = &a->candidate[s], *q = &b->candidate[s];
            assert_memory_equal(p->center, q->center, (size_t)p->k * 4 * sizeof(double));
            assert_true(4 * p->inertia == q->inertia && p->restart == q->restart);
        }
        tsl_sweep_free(a);
        tsl_sweep_free(b);
        free(weight);
        set_free(&x);
    }
}

/* Sampled, with weights that differ: near what the repeated rows give. */
static void test_sampled_weights(void **state)
{
    (void)state;
    enum { ROWS = 3 * TSL__SAMPLE_ROWS };
    tsl_matrix x = set_draw(ROWS, 3, 4, 8, 30);
    double *weight = set_alloc(ROWS);
    for (size_t r = 0; r < ROWS; r++) {
        weight[r] = (double)(r % 5);
    }
    weighted w = repeat(x, weight);
    tsl_kmeans_options opt = options(4, 4);
    tsl_sweep *a = fit(&w.x, w.weight, &opt), *b = fit(&w.all, NULL, &opt);
    assert_true(fabs(a->candidate[0].inertia - b->candidate[0].inertia) <= 1e-11 * b->candidate[0].inertia);
    tsl_sweep_free(a);
    tsl_sweep_free(b);
    weighted_free(&w);
}

/* Trees and models: repeated rows and weights agree. */
static void test_weighted_models(void **state)
{
    (void)state;
    weighted w = make_exact();
    tsl_kmeans_options opt = options(4, 4);
    double *value = set_alloc(w.x.rows), *all = set_alloc(w.all.rows);
    for (size_t r = 0; r < w.x.rows; r++) {
        value[r] = 0.1 * (double)(r % 4) + 0.01 * (double)(r % 3);
    }
    for (size_t i = 0; i < w.all.rows; i++) {
        all[i] = value[w.from[i]];
    }
    const tsl_tree_options leaves = {.size = sizeof leaves, .leaves = 7};
    tsl_model *a, *b;
    assert_int_equal(tsl_model_build(&w.x, w.weight, NULL, fit(&w.x, w.weight, &opt), &(tsl_raw_columns){&w.x, NULL},
                                     value, &leaves, NULL, &a, NULL),
                     TSL_OK);
    assert_int_equal(tsl_model_build(&w.all, NULL, NULL, fit(&w.all, NULL, &opt), &(tsl_raw_columns){&w.all, NULL}, all,
                                     &leaves, NULL, &b, NULL),
                     TSL_OK);
    const tsl_matrix weights = {w.weight, w.x.rows, 1, 1, TSL_F64};
    uint64_t hash;
    assert_int_equal(tsl_matrix_get_hash(&weights, &hash, NULL), TSL_OK);
    assert_true(a->weights_hash == hash && b->weights_hash == 0); /* it can be told which weights they were */
    assert_memory_equal(a->center, b->center, 4 * 2 * sizeof(double));
    assert_memory_equal(a->center_raw, b->center_raw, 4 * 2 * sizeof(double));
    assert_int_equal(a->tree->node_count, b->tree->node_count);
    for (size_t i = 0; i < a->tree->node_count; i++) {
        const tsl_tree_node *p = &a->tree->node[i], *q = &b->tree->node[i];
        assert_true(p->column == q->column && p->threshold == q->threshold && p->cluster == q->cluster);
    }
    assert_true(fabs(a->tree->cost - b->tree->cost) <= 1e-12 * b->tree->cost);
    assert_memory_equal(a->tree->precision, b->tree->precision, 4 * sizeof(double));
    assert_true(a->tree->agreement == b->tree->agreement);
    for (int c = 0; c < 4; c++) {
        assert_true(fabs(a->mean_distance[c] - b->mean_distance[c]) <= 1e-12 * b->mean_distance[c]);
    }
    free(value);
    free(all);
    tsl_model_free(a);
    tsl_model_free(b);
    weighted_free(&w);
}

static void test_refused_weights(void **state)
{
    (void)state;
    tsl_matrix x = set_draw(30, 2, 2, 5, 1);
    static const struct {
        double value;
        const char *what;
    } bad[] = {{-1, "negative"},     {NAN, "not a number"}, {INFINITY, "too great"},
               {1e101, "too great"}, {1e-101, "too small"}, {-1e-300, "negative"}};
    double weight[30];
    tsl_error err;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        tsl_sweep *sweep = (tsl_sweep *)&sweep;
        tsl_quality q;
        char expected[128];
        int32_t label[30] = {1};
        for (int r = 0; r < 30; r++) {
            weight[r] = r == 17 ? bad[i].value : 1;
        }
        snprintf(expected, sizeof expected, "row 18: its weight is %s; expected 0, or 1e-100 to 1e100", bad[i].what);
        assert_int_equal(tsl_kmeans_fit(&x, weight, NULL, NULL, NULL, &sweep, &err), TSL_E_INPUT);
        assert_string_equal(err.message, expected);
        assert_null(sweep);
        assert_int_equal(tsl_quality_get(&x, weight, label, 2, NULL, NULL, &q, NULL, &err), TSL_E_INPUT);
        assert_string_equal(err.message, expected);
    }
    memset(weight, 0, sizeof weight);
    tsl_sweep *sweep;
    assert_int_equal(tsl_kmeans_fit(&x, weight, NULL, NULL, NULL, &sweep, &err), TSL_E_INPUT);
    assert_string_equal(err.message, "no row has a weight above 0");
    weight[3] = 1; /* one row that counts is alike with itself */
    assert_int_equal(tsl_kmeans_fit(&x, weight, NULL, NULL, NULL, &sweep, &err), TSL_E_INPUT);
    assert_string_equal(err.message, "all 1 rows are alike: there is nothing to cluster");
    set_free(&x);
}

/* ---- Any finite range ---------------------------------------------------- */

enum { RANGE_ROWS = 400, RANGE_COLS = 3 };

/* What is found of the values times a unit. */
typedef struct ranged {
    double unit, *values;
    tsl_matrix x;
    tsl_sweep *sweep;
    tsl_quality quality;
    tsl_tree *tree;
} ranged;

static ranged ranged_open(const tsl_matrix *x, const double *weight, double unit)
{
    ranged r = {.unit = unit, .values = set_alloc(RANGE_ROWS * RANGE_COLS)};
    const double prior[RANGE_COLS] = {1 * unit, NAN, -2 * unit};
    const tsl_start start = {.size = sizeof start, .prior = prior, .prior_count = 1, .prior_weight = 3};
    const tsl_kmeans_options opt = options(2, 4);
    for (size_t i = 0; i < RANGE_ROWS * RANGE_COLS; i++) {
        r.values[i] = set_values(x)[i] * unit;
    }
    r.x = (tsl_matrix){r.values, RANGE_ROWS, RANGE_COLS, RANGE_COLS, TSL_F64};
    assert_int_equal(tsl_kmeans_fit(&r.x, weight, &start, &opt, NULL, &r.sweep, NULL), TSL_OK);
    const tsl_candidate *best = &r.sweep->candidate[r.sweep->best];
    const int32_t *label = r.sweep->assignment->label;
    assert_int_equal(tsl_quality_get(&r.x, weight, label, best->k, NULL, NULL, &r.quality, NULL, NULL), TSL_OK);
    assert_int_equal(tsl_tree_fit(&r.x, weight, best->center, best->k, label, &(tsl_raw_columns){x, NULL}, NULL, NULL,
                                  &r.tree, NULL),
                     TSL_OK);
    return r;
}

static void ranged_close(ranged *r)
{
    tsl_tree_free(r->tree);
    tsl_sweep_free(r->sweep);
    free(r->values);
}

static void check_ranged(const ranged *first, const ranged *other)
{
    const double unit = other->unit;
    assert_int_equal(first->sweep->best, other->sweep->best);
    for (size_t s = 0; s < first->sweep->count; s++) {
        const tsl_candidate *a = &first->sweep->candidate[s], *b = &other->sweep->candidate[s];
        assert_true(b->inertia == a->inertia * unit * unit && b->penalty == a->penalty * unit * unit);
        assert_memory_equal(&a->silhouette, &b->silhouette, 3 * sizeof(double));
        for (int i = 0; i < a->k * RANGE_COLS; i++) {
            assert_true(b->center[i] == a->center[i] * unit);
        }
    }
    const tsl_candidate *best = &other->sweep->candidate[other->sweep->best];
    double distance[RANGE_ROWS];
    tsl_assignment out = {.rows = RANGE_ROWS, .distance = distance};
    assert_int_equal(tsl_kmeans_predict(&other->x, best->center, best->k, NULL, &out, NULL), TSL_OK);
    for (size_t r = 0; r < RANGE_ROWS; r++) {
        assert_true(distance[r] == other->sweep->assignment->distance[r]);
        assert_true(distance[r] == first->sweep->assignment->distance[r] * unit);
    }
    assert_memory_equal(&first->quality.silhouette, &other->quality.silhouette, 3 * sizeof(double));
    assert_true(other->quality.inertia == first->quality.inertia * unit * unit);
    assert_int_equal(first->tree->node_count, other->tree->node_count);
    assert_memory_equal(first->tree->node, other->tree->node, first->tree->node_count * sizeof *first->tree->node);
    assert_true(first->tree->cost_ratio == other->tree->cost_ratio);
}

/* Times a power of two everything is the same, to the bit, wherever the values
 * lie. */
static void test_any_range(void **state)
{
    (void)state;
    static const int powers[] = {-900, -700, -460, -300, 300, 480, 700, 1000};
    tsl_matrix x = set_draw(RANGE_ROWS, RANGE_COLS, 3, 5, 40);
    double weight[RANGE_ROWS];
    for (size_t r = 0; r < RANGE_ROWS; r++) {
        weight[r] = r % 9 ? 1 + (double)(r % 3) : 0;
    }
    ranged first = ranged_open(&x, weight, 1);
    for (size_t p = 0; p < sizeof powers / sizeof powers[0]; p++) {
        ranged other = ranged_open(&x, weight, ldexp(1, powers[p]));
        check_ranged(&first, &other);
        ranged_close(&other);
    }
    ranged_close(&first);
    set_free(&x);
}

/* Either each row is its cluster's centre, to the bit, or the message says why not. */
static void check_apart(const double *x, int rows, const char *message)
{
    const tsl_matrix m = {x, (size_t)rows, 1, 1, TSL_F64};
    const tsl_kmeans_options opt = options(rows, rows);
    tsl_sweep *sweep;
    tsl_error err = {0};
    const tsl_status status = tsl_kmeans_fit(&m, NULL, NULL, &opt, NULL, &sweep, &err);
    assert_string_equal(err.message, message);
    assert_int_equal(status, *message ? TSL_E_INPUT : TSL_OK);
    for (int i = 0; status == TSL_OK && i < rows; i++) {
        assert_int_equal(sweep->candidate[0].size[i], 1);
        assert_true(sweep->candidate[0].center[sweep->assignment->label[i]] == x[i]);
    }
    tsl_sweep_free(sweep);
}

/* Rows that differ by little beside the greatest value. */
static void test_small_differences(void **state)
{
    (void)state;
    static const char lost[] = "k = 3: only 2 clusters can be told apart, as some rows differ by less than 1e-300 of "
                               "the greatest value";
    check_apart((const double[]){0, 1e-200, 1}, 3, "");
    check_apart((const double[]){1e300, 1e1, 0}, 3, "");
    check_apart((const double[]){5e-324, 0, 1e-323, 2e-323}, 4, "");
    check_apart((const double[]){1.7e308, -1.7e308, 1.6e308, -1.6e308}, 4, "");
    check_apart((const double[]){0, 1e-300, 1e300}, 3, lost);
    check_apart((const double[]){0, 1e-320, 1}, 3, lost);
    const double flat[] = {1e300, 0, 1e300, 1e-100};
    const tsl_matrix m = {flat, 2, 2, 2, TSL_F64};
    tsl_sweep *sweep;
    tsl_error err;
    assert_int_equal(tsl_kmeans_fit(&m, NULL, NULL, NULL, NULL, &sweep, &err), TSL_E_INPUT);
    assert_string_equal(err.message,
                        "the rows differ by less than 1e-300 of the greatest value: they cannot be told apart");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_floats),
        cmocka_unit_test(test_models_of_floats),
        cmocka_unit_test(test_other_cells),
        cmocka_unit_test(test_weight_is_rows_exactly),
        cmocka_unit_test(test_weight_is_rows),
        cmocka_unit_test(test_equal_weights),
        cmocka_unit_test(test_sampled_weights),
        cmocka_unit_test(test_weighted_models),
        cmocka_unit_test(test_refused_weights),
        cmocka_unit_test(test_any_range),
        cmocka_unit_test(test_small_differences),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
