/* test_settle.c: the last word on given centres, and the nearest centres of
 * new rows, against plain loops. */
#include "model/sets.h"
#include "model/settle.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static const size_t sizes[] = {1, 2, 3, 7, 15, 16, 17, 31, 32, 33, 63, 64, 65};

static void test_predict(void **state)
{
    (void)state;
    tsl_error err;
    for (size_t n = 0; n < 13; n++) {
        for (size_t k = 0; k < 13; k++) {
            const size_t cols = sizes[(n + 3 * k) % 13], rows = sizes[n];
            tsl_matrix x = set_draw(rows, cols, 3, 2, (uint32_t)(n * 13 + k)), c = set_draw(sizes[k], cols, 3, 2, 99);
            int32_t label[65], runner[65];
            double distance[65], runner_distance[65], squared;
            assert_int_equal(tsl_kmeans_predict(&x, c.data, (int)sizes[k], 1 + (int)n % 3, label, distance, runner,
                                                runner_distance, &err),
                             TSL_OK);
            for (size_t r = 0; r < rows; r++) {
                const int near = set_nearest(x.data + r * cols, c.data, (int)sizes[k], cols, &squared);
                assert_int_equal(label[r], near);
                assert_true(distance[r] == sqrt(squared));
                double next = HUGE_VAL;
                int second = -1;
                for (int other = 0; other < (int)sizes[k]; other++) {
                    const double s = set_squared(x.data + r * cols, c.data + (size_t)other * cols, cols);
                    if (other != near && s < next) {
                        next = s;
                        second = other;
                    }
                }
                assert_int_equal(runner[r], second);
                assert_true(second < 0 ? isnan(runner_distance[r]) : runner_distance[r] == sqrt(next));
            }
            set_free(&x);
            set_free(&c);
        }
    }
}

static void test_predict_what_is_wanted(void **state)
{
    (void)state;
    const double x[] = {0, 9, 5, 9, 2.5, 9}, center[] = {0, 5};
    const tsl_matrix m = {x, 3, 1, 2}; /* a stride of two */
    int32_t label[3], runner[3];
    tsl_error err;
    assert_int_equal(tsl_kmeans_predict(&m, center, 2, 0, label, NULL, NULL, NULL, &err), TSL_OK);
    assert_true(label[0] == 0 && label[1] == 1 && label[2] == 0); /* a tie: the lowest */
    assert_int_equal(tsl_kmeans_predict(&m, center, 2, 0, NULL, NULL, runner, NULL, NULL), TSL_OK);
    assert_true(runner[0] == 1 && runner[1] == 0 && runner[2] == 1);
    assert_int_equal(tsl_kmeans_predict(&m, center, 0, 0, label, NULL, NULL, NULL, &err), TSL_E_OPTION);
    const double hole[] = {0, NAN};
    const tsl_matrix bad = {hole, 2, 1, 1};
    assert_int_equal(tsl_kmeans_predict(&bad, center, 2, 0, label, NULL, NULL, NULL, &err), TSL_E_INPUT);
    assert_int_equal(tsl_kmeans_predict(&m, hole, 2, 0, label, NULL, NULL, NULL, &err), TSL_E_INPUT);
    assert_string_equal(err.message, "a centre is not finite");
}

/* Settles given centres. */
static tsl__settled settle(const tsl_matrix *x, const double *center, int k, int updates, int threads)
{
    tsl__settled s;
    tsl__watch watch;
    uint64_t passes = 0;
    tsl__watch_open(&watch, NULL, "test", NULL);
    assert_int_equal(tsl__settled_open(&s, k, x->rows, x->cols), 0);
    memcpy(s.center, center, (size_t)k * x->cols * sizeof *center);
    s.updates = updates;
    tsl__settle(x, &s, 1, threads, &watch, &passes);
    assert_int_equal(tsl__watch_get(&watch), TSL_OK);
    assert_true(passes > 0);
    return s;
}

/* Sizes, labels, inertia and spread are those of the nearest centres. */
static void check_figures(const tsl_matrix *x, const tsl__settled *s)
{
    double inertia = 0, squared, *spread = set_alloc((size_t)s->k);
    uint64_t *size = calloc((size_t)s->k, sizeof *size);
    for (size_t r = 0; r < x->rows; r++) {
        const int near = set_nearest(x->data + r * x->stride, s->center, s->k, x->cols, &squared);
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
    tsl__settled as_is = settle(&x, x.data, 5, 0, 2), moved = settle(&x, x.data, 5, 1000, 2);
    check_figures(&x, &as_is);
    check_figures(&x, &moved);
    assert_memory_equal(as_is.center, x.data, 5 * 6 * sizeof(double));
    assert_true(!as_is.converged && moved.converged && moved.inertia < as_is.inertia);
    for (int c = 0; c < 5; c++) { /* the centres are the means of their rows */
        for (size_t j = 0; j < x.cols; j++) {
            double sum = 0;
            for (size_t r = 0; r < x.rows; r++) {
                sum += moved.label[r] == c ? x.data[r * x.cols + j] - moved.center[(size_t)c * x.cols + j] : 0;
            }
            assert_true(fabs(sum) < 1e-9);
        }
    }
    tsl__settled again = settle(&x, x.data, 5, 1000, 7);
    assert_memory_equal(again.center, moved.center, 5 * 6 * sizeof(double));
    assert_memory_equal(&again.inertia, &moved.inertia, sizeof(double));
    tsl__settled_free(&as_is);
    tsl__settled_free(&moved);
    tsl__settled_free(&again);
    set_free(&x);
}

/* Centres that no row is nearest to are filled, even where none may move. */
static void test_fills_empty(void **state)
{
    (void)state;
    const double x[] = {0, 1, 2, 10, 11, 50}, center[] = {1, 900, 900, 901};
    const tsl_matrix m = {x, 6, 1, 1};
    tsl__settled s = settle(&m, center, 4, 0, 1);
    check_figures(&m, &s);
    for (int c = 0; c < 4; c++) {
        assert_true(s.size[c] > 0);
    }
    tsl__settled_free(&s);
    s = settle(&m, center, 4, 50, 1);
    assert_true(s.converged && s.inertia <= 2.5);
    tsl__settled_free(&s);
    /* The farthest row is alone in its cluster: the next one is taken. */
    const double far[] = {0, 1, 2, 50}, start[] = {0.5, 900, 60};
    const tsl_matrix four = {far, 4, 1, 1};
    s = settle(&four, start, 3, 0, 1);
    check_figures(&four, &s);
    assert_true(s.center[0] == 0.5 && s.center[1] == 2 && s.center[2] == 50);
    tsl__settled_free(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_predict),
        cmocka_unit_test(test_predict_what_is_wanted),
        cmocka_unit_test(test_figures),
        cmocka_unit_test(test_fills_empty),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
