/* tree_sets.h: the bundled sets that trees are checked on. */
#ifndef TEST_TREE_SETS_H
#define TEST_TREE_SETS_H

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <tesela/model.h>
#include <tesela/table.h>

#include <cmocka.h>

typedef struct test_set {
    tsl_matrix x;
    double *values;
} test_set;

/* A file without the ignored columns. */
static inline test_set test_set_read_path(const char *path, const char *const *ignore, size_t ignored)
{
    tsl_data_options opt;
    TSL_DEFAULTS(data, &opt);
    opt.ignore = ignore;
    opt.ignore_count = ignored;
    tsl_data *data;
    tsl_error err = {0};
    if (tsl_data_read(&(tsl_source){.path = path}, &opt, NULL, &data, &err) != TSL_OK) {
        fail_msg("%s", err.message);
    }
    test_set set = {{NULL, data->rows, data->cols, data->cols, TSL_F64}, NULL};
    set.values = malloc(data->rows * data->cols * sizeof(double));
    assert_non_null(set.values);
    memcpy(set.values, data->values, data->rows * data->cols * sizeof(double));
    set.x.data = set.values;
    tsl_data_free(data);
    return set;
}

/* datasets/quality/<file> likewise. */
static inline test_set test_set_read(const char *file, const char *const *ignore, size_t ignored)
{
    char path[512];
    snprintf(path, sizeof path, "%s/datasets/quality/%s", TESELA_SOURCE_DIR, file);
    return test_set_read_path(path, ignore, ignored);
}

/* The eleven yes/no columns of mcdonalds.csv as 1 and 0. */
static inline test_set test_set_read_answers(void)
{
    enum { ROWS = 1453, COLS = 11 };
    FILE *file = fopen(TESELA_SOURCE_DIR "/datasets/quality/mcdonalds.csv", "re");
    assert_non_null(file);
    test_set set = {{NULL, ROWS, COLS, COLS, TSL_F64}, calloc(ROWS * COLS, sizeof(double))};
    char line[512];
    assert_non_null(fgets(line, sizeof line, file));
    for (size_t r = 0; r < ROWS; r++) {
        assert_non_null(fgets(line, sizeof line, file));
        char *cell = strtok(line, ",");
        for (size_t c = 0; c < COLS; c++, cell = strtok(NULL, ",")) {
            assert_true(strcmp(cell, "Yes") == 0 || strcmp(cell, "No") == 0);
            set.values[r * COLS + c] = cell[0] == 'Y';
        }
    }
    assert_null(fgets(line, sizeof line, file));
    fclose(file);
    set.x.data = set.values;
    return set;
}

/* z-scores by the population standard deviation. */
static inline void test_set_scale(test_set *set)
{
    size_t rows = set->x.rows, cols = set->x.cols;
    for (size_t c = 0; c < cols; c++) {
        double mean = 0, square = 0;
        for (size_t r = 0; r < rows; r++) {
            mean += set->values[r * cols + c] / (double)rows;
        }
        for (size_t r = 0; r < rows; r++) {
            square += pow(set->values[r * cols + c] - mean, 2) / (double)rows;
        }
        for (size_t r = 0; r < rows; r++) {
            set->values[r * cols + c] = (set->values[r * cols + c] - mean) / sqrt(square);
        }
    }
}

#endif
