/* test_chaid_merge.c: Bonferroni's multipliers against all groupings counted out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "model/descriptor/descriptor_work.h"

#include <math.h>

/* Every grouping by restricted growth strings; those of so many groups that keep order, but for a floating last. */
static double count_groupings(int *group, int at, int count, int used, int groups, int ordered, int missing)
{
    double sum = 0;
    if (at == count) {
        for (int i = 0; ordered && i < count - missing; i++) {
            for (int j = i + 1; j < count - missing; j++) {
                for (int m = i + 1; m < j; m++) {
                    if (group[i] == group[j] && group[m] != group[i]) {
                        return 0;
                    }
                }
            }
        }
        return used == groups;
    }
    for (group[at] = 0; group[at] <= used; group[at]++) {
        const int now = group[at];
        sum += count_groupings(group, at + 1, count, now == used ? used + 1 : used, groups, ordered, missing);
        group[at] = now;
    }
    return sum;
}

static void test_multipliers(void **state)
{
    (void)state;
    int group[8];
    for (int c = 1; c <= 7; c++) {
        for (int r = 1; r <= c; r++) {
            for (int kind = 0; kind < 3; kind++) {
                const int ordered = kind > 0, missing = kind > 1;
                if (missing && c < 2) {
                    continue;
                }
                const double expected = count_groupings(group, 0, c, 0, r, ordered, missing);
                const double found = exp(tsl__chaid_multiplier((size_t)c, (size_t)r, ordered, missing));
                if (fabs(found - expected) > 1e-9 * expected) {
                    fail_msg("%d categories, %d groups, kind %d: %g, expected %g", c, r, kind, found, expected);
                }
            }
        }
    }
    assert_true(isfinite(tsl__chaid_multiplier(1000, 500, 0, 0)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_multipliers)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
