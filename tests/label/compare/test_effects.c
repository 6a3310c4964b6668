/* test_effects.c: what a treatment did to customers made by hand: rates by hand, intervals by the parts that
 * tests/stat has against published ones. */
#include "rosters.h"

#include "stat/difference.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CUSTOMERS 400

static tsl_roster_group stages[] = {MAKE_GROUP("active", "Active", "活跃"), MAKE_GROUP("lost", "Lost", "流失")};

static char name_then[] = "then", name_now[] = "now";
static char text[CUSTOMERS][8], *ids[CUSTOMERS];
static int32_t segment[CUSTOMERS], tier[CUSTOMERS], stage_then[CUSTOMERS], stage_now[CUSTOMERS];
static int8_t arm[CUSTOMERS];

/* 200 of each arm, half of them in each of two segments. Of the treated 40 were lost and 20 are; of the others 40 were
 * and 50 are, all of whom were lost before or came to it one by one. */
static void make_customers(void)
{
    for (size_t i = 0; i < CUSTOMERS; i++) {
        const size_t place = i / 2;
        snprintf(text[i], sizeof text[i], "%03zu", i);
        ids[i] = text[i];
        arm[i] = (int8_t)(i % 2);
        segment[i] = place < 100 ? 0 : 1;
        tier[i] = place % 2 ? 2 : 0;
        stage_then[i] = place < 40;
        stage_now[i] = i % 2 == TSL_TREATED ? place < 20 : place < 50;
    }
}

static tsl_roster make(char *name, int32_t *stage, int32_t as_of)
{
    return (tsl_roster){.name = name,
                        .customers = CUSTOMERS,
                        .id = ids,
                        .by = {{3, segments_then, segment}, {3, tiers, tier}, {2, stages, stage}},
                        .as_of = as_of};
}

static const tsl_effect *find(const tsl_effects *e, int by, size_t group)
{
    for (size_t i = 0; i < e->count; i++) {
        const tsl_effect_stratum *of = &e->stratum[e->of[i].stratum];
        if (of->by == by && (by < 0 || of->group == group)) {
            return &e->of[i];
        }
    }
    return NULL;
}

static void test_churn(void **state)
{
    (void)state;
    make_customers();
    const tsl_roster then = make(name_then, stage_then, 100), now = make(name_now, stage_now, 190);
    const tsl_arms arms = {CUSTOMERS, arm, 1, {200, 200}, {0, 0}, {0, 0}, 0, {0, 0}, 0};
    tsl_migration *m = NULL;
    tsl_effects *e = NULL;
    assert_int_equal(tsl_migration_build(&then, &now, NULL, &m, NULL), TSL_OK);
    assert_int_equal(tsl_effects_build(m, &arms, &e, NULL), TSL_OK);
    assert_int_equal(e->days, 90);
    assert_int_equal(e->measure_count, 1);
    assert_string_equal(e->measure[0].code, "churn");
    assert_int_equal(e->used[TSL_TREATED], 200);
    assert_int_equal(e->count, 5); /* all, two segments, two tiers: nobody is in the third of each */
    assert_int_equal(e->looked_at, 5);
    const tsl_effect *all = find(e, -1, 0);
    assert_true(fabs(all->arm[TSL_TREATED].before - .2) < 1e-12 && fabs(all->arm[TSL_TREATED].after - .1) < 1e-12);
    assert_true(fabs(all->arm[TSL_CONTROL].change - .05) < 1e-12);
    assert_true(fabs(all->difference + .15) < 1e-12);
    const tsl__difference by_hand =
        tsl__difference_of_changes((tsl__paired){20, 20, 0, 160}, (tsl__paired){40, 0, 10, 150});
    assert_true(all->low == by_hand.low && all->high == by_hand.high && all->p == by_hand.p);
    assert_true(all->p_adjusted >= all->p && all->p_adjusted < .05);
    /* .1 against .2 + .05 */
    assert_true(fabs(all->relative + .6) < 1e-12);
    assert_true(all->relative_low < -.6 && all->relative_high > -.6 && all->relative_high < 0);
    const tsl_effect *second = find(e, TSL_BY_SEGMENT, 1);
    assert_true(second->difference == 0 && second->p == 1 && isnan(second->relative) && second->few);
    assert_null(find(e, TSL_BY_SEGMENT, 2));
    tsl_effects_free(e);
    tsl_migration_free(m);
}

