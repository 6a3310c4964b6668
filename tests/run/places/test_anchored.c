/* test_anchored.c: k-means that typical places draw: against a naive Lloyd, and which places are taken away. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/rng.h"
#include "run/places/anchored.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define PLACES_MAX 8

static const char *const codes[PLACES_MAX] = {"A", "B", "C", "D", "E", "F", "G", "H"};

static tsl__anchors anchors_open(const double *place, size_t count, size_t cols)
{
    tsl__anchors a = {count, cols, malloc(count * cols * sizeof(double)), malloc(count * sizeof(char *)), 1,
                      NULL,  NULL};
    memcpy(a.place, place, count * cols * sizeof *place);
    memcpy(a.code, codes, count * sizeof *codes);
    return a;
}

static int of_buyers; /* whom the sentence on k names */

static tsl_sweep *fit(const double *x, size_t rows, size_t cols, const double *weight, double buyers, int threads,
                      tsl__anchors *anchors)
{
    const tsl_matrix m = {x, rows, cols, cols, TSL_F64};
    const tsl_exec exec = {.size = sizeof exec, .threads = threads};
    tsl_kmeans_options kmeans;
    tsl_sweep *sweep = NULL;
    tsl_error err = {0};
    TSL_DEFAULTS(kmeans, &kmeans);
    kmeans.silhouette_rows = 0;
    const tsl__anchored_input input = {&m, weight, buyers, of_buyers, &kmeans, &exec};
    if (tsl__anchored_fit(&input, anchors, &sweep, &err) != TSL_OK) {
        fail_msg("%s", err.message);
    }
    assert_int_equal(sweep->count, 1);
    assert_int_equal(sweep->candidate[0].k, anchors->count);
    assert_int_equal(sweep->placed, anchors->count);
    return sweep;
}

/* ---- The fit --------------------------------------------------------------------- */

enum { ROWS = 900, COLS = 3, PLACES = 4 };

static double *draw(void)
{
    double *x = malloc(ROWS * COLS * sizeof *x);
    tsl__rng rng = tsl__rng_open(5, 1, 9);
    for (size_t i = 0; i < ROWS * COLS; i++) {
        x[i] = 1.5 * (tsl__rng_uniform(&rng) + tsl__rng_uniform(&rng) + tsl__rng_uniform(&rng) - 1.5);
    }
    return x;
}

static const double places[PLACES * COLS] = {-1.2, 1.4, 1.2, -1.1, 0, 0, .4, .3, .4, .7, -1, -1.2};

/* By the definition, until no label changes; NaN: the coordinate is free. */
static void fit_naively(const double *x, const double *weight, const double *place, size_t k, double *centre,
                        int32_t *label)
{
    double rows = 0;
    for (size_t r = 0; r < ROWS; r++) {
        rows += weight ? weight[r] : 1;
        label[r] = -1;
    }
    for (size_t i = 0; i < k * COLS; i++) {
        centre[i] = isnan(place[i]) ? 0 : place[i];
    }
    for (int changed = 1; changed;) {
        double sum[PLACES * COLS] = {0}, count[PLACES] = {0};
        changed = 0;
        for (size_t r = 0; r < ROWS; r++) {
            int32_t nearest = 0;
            double least = INFINITY;
            for (size_t c = 0; c < k; c++) {
                double square = 0;
                for (size_t j = 0; j < COLS; j++) {
                    square += (x[r * COLS + j] - centre[c * COLS + j]) * (x[r * COLS + j] - centre[c * COLS + j]);
                }
                if (square < least) {
                    least = square;
                    nearest = (int32_t)c;
                }
            }
            changed += label[r] != nearest;
            label[r] = nearest;
            count[nearest] += weight ? weight[r] : 1;
            for (size_t j = 0; j < COLS; j++) {
                sum[nearest * COLS + (int32_t)j] += (weight ? weight[r] : 1) * x[r * COLS + j];
            }
        }
        for (size_t i = 0; i < k * COLS; i++) {
            const double p = isnan(place[i]) ? 0 : rows / (double)k;
            centre[i] = (sum[i] + (p > 0 ? p * place[i] : 0)) / (count[i / COLS] + p);
        }
    }
}

