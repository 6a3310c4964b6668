/* test_feature_wording.c: how features are said to a reader. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "feature/words/feature_wording.h"

static void check(const char *name, const char *lang, const char *expected)
{
    char *label;
    assert_int_equal(tsl_feature_get_label(name, lang, &label, NULL), TSL_OK);
    assert_string_equal(label, expected);
    tsl_text_free(label);
}

static void test_labels(void **state)
{
    (void)state;
    check("recency_days", "en", "days since last purchase");
    check("recency_days", "zh", "距上次购买天数");
    check("age_years", "en", "age");
    check("channel:mobile app", "en", "share bought through mobile app");
    check("payment:支付宝", "zh", "支付宝 支付占比");
    /* Others go by the name they have. */
    check("recency_days_2", "en", "recency days 2");
    check("channel", "en", "channel");
    check("Region=*", "zh", "Region：*");
    check("Internet_Service=No", "en", "Internet service: No");
    check("Income (EUR)=a=b", "en", "Income (EUR): a=b");
    check("=", "en", "=");
    check("", "en", "");
}

static void test_several(void **state)
{
    (void)state;
    static char first[] = "frequency", second[] = "Income";
    const char *const name[] = {first, second};
    char **label;
    assert_int_equal(tsl_feature_get_labels(name, 2, "en", &label, NULL), TSL_OK);
    assert_string_equal(label[0], "purchases");
    assert_string_equal(label[1], "Income");
    tsl_texts_free(label, 2);
    assert_int_equal(tsl_feature_get_labels(name, 0, "zh", &label, NULL), TSL_OK);
    tsl_texts_free(label, 0);
}

static void test_language(void **state)
{
    (void)state;
    static char name[] = "frequency";
    const char *const names[] = {name};
    char *label, **labels;
    tsl_error err;
    assert_int_equal(tsl_feature_get_label(name, "de", &label, &err), TSL_E_OPTION);
    assert_string_equal(err.message, "lang: \"de\" is not en or zh");
    assert_null(label);
    assert_int_equal(tsl_feature_get_labels(names, 1, "de", &labels, &err), TSL_E_OPTION);
    assert_null(labels);
}

/* Every entry can be said, in both languages, and no two alike. */
static void test_catalogue_is_said(void **state)
{
    (void)state;
    for (size_t i = 0; i < tsl__catalogue_count; i++) {
        const tsl__catalogue_entry *line = &tsl__catalogue[i];
        int family = line->name[strlen(line->name) - 1] == ':';
        for (int lang = 0; lang < TSL_LANGS; lang++) {
            assert_true(line->label[lang] && line->label[lang][0]);
            assert_int_equal(strchr(line->label[lang], '*') != NULL, family);
            for (size_t other = 0; other < i; other++) {
                assert_string_not_equal(line->label[lang], tsl__catalogue[other].label[lang]);
            }
            /* No two phrases of a segment can be taken for one another. */
            for (size_t other = 0; other < tsl__catalogue_count; other++) {
                const tsl__catalogue_entry *with = &tsl__catalogue[other];
                const char *const own[] = {line->high[lang], line->low[lang]}, *const its[] = {with->high[lang],
                                                                                               with->low[lang]};
                for (int i_own = 0; i_own < 2; i_own++) {
                    for (int i_its = 0; i_its < 2; i_its++) {
                        const char *a = own[i_own], *b = its[i_its];
                        assert_true(!a || !b || strcmp(a, b) == 0 || !strstr(a, b));
                    }
                }
            }
            /* What is described only names no segment. */
            assert_int_equal(line->topic == NULL, line->profile);
            assert_int_equal(line->high[lang] == NULL, line->profile);
            assert_int_equal(line->low[lang] == NULL, line->profile || family);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_labels),
        cmocka_unit_test(test_several),
        cmocka_unit_test(test_language),
        cmocka_unit_test(test_catalogue_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
