/* test_opportunities.c: terms against beta functions, and pauses against all that can happen in them, added up. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>

#include "stat/special.h"
#include "value/terms/likelihood.h"
#include "value/terms/opportunities.h"

static const double parameters[][TSL_PURCHASE_PARAMETERS] = {
    {1.204, .750, .657, 2.783}, {.6, 70, .59, 78}, {30, 1, .01, 20}, {1, 1e-3, 4, 9}};
enum { SETS = sizeof parameters / sizeof *parameters };

/* ln of he was there `seen` times and left before the next (gone 1) or not, and took x of them. */
static double get_ln(const double *p, double x, double seen, int gone)
{
    return tsl__log_beta(p[0] + x, p[1] + seen - x) - tsl__log_beta(p[0], p[1]) +
           tsl__log_beta(p[2] + gone, p[3] + seen) - tsl__log_beta(p[2], p[3]);
}

static void check(double is, double known, double within)
{
    if (!(fabs(is - known) <= within * (1e-300 + fabs(known)))) {
        fail_msg("%.17g, and not %.17g", is, known);
    }
}

static void test_terms(void **state)
{
    (void)state;
    tsl__rises rises;
    tsl__differential term;
    assert_int_equal(tsl__rises_build(2001, &rises, NULL), TSL_OK);
    for (int s = 0; s < SETS; s++) {
        tsl__likelihood model = tsl__likelihood_open(TSL_BG_BB, parameters[s], NULL);
        tsl__rises_put(&rises, parameters[s]);
        model.rises = &rises;
        for (int x = 0; x <= 2000; x = 3 * x + 1) {
            for (int seen = x; seen <= 2000; seen = 2 * seen + 1) {
                tsl__opportunity_put_there(&model, x, seen, &term);
                check(1 + term.value, 1 + get_ln(parameters[s], x, seen, 0), 1e-11);
                tsl__opportunity_put_gone(&model, x, seen, &term);
                check(1 + term.value, 1 + get_ln(parameters[s], x, seen, 1), 1e-11);
            }
        }
    }
    tsl__rises_free(&rises);
}

/* Having left before one of them, or being there at the end: by the terms, each by itself. */
static void test_pauses(void **state)
{
    (void)state;
    enum { FROM = 5, TO = 60 };
    const tsl__pause end = {1, 1};
    tsl__pause pause[TO - FROM + 1];
    for (int s = 0; s < SETS; s++) {
        const double *p = parameters[s];
        for (int x = 0; x <= FROM; x += 5) {
            const tsl__pause whole = tsl__pause_build(p, x, FROM, TO, end, pause);
            check(pause[0].none, whole.none, 0);
            check(pause[0].there, whole.there, 0);
            for (int seen = FROM; seen <= TO; seen++) {
                const double was = get_ln(p, x, seen, 0), there = exp(get_ln(p, x, TO, 0) - was);
                double none = there;
                for (int left = seen; left < TO; left++) {
                    none += exp(get_ln(p, x, left, 1) - was);
                }
                check(pause[seen - FROM].none, none, 1e-12);
                check(pause[seen - FROM].there, there, 1e-12);
            }
        }
    }
}

/* In two parts as in one, whatever is kept of it. */
static void test_parts(void **state)
{
    (void)state;
    const tsl__pause end = {1, 1}, whole = tsl__pause_build(parameters[0], 3, 7, 10000, end, NULL),
                     later = tsl__pause_build(parameters[0], 3, 400, 10000, end, NULL),
                     sooner = tsl__pause_build(parameters[0], 3, 7, 400, later, NULL);
    assert_true(sooner.none == whole.none && sooner.there == whole.there);
    assert_true(whole.none > whole.there && whole.none < 1 && whole.there > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_terms), cmocka_unit_test(test_pauses),
                                       cmocka_unit_test(test_parts)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
