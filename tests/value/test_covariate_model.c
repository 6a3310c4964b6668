/* test_covariate_model.c: fits with covariates against an independent one (SciPy, by the published closed forms), and
 * what a fit must not depend on. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

#include "value/covariate_model.h"

#include "histories_file.h"
#include "value/populations.h"

static numbers file;
static double first[ROWS_MOST], second[ROWS_MOST];
static const double *const columns[] = {first, second};
static const char *const names[] = {"third", "eleventh"};
static const tsl_covariates covariates = {2, columns, names};

/* CDNOW's, with covariates that mean nothing: told by the line on which a history stands. */
static tsl_histories read_weeks(void)
{
    read_numbers("histories_39_weeks.csv", 5, &file);
    for (size_t i = 0; i < file.count; i++) {
        file.column[1][i] /= 7;
        file.column[2][i] /= 7;
        first[i] = i % 3 == 0;
        second[i] = (double)(i * 7 % 11);
    }
    return (tsl_histories){file.count, file.column[0], file.column[1], file.column[2], file.column[4]};
}

static tsl_covariate_model fit(const tsl_histories *h, const tsl_covariates *z, tsl_purchase_kind kind, int threads)
{
    const tsl_exec exec = {.size = sizeof exec, .threads = threads};
    tsl_covariate_model model;
    tsl_error err;
    if (tsl_covariate_model_fit(h, z, kind, &exec, &model, &err) != TSL_OK) {
        fail_msg("%s", err.message);
    }
    return model;
}

static void check_near(const char *what, double is, double known, double near)
{
    if (!(fabs(is - known) <= near)) {
        fail_msg("%s: %.7f, not %.7f", what, is, known);
    }
}

static void test_known(void **state)
{
    (void)state;
    static const struct {
        tsl_purchase_kind kind;
        double log_likelihood, parameter[4], error[4], coefficient[4], coefficient_error[4];
    } known[] = {
        {TSL_PARETO_NBD,
         -9590.466332,
         {.570179, 10.366478, .550182, 13.986559},
         {.05012, 1.1981, .15103, 6.68136},
         {.021455, -.008585, .496959, .038855},
         {.094791, .014033, .232134, .033496}},
        {TSL_BG_NBD,
         -9580.786689,
         {.243557, 3.742337, .809956, 2.424205},
         {.01264, .48652, .22017, .70535},
         {-.121548, -.024731, -.03687, -.001943},
         {.111136, .017121, .168481, .025123}},
        {TSL_MBG_NBD,
         -9577.938370,
         {.566456, 6.581619, .668745, 1.40153},
         {.09165, 1.09074, .13041, .42106},
         {.105211, -.003155, .281282, .025609},
         {.12595, .018592, .119719, .018511}},
    };
    const tsl_histories h = read_weeks();
    for (size_t k = 0; k < sizeof known / sizeof *known; k++) {
        const tsl_covariate_model model = fit(&h, &covariates, known[k].kind, 2);
        assert_int_equal(model.base.verdict, TSL_FIT_SOUND);
        check_near("log-likelihood", model.base.log_likelihood, known[k].log_likelihood, 2e-5);
        for (int i = 0; i < 4; i++) {
            check_near("parameter", model.base.parameter[i], known[k].parameter[i], 1e-4 * known[k].parameter[i]);
            check_near("error", model.base.standard_error[i], known[k].error[i], 2e-3 * known[k].error[i]);
            check_near("coefficient", i < 2 ? model.rate[i] : model.dropout[i - 2], known[k].coefficient[i],
                       2e-4 * known[k].coefficient_error[i] + 1e-5);
            check_near("its error", i < 2 ? model.rate_error[i] : model.dropout_error[i - 2],
                       known[k].coefficient_error[i], 2e-3 * known[k].coefficient_error[i]);
        }
    }
}

