/* distance_move.c: the least change of one feature that makes the runner-up's centre the nearest.
 *
 * Where one coordinate t of a row moves, the squared distance to each centre c is (t - c_j)^2 + C, C being what
 * the others give; that one centre is as near as another is linear in t. So b is nearest within an interval. A feature
 * that is in the distance by principal components moves the row along a line through them, on which that holds as well.
 */
#include "label/moves/moves.h"

#include "base/alloc.h"
#include "base/error.h"
#include "feature/basis/pca.h"
#include "feature/columns/normalise.h"
#include "feature/recipe.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct space {
    const tsl__mover *mover;
    const tsl_feature_matrix *columns; /* of clustering */
    double *at;                        /* the row in it */
    double *rest;                      /* k: squared distance to each centre without the column at hand */
    int to;
} space;

/* Which way a feature moves the row. */
typedef struct route {
    const tsl_vector_column *of;
    size_t column;       /* of clustering, along which it goes; */
    double weight;       /* a normalised value times this lies there */
    double *from, *step; /* or NULL; else the row at a normalised value v is from + v * step */
} route;

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

/* The same along a line, of normalised values. */
static int find_stretch(const space *s, const route *by, double *low, double *high)
{
    const double *own = get_center(s, s->to);
    *low = -(double)INFINITY;
    *high = (double)INFINITY;
    for (int c = 0; c < s->mover->model->k; c++) {
        const double *other = get_center(s, c);
        double slope = 0, right = 0; /* slope * v <= right where the own centre is as near as the other */
        for (size_t j = 0; j < s->columns->cols; j++) {
            const double to_own = by->from[j] - own[j], to_other = by->from[j] - other[j];
            slope += 2 * by->step[j] * (other[j] - own[j]);
            right += to_other * to_other - to_own * to_own;
        }
        if (slope > 0) {
            *high = fmin(*high, right / slope);
        } else if (slope < 0) {
            *low = fmax(*low, right / slope);
        } else if (right < 0) {
            return 0;
        }
    }
    return *low <= *high;
}

/* Squared distance to a centre where the feature is normalised to v. */
static double get_distance(const space *s, const route *by, int cluster, double v)
{
    const double *center = get_center(s, cluster);
    double sum = 0;
    if (!by->step) {
        const double off = v * by->weight - center[by->column];
        return s->rest[cluster] + off * off;
    }
    for (size_t j = 0; j < s->columns->cols; j++) {
        const double off = by->from[j] + v * by->step[j] - center[j];
        sum += off * off;
    }
    return sum;
}

