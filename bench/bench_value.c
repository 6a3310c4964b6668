/*
 * bench_value.c: how long the purchase and spend models take: fit, and what they expect of every customer.
 *
 *   bench_value cdnow FOLDER [COPIES [THREADS]]   the 2,357 customers of FOLDER (datasets/cdnow), so many times (420)
 *   bench_value made [CUSTOMERS [THREADS]]        customers who buy and leave as the Pareto/NBD says, counted by days
 *                                                 over three years, each with spends of his own (1,000,000)
 *   bench_value covariates [CUSTOMERS [THREADS]]  the same customers, who buy and leave by three numbers and two yes or
 *                                                 no, each of them unlike all others (100,000)
 *
 * A line a model: what it is, seconds of the fit, seconds of the expectations (alive, purchases, no purchase within a
 * while, discounted, all to come discounted), log-likelihood, verdict, parameters. Then what `tesela run` does by
 * default: the choice, and its expectations. Of covariates: the models without and with these, and all fits without one
 * column, as `tesela value --covariates` makes them.
 */
#include "value/covariate_model.h"

#include "base/alloc.h"
#include "base/parallel.h"
#include "base/rng.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { COVARIATES = 5, NUMBERS = 3 };

typedef struct customers {
    size_t count;
    double *x, *t_x, *t, *mean;
    double *z[COVARIATES]; /* NULL: they are alike */
    double *out;           /* four figures a customer */
    double horizon, silence, discount;
} customers;

static customers open_customers(size_t count, double day)
{
    customers c = {.count = count,
                   .x = tsl__alloc(count, sizeof *c.x),
                   .t_x = tsl__alloc(count, sizeof *c.t_x),
                   .t = tsl__alloc(count, sizeof *c.t),
                   .mean = tsl__alloc(count, sizeof *c.mean),
                   .out = tsl__alloc(5 * count, sizeof *c.out),
                   .horizon = 365 * day,
                   .silence = 90 * day,
                   .discount = log(1.1) / (365 * day)};
    if (!c.x || !c.t_x || !c.t || !c.mean || !c.out) {
        fputs("out of memory\n", stderr);
        exit(1);
    }
    return c;
}

static void free_customers(customers *c)
{
    free(c->x);
    free(c->t_x);
    free(c->t);
    free(c->mean);
    free(c->out);
    for (int z = 0; z < COVARIATES; z++) {
        free(c->z[z]);
    }
}

static void stop_at(tsl_status status, const tsl_error *err)
{
    if (status != TSL_OK) {
        fprintf(stderr, "%s\n", err->message);
        exit(1);
    }
}

/* ---- CDNOW ------------------------------------------------------------------------------ */

enum { SAMPLE = 2357 };

/* The lines of a file of so many columns, the last of which says of how many customers a line is. */
static size_t read_lines(const char *folder, const char *name, size_t columns, double (*out)[SAMPLE])
{
    char path[512], line[256];
    size_t n = 0;
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "r");
    if (!file || !fgets(line, sizeof line, file)) {
        fprintf(stderr, "%s: cannot be read\n", path);
        exit(1);
    }
    while (fgets(line, sizeof line, file)) {
        char *at = line;
        double value[8];
        for (size_t c = 0; c < columns; c++, at += *at == ',') {
            value[c] = strtod(at, &at);
        }
        for (double w = 0; w < value[columns - 1] && n < SAMPLE; w++, n++) {
            for (size_t c = 0; c + 1 < columns; c++) {
                out[c][n] = value[c];
            }
        }
    }
    fclose(file);
    return n;
}

