/* test_draws.c: src/synth/scenario/draws.c: against the mathematical library, against what is known of the
 * distributions, and to the bit. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

#include "base/hash.h"
#include "synth/scenario/draws.h"

static tsl__rng stream(uint32_t number)
{
    return tsl__rng_open(1, 99, number);
}

static void agrees_with_the_library(void **state)
{
    tsl__rng rng = stream(0);
    (void)state;
    for (int i = 0; i < 100000; i++) {
        const double x = exp(1400 * tsl__rng_uniform(&rng) - 700), y = 1400 * tsl__rng_uniform(&rng) - 700;
        assert_true(fabs(tsl__same_log(x) - log(x)) <= 2e-15 * fmax(fabs(log(x)), 1));
        assert_true(fabs(tsl__same_exp(y) - exp(y)) <= 4e-13 * exp(y)); /* y / ln 2 is rounded: 700 times 2^-53 */
        const double near = 1 + (tsl__rng_uniform(&rng) - .5) * 1e-6;
        assert_true(fabs(tsl__same_log(near) - log(near)) <= 1e-15 * fabs(log(near)) + 1e-30);
    }
    assert_true(tsl__same_log(1) == 0 && tsl__same_exp(0) == 1);
}

/* Mean and variance of n draws, within five standard errors of what they ought to be. */
static void check_moments(double (*draw)(tsl__rng *, double), double parameter, double mean, double variance,
                          double fourth)
{
    enum { N = 40000 };
    tsl__rng rng = stream((uint32_t)(parameter * 100));
    double sum = 0, squares = 0;
    for (int i = 0; i < N; i++) {
        const double x = draw(&rng, parameter) - mean;
        sum += x;
        squares += x * x;
    }
    assert_true(fabs(sum / N) < 5 * sqrt(variance / N));
    assert_true(fabs(squares / N - variance) < 5 * sqrt((fourth - variance * variance) / N));
}

static double normal(tsl__rng *rng, double parameter)
{
    (void)parameter;
    return tsl__draw_normal(rng);
}

static double exponential(tsl__rng *rng, double parameter)
{
    (void)parameter;
    return tsl__draw_exponential(rng);
}

static double poisson(tsl__rng *rng, double mean)
{
    return tsl__draw_poisson(rng, mean);
}

static void has_the_moments_of_its_name(void **state)
{
    static const double shapes[] = {.2, .7, 1, 1.5, 6, 120}, means[] = {.01, .8, 7, 60, 620};
    (void)state;
    check_moments(normal, 0, 0, 1, 3);
    check_moments(exponential, 0, 1, 1, 9);
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        const double k = shapes[i];
        check_moments(tsl__draw_gamma, k, k, k, 3 * k * k + 6 * k);
    }
    for (size_t i = 0; i < sizeof means / sizeof *means; i++) {
        const double m = means[i];
        check_moments(poisson, m, m, m, m + 3 * m * m);
    }
}

/* More than moments: how much of a distribution lies below some points. */
static void lies_where_it_should(void **state)
{
    enum { N = 200000 };
    tsl__rng rng = stream(7);
    int below_normal = 0, below_exponential = 0, below_gamma = 0, no_event = 0, second = 0;
    (void)state;
    for (int i = 0; i < N; i++) {
        below_normal += tsl__draw_normal(&rng) < -1.6448536269514722;         /* 5 % */
        below_exponential += tsl__draw_exponential(&rng) < 2.302585092994046; /* 90 % */
        below_gamma += tsl__draw_gamma(&rng, 2) < 1.6783469900166612;         /* 50 % */
        no_event += tsl__draw_poisson(&rng, 1.2) == 0;                        /* e^-1.2 */
        second += tsl__draw_weighted(&rng, (const double[]){3, 1, 0}, 3) == 1;
    }
    assert_in_range(below_normal, .0475 * N, .0525 * N);
    assert_in_range(below_exponential, .8965 * N, .9035 * N);
    assert_in_range(below_gamma, .494 * N, .506 * N);
    assert_in_range(no_event, .2962 * N, .3062 * N);
    assert_in_range(second, .245 * N, .255 * N);
}

/* What these draws are on any machine that has IEEE 754's doubles. */
static void is_the_same_to_the_bit(void **state)
{
    enum { N = 2000 };
    static double drawn[4 * N];
    tsl__rng rng = stream(3);
    (void)state;
    for (size_t i = 0; i < N; i++) {
        drawn[4 * i] = tsl__draw_normal(&rng);
        drawn[4 * i + 1] = tsl__draw_exponential(&rng);
        drawn[4 * i + 2] = tsl__draw_gamma(&rng, .1 + (double)i / 100);
        drawn[4 * i + 3] = tsl__draw_poisson(&rng, (double)i);
    }
    assert_int_equal(tsl__hash64(drawn, sizeof drawn, 0), UINT64_C(0xafef3c2352f64724));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_with_the_library), cmocka_unit_test(has_the_moments_of_its_name),
        cmocka_unit_test(lies_where_it_should), cmocka_unit_test(is_the_same_to_the_bit)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
