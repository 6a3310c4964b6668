/* test_drift_wording.c: whether a model still fits, in both languages, for none, one
 * and many. */
#include "files.h"

#include <math.h>

#include "output/drift_wording.h"

#define REST " that the segments rest on "

static void sentences(void **state)
{
    (void)state;
    static const struct {
        tsl__drift_levels levels;
        const char *verdict, *en, *zh;
    } rows[] = {
        {{22, 22, 0, 0, 500, 0},
         "fits",
         "the model still fits: none of the 22 features" REST "has shifted",
         "模型仍然适用：客群所依据的 22 个特征均未发生偏移"},
        {{1, 1, 0, 0, 500, 0},
         "fits",
         "the model still fits: the one feature" REST "has not shifted",
         "模型仍然适用：客群所依据的唯一特征未发生偏移"},
        {{21, 21, 1, 0, 500, 0},
         "shifted",
         "the model still fits in the main, but 1 of the 21 features" REST "has shifted, though not far",
         "模型大体适用，但客群所依据的 21 个特征中有 1 个发生偏移，尚不显著"},
        {{21, 21, 1, 1, 500, 0},
         "shifted",
         "the model still fits in the main, but 1 of the 21 features" REST "has shifted far",
         "模型大体适用，但客群所依据的 21 个特征中有 1 个显著偏移"},
        {{21, 20, 2, 0, 500, 0},
         "shifted",
         "the model still fits in the main, but 2 of the 21 features" REST "have shifted, none of them far",
         "模型大体适用，但客群所依据的 21 个特征中有 2 个发生偏移，均不显著"},
        {{21, 21, 2, 1, 500, 0},
         "shifted",
         "the model still fits in the main, but 2 of the 21 features" REST "have shifted, 1 of them far",
         "模型大体适用，但客群所依据的 21 个特征中有 2 个发生偏移，其中 1 个显著偏移"},
        {{21, 21, 5, 5, 500, 0},
         "shifted",
         "the model still fits in the main, but 5 of the 21 features" REST "have shifted, all of them far",
         "模型大体适用，但客群所依据的 21 个特征中有 5 个均显著偏移"},
        {{21, 21, 21, 0, 500, 0},
         "shifted",
         "the model still fits in the main, but all 21 features" REST "have shifted, none of them far",
         "模型大体适用，但客群所依据的全部 21 个特征发生偏移，均不显著"},
        {{1, 1, 1, 0, 500, 0},
         "shifted",
         "the model still fits in the main, but the one feature" REST "has shifted, though not far",
         "模型大体适用，但客群所依据的唯一特征发生偏移，尚不显著"},
        {{1, 1, 1, 1, 500, 0},
         "refit",
         "the model no longer fits: the one feature" REST "has shifted far; fit it anew",
         "模型已不再适用：客群所依据的唯一特征显著偏移；请重新拟合"},
        {{4, 4, 1, 1, 500, 0},
         "shifted", /* a quarter, and no more */
         "the model still fits in the main, but 1 of the 4 features" REST "has shifted far",
         "模型大体适用，但客群所依据的 4 个特征中有 1 个显著偏移"},
        {{3, 3, 3, 2, 500, 0},
         "refit",
         "the model no longer fits: all 3 features" REST "have shifted, 2 of them far; fit it anew",
         "模型已不再适用：客群所依据的全部 3 个特征发生偏移，其中 2 个显著偏移；请重新拟合"},
        {{22, 0, 0, 0, 0, 0},
         "unknown",
         "nothing can be said of whether the model still fits: none of what the segments rest on is known both then "
         "and now",
         "无法判断模型是否仍然适用：客群所依据的特征在当时和现在没有共同的已知数据"},
        {{2, 2, 0, 0, 1, 0},
         "fits",
         "the model still fits: none of the 2 features" REST
         "has shifted (of 1 customer only, which leaves much to chance)",
         "模型仍然适用：客群所依据的 2 个特征均未发生偏移（仅 1 位客户，数字多属偶然）"},
        {{2, 2, 0, 0, 99, 1},
         "fits",
         "the model still fits: none of the 2 features" REST
         "has shifted (of 99 rows only, which leaves much to chance)",
         "模型仍然适用：客群所依据的 2 个特征均未发生偏移（仅 99 行数据，数字多属偶然）"},
        {{2, 2, 0, 0, 100, 1},
         "fits",
         "the model still fits: none of the 2 features" REST "has shifted",
         "模型仍然适用：客群所依据的 2 个特征均未发生偏移"},
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

/* A feature counts by its columns of weight above 0; what is not known moves nothing. */
static void levels(void **state)
{
    (void)state;
    tsl_vector_column column[] = {{.feature = 0, .weight = 1},
                                  {.feature = 0, .weight = 1},
                                  {.feature = 1, .weight = 0},
                                  {.feature = 2, .weight = .5},
                                  {.feature = 3, .weight = 1}};
    const tsl_recipe recipe = {.feature_count = 5, .column_count = 5, .column = column, .plain = 1};
    tsl_feature_drift feature[] = {{.psi = .1}, {.psi = 9}, {.psi = NAN}, {.psi = .25}, {.psi = 9}};
    const tsl_drift drift = {.customers = 7, .feature_count = 5, .feature = feature};
    const tsl__drift_levels found = tsl__drift_levels_get(&drift, &recipe);
    assert_int_equal(found.used, 3);
    assert_int_equal(found.known, 2);
    assert_int_equal(found.moved, 2);
    assert_int_equal(found.far, 1);
    assert_int_equal(found.rows, 7);
    assert_int_equal(found.plain, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(sentences), cmocka_unit_test(levels)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