/* In any units and from any zero, by any number of threads, and expectations alike. */
static void test_does_not_depend(void **state)
{
    (void)state;
    static double moved[2][ROWS_MOST], bought[2][ROWS_MOST];
    const double *const others[] = {moved[0], moved[1]};
    const tsl_covariates other = {2, others, names};
    const tsl_histories h = read_weeks();
    for (size_t i = 0; i < h.count; i++) {
        moved[0][i] = 2 - first[i] / 4;
        moved[1][i] = second[i] * 1000 + 70;
    }
    for (int kind = TSL_NBD; kind <= TSL_PARETO_NBD; kind++) {
        const tsl_covariate_model model = fit(&h, &covariates, (tsl_purchase_kind)kind, 1),
                                  again = fit(&h, &covariates, (tsl_purchase_kind)kind, 3),
                                  apart = fit(&h, &other, (tsl_purchase_kind)kind, 2);
        assert_memory_equal(model.rate, again.rate, sizeof model.rate);
        assert_memory_equal(model.base.parameter, again.base.parameter, 4 * sizeof(double));
        check_near("log-likelihood", apart.base.log_likelihood, model.base.log_likelihood, 1e-7);
        check_near("rate", apart.rate[0] / -4, model.rate[0], 1e-7);
        check_near("rate", apart.rate[1] * 1000, model.rate[1], 1e-7);
        check_near("error", apart.rate_error[1] * 1000, model.rate_error[1], 1e-5 * model.rate_error[1]);
        assert_true(kind != TSL_NBD || (model.dropout[0] == 0 && isnan(model.dropout_error[0]) && model.degrees == 2));
        const tsl_forecast forecast = {.horizon = 39, .purchases = bought[0]},
                           of_other = {.horizon = 39, .purchases = bought[1]};
        assert_int_equal(tsl_covariate_model_predict(&model, &h, &covariates, NULL, &forecast, NULL), TSL_OK);
        assert_int_equal(tsl_covariate_model_predict(&apart, &h, &other, NULL, &of_other, NULL), TSL_OK);
        for (size_t i = 0; i < h.count; i++) {
            check_near("expected", bought[1][i], bought[0][i], 1e-6 * (1 + bought[0][i]));
        }
    }
}

/* A customer of some pattern is expected to do as by a plain model of his own parameters. */
static void test_own_parameters(void **state)
{
    (void)state;
    static double out[5][ROWS_MOST], alone[5];
    const tsl_histories h = read_weeks();
    for (int kind = TSL_BG_NBD; kind <= TSL_PARETO_NBD; kind++) {
        const tsl_covariate_model model = fit(&h, &covariates, (tsl_purchase_kind)kind, 2);
        const tsl_forecast all = {39, 13, .002, out[0], out[1], out[2], out[3], out[4]};
        const tsl_forecast one = {39, 13, .002, alone, alone + 1, alone + 2, alone + 3, alone + 4};
        assert_int_equal(tsl_covariate_model_predict(&model, &h, &covariates, NULL, &all, NULL), TSL_OK);
        for (size_t i = 5; i < h.count; i += 101) {
            tsl_purchase_model own = model.base;
            const double buys = model.rate[0] * first[i] + model.rate[1] * second[i],
                         leaves = model.dropout[0] * first[i] + model.dropout[1] * second[i];
            own.parameter[1] *= exp(-buys);
            own.parameter[kind == TSL_PARETO_NBD ? 3 : 2] *= exp(kind == TSL_PARETO_NBD ? -leaves : leaves);
            const tsl_histories his = {1, h.x + i, h.t_x + i, h.t + i, NULL};
            assert_int_equal(tsl_purchase_model_predict(&own, &his, NULL, &one, NULL), TSL_OK);
            for (int f = 0; f < 5; f++) {
                check_near("figure", out[f][i], alone[f], 1e-11 * (1 + alone[f]));
            }
        }
    }
}

