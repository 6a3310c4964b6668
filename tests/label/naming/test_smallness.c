/* test_smallness.c: nobody is called smaller, or larger, who does not spend less, or more, than buyers on average. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/alloc.h"
#include "base/notes.h"
#include "label/naming/naming.h"
#include "label/policy.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { SEGMENTS = 4 };

/* Champions, one who is told smaller, those who bought once, those who never did: sizes and means. */
typedef struct crowd {
    double size[SEGMENTS], mean[SEGMENTS];
} crowd;

/* whose: the mean that the note compares with, as it ends. */
static tsl__naming check(const crowd *of, const char *small, const char *small_zh, const char *whose, size_t *notes)
{
    static char name[] = "monetary_total";
    tsl_feature feature = {.name = name};
    tsl_recipe recipe = {.feature_count = 1, .feature = &feature};
    const tsl_features features = {.recipe = &recipe, .feature_count = 1, .feature = &feature};
    tsl_trait trait[SEGMENTS];
    tsl_segment segment[SEGMENTS];
    tsl_labels labels = {.features = &features, .segment_count = SEGMENTS, .segments = segment};
    tsl__naming naming[SEGMENTS] = {{.base = {"Champions", "核心客户"}, .purchases = -1},
                                    {.base = {small, small_zh}, .purchases = -1},
                                    {.base = {"Once", "单次购买客户"}, .purchases = 1},
                                    {.base = {"Potential", "潜在客户"}, .purchases = 0}};
    const tsl_model model = {.k = 2};
    const tsl__labeling job = {.labels = &labels, .model = &model};
    assert_int_equal(tsl__policy_open(SEGMENTS, &labels.policy, NULL), TSL_OK);
    for (size_t s = 0; s < SEGMENTS; s++) {
        trait[s] = (tsl_trait){.mean = of->mean[s], .known = isnan(of->mean[s]) ? 0 : 1};
        segment[s] = (tsl_segment){.weight = of->size[s], .trait = &trait[s], .trait_count = 1};
        assert_non_null(labels.policy->segment[s].code = tsl__strdup("CODE"));
    }
    assert_int_equal(tsl__smallness_check(&job, naming, NULL), TSL_OK);
    assert_string_equal(naming[0].base[0], "Champions");
    *notes = labels.notes.count;
    if (*notes) {
        const char *note = labels.notes.text[0];
        assert_non_null(strstr(note, "segment 2 (CODE) is called \""));
        assert_string_equal(note + strlen(note) - strlen(whose), whose);
    }
    tsl_policy_free(labels.policy);
    tsl__notes_free(&labels.notes);
    return naming[1];
}

static void check_words(const crowd *of, const char *small, const char *zh, const char *expected, const char *other,
                        const char *whose)
{
    size_t notes;
    const tsl__naming naming = check(of, small, zh, whose, &notes);
    assert_string_equal(naming.base[0], expected);
    assert_string_equal(naming.base[1], other);
    assert_int_equal(notes, strcmp(small, expected) != 0);
}

/* Below champions, but above all who bought: the many who bought once lie far below. */
static void test_above_buyers(void **state)
{
    (void)state;
    static const crowd above = {{10, 10, 80, 10}, {5000, 2000, 100, 0}}; /* 780 */
    static const crowd below = {{10, 10, 80, 10}, {5000, 500, 100, 0}};  /* 630 */
    check_words(&above, "Active, smaller", "活跃小额客户", "Active", "活跃客户",
                " spend 2000 on average, no less than the 780 of all who bought");
    check_words(&below, "Active, smaller", "活跃小额客户", "Active, smaller", "活跃小额客户", "");
    check_words(&above, "Small, gone quiet", "小额沉寂客户", "Fallen silent", "已沉寂客户",
                " spend 2000 on average, no less than the 780 of all who bought");
    check_words(&above, "Small, between orders", "小额待复购客户", "In between orders", "间隔中客户",
                " spend 2000 on average, no less than the 780 of all who bought");
    check_words(&above, "Good, gone quiet", "优质沉寂客户", "Good, gone quiet", "优质沉寂客户", "");
}

