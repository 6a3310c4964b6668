/* test_descriptor.c: trees of descriptors against rpart, and what must hold of any. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../sets.h"

static tsl_descriptor *fit(const tsl_matrix *x, const double *weight, const tsl_descriptor_target *target,
                           const tsl_descriptor_options *opt, int threads)
{
    const tsl_descriptor_columns columns = {x, NULL};
    const tsl_exec exec = {.size = sizeof exec, .threads = threads};
    tsl_descriptor *tree;
    tsl_error err;
    if (tsl_descriptor_fit(&columns, weight, target, opt, &exec, &tree, &err) != TSL_OK) {
        fail_msg("%s", err.message);
    }
    return tree;
}

/* rpart: Petal.Length < 2.45, Petal.Width < 1.75; leaves of 50, 54 and 46 with 0, 5 and 1 of another class. */
static void test_iris(void **state)
{
    (void)state;
    tsl_matrix x = set_read("iris");
    int32_t label[150];
    set_read_classes("iris", label);
    const tsl_descriptor_target target = {.label = label, .k = 3};
    tsl_descriptor_options opt;
    TSL_DEFAULTS(descriptor, &opt);
    opt.min_rows = 7;
    opt.leaves = 3;
    tsl_descriptor *tree = fit(&x, NULL, &target, &opt, 1);
    const tsl_descriptor_node *n = tree->node;
    assert_int_equal(tree->node_count, 5);
    assert_true(n[0].column == 2 && n[0].cut[0] >= 1.9 && n[0].cut[0] < 3);
    assert_true(n[2].column == 3 && n[2].cut[0] >= 1.7 && n[2].cut[0] < 1.8);
    assert_int_equal(n[1].rows, 50);
    assert_int_equal(n[3].rows, 54);
    assert_int_equal(n[4].rows, 46);
    assert_true(n[1].share[0] == 1);
    assert_int_equal(n[3].label, 1);
    assert_int_equal(n[4].label, 2);
    assert_true(fabs(54 * (1 - n[3].share[1]) - 5) < 1e-9 && fabs(46 * (1 - n[4].share[2]) - 1) < 1e-9);
    assert_true(fabs(n[0].gain - .5) < 1e-12); /* of an impurity of 2/3, 1/3 is left */
    assert_int_equal(tree->verdict, TSL_DESCRIPTOR_MUCH);
    assert_true(tree->accuracy > .9 && tree->base < .34);
    tsl_descriptor_free(tree);
    opt.leaves = 0;
    tree = fit(&x, NULL, &target, &opt, 1);
    assert_int_equal(tree->leaves, 3);
    tsl_descriptor_free(tree);
    set_free(&x);
}

/* Columns that have nothing to do with the classes say nothing, by either method. */
static void test_noise(void **state)
{
    (void)state;
    enum { N = 2000, TRIES = 20 };
    int said = 0;
    for (uint32_t i = 0; i < TRIES; i++) {
        tsl_matrix x = set_draw(N, 5, 3, 2, 40 + i);
        int32_t label[N];
        tsl__rng rng = tsl__rng_open(5, 9, i);
        for (size_t r = 0; r < N; r++) {
            const double u = tsl__rng_uniform(&rng);
            label[r] = u < .5 ? 0 : u < .8 ? 1 : 2;
        }
        const tsl_descriptor_target target = {.label = label, .k = 3};
        tsl_descriptor_options opt;
        TSL_DEFAULTS(descriptor, &opt);
        opt.method = i % 2 ? TSL_DESCRIPTOR_CHAID : TSL_DESCRIPTOR_CART;
        tsl_descriptor *tree = fit(&x, NULL, &target, &opt, 2);
        said += tree->verdict != TSL_DESCRIPTOR_NOTHING;
        assert_true(tree->accuracy < .53 && tree->base < .53);
        tsl_descriptor_free(tree);
        set_free(&x);
    }
    assert_int_equal(said, 0);
}

/* y = 0 or 10 by a column, with noise of variance 25: half of the variance is told. */
static void test_value(void **state)
{
    (void)state;
    enum { N = 5000 };
    tsl_matrix x = set_draw(N, 3, 1, 0, 7);
    double y[N], mean[2] = {0}, count[2] = {0};
    tsl__rng rng = tsl__rng_open(5, 9, 77);
    for (size_t r = 0; r < N; r++) {
        y[r] = 1e6 + 10 * (set_values(&x)[3 * r + 1] > 0) + 5 * draw_normal(&rng);
    }
    const tsl_descriptor_target target = {.value = y};
    tsl_descriptor *tree = fit(&x, NULL, &target, NULL, 2);
    int32_t leaf[N];
    tsl_error err;
    assert_int_equal(tree->leaves, 2);
    assert_int_equal(tree->node[0].column, 1);
    assert_true(fabs(tree->skill - .5) < .03 && tree->skill_error > .005 && tree->skill_error < .02);
    assert_true(tree->importance[1] > .45 && tree->importance[0] == 0);
    assert_int_equal(tsl_descriptor_predict(tree, &x, NULL, leaf, &err), TSL_OK);
    for (size_t r = 0; r < N; r++) {
        mean[leaf[r] - 1] += y[r];
        count[leaf[r] - 1]++;
    }
    for (int i = 0; i < 2; i++) {
        assert_true(fabs(mean[i] / count[i] - tree->node[1 + i].mean) < 1e-8);
        assert_int_equal((uint64_t)count[i], tree->node[1 + i].rows);
    }
    tsl_descriptor_free(tree);
    set_free(&x);
}

