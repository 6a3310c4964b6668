/* far_rows.c: rows that lie far from all others. docs/methods/outliers.md. */
#include "model/quality/far_rows.h"

#include "base/alloc.h"
#include "base/error.h"
#include "model/rows.h"
#include "stat/quantile.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define FAR 8           /* times the median distance of rows to their centres */
#define CLUSTERS 10     /* that rows are seen against, ... */
#define ROWS_EACH 20    /* ... or one for so many rows */
#define ITERATIONS 20   /* rough clusters will do */
#define ROUNDS 10       /* those that are far hide others that are less so */
#define MOST_SHARE 0.05 /* of the rows: more of them are no exception */

typedef struct job {
    const tsl_matrix *x;
    const tsl_kmeans_options *size;
    const tsl_exec *exec;
    double *weight; /* of those that are not far */
    size_t rows;    /* with a weight, to begin with */
    double *spare;  /* rows */
    char *far;
    size_t count;
} job;

static int are_alike(const tsl_matrix *x, size_t a, size_t b)
{
    const tsl__row_view view = tsl__row_view_of(x, 1);
    size_t c = 0;
    while (c < x->cols && tsl__cell(&view, a, c) == tsl__cell(&view, b, c)) {
        c++;
    }
    return c == x->cols;
}

/* 1 where over half of the rows that are left are one and the same: a median would not tell how the others are spread,
 * but how far a few of these draw the centre away. The row by majority vote (Boyer & Moore 1991). */
static int are_mostly_one(const job *j)
{
    size_t left = 0, one = 0, votes = 0, same = 0;
    for (size_t r = 0; r < j->x->rows; r++) {
        if (j->weight[r] > 0) {
            one = votes ? one : r;
            votes = are_alike(j->x, r, one) ? votes + 1 : votes - 1;
            left++;
        }
    }
    for (size_t r = 0; r < j->x->rows && votes; r++) {
        same += j->weight[r] > 0 && are_alike(j->x, r, one);
    }
    return same > left - same;
}

/* A clustering of the rows that are left; *out NULL: they are too much alike to have one. */
static tsl_status fit(const job *j, tsl_sweep **out, tsl_error *err)
{
    const size_t many = j->rows / ROWS_EACH;
    const int tries[] = {many < 2 ? 2 : many > CLUSTERS ? CLUSTERS : (int)many, 2};
    tsl_kmeans_options opt;
    tsl_status status = TSL_E_INPUT;
    TSL_DEFAULTS(kmeans, &opt);
    opt.seed = j->size->seed;
    opt.restarts = 1;
    opt.max_iterations = ITERATIONS;
    opt.silhouette_rows = 0;
    for (size_t t = 0; t < sizeof tries / sizeof *tries && status == TSL_E_INPUT; t++) {
        opt.k = tries[t];
        status = tsl_kmeans_fit(j->x, j->weight, NULL, &opt, j->exec, out, err);
    }
    if (status == TSL_E_INPUT) {
        tsl__error_reset(err);
        status = TSL_OK;
    }
    return status;
}

/* The median distance of the rows that count to the centre of this cluster, or, -1, to their own of any. */
static double find_median(const job *j, const tsl_assignment *to, const char *large, int cluster)
{
    const double half = .5;
    double median = 0;
    size_t n = 0;
    for (size_t r = 0; r < to->rows; r++) {
        if (j->weight[r] > 0 && (cluster < 0 ? large[to->label[r]] : to->label[r] == cluster)) {
            j->spare[n++] = to->distance[r];
        }
    }
    if (n) {
        tsl__quantiles(j->spare, n, &half, 1, &median);
    }
    return median;
}

/* What there is to a cluster of the rows that are left. */
typedef struct yardsticks {
    char large[CLUSTERS];   /* 1: it holds what a segment must */
    double scale[CLUSTERS]; /* of a large one: its median distance, and at least that of all */
    char far[CLUSTERS];     /* of a small one: it is far from every large one */
} yardsticks;

