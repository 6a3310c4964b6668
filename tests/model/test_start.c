/* test_start.c: where k-means begins and what draws it: given centres, and prior
 * places against plain loops. */
#include "model/sets.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

enum { N = 400, COLS = 3, K = 4 };

static tsl_kmeans_options options(int k)
{
    tsl_kmeans_options opt;
    TSL_DEFAULTS(kmeans, &opt);
    opt.k = k;
    opt.restarts = 3;
    return opt;
}

static tsl_sweep *fit(const tsl_matrix *x, const double *weight, const tsl_start *start, const tsl_kmeans_options *opt)
{
    tsl_sweep *sweep;
    tsl_error err = {0};
    if (tsl_kmeans_fit(x, weight, start, opt, NULL, &sweep, &err) != TSL_OK) {
        fail_msg("%s", err.message);
    }
    return sweep;
}

static void check_same(const tsl_sweep *a, const tsl_sweep *b)
{
    assert_int_equal(a->count, b->count);
    for (size_t s = 0; s < a->count; s++) {
        const tsl_candidate *p = &a->candidate[s], *q = &b->candidate[s];
        assert_int_equal(p->k, q->k);
        assert_memory_equal(p->center, q->center, (size_t)p->k * a->cols * sizeof(double));
        assert_memory_equal(&p->inertia, &q->inertia, sizeof(double));
        assert_memory_equal(p->size, q->size, (size_t)p->k * sizeof *p->size);
        assert_true(p->iterations == q->iterations && p->restart == q->restart && q->penalty == 0);
    }
}

/* ---- Given centres ------------------------------------------------------- */

/* One run, from just these centres; from those of an earlier fit it is done at once. */
static void test_init(void **state)
{
    (void)state;
    tsl_matrix x = set_draw(N, COLS, 4, 1.5, 1);
    tsl_kmeans_options opt = options(K), any = options(0);
    tsl_sweep *first = fit(&x, NULL, NULL, &opt);
    const tsl_start warm = {.size = sizeof warm, .init = first->candidate[0].center, .init_count = K};
    tsl_sweep *again = fit(&x, NULL, &warm, &any);
    const tsl_candidate *a = &first->candidate[0], *b = &again->candidate[0];
    assert_int_equal(b->k, K);
    assert_true(b->converged && b->iterations <= 3 && b->restart == 0);
    assert_memory_equal(a->center, b->center, K * COLS * sizeof(double));
    assert_true(a->inertia == b->inertia);
    assert_string_equal(again->info.choice, "k = 4 is the number of the initial centres");
    tsl_sweep_free(again);
    tsl_sweep_free(first);
    /* In the order in which they are given. */
    const double line[] = {0, 1, 2, 50, 51, 52, 90, 91, 92}, far[] = {95, -10, 49};
    const tsl_matrix m = {line, 9, 1, 1, TSL_F64};
    const tsl_start start = {.size = sizeof start, .init = far, .init_count = 3};
    tsl_sweep *sweep = fit(&m, NULL, &start, NULL);
    static const double expected[] = {91, 1, 51};
    assert_memory_equal(sweep->candidate[0].center, expected, sizeof expected);
    tsl_sweep_free(sweep);
    set_free(&x);
}

/* A single iteration is Lloyd's from the given centres, also on very many rows. */
static void test_init_many_rows(void **state)
{
    (void)state;
    enum { MANY = 600000 };
    double *x = set_alloc(MANY);
    for (size_t i = 0; i < MANY; i++) {
        x[i] = (double)(i % 1024);
    }
    const tsl_matrix m = {x, MANY, 1, 1, TSL_F64};
    const double init[] = {0, 200};
    const tsl_start start = {.size = sizeof start, .init = init, .init_count = 2};
    tsl_kmeans_options opt = options(0);
    opt.max_iterations = 1;
    tsl_sweep *sweep = fit(&m, NULL, &start, &opt);
    double sum[2] = {0}, count[2] = {0};
    for (size_t i = 0; i < MANY; i++) {
        sum[x[i] > 100] += x[i]; /* 100 is as near to both */
        count[x[i] > 100]++;
    }
    for (int c = 0; c < 2; c++) {
        assert_true(fabs(sweep->candidate[0].center[c] - sum[c] / count[c]) < 1e-9);
    }
    tsl_sweep_free(sweep);
    free(x);
}

