/* test_customer_map.c: the customers on a plane: components against covariances that are added up one by one, hexagons
 * against the nearest centre. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/rng.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <tesela/label.h>

enum { COLS = 4, MOST = 20000 };
static double numbers[MOST * COLS];

typedef struct drawn {
    tsl_features *features;
    tsl_model *model;
    tsl_labels *labels;
    tsl_feature_matrix *matrix;
} drawn;

/* Nearly normal, of mean 0 and variance 1. */
static double draw_normal(tsl__rng *rng)
{
    double sum = -6;
    for (int i = 0; i < 12; i++) {
        sum += tsl__rng_uniform(rng);
    }
    return sum;
}

/* Columns that go together: the third is the sum of the first two, and noise. */
static void fill_numbers(size_t rows, uint64_t seed)
{
    tsl__rng rng = tsl__rng_open(seed, 2, 1);
    for (size_t i = 0; i < rows; i++) {
        double *x = numbers + i * COLS;
        x[0] = draw_normal(&rng) + (i % 3 == 0 ? 4 : 0);
        x[1] = 2 * draw_normal(&rng);
        x[2] = x[0] + x[1] + .3 * draw_normal(&rng);
        x[3] = tsl__rng_uniform(&rng);
    }
}

static drawn draw(size_t rows, size_t cols)
{
    const tsl_matrix x = {numbers, rows, cols, COLS, TSL_F64};
    static const char *const name[COLS] = {"a", "b", "c", "d"};
    const tsl_exec one = {.size = sizeof one, .threads = 1};
    drawn d = {.features = NULL};
    tsl_kmeans_options opt;
    tsl_label_options label;
    tsl_sweep *sweep;
    tsl_error err;
    assert_int_equal(tsl_features_build_plain(&x, NULL, name, NULL, NULL, NULL, &one, &d.features, &err), TSL_OK);
    assert_int_equal(tsl_features_get_matrix(d.features, &one, &d.matrix, &err), TSL_OK);
    TSL_DEFAULTS(kmeans, &opt);
    opt.k = 3;
    opt.restarts = 1;
    const tsl_matrix m = {d.matrix->values, d.matrix->rows, d.matrix->cols, d.matrix->cols, TSL_F64};
    const char *names[COLS];
    for (size_t c = 0; c < d.matrix->cols; c++) {
        names[c] = d.matrix->column[c].name;
    }
    assert_int_equal(tsl_kmeans_fit(&m, NULL, NULL, &opt, &one, &sweep, &err), TSL_OK);
    assert_int_equal(tsl_model_build(&m, NULL, names, sweep, NULL, NULL, NULL, &one, &d.model, &err), TSL_OK);
    TSL_DEFAULTS(label, &label);
    if (tsl_labels_build(d.features, d.model, d.model->assignment, NULL, &label, &one, &d.labels, &err) != TSL_OK) {
        fail_msg("%s", err.message);
    }
    return d;
}

static void undraw(drawn *d)
{
    tsl_labels_free(d->labels);
    tsl_model_free(d->model);
    tsl_feature_matrix_free(d->matrix);
    tsl_features_free(d->features);
}

static tsl_portrait *portray(const drawn *d, int threads)
{
    const tsl_exec exec = {.size = sizeof exec, .threads = threads};
    tsl_portrait *portrait;
    tsl_error err;
    assert_int_equal(tsl_portrait_build(d->labels, &exec, &portrait, &err), TSL_OK);
    return portrait;
}

static double dot(const double *a, const double *b, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++) {
        sum += a[i] * b[i];
    }
    return sum;
}

/* Means, and covariances divided by the rows. */
static void add_up(const tsl_feature_matrix *m, double *mean, double *cov)
{
    const size_t p = m->cols;
    memset(mean, 0, p * sizeof *mean);
    memset(cov, 0, p * p * sizeof *cov);
    for (size_t i = 0; i < m->rows; i++) {
        for (size_t c = 0; c < p; c++) {
            mean[c] += m->values[i * p + c] / (double)m->rows;
        }
    }
    for (size_t i = 0; i < m->rows; i++) {
        for (size_t c = 0; c < p * p; c++) {
            cov[c] +=
                (m->values[i * p + c / p] - mean[c / p]) * (m->values[i * p + c % p] - mean[c % p]) / (double)m->rows;
        }
    }
}

