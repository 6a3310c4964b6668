/* test_score.c: a weighted score: percentiles, directions, what is missing, and the figures of a bank by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

#include <tesela/value.h>

#include "base/rng.h"

#define CLOSE(a, b) assert_true(fabs((a) - (double)(b)) <= 1e-12 * (1 + fabs((double)(b))))

/* 101 customers worth 0, 1, ... 100: each one's points are his value, or the other way round. */
static void test_percentiles(void **state)
{
    (void)state;
    enum { N = 101 };
    double value[N], total[N], beyond[4] = {-5, 200, 50.25, NAN}, points[4];
    double weight = 1;
    tsl_score_column column = {.weight = 3};
    tsl_score score = {1, &weight, 1, &column};
    for (int i = 0; i < N; i++) {
        value[i] = (i * 37) % N;
    }
    const tsl_score_values values = {value, 1}, others = {beyond, 1};
    assert_int_equal(tsl_score_fit(&score, &values, N, NULL), TSL_OK);
    for (int less = 0; less < 2; less++) {
        column.less = less;
        assert_int_equal(tsl_score_predict(&score, &values, N, NULL, total, NULL, NULL), TSL_OK);
        for (int i = 0; i < N; i++) {
            CLOSE(total[i], less ? 100 - value[i] : value[i]);
        }
        assert_int_equal(tsl_score_predict(&score, &others, 4, NULL, points, NULL, NULL), TSL_OK);
        CLOSE(points[0], less ? 100 : 0);
        CLOSE(points[1], less ? 0 : 100);
        CLOSE(points[2], less ? 49.75 : 50.25);
        assert_true(isnan(points[3]));
        assert_int_equal(tsl_score_predict_contributions(&score, &others, 4, NULL, &(double *){points}, NULL), TSL_OK);
        CLOSE(points[2], less ? 49.75 : 50.25);
        assert_true(isnan(points[3]));
    }
}

/* Who are alike score alike, at their middle: of 60 % at 0 that is 30. */
static void test_ties(void **state)
{
    (void)state;
    enum { N = 1001 };
    static double value[N], total[N];
    double weight = 1;
    tsl_score_column column = {.weight = 1};
    tsl_score score = {1, &weight, 1, &column};
    for (int i = 0; i < N; i++) {
        value[i] = i <= 600 ? 0 : i;
    }
    const tsl_score_values values = {value, 1};
    assert_int_equal(tsl_score_fit(&score, &values, N, NULL), TSL_OK);
    assert_int_equal(tsl_score_predict(&score, &values, N, NULL, total, NULL, NULL), TSL_OK);
    CLOSE(total[0], 30);
    CLOSE(total[600], 30);
    CLOSE(total[1000], 100);
    for (int i = 0; i < N; i++) {
        value[i] = 7;
    }
    assert_int_equal(tsl_score_fit(&score, &values, N, NULL), TSL_OK);
    assert_int_equal(tsl_score_predict(&score, &values, N, NULL, total, NULL, NULL), TSL_OK);
    CLOSE(total[0], 50); /* nobody is better than anybody */
}

/* The bank's: assets .5, transactions .3 (of them .75 how often, .25 how long ago), credit .2; five accounts, so that
 * percentiles are 0, 25, 50, 75, 100. */
static void test_bank(void **state)
{
    (void)state;
    const double nan = NAN;
    const double assets[] = {1e4, 5e4, 2e5, 1e6, 9e6}, often[] = {2, 40, 8, nan, 12}, silent[] = {90, 1, 30, 10, nan},
                 credit[] = {600, 720, nan, 800, 650};
    double weight[] = {.5, .3, .2}, total[5], part[3][5], *parts[] = {part[0], part[1], part[2]};
    tsl_score_column column[] = {{.part = 0, .weight = 1},
                                 {.part = 1, .weight = .75},
                                 {.part = 1, .weight = .25, .less = 1},
                                 {.part = 2, .weight = 1}};
    tsl_score score = {3, weight, 4, column};
    const tsl_score_values values[] = {{assets, 1}, {often, 1}, {silent, 1}, {credit, 1}};
    assert_int_equal(tsl_score_fit(&score, values, 5, NULL), TSL_OK);
    assert_int_equal(tsl_score_predict(&score, values, 5, NULL, total, parts, NULL), TSL_OK);
    static const double expected[3][5] = {
        {0, 25, 50, 75, 100},
        {0, 100, .75 * 100. / 3 + .25 * 100. / 3, 200. / 3, 200. / 3}, /* the last two by what is known of them */
        {0, 200. / 3, NAN, 100, 100. / 3},
    };
    for (int i = 0; i < 5; i++) {
        double sum = 0, of = 0;
        for (int p = 0; p < 3; p++) {
            if (isnan(expected[p][i])) {
                assert_true(isnan(part[p][i]));
                continue;
            }
            assert_true(fabs(part[p][i] - expected[p][i]) < .5); /* thirds lie between two knots */
            sum += weight[p] * expected[p][i];
            of += weight[p];
        }
        assert_true(fabs(total[i] - sum / of) < .5);
    }
    double added[4][5], *contribution[] = {added[0], added[1], added[2], added[3]};
    assert_int_equal(tsl_score_predict_contributions(&score, values, 5, NULL, contribution, NULL), TSL_OK);
    for (int i = 0; i < 5; i++) { /* they add up; of what is not known there is none */
        CLOSE(added[0][i] + added[1][i] + added[2][i] + added[3][i], total[i]);
    }
    CLOSE(added[0][3], .5 * 75);
    CLOSE(added[1][1], .3 * .75 * 100);
    assert_true(added[3][2] == 0 && added[1][3] == 0);
    assert_true(fabs(part[0][3] - 75) < 1e-9);
    assert_true(fabs(total[2] - (.5 * part[0][2] + .3 * part[1][2]) / .8) < 1e-9);
}

