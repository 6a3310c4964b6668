/* test_outliers.c: customers far from all others take part again where sizes are counted. (Who they are:
 * tests/model/quality/test_far_rows.c; through the program: tests/cli/test_outliers.c.) */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "run/outliers.h"

/* Those that counted as 0 get their own weight back, into the cluster that they are put into. */
static void test_counted_in(void **state)
{
    (void)state;
    const double weight[] = {1, 2, 3, 4, 0}, counted[] = {1, 2, 0, 4, 0};
    int32_t label[] = {0, 1, 1, 0, 0};
    double of[] = {5, 2}, once[] = {2, 1};
    tsl_assignment assignment = {.rows = 5, .label = label};
    tsl_candidate candidate = {.k = 2, .weight = of};
    tsl_sweep sweep = {.rows = 5, .count = 1, .candidate = &candidate, .assignment = &assignment};
    tsl__outliers_count_in(&sweep, weight, counted);
    assert_true(of[0] == 5 && of[1] == 5);
    tsl__outliers_count_in(&sweep, weight, NULL); /* nobody was left out */
    assert_true(of[0] == 5 && of[1] == 5);
    candidate.weight = once;
    tsl__outliers_count_in(&sweep, NULL, (const double[]){1, 1, 0, 1, 0});
    assert_true(once[0] == 3 && once[1] == 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_counted_in),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
