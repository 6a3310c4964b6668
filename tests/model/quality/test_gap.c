/* test_gap.c: the gap statistic against R's clusGap, on rows without clusters, and
 * its promises. */
#include "model/sets.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static tsl_gap *build(const tsl_matrix *x, const double *weight, int k_max, int references, int restarts)
{
    tsl_gap *gap;
    tsl_gap_options opt;
    tsl_error err = {0};
    TSL_DEFAULTS(gap, &opt);
    opt.k_max = k_max;
    opt.references = references;
    opt.restarts = restarts;
    if (tsl_gap_build(x, weight, &opt, NULL, &gap, &err) != TSL_OK) {
        fail_msg("%s", err.message);
    }
    return gap;
}

/* Squared distances, box along the principal axes, 100 references: gap(3) = 1.2031, whose
 * own standard error is its deviation by ten. */
static void test_published(void **state)
{
    (void)state;
    tsl_matrix x = set_read("wine");
    set_standardise(&x);
    tsl_gap *gap = build(&x, NULL, 6, 100, 5);
    assert_int_equal(gap->k_max, 6);
    assert_int_equal(gap->best, 3);
    assert_true(fabs(gap->gap[2] - 1.2031) < 4 * .0024);
    assert_true(fabs(gap->error[2] - .024) < .006);
    assert_true(fabs(gap->inertia[2] - 1277.928489) < 1e-5);
    tsl_gap_free(gap);
    set_free(&x);
}

/* Rows that are drawn evenly from a box have one cluster, however it is turned. */
static void test_no_clusters(void **state)
{
    (void)state;
    enum { N = 400 };
    tsl__rng rng = tsl__rng_open(1, 9, 9);
    double *values = set_alloc(2 * N);
    for (size_t r = 0; r < N; r++) {
        const double a = 10 * tsl__rng_uniform(&rng), b = tsl__rng_uniform(&rng);
        values[2 * r] = 100 + 0.8 * a - 0.6 * b;
        values[2 * r + 1] = 0.6 * a + 0.8 * b;
    }
    const tsl_matrix x = {values, N, 2, 2, TSL_F64};
    tsl_gap *gap = build(&x, NULL, 4, 40, 3);
    assert_int_equal(gap->best, 1);
    for (int k = 0; k < 4; k++) {
        assert_true(fabs(gap->gap[k]) < 5 * gap->error[k]);
    }
    tsl_gap_free(gap);
    free(values);
}

/* The standard error is the deviation of the references times sqrt(1 + 1 / their number) (Tibshirani, Walther, Hastie
 * 2001, step 3). The references are the same ones however many there are: what one more changes in the mean and in the
 * squares about it tells what the deviations must have been. */
static void test_few_references(void **state)
{
    (void)state;
    enum { K = 3, MOST = 5 };
    tsl_matrix x = set_draw(200, 2, 3, 8, 3);
    tsl_gap *before = build(&x, NULL, K, 2, 2);
    for (int count = 3; count <= MOST; count++) {
        tsl_gap *gap = build(&x, NULL, K, count, 2);
        for (int k = 0; k < K; k++) {
            const double n = count, moved = gap->gap[k] - before->gap[k];
            const double old = (n - 1) * before->error[k] * before->error[k] / (1 + 1 / (n - 1));
            const double squares = n * gap->error[k] * gap->error[k] / (1 + 1 / n);
            assert_true(old > 0);
            assert_true(fabs(squares - old - n * (n - 1) * moved * moved) < 1e-9 * squares);
        }
        tsl_gap_free(before);
        before = gap;
    }
    tsl_gap_free(before);
    set_free(&x);
}

/* The answer is the least k whose gap is no less than the next one's, less the next one's standard error (ibid.): of
 * two references errors differ so much that the own one would give another. */
