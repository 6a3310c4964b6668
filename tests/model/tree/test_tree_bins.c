/* test_tree_bins.c: bins hold what they say, places stand alone, and no bin of
 * several values is a large part of the rows. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <float.h>
#include <math.h>
#include <stdlib.h>

#include "base/rng.h"
#include "model/tree/tree.h"

enum { ROWS = 100003, COLS = 5, K = 3 };

/* Continuous; half zero; yes or no; all alike; all missing. */
static void fill(double *data)
{
    tsl__rng rng = tsl__rng_open(3, 0, 0);
    for (int r = 0; r < ROWS; r++) {
        double u = tsl__rng_uniform(&rng), v = tsl__rng_uniform(&rng);
        data[r * COLS] = tsl__rng_below(&rng, 20) ? pow(10, 12 * u - 6) : NAN;
        data[r * COLS + 1] = v < 0.5 ? 0 : u - 0.4;
        data[r * COLS + 2] = u < 0.3;
        data[r * COLS + 3] = 7;
        data[r * COLS + 4] = NAN;
    }
}

static void test_bins(void **state)
{
    (void)state;
    double *data = malloc(ROWS * COLS * sizeof *data);
    assert_non_null(data);
    fill(data);
    double place[K * COLS] = {0.5, 0, 0.5, 7, NAN, 3, 0.1, 0.2, 7, NAN, NAN, -0.2, 0.3, 7, NAN};
    tsl_matrix raw = {data, ROWS, COLS, COLS, TSL_F64};
    const tsl__row_view rows = tsl__row_view_of(&raw, 1);
    tsl__bins bins, again;
    assert_int_equal(tsl__bins_build(&rows, place, K, 1, &bins, NULL), TSL_OK);
    assert_int_equal(tsl__bins_build(&rows, place, K, 3, &again, NULL), TSL_OK);
    assert_memory_equal(bins.code, again.code, ROWS * COLS * sizeof *bins.code);
    for (int c = 0; c < COLS; c++) {
        const tsl__bins_column *column = &bins.column[c];
        assert_true(column->edge[column->count - 1] == DBL_MAX);
        assert_int_equal(column->missing, c == 0 || c == 4);
        assert_true(column->count < bins.most);
        size_t *count = calloc((size_t)column->count + 1, sizeof *count), known = 0;
        double *low = calloc((size_t)column->count + 1, sizeof *low);
        char *many = calloc((size_t)column->count + 1, 1);
        for (size_t r = 0; r < ROWS; r++) {
            double value = data[r * COLS + (size_t)c];
            const int b = tsl__bins_codes(&bins, (size_t)c)[r * bins.group];
            if (isnan(value)) {
                assert_int_equal(b, column->count);
                continue;
            }
            assert_true(value <= column->edge[b] && (b == 0 || value > column->edge[b - 1]));
            many[b] |= count[b] > 0 && value != low[b];
            low[b] = value;
            count[b]++;
            known++;
        }
        for (int b = 0; b < column->count; b++) {
            assert_int_equal(many[b], column->many[b]);
            assert_true(!count[b] || many[b] || column->value[b] == low[b]);
            assert_true(!many[b] || (count[b] <= bins.room && count[b] < known / 64));
        }
        for (int k = 0; k < K; k++) { /* a place is an edge, and so is what lies just below it */
            double p = place[k * COLS + c];
            int found = isnan(p) ? 2 : 0;
            for (int b = 0; b < column->count; b++) {
                found += column->edge[b] == p || column->edge[b] == nextafter(p, -INFINITY);
            }
            assert_int_equal(found, 2);
        }
        free(count);
        free(low);
        free(many);
    }
    tsl__bins_free(&bins);
    tsl__bins_free(&again);
    free(data);
}

static void test_infinite(void **state)
{
    (void)state;
    double data[] = {1, 2, -INFINITY, 4}, place[] = {1};
    const tsl_matrix raw = {data, 4, 1, 1, TSL_F64};
    const tsl__row_view rows = tsl__row_view_of(&raw, 1);
    tsl__bins bins;
    tsl_error err;
    assert_int_equal(tsl__bins_build(&rows, place, 1, 1, &bins, &err), TSL_E_INPUT);
    assert_string_equal(err.message, "raw row 3 holds an infinite value; expected finite or NaN");
    assert_null(bins.code);
}

