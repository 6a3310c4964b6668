/* test_classes.c: groups that a rule set apart beside a model's clusters: assignment, sizes, shares, tree. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "model/classes.h"
#include "model/kmeans/predict.h"
#include "model/sets.h"

enum { ROWS = 120, CLUSTERS = 3 };

/* Rows in three groups, of which every fourth row is of class 0 (r % 8 == 0) or 2, told by raw column 2. */
typedef struct fixture {
    tsl_matrix x, raw;
    double *weight, *row_weight;
    int8_t of[ROWS];
    size_t count; /* rows of the clusters */
    tsl_tree_node node[7];
    tsl__classes classes;
} fixture;

static fixture *open_fixture(int weighted)
{
    fixture *f = calloc(1, sizeof *f);
    tsl_matrix all = set_draw(ROWS, 2, CLUSTERS, 30, 3);
    double *x = set_alloc(ROWS * 2), *raw = set_alloc(ROWS * 3);
    f->weight = set_alloc(ROWS);
    f->row_weight = set_alloc(ROWS);
    for (size_t r = 0; r < ROWS; r++) {
        f->of[r] = (int8_t)(r % 8 == 0 ? 0 : r % 4 == 0 ? 2 : -1);
        f->weight[r] = (double)(r % 3);
        if (f->of[r] < 0) {
            memcpy(x + 2 * f->count, set_values(&all) + 2 * r, 2 * sizeof *x);
            memcpy(raw + 3 * f->count, set_values(&all) + 2 * r, 2 * sizeof *raw);
            raw[3 * f->count + 2] = 9;
            f->row_weight[f->count++] = f->weight[r];
        }
    }
    set_free(&all);
    f->x = (tsl_matrix){x, f->count, 2, 2, TSL_F64};
    f->raw = (tsl_matrix){raw, f->count, 3, 3, TSL_F64};
    const tsl_tree_node node[] = {{1, 2, 2, 5, -1, -1, -1, 0, 0},   {3, 4, 2, 1, -1, -1, 0, 0, 0},
                                  {-1, -1, -1, 0, -1, -1, 0, 0, 0}, {5, 6, 2, 0, -1, -1, 1, 0, 0},
                                  {-1, -1, -1, 0, -1, 2, 1, 0, 0},  {-1, -1, -1, 0, -1, 0, 3, 0, 0},
                                  {-1, -1, -1, 0, -1, 1, 3, 0, 0}}; /* class 1 is of nobody */
    memcpy(f->node, node, sizeof node);
    f->classes = (tsl__classes){
        .count = 3, .rows = ROWS, .of = f->of, .weight = weighted ? f->weight : NULL, .node = f->node, .node_count = 7};
    return f;
}

static void close_fixture(fixture *f)
{
    set_free(&f->x);
    set_free(&f->raw);
    free(f->weight);
    free(f->row_weight);
    free(f);
}

static tsl_model *build(const fixture *f, int weighted)
{
    tsl_kmeans_options opt;
    tsl_sweep *sweep = NULL;
    tsl_model *model = NULL;
    const double *weight = weighted ? f->row_weight : NULL;
    TSL_DEFAULTS(kmeans, &opt);
    opt.k = CLUSTERS;
    assert_int_equal(tsl_kmeans_fit(&f->x, weight, NULL, &opt, NULL, &sweep, NULL), TSL_OK);
    assert_int_equal(
        tsl_model_build(&f->x, weight, NULL, sweep, &(tsl_raw_columns){&f->raw, NULL}, NULL, NULL, NULL, &model, NULL),
        TSL_OK);
    return model;
}

/* Rows of the clusters have what they had, in their order; the others a class, and no distance. */
static void test_assignment(void **state)
{
    (void)state;
    fixture *f = open_fixture(0);
    tsl_model *model = build(f, 0);
    tsl_assignment *all = NULL;
    const tsl_assignment *part = model->assignment;
    assert_int_equal(tsl__classes_assign(&f->classes, CLUSTERS, part, &all, NULL), TSL_OK);
    assert_int_equal(all->rows, ROWS);
    for (size_t r = 0, from = 0; r < ROWS; r++) {
        if (f->of[r] >= 0) {
            assert_int_equal(all->label[r], CLUSTERS + f->of[r]);
            assert_int_equal(all->runner_up[r], -1);
            assert_true(isnan(all->distance[r]) && isnan(all->runner_up_distance[r]));
        } else {
            assert_int_equal(all->label[r], part->label[from]);
            assert_int_equal(all->runner_up[r], part->runner_up[from]);
            assert_true(all->distance[r] == part->distance[from]);
            assert_true(all->runner_up_distance[r] == part->runner_up_distance[from++]);
        }
    }
    tsl__assignment_free(all);
    tsl_model_free(model);
    close_fixture(f);
}

