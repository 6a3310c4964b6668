/* test_names.c: names made of what sets a segment apart. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "label/internal.h"
#include "label/policy.h"

enum { EACH = 50, MOST_FEATURES = 4, MOST_SEGMENTS = 4 };

/* One feature: its name, form, and each segment's mean; within a segment it
 * spreads evenly over mean +- spread. */
typedef struct column {
    const char *name;
    tsl_feature_form form;
    double spread, mean[MOST_SEGMENTS];
} column;

typedef struct crowd {
    tsl_recipe recipe;
    tsl_features features;
    tsl_feature feature[MOST_FEATURES];
    char category[MOST_FEATURES][32];
    double x[EACH * MOST_SEGMENTS * MOST_FEATURES];
    tsl_labels labels;
    tsl_segment segment[MOST_SEGMENTS];
    int32_t number[EACH * MOST_SEGMENTS];
} crowd;

static void fill_column(crowd *c, const column *from, size_t f, size_t segments)
{
    size_t category = strcspn(from->name, "=");
    memcpy(c->category[f], from->name, category);
    c->feature[f] = (tsl_feature){.name = (char *)(uintptr_t)from->name,
                                  .form = from->form,
                                  .column = c->category[f],
                                  .level = (char *)(uintptr_t)from->name + category + (from->name[category] == '=')};
    for (size_t i = 0; i < segments * EACH; i++) {
        double place = (double)(i % EACH) / (EACH - 1) * 2 - 1;
        c->x[i * c->features.feature_count + f] = from->mean[i / EACH] + from->spread * place;
    }
}

static void name_segments(crowd *c, int lang)
{
    tsl_label_options opt;
    TSL_DEFAULTS(label, &opt);
    const tsl__labeling job = {.opt = &opt, .lang = lang, .threads = 2, .labels = &c->labels};
    for (size_t s = 0; s < c->labels.segment_count; s++) {
        free(c->segment[s].trait);
        c->segment[s].trait = NULL;
    }
    assert_int_equal(tsl__names_fill(&job, NULL), TSL_OK);
}

static crowd *make_crowd(const column *columns, size_t count, size_t segments, const char *lang)
{
    crowd *c = calloc(1, sizeof *c);
    assert_non_null(c);
    c->recipe = (tsl_recipe){.feature_count = count, .feature = c->feature};
    c->features = (tsl_features){
        .customers = segments * EACH, .recipe = &c->recipe, .feature_count = count, .feature = c->feature, .x = c->x};
    for (size_t f = 0; f < count; f++) {
        fill_column(c, &columns[f], f, segments);
    }
    for (size_t i = 0; i < segments * EACH; i++) {
        c->number[i] = (int32_t)(i / EACH) + 1;
    }
    for (size_t s = 0; s < segments; s++) {
        c->segment[s] = (tsl_segment){.segment = (int)s + 1, .size = EACH, .weight = EACH};
    }
    c->labels = (tsl_labels){.customers = segments * EACH,
                             .features = &c->features,
                             .segment_count = segments,
                             .segments = c->segment,
                             .customer_segment = c->number};
    assert_int_equal(tsl__policy_open(segments, &c->labels.policy, NULL), TSL_OK);
    name_segments(c, strcmp(lang, "zh") == 0);
    return c;
}

static void free_crowd(crowd *c)
{
    for (size_t s = 0; s < c->labels.segment_count; s++) {
        free(c->segment[s].trait);
    }
    tsl_policy_free(c->labels.policy);
    free(c);
}

static void check(const column *columns, size_t count, size_t segments, const char *lang, const char *const *expected)
{
    crowd *c = make_crowd(columns, count, segments, lang);
    for (size_t s = 0; s < segments; s++) {
        assert_string_equal(c->segment[s].name, expected[s]);
    }
    free_crowd(c);
}

/* The two strongest topics; the catalogue's words, and the name of a user's own column. */
static void test_two_topics(void **state)
{
    (void)state;
    static const column columns[] = {{"recency_days", TSL_FORM_NUMBER, 9, {10, 200}},
                                     {"monetary_total", TSL_FORM_NUMBER, 90, {900, 200}},
                                     {"monetary_365d", TSL_FORM_NUMBER, 91, {900, 200}}, /* the same topic */
                                     {"Income", TSL_FORM_NUMBER, 900, {3000, 2000}}};
    check(columns, 4, 2, "en", (const char *const[]){"Recently active and high spend", "Long silent and low spend"});
    check(columns, 4, 2, "zh", (const char *const[]){"近期购买、高消费", "久未购买、低消费"});
    check(columns + 3, 1, 2, "en", (const char *const[]){"high Income", "low Income"});
    check(columns + 3, 1, 2, "zh", (const char *const[]){"Income高", "Income低"});
}

