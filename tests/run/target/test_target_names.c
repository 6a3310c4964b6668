/* test_target_names.c: which segments have a place by a target, and which one. */
#include "run/target/target_names.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { MOST = 16 };

/* The name of each segment with such a mean, NULL: it has no place. */
static void check_places(int k, const double *mean, int rate, const char *const *expected)
{
    static char target[] = "frequency";
    tsl_estimate segment[MOST];
    const tsl_estimates estimates = {.target = target, .k = k, .segment = segment, .rate = rate};
    tsl__target_names names;
    size_t count = 0;
    for (int s = 0; s < k; s++) {
        segment[s] = (tsl_estimate){.rows = 9, .mean = mean[s], .low = NAN, .high = NAN};
    }
    assert_int_equal(tsl__target_names_build(&estimates, &names, NULL), TSL_OK);
    for (int s = 0; s < k; s++) {
        const char *found = NULL;
        char code[16];
        snprintf(code, sizeof code, "S%d", s + 1);
        for (size_t n = 0; n < names.count; n++) {
            found = strcmp(names.name[n].segment, code) == 0 ? names.name[n].names[0] : found;
        }
        if (expected[s]) {
            assert_non_null(found);
            assert_string_equal(found, expected[s]);
            count++;
        } else {
            assert_null(found);
        }
    }
    assert_int_equal(names.count, count);
    tsl__target_names_free(&names);
}

static void test_places(void **state)
{
    (void)state;
    check_places(3, (const double[]){2, 5, 1}, 0,
                 (const char *[]){"Purchases: second-highest", "Purchases: highest", "Purchases: lowest"});
    check_places(2, (const double[]){.2, .1}, 1, (const char *[]){"Purchases: highest rate", "Purchases: lowest rate"});
    const char *last[] = {"Purchases: highest",
                          "Purchases: second-highest",
                          "Purchases: third-highest",
                          "Purchases: fourth-highest",
                          "Purchases: fifth-highest",
                          "Purchases: sixth-highest",
                          NULL,
                          NULL,
                          "Purchases: sixth-lowest",
                          "Purchases: fifth-lowest",
                          "Purchases: fourth-lowest",
                          "Purchases: third-lowest",
                          "Purchases: second-lowest",
                          "Purchases: lowest"};
    check_places(14, (const double[]){14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1}, 0, last);
}

/* A mean that is not known is no lowest one, and takes no place of others. */
static void test_unknown(void **state)
{
    (void)state;
    check_places(3, (const double[]){NAN, 5, 1}, 0, (const char *[]){NULL, "Purchases: highest", "Purchases: lowest"});
    check_places(2, (const double[]){NAN, 5}, 0, (const char *[]){NULL, NULL});
    check_places(2, (const double[]){NAN, NAN}, 0, (const char *[]){NULL, NULL});
}

/* Those that share a mean have no place, and it counts once for the others. */
static void test_equal(void **state)
{
    (void)state;
    check_places(6, (const double[]){0, 7, 0, 3, 0, 1}, 0,
                 (const char *[]){NULL, "Purchases: highest", NULL, "Purchases: second-highest", NULL,
                                  "Purchases: second-lowest"});
    check_places(3, (const double[]){4, 4, 1}, 0, (const char *[]){NULL, NULL, "Purchases: lowest"});
    check_places(3, (const double[]){4, 4, 4}, 0, (const char *[]){NULL, NULL, NULL});
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_places), cmocka_unit_test(test_unknown),
                                       cmocka_unit_test(test_equal)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
