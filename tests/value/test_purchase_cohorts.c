/* test_purchase_cohorts.c: each cohort as if it were alone, and small ones by all together. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

#include <tesela/value.h>

#include "histories_file.h"

static numbers file;
static int32_t cohort[ROWS_MOST];

static tsl_histories read_days(void)
{
    read_numbers("histories_39_weeks.csv", 5, &file);
    return (tsl_histories){file.count, file.column[0], file.column[1], file.column[2], file.column[4]};
}

/* By the month of the first purchase; of the last day those alone who came back, who are few; nobody is of the fifth.
 */
static void test_months(void **state)
{
    (void)state;
    enum { COHORTS = 5 };
    const tsl_histories h = read_days();
    tsl_purchase_model pooled, whole;
    tsl_purchase_cohort got[COHORTS];
    for (size_t i = 0; i < h.count; i++) {
        cohort[i] = h.t[i] >= 242 ? 0 : h.t[i] >= 214 ? 1 : h.t[i] >= 190 ? 2 : h.x[i] > 0 ? 3 : -1;
    }
    assert_int_equal(tsl_purchase_cohort_fit(&h, cohort, COHORTS, TSL_PARETO_NBD, NULL, &pooled, got, NULL), TSL_OK);
    assert_int_equal(tsl_purchase_model_fit(&h, TSL_PARETO_NBD, NULL, &whole, NULL), TSL_OK);
    assert_memory_equal(pooled.parameter, whole.parameter, sizeof whole.parameter);
    double customers = 0;
    for (int c = 0; c < COHORTS; c++) {
        static double column[4][ROWS_MOST];
        size_t n = 0;
        double repeaters = 0, his = 0;
        for (size_t i = 0; i < h.count; i++) {
            if (cohort[i] == c) {
                column[0][n] = h.x[i];
                column[1][n] = h.t_x[i];
                column[2][n] = h.t[i];
                column[3][n++] = h.weight[i];
                his += h.weight[i];
                repeaters += h.x[i] > 0 ? h.weight[i] : 0;
            }
        }
        const tsl_histories alone = {n, column[0], column[1], column[2], column[3]};
        assert_true(got[c].customers == his && got[c].repeaters == repeaters);
        assert_int_equal(got[c].own, c < 3);
        if (got[c].own) {
            assert_int_equal(tsl_purchase_model_fit(&alone, TSL_PARETO_NBD, NULL, &whole, NULL), TSL_OK);
            assert_memory_equal(got[c].model.parameter, whole.parameter, sizeof whole.parameter);
            assert_true(got[c].model.customers == his);
        } else {
            assert_memory_equal(got[c].model.parameter, pooled.parameter, sizeof whole.parameter);
        }
        customers += his;
    }
    assert_true(customers < 2357 && got[3].customers < TSL_COHORT_LEAST && got[4].customers == 0);
}

/* Many, of whom nobody came back. */
static void test_no_repeats(void **state)
{
    (void)state;
    static double x[200], t_x[200], t[200];
    tsl_purchase_model pooled;
    tsl_purchase_cohort got[2];
    for (int i = 0; i < 200; i++) {
        x[i] = i < 100 ? 0 : i % 5;
        t[i] = 50 + i % 7;
        t_x[i] = x[i] > 0 ? t[i] - 1 - i % 11 : 0;
        cohort[i] = i >= 100;
    }
    const tsl_histories h = {200, x, t_x, t, NULL};
    assert_int_equal(tsl_purchase_cohort_fit(&h, cohort, 2, TSL_MBG_NBD, NULL, &pooled, got, NULL), TSL_OK);
    assert_true(!got[0].own && got[0].customers == 100 && got[0].repeaters == 0 && got[1].own);
    assert_memory_equal(got[0].model.parameter, pooled.parameter, sizeof pooled.parameter);
    tsl_error err;
    cohort[6] = 2;
    assert_int_equal(tsl_purchase_cohort_fit(&h, cohort, 2, TSL_MBG_NBD, NULL, &pooled, got, &err), TSL_E_INPUT);
    assert_string_equal(err.message, "history 7 is of cohort 2, and there are 2");
}

/* TSL_COHORT_LEAST customers have a model of their own, one fewer have none. */
static void test_least(void **state)
{
    (void)state;
    enum { LEAST = (int)TSL_COHORT_LEAST, ALL = 2 * LEAST - 1 };
    static double x[ALL], t_x[ALL], t[ALL];
    tsl_purchase_model pooled;
    tsl_purchase_cohort got[2];
    for (int i = 0; i < ALL; i++) {
        x[i] = i % 4;
        t[i] = 50 + i % 7;
        t_x[i] = x[i] > 0 ? t[i] - 1 - i % 11 : 0;
        cohort[i] = i >= LEAST;
    }
    const tsl_histories h = {ALL, x, t_x, t, NULL};
    assert_int_equal(tsl_purchase_cohort_fit(&h, cohort, 2, TSL_NBD, NULL, &pooled, got, NULL), TSL_OK);
    assert_true(got[0].customers == LEAST && got[0].own);
    assert_true(got[1].customers == LEAST - 1 && !got[1].own);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_months), cmocka_unit_test(test_no_repeats),
                                       cmocka_unit_test(test_least)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
