/* test_rises.c: rising products against values of 60 digits (mpmath 1.3), and against one another. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>

#include "value/terms/rises.h"

static void check(double is, double known, double within)
{
    if (!(fabs(is - known) <= within * fabs(known))) {
        fail_msg("%.17g, and not %.17g", is, known);
    }
}

/* ln gamma(p + k) - ln gamma(p), and the differences of digamma and trigamma. */
static void test_known(void **state)
{
    (void)state;
    static const struct {
        double p;
        size_t k;
        double ln, first, second;
    } known[] = {
        {1.25, 1, 0.22314355131420975577, 0.8, -0.64},
        {0.001, 6, -2.117980934277362461, 1002.2818709068049222, -1000001.4612430239096},
        {2.783, 41, 120.21245420938600026, 2.9345431136568210113, -0.40832720198144738857},
        {70.5, 1000, 6166.298791724614901, 2.7269102187021673433, -0.013350891977513244952},
        {0.6, 10000, 82104.845454807533752, 10.750969586236031898, -3.6361096719024312281},
        {8900000.0, 10000, 160021.23366013924467, 0.0011229648076762871767, -1.2610500918000282091e-10},
        {1e-07, 10001, 82092.809742142155731, 10000009.787605872014, -100000000000001.65388},
    };
    tsl__rises rises;
    assert_int_equal(tsl__rises_build(10001, &rises, NULL), TSL_OK);
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        const double p = known[i].p;
        tsl__rises_put(&rises, (const double[]){p, p / 3, p / 7, p});
        for (tsl__rising r = TSL__RISE_1; r <= TSL__RISE_4; r += TSL__RISE_4 - TSL__RISE_1) {
            const tsl__rise *at = &rises.of[r][known[i].k];
            check(at->ln, known[i].ln, 3e-16);
            check(at->first, known[i].first, 1e-13);
            check(at->second, known[i].second, 1e-13);
        }
    }
    tsl__rises_free(&rises);
}

/* The sums of two parameters rise as one of that size does; nothing has risen yet by no factor. */
static void test_sums(void **state)
{
    (void)state;
    tsl__rises rises, alone;
    assert_int_equal(tsl__rises_build(40, &rises, NULL), TSL_OK);
    assert_int_equal(tsl__rises_build(20, &alone, NULL), TSL_OK);
    tsl__rises_put(&rises, (const double[]){1.25, .5, .75, 3});
    tsl__rises_put(&alone, (const double[]){1.75, 3.75, 1, 1});
    for (size_t k = 0; k <= 20; k++) {
        const tsl__rise *both[2] = {&rises.of[TSL__RISE_12][k], &rises.of[TSL__RISE_34][k]};
        for (int i = 0; i < 2; i++) {
            assert_memory_equal(both[i], &alone.of[i ? TSL__RISE_2 : TSL__RISE_1][k], sizeof **both);
        }
    }
    for (int r = 0; r < TSL__RISINGS; r++) {
        assert_true(rises.of[r][0].ln == 0 && rises.of[r][0].first == 0 && rises.of[r][0].second == 0);
    }
    tsl__rises_free(&rises);
    tsl__rises_free(&alone);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_known), cmocka_unit_test(test_sums)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
