/* test_lloyd.c: Lloyd's iterations against a plain loop from the same centres,
 * at awkward sizes, with any threads and kernel. */
#include "model/kmeans/lloyd.h"
#include "model/kmeans/tiled.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

/* One run of the engine: at most so many iterations from given centres. */
typedef struct fit {
    tsl__lloyd_run run;
    tiled in;
} fit;

static fit fit_from(const tsl_matrix *x, const tsl_matrix *start, int iterations, double stop, int threads)
{
    const int k = (int)start->rows;
    fit f = {.in = tiled_open(x, threads)};
    tsl_error err;
    tsl__cancel cancel;
    tsl__cancel_open(&cancel, NULL, "test", &err);
    assert_int_equal(tsl__lloyd_run_open(&f.run, k, 0, x->cols), 0);
    for (int c = 0; c < k; c++) {
        for (size_t j = 0; j < x->cols; j++) {
            f.run.center[(size_t)c * x->cols + j] = set_values(start)[(size_t)c * start->stride + j] - f.in.mean[j];
        }
    }
    tsl__lloyd_run *one = &f.run;
    tsl__lloyd lloyd = {.stop = stop, .max_iterations = iterations, .threads = threads};
    tsl__lloyd_fit(&lloyd, &f.in.tiles, &one, 1, &cancel);
    assert_int_equal(tsl__cancel_get(&cancel), TSL_OK);
    assert_int_equal(lloyd.passes, f.run.iterations);
    return f;
}

/* From the first k rows. */
static fit fit_run(const tsl_matrix *x, int k, int iterations, double stop, int threads)
{
    const tsl_matrix start = {x->data, (size_t)k, x->cols, x->stride, TSL_F64};
    return fit_from(x, &start, iterations, stop, threads);
}

static void close_fit(fit *f)
{
    tsl__lloyd_run_free(&f->run);
    tiled_close(&f->in);
}

/* The same by plain loops; returns the inertia about the means, and whether
 * no label changed in the last iteration. */
static double plain_lloyd(const tsl_matrix *x, int k, int iterations, double *center, int *converged, int *empty)
{
    int *label = calloc(x->rows, sizeof *label);
    double *sum = set_alloc((size_t)k * x->cols), inertia = 0;
    size_t *size = calloc((size_t)k, sizeof *size);
    *converged = *empty = 0;
    for (size_t r = 0; r < x->rows; r++) {
        label[r] = -1;
    }
    for (int c = 0; c < k; c++) {
        memcpy(center + (size_t)c * x->cols, set_values(x) + (size_t)c * x->stride, x->cols * sizeof *center);
    }
    for (int i = 0; i < iterations && !*converged; i++) {
        memset(sum, 0, (size_t)k * x->cols * sizeof *sum);
        memset(size, 0, (size_t)k * sizeof *size);
        *converged = 1;
        for (size_t r = 0; r < x->rows; r++) {
            double squared;
            const int near = set_nearest(set_values(x) + r * x->stride, center, k, x->cols, &squared);
            *converged = *converged && near == label[r];
            label[r] = near;
            size[near]++;
            for (size_t j = 0; j < x->cols; j++) {
                sum[(size_t)near * x->cols + j] += set_values(x)[r * x->stride + j];
            }
        }
        for (size_t c = 0; c < (size_t)k * x->cols; c++) {
            *empty |= size[c / x->cols] == 0;
            center[c] = sum[c] / (double)size[c / x->cols];
        }
    }
    for (size_t r = 0; r < x->rows; r++) {
        inertia += set_squared(set_values(x) + r * x->stride, center + (size_t)label[r] * x->cols, x->cols);
    }
    free(label);
    free(sum);
    free(size);
    return inertia;
}

