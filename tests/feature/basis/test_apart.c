/* test_apart.c: who is set apart by rule: each limit from both sides. */
#include "feature/buyers.h"

#include "feature/basis/apart.h"
#include "feature/recipe.h"

/* "ONCE_RECENT 5, POTENTIAL 0": the classes and who is in them. */
static void check(const tsl_features *f, const char *expected)
{
    char seen[256] = "";
    for (size_t c = 0; c < f->recipe->class_count; c++) {
        size_t count = 0, at = strlen(seen);
        for (size_t i = 0; i < f->customers; i++) {
            count += f->apart[i] == (int)c;
        }
        snprintf(seen + at, sizeof seen - at, "%s%s %zu", at ? ", " : "", f->recipe->classes[c].code, count);
    }
    assert_string_equal(seen, expected);
    assert_int_equal(f->apart != NULL, f->recipe->class_count > 0);
    assert_true(tsl__apart_is_sound(f->recipe));
}

static void fit(buyers *b, const char *expected)
{
    tsl_features *f = buyers_build(b, NULL, NULL, TSL_BASIS_DEFAULT, TSL_APART_DEFAULT);
    assert_int_equal(f->recipe->apart, TSL_APART_ONCE);
    check(f, expected);
    tsl_features_free(f);
}

/* One-time buyers: 5 % of the buyers, to the customer, and 50 others. */
static void test_many_enough(void **state)
{
    (void)state;
    buyers b = {.count = 0};
    buyers_add_once(&b, 5, 3, "1");
    buyers_add_others(&b, 95, 3, 40, "2");
    fit(&b, "ONCE 5, POTENTIAL 0");
    buyers_add_once(&b, 5, 3, "1");
    buyers_add_others(&b, 96, 3, 40, "2");
    fit(&b, "POTENTIAL 0");
    buyers_add_once(&b, 10, 3, "1");
    buyers_add_others(&b, 50, 3, 40, "2");
    fit(&b, "ONCE 10, POTENTIAL 0");
    buyers_add_once(&b, 10, 3, "1");
    buyers_add_others(&b, 49, 3, 40, "2");
    fit(&b, "POTENTIAL 0");
}

/* By another's limits, whatever would be found now: who is apart at all, the usual gap, the cut; and they stay so where
 * the features are fitted once more. */
static void test_taken(void **state)
{
    (void)state;
    buyers b = {.count = 0};
    buyers_add_once(&b, 60, 3, "1");
    buyers_add_once(&b, 60, 4, "9");
    buyers_add_once(&b, 60, 70, "4");
    buyers_add_others(&b, 60, 3, 40, "2");
    tsl_features *then = buyers_build(&b, NULL, NULL, TSL_BASIS_DEFAULT, TSL_APART_DEFAULT);
    check(then, "ONCE_RECENT_LARGER 60, ONCE_RECENT_SMALLER 60, ONCE_LAPSED 60, POTENTIAL 0");
    buyers_add_once(&b, 4, 3, "1");
    buyers_add_once(&b, 3, 50, "90");
    buyers_add_others(&b, 70, 3, 60, "2");
    buyers_add_others(&b, 20, 3, 61, "7");
    buyers_add_returns(&b, 2, 3);
    tsl_features *now = buyers_build(&b, NULL, NULL, TSL_BASIS_DEFAULT, TSL_APART_POTENTIAL);
    check(now, "POTENTIAL 2");
    for (int again = 0; again < 2; again++) {
        assert_int_equal(again ? tsl__features_fit_again(now, TSL_APART_DEFAULT, 1, NULL)
                               : tsl__features_set_apart(now, then->recipe, NULL, 0, NULL),
                         TSL_OK);
        check(now, "ONCE_RECENT_LARGER 0, ONCE_RECENT_SMALLER 4, ONCE_LAPSED 3, POTENTIAL 2");
        assert_int_equal(now->recipe->apart, TSL_APART_ONCE);
        assert_true(now->recipe->gap_days == 40 &&
                    now->recipe->classes[0].total_low == then->recipe->classes[0].total_low);
    }
    tsl_feature_matrix *m = NULL;
    assert_int_equal(tsl_features_get_matrix(now, NULL, &m, NULL), TSL_OK);
    assert_int_equal(m->rows, 90); /* the columns are fitted to them alone */
    double sum = 0;
    for (size_t r = 0; r < m->rows; r++) {
        sum += m->values[r * m->cols + m->cols - 1];
    }
    assert_true(fabs(sum) < 1e-9);
    tsl_feature_matrix_free(m);
    tsl_features_free(now);
    tsl_features_free(then);
}

