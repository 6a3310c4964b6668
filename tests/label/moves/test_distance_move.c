/* test_distance_move.c: where another centre becomes the nearest, by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "label/moves/moves.h"

#include <math.h>
#include <stdlib.h>

enum { COLUMNS = 3, CUSTOMERS = 4 };

static char name[COLUMNS][2] = {"a", "b", "c"};
static tsl_feature feature[COLUMNS] = {
    {.name = name[0]}, {.name = name[1]}, {.name = name[2], .form = TSL_FORM_BOOLEAN, .block = 2}};
/* (a - 1) / 2; 2 ln(1 + b / 10); c */
static tsl_vector_column column[COLUMNS] = {
    {.name = name[0], .low = -9, .high = 21, .center = 1, .scale = 2, .weight = 1, .unit = 1},
    {.name = name[1],
     .feature = 1,
     .transform = TSL_LOG1P_UNITS,
     .low = 0,
     .high = 9,
     .scale = 1,
     .weight = 2,
     .unit = 10},
    {.name = name[2], .feature = 2, .low = 0, .high = 1, .scale = 1, .weight = 0, .unit = 1}};
static double x[CUSTOMERS][COLUMNS] = {{1, 0, 0}, {5, 3, 1}, {6, 30, 0}, {9, NAN, 1}};

static tsl_move find_by(tsl_recipe *recipe, size_t customer, double *center, int k, int from, int to)
{
    tsl_features features = {.customers = CUSTOMERS, .feature_count = COLUMNS, .x = x[0], .recipe = recipe};
    tsl_model model = {.k = k, .center = center};
    tsl__value_order order[COLUMNS] = {{0}};
    features.feature = feature;
    const tsl__mover mover = {&features, &model, x[customer], order};
    tsl_move move;
    assert_int_equal(tsl__distance_move_find(&mover, from, to, &move, NULL), TSL_OK);
    for (int f = 0; f < COLUMNS; f++) {
        free(order[f].sorted);
    }
    return move;
}

static tsl_move find(size_t customer, double *center, int k, int from, int to)
{
    tsl_recipe recipe = {.feature_count = COLUMNS, .feature = feature, .column_count = COLUMNS, .column = column};
    return find_by(&recipe, customer, center, k, from, to);
}

static void assert_near(double seen, double expected)
{
    if (fabs(seen - expected) > 1e-9) {
        fail_msg("%.17g, expected %.17g", seen, expected);
    }
}

/* Centres at a = 1 and a = 9, t = 0 and 4: the middle is t = 2, a = 5, a tie that goes to the first; so 6 is the next.
 */
static void test_number(void **state)
{
    (void)state;
    double center[] = {0, 0, 4, 0};
    tsl_move move = find(0, center, 2, 0, 1);
    assert_int_equal(move.segment, 2);
    assert_int_equal(move.change[0].feature, 0);
    assert_true(move.change[0].now == 1 && move.change[0].to == 6);
    assert_near(move.change[0].low, 5);
    assert_true(isinf(move.change[0].high));
    assert_near(move.shift, .5); /* mid-ranks .5 and 2.5 of 4 */
    column[0].high = 4.9;        /* all beyond is the same, and too near */
    assert_int_equal(find(0, center, 2, 0, 1).segment, 0);
    column[0].high = 21;
    move = find(3, center, 2, 1, 0); /* the other way a tie will do */
    assert_int_equal(move.segment, 1);
    assert_true(move.change[0].to == 5);
}

/* Amounts go through their logarithm: the middle of 0 and 2 ln 4 is 2 ln 2, b = 10. */
static void test_amount(void **state)
{
    (void)state;
    double center[] = {0, 0, 0, 2 * log(4)};
    tsl_move move = find(0, center, 2, 0, 1);
    assert_int_equal(move.change[0].feature, 1);
    assert_near(move.change[0].low, 10);
    assert_true(move.change[0].to == 30);
    assert_int_equal(find(3, center, 2, 0, 1).segment, 0); /* what is unknown is not moved */
}

