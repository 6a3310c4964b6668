/* test_chaid.c: CHAID on the passengers of the Titanic, against values of other programs; and what must hold. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../sets.h"

#define ROWS 1309

/* Passengers by sex (female, male), port (C, Q, S; missing) and survival. */
static const struct {
    int sex, port, survived, count;
} cells[] = {{0, -1, 1, 2}, {0, 0, 0, 11},  {0, 0, 1, 102}, {0, 1, 0, 23}, {0, 1, 1, 37},
             {0, 2, 0, 93}, {0, 2, 1, 198}, {1, 0, 0, 109}, {1, 0, 1, 48}, {1, 1, 0, 56},
             {1, 1, 1, 7},  {1, 2, 0, 517}, {1, 2, 1, 106}};

static double values[2 * ROWS];
static int32_t survived[ROWS];
static const tsl_matrix matrix = {values, ROWS, 2, 2, TSL_F64};
static const char *const sexes[] = {"female", "male"}, *const ports[] = {"C", "Q", "S"};
static const tsl_descriptor_column column[] = {{.name = "sex", .level_count = 2, .level = sexes},
                                               {.name = "embarked", .level_count = 3, .level = ports}};

static int setup(void **state)
{
    (void)state;
    size_t r = 0;
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
        for (int n = 0; n < cells[i].count; n++, r++) {
            values[2 * r] = cells[i].sex;
            values[2 * r + 1] = cells[i].port < 0 ? (double)NAN : cells[i].port;
            survived[r] = cells[i].survived;
        }
    }
    return r == ROWS ? 0 : -1;
}

static tsl_descriptor *fit(const tsl_descriptor_columns *columns, const double *weight, const int32_t *label, int k,
                           const tsl_descriptor_options *opt)
{
    const tsl_descriptor_target target = {.label = label, .k = k};
    tsl_descriptor *tree;
    tsl_error err;
    if (tsl_descriptor_fit(columns, weight, &target, opt, NULL, &tree, &err) != TSL_OK) {
        fail_msg("%s", err.message);
    }
    return tree;
}

static void near(double expected, double found, double by)
{
    if (!(fabs(found / expected - 1) <= by)) {
        fail_msg("%.9g, expected %.9g", found, expected);
    }
}

static void test_titanic(void **state)
{
    (void)state;
    const tsl_descriptor_columns columns = {&matrix, column};
    tsl_descriptor_options opt;
    TSL_DEFAULTS(descriptor, &opt);
    opt.method = TSL_DESCRIPTOR_CHAID;
    opt.min_rows = 2;
    opt.min_share = 0;
    tsl_descriptor *tree = fit(&columns, NULL, survived, 2, &opt);
    const tsl_descriptor_node *root = &tree->node[0], *female = root + root->child + root->part[0];
    assert_int_equal(root->column, 0);
    near(365.8869, root->chi_square, 1e-6);
    near(1.4715e-81, root->p, 1e-4);
    assert_int_equal(female->rows, 466);
    assert_int_equal(female->column, 1);
    assert_int_equal(female->child_count, 2);
    assert_int_equal(female->part[0], female->missing); /* C and missing ... */
    assert_int_equal(female->part[1], female->part[2]); /* ... against Q and S */
    assert_int_not_equal(female->part[0], female->part[1]);
    near(24.0936, female->chi_square, 3e-6);
    /* p 9.1762e-07, times the S(4, 2) = 7 groupings of four categories in two */
    near(7 * 9.1762e-07, female->p, 1e-4);
    assert_true(tree->skill > .2 && tree->accuracy > .77 && tree->base < .63);
    tsl_descriptor_free(tree);
}