/* Those who never bought count in no share. */
static void test_shares_of_buyers(void **state)
{
    (void)state;
    buyers b = {.count = 0};
    buyers_add_once(&b, 5, 3, "1");
    buyers_add_others(&b, 95, 3, 40, "2");
    buyers_add_returns(&b, 70, 3);
    fit(&b, "ONCE 5, POTENTIAL 70");
}

/* One day is once, whatever is bought on it. */
static void test_one_day(void **state)
{
    (void)state;
    buyers b = {.count = 0};
    buyers_add_others(&b, 8, 3, 0, "1");
    buyers_add_others(&b, 60, 3, 40, "2");
    fit(&b, "ONCE 8, POTENTIAL 0");
}

/* At the usual gap is recent; both parts hold 5 %. */
static void test_recent(void **state)
{
    (void)state;
    buyers b = {.count = 0};
    buyers_add_once(&b, 5, 40, "1");
    buyers_add_once(&b, 6, 41, "1");
    buyers_add_others(&b, 89, 3, 40, "2");
    tsl_features *f = buyers_build(&b, NULL, NULL, TSL_BASIS_DEFAULT, TSL_APART_DEFAULT);
    assert_true(f->recipe->gap_days == 40);
    check(f, "ONCE_RECENT 5, ONCE_LAPSED 6, POTENTIAL 0");
    tsl_features_free(f);
    buyers_add_once(&b, 4, 40, "1");
    buyers_add_once(&b, 6, 41, "1");
    buyers_add_others(&b, 90, 3, 40, "2");
    fit(&b, "ONCE 10, POTENTIAL 0");
    buyers_add_once(&b, 6, 40, "1");
    buyers_add_once(&b, 4, 41, "1");
    buyers_add_others(&b, 90, 3, 40, "2");
    fit(&b, "ONCE 10, POTENTIAL 0");
}

/* The median of each one's own gap, of those who came back: 30 of two, between 30 and 50 of 60. */
static void test_gap(void **state)
{
    (void)state;
    buyers b = {.count = 0};
    buyers_add_once(&b, 20, 3, "1");
    buyers_add_others(&b, 30, 3, 30, "2");
    buyers_add_others(&b, 30, 3, 50, "2");
    tsl_features *f = buyers_build(&b, NULL, NULL, TSL_BASIS_DEFAULT, TSL_APART_DEFAULT);
    assert_true(f->recipe->gap_days == 40);
    tsl_features_free(f);
    buyers_add_once(&b, 30, 3, "1"); /* nobody came back */
    buyers_add_once(&b, 30, 5, "1.50");
    f = buyers_build(&b, NULL, NULL, TSL_BASIS_DEFAULT, TSL_APART_DEFAULT);
    assert_true(f->recipe->gap_days == 90);
    check(f, "POTENTIAL 0");
    tsl_features_free(f);
    buyers_add_once(&b, 30, 3, "1"); /* gaps of 3 and 16 days, of which the quantile is 14.700000000000001 */
    for (int i = 0; i < 60; i++) {
        buyers_add_order(&b, b.count, 3, "1");
        buyers_add_order(&b, b.count, 6, "1");
        buyers_add_order(&b, b.count++, 22, "1");
    }
    f = buyers_build(&b, NULL, NULL, TSL_BASIS_DEFAULT, TSL_APART_DEFAULT);
    assert_true(f->recipe->gap_days == 14.7);
    tsl_features_free(f);
}