/* ---- Prior places, by plain loops ---------------------------------------- */

typedef struct plain {
    const tsl_matrix *x;
    const double *weight; /* or NULL */
    const double *prior;
    int k, places;
    double m;
    double *center;
} plain;

static double weight_of(const plain *p, size_t row)
{
    return p->weight ? p->weight[row] : 1;
}

/* Sum of w |x - nearest|^2 plus m |centre - prior|^2. */
static double plain_objective(const plain *p)
{
    double sum = 0, squared;
    for (size_t r = 0; r < p->x->rows; r++) {
        set_nearest(set_values(p->x) + r * COLS, p->center, p->k, COLS, &squared);
        sum += weight_of(p, r) * squared;
    }
    for (int i = 0; i < p->places * COLS; i++) {
        const double away = p->center[i] - p->prior[i];
        sum += isnan(away) || away == 0 ? 0 : p->m * away * away;
    }
    return sum;
}

/* One iteration. Clusters without rows stay, or go to their places. */
static void plain_iterate(const plain *p)
{
    double *sum = set_alloc((size_t)p->k * COLS), *mass = set_alloc((size_t)p->k), squared;
    for (size_t r = 0; r < p->x->rows; r++) {
        const double *row = set_values(p->x) + r * COLS;
        const int near = set_nearest(row, p->center, p->k, COLS, &squared);
        mass[near] += weight_of(p, r);
        for (int j = 0; j < COLS; j++) {
            sum[near * COLS + j] += weight_of(p, r) * row[j];
        }
    }
    for (int i = 0; i < p->k * COLS; i++) {
        const double n = mass[i / COLS], place = i < p->places * COLS ? p->prior[i] : (double)NAN;
        if (!isnan(place)) {
            p->center[i] = isinf(p->m) || n == 0 ? place : (sum[i] + p->m * place) / (n + p->m);
        } else if (n > 0) {
            p->center[i] = sum[i] / n;
        }
    }
    free(sum);
    free(mass);
}

/* After each number of iterations the centres are those of the plain loop, and
 * inertia and penalty, whose sum no iteration raises. */
static void check_iterations(const tsl_matrix *x, const double *weight, const double *prior, int places, double m)
{
    double center[K * COLS], last = HUGE_VAL;
    const plain p = {x, weight, prior, K, places, m, center};
    for (int i = 0; i < K * COLS; i++) {
        center[i] = set_values(x)[i];
    }
    for (int i = 1; i <= 25; i++) {
        const tsl_start start = {.size = sizeof start,
                                 .init = x->data,
                                 .init_count = K,
                                 .prior = prior,
                                 .prior_count = (size_t)places,
                                 .prior_weight = m};
        tsl_kmeans_options opt = options(0);
        opt.max_iterations = i;
        opt.tolerance = 0;
        tsl_sweep *sweep = fit(x, weight, &start, &opt);
        const tsl_candidate *c = &sweep->candidate[0];
        plain_iterate(&p);
        for (int j = 0; j < K * COLS; j++) {
            assert_true(fabs(c->center[j] - center[j]) <= 1e-9 * (1 + fabs(center[j])));
        }
        const double objective = plain_objective(&p);
        assert_true(fabs(c->inertia + c->penalty - objective) <= 1e-9 * objective);
        assert_true(c->inertia + c->penalty <= last * (1 + 1e-12));
        tsl_quality about; /* the means of the same labels */
        assert_int_equal(tsl_quality_get(x, weight, sweep->assignment->label, K, NULL, NULL, &about, NULL, NULL),
                         TSL_OK);
        assert_true(fabs(c->calinski_harabasz - about.calinski_harabasz) <= 1e-12 * about.calinski_harabasz);
        assert_true(fabs(c->davies_bouldin - about.davies_bouldin) <= 1e-12 * about.davies_bouldin);
        last = c->inertia + c->penalty;
        const int converged = c->converged;
        tsl_sweep_free(sweep);
        if (converged) {
            break;
        }
    }
}

