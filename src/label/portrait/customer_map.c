/* customer_map.c: the customers as a plane shows them, many as one hexagon. */
#include "label/portrait/portrait_parts.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/parallel.h"
#include "feature/basis/pca.h"
#include "feature/recipe.h"
#include "feature/shelves.h"
#include "stat/quantile.h"

#include <math.h>
#include <stdlib.h>

#define ACROSS 24    /* hexagons along the longer side */
#define LOOKED 65536 /* places at most by which the edge is found */
static const double central[2] = {.001, .999};
#define BEYOND .5 /* of the range between these: so far a place may lie outside it */

typedef double place[2];

/* ---- Places ---------------------------------------------------------------------------- */

static int is_apart(const tsl_features *features, size_t customer)
{
    return features->apart && features->apart[customer] >= 0;
}

/* Whether all values are known that the columns are made of. */
static int is_known(const tsl_recipe *recipe, const tsl_feature_matrix *m, const double *x)
{
    int known = 1;
    for (size_t c = 0; c < m->cols && known; c++) {
        const tsl_pool *pool = m->column[c].component ? &recipe->pool[m->column[c].group] : NULL;
        known = pool || !isnan(x[m->column[c].feature]);
        for (size_t j = 0; pool && j < pool->count && known; j++) {
            known = !isnan(x[recipe->column[pool->column[j]].feature]);
        }
    }
    return known;
}

/* NaN: there is none. */
static void find_place(const tsl_features *features, const tsl_customer_map *map, const double *mean, size_t customer,
                       double *row, double *out)
{
    const double *x = tsl__x_get_row(features, customer);
    for (size_t c = 0; c < map->cols; c++) {
        __builtin_prefetch((const void *)((uintptr_t)(x + map->matrix->column[c].feature) +
                                          TSL__X_AHEAD * features->feature_count * sizeof *x));
    }
    out[0] = out[1] = NAN;
    if (is_apart(features, customer) && !is_known(features->recipe, map->matrix, x)) {
        return;
    }
    tsl__clustering_row_get(features->recipe, map->matrix->column, map->cols, x, row);
    for (size_t a = 0; a < 2; a++) {
        out[a] = 0;
        for (size_t c = 0; c < map->cols; c++) {
            out[a] += map->axis[a].loading[c] * (row[c] - mean[c]);
        }
    }
}

static tsl_status find_places(const tsl_labels *labels, const double *mean, int threads, tsl_customer_map *map,
                              place *at, tsl_error *err)
{
    const tsl_features *features = labels->features;
    const size_t blocks = tsl__block_count(labels->customers);
    tsl_status status = TSL_OK;
    double *row = NULL;
    TSL__NEED(row = tsl__alloc(blocks, map->cols * sizeof *row));
#pragma omp parallel for num_threads(threads) schedule(static)
    for (size_t b = 0; b < blocks; b++) {
        size_t begin, end;
        tsl__block_get(labels->customers, b, &begin, &end);
        for (size_t i = begin; i < end; i++) {
            find_place(features, map, mean, i, row + b * map->cols, at[i]);
        }
    }
    for (size_t i = 0; i < labels->customers; i++) {
        map->customers += isnan(at[i][0]) ? 0 : 1;
        map->apart += !isnan(at[i][0]) && is_apart(features, i);
    }
done:
    free(row);
    return status;
}

/* ---- The edge --------------------------------------------------------------------------- */

/* Where an axis ends: one who lies far out would leave all others a spot. */
static tsl_status find_bounds(const place *at, size_t n, uint64_t placed, size_t axis, double *bound, tsl_error *err)
{
    const size_t step = (size_t)(placed / LOOKED) + 1;
    tsl_status status = TSL_OK;
    double *look = NULL, range;
    size_t looks = 0, seen = 0;
    TSL__NEED(look = tsl__alloc((size_t)placed / step + 1, sizeof *look));
    for (size_t i = 0; i < n; i++) {
        if (!isnan(at[i][axis]) && seen++ % step == 0) {
            look[looks++] = at[i][axis];
        }
    }
    tsl__quantiles(look, looks, central, 2, bound);
    range = bound[1] - bound[0];
    bound[0] = range > 0 ? bound[0] - BEYOND * range : -(double)INFINITY;
    bound[1] = range > 0 ? bound[1] + BEYOND * range : (double)INFINITY;
done:
    free(look);
    return status;
}