/* Over 40 % is parted between two levels of spend, or at the median: what equals it is smaller; both parts hold 5 %. */
static void test_halves(void **state)
{
    (void)state;
    buyers b = {.count = 0};
    buyers_add_once(&b, 20, 3, "10");
    buyers_add_once(&b, 20, 3, "20");
    buyers_add_others(&b, 60, 3, 40, "2");
    fit(&b, "ONCE 40, POTENTIAL 0");
    buyers_add_once(&b, 36, 3, "10");
    buyers_add_once(&b, 5, 3, "20");
    buyers_add_others(&b, 59, 3, 40, "2");
    tsl_features *f = buyers_build(&b, NULL, NULL, TSL_BASIS_DEFAULT, TSL_APART_DEFAULT);
    check(f, "ONCE_LARGER 5, ONCE_SMALLER 36, POTENTIAL 0");
    assert_true(f->recipe->classes[0].total_low == 15 && f->recipe->classes[1].total_high == 15); /* as people say it */
    tsl_features_free(f);
    buyers_add_once(&b, 10, 3, "7");
    buyers_add_once(&b, 25, 3, "20"); /* two parts tell .63 here, at most */
    buyers_add_once(&b, 10, 3, "39.50");
    buyers_add_others(&b, 60, 3, 40, "2");
    f = buyers_build(&b, NULL, NULL, TSL_BASIS_DEFAULT, TSL_APART_DEFAULT);
    check(f, "ONCE_LARGER 10, ONCE_SMALLER 35, POTENTIAL 0");
    assert_true(f->recipe->classes[0].total_low == 20 && f->recipe->classes[1].total_high == 20);
    tsl_features_free(f);
    buyers_add_once(&b, 37, 3, "10");
    buyers_add_once(&b, 4, 3, "20");
    buyers_add_others(&b, 59, 3, 40, "2");
    fit(&b, "ONCE 41, POTENTIAL 0");
    buyers_add_once(&b, 45, 3, "10"); /* the recent ones alone */
    buyers_add_once(&b, 45, 4, "10.5");
    buyers_add_once(&b, 20, 90, "7");
    buyers_add_others(&b, 60, 3, 40, "2");
    fit(&b, "ONCE_RECENT_LARGER 45, ONCE_RECENT_SMALLER 45, ONCE_LAPSED 20, POTENTIAL 0");
    buyers_add_once(&b, 90, 90, "7");
    buyers_add_once(&b, 90, 91, "8");
    buyers_add_once(&b, 200, 3, "1");
    buyers_add_once(&b, 10, 3, "30");
    buyers_add_others(&b, 60, 3, 40, "2");
    fit(&b, "ONCE_RECENT 210, ONCE_LAPSED 180, POTENTIAL 0"); /* 10 of 450 are too few, 180 are 40 % */
}

/* Who is asked to be set apart; whom a customers table adds. */
static void test_asked(void **state)
{
    (void)state;
    static const char people[] = "customer_id,age\nc00000,20\nx,30\ny,40\n";
    static const char *const expected[] = {
        [TSL_APART_NONE] = "", [TSL_APART_POTENTIAL] = "POTENTIAL 3", [TSL_APART_ONCE] = "ONCE 8, POTENTIAL 3"};
    buyers b = {.count = 0};
    for (int apart = TSL_APART_NONE; apart < TSL_APARTS; apart++) {
        buyers_add_once(&b, 8, 3, "1");
        buyers_add_others(&b, 60, 5, 40, "2");
        buyers_add_returns(&b, 1, 3);
        tsl_features *f = buyers_build(&b, people, NULL, TSL_BASIS_DEFAULT, (tsl_apart)apart);
        assert_int_equal(f->recipe->apart, apart);
        check(f, expected[apart]);
        assert_true(f->recipe->gap_days == 40);
        tsl_features_free(f);
    }
    tsl_table *table = table_of_text(TSL_CUSTOMERS, people);
    tsl_feature_options opt;
    TSL_DEFAULTS(feature, &opt);
    opt.selection.apart = TSL_APART_ONCE;
    tsl_features *f = features_of(table, NULL, NULL, NULL, &opt); /* nothing tells who bought */
    assert_int_equal(f->recipe->apart, TSL_APART_NONE);
    assert_int_equal(f->recipe->basis, TSL_BASIS_NUMERIC);
    assert_true(isnan(f->recipe->gap_days) && !f->apart);
    tsl_features_free(f);
    tsl_table_free(table);
}