/* Both after so many iterations: the same centres, up to rounding. */
static void check_against_plain(const tsl_matrix *x, int k, int iterations)
{
    int converged, empty;
    double *center = set_alloc((size_t)k * x->cols);
    const double inertia = plain_lloyd(x, k, iterations, center, &converged, &empty);
    if (!empty) {
        fit f = fit_run(x, k, iterations, -1, 1);
        assert_int_equal(f.run.converged, converged);
        double most = 1;
        for (size_t i = 0; i < x->rows * x->cols; i++) {
            most = fmax(most, fabs(set_values(x)[i]));
        }
        for (size_t i = 0; i < (size_t)k * x->cols; i++) {
            assert_true(fabs(f.run.center[i] + f.in.mean[i % x->cols] - center[i]) <= 1e-11 * most);
        }
        assert_true(fabs(f.run.cost - inertia) <= 1e-12 * f.in.tiles.total);
        close_fit(&f);
    }
    free(center);
}

static void test_follows_lloyd(void **state)
{
    (void)state;
    static const size_t sizes[] = {1, 2, 3, 7, 15, 16, 17, 31, 32, 33, 63, 64, 65};
    for (size_t n = 0; n < 13; n++) {
        for (size_t d = 0; d < 13; d++) {
            for (size_t k = 0; k < 13 && sizes[k] <= sizes[n]; k++) {
                tsl_matrix x = set_draw(sizes[n], sizes[d], 3, 2, (uint32_t)(n * 13 + d));
                check_against_plain(&x, (int)sizes[k], 1);
                check_against_plain(&x, (int)sizes[k], 4);
                set_free(&x);
            }
        }
    }
}

/* Over many blocks and iterations, so that most rows are left alone for a
 * while: groups that overlap, heavy tails, and a far outlier. */
static void test_follows_lloyd_far(void **state)
{
    (void)state;
    for (uint32_t kind = 0; kind < 4; kind++) {
        tsl_matrix x = set_draw(10007, 5, 4, 0.7, kind);
        double *values = (double *)x.data;
        for (size_t i = 0; kind > 0 && i < x.rows * x.cols; i++) {
            values[i] = kind == 1 ? values[i] * values[i] * values[i] : values[i];
        }
        if (kind == 2) {
            values[7777 * 5 + 1] = 1e7;
        }
        /* Many duplicates and ties; mirrored, so that the mean is 0 and both
         * sides round alike. */
        for (size_t i = 0; kind == 3 && i < x.rows * x.cols; i++) {
            const size_t twin = x.rows * x.cols - 1 - i;
            values[i] = i > twin ? -values[twin] : i == twin || x.rows / 2 == i / x.cols ? 0 : round(values[i]);
        }
        for (int iterations = 1; iterations <= 300; iterations *= 3) {
            check_against_plain(&x, 9, iterations);
        }
        check_against_plain(&x, 2, 300);
        set_free(&x);
    }
}

/* A matrix whose rows do not stand side by side, far from the origin. */
static void test_stride_and_offset(void **state)
{
    (void)state;
    tsl_matrix x = set_draw(500, 6, 3, 2, 1);
    double *wide = set_alloc(500 * 11);
    for (size_t r = 0; r < x.rows; r++) {
        for (size_t j = 0; j < 11; j++) {
            wide[r * 11 + j] = j < 6 ? set_values(&x)[r * 6 + j] : (double)NAN;
        }
    }
    const tsl_matrix strided = {wide, 500, 6, 11, TSL_F64};
    fit a = fit_run(&x, 5, 50, -1, 1), b = fit_run(&strided, 5, 50, -1, 2);
    assert_memory_equal(a.run.center, b.run.center, 5 * 6 * sizeof(double));
    close_fit(&b);
    double *values = (double *)x.data;
    for (size_t i = 0; i < 500 * 6; i++) {
        values[i] += 1e6;
    }
    b = fit_run(&x, 5, 50, -1, 1);
    assert_true(fabs(a.run.cost - b.run.cost) < 1e-6 * a.run.cost);
    assert_int_equal(a.run.iterations, b.run.iterations);
    close_fit(&a);
    close_fit(&b);
    set_free(&x);
    free(wide);
}

