/* test_memory.c: every allocation of the test of natural groups fails once. */
#include "failing.h"
#include "model/sets.h"

typedef struct story {
    tsl_matrix x;
    const double *weight;
} story;

static tsl_status fit(void *user, tsl_error *err)
{
    const story *s = user;
    const tsl_exec one_thread = {.size = sizeof one_thread, .threads = 1};
    tsl_natural_options opt;
    tsl_natural *n;
    TSL_DEFAULTS(natural, &opt);
    opt.k_max = 3;
    opt.folds = 2;
    const tsl_status status = tsl_natural_fit(&s->x, s->weight, &opt, &one_thread, &n, err);
    assert_int_equal(status == TSL_OK, n != NULL);
    tsl_natural_free(n);
    return status;
}

static void test_natural(void **state)
{
    (void)state;
    double weight[80];
    story s = {.x = set_draw(80, 2, 2, 5, 1)};
    for (size_t r = 0; r < 80; r++) {
        weight[r] = 1 + (double)(r % 3);
    }
    sweep_failures(fit, &s, 40);
    s.weight = weight;
    sweep_failures(fit, &s, 40);
    set_free(&s.x);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_natural)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