/* Which of CDNOW's spends is whose is not in the files: they go to the customers of the same x, in order. */
static customers read_cdnow(const char *folder, size_t copies)
{
    static double history[4][SAMPLE], spend[2][SAMPLE];
    const size_t n = read_lines(folder, "histories_39_weeks.csv", 5, history);
    const size_t spends = read_lines(folder, "spend_39_weeks.csv", 3, spend);
    customers c = open_customers(n * copies, 1. / 7);
    size_t next = 0;
    for (size_t i = 0; i < n; i++) {
        double mean = NAN;
        if (history[0][i] > 0 && next < spends) {
            mean = spend[1][next++] / 100 / history[0][i];
        }
        for (size_t k = 0; k < copies; k++) {
            c.x[k * n + i] = history[0][i];
            c.t_x[k * n + i] = history[1][i] / 7;
            c.t[k * n + i] = history[2][i] / 7;
            c.mean[k * n + i] = mean;
        }
    }
    return c;
}

/* ---- Customers who are made ----------------------------------------------------------------- */

static double draw_normal(tsl__rng *rng)
{
    const double u = 1 - tsl__rng_uniform(rng), v = tsl__rng_uniform(rng);
    return sqrt(-2 * log(u)) * cos(2 * M_PI * v);
}

/* Marsaglia & Tsang (2000). */
static double draw_gamma(tsl__rng *rng, double shape)
{
    const double k = shape < 1 ? shape + 1 : shape, d = k - 1. / 3, c = 1 / sqrt(9 * d);
    for (;;) {
        const double z = draw_normal(rng), v = pow(1 + c * z, 3), u = 1 - tsl__rng_uniform(rng);
        if (v > 0 && log(u) < .5 * z * z + d - d * v + d * log(v)) {
            return d * v * (shape < 1 ? pow(1 - tsl__rng_uniform(rng), 1 / shape) : 1);
        }
    }
}

/* By how much a customer buys and leaves more often than others, in logarithms. */
static void draw_covariates(customers *c, size_t i, tsl__rng *rng, double *buys, double *leaves)
{
    static const double rate[COVARIATES] = {.3, -.1, 0, .2, -.3}, dropout[COVARIATES] = {-.2, 0, .1, .3, 0};
    for (int z = 0; z < COVARIATES && c->z[z]; z++) {
        c->z[z][i] = z < NUMBERS ? draw_normal(rng) : tsl__rng_uniform(rng) < .3;
        *buys += rate[z] * c->z[z][i];
        *leaves += dropout[z] * c->z[z][i];
    }
}

/* Times in days, all whole: a day counts once. */
static void make_customer(customers *c, size_t i, tsl__rng *rng)
{
    double buys = 0, leaves = 0;
    draw_covariates(c, i, rng, &buys, &leaves);
    const double t = floor(1095 * tsl__rng_uniform(rng)), rate = draw_gamma(rng, .6) / 70 * exp(buys);
    const double life = -log(1 - tsl__rng_uniform(rng)) / (draw_gamma(rng, .6) / 80 * exp(leaves));
    const double level = 6 * 15 / draw_gamma(rng, 4);
    double x = 0, last = 0, spent = 0, at = 0;
    for (;;) {
        at -= log(1 - tsl__rng_uniform(rng)) / rate;
        if (at >= t || at >= life) {
            break;
        }
        if (ceil(at) > last) {
            last = ceil(at);
            x++;
            spent += fmax(1, floor(100 * level * draw_gamma(rng, 6) / 6));
        }
    }
    c->x[i] = x;
    c->t_x[i] = last;
    c->t[i] = t;
    c->mean[i] = x > 0 ? spent / 100 / x : (double)NAN;
}

static customers make_customers(size_t count, int covariates)
{
    customers c = open_customers(count, 1);
    for (int z = 0; z < covariates; z++) {
        c.z[z] = tsl__alloc(count, sizeof *c.z[z]);
        stop_at(c.z[z] ? TSL_OK : TSL_E_NOMEM, &(tsl_error){.message = "out of memory"});
    }
#pragma omp parallel for schedule(dynamic)
    for (size_t b = 0; b < tsl__block_count(count); b++) {
        size_t begin, end;
        tsl__block_get(count, b, &begin, &end);
        tsl__rng rng = tsl__rng_open(11, 5, (uint32_t)b);
        for (size_t i = begin; i < end; i++) {
            make_customer(&c, i, &rng);
        }
    }
    return c;
}

