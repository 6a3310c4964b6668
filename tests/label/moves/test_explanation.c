/* test_explanation.c: what would move a customer is carried out, and compared with a search through every value that
 * any customer has. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <tesela/tesela.h>

static tsl_error err;

static void must(tsl_status status)
{
    if (status != TSL_OK) {
        fail_msg("%s", err.message);
    }
}

/* The bundled orders; k 0: as a run does by default, with one-time buyers set apart. */
static tsl_run *open_run(int k, int leaves)
{
    const tsl_source orders = {.path = TESELA_SOURCE_DIR "/datasets/rfm/rfm_data_orders.csv"};
    tsl_run *run;
    tsl_run_options opt;
    tsl_feature_options features;
    tsl_kmeans_options kmeans;
    tsl_tree_options tree;
    TSL_DEFAULTS(run, &opt);
    TSL_DEFAULTS(feature, &features);
    TSL_DEFAULTS(kmeans, &kmeans);
    TSL_DEFAULTS(tree, &tree);
    tree.leaves = leaves;
    if (k) {
        kmeans.k = k;
        features.selection.basis = TSL_BASIS_ALL;
        features.selection.apart = TSL_APART_NONE;
    }
    opt.features = &features;
    opt.kmeans = &kmeans;
    opt.tree = &tree;
    must(tsl_run_open(&opt, NULL, NULL, &run, &err));
    must(tsl_run_read(run, TSL_TRANSACTIONS, &orders, 1, NULL, NULL, &err));
    must(tsl_run_build(run, TSL_RUN_LABELS, TSL_NO_DAY, &err));
    return run;
}

/* ---- What the library says of a row --------------------------------------------- */

static int tree_of(const tsl_features *features, const tsl_tree *tree, const double *x)
{
    double raw[256];
    int32_t cluster;
    assert_true(tree->cols <= 256);
    for (size_t c = 0; c < tree->cols; c++) {
        raw[c] = x[tsl_features_get_index(features, tree->column[c].name)];
    }
    must(tsl_tree_predict(tree, &(tsl_matrix){raw, 1, tree->cols, tree->cols, TSL_F64}, NULL, NULL, &cluster, &err));
    return cluster + 1;
}

static int nearest_of(const tsl_features *features, const tsl_model *model, const double *row)
{
    tsl_feature_matrix *at;
    double distance;
    int32_t label;
    tsl_assignment out = {.rows = 1, .label = &label, .distance = &distance};
    must(tsl_places_build(features->recipe, row, 1, NULL, features->feature_count, &at, &err));
    for (size_t c = 0; c < at->cols; c++) { /* places keep what is missing; a row has the fill there */
        if (isnan(at->values[c])) {
            at->values[c] = (at->column[c].fill - at->column[c].center) / at->column[c].scale * at->column[c].weight;
        }
    }
    must(tsl_kmeans_predict(&(tsl_matrix){at->values, 1, at->cols, at->cols, TSL_F64}, model->center, model->k, NULL,
                            &out, &err));
    tsl_feature_matrix_free(at);
    return label + 1;
}

/* ---- A search without thought ------------------------------------------------------- */

/* The share between two values, by counting. */
static double shift_of(const tsl_features *features, size_t f, double from, double to)
{
    double rank = 0, known = 0;
    for (size_t i = 0; i < features->customers; i++) {
        const double v = features->x[i * features->feature_count + f];
        known += !isnan(v);
        rank += isnan(v) ? 0 : (v < to) + .5 * (v == to) - (v < from) - .5 * (v == from);
    }
    return fabs(rank) / known;
}

typedef struct least {
    double shift;
    size_t feature;
} least;

/* Of all single changes to a value that some customer has, the least that moves the row as wanted. */
static least search(const tsl_features *features, const tsl_model *model, size_t customer, int by_tree, int from,
                    int to, int groups)
{
    const size_t count = features->feature_count;
    least best = {(double)INFINITY, 0};
    double *x = malloc(count * sizeof *x);
    memcpy(x, features->x + customer * count, count * sizeof *x);
    for (size_t f = 0; f < count; f++) {
        const double now = x[f];
        int used = 0;
        for (size_t c = 0; by_tree && c < model->tree->cols; c++) {
            used |= strcmp(model->tree->column[c].name, features->feature[f].name) == 0;
        }
        for (size_t c = 0; !by_tree && c < features->recipe->column_count; c++) {
            const tsl_vector_column *column = &features->recipe->column[c];
            used |= column->feature == f && column->weight > 0 && !column->indicator;
        }
        for (size_t i = 0; used && !isnan(now) && i < features->customers; i++) {
            x[f] = features->x[i * count + f];
            const double shift = isnan(x[f]) || x[f] == now ? (double)INFINITY : shift_of(features, f, now, x[f]);
            if (shift < best.shift) {
                const int got = by_tree ? tree_of(features, model->tree, x) : nearest_of(features, model, x);
                if (by_tree ? got != from && got <= groups : got == to) {
                    best = (least){shift, f};
                }
            }
        }
        x[f] = now;
    }
    free(x);
    return best;
}

