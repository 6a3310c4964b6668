/* test_bootstrap.c: the stability of clusters over bootstrap replicates. */
#include "model/sets.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static tsl_sweep *fit(const tsl_matrix *x, const double *weight, const tsl_start *start, tsl_kmeans_options *opt)
{
    tsl_sweep *sweep = NULL;
    opt->silhouette_rows = 0;
    assert_int_equal(tsl_kmeans_fit(x, weight, start, opt, NULL, &sweep, NULL), TSL_OK);
    return sweep;
}

static tsl_stability *build(const tsl_matrix *x, const double *weight, const tsl_start *start,
                            const tsl_kmeans_options *kmeans, const tsl_sweep *sweep, tsl_stability_options *opt,
                            int threads)
{
    const tsl_exec exec = {.size = sizeof exec, .threads = threads};
    tsl_stability *out = NULL;
    assert_int_equal(tsl_stability_build(x, weight, start, kmeans, sweep, opt, &exec, &out, NULL), TSL_OK);
    return out;
}

/* Means over bootstrap pairs of the adjusted Rand index, k = 2 to 8, and Jaccard indices at one k: computed
 * independently with scikit-learn and R (fpc, flexclust). */
static void check_published(tsl_matrix *x, const double expected[7], int k, const double *jaccard, const double *within)
{
    tsl_kmeans_options kmeans;
    tsl_stability_options opt;
    TSL_DEFAULTS(kmeans, &kmeans);
    TSL_DEFAULTS(stability, &opt);
    kmeans.k_max = 8;
    kmeans.restarts = 50;
    tsl_sweep *sweep = fit(x, NULL, NULL, &kmeans);
    tsl_stability *s = build(x, NULL, NULL, &kmeans, sweep, &opt, 0);
    assert_int_equal(s->count, 7);
    assert_int_equal(s->rows, x->rows);
    for (size_t c = 0; c < 7; c++) {
        assert_int_equal(s->of[c].k, c + 2);
        assert_true(fabs(s->of[c].agreement - expected[c]) <= .03);
        assert_true(s->of[c].agreement_error > 0 && s->of[c].agreement_error < .02);
    }
    const tsl_stable_clusters *of = &s->of[k - 2];
    for (int c = 0; c < k; c++) { /* whatever their order */
        double nearest = 1, near = 1;
        for (int o = 0; o < k; o++) {
            nearest = fmin(nearest, jaccard ? fabs(of->jaccard[c] - jaccard[o]) : 0);
            near = fmin(near, within ? fabs(of->within[c] - within[o]) : 0);
        }
        assert_true(nearest <= .04 && near <= .03);
    }
    tsl_stability_free(s);
    tsl_sweep_free(sweep);
    set_free(x);
}

static void test_iris(void **state)
{
    (void)state;
    tsl_matrix x = set_read("iris");
    check_published(&x, (double[]){.980, .891, .833, .850, .746, .722, .730}, 3, (double[]){1, .968, .957}, NULL);
}

static void test_wine(void **state)
{
    (void)state;
    tsl_matrix x = set_read("wine");
    set_standardise(&x);
    check_published(&x, (double[]){.664, .902, .761, .693, .610, .564, .545}, 3, (double[]){.975, .965, .986},
                    (double[]){.947, .968, .980});
}

/* Far apart: every replicate finds the same; the group of 3 from that of 2 comes from one alone. */
static void test_far_groups(void **state)
{
    (void)state;
    tsl_matrix x = set_draw(300, 3, 3, 40, 3);
    tsl_kmeans_options kmeans;
    tsl_stability_options opt;
    TSL_DEFAULTS(kmeans, &kmeans);
    TSL_DEFAULTS(stability, &opt);
    kmeans.k_min = 2;
    kmeans.k_max = 3;
    tsl_sweep *sweep = fit(&x, NULL, NULL, &kmeans);
    tsl_stability *s = build(&x, NULL, NULL, &kmeans, sweep, &opt, 2);
    assert_true(s->of[1].agreement > 1 - 1e-12);
    assert_true(s->of[1].agreement_error < 1e-9);
    for (int c = 0; c < 3; c++) {
        assert_true(s->of[1].jaccard[c] > 1 - 1e-12 && s->of[1].within[c] > 1 - 1e-12);
        assert_true(fabs(s->of[1].across[c] - 1) < 1e-12);
        assert_true(c == 2 || isnan(s->of[0].across[c]));
    }
    tsl_stability_free(s);
    tsl_sweep_free(sweep);
    set_free(&x);
}