static void test_inertia_falls(void **state)
{
    (void)state;
    tsl_matrix x = set_draw(3000, 8, 6, 0.8, 2);
    double last = HUGE_VAL;
    for (int i = 1; i < 40; i++) {
        fit f = fit_run(&x, 7, i, -1, 2);
        assert_true(f.run.cost <= last * (1 + 1e-14));
        last = f.run.cost;
        close_fit(&f);
    }
    set_free(&x);
}

static void test_same_bits(void **state)
{
    (void)state;
    static const int threads[] = {1, 2, 3, 7};
    tsl_matrix x = set_draw(20011, 7, 5, 0.6, 3);
    fit first = fit_run(&x, 11, 60, -1, 1);
    for (int v = 0; v < SET_KERNELS; v++) {
        if (!tsl__kernel_find(set_kernels[v])) {
            continue;
        }
        setenv("TESELA_KERNEL", set_kernels[v], 1);
        for (int t = 0; t < 4; t++) {
            fit f = fit_run(&x, 11, 60, -1, threads[t]);
            assert_memory_equal(f.run.center, first.run.center, 11 * 7 * sizeof(double));
            assert_memory_equal(&f.run.cost, &first.run.cost, sizeof(double));
            assert_int_equal(f.run.iterations, first.run.iterations);
            close_fit(&f);
        }
    }
    unsetenv("TESELA_KERNEL");
    close_fit(&first);
    set_free(&x);
}

/* The first rows are all alike, so that all clusters but one start empty: each
 * is given a row of its own. */
static void test_empty_clusters(void **state)
{
    (void)state;
    double x[40];
    for (int i = 0; i < 40; i++) {
        x[i] = i < 10 ? 0 : i;
    }
    x[39] = 1000; /* farthest: the first empty cluster's */
    const tsl_matrix m = {x, 40, 1, 1, TSL_F64};
    fit f = fit_run(&m, 4, 100, -1, 1);
    assert_true(f.run.converged);
    int seen = 0;
    for (int c = 0; c < 4; c++) {
        for (int other = 0; other < c; other++) {
            assert_true(f.run.center[c] != f.run.center[other]);
        }
        seen |= fabs(f.run.center[c] + f.in.mean[0] - 1000) < 1e-9;
    }
    assert_true(seen);
    close_fit(&f);
    /* After one iteration: the farthest row is taken, unless it is alone. */
    double gone[] = {0, 0, 10, 0, 2, 60};
    const tsl_matrix five = {gone, 5, 1, 1, TSL_F64}, six = {gone, 6, 1, 1, TSL_F64};
    f = fit_run(&five, 2, 1, -1, 1);
    assert_true(fabs(f.run.center[0] + f.in.mean[0] - 0.5) < 1e-12 &&
                fabs(f.run.center[1] + f.in.mean[0] - 10) < 1e-12);
    close_fit(&f);
    gone[2] = 1; /* the last row is alone with its centre, and farther from it than any other row from its own */
    const double start[] = {0, 900, 40};
    const tsl_matrix centers = {start, 3, 1, 1, TSL_F64};
    f = fit_from(&six, &centers, 1, -1, 1);
    static const double expected[] = {0.25, 2, 60};
    for (int c = 0; c < 3; c++) {
        assert_true(fabs(f.run.center[c] + f.in.mean[0] - expected[c]) < 1e-12);
    }
    close_fit(&f);
    /* Of rows that are as far, the first is taken. */
    static const double alike[] = {0, 0, -10, 10};
    const tsl_matrix four = {alike, 4, 1, 1, TSL_F64}, far = {start, 2, 1, 1, TSL_F64};
    f = fit_from(&four, &far, 1, -1, 1);
    assert_true(fabs(f.run.center[0] - 10 / 3.) < 1e-12 && fabs(f.run.center[1] + 10) < 1e-12);
    close_fit(&f);
    /* More clusters than distinct rows: the rest stays empty, and it ends. */
    double few[] = {1, 1, 1, 2, 2, 1};
    const tsl_matrix two = {few, 6, 1, 1, TSL_F64};
    f = fit_run(&two, 4, 100, -1, 1);
    assert_true(f.run.converged && f.run.cost < 1e-15);
    close_fit(&f);
}