static void check_fit(const double *place, const double *weight)
{
    double *x = draw(), centre[PLACES * COLS];
    int32_t label[ROWS];
    tsl__anchors anchors = anchors_open(place, PLACES, COLS);
    tsl_sweep *sweep = fit(x, ROWS, COLS, weight, ROWS, 1, &anchors);
    fit_naively(x, weight, place, PLACES, centre, label);
    assert_int_equal(anchors.count, PLACES);
    for (size_t i = 0; i < PLACES * COLS; i++) {
        assert_true(fabs(sweep->candidate[0].center[i] - centre[i]) < 1e-9);
    }
    assert_memory_equal(sweep->assignment->label, label, sizeof label);
    tsl_sweep_free(sweep);
    tsl__anchors_free(&anchors);
    free(x);
}

static void test_naive(void **state)
{
    (void)state;
    double weight[ROWS], half_free[PLACES * COLS];
    for (size_t r = 0; r < ROWS; r++) {
        weight[r] = (double)(r % 5) / 2;
    }
    memcpy(half_free, places, sizeof half_free);
    for (size_t c = 0; c < PLACES; c++) {
        half_free[c * COLS + 1] = NAN;
    }
    check_fit(places, NULL);
    check_fit(places, weight);
    check_fit(half_free, NULL);
}

/* What is too small is what the options say. */
static void test_size_asked(void **state)
{
    (void)state;
    static const struct {
        double share;
        size_t rows;
    } asked[] = {{.25, 10}, {.02, 260}};
    double *x = draw();
    const tsl_matrix m = {x, ROWS, COLS, COLS, TSL_F64};
    for (size_t i = 0; i < 2; i++) {
        tsl_kmeans_options kmeans;
        tsl_sweep *sweep = NULL;
        tsl__anchors anchors = anchors_open(places, PLACES, COLS);
        TSL_DEFAULTS(kmeans, &kmeans);
        kmeans.silhouette_rows = 0;
        kmeans.min_share = asked[i].share;
        kmeans.min_rows = asked[i].rows;
        const tsl__anchored_input input = {&m, NULL, ROWS, 0, &kmeans, NULL};
        assert_int_equal(tsl__anchored_fit(&input, &anchors, &sweep, NULL), TSL_OK);
        assert_true(anchors.count < PLACES); /* all of them there are where 2 % and 10 rows are enough */
        for (size_t c = 0; c < anchors.count && anchors.count > 2; c++) {
            assert_true((double)sweep->candidate[0].size[c] >= asked[i].share * ROWS);
            assert_true(sweep->candidate[0].size[c] >= asked[i].rows);
        }
        tsl_sweep_free(sweep);
        tsl__anchors_free(&anchors);
    }
    free(x);
}

/* The same bits for any number of threads, whatever the order of the rows but for roundings. */
static void test_threads_and_order(void **state)
{
    (void)state;
    enum { REPEAT = 12, MANY = ROWS * REPEAT }; /* more than one block of rows */
    double *x = draw(), *many = malloc(MANY * COLS * sizeof *many), *turned = malloc(MANY * COLS * sizeof *turned);
    double first[PLACES * COLS];
    for (size_t r = 0; r < MANY; r++) {
        for (size_t j = 0; j < COLS; j++) {
            many[r * COLS + j] = x[r % ROWS * COLS + j] + (double)(r / ROWS) / 64;
            turned[(MANY - 1 - r) * COLS + j] = many[r * COLS + j];
        }
    }
    for (int threads = 1; threads <= 3; threads++) {
        tsl__anchors anchors = anchors_open(places, PLACES, COLS);
        tsl_sweep *sweep = fit(many, MANY, COLS, NULL, MANY, threads, &anchors);
        if (threads == 1) {
            memcpy(first, sweep->candidate[0].center, sizeof first);
        }
        assert_memory_equal(first, sweep->candidate[0].center, sizeof first);
        tsl_sweep_free(sweep);
        tsl__anchors_free(&anchors);
    }
    tsl__anchors anchors = anchors_open(places, PLACES, COLS);
    tsl_sweep *sweep = fit(turned, MANY, COLS, NULL, MANY, 2, &anchors);
    for (size_t i = 0; i < PLACES * COLS; i++) {
        assert_true(fabs(first[i] - sweep->candidate[0].center[i]) < 1e-12);
    }
    tsl_sweep_free(sweep);
    tsl__anchors_free(&anchors);
    free(turned);
    free(many);
    free(x);
}

