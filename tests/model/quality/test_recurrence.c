/* test_recurrence.c: labels of groups come back, labels dealt out at random do not. */
#include "model/sets.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#define ROWS 600

static int32_t label[ROWS];
static double weight[ROWS];

static tsl_recurrence *measure(const tsl_matrix *x, int k, const double *w, int threads)
{
    const tsl_exec exec = {.size = sizeof exec, .threads = threads};
    tsl_recurrence *r = NULL;
    tsl_error err;
    if (tsl_recurrence_build(x, w, label, k, NULL, &exec, &r, &err) != TSL_OK) {
        fail_msg("%s", err.message);
    }
    return r;
}

static void test_groups_and_noise(void **state)
{
    (void)state;
    tsl_matrix x = set_draw(ROWS, 3, 3, 20, 1);
    tsl__rng rng = tsl__rng_open(1, 2, 3);
    for (size_t r = 0; r < ROWS; r++) {
        label[r] = (int32_t)(r % 3);
    }
    tsl_recurrence *groups = measure(&x, 3, NULL, 2);
    assert_true(groups->agreement == 1 && groups->between == 1 && groups->agreement_error == 0);
    assert_true(groups->jaccard[0] == 1 && groups->jaccard[1] == 1 && groups->jaccard[2] == 1);
    assert_true(groups->gap > 1 && groups->strength == 1);
    assert_true(groups->replicates == 20 && groups->rows == ROWS && groups->sample_rows == ROWS);
    for (size_t r = 0; r < ROWS; r++) {
        label[r] = (int32_t)(tsl__rng_u64(&rng) % 3);
    }
    tsl_recurrence *noise = measure(&x, 3, NULL, 2);
    assert_true(fabs(noise->agreement) < .03 && noise->between == 1);
    assert_true(noise->gap < 0 && noise->strength == 1); /* the strength is that of k-means */
    for (size_t r = 0; r < ROWS; r++) {                  /* two of the groups as one */
        label[r] = r % 3 == 0;
    }
    tsl_recurrence *two = measure(&x, 2, NULL, 2);
    assert_true(two->gap < groups->gap);
    tsl_recurrence_free(groups);
    tsl_recurrence_free(noise);
    tsl_recurrence_free(two);
    set_free(&x);
}

/* Of k-means' own labels it is what tsl_stability_build says of them; any number of threads, the same bits. */
static void test_against_stability(void **state)
{
    (void)state;
    tsl_matrix x = set_draw(ROWS, 4, 3, 2, 2);
    tsl_kmeans_options kmeans;
    tsl_stability_options opt;
    tsl_sweep *sweep;
    tsl_stability *stability;
    TSL_DEFAULTS(kmeans, &kmeans);
    TSL_DEFAULTS(stability, &opt);
    kmeans.k = 4;
    opt.replicates = 20;
    assert_int_equal(tsl_kmeans_fit(&x, NULL, NULL, &kmeans, NULL, &sweep, NULL), TSL_OK);
    assert_int_equal(tsl_stability_build(&x, NULL, NULL, &kmeans, sweep, &opt, NULL, &stability, NULL), TSL_OK);
    memcpy(label, tsl_sweep_get_labels(sweep), sizeof label);
    tsl_recurrence *r = measure(&x, 4, NULL, 1), *again = measure(&x, 4, NULL, 3);
    assert_true(r->between == stability->of[0].agreement && r->between < 1);
    assert_true(r->agreement > r->between - .1 && r->agreement < 1);
    for (int c = 0; c < 4; c++) {
        assert_true(r->jaccard[c] == stability->of[0].jaccard[c] && r->jaccard[c] == again->jaccard[c]);
    }
    assert_true(r->agreement == again->agreement && r->gap == again->gap && r->strength == again->strength);
    tsl_recurrence_free(r);
    tsl_recurrence_free(again);
    tsl_stability_free(stability);
    tsl_sweep_free(sweep);
    set_free(&x);
}

/* Rows without weight need no label; one label says nothing; what cannot be a label is refused. */
static void test_what_cannot_be(void **state)
{
    (void)state;
    tsl_matrix x = set_draw(ROWS, 2, 2, 20, 3);
    tsl_recurrence *r;
    tsl_error err;
    for (size_t i = 0; i < ROWS; i++) {
        label[i] = i % 5 ? (int32_t)(i % 2) : -7;
        weight[i] = i % 5 ? 2 : 0;
    }
    r = measure(&x, 2, weight, 1);
    assert_true(r->agreement == 1 && r->rows == ROWS / 5 * 4);
    tsl_recurrence_free(r);
    assert_int_equal(tsl_recurrence_build(&x, NULL, label, 2, NULL, NULL, &r, &err), TSL_E_INPUT);
    assert_null(r);
    assert_non_null(strstr(err.message, "row 1: label -7"));
    assert_int_equal(tsl_recurrence_build(&x, NULL, label, 0, NULL, NULL, &r, &err), TSL_E_INPUT);
    memset(label, 0, sizeof label);
    r = measure(&x, 1, NULL, 1);
    assert_true(isnan(r->agreement) && isnan(r->between) && isnan(r->jaccard[0]));
    tsl_recurrence_free(r);
    set_free(&x);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_groups_and_noise),
        cmocka_unit_test(test_against_stability),
        cmocka_unit_test(test_what_cannot_be),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
