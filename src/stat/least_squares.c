/* least_squares.c: by GSL. */
#include "stat/least_squares.h"

#include <gsl/gsl_errno.h>
#include <gsl/gsl_multifit.h>

tsl_status tsl__least_squares_fit(const double *x, size_t rows, size_t cols, const double *y, double least,
                                  double *weight, double *rest, tsl_error *err)
{
    const gsl_matrix_const_view columns = gsl_matrix_const_view_array(x, rows, cols);
    const gsl_vector_const_view sum = gsl_vector_const_view_array(y, rows);
    gsl_vector_view weights = gsl_vector_view_array(weight, cols);
    gsl_error_handler_t *host = gsl_set_error_handler_off(); /* it may end the program for want of memory */
    gsl_multifit_linear_workspace *work = gsl_multifit_linear_alloc(rows, cols);
    gsl_matrix *covariance = gsl_matrix_alloc(cols, cols);
    tsl_status status = TSL_OK;
    size_t rank;
    TSL__NEED(work && covariance);
    TSL__NEED(gsl_multifit_linear_tsvd(&columns.matrix, &sum.vector, least, &weights.vector, covariance, rest, &rank,
                                       work) == GSL_SUCCESS);
done:
    gsl_multifit_linear_free(work);
    gsl_matrix_free(covariance);
    gsl_set_error_handler(host);
    return status;
}