static void test_stops(void **state)
{
    (void)state;
    tsl_matrix x = set_draw(5000, 4, 3, 0.5, 4);
    fit strict = fit_run(&x, 6, 300, -1, 1), loose = fit_run(&x, 6, 300, 1e-3, 1), short_one = fit_run(&x, 6, 3, -1, 1);
    assert_true(strict.run.converged);
    assert_true(loose.run.iterations < strict.run.iterations && !loose.run.converged);
    assert_true(short_one.run.iterations == 3 && !short_one.run.converged);
    assert_true(strict.run.cost <= loose.run.cost && loose.run.cost <= short_one.run.cost);
    close_fit(&strict);
    close_fit(&loose);
    close_fit(&short_one);
    set_free(&x);
}

/* Runs side by side do not disturb each other; with patience, the best is what
 * it is without, and those that trail hopelessly cost fewer iterations. */
static void test_many_runs(void **state)
{
    (void)state;
    enum { RUNS = 6, K = 4, COLS = 3 };
    tsl_matrix x = set_draw(6000, COLS, K, 6, 5);
    double best[2] = {HUGE_VAL, HUGE_VAL}, alone[RUNS];
    uint64_t iterations[2] = {0};
    tsl_error err;
    tsl__cancel cancel;
    tiled in = tiled_open(&x, 1);
    tsl__cancel_open(&cancel, NULL, "test", &err);
    for (int mode = 0; mode < 3; mode++) { /* alone, together, together with patience */
        tsl__lloyd_run run[RUNS], *runs[RUNS];
        tsl__lloyd lloyd = {.max_iterations = 300, .threads = 2, .patience = mode == 2 ? 20 : 0};
        for (size_t r = 0; r < RUNS; r++) {
            runs[r] = &run[r];
            assert_int_equal(tsl__lloyd_run_open(&run[r], K, (int)r, COLS), 0);
            for (size_t c = 0; c < K; c++) {
                /* Row i is of group i % K: run 2 starts in every group, the others miss some. */
                const double *row = set_values(&x) + (r == 2 ? c : K * (c + 10 * r) + (c * r) % 2) * COLS;
                for (size_t j = 0; j < COLS; j++) {
                    run[r].center[c * COLS + j] = row[j] - in.mean[j];
                }
            }
            if (mode == 0) {
                tsl__lloyd_fit(&lloyd, &in.tiles, &runs[r], 1, &cancel);
                alone[r] = run[r].cost;
            }
        }
        if (mode > 0) {
            tsl__lloyd_fit(&lloyd, &in.tiles, runs, RUNS, &cancel);
            iterations[mode - 1] = lloyd.iterations;
        }
        for (size_t r = 0; r < RUNS; r++) {
            assert_true(mode == 2 ? run[r].cost >= alone[r] : run[r].cost == alone[r]);
            best[mode == 2] = fmin(best[mode == 2], run[r].cost);
            tsl__lloyd_run_free(&run[r]);
        }
    }
    assert_true(best[0] == best[1]);
    assert_true(iterations[1] < iterations[0]);
    tiled_close(&in);
    set_free(&x);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_follows_lloyd),
        cmocka_unit_test(test_follows_lloyd_far),
        cmocka_unit_test(test_stride_and_offset),
        cmocka_unit_test(test_inertia_falls),
        cmocka_unit_test(test_same_bits),
        cmocka_unit_test(test_empty_clusters),
        cmocka_unit_test(test_stops),
        cmocka_unit_test(test_many_runs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
