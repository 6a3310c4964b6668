/* test_rng.c: Philox against Random123's known answers; draws are uniform, unbiased, pure functions of their key. */
#include "base/rng.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The three lines "philox4x32 10" of Random123's kat_vectors. */
static void test_known_answers(void **state)
{
    (void)state;
    static const struct {
        uint32_t counter[4], key[2], out[4];
    } rows[] = {
        {{0, 0, 0, 0}, {0, 0}, {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}},
        {{0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff},
         {0xffffffff, 0xffffffff},
         {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}},
        {{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344},
         {0xa4093822, 0x299f31d0},
         {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        uint32_t out[4];
        tsl__philox(rows[i].counter, rows[i].key, out);
        assert_memory_equal(out, rows[i].out, sizeof out);
    }
}

/* A stream's draws are Philox of (draw, stream) under the seed, so that they can be had in any order. */
static void test_draws_are_pure(void **state)
{
    (void)state;
    tsl__rng rng = tsl__rng_open(UINT64_C(0x1122334455667788), 7, 9);
    for (uint32_t draw = 0; draw < 100; draw++) {
        uint32_t counter[4] = {draw, 0, 9, 7}, key[2] = {0x55667788, 0x11223344}, out[4];
        tsl__philox(counter, key, out);
        assert_int_equal(tsl__rng_u64(&rng), (uint64_t)out[0] << 32 | out[1]);
    }
    tsl__rng late = tsl__rng_open(UINT64_C(0x1122334455667788), 7, 9), other = tsl__rng_open(1, 7, 9);
    late.draw = 100;
    assert_int_equal(tsl__rng_u64(&late), tsl__rng_u64(&rng));
    assert_int_not_equal(tsl__rng_u64(&other), tsl__rng_u64(&rng));
}

static void test_uniform(void **state)
{
    (void)state;
    enum { DRAWS = 200000, BINS = 100 };
    tsl__rng rng = tsl__rng_open(3, 1, 2);
    int count[BINS] = {0};
    for (int i = 0; i < DRAWS; i++) {
        double u = tsl__rng_uniform(&rng);
        assert_true(u >= 0 && u < 1);
        count[(int)(u * BINS)]++;
    }
    double chi = 0, expected = (double)DRAWS / BINS;
    for (int b = 0; b < BINS; b++) {
        chi += (count[b] - expected) * (count[b] - expected) / expected;
    }
    assert_true(chi > 50 && chi < 160); /* 99 degrees of freedom: beyond these bounds once in some 10^4 seeds */
}

static void test_below(void **state)
{
    (void)state;
    tsl__rng rng = tsl__rng_open(4, 0, 0);
    for (int i = 0; i < 100; i++) {
        assert_int_equal(tsl__rng_below(&rng, 1), 0);
        assert_true(tsl__rng_below(&rng, UINT64_C(3) << 62) < UINT64_C(3) << 62);
        assert_true(tsl__rng_below(&rng, UINT64_MAX) < UINT64_MAX);
    }
    int count[7] = {0};
    for (int i = 0; i < 70000; i++) {
        count[tsl__rng_below(&rng, 7)]++;
    }
    for (int i = 0; i < 7; i++) {
        assert_in_range(count[i], 9600, 10400);
    }
    /* Without rejection half of these, not a third, would be multiples of three. */
    uint64_t n = UINT64_C(3) << 62;
    int multiples = 0;
    for (int i = 0; i < 30000; i++) {
        multiples += tsl__rng_below(&rng, n) % 3 == 0;
    }
    assert_in_range(multiples, 9600, 10400);
}

static void test_sample(void **state)
{
    (void)state;
    tsl__rng rng = tsl__rng_open(5, 0, 0);
    static const struct {
        size_t n, m;
    } rows[] = {{0, 0}, {1, 0}, {1, 1}, {10, 10}, {10, 3}, {1000, 999}, {1000000, 1000}};
    for (size_t r = 0; r < sizeof rows / sizeof *rows; r++) {
        size_t *out = malloc((rows[r].m + 1) * sizeof *out);
        assert_non_null(out);
        assert_int_equal(tsl__rng_sample(&rng, rows[r].n, rows[r].m, out), 0);
        for (size_t i = 0; i < rows[r].m; i++) {
            assert_true(out[i] < rows[r].n);
            assert_true(i == 0 || out[i] > out[i - 1]);
        }
        free(out);
    }
}

/* Each of n rows is in a sample of m with probability m / n. */
static void test_sample_is_uniform(void **state)
{
    (void)state;
    tsl__rng rng = tsl__rng_open(6, 0, 0);
    int count[20] = {0};
    for (int i = 0; i < 20000; i++) {
        size_t out[5];
        assert_int_equal(tsl__rng_sample(&rng, 20, 5, out), 0);
        for (int j = 0; j < 5; j++) {
            count[out[j]]++;
        }
    }
    for (int i = 0; i < 20; i++) {
        assert_in_range(count[i], 4750, 5250); /* 5000, sd 61 */
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_known_answers), cmocka_unit_test(test_draws_are_pure),
        cmocka_unit_test(test_uniform),       cmocka_unit_test(test_below),
        cmocka_unit_test(test_sample),        cmocka_unit_test(test_sample_is_uniform),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
