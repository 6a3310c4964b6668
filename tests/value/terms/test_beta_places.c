/* test_beta_places.c: means of a beta distribution that are known: powers, and 1 / (1 + p). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>

#include "stat/special.h"
#include "value/terms/beta_places.h"

static double get_mean(const tsl__beta_places *places, double power)
{
    double sum = power > 0 ? places->at_1 : places->at_0 + places->at_1;
    for (size_t k = 0; k < places->count; k++) {
        sum += places->weight[k] * pow(places->p[k], power);
    }
    return sum;
}

static void test_powers(void **state)
{
    (void)state;
    static const double at[] = {1e-5, .003, .3, 1, 2.5, 40, 900};
    for (size_t i = 0; i < sizeof at / sizeof *at; i++) {
        for (size_t j = 0; j < sizeof at / sizeof *at; j++) {
            const double a = at[i], b = at[j];
            tsl__beta_places places;
            tsl__beta_places_build(a, b, &places);
            assert_true(places.count < TSL__BETA_MOST);
            for (int power = 0; power < 5; power++) {
                const double exact = exp(tsl__log_beta(a + power, b) - tsl__log_beta(a, b));
                if (!(fabs(get_mean(&places, power) - exact) <= 1e-10 * exact + 1e-14)) {
                    fail_msg("%g, %g: power %d: %.16g is not %.16g", a, b, power, get_mean(&places, power), exact);
                }
            }
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_powers)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