static void check_model(int weighted)
{
    fixture *f = open_fixture(weighted);
    tsl_model *model = build(f, weighted);
    double total = 0, classes[3] = {0}, clusters[CLUSTERS] = {0};
    const double agreement = model->tree->agreement;
    tsl_assignment *before = model->assignment;
    size_t rows = 0;
    for (size_t r = 0; r < ROWS; r++) {
        const double w = weighted ? f->weight[r] : 1;
        total += w;
        if (f->of[r] >= 0) {
            classes[f->of[r]] += w;
        } else {
            clusters[before->label[rows++]] += w;
        }
    }
    const double sure = classes[0] + classes[2];
    assert_int_equal(tsl_model_get_groups(model), 3);
    assert_int_equal(tsl__model_add_classes(model, &f->classes, NULL), TSL_OK);
    assert_int_equal(model->class_count, 3);
    assert_int_equal(model->k, CLUSTERS);
    assert_int_equal(tsl_model_get_groups(model), 6);
    assert_int_equal(model->assignment->rows, ROWS);
    double shares = 0;
    for (int g = 0; g < 6; g++) {
        const double weight = g < CLUSTERS ? clusters[g] : classes[g - CLUSTERS];
        assert_true(fabs(tsl_model_get_share(model, g) - weight / total) < 1e-12);
        shares += tsl_model_get_share(model, g);
    }
    assert_true(fabs(shares - 1) < 1e-12);
    assert_int_equal(tsl_model_get_size(model, 3), 15);
    assert_int_equal(tsl_model_get_size(model, 4), 0);
    assert_int_equal(tsl_model_get_size(model, 5), 15);
    /* the rule is sure; an empty class has no precision */
    assert_int_equal(model->tree->k, 6);
    assert_true(model->tree->precision[3] == 1 && model->tree->coverage[5] == 1 && isnan(model->tree->precision[4]));
    assert_true(fabs(model->tree->agreement - (agreement * (total - sure) + sure) / total) < 1e-12);
    /* rows of a leaf are those that have a weight */
    uint64_t counted = 0;
    for (size_t r = 0; r < ROWS; r++) {
        counted += f->of[r] == 0 && (!weighted || f->weight[r] > 0);
    }
    assert_int_equal(model->tree->node[5].rows, counted);
    tsl_model_free(model);
    close_fixture(f);
}

static void test_once_each(void **state)
{
    (void)state;
    check_model(0);
}

static void test_by_weight(void **state)
{
    (void)state;
    check_model(1);
}

/* A model without a tree has classes all the same. */
static void test_without_tree(void **state)
{
    (void)state;
    fixture *f = open_fixture(0);
    tsl_kmeans_options opt;
    tsl_sweep *sweep = NULL;
    tsl_model *model = NULL;
    TSL_DEFAULTS(kmeans, &opt);
    opt.k = CLUSTERS;
    assert_int_equal(tsl_kmeans_fit(&f->x, NULL, NULL, &opt, NULL, &sweep, NULL), TSL_OK);
    assert_int_equal(tsl_model_build(&f->x, NULL, NULL, sweep, NULL, NULL, NULL, NULL, &model, NULL), TSL_OK);
    assert_int_equal(tsl__model_add_classes(model, &f->classes, NULL), TSL_OK);
    assert_null(model->tree);
    assert_true(tsl_model_get_size(model, 5) == 15 && model->assignment->rows == ROWS);
    tsl_model_free(model);
    close_fixture(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_assignment),
        cmocka_unit_test(test_once_each),
        cmocka_unit_test(test_by_weight),
        cmocka_unit_test(test_without_tree),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
