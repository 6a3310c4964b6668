/* test_yardstick.c: the maps of RFM scores, cell by cell, fifths of spend, plain k-means; what they learn of some. */
#include "run/next/yardstick.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

enum { COLUMNS = 3, MOST = 130 };

static tsl_feature feature[COLUMNS] = {
    {.name = (char[]){"recency_days"}}, {.name = (char[]){"frequency"}}, {.name = (char[]){"monetary_total"}}};
static const tsl_exec exec = {.size = sizeof exec, .threads = 1};
static double x[MOST * COLUMNS];

static tsl_features features_of(size_t customers, tsl_recipe *recipe)
{
    *recipe = (tsl_recipe){.feature = feature, .feature_count = COLUMNS};
    return (tsl_features){
        .customers = customers, .feature_count = COLUMNS, .feature = feature, .x = x, .recipe = recipe};
}

/* Each cell once, whose scores are its digits; and one who never bought. */
static tsl_features make_cells(tsl_recipe *recipe)
{
    for (int i = 0; i < 125; i++) {
        x[i * COLUMNS] = 5 - i / 25;
        x[i * COLUMNS + 1] = 1 + i / 5 % 5;
        x[i * COLUMNS + 2] = 1 + i % 5;
    }
    x[125 * COLUMNS] = x[125 * COLUMNS + 1] = x[125 * COLUMNS + 2] = NAN;
    return features_of(126, recipe);
}

/* As a table: a row a score of recency, 5 first; a column a score of value, 1 first. */
static void check_map(int yardstick, const char map[5][6], const char *codes, const char *name)
{
    tsl_recipe recipe;
    const tsl_features f = make_cells(&recipe);
    int32_t label[MOST];
    assert_string_equal(tsl__yardsticks[yardstick].name, name);
    assert_int_equal(tsl__yardsticks[yardstick].classes, strlen(codes));
    assert_int_equal(tsl__yardstick_label(&tsl__yardsticks[yardstick], &f, &exec, label, NULL), TSL_OK);
    for (int i = 0; i < 125; i++) {
        const double value = ((1 + i / 5 % 5) + (1 + i % 5)) / 2.;
        const int rounded = (int)floor(value + .5); /* half up */
        assert_int_equal(codes[label[i]], map[5 - (1 + i / 25)][rounded - 1]);
    }
    assert_int_equal(label[125], -1);
}

static void test_maps(void **state)
{
    (void)state;
    static const char six[5][6] = {"nnpcc", "nnpcc", "llarr", "llarr", "llarr"};
    static const char eleven[5][6] = {"nppcc", "mpllc", "saall", "hsrrr", "xhrkk"};
    check_map(TSL__YARD_MAP, six, "cpnral", "rfm_map");
    check_map(TSL__YARD_MAP_11, eleven, "clpnmasrkhx", "rfm_map_11");
}

static void test_fifths(void **state)
{
    (void)state;
    tsl_recipe recipe;
    const tsl_features f = features_of(12, &recipe);
    int32_t label[MOST];
    for (int i = 0; i < 12; i++) { /* 0 to 10 in another order, and one who never bought */
        x[i * COLUMNS + 1] = i < 11;
        x[i * COLUMNS + 2] = i < 11 ? i * 7 % 11 : -50;
    }
    assert_int_equal(tsl__yardstick_label(&tsl__yardsticks[TSL__YARD_FIFTHS], &f, &exec, label, NULL), TSL_OK);
    for (int i = 0; i < 11; i++) { /* cuts of type 7: 2, 4, 6, 8, and a value at a cut is below it */
        const int value = i * 7 % 11;
        assert_int_equal(label[i], value <= 2 ? 0 : value <= 4 ? 1 : value <= 6 ? 2 : value <= 8 ? 3 : 4);
    }
    assert_int_equal(label[11], -1);
    for (int i = 0; i < 12; i++) {
        x[i * COLUMNS + 1] = 0;
    }
    assert_int_equal(tsl__yardstick_label(&tsl__yardsticks[TSL__YARD_FIFTHS], &f, &exec, label, NULL), TSL_OK);
    assert_int_equal(label[0], -1); /* nobody bought */
}

/* What is learned of some is what is learned where there are no others, and holds for all. */
static void test_kept(void **state)
{
    (void)state;
    enum { N = 120 };
    tsl_recipe recipe;
    unsigned char kept[N];
    for (int y = 0; y < TSL__YARDSTICKS; y++) {
        tsl__yard part = {.k = 4, .seed = 3}, alone = part;
        int32_t all[N], some[N];
        size_t count = 0;
        for (int pass = 0; pass < 2; pass++) { /* then those who are kept alone */
            count = 0;
            for (int i = 0; i < N; i++) {
                kept[i] = i % 3 != 1;
                if (pass == 0 || kept[i]) {
                    for (int c = 0; c < COLUMNS; c++) {
                        x[count * COLUMNS + (size_t)c] = 1 + (i * (3 * c + 7)) % (17 + 5 * c);
                    }
                    count++;
                }
            }
            const tsl_features f = features_of(count, &recipe);
            const tsl__yardstick *by = &tsl__yardsticks[y];
            tsl__yard *yard = pass ? &alone : &part;
            assert_int_equal(by->fit(&f, pass ? NULL : kept, &exec, yard, NULL), TSL_OK);
            assert_int_equal(by->predict(yard, &f, &exec, pass ? some : all, NULL), TSL_OK);
        }
        for (int i = 0, row = 0; i < N; i++) {
            assert_true(all[i] >= 0);
            if (kept[i]) {
                assert_int_equal(all[i], some[row++]);
            }
        }
        tsl__yard_free(&part);
        tsl__yard_free(&alone);
    }
}

/* Each buyer is nearest to his own centre, in the logarithms. */
static void test_means(void **state)
{
    (void)state;
    enum { N = 100, K = 5 };
    tsl_recipe recipe;
    const tsl_features f = features_of(N, &recipe);
    tsl__yard yard = {.k = K, .seed = 1};
    int32_t label[N];
    int used[K] = {0};
    for (int i = 0; i < N; i++) {
        x[i * COLUMNS] = (i * 37) % 211;
        x[i * COLUMNS + 1] = i % 10 == 9 ? 0 : 1 + (i * 13) % 29;
        x[i * COLUMNS + 2] = (i * 71) % 503 - 20;
    }
    const tsl__yardstick *by = &tsl__yardsticks[TSL__YARD_MEANS];
    assert_int_equal(by->fit(&f, NULL, &exec, &yard, NULL), TSL_OK);
    assert_int_equal(by->predict(&yard, &f, &exec, label, NULL), TSL_OK);
    for (int i = 0; i < N; i++) {
        const double in[3] = {log1p(x[i * COLUMNS]), log1p(x[i * COLUMNS + 1]),
                              log1p(fmax(0, x[i * COLUMNS + 2]) / yard.unit)};
        int nearest = -1;
        double least = INFINITY;
        for (int k = 0; k < K && i % 10 != 9; k++) {
            double away = 0;
            for (int c = 0; c < 3; c++) {
                const double d = (in[c] - yard.shift[c]) / yard.scale[c] - yard.centre[k * 3 + c];
                away += d * d;
            }
            nearest = away < least ? k : nearest;
            least = fmin(away, least);
        }
        assert_int_equal(label[i], nearest);
        used[nearest < 0 ? 0 : nearest]++;
    }
    for (int k = 0; k < K; k++) {
        assert_true(used[k] > 0);
    }
    tsl__yard_free(&yard);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_maps), cmocka_unit_test(test_fifths),
                                       cmocka_unit_test(test_kept), cmocka_unit_test(test_means)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
