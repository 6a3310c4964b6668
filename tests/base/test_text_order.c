/* test_text_order.c: against qsort by comparison, of texts that share beginnings, lengths and bytes of every kind. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "base/text_order.h"

enum { TEXTS = 4000, BYTES = 24 };

static char bytes[TEXTS][BYTES];
static tsl__order_text text[TEXTS];

static int compare(const void *a, const void *b)
{
    const uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    const size_t n = text[x].n < text[y].n ? text[x].n : text[y].n;
    const int order = memcmp(text[x].s, text[y].s, n);
    return order ? order : text[x].n != text[y].n ? (text[x].n < text[y].n ? -1 : 1) : (x > y) - (x < y);
}

static void check(size_t count)
{
    static uint32_t order[TEXTS], expected[TEXTS];
    for (size_t i = 0; i < count; i++) {
        expected[i] = (uint32_t)i;
    }
    qsort(expected, count, sizeof *expected, compare);
    assert_int_equal(tsl__text_order(text, count, order), 0);
    assert_memory_equal(order, expected, count * sizeof *order);
}

static void test_against_comparisons(void **state)
{
    (void)state;
    static const unsigned range[] = {1, 2, 10, 255}; /* of the values of bytes */
    uint64_t random = 7;
    for (size_t shared = 0; shared < 12; shared += 3) {
        for (size_t r = 0; r < sizeof range / sizeof *range; r++) {
            for (size_t i = 0; i < TEXTS; i++) {
                for (size_t k = 0; k < BYTES; k++) {
                    random = random * 6364136223846793005U + 1442695040888963407U;
                    bytes[i][k] = (char)(k < shared ? 'x' : (random >> 40) % range[r] + (range[r] < 255 ? '0' : 0));
                }
                text[i] = (tsl__order_text){bytes[i], shared + (random >> 50) % (BYTES - shared)};
            }
            check(TEXTS);
        }
    }
    check(1);
    check(0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_against_comparisons)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
