/* maximum.c: Newton's method over the logarithms of the parameters; sums by fixed blocks of rows. */
#include "value/search/maximum.h"

#include "base/alloc.h"
#include "base/parallel.h"

#include <math.h>
#include <omp.h>
#include <stdlib.h>
#include <string.h>

#define BOUND 16.0 /* of a logarithm, either way: times are scaled. Of a coefficient likewise */
#define FIRST_STEPS 60
#define MOST_STEPS 200

typedef struct look {
    const tsl__sought *search;
    const tsl__row_sum *rows;
    char *work; /* rows->work bytes a thread */
    tsl__surface *block;
} look;

void tsl__differential_to_logs(tsl__differential *what, const double *parameter, int parameters)
{
    for (int i = 0, at = 0; i < parameters; i++) {
        what->gradient[i] *= parameter[i];
        for (int j = 0; j <= i; j++, at++) {
            what->hessian[at] *= parameter[i] * parameter[j];
        }
        what->hessian[at - 1] += what->gradient[i];
    }
}

void tsl__surface_add(tsl__surface *to, const tsl__differential *what, const double *parameter, int parameters)
{
    tsl__differential own = *what;
    tsl__differential_to_logs(&own, parameter, parameters);
    to->value += own.value;
    for (int i = 0; i < parameters; i++) {
        to->gradient[i] += own.gradient[i];
    }
    for (int i = 0; i < parameters * (parameters + 1) / 2; i++) {
        to->hessian[i] += own.hessian[i];
    }
}

/* The sign is turned, as what is looked for is the least. */
static double turn(const tsl__surface *sum, size_t n, double *gradient, double *hessian)
{
    for (size_t i = 0, at = 0; i < n; i++) {
        gradient[i] = -sum->gradient[i];
        for (size_t j = 0; j <= i; j++, at++) {
            hessian[i * n + j] = hessian[j * n + i] = -sum->hessian[at];
        }
    }
    return -sum->value;
}

static void put_parameters(const tsl__sought *search, const double *x, double *p)
{
    for (int i = 0; i < search->parameters + search->coefficients; i++) {
        p[i] = i < search->parameters ? exp(x[i]) : x[i];
    }
}

static double evaluate(void *user, const double *x, double *gradient, double *hessian)
{
    const look *l = user;
    const tsl__row_sum *rows = l->rows;
    const size_t blocks = tsl__block_count(rows->rows), n = (size_t)(l->search->parameters + l->search->coefficients);
    double p[TSL__NEWTON_MOST];
    tsl__surface sum = {.value = 0};
    put_parameters(l->search, x, p);
    if (rows->prepare) {
        rows->prepare(rows->user, p);
    }
#pragma omp parallel for num_threads(blocks > 1 ? l->search->threads : 1) schedule(dynamic, 1)
    for (size_t b = 0; b < blocks; b++) {
        size_t begin, end;
        tsl__block_get(rows->rows, b, &begin, &end);
        memset(&l->block[b], 0, sizeof l->block[b]);
        rows->add(rows->user, p, begin, end, l->work + (size_t)omp_get_thread_num() * rows->work, &l->block[b]);
    }
    for (size_t b = 0; b < blocks; b++) {
        sum.value += l->block[b].value;
        for (size_t i = 0; i < n; i++) {
            sum.gradient[i] += l->block[b].gradient[i];
        }
        for (size_t i = 0; i < n * (n + 1) / 2; i++) {
            sum.hessian[i] += l->block[b].hessian[i];
        }
    }
    return turn(&sum, n, gradient, hessian);
}

/* The parameters, and their errors: that of a logarithm times the parameter. */
static void take_parameters(const tsl__sought *search, const double *x, const tsl__minimum *m, tsl__maximum *out)
{
    const size_t logs = (size_t)search->parameters, n = logs + (size_t)search->coefficients;
    const int known = !m->at_bound && tsl__matrix_invert(m->hessian, n, out->covariance) == 0;
    out->loose = !known;
    put_parameters(search, x, out->parameter);
    for (size_t i = 0; i < n * n && !known; i++) {
        out->covariance[i] = NAN;
    }
    for (size_t i = 0; i < n; i++) {
        const double own = sqrt(out->covariance[i * n + i]);
        out->standard_error[i] = own * (i < logs ? out->parameter[i] : 1);
        out->loose = out->loose || (i < logs && own > TSL_FIT_LOOSE);
    }
}

/* The best of what is found from the starts. */
static void begin(look *l, size_t n, double *best, tsl__minimum *found)
{
    const tsl__sought *search = l->search;
    const size_t logs = (size_t)search->parameters;
    double x[TSL__NEWTON_MOST] = {0};
    tsl__minimum own;
    for (size_t s = 0; s < search->starts; s++) {
        for (size_t i = 0; i < n; i++) {
            x[i] = i < logs ? log(search->start[s][i]) : search->coefficient ? search->coefficient[i - logs] : 0;
        }
        tsl__newton_minimize(evaluate, l, n, -BOUND, BOUND, search->levels > 1 ? FIRST_STEPS : MOST_STEPS, x, &own);
        if (s == 0 || own.value < found->value) {
            memcpy(best, x, n * sizeof *best);
            *found = own;
        }
    }
}

tsl_status tsl__maximum_find(const tsl__sought *search, tsl__maximum *out, tsl_error *err)
{
    const size_t n = (size_t)(search->parameters + search->coefficients);
    look l = {.search = search, .rows = search->level};
    double best[TSL__NEWTON_MOST] = {0};
    size_t rows = 0, work = 0;
    tsl_status status = TSL_OK;
    tsl__minimum found = {.value = NAN};
    *out = (tsl__maximum){.log_likelihood = NAN};
    TSL__ASSERT(n <= TSL__NEWTON_MOST);
    for (size_t i = 0; i < search->levels; i++) {
        rows = search->level[i].rows > rows ? search->level[i].rows : rows;
        work = search->level[i].work > work ? search->level[i].work : work;
    }
    TSL__NEED(l.block = tsl__alloc(tsl__block_count(rows), sizeof *l.block));
    TSL__NEED(l.work = tsl__alloc((size_t)search->threads, work));
    begin(&l, n, best, &found);
    for (size_t i = 1; i < search->levels; i++) {
        l.rows = &search->level[i];
        tsl__newton_minimize(evaluate, &l, n, -BOUND, BOUND, MOST_STEPS, best, &found);
    }
    out->log_likelihood = -found.value;
    out->steps = found.steps;
    take_parameters(search, best, &found, out);
done:
    free(l.work);
    free(l.block);
    return status;
}
