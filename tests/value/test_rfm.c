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

#include "base/rng.h"
#include "value/rfm_cuts.h"

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
    assert_int_equal(tsl_rfm_fit(v, v + n, v + 2 * n, n, NULL, &rfm, &err), TSL_OK);
    static const double published[3][4] = {{115, 181, 297.4, 482}, {4, 5, 6, 8}, {255.8, 382, 506.4, 666}};
    for (int k = 0; k < 3; k++) {
        for (int c = 0; c < 4; c++) {
            assert_true(fabs(tsl__rfm_get_list(&rfm, (size_t)k)[c] + 1 - published[k][c]) < 1e-9);
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
    /* The package's own cuts as thresholds, of whole numbers below them: one customer's recency and two customers'
     * value lie between the two rules. */
    tsl_rfm_options opt;
    TSL_DEFAULTS(rfm, &opt);
    opt.method = TSL_RFM_THRESHOLDS;
    for (int k = 0; k < 3; k++) {
        for (int c = 0; c < 4; c++) {
            opt.cut[k][c] = ceil(published[k][c]) - 1;
        }
    }
    uint8_t *other = malloc(3 * n);
    size_t differ[3] = {0};
    assert_int_equal(tsl_rfm_fit(NULL, NULL, NULL, 0, &opt, &rfm, &err), TSL_OK);
    tsl_rfm_predict(&rfm, v, v + n, v + 2 * n, n, other, other + n, other + 2 * n);
    for (size_t i = 0; i < 3 * n; i++) {
        differ[i / n] += other[i] != score[i];
    }
    assert_true(differ[0] == 1 && differ[1] == 0 && differ[2] == 2);
    free(other);
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
    assert_int_equal(tsl_rfm_fit(r, f, m, 6, NULL, &rfm, NULL), TSL_OK);
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
    assert_int_equal(tsl_rfm_fit(none, none, none, 1, NULL, &rfm, &err), TSL_E_INPUT);
}

/* All cuts are the one value that is known: no more silent, no more often than that. */
static void test_one_customer(void **state)
{
    (void)state;
    const double r[] = {40, NAN}, f[] = {3, NAN}, m[] = {120, 7};
    uint8_t rs[2], fs[2], ms[2];
    tsl_rfm rfm;
    assert_int_equal(tsl_rfm_fit(r, f, m, 2, NULL, &rfm, NULL), TSL_OK);
    tsl_rfm_predict(&rfm, r, f, m, 2, rs, fs, ms);
    assert_int_equal(rs[0], 5);
    assert_int_equal(fs[0], 1);
    assert_int_equal(ms[0], 1);
    assert_int_equal(tsl_rfm_fit(r + 1, f + 1, m + 1, 1, NULL, &rfm, NULL), TSL_E_INPUT);
}

/* ---- Against a count of all by all ---------------------------------------------------- */

enum { CROWD = 700 };
static double crowd[3][CROWD];

static void draw_crowd(uint32_t seed)
{
    tsl__rng rng = tsl__rng_open(seed, 8, 1);
    for (size_t i = 0; i < CROWD; i++) {
        crowd[0][i] = (double)tsl__rng_below(&rng, 400);
        crowd[1][i] = 1 + floor(1 / (.06 + tsl__rng_uniform(&rng))); /* most bought once or twice */
        crowd[2][i] = (double)tsl__rng_below(&rng, 100000) / 100 - 50;
    }
}

/* 1: j is in i's group of that column: all, or those of the same scores before it. */
static int is_beside(int column, int nested, size_t i, size_t j, const uint8_t score[3][CROWD])
{
    int beside = 1;
    for (int c = 0; c < column && nested; c++) {
        beside = beside && score[c][i] == score[c][j];
    }
    return beside;
}

/* The rank's definition, by counting. */
static int get_rank_score(int column, int nested, int bins, size_t i, const uint8_t score[3][CROWD])
{
    size_t below = 0, equal = 0, all = 0;
    for (size_t j = 0; j < CROWD; j++) {
        if (is_beside(column, nested, i, j, score)) {
            below += crowd[column][j] < crowd[column][i];
            equal += crowd[column][j] == crowd[column][i];
            all++;
        }
    }
    const int above = (int)((2 * below + equal) * (size_t)bins / (2 * all));
    return column == 0 ? bins - above : 1 + above;
}

/* The quantile's: how many cuts are exceeded, each between two of the sorted values. */
static int get_quantile_score(int column, int nested, int bins, size_t i, const uint8_t score[3][CROWD])
{
    double sorted[CROWD];
    size_t n = 0;
    int above = 0;
    for (size_t j = 0; j < CROWD; j++) {
        if (is_beside(column, nested, i, j, score)) {
            size_t at = n++;
            for (; at > 0 && sorted[at - 1] > crowd[column][j]; at--) {
                sorted[at] = sorted[at - 1];
            }
            sorted[at] = crowd[column][j];
        }
    }
    for (int k = 1; k < bins; k++) {
        const double place = (double)(n - 1) * k / bins, low = sorted[(size_t)place],
                     next = sorted[(size_t)place + ((size_t)place + 1 < n)];
        above += crowd[column][i] > low + (place - floor(place)) * (next - low);
    }
    return column == 0 ? bins - above : 1 + above;
}

static void test_methods(void **state)
{
    (void)state;
    static uint8_t score[3][CROWD];
    for (int which = 0; which < 12; which++) {
        tsl_rfm_options opt;
        tsl_rfm rfm;
        TSL_DEFAULTS(rfm, &opt);
        opt.method = which % 2 ? TSL_RFM_RANK : TSL_RFM_QUANTILE;
        opt.nested = which / 2 % 2;
        opt.bins = (int[]){2, 5, 9}[which / 4];
        draw_crowd((uint32_t)which);
        assert_int_equal(tsl_rfm_fit(crowd[0], crowd[1], crowd[2], CROWD, &opt, &rfm, NULL), TSL_OK);
        assert_true(tsl__rfm_is_sound(&rfm) && tsl__rfm_is_same(&rfm, &rfm));
        tsl_rfm_predict(&rfm, crowd[0], crowd[1], crowd[2], CROWD, score[0], score[1], score[2]);
        for (int c = 0; c < 3; c++) {
            for (size_t i = 0; i < CROWD; i += 3) {
                const int expected = opt.method == TSL_RFM_RANK ? get_rank_score(c, opt.nested, opt.bins, i, score)
                                                                : get_quantile_score(c, opt.nested, opt.bins, i, score);
                assert_int_equal(score[c][i], expected);
            }
        }
    }
}

/* Half of them bought once: by rank they stand at the middle of their places, and nobody scores 1. */
static void test_rank_of_ties(void **state)
{
    (void)state;
    double f[100], other[100];
    uint8_t score[3][100];
    tsl_rfm_options opt;
    tsl_rfm rfm;
    for (int i = 0; i < 100; i++) {
        f[i] = i < 52 ? 1 : 2 + i;
        other[i] = i;
    }
    TSL_DEFAULTS(rfm, &opt);
    opt.method = TSL_RFM_RANK;
    assert_int_equal(tsl_rfm_fit(other, f, other, 100, &opt, &rfm, NULL), TSL_OK);
    tsl_rfm_predict(&rfm, other, f, other, 100, score[0], score[1], score[2]);
    assert_true(rfm.frequency[0][0] == -INFINITY && rfm.frequency[0][1] == 1);
    assert_true(score[1][0] == 2 && score[1][51] == 2 && score[1][52] == 3 && score[1][99] == 5);
    assert_true(score[0][0] == 5 && score[0][99] == 1 && score[2][19] == 1 && score[2][20] == 2);
}

/* Nobody of the fit was in that group: its cuts are those of all. What tells the group is not known: nor is the score.
 */
static void test_empty_group(void **state)
{
    (void)state;
    const double r[] = {1, 1, 9, 9}, f[] = {1, 2, 3, 4}, m[] = {3, 1, 4, 1}, one[] = {5, NAN};
    uint8_t score[3][2];
    tsl_rfm_options opt;
    tsl_rfm rfm, plain;
    TSL_DEFAULTS(rfm, &opt);
    assert_int_equal(tsl_rfm_fit(r, f, m, 4, &opt, &plain, NULL), TSL_OK);
    opt.nested = 1;
    assert_int_equal(tsl_rfm_fit(r, f, m, 4, &opt, &rfm, NULL), TSL_OK);
    tsl_rfm_predict(&rfm, one, one, one, 2, score[0], score[1], score[2]);
    assert_int_equal(score[0][0], 3);
    assert_memory_equal(rfm.frequency[score[0][0] - 1], plain.frequency[0], 4 * sizeof(double));
    assert_true(score[0][1] == 0 && score[1][1] == 0 && score[2][1] == 0);
    const double silent[] = {NAN}, known[] = {3};
    tsl_rfm_predict(&rfm, silent, known, known, 1, score[0], score[1], score[2]);
    assert_true(score[0][0] == 0 && score[1][0] == 0 && score[2][0] == 0);
    tsl_rfm_predict(&plain, silent, known, known, 1, score[0], score[1], score[2]);
    assert_true(score[0][0] == 0 && score[1][0] > 0 && score[2][0] > 0);
}

static void check_refused(tsl_rfm_options opt, const char *message)
{
    tsl_error err;
    tsl_rfm rfm;
    assert_int_equal(tsl_rfm_fit(NULL, NULL, NULL, 0, &opt, &rfm, &err), TSL_E_OPTION);
    assert_string_equal(err.message, message);
    assert_int_equal(tsl_rfm_check(&opt, &err), TSL_E_OPTION);
}

static void test_refused(void **state)
{
    (void)state;
    tsl_rfm_options opt, wrong;
    TSL_DEFAULTS(rfm, &opt);
    wrong = opt;
    wrong.bins = 10;
    check_refused(wrong, "bins: 10 is outside 2 to 9");
    wrong = opt;
    wrong.method = (tsl_rfm_method)7;
    check_refused(wrong, "rfm: 7 is no method");
    wrong = opt;
    wrong.method = TSL_RFM_THRESHOLDS;
    check_refused(wrong, "rfm: the thresholds of recency must rise, but 0 is followed by 0");
    wrong.cut[0][1] = NAN;
    check_refused(wrong, "rfm: a threshold of recency is a number, not nan");
    wrong.nested = 1;
    check_refused(wrong, "rfm: thresholds that are given hold for all: they cannot be nested");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_published),    cmocka_unit_test(test_ties_and_unknown),
                                       cmocka_unit_test(test_one_customer), cmocka_unit_test(test_methods),
                                       cmocka_unit_test(test_rank_of_ties), cmocka_unit_test(test_empty_group),
                                       cmocka_unit_test(test_refused)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
