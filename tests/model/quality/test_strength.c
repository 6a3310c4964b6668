/* test_strength.c: prediction strength against another program's k-means by the same
 * definition, by hand, and its promises. */
#include "model/sets.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static tsl_strength *build(const tsl_matrix *x, const double *weight, int k_max, int divisions, int restarts,
                           int threads)
{
    tsl_strength *strength;
    tsl_strength_options opt;
    tsl_error err = {0};
    const tsl_exec exec = {.size = sizeof exec, .threads = threads};
    TSL_DEFAULTS(strength, &opt);
    opt.k_max = k_max;
    opt.divisions = divisions;
    opt.restarts = restarts;
    if (tsl_strength_build(x, weight, &opt, &exec, &strength, &err) != TSL_OK) {
        fail_msg("%s", err.message);
    }
    return strength;
}

/* Means of 100 divisions with scikit-learn's k-means; their standard errors. */
static void test_other_program(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        int z, best;
        double strength[4], error[4];
    } set[] = {
        {"iris", 0, 2, {.9722774, .76662322, .56461763, .5816061}, {.00336343, .01949735, .00777514, .01051228}},
        {"wine", 1, 3, {.60304371, .82885226, .46598481, .36911689}, {.00946111, .00759775, .00841075, .00884236}},
    };
    for (int s = 0; s < 2; s++) {
        tsl_matrix x = set_read(set[s].name);
        if (set[s].z) {
            set_standardise(&x);
        }
        tsl_strength *seen = build(&x, NULL, 5, 100, 5, 2);
        assert_true(seen->strength[0] == 1 && seen->error[0] == 0);
        for (int k = 0; k < 4; k++) {
            const double off = seen->strength[k + 1] - set[s].strength[k];
            if (!(fabs(off) < 4 * sqrt(2) * set[s].error[k])) {
                fail_msg("%s, k = %d: %g is not %g", set[s].name, k + 2, seen->strength[k + 1], set[s].strength[k]);
            }
            assert_true(fabs(seen->error[k + 1] / set[s].error[k] - 1) < 0.4);
        }
        assert_int_equal(seen->best, set[s].best);
        tsl_strength_free(seen);
        set_free(&x);
    }
}

/* Groups that lie far apart are found again by every half. */
static void test_groups(void **state)
{
    (void)state;
    tsl_matrix x = set_draw(600, 2, 3, 60, 1);
    tsl_strength *first = build(&x, NULL, 4, 3, 5, 1), *other = build(&x, NULL, 4, 3, 5, 3);
    assert_int_equal(first->best, 3);
    assert_true(first->strength[2] == 1 && first->strength[3] < 0.8);
    assert_memory_equal(first->strength, other->strength, 4 * sizeof *first->strength);
    assert_memory_equal(first->error, other->error, 4 * sizeof *first->error);
    tsl_strength_free(first);
    tsl_strength_free(other);
    double *weight = set_alloc(600);
    for (size_t r = 0; r < 600; r++) { /* rows without weight are none, wherever they lie */
        weight[r] = r % 5 == 0 ? 0 : 1.5;
        ((double *)(uintptr_t)x.data)[2 * r] += r % 5 == 0 ? 1e6 * (double)(r % 2) : 0;
    }
    first = build(&x, weight, 4, 3, 5, 1);
    assert_int_equal(first->best, 3);
    tsl_strength_free(first);
    free(weight);
    set_free(&x);
}

/* k is the most whose strength plus its standard error reaches the threshold; of one division there is no such error.
 */
static void test_choice(void **state)
{
    (void)state;
    tsl_matrix x = set_draw(600, 2, 3, 60, 1);
    for (int divisions = 1; divisions <= 3; divisions += 2) {
        tsl_strength *seen = build(&x, NULL, 4, divisions, 5, 1), *other;
        const double strength = seen->strength[3], step = divisions > 1 ? seen->error[3] : .01;
        assert_true(strength < .8 && step > 1e-3 && seen->strength[2] == 1);
        const double reach = divisions > 1 ? strength + step : strength;
        const double threshold[] = {strength, reach - step / 8, reach + step / 8};
        for (int i = 0; i < 3; i++) {
            tsl_strength_options opt;
            TSL_DEFAULTS(strength, &opt);
            opt.k_max = 4;
            opt.divisions = divisions;
            opt.restarts = 5;
            opt.threshold = threshold[i];
            assert_int_equal(tsl_strength_build(&x, NULL, &opt, NULL, &other, NULL), TSL_OK);
            assert_int_equal(other->best, i < 2 ? 4 : 3);
            tsl_strength_free(other);
        }
        tsl_strength_free(seen);
    }
    set_free(&x);
}

static void test_refusals(void **state)
{
    (void)state;
    const double values[] = {0, 1, 10, 11, 20};
    const tsl_matrix three = {values, 3, 1, 1, TSL_F64}, five = {values, 5, 1, 1, TSL_F64};
    tsl_strength *strength = (tsl_strength *)&strength;
    tsl_strength_options opt;
    tsl_error err;
    assert_int_equal(tsl_strength_build(&three, NULL, NULL, NULL, &strength, &err), TSL_E_INPUT);
    assert_string_equal(err.message, "strength: 3 rows cannot be divided; expected at least 4");
    assert_null(strength);
    strength = build(&five, NULL, 4, 1, 2, 1); /* two rows have no third cluster */
    assert_int_equal(strength->k_max, 2);
    assert_true(isnan(strength->error[1]));
    tsl_strength_free(strength);
    TSL_DEFAULTS(strength, &opt);
    opt.threshold = 1.5;
    assert_int_equal(tsl_strength_check(&opt, &err), TSL_E_OPTION);
    assert_string_equal(err.message, "threshold: 1.5 is outside 0 to 1");
    assert_int_equal(tsl_strength_build(&five, NULL, &opt, NULL, &strength, &err), TSL_E_OPTION);
    assert_int_equal(tsl_strength_check(NULL, &err), TSL_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_other_program), cmocka_unit_test(test_groups),
                                       cmocka_unit_test(test_choice), cmocka_unit_test(test_refusals)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