static void test_prior_iterations(void **state)
{
    (void)state;
    static const double strengths[] = {0.5, 20, 1e4, INFINITY};
    for (uint32_t key = 0; key < 3; key++) {
        tsl_matrix x = set_draw(N, COLS, 4, 1.2, key);
        double *weight = set_alloc(N), prior[K * COLS];
        tsl__rng rng = tsl__rng_open(3, 1, key);
        for (size_t r = 0; r < N; r++) {
            weight[r] = r % 7 ? 0.25 + 3 * tsl__rng_uniform(&rng) : 0;
        }
        for (int i = 0; i < K * COLS; i++) { /* some coordinates free; every place holds rows */
            prior[i] = i % 5 == 3 ? NAN : set_values(&x)[i] + 0.5 * draw_normal(&rng);
        }
        for (size_t s = 0; s < sizeof strengths / sizeof strengths[0]; s++) {
            for (int places = 1; places <= K; places += places) {
                check_iterations(&x, NULL, prior, places, strengths[s]);
                check_iterations(&x, weight, prior, places, strengths[s]);
            }
        }
        free(weight);
        set_free(&x);
    }
}

/* Weight 0 is k-means, to the bit, for any size and sweep. */
static void test_prior_of_no_weight(void **state)
{
    (void)state;
    static const size_t rows[] = {500, 30000};
    for (size_t n = 0; n < 2; n++) {
        tsl_matrix x = set_draw(rows[n], COLS, 4, 1, 9);
        const double prior[] = {100, 100, 100};
        const tsl_start start = {.size = sizeof start, .prior = prior, .prior_count = 1};
        tsl_kmeans_options opt = options(0);
        opt.k_max = 4;
        opt.silhouette_rows = 100;
        tsl_sweep *a = fit(&x, NULL, NULL, &opt), *b = fit(&x, NULL, &start, &opt);
        check_same(a, b);
        tsl_sweep_free(a);
        tsl_sweep_free(b);
        set_free(&x);
    }
}

/* Of infinite weight the places stand; rows go to the nearest, and the free
 * clusters are means. On few rows, on sampled seeds, and raced. */
static void test_pinned(void **state)
{
    (void)state;
    static const size_t rows[] = {300, 25000, 530000};
    for (size_t n = 0; n < 3; n++) {
        tsl_matrix x = set_draw(rows[n], 2, 1, 0, 4);
        for (size_t i = 0; i < 2 * rows[n]; i++) { /* (0, 0), (100, 100), (200, 0) */
            ((double *)(uintptr_t)x.data)[i] += i / 2 % 3 == 1 ? 100 : i % 6 == 4 ? 200 : 0;
        }
        double prior[4]; /* in the first group and, one coordinate free, in the second */
        for (int i = 0; i < 4; i++) {
            prior[i] = set_values(&x)[i] + 0.25;
        }
        prior[2 + (int)n % 2] = NAN;
        const tsl_start start = {
            .size = sizeof start, .prior = prior, .prior_count = 2, .prior_weight = (double)INFINITY};
        tsl_kmeans_options opt = options(3);
        opt.silhouette_rows = 100;
        tsl_sweep *sweep = fit(&x, NULL, &start, &opt);
        const tsl_candidate *c = &sweep->candidate[0];
        assert_true(c->center[0] == prior[0] && c->center[1] == prior[1]);
        assert_true(c->center[3 - (int)n % 2] == prior[3 - (int)n % 2]);
        assert_true(c->penalty == 0);
        double sum[6] = {0}, count[3] = {0};
        for (size_t r = 0; r < x.rows; r++) {
            const int label = sweep->assignment->label[r];
            count[label]++;
            sum[2 * label] += set_values(&x)[2 * r];
            sum[2 * label + 1] += set_values(&x)[2 * r + 1];
            assert_int_equal(label, (int)(r % 3)); /* groups far apart, each with its place */
        }
        assert_true(fabs(c->center[2 + (int)n % 2] - sum[2 + (int)n % 2] / count[1]) < 1e-9);
        assert_true(fabs(c->center[4] - sum[4] / count[2]) < 1e-9 && fabs(c->center[5] - sum[5] / count[2]) < 1e-9);
        tsl_sweep_free(sweep);
        set_free(&x);
    }
}

