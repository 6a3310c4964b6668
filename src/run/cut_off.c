/* cut_off.c: customers whose value was cut off by far. Quantiles keep a slip of the keyboard from drawing a cluster,
 * and hide it: so it is told. docs/methods/outliers.md. */
#include "run/cut_off.h"

#include "base/alloc.h"
#include "base/error.h"
#include "feature/columns/normalise.h"
#include "run/finding.h"

#include <math.h>

#define BY_FAR 10 /* times the bound */

/* One end of one column. */
typedef struct cut {
    const tsl_features *features;
    const tsl_feature_matrix *matrix;
    const char *far;
    size_t feature;
    double bound; /* > 0 above, < 0 below */
} cut;

static size_t get_customer(const cut *c, size_t row)
{
    return c->matrix->customer ? c->matrix->customer[row] : row;
}

static double get_value(const cut *c, size_t customer)
{
    return c->features->x[customer * c->features->feature_count + c->feature];
}

static int is_cut(const cut *c, size_t row)
{
    const double times = get_value(c, get_customer(c, row)) / c->bound;
    return !c->far[row] && times > BY_FAR; /* NaN is not known */
}

static tsl_status add(const cut *c, size_t count, tsl_findings *findings, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl_finding *grown = NULL;
    TSL__NEED(grown = tsl__realloc(findings->of, findings->count + 1, sizeof *grown));
    findings->of = grown;
    tsl_finding *f = &grown[findings->count++];
    *f = (tsl_finding){.above = c->bound > 0, .value = NAN, .typical = NAN, .bound = c->bound};
    TSL__NEED(f->name = tsl__strdup(c->features->feature[c->feature].name));
    TSL__NEED(f->customer = tsl__alloc(count, sizeof *f->customer));
    for (size_t r = 0; r < c->matrix->rows; r++) {
        if (is_cut(c, r)) {
            f->customer[f->count++] = get_customer(c, r);
        }
    }
    TSL__TRY(tsl__finding_measure(c->features, c->feature, f, err));
done:
    return status;
}

static tsl_status find_end(const cut *c, tsl_findings *findings, tsl_error *err)
{
    size_t count = 0;
    for (size_t r = 0; r < c->matrix->rows; r++) {
        count += (size_t)is_cut(c, r);
    }
    return count ? add(c, count, findings, err) : TSL_OK;
}

tsl_status tsl__cut_off_find(const tsl_features *features, const tsl_feature_matrix *matrix, const char *far,
                             tsl_findings *findings, tsl_error *err)
{
    tsl_status status = TSL_OK;
    for (size_t i = 0; i < matrix->cols; i++) {
        const tsl_vector_column *column = &matrix->column[i];
        const double high = tsl__transform_invert(column, column->high),
                     low = tsl__transform_invert(column, column->low);
        cut c = {.features = features, .matrix = matrix, .far = far, .feature = column->feature};
        if (column->indicator || column->component || features->feature[column->feature].form != TSL_FORM_NUMBER) {
            continue;
        }
        c.bound = high;
        TSL__TRY(isfinite(high) && high > 0 ? find_end(&c, findings, err) : TSL_OK);
        c.bound = low;
        TSL__TRY(isfinite(low) && low < 0 ? find_end(&c, findings, err) : TSL_OK);
    }
done:
    return status;
}
