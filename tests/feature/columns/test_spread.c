/* test_spread.c: how a feature is distributed, by hand, and where one customer stands in it. */
#include "tables.h"

static tsl_features *build(void)
{
    tsl_table *table =
        table_of_text(TSL_CUSTOMERS, "customer_id,x,flat,city\n"
                                     "a,1,,Oslo\nb,2,,Oslo\nc,2,,Rome\nd,4,,Rome\ne,,,Rome\nf,11,,Rome\n");
    tsl_features *f = features_of(table, NULL, NULL, NULL, NULL);
    tsl_table_free(table);
    return f;
}

static void test_spread(void **state)
{
    (void)state;
    tsl_features *f = build();
    tsl_spread s;
    tsl_error err;
    double all = 0;
    assert_int_equal(tsl_features_get_spread(f, tsl_features_get_index(f, "x"), &s, &err), TSL_OK);
    assert_near(s.missing, 1. / 6);
    assert_near(s.mean, 4);
    assert_true(s.low == 1 && s.q25 == 2 && s.median == 2 && s.q75 == 4 && s.high == 11);
    assert_near(s.p05, 1.2);
    assert_near(s.p95, 9.6); /* eight stretches of 1.05 */
    assert_near(s.bar[0], .6);
    assert_near(s.bar[2], .2);
    assert_near(s.bar[7], .2);
    for (size_t i = 0; i < TSL_SPREAD_BARS; i++) {
        all += s.bar[i];
    }
    assert_near(all, 1);
    assert_int_equal(tsl_features_get_spread(f, f->feature_count, &s, &err), TSL_E_OPTION);
    tsl_features_free(f);
}

/* One value is the same from the 5th to the 95th percentile: the bars go from the least to the greatest. */
static void test_flat(void **state)
{
    (void)state;
    double x[100] = {[7] = 8};
    const tsl_matrix all = {x, 100, 1, 1, TSL_F64};
    tsl_features *f = NULL;
    tsl_spread s;
    assert_int_equal(tsl_features_build_plain(&all, NULL, NULL, NULL, NULL, NULL, NULL, &f, NULL), TSL_OK);
    assert_int_equal(tsl_features_get_spread(f, 0, &s, NULL), TSL_OK);
    assert_near(s.bar[0], .99);
    assert_near(s.bar[7], .01);
    x[7] = 0;
    assert_int_equal(tsl_features_get_spread(f, 0, &s, NULL), TSL_OK);
    assert_true(s.bar[0] == 1 && s.low == 0 && s.high == 0);
    tsl_features_free(f);
}

static void test_standing(void **state)
{
    (void)state;
    tsl_features *f = build();
    const size_t x = tsl_features_get_index(f, "x");
    static const struct {
        double value, percentile;
    } rows[] = {{1, .1}, {2, .4}, {2, .4}, {4, .7}, {NAN, NAN}, {11, .9}};
    tsl_standing s;
    tsl_error err;
    for (size_t i = 0; i < 6; i++) {
        assert_int_equal(tsl_features_get_standing(f, i, x, &s, &err), TSL_OK);
        assert_near(s.value, rows[i].value);
        assert_near(s.percentile, rows[i].percentile);
        assert_true(
            fabs(s.normalised - (double)f->vector[TSL_DEMOGRAPHIC].values[i * f->vector[TSL_DEMOGRAPHIC].cols]) < 1e-6);
    }
    assert_int_equal(tsl_features_get_standing(f, 6, x, &s, &err), TSL_E_OPTION);
    assert_int_equal(tsl_features_get_standing(f, 0, f->feature_count, &s, &err), TSL_E_OPTION);
    tsl_features_free(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_spread), cmocka_unit_test(test_flat),
                                       cmocka_unit_test(test_standing)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
