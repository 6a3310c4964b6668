/* newton.c: damped Newton steps in a box. */
#include "stat/newton.h"

#include "base/error.h"

#include <gsl/gsl_linalg.h>
#include <math.h>
#include <string.h>

#define FIRST_DAMPING 1e-3
#define LEAST_DAMPING 1e-9
#define MOST_DAMPING 1e9
#define LONGEST_STEP 2.0
#define NEAR 1e-13 /* of the value: a decrease by less is none */
#define SHORT 1e-2 /* a step that the quadratic model can be trusted with */

typedef struct point {
    double x[TSL__NEWTON_MOST], gradient[TSL__NEWTON_MOST], hessian[TSL__NEWTON_MOST * TSL__NEWTON_MOST], value;
} point;

/* What a search works with. */
typedef struct search {
    size_t n;
    double low, high, damping;
    double matrix[TSL__NEWTON_MOST * TSL__NEWTON_MOST], right[TSL__NEWTON_MOST], step[TSL__NEWTON_MOST];
    double decrement; /* of the last step, by the quadratic model */
} search;

/* 1 where the number stands at a bound and would go beyond. */
static int is_held(const search *s, const point *at, size_t i)
{
    return (at->x[i] <= s->low && at->gradient[i] > 0) || (at->x[i] >= s->high && at->gradient[i] < 0);
}

/* The damped step from here; numbers that are held stay. */
static void find_step(search *s, const point *at)
{
    size_t place[TSL__NEWTON_MOST];
    gsl_matrix_view matrix = gsl_matrix_view_array(s->matrix, s->n, s->n);
    gsl_vector_view right = gsl_vector_view_array(s->right, s->n), step = gsl_vector_view_array(s->step, s->n);
    gsl_permutation order = {s->n, place};
    double greatest = 0;
    for (size_t i = 0; i < s->n; i++) {
        greatest = fmax(greatest, fabs(at->hessian[i * s->n + i]));
    }
    for (size_t i = 0; i < s->n; i++) {
        const int held = is_held(s, at, i);
        const double own = at->hessian[i * s->n + i], least = 1e-10 * greatest + 1e-300;
        for (size_t j = 0; j < s->n; j++) {
            s->matrix[i * s->n + j] = held || is_held(s, at, j) ? 0 : at->hessian[i * s->n + j];
        }
        s->matrix[i * s->n + i] = held ? 1 : own + s->damping * fmax(fabs(own), least);
        s->right[i] = held ? 0 : -at->gradient[i];
    }
    (void)gsl_linalg_mcholesky_decomp(&matrix.matrix, &order, NULL);
    (void)gsl_linalg_mcholesky_solve(&matrix.matrix, &order, &right.vector, &step.vector);
}

/* The point that the step leads to, within the box; how much less the quadratic model promises there. */
static double take_step(search *s, const point *from, point *to)
{
    double longest = 0, promised = 0, move[TSL__NEWTON_MOST];
    for (size_t i = 0; i < s->n; i++) {
        longest = fmax(longest, fabs(s->step[i]));
    }
    const double scale = longest > LONGEST_STEP ? LONGEST_STEP / longest : 1;
    for (size_t i = 0; i < s->n; i++) {
        to->x[i] = fmin(fmax(from->x[i] + scale * s->step[i], s->low), s->high);
        move[i] = to->x[i] - from->x[i];
    }
    for (size_t i = 0; i < s->n; i++) {
        promised -= from->gradient[i] * move[i];
        for (size_t j = 0; j < s->n; j++) {
            promised -= .5 * move[i] * from->hessian[i * s->n + j] * move[j];
        }
    }
    return promised;
}

static void evaluate(tsl__objective f, void *user, point *at)
{
    at->value = f(user, at->x, at->gradient, at->hessian);
}

static int is_short(const search *s, const point *from, const point *to)
{
    double longest = 0;
    for (size_t i = 0; i < s->n; i++) {
        longest = fmax(longest, fabs(to->x[i] - from->x[i]));
    }
    return longest <= SHORT;
}

/* One accepted step, or none where no step leads further down. A last one that promises nothing that the value could
 * show is taken without a look where it is short: it doubles the digits of x, and saves an evaluation. */
static int descend(search *s, tsl__objective f, void *user, point *at, tsl__minimum *out, int most_steps)
{
    while (out->steps < most_steps && s->damping <= MOST_DAMPING) {
        point to = *at;
        find_step(s, at);
        s->decrement = take_step(s, at, &to);
        if (fabs(s->decrement) <= NEAR * (1 + fabs(at->value)) && is_short(s, at, &to)) {
            memcpy(at->x, to.x, sizeof at->x);
            at->value -= s->decrement;
            out->converged = 1;
            return 0;
        }
        evaluate(f, user, &to);
        out->steps++;
        const double won = at->value - to.value;
        if (isfinite(to.value) && won >= -NEAR * (1 + fabs(at->value))) {
            s->damping = fmax(won > .5 * s->decrement ? s->damping / 10 : s->damping, LEAST_DAMPING);
            *at = to;
            return 1;
        }
        s->damping *= 10;
    }
    return 0;
}

void tsl__newton_minimize(tsl__objective f, void *user, size_t n, double low, double high, int most_steps, double *x,
                          tsl__minimum *out)
{
    search s = {.n = n, .low = low, .high = high, .damping = FIRST_DAMPING};
    point at = {.value = 0};
    *out = (tsl__minimum){.value = NAN};
    TSL__ASSERT(n > 0 && n <= TSL__NEWTON_MOST);
    for (size_t i = 0; i < n; i++) {
        at.x[i] = fmin(fmax(x[i], low), high);
    }
    evaluate(f, user, &at);
    out->steps = 1;
    while (isfinite(at.value) && !out->converged && descend(&s, f, user, &at, out, most_steps)) {
        out->converged = fabs(s.decrement) <= NEAR * (1 + fabs(at.value));
    }
    for (size_t i = 0; i < n; i++) {
        out->at_bound = out->at_bound || is_held(&s, &at, i);
    }
    out->value = at.value;
    memcpy(out->hessian, at.hessian, n * n * sizeof *at.hessian);
    memcpy(x, at.x, n * sizeof *x);
}

int tsl__matrix_invert(const double *matrix, size_t n, double *inverse)
{
    memcpy(inverse, matrix, n * n * sizeof *matrix);
    /* Cholesky's factor in place, row by row: GSL's own says that it is not positive definite by its handler. */
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j <= i; j++) {
            double sum = inverse[i * n + j];
            for (size_t k = 0; k < j; k++) {
                sum -= inverse[i * n + k] * inverse[j * n + k];
            }
            if (i == j && !(sum > 1e-14 * fabs(matrix[i * n + i]))) {
                return -1;
            }
            inverse[i * n + j] = i == j ? sqrt(sum) : sum / inverse[j * n + j];
        }
    }
    gsl_matrix_view view = gsl_matrix_view_array(inverse, n, n);
    return gsl_linalg_cholesky_invert(&view.matrix) ? -1 : 0;
}
