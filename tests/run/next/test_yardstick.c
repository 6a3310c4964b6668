/* test_yardstick.c: the map of RFM scores, cell by cell, and fifths of spend. */
#include "run/next/yardstick.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

enum { COLUMNS = 5, MOST = 130 };

static tsl_feature feature[COLUMNS] = {{.name = (char[]){"r_score"}},
                                       {.name = (char[]){"f_score"}},
                                       {.name = (char[]){"m_score"}},
                                       {.name = (char[]){"frequency"}},
                                       {.name = (char[]){"monetary_total"}}};
static double x[MOST * COLUMNS];

static tsl_features features_of(size_t customers, tsl_recipe *recipe)
{
    *recipe = (tsl_recipe){.feature = feature, .feature_count = COLUMNS};
    return (tsl_features){
        .customers = customers, .feature_count = COLUMNS, .feature = feature, .x = x, .recipe = recipe};
}

/* As a table: a row a score of recency, 5 first; a column a score of value, 1 first. */
static void test_map(void **state)
{
    (void)state;
    static const char map[5][6] = {"nnpcc", "nnpcc", "llarr", "llarr", "llarr"};
    static const char codes[] = "cpnral";
    tsl_recipe recipe;
    const tsl_features f = features_of(126, &recipe);
    int32_t label[MOST];
    for (int i = 0; i < 125; i++) {
        x[i * COLUMNS] = 1 + i / 25;
        x[i * COLUMNS + 1] = 1 + i / 5 % 5;
        x[i * COLUMNS + 2] = 1 + i % 5;
    }
    x[125 * COLUMNS] = x[125 * COLUMNS + 1] = x[125 * COLUMNS + 2] = NAN;
    assert_string_equal(tsl__yardsticks[0].name, "rfm_map");
    assert_int_equal(tsl__yardsticks[0].label(&f, label, NULL), TSL_OK);
    for (int i = 0; i < 125; i++) {
        const double value = ((1 + i / 5 % 5) + (1 + i % 5)) / 2.;
        const int rounded = (int)floor(value + .5); /* half up */
        assert_int_equal(codes[label[i]], map[5 - (1 + i / 25)][rounded - 1]);
    }
    assert_int_equal(label[125], -1);
}

static void test_fifths(void **state)
{
    (void)state;
    tsl_recipe recipe;
    const tsl_features f = features_of(12, &recipe);
    int32_t label[MOST];
    for (int i = 0; i < 12; i++) { /* 0 to 10 in another order, and one who never bought */
        x[i * COLUMNS + 3] = i < 11;
        x[i * COLUMNS + 4] = i < 11 ? i * 7 % 11 : -50;
    }
    assert_int_equal(tsl__yardsticks[1].label(&f, label, NULL), TSL_OK);
    for (int i = 0; i < 11; i++) { /* cuts of type 7: 2, 4, 6, 8, and a value at a cut is below it */
        const int value = i * 7 % 11;
        assert_int_equal(label[i], value <= 2 ? 0 : value <= 4 ? 1 : value <= 6 ? 2 : value <= 8 ? 3 : 4);
    }
    assert_int_equal(label[11], -1);
    for (int i = 0; i < 12; i++) {
        x[i * COLUMNS + 3] = 0;
    }
    assert_int_equal(tsl__yardsticks[1].label(&f, label, NULL), TSL_OK);
    assert_int_equal(label[0], -1); /* nobody bought */
}

/* Scores that are cut otherwise do not tell: those of the map are in fifths, found here. */
static void test_map_of_other_scores(void **state)
{
    (void)state;
    tsl_feature own[] = {{.name = (char[]){"recency_days"}},   {.name = (char[]){"frequency"}},
                         {.name = (char[]){"monetary_total"}}, {.name = (char[]){"r_score"}},
                         {.name = (char[]){"f_score"}},        {.name = (char[]){"m_score"}}};
    enum { N = 50, OWN = 6 };
    static double value[N * OWN], column[3][N];
    uint8_t score[3][N];
    int32_t label[2][N];
    tsl_rfm rfm;
    tsl_recipe recipe = {.feature = own, .feature_count = OWN, .has_rfm = 1};
    const tsl_features f = {.customers = N, .feature_count = OWN, .feature = own, .x = value, .recipe = &recipe};
    for (int i = 0; i < N; i++) {
        for (int k = 0; k < 3; k++) {
            column[k][i] = value[i * OWN + k] = i == 7 ? (double)NAN : (i * (k + 3) * 7) % 41;
        }
    }
    assert_int_equal(tsl_rfm_fit(column[0], column[1], column[2], N, NULL, &rfm, NULL), TSL_OK);
    tsl_rfm_predict(&rfm, column[0], column[1], column[2], N, score[0], score[1], score[2]);
    for (int usual = 0; usual < 2; usual++) {
        for (int i = 0; i < N; i++) {
            for (int k = 0; k < 3; k++) {
                value[i * OWN + 3 + k] = i == 7 ? (double)NAN : usual ? score[k][i] : 1;
            }
        }
        recipe.rfm = (tsl_rfm){.method = TSL_RFM_QUANTILE, .bins = usual ? 5 : 2};
        assert_int_equal(tsl__yardsticks[0].label(&f, label[usual], NULL), TSL_OK);
    }
    assert_memory_equal(label[0], label[1], sizeof label[0]);
    assert_true(label[0][7] == -1 && label[0][0] != label[0][30]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_map), cmocka_unit_test(test_map_of_other_scores),
                                       cmocka_unit_test(test_fifths)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