static tsl_status set_edge(place *at, size_t n, tsl_customer_map *map, tsl_error *err)
{
    tsl_status status = TSL_OK;
    double bound[2][2];
    for (size_t a = 0; a < 2; a++) {
        TSL__TRY(find_bounds((const place *)at, n, map->customers, a, bound[a], err));
        map->low[a] = INFINITY;
        map->high[a] = -INFINITY;
    }
    for (size_t i = 0; i < n; i++) {
        const place was = {at[i][0], at[i][1]};
        for (size_t a = 0; a < 2 && !isnan(was[0]); a++) {
            at[i][a] = fmin(fmax(was[a], bound[a][0]), bound[a][1]);
            map->low[a] = fmin(map->low[a], at[i][a]);
            map->high[a] = fmax(map->high[a], at[i][a]);
        }
        map->edge +=
            !isnan(was[0]) && (at[i][0] < was[0] || at[i][0] > was[0] || at[i][1] < was[1] || at[i][1] > was[1]);
    }
done:
    return status;
}

/* ---- Hexagons ----------------------------------------------------------------------------- */

#define SQRT3 1.7320508075688772

/* Those that can be, and who is in each: segments side by side, hexagon by hexagon. */
typedef struct board {
    int q, r;          /* the least */
    size_t cols, rows; /* of q, of r */
    uint32_t *cell;    /* customers: hexagon of each; NOWHERE */
    size_t *end;       /* rows x cols: behind those of a hexagon */
    int32_t *segment;  /* from 0 */
} board;
#define NOWHERE UINT32_MAX

/* The hexagon that a place lies in: that of the nearest centre, by rounding in three axes that sum to 0. */
static void find_hexagon(const double *at, double size, int *q, int *r)
{
    const double fr = at[1] * 2 / (3 * size), fq = at[0] / (SQRT3 * size) - fr / 2, fs = -fq - fr;
    double rq = round(fq), rr = round(fr), rs = round(fs);
    const double dq = fabs(rq - fq), dr = fabs(rr - fr), ds = fabs(rs - fs);
    if (dq > dr && dq > ds) {
        rq = -rr - rs;
    } else if (dr > ds) {
        rr = -rq - rs;
    }
    *q = (int)rq;
    *r = (int)rr;
}

static tsl_status open_board(const tsl_customer_map *map, size_t customers, board *b, tsl_error *err)
{
    tsl_status status = TSL_OK;
    const double wide = SQRT3 * map->size, high = 1.5 * map->size;
    const int least = (int)floor(map->low[1] / high) - 1, most = (int)ceil(map->high[1] / high) + 1;
    b->r = least;
    b->rows = (size_t)(most - least) + 1;
    b->q = (int)floor(map->low[0] / wide - most / 2.0) - 1;
    b->cols = (size_t)((int)ceil(map->high[0] / wide - least / 2.0) + 1 - b->q) + 1;
    TSL__NEED(b->cell = tsl__alloc_aligned(customers, sizeof *b->cell));
    TSL__NEED(b->segment = tsl__alloc_aligned(customers, sizeof *b->segment));
    TSL__NEED(b->end = tsl__alloc_zero(b->rows * b->cols, sizeof *b->end));
done:
    return status;
}

static void free_board(board *b)
{
    free(b->cell);
    free(b->segment);
    free(b->end);
}

static void find_cells(const place *at, size_t n, double size, int threads, board *b)
{
    const size_t blocks = tsl__block_count(n);
#pragma omp parallel for num_threads(threads) schedule(static)
    for (size_t block = 0; block < blocks; block++) {
        size_t begin, end;
        tsl__block_get(n, block, &begin, &end);
        for (size_t i = begin; i < end; i++) {
            int q = b->q, r = b->r;
            if (!isnan(at[i][0])) {
                find_hexagon(at[i], size, &q, &r);
            }
            b->cell[i] = isnan(at[i][0]) ? NOWHERE : (uint32_t)((size_t)(r - b->r) * b->cols + (size_t)(q - b->q));
        }
    }
}

/* Counting sort. */
static void sort_segments(const tsl_labels *labels, board *b)
{
    size_t sum = 0;
    for (size_t i = 0; i < labels->customers; i++) {
        if (b->cell[i] != NOWHERE) {
            b->end[b->cell[i]]++;
        }
    }
    for (size_t c = 0; c < b->rows * b->cols; c++) {
        const size_t size = b->end[c];
        b->end[c] = sum; /* its begin, yet */
        sum += size;
    }
    for (size_t i = 0; i < labels->customers; i++) {
        if (b->cell[i] != NOWHERE) {
            b->segment[b->end[b->cell[i]]++] = labels->customer_segment[i] - 1;
        }
    }
}

