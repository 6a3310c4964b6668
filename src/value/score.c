/* score.c: a weighted score: columns to 0..100 by their percentiles, those to parts, these to a total. */
#include <tesela/value.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/parallel.h"
#include "stat/sort.h"

#include <math.h>
#include <stdlib.h>

#define LAST (TSL_SCORE_KNOTS - 1)

static tsl_status check(const tsl_score *score, tsl_error *err)
{
    for (size_t p = 0; p < score->part_count; p++) {
        if (!(score->part_weight[p] > 0 && isfinite(score->part_weight[p]))) {
            return tsl__error_set(err, TSL_E_OPTION, "score: part %zu weighs %g, above 0 is expected", p + 1,
                                  score->part_weight[p]);
        }
    }
    for (size_t c = 0; c < score->column_count; c++) {
        const tsl_score_column *column = &score->column[c];
        if (!(column->weight > 0 && isfinite(column->weight))) {
            return tsl__error_set(err, TSL_E_OPTION, "score: column %zu weighs %g, above 0 is expected", c + 1,
                                  column->weight);
        }
        if (column->part >= score->part_count) {
            return tsl__error_set(err, TSL_E_OPTION, "score: column %zu is of part %zu of %zu", c + 1, column->part + 1,
                                  score->part_count);
        }
    }
    return TSL_OK;
}

tsl_status tsl_score_fit(tsl_score *score, const tsl_score_values *values, size_t n, tsl_error *err)
{
    tsl_status status = TSL_OK;
    double *known = NULL, *scratch = NULL;
    tsl__error_reset(err);
    TSL__TRY(check(score, err));
    TSL__NEED(known = tsl__alloc(n, sizeof *known));
    TSL__NEED(scratch = tsl__alloc(n, sizeof *scratch));
    for (size_t c = 0; c < score->column_count; c++) {
        size_t count = 0;
        for (size_t i = 0; i < n; i++) {
            const double x = values[c].value[i * values[c].stride];
            if (!isnan(x)) {
                known[count++] = x;
            }
        }
        tsl__sort(known, scratch, count);
        for (int k = 0; k <= LAST; k++) {
            score->column[c].knot[k] = count ? tsl__sorted_quantile(known, count, (double)k / LAST) : (double)NAN;
        }
    }
done:
    free(known);
    free(scratch);
    return status;
}

/* How many knots lie below x, or (also) at it. */
static int count_knots(const double *knot, double x, int also)
{
    int low = 0, high = TSL_SCORE_KNOTS;
    while (low < high) {
        const int middle = (low + high) / 2;
        if (knot[middle] < x || (also && knot[middle] == x)) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* 0 to 100; NaN where the value, or the column, is not known. */
static double get_points(const tsl_score_column *column, double x)
{
    const double *knot = column->knot;
    if (isnan(x) || isnan(knot[0])) {
        return NAN;
    }
    const int below = count_knots(knot, x, 0), up_to = count_knots(knot, x, 1);
    const double place = below < up_to  ? (double)(below + up_to - 1) / 2
                         : below == 0   ? 0
                         : below > LAST ? LAST
                                        : below - 1 + (x - knot[below - 1]) / (knot[below] - knot[below - 1]);
    return (column->less ? LAST - place : place) * (100.0 / LAST);
}

/* sum[p], weight[p]: room for each part. */
static void score_one(const tsl_score *score, const tsl_score_values *values, size_t i, double *sum, double *weight,
                      double *total, double *const *part)
{
    double all = 0, all_weight = 0;
    for (size_t p = 0; p < score->part_count; p++) {
        sum[p] = weight[p] = 0;
    }
    for (size_t c = 0; c < score->column_count; c++) {
        const tsl_score_column *column = &score->column[c];
        const double points = get_points(column, values[c].value[i * values[c].stride]);
        if (!isnan(points)) {
            sum[column->part] += column->weight * points;
            weight[column->part] += column->weight;
        }
    }
    for (size_t p = 0; p < score->part_count; p++) {
        const double mean = weight[p] > 0 ? sum[p] / weight[p] : (double)NAN;
        if (part) {
            part[p][i] = mean;
        }
        if (weight[p] > 0) {
            all += score->part_weight[p] * mean;
            all_weight += score->part_weight[p];
        }
    }
    total[i] = all_weight > 0 ? all / all_weight : (double)NAN;
}

tsl_status tsl_score_predict(const tsl_score *score, const tsl_score_values *values, size_t n, const tsl_exec *exec,
                             double *total, double *const *part, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl_exec run;
    const size_t blocks = tsl__block_count(n), parts = score->part_count;
    double *room = NULL;
    tsl__error_reset(err);
    TSL__TRY(check(score, err));
    TSL__TRY(tsl__exec_open(exec, &run, err));
    TSL__NEED(room = tsl__alloc(blocks * 2 * parts, sizeof *room));
#pragma omp parallel for num_threads(run.threads) schedule(dynamic, 1)
    for (size_t b = 0; b < blocks; b++) {
        size_t begin, end;
        double *sum = room + b * 2 * parts;
        tsl__block_get(n, b, &begin, &end);
        for (size_t i = begin; i < end; i++) {
            score_one(score, values, i, sum, sum + parts, total, part);
        }
    }
done:
    free(room);
    return status;
}

/* Of who lacks a value its weight is with the others of its part, of who lacks a part with the other parts. points:
 * room for each column, behind them weights of the parts. */
static void part_one(const tsl_score *score, const tsl_score_values *values, size_t i, double *points,
                     double *const *contribution)
{
    double *weight = points + score->column_count, all = 0;
    for (size_t p = 0; p < score->part_count; p++) {
        weight[p] = 0;
    }
    for (size_t c = 0; c < score->column_count; c++) {
        points[c] = get_points(&score->column[c], values[c].value[i * values[c].stride]);
        weight[score->column[c].part] += isnan(points[c]) ? 0 : score->column[c].weight;
    }
    for (size_t p = 0; p < score->part_count; p++) {
        all += weight[p] > 0 ? score->part_weight[p] : 0;
    }
    for (size_t c = 0; c < score->column_count; c++) {
        const size_t p = score->column[c].part;
        contribution[c][i] = !(all > 0) ? (double)NAN
                             : isnan(points[c])
                                 ? 0
                                 : score->part_weight[p] / all * score->column[c].weight / weight[p] * points[c];
    }
}

tsl_status tsl_score_predict_contributions(const tsl_score *score, const tsl_score_values *values, size_t n,
                                           const tsl_exec *exec, double *const *contribution, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl_exec run;
    const size_t blocks = tsl__block_count(n), room_each = score->column_count + score->part_count;
    double *room = NULL;
    tsl__error_reset(err);
    TSL__TRY(check(score, err));
    TSL__TRY(tsl__exec_open(exec, &run, err));
    TSL__NEED(room = tsl__alloc(blocks * room_each, sizeof *room));
#pragma omp parallel for num_threads(run.threads) schedule(dynamic, 1)
    for (size_t b = 0; b < blocks; b++) {
        size_t begin, end;
        tsl__block_get(n, b, &begin, &end);
        for (size_t i = begin; i < end; i++) {
            part_one(score, values, i, room + b * room_each, contribution);
        }
    }
done:
    free(room);
    return status;
}
