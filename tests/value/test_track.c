/* test_track.c: expected purchases of new customers as published, and as they add up over customers who come one after
 * another. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

#include <tesela/value.h>

#include "base/rng.h"
#include "published.h"

static const tsl_purchase_model pareto = {.kind = TSL_PARETO_NBD, .parameter = {.55, 10.56, .61, 11.64}},
                                mbg = {.kind = TSL_MBG_NBD, .parameter = {.52484, 6.18309, .89136, 1.61400}};

/* E[X(t)] at 1 .. 9 of one customer: those of CLVTools' and BTYD's test-suites. */
static void test_published(void **state)
{
    (void)state;
    static const char *const published[] = {".05077821", ".09916088", ".14542507", ".18979930", ".23247466",
                                            ".27361274", ".31335159", ".35181024", ".38909211"};
    static const double begin[] = {0};
    const tsl_track track = {.count = 1, .begin = begin, .step = 1, .steps = 9};
    double expected[9], actual[9];
    assert_int_equal(tsl_track_predict(&track, &pareto, NULL, expected, actual, NULL), TSL_OK);
    for (int k = 0; k < 9; k++) {
        assert_rounds_to(expected[k], published[k]);
        assert_true(actual[k] == 0);
    }
}

/* Each customer from his own beginning; purchases by the step before whose end they fall. */
static void test_adds_up(void **state)
{
    (void)state;
    enum { CUSTOMERS = 60, EVENTS = 900, STEPS = 25 };
    static double begin[CUSTOMERS], weight[CUSTOMERS], event[EVENTS];
    double expected[STEPS], actual[STEPS], again[STEPS];
    tsl__rng rng = tsl__rng_open(3, 3, 3);
    for (size_t i = 0; i < CUSTOMERS; i++) {
        begin[i] = (double)tsl__rng_below(&rng, 90);
        weight[i] = (double)(1 + tsl__rng_below(&rng, 2));
    }
    for (size_t i = 0; i < EVENTS; i++) {
        event[i] = 200 * tsl__rng_uniform(&rng);
    }
    const tsl_track track = {CUSTOMERS, begin, weight, EVENTS, event, NULL, 7, STEPS};
    assert_int_equal(
        tsl_track_predict(&track, &mbg, &(tsl_exec){.size = sizeof(tsl_exec), .threads = 1}, expected, actual, NULL),
        TSL_OK);
    assert_int_equal(
        tsl_track_predict(&track, &mbg, &(tsl_exec){.size = sizeof(tsl_exec), .threads = 3}, again, actual, NULL),
        TSL_OK);
    assert_memory_equal(expected, again, sizeof again);
    for (int k = 0; k < STEPS; k++) {
        double sum = 0, came = 0;
        for (size_t i = 0; i < CUSTOMERS; i++) {
            static const double zero[] = {0};
            const tsl_histories first = {1, zero, zero, zero, NULL};
            double own = 0;
            const tsl_forecast forecast = {.horizon = fmax(0, 7 * (k + 1) - begin[i]), .purchases = &own};
            assert_int_equal(tsl_purchase_model_predict(&mbg, &first, NULL, &forecast, NULL), TSL_OK);
            sum += weight[i] * own;
        }
        for (size_t i = 0; i < EVENTS; i++) {
            came += event[i] < 7 * (k + 1);
        }
        assert_true(fabs(expected[k] - sum) < 1e-9 * (1 + sum) && actual[k] == came);
    }
}

static void test_refused(void **state)
{
    (void)state;
    static const double begin[] = {-1};
    double expected[2], actual[2];
    tsl_error err;
    tsl_track track = {.count = 1, .begin = begin, .step = 1, .steps = 2};
    assert_int_equal(tsl_track_predict(&track, &pareto, NULL, expected, actual, &err), TSL_E_INPUT);
    assert_string_equal(err.message, "track: customer 1 (time -1, weight 1) cannot be");
    track.step = 0;
    assert_int_equal(tsl_track_predict(&track, &pareto, NULL, expected, actual, &err), TSL_E_OPTION);
    assert_string_equal(err.message, "track: the step is 0, and must be a time above 0");
    const tsl_purchase_model bb = {.kind = TSL_BG_BB}, empty = {.kind = TSL_NBD, .verdict = TSL_FIT_EMPTY};
    assert_int_equal(tsl_track_predict(&track, &bb, NULL, expected, actual, &err), TSL_E_OPTION);
    track.step = 1;
    track.count = 0;
    assert_int_equal(tsl_track_predict(&track, &empty, NULL, expected, actual, &err), TSL_OK);
    assert_true(isnan(expected[0]) && actual[0] == 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_published), cmocka_unit_test(test_adds_up),
                                       cmocka_unit_test(test_refused)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