/* Values of a category, yes and no, and families of features. A category is
 * named where it is frequent alone. */
static void test_forms(void **state)
{
    (void)state;
    static const column columns[] = {{"Region=North", TSL_FORM_VALUE, 0, {1, 0}},
                                     {"owner", TSL_FORM_BOOLEAN, .4, {.3, .6}},
                                     {"channel:web", TSL_FORM_NUMBER, .05, {.1, .9}}};
    check(columns, 2, 2, "en", (const char *const[]){"Region North and not owner", "owner"});
    check(columns, 2, 2, "zh", (const char *const[]){"Region North、非 owner", "owner"});
    check(columns + 2, 1, 2, "en", (const char *const[]){"Average", "More through web"});
}

/* What someone is or has is said where it holds for most, however far that is from all others. */
static void test_said_of_most(void **state)
{
    (void)state;
    static const column minority[] = {{"Region=North", TSL_FORM_VALUE, 0, {.45, .05}},
                                      {"owner", TSL_FORM_BOOLEAN, 0, {.05, .45}}};
    static const column most[] = {{"Region=North", TSL_FORM_VALUE, 0, {.55, .05}},
                                  {"owner", TSL_FORM_BOOLEAN, 0, {.05, .55}}};
    check(minority, 2, 2, "en", (const char *const[]){"not owner", "Average"});
    check(most, 2, 2, "en", (const char *const[]){"Region North and not owner", "owner"});
}

/* What nobody in a segment has, and most have, is said first. */
static void test_unknown(void **state)
{
    (void)state;
    static const column columns[] = {{"age_years", TSL_FORM_NUMBER, 9, {40, 45, NAN}},
                                     {"city=Rome", TSL_FORM_VALUE, 0, {0, 0, NAN}},
                                     {"visits", TSL_FORM_NUMBER, 9, {50, 90, 90}}};
    static const column alone[] = {{"city=Rome", TSL_FORM_VALUE, 0, {1, 0, NAN}}};
    static const column rare[] = {{"age_years", TSL_FORM_NUMBER, 9, {40, NAN, NAN}}};
    crowd *c = make_crowd(columns, 3, 3, "en");
    assert_string_equal(c->segment[2].names[0], "Age unknown and engaged");
    assert_string_equal(c->segment[2].names[1], "年龄未知、互动多");
    free_crowd(c);
    check(alone, 1, 3, "en", (const char *const[]){"city Rome", "Average", "city unknown"});
    check(rare, 1, 3, "en", (const char *const[]){"Average", "Average 2", "Average 3"});
}

/* Small differences of great numbers count; what is the same for all does not. */
static void test_great_numbers(void **state)
{
    (void)state;
    static const column columns[] = {{"Income", TSL_FORM_NUMBER, 0, {1e9 + 2, 1e9}},
                                     {"Code", TSL_FORM_NUMBER, 0, {1e9 + .1, 1e9 + .1}}};
    check(columns, 2, 2, "en", (const char *const[]){"high Income", "low Income"});
}

/* An effect counts for the part of the segment for whom the feature is known. */
static void test_known_share(void **state)
{
    (void)state;
    static const column columns[] = {{"visits", TSL_FORM_NUMBER, 0, {10, 20}}};
    crowd *c = make_crowd(columns, 1, 2, "en");
    for (int i = 0; i < EACH; i += 2) {
        c->x[EACH + i] = NAN; /* half of the second: two thirds of all known are at 10, one at 20 */
    }
    name_segments(c, 0);
    double sd = sqrt(200) / 3, mean = 40 / 3.;
    assert_true(fabs(c->segment[0].trait[0].effect - (10 - mean) / sd) < 1e-9);
    assert_true(fabs(c->segment[1].trait[0].effect - (20 - mean) / sd / 2) < 1e-9);
    assert_true(c->segment[1].trait[0].known == .5);
    free_crowd(c);
}