/* The delta method, by a plain formula over single customers. */
static void test_relative(void **state)
{
    (void)state;
    make_customers();
    const tsl_roster then = make(name_then, stage_then, 100), now = make(name_now, stage_now, 190);
    const tsl_arms arms = {CUSTOMERS, arm, 1, {200, 200}, {0, 0}, {0, 0}, 0, {0, 0}, 0};
    tsl_migration *m = NULL;
    tsl_effects *e = NULL;
    double variance[2] = {0, 0}; /* of after / .1 - before / .25 of the treated, of (after - before) / .25 */
    assert_int_equal(tsl_migration_build(&then, &now, NULL, &m, NULL), TSL_OK);
    assert_int_equal(tsl_effects_build(m, &arms, &e, NULL), TSL_OK);
    for (size_t i = 0; i < CUSTOMERS; i++) {
        const double b = stage_then[i], a = stage_now[i];
        const double x = arm[i] == TSL_TREATED ? (a / .1 - b / .25) - (1 - .8) : ((a - b) - .05) / .25;
        variance[arm[i]] += x * x / 199 / 200;
    }
    const double error = sqrt(variance[0] + variance[1]), ratio = log(.1 / .25);
    const tsl_effect *all = find(e, -1, 0);
    assert_true(fabs(all->relative_low - (exp(ratio - 1.959963984540054 * error) - 1)) < 1e-9);
    assert_true(fabs(all->relative_high - (exp(ratio + 1.959963984540054 * error) - 1)) < 1e-9);
    tsl_effects_free(e);
    tsl_migration_free(m);
}

/* Without others there is before and after, and what it does not tell. */
static void test_alone(void **state)
{
    (void)state;
    make_customers();
    const tsl_roster then = make(name_then, stage_then, 100), now = make(name_now, stage_now, 190);
    int8_t treated[CUSTOMERS];
    for (size_t i = 0; i < CUSTOMERS; i++) {
        treated[i] = arm[i] == TSL_TREATED ? TSL_TREATED : -1;
    }
    const tsl_arms arms = {CUSTOMERS, treated, 0, {200, 0}, {0, 0}, {0, 0}, 0, {0, 0}, 0};
    tsl_migration *m = NULL;
    tsl_effects *e = NULL;
    assert_int_equal(tsl_migration_build(&then, &now, NULL, &m, NULL), TSL_OK);
    assert_int_equal(tsl_effects_build(m, &arms, &e, NULL), TSL_OK);
    const tsl_effect *all = find(e, -1, 0);
    const tsl__difference by_hand = tsl__change_of_rates((tsl__paired){20, 20, 0, 160});
    assert_true(all->arm[TSL_TREATED].low == by_hand.low && all->arm[TSL_TREATED].high == by_hand.high);
    assert_true(isnan(all->difference) && isnan(all->p) && isnan(all->relative));
    assert_int_equal(e->looked_at, 0);
    assert_int_equal(e->notes.count, 1);
    assert_non_null(strstr(e->notes.text[0], "back to the mean"));
    tsl_effects_free(e);
    tsl_migration_free(m);
}

/* ---- Means ---------------------------------------------------------------------------- */

static char content_name[] = "satisfaction_mean", no_text[] = "";
static tsl_feature content = {
    .name = content_name, .unit = no_text, .entry = content_name, .column = no_text, .level = no_text};
static tsl_recipe recipe = {.feature = &content, .feature_count = 1};
static double content_then[CUSTOMERS], content_now[CUSTOMERS];

/* Of 1 to 6, before and after; of every tenth it is not known after. */
static void make_content(void)
{
    for (size_t i = 0; i < CUSTOMERS; i++) {
        content_then[i] = 1 + (double)(i * 7 % 16) / 4;
        content_now[i] =
            i % 10 == 9 ? (double)NAN : content_then[i] + (double)(i % 3) * (arm[i] == TSL_TREATED ? .5 : .25);
    }
}

