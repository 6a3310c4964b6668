/* test_flat.c: clusters that have no width in a direction in which they differ. */
#include "model/natural/flat.h"
#include "model/sets.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

/* Rows of two clusters, of which column 1 is the label and what is said here, turned into the others by an angle. */
static int find(size_t n, double noise, double angle, double copy, const double *mask, const char *cut)
{
    tsl_matrix x = set_draw(n, 3, 1, 0, 1);
    double *values = (double *)x.data;
    int *label = calloc(n, sizeof *label), flat;
    char *none = calloc(n, 1);
    for (size_t r = 0; r < n; r++) {
        double *row = values + 3 * r;
        label[r] = (int)(r % 2);
        const double mark = 2 * (double)label[r] - 1 + noise * row[1], a = row[0];
        row[0] = cos(angle) * a + sin(angle) * mark;
        row[1] = cos(angle) * mark - sin(angle) * a;
        row[2] = copy != 0 ? copy * (row[0] + row[1]) : row[2];
        if (cut && cut[r]) {
            row[0] += 0.3;
        }
    }
    tsl__natural_rows rows = {.rows = n,
                              .cols = 3,
                              .plain = values,
                              .mask = (double *)mask,
                              .cut = cut ? (char *)cut : none,
                              .counted = (size_t)(mask[0] + mask[1] + mask[2])};
    assert_int_equal(tsl__flat_find(&rows, label, 2, &flat), 0);
    free(label);
    free(none);
    set_free(&x);
    return flat;
}

static void test_sheets(void **state)
{
    (void)state;
    const double all[] = {1, 1, 1}, two[] = {1, 1, 0}, first[] = {1, 0, 1}, none[] = {0, 0, 0};
    for (int i = 0; i < 5; i++) {
        const double angle = 0.1 + 0.3 * i;
        assert_true(find(200, 0, angle, 0, all, NULL));
        assert_true(find(200, 1e-7, angle, 0, two, NULL));  /* floats */
        assert_false(find(200, 1e-5, angle, 0, two, NULL)); /* ever so thin */
        assert_false(find(200, 0.01, angle, 0, all, NULL)); /* a hundredth of the way is a width */
        assert_false(find(200, 0, angle, 0, first, NULL));  /* the other half of it does not count */
        assert_true(find(200, 0, angle, 0.5, all, NULL));
        assert_false(find(200, 0.1, angle, 0.5, all, NULL)); /* a column that follows from two others is flat for all */
    }
    assert_false(find(200, 0, 0.4, 0, none, NULL));
}

/* What was cut off lies beside the flat and is left out; a few rows are always flat. */
static void test_rows(void **state)
{
    (void)state;
    const double all[] = {1, 1, 1};
    char cut[200] = {0};
    cut[7] = cut[30] = 1;
    assert_true(find(200, 0, 0.4, 0, all, cut));
    for (size_t n = 2; n < 8; n++) {
        assert_false(find(n, 0.5, 0.4, 0, all, NULL));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sheets),
        cmocka_unit_test(test_rows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