/* A third centre between the two leaves an interval, or none. */
static void test_third(void **state)
{
    (void)state;
    double center[] = {0, 0, 1.5, 0, 4, 0};
    tsl_move move = find(0, center, 3, 0, 1); /* t .75 to 2.75, a 2.5 to 6.5 */
    assert_near(move.change[0].low, 2.5);
    assert_near(move.change[0].high, 6.5);
    assert_true(move.change[0].to == 5);
    double hidden[] = {0, 0, 2, 5, 4, 0}; /* far off the line */
    assert_int_equal(find(0, hidden, 3, 0, 1).segment, 0);
    assert_int_equal(find(0, hidden, 3, 0, -1).segment, 0); /* there is no runner-up */
}

static void test_boolean(void **state)
{
    (void)state;
    double center[] = {0, 0, 0, 0, 0, 3};
    column[2].weight = 3;
    tsl_move move = find(0, center, 2, 0, 1);
    assert_int_equal(move.change[0].feature, 2);
    assert_true(move.change[0].to == 1 && move.shift == 1);
    column[2].weight = 0;
}

/* Two components that turn the plane of a and b change no distance, and so no move. */
static void test_components(void **state)
{
    (void)state;
    static const double mean[] = {.5, -2}, turn[] = {.6, .8, .8, -.6};
    const double weight = column[1].weight;
    double plain[] = {0, 0, 1.5, .4, 4, 1}, turned[6];
    column[1].weight = 1;
    tsl_vector_column all[COLUMNS + 2];
    for (int c = 0; c < COLUMNS; c++) {
        all[c] = column[c];
        all[c].pooled = c < 2;
        all[c].weight = 0;
    }
    static char component[2][4] = {"pc1", "pc2"};
    for (int i = 0; i < 2; i++) {
        all[COLUMNS + i] =
            (tsl_vector_column){.name = component[i], .scale = 1, .extra = 1, .weight = 1, .component = i + 1};
    }
    for (int k = 0; k < 3; k++) {
        const double p = plain[2 * k] - mean[0], q = plain[2 * k + 1] - mean[1];
        turned[2 * k] = turn[0] * p + turn[1] * q;
        turned[2 * k + 1] = turn[2] * p + turn[3] * q;
    }
    size_t place[] = {0, 1};
    double sd[] = {1, 1}, variance[] = {1, 1}, loading[4], middle[2];
    for (int i = 0; i < 4; i++) {
        loading[i] = turn[i];
        middle[i / 2] = mean[i / 2];
    }
    tsl_recipe recipe = {.feature_count = COLUMNS, .feature = feature, .column_count = COLUMNS + 2, .column = all};
    recipe.pool[0] = (tsl_pool){.count = 2,
                                .column = place,
                                .mean = middle,
                                .sd = sd,
                                .components = 2,
                                .first = COLUMNS,
                                .loading = loading,
                                .variance = variance};
    int found = 0;
    for (size_t customer = 0; customer < CUSTOMERS; customer++) {
        for (int to = 0; to < 3; to++) {
            const tsl_move a = find(customer, plain, 3, 3, to), b = find_by(&recipe, customer, turned, 3, 3, to);
            assert_int_equal(a.segment, b.segment);
            if (a.segment) {
                assert_int_equal(a.change[0].feature, b.change[0].feature);
                assert_true(fabs(a.change[0].to - b.change[0].to) < 1e-6 && fabs(a.shift - b.shift) < 1e-9);
                assert_true(a.change[0].low == b.change[0].low || fabs(a.change[0].low - b.change[0].low) < 1e-9);
                assert_true(a.change[0].high == b.change[0].high || fabs(a.change[0].high - b.change[0].high) < 1e-9);
                found++;
            }
        }
    }
    assert_true(found > 3);
    column[1].weight = weight;
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_number), cmocka_unit_test(test_amount),
                                       cmocka_unit_test(test_third), cmocka_unit_test(test_boolean),
                                       cmocka_unit_test(test_components)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
