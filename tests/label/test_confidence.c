/* test_confidence.c: from 0 between two segments to 1 at a centre. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "label/confidence.h"

#include <math.h>

static void test_cases(void **state)
{
    (void)state;
    double distance[] = {1, 2, 0, 0, 5}, next[] = {4, 2, 3, 0, NAN};
    int32_t runner_up[] = {1, 1, 1, 1, -1};
    static const double expected[] = {.75, 0, 1, 0, 1}; /* the last: there is one segment */
    const tsl_assignment a = {.rows = 5, .distance = distance, .runner_up = runner_up, .runner_up_distance = next};
    for (size_t i = 0; i < a.rows; i++) {
        assert_true(tsl__confidence_get(&a, i) == expected[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_cases)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
