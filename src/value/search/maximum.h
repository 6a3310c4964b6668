/* maximum.h: parameters that make rows most likely. */
#ifndef TSL_VALUE_SEARCH_MAXIMUM_H
#define TSL_VALUE_SEARCH_MAXIMUM_H

#include "base/error.h"
#include "stat/newton.h"
#include "value/terms/mixture.h"

enum { TSL__MAXIMUM_PAIRS = TSL__NEWTON_MOST * (TSL__NEWTON_MOST + 1) / 2 };

/* A sum of log-likelihoods, with its derivatives by the logarithms of the parameters, and by coefficients, which stand
 * behind them; hessian: the lower triangle, row by row. */
typedef struct tsl__surface {
    double value, gradient[TSL__NEWTON_MOST], hessian[TSL__MAXIMUM_PAIRS];
} tsl__surface;

/* The log-likelihoods of rows. */
typedef struct tsl__row_sum {
    /* What all blocks share at some parameters: made once before they are added. NULL: nothing. */
    void (*prepare)(const void *user, const double *parameter);
    /* Adds the rows of a block, each by its weight. parameter: the coefficients stand behind. work: this thread's. */
    void (*add)(const void *user, const double *parameter, size_t begin, size_t end, void *work, tsl__surface *sum);
    const void *user;
    size_t rows;
    size_t work; /* bytes that add works with */
} tsl__row_sum;

/* What is looked for. */
typedef struct tsl__sought {
    const tsl__row_sum *level; /* the rows: the last is all of them, those before it are fewer that stand for them */
    size_t levels;
    const double (*start)[TSL_PURCHASE_PARAMETERS]; /* where to begin on the first */
    size_t starts;
    const double *coefficient; /* likewise, of each start; NULL: at 0 */
    int parameters, coefficients;
    int threads;
} tsl__sought;

typedef struct tsl__maximum {
    double parameter[TSL__NEWTON_MOST], standard_error[TSL__NEWTON_MOST];
    double covariance[TSL__NEWTON_MOST * TSL__NEWTON_MOST]; /* of logarithms and coefficients, n x n; NaN: not known */
    double log_likelihood;                                  /* of all rows */
    int steps;                                              /* evaluations of all rows */
    int loose;                                              /* 1: some parameter is not told by the rows */
} tsl__maximum;

/* From each start on the first level, the best then on those that follow. The same bits for any number of threads.
 * TSL_E_NOMEM. */
TSL_FALLIBLE tsl_status tsl__maximum_find(const tsl__sought *search, tsl__maximum *out, tsl_error *err);
/* Adds a model's own sum, whose derivatives are by the parameters themselves. */
void tsl__surface_add(tsl__surface *to, const tsl__differential *what, const double *parameter, int parameters);
/* The same derivatives by the logarithms: d/dln p = p d/dp. */
void tsl__differential_to_logs(tsl__differential *what, const double *parameter, int parameters);

#endif