/* C v = lambda v, of length 1, apart from each other, the largest loading positive; no other way shows more. */
static void test_axes(void **state)
{
    (void)state;
    fill_numbers(700, 5);
    drawn d = draw(700, COLS);
    tsl_portrait *portrait = portray(&d, 1);
    const tsl_customer_map *map = portrait->map;
    double mean[COLS], cov[COLS * COLS], trace = 0, lambda[2];
    add_up(d.matrix, mean, cov);
    for (size_t c = 0; c < COLS; c++) {
        trace += cov[c * COLS + c];
    }
    assert_int_equal(map->cols, COLS);
    assert_int_equal(map->axis_rows, 700);
    for (size_t a = 0; a < 2; a++) {
        const double *v = map->axis[a].loading;
        double largest = 0;
        lambda[a] = map->axis[a].share * trace;
        for (size_t c = 0; c < COLS; c++) {
            assert_true(fabs(dot(cov + c * COLS, v, COLS) - lambda[a] * v[c]) < 1e-9 * trace);
            largest = fabs(v[c]) > fabs(largest) + 1e-9 ? v[c] : largest;
        }
        assert_true(fabs(dot(v, v, COLS) - 1) < 1e-12 && largest > 0);
    }
    assert_true(lambda[0] > lambda[1] && fabs(dot(map->axis[0].loading, map->axis[1].loading, COLS)) < 1e-12);
    tsl__rng rng = tsl__rng_open(9, 2, 2);
    for (int t = 0; t < 500; t++) {
        double v[COLS], cv[COLS];
        for (size_t c = 0; c < COLS; c++) {
            v[c] = draw_normal(&rng);
        }
        for (int apart = 0; apart < 2; apart++) {
            const double along = apart ? dot(v, map->axis[0].loading, COLS) : 0;
            for (size_t c = 0; c < COLS; c++) {
                v[c] -= along * map->axis[0].loading[c];
            }
            for (size_t c = 0; c < COLS; c++) {
                cv[c] = dot(cov + c * COLS, v, COLS);
            }
            assert_true(dot(v, cv, COLS) / dot(v, v, COLS) <= lambda[apart] * (1 + 1e-9));
        }
    }
    tsl_portrait_free(portrait);
    undraw(&d);
}

static double distance(const tsl_customer_map *map, const tsl_hexagon *h, const double *at)
{
    const double x = map->size * sqrt(3) * (h->q + h->r / 2.0), y = map->size * 1.5 * h->r;
    return hypot(x - at[0], y - at[1]);
}

/* Every row in the hexagon of the nearest centre, by looking at all of them; commonest segments, and medians. */
static void test_hexagons(void **state)
{
    (void)state;
    enum { ROWS = 900 };
    fill_numbers(ROWS, 6);
    drawn d = draw(ROWS, COLS);
    tsl_portrait *portrait = portray(&d, 2);
    const tsl_customer_map *map = portrait->map;
    double mean[COLS], cov[COLS * COLS], low[2] = {INFINITY, INFINITY};
    static uint64_t count[ROWS][3];
    uint64_t sum = 0;
    memset(count, 0, sizeof count);
    assert_in_range(map->hexagon_count, 50, ROWS);
    add_up(d.matrix, mean, cov);
    for (size_t i = 0; i < ROWS; i++) {
        double row[COLS], at[2];
        size_t best = 0;
        for (size_t c = 0; c < COLS; c++) {
            row[c] = d.matrix->values[i * COLS + c] - mean[c];
        }
        for (size_t a = 0; a < 2; a++) {
            at[a] = dot(row, map->axis[a].loading, COLS);
            low[a] = fmin(low[a], at[a]);
            assert_true(at[a] >= map->low[a] - 1e-9 && at[a] <= map->high[a] + 1e-9);
        }
        for (size_t h = 1; h < map->hexagon_count; h++) {
            best = distance(map, &map->hexagon[h], at) < distance(map, &map->hexagon[best], at) ? h : best;
        }
        assert_true(distance(map, &map->hexagon[best], at) <= map->size * (1 + 1e-9));
        count[best][d.labels->customer_segment[i] - 1]++;
    }
    assert_true(fabs(low[0] - map->low[0]) < 1e-9 && fabs(low[1] - map->low[1]) < 1e-9);
    for (size_t h = 0; h < map->hexagon_count; h++) {
        const tsl_hexagon *of = &map->hexagon[h];
        assert_int_equal(of->size, count[h][0] + count[h][1] + count[h][2]);
        for (int s = 0; s < 3; s++) {
            assert_true(count[h][s] < count[h][of->segment] || s >= of->segment);
            assert_true(count[h][s] <= count[h][of->segment]);
        }
        sum += of->size;
    }
    assert_int_equal(sum, ROWS);
    assert_int_equal(map->customers, ROWS);
    assert_true(map->apart == 0 && map->edge == 0);
    tsl_portrait_free(portrait);
    undraw(&d);
}

