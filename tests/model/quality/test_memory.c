/* test_memory.c: every allocation of the test of natural groups, of all evidence, and of descriptors, fails once. */
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

typedef struct evidence_story {
    tsl_matrix x;
    tsl_kmeans_options kmeans;
    tsl_sweep *sweep;
} evidence_story;

static tsl_status gather(void *user, tsl_error *err)
{
    const evidence_story *s = user;
    const tsl_exec one_thread = {.size = sizeof one_thread, .threads = 1};
    tsl_natural_options natural;
    tsl_stability_options stability;
    tsl_evidence_options opt;
    tsl_evidence *out;
    TSL_DEFAULTS(natural, &natural);
    TSL_DEFAULTS(stability, &stability);
    TSL_DEFAULTS(evidence, &opt);
    natural.k_max = 2;
    natural.folds = 1;
    stability.replicates = 2;
    stability.restarts = 1;
    opt.natural = &natural;
    opt.stability = &stability;
    opt.references = 2;
    opt.divisions = 1;
    opt.dunn = 1;
    const tsl_status status = tsl_evidence_build(&s->x, NULL, NULL, &s->kmeans, s->sweep, &opt, &one_thread, &out, err);
    assert_int_equal(status == TSL_OK, out != NULL);
    tsl_evidence_free(out);
    return status;
}

static void test_evidence(void **state)
{
    (void)state;
    evidence_story s = {.x = set_draw(40, 2, 2, 5, 1)};
    TSL_DEFAULTS(kmeans, &s.kmeans);
    s.kmeans.k_max = 2;
    s.kmeans.restarts = 1;
    assert_int_equal(tsl_kmeans_fit(&s.x, NULL, NULL, &s.kmeans, NULL, &s.sweep, NULL), TSL_OK);
    sweep_failures(gather, &s, 100);
    tsl_sweep_free(s.sweep);
    set_free(&s.x);
}

typedef struct descriptor_story {
    tsl_matrix x;
    const int32_t *label;
    tsl_descriptor_method method;
} descriptor_story;

static tsl_status describe(void *user, tsl_error *err)
{
    const descriptor_story *s = user;
    const tsl_exec one_thread = {.size = sizeof one_thread, .threads = 1};
    static const char *const level[] = {"a", "b", "c"};
    static const tsl_descriptor_column column[] = {{.name = "x"}, {.name = "y", .level_count = 3, .level = level}};
    const tsl_descriptor_columns columns = {&s->x, column};
    const tsl_descriptor_target target = {.label = s->label, .k = 2};
    tsl_descriptor_options opt;
    tsl_descriptor *out;
    TSL_DEFAULTS(descriptor, &opt);
    opt.method = s->method;
    opt.leaves_max = 3;
    opt.folds = 2;
    opt.fold_rows = 100;
    const tsl_status status = tsl_descriptor_fit(&columns, NULL, &target, &opt, &one_thread, &out, err);
    assert_int_equal(status == TSL_OK, out != NULL);
    tsl_descriptor_free(out);
    return status;
}

static void test_descriptors(void **state)
{
    (void)state;
    double values[240];
    int32_t label[120];
    for (size_t r = 0; r < 120; r++) {
        values[2 * r] = (double)(r % 7);
        values[2 * r + 1] = (double)(r % 3);
        label[r] = r % 7 > 3 || r % 3 == 1;
    }
    for (int m = 0; m < TSL_DESCRIPTOR_METHODS; m++) {
        descriptor_story s = {{values, 120, 2, 2, TSL_F64}, label, (tsl_descriptor_method)m};
        sweep_failures(describe, &s, 40);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_natural), cmocka_unit_test(test_evidence),
                                       cmocka_unit_test(test_descriptors)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
