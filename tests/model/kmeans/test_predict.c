/* test_predict.c: the nearest centres of new rows, against plain loops. */
#include "model/sets.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <tesela/model.h>

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
            const tsl_exec exec = {.size = sizeof exec, .threads = 1 + (int)n % 3};
            tsl_assignment out = {rows, label, distance, runner, runner_distance};
            assert_int_equal(tsl_kmeans_predict(&x, c.data, (int)sizes[k], &exec, &out, &err), TSL_OK);
            for (size_t r = 0; r < rows; r++) {
                const int near = set_nearest(set_values(&x) + r * cols, c.data, (int)sizes[k], cols, &squared);
                assert_int_equal(label[r], near);
                assert_true(distance[r] == sqrt(squared));
                double next = HUGE_VAL;
                int second = -1;
                for (int other = 0; other < (int)sizes[k]; other++) {
                    const double s =
                        set_squared(set_values(&x) + r * cols, set_values(&c) + (size_t)other * cols, cols);
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
    const tsl_matrix m = {x, 3, 1, 2, TSL_F64}; /* a stride of two */
    int32_t label[3], runner[3];
    tsl_error err;
    tsl_assignment labels = {.rows = 3, .label = label}, runners = {.rows = 3, .runner_up = runner};
    assert_int_equal(tsl_kmeans_predict(&m, center, 2, NULL, &labels, &err), TSL_OK);
    assert_true(label[0] == 0 && label[1] == 1 && label[2] == 0); /* a tie: the lowest */
    assert_int_equal(tsl_kmeans_predict(&m, center, 2, NULL, &runners, NULL), TSL_OK);
    assert_true(runner[0] == 1 && runner[1] == 0 && runner[2] == 1);
}

static void test_refusals(void **state)
{
    (void)state;
    const double x[] = {0, 5, 2.5}, center[] = {0, 5}, hole[] = {0, NAN, 1};
    const tsl_matrix m = {x, 3, 1, 1, TSL_F64}, bad = {hole, 3, 1, 1, TSL_F64};
    const tsl_exec odd = {.size = sizeof odd, .threads = -2};
    int32_t label[3];
    tsl_assignment out = {.rows = 3, .label = label}, two = {.rows = 2, .label = label};
    tsl_error err;
    assert_int_equal(tsl_kmeans_predict(&m, center, 0, NULL, &out, &err), TSL_E_OPTION);
    assert_string_equal(err.message, "k: 0 is not at least 1");
    assert_int_equal(tsl_kmeans_predict(&m, center, 2, &odd, &out, &err), TSL_E_OPTION);
    assert_string_equal(err.message, "threads: -2 is outside 0 to 4096");
    assert_int_equal(tsl_kmeans_predict(&m, center, 2, NULL, &two, &err), TSL_E_OPTION);
    assert_string_equal(err.message, "the assignment is of 2 rows; the matrix has 3");
    assert_int_equal(tsl_kmeans_predict(&bad, center, 2, NULL, &out, &err), TSL_E_INPUT);
    assert_non_null(strstr(err.message, "row 2, column 1"));
    assert_int_equal(tsl_kmeans_predict(&m, hole, 2, NULL, &out, &err), TSL_E_INPUT);
    assert_string_equal(err.message, "a centre is not finite");
    assert_int_equal(tsl_kmeans_predict(&m, center, 2, NULL, &out, &err), TSL_OK);
    assert_true(err.status == TSL_OK && err.message[0] == '\0'); /* the last one is gone */
}

static void test_no_rows(void **state)
{
    (void)state;
    const double center[] = {0, 5};
    const tsl_matrix none = {NULL, 0, 1, 1, TSL_F64};
    tsl_assignment out = {0};
    tsl_error err;
    assert_int_equal(tsl_kmeans_predict(&none, center, 2, NULL, &out, &err), TSL_OK);
}

/* A flag that is set stops it. */
static void test_stops(void **state)
{
    (void)state;
    tsl_matrix x = set_draw(20000, 2, 2, 1, 1);
    const int now = 1;
    const tsl_exec exec = {.size = sizeof exec, .threads = 2, .stop = &now};
    int32_t *label = calloc(x.rows, sizeof *label);
    tsl_assignment out = {.rows = x.rows, .label = label};
    tsl_error err;
    assert_int_equal(tsl_kmeans_predict(&x, x.data, 2, &exec, &out, &err), TSL_E_CANCELLED);
    assert_string_equal(err.message, "interrupted");
    free(label);
    set_free(&x);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_predict),  cmocka_unit_test(test_predict_what_is_wanted),
        cmocka_unit_test(test_refusals), cmocka_unit_test(test_no_rows),
        cmocka_unit_test(test_stops),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
