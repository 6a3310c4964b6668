/* test_spend_model.c: the published fit of CDNOW's spend, and what must hold of any. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

#include <tesela/value.h>

#include "histories_file.h"
#include "published.h"
#include "value/populations.h"

static numbers file;

static tsl_spends read_spends(double unit)
{
    read_numbers("spend_39_weeks.csv", 3, &file);
    for (size_t i = 0; i < file.count; i++) {
        file.column[1][i] *= unit / file.column[0][i];
    }
    return (tsl_spends){file.count, file.column[0], file.column[1], file.column[2]};
}

static tsl_spend_model fit(const tsl_spends *spends)
{
    tsl_spend_model model;
    tsl_error err;
    if (tsl_spend_model_fit(spends, NULL, &model, &err) != TSL_OK) {
        fail_msg("%s", err.message);
    }
    return model;
}

static void test_published(void **state)
{
    (void)state;
    static const char *const published[] = {"6.2496", "3.7442", "15.4435"};
    const tsl_spends dollars = read_spends(.01);
    const tsl_spend_model model = fit(&dollars);
    assert_rounds_to(model.log_likelihood, "-4055.9177");
    assert_true(model.customers == 946);
    assert_rounds_to(model.correlation, ".114");
    assert_false(tsl_spend_model_get_dependent(&model));
    assert_int_equal(model.verdict, TSL_FIT_SOUND);
    for (int i = 0; i < 3; i++) {
        assert_rounds_to(model.parameter[i], published[i]);
        assert_true(model.standard_error[i] > 0);
    }
    const tsl_spends cents = read_spends(1);
    const tsl_spend_model other = fit(&cents);
    assert_true(fabs(other.parameter[0] - model.parameter[0]) < 1e-7 * model.parameter[0]);
    assert_true(fabs(other.correlation - model.correlation) < 1e-12);
    assert_true(fabs(other.parameter[2] - 100 * model.parameter[2]) < 1e-5 * model.parameter[2]);
}

/* Of who tells what he spends, by the definition, each counted by his weight; and what makes a doubt of it. */
static void test_correlation(void **state)
{
    (void)state;
    enum { N = 60 };
    double x[N], mean[N], weight[N], w = 0, sx = 0, sm = 0, xx = 0, mm = 0, xm = 0;
    for (int i = 0; i < N; i++) {
        x[i] = i % 7;
        weight[i] = 1 + i % 3;
        mean[i] = i % 11 == 4 ? -5 : i % 13 == 2 ? (double)NAN : 20 + 3 * x[i] + (i * 29) % 40;
        if (x[i] > 0 && mean[i] > 0) {
            w += weight[i];
            sx += weight[i] * x[i];
            sm += weight[i] * mean[i];
            xx += weight[i] * x[i] * x[i];
            mm += weight[i] * mean[i] * mean[i];
            xm += weight[i] * x[i] * mean[i];
        }
    }
    const double naive = (xm - sx * sm / w) / sqrt((xx - sx * sx / w) * (mm - sm * sm / w));
    const tsl_spends spends = {N, x, mean, weight};
    const tsl_spend_model model = fit(&spends);
    assert_true(fabs(naive) > .05 && fabs(model.correlation - naive) < 1e-12);
    for (int i = 0; i < N; i++) {
        mean[i] = 1000 / (1 + x[i]); /* falls with x, though not on a line */
    }
    const tsl_spend_model falling = fit(&spends);
    assert_true(falling.correlation < -.9 && falling.correlation >= -1 && tsl_spend_model_get_dependent(&falling));
    const double same[] = {3, 3, 3}, own[] = {10, 20, 40};
    const tsl_spends alike = {3, same, own, NULL}, nobody = {0, x, mean, NULL};
    const tsl_spend_model flat = fit(&alike), empty = fit(&nobody);
    assert_true(isnan(flat.correlation) && isnan(empty.correlation));
    static const struct {
        double correlation, customers;
        int is;
    } cases[] = {{.26, 30, 0}, {.26, 200, 1}, {.24, 1e6, 0}, {-.26, 200, 1}, {.25, 1e6, 1},
                 {.99, 3, 0},  {1, 10, 1},    {NAN, 1e6, 0}, {.6, 20, 0},    {.7, 20, 1}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const tsl_spend_model of = {.correlation = cases[i].correlation, .customers = cases[i].customers};
        assert_int_equal(tsl_spend_model_get_dependent(&of), cases[i].is);
    }
}

/* Fader & Hardie's first ten customers. */
static void test_published_forecast(void **state)
{
    (void)state;
    static const double x[] = {2, 1, 0, 0, 0, 7, 1, 0, 2, 0},
                        mean[] = {22.345, 11.77, NAN, NAN, NAN, 73.74, 11.77, 0, 25.55, NAN},
                        published[] = {24.65, 18.91, 35.17, 35.17, 35.17, 71.46, 18.91, 35.17, 27.28, 35.17};
    const tsl_spend_model model = {.parameter = {6.25, 3.74, 15.44}};
    const tsl_spends spends = {10, x, mean, NULL};
    double expected[10];
    tsl_spend_model_predict(&model, &spends, expected);
    for (int i = 0; i < 10; i++) {
        assert_true(fabs(expected[i] - published[i]) < .1);
    }
}