/* ---- The checks ------------------------------------------------------------------------ */

static void check_customer(const tsl_run *run, size_t customer, int thorough, int seen[4])
{
    const tsl_features *features = tsl_run_get_features(run);
    const tsl_labels *labels = tsl_run_get_labels(run);
    const tsl_model *model = tsl_run_get_model(run);
    const double *row = features->x + customer * features->feature_count;
    double *x = malloc(features->feature_count * sizeof *x);
    tsl_explanation *e;
    must(tsl_explanation_build(labels, model, customer, &e, &err));
    assert_int_equal(e->segment, labels->customer_segment[customer]);
    assert_int_equal(e->tree_segment, tree_of(features, model->tree, row));
    assert_int_equal(model->tree->node[e->way[e->way_count - 1]].cluster + 1, e->tree_segment);
    const tsl_move *moves[2] = {&e->by_tree, &e->by_distance};
    for (int m = 0; m < 2; m++) {
        memcpy(x, row, features->feature_count * sizeof *x);
        for (size_t c = 0; c < moves[m]->count; c++) {
            const tsl_change *change = &moves[m]->change[c];
            assert_true(change->now == x[change->feature] || isnan(change->now));
            assert_true(change->to >= change->low && change->to <= change->high);
            x[change->feature] = change->to;
        }
        if (moves[m]->segment) {
            const int got = m ? nearest_of(features, model, x) : tree_of(features, model->tree, x);
            assert_int_equal(got, moves[m]->segment);
            assert_int_not_equal(got, m ? e->segment : e->tree_segment);
        }
        seen[2 * m + (moves[m]->segment > 0)]++;
    }
    if (e->set_apart) {
        assert_int_equal(e->by_distance.segment, 0);
        assert_int_equal(e->by_tree.count, 1);
        assert_string_equal(features->feature[e->by_tree.change[0].feature].name, "purchase_days");
        assert_true(e->by_tree.change[0].to > e->by_tree.change[0].now);
    } else if (thorough) {
        const least tree = search(features, model, customer, 1, e->tree_segment, 0, model->k);
        assert_true(e->by_tree.count == 1 ? fabs(e->by_tree.shift - tree.shift) < 1e-12 : isinf(tree.shift));
        const least near = search(features, model, customer, 0, 0, labels->runner_up[customer], 0);
        if (e->by_distance.segment) {
            assert_int_equal(e->by_distance.segment, labels->runner_up[customer]);
            assert_true(e->by_distance.shift <= near.shift + 1e-12);
        } else {
            assert_true(isinf(near.shift));
        }
    }
    tsl_explanation_free(e);
    free(x);
}

/* Customers set apart, and those whom one value does not move, are among them. */
static void test_default(void **state)
{
    (void)state;
    tsl_run *run = open_run(0, 0);
    int seen[4] = {0};
    const size_t customers = tsl_run_get_features(run)->customers;
    for (size_t i = 0; i < customers; i++) {
        check_customer(run, i, i % 50 == 3, seen);
    }
    assert_true(seen[1] > 0 && seen[2] > 0 && seen[3] > 0);
    tsl_run_free(run);
}

static void test_all_features(void **state)
{
    (void)state;
    tsl_run *run = open_run(5, 25);
    int seen[4] = {0};
    const size_t customers = tsl_run_get_features(run)->customers;
    for (size_t i = 0; i < customers; i++) {
        check_customer(run, i, i % 100 == 7, seen);
    }
    assert_true(seen[1] > 0 && seen[3] > 0);
    tsl_run_free(run);
}

static void test_failures(void **state)
{
    (void)state;
    tsl_run *run = open_run(0, 0);
    tsl_explanation *e;
    tsl_model model = *tsl_run_get_model(run);
    const size_t customers = tsl_run_get_features(run)->customers;
    assert_int_equal(tsl_explanation_build(tsl_run_get_labels(run), &model, customers, &e, &err), TSL_E_OPTION);
    assert_null(e);
    tsl_tree tree = *model.tree;
    tsl_tree_column column[64];
    memcpy(column, tree.column, tree.cols * sizeof *column);
    column[0].name = "no such";
    tree.column = column;
    model.tree = &tree;
    assert_int_equal(tsl_explanation_build(tsl_run_get_labels(run), &model, 0, &e, &err), TSL_E_INPUT);
    assert_string_equal(err.message, "the tree cuts \"no such\", which the features lack");
    model.tree = NULL; /* then there is no way */
    must(tsl_explanation_build(tsl_run_get_labels(run), &model, 0, &e, &err));
    assert_int_equal(e->tree_segment, 0);
    assert_int_equal(e->way_count, 0);
    tsl_explanation_free(e);
    tsl_explanation_free(NULL);
    tsl_run_free(run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_default), cmocka_unit_test(test_all_features),
                                       cmocka_unit_test(test_failures)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