/* One who lies far out is put to the edge, and leaves the others their place. */
static void test_edge(void **state)
{
    (void)state;
    enum { ROWS = 4000 };
    fill_numbers(ROWS, 7);
    for (size_t c = 0; c < COLS; c++) {
        numbers[123 * COLS + c] = 1e4;
    }
    drawn d = draw(ROWS, COLS);
    tsl_portrait *portrait = portray(&d, 1);
    const tsl_customer_map *map = portrait->map;
    uint64_t sum = 0;
    for (size_t h = 0; h < map->hexagon_count; h++) {
        sum += map->hexagon[h].size;
    }
    assert_int_equal(map->edge, 1);
    assert_int_equal(sum, ROWS);
    assert_true(map->hexagon_count > 50);
    tsl_portrait_free(portrait);
    undraw(&d);
}

/* One way in which they differ is no plane. */
static void test_no_map(void **state)
{
    (void)state;
    fill_numbers(300, 8);
    drawn one = draw(300, 1);
    tsl_portrait *portrait = portray(&one, 1);
    assert_null(portrait->map);
    tsl_portrait_free(portrait);
    undraw(&one);
    for (size_t i = 0; i < 300; i++) {
        numbers[i * COLS + 1] = 3 * numbers[i * COLS];
    }
    drawn line = draw(300, 2);
    portrait = portray(&line, 1);
    assert_null(portrait->map);
    assert_null(portrait->grid);
    assert_null(portrait->stage_tier);
    tsl_portrait_free(portrait);
    undraw(&line);
}

/* The same bits for any number of threads. */
static void test_threads(void **state)
{
    (void)state;
    fill_numbers(MOST, 9);
    drawn d = draw(MOST, COLS);
    tsl_portrait *first = portray(&d, 1);
    for (int threads = 2; threads <= 7; threads += threads == 3 ? 4 : 1) {
        tsl_portrait *again = portray(&d, threads);
        const tsl_customer_map *a = first->map, *b = again->map;
        assert_int_equal(a->hexagon_count, b->hexagon_count);
        for (size_t h = 0; h < a->hexagon_count; h++) {
            assert_int_equal(a->hexagon[h].q, b->hexagon[h].q);
            assert_int_equal(a->hexagon[h].r, b->hexagon[h].r);
            assert_int_equal(a->hexagon[h].size, b->hexagon[h].size);
            assert_int_equal(a->hexagon[h].segment, b->hexagon[h].segment);
        }
        assert_memory_equal(a->median, b->median, 3 * sizeof *a->median);
        assert_memory_equal(a->low, b->low, sizeof a->low);
        assert_memory_equal(&a->size, &b->size, sizeof a->size);
        for (size_t i = 0; i < 2; i++) {
            assert_memory_equal(a->axis[i].loading, b->axis[i].loading, COLS * sizeof(double));
            assert_memory_equal(&a->axis[i].share, &b->axis[i].share, sizeof(double));
        }
        tsl_portrait_free(again);
    }
    tsl_portrait_free(first);
    undraw(&d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_axes),   cmocka_unit_test(test_hexagons), cmocka_unit_test(test_edge),
        cmocka_unit_test(test_no_map), cmocka_unit_test(test_threads),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