static tsl_features make_features(double *x)
{
    return (tsl_features){.customers = CUSTOMERS, .recipe = &recipe, .feature_count = 1, .feature = &content, .x = x};
}

/* Mean and squared deviations of one arm's numbers, by a plain loop. */
static tsl__measured measure(tsl_arm of, int paired)
{
    tsl__measured m = {0, 0, 0};
    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < CUSTOMERS; i++) {
            const double value = content_now[i] - (paired ? content_then[i] : 0);
            if (arm[i] != (int8_t)of || isnan(value)) {
                continue;
            }
            if (pass == 0) {
                m.count++;
                m.mean += value;
            } else {
                m.square += (value - m.mean) * (value - m.mean);
            }
        }
        m.mean /= pass == 0 ? (double)m.count : 1;
    }
    return m;
}

static const tsl_effect *find_content(const tsl_effects *e)
{
    for (size_t i = 0; i < e->count; i++) {
        if (strcmp(e->measure[e->of[i].measure].code, content_name) == 0 && e->stratum[e->of[i].stratum].by < 0) {
            return &e->of[i];
        }
    }
    fail_msg("no effect of satisfaction");
    return NULL;
}

static void check_difference(const tsl_effect *is, int paired)
{
    const tsl__difference by_hand =
        tsl__difference_of_means(measure(TSL_TREATED, paired), measure(TSL_CONTROL, paired));
    assert_true(fabs(is->difference - by_hand.value) < 1e-12 && fabs(is->low - by_hand.low) < 1e-9 &&
                fabs(is->high - by_hand.high) < 1e-9 && fabs(is->p - by_hand.p) < 1e-9);
}

/* A mean with a before: changes are compared; without one, what there is after. Who is not known is left out. */
static void test_means(void **state)
{
    (void)state;
    make_customers();
    make_content();
    tsl_features was = make_features(content_then), is = make_features(content_now);
    for (int paired = 1; paired >= 0; paired--) {
        tsl_roster then = make(name_then, stage_then, 100), now = make(name_now, stage_now, 190);
        const tsl_arms arms = {CUSTOMERS, arm, 1, {200, 200}, {0, 0}, {0, 0}, 0, {0, 0}, 0};
        tsl_migration *m = NULL;
        tsl_effects *e = NULL;
        tsl_recipe none = {.feature_count = 0};
        tsl_features nothing = {.customers = CUSTOMERS, .recipe = &none};
        assert_int_equal(tsl_migration_build(&then, &now, NULL, &m, NULL), TSL_OK);
        then.features = paired ? &was : &nothing;
        now.features = &is;
        assert_int_equal(tsl_effects_build(m, &arms, &e, NULL), TSL_OK);
        const tsl_effect *all = find_content(e);
        const tsl__measured treated = measure(TSL_TREATED, paired);
        assert_int_equal(all->arm[TSL_TREATED].customers, treated.count);
        check_difference(all, paired);
        if (paired) {
            const tsl__interval own = tsl__interval_of_mean(treated.mean, treated.square, treated.count);
            assert_true(fabs(all->arm[TSL_TREATED].change - treated.mean) < 1e-12);
            assert_true(fabs(all->arm[TSL_TREATED].low - own.low) < 1e-9);
            assert_true(fabs(all->arm[TSL_TREATED].high - own.high) < 1e-9);
        } else {
            assert_true(isnan(all->arm[TSL_TREATED].before) && isnan(all->arm[TSL_TREATED].change));
            const double other = measure(TSL_CONTROL, 0).mean;
            assert_true(fabs(all->relative - (treated.mean / other - 1)) < 1e-12);
        }
        tsl_effects_free(e);
        tsl_migration_free(m);
    }
}