/* ---- Places that are taken away ------------------------------------------------------ */

/* Rows on the places themselves, on a line: which are left, by their codes. */
static void check_left(const double *place, const size_t *rows, size_t count, double buyers, const char *expected)
{
    double *x = malloc(4000 * sizeof *x);
    char left[PLACES_MAX + 1] = "";
    size_t all = 0;
    for (size_t c = 0; c < count; c++) {
        for (size_t r = 0; r < rows[c]; r++) {
            x[all++] = place[c];
        }
    }
    tsl__anchors anchors = anchors_open(place, count, 1);
    tsl_sweep *sweep = fit(x, all, 1, NULL, buyers, 1, &anchors);
    for (size_t c = 0; c < anchors.count; c++) {
        strcat(left, anchors.code[c]);
    }
    assert_string_equal(left, expected);
    tsl_sweep_free(sweep);
    tsl__anchors_free(&anchors);
    free(x);
}

static void test_least_share(void **state)
{
    (void)state;
    const double place[] = {-10, 0, 10, 11};
    check_left(place, (const size_t[]){600, 380, 20}, 3, 1000, "ABC"); /* 2 % */
    check_left(place, (const size_t[]){600, 381, 19}, 3, 1000, "AB");
    check_left(place, (const size_t[]){600, 380, 20}, 3, 1001, "AB"); /* of the buyers, not of the rows */
    check_left(place, (const size_t[]){19, 600, 381}, 3, 1000, "BC");
    check_left(place, (const size_t[]){50, 40, 10}, 3, 100, "ABC"); /* ten customers */
    check_left(place, (const size_t[]){50, 41, 9}, 3, 100, "AB");
    check_left(place, (const size_t[]){97, 3}, 2, 1000, "A"); /* one always remains */
    check_left(place, (const size_t[]){3, 1}, 2, 1000, "A");
    check_left(place, (const size_t[]){99, 1, 0, 0}, 4, 1000, "A");
}

/* The smallest goes first, and its rows to its neighbour, who may then stay. */
static void test_smallest_first(void **state)
{
    (void)state;
    const double place[] = {-10, 0, 10, 11};
    check_left(place, (const size_t[]){500, 470, 18, 12}, 4, 1000, "ABC");
    check_left(place, (const size_t[]){500, 470, 12, 18}, 4, 1000, "ABD");
    check_left(place, (const size_t[]){500, 470, 15, 15}, 4, 1000, "ABD"); /* alike: the first */
}

/* A place that holds enough where it is, and no more once the segments have drawn their rows, goes too. */
static void test_idle_at_last(void **state)
{
    (void)state;
    const double place[] = {0, 2, 20};
    double x[200];
    for (size_t r = 0; r < 200; r++) { /* the first moves to .52, the second to 1.88: 1.05 is nearer to the first */
        x[r] = r < 90 ? .9 : r < 100 ? 1.05 : 20;
    }
    tsl__anchors anchors = anchors_open(place, 3, 1);
    tsl_sweep *sweep = fit(x, 200, 1, NULL, 200, 1, &anchors);
    assert_int_equal(anchors.count, 2);
    assert_string_equal(anchors.code[0], "A");
    assert_string_equal(anchors.code[1], "C");
    assert_int_equal(sweep->candidate[0].size[0], 100);
    assert_int_equal(sweep->candidate[0].size[1], 100);
    tsl_sweep_free(sweep);
    tsl__anchors_free(&anchors);
}

