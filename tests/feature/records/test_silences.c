/* test_silences.c: how long customers had been silent at a cut, and who bought after it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "feature/records/silences.h"

#define AS_OF 1000
#define CUT (AS_OF - TSL_SILENCE_DAYS)

static void test_classes(void **state)
{
    (void)state;
    static const struct {
        double value;
        size_t expected;
    } habits[] = {{1, 0}, {2, 1}, {3, 2}, {4, 2}, {5, 3}, {8, 3}, {9, 4}, {16, 4}, {17, 5}, {1e9, 5}},
      spans[] = {{1, 0}, {1.5, 1}, {3, 1}, {90, 9}, {91, 10}, {365, 15}, {366, 16}, {545, 16}, {546, 17}, {1e9, 17}};
    for (size_t i = 0; i < 10; i++) {
        assert_int_equal(tsl__silence_get_habit(habits[i].value), habits[i].expected);
        assert_int_equal(tsl__silence_get_span(spans[i].value), spans[i].expected);
    }
}

static void test_counts(void **state)
{
    (void)state;
    static const int32_t day[] = {CUT - 60, CUT - 1, CUT, AS_OF - 1};
    tsl_silences of = {0}, expected = {0}, twice = {0};
    assert_true(tsl__silences_are_empty(&of));
    tsl__silences_add(&of, day, 0, AS_OF);     /* never bought */
    tsl__silences_add(&of, day + 2, 2, AS_OF); /* not there yet */
    assert_true(tsl__silences_are_empty(&of));
    tsl__silences_add(&of, day, 1, AS_OF); /* silent for 60 days, and then for all the days */
    expected.seen[0][7] = 1;
    tsl__silences_add(&of, day, 2, AS_OF); /* two days, the last just before the cut */
    expected.seen[1][0] = 1;
    tsl__silences_add(&of, day, 3, AS_OF); /* came back at the cut */
    tsl__silences_add(&of, day, 4, AS_OF); /* twice is once */
    expected.seen[1][0] = 3;
    expected.back[1][0] = 2;
    assert_memory_equal(&of, &expected, sizeof of);
    assert_false(tsl__silences_are_empty(&of));
    tsl__silences_merge(&twice, &of);
    tsl__silences_merge(&twice, &of);
    assert_int_equal(twice.seen[1][0], 6);
    assert_int_equal(twice.back[1][0], 4);
}

/* Days at the edge of what a number holds. */
static void test_edges(void **state)
{
    (void)state;
    static const int32_t first[] = {INT32_MIN + 1};
    tsl_silences of = {0};
    tsl__silences_add(&of, first, 1, INT32_MAX);
    assert_int_equal(of.seen[0][TSL_SILENCE_SPANS - 1], 1);
    tsl__silences_add(&of, first, 1, INT32_MIN + 2);
    assert_int_equal(of.seen[0][TSL_SILENCE_SPANS - 1], 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_classes), cmocka_unit_test(test_counts),
                                       cmocka_unit_test(test_edges)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
