/* distance_move.c: the least change of one feature that makes the runner-up's centre the nearest.
 *
 * Where one coordinate t of a row moves, the squared distance to each centre c is (t - c_j)^2 + C, C being what
 * the others give; that one centre is as near as another is linear in t. So b is nearest within an interval. */
#include "label/moves.h"

#include "base/alloc.h"
#include "base/error.h"
#include "feature/normalise.h"
#include "feature/recipe.h"

#include <math.h>
#include <stdlib.h>

typedef struct space {
    const tsl__mover *mover;
    const tsl_feature_matrix *columns; /* of clustering */
    double *at;                        /* the row in it */
    double *rest;                      /* k: squared distance to each centre without the column at hand */
    int to;
} space;

static const double *get_center(const space *s, int cluster)
{
    return s->mover->model->center + (size_t)cluster * s->columns->cols;
}

static void fill_rest(const space *s, size_t without)
{
    for (int c = 0; c < s->mover->model->k; c++) {
        const double *center = get_center(s, c);
        s->rest[c] = 0;
        for (size_t j = 0; j < s->columns->cols; j++) {
            const double off = s->at[j] - center[j];
            s->rest[c] += j == without ? 0 : off * off;
        }
    }
}

/* Where the centre is nearest along the column; 0: nowhere. */
static int find_interval(const space *s, size_t column, double *low, double *high)
{
    const double own = get_center(s, s->to)[column];
    *low = -(double)INFINITY;
    *high = (double)INFINITY;
    for (int c = 0; c < s->mover->model->k; c++) {
        const double other = get_center(s, c)[column];
        const double right =
            other * other - own * own + (s->rest[c] - s->rest[s->to]); /* of itself 0, without rounding */
        if (other > own) {
            *high = fmin(*high, right / (2 * (other - own)));
        } else if (other < own) {
            *low = fmax(*low, right / (2 * (other - own)));
        } else if (right < 0) {
            return 0;
        }
    }
    return *low <= *high;
}

/* Whether a value of the column is there in truth: ties go to the lowest cluster. */
static int is_nearest(const space *s, size_t column, double x)
{
    const tsl_vector_column *of = &s->columns->column[column];
    const double t = tsl__normalise_get(of, x) * of->weight;
    int nearest = 0;
    double least = (double)INFINITY;
    for (int c = 0; c < s->mover->model->k; c++) {
        const double off = t - get_center(s, c)[column], distance = s->rest[c] + off * off;
        nearest = distance < least ? c : nearest;
        least = fmin(distance, least);
    }
    return nearest == s->to;
}

/* The raw value of a value on the transformed scale. */
static double invert(const tsl_vector_column *of, double v)
{
    switch (of->transform) {
    case TSL_IDENTITY:
        return v;
    case TSL_LOG1P_UNITS:
        return expm1(v) * of->unit;
    default:
        return v < 0 ? -expm1(-v) : expm1(v);
    }
}

/* The value on the transformed scale; infinite beyond the scores of all ranks. */
static double unscale(const tsl_vector_column *of, double v)
{
    const double score = v * of->scale + of->center;
    const size_t count = of->knot_count;
    return count && score < of->knot[count]           ? -(double)INFINITY
           : count && score > of->knot[2 * count - 1] ? (double)INFINITY
                                                      : tsl__normalise_unscale(of, v);
}

/* From coordinates to raw values; what is clamped is the same beyond its limit. 0: no value is there. */
static int unfold(const tsl_vector_column *of, double *low, double *high)
{
    const double from = unscale(of, *low / of->weight), to = unscale(of, *high / of->weight);
    if (to < of->low || from > of->high) {
        return 0;
    }
    *low = from <= of->low ? -(double)INFINITY : invert(of, from);
    *high = to >= of->high ? (double)INFINITY : invert(of, to);
    return 1;
}

/* The nearest value that is nearest in truth: at the very limit rounding, or a tie, may say otherwise. */
static double find_value(const space *s, size_t column, const tsl__value_order *order, double low, double high)
{
    const double now = s->mover->x[s->columns->column[column].feature];
    for (int i = 0; i < 4; i++) {
        const double to = tsl__value_order_find(order, now, low, high, 1);
        if (isnan(to) || is_nearest(s, column, to)) {
            return to;
        }
        const double step = 1e-9 * fmax(1, fabs(to));
        low = now > high ? low : to + step;
        high = now > high ? to - step : high;
    }
    return (double)NAN;
}

static tsl_status try_number(const space *s, size_t column, tsl_move *out, tsl_error *err)
{
    const tsl_vector_column *of = &s->columns->column[column];
    const double now = s->mover->x[of->feature];
    const tsl__value_order *order;
    double low, high;
    tsl_status status = TSL_OK;
    if (!find_interval(s, column, &low, &high) || !unfold(of, &low, &high)) {
        return TSL_OK;
    }
    TSL__TRY(tsl__value_order_get(s->mover, of->feature, &order, err));
    const double to = find_value(s, column, order, low, high);
    const double shift = isnan(to) ? (double)INFINITY : tsl__value_order_shift(order, now, to);
    if (isfinite(shift) && (out->segment == 0 || shift < out->shift)) {
        *out = (tsl_move){s->to + 1, 1, {{of->feature, now, to, low, high}}, shift};
    }
done:
    return status;
}

static void try_boolean(const space *s, size_t column, tsl_move *out)
{
    const size_t feature = s->columns->column[column].feature;
    const double now = s->mover->x[feature], to = now == 0;
    if (is_nearest(s, column, to) && (out->segment == 0 || 1 < out->shift)) {
        *out = (tsl_move){s->to + 1, 1, {{feature, now, to, to, to}}, 1};
    }
}

/* A known value that one column alone shows. */
static int is_asked(const space *s, size_t column)
{
    const tsl_vector_column *of = s->columns->column;
    int alone = !of[column].indicator && !isnan(s->mover->x[of[column].feature]);
    for (size_t j = 0; j < s->columns->cols; j++) {
        alone &= j == column || of[j].indicator || of[j].feature != of[column].feature;
    }
    return alone;
}

tsl_status tsl__distance_move_find(const tsl__mover *mover, int from, int to, tsl_move *out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl_feature_matrix *columns = NULL;
    space s = {.mover = mover, .to = to};
    *out = (tsl_move){.segment = 0};
    if (to < 0 || to == from) {
        return TSL_OK;
    }
    TSL__TRY(tsl__clustering_columns_get(mover->features->recipe, &columns, err));
    s.columns = columns;
    TSL__NEED(s.at = tsl__alloc(columns->cols, sizeof *s.at));
    TSL__NEED(s.rest = tsl__alloc((size_t)mover->model->k, sizeof *s.rest));
    for (size_t j = 0; j < columns->cols; j++) {
        const tsl_vector_column *of = &columns->column[j];
        s.at[j] = tsl__normalise_get(of, mover->x[of->feature]) * of->weight;
    }
    for (size_t j = 0; j < columns->cols; j++) {
        const tsl_feature_form form = mover->features->feature[columns->column[j].feature].form;
        if (form == TSL_FORM_VALUE || !is_asked(&s, j)) {
            continue;
        }
        fill_rest(&s, j);
        if (form == TSL_FORM_BOOLEAN) {
            try_boolean(&s, j, out);
        } else {
            TSL__TRY(try_number(&s, j, out, err));
        }
    }
done:
    free(s.at);
    free(s.rest);
    tsl_feature_matrix_free(columns);
    return status;
}
