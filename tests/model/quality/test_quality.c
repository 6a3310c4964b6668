/* test_quality.c: validity indices against published values, a plain O(n^2)
 * reference, and their limits. */
#include "model/quality/quality.h"
#include "model/sets.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static tsl_quality_options options(size_t rows)
{
    tsl_quality_options opt;
    TSL_DEFAULTS(quality, &opt);
    opt.silhouette_rows = rows;
    return opt;
}

static tsl_quality get(const tsl_matrix *x, const int32_t *label, int k, size_t rows)
{
    tsl_quality q;
    tsl_error err;
    const tsl_quality_options opt = options(rows);
    assert_int_equal(tsl_quality_get(x, NULL, label, k, &opt, NULL, &q, &err), TSL_OK);
    return q;
}

/* The mean silhouette of the listed rows by its definition. */
static double plain_silhouette(const tsl_matrix *x, const int32_t *label, int k, const size_t *row, size_t m)
{
    double total = 0;
    for (size_t i = 0; i < m; i++) {
        double *sum = set_alloc((size_t)k), *size = set_alloc((size_t)k), within = 0, nearest = HUGE_VAL;
        const int own = label[row[i]];
        for (size_t j = 0; j < m; j++) {
            sum[label[row[j]]] +=
                sqrt(set_squared(set_values(x) + row[i] * x->stride, set_values(x) + row[j] * x->stride, x->cols));
            size[label[row[j]]]++;
        }
        for (int c = 0; c < k; c++) {
            if (c == own && size[c] > 1) {
                within = sum[c] / (size[c] - 1);
            } else if (c != own && size[c] > 0) {
                nearest = fmin(nearest, sum[c] / size[c]);
            }
        }
        total += size[own] > 1 && fmax(within, nearest) > 0 ? (nearest - within) / fmax(within, nearest) : 0;
        free(sum);
        free(size);
    }
    return total / (double)m;
}

static tsl_quality plain_quality(const tsl_matrix *x, const int32_t *label, int k)
{
    tsl_quality q = {0};
    const size_t n = x->rows, d = x->cols;
    double *mean = set_alloc(d), *center = set_alloc((size_t)k * d), *size = set_alloc((size_t)k);
    double *spread = set_alloc((size_t)k), between = 0;
    for (size_t r = 0; r < n; r++) {
        size[label[r]]++;
        for (size_t j = 0; j < d; j++) {
            mean[j] += set_values(x)[r * x->stride + j] / (double)n;
        }
    }
    for (size_t r = 0; r < n; r++) {
        for (size_t j = 0; j < d; j++) {
            center[(size_t)label[r] * d + j] += set_values(x)[r * x->stride + j] / size[label[r]];
        }
    }
    for (size_t r = 0; r < n; r++) {
        const double squared = set_squared(set_values(x) + r * x->stride, center + (size_t)label[r] * d, d);
        q.inertia += squared;
        spread[label[r]] += sqrt(squared) / size[label[r]];
    }
    for (size_t a = 0; a < (size_t)k; a++) {
        double worst = 0;
        between += size[a] * set_squared(center + a * d, mean, d);
        for (size_t b = 0; b < (size_t)k; b++) {
            if (a != b) {
                worst = fmax(worst, (spread[a] + spread[b]) / sqrt(set_squared(center + a * d, center + b * d, d)));
            }
        }
        q.davies_bouldin += worst / k;
    }
    q.calinski_harabasz = (between / (k - 1)) / (q.inertia / (double)(n - (size_t)k));
    free(mean);
    free(center);
    free(size);
    free(spread);
    return q;
}

static void assert_near(double seen, double expected, double share)
{
    if (!(fabs(seen - expected) <= share * fabs(expected))) {
        fprintf(stderr, "%.17g is not %.17g\n", seen, expected);
        fail();
    }
}

/* By hand: 0 and 1 against 5; silhouettes 4/5, 3/4 and 0. */
static void test_by_hand(void **state)
{
    (void)state;
    const double x[] = {0, 1, 5};
    const int32_t label[] = {0, 0, 1};
    const tsl_matrix m = {x, 3, 1, 1, TSL_F64};
    const tsl_quality q = get(&m, label, 2, 100);
    assert_near(q.inertia, 0.5, 1e-15);
    assert_near(q.silhouette, (4.0 / 5 + 3.0 / 4 + 0) / 3, 1e-15);
    assert_near(q.calinski_harabasz, 13.5 / 0.5, 1e-14);
    assert_near(q.davies_bouldin, 0.5 / 4.5, 1e-15);
    assert_int_equal(q.silhouette_rows, 3);
}

