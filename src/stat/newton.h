/* newton.h: where a smooth function of a few numbers is least, by Newton's method with exact derivatives. */
#ifndef TSL_STAT_NEWTON_H
#define TSL_STAT_NEWTON_H

#include <stddef.h>

enum { TSL__NEWTON_MOST = 36 }; /* numbers */

/* The value at x; gradient (n) and Hessian (n x n, symmetric) go out. A value that is not finite: x is outside. */
typedef double (*tsl__objective)(void *user, const double *x, double *gradient, double *hessian);

typedef struct tsl__minimum {
    double value;
    double hessian[TSL__NEWTON_MOST * TSL__NEWTON_MOST]; /* n x n, there */
    int steps;                                           /* evaluations */
    int converged; /* 0: as near as it could come in the steps that it had, or by the digits that there are */
    int at_bound;  /* 1: a number stands at its bound, and would go on */
} tsl__minimum;

/* From x, within low .. high (each number alike), to the least value near by; n up to TSL__NEWTON_MOST. Damped where
 * the function is not convex (modified Cholesky: Gill & Murray, as gsl_linalg_mcholesky), steps of at most 2 a number.
 * Cost: some ten evaluations where the start is good. */
void tsl__newton_minimize(tsl__objective f, void *user, size_t n, double low, double high, int most_steps, double *x,
                          tsl__minimum *out);

/* The inverse of a symmetric matrix (n x n); 0, or -1 where it is not positive definite. */
int tsl__matrix_invert(const double *matrix, size_t n, double *inverse);

#endif
