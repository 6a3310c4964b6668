/* test_next.c: whether segments differ, against every pair of customers. */
#include "run/next/next.h"

#include "base/rng.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { CUSTOMERS = 60, COLUMNS = 4, SEGMENTS = 4 };

static tsl_feature feature[COLUMNS] = {{.name = (char[]){"monetary_total"}},
                                       {.name = (char[]){"other"}},
                                       {.name = (char[]){"frequency"}},
                                       {.name = (char[]){"recency_days"}}};

/* Of every pair of customers of two segments. */
static double get_above(const double *x, const int32_t *segment, const unsigned char *buyer, int a, int b)
{
    double won = 0, pairs = 0;
    for (int i = 0; i < CUSTOMERS; i++) {
        for (int j = 0; j < CUSTOMERS; j++) {
            if (segment[i] == a && segment[j] == b && buyer[i] && buyer[j]) {
                won += x[i * COLUMNS] > x[j * COLUMNS] ? 1 : x[i * COLUMNS] == x[j * COLUMNS] ? .5 : 0;
                pairs++;
            }
        }
    }
    return pairs > 0 ? won / pairs : (double)NAN;
}

static double get_naive(const double *x, const int32_t *segment, const unsigned char *buyer)
{
    static const int columns[] = {0, 2, 3};
    double differ = 0, pairs = 0;
    for (int a = 0; a < SEGMENTS; a++) {
        for (int b = 0; b < a; b++) {
            for (int c = 0; c < 3; c++) {
                const double above = get_above(x + columns[c], segment, buyer, a, b);
                differ += fabs(above - .5) >= .25;
                pairs += !isnan(above) && c == 0;
            }
        }
    }
    return pairs > 0 ? differ / pairs : (double)NAN;
}

static void test_distinct(void **state)
{
    (void)state;
    double x[CUSTOMERS * COLUMNS];
    int32_t segment[CUSTOMERS];
    unsigned char buyer[CUSTOMERS];
    tsl_recipe recipe = {.feature = feature, .feature_count = COLUMNS};
    const tsl_features f = {
        .customers = CUSTOMERS, .feature_count = COLUMNS, .feature = feature, .x = x, .recipe = &recipe};
    int seen = 0;
    for (uint32_t draw = 0; draw < 200; draw++) {
        tsl__rng rng = tsl__rng_open(1, 2, draw);
        for (int i = 0; i < CUSTOMERS; i++) {
            segment[i] = (int32_t)tsl__rng_below(&rng, SEGMENTS + 1) - 1;
            segment[i] = draw % 7 == 0 && segment[i] == 2 ? 1 : segment[i]; /* one that nobody is in */
            buyer[i] = tsl__rng_below(&rng, 5) > 0;
            for (int c = 0; c < COLUMNS; c++) { /* with ties */
                x[i * COLUMNS + c] = (double)tsl__rng_below(&rng, 6) + (c == 0   ? 2 * segment[i]
                                                                        : c == 2 ? segment[i]
                                                                                 : 0);
            }
        }
        const tsl__next_input input = {.features = &f, .segment = segment, .k = SEGMENTS, .buyer = buyer};
        double distinct;
        tsl_error err;
        assert_int_equal(tsl__next_get_distinct(&input, &distinct, &err), TSL_OK);
        const double naive = get_naive(x, segment, buyer);
        assert_true(fabs(distinct - naive) < 1e-12);
        seen |= distinct > 0 && distinct < 3;
    }
    assert_true(seen);
    memset(segment, 0, sizeof segment);
    const tsl__next_input one = {.features = &f, .segment = segment, .k = SEGMENTS, .buyer = buyer};
    double distinct;
    assert_int_equal(tsl__next_get_distinct(&one, &distinct, NULL), TSL_OK);
    assert_true(isnan(distinct));
}

static void test_buyers(void **state)
{
    (void)state;
    static const double often[] = {0, 1, NAN, 7};
    double x[4 * COLUMNS] = {0};
    tsl_recipe recipe = {.feature = feature, .feature_count = COLUMNS};
    const tsl_features f = {.customers = 4, .feature_count = COLUMNS, .feature = feature, .x = x, .recipe = &recipe};
    unsigned char *buyer = NULL;
    uint64_t count;
    for (int i = 0; i < 4; i++) {
        x[i * COLUMNS + 2] = often[i];
    }
    assert_int_equal(tsl__next_get_buyers(&f, &buyer, &count, NULL), TSL_OK);
    assert_int_equal(count, 2);
    assert_memory_equal(buyer, "\0\1\0\1", 4);
    free(buyer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_distinct), cmocka_unit_test(test_buyers)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