/* The species of iris as a labelling; values of scikit-learn 1.9.1. */
static void test_iris_species(void **state)
{
    (void)state;
    tsl_matrix x = set_read("iris");
    int32_t label[150];
    for (int r = 0; r < 150; r++) {
        label[r] = r / 50;
    }
    const tsl_quality q = get(&x, label, 3, 10000);
    assert_near(q.silhouette, 0.503477440693296, 1e-12);
    assert_near(q.calinski_harabasz, 487.33087637489984, 1e-12);
    assert_near(q.davies_bouldin, 0.7513707094756737, 1e-12);
    set_free(&x);
}

static void test_plain_reference(void **state)
{
    (void)state;
    static const size_t sizes[] = {3, 7, 15, 16, 17, 31, 33, 63, 64, 65, 200};
    for (size_t n = 0; n < 11; n++) {
        for (int k = 2; k < 6 && (size_t)k < sizes[n]; k++) {
            tsl_matrix x = set_draw(sizes[n], 1 + n, (size_t)k, 2, (uint32_t)n);
            int32_t *label = calloc(sizes[n], sizeof *label);
            size_t *row = calloc(sizes[n], sizeof *row);
            for (size_t r = 0; r < sizes[n]; r++) {
                label[r] = (int32_t)((r < (size_t)k ? r : r * r + r / 3) % (size_t)k);
                row[r] = r;
            }
            const tsl_quality expected = plain_quality(&x, label, k), q = get(&x, label, k, 10000);
            assert_near(q.inertia, expected.inertia, 1e-12);
            assert_near(q.calinski_harabasz, expected.calinski_harabasz, 1e-9);
            assert_near(q.davies_bouldin, expected.davies_bouldin, 1e-10);
            assert_near(q.silhouette, plain_silhouette(&x, label, k, row, sizes[n]), 1e-9);
            free(label);
            free(row);
            set_free(&x);
        }
    }
}

/* A sample: its rows against each other, close to the whole; a cluster that no
 * sampled row is in is left out. */
static void test_sampled(void **state)
{
    (void)state;
    enum { N = 3000, M = 400, K = 5 };
    tsl_matrix x = set_draw(N, 3, 4, 2, 4);
    int32_t *label = calloc(N, sizeof *label);
    size_t row[M];
    const tsl__weights weights = {.total = N, .positive = N};
    assert_int_equal(tsl__silhouette_count(&weights, M), M);
    assert_int_equal(tsl__silhouette_rows(&weights, N, M, 1, row), 0);
    size_t rare = 0; /* a row that is not in the sample becomes a cluster of its own */
    while (row[rare] == rare) {
        rare++;
    }
    for (size_t r = 0; r < N; r++) {
        label[r] = r == rare ? 4 : (int32_t)(r % 4);
    }
    const tsl_quality q = get(&x, label, K, M);
    assert_int_equal(q.silhouette_rows, M);
    assert_near(q.silhouette, plain_silhouette(&x, label, K, row, M), 1e-9);
    label[rare] = (int32_t)(rare % 4);
    assert_true(fabs(get(&x, label, 4, M).silhouette - get(&x, label, 4, N).silhouette) < 0.03);
    assert_int_equal(tsl__silhouette_rows(&weights, N, M, 2, row), 0);
    assert_true(q.silhouette != plain_silhouette(&x, label, 4, row, M)); /* another seed, another sample */
    free(label);
    set_free(&x);
}

/* Several labellings in one pass are what each is alone. */
static void test_many_labellings(void **state)
{
    (void)state;
    enum { N = 300 };
    tsl_matrix x = set_draw(N, 4, 3, 2, 5);
    size_t row[N];
    int32_t a[N], b[N];
    double both[2], one;
    for (size_t r = 0; r < N; r++) {
        row[r] = r;
        a[r] = (int32_t)(r % 3);
        b[r] = (int32_t)(r % 7);
    }
    const tsl__labelling labelling[] = {{3, a}, {7, b}};
    tsl__cancel cancel;
    tsl__cancel_open(&cancel, NULL, "test", NULL);
    const tsl__row_view rows = tsl__row_view_of(&x, 1);
    const tsl__weights weights = {.total = N, .positive = N};
    const tsl__silhouette_input input = {&rows, &weights, row, N};
    tsl__silhouettes(&input, labelling, 2, 2, &cancel, both);
    for (int l = 0; l < 2; l++) {
        tsl__silhouettes(&input, &labelling[l], 1, 1, &cancel, &one);
        assert_true(one == both[l]);
    }
    assert_true(both[0] > 0.2 && both[1] < both[0]);
    set_free(&x);
}