/* Who is of the second kind buys e^.7 times as often and leaves sooner; the third tells nothing. */
static void test_simulated(void **state)
{
    (void)state;
    static const struct {
        tsl_purchase_kind kind;
        double parameter[4];
    } truth[] = {{TSL_PARETO_NBD, {.9, 12, .9, 14}}, {TSL_BG_NBD, {.6, 7, .8, 2.5}}, {TSL_MBG_NBD, {.8, 8, .7, 2}}};
    static double z[2][SIMULATED];
    const double *const column[] = {z[0], z[1]};
    const tsl_covariates of = {2, column, names};
    for (size_t k = 0; k < sizeof truth / sizeof *truth; k++) {
        tsl__rng rng = tsl__rng_open(5, 6, (uint32_t)k);
        const int at = truth[k].kind == TSL_PARETO_NBD ? 3 : 2;
        for (size_t i = 0; i < SIMULATED; i++) {
            double own[4];
            z[0][i] = (double)tsl__rng_below(&rng, 2);
            z[1][i] = (double)tsl__rng_below(&rng, 5);
            memcpy(own, truth[k].parameter, sizeof own);
            own[1] *= exp(-.7 * z[0][i]);
            own[at] *= exp(at == 3 ? -.5 * z[0][i] : .5 * z[0][i]);
            simulate_customer(truth[k].kind, own, &rng, i);
        }
        const tsl_histories h = {SIMULATED, simulated[0], simulated[1], simulated[2], NULL};
        const tsl_covariate_model model = fit(&h, &of, truth[k].kind, 2);
        const double off[] = {(model.rate[0] - .7) / model.rate_error[0], model.rate[1] / model.rate_error[1],
                              (model.dropout[0] - .5) / model.dropout_error[0],
                              model.dropout[1] / model.dropout_error[1]};
        for (int i = 0; i < 4; i++) {
            check_near("coefficient, in standard errors", off[i], 0, 3);
            check_near("parameter, in standard errors",
                       (model.base.parameter[i] - truth[k].parameter[i]) / model.base.standard_error[i], 0, 3);
        }
        assert_true(model.degrees == 4 && model.ratio > 100 && model.p_value < 1e-20);
        assert_true(model.rate[0] > 10 * model.rate_error[0] && model.dropout[0] > 2 * model.dropout_error[0]);
    }
}

static void check_refused(const tsl_covariates *z, tsl_purchase_kind kind, tsl_status status, const char *message)
{
    const tsl_histories h = read_weeks();
    tsl_covariate_model model;
    tsl_error err;
    assert_int_equal(tsl_covariate_model_fit(&h, z, kind, NULL, &model, &err), status);
    assert_string_equal(err.message, message);
}

static void test_refused(void **state)
{
    (void)state;
    static double same[ROWS_MOST], both[ROWS_MOST], hole[ROWS_MOST];
    read_weeks();
    for (size_t i = 0; i < ROWS_MOST; i++) {
        same[i] = 7;
        both[i] = 3 * first[i] - second[i] + 1;
        hole[i] = i == 4 ? (double)NAN : (double)i;
    }
    const double *const all[] = {first, second, both}, *const constant[] = {same}, *const holed[] = {hole};
    static const char *const called[] = {"sex", "age", "both"};
    const tsl_covariates told = {3, all, called}, dull = {1, constant, called}, missing = {1, holed, called},
                         none = {0, all, called}, many = {17, all, called};
    check_refused(&told, TSL_BG_NBD, TSL_E_INPUT, "covariate both is told by those before it: leave one of them out");
    check_refused(&dull, TSL_BG_NBD, TSL_E_INPUT, "covariate sex is 7 of all customers: it tells nothing");
    check_refused(&missing, TSL_BG_NBD, TSL_E_INPUT, "covariate sex of history 5 is nan, and must be a number");
    check_refused(&none, TSL_BG_NBD, TSL_E_INPUT, "there are 0 covariates, and must be from 1 to 16");
    check_refused(&many, TSL_BG_NBD, TSL_E_INPUT, "there are 17 covariates, and must be from 1 to 16");
    check_refused(&covariates, TSL_BG_BB, TSL_E_OPTION, "bg-bb: it takes no covariates");
    static const double zero[] = {0, 0}, ten[] = {10, 10}, z[] = {0, 1};
    const double *const one[] = {z};
    const tsl_histories once = {2, zero, zero, ten, NULL};
    const tsl_covariates of = {1, one, called};
    const tsl_covariate_model empty = fit(&once, &of, TSL_PARETO_NBD, 1);
    assert_true(empty.base.verdict == TSL_FIT_EMPTY && isnan(empty.rate[0]) && isnan(empty.p_value));
    double bought[2];
    const tsl_forecast forecast = {.horizon = 1, .purchases = bought};
    assert_int_equal(tsl_covariate_model_predict(&empty, &once, &of, NULL, &forecast, NULL), TSL_OK);
    assert_true(isnan(bought[0]));
    tsl_error err;
    assert_int_equal(tsl_covariate_model_predict(&empty, &once,
                                                 &(tsl_covariates){2, (const double *const[]){z, z}, called}, NULL,
                                                 &forecast, &err),
                     TSL_E_INPUT);
    assert_string_equal(err.message, "there are 2 covariates, and the model was fitted with 1");
}

