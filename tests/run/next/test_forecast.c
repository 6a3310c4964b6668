/* test_forecast.c: how well it was foretold who would buy nothing: areas by hand and against all pairs, tenths. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>

#include "base/rng.h"
#include "run/next/forecast.h"

#define MOST 400

static double by_pairs(const double *score, const unsigned char *gone, const double *known, size_t n)
{
    double above = 0, pairs = 0;
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < n; j++) {
            if (gone[i] && !gone[j] && !isnan(known[i]) && !isnan(known[j])) {
                above += score[i] > score[j] ? 1 : score[i] == score[j] ? .5 : 0;
                pairs++;
            }
        }
    }
    return above / pairs;
}

static void test_by_hand(void **state)
{
    (void)state;
    static const double risk[] = {.1, .2, .2, .9, NAN}, recency[] = {9, 9, 9, 9, 9};
    static const unsigned char gone[] = {0, 0, 1, 1, 1};
    tsl_next_churn out;
    assert_int_equal(tsl__forecast_measure(risk, recency, gone, 5, &out, NULL), TSL_OK);
    assert_int_equal(out.customers, 4);
    assert_true(out.rate == .5 && out.auc == 3.5 / 4 && out.auc_recency == .5);
    assert_int_equal(out.bins, 3);
    assert_int_equal(out.bin[1].size, 2);
    assert_true(out.bin[1].risk_mean == .2 && out.bin[1].rate == .5);
    assert_true(fabs(out.error - (.1 + 2 * .3 + .1) / 4) < 1e-12);
    assert_int_equal(tsl__forecast_measure(risk, recency, gone + 2, 2, &out, NULL), TSL_OK);
    assert_true(isnan(out.auc) && out.rate == 1); /* all are gone */
    assert_int_equal(tsl__forecast_measure(risk + 4, recency, gone, 1, &out, NULL), TSL_OK);
    assert_int_equal(out.customers, 0);
    assert_true(isnan(out.rate) && isnan(out.auc) && isnan(out.error) && out.bins == 0);
}

static void test_at_random(void **state)
{
    (void)state;
    double risk[MOST], recency[MOST];
    unsigned char gone[MOST];
    tsl_next_churn out;
    for (uint64_t seed = 0; seed < 20; seed++) {
        tsl__rng rng = tsl__rng_open(seed, 2, 2);
        uint64_t size = 0;
        for (size_t i = 0; i < MOST; i++) {
            const double coarse = seed % 2 ? 7 : 1e9;
            risk[i] = i % 11 ? floor(tsl__rng_uniform(&rng) * coarse) / coarse : (double)NAN;
            recency[i] = floor(tsl__rng_uniform(&rng) * 90);
            gone[i] = tsl__rng_uniform(&rng) < risk[i];
        }
        assert_int_equal(tsl__forecast_measure(risk, recency, gone, MOST, &out, NULL), TSL_OK);
        assert_true(fabs(out.auc - by_pairs(risk, gone, risk, MOST)) < 1e-12);
        assert_true(fabs(out.auc_recency - by_pairs(recency, gone, risk, MOST)) < 1e-12);
        assert_true(out.bins >= 5 && out.bins <= TSL_CHURN_BINS);
        for (int b = 0; b < out.bins; b++) {
            size += out.bin[b].size;
            assert_true(b == 0 || out.bin[b].risk_mean > out.bin[b - 1].risk_mean);
        }
        assert_int_equal(size, out.customers);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_by_hand), cmocka_unit_test(test_at_random)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
