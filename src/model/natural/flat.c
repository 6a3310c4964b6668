/* flat.c: whether clusters have no width in a direction in which they differ. */
#include "model/natural/flat.h"

#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>

/* The share of all rows' variance below which there is none: what rounding leaves, that of floats too. */
#define NO_VARIANCE 1e-12

typedef struct flat_job {
    size_t d;               /* columns that count */
    size_t *col;            /* d */
    size_t used;            /* rows of which nothing was cut off, as that leaves the flat */
    double *mean, *count;   /* (k + 1) x d, k + 1: of the clusters, and of all */
    double *row;            /* d */
    double *within, *whole; /* d x d */
} flat_job;

static int open_job(flat_job *job, const tsl__natural_rows *rows, size_t k)
{
    *job = (flat_job){.used = 0};
    job->col = tsl__alloc(rows->counted, sizeof *job->col);
    job->mean = tsl__alloc_zero(k + 1, rows->counted * sizeof *job->mean);
    job->count = tsl__alloc_zero(k + 1, sizeof *job->count);
    job->row = tsl__alloc(rows->counted, sizeof *job->row);
    job->within = tsl__alloc_zero(rows->counted, rows->counted * sizeof *job->within);
    job->whole = tsl__alloc_zero(rows->counted, rows->counted * sizeof *job->whole);
    for (size_t j = 0; job->col && j < rows->cols; j++) {
        if (rows->mask[j] > 0) {
            job->col[job->d++] = j;
        }
    }
    return job->col && job->mean && job->count && job->row && job->within && job->whole ? 0 : -1;
}

static void find_means(flat_job *job, const tsl__natural_rows *rows, const int *label, size_t k)
{
    for (size_t r = 0; r < rows->rows; r++) {
        const double *x = rows->plain + r * rows->cols;
        double *mean = job->mean + (size_t)label[r] * job->d, *all = job->mean + k * job->d;
        if (rows->cut[r]) {
            continue;
        }
        job->used++;
        job->count[label[r]]++;
        for (size_t i = 0; i < job->d; i++) {
            mean[i] += x[job->col[i]];
            all[i] += x[job->col[i]];
        }
    }
    job->count[k] = (double)job->used;
    for (size_t i = 0; i < (k + 1) * job->d; i++) {
        job->mean[i] /= job->count[i / job->d] > 0 ? job->count[i / job->d] : 1;
    }
}

/* Adds the squares of a row about a mean, the lower triangle. */
static void add_squares(flat_job *job, const double *x, const double *mean, double *sum)
{
    for (size_t i = 0; i < job->d; i++) {
        job->row[i] = x[job->col[i]] - mean[i];
    }
    for (size_t i = 0; i < job->d; i++) {
        for (size_t j = 0; j <= i; j++) {
            sum[i * job->d + j] += job->row[i] * job->row[j] / (double)job->used;
        }
    }
}

/* In how many directions there is a variance: Cholesky's factor, the greatest of what is left first (Higham 2002). */
static size_t count_directions(double *a, size_t d)
{
    for (size_t step = 0; step < d; step++) {
        size_t most = step;
        for (size_t i = step + 1; i < d; i++) {
            most = a[i * d + i] > a[most * d + most] ? i : most;
        }
        if (a[most * d + most] <= NO_VARIANCE) {
            return step;
        }
        for (size_t j = 0; j < d; j++) {
            const double kept = a[step * d + j];
            a[step * d + j] = a[most * d + j];
            a[most * d + j] = kept;
        }
        for (size_t i = 0; i < d; i++) {
            const double kept = a[i * d + step];
            a[i * d + step] = a[i * d + most];
            a[i * d + most] = kept;
        }
        for (size_t i = step + 1; i < d; i++) {
            const double part = a[i * d + step] / a[step * d + step];
            for (size_t j = step + 1; j < d; j++) {
                a[i * d + j] -= part * a[step * d + j];
            }
        }
    }
    return d;
}

static void mirror(double *a, size_t d)
{
    for (size_t i = 0; i < d; i++) {
        for (size_t j = i + 1; j < d; j++) {
            a[i * d + j] = a[j * d + i];
        }
    }
}

int tsl__flat_find(const tsl__natural_rows *rows, const int *label, int k, int *flat)
{
    flat_job job;
    *flat = 0;
    if (rows->counted == 0 || rows->counted > TSL__FLAT_COLS) {
        return 0;
    }
    const int failed = open_job(&job, rows, (size_t)k);
    if (!failed) {
        find_means(&job, rows, label, (size_t)k);
        for (size_t r = 0; r < rows->rows; r++) {
            if (!rows->cut[r]) {
                const double *x = rows->plain + r * rows->cols;
                add_squares(&job, x, job.mean + (size_t)label[r] * job.d, job.within);
                add_squares(&job, x, job.mean + (size_t)k * job.d, job.whole);
            }
        }
        mirror(job.within, job.d);
        mirror(job.whole, job.d);
        /* A few rows have no more directions than there are of them, within clusters k fewer. */
        const size_t most = job.used > (size_t)k ? job.used - (size_t)k : 0;
        const size_t whole = count_directions(job.whole, job.d);
        *flat = count_directions(job.within, job.d) < (whole < most ? whole : most);
    }
    free(job.col);
    free(job.mean);
    free(job.count);
    free(job.row);
    free(job.within);
    free(job.whole);
    return failed;
}