/* Yes or no of an outcome that there was none of before: rates against each other. */
static void test_rates_after(void **state)
{
    (void)state;
    make_customers();
    tsl_roster then = make(name_then, stage_then, 100), now = make(name_now, stage_now, 190);
    const tsl_arms arms = {CUSTOMERS, arm, 1, {200, 200}, {0, 0}, {0, 0}, 0, {0, 0}, 0};
    tsl_recipe none = {.feature_count = 0};
    tsl_features nothing = {.customers = CUSTOMERS, .recipe = &none}, is = make_features(content_now);
    tsl_migration *m = NULL;
    tsl_effects *e = NULL;
    for (size_t i = 0; i < CUSTOMERS; i++) { /* 120 of the treated, 60 of the others */
        content_now[i] = i / 2 < (arm[i] == TSL_TREATED ? 120 : 60);
    }
    assert_int_equal(tsl_migration_build(&then, &now, NULL, &m, NULL), TSL_OK);
    then.features = &nothing;
    now.features = &is;
    assert_int_equal(tsl_effects_build(m, &arms, &e, NULL), TSL_OK);
    const tsl_effect *all = find_content(e);
    const tsl__difference by_hand = tsl__difference_of_rates((tsl__share_of){120, 200}, (tsl__share_of){60, 200});
    assert_true(fabs(all->difference - .3) < 1e-12 && all->low == by_hand.low && all->high == by_hand.high);
    assert_true(fabs(all->relative - 1) < 1e-12);
    tsl_effects_free(e);
    tsl_migration_free(m);
}

/* ---- What must be known to read it ------------------------------------------------------ */

static int has_note(const tsl_effects *e, const char *said)
{
    int found = 0;
    for (size_t i = 0; i < e->notes.count; i++) {
        found |= strstr(e->notes.text[i], said) != NULL;
    }
    return found;
}

/* Of 200 each: 60 and 40 lost differ at p = .02, as chance has it of one comparison in fifty; 64 and 40 at p = .006. */
static void test_alike(void **state)
{
    (void)state;
    static const size_t treated[] = {60, 64};
    const tsl_arms arms = {CUSTOMERS, arm, 1, {200, 200}, {0, 0}, {0, 0}, 0, {0, 0}, 0};
    make_customers();
    const tsl_roster then = make(name_then, stage_then, 100), now = make(name_now, stage_now, 190);
    for (int apart = 0; apart < 2; apart++) {
        tsl_migration *m = NULL;
        tsl_effects *e = NULL;
        for (size_t i = 0; i < CUSTOMERS; i++) {
            stage_then[i] = i / 2 < (arm[i] == TSL_TREATED ? treated[apart] : 40);
        }
        assert_int_equal(tsl_migration_build(&then, &now, NULL, &m, NULL), TSL_OK);
        assert_int_equal(tsl_effects_build(m, &arms, &e, NULL), TSL_OK);
        assert_int_equal(has_note(e, "were not alike before"), apart);
        tsl_effects_free(e);
        tsl_migration_free(m);
    }
}