/* The most frequent of some, the first of equal ones; count: by segment, all 0, and so again. */
static int find_commonest(const int32_t *segment, size_t n, uint64_t *count)
{
    int32_t best = segment[0];
    for (size_t i = 0; i < n; i++) {
        count[segment[i]]++;
    }
    for (size_t i = 0; i < n; i++) {
        const int32_t s = segment[i];
        best = count[s] > count[best] || (count[s] == count[best] && s < best) ? s : best;
    }
    for (size_t i = 0; i < n; i++) {
        count[segment[i]] = 0;
    }
    return best;
}

/* Those that somebody is in. */
static tsl_status take_hexagons(const board *b, size_t k, tsl_customer_map *map, tsl_error *err)
{
    tsl_status status = TSL_OK;
    uint64_t *count = NULL;
    TSL__NEED(count = tsl__alloc_zero(k, sizeof *count));
    TSL__NEED(map->hexagon = tsl__alloc(b->rows * b->cols, sizeof *map->hexagon));
    for (size_t c = 0, begin = 0; c < b->rows * b->cols; begin = b->end[c++]) {
        if (b->end[c] > begin) {
            map->hexagon[map->hexagon_count++] =
                (tsl_hexagon){.q = b->q + (int)(c % b->cols),
                              .r = b->r + (int)(c / b->cols),
                              .size = b->end[c] - begin,
                              .segment = find_commonest(b->segment + begin, b->end[c] - begin, count)};
        }
    }
done:
    free(count);
    return status;
}

static tsl_status count_hexagons(const tsl_labels *labels, const place *at, int threads, tsl_customer_map *map,
                                 tsl_error *err)
{
    tsl_status status = TSL_OK;
    board b = {.cell = NULL};
    map->size = fmax((map->high[0] - map->low[0]) / (SQRT3 * ACROSS), (map->high[1] - map->low[1]) / (1.5 * ACROSS));
    TSL__TRY(open_board(map, labels->customers, &b, err));
    find_cells(at, labels->customers, map->size, threads, &b);
    sort_segments(labels, &b);
    TSL__TRY(take_hexagons(&b, labels->segment_count, map, err));
done:
    free_board(&b);
    return status;
}

/* ---- The map ------------------------------------------------------------------------------- */

static tsl_status find_medians(const tsl_labels *labels, const place *at, tsl_customer_map *map, tsl_error *err)
{
    tsl_status status = TSL_OK;
    double *median = NULL;
    TSL__NEED(median = tsl__alloc(labels->segment_count, sizeof *median));
    TSL__NEED(map->median = tsl__alloc(labels->segment_count, sizeof *map->median));
    for (size_t a = 0; a < 2; a++) {
        TSL__TRY(tsl__segment_medians_get(labels, &at[0][a], 2, median, err));
        for (size_t s = 0; s < labels->segment_count; s++) {
            map->median[s][a] = median[s];
        }
    }
done:
    free(median);
    return status;
}

static tsl_status fill_map(const tsl_labels *labels, const double *mean, int threads, tsl_customer_map *map,
                           tsl_error *err)
{
    tsl_status status = TSL_OK;
    place *at = NULL;
    TSL__NEED(at = tsl__alloc_aligned(labels->customers, sizeof *at));
    TSL__TRY(find_places(labels, mean, threads, map, at, err));
    TSL__TRY(set_edge(at, labels->customers, map, err));
    TSL__TRY(count_hexagons(labels, (const place *)at, threads, map, err));
    TSL__TRY(find_medians(labels, (const place *)at, map, err));
done:
    free(at);
    return status;
}

tsl_status tsl__customer_map_build(const tsl_labels *labels, int threads, tsl_customer_map **out, tsl_error *err)
{
    const tsl_features *features = labels->features;
    tsl_status status = TSL_OK;
    tsl_customer_map *map = NULL;
    double *mean = NULL;
    int found = 0;
    *out = NULL;
    TSL__NEED(map = tsl__alloc_zero(1, sizeof *map));
    TSL__TRY(tsl__clustering_columns_get(features->recipe, &map->matrix, err));
    map->cols = map->matrix->cols;
    if (map->cols >= 2 && map->cols <= TSL_MAP_COLUMNS_MOST) {
        TSL__NEED(mean = tsl__alloc(map->cols, sizeof *mean));
        TSL__TRY(tsl__map_axes_fit(features, threads, map, mean, &found, err));
    }
    if (found) {
        TSL__TRY(fill_map(labels, mean, threads, map, err));
        *out = map;
        map = NULL;
    }
done:
    free(mean);
    tsl__customer_map_free(map);
    return status;
}

void tsl__customer_map_free(tsl_customer_map *map)
{
    if (map) {
        tsl_feature_matrix_free(map->matrix);
        free(map->axis[0].loading);
        free(map->axis[1].loading);
        free(map->hexagon);
        free(map->median);
        free(map);
    }
}