static void same(const tsl_descriptor *a, const tsl_descriptor *b)
{
    assert_int_equal(a->node_count, b->node_count);
    for (size_t i = 0; i < a->node_count; i++) {
        const tsl_descriptor_node *p = &a->node[i], *q = &b->node[i];
        assert_int_equal(p->column, q->column);
        assert_int_equal(p->child, q->child);
        assert_int_equal(p->missing, q->missing);
        assert_true(p->weight == q->weight);
        assert_int_equal(p->cut_count, q->cut_count);
        for (size_t c = 0; c < p->cut_count; c++) {
            assert_true(p->cut[c] == q->cut[c]);
        }
        for (int c = 0; c < a->k; c++) {
            assert_true(p->share[c] == q->share[c]);
        }
    }
}

/* Threads change no bit; a row of weight 2 is two rows; one of weight 0 is none. */
static void test_invariance(void **state)
{
    (void)state;
    enum { N = 3000 };
    tsl_matrix x = set_draw(N, 6, 4, 1.5, 3);
    double *cells = (double *)x.data, *twice = set_alloc(2 * N * 6), weight[N];
    int32_t label[N], label_twice[2 * N];
    size_t rows = 0;
    for (size_t r = 0; r < N; r++) {
        label[r] = (int32_t)(r % 4);
        cells[6 * r + r % 3] = r % 5 ? cells[6 * r + r % 3] : (double)NAN;
        weight[r] = (double)(r % 3);
        for (size_t n = 0; n < r % 3; n++, rows++) {
            memcpy(twice + 6 * rows, cells + 6 * r, 6 * sizeof *twice);
            label_twice[rows] = label[r];
        }
    }
    const tsl_descriptor_target target = {.label = label, .k = 4}, target_twice = {.label = label_twice, .k = 4};
    for (int method = 0; method < TSL_DESCRIPTOR_METHODS; method++) {
        tsl_descriptor_options opt;
        TSL_DEFAULTS(descriptor, &opt);
        opt.method = (tsl_descriptor_method)method;
        tsl_descriptor *one = fit(&x, NULL, &target, &opt, 1), *two = fit(&x, NULL, &target, &opt, 2);
        same(one, two);
        assert_true(one->leaves > 2 && one->skill == two->skill && one->skill_error == two->skill_error);
        tsl_descriptor_free(one);
        tsl_descriptor_free(two);
        opt.folds = 0;
        opt.min_rows = 1; /* rows are counted as they stand; their weight is not */
        opt.bins = 64;
        const tsl_matrix x_twice = {twice, rows, 6, 6, TSL_F64};
        if (method == TSL_DESCRIPTOR_CART) {
            one = fit(&x, weight, &target, &opt, 1);
            two = fit(&x_twice, NULL, &target_twice, &opt, 1);
            same(one, two);
            tsl_descriptor_free(one);
            tsl_descriptor_free(two);
        }
    }
    free(twice);
    set_free(&x);
}

/* Of a sample where there are more rows than asked for; its skill is near that of all. */
static void test_sample(void **state)
{
    (void)state;
    enum { N = 8000 };
    tsl_matrix x = set_draw(N, 2, 3, 1.5, 5);
    int32_t *label = calloc(N, sizeof *label);
    for (size_t r = 0; r < N; r++) {
        label[r] = (int32_t)(r % 3);
    }
    const tsl_descriptor_target target = {.label = label, .k = 3};
    tsl_descriptor_options opt;
    TSL_DEFAULTS(descriptor, &opt);
    opt.leaves = 8;
    tsl_descriptor *all = fit(&x, NULL, &target, &opt, 2);
    opt.fold_rows = 2000;
    tsl_descriptor *some = fit(&x, NULL, &target, &opt, 2);
    assert_int_equal(all->skill_rows, N);
    assert_int_equal(some->skill_rows, 2000);
    same(all, some);
    assert_true(fabs(all->skill - some->skill) < 4 * some->skill_error);
    assert_true(some->skill_error > 1.5 * all->skill_error);
    tsl_descriptor_free(all);
    tsl_descriptor_free(some);
    free(label);
    set_free(&x);
}

static void refuse(tsl_status expected, const tsl_matrix *x, const tsl_descriptor_column *column, const int32_t *label)
{
    const tsl_descriptor_columns columns = {x, column};
    const tsl_descriptor_target target = {.label = label, .k = 2};
    tsl_descriptor *tree;
    tsl_error err;
    assert_int_equal(tsl_descriptor_fit(&columns, NULL, &target, NULL, NULL, &tree, &err), expected);
    assert_null(tree);
    assert_int_equal(err.status, expected);
}

static void test_refusals(void **state)
{
    (void)state;
    double values[] = {0, 1, 2, 1};
    const int32_t label[] = {0, 1, 0, 1}, wrong[] = {0, 1, 2, 1};
    const tsl_matrix x = {values, 4, 1, 1, TSL_F64}, none = {values, 0, 1, 1, TSL_F64};
    const tsl_descriptor_column category = {.name = "x", .level_count = 2},
                                broad = {.name = "x", .level_count = TSL_LEVELS_MAX + 1};
    refuse(TSL_E_INPUT, &x, &category, label);
    refuse(TSL_E_OPTION, &x, &broad, label);
    refuse(TSL_E_INPUT, &x, NULL, wrong);
    refuse(TSL_E_INPUT, &none, NULL, label);
    refuse(TSL_E_INPUT, &x, NULL, NULL);
    values[0] = INFINITY;
    refuse(TSL_E_INPUT, &x, NULL, label);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_iris),   cmocka_unit_test(test_noise),
                                       cmocka_unit_test(test_value),  cmocka_unit_test(test_invariance),
                                       cmocka_unit_test(test_sample), cmocka_unit_test(test_refusals)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