static void test_notes(void **state)
{
    (void)state;
    static char *later[CUSTOMERS];
    make_customers();
    for (size_t i = 0; i < CUSTOMERS; i++) { /* the treated were the lost ones; the control is not there any more */
        stage_then[i] = i / 2 < (arm[i] == TSL_TREATED ? 150 : 20);
    }
    const tsl_roster then = make(name_then, stage_then, 100);
    tsl_roster now = make(name_now, stage_now, 190);
    const tsl_arms arms = {CUSTOMERS, arm, 1, {203, 200}, {3, 0}, {5, 1}, 1, {0, 4}, 2};
    tsl_migration *m = NULL;
    tsl_effects *e = NULL;
    assert_int_equal(tsl_migration_build(&then, &now, NULL, &m, NULL), TSL_OK);
    assert_int_equal(tsl_effects_build(m, &arms, &e, NULL), TSL_OK);
    assert_true(has_note(e, "treated and control were not alike before: churn (lost) 0.75 and 0.1"));
    assert_true(has_note(e, "treated: of 203 customers 3 are not in then, and 0 are only there"));
    assert_true(has_note(e, "1 customer is in both treated and control, and left out"));
    assert_false(has_note(e, "control: of"));
    assert_true(has_note(e, "treated: 5 rows name a customer whom a row above names, too; each counts once"));
    assert_true(has_note(e, "control: 1 row names a customer"));
    assert_true(has_note(e, "control: 4 rows hold no id, and name nobody"));
    assert_false(has_note(e, "treated: 0 rows hold"));
    assert_true(has_note(e, "of 2 customers the cell that would say who was treated is empty: in neither arm"));
    tsl_effects_free(e);
    tsl_migration_free(m);
    static char text_later[CUSTOMERS][12];
    for (size_t i = 0; i < CUSTOMERS; i++) {
        snprintf(text_later[i], sizeof text_later[i], arm[i] == TSL_CONTROL ? "%03zu-" : "%03zu", i);
        later[i] = text_later[i];
    }
    now.id = later;
    assert_int_equal(tsl_migration_build(&then, &now, NULL, &m, NULL), TSL_OK);
    assert_int_equal(tsl_effects_build(m, &arms, &e, NULL), TSL_OK);
    assert_true(has_note(e, "no customer of the control is in both runs: nothing can be compared"));
    assert_true(has_note(e, "control: of 200 customers 0 are not in then, and 200 are only there"));
    assert_int_equal(e->count, 0);
    tsl_effects_free(e);
    const tsl_arms one = {CUSTOMERS, arm, 1, {201, 200}, {1, 0}, {0, 0}, 0, {0, 0}, 0};
    assert_int_equal(tsl_effects_build(m, &one, &e, NULL), TSL_OK);
    assert_true(has_note(e, "treated: of 201 customers 1 is not in then, and 0 are only there"));
    assert_false(has_note(e, "whom a row above names"));
    tsl_effects_free(e);
    tsl_migration_free(m);
}

static void test_refused(void **state)
{
    (void)state;
    make_customers();
    const tsl_roster then = make(name_then, stage_then, 100), now = make(name_now, stage_now, 100);
    int8_t nobody[CUSTOMERS];
    memset(nobody, -1, sizeof nobody);
    const tsl_arms arms = {CUSTOMERS, arm, 1, {200, 200}, {0, 0}, {0, 0}, 0, {0, 0}, 0},
                   none = {CUSTOMERS, nobody, 0, {3, 0}, {3, 0}, {0, 0}, 0, {0, 0}, 0};
    tsl_migration *m = NULL;
    tsl_effects *e = NULL;
    tsl_error err;
    assert_int_equal(tsl_migration_build(&then, &now, NULL, &m, NULL), TSL_OK);
    assert_int_equal(tsl_effects_build(m, &arms, &e, &err), TSL_E_OPTION);
    assert_null(e);
    tsl_migration_free(m);
    const tsl_roster later = make(name_now, stage_now, 101);
    assert_int_equal(tsl_migration_build(&then, &later, NULL, &m, NULL), TSL_OK);
    assert_int_equal(tsl_effects_build(m, &none, &e, &err), TSL_E_INPUT);
    assert_non_null(strstr(err.message, "none of the 3 treated customers"));
    const tsl_arms both = {CUSTOMERS, nobody, 0, {3, 0}, {0, 0}, {0, 0}, 2, {0, 0}, 0};
    assert_int_equal(tsl_effects_build(m, &both, &e, &err), TSL_E_INPUT);
    assert_non_null(strstr(err.message, "of the 3 treated customers 2 are named as held back, too, and none"));
    const tsl_arms empty = {CUSTOMERS, nobody, 1, {0, 3}, {0, 0}, {0, 0}, 0, {0, 0}, 0};
    assert_int_equal(tsl_effects_build(m, &empty, &e, &err), TSL_E_INPUT);
    assert_string_equal(err.message, "nobody is named who was treated");
    assert_string_equal(tsl_arm_get_name(TSL_CONTROL), "control");
    assert_string_equal(tsl_arm_get_name(TSL_ARMS), "?");
    tsl_effects_free(NULL);
    tsl_migration_free(m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_churn),       cmocka_unit_test(test_relative),
                                       cmocka_unit_test(test_alone),       cmocka_unit_test(test_means),
                                       cmocka_unit_test(test_rates_after), cmocka_unit_test(test_notes),
                                       cmocka_unit_test(test_alike),       cmocka_unit_test(test_refused)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
