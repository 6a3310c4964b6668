/* test_names.c: names made of what sets a segment apart. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/notes.h"
#include "label/naming/naming.h"
#include "label/policy.h"

enum { EACH = 50, MOST_FEATURES = 8, MOST_SEGMENTS = 12 };

/* One feature: its name, form, and each segment's mean; within a segment it
 * spreads evenly over mean +- spread, by itself: in another order than the others. */
typedef struct column {
    const char *name;
    tsl_feature_form form;
    double spread, mean[MOST_SEGMENTS];
} column;

typedef struct crowd {
    tsl_recipe recipe;
    tsl_features features;
    tsl_feature feature[MOST_FEATURES];
    tsl_model model;
    double center[MOST_SEGMENTS];
    char *column;
    char *code[MOST_SEGMENTS];
    char category[MOST_FEATURES][32];
    double x[EACH * MOST_SEGMENTS * MOST_FEATURES];
    tsl_labels labels;
    tsl_segment segment[MOST_SEGMENTS];
    int32_t number[EACH * MOST_SEGMENTS];
    unsigned char back[MOST_SEGMENTS]; /* 1: the next period speaks against silence */
} crowd;

static void fill_column(crowd *c, const column *from, size_t f, size_t segments)
{
    size_t category = strcspn(from->name, "=");
    memcpy(c->category[f], from->name, category);
    c->feature[f] = (tsl_feature){.name = (char *)(uintptr_t)from->name,
                                  .form = from->form,
                                  .column = c->category[f],
                                  .level = (char *)(uintptr_t)from->name + category + (from->name[category] == '=')};
    static const size_t step[MOST_FEATURES] = {1, 3, 7, 9, 11, 13, 17, 19}; /* that EACH has no factor of */
    for (size_t i = 0; i < segments * EACH; i++) {
        double place = (double)(i * step[f] % EACH) / (EACH - 1) * 2 - 1;
        c->x[i * c->features.feature_count + f] = from->mean[i / EACH] + from->spread * place;
    }
}

static void name_segments(crowd *c, int lang)
{
    tsl_label_options opt;
    TSL_DEFAULTS(label, &opt);
    const tsl__kept_names kept = {.back = c->back};
    const tsl__labeling job = {
        .opt = &opt, .lang = lang, .threads = 2, .labels = &c->labels, .model = &c->model, .kept = &kept};
    for (size_t s = 0; s < c->labels.segment_count; s++) {
        free(c->segment[s].trait);
        c->segment[s].trait = NULL;
        if (!c->labels.applied) {
            free(c->labels.policy->segment[s].code);
            c->labels.policy->segment[s].code = NULL;
        }
    }
    assert_int_equal(tsl__names_fill(&job, NULL), TSL_OK);
}

