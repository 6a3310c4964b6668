/* test_drift_wording.c: whether a model still fits, in both languages, for none, one
 * and many. */
#include "files.h"

#include <math.h>

#include "base/rng.h"
#include "output/wording/drift_wording.h"

#define UNKNOWN_SEGMENTS TSL__DRIFT_UNKNOWN, TSL__DRIFT_UNKNOWN, 0, 0, 0, 0
#define REST " that the segments rest on "

static void sentences(void **state)
{
    (void)state;
    static const struct {
        tsl__drift_levels levels;
        const char *verdict, *en, *zh;
    } rows[] = {
        {{22, 22, 0, 0, 500, 0, UNKNOWN_SEGMENTS},
         "fits",
         "the model still fits: none of the 22 features" REST "has shifted",
         "模型仍然适用：客群所依据的 22 个特征均未发生偏移"},
        {{1, 1, 0, 0, 500, 0, UNKNOWN_SEGMENTS},
         "fits",
         "the model still fits: the one feature" REST "has not shifted",
         "模型仍然适用：客群所依据的唯一特征未发生偏移"},
        {{21, 21, 1, 0, 500, 0, UNKNOWN_SEGMENTS},
         "shifted",
         "the model still fits in the main, but 1 of the 21 features" REST "has shifted, though not far",
         "模型大体适用，但客群所依据的 21 个特征中有 1 个发生偏移，尚不显著"},
        {{21, 21, 1, 1, 500, 0, UNKNOWN_SEGMENTS},
         "shifted",
         "the model still fits in the main, but 1 of the 21 features" REST "has shifted far",
         "模型大体适用，但客群所依据的 21 个特征中有 1 个显著偏移"},
        {{21, 20, 2, 0, 500, 0, UNKNOWN_SEGMENTS},
         "shifted",
         "the model still fits in the main, but 2 of the 21 features" REST "have shifted, none of them far",
         "模型大体适用，但客群所依据的 21 个特征中有 2 个发生偏移，均不显著"},
        {{21, 21, 2, 1, 500, 0, UNKNOWN_SEGMENTS},
         "shifted",
         "the model still fits in the main, but 2 of the 21 features" REST "have shifted, 1 of them far",
         "模型大体适用，但客群所依据的 21 个特征中有 2 个发生偏移，其中 1 个显著偏移"},
        {{21, 21, 5, 5, 500, 0, UNKNOWN_SEGMENTS},
         "shifted",
         "the model still fits in the main, but 5 of the 21 features" REST "have shifted, all of them far",
         "模型大体适用，但客群所依据的 21 个特征中有 5 个均显著偏移"},
        {{21, 21, 21, 0, 500, 0, UNKNOWN_SEGMENTS},
         "shifted",
         "the model still fits in the main, but all 21 features" REST "have shifted, none of them far",
         "模型大体适用，但客群所依据的全部 21 个特征发生偏移，均不显著"},
        {{1, 1, 1, 0, 500, 0, UNKNOWN_SEGMENTS},
         "shifted",
         "the model still fits in the main, but the one feature" REST "has shifted, though not far",
         "模型大体适用，但客群所依据的唯一特征发生偏移，尚不显著"},
        {{1, 1, 1, 1, 500, 0, UNKNOWN_SEGMENTS},
         "refit",
         "the model no longer fits: the one feature" REST "has shifted far; fit it anew",
         "模型已不再适用：客群所依据的唯一特征显著偏移；请重新拟合"},
        {{4, 4, 1, 1, 500, 0, UNKNOWN_SEGMENTS},
         "shifted", /* a quarter, and no more */
         "the model still fits in the main, but 1 of the 4 features" REST "has shifted far",
         "模型大体适用，但客群所依据的 4 个特征中有 1 个显著偏移"},
        {{3, 3, 3, 2, 500, 0, UNKNOWN_SEGMENTS},
         "refit",
         "the model no longer fits: all 3 features" REST "have shifted, 2 of them far; fit it anew",
         "模型已不再适用：客群所依据的全部 3 个特征发生偏移，其中 2 个显著偏移；请重新拟合"},
        {{22, 0, 0, 0, 0, 0, UNKNOWN_SEGMENTS},
         "unknown",
         "nothing can be said of whether the model still fits: there is nothing to compare it by",
         "无法判断模型是否仍然适用：没有可供比较的数据"},
        {{2, 2, 0, 0, 1, 0, UNKNOWN_SEGMENTS},
         "fits",
         "the model still fits: none of the 2 features" REST
         "has shifted (of 1 customer only, which leaves much to chance)",
         "模型仍然适用：客群所依据的 2 个特征均未发生偏移（仅 1 位客户，数字多属偶然）"},
        {{2, 2, 0, 0, 99, 1, UNKNOWN_SEGMENTS},
         "fits",
         "the model still fits: none of the 2 features" REST
         "has shifted (of 99 rows only, which leaves much to chance)",
         "模型仍然适用：客群所依据的 2 个特征均未发生偏移（仅 99 行数据，数字多属偶然）"},
        {{2, 2, 0, 0, 100, 1, UNKNOWN_SEGMENTS},
         "fits",
         "the model still fits: none of the 2 features" REST "has shifted",
         "模型仍然适用：客群所依据的 2 个特征均未发生偏移"},
        {{22, 22, 0, 0, 500, 0, TSL__DRIFT_STABLE, TSL__DRIFT_STABLE, 0, .01, 1, 1.1},
         "fits",
         "the model still fits: none of the 22 features" REST "has shifted, nor have the segments' sizes and distances",
         "模型仍然适用：客群所依据的 22 个特征均未发生偏移，客群规模和到中心的距离也未偏移"},
        {{1, 1, 0, 0, 500, 0, TSL__DRIFT_STABLE, TSL__DRIFT_UNKNOWN, 0, .01, 1, 9},
         "fits",
         "the model still fits: the one feature" REST "has not shifted, nor have the segments' sizes",
         "模型仍然适用：客群所依据的唯一特征未发生偏移，客群规模也未偏移"},
        {{2, 2, 0, 0, 500, 0, TSL__DRIFT_STABLE, TSL__DRIFT_DRIFTED, 0, 0, .205, 1.885},
         "refit",
         "the model no longer fits: the mean distance to the segments' centres has grown far, from 0.205 to 1.885; "
         "fit it anew",
         "模型已不再适用：到客群中心的平均距离由 0.205 显著增至 1.885；请重新拟合"},
        {{2, 2, 0, 0, 500, 0, TSL__DRIFT_DRIFTED, TSL__DRIFT_STABLE, 0, .25, 1, 1},
         "refit",
         "the model no longer fits: the segments' sizes have shifted far (PSI 0.25); fit it anew",
         "模型已不再适用：客群规模显著偏移（PSI 0.25）；请重新拟合"},
        {{2, 2, 0, 0, 500, 0, TSL__DRIFT_SHIFTED, TSL__DRIFT_SHIFTED, 0, .1234, 1, 1.3},
         "shifted",
         "the model still fits in the main, but the segments' sizes have shifted (PSI 0.123); the mean distance to the "
         "segments' centres has grown from 1 to 1.3",
         "模型大体适用，但客群规模发生偏移（PSI 0.123）；到客群中心的平均距离由 1 增至 1.3"},
        {{42, 42, 5, 5, 500, 0, TSL__DRIFT_DRIFTED, TSL__DRIFT_SHIFTED, 0, 6, 1, 1.3},
         "refit",
         "the model no longer fits: 5 of the 42 features" REST
         "have shifted, all of them far; the segments' sizes have shifted far (PSI 6); the mean distance to the "
         "segments' centres has grown from 1 to 1.3; fit it anew",
         "模型已不再适用：客群所依据的 42 个特征中有 5 个均显著偏移；客群规模显著偏移（PSI 6）；到客群中心的平均距离由 "
         "1 "
         "增至 1.3；请重新拟合"},
        {{40, 40, 5, 5, 500, 0, TSL__DRIFT_STABLE, TSL__DRIFT_STABLE, 5, 0, 1, 1}, /* over a tenth */
         "refit",
         "the model no longer fits: 5 of the 40 features" REST
         "have shifted, all of them far (missing for everybody); fit it anew",
         "模型已不再适用：客群所依据的 40 个特征中有 5 个均显著偏移（全部缺失）；请重新拟合"},
        {{40, 40, 5, 5, 500, 0, TSL__DRIFT_STABLE, TSL__DRIFT_STABLE, 4, 0, 1, 1}, /* a tenth, and no more */
         "shifted",
         "the model still fits in the main, but 5 of the 40 features" REST
         "have shifted, all of them far (4 missing for everybody)",
         "模型大体适用，但客群所依据的 40 个特征中有 5 个均显著偏移（其中 4 个全部缺失）"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_string_equal(tsl__drift_verdict(&rows[i].levels), rows[i].verdict);
        for (int lang = 0; lang < 2; lang++) {
            tsl__text text = {0};
            tsl__drift_put_sentence(&rows[i].levels, lang, &text);
            assert_string_equal(text.data, lang ? rows[i].zh : rows[i].en);
            tsl__text_free(&text);
        }
    }
}

/* A mark, and what chance gives: both are to be passed. */
static void level_of_a_feature(void **state)
{
    (void)state;
    static const struct {
        double psi, limit;
        tsl__drift_level level;
    } rows[] = {
        {NAN, NAN, TSL__DRIFT_UNKNOWN}, {0, 0, TSL__DRIFT_STABLE},       {.0999, .01, TSL__DRIFT_STABLE},
        {.1, .05, TSL__DRIFT_SHIFTED},  {.2499, .2, TSL__DRIFT_SHIFTED}, {.25, .2, TSL__DRIFT_DRIFTED},
        {.2, .2, TSL__DRIFT_STABLE},    {.3, .4, TSL__DRIFT_STABLE},     {.41, .4, TSL__DRIFT_DRIFTED},
        {7, 8, TSL__DRIFT_STABLE},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const tsl_feature_drift feature = {.psi = rows[i].psi, .psi_limit = rows[i].limit};
        assert_int_equal(tsl__drift_level_get(&feature), rows[i].level);
    }
}

/* The mean distance comes to a mark and is more than chance gives; where it has shrunk it has not moved. */
static void level_of_the_segments(void **state)
{
    (void)state;
    static const struct {
        double then, now, limit;
        tsl__drift_level level;
    } rows[] = {
        {1, .2, 1.1, TSL__DRIFT_STABLE},     {1, 1.2499, 1.1, TSL__DRIFT_STABLE}, {1, 1.25, 1.1, TSL__DRIFT_SHIFTED},
        {1, 1.499, 1.1, TSL__DRIFT_SHIFTED}, {1, 1.5, 1.1, TSL__DRIFT_DRIFTED},   {1, 1.5, 1.5, TSL__DRIFT_STABLE},
        {1, 9, INFINITY, TSL__DRIFT_STABLE}, {1, 9, NAN, TSL__DRIFT_UNKNOWN},     {0, 0, 1e-9, TSL__DRIFT_STABLE},
        {0, .1, 1e-9, TSL__DRIFT_DRIFTED},   {1, NAN, NAN, TSL__DRIFT_UNKNOWN},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const tsl_segmentation_drift of = {
            .psi = NAN, .distance_then = rows[i].then, .distance_now = rows[i].now, .distance_limit = rows[i].limit};
        assert_int_equal(tsl__drift_level_get_distance(&of), rows[i].level);
        assert_int_equal(tsl__drift_level_get_shares(&of), TSL__DRIFT_UNKNOWN);
    }
    assert_int_equal(tsl__drift_level_get_shares(&(tsl_segmentation_drift){.psi = .3, .psi_limit = .3}),
                     TSL__DRIFT_STABLE);
    assert_int_equal(tsl__drift_level_get_shares(&(tsl_segmentation_drift){.psi = .3, .psi_limit = .2}),
                     TSL__DRIFT_DRIFTED);
    assert_int_equal(tsl__drift_level_get_shares(NULL), TSL__DRIFT_UNKNOWN);
}

/* Rows of plain numbers and the drift of so many others, drawn alike but for what is added. */
static const char *verdict_of(size_t rows, double added, tsl__rng *rng)
{
    enum { THEN = 500, COLS = 12 };
    static double values[THEN * COLS];
    const tsl_matrix then = {values, THEN, COLS, COLS, TSL_F64}, now = {values, rows, COLS, COLS, TSL_F64};
    tsl_features *fit = NULL, *f = NULL;
    tsl_drift *drift = NULL;
    for (size_t i = 0; i < THEN * COLS; i++) {
        values[i] = tsl__rng_uniform(rng);
    }
    assert_int_equal(tsl_features_build_plain(&then, NULL, NULL, NULL, NULL, NULL, NULL, &fit, NULL), TSL_OK);
    for (size_t i = 0; i < rows * COLS; i++) {
        values[i] = tsl__rng_uniform(rng) + added;
    }
    assert_int_equal(tsl_features_build_plain(&now, NULL, NULL, NULL, fit->recipe, NULL, NULL, &f, NULL), TSL_OK);
    assert_int_equal(tsl_drift_build(f, NULL, &drift, NULL), TSL_OK);
    const tsl__drift_levels found = tsl__drift_levels_get(drift, fit->recipe, NULL);
    const char *verdict = tsl__drift_verdict(&found);
    tsl_drift_free(drift);
    tsl_features_free(f);
    tsl_features_free(fit);
    return verdict;
}

/* However few, rows like those of the fit never call for another fit, and seldom for a look. */
static void few_rows(void **state)
{
    (void)state;
    static const size_t rows[] = {1, 2, 5, 10, 20, 50, 100, 400};
    enum { ROUNDS = 30 };
    tsl__rng rng = tsl__rng_open(1, 2, 3);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        int fits = 0;
        for (int round = 0; round < ROUNDS; round++) {
            const char *verdict = verdict_of(rows[i], 0, &rng);
            assert_string_not_equal(verdict, "refit");
            fits += strcmp(verdict, "fits") == 0;
        }
        assert_true(fits >= ROUNDS * 9 / 10);
        assert_string_equal(verdict_of(rows[i], .9, &rng), rows[i] < 20 ? "fits" : "refit");
    }
}

