/* test_init.c: seeds are rows, spread out, and depend on their key alone. */
#include "model/kmeans/init.h"
#include "model/kmeans/tiled.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

/* The row that a centre is, or rows. */
static size_t find_row(const tsl_matrix *x, const double *shift, const double *center)
{
    size_t r = 0;
    for (; r < x->rows; r++) {
        size_t j = 0;
        while (j < x->cols && set_values(x)[r * x->cols + j] - shift[j] == center[j]) {
            j++;
        }
        if (j == x->cols) {
            break;
        }
    }
    return r;
}

static double potential(const tsl_matrix *x, const double *shift, const double *center, int k)
{
    double sum = 0, squared, *row = set_alloc(x->cols);
    for (size_t r = 0; r < x->rows; r++) {
        for (size_t j = 0; j < x->cols; j++) {
            row[j] = set_values(x)[r * x->cols + j] - shift[j];
        }
        set_nearest(row, center, k, x->cols, &squared);
        sum += squared;
    }
    free(row);
    return sum;
}

static double *draw(const tsl_matrix *x, const double *shift, int k, uint64_t seed)
{
    tsl__seedbed bed;
    double *center = set_alloc((size_t)k * x->cols);
    tsl__rng rng = tsl__rng_open(seed, (uint32_t)k, 0);
    tsl__cancel cancel;
    tsl__cancel_open(&cancel, NULL, "test", NULL);
    const tsl__row_view rows = tsl__row_view_of(x, 1);
    assert_int_equal(tsl__seedbed_open(&bed, &rows, shift, NULL), 0);
    assert_int_equal(tsl__seedbed_draw(&bed, &rng, 0, k, center, &cancel), 0);
    tsl__seedbed_free(&bed);
    return center;
}

/* As long as there are distinct rows, no two seeds are alike; k = n takes all. */
static void test_seeds_are_distinct_rows(void **state)
{
    (void)state;
    static const size_t sizes[] = {1, 2, 3, 7, 15, 63, 64, 65, 129};
    for (size_t n = 0; n < 9; n++) {
        for (size_t cols = 1; cols < 20; cols += 6) {
            tsl_matrix x = set_draw(sizes[n], cols, 3, 3, (uint32_t)n);
            double *shift = set_alloc(cols);
            shift[0] = 0.25;
            for (int k = 1; k <= (int)sizes[n]; k += k < 4 ? 1 : (int)sizes[n] - 4 > 0 ? (int)sizes[n] - 4 : 1) {
                double *center = draw(&x, shift, k, 5);
                char *used = calloc(sizes[n], 1);
                for (int c = 0; c < k; c++) {
                    const size_t row = find_row(&x, shift, center + (size_t)c * cols);
                    assert_true(row < x.rows && !used[row]);
                    used[row] = 1;
                }
                free(used);
                free(center);
            }
            free(shift);
            set_free(&x);
        }
    }
}

/* More seeds than distinct rows: the rest repeats rows. */
static void test_duplicates(void **state)
{
    (void)state;
    const double x[] = {1, 2, 1, 2, 1, 2, 3, 3, 3};
    const tsl_matrix m = {x, 9, 1, 1, TSL_F64};
    const double shift[] = {0};
    double *center = draw(&m, shift, 5, 1);
    int seen[4] = {0};
    for (int c = 0; c < 5; c++) {
        seen[(int)center[c]]++;
    }
    assert_true(seen[1] && seen[2] && seen[3] && seen[1] + seen[2] + seen[3] == 5);
    free(center);
}

/* One seed in each of eight groups far apart, nearly always; rows drawn alike
 * would miss one nearly always. */
static void test_seeds_are_spread(void **state)
{
    (void)state;
    tsl_matrix x = set_draw(800, 2, 8, 100, 3);
    const double shift[2] = {0};
    double spread = 0;
    for (size_t r = 0; r < x.rows; r++) { /* the least that one seed a group can leave, about */
        spread += 2 * 2;
    }
    int hits = 0;
    for (uint64_t seed = 1; seed <= 50; seed++) {
        double *center = draw(&x, shift, 8, seed);
        hits += potential(&x, shift, center, 8) < 2 * spread;
        free(center);
    }
    assert_true(hits >= 45);
    set_free(&x);
}

/* The same draws by plain loops: the greedy choice and the proportional draw. */
static void test_follows_the_definition(void **state)
{
    (void)state;
    enum { N = 100, K = 5, COLS = 3, TRIALS = 3 }; /* 2 + floor(ln 5) */
    tsl_matrix x = set_draw(N, COLS, 4, 2, 8);
    const double shift[COLS] = {0};
    double closest[N], center[K][COLS], squared;
    tsl__rng rng = tsl__rng_open(77, K, 0);
    memcpy(center[0], set_values(&x) + (size_t)(tsl__rng_uniform(&rng) * N) * COLS, sizeof center[0]);
    for (int c = 1; c < K; c++) {
        double total = 0, best = HUGE_VAL;
        for (size_t r = 0; r < N; r++) {
            set_nearest(set_values(&x) + r * COLS, center[0], c, COLS, &closest[r]);
            total += closest[r];
        }
        for (int t = 0; t < TRIALS; t++) {
            double left = tsl__rng_uniform(&rng) * total, after = 0;
            size_t row = 0;
            while (row < N - 1 && left >= closest[row]) {
                left -= closest[row++];
            }
            for (size_t r = 0; r < N; r++) {
                squared = set_squared(set_values(&x) + r * COLS, set_values(&x) + row * COLS, COLS);
                after += fmin(squared, closest[r]);
            }
            if (after < best) {
                best = after;
                memcpy(center[c], set_values(&x) + row * COLS, sizeof center[c]);
            }
        }
    }
    double *seen = draw(&x, shift, K, 77);
    assert_memory_equal(seen, center, sizeof center);
    free(seen);
    set_free(&x);
}

