/* sets.h: data for the tests of k-means: drawn at random, or from datasets/. */
#ifndef TESTS_MODEL_SETS_H
#define TESTS_MODEL_SETS_H

#include "base/rng.h"
#include "draws.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <tesela/model.h>

static inline double *set_alloc(size_t count)
{
    double *values = calloc(count ? count : 1, sizeof *values);
    if (!values) {
        abort();
    }
    return values;
}

/* Normal noise about `groups` centres that lie some `apart` from each other;
 * row r is of group r % groups. Free data. */
static inline tsl_matrix set_draw(size_t rows, size_t cols, size_t groups, double apart, uint32_t key)
{
    tsl__rng rng = tsl__rng_open(11, 5, key);
    double *x = set_alloc(rows * cols), *center = set_alloc(groups * cols);
    for (size_t i = 0; i < groups * cols; i++) {
        center[i] = apart * draw_normal(&rng);
    }
    for (size_t i = 0; i < rows * cols; i++) {
        x[i] = center[i / cols % groups * cols + i % cols] + draw_normal(&rng);
    }
    free(center);
    return (tsl_matrix){x, rows, cols, cols, TSL_F64};
}

/* The cells of a matrix of doubles. */
static inline const double *set_values(const tsl_matrix *x)
{
    return x->data;
}

static inline void set_free(tsl_matrix *x)
{
    free((double *)x->data);
    x->data = NULL;
}

/* datasets/quality/<name>.csv without its last column, the class. */
static inline tsl_matrix set_read(const char *name)
{
    char path[4096], line[8192];
    snprintf(path, sizeof path, "%s/datasets/quality/%s.csv", TESELA_SOURCE_DIR, name);
    FILE *file = fopen(path, "r");
    if (!file || !fgets(line, sizeof line, file)) {
        fprintf(stderr, "%s cannot be read\n", path);
        abort();
    }
    tsl_matrix x = {0};
    for (const char *c = line; *c; c++) {
        x.cols += *c == ',';
    }
    double *values = NULL;
    while (fgets(line, sizeof line, file)) {
        values = realloc(values, (x.rows + 1) * x.cols * sizeof *values);
        char *at = line;
        for (size_t j = 0; j < x.cols; j++, at++) {
            values[x.rows * x.cols + j] = strtod(at, &at);
        }
        x.rows++;
    }
    fclose(file);
    x.data = values;
    x.stride = x.cols;
    return x;
}

/* The last column of the same, by the order in which the classes come. */
static inline void set_read_classes(const char *name, int32_t *out)
{
    char path[4096], line[8192], seen[16][64];
    int32_t count = 0;
    snprintf(path, sizeof path, "%s/datasets/quality/%s.csv", TESELA_SOURCE_DIR, name);
    FILE *file = fopen(path, "r");
    if (!file || !fgets(line, sizeof line, file)) {
        abort();
    }
    while (fgets(line, sizeof line, file)) {
        const char *last = strrchr(line, ',') + 1;
        int32_t c = 0;
        while (c < count && strcmp(seen[c], last) != 0) {
            c++;
        }
        if (c == count) {
            snprintf(seen[count++], sizeof seen[0], "%s", last);
        }
        *out++ = c;
    }
    fclose(file);
}

/* Standardises the columns with the population's standard deviation. */
static inline void set_standardise(tsl_matrix *x)
{
    double *values = (double *)x->data;
    for (size_t j = 0; j < x->cols; j++) {
        double mean = 0, square = 0;
        for (size_t r = 0; r < x->rows; r++) {
            mean += values[r * x->cols + j] / (double)x->rows;
        }
        for (size_t r = 0; r < x->rows; r++) {
            square += pow(values[r * x->cols + j] - mean, 2) / (double)x->rows;
        }
        for (size_t r = 0; r < x->rows; r++) {
            values[r * x->cols + j] = (values[r * x->cols + j] - mean) / sqrt(square);
        }
    }
}

/* The squared distance of a row to a point, added up in the order of columns. */
static inline double set_squared(const double *row, const double *point, size_t cols)
{
    double sum = 0;
    for (size_t j = 0; j < cols; j++) {
        const double away = row[j] - point[j];
        sum += away * away;
    }
    return sum;
}

/* The nearest of k points, ties to the lowest. */
static inline int set_nearest(const double *row, const double *point, int k, size_t cols, double *squared)
{
    int best = 0;
    *squared = HUGE_VAL;
    for (int c = 0; c < k; c++) {
        const double s = set_squared(row, point + (size_t)c * cols, cols);
        if (s < *squared) {
            *squared = s;
            best = c;
        }
    }
    return best;
}

static const char *const set_kernels[] = {"generic", "avx2", "avx512"};
enum { SET_KERNELS = 3 };

#endif