/* One that is left is noted where more is asked for than is usual, and no two have it. */
static void check_single(double share, size_t rows, size_t count, const char *expected)
{
    const double place[] = {-10, 10};
    double x[100];
    tsl_kmeans_options kmeans;
    tsl_sweep *sweep = NULL;
    tsl__anchors anchors = anchors_open(place, count, 1);
    const tsl_matrix m = {x, 100, 1, 1, TSL_F64};
    for (size_t r = 0; r < 100; r++) {
        x[r] = r < 30 ? -10 : 10;
    }
    TSL_DEFAULTS(kmeans, &kmeans);
    kmeans.silhouette_rows = 0;
    kmeans.min_share = share;
    kmeans.min_rows = rows;
    const tsl__anchored_input input = {&m, NULL, 100, 0, &kmeans, NULL};
    assert_int_equal(tsl__anchored_fit(&input, &anchors, &sweep, NULL), TSL_OK);
    assert_int_equal(sweep->info.notes.count, expected != NULL);
    if (expected) {
        assert_int_equal(anchors.count, 1);
        assert_string_equal(sweep->info.notes.text[0], expected);
    }
    tsl_sweep_free(sweep);
    tsl__anchors_free(&anchors);
}

static void test_single(void **state)
{
    (void)state;
    check_single(.6, 10, 2,
                 "one segment is left, as no two of 2 typical places hold 60 % of the customers each, and 10 of them: "
                 "--min-share and --min-rows ask for more than the usual 2 % and 10");
    check_single(.02, 31, 2,
                 "one segment is left, as no two of 2 typical places hold 2 % of the customers each, and 31 of them: "
                 "--min-share and --min-rows ask for more than the usual 2 % and 10");
    check_single(.3, 30, 2, NULL); /* both hold it */
    check_single(.6, 10, 1, NULL); /* there was one */
}

static void test_says_so(void **state)
{
    (void)state;
    const double place[] = {-10, 0, 10};
    double x[100];
    for (size_t r = 0; r < 100; r++) {
        x[r] = r < 50 ? -10 : 0;
    }
    tsl__anchors anchors = anchors_open(place, 3, 1);
    tsl_sweep *sweep = fit(x, 100, 1, NULL, 100, 1, &anchors);
    assert_string_equal(sweep->info.choice,
                        "k = 2: so many of 3 typical places hold 2 % of the customers each, and 10 of them");
    tsl_sweep_free(sweep);
    tsl__anchors_free(&anchors);
    for (size_t r = 0; r < 100; r++) {
        x[r] = r < 9 ? -10 : 0;
    }
    anchors = anchors_open(place, 3, 1);
    of_buyers = 1;
    sweep = fit(x, 100, 1, NULL, 100, 1, &anchors);
    of_buyers = 0;
    assert_string_equal(sweep->info.choice,
                        "k = 1: no two of 3 typical places hold 2 % of the buyers each, and 10 of them");
    tsl_sweep_free(sweep);
    tsl__anchors_free(&anchors);
    anchors = anchors_open(place, 1, 1);
    sweep = fit(x, 100, 1, NULL, 100, 1, &anchors);
    assert_string_equal(sweep->info.choice, "k = 1: so many typical places there are");
    tsl_sweep_free(sweep);
    tsl__anchors_free(&anchors);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_naive),
        cmocka_unit_test(test_size_asked),
        cmocka_unit_test(test_threads_and_order),
        cmocka_unit_test(test_least_share),
        cmocka_unit_test(test_smallest_first),
        cmocka_unit_test(test_idle_at_last),
        cmocka_unit_test(test_says_so),
        cmocka_unit_test(test_single),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
