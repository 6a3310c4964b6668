/* chi_square.h: Pearson's chi-square of a table, and its tail. */
#ifndef TSL_STAT_CHI_SQUARE_H
#define TSL_STAT_CHI_SQUARE_H

#include <stddef.h>

typedef struct tsl__chi_square {
    double statistic; /* sum of (observed - expected)^2 / expected; 0 of less than two rows or columns that hold any */
    double degrees;   /* (rows - 1) (columns - 1), of those that hold any */
    double effect;    /* Cramer's V (1946): sqrt(statistic / (total * min(rows - 1, columns - 1))); 0 likewise */
    double log_p;     /* natural logarithm of the tail; 0 likewise */
} tsl__chi_square;

/* Of rows x cols counts, or sums of weights, >= 0: cell[r * stride + c]. scratch: cols doubles. */
tsl__chi_square tsl__chi_square_get(const double *cell, size_t rows, size_t cols, size_t stride, double *scratch);

/* Cramer's V less what chance alone would give on average, 0 to 1, of n counts in so many rows and columns that hold
 * any, at least two: Bergsma (2013), A bias-correction for Cramer's V and Tschuprow's T, JKSS 42. NaN of fewer. */
double tsl__chi_square_correct(double statistic, double n, size_t rows, size_t cols);

/* The natural logarithm of what lies above x >= 0 with so many degrees of freedom, also where the tail itself
 * is less than a double holds. */
double tsl__chi_square_log_tail(double x, double degrees);

#endif