static void assert_same(const tsl_stability *a, const tsl_stability *b)
{
    assert_int_equal(a->count, b->count);
    for (size_t c = 0; c < a->count; c++) {
        const size_t bytes = (size_t)a->of[c].k * sizeof(double);
        assert_memory_equal(&a->of[c].agreement, &b->of[c].agreement, sizeof(double));
        assert_memory_equal(&a->of[c].agreement_error, &b->of[c].agreement_error, sizeof(double));
        assert_memory_equal(a->of[c].jaccard, b->of[c].jaccard, bytes);
        assert_memory_equal(a->of[c].within, b->of[c].within, bytes);
        assert_memory_equal(a->of[c].across, b->of[c].across, bytes);
    }
}

/* Of more rows than wanted some stand for all; the threads change no bit. */
static void test_threads_and_samples(void **state)
{
    (void)state;
    tsl_matrix x = set_draw(3000, 4, 5, 2, 9);
    tsl_kmeans_options kmeans;
    tsl_stability_options opt;
    TSL_DEFAULTS(kmeans, &kmeans);
    TSL_DEFAULTS(stability, &opt);
    kmeans.k_max = 6;
    opt.rows = 1000;
    tsl_sweep *sweep = fit(&x, NULL, NULL, &kmeans);
    tsl_stability *one = build(&x, NULL, NULL, &kmeans, sweep, &opt, 1);
    assert_int_equal(one->rows, 1000);
    assert_int_equal(one->replicates, 20);
    for (int threads = 2; threads <= 3; threads++) {
        tsl_stability *more = build(&x, NULL, NULL, &kmeans, sweep, &opt, threads);
        assert_same(one, more);
        tsl_stability_free(more);
    }
    opt.seed = 2;
    tsl_stability *other = build(&x, NULL, NULL, &kmeans, sweep, &opt, 2);
    assert_true(other->of[4].agreement != one->of[4].agreement);
    tsl_stability_free(other);
    tsl_stability_free(one);
    tsl_sweep_free(sweep);
    set_free(&x);
}

/* Places draw the replicates, too: held fast, they all give the same. Rows of weight 0 take no part. */
static void test_places_and_weights(void **state)
{
    (void)state;
    tsl_matrix x = set_draw(500, 2, 1, 0, 4);
    static const double place[] = {-1, 0, 1, 0, 0, 2};
    double *weight = set_alloc(500);
    tsl_kmeans_options kmeans;
    tsl_stability_options opt;
    tsl_start start;
    TSL_DEFAULTS(kmeans, &kmeans);
    TSL_DEFAULTS(stability, &opt);
    TSL_DEFAULTS(start, &start);
    start.init = start.prior = place;
    start.init_count = start.prior_count = 3;
    start.prior_weight = INFINITY;
    for (size_t r = 0; r < 500; r++) {
        weight[r] = r % 5 ? 2 : 0;
    }
    tsl_sweep *fast = fit(&x, weight, &start, &kmeans);
    tsl_stability *s = build(&x, weight, &start, &kmeans, fast, &opt, 2);
    assert_int_equal(s->rows, 400);
    assert_int_equal(s->count, 1);
    assert_true(s->of[0].agreement > 1 - 1e-12);
    tsl_stability_free(s);
    tsl_sweep_free(fast);
    start.prior_weight = 300; /* drawn: steadier than free */
    tsl_sweep *drawn = fit(&x, weight, &start, &kmeans);
    s = build(&x, weight, &start, &kmeans, drawn, &opt, 2);
    kmeans.k = 3;
    tsl_sweep *plain = fit(&x, weight, NULL, &kmeans);
    tsl_stability *p = build(&x, weight, NULL, &kmeans, plain, &opt, 2);
    assert_true(s->of[0].agreement > p->of[0].agreement + .05 && s->of[0].agreement < 1);
    tsl_stability_free(s);
    tsl_stability_free(p);
    tsl_sweep_free(drawn);
    tsl_sweep_free(plain);
    free(weight);
    set_free(&x);
}

/* Of many clusters there are fewer replicates by default, down to 20, and the tables of pairs, of which most cells are
 * empty, are those of a naive count. */