/* A feature counts by its columns of weight above 0; what is not known moves nothing. */
static void levels(void **state)
{
    (void)state;
    tsl_vector_column column[] = {{.feature = 0, .weight = 1}, {.feature = 0, .weight = 1},
                                  {.feature = 1, .weight = 0}, {.feature = 2, .weight = .5},
                                  {.feature = 3, .weight = 1}, {.feature = 4, .weight = 1}};
    const tsl_recipe recipe = {.feature_count = 5, .column_count = 6, .column = column, .plain = 1};
    tsl_feature_drift feature[] = {
        {.psi = .1}, {.psi = 9}, {.psi = NAN}, {.psi = .25, .missing = 1}, {.psi = 9, .psi_limit = 9}};
    const tsl_segmentation_drift segments = {.2, .01, .05, 1, 1.6, 1.1};
    const tsl_drift drift = {.customers = 7, .feature_count = 5, .feature = feature};
    const tsl__drift_levels found = tsl__drift_levels_get(&drift, &recipe, &segments);
    assert_int_equal(found.used, 4);
    assert_int_equal(found.known, 3);
    assert_int_equal(found.moved, 2);
    assert_int_equal(found.far, 1);
    assert_int_equal(found.rows, 7);
    assert_int_equal(found.plain, 1);
    assert_int_equal(found.gone, 1);
    assert_int_equal(found.shares, TSL__DRIFT_SHIFTED);
    assert_int_equal(found.distance, TSL__DRIFT_DRIFTED);
    assert_true(found.psi == .2 && found.distance_then == 1 && found.distance_now == 1.6);
    const tsl__drift_levels alone = tsl__drift_levels_get(&drift, &recipe, NULL);
    assert_int_equal(alone.shares, TSL__DRIFT_UNKNOWN);
    assert_int_equal(alone.distance, TSL__DRIFT_UNKNOWN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(sentences), cmocka_unit_test(level_of_a_feature),
                                       cmocka_unit_test(level_of_the_segments), cmocka_unit_test(few_rows),
                                       cmocka_unit_test(levels)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