/* Whether a value of the feature is there in truth: ties go to the lowest cluster. */
static int is_nearest(const space *s, const route *by, double x)
{
    const double v = tsl__normalise_get(by->of, x);
    int nearest = 0;
    double least = (double)INFINITY;
    for (int c = 0; c < s->mover->model->k; c++) {
        const double distance = get_distance(s, by, c, v);
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
static int unfold(const route *by, double *low, double *high)
{
    const tsl_vector_column *of = by->of;
    const double from = unscale(of, *low / by->weight), to = unscale(of, *high / by->weight);
    if (to < of->low || from > of->high) {
        return 0;
    }
    *low = from <= of->low ? -(double)INFINITY : invert(of, from);
    *high = to >= of->high ? (double)INFINITY : invert(of, to);
    return 1;
}

/* The nearest value that is nearest in truth: at the very limit rounding, or a tie, may say otherwise. */
static double find_value(const space *s, const route *by, const tsl__value_order *order, double low, double high)
{
    const double now = s->mover->x[by->of->feature];
    for (int i = 0; i < 4; i++) {
        const double to = tsl__value_order_find(order, now, low, high, 1);
        if (isnan(to) || is_nearest(s, by, to)) {
            return to;
        }
        const double step = 1e-9 * fmax(1, fabs(to));
        low = now > high ? low : to + step;
        high = now > high ? to - step : high;
    }
    return (double)NAN;
}

static tsl_status try_number(const space *s, const route *by, tsl_move *out, tsl_error *err)
{
    const tsl_vector_column *of = by->of;
    const double now = s->mover->x[of->feature];
    const tsl__value_order *order;
    double low, high;
    tsl_status status = TSL_OK;
    if (!(by->step ? find_stretch(s, by, &low, &high) : find_interval(s, by->column, &low, &high)) ||
        !unfold(by, &low, &high)) {
        return TSL_OK;
    }
    TSL__TRY(tsl__value_order_get(s->mover, of->feature, &order, err));
    const double to = find_value(s, by, order, low, high);
    const double shift = isnan(to) ? (double)INFINITY : tsl__value_order_shift(order, now, to);
    if (isfinite(shift) && (out->segment == 0 || shift < out->shift)) {
        *out = (tsl_move){s->to + 1, 1, {{of->feature, now, to, low, high}}, shift};
    }
done:
    return status;
}

static void try_boolean(const space *s, const route *by, tsl_move *out)
{
    const size_t feature = by->of->feature;
    const double now = s->mover->x[feature], to = now == 0;
    if (is_nearest(s, by, to) && (out->segment == 0 || 1 < out->shift)) {
        *out = (tsl_move){s->to + 1, 1, {{feature, now, to, to, to}}, 1};
    }
}

/* A known value that one column alone shows, of the recipe's that clusters are found by. */
static int is_asked(const space *s, const tsl_vector_column *column)
{
    const tsl_recipe *recipe = s->mover->features->recipe;
    int alone = !column->indicator && !isnan(s->mover->x[column->feature]);
    for (size_t c = 0; c < recipe->column_count; c++) {
        const tsl_vector_column *other = &recipe->column[c];
        alone &= other == column || !tsl__column_finds(other) || other->component || other->indicator ||
                 other->feature != column->feature;
    }
    return alone;
}

static tsl_status try_route(const space *s, const route *by, tsl_move *out, tsl_error *err)
{
    switch (s->mover->features->feature[by->of->feature].form) {
    case TSL_FORM_NUMBER:
        return try_number(s, by, out, err);
    case TSL_FORM_BOOLEAN:
        try_boolean(s, by, out);
        break;
    default:
        break;
    }
    return TSL_OK;
}

/* The line on which the pool's j'th column moves the row. */
static void set_line(const space *s, const tsl_pool *pool, size_t j, route *by)
{
    const double now = tsl__normalise_get(by->of, s->mover->x[by->of->feature]);
    for (size_t c = 0; c < s->columns->cols; c++) {
        const tsl_vector_column *column = &s->columns->column[c];
        const int is_of = column->component && column->group == by->of->group;
        const size_t i = is_of ? (size_t)column->component - 1 : 0;
        by->step[c] = is_of ? pool->loading[i * pool->count + j] / pool->sd[j] * column->weight : 0;
        by->from[c] = s->at[c] - now * by->step[c];
    }
}

/* by: with room for its line. */
static tsl_status try_pool(const space *s, const tsl_pool *pool, route *by, tsl_move *out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    for (size_t j = 0; j < pool->count && status == TSL_OK; j++) {
        by->of = &s->mover->features->recipe->column[pool->column[j]];
        if (is_asked(s, by->of)) {
            set_line(s, pool, j, by);
            status = try_route(s, by, out, err);
        }
    }
    return status;
}

/* Those that are in the distance by components. */
static tsl_status try_pools(const space *s, tsl_move *out, tsl_error *err)
{
    const tsl_recipe *recipe = s->mover->features->recipe;
    tsl_status status = TSL_OK;
    double *line = NULL;
    TSL__NEED(line = tsl__alloc(2 * s->columns->cols, sizeof *line));
    route by = {.weight = 1, .from = line, .step = line + s->columns->cols};
    for (int g = 0; g < TSL_GROUPS && status == TSL_OK; g++) {
        status = try_pool(s, &recipe->pool[g], &by, out, err);
    }
done:
    free(line);
    return status;
}

/* Those that are columns themselves. */
static tsl_status try_columns(space *s, tsl_move *out, tsl_error *err)
{
    const tsl_recipe *recipe = s->mover->features->recipe;
    tsl_status status = TSL_OK;
    for (size_t j = 0; j < s->columns->cols; j++) {
        const tsl_vector_column *of = &s->columns->column[j];
        size_t c = 0;
        while (c < recipe->column_count && !(recipe->column[c].weight > 0 && recipe->column[c].extra == of->extra &&
                                             strcmp(recipe->column[c].name, of->name) == 0)) {
            c++;
        }
        if (of->component || c == recipe->column_count || !is_asked(s, &recipe->column[c])) {
            continue;
        }
        fill_rest(s, j);
        const route by = {.of = of, .column = j, .weight = of->weight};
        TSL__TRY(try_route(s, &by, out, err));
    }
done:
    return status;
}

tsl_status tsl__distance_move_find(const tsl__mover *mover, int from, int to, tsl_move *out, tsl_error *err)
{
    const tsl_recipe *recipe = mover->features->recipe;
    tsl_status status = TSL_OK;
    tsl_feature_matrix *columns = NULL;
    space s = {.mover = mover, .to = to};
    *out = (tsl_move){.segment = 0};
    if (to < 0 || to == from) {
        return TSL_OK;
    }
    TSL__TRY(tsl__clustering_columns_get(recipe, &columns, err));
    s.columns = columns;
    TSL__NEED(s.at = tsl__alloc(columns->cols, sizeof *s.at));
    TSL__NEED(s.rest = tsl__alloc((size_t)mover->model->k, sizeof *s.rest));
    tsl__clustering_row_get(recipe, columns->column, columns->cols, mover->x, s.at);
    TSL__TRY(try_columns(&s, out, err));
    TSL__TRY(try_pools(&s, out, err));
done:
    free(s.at);
    free(s.rest);
    tsl_feature_matrix_free(columns);
    return status;
}