/* A later table goes by the limits of the fit, however many there are now. */
static void test_later(void **state)
{
    (void)state;
    buyers b = {.count = 0};
    buyers_add_once(&b, 45, 3, "10");
    buyers_add_once(&b, 45, 4, "10.5");
    buyers_add_once(&b, 20, 90, "7");
    buyers_add_others(&b, 60, 3, 40, "2");
    tsl_features *f = buyers_build(&b, NULL, NULL, TSL_BASIS_DEFAULT, TSL_APART_DEFAULT);
    buyers_add_once(&b, 2, 40, "10");    /* recent, not over the median */
    buyers_add_once(&b, 1, 40, "10.01"); /* over it */
    buyers_add_once(&b, 3, 41, "9999");
    buyers_add_others(&b, 1, 3, 400, "2");
    buyers_add_returns(&b, 1, 3);
    tsl_features *later = buyers_build(&b, NULL, f->recipe, TSL_BASIS_DEFAULT, TSL_APART_DEFAULT);
    assert_true(later->recipe->gap_days == 40);
    check(later, "ONCE_RECENT_LARGER 0, ONCE_RECENT_SMALLER 3, ONCE_LAPSED 3, POTENTIAL 1");
    tsl_features_free(later);
    tsl_features_free(f);
}

/* Others set apart of features that are there: as if they had been asked for at once. */
static void test_others_apart(void **state)
{
    (void)state;
    const char *in[] = {"lines", "weekend_share"};
    for (int core = 0; core < 2; core++) {
        tsl_features *f[2];
        const tsl_basis basis = core ? TSL_BASIS_CORE : TSL_BASIS_BEHAVIORAL;
        for (int i = 0; i < 2; i++) {
            buyers b = {.count = 0};
            buyers_add_once(&b, 20, 3, "10");
            buyers_add_once(&b, 10, 9, "70");
            for (int c = 0; c < 60; c++) {
                buyers_add_order(&b, b.count, 1 + c, c % 3 ? "1" : "4");
                buyers_add_others(&b, c % 4 ? 1 : 2, 1 + c, 20 + c % 7, c % 2 ? "2" : "90");
            }
            buyers_add_returns(&b, 2, 3);
            f[i] = buyers_build(&b, NULL, NULL, basis, TSL_APART_ONCE);
            const tsl_selection s = {in, 2, NULL, 0, basis, i ? TSL_APART_POTENTIAL : TSL_APART_ONCE, 0};
            assert_int_equal(tsl_features_fit_selection(f[i], &s, NULL), TSL_OK);
        }
        check(f[0], "ONCE 30, POTENTIAL 2");
        assert_int_equal(tsl__features_fit_again(f[0], TSL_APART_DEFAULT, 0, NULL), TSL_OK); /* nothing is asked for */
        check(f[0], "ONCE 30, POTENTIAL 2");
        assert_int_equal(tsl__features_fit_again(f[0], TSL_APART_POTENTIAL, 0, NULL), TSL_OK);
        check(f[0], "POTENTIAL 2");
        assert_int_equal(f[0]->recipe->column_count, f[1]->recipe->column_count);
        for (size_t c = 0; c < f[0]->recipe->column_count; c++) {
            const tsl_vector_column *p = &f[0]->recipe->column[c], *q = &f[1]->recipe->column[c];
            assert_string_equal(p->name, q->name);
            assert_true(p->weight == q->weight && p->center == q->center && p->scale == q->scale && p->unit == q->unit);
        }
        tsl_features_free(f[0]);
        tsl_features_free(f[1]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_many_enough),  cmocka_unit_test(test_taken),  cmocka_unit_test(test_shares_of_buyers),
        cmocka_unit_test(test_one_day),      cmocka_unit_test(test_recent), cmocka_unit_test(test_gap),
        cmocka_unit_test(test_halves),       cmocka_unit_test(test_asked),  cmocka_unit_test(test_later),
        cmocka_unit_test(test_others_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
