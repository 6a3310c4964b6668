/* maximum.c: Newton's method over the logarithms of the parameters; sums by fixed blocks of rows. */
#include "value/maximum.h"

#include "base/alloc.h"
#include "base/parallel.h"
#include "stat/newton.h"

#include <math.h>
#include <stdlib.h>

#define LOOKED_AT 2048 /* rows by which starts are compared, at least, where there are more */
#define BOUND 16.0     /* of a logarithm, either way: times are scaled */
#define FIRST_STEPS 60
#define MOST_STEPS 200

typedef struct look {
    const tsl__row_sum *sample;
    size_t step; /* every step'th row */
    int threads;
    tsl__differential *block;
} look;

/* By the logarithms: d/dln p = p d/dp. The sign is turned, as what is looked for is the least. */
static double turn(const tsl__differential *sum, const double *p, size_t n, double *gradient, double *hessian)
{
    for (size_t i = 0, at = 0; i < n; i++) {
        gradient[i] = -p[i] * sum->gradient[i];
        for (size_t j = 0; j <= i; j++, at++) {
            const double h = -p[i] * p[j] * sum->hessian[at] + (i == j ? gradient[i] : 0);
            hessian[i * n + j] = hessian[j * n + i] = h;
        }
    }
    return -sum->value;
}

static double evaluate(void *user, const double *x, double *gradient, double *hessian)
{
    const look *l = user;
    const tsl__row_sum *s = l->sample;
    const size_t blocks = tsl__block_count(s->rows), n = (size_t)s->parameters;
    double p[TSL_PURCHASE_PARAMETERS];
    tsl__differential sum = {.value = 0};
    for (size_t i = 0; i < n; i++) {
        p[i] = exp(x[i]);
    }
#pragma omp parallel for num_threads(l->threads) schedule(dynamic, 1)
    for (size_t b = 0; b < blocks; b++) {
        size_t begin, end;
        tsl__block_get(s->rows, b, &begin, &end);
        begin = (begin + l->step - 1) / l->step * l->step;
        l->block[b] = (tsl__differential){.value = 0};
        s->add(s->user, p, begin, end, l->step, &l->block[b]);
    }
    for (size_t b = 0; b < blocks; b++) {
        tsl__differential_add(&sum, &l->block[b], 1);
    }
    return turn(&sum, p, n, gradient, hessian);
}

/* The parameters, and their errors: that of a logarithm times the parameter. */
static void take_parameters(const double *x, const double *unit, const tsl__minimum *m, size_t n, tsl__maximum *out)
{
    double inverse[TSL_PURCHASE_PARAMETERS * TSL_PURCHASE_PARAMETERS];
    const int known = !m->at_bound && tsl__matrix_invert(m->hessian, n, inverse) == 0;
    out->loose = !known;
    for (size_t i = 0; i < n; i++) {
        const double own = known ? sqrt(inverse[i * n + i]) : NAN;
        out->parameter[i] = exp(x[i]) * unit[i];
        out->standard_error[i] = own * out->parameter[i];
        out->loose = out->loose || own > TSL_FIT_LOOSE;
    }
}

tsl_status tsl__maximum_find(const tsl__row_sum *sample, const double (*start)[TSL_PURCHASE_PARAMETERS], size_t count,
                             int threads, tsl__maximum *out, tsl_error *err)
{
    const size_t n = (size_t)sample->parameters;
    look l = {.sample = sample, .threads = threads, .step = sample->rows / LOOKED_AT + (sample->rows < LOOKED_AT)};
    double best[TSL_PURCHASE_PARAMETERS], x[TSL_PURCHASE_PARAMETERS], least = INFINITY;
    tsl_status status = TSL_OK;
    tsl__minimum found;
    *out = (tsl__maximum){.log_likelihood = NAN};
    TSL__NEED(l.block = tsl__alloc(tsl__block_count(sample->rows), sizeof *l.block));
    for (size_t s = 0; s < count; s++) {
        for (size_t i = 0; i < n; i++) {
            x[i] = log(start[s][i]);
        }
        tsl__newton_minimize(evaluate, &l, n, -BOUND, BOUND, FIRST_STEPS, x, &found);
        for (size_t i = 0; i < n && (s == 0 || found.value < least); i++) {
            best[i] = x[i];
        }
        least = s == 0 || found.value < least ? found.value : least;
    }
    l.step = 1;
    tsl__newton_minimize(evaluate, &l, n, -BOUND, BOUND, MOST_STEPS, best, &found);
    out->log_likelihood = -found.value;
    out->steps = found.steps;
    take_parameters(best, sample->unit, &found, n, out);
done:
    free(l.block);
    return status;
}
