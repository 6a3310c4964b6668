/* test_evidence.c: all evidence at once says what its parts say, of every k of a sweep. */
#include "model/sets.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static tsl_sweep *fit(const tsl_matrix *x, const double *weight, tsl_kmeans_options *opt)
{
    tsl_sweep *sweep = NULL;
    assert_int_equal(tsl_kmeans_fit(x, weight, NULL, opt, NULL, &sweep, NULL), TSL_OK);
    return sweep;
}

static tsl_evidence *build(const tsl_matrix *x, const double *weight, const tsl_kmeans_options *kmeans,
                           const tsl_sweep *sweep, const tsl_evidence_options *opt, int threads)
{
    const tsl_exec exec = {.size = sizeof exec, .threads = threads};
    tsl_evidence *out = NULL;
    assert_int_equal(tsl_evidence_build(x, weight, NULL, kmeans, sweep, opt, &exec, &out, NULL), TSL_OK);
    return out;
}

static void assert_near(double a, double b)
{
    assert_true((isnan(a) && isnan(b)) || fabs(a - b) <= 1e-9 * fmax(1, fabs(b)));
}

/* As of tsl_quality_get, with the labels of each candidate. */
static void check_quality(const tsl_matrix *x, const double *weight, const tsl_sweep *sweep, const tsl_evidence *e)
{
    int32_t *label = calloc(x->rows, sizeof *label);
    tsl_quality_options opt;
    TSL_DEFAULTS(quality, &opt);
    opt.dunn = 1;
    for (size_t c = 0; c < sweep->count; c++) {
        const tsl_candidate *of = &sweep->candidate[c];
        tsl_assignment labels = {.rows = x->rows, .label = label};
        tsl_quality q;
        assert_int_equal(tsl_kmeans_predict(x, of->center, of->k, NULL, &labels, NULL), TSL_OK);
        assert_int_equal(tsl_quality_get(x, weight, label, of->k, &opt, NULL, &q, NULL, NULL), TSL_OK);
        assert_int_equal(e->of[c].k, of->k);
        assert_near(e->of[c].silhouette, q.silhouette);
        assert_near(e->of[c].silhouette_macro, q.silhouette_macro);
        assert_near(e->of[c].simplified_silhouette, q.simplified_silhouette);
        assert_near(e->of[c].bic, q.bic);
        assert_near(e->of[c].dunn, q.dunn);
        assert_int_equal(e->stability->of[c].k, of->k);
    }
    free(label);
}

static void test_parts(void **state)
{
    (void)state;
    tsl_matrix x = set_read("iris");
    tsl_kmeans_options kmeans;
    tsl_evidence_options opt;
    TSL_DEFAULTS(kmeans, &kmeans);
    TSL_DEFAULTS(evidence, &opt);
    kmeans.k_min = 1;
    kmeans.k_max = 5;
    opt.dunn = 1;
    tsl_sweep *sweep = fit(&x, NULL, &kmeans);
    tsl_evidence *e = build(&x, NULL, &kmeans, sweep, &opt, 2);
    check_quality(&x, NULL, sweep, e);
    assert_true(fabs(e->of[2].bic - -442.0780) < 1e-4); /* published */
    assert_int_equal(e->sample_rows, 150);
    assert_int_equal(e->silhouette_rows, 150);
    assert_true(isnan(e->of[0].silhouette) && e->of[0].strength == 1);
    assert_int_equal(e->natural->k, 2); /* as the reference of the test has it */
    for (size_t c = 1; c < e->count; c++) {
        assert_true(isfinite(e->of[c].gap) && e->of[c].gap_error > 0);
        assert_true(e->of[c].strength > 0 && e->of[c].strength <= 1);
    }
    tsl_evidence_free(e);
    tsl_sweep_free(sweep);
    set_free(&x);
}

/* Weights count in every index; more rows than are measured are drawn; the threads change no bit. */
static void test_weights_and_threads(void **state)
{
    (void)state;
    tsl_matrix x = set_draw(600, 3, 4, 3, 2);
    double weight[600];
    tsl_kmeans_options kmeans;
    tsl_evidence_options opt;
    TSL_DEFAULTS(kmeans, &kmeans);
    TSL_DEFAULTS(evidence, &opt);
    kmeans.k_max = 5;
    opt.references = 3;
    opt.divisions = 2;
    for (size_t r = 0; r < 600; r++) {
        weight[r] = (double)(r % 4);
    }
    opt.dunn = 1;
    tsl_sweep *sweep = fit(&x, weight, &kmeans);
    tsl_evidence *e = build(&x, weight, &kmeans, sweep, &opt, 1);
    check_quality(&x, weight, sweep, e);
    tsl_evidence_free(e);
    opt.silhouette_exact = opt.silhouette_rows = 200;
    opt.sample_rows = 100;
    tsl_evidence *one = build(&x, weight, &kmeans, sweep, &opt, 1), *two = build(&x, weight, &kmeans, sweep, &opt, 3);
    assert_int_equal(one->sample_rows, 100);
    assert_true(one->silhouette_rows >= 200 && one->silhouette_rows < 300 && one->of[0].silhouette_error > 0);
    assert_memory_equal(one->of, two->of, one->count * sizeof *one->of);
    assert_memory_equal(&one->stability->of[2].agreement, &two->stability->of[2].agreement, sizeof(double));
    assert_int_equal(one->natural->k, two->natural->k);
    tsl_evidence_free(one);
    tsl_evidence_free(two);
    tsl_sweep_free(sweep);
    set_free(&x);
}

static void test_refusals(void **state)
{
    (void)state;
    tsl_matrix x = set_draw(50, 2, 2, 9, 1);
    const tsl_matrix less = {x.data, 40, 2, 2, TSL_F64};
    tsl_kmeans_options kmeans;
    tsl_evidence_options opt;
    tsl_evidence *out;
    tsl_error err;
    TSL_DEFAULTS(kmeans, &kmeans);
    TSL_DEFAULTS(evidence, &opt);
    tsl_sweep *sweep = fit(&x, NULL, &kmeans);
    assert_int_equal(tsl_evidence_build(&less, NULL, NULL, &kmeans, sweep, &opt, NULL, &out, &err), TSL_E_INPUT);
    assert_null(out);
    opt.references = 1;
    assert_int_equal(tsl_evidence_check(&opt, &err), TSL_E_OPTION);
    opt.references = 20;
    opt.sample_rows = 9;
    assert_int_equal(tsl_evidence_check(&opt, &err), TSL_E_OPTION);
    tsl_sweep_free(sweep);
    set_free(&x);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_parts),
        cmocka_unit_test(test_weights_and_threads),
        cmocka_unit_test(test_refusals),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