static void test_many_clusters(void **state)
{
    (void)state;
    enum { ROWS = 600, K = 120 };
    tsl_matrix x = set_draw(ROWS, 2, 2, 9, 1), many = set_draw(19000, 1, 1, 9, 1);
    double *weight = set_alloc(ROWS);
    tsl_kmeans_options kmeans;
    tsl_stability_options opt;
    TSL_DEFAULTS(kmeans, &kmeans);
    TSL_DEFAULTS(stability, &opt);
    for (size_t r = 0; r < ROWS; r++) {
        weight[r] = 1 + (double)(r % 7) / 3;
    }
    kmeans.k = K;
    kmeans.restarts = 1;
    kmeans.max_iterations = 2;
    opt.replicates = 2;
    tsl_sweep *sweep = fit(&x, weight, NULL, &kmeans);
    tsl_stability *s = build(&x, weight, NULL, &kmeans, sweep, &opt, 1);
    double sum = 0;
    for (int c = 0; c < K; c++) {
        sum += s->of[0].jaccard[c];
        assert_true(s->of[0].jaccard[c] >= 0 && s->of[0].jaccard[c] <= 1);
        assert_true(isnan(s->of[0].across[c]));
    }
    assert_true(s->of[0].agreement > 0 && s->of[0].agreement < 1 && sum > K * .1 && sum < K);
    tsl_stability_free(s);
    tsl_sweep_free(sweep);
    opt.replicates = 0;
    kmeans.k = 600; /* 250,000,000 / 19,000 / 600 */
    sweep = fit(&many, NULL, NULL, &kmeans);
    s = build(&many, NULL, NULL, &kmeans, sweep, &opt, 2);
    assert_int_equal(s->replicates, 21);
    tsl_stability_free(s);
    tsl_sweep_free(sweep);
    free(weight);
    set_free(&x);
    set_free(&many);
}

/* Replicates of few rows have fewer distinct ones than clusters: what none of them has is not known. */
static void test_few_rows(void **state)
{
    (void)state;
    static const double values[] = {0, 1, 5, 6, 9, 12};
    const tsl_matrix x = {values, 6, 1, 1, TSL_F64};
    tsl_kmeans_options kmeans;
    tsl_stability_options opt;
    TSL_DEFAULTS(kmeans, &kmeans);
    TSL_DEFAULTS(stability, &opt);
    kmeans.k_max = 6;
    opt.replicates = 10;
    tsl_sweep *sweep = fit(&x, NULL, NULL, &kmeans);
    tsl_stability *s = build(&x, NULL, NULL, &kmeans, sweep, &opt, 2);
    assert_true(s->of[0].agreement <= 1);
    assert_true(isnan(s->of[4].agreement) && isnan(s->of[4].jaccard[0]) && isnan(s->of[4].within[0]));
    tsl_stability_free(s);
    tsl_sweep_free(sweep);
}

static void test_refusals(void **state)
{
    (void)state;
    tsl_matrix x = set_draw(50, 2, 2, 9, 1);
    const tsl_matrix less = {x.data, 40, 2, 2, TSL_F64};
    tsl_kmeans_options kmeans;
    tsl_stability_options opt;
    tsl_stability *out;
    tsl_error err;
    TSL_DEFAULTS(kmeans, &kmeans);
    TSL_DEFAULTS(stability, &opt);
    kmeans.k = 2;
    tsl_sweep *sweep = fit(&x, NULL, NULL, &kmeans);
    assert_int_equal(tsl_stability_build(&less, NULL, NULL, &kmeans, sweep, &opt, NULL, &out, &err), TSL_E_INPUT);
    assert_null(out);
    opt.replicates = 1;
    assert_int_equal(tsl_stability_check(&opt, &err), TSL_E_OPTION);
    assert_int_equal(tsl_stability_build(&x, NULL, NULL, &kmeans, sweep, &opt, NULL, &out, &err), TSL_E_OPTION);
    opt.replicates = 2;
    opt.rows = 99;
    assert_int_equal(tsl_stability_check(&opt, &err), TSL_E_OPTION);
    opt.rows = 100;
    volatile int stop = 1;
    const tsl_exec exec = {.size = sizeof exec, .stop = &stop};
    assert_int_equal(tsl_stability_build(&x, NULL, NULL, &kmeans, sweep, &opt, &exec, &out, &err), TSL_E_CANCELLED);
    tsl_sweep_free(sweep);
    set_free(&x);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_iris),
        cmocka_unit_test(test_wine),
        cmocka_unit_test(test_far_groups),
        cmocka_unit_test(test_threads_and_samples),
        cmocka_unit_test(test_places_and_weights),
        cmocka_unit_test(test_many_clusters),
        cmocka_unit_test(test_few_rows),
        cmocka_unit_test(test_refusals),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