/* ---- What is measured ----------------------------------------------------------------------- */

/* parameter: count of them; 0 and NULL: none. The verdict is one word. */
static void print(const char *name, const double time[2], double log_likelihood, const char *verdict, int count,
                  const double *parameter)
{
    printf("%-12s%8.3f%8.3f%20.4f  ", name, time[0], time[1], log_likelihood);
    for (const char *at = verdict; *at; at++) {
        putchar(*at == ' ' ? '-' : *at);
    }
    for (int i = 0; i < count; i++) {
        printf(" %.9g", parameter[i]);
    }
    putchar('\n');
}

static double predict(const tsl_purchase_model *model, const customers *c, const tsl_exec *exec)
{
    const tsl_histories h = {c->count, c->x, c->t_x, c->t, NULL};
    const tsl_forecast forecast = {.horizon = c->horizon,
                                   .silence = c->silence,
                                   .discount = c->discount,
                                   .alive = &c->out[0],
                                   .purchases = &c->out[c->count],
                                   .no_purchase = &c->out[2 * c->count],
                                   .discounted = &c->out[3 * c->count],
                                   .dert = &c->out[4 * c->count]};
    tsl_error err;
    const double began = tsl__clock();
    stop_at(tsl_purchase_model_predict(model, &h, exec, &forecast, &err), &err);
    return tsl__clock() - began;
}

static double run_spend(const customers *c, const tsl_exec *exec)
{
    const tsl_spends spends = {c->count, c->x, c->mean, NULL};
    tsl_spend_model model;
    tsl_error err;
    const double began = tsl__clock();
    stop_at(tsl_spend_model_fit(&spends, exec, &model, &err), &err);
    const double fitted = tsl__clock();
    tsl_spend_model_predict(&model, &spends, c->out);
    const double ended = tsl__clock();
    print("gamma-gamma", (const double[]){fitted - began, ended - fitted}, model.log_likelihood,
          tsl_fit_verdict_get_name(model.verdict), 3, model.parameter);
    return ended - began;
}

static double run_model(const customers *c, tsl_purchase_kind kind, const tsl_exec *exec)
{
    const tsl_histories h = {c->count, c->x, c->t_x, c->t, NULL};
    tsl_purchase_model model;
    tsl_error err;
    const double began = tsl__clock();
    stop_at(tsl_purchase_model_fit(&h, kind, exec, &model, &err), &err);
    const double fit = tsl__clock() - began, ahead = predict(&model, c, exec);
    print(tsl_purchase_kind_get_name(kind), (const double[]){fit, ahead}, model.log_likelihood,
          tsl_fit_verdict_get_name(model.verdict), tsl_purchase_kind_get_count(kind), model.parameter);
    return fit + ahead;
}

static void run_default(const customers *c, const tsl_exec *exec, double spend)
{
    const tsl_histories h = {c->count, c->x, c->t_x, c->t, NULL};
    tsl_purchase_choice choice;
    tsl_error err;
    const double began = tsl__clock();
    stop_at(tsl_purchase_choice_fit(&h, exec, &choice, &err), &err);
    const double fit = tsl__clock() - began;
    const tsl_purchase_kind chosen = choice.chosen < TSL_PURCHASE_KINDS ? choice.chosen : TSL_NBD;
    const double ahead = predict(&choice.model[chosen], c, exec);
    print("choice", (const double[]){fit, ahead}, choice.model[chosen].log_likelihood,
          tsl_purchase_kind_get_name(chosen), 0, NULL);
    printf("%-12s%8.3f\n", "default", fit + ahead + spend);
}