enum { LOAD_ROWS = 1000003, LOAD_THREADS = 3 };

/* What several threads read of a column together. */
typedef struct loader {
    tsl__tree_work work;
    tsl__scratch scratch[LOAD_THREADS];
    size_t *row; /* all but every seventh */
    size_t rows;
} loader;

static void loader_open(loader *l, const tsl__row_view *view, int threads)
{
    const double place[1] = {0.5};
    *l = (loader){.work = {.raw = view, .k = 1, .threads = threads, .scratch = l->scratch}};
    assert_int_equal(tsl__bins_build(view, place, 1, threads, &l->work.bins, NULL), TSL_OK);
    const size_t most = (size_t)l->work.bins.most;
    for (int t = 0; t < threads; t++) {
        tsl__scratch *s = &l->scratch[t];
        s->count = calloc(most, sizeof *s->count);
        s->wanted = calloc(most, 1);
        s->loaded = calloc(most, 1);
        s->start = calloc(most, sizeof *s->start);
        s->value = malloc(l->work.bins.room * sizeof *s->value);
        assert_true(s->count && s->wanted && s->loaded && s->start && s->value);
    }
    assert_non_null(l->row = malloc(LOAD_ROWS * sizeof *l->row));
    for (size_t r = 0; r < LOAD_ROWS; r++) {
        l->row[l->rows] = r;
        l->rows += r % 7 != 0;
    }
    for (size_t i = 0; i < l->rows; i++) {
        l->scratch->count[tsl__bins_codes(&l->work.bins, 0)[l->row[i]]]++;
    }
    for (int b = 0; b < l->work.bins.column->count; b++) {
        l->scratch->wanted[b] = b % 5 != 2;
    }
}

static void loader_close(loader *l)
{
    for (int t = 0; t < l->work.threads; t++) {
        tsl__scratch *s = &l->scratch[t];
        free(s->count);
        free(s->wanted);
        free(s->loaded);
        free(s->start);
        free(s->value);
    }
    free(l->row);
    tsl__bins_free(&l->work.bins);
}

/* The values of wanted bins are those of the rows that lie in them, rising, and the same in the same order whatever
 * the threads; all wanted bins are more than are read at once. */
static void test_values(void **state)
{
    (void)state;
    double *data = malloc(LOAD_ROWS * sizeof *data);
    assert_non_null(data);
    tsl__rng rng = tsl__rng_open(8, 0, 0);
    for (int r = 0; r < LOAD_ROWS; r++) {
        data[r] = floor(50000 * tsl__rng_uniform(&rng)); /* many alike */
    }
    const tsl_matrix raw = {data, LOAD_ROWS, 1, 1, TSL_F64};
    const tsl__row_view view = tsl__row_view_of(&raw, 1);
    static loader one, many;
    loader_open(&one, &view, 1);
    loader_open(&many, &view, LOAD_THREADS);
    const tsl__tree_rows rows = {one.row, one.rows};
    size_t checked = 0;
    for (int b = 0; b < one.work.bins.column->count; b++) {
        if (!one.scratch->wanted[b]) {
            continue;
        }
        const size_t count = one.scratch->count[b];
        const tsl__row_value *a = tsl__bins_values(&one.work, 0, b, rows, one.scratch->count, one.scratch);
        const tsl__row_value *c = tsl__bins_values(&many.work, 0, b, rows, many.scratch->count, many.scratch);
        for (size_t i = 0; i < count; i++) {
            assert_true(a[i].value == data[a[i].row] && tsl__bin_get(one.work.bins.column, a[i].value) == b);
            assert_true(a[i].row % 7 != 0 && (i == 0 || a[i - 1].value <= a[i].value));
            assert_true(a[i].value == c[i].value && a[i].row == c[i].row);
        }
        checked += count;
    }
    assert_true(checked > LOAD_ROWS / 2 && checked > 3 * one.work.bins.room);
    loader_close(&one);
    loader_close(&many);
    free(data);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bins),
        cmocka_unit_test(test_infinite),
        cmocka_unit_test(test_values),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