/* A trait of less than 0.3 standard deviations says nothing. */
static void test_weak_traits(void **state)
{
    (void)state;
    /* Over mean +- 1 the standard deviation is 0.59; means that lie 2 d apart add d^2 to its square. */
    static const column weak[] = {{"recency_days", TSL_FORM_NUMBER, 1, {10, 10.32}}};
    static const column enough[] = {{"recency_days", TSL_FORM_NUMBER, 1, {10, 10.40}}};
    crowd *c = make_crowd(weak, 1, 2, "en");
    assert_true(c->segment[1].trait[0].effect > .25 && c->segment[1].trait[0].effect < .3);
    assert_string_equal(c->segment[0].name, "Average");
    assert_string_equal(c->segment[1].name, "Average 2");
    free_crowd(c);
    c = make_crowd(enough, 1, 2, "en");
    assert_true(c->segment[1].trait[0].effect > .3 && c->segment[1].trait[0].effect < .35);
    assert_string_equal(c->segment[1].name, "Long silent");
    free_crowd(c);
}

/* Who bought never, or once, is called so first; what only buyers have is not said of the former. */
static void test_purchases(void **state)
{
    (void)state;
    static const column columns[] = {{"frequency", TSL_FORM_NUMBER, 0, {0, 1, 7}},
                                     {"monetary_total", TSL_FORM_NUMBER, 0, {0, 90, 560}},
                                     {"visits", TSL_FORM_NUMBER, 1, {5, 9, 3}}};
    check(columns, 3, 3, "en",
          (const char *const[]){"No purchases", "One purchase and engaged", "Frequent and high spend"});
    check(columns, 3, 3, "zh", (const char *const[]){"未购买", "仅购买一次、互动多", "高频、高消费"});
}

/* Two crowds without purchases: one of them gave back what was bought before the data begin. */
static void test_returns_alone(void **state)
{
    (void)state;
    static const column columns[] = {{"frequency", TSL_FORM_NUMBER, 0, {4, 0, 0}},
                                     {"monetary_total", TSL_FORM_NUMBER, 0, {100, 0, -50}},
                                     {"return_share", TSL_FORM_NUMBER, 0, {0, 0, 1}}};
    check(columns, 3, 3, "en",
          (const char *const[]){"Frequent and high spend", "No purchases", "No purchases and many returns"});
}

/* Some never bought, some once: the crowd is neither. */
static void test_mixed_purchases(void **state)
{
    (void)state;
    static const column columns[] = {{"frequency", TSL_FORM_NUMBER, .5, {.5, 7}}};
    crowd *c = make_crowd(columns, 1, 2, "en");
    for (int i = 0; i < EACH; i++) {
        c->x[i] = i > 0; /* the first has none, all others one */
    }
    name_segments(c, 0);
    assert_string_equal(c->segment[0].name, "Infrequent");
    free_crowd(c);
}

/* Names that would be alike take a further topic, and then a number. */
static void test_unique(void **state)
{
    (void)state;
    static const column columns[] = {{"recency_days", TSL_FORM_NUMBER, 1, {10, 10, 90, 90}},
                                     {"visits", TSL_FORM_NUMBER, 20, {50, 50, 10, 10}},
                                     {"age_years", TSL_FORM_NUMBER, 60, {60, 30, 45, 45}}};
    check(columns, 3, 4, "en",
          (const char *const[]){"Recently active and engaged", "Recently active and engaged and younger",
                                "Long silent and little engaged", "Long silent and little engaged 2"});
}

/* Where names are given, they stay, whatever sets the segments apart; --refit names finds them anew. */
static void test_given_names(void **state)
{
    (void)state;
    static const column columns[] = {{"Income", TSL_FORM_NUMBER, 9, {300, 200}}};
    crowd *c = make_crowd(columns, 1, 2, "en");
    for (size_t i = 0; i < c->features.customers; i++) {
        c->x[i] = -c->x[i];
    }
    c->labels.applied = 1;
    name_segments(c, 1);
    assert_string_equal(c->segment[0].names[0], "high Income");
    assert_string_equal(c->segment[0].name, "Income高");
    assert_true(c->segment[0].trait[0].effect < 0); /* that is found for these customers */
    c->labels.refit = TSL_REFIT_NAMES;
    name_segments(c, 0);
    assert_string_equal(c->segment[0].name, "low Income");
    assert_string_equal(c->segment[1].name, "high Income");
    free_crowd(c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_two_topics),      cmocka_unit_test(test_forms),
        cmocka_unit_test(test_great_numbers),   cmocka_unit_test(test_said_of_most),
        cmocka_unit_test(test_unknown),         cmocka_unit_test(test_weak_traits),
        cmocka_unit_test(test_purchases),       cmocka_unit_test(test_returns_alone),
        cmocka_unit_test(test_mixed_purchases), cmocka_unit_test(test_known_share),
        cmocka_unit_test(test_unique),          cmocka_unit_test(test_given_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