/* Amounts that are none are counted; where q is not over 1 the population has no mean, but who tells of himself does.
 */
static void test_edges(void **state)
{
    (void)state;
    static const double x[] = {1, 2, 0, 3, 1, 2}, mean[] = {10, 0, 5, -3, NAN, 20};
    const tsl_spends spends = {6, x, mean, NULL}, nobody = {1, x + 2, mean + 2, NULL};
    const tsl_spend_model model = fit(&spends), empty = fit(&nobody);
    double expected[2];
    assert_int_equal(model.rejected, 2);
    assert_true(model.customers == 2);
    assert_int_equal(empty.verdict, TSL_FIT_EMPTY);
    assert_true(isnan(empty.parameter[0]));
    const tsl_spend_model wild = {.parameter = {2, .9, 10}, .verdict = TSL_FIT_NO_MEAN};
    const tsl_spends two = {2, (const double[]){0, 3}, (const double[]){NAN, 20}, NULL};
    tsl_spend_model_predict(&wild, &two, expected);
    assert_true(isnan(expected[0]) && fabs(expected[1] - 2 * 70 / 5.9) < 1e-12);
    tsl_error err;
    tsl_spend_model refused;
    const tsl_spends wrong = {1, (const double[]){-1}, mean, NULL};
    assert_int_equal(tsl_spend_model_fit(&wrong, NULL, &refused, &err), TSL_E_INPUT);
    assert_string_equal(err.message, "spend 1 (x -1, mean 10, weight 1): it is none");
}

/* Amounts of 20,000 customers drawn as the model says give its parameters back; together or one by one, by any number
 * of threads, they give the same. */
static void test_simulated(void **state)
{
    (void)state;
    static const double truth[] = {5, 4, 18};
    static double x[SIMULATED], mean[SIMULATED], weight[SIMULATED], twice[2][2 * SIMULATED];
    tsl__rng rng = tsl__rng_open(8, 1, 1);
    for (size_t i = 0; i < SIMULATED; i++) {
        const double nu = draw_gamma(&rng, truth[1]) / truth[2];
        x[i] = (double)(1 + tsl__rng_below(&rng, 6));
        mean[i] = draw_gamma(&rng, truth[0] * x[i]) / (nu * x[i]);
        weight[i] = 2;
        twice[0][i] = twice[0][SIMULATED + i] = x[i];
        twice[1][i] = twice[1][SIMULATED + i] = mean[i];
    }
    const tsl_spends single = {SIMULATED, x, mean, NULL}, both = {SIMULATED, x, mean, weight},
                     apart = {2 * SIMULATED, twice[0], twice[1], NULL};
    const tsl_spend_model model = fit(&single), together = fit(&both);
    for (int i = 0; i < 3; i++) {
        assert_true(fabs(model.parameter[i] - truth[i]) < 3 * model.standard_error[i]);
    }
    for (int threads = 1; threads < 4; threads++) {
        const tsl_exec exec = {.size = sizeof exec, .threads = threads};
        tsl_spend_model other;
        assert_int_equal(tsl_spend_model_fit(&apart, &exec, &other, NULL), TSL_OK);
        assert_memory_equal(other.parameter, together.parameter, sizeof other.parameter);
        assert_memory_equal(other.standard_error, together.standard_error, sizeof other.standard_error);
        assert_true(other.log_likelihood == together.log_likelihood && other.customers == 2 * SIMULATED);
    }
}

/* Amounts so unequal that they have no mean: that is said, and the maximum found all the same. The log-likelihood of
 * the second is the best of SciPy's Nelder-Mead from sixteen places. */
static void test_no_mean(void **state)
{
    (void)state;
    enum { N = 2000 };
    static const double truth[] = {100, .5, 1};
    static double x[N], mean[N];
    const tsl_spends spends = {N, x, mean, NULL};
    tsl__rng rng = tsl__rng_open(8, 1, 1);
    for (size_t i = 0; i < N; i++) {
        const double nu = draw_gamma(&rng, truth[1]) / truth[2];
        x[i] = (double)(1 + tsl__rng_below(&rng, 5));
        mean[i] = draw_gamma(&rng, truth[0] * x[i]) / (nu * x[i]);
    }
    const tsl_spend_model model = fit(&spends);
    assert_int_equal(model.verdict, TSL_FIT_NO_MEAN);
    assert_true(fabs(model.parameter[1] - truth[1]) < 3 * model.standard_error[1]);
    for (size_t i = 0; i < N; i++) {
        const double u = ((double)(i * 577 % N) + .5) / N;
        x[i] = (double)(1 + i % 5);
        mean[i] = 100 * pow(u / (1 - u), 1.2);
    }
    const tsl_spend_model heavy = fit(&spends);
    assert_int_equal(heavy.verdict, TSL_FIT_NO_MEAN);
    assert_true(fabs(heavy.log_likelihood + 13683.085534) < 1e-4);
    assert_true(fabs(heavy.parameter[0] - .334660) < 1e-4 && fabs(heavy.parameter[1] - .681126) < 1e-4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_published),   cmocka_unit_test(test_published_forecast),
                                       cmocka_unit_test(test_correlation), cmocka_unit_test(test_edges),
                                       cmocka_unit_test(test_no_mean),     cmocka_unit_test(test_simulated)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