/* As so many rows that lie at the place: what a heavy row there would do. */
static void test_prior_is_rows(void **state)
{
    (void)state;
    enum { ROWS = 60 };
    tsl_matrix x = set_draw(ROWS, 2, 2, 15, 5);
    double more[(ROWS + 1) * 2], weight[ROWS + 1];
    memcpy(more, x.data, ROWS * 2 * sizeof *more);
    more[ROWS * 2] = more[0] + 3; /* in the first group */
    more[ROWS * 2 + 1] = more[1] - 2;
    for (int r = 0; r <= ROWS; r++) {
        weight[r] = r < ROWS ? 1 : 7;
    }
    const tsl_matrix all = {more, ROWS + 1, 2, 2, TSL_F64};
    const tsl_start start = {.size = sizeof start,
                             .prior = more + ROWS * 2,
                             .prior_count = 1,
                             .prior_weight = 7,
                             .init = more,
                             .init_count = 2};
    const tsl_start plain_start = {.size = sizeof plain_start, .init = more, .init_count = 2};
    tsl_sweep *a = fit(&x, NULL, &start, NULL), *b = fit(&all, weight, &plain_start, NULL);
    for (int i = 0; i < 4; i++) {
        assert_true(fabs(a->candidate[0].center[i] - b->candidate[0].center[i]) < 1e-12 * 30);
    }
    assert_true(fabs(a->candidate[0].inertia + a->candidate[0].penalty - b->candidate[0].inertia) < 1e-9);
    tsl_sweep_free(a);
    tsl_sweep_free(b);
    set_free(&x);
}

/* A place that no row is near keeps its cluster without rows; everything that
 * is measured leaves it out. */
static void test_place_without_rows(void **state)
{
    (void)state;
    tsl_matrix x = set_draw(90, 2, 2, 15, 6);
    const double prior[] = {1000, 1000};
    const tsl_start start = {.size = sizeof start, .prior = prior, .prior_count = 1, .prior_weight = 5};
    tsl_kmeans_options two = options(2), three = options(3);
    tsl_sweep *a = fit(&x, NULL, NULL, &two), *b = fit(&x, NULL, &start, &three);
    const tsl_candidate *p = &a->candidate[0], *q = &b->candidate[0];
    assert_true(q->size[0] == 0 && q->weight[0] == 0 && q->size[1] + q->size[2] == 90);
    assert_true(q->center[0] == 1000 && q->center[1] == 1000 && q->penalty == 0 && q->smallest_share == 0);
    assert_true(fabs(p->inertia - q->inertia) < 1e-9 && fabs(p->silhouette - q->silhouette) < 1e-12);
    assert_true(fabs(p->davies_bouldin - q->davies_bouldin) < 1e-12);
    tsl_model *model;
    assert_int_equal(tsl_model_build(&x, NULL, NULL, b, &(tsl_raw_columns){&x, NULL}, NULL, NULL, NULL, &model, NULL),
                     TSL_OK);
    assert_int_equal(model->sweep->placed, 1); /* it keeps its number */
    assert_true(model->size[0] == 0 && isnan(model->mean_distance[0]) && isnan(model->center_raw[0]));
    assert_true(isnan(model->tree->precision[0]) && isnan(model->tree->coverage[0]));
    assert_true(model->size[1] >= model->size[2]);
    assert_true(model->tree->k == 3 && model->tree->leaves == 2 && model->tree->agreement == 1);
    tsl_model_free(model);
    tsl_sweep_free(a);
    set_free(&x);
}

