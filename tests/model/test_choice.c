/* test_choice.c: the candidate of the greatest index; one that is not defined counts least. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "model/choice.h"

#include <math.h>
#include <string.h>

enum { MOST = 4 };

static void check(const double *silhouette, size_t count, size_t best, const char *said)
{
    tsl_candidate candidate[MOST];
    tsl_sweep sweep = {.count = count, .candidate = candidate};
    tsl_error err;
    for (size_t i = 0; i < count; i++) {
        candidate[i] = (tsl_candidate){.k = (int)i + 1,
                                       .silhouette = silhouette[i],
                                       .calinski_harabasz = i ? 10 - (double)i : (double)NAN,
                                       .smallest_share = .2};
    }
    assert_int_equal(tsl__sweep_choose(&sweep, .1, &err), TSL_OK);
    assert_int_equal(sweep.best, best);
    assert_non_null(strstr(sweep.info.choice, said));
}

static void test_undefined(void **state)
{
    (void)state;
    check((const double[]){NAN, .3, .4, NAN}, 4, 2, "k = 3 has the greatest silhouette (0.4"); /* as of k = 1 */
    check((const double[]){NAN, -.5}, 2, 1, "k = 2 has the greatest silhouette (-0.5");
    check((const double[]){NAN, NAN, NAN}, 3, 1, "k = 2 has the greatest Calinski-Harabasz index");
}

static void test_ties(void **state)
{
    (void)state;
    check((const double[]){NAN, .4, .4}, 3, 1, "k = 2 has");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_undefined), cmocka_unit_test(test_ties)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