static void test_rule(void **state)
{
    (void)state;
    enum { K = 6, SETS = 20 };
    int other = 0;
    for (uint32_t key = 0; key < SETS; key++) {
        tsl_matrix x = set_draw(60, 2, 1 + key % 3, 4, key);
        tsl_gap *gap = build(&x, NULL, K, 2, 1);
        int by_next = 1, by_own = 1;
        assert_int_equal(gap->k_max, K);
        while (by_next < K && gap->gap[by_next - 1] < gap->gap[by_next] - gap->error[by_next]) {
            by_next++;
        }
        while (by_own < K && gap->gap[by_own - 1] < gap->gap[by_own] - gap->error[by_own - 1]) {
            by_own++;
        }
        assert_int_equal(gap->best, by_next);
        other += by_own != by_next;
        tsl_gap_free(gap);
        set_free(&x);
    }
    assert_true(other > 0); /* or the test cannot tell them apart */
}

static void test_promises(void **state)
{
    (void)state;
    tsl_matrix x = set_draw(5000, 3, 3, 8, 3);
    double *weight = set_alloc(5000);
    tsl_gap *first = build(&x, NULL, 4, 3, 2), *gap;
    assert_int_equal(first->best, 3);
    for (int threads = 1; threads <= 4; threads += 3) { /* the same bits */
        const tsl_exec exec = {.size = sizeof exec, .threads = threads};
        tsl_gap_options opt;
        TSL_DEFAULTS(gap, &opt);
        opt.k_max = 4;
        opt.references = 3;
        opt.restarts = 2;
        assert_int_equal(tsl_gap_build(&x, NULL, &opt, &exec, &gap, NULL), TSL_OK);
        assert_memory_equal(gap->gap, first->gap, 4 * sizeof *gap->gap);
        assert_memory_equal(gap->error, first->error, 4 * sizeof *gap->error);
        tsl_gap_free(gap);
    }
    for (size_t r = 0; r < 5000; r++) { /* rows without weight are none */
        weight[r] = r % 3 == 0 ? 0 : 2;
        ((double *)(uintptr_t)x.data)[3 * r] += r % 3 == 0 ? 1e5 : 0;
    }
    gap = build(&x, weight, 3, 3, 2);
    assert_true(gap->gap[0] > -1 && gap->gap[0] < 3);
    tsl_gap_free(gap);
    tsl_gap_free(first);
    free(weight);
    set_free(&x);
}

static int stop(void *user, const tsl_progress_event *event)
{
    assert_string_equal(event->stage, "gap");
    assert_true(event->fraction >= 0 && event->fraction <= 1);
    *(double *)user = event->fraction;
    return event->fraction > 0.4;
}

static void test_refusals(void **state)
{
    (void)state;
    const double few[] = {0, 0, 1, 1, 5, 5}, alike[] = {2, 2, 2};
    const tsl_matrix x = {few, 6, 1, 1, TSL_F64}, same = {alike, 3, 1, 1, TSL_F64};
    tsl_gap *gap = build(&x, NULL, 6, 3, 2); /* no inertia is left beyond the two */
    tsl_error err;
    tsl_gap_options opt;
    assert_int_equal(gap->k_max, 2);
    tsl_gap_free(gap);
    gap = (tsl_gap *)&gap;
    assert_int_equal(tsl_gap_build(&same, NULL, NULL, NULL, &gap, &err), TSL_E_INPUT);
    assert_null(gap);
    TSL_DEFAULTS(gap, &opt);
    opt.references = 1;
    assert_int_equal(tsl_gap_check(&opt, &err), TSL_E_OPTION);
    assert_int_equal(tsl_gap_build(&x, NULL, &opt, NULL, &gap, &err), TSL_E_OPTION);
    assert_int_equal(tsl_gap_check(NULL, &err), TSL_OK);
    tsl_matrix many = set_draw(2000, 2, 3, 8, 3);
    TSL_DEFAULTS(gap, &opt);
    opt.k_max = 3;
    opt.references = 9;
    double seen = -1;
    const tsl_exec exec = {.size = sizeof exec, .report = stop, .user = &seen};
    assert_int_equal(tsl_gap_build(&many, NULL, &opt, &exec, &gap, &err), TSL_E_CANCELLED);
    assert_true(seen > 0.4 && seen <= 1);
    set_free(&many);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_published),      cmocka_unit_test(test_no_clusters),
                                       cmocka_unit_test(test_few_references), cmocka_unit_test(test_rule),
                                       cmocka_unit_test(test_promises),       cmocka_unit_test(test_refusals)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