/* ---- Refusals ------------------------------------------------------------ */

static void check_refused(const tsl_start *start, int k, tsl_status status, const char *message)
{
    tsl_matrix x = set_draw(20, 2, 2, 5, 1);
    tsl_sweep *sweep = (tsl_sweep *)&sweep;
    tsl_error err = {0};
    const tsl_kmeans_options opt = options(k);
    assert_int_equal(tsl_kmeans_fit(&x, NULL, start, &opt, NULL, &sweep, &err), status);
    assert_null(sweep);
    assert_string_equal(err.message, message);
    set_free(&x);
}

static void test_refusals(void **state)
{
    (void)state;
    const double two[] = {0, 1, 2, NAN}, wide[] = {0, 1, INFINITY, 3};
    tsl_start start;
    TSL_DEFAULTS(start, &start);
    start.size = 3;
    check_refused(&start, 2, TSL_E_OPTION, "start options: size is 3: start from tsl_start_defaults");
    TSL_DEFAULTS(start, &start);
    start.init = two;
    check_refused(&start, 2, TSL_E_OPTION, "start: places are given, but not how many");
    start.init_count = 2;
    check_refused(&start, 2, TSL_E_INPUT, "initial centre 2, column 2: the value is not a number");
    start.init = wide;
    check_refused(&start, 2, TSL_E_INPUT, "initial centre 2, column 1: the value is infinite");
    start.init_count = 1;
    check_refused(&start, 2, TSL_E_OPTION, "k: 2, but 1 initial centres are given");
    TSL_DEFAULTS(start, &start);
    start.prior_count = 1;
    check_refused(&start, 2, TSL_E_OPTION, "start: counts are given, but not the places");
    start.prior = wide;
    start.prior_weight = -1;
    check_refused(&start, 2, TSL_E_OPTION, "prior_weight: a number of at least 0 is needed");
    start.prior_weight = (double)NAN;
    check_refused(&start, 2, TSL_E_OPTION, "prior_weight: a number of at least 0 is needed");
    start.prior_weight = 1;
    start.prior_count = 2;
    check_refused(&start, 2, TSL_E_INPUT, "prior place 2, column 1: the value is infinite");
    start.prior = two;
    check_refused(&start, 1, TSL_E_OPTION, "k: at most 1, but 2 prior places are given");
    start.prior_count = 70000;
    check_refused(&start, 1, TSL_E_OPTION, "start: 0 initial centres, 70000 prior places: more than 30000");
}

/* A sweep begins at the number of the places. */
static void test_sweep(void **state)
{
    (void)state;
    tsl_matrix x = set_draw(200, 2, 4, 10, 2);
    tsl_kmeans_options opt = options(0);
    const tsl_start start = {.size = sizeof start, .prior = x.data, .prior_count = 3, .prior_weight = 1};
    opt.k_max = 5;
    tsl_sweep *sweep = fit(&x, NULL, &start, &opt);
    assert_int_equal(sweep->count, 3);
    assert_int_equal(sweep->candidate[0].k, 3);
    assert_string_equal(sweep->info.notes.text[0], "k goes from 3, not 2: so many prior places are given");
    tsl_sweep_free(sweep);
    set_free(&x);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_init),
        cmocka_unit_test(test_init_many_rows),
        cmocka_unit_test(test_prior_iterations),
        cmocka_unit_test(test_prior_of_no_weight),
        cmocka_unit_test(test_pinned),
        cmocka_unit_test(test_prior_is_rows),
        cmocka_unit_test(test_place_without_rows),
        cmocka_unit_test(test_refusals),
        cmocka_unit_test(test_sweep),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
