/* test_matrix.c: checks, moments, distinct rows and the hash of a matrix. */
#include "model/matrix.h"
#include "model/sets.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void test_check(void **state)
{
    (void)state;
    static const struct {
        double value;
        const char *what;
    } bad[] = {{NAN, "not a number"}, {INFINITY, "infinite"}, {-INFINITY, "infinite"}};
    tsl_matrix x = set_draw(9000, 3, 1, 0, 1);
    tsl_error err;
    tsl__extent extent;
    assert_int_equal(tsl__matrix_check(&x, 2, &extent, &err), TSL_OK);
    for (size_t i = 0; i < 3; i++) {
        ((double *)x.data)[8999 * 3 + 2] = NAN;
        ((double *)x.data)[4321 * 3 + 1] = bad[i].value;
        assert_int_equal(tsl__matrix_check(&x, 2, &extent, &err), TSL_E_INPUT);
        assert_non_null(strstr(err.message, "row 4322, column 2: the value is "));
        assert_non_null(strstr(err.message, bad[i].what));
    }
    const tsl_matrix no_rows = {x.data, 0, 3, 3, TSL_F64}, no_cols = {x.data, 3, 0, 3, TSL_F64};
    assert_int_equal(tsl__matrix_check(&no_rows, 1, &extent, &err), TSL_E_INPUT);
    assert_int_equal(tsl__matrix_check(&no_cols, 1, &extent, &err), TSL_E_INPUT);
    set_free(&x);
}

/* An offset of 1e9 costs the variance no digits that matter. */
static void test_moments(void **state)
{
    (void)state;
    enum { N = 10001 };
    double *x = set_alloc(N * 2), mean[2], variance, share[2];
    for (size_t r = 0; r < N; r++) {
        x[2 * r] = 1e9 + (double)r;
        x[2 * r + 1] = r % 2 ? 1 : -1;
    }
    const tsl_matrix m = {x, N, 2, 2, TSL_F64};
    const tsl__row_view rows = tsl__row_view_of(&m, 1);
    const tsl__weights weights = {.total = N, .positive = N};
    assert_int_equal(tsl__matrix_moments(&rows, &weights, 3, mean, &variance, share, NULL), TSL_OK);
    assert_true(mean[0] == 1e9 + (N - 1) / 2 && fabs(mean[1] + 1.0 / N) < 1e-15);
    const double expected = ((N * (double)N - 1) / 12 + 1 - 1.0 / N / N) / 2;
    assert_true(fabs(variance - expected) < 1e-12 * expected);
    const double second = (1 - 1.0 / N / N) / 2 / expected;
    assert_true(fabs(share[0] - (1 - second)) < 1e-12 && fabs(share[1] - second) < 1e-12 * second);
    free(x);
}

static void test_distinct(void **state)
{
    (void)state;
    const double x[] = {0, 1, -0.0, 1, 0, 2, 0, 1, 5, 5};
    const tsl_matrix m = {x, 5, 2, 2, TSL_F64};
    const tsl__row_view rows = tsl__row_view_of(&m, 1);
    const tsl__weights weights = {.total = 5, .positive = 5};
    size_t count;
    assert_int_equal(tsl__matrix_distinct(&rows, &weights, 10, &count, NULL), TSL_OK);
    assert_int_equal(count, 3);
    assert_int_equal(tsl__matrix_distinct(&rows, &weights, 2, &count, NULL), TSL_OK);
    assert_int_equal(count, 2);
}

static void test_parts(void **state)
{
    (void)state;
    static const size_t rows[] = {1, 4096, 4097, 524288, 524289, 10000000};
    for (size_t i = 0; i < 6; i++) {
        for (size_t most = 1; most <= TSL__PARTS; most *= 2) {
            const size_t parts = tsl__part_count(rows[i], most);
            size_t at = 0, begin, end;
            assert_true(parts >= 1 && parts <= most);
            for (size_t p = 0; p < parts; p++) {
                tsl__part_get(rows[i], most, p, &begin, &end);
                assert_true(begin == at && end > begin);
                at = end;
            }
            assert_int_equal(at, rows[i]);
        }
    }
    assert_int_equal(tsl__part_most(1), TSL__PARTS);
    assert_true(tsl__part_most((size_t)1 << 40) >= 1);
}

static uint64_t hash_of(const tsl_matrix *x)
{
    uint64_t hash;
    assert_int_equal(tsl_matrix_get_hash(x, &hash, NULL), TSL_OK);
    return hash;
}

static void test_hash(void **state)
{
    (void)state;
    double x[] = {1, 2, 3, 4, 5, 6}, wide[] = {1, 2, 3, 99, 4, 5, 6, 98};
    const tsl_matrix a = {x, 2, 3, 3, TSL_F64}, b = {wide, 2, 3, 4, TSL_F64}, c = {x, 3, 2, 2, TSL_F64};
    const uint64_t hash = hash_of(&a);
    assert_true(hash == hash_of(&b)); /* the stride does not count */
    assert_true(hash != hash_of(&c)); /* the shape does */
    x[5] = nextafter(6, 7);
    assert_true(hash != hash_of(&a));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_check), cmocka_unit_test(test_moments), cmocka_unit_test(test_distinct),
        cmocka_unit_test(test_parts), cmocka_unit_test(test_hash),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
