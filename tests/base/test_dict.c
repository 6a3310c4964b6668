/* test_dict.c: the dictionary against a plain list searched from the front. */
#include "base/dict.h"

#include "base/rng.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct naive {
    char text[3000][24];
    size_t length[3000], count;
} naive;

static int32_t naive_get(const naive *list, const char *s, size_t n)
{
    for (size_t i = 0; i < list->count; i++) {
        if (list->length[i] == n && memcmp(list->text[i], s, n) == 0) {
            return (int32_t)i;
        }
    }
    return -1;
}

/* A random text of up to 5 letters out of three, one of them NUL: many repeat, some are prefixes of others. */
static size_t draw_text(tsl__rng *rng, char *s)
{
    size_t n = tsl__rng_below(rng, 8);
    for (size_t i = 0; i < n; i++) {
        s[i] = "a\xC3\0"[tsl__rng_below(rng, 3)];
    }
    return n;
}

static void test_against_naive(void **state)
{
    (void)state;
    naive *list = calloc(1, sizeof *list);
    tsl__dict *dict = tsl__dict_open();
    tsl__rng rng = tsl__rng_open(1, 0, 0);
    assert_non_null(list);
    assert_non_null(dict);
    for (int i = 0; i < 20000; i++) {
        char s[24];
        size_t n = draw_text(&rng, s);
        int32_t code = naive_get(list, s, n);
        assert_int_equal(tsl__dict_get(dict, s, n), code);
        if (code < 0 && list->count < 3000) {
            code = (int32_t)list->count;
            memcpy(list->text[list->count], s, n);
            list->length[list->count++] = n;
        }
        assert_int_equal(tsl__dict_add(dict, s, n), code);
    }
    assert_int_equal(tsl__dict_get_count(dict), list->count);
    assert_true(list->count > 1000);
    for (size_t i = 0; i < list->count; i++) {
        size_t length;
        const char *text = tsl__dict_get_text(dict, (int32_t)i, &length);
        assert_int_equal(length, list->length[i]);
        assert_memory_equal(text, list->text[i], length);
        assert_int_equal(text[length], 0);
    }
    tsl__dict_free(dict);
    free(list);
}

static void test_many(void **state)
{
    (void)state;
    tsl__dict *dict = tsl__dict_open();
    char s[32];
    for (int pass = 0; pass < 2; pass++) {
        for (int i = 0; i < 200000; i++) {
            int n = snprintf(s, sizeof s, "customer-%d", i);
            assert_int_equal(tsl__dict_add(dict, s, (size_t)n), i);
        }
    }
    assert_int_equal(tsl__dict_get_count(dict), 200000);
    tsl__dict_free(dict);
}

static void test_ranks(void **state)
{
    (void)state;
    static const char *const texts[] = {"b", "", "ba", "a", "\xE5\xAE\xA2", "B", "aa", "~"};
    static const int32_t expected[] = {4, 0, 5, 2, 7, 1, 3, 6};
    int32_t rank[8];
    tsl__dict *dict = tsl__dict_open();
    assert_int_equal(tsl__dict_get_ranks(dict, rank), 0);
    for (size_t i = 0; i < 8; i++) {
        assert_int_equal(tsl__dict_add(dict, texts[i], strlen(texts[i])), i);
    }
    assert_int_equal(tsl__dict_get_ranks(dict, rank), 0);
    assert_memory_equal(rank, expected, sizeof expected);
    tsl__dict_free(dict);
    tsl__dict_free(NULL);
}

/* Texts that share much of their front, of all lengths and with NUL bytes within. */
static void test_ranks_are_bytewise(void **state)
{
    (void)state;
    static int32_t rank[4000];
    static int32_t at[4000];
    tsl__dict *dict = tsl__dict_open();
    uint64_t seed = 7;
    while (tsl__dict_get_count(dict) < 4000) {
        char s[24] = "id-\xC3";
        size_t n = 4;
        seed = seed * 6364136223846793005u + 1442695040888963407u;
        for (uint64_t v = seed >> 20; v && n < sizeof s; v /= 5) {
            s[n++] = "\0ab\xFFz"[v % 5];
        }
        assert_true(tsl__dict_add(dict, s, n) >= 0);
    }
    assert_int_equal(tsl__dict_get_ranks(dict, rank), 0);
    for (int32_t i = 0; i < 4000; i++) {
        at[rank[i]] = i;
    }
    for (size_t i = 1; i < 4000; i++) {
        size_t na, nb;
        const char *a = tsl__dict_get_text(dict, at[i - 1], &na), *b = tsl__dict_get_text(dict, at[i], &nb);
        int order = memcmp(a, b, na < nb ? na : nb);
        assert_true(order < 0 || (order == 0 && na < nb));
    }
    tsl__dict_free(dict);
}

static int naive_less(const naive *list, size_t a, size_t b)
{
    size_t i = 0;
    while (i < list->length[a] && i < list->length[b] && list->text[a][i] == list->text[b][i]) {
        i++;
    }
    if (i == list->length[a] || i == list->length[b]) {
        return list->length[a] < list->length[b];
    }
    return (unsigned char)list->text[a][i] < (unsigned char)list->text[b][i];
}

/* Texts that share their beginnings, of none, eight or sixteen bytes, and differ in bytes and lengths behind them. */
static void test_ranks_against_naive(void **state)
{
    (void)state;
    naive *list = calloc(1, sizeof *list);
    tsl__rng rng = tsl__rng_open(2, 0, 0);
    assert_non_null(list);
    for (size_t shared = 0; shared <= 16; shared += 8) {
        int32_t rank[400];
        tsl__dict *dict = tsl__dict_open();
        assert_non_null(dict);
        list->count = 0;
        while (list->count < 400) {
            char s[24] = "customer-customer-";
            size_t n = shared - shared / 8 * tsl__rng_below(&rng, 2); /* one short of it, or all */
            n += draw_text(&rng, s + n);
            if (naive_get(list, s, n) < 0) {
                assert_int_equal(tsl__dict_add(dict, s, n), list->count);
                memcpy(list->text[list->count], s, n);
                list->length[list->count++] = n;
            }
        }
        assert_int_equal(tsl__dict_get_ranks(dict, rank), 0);
        for (size_t i = 0; i < list->count; i++) {
            int32_t before = 0;
            for (size_t j = 0; j < list->count; j++) {
                before += naive_less(list, j, i);
            }
            assert_int_equal(rank[i], before);
        }
        tsl__dict_free(dict);
    }
    free(list);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_against_naive), cmocka_unit_test(test_many),
                                       cmocka_unit_test(test_ranks), cmocka_unit_test(test_ranks_against_naive),
                                       cmocka_unit_test(test_ranks_are_bytewise)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