static void test_limits(void **state)
{
    (void)state;
    const double x[] = {0, 0, 1, 1, 4, 4};
    const tsl_matrix m = {x, 6, 1, 1, TSL_F64};
    const int32_t one[] = {0, 0, 0, 0, 0, 0}, each[] = {0, 1, 2, 3, 4, 5}, exact[] = {0, 0, 1, 1, 2, 2};
    const int32_t same_centers[] = {0, 1, 0, 1, 0, 1};
    tsl_quality q = get(&m, one, 1, 100);
    assert_true(isnan(q.silhouette) && isnan(q.calinski_harabasz) && isnan(q.davies_bouldin));
    q = get(&m, each, 6, 100);
    assert_true(q.silhouette == 0 && isnan(q.calinski_harabasz) && q.inertia == 0 && q.davies_bouldin == 0);
    q = get(&m, exact, 3, 100);
    assert_true(q.silhouette == 1 && isnan(q.calinski_harabasz) && q.davies_bouldin == 0);
    q = get(&m, same_centers, 2, 100);
    assert_true(q.davies_bouldin == 0 && q.silhouette < 0);
    q = get(&m, exact, 3, 0);
    assert_true(isnan(q.silhouette) && q.silhouette_rows == 0);
}

static void test_same_bits(void **state)
{
    (void)state;
    enum { N = 9000 };
    tsl_matrix x = set_draw(N, 5, 3, 1, 6);
    int32_t *label = calloc(N, sizeof *label);
    for (size_t r = 0; r < N; r++) {
        label[r] = (int32_t)(r % 3);
    }
    tsl_quality first, q;
    tsl_error err;
    memset(&first, 0, sizeof first);
    memset(&q, 0, sizeof q);
    for (int v = 0; v < SET_KERNELS; v++) {
        setenv("TESELA_KERNEL", set_kernels[v], 1);
        for (int threads = 1; threads <= 7; threads += 2) {
            const tsl_quality_options opt = options(1500);
            const tsl_exec exec = {.size = sizeof exec, .threads = threads};
            assert_int_equal(tsl_quality_get(&x, NULL, label, 3, &opt, &exec, &q, &err), TSL_OK);
            if (v == 0 && threads == 1) {
                first = q;
            }
            assert_memory_equal(&q, &first, sizeof q);
        }
    }
    unsetenv("TESELA_KERNEL");
    free(label);
    set_free(&x);
}

static void test_refusals(void **state)
{
    (void)state;
    const double x[] = {0, 1, 2, NAN};
    const tsl_matrix good = {x, 3, 1, 1, TSL_F64}, bad = {x, 4, 1, 1, TSL_F64};
    const int32_t label[] = {0, 1, 1, 0}, gap[] = {0, 2, 2, 0}, below[] = {0, -1, 1, 0};
    const tsl_exec odd = {.size = sizeof odd, .threads = -1};
    tsl_quality q;
    tsl_error err;
    assert_int_equal(tsl_quality_get(&good, NULL, label, 3, NULL, NULL, &q, &err), TSL_E_INPUT);
    assert_string_equal(err.message, "label 2 of 0 to 2 is on no row");
    assert_int_equal(tsl_quality_get(&good, NULL, gap, 2, NULL, NULL, &q, &err), TSL_E_INPUT);
    assert_string_equal(err.message, "row 2: label 2 is outside 0 to 1");
    assert_int_equal(tsl_quality_get(&good, NULL, below, 2, NULL, NULL, &q, &err), TSL_E_INPUT);
    assert_int_equal(tsl_quality_get(&bad, NULL, label, 2, NULL, NULL, &q, &err), TSL_E_INPUT);
    assert_non_null(strstr(err.message, "row 4, column 1"));
    assert_int_equal(tsl_quality_get(&good, NULL, label, 0, NULL, NULL, &q, &err), TSL_E_OPTION);
    assert_int_equal(tsl_quality_get(&good, NULL, label, 2, NULL, &odd, &q, &err), TSL_E_OPTION);
    tsl_quality_options opt = options(10);
    assert_int_equal(tsl_quality_check(&opt, &err), TSL_OK);
    assert_int_equal(tsl_quality_check(NULL, &err), TSL_OK);
    opt.size = 4;
    assert_int_equal(tsl_quality_check(&opt, &err), TSL_E_OPTION);
    assert_int_equal(tsl_quality_get(&good, NULL, label, 2, &opt, NULL, &q, &err), TSL_E_OPTION);
    assert_string_equal(err.message, "quality options: size is 4: start from tsl_quality_defaults");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_by_hand),         cmocka_unit_test(test_iris_species),
        cmocka_unit_test(test_plain_reference), cmocka_unit_test(test_sampled),
        cmocka_unit_test(test_many_labellings), cmocka_unit_test(test_limits),
        cmocka_unit_test(test_same_bits),       cmocka_unit_test(test_refusals),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