/* Those who never bought do not make others great: without them 900 is below 1,000, with them above 500. */
static void test_who_never_bought(void **state)
{
    (void)state;
    static const crowd of = {{1, 1, 1, 3}, {1100, 900, 1000, 0}};
    check_words(&of, "Active, smaller", "活跃小额客户", "Active, smaller", "活跃小额客户", "");
}

/* Who bought once may spend more than all who came back: among its kind the segment is not smaller, then. */
static void test_its_kind(void **state)
{
    (void)state;
    static const crowd of = {{10, 10, 80, 0}, {400, 500, 900, 0}};
    check_words(&of, "Active, smaller", "活跃小额客户", "Active", "活跃客户",
                " spend 500 on average, no less than the 450 of the buyers in clusters");
}

/* A place with much spend draws some who spend less than all who bought, or than their kind. */
static void test_larger(void **state)
{
    (void)state;
    static const crowd below = {{10, 10, 10, 0}, {5000, 1000, 100, 0}};
    static const crowd above = {{10, 10, 80, 0}, {1000, 4000, 100, 0}};
    check_words(&below, "Mostly once, earlier, larger", "大额早期客户（多为首购）", "Mostly once, earlier, medium",
                "中额早期客户（多为首购）", " spend 1000 on average, no more than the 2033 of all who bought");
    check_words(&above, "Mostly once, earlier, larger", "大额早期客户（多为首购）", "Mostly once, earlier, larger",
                "大额早期客户（多为首购）", "");
    check_words(&above, "One day, recent, smaller", "小额近期单日客户", "One day, recent, medium", "中额近期单日客户",
                " spend 4000 on average, no less than the 580 of all who bought");
}

/* Who bought once spends less than who came back, and is larger where his purchase is. */
static void test_one_purchase(void **state)
{
    (void)state;
    static const double purchase[] = {60, 20};
    for (int larger = 0; larger < 2; larger++) {
        static char total[] = "monetary_total", each[] = "monetary_mean";
        tsl_feature feature[] = {{.name = total}, {.name = each}};
        tsl_recipe recipe = {.feature_count = 2, .feature = feature};
        const tsl_features features = {.recipe = &recipe, .feature_count = 2, .feature = feature};
        tsl_trait back[] = {{.feature = 0, .mean = 500, .known = 1}, {.feature = 1, .mean = 40, .known = 1}};
        tsl_trait once[] = {{.feature = 0, .mean = purchase[!larger], .known = 1},
                            {.feature = 1, .mean = purchase[!larger], .known = 1}};
        tsl_segment segment[] = {{.weight = 1, .trait = back, .trait_count = 2},
                                 {.weight = 1, .trait = once, .trait_count = 2}};
        tsl_labels labels = {.features = &features, .segment_count = 2, .segments = segment};
        tsl__naming naming[] = {{.base = {"Loyal", "忠诚客户"}, .purchases = -1},
                                {.base = {"Once, larger", "大额单次购买客户"}, .purchases = 1}};
        const tsl_model model = {.k = 1};
        const tsl__labeling job = {.labels = &labels, .model = &model};
        assert_int_equal(tsl__policy_open(2, &labels.policy, NULL), TSL_OK);
        for (size_t s = 0; s < 2; s++) {
            assert_non_null(labels.policy->segment[s].code = tsl__strdup("CODE"));
        }
        assert_int_equal(tsl__smallness_check(&job, naming, NULL), TSL_OK);
        assert_string_equal(naming[1].base[0], larger ? "Once, larger" : "Once, medium");
        assert_string_equal(naming[1].base[1], larger ? "大额单次购买客户" : "中额单次购买客户");
        assert_int_equal(labels.notes.count, !larger);
        tsl_policy_free(labels.policy);
        tsl__notes_free(&labels.notes);
    }
}

/* What is not known speaks against nothing. */
static void test_unknown(void **state)
{
    (void)state;
    static const crowd of = {{10, 10, 80, 0}, {NAN, NAN, NAN, NAN}};
    check_words(&of, "Active, smaller", "活跃小额客户", "Active, smaller", "活跃小额客户", "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_above_buyers), cmocka_unit_test(test_who_never_bought),
                                       cmocka_unit_test(test_its_kind),     cmocka_unit_test(test_larger),
                                       cmocka_unit_test(test_one_purchase), cmocka_unit_test(test_unknown)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