/* So many histories that some of them tell where to begin; one covariate of one in thousands of a heavy tail, by which
 * whoever is in it has a parameter that is next to nothing on the way. Equal to a fit of the same rows by weights of
 * two each, and whoever begins elsewhere comes to the same place. */
static void test_many(void **state)
{
    (void)state;
    enum { COPIES = 4, ROWS = COPIES * SIMULATED };
    static double x[ROWS], t_x[ROWS], t[ROWS], weight[ROWS], z[2][ROWS];
    static const double truth[] = {.8, 8, .7, 2};
    const double *const column[] = {z[0], z[1]};
    const tsl_covariates of = {2, column, names};
    const tsl_histories h = {ROWS, x, t_x, t, NULL}, twice = {ROWS, x, t_x, t, weight};
    tsl__rng rng = tsl__rng_open(7, 1, 0);
    for (size_t i = 0, at = 0; i < ROWS; i++, at = i % SIMULATED) {
        double own[4];
        memcpy(own, truth, sizeof own);
        z[0][i] = 20 + 10 * tsl__rng_uniform(&rng);
        z[1][i] = pow(1e-3 + tsl__rng_uniform(&rng), -.9);
        own[1] *= exp(-.1 * (z[0][i] - 20));
        own[2] *= exp(-.05 * z[1][i]);
        simulate_customer(TSL_MBG_NBD, own, &rng, at);
        x[i] = simulated[0][at];
        t_x[i] = simulated[1][at];
        t[i] = simulated[2][at];
        weight[i] = 2;
    }
    const tsl_covariate_model model = fit(&h, &of, TSL_MBG_NBD, 1), again = fit(&h, &of, TSL_MBG_NBD, 3),
                              both = fit(&twice, &of, TSL_MBG_NBD, 2);
    assert_int_equal(model.base.verdict, TSL_FIT_SOUND);
    assert_memory_equal(model.rate, again.rate, sizeof model.rate);
    assert_memory_equal(model.dropout_error, again.dropout_error, sizeof model.dropout_error);
    check_near("log-likelihood", both.base.log_likelihood / 2, model.base.log_likelihood, 1e-4);
    check_near("coefficient, in standard errors", (model.rate[0] - .1) / model.rate_error[0], 0, 3);
    check_near("coefficient, in standard errors", (model.dropout[1] + .05) / model.dropout_error[1], 0, 3);
    tsl_purchase_model plain;
    tsl_covariate_model guess = model, near;
    assert_int_equal(tsl_purchase_model_fit(&h, TSL_MBG_NBD, NULL, &plain, NULL), TSL_OK);
    guess.rate[0] += .03;
    guess.dropout[1] -= .02;
    guess.base.parameter[0] *= 1.1;
    assert_int_equal(tsl__covariate_model_fit_from(&h, &of, &plain, &guess, NULL, &near, NULL), TSL_OK);
    check_near("log-likelihood", near.base.log_likelihood, model.base.log_likelihood, 1e-6);
    check_near("rate", near.rate[0], model.rate[0], 1e-5 * model.rate_error[0]);
    check_near("dropout", near.dropout[1], model.dropout[1], 1e-5 * model.dropout_error[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_known),     cmocka_unit_test(test_does_not_depend), cmocka_unit_test(test_own_parameters),
        cmocka_unit_test(test_simulated), cmocka_unit_test(test_refused),         cmocka_unit_test(test_many),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
