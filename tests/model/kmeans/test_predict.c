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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_predict),
        cmocka_unit_test(test_predict_what_is_wanted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
