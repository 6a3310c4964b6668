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

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_map), cmocka_unit_test(test_fifths)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
