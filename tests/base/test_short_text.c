/* test_short_text.c: texts that differ are words that differ, and hashes fall evenly. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/rng.h"
#include "base/short_text.h"

/* The words are the bytes, with zeros behind. */
static void test_bytes(void **state)
{
    (void)state;
    tsl__rng rng = tsl__rng_open(3, 1, 1);
    for (int i = 0; i < 20000; i++) {
        char text[TSL__SHORT_BYTES], padded[TSL__SHORT_BYTES] = {0};
        const size_t n = (size_t)(tsl__rng_uniform(&rng) * (TSL__SHORT_BYTES + 1));
        for (size_t k = 0; k < n; k++) {
            text[k] = padded[k] = (char)(1 + tsl__rng_uniform(&rng) * 255);
        }
        const tsl__words words = tsl__words_make(text, n);
        assert_memory_equal(&words, padded, sizeof padded);
        assert_true(tsl__text_hash(text, n) == tsl__words_hash(words));
    }
}

/* 100,000 ids of five kinds over 256 shards and 4,096 slots: no more uneven than chance makes them, by chi-square with
 * 255 and 4,095 degrees of freedom, at six standard deviations. */
static void test_even(void **state)
{
    (void)state;
    static const char *const formats[] = {"C%07d", "%d", "%012d", "K-%d", "user_%d@a.de"};
    enum { IDS = 100000, SHARDS = 256, SLOTS = 4096 };
    for (size_t f = 0; f < sizeof formats / sizeof *formats; f++) {
        static int shard[SHARDS], slot[SLOTS];
        double high = 0, low = 0;
        memset(shard, 0, sizeof shard);
        memset(slot, 0, sizeof slot);
        for (int i = 0; i < IDS; i++) {
            char id[32];
            const int n = snprintf(id, sizeof id, formats[f], i);
            const uint64_t hash = tsl__text_hash(id, (size_t)n);
            shard[hash >> 56]++;
            slot[hash % SLOTS]++;
        }
        for (int i = 0; i < SHARDS; i++) {
            high += pow(shard[i] - (double)IDS / SHARDS, 2) / ((double)IDS / SHARDS);
        }
        for (int i = 0; i < SLOTS; i++) {
            low += pow(slot[i] - (double)IDS / SLOTS, 2) / ((double)IDS / SLOTS);
        }
        if (high > SHARDS - 1 + 6 * sqrt(2 * (SHARDS - 1)) || low > SLOTS - 1 + 6 * sqrt(2 * (SLOTS - 1))) {
            fail_msg("%s: %g and %g", formats[f], high, low);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_bytes), cmocka_unit_test(test_even)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