static void find_large(const job *j, const tsl_sweep *sweep, yardsticks *y)
{
    const tsl_candidate *of = &sweep->candidate[0];
    size_t rows[CLUSTERS] = {0};
    double all = 0;
    for (size_t r = 0; r < sweep->rows; r++) {
        rows[sweep->assignment->label[r]] += j->weight[r] > 0;
    }
    for (int c = 0; c < of->k; c++) {
        all += of->weight[c];
    }
    for (int c = 0; c < of->k; c++) {
        y->large[c] = rows[c] >= j->size->min_rows && of->weight[c] >= j->size->min_share * all;
    }
}

/* 0 where most rows lie on their centres, so that there is nothing to measure by. */
static int find_scales(const job *j, const tsl_sweep *sweep, yardsticks *y)
{
    const tsl_candidate *of = &sweep->candidate[0];
    const double all = find_median(j, sweep->assignment, y->large, -1);
    for (int c = 0; c < of->k; c++) {
        y->scale[c] = y->large[c] ? fmax(all, find_median(j, sweep->assignment, y->large, c)) : 0;
    }
    for (int c = 0; c < of->k; c++) {
        y->far[c] = !y->large[c];
        for (int other = 0; other < of->k && y->far[c]; other++) {
            const double *a = of->center + (size_t)c * sweep->cols, *b = of->center + (size_t)other * sweep->cols;
            y->far[c] = !y->large[other] || sqrt(tsl__row_squared(a, b, sweep->cols)) > FAR * y->scale[other];
        }
    }
    return all > 0;
}

/* Marks more of them; 1: it found some. */
static int find_more(job *j, const tsl_sweep *sweep)
{
    const tsl_assignment *to = sweep->assignment;
    yardsticks y = {{0}, {0}, {0}};
    size_t more = 0;
    find_large(j, sweep, &y);
    if (!find_scales(j, sweep, &y)) {
        return 0;
    }
    for (int mark = 0; mark < 2; mark++) {
        for (size_t r = 0; r < to->rows; r++) {
            const int c = to->label[r];
            if (j->weight[r] > 0 && (y.large[c] ? to->distance[r] > FAR * y.scale[c] : y.far[c])) {
                more += !mark;
                j->far[r] = (char)(mark ? 1 : j->far[r]);
                j->weight[r] = mark ? 0 : j->weight[r];
            }
        }
        if (!more || (double)(j->count + more) > MOST_SHARE * (double)j->rows) {
            return 0;
        }
    }
    j->count += more;
    return 1;
}

static tsl_status find(job *j, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl_sweep *sweep = NULL;
    int more = 1;
    for (int round = 0; round < ROUNDS && more && !are_mostly_one(j); round++) {
        TSL__TRY(fit(j, &sweep, err));
        more = sweep && find_more(j, sweep);
        tsl_sweep_free(sweep);
        sweep = NULL;
    }
done:
    tsl_sweep_free(sweep);
    return status;
}

tsl_status tsl__far_rows_find(const tsl_matrix *x, const double *weight, const tsl_kmeans_options *size,
                              const tsl_exec *exec, char *far, size_t *count, tsl_error *err)
{
    tsl_status status = TSL_OK;
    job j = {.x = x, .size = size, .exec = exec, .far = far};
    memset(far, 0, x->rows);
    TSL__NEED(j.weight = tsl__alloc(x->rows, sizeof *j.weight));
    TSL__NEED(j.spare = tsl__alloc(x->rows, sizeof *j.spare));
    for (size_t r = 0; r < x->rows; r++) {
        j.weight[r] = tsl__weight_get(weight, r);
        j.rows += j.weight[r] > 0;
    }
    if (j.rows >= TSL__FAR_LEAST_ROWS) {
        TSL__TRY(find(&j, err));
    }
    *count = j.count;
done:
    free(j.weight);
    free(j.spare);
    return status;
}
