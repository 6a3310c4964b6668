/* test_exact.c: the last word on given centres, against plain loops. */
#include "model/kmeans/exact.h"
#include "model/sets.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

/* Settles given centres. */
static tsl__exact settle(const tsl_matrix *x, const double *center, int k, int updates, int threads)
{
    tsl__exact s;
    tsl__cancel cancel;
    uint64_t passes = 0;
    tsl__cancel_open(&cancel, NULL, "test", NULL);
    assert_int_equal(tsl__exact_open(&s, k, x->rows, x->cols), 0);
    memcpy(s.center, center, (size_t)k * x->cols * sizeof *center);
    s.updates = updates;
    const tsl__row_view rows = tsl__row_view_of(x, 1);
    const tsl__exact_input input = {.x = &rows};
    tsl__exact_fit(&input, &s, 1, threads, &cancel, &passes);
    assert_int_equal(tsl__cancel_get(&cancel), TSL_OK);
    assert_true(passes > 0);
    return s;
}

/* Sizes, labels, inertia and spread are those of the nearest centres. */
static void check_figures(const tsl_matrix *x, const tsl__exact *s)
{
    double inertia = 0, squared, *spread = set_alloc((size_t)s->k);
    uint64_t *size = calloc((size_t)s->k, sizeof *size);
    for (size_t r = 0; r < x->rows; r++) {
        const int near = set_nearest(set_values(x) + r * x->stride, s->center, s->k, x->cols, &squared);
        assert_int_equal(s->label[r], near);
        inertia += squared;
        spread[near] += sqrt(squared);
        size[near]++;
    }
    assert_true(fabs(s->inertia - inertia) <= 1e-13 * inertia);
    for (int c = 0; c < s->k; c++) {
        assert_int_equal(s->size[c], size[c]);
        assert_true(fabs(s->spread[c] - spread[c]) <= 1e-12 * (spread[c] + 1));
    }
    free(spread);
    free(size);
}

static void test_figures(void **state)
{
    (void)state;
    tsl_matrix x = set_draw(9001, 6, 4, 1, 1);
    tsl__exact as_is = settle(&x, x.data, 5, 0, 2), moved = settle(&x, x.data, 5, 1000, 2);
    check_figures(&x, &as_is);
    check_figures(&x, &moved);
    assert_memory_equal(as_is.center, x.data, 5 * 6 * sizeof(double));
    assert_true(!as_is.converged && moved.converged && moved.inertia < as_is.inertia);
    for (int c = 0; c < 5; c++) { /* the centres are the means of their rows */
        for (size_t j = 0; j < x.cols; j++) {
            double sum = 0;
            for (size_t r = 0; r < x.rows; r++) {
                sum += moved.label[r] == c ? set_values(&x)[r * x.cols + j] - moved.center[(size_t)c * x.cols + j] : 0;
            }
            assert_true(fabs(sum) < 1e-9);
        }
    }
    tsl__exact again = settle(&x, x.data, 5, 1000, 7);
    assert_memory_equal(again.center, moved.center, 5 * 6 * sizeof(double));
    assert_memory_equal(&again.inertia, &moved.inertia, sizeof(double));
    tsl__exact_free(&as_is);
    tsl__exact_free(&moved);
    tsl__exact_free(&again);
    set_free(&x);
}

/* Centres that no row is nearest to are filled, even where none may move. */
static void test_fills_empty(void **state)
{
    (void)state;
    const double x[] = {0, 1, 2, 10, 11, 50}, center[] = {1, 900, 900, 901};
    const tsl_matrix m = {x, 6, 1, 1, TSL_F64};
    tsl__exact s = settle(&m, center, 4, 0, 1);
    check_figures(&m, &s);
    for (int c = 0; c < 4; c++) {
        assert_true(s.size[c] > 0);
    }
    tsl__exact_free(&s);
    s = settle(&m, center, 4, 50, 1);
    assert_true(s.converged && s.inertia <= 2.5);
    tsl__exact_free(&s);
    /* The farthest row is alone in its cluster: the next one is taken. */
    const double far[] = {0, 1, 2, 50}, start[] = {0.5, 900, 60};
    const tsl_matrix four = {far, 4, 1, 1, TSL_F64};
    s = settle(&four, start, 3, 0, 1);
    check_figures(&four, &s);
    assert_true(s.center[0] == 0.5 && s.center[1] == 2 && s.center[2] == 50);
    tsl__exact_free(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_figures),
        cmocka_unit_test(test_fills_empty),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