/* The effect that is asked for ends it: of a million rows each p is small. */
static void test_effect(void **state)
{
    (void)state;
    enum { N = 40000 };
    double *x = set_alloc(N), *weight = set_alloc(N);
    int32_t *label = calloc(N, sizeof *label);
    for (size_t r = 0; r < N; r++) {
        x[r] = (double)(r % 2);
        label[r] = r / 2 % 100 < 50 + 2 * (r % 2); /* 50 % and 52 %: V = .02 */
        weight[r] = 25;
    }
    const tsl_matrix m = {x, N, 1, 1, TSL_F64};
    const tsl_descriptor_columns columns = {&m, NULL};
    tsl_descriptor_options opt;
    TSL_DEFAULTS(descriptor, &opt);
    opt.method = TSL_DESCRIPTOR_CHAID;
    opt.folds = 0;
    tsl_descriptor *tree = fit(&columns, weight, label, 2, &opt);
    assert_int_equal(tree->leaves, 1);
    tsl_descriptor_free(tree);
    opt.effect = 0;
    tree = fit(&columns, weight, label, 2, &opt);
    assert_int_equal(tree->leaves, 2);
    assert_true(tree->node[0].p < 1e-80 && fabs(tree->node[0].effect - .02) < 1e-3);
    tsl_descriptor_free(tree);
    free(x);
    free(weight);
    free(label);
}

/* A number is cut between bins that follow each other; missing goes with what it is like. */
static void test_number(void **state)
{
    (void)state;
    enum { N = 6000 };
    double *x = set_alloc(N);
    int32_t *label = calloc(N, sizeof *label), *leaf = calloc(N, sizeof *leaf);
    tsl__rng rng = tsl__rng_open(3, 1, 1);
    for (size_t r = 0; r < N; r++) {
        x[r] = 1000 * tsl__rng_uniform(&rng);
        const int32_t third = x[r] < 300 ? 0 : x[r] < 700 ? 1 : 2;
        label[r] = tsl__rng_uniform(&rng) < .7 ? third : (int32_t)tsl__rng_below(&rng, 3);
        x[r] = third == 1 && r % 4 == 0 ? (double)NAN : x[r];
    }
    const tsl_matrix m = {x, N, 1, 1, TSL_F64};
    const tsl_descriptor_columns columns = {&m, NULL};
    tsl_descriptor_options opt;
    tsl_error err;
    TSL_DEFAULTS(descriptor, &opt);
    opt.method = TSL_DESCRIPTOR_CHAID;
    opt.depth = 1;
    opt.folds = 0;
    tsl_descriptor *tree = fit(&columns, NULL, label, 3, &opt);
    const tsl_descriptor_node *root = tree->node;
    assert_int_equal(root->child_count, (int)root->cut_count + 1);
    assert_true(root->cut_count >= 2);
    for (size_t i = 1; i < root->cut_count; i++) {
        assert_true(root->cut[i] > root->cut[i - 1]);
    }
    assert_int_equal(tree->node[root->child + root->missing].label, 1);
    assert_int_equal(tree->node[root->child].label, 0);
    assert_int_equal(tree->node[root->child + (int)root->cut_count].label, 2);
    assert_int_equal(tsl_descriptor_predict(tree, &m, NULL, leaf, &err), TSL_OK);
    uint64_t *rows = calloc(tree->node_count, sizeof *rows);
    for (size_t r = 0; r < N; r++) {
        rows[leaf[r]]++;
    }
    for (size_t i = 1; i < tree->node_count; i++) {
        assert_int_equal(rows[i], tree->node[i].rows);
    }
    tsl_descriptor_free(tree);
    free(rows);
    free(x);
    free(label);
    free(leaf);
}

static void test_value_refused(void **state)
{
    (void)state;
    const tsl_descriptor_columns columns = {&matrix, column};
    const tsl_descriptor_target target = {.value = values};
    tsl_descriptor_options opt;
    tsl_descriptor *tree;
    tsl_error err;
    TSL_DEFAULTS(descriptor, &opt);
    opt.method = TSL_DESCRIPTOR_CHAID;
    assert_int_equal(tsl_descriptor_fit(&columns, NULL, &target, &opt, NULL, &tree, &err), TSL_E_OPTION);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_titanic), cmocka_unit_test(test_effect),
                                       cmocka_unit_test(test_number), cmocka_unit_test(test_value_refused)};
    return cmocka_run_group_tests(tests, setup, NULL);
}
