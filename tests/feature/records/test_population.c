/* test_population.c: the customers of shards, merged on several threads: against a sort of all. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "feature/records/population.h"

enum { SHARDS = 5, MOST = 400, ID_BYTES = 16 };

static int compare(const void *a, const void *b)
{
    return strcmp(a, b);
}

/* Ids of one shard, in their order: some are prefixes of others. Customer i stood at place count - 1 - i. */
static void make_cohort(size_t shard, size_t count, char id[][ID_BYTES], tsl__cohort *out)
{
    const char *text[MOST];
    uint32_t random = (uint32_t)shard + 1;
    for (size_t i = 0; i < count; i++) {
        random = random * 1664525 + 1013904223;
        snprintf(id[i], ID_BYTES, "C%u.%zu%s", random >> 27, shard * MOST + i, random >> 20 & 1 ? "" : "a");
    }
    qsort(id, count, ID_BYTES, compare);
    for (size_t i = 0; i < count; i++) {
        text[i] = id[i];
    }
    out->customers = count;
    assert_non_null(out->id = tsl__texts_pack(text, count));
    assert_non_null(out->place = tsl__alloc(count, sizeof *out->place));
    for (size_t i = 0; i < count; i++) {
        out->place[i] = (uint32_t)(count - 1 - i);
    }
}

static void check(const size_t count[SHARDS], int threads)
{
    static char id[SHARDS][MOST][ID_BYTES], all[SHARDS * MOST][ID_BYTES];
    tsl__cohort cohort[SHARDS] = {{0}};
    tsl__population p;
    tsl_error err;
    size_t customers = 0, longest = 0;
    for (size_t s = 0; s < SHARDS; s++) {
        make_cohort(s, count[s], id[s], &cohort[s]);
        memcpy(all[customers], id[s], count[s] * ID_BYTES);
        customers += count[s];
    }
    qsort(all, customers, ID_BYTES, compare);
    assert_int_equal(tsl__population_build(cohort, SHARDS, threads, &p, &err), TSL_OK);
    assert_int_equal(p.customers, customers);
    for (size_t i = 0; i < customers; i++) {
        assert_string_equal(p.id[i], all[i]);
        longest = strlen(all[i]) > longest ? strlen(all[i]) : longest;
    }
    assert_int_equal(p.id_width, longest);
    for (size_t s = 0; s < SHARDS; s++) {
        assert_int_equal(p.begin[s + 1] - p.begin[s], count[s]);
        for (size_t i = 0; i < count[s]; i++) {
            assert_string_equal(p.id[p.order[p.begin[s] + count[s] - 1 - i]], id[s][i]);
        }
    }
    tsl__population_free(&p);
}

static void test_merged(void **state)
{
    (void)state;
    static const size_t counts[][SHARDS] = {{MOST, 0, 1, 300, 17}, {0, 0, 1, 0, 0}, {3, 3, 3, 3, 3}};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        for (int threads = 1; threads < 4; threads++) {
            check(counts[i], threads);
        }
    }
}

/* There is no id to cut the parts by. */
static void test_nobody(void **state)
{
    (void)state;
    for (int threads = 1; threads < 4; threads++) {
        check((const size_t[SHARDS]){0}, threads);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_merged),
        cmocka_unit_test(test_nobody),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
