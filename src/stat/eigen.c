/* eigen.c: eigenvectors by cyclic Jacobi rotations. */
#include "stat/eigen.h"

#include <float.h>
#include <math.h>

#define MOST_SWEEPS 60

/* The sums of squares off the diagonal and on it. */
static void sum_squares(const double *a, size_t n, double *off, double *on)
{
    *off = *on = 0;
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < n; j++) {
            *(i == j ? on : off) += a[i * n + j] * a[i * n + j];
        }
    }
}

/* Turns the plane of p and q so that a[p][q] becomes 0. */
static void rotate(double *a, size_t n, size_t p, size_t q, double *vector)
{
    const double theta = (a[q * n + q] - a[p * n + p]) / (2 * a[p * n + q]);
    const double t = (theta < 0 ? -1 : 1) / (fabs(theta) + sqrt(theta * theta + 1));
    const double c = 1 / sqrt(t * t + 1), s = t * c;
    for (size_t i = 0; i < n; i++) {
        const double at_p = a[i * n + p], at_q = a[i * n + q];
        a[i * n + p] = c * at_p - s * at_q;
        a[i * n + q] = s * at_p + c * at_q;
    }
    for (size_t i = 0; i < n; i++) {
        const double at_p = a[p * n + i], at_q = a[q * n + i];
        a[p * n + i] = c * at_p - s * at_q;
        a[q * n + i] = s * at_p + c * at_q;
    }
    a[p * n + q] = a[q * n + p] = 0;
    for (size_t i = 0; i < n; i++) {
        const double at_p = vector[i * n + p], at_q = vector[i * n + q];
        vector[i * n + p] = c * at_p - s * at_q;
        vector[i * n + q] = s * at_p + c * at_q;
    }
}

static void swap_columns(double *vector, size_t n, size_t a, size_t b)
{
    for (size_t i = 0; i < n; i++) {
        const double kept = vector[i * n + a];
        vector[i * n + a] = vector[i * n + b];
        vector[i * n + b] = kept;
    }
}

/* Falling; equal ones stay as they are. */
static void sort_values(size_t n, double *value, double *vector)
{
    for (size_t i = 0; i < n; i++) {
        size_t greatest = i;
        for (size_t j = i + 1; j < n; j++) {
            greatest = value[j] > value[greatest] ? j : greatest;
        }
        if (greatest != i) {
            const double kept = value[i];
            value[i] = value[greatest];
            value[greatest] = kept;
            swap_columns(vector, n, i, greatest);
        }
    }
}

void tsl__eigen_symmetric(double *matrix, size_t n, double *value, double *vector)
{
    double off, on;
    for (size_t i = 0; i < n * n; i++) {
        vector[i] = i / n == i % n;
    }
    for (int sweep = 0; sweep < MOST_SWEEPS; sweep++) {
        sum_squares(matrix, n, &off, &on);
        if (off <= DBL_EPSILON * DBL_EPSILON * on) {
            break;
        }
        for (size_t p = 0; p < n; p++) {
            for (size_t q = p + 1; q < n; q++) {
                if (matrix[p * n + q] != 0) {
                    rotate(matrix, n, p, q, vector);
                }
            }
        }
    }
    for (size_t i = 0; i < n; i++) {
        value[i] = matrix[i * n + i];
    }
    sort_values(n, value, vector);
}
