/* test_tree_split.c: rows go to the sides that their values say, in their order, whatever the threads and
 * wherever the threshold lies; and the threshold lies between the values beside it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/rng.h"
#include "model/tree/tree_split.h"

enum { ROWS = 60000, COLS = 4 };

/* Plain numbers, a 0/1, whole numbers of which a tenth is missing, one value. */
static double draw(tsl__rng *rng, int column)
{
    const double u = tsl__rng_uniform(rng);
    return column == 0 ? u : column == 1 ? u < 0.3 : column == 3 ? 7 : u < 0.1 ? NAN : floor(20 * u);
}

static void check(const tsl__tree_work *w, const double *data, const tsl__cut *cut)
{
    const size_t column = (size_t)cut->column;
    size_t *row = malloc(ROWS * sizeof *row), *spare = malloc(ROWS * sizeof *spare), count = 0, left = 0, missing = 0;
    uint16_t *code = malloc(ROWS * sizeof *code);
    double low = -INFINITY, high = INFINITY;
    assert_true(row && spare && code);
    for (size_t r = 0; r < ROWS; r += 1 + r % 2) { /* a node has some of the rows */
        row[count++] = r;
    }
    tsl_tree_node node = {0};
    const size_t found = tsl__split_apply(w, cut, (tsl__split_rows){row, count, spare, code}, &node);
    size_t *want = malloc(count * sizeof *want);
    for (int goes = 1; goes >= 0; goes--) {
        for (size_t r = 0; r < ROWS; r += 1 + r % 2) {
            const double value = data[r * COLS + column];
            const int here = isnan(value) ? cut->missing_left : value <= cut->at;
            missing += goes && isnan(value);
            low = value <= cut->at && value > low ? value : low;
            high = value > cut->at && value < high ? value : high;
            if (here == goes) {
                want[left++] = r;
            }
        }
        assert_true(!goes || left == found);
    }
    assert_int_equal(left, count);
    assert_memory_equal(row, want, count * sizeof *want);
    assert_int_equal(node.column, cut->column);
    assert_int_equal(node.missing_left, missing ? cut->missing_left : -1);
    assert_true(isinf(high) ? isinf(node.threshold) : node.threshold >= low && node.threshold < high);
    free(row);
    free(spare);
    free(code);
    free(want);
}

static void test_split(void **state)
{
    (void)state;
    const double at[COLS][4] = {{0.5, 0.123456, 0.9999, 0}, {0, 0.5, 0, 0.2}, {3, 3.5, 18, 19}, {7, 8, 7, 7}};
    const double place[COLS] = {0.4, 0.7, 9, 7};
    double *data = malloc(sizeof(double) * ROWS * COLS);
    assert_non_null(data);
    tsl__rng rng = tsl__rng_open(12, 0, 0);
    for (size_t i = 0; i < (size_t)ROWS * COLS; i++) {
        data[i] = draw(&rng, (int)(i % COLS));
    }
    const tsl_matrix raw = {data, ROWS, COLS, COLS, TSL_F64};
    const tsl__row_view view = tsl__row_view_of(&raw, 1);
    for (int threads = 1; threads <= 3; threads += 2) {
        tsl__tree_work w = {.raw = &view, .k = 1, .threads = threads};
        assert_int_equal(tsl__bins_build(&view, place, 1, threads, &w.bins, NULL), TSL_OK);
        for (int i = 0; i < 2 * COLS * 4; i++) {
            const int column = i / 2 % COLS;
            const tsl__cut cut = {.column = column, .at = at[column][i / 2 / COLS], .missing_left = i % 2};
            check(&w, data, &cut);
        }
        tsl__bins_free(&w.bins);
    }
    free(data);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_split),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
