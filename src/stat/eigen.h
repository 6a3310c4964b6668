/* eigen.h: eigenvectors of a symmetric matrix. */
#ifndef TSL_STAT_EIGEN_H
#define TSL_STAT_EIGEN_H

#include <stddef.h>

/* Of a symmetric n x n matrix, which is lost: its eigenvalues, falling, and the unit
 * eigenvectors: vector[i * n + j] is coordinate i of the j'th. By cyclic Jacobi
 * rotations (Golub & Van Loan 2013, 8.5): the same bits everywhere. Cost O(n^3). */
void tsl__eigen_symmetric(double *matrix, size_t n, double *value, double *vector);

#endif