/* Better in one thing and no worse in any: never a lower score; the same bits for any number of threads and stride. */
static void test_properties(void **state)
{
    (void)state;
    enum { N = 10000, C = 4 };
    static double x[N * C], column_wise[C][N], total[2][N], part[2][N];
    double weight[] = {2, 1}, *parts[] = {part[0], part[1]};
    tsl_score_column column[C] = {{.part = 0, .weight = 1},
                                  {.part = 0, .weight = 2},
                                  {.part = 1, .weight = 1, .less = 1},
                                  {.part = 1, .weight = 1}};
    tsl_score score = {2, weight, C, column};
    tsl_score_values rows[C], columns[C];
    tsl__rng rng = tsl__rng_open(11, 1, 1);
    for (size_t i = 0; i < N * C; i++) {
        const double drawn = (double)tsl__rng_below(&rng, i % C == 1 ? 5 : 100000);
        x[i] = column_wise[i % C][i / C] = i % C == 3 && drawn < 20000 ? (double)NAN : drawn;
    }
    for (size_t c = 0; c < C; c++) {
        rows[c] = (tsl_score_values){x + c, C};
        columns[c] = (tsl_score_values){column_wise[c], 1};
    }
    assert_int_equal(tsl_score_fit(&score, rows, N, NULL), TSL_OK);
    for (int threads = 1; threads <= 3; threads++) {
        tsl_exec exec;
        TSL_DEFAULTS(exec, &exec);
        exec.threads = threads;
        assert_int_equal(
            tsl_score_predict(&score, threads == 2 ? columns : rows, N, &exec, total[threads > 1], parts, NULL),
            TSL_OK);
        assert_memory_equal(total[0], total[threads > 1], sizeof total[0]);
    }
    for (size_t i = 0; i < N; i++) {
        assert_true(total[0][i] >= 0 && total[0][i] <= 100);
        for (size_t j = i + 1; j < i + 40 && j < N; j++) {
            int better = 1;
            for (size_t c = 0; c < C; c++) {
                const double a = x[i * C + c], b = x[j * C + c];
                better = better && (c == 2 ? a <= b : a >= b); /* of what is not known nothing is said */
            }
            assert_true(!better || total[0][i] >= total[0][j] - 1e-9);
        }
    }
}

static void test_refused(void **state)
{
    (void)state;
    const double value[] = {1, 2}, nothing[] = {NAN, NAN};
    double weight = 1, total[2];
    tsl_score_column column = {.weight = 1};
    tsl_score score = {1, &weight, 1, &column};
    const tsl_score_values values = {value, 1}, none = {nothing, 1};
    tsl_error err;
    column.weight = 0;
    assert_int_equal(tsl_score_fit(&score, &values, 2, &err), TSL_E_OPTION);
    assert_string_equal(err.message, "score: column 1 weighs 0, above 0 is expected");
    column = (tsl_score_column){.weight = 1, .part = 1};
    assert_int_equal(tsl_score_fit(&score, &values, 2, &err), TSL_E_OPTION);
    assert_string_equal(err.message, "score: column 1 is of part 2 of 1");
    column.part = 0;
    weight = NAN;
    assert_int_equal(tsl_score_fit(&score, &values, 2, &err), TSL_E_OPTION);
    assert_string_equal(err.message, "score: part 1 weighs nan, above 0 is expected");
    weight = 1;
    assert_int_equal(tsl_score_fit(&score, &none, 2, &err), TSL_OK); /* nobody is known: nothing is said of anybody */
    assert_int_equal(tsl_score_predict(&score, &values, 2, NULL, total, NULL, &err), TSL_OK);
    assert_true(isnan(total[0]) && isnan(total[1]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_percentiles), cmocka_unit_test(test_ties),    cmocka_unit_test(test_bank),
        cmocka_unit_test(test_properties),  cmocka_unit_test(test_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
