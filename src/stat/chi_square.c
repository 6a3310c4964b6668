/* chi_square.c: Pearson's chi-square of a table, and its tail. */
#include "stat/chi_square.h"

#include "stat/special.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <string.h>

#define TERMS 100000 /* of the continued fraction, at most; it takes some sqrt(degrees) */

/* The upper incomplete gamma function by Lentz's continued fraction (DLMF 8.9.2), which holds beyond the middle, as a
 * logarithm. */
static double get_far_tail(double x, double degrees)
{
    const double a = degrees / 2, z = x / 2;
    double b = z + 1 - a, c = 1e300, d = 1 / b, h = d;
    for (int i = 1; i <= TERMS; i++) {
        const double an = -i * (i - a);
        b += 2;
        d = 1 / (an * d + b);
        c = b + an / c;
        const double step = c * d;
        h *= step;
        if (fabs(step - 1) < 1e-15) {
            break;
        }
    }
    return a * log(z) - z - tsl__log_gamma(a) + log(h);
}

double tsl__chi_square_log_tail(double x, double degrees)
{
    if (!(degrees > 0) || !(x > 0)) {
        return 0;
    }
    return x > degrees + 2 ? get_far_tail(x, degrees) : log(gsl_cdf_chisq_Q(x, degrees));
}

/* Sums of the columns, their total, and how many rows and columns hold any. */
static double add_up(const double *cell, size_t rows, size_t cols, size_t stride, double *column, size_t held[2])
{
    double total = 0;
    held[0] = held[1] = 0;
    memset(column, 0, cols * sizeof *column);
    for (size_t r = 0; r < rows; r++) {
        double row = 0;
        for (size_t c = 0; c < cols; c++) {
            row += cell[r * stride + c];
            column[c] += cell[r * stride + c];
        }
        total += row;
        held[0] += row > 0;
    }
    for (size_t c = 0; c < cols; c++) {
        held[1] += column[c] > 0;
    }
    return total;
}

tsl__chi_square tsl__chi_square_get(const double *cell, size_t rows, size_t cols, size_t stride, double *scratch)
{
    size_t held[2];
    tsl__chi_square of = {0};
    const double total = add_up(cell, rows, cols, stride, scratch, held);
    if (held[0] < 2 || held[1] < 2) {
        return of;
    }
    for (size_t r = 0; r < rows; r++) {
        const double *at = cell + r * stride;
        double row = 0;
        for (size_t c = 0; c < cols; c++) {
            row += at[c];
        }
        for (size_t c = 0; c < cols && row > 0; c++) {
            const double expected = row * (scratch[c] / total), off = at[c] - expected;
            of.statistic += expected > 0 ? off * off / expected : 0;
        }
    }
    const size_t least = held[0] < held[1] ? held[0] : held[1];
    of.degrees = (double)(held[0] - 1) * (double)(held[1] - 1);
    of.effect = sqrt(of.statistic / (total * (double)(least - 1)));
    of.log_p = tsl__chi_square_log_tail(of.statistic, of.degrees);
    return of;
}

double tsl__chi_square_correct(double statistic, double n, size_t rows, size_t cols)
{
    const double r = (double)rows, c = (double)cols;
    const double phi = fmax(0, statistic / n - (r - 1) * (c - 1) / (n - 1));
    const double least = fmin(r - (r - 1) * (r - 1) / (n - 1), c - (c - 1) * (c - 1) / (n - 1)) - 1;
    return rows > 1 && cols > 1 && least > 0 ? fmin(1, sqrt(phi / least)) : (double)NAN;
}