static crowd *make_crowd(const column *columns, size_t count, size_t segments, const char *lang)
{
    crowd *c = calloc(1, sizeof *c);
    assert_non_null(c);
    static char place[] = "place";
    c->recipe = (tsl_recipe){.feature_count = count, .feature = c->feature, .gap_days = NAN};
    c->column = place;
    c->model = (tsl_model){.k = (int)segments, .cols = 1, .center = c->center, .column = &c->column};
    c->features = (tsl_features){
        .customers = segments * EACH, .recipe = &c->recipe, .feature_count = count, .feature = c->feature, .x = c->x};
    for (size_t f = 0; f < count; f++) {
        fill_column(c, &columns[f], f, segments);
    }
    for (size_t i = 0; i < segments * EACH; i++) {
        c->number[i] = (int32_t)(i / EACH) + 1;
    }
    for (size_t s = 0; s < segments; s++) {
        c->center[s] = (double)s; /* each one's neighbour is the one before, the first one's the second */
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
    tsl__notes_free(&c->labels.notes);
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

/* The trait of the segment in the feature. */
static const tsl_trait *trait_of(const crowd *c, size_t s, size_t f)
{
    for (size_t i = 0; i < c->segment[s].trait_count; i++) {
        if (c->segment[s].trait[i].feature == f) {
            return &c->segment[s].trait[i];
        }
    }
    return NULL;
}

/* Two rows far from all others widen the standard deviation until nobody differs by it: 10 is high beside 0 all the
 * same. Where many lie far, the column spreads so. The effects that are shown are of all rows as they are. */
static void test_far_rows(void **state)
{
    (void)state;
    static const column columns[] = {{"income", TSL_FORM_NUMBER, 1, {10, 0}}};
    crowd *c = make_crowd(columns, 1, 2, "en");
    c->x[0] = c->x[1] = 5000;
    name_segments(c, 0);
    assert_string_equal(c->segment[0].name, "High income");
    assert_string_equal(c->segment[1].name, "Low income");
    assert_true(fabs(trait_of(c, 0, 0)->effect) < 0.3);
    for (size_t i = 0; i < 5; i++) {
        c->x[i] = c->x[EACH + i] = 5000;
    }
    name_segments(c, 0);
    assert_string_equal(c->segment[0].name, "Average 1");
    free_crowd(c);
}

/* One word, or two, in the catalogue's words or by the name of a user's own column; one of a topic. */
static void test_words(void **state)
{
    (void)state;
    static const column columns[] = {{"recency_days", TSL_FORM_NUMBER, 9, {10, 200}},
                                     {"monetary_total", TSL_FORM_NUMBER, 90, {900, 200}},
                                     {"monetary_365d", TSL_FORM_NUMBER, 91, {900, 200}}, /* the same topic */
                                     {"YearlyIncome", TSL_FORM_NUMBER, 900, {3000, 2000}}};
    check(columns, 4, 2, "en", (const char *const[]){"High spend, recently active", "Low spend, long silent"});
    check(columns, 4, 2, "zh", (const char *const[]){"高消费、近期活跃", "低消费、久未购买"});
    check(columns + 3, 1, 2, "en", (const char *const[]){"High yearly income", "Low yearly income"});
    check(columns + 3, 1, 2, "zh", (const char *const[]){"Yearly income 高", "Yearly income 低"});
}

/* Where one of a kind has been said of a segment, no other one is said of any: beside "many products" nobody has a
 * "broad range", whom its own column alone would call so. */
static void test_one_of_a_kind(void **state)
{
    (void)state;
    static const column columns[] = {{"distinct_products", TSL_FORM_NUMBER, .1, {9, 2.1, 2.2, 2}},
                                     {"category_entropy", TSL_FORM_NUMBER, .3, {.51, 1.9, .52, .5}}};
    check(columns, 2, 4, "en", (const char *const[]){"Many products", "Segment 2", "Segment 3", "Few products"});
    check(columns + 1, 1, 4, "en", (const char *const[]){"Segment 1", "Broad range", "Segment 3", "Narrow range"});
}

/* Values of a category, yes and no (also in a column of numbers), families of features. */
static void test_forms(void **state)
{
    (void)state;
    static const column level[] = {{"Marital_Status=Married", TSL_FORM_VALUE, 0, {1, 0}}};
    static const column zh[] = {{"是否购买", TSL_FORM_BOOLEAN, 0, {1, 0}}};
    static const column number[] = {{"homeOwner", TSL_FORM_NUMBER, 0, {1, 0}}};
    static const column family[] = {{"channel:web", TSL_FORM_NUMBER, .05, {.1, .9}}};
    check(level, 1, 2, "en", (const char *const[]){"Marital status: Married", "Average"});
    check(level, 1, 2, "zh", (const char *const[]){"Marital status：Married", "无突出特征"});
    check(zh, 1, 2, "zh", (const char *const[]){"是否购买：是", "是否购买：否"});
    check(zh, 1, 2, "en", (const char *const[]){"是否购买: yes", "是否购买: no"});
    check(number, 1, 2, "en", (const char *const[]){"Home owner: yes", "Home owner: no"});
    check(family, 1, 2, "en", (const char *const[]){"Average", "More through web"});
}

/* What someone is or has is said where it holds for most, however far that is from all others. */
static void test_said_of_most(void **state)
{
    (void)state;
    static const column minority[] = {{"Region=North", TSL_FORM_VALUE, 0, {.45, .05}},
                                      {"owner", TSL_FORM_BOOLEAN, 0, {.02, .48}}};
    static const column most[] = {{"Region=North", TSL_FORM_VALUE, 0, {.55, .05}},
                                  {"owner", TSL_FORM_BOOLEAN, 0, {.05, .55}}};
    check(minority, 2, 2, "en", (const char *const[]){"Owner: no", "Average"});
    check(most, 2, 2, "en", (const char *const[]){"Region: North, Owner: no", "Owner: yes"});
}

/* Lines an order, units in all and products are three things. */
static void test_three_things(void **state)
{
    (void)state;
    static const column lines[] = {{"lines_per_order", TSL_FORM_NUMBER, .1, {1, 6}}};
    static const column units[] = {{"units", TSL_FORM_NUMBER, 9, {130, 18}}};
    static const column products[] = {{"distinct_products", TSL_FORM_NUMBER, .1, {1, 6}}};
    check(lines, 1, 2, "en", (const char *const[]){"Few lines an order", "Many lines an order"});
    check(lines, 1, 2, "zh", (const char *const[]){"每单行数少", "每单行数多"});
    check(units, 1, 2, "en", (const char *const[]){"Many units", "Few units"});
    check(units, 1, 2, "zh", (const char *const[]){"购买件数多", "购买件数少"});
    check(products, 1, 2, "en", (const char *const[]){"Few products", "Many products"});
    check(products, 1, 2, "zh", (const char *const[]){"商品种类少", "商品种类多"});
}

/* All of two segments of different size are married: each is the most so, and one is called it. */
static void test_shared_extreme(void **state)
{
    (void)state;
    static const column columns[] = {{"Kind=a", TSL_FORM_VALUE, 0, {0, 1, 1}},
                                     {"age_years", TSL_FORM_NUMBER, 9, {40, 40, 10}}};
    crowd *c = make_crowd(columns, 2, 3, "en");
    for (int i = 0; i < 7; i++) {
        c->number[EACH + i] = 3; /* 43 and 57 */
    }
    c->segment[1].size = EACH - 7;
    c->segment[1].weight = EACH - 7;
    c->segment[2].size = EACH + 7;
    c->segment[2].weight = EACH + 7;
    name_segments(c, 0);
    assert_non_null(strstr(c->segment[1].name, "Kind: a"));
    free_crowd(c);
}

/* A value that is missing is no trait. */
static void test_unknown(void **state)
{
    (void)state;
    static const column columns[] = {{"age_years", TSL_FORM_NUMBER, 9, {40, 45, NAN}}};
    crowd *c = make_crowd(columns, 1, 3, "en");
    for (size_t s = 0; s < 3; s++) {
        assert_null(strstr(c->segment[s].names[0], "nknown"));
        assert_null(strstr(c->segment[s].names[1], "未知"));
    }
    free_crowd(c);
}

/* Nothing that is sensitive, described alone, or taken out by somebody. */
static void test_kept_out(void **state)
{
    (void)state;
    static const column columns[] = {{"Income", TSL_FORM_NUMBER, 9, {900, 200}}};
    crowd *c = make_crowd(columns, 1, 2, "en");
    assert_string_equal(c->segment[0].name, "High income");
    int *const flags[] = {&c->feature[0].sensitive, &c->feature[0].profile, &c->feature[0].excluded};
    for (size_t i = 0; i < 3; i++) {
        *flags[i] = 1;
        name_segments(c, 0);
        assert_string_equal(c->segment[0].name, "Average 1");
        assert_string_equal(c->segment[1].name, "Average 2");
        *flags[i] = 0;
    }
    free_crowd(c);
}

/* Small differences of great numbers count; what is the same for all does not. */
static void test_great_numbers(void **state)
{
    (void)state;
    static const column columns[] = {{"Income", TSL_FORM_NUMBER, 0, {1e9 + 2, 1e9}},
                                     {"Code", TSL_FORM_NUMBER, 0, {1e9 + .1, 1e9 + .1}}};
    check(columns, 2, 2, "en", (const char *const[]){"High income", "Low income"});
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
    assert_string_equal(c->segment[0].name, "Average 1");
    assert_string_equal(c->segment[1].name, "Average 2");
    free_crowd(c);
    c = make_crowd(enough, 1, 2, "en");
    assert_true(c->segment[1].trait[0].effect > .3 && c->segment[1].trait[0].effect < .35);
    assert_string_equal(c->segment[1].name, "Long silent");
    free_crowd(c);
}

/* All are graded in one scale, in which each word is said once. */
static void test_extremes(void **state)
{
    (void)state;
    static const column columns[] = {{"Income", TSL_FORM_NUMBER, 1, {10, 50, 22, 41, 30}}};
    check(columns, 1, 5, "en",
          (const char *const[]){"Lowest income", "Highest income", "Low income", "High income", "Average"});
    check(columns, 1, 5, "zh",
          (const char *const[]){"Income 最低", "Income 最高", "Income 偏低", "Income 偏高", "无突出特征"});
}

/* Clusters of two columns: each is graded by both, in their order, also where its nearest neighbour is as high. Where
 * means do not differ by as much as a place takes, both are as high, and say so in the same word. */
static void test_grid(void **state)
{
    (void)state;
    static const column columns[] = {{"Fee", TSL_FORM_NUMBER, 1, {90, 99, 91, 92}},
                                     {"Age", TSL_FORM_NUMBER, 1, {60, 21, 58, 20}},
                                     {"Income", TSL_FORM_NUMBER, 1, {80, 78, 31, 30}}};
    static tsl_vector_column by[] = {{.feature = 1, .weight = 1, .part = TSL_PART_SECOND},
                                     {.feature = 2, .weight = 1, .part = TSL_PART_FIRST}};
    static const char *const expected[][2] = {{"High income, high age", "Income 高、Age 高"},
                                              {"High income, low age", "Income 高、Age 低"},
                                              {"Low income, high age", "Income 低、Age 高"},
                                              {"Low income, low age", "Income 低、Age 低"}};
    static const char *const apart[] = {"Highest income, highest age", "High income, lowest age",
                                        "Low income, high age", "Lowest income, low age"};
    crowd *c = make_crowd(columns, 3, 4, "en");
    c->recipe.column = by;
    c->recipe.column_count = 2;
    name_segments(c, 0);
    for (int s = 0; s < 4; s++) {
        assert_string_equal(c->segment[s].names[0], expected[s][0]);
        assert_string_equal(c->segment[s].names[1], expected[s][1]);
    }
    for (int i = 0; i < EACH; i++) { /* 6 and 8 of some 24 standard deviations: these are places */
        c->x[i * 3 + 2] += 6;
        c->x[i * 3 + 1] += 8;
        c->x[(2 * EACH + i) * 3 + 2] += 8;
        c->x[(EACH + i) * 3 + 1] -= 8;
    }
    name_segments(c, 0);
    for (int s = 0; s < 4; s++) {
        assert_string_equal(c->segment[s].names[0], apart[s]);
    }
    free_crowd(c);
}

/* Two small segments far off, which differ by the second column as the two large ones do: all say both. */
static void test_parted(void **state)
{
    (void)state;
    static const column columns[] = {{"Score", TSL_FORM_NUMBER, 1, {50, 50, -900, -900}},
                                     {"Usage", TSL_FORM_NUMBER, 1, {60, 20, 60, 20}}};
    static const char *const expected[][2] = {{"High score, high usage", "Score 偏高、Usage 高"},
                                              {"High score, low usage", "Score 偏高、Usage 偏低"},
                                              {"Low score, high usage", "Score 低、Usage 高"},
                                              {"Low score, lowest usage", "Score 低、Usage 最低"}};
    tsl_vector_column by[] = {{.feature = 0, .weight = 1, .part = TSL_PART_FIRST},
                              {.feature = 1, .weight = 1, .part = TSL_PART_SECOND}};
    crowd *c = make_crowd(columns, 2, 4, "en");
    c->recipe.column = by;
    c->recipe.column_count = 2;
    for (size_t s = 2; s < 4; s++) { /* four are left of each */
        for (size_t i = s * EACH + 4; i < (s + 1) * EACH; i++) {
            memcpy(c->x + i * 2, c->x + (i - 2 * EACH) * 2, 2 * sizeof *c->x);
            c->number[i] = (int32_t)s - 1;
        }
        c->segment[s].size = 4;
        c->segment[s].weight = 4;
        c->segment[s - 2].size = 2 * EACH - 4;
        c->segment[s - 2].weight = 2 * EACH - 4;
    }
    name_segments(c, 0);
    assert_true(fabs(trait_of(c, 0, 0)->effect) < TSL__TRAIT_LEAST);
    assert_true(trait_of(c, 3, 1)->mean < trait_of(c, 1, 1)->mean);
    for (int s = 0; s < 4; s++) {
        assert_string_equal(c->segment[s].names[0], expected[s][0]);
        assert_string_equal(c->segment[s].names[1], expected[s][1]);
    }
    free_crowd(c);
}

/* The same word is not said twice where one of the names would be part of the other: the second one of the two is not
 * called high by the first column, nor the highest. */
static void test_tied_alone(void **state)
{
    (void)state;
    static const column columns[] = {{"Income", TSL_FORM_NUMBER, 1, {60, 59, 21, 20}},
                                     {"Age", TSL_FORM_NUMBER, 1, {40, 20, 60, 40}}};
    tsl_vector_column by[] = {{.feature = 0, .weight = 1, .part = TSL_PART_FIRST},
                              {.feature = 1, .weight = 1, .part = TSL_PART_SECOND}};
    crowd *c = make_crowd(columns, 2, 4, "en");
    c->recipe.column = by;
    c->recipe.column_count = 2;
    name_segments(c, 0);
    assert_string_equal(c->segment[0].name, "High income");
    assert_string_equal(c->segment[1].name, "Low age");
    assert_string_equal(c->segment[2].name, "High age");
    assert_string_equal(c->segment[3].name, "Low income");
    free_crowd(c);
}

/* Of columns that tell about as much, money leads. */
static void test_money_leads(void **state)
{
    (void)state;
    static const column columns[] = {{"Age", TSL_FORM_NUMBER, 9, {60, 50, 30, 20}},
                                     {"Spend", TSL_FORM_NUMBER, 10, {59, 30, 51, 20}}};
    crowd *c = make_crowd(columns, 2, 4, "en");
    assert_string_equal(c->segment[1].name, "High age, low spend");
    c->feature[1].group = TSL_VALUE;
    name_segments(c, 0);
    assert_string_equal(c->segment[1].name, "Low spend");
    assert_string_equal(c->segment[2].name, "High spend, low age");
    free_crowd(c);
}

/* What the first column tells of the segments counts for nothing in the second: of two that tell as much, the one that
 * goes its own way leads, though the other comes first. */
static void test_second_lead(void **state)
{
    (void)state;
    static const column columns[] = {{"Income", TSL_FORM_NUMBER, 1, {60, 59, 21, 20}},
                                     {"Rent", TSL_FORM_NUMBER, 1, {90, 49, 10, 51}}, /* shares 45 % with income */
                                     {"Age", TSL_FORM_NUMBER, 1, {60, 20, 59, 21}}};
    check(columns, 3, 4, "en",
          (const char *const[]){"High income, high age", "High income, low age", "Low income, high age",
                                "Low income, low age"});
}

/* The segment with the highest mean is called so, though the typical customer of another one has more. */
static void test_highest_mean(void **state)
{
    (void)state;
    static const column columns[] = {{"Spend", TSL_FORM_NUMBER, 1, {60, 100, 5, 4}}};
    crowd *c = make_crowd(columns, 1, 4, "en");
    c->feature[0].transform = TSL_LOG1P;
    for (int i = 0; i < 5; i++) {
        c->x[i] = 900; /* a tenth of the first spends a fortune: 144 on average */
    }
    name_segments(c, 0);
    assert_true(trait_of(c, 0, 0)->effect < trait_of(c, 1, 0)->effect);
    assert_string_equal(c->segment[0].name, "Highest spend");
    assert_string_equal(c->segment[1].name, "High spend");
    free_crowd(c);
}

/* Where names grade by a feature of the catalogue, all say it by its label. */
static void test_one_scale(void **state)
{
    (void)state;
    static const column columns[] = {{"visits", TSL_FORM_NUMBER, 1, {50, 40, 20, 10}}};
    check(columns, 1, 4, "en", (const char *const[]){"Highest visits", "High visits", "Low visits", "Lowest visits"});
    static const column two[] = {{"visits", TSL_FORM_NUMBER, 1, {50, 10}}};
    check(two, 1, 2, "en", (const char *const[]){"Engaged", "Rarely in touch"});
}

/* What most are or have is a trait where it is plainly more common than among all, and in the nearest segment. */
static void test_plain_states(void **state)
{
    (void)state;
    static const column rare[] = {{"Plan", TSL_FORM_BOOLEAN, 0, {1, .82}}}; /* .3 standard deviations from all */
    static const column near[] = {{"Plan", TSL_FORM_BOOLEAN, 0, {.74, .74, 0, 0}}};
    static const column plain[] = {{"Plan", TSL_FORM_BOOLEAN, 0, {.74, .4, 0, 0}}};
    check(rare, 1, 2, "en", (const char *const[]){"Average 1", "Average 2"});
    crowd *c = make_crowd(near, 1, 4, "en");
    assert_true(trait_of(c, 0, 0)->effect > .5);
    assert_null(strstr(c->segment[0].name, "Plan"));
    assert_null(strstr(c->segment[1].name, "Plan"));
    free_crowd(c);
    c = make_crowd(plain, 1, 4, "en");
    assert_string_equal(c->segment[0].name, "Plan: yes");
    free_crowd(c);
}

/* Segments in between by their place among all, where that is clear; one that is as all are stays average. */
static void test_ranks(void **state)
{
    (void)state;
    static const column columns[] = {{"Income", TSL_FORM_NUMBER, 1, {10, 18, 26, 35, 44, 52, 60}}};
    static const column near[] = {{"Income", TSL_FORM_NUMBER, 1, {10, 18, 26, 35, 52, 52.5, 60}}};
    check(columns, 1, 7, "en",
          (const char *const[]){"Lowest income", "Second-lowest income", "Third-lowest income", "Average",
                                "Third-highest income", "Second-highest income", "Highest income"});
    check(columns, 1, 7, "zh",
          (const char *const[]){"Income 最低", "Income 第二低", "Income 第三低", "无突出特征", "Income 第三高",
                                "Income 第二高", "Income 最高"});
    crowd *c = make_crowd(near, 1, 7, "en");
    assert_string_equal(c->segment[5].name, "High income");
    assert_string_equal(c->segment[6].name, "Highest income");
    assert_string_equal(c->segment[4].name, "Segment 5"); /* as high, and no average: there is no word left for it */
    assert_string_equal(c->segment[4].names[1], "客群 5");
    free_crowd(c);
}

/* Two that are tied at the end are high both, and neither is the highest, beside who has a place. */
static void test_tied_beside_places(void **state)
{
    (void)state;
    static const column columns[] = {{"Income", TSL_FORM_NUMBER, 1, {60, 60, 52, 44, 20, 10}},
                                     {"Age", TSL_FORM_NUMBER, 1, {60, 20, 40, 40, 40, 40}}};
    crowd *c = make_crowd(columns, 2, 6, "en");
    assert_string_equal(c->segment[0].name, "High income, high age");
    assert_string_equal(c->segment[1].name, "High income, low age");
    assert_string_equal(c->segment[2].name, "Third-highest income");
    assert_string_equal(c->segment[5].name, "Lowest income");
    free_crowd(c);
}

/* In the very middle a place is told from the high end. */
static void test_middle_place(void **state)
{
    (void)state;
    static const column columns[] = {{"Income", TSL_FORM_NUMBER, 12, {10, 20, 30, 70, 80}},
                                     {"Spend", TSL_FORM_NUMBER, 1, {10, 20, 25, 70, 80}}};
    tsl_vector_column by = {.feature = 1, .weight = 1};
    crowd *c = make_crowd(columns, 2, 5, "en");
    c->recipe.column = &by;
    c->recipe.column_count = 1;
    name_segments(c, 0);
    assert_string_equal(c->segment[2].name, "Third-highest income");
    free_crowd(c);
}

/* Of two columns that place those near the mean, the one that clusters are found by, though the other one tells more.
 */
static void test_place_found_by(void **state)
{
    (void)state;
    static const column columns[] = {{"Spend", TSL_FORM_NUMBER, 1, {10, 20, 33.5, 38.5, 52, 62}},
                                     {"Income", TSL_FORM_NUMBER, 1, {10, 20, 34.5, 37.5, 52, 62}}};
    tsl_vector_column by = {.feature = 1, .weight = 1};
    crowd *c = make_crowd(columns, 2, 6, "en");
    c->recipe.column = &by;
    c->recipe.column_count = 1;
    name_segments(c, 0);
    assert_true(fabs(trait_of(c, 2, 0)->effect) > fabs(trait_of(c, 2, 1)->effect));
    assert_string_equal(c->segment[2].name, "Third-lowest income");
    assert_string_equal(c->segment[3].name, "Third-highest income");
    free_crowd(c);
}

/* The second place is high, the first the highest, where no more places are said; beside it stands what else there is,
 * though it were too weak for a second trait. */
static void test_second_place(void **state)
{
    (void)state;
    static const column columns[] = {{"Income", TSL_FORM_NUMBER, 1, {60, 20, 40, 40}},
                                     {"Spend", TSL_FORM_NUMBER, 1, {40, 38, 60, 52}}};
    static const column weak[] = {{"Income", TSL_FORM_NUMBER, 1, {10, 18, 26, 35, 44, 52, 60}},
                                  {"Age", TSL_FORM_NUMBER, 30, {40, 40, 40, 40, 40, 48, 40}}};
    tsl_vector_column by = {.feature = 0, .weight = 1, .part = TSL_PART_FIRST};
    crowd *c = make_crowd(columns, 2, 4, "en");
    c->recipe.column = &by;
    c->recipe.column_count = 1;
    name_segments(c, 0);
    assert_string_equal(c->segment[2].names[0], "Highest spend");
    assert_string_equal(c->segment[3].names[0], "High spend");
    assert_string_equal(c->segment[3].names[1], "Spend 偏高");
    free_crowd(c);
    c = make_crowd(weak, 2, 7, "en");
    assert_true(trait_of(c, 5, 1)->effect > TSL__TRAIT_LEAST && trait_of(c, 5, 1)->effect < TSL__TRAIT_STRONG);
    assert_string_equal(c->segment[5].name, "Second-highest income, high age");
    assert_string_equal(c->segment[4].name, "Third-highest income");
    free_crowd(c);
}

/* Of amounts that few have most of, the second may be above most and yet about the mean. */
static void test_medium(void **state)
{
    (void)state;
    static const column columns[] = {{"Spend", TSL_FORM_NUMBER, 1, {105, 33, 13, 5}}};
    tsl_vector_column by = {.feature = 0, .weight = 1, .part = TSL_PART_FIRST};
    crowd *c = make_crowd(columns, 1, 4, "en");
    c->recipe.column = &by;
    c->recipe.column_count = 1;
    c->feature[0].transform = TSL_LOG1P;
    name_segments(c, 0);
    assert_string_equal(c->segment[0].names[0], "Highest spend");
    assert_string_equal(c->segment[1].names[0], "Medium spend");
    assert_string_equal(c->segment[1].names[1], "Spend 中等");
    assert_string_equal(c->segment[2].names[0], "Low spend");
    free_crowd(c);
}

/* Two that are near all others are told apart by their places before they are numbered. */
static void test_average_ranks(void **state)
{
    (void)state;
    static const column columns[] = {{"Income", TSL_FORM_NUMBER, 1, {10, 20, 34.5, 37.5, 52, 62}}};
    check(columns, 1, 6, "en",
          (const char *const[]){"Lowest income", "Second-lowest income", "Third-lowest income", "Third-highest income",
                                "Second-highest income", "Highest income"});
}

/* A second trait that the first tells is none: here they are the same within segments, but for one of the two. */
static void test_overlap(void **state)
{
    (void)state;
    static const column columns[] = {{"Limit", TSL_FORM_NUMBER, 9, {300, 100, 200}},
                                     {"Credit", TSL_FORM_NUMBER, 9, {290, 100, 200}},
                                     {"Age", TSL_FORM_NUMBER, 9, {280, 100, 200}}};
    crowd *c = make_crowd(columns, 3, 3, "en");
    assert_string_equal(c->segment[0].name, "High limit, high credit");
    for (size_t i = 0; i < c->features.customers; i++) {
        c->x[i * 3 + 1] = c->x[i * 3] / 3 + (double)(i % 5);
    }
    name_segments(c, 0);
    assert_string_equal(c->segment[0].name, "High limit, high age");
    free_crowd(c);
}

/* How often somebody buys is said once, in one word. */
static void test_one_matter(void **state)
{
    (void)state;
    static const column columns[] = {{"frequency_trend", TSL_FORM_NUMBER, .1, {2, 0}},
                                     {"gap_mean_days", TSL_FORM_NUMBER, 9, {200, 100}},
                                     {"visits", TSL_FORM_NUMBER, 5, {20, 10}}};
    check(columns, 3, 2, "en",
          (const char *const[]){"Engaged, orders picking up", "Rarely in touch, orders falling off"});
}

/* What clusters are found by comes first, and what somebody is or has by the way comes after all numbers. */
static void test_found_by(void **state)
{
    (void)state;
    static const column columns[] = {{"Balance", TSL_FORM_NUMBER, 20, {60, 40, 20}},
                                     {"Payments", TSL_FORM_NUMBER, 1, {60, 10, 10}},
                                     {"Owner", TSL_FORM_BOOLEAN, 0, {1, .3, 0}}};
    static tsl_vector_column found_by = {.feature = 0, .weight = 1};
    crowd *c = make_crowd(columns, 3, 3, "en");
    assert_string_equal(c->segment[0].name, "High payments, Owner: yes");
    c->recipe.column = &found_by;
    c->recipe.column_count = 1;
    name_segments(c, 0);
    assert_string_equal(c->segment[0].name, "Highest balance, high payments");
    assert_string_equal(c->segment[1].name, "Low payments, medium balance"); /* as low are another one's */
    assert_string_equal(c->segment[1].names[1], "Payments 低、Balance 中等");
    free_crowd(c);
    check(columns + 2, 1, 3, "en", (const char *const[]){"Owner: yes", "Average", "Owner: no"});
}

static void check_found_by(const column *columns, size_t count, size_t segments, const char *const *en,
                           const char *const *zh)
{
    tsl_vector_column by[MOST_FEATURES] = {{0}};
    crowd *c = make_crowd(columns, count, segments, "en");
    for (size_t f = 0; f < count; f++) {
        by[f] = (tsl_vector_column){.feature = f, .weight = 1};
    }
    c->recipe.column = by;
    c->recipe.column_count = count;
    name_segments(c, 0);
    for (size_t s = 0; s < segments; s++) {
        assert_string_equal(c->segment[s].names[0], en[s]);
        assert_string_equal(c->segment[s].names[1], zh[s]);
    }
    free_crowd(c);
}

/* Clusters that are found by what customers are or have: what parts each from its nearest neighbour, and then from all
 * others, though others say it, too. Of whom no level has most, the few that have are told. */
static void test_states(void **state)
{
    (void)state;
    static const column yes_no[] = {{"Member", TSL_FORM_BOOLEAN, 0, {1, 1, 0, 0}},
                                    {"Web", TSL_FORM_BOOLEAN, 0, {0, 1, .25, .75}},
                                    {"Mail", TSL_FORM_BOOLEAN, 0, {.45, .52, .77, .19}}};
    static const column levels[] = {{"City=A", TSL_FORM_VALUE, 0, {1, 1, 0, 0}},
                                    {"City=B", TSL_FORM_VALUE, 0, {0, 0, .5, 0}},
                                    {"City=C", TSL_FORM_VALUE, 0, {0, 0, .5, 1}},
                                    {"Plan=x", TSL_FORM_VALUE, 0, {1, 0, 1, 0}},
                                    {"Plan=z", TSL_FORM_VALUE, 0, {0, 1, 0, 1}}};
    check_found_by(yes_no, 3, 4,
                   (const char *const[]){"Member: yes, Web: no", "Member: yes, Web: yes", "Member: no, Mail: yes",
                                         "Member: no, Mail: no"},
                   (const char *const[]){"Member：是、Web：否", "Member：是、Web：是", "Member：否、Mail：是",
                                         "Member：否、Mail：否"});
    static const column mixed[] = {
        {"City=A", TSL_FORM_VALUE, 0, {1, 1, 0}},  {"City=B", TSL_FORM_VALUE, 0, {0, 0, .6}},
        {"City=C", TSL_FORM_VALUE, 0, {0, 0, .1}}, {"City=D", TSL_FORM_VALUE, 0, {0, 0, .25}},
        {"Plan=x", TSL_FORM_VALUE, 0, {1, 0, 1}},  {"Plan=z", TSL_FORM_VALUE, 0, {0, 1, 0}}};
    check_found_by(mixed, 6, 3, (const char *const[]){"City: A, Plan: x", "Plan: z", "City: B/D/C, Plan: x"},
                   (const char *const[]){"City：A、Plan：x", "Plan：z", "City：B/D/C、Plan：x"});
    check_found_by(
        levels, 5, 4,
        (const char *const[]){"City: A, Plan: x", "City: A, Plan: z", "City: B/C, Plan: x", "City: C, Plan: z"},
        (const char *const[]){"City：A、Plan：x", "City：A、Plan：z", "City：B/C、Plan：x", "City：C、Plan：z"});
}

/* Whom numbers tell already still say of their states what parts them from the nearest neighbour, though others do. */
static void test_states_beside(void **state)
{
    (void)state;
    static const column columns[] = {{"Income", TSL_FORM_NUMBER, 1, {80, 60, 40, 20}},
                                     {"Member", TSL_FORM_BOOLEAN, 0, {1, 0, 1, 0}}};
    check_found_by(columns, 2, 4,
                   (const char *const[]){"Highest income, Member: yes", "High income, Member: no",
                                         "Low income, Member: yes", "Lowest income, Member: no"},
                   (const char *const[]){"Income 最高、Member：是", "Income 偏高、Member：否",
                                         "Income 偏低、Member：是", "Income 最低、Member：否"});
}

/* Whom clusters by states part from all by shares is no average, though there is no word for it. */
static void test_states_unsaid(void **state)
{
    (void)state;
    static const column columns[] = {{"Kind=a", TSL_FORM_VALUE, 0, {.8, .15, .4}},
                                     {"Other=b", TSL_FORM_VALUE, 0, {.4, .4, .4}}};
    check_found_by(columns, 2, 3, (const char *const[]){"Kind: a", "Segment 2", "Average"},
                   (const char *const[]){"Kind：a", "客群 2", "无突出特征"});
}

/* Who bought never, or once, is called so first; what only buyers have is not said of the former. */
static void test_purchases(void **state)
{
    (void)state;
    static const column columns[] = {{"frequency", TSL_FORM_NUMBER, 0, {0, 1, 7}},
                                     {"monetary_total", TSL_FORM_NUMBER, 0, {0, 90, 560}},
                                     {"visits", TSL_FORM_NUMBER, 1, {5, 9, 3}}};
    check(columns, 3, 3, "en", (const char *const[]){"Potential", "One purchase: engaged", "Frequent, high spend"});
    check(columns, 3, 3, "zh", (const char *const[]){"潜在客户", "仅购买一次：互动多", "高频、高消费"});
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
    assert_string_equal(c->segment[0].name, "Seldom buying");
    free_crowd(c);
}

/* Two crowds without purchases, told apart by what else they did, or else by a number. */
static void test_alike(void **state)
{
    (void)state;
    static const column columns[] = {{"frequency", TSL_FORM_NUMBER, 0, {4, 0, 0}},
                                     {"return_share", TSL_FORM_NUMBER, 0, {0, 0, 0}},
                                     {"visits", TSL_FORM_NUMBER, 1, {5, 5, 30}}};
    check(columns, 2, 3, "en", (const char *const[]){"Frequent", "Potential 1", "Potential 2"});
    check(columns, 3, 3, "en", (const char *const[]){"Frequent", "Potential: rarely in touch", "Potential: engaged"});
}

/* Ten and more are counted in as many digits, so that the first is no part of the tenth. */
static void test_many_alike(void **state)
{
    (void)state;
    static const column columns[] = {{"Income", TSL_FORM_NUMBER, 1, {5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5}}};
    crowd *c = make_crowd(columns, 1, 12, "zh");
    assert_string_equal(c->segment[0].names[0], "Average 01");
    assert_string_equal(c->segment[11].names[0], "Average 12");
    assert_string_equal(c->segment[11].name, "无突出特征 12");
    free_crowd(c);
}

/* A column whose name is part of another's. */
static const column tied_pairs[] = {{"收入", TSL_FORM_NUMBER, 1, {50, 10, 10}},
                                    {"年收入", TSL_FORM_NUMBER, 1, {10, 50, 10}}};

static void test_contained(void **state)
{
    (void)state;
    static const column columns[] = {{"收入", TSL_FORM_NUMBER, 1, {50, 10, 30}},
                                     {"年收入", TSL_FORM_NUMBER, 1, {29, 50, 30}}};
    crowd *c = make_crowd(columns, 2, 3, "zh");
    assert_string_equal(c->segment[1].name, "收入低、年收入高");
    assert_string_equal(c->segment[0].name, "收入高 1");
    assert_string_equal(c->segment[2].name, "年收入偏低"); /* 29 is less */
    free_crowd(c);
    check(tied_pairs, 2, 3, "zh", (const char *const[]){"收入高、年收入低", "收入低、年收入高", "收入低、年收入低"});
}

/* ---- Typical places ------------------------------------------------------------------ */

static void set_code(crowd *c, size_t s, const char *code)
{
    static tsl_vector_column found_by = {.feature = 0, .weight = 1};
    c->recipe.column = &found_by;
    c->recipe.column_count = 1;
    c->code[s] = (char *)(uintptr_t)code;
    c->model.code = c->code;
}

static void name_anew(crowd *c, int lang)
{
    tsl__notes_free(&c->labels.notes);
    c->labels.notes = (tsl_notes){0};
    name_segments(c, lang);
}

/* Silence beyond the usual gap is quiet, and nothing within it is; notes tell where that is not as the code says. */
static void test_quiet(void **state)
{
    (void)state;
    static const column columns[] = {{"recency_days", TSL_FORM_NUMBER, 9, {20, 100, 20, 100}}};
    static const char *const codes[] = {"CHAMP", "ACTIVE_SMALL", "GOOD_QUIET", "SMALL_QUIET"};
    crowd *c = make_crowd(columns, 1, 4, "en");
    for (size_t s = 0; s < 4; s++) {
        set_code(c, s, codes[s]);
    }
    c->recipe.gap_days = 60;
    name_anew(c, 0);
    assert_string_equal(c->segment[0].name, "Champions");
    assert_string_equal(c->segment[1].name, "Middling, gone quiet");
    assert_string_equal(c->segment[2].name, "Good, between orders");
    assert_string_equal(c->segment[3].name, "Small, gone quiet");
    assert_string_equal(c->segment[2].code, "GOOD_QUIET");
    assert_int_equal(c->labels.notes.count, 2);
    assert_non_null(strstr(c->labels.notes.text[1], "segment 3 (GOOD_QUIET) is called \"Good, between orders\", not "
                                                    "\"Good, gone quiet\": half of its customers have been silent for "
                                                    "20 days or less, within the usual gap between purchases of 60"));
    c->back[3] = 1; /* it came back: whoever knows that says so */
    name_anew(c, 0);
    assert_string_equal(c->segment[3].name, "Small, between orders");
    assert_int_equal(c->labels.notes.count, 2);
    c->back[3] = 0;
    c->recipe.gap_days = 200; /* nobody is quiet */
    name_anew(c, 0);
    assert_string_equal(c->segment[1].name, "Active, smaller");
    assert_string_equal(c->segment[3].name, "Small, between orders");
    c->recipe.gap_days = 5; /* everybody is */
    name_anew(c, 1);
    assert_string_equal(c->segment[0].names[0], "Best, gone quiet");
    assert_string_equal(c->segment[0].name, "核心沉寂客户");
    assert_string_equal(c->segment[2].name, "优质沉寂客户");
    free_crowd(c);
}

/* Who has been silent for longer than is usual is not said to buy more than before. */
static void test_quiet_rising(void **state)
{
    (void)state;
    static const column columns[] = {{"recency_days", TSL_FORM_NUMBER, 9, {20, 100}},
                                     {"frequency_trend", TSL_FORM_NUMBER, .1, {0, 2}}};
    static const char *const codes[] = {"CHAMP", "GOOD_QUIET"};
    crowd *c = make_crowd(columns, 2, 2, "en");
    for (size_t s = 0; s < 2; s++) {
        set_code(c, s, codes[s]);
    }
    c->recipe.gap_days = 60;
    name_anew(c, 0);
    assert_string_equal(c->segment[0].name, "Champions: orders falling off");
    assert_string_equal(c->segment[1].name, "Good, gone quiet");
    c->recipe.gap_days = 200;
    name_anew(c, 0);
    assert_string_equal(c->segment[1].name, "Good, between orders: orders picking up");
    free_crowd(c);
}

/* Nobody is loyal or a champion by one purchase: where half of a segment's customers bought on one day, it says so, and
 * nothing of trends and gaps. */
static void test_once(void **state)
{
    (void)state;
    static const column columns[] = {{"recency_days", TSL_FORM_NUMBER, 9, {20, 20, 100, 100}},
                                     {"purchase_days", TSL_FORM_NUMBER, 0, {4, 1, 1, 1}},
                                     {"frequency", TSL_FORM_NUMBER, 0, {4, 1, 1, 1}},
                                     {"frequency_trend", TSL_FORM_NUMBER, .1, {0, 2, 0, 0}},
                                     {"gap_mean_days", TSL_FORM_NUMBER, .1, {0, 0, 9, 0}}};
    static const char *const codes[] = {"CHAMP", "LOYAL", "GOOD_QUIET", "SMALL_QUIET"};
    static char spend[] = "monetary_total";
    crowd *c = make_crowd(columns, 5, 4, "en");
    for (size_t s = 0; s < 4; s++) {
        set_code(c, s, codes[s]);
        c->center[s] = s < 3 ? 1 : -1;
    }
    c->column = spend;
    c->recipe.gap_days = 60;
    for (size_t i = 0; i < EACH / 2; i++) { /* half of the third, not more, came back */
        c->x[(2 * EACH + i) * 5 + 1] = c->x[(2 * EACH + i) * 5 + 2] = 3;
    }
    name_anew(c, 0);
    assert_string_equal(c->segment[0].name, "Champions: frequent");
    assert_string_equal(c->segment[1].name, "Once, recent, larger");
    assert_string_equal(c->segment[2].name, "Good, gone quiet: slow to reorder"); /* the median is 2 */
    assert_string_equal(c->segment[3].name, "Once, lapsed, smaller");
    assert_int_equal(c->labels.notes.count, 2);
    assert_non_null(strstr(c->labels.notes.text[0], "segment 2 (LOYAL) is called \"Once, recent, larger\", not "
                                                    "\"Loyal\": half of its customers or more bought on one day"));
    c->x[2 * EACH * 5 + 1] = 1; /* nor half */
    name_anew(c, 1);
    assert_string_equal(c->segment[2].names[0], "Mostly once, lapsed, larger");
    assert_string_equal(c->segment[2].name, "大额流失客户（多为首购）");
    assert_string_equal(c->segment[3].name, "小额首购流失客户");
    free_crowd(c);
}

/* Where nobody who bought once has lapsed, they are recent or earlier beside each other: "recent" would part none. */
static void test_once_by_side(void **state)
{
    (void)state;
    static const column columns[] = {{"recency_days", TSL_FORM_NUMBER, 9, {20, 20, 100, 100}},
                                     {"purchase_days", TSL_FORM_NUMBER, 0, {4, 1, 1, 4}},
                                     {"frequency", TSL_FORM_NUMBER, 0, {4, 1, 1, 4}}};
    static const char *const codes[] = {"CHAMP", "ACTIVE_SMALL", "GOOD_QUIET", "SMALL_QUIET"};
    static char recency[] = "recency_days";
    crowd *c = make_crowd(columns, 3, 4, "en");
    for (size_t s = 0; s < 4; s++) {
        set_code(c, s, codes[s]);
        c->center[s] = s < 2 ? -1 : 1;
    }
    c->column = recency;
    c->recipe.gap_days = 200;
    name_anew(c, 0);
    assert_string_equal(c->segment[1].name, "Once, recent");
    assert_string_equal(c->segment[2].name, "Once, earlier");
    assert_string_equal(c->segment[2].names[1], "早期首购客户");
    c->center[1] = 1; /* none is on the other side */
    name_anew(c, 0);
    assert_non_null(strstr(c->segment[2].name, "Once, recent"));
    c->center[1] = -1;
    c->recipe.gap_days = 60; /* who has lapsed is on the other side of a border that all know */
    name_anew(c, 0);
    assert_string_equal(c->segment[2].name, "Once, lapsed");
    free_crowd(c);
}

/* Who keeps a name, or is given one, is part of the scale, but nobody is "high" beside a word that nobody reads. */
static void test_silent(void **state)
{
    (void)state;
    static const column columns[] = {{"Income", TSL_FORM_NUMBER, 1, {60, 50, 10, 20}}};
    static const tsl_segment_name key = {.segment = "S1", .names = {"Key accounts", "大客户"}};
    crowd *c = make_crowd(columns, 1, 4, "en");
    assert_string_equal(c->segment[0].name, "Highest income");
    assert_string_equal(c->segment[1].name, "High income");
    tsl_label_options opt;
    TSL_DEFAULTS(label, &opt);
    for (int given = 0; given < 2; given++) {
        const tsl__kept_names kept = {.name = &key, .count = given ? 0 : 1};
        opt.name = &key;
        opt.name_count = (size_t)given;
        const tsl__labeling job = {.opt = &opt, .threads = 1, .labels = &c->labels, .model = &c->model, .kept = &kept};
        for (size_t s = 0; s < 4; s++) {
            free(c->segment[s].trait);
            c->segment[s].trait = NULL;
            free(c->labels.policy->segment[s].code);
            c->labels.policy->segment[s].code = NULL;
        }
        assert_int_equal(tsl__names_fill(&job, NULL), TSL_OK);
        assert_string_equal(c->segment[0].name, "Key accounts");
        assert_string_equal(c->segment[1].name, "Above-average income");
        assert_string_equal(c->segment[2].name, "Lowest income");
    }
    free_crowd(c);
}

/* A rate is high of who came lately: one purchase of last week is four a month. Nobody is frequent by it whose
 * purchases are fewer than everybody's, nor seldom buying by the reverse, nor half of whom bought once. */
static void test_rates(void **state)
{
    (void)state;
    static const column columns[] = {{"orders_per_month", TSL_FORM_NUMBER, .1, {4, 1, 1, 1}},
                                     {"purchase_days", TSL_FORM_NUMBER, .1, {2, 3, 3, 3}},
                                     {"age_years", TSL_FORM_NUMBER, 1, {40, 40, 40, 40}}};
    crowd *c = make_crowd(columns, 3, 4, "en");
    assert_string_not_equal(c->segment[0].name, "Frequent");
    for (size_t i = 0; i < EACH; i++) {
        c->x[i * 3 + 1] = 5; /* more than everybody's */
    }
    name_anew(c, 0);
    assert_string_equal(c->segment[0].name, "Frequent");
    assert_string_equal(c->segment[1].name, "Seldom buying");
    for (size_t i = 0; i < EACH; i++) {
        c->x[i * 3 + 1] = i <= EACH / 2 ? 1 : 20; /* half once, and one more */
    }
    name_anew(c, 0);
    assert_string_not_equal(c->segment[0].name, "Frequent");
    free_crowd(c);
}

/* Nor are they frequent by their place. */
static void test_rate_ranks(void **state)
{
    (void)state;
    static const column columns[] = {{"orders_per_month", TSL_FORM_NUMBER, .1, {8, 4, 2, 1}},
                                     {"purchase_days", TSL_FORM_NUMBER, 0, {4, 1, 4, 4}}};
    crowd *c = make_crowd(columns, 2, 4, "en");
    assert_string_equal(c->segment[0].name, "Frequent");
    assert_string_equal(c->segment[1].name, "Segment 2");
    free_crowd(c);
}

/* Who is set apart makes everybody's mean, but is no rival: beside nothing all clusters would be high. */
static void test_peers(void **state)
{
    (void)state;
    static const column columns[] = {{"Income", TSL_FORM_NUMBER, 30, {55, 50, 48, 0}}};
    crowd *c = make_crowd(columns, 1, 4, "en");
    c->model.k = 3;
    name_anew(c, 0);
    assert_true(trait_of(c, 0, 0)->effect > TSL__TRAIT_LEAST);
    assert_null(strcasestr(c->segment[0].name, "high income"));
    assert_null(strcasestr(c->segment[0].name, "above-average income"));
    free_crowd(c);
}

/* Where the next period speaks against a lapse, the name says what is certain: that it was earlier. */
static void test_earlier(void **state)
{
    (void)state;
    static const column columns[] = {{"recency_days", TSL_FORM_NUMBER, 9, {20, 100, 100}},
                                     {"purchase_days", TSL_FORM_NUMBER, 0, {2, 1, 1}},
                                     {"frequency", TSL_FORM_NUMBER, 0, {1, 1, 1}}};
    static const char *const codes[] = {"ONCE_RECENT", "ONCE_LAPSED_LARGER", "GOOD_QUIET"};
    crowd *c = make_crowd(columns, 3, 3, "zh");
    for (size_t s = 0; s < 3; s++) {
        set_code(c, s, codes[s]);
    }
    static char spend[] = "monetary_total";
    c->column = spend;
    c->center[2] = -1;
    c->recipe.gap_days = 60;
    name_anew(c, 1);
    assert_string_equal(c->segment[1].names[0], "Once, lapsed, larger");
    assert_string_equal(c->segment[2].names[0], "Once, lapsed, smaller");
    c->back[0] = c->back[1] = c->back[2] = 1;
    name_anew(c, 1);
    assert_string_equal(c->segment[0].names[0], "Once, recent");
    assert_string_equal(c->segment[1].names[0], "Once, earlier, larger");
    assert_string_equal(c->segment[1].name, "大额早期首购客户");
    assert_string_equal(c->segment[2].names[0], "Once, earlier, smaller");
    assert_string_equal(c->segment[2].name, "小额早期首购客户");
    free_crowd(c);
}

/* Of columns recency_days and monetary_total as centres: late and low to early and high. */
static void part_by_two(crowd *c, char *first, double center[8])
{
    static char spend[] = "monetary_total";
    static char *names[2];
    static const double sides[] = {-1, 1, -1, -1, 1, 1, 1, -1};
    names[0] = first;
    names[1] = spend;
    memcpy(center, sides, sizeof sides);
    c->model.cols = 2;
    c->model.column = names;
    c->model.center = center;
}

/* Where nobody returned no gap is known: nobody lapsed, or is a customer of old. What parts the segments is said. */
static void test_never_returned(void **state)
{
    (void)state;
    static const column columns[] = {{"recency_days", TSL_FORM_NUMBER, 9, {20, 100, 400, 500}},
                                     {"purchase_days", TSL_FORM_NUMBER, 0, {1, 1, 1, 1}},
                                     {"frequency", TSL_FORM_NUMBER, 0, {1, 1, 1, 1}},
                                     {"tenure_days", TSL_FORM_NUMBER, 9, {20, 100, 400, 500}}};
    static const char *const codes[] = {"LOYAL", "ACTIVE_SMALL", "GOOD_QUIET", "SMALL_QUIET"};
    static char recency[] = "recency_days";
    double center[8];
    crowd *c = make_crowd(columns, 4, 4, "en");
    for (size_t s = 0; s < 4; s++) {
        set_code(c, s, codes[s]);
    }
    part_by_two(c, recency, center);
    c->recipe.gap_days = 90; /* the convention */
    name_anew(c, 0);
    assert_string_equal(c->segment[0].name, "Once, recent, larger");
    assert_string_equal(c->segment[1].name, "Once, recent, smaller");
    assert_string_equal(c->segment[2].name, "Once, earlier, larger");
    assert_string_equal(c->segment[3].name, "Once, earlier, smaller");
    assert_string_equal(c->segment[2].names[1], "大额早期首购客户");
    c->x[1] = 2; /* one did */
    name_anew(c, 0);
    assert_string_equal(c->segment[1].name, "Once, lapsed, smaller 1");
    assert_string_equal(c->segment[3].name, "Once, lapsed, smaller 2"); /* "long-standing" tells nothing of them */
    free_crowd(c);
}

/* All on one day: since when parts nobody, whatever their places say; the number of orders may. */
static void test_one_day(void **state)
{
    (void)state;
    static const column columns[] = {{"recency_days", TSL_FORM_NUMBER, 0, {1, 1, 1, 1}},
                                     {"purchase_days", TSL_FORM_NUMBER, 0, {1, 1, 1, 1}},
                                     {"frequency", TSL_FORM_NUMBER, 0, {3, 3, 4, 4}}};
    static const char *const codes[] = {"LOYAL", "ACTIVE_SMALL", "GOOD_QUIET", "SMALL_QUIET"};
    static char frequency[] = "frequency", recency[] = "recency_days";
    double center[8];
    crowd *c = make_crowd(columns, 3, 4, "en");
    for (size_t s = 0; s < 4; s++) {
        set_code(c, s, codes[s]);
    }
    part_by_two(c, frequency, center);
    c->recipe.gap_days = 90;
    name_anew(c, 0);
    assert_string_equal(c->segment[0].name, "One day, fewer orders, larger");
    assert_string_equal(c->segment[3].name, "One day, more orders, smaller");
    assert_string_equal(c->segment[3].names[1], "小额单日多单客户");
    part_by_two(c, recency, center);
    for (size_t i = 0; i < 4 * EACH; i++) {
        c->x[i * 3 + 2] = 1;
    }
    name_anew(c, 0);
    assert_string_equal(c->segment[0].name, "Once, larger 1");
    assert_string_equal(c->segment[2].name, "Once, larger 2"); /* nothing parts them */
    free_crowd(c);
}

/* Of two of one base, of which one has a word of its own, the other says where it is by that, not that it is average.
 */
static void test_beside_base(void **state)
{
    (void)state;
    static const column columns[] = {{"frequency", TSL_FORM_NUMBER, 0, {1, 1, 1}},
                                     {"income", TSL_FORM_NUMBER, 1, {20, 50, 80}}};
    crowd *c = make_crowd(columns, 2, 3, "en");
    for (size_t s = 0; s < 3; s++) {
        for (size_t other = 0; other < s; other++) {
            assert_null(strstr(c->segment[other].name, c->segment[s].name));
        }
        assert_null(strstr(c->segment[s].name, ": average"));
    }
    assert_string_equal(c->segment[0].name, "One purchase: lowest income");
    assert_string_equal(c->segment[1].name, "One purchase: medium income");
    free_crowd(c);
}

/* Chinese says what a segment is by the field's eight words; a second one of a word has its own. */
static void test_rfm_words(void **state)
{
    (void)state;
    static const column columns[] = {{"recency_days", TSL_FORM_NUMBER, 9, {20, 20, 100, 100, 20}}};
    static const char *const codes[] = {"CHAMP", "LOYAL", "GOOD_QUIET", "SMALL_QUIET", "ACTIVE_SMALL"};
    static char names[2][16] = {"frequency", "monetary_total"};
    static char *const column_names[] = {names[0], names[1]};
    static double center[] = {1.4, 1.2, .7, .6, -.1, .4, -1, -1.2, -.2, -.1};
    crowd *c = make_crowd(columns, 1, 5, "zh");
    c->model.cols = 2;
    c->model.column = (char **)(uintptr_t)column_names;
    c->model.center = center;
    c->recipe.gap_days = 60;
    for (size_t s = 0; s < 5; s++) {
        set_code(c, s, codes[s]);
    }
    name_anew(c, 1);
    assert_string_equal(c->segment[0].name, "重要价值客户");
    assert_string_equal(c->segment[1].name, "忠诚客户");
    assert_string_equal(c->segment[2].name, "重要挽留客户");
    assert_string_equal(c->segment[3].name, "一般挽留客户");
    assert_string_equal(c->segment[4].name, "一般发展客户");
    c->recipe.gap_days = 200; /* between orders: in the one word for it, whatever the spend and frequency */
    name_anew(c, 1);
    assert_string_equal(c->segment[0].name, "重要价值客户");
    assert_string_equal(c->segment[2].names[0], "Good, between orders");
    assert_string_equal(c->segment[2].name, "优质待复购客户");
    assert_string_equal(c->segment[3].name, "小额待复购客户");
    assert_string_equal(c->segment[4].name, "一般发展客户");
    free_crowd(c);
}

/* Beside a base: nothing of what the clusters are found by, and only what is far from the nearest neighbour. */
static void test_anchored(void **state)
{
    (void)state;
    static const column columns[] = {{"monetary_total", TSL_FORM_NUMBER, 9, {900, 20, 20}},
                                     {"age_years", TSL_FORM_NUMBER, 1, {60, 59.9, 20}},
                                     {"visits", TSL_FORM_NUMBER, 1, {50, 10, 10}}};
    crowd *c = make_crowd(columns, 3, 3, "en");
    assert_string_equal(c->segment[0].name, "High spend, engaged");
    set_code(c, 0, "CHAMP");
    set_code(c, 1, "ACTIVE_SMALL");
    set_code(c, 2, "POTENTIAL");
    c->model.k = 2; /* the third is a class */
    name_anew(c, 0);
    assert_string_equal(c->segment[0].name, "Champions: engaged"); /* not "older": the second is so, too */
    assert_string_equal(c->segment[1].name, "Active, smaller: rarely in touch");
    assert_string_equal(c->segment[2].name, "Potential"); /* a class has no traits */
    free_crowd(c);
}

/* ---- Long names ----------------------------------------------------------------------- */

static void test_long(void **state)
{
    (void)state;
    static const column columns[] = {
        {"How_satisfied_are_you_with_the_overall_quality_of_the_service_that_our_staff_gave_you",
         TSL_FORM_NUMBER,
         1,
         {9, 1}},
        {"How_likely_is_it_that_you_would_recommend_our_store_to_a_friend_or_a_colleague", TSL_FORM_NUMBER, 1, {9, 2}}};
    crowd *c = make_crowd(columns, 2, 2, "en");
    for (size_t s = 0; s < 2; s++) {
        for (int lang = 0; lang < TSL_LANGS; lang++) {
            assert_in_range(tsl__text_width(c->segment[s].names[lang]), 1, TSL__NAME_WIDTH);
        }
    }
    assert_string_equal(c->segment[0].name, "High how satisfied are you with the overall quality of the…");
    assert_string_equal(c->segment[1].name, "Low how satisfied are you with the overall quality of the…");
    free_crowd(c);
}

/* Columns, or values, that differ only where a name would be cut: what is cut out lies before. */
static void test_long_alike(void **state)
{
    (void)state;
#define SATISFACTION                                                                                                   \
    "您对本店服务人员所提供的各项服务以及售后处理与配送过程的总体质量和及时程度与态度是否感到满意请按一分到五分打分"
    static const column zh[] = {{SATISFACTION "（2023年）", TSL_FORM_NUMBER, 1, {9, 5, 5}},
                                {SATISFACTION "（2024年）", TSL_FORM_NUMBER, 1, {5, 9, 5}}};
    static const column level[] = {
        {"Product=The large blue garden chair made of weatherproof wood with arms and cushions",
         TSL_FORM_VALUE,
         0,
         {1, 0}},
        {"Product=The large blue garden chair made of weatherproof wood with arms, no cushions",
         TSL_FORM_VALUE,
         0,
         {0, 1}}};
    crowd *c = make_crowd(zh, 2, 3, "zh");
    assert_non_null(strstr(c->segment[0].name, "…2023年）高"));
    assert_non_null(strstr(c->segment[1].name, "…2023年）低"));
    assert_non_null(strstr(c->segment[2].name, "…2024年）低"));
    assert_in_range(tsl__text_width(c->segment[0].name), 40, TSL__NAME_WIDTH);
    assert_non_null(strstr(c->segment[0].names[0], "…2023年）"));
    free_crowd(c);
    check(level, 2, 2, "en",
          (const char *const[]){"Product: The large blue garden…arms and cushions",
                                "Product: The large blue garden…arms, no cushions"});
}

/* Words of ours are never cut: what does not fit beside the base is not said. */
static void test_whole_words(void **state)
{
    (void)state;
    static const column columns[] = {{"recency_days", TSL_FORM_NUMBER, 9, {100, 100, 100}},
                                     {"frequency_trend", TSL_FORM_NUMBER, .1, {-2, 0, 0}},
                                     {"monetary_max", TSL_FORM_NUMBER, 5, {50, 70, 20}}};
    crowd *c = make_crowd(columns, 3, 3, "en");
    set_code(c, 0, "GOOD_QUIET");
    set_code(c, 1, "CHAMP");
    set_code(c, 2, "SMALL_QUIET");
    c->recipe.gap_days = 60;
    name_anew(c, 0);
    assert_string_equal(c->segment[0].name, "Good, gone quiet: orders falling off");
    assert_string_equal(c->segment[1].name, "Best, gone quiet: large orders");
    free_crowd(c);
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
    assert_string_equal(c->segment[0].names[0], "High income");
    assert_string_equal(c->segment[0].name, "Income 高");
    assert_true(c->segment[0].trait[0].effect < 0); /* that is found for these customers */
    c->labels.refit = TSL_REFIT_NAMES;
    name_segments(c, 0);
    assert_string_equal(c->segment[0].name, "Low income");
    assert_string_equal(c->segment[1].name, "High income");
    free_crowd(c);
}

/* ---- Any data -------------------------------------------------------------------------- */

static uint32_t next(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 16;
}

/* Naively, where all are peers: no two places. */
static int is_near(const tsl_trait *a, const tsl_trait *b)
{
    const double way = fmax(fabs(a->mean - a->mean_all), fabs(b->mean - b->mean_all));
    return fabs(a->effect - b->effect) < .2 && fabs(a->mean - b->mean) <= .2 * way;
}

/* How many segments are called so in a language, of which no two differ by a place; *segment: one of them. */
static size_t find_said(const crowd *c, const char *words, size_t f, int lang, size_t *segment)
{
    size_t count = 0;
    for (size_t s = 0; s < c->labels.segment_count; s++) {
        const char *at = strcasestr(c->segment[s].names[lang], words);
        if (at && !(at > c->segment[s].names[lang] && at[-1] == '-')) { /* "second-highest" is not "highest" */
            assert_true(!count || is_near(trait_of(c, s, f), trait_of(c, *segment, f)));
            *segment = s;
            count++;
        }
    }
    return count;
}

/* Words of a column of numbers: said once, or of two that are tied, true beside everybody and all others, and in
 * Chinese of the same segment; nobody whose mean is beyond that of the last one is called anything. */
static void check_column(const crowd *c, size_t f, const char *name)
{
    static const struct {
        const char *en, *zh;
        int last; /* 1: nobody is beyond; 0: but who is called so */
    } words[] = {{"lowest ", "最低", 1}, {"highest ", "最高", 1},       {"low ", "", 0},
                 {"high ", "", 0},       {"below-average ", "偏低", 0}, {"above-average ", "偏高", 0}};
    for (int w = 0; w < 6; w++) {
        const double sign = w % 2 ? 1 : -1;
        char english[64], chinese[64];
        size_t s = 0, last = 0;
        snprintf(english, sizeof english, "%s%s", words[w].en, name);
        snprintf(chinese, sizeof chinese, "%s%s%s", name, *words[w].zh ? " " : "", words[w].zh);
        if (!find_said(c, english, f, 0, &s)) {
            continue;
        }
        assert_non_null(strcasestr(c->segment[s].names[1], chinese));
        snprintf(english, sizeof english, "%s%s", words[w % 2].en, name);
        const int beaten = w >= 2 && find_said(c, english, f, 0, &last);
        const double own = trait_of(c, s, f)->mean;
        assert_true(sign * (own - trait_of(c, s, f)->mean_all) > 0);
        assert_true(!beaten || sign * (trait_of(c, last, f)->mean - own) > 0);
        for (size_t other = 0; other < c->labels.segment_count; other++) {
            assert_true(!words[w].last || sign * (own - trait_of(c, other, f)->mean) >= 0 ||
                        is_near(trait_of(c, s, f), trait_of(c, other, f)));
        }
        /* of "high" beside the "highest" nobody clearly higher is silent */
        for (size_t other = 0; (w == 2 || w == 3) && other < c->labels.segment_count; other++) {
            assert_true(sign * (trait_of(c, other, f)->mean - own) <= 0 ||
                        is_near(trait_of(c, s, f), trait_of(c, other, f)) ||
                        strcasestr(c->segment[other].name, english) ||
                        strcasestr(c->segment[other].name, w == 2 ? "lowest " : "highest "));
        }
        /* "high" without "highest" is the last one */
        for (size_t other = 0; (w == 2 || w == 3) && !beaten && other < c->labels.segment_count; other++) {
            assert_true(sign * (own - trait_of(c, other, f)->mean) >= 0 ||
                        is_near(trait_of(c, s, f), trait_of(c, other, f)));
        }
    }
}

/* "Second-highest alpha" does not hold "Highest alpha". */
static int is_within(const char *name, const char *of)
{
    const char *at = strcasestr(of, name);
    return at && !(at > of && at[-1] == '-');
}

static void test_any_data(void **state)
{
    (void)state;
    static const char *const names[] = {"alpha", "beta", "gamma", "delta"};
    for (uint32_t seed = 1; seed <= 300; seed++) {
        uint32_t random = seed;
        const size_t segments = 2 + next(&random) % (MOST_SEGMENTS - 1);
        column columns[5] = {{"Kind=a", TSL_FORM_VALUE, 0, {0}}};
        for (size_t f = 0; f < 4; f++) {
            columns[f + 1] = (column){names[f], TSL_FORM_NUMBER, 1 + next(&random) % 30, {0}};
            for (size_t s = 0; s < segments; s++) {
                columns[f + 1].mean[s] = next(&random) % 60;
                columns[0].mean[s] = next(&random) % 3 / 2.;
            }
        }
        crowd *c = make_crowd(columns, 5, segments, "en");
        for (size_t s = 0; s < segments; s++) {
            for (size_t other = 0; other < segments; other++) {
                for (int lang = 0; lang < TSL_LANGS; lang++) {
                    assert_true(s == other || !is_within(c->segment[other].names[lang], c->segment[s].names[lang]));
                }
            }
            assert_in_range(tsl__text_width(c->segment[s].names[0]), 1, TSL__NAME_WIDTH);
            assert_true(!strstr(c->segment[s].names[0], "verage") || strstr(c->segment[s].names[1], "特征") ||
                        strstr(c->segment[s].names[1], "偏"));
        }
        for (size_t f = 0; f < 4; f++) {
            check_column(c, f + 1, names[f]);
        }
        free_crowd(c);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_grid),
        cmocka_unit_test(test_parted),
        cmocka_unit_test(test_tied_alone),
        cmocka_unit_test(test_money_leads),
        cmocka_unit_test(test_second_lead),
        cmocka_unit_test(test_highest_mean),
        cmocka_unit_test(test_one_scale),
        cmocka_unit_test(test_plain_states),
        cmocka_unit_test(test_far_rows),
        cmocka_unit_test(test_words),
        cmocka_unit_test(test_one_of_a_kind),
        cmocka_unit_test(test_shared_extreme),
        cmocka_unit_test(test_three_things),
        cmocka_unit_test(test_forms),
        cmocka_unit_test(test_said_of_most),
        cmocka_unit_test(test_unknown),
        cmocka_unit_test(test_kept_out),
        cmocka_unit_test(test_great_numbers),
        cmocka_unit_test(test_known_share),
        cmocka_unit_test(test_weak_traits),
        cmocka_unit_test(test_extremes),
        cmocka_unit_test(test_purchases),
        cmocka_unit_test(test_alike),
        cmocka_unit_test(test_mixed_purchases),
        cmocka_unit_test(test_many_alike),
        cmocka_unit_test(test_contained),
        cmocka_unit_test(test_quiet),
        cmocka_unit_test(test_rfm_words),
        cmocka_unit_test(test_anchored),
        cmocka_unit_test(test_long),
        cmocka_unit_test(test_long_alike),
        cmocka_unit_test(test_whole_words),
        cmocka_unit_test(test_ranks),
        cmocka_unit_test(test_average_ranks),
        cmocka_unit_test(test_tied_beside_places),
        cmocka_unit_test(test_middle_place),
        cmocka_unit_test(test_place_found_by),
        cmocka_unit_test(test_second_place),
        cmocka_unit_test(test_medium),
        cmocka_unit_test(test_overlap),
        cmocka_unit_test(test_one_matter),
        cmocka_unit_test(test_found_by),
        cmocka_unit_test(test_states),
        cmocka_unit_test(test_states_unsaid),
        cmocka_unit_test(test_states_beside),
        cmocka_unit_test(test_quiet_rising),
        cmocka_unit_test(test_once),
        cmocka_unit_test(test_earlier),
        cmocka_unit_test(test_once_by_side),
        cmocka_unit_test(test_peers),
        cmocka_unit_test(test_silent),
        cmocka_unit_test(test_rates),
        cmocka_unit_test(test_rate_ranks),
        cmocka_unit_test(test_never_returned),
        cmocka_unit_test(test_one_day),
        cmocka_unit_test(test_beside_base),
        cmocka_unit_test(test_given_names),
        cmocka_unit_test(test_any_data),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
