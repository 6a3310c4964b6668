/* test_rfm.c: RFM scores against the published case of the R package rfm
 * (4,906 orders of 995 customers, as of 2006-12-31), and properties. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <tesela/feature.h>
#include <tesela/table.h>
#include <tesela/value.h>

/* The package adds 1 to each quantile and scores by lower <= v < upper, which
 * for whole numbers and quantiles is the same as v <= quantile; a quantile that
 * is not whole tells few customers apart otherwise (docs/methods/rfm.md). */
static void test_published(void **state)
{
    (void)state;
    const tsl_source source = {.path = TESELA_SOURCE_DIR "/datasets/rfm/rfm_data_orders.csv"};
    tsl_table *table = NULL;
    tsl_features *f = NULL;
    tsl_error err;
    if (tsl_table_read(TSL_TRANSACTIONS, &source, 1, NULL, NULL, NULL, NULL, &table, &err) != TSL_OK) {
        fail_msg("%s", err.message);
    }
    assert_int_equal(tsl_table_get_info(table)->used, 4906);
    const tsl_tables tables = {.transactions = table, .as_of = TSL_NO_DAY};
    assert_int_equal(tsl_features_build(&tables, NULL, NULL, NULL, &f, &err), TSL_OK);
    assert_int_equal(f->customers, 995);
    size_t n = f->customers;
    double *v = malloc(3 * n * sizeof *v);
    int32_t as_of;
    assert_int_equal(tsl_day_read("2006-12-31", &as_of, &err), TSL_OK);
    for (size_t i = 0; i < n; i++) {
        const double *x = f->x + i * f->feature_count;
        v[i] = x[tsl_features_get_index(f, "recency_days")] + (as_of - f->as_of);
        v[n + i] = x[tsl_features_get_index(f, "lines")]; /* the package counts rows */
        v[2 * n + i] = x[tsl_features_get_index(f, "monetary_total")];
    }
    tsl_rfm rfm;
    assert_int_equal(tsl_rfm_fit(v, v + n, v + 2 * n, n, &rfm, &err), TSL_OK);
    static const double published[3][4] = {{115, 181, 297.4, 482}, {4, 5, 6, 8}, {255.8, 382, 506.4, 666}};
    for (int k = 0; k < 3; k++) {
        for (int c = 0; c < 4; c++) {
            assert_true(fabs(rfm.cut[k][c] + 1 - published[k][c]) < 1e-9);
        }
    }
    uint8_t *score = malloc(3 * n);
    size_t count[6] = {0};
    tsl_rfm_predict(&rfm, v, v + n, v + 2 * n, n, score, score + n, score + 2 * n);
    for (size_t i = 0; i < n; i++) {
        count[score[n + i]]++;
    }
    static const size_t customers[6] = {0, 268, 187, 176, 244, 120};
    assert_memory_equal(count, customers, sizeof count);
    free(score);
    free(v);
    tsl_features_free(f);
    tsl_table_free(table);
}

static void test_ties_and_unknown(void **state)
{
    (void)state;
    const double r[] = {1, 1, 1, 300, NAN, 50}, f[] = {1, 1, 1, 1, 0, 9}, m[] = {5, 5, 5, 5, 0, 500};
    uint8_t rs[6], fs[6], ms[6];
    tsl_rfm rfm;
    assert_int_equal(tsl_rfm_fit(r, f, m, 6, &rfm, NULL), TSL_OK);
    tsl_rfm_predict(&rfm, r, f, m, 6, rs, fs, ms);
    assert_int_equal(rs[0], 5);
    assert_int_equal(rs[1], rs[0]);
    assert_int_equal(rs[3], 1);
    assert_int_equal(rs[4], 0);
    assert_int_equal(fs[0], 1); /* who bought once scores 1, however many did */
    assert_int_equal(fs[5], 5);
    assert_int_equal(ms[5], 5);
    const double none[] = {NAN};
    tsl_error err;
    assert_int_equal(tsl_rfm_fit(none, none, none, 1, &rfm, &err), TSL_E_INPUT);
}

/* All cuts are the one value that is known: no more silent, no more often than that. */
static void test_one_customer(void **state)
{
    (void)state;
    const double r[] = {40, NAN}, f[] = {3, NAN}, m[] = {120, 7};
    uint8_t rs[2], fs[2], ms[2];
    tsl_rfm rfm;
    assert_int_equal(tsl_rfm_fit(r, f, m, 2, &rfm, NULL), TSL_OK);
    tsl_rfm_predict(&rfm, r, f, m, 2, rs, fs, ms);
    assert_int_equal(rs[0], 5);
    assert_int_equal(fs[0], 1);
    assert_int_equal(ms[0], 1);
    assert_int_equal(tsl_rfm_fit(r + 1, f + 1, m + 1, 1, &rfm, NULL), TSL_E_INPUT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_published), cmocka_unit_test(test_ties_and_unknown),
                                       cmocka_unit_test(test_one_customer)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
