/* test_natural_agreement.c: clusters are the natural groups where they hold the same rows, whatever the scale of the
 * columns.
 */
#include "model/natural/natural_agreement.h"

#include "base/rng.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define EACH 500
#define ROWS (3 * EACH)
#define COLS 4

static double x[ROWS][COLS];
static int32_t truth[ROWS];

/* Three groups along three columns; the fourth is noise of a far greater scale. */
static void fill(void)
{
    tsl__rng rng = tsl__rng_open(3, 1, 0);
    for (size_t r = 0; r < ROWS; r++) {
        truth[r] = (int32_t)(r / EACH);
        for (size_t c = 0; c < COLS - 1; c++) {
            x[r][c] = truth[r] + .02 * (tsl__rng_uniform(&rng) - .5);
        }
        x[r][3] = 1000 * tsl__rng_uniform(&rng);
    }
    x[0][3] = 1e9; /* cut off, as in the test */
}

static double agree(const int32_t *label, int k, const double *weight, int threads, int groups)
{
    const tsl_matrix m = {x, ROWS, COLS, COLS, TSL_F64};
    const tsl_exec exec = {.size = sizeof exec, .threads = threads};
    const tsl_natural natural = {.k = groups};
    double out;
    tsl_error err;
    assert_int_equal(tsl__natural_agreement_get(&m, weight, label, k, &natural, 1, &exec, &out, &err), TSL_OK);
    return out;
}

static void test_rows_not_numbers(void **state)
{
    (void)state;
    int32_t other[ROWS];
    double weight[ROWS];
    fill();
    assert_true(agree(truth, 3, NULL, 1, 3) == 1);
    for (size_t r = 0; r < ROWS; r++) {
        other[r] = x[r][3] > 666 ? 2 : x[r][3] > 333; /* as many, by what tells nothing */
        weight[r] = r / EACH < 2;
    }
    assert_true(fabs(agree(other, 3, NULL, 1, 3)) < .02);
    for (size_t r = 0; r < ROWS; r++) {
        other[r] = truth[r] == 0 ? x[r][3] > 500 : 2; /* one group cut in two, two put together */
    }
    const double wrong = agree(other, 3, NULL, 1, 3);
    assert_true(wrong > .2 && wrong < .7);
    assert_true(agree(other, 3, NULL, 3, 3) == wrong);
    for (size_t r = 0; r < ROWS; r++) {
        other[r] = truth[r] == 1;
    }
    assert_true(agree(other, 2, NULL, 1, 3) < .9);
    assert_true(agree(other, 2, weight, 1, 2) == 1); /* the third is not there */
    assert_true(isnan(agree(truth, 3, NULL, 1, 1)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_rows_not_numbers)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
