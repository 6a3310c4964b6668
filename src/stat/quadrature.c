/* quadrature.c: Gauss and Legendre's rule by GSL. */
#include "stat/quadrature.h"

#include <gsl/gsl_errno.h>
#include <gsl/gsl_integration.h>
#include <math.h>

tsl_status tsl__quadrature_build(size_t count, tsl__quadrature *out, tsl_error *err)
{
    gsl_error_handler_t *host = gsl_set_error_handler_off(); /* it may end the program for want of memory */
    gsl_integration_glfixed_table *table = gsl_integration_glfixed_table_alloc(count);
    gsl_set_error_handler(host);
    if (!table) {
        return tsl__error_nomem(err);
    }
    out->count = count;
    for (size_t i = 0; i < count; i++) {
        gsl_integration_glfixed_point(0, 1, i, &out->node[i], &out->weight[i], table);
        out->ln_weight[i] = log(out->weight[i]);
    }
    gsl_integration_glfixed_table_free(table);
    return TSL_OK;
}
