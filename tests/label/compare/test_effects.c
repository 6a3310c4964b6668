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
    const tsl_arms arms = {CUSTOMERS, arm, 1, {200, 200}, {0, 0}, 0};
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
    const tsl_arms arms = {CUSTOMERS, arm, 1, {200, 200}, {0, 0}, 0};
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
    const tsl_arms arms = {CUSTOMERS, treated, 0, {200, 0}, {0, 0}, 0};
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

static void test_refused(void **state)
{
    (void)state;
    make_customers();
    const tsl_roster then = make(name_then, stage_then, 100), now = make(name_now, stage_now, 100);
    int8_t nobody[CUSTOMERS];
    memset(nobody, -1, sizeof nobody);
    const tsl_arms arms = {CUSTOMERS, arm, 1, {200, 200}, {0, 0}, 0}, none = {CUSTOMERS, nobody, 0, {3, 0}, {3, 0}, 0};
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
    assert_string_equal(tsl_arm_get_name(TSL_CONTROL), "control");
    assert_string_equal(tsl_arm_get_name(TSL_ARMS), "?");
    tsl_effects_free(NULL);
    tsl_migration_free(m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_churn), cmocka_unit_test(test_relative),
                                       cmocka_unit_test(test_alone), cmocka_unit_test(test_refused)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