/* The fit by all columns, and those without one of them; the expectations by all. */
static void run_covariates(const customers *c, tsl_purchase_kind kind, const tsl_exec *exec)
{
    static const char *const name[COVARIATES] = {"first", "second", "third", "fourth", "fifth"};
    const tsl_histories h = {c->count, c->x, c->t_x, c->t, NULL};
    const tsl_covariates all = {COVARIATES, (const double *const *)c->z, name};
    const tsl_forecast forecast = {.horizon = c->horizon, .purchases = c->out};
    tsl_purchase_model plain;
    tsl_covariate_model model, without;
    tsl_error err;
    const double began = tsl__clock();
    stop_at(tsl_purchase_model_fit(&h, kind, exec, &plain, &err), &err);
    const double fitted = tsl__clock();
    print("without", (const double[]){fitted - began, 0}, plain.log_likelihood, tsl_fit_verdict_get_name(plain.verdict),
          0, NULL);
    stop_at(tsl__covariate_model_fit_from(&h, &all, &plain, NULL, exec, &model, &err), &err);
    const double told = tsl__clock();
    stop_at(tsl_covariate_model_predict(&model, &h, &all, exec, &forecast, &err), &err);
    print(tsl_purchase_kind_get_name(kind), (const double[]){told - fitted, tsl__clock() - told},
          model.base.log_likelihood, tsl_fit_verdict_get_name(model.base.verdict), COVARIATES, model.rate);
    const double tested = tsl__clock();
    for (size_t left_out = 0; left_out < COVARIATES; left_out++) {
        tsl_covariate_model guess = {.base = model.base};
        const double *column[COVARIATES];
        for (size_t z = 0; z < COVARIATES; z++) {
            if (z != left_out) {
                column[guess.count] = c->z[z];
                guess.rate[guess.count] = model.rate[z];
                guess.dropout[guess.count++] = model.dropout[z];
            }
        }
        const tsl_covariates others = {guess.count, column, name};
        stop_at(tsl__covariate_model_fit_from(&h, &others, &plain, &guess, exec, &without, &err), &err);
    }
    print("columns", (const double[]){tsl__clock() - tested, 0}, without.base.log_likelihood,
          tsl_fit_verdict_get_name(without.base.verdict), 0, NULL);
}

/* What there is to measure, and of how many customers unless that is told. */
enum { CDNOW, MADE, BY_COVARIATES, WAYS };
static const struct {
    const char *name;
    size_t count;
} ways[WAYS] = {{"cdnow", 420}, {"made", 1000000}, {"covariates", 100000}};

static int find_way(int argc, char **argv)
{
    int way = 0;
    while (way < WAYS && (argc < 2 || strcmp(argv[1], ways[way].name) != 0)) {
        way++;
    }
    return way == CDNOW && argc < 3 ? WAYS : way;
}

int main(int argc, char **argv)
{
    const int way = find_way(argc, argv), at = way == CDNOW ? 3 : 2;
    if (way == WAYS) {
        fputs("bench_value cdnow FOLDER [COPIES [THREADS]] | made [CUSTOMERS [THREADS]] | covariates [CUSTOMERS "
              "[THREADS]]\n",
              stderr);
        return 2;
    }
    const size_t count = argc > at ? strtoul(argv[at], NULL, 10) : ways[way].count;
    const tsl_exec exec = {.size = sizeof exec, .threads = argc > at + 1 ? atoi(argv[at + 1]) : 0};
    customers c =
        way == CDNOW ? read_cdnow(argv[2], count) : make_customers(count, way == BY_COVARIATES ? COVARIATES : 0);
    double all = 0;
    printf("%-12s%8s%8s%20s\n", "", "fit", "predict", "log-likelihood");
    for (int kind = TSL_BG_NBD; way == BY_COVARIATES && kind < TSL_BG_BB; kind++) {
        run_covariates(&c, (tsl_purchase_kind)kind, &exec);
    }
    for (int kind = TSL_NBD; way != BY_COVARIATES && kind < TSL_BG_BB; kind++) {
        all += run_model(&c, (tsl_purchase_kind)kind, &exec);
    }
    if (way != BY_COVARIATES) {
        const double spend = run_spend(&c, &exec);
        printf("%-12s%8.3f\n", "all", all + spend);
        run_default(&c, &exec, spend);
    }
    if (way == MADE) { /* CDNOW's weeks are no whole ones */
        run_model(&c, TSL_BG_BB, &exec);
    }
    free_customers(&c);
    return 0;
}
