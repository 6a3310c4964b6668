/* test_roll.c: ids of shards, merged: against a sort of all. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "feature/records/roll.h"

enum { SHARDS = 7, MOST = 3000, LONG = 20000 };

static char *made[SHARDS][MOST];
static size_t counts[SHARDS];
static const char *sorted[SHARDS * MOST];

/* Of all lengths, also beyond what is read at a time, prefixes of others, with bytes above 127; shards of none, of one
 * and of many, in no order. */
static void make_ids(void)
{
    static const size_t wanted[SHARDS] = {MOST, 0, 1, 2500, 700, 0, 3};
    uint32_t random = 1;
    for (size_t s = 0; s < SHARDS; s++) {
        for (counts[s] = 0; counts[s] < wanted[s]; counts[s]++) {
            random = random * 1664525 + 1013904223;
            const size_t tail = random >> 8 & 1023 ? random >> 20 & 15 : LONG;
            char *id = malloc(tail + 40);
            assert_non_null(id);
            const int head =
                snprintf(id, 40, "%s%u.%zu.%zu", random >> 18 & 1 ? "\xc3\xa9" : "C", random >> 27, s, counts[s]);
            memset(id + head, 'a' + (int)(random >> 24 & 1), tail);
            id[(size_t)head + tail] = '\0';
            made[s][counts[s]] = id;
        }
    }
}

static void free_ids(void)
{
    for (size_t s = 0; s < SHARDS; s++) {
        for (size_t i = 0; i < counts[s]; i++) {
            free(made[s][i]);
        }
    }
}

static int compare(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static tsl_status add_all(tsl__roll *roll, tsl_error *err)
{
    tsl_status status = TSL_OK;
    for (size_t s = SHARDS; s-- > 0 && status == TSL_OK;) {
        const tsl__grouping g = {.customers = counts[s], .id = (const char **)(uintptr_t)made[s]};
        status = tsl__roll_add(roll, s, &g, err);
    }
    return status;
}

static void test_order(void **state)
{
    (void)state;
    size_t all = 0, longest = 0;
    tsl__roll roll;
    tsl__shelf id, text;
    make_ids();
    for (size_t s = 0; s < SHARDS; s++) {
        for (size_t i = 0; i < counts[s]; i++) {
            sorted[all++] = made[s][i];
            longest = strlen(made[s][i]) > longest ? strlen(made[s][i]) : longest;
        }
    }
    qsort(sorted, all, sizeof *sorted, compare);
    assert_true(longest > LONG);
    assert_int_equal(tsl__roll_open(SHARDS, NULL, &roll, NULL), TSL_OK);
    assert_int_equal(add_all(&roll, NULL), TSL_OK);
    assert_int_equal(tsl__roll_close(&roll, NULL, &id, &text, NULL), TSL_OK);
    assert_int_equal(roll.customers, all);
    assert_int_equal(roll.id_width, longest);
    for (size_t i = 0; i < all; i++) {
        assert_string_equal(*(char *const *)tsl__shelf_get(&id, i), sorted[i]);
    }
    for (size_t s = 0; s < SHARDS; s++) {
        for (size_t i = 0; i < counts[s]; i++) {
            assert_string_equal(sorted[roll.order[roll.begin[s] + i]], made[s][i]);
        }
    }
    tsl__roll_free(&roll);
    tsl__roll_free(&roll);
    tsl__shelf_free(&id);
    tsl__shelf_free(&text);
    free_ids();
}

static void test_nobody(void **state)
{
    (void)state;
    tsl__roll roll;
    tsl__shelf id, text;
    assert_int_equal(tsl__roll_open(3, NULL, &roll, NULL), TSL_OK);
    assert_int_equal(tsl__roll_close(&roll, NULL, &id, &text, NULL), TSL_OK);
    assert_int_equal(roll.customers, 0);
    tsl__roll_free(&roll);
    tsl__shelf_free(&id);
    tsl__shelf_free(&text);
    assert_int_equal(tsl__roll_open(3, "/nowhere", &roll, NULL), TSL_E_IO);
    assert_null(roll.part);
}

/* The disk is full while ids are added, or while they are merged. */
static void test_no_room(void **state)
{
    (void)state;
    struct rlimit before, small;
    tsl_error err;
    make_ids();
    signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &before);
    for (int late = 0; late < 2; late++) {
        tsl__roll roll;
        tsl__shelf id = {.base = NULL}, text = {.base = NULL};
        small = before;
        small.rlim_cur = 4096;
        assert_int_equal(tsl__roll_open(SHARDS, NULL, &roll, NULL), TSL_OK);
        tsl_status status = late ? add_all(&roll, &err) : TSL_OK;
        assert_int_equal(status, TSL_OK);
        assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
        status = late ? tsl__roll_close(&roll, NULL, &id, &text, &err) : add_all(&roll, &err);
        setrlimit(RLIMIT_FSIZE, &before);
        assert_int_equal(status, TSL_E_IO);
        assert_non_null(strstr(err.message, "File too large"));
        tsl__roll_free(&roll);
        tsl__shelf_free(&id);
        tsl__shelf_free(&text);
    }
    free_ids();
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_order), cmocka_unit_test(test_nobody),
                                       cmocka_unit_test(test_no_room)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
