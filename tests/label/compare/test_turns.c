/* test_turns.c: which features changed most of those who moved, by hand: four customers, three features. */
#include "rosters.h"

#include "label/compare/migration.h"

#include <math.h>
#include <string.h>

enum { CUSTOMERS = 4, FEATURES = 4, MOVERS = 2 };

/* Of 0 and 1, who move: small a little, large much, unknown from a missing one, and idle, which nothing rests on. */
enum { SMALL, LARGE, UNKNOWN, IDLE };
static double x_then[CUSTOMERS][FEATURES] = {{1, 1, NAN, 0}, {2, 2, NAN, 0}, {3, 3, 5, 9}, {4, 9, 6, 9}};
static double x_now[CUSTOMERS][FEATURES] = {{2, 10, 7, 9}, {3, 9.5, NAN, 9}, {3, 3, 5, 0}, {4, 9, 6, 0}};
static tsl_features was = {.customers = CUSTOMERS, .feature_count = FEATURES, .x = x_then[0]},
                    is = {.customers = CUSTOMERS, .feature_count = FEATURES, .x = x_now[0]};
static int32_t of_then[CUSTOMERS] = {0, 0, 0, 1}, of_now[CUSTOMERS] = {1, 1, 0, 1};

static void near(double a, double b)
{
    if (isnan(b) ? !isnan(a) : !(fabs(a - b) < 1e-12)) {
        fail_msg("%g is not %g", a, b);
    }
}

/* The shares of the values of both runs that lie between. */
static double shift_of(size_t feature, size_t customer)
{
    const double then = x_then[customer][feature], now = x_now[customer][feature];
    double rank[2] = {0, 0}, known = 0;
    if (isnan(then) || isnan(now)) {
        return isnan(then) && isnan(now) ? 0 : 1;
    }
    for (size_t i = 0; i < (size_t)2 * CUSTOMERS; i++) {
        const double v = i < CUSTOMERS ? x_then[i][feature] : x_now[i - CUSTOMERS][feature];
        known += !isnan(v);
        rank[0] += (v < then) + (v == then) / 2.;
        rank[1] += (v < now) + (v == now) / 2.;
    }
    return fabs(rank[1] - rank[0]) / known;
}

static void test_turns(void **state)
{
    (void)state;
    const unsigned segment = 1U << TSL_BY_SEGMENT;
    const tsl_roster then = {.customers = CUSTOMERS,
                             .by = {{3, segments_then, of_then}, {3, tiers, NULL}},
                             .features = &was},
                     now = {
                         .customers = CUSTOMERS, .by = {{3, segments_then, of_now}, {3, tiers, NULL}}, .features = &is};
    tsl_feature_pair pair[FEATURES];
    int32_t same[] = {0, 1, 2};
    for (int turned = 0; turned < 2; turned++) { /* whatever order the features come in */
        tsl_migration_cell cell[16] = {{0}};
        tsl_migrant migrant[] = {{.then = 0, .now = 0}, {.then = 1, .now = 1}, {.then = SIZE_MAX, .now = 3}};
        tsl_migration all = {.then = &then,
                             .now = &now,
                             .feature = pair,
                             .feature_count = FEATURES,
                             .by = {{.then = 3, .now = 3, .same = same, .cell = cell}},
                             .migrant = migrant,
                             .migrant_count = 3};
        for (size_t f = 0; f < FEATURES; f++) {
            const size_t of = turned ? FEATURES - 1 - f : f;
            pair[f] = (tsl_feature_pair){.then = of, .now = of, .used = of == IDLE ? 1U << TSL_BY_STAGE : segment};
        }
        assert_int_equal(tsl__turns_fill(&all, NULL, NULL), TSL_OK);
        const tsl_migration_cell *moved = &cell[1]; /* from the first to the second */
        double mean[FEATURES];
        for (size_t f = 0; f < FEATURES; f++) {
            mean[f] = (shift_of(f, 0) + shift_of(f, 1)) / MOVERS;
        }
        assert_true(mean[LARGE] > mean[UNKNOWN] && mean[UNKNOWN] > mean[SMALL]);
        assert_int_equal(moved->turn_count, TSL_TURNS);
        for (int t = 0; t < TSL_TURNS; t++) {
            const size_t of = t == 0 ? LARGE : UNKNOWN;
            assert_int_equal(pair[moved->turn[t].feature].then, of);
            near(moved->turn[t].shift, mean[of]);
        }
        near(moved->turn[0].median_then, 1.5);
        near(moved->turn[0].median_now, 9.75);
        near(moved->turn[1].median_then, NAN); /* of nobody it is known */
        near(moved->turn[1].median_now, 7);
        for (size_t c = 0; c < 16; c++) {
            assert_true(c == 1 || cell[c].turn_count == 0);
        }
        assert_true(migrant[0].turn_count == 2 && pair[migrant[0].turn[0]].then == UNKNOWN);
        assert_int_equal(pair[migrant[0].turn[1]].then, LARGE);
        assert_int_equal(pair[migrant[1].turn[0]].then, LARGE); /* missing before and after has not changed */
        assert_int_equal(pair[migrant[1].turn[1]].then, SMALL);
        assert_int_equal(migrant[2].turn_count, 0); /* there is no before */
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_turns)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