static void test_sample_rows(void **state)
{
    (void)state;
    assert_int_equal(tsl__sample_rows(100, 10), 100);
    assert_int_equal(tsl__sample_rows(1000000, 10), TSL__SAMPLE_ROWS);
    assert_int_equal(tsl__sample_rows(1000000, 1000), 1000 * TSL__SAMPLE_ROWS_EACH);
    assert_int_equal(tsl__sample_rows(30000, 1000), 30000);
}

/* A row that counts twice draws like two rows; one that counts never, never. */
static void test_weights(void **state)
{
    (void)state;
    const double x[] = {0, 10, 20, 30, 40}, shift[] = {0};
    const tsl_matrix m = {x, 5, 1, 1, TSL_F64};
    const double weight[] = {0, 1, 2, 3, 4};
    const tsl__row_view rows = tsl__row_view_of(&m, 1);
    int seen[5] = {0};
    tsl__cancel cancel;
    tsl__cancel_open(&cancel, NULL, "test", NULL);
    for (uint64_t seed = 0; seed < 1000; seed++) {
        tsl__seedbed bed;
        double center;
        tsl__rng rng = tsl__rng_open(seed, 1, 1);
        assert_int_equal(tsl__seedbed_open(&bed, &rows, shift, weight), 0);
        assert_int_equal(tsl__seedbed_draw(&bed, &rng, 0, 1, &center, &cancel), 0);
        seen[(int)center / 10]++;
        tsl__seedbed_free(&bed);
    }
    assert_int_equal(seen[0], 0);
    for (int i = 1; i < 5; i++) { /* four standard deviations */
        assert_true(abs(seen[i] - 100 * i) < 62);
    }
}

/* Three lone rows far out among very many: every sample has them. */
static void test_outliers_are_sampled(void **state)
{
    (void)state;
    enum { N = 5 * TSL__SAMPLE_ROWS, K = 4, COLS = 2, RUNS = 5 };
    tsl_matrix x = set_draw(N, COLS, 1, 0, 10);
    double *values = (double *)x.data;
    values[COLS * 123] = 2000;
    values[COLS * 50000 + 1] = -2000;
    values[COLS * (N - 1)] = -3000;
    tsl_error err;
    tsl__cancel cancel;
    tiled in = tiled_open(&x, 1);
    tsl__lloyd_run run[RUNS], *runs[RUNS];
    tsl__cancel_open(&cancel, NULL, "test", &err);
    for (int r = 0; r < RUNS; r++) {
        runs[r] = &run[r];
        assert_int_equal(tsl__lloyd_run_open(&run[r], K, r, COLS), 0);
    }
    tsl__runs_seed(&in.tiles, &(tsl__seeding){.seed = 1, .stop = 1e-4, .threads = 2}, runs, RUNS, &cancel);
    for (int r = 0; r < RUNS; r++) {
        int far = 0;
        for (int c = 0; c < K; c++) {
            far += hypot(run[r].center[c * COLS], run[r].center[c * COLS + 1]) > 1900;
        }
        assert_int_equal(far, 3);
        tsl__lloyd_run_free(&run[r]);
    }
    tiled_close(&in);
    set_free(&x);
}

/* Rows beyond the sample's: seeds of each run differ, and are the same for any
 * threads and kernel. */
static void test_sampled_runs(void **state)
{
    (void)state;
    enum { RUNS = 4, K = 3, COLS = 4 };
    tsl_matrix x = set_draw(TSL__SAMPLE_ROWS + 5000, COLS, 6, 4, 9);
    double first[RUNS][K * COLS];
    tsl_error err;
    tiled in = tiled_open(&x, 1);
    for (int v = 0; v < SET_KERNELS; v++) {
        for (int threads = 1; threads <= 3; threads++) {
            tsl__lloyd_run run[RUNS], *runs[RUNS];
            tsl__cancel cancel;
            tsl__cancel_open(&cancel, NULL, "test", &err);
            for (int r = 0; r < RUNS; r++) {
                runs[r] = &run[r];
                assert_int_equal(tsl__lloyd_run_open(&run[r], K, r, COLS), 0);
            }
            setenv("TESELA_KERNEL", set_kernels[v], 1);
            tsl__runs_seed(&in.tiles, &(tsl__seeding){.seed = 1, .stop = 1e-4, .threads = threads}, runs, RUNS,
                           &cancel);
            assert_int_equal(tsl__cancel_get(&cancel), TSL_OK);
            for (int r = 0; r < RUNS; r++) {
                if (v == 0 && threads == 1) {
                    memcpy(first[r], run[r].center, sizeof first[r]);
                }
                assert_memory_equal(first[r], run[r].center, sizeof first[r]);
                assert_int_equal(run[r].iterations, 0);
                assert_true(r == 0 || memcmp(first[r], first[r - 1], sizeof first[r]) != 0);
                tsl__lloyd_run_free(&run[r]);
            }
        }
    }
    unsetenv("TESELA_KERNEL");
    tiled_close(&in);
    set_free(&x);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_seeds_are_distinct_rows),
        cmocka_unit_test(test_duplicates),
        cmocka_unit_test(test_seeds_are_spread),
        cmocka_unit_test(test_follows_the_definition),
        cmocka_unit_test(test_sample_rows),
        cmocka_unit_test(test_weights),
        cmocka_unit_test(test_outliers_are_sampled),
        cmocka_unit_test(test_sampled_runs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
