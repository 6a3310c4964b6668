/* test_model.c: the model is the chosen candidate, numbered by value. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <tesela/model.h>

enum { ROWS = 100, COLS = 2, K = 3 };

/* Clusters of 20, 50 and 30 rows around (0, 0), (50, 0) and (0, 50). */
typedef struct fixture {
    double x[ROWS * (COLS + 1)], raw[ROWS * 3], value[ROWS];
    int truth[ROWS];
    tsl_matrix mx, mraw;
} fixture;

static void make(fixture *f)
{
    for (int r = 0; r < ROWS; r++) {
        int t = f->truth[r] = r % 10 < 2 ? 0 : r % 10 < 7 ? 1 : 2;
        double *x = f->x + r * (COLS + 1);
        x[0] = (t == 1 ? 50 : 0) + r % 7;
        x[1] = (t == 2 ? 50 : 0) + r % 5;
        x[2] = NAN; /* beyond the columns: never read */
        f->raw[r * 3] = x[0] * 10;
        f->raw[r * 3 + 1] = t == 2 || (t == 1 && r < 10) ? NAN : x[1];
        f->raw[r * 3 + 2] = r;
        f->value[r] = r == 5 ? NAN : t == 0 ? 100 : t == 1 ? 1 : 10;
    }
    f->mx = (tsl_matrix){f->x, ROWS, COLS, COLS + 1, TSL_F64};
    f->mraw = (tsl_matrix){f->raw, ROWS, 3, 3, TSL_F64};
}

static tsl_sweep *sweep_make(const fixture *f)
{
    tsl_kmeans_options opt;
    TSL_DEFAULTS(kmeans, &opt);
    opt.k_max = 5;
    tsl_sweep *sweep;
    assert_int_equal(tsl_kmeans_fit(&f->mx, NULL, NULL, &opt, NULL, &sweep, NULL), TSL_OK);
    assert_int_equal(sweep->candidate[sweep->best].k, K);
    return sweep;
}

static void check_model(const fixture *f, const tsl_model *m, const int *order)
{
    const tsl_candidate *best = &m->sweep->candidate[m->sweep->best];
    static const uint64_t size[] = {20, 50, 30};
    int32_t label[ROWS], cluster[ROWS];
    assert_int_equal(m->k, K);
    assert_memory_equal(m->center, best->center, K * COLS * sizeof(double));
    assert_memory_equal(m->size, best->size, K * sizeof *m->size);
    assert_null(m->sweep->assignment);
    double sum_distance[K] = {0};
    tsl_assignment out = {.rows = ROWS, .label = label};
    int32_t runner[ROWS];
    double distance[ROWS], next[ROWS];
    out.distance = distance;
    out.runner_up = runner;
    out.runner_up_distance = next;
    assert_int_equal(tsl_kmeans_predict(&f->mx, m->center, K, NULL, &out, NULL), TSL_OK);
    assert_int_equal(m->assignment->rows, ROWS);
    assert_memory_equal(m->assignment->label, label, sizeof label);
    assert_memory_equal(m->assignment->distance, distance, sizeof distance);
    assert_memory_equal(m->assignment->runner_up, runner, sizeof runner);
    assert_memory_equal(m->assignment->runner_up_distance, next, sizeof next);
    for (int r = 0; r < ROWS; r++) {
        sum_distance[label[r]] += distance[r];
    }
    for (int c = 0; c < K; c++) {
        assert_int_equal(m->size[c], size[order[c]]);
        assert_true(fabs(m->mean_distance[c] - sum_distance[c] / (double)m->size[c]) < 1e-12);
        double sum[3] = {0}, known[3] = {0};
        for (int r = 0; r < ROWS; r++) {
            for (int j = 0; j < 3 && label[r] == c; j++) {
                int there = !isnan(f->raw[r * 3 + j]);
                sum[j] += there ? f->raw[r * 3 + j] : 0;
                known[j] += there;
            }
        }
        for (int j = 0; j < 3; j++) {
            double mean = m->center_raw[c * 3 + j];
            assert_true(known[j] > 0 ? fabs(mean - sum[j] / known[j]) < 1e-9 : isnan(mean));
        }
    }
    for (int r = 0; r < ROWS; r++) {
        assert_int_equal(order[label[r]], f->truth[r]);
    }
    assert_true(m->tree->agreement == 1 && m->tree->cost_ratio < 1 + 1e-12);
    assert_int_equal(tsl_tree_predict(m->tree, &f->mraw, NULL, NULL, cluster, NULL), TSL_OK);
    assert_memory_equal(cluster, label, sizeof label);
}

static void test_value(void **state)
{
    (void)state;
    fixture f;
    make(&f);
    static const char *const column[] = {"x_one", "x_two"};
    static const tsl_tree_column raw_column[] = {{.name = "raw_one"}, {.name = "raw_two"}, {.name = "raw_three"}};
    tsl_model *m;
    assert_int_equal(tsl_model_build(&f.mx, NULL, column, sweep_make(&f), &(tsl_raw_columns){&f.mraw, raw_column},
                                     f.value, NULL, NULL, &m, NULL),
                     TSL_OK);
    check_model(&f, m, (const int[]){0, 2, 1}); /* totals 2000, 300, 49 */
    assert_int_equal(m->rows, ROWS);
    assert_int_equal(m->cols, COLS);
    assert_int_equal(m->raw_cols, 3);
    assert_string_equal(m->column[1], "x_two");
    assert_string_equal(m->raw_column[2], "raw_three");
    assert_string_equal(m->tree->column[0].name, "raw_one");
    uint64_t hash;
    assert_int_equal(tsl_matrix_get_hash(&f.mx, &hash, NULL), TSL_OK);
    assert_true(m->features_hash == hash);
    tsl_model_free(m);
}

static void test_size(void **state)
{
    (void)state;
    fixture f;
    make(&f);
    tsl_model *m;
    assert_int_equal(tsl_model_build(&f.mx, NULL, NULL, sweep_make(&f), &(tsl_raw_columns){&f.mraw, NULL}, NULL, NULL,
                                     NULL, &m, NULL),
                     TSL_OK);
    check_model(&f, m, (const int[]){1, 2, 0});
    assert_string_equal(m->column[1], "c2");
    assert_string_equal(m->raw_column[2], "c3");
    tsl_model_free(m);
}

static void test_without_raw(void **state)
{
    (void)state;
    fixture f;
    make(&f);
    tsl_model *m;
    assert_int_equal(tsl_model_build(&f.mx, NULL, NULL, sweep_make(&f), NULL, f.value, NULL, NULL, &m, NULL), TSL_OK);
    assert_null(m->tree);
    assert_null(m->center_raw);
    assert_int_equal(m->raw_cols, 0);
    assert_int_equal(m->size[0], 20);
    tsl_model_free(m);
    tsl_model_free(NULL);
}

/* The true cluster of each of the model's. */
static void check_order(const fixture *f, const double *weight, const double *value, const int *order)
{
    tsl_kmeans_options opt;
    tsl_sweep *sweep;
    tsl_model *m;
    TSL_DEFAULTS(kmeans, &opt);
    opt.k = K;
    assert_int_equal(tsl_kmeans_fit(&f->mx, weight, NULL, &opt, NULL, &sweep, NULL), TSL_OK);
    assert_int_equal(tsl_model_build(&f->mx, weight, NULL, sweep, NULL, value, NULL, NULL, &m, NULL), TSL_OK);
    for (int r = 0; r < ROWS; r++) {
        assert_int_equal(order[m->assignment->label[r]], f->truth[r]);
    }
    tsl_model_free(m);
}

/* A row of weight 10 has ten times its value: 60, 100 and 90 become 600, 100 and 180. */
static void test_weighted_value(void **state)
{
    (void)state;
    static const double value[K] = {3, 2, 3}, times[K] = {10, 1, 2};
    fixture f;
    double weight[ROWS];
    make(&f);
    for (int r = 0; r < ROWS; r++) {
        f.value[r] = value[f.truth[r]];
        weight[r] = times[f.truth[r]];
    }
    check_order(&f, NULL, f.value, (const int[]){1, 2, 0});
    check_order(&f, weight, f.value, (const int[]){0, 2, 1});
    for (int r = 0; r < ROWS; r++) {
        weight[r] /= 4; /* not whole: in doubles */
    }
    check_order(&f, weight, f.value, (const int[]){0, 2, 1});
}

/* 5e13 + 1/128 is no decimal, though it comes through 10,000 times itself unchanged: the cluster is worth as much as
 * one of 5e13 + 0.007, to a double's last bit, and comes first as the greater one. */
static void test_beyond_decimals(void **state)
{
    (void)state;
    fixture f;
    int seen[K] = {0};
    make(&f);
    for (int r = 0; r < ROWS; r++) {
        const int t = f.truth[r], at = seen[t]++;
        f.value[r] = t == 0 && at < 2 ? (at ? .007 : 5e13) : t == 1 && at == 0 ? 5e13 + .0078125 : 0;
    }
    check_order(&f, NULL, f.value, (const int[]){1, 0, 2});
}

/* Totals that are equal in decimals tie, whatever their sums in doubles; then
 * the greater cluster comes first, then the old number. Where not all values
 * are decimals, sums of doubles decide. */
static void test_ties(void **state)
{
    (void)state;
    fixture f;
    tsl_model *m;
    make(&f);
    for (int r = 0; r < ROWS; r++) { /* 20 x 0.3, 50 x 0.12, 30 x 0.2: 6 each, but not in doubles */
        f.value[r] = f.truth[r] == 0 ? 0.3 : f.truth[r] == 1 ? 0.12 : 0.2;
    }
    double sum[3] = {0};
    for (int r = 0; r < ROWS; r++) {
        sum[f.truth[r]] += f.value[r];
    }
    assert_true(sum[0] != sum[1] || sum[0] != sum[2]);
    assert_int_equal(tsl_model_build(&f.mx, NULL, NULL, sweep_make(&f), &(tsl_raw_columns){&f.mraw, NULL}, f.value,
                                     NULL, NULL, &m, NULL),
                     TSL_OK);
    check_model(&f, m, (const int[]){1, 2, 0});
    tsl_model_free(m);
    f.value[0] += 1e-9; /* of cluster 0: no decimal of four places */
    assert_int_equal(tsl_model_build(&f.mx, NULL, NULL, sweep_make(&f), &(tsl_raw_columns){&f.mraw, NULL}, f.value,
                                     NULL, NULL, &m, NULL),
                     TSL_OK);
    check_model(&f, m, (const int[]){0, 1, 2});
    tsl_model_free(m);
    for (int r = 0; r < ROWS; r++) { /* so great that a double does not hold four places */
        f.value[r] = f.truth[r] == 1 ? 1e15 / 50 : f.truth[r] == 2 ? 1e15 / 30 : 0;
    }
    assert_int_equal(tsl_model_build(&f.mx, NULL, NULL, sweep_make(&f), &(tsl_raw_columns){&f.mraw, NULL}, f.value,
                                     NULL, NULL, &m, NULL),
                     TSL_OK);
    assert_int_equal(m->size[2], 20);
    tsl_model_free(m);
}

static void check_kept(const tsl_sweep *sweep, const tsl_assignment *kept)
{
    assert_ptr_equal(sweep->assignment, kept);
    tsl_model *m;
    fixture f;
    make(&f);
    assert_int_equal(tsl_model_build(&f.mx, NULL, NULL, (tsl_sweep *)sweep, NULL, NULL, NULL, NULL, &m, NULL), TSL_OK);
    tsl_model_free(m);
}

/* On failure the sweep is the caller's, as it was: it can be built from again. */
static void check_failure(const tsl_matrix *mx, const tsl_matrix *raw, const double *value, const tsl_tree_options *opt,
                          const tsl_exec *exec, tsl_status expected, const char *message)
{
    fixture f;
    make(&f);
    tsl_sweep *sweep = sweep_make(&f);
    const tsl_candidate *best = &sweep->candidate[sweep->best];
    const tsl_assignment *kept = sweep->assignment;
    tsl_model *m = (tsl_model *)(uintptr_t)1;
    tsl_error err = {0};
    double center[K * COLS];
    int32_t label[ROWS];
    memcpy(center, best->center, sizeof center);
    memcpy(label, kept->label, sizeof label);
    assert_int_equal(
        tsl_model_build(mx, NULL, NULL, sweep, raw ? &(tsl_raw_columns){raw, NULL} : NULL, value, opt, exec, &m, &err),
        expected);
    assert_string_equal(err.message, message);
    assert_null(m);
    assert_memory_equal(best->center, center, sizeof center);
    assert_memory_equal(kept->label, label, sizeof label);
    check_kept(sweep, kept);
}

static void test_errors(void **state)
{
    (void)state;
    fixture f;
    make(&f);
    const tsl_tree_options leaves = {.size = sizeof leaves, .leaves = 2};
    const tsl_exec odd = {.size = sizeof odd, .threads = -2};
    tsl_matrix other = f.mraw, fewer = f.mx;
    other.rows = 99;
    fewer.rows = 98;
    check_failure(&f.mx, &other, NULL, NULL, NULL, TSL_E_INPUT, "the raw matrix has 99 rows; expected 100");
    check_failure(&fewer, NULL, NULL, NULL, NULL, TSL_E_INPUT, "the sweep is of 100 x 2 values, the matrix has 98 x 2");
    check_failure(&f.mx, &f.mraw, f.value, &leaves, NULL, TSL_E_OPTION,
                  "leaves: 2; expected at least one for each of the 3 clusters");
    check_failure(&f.mx, &f.mraw, NULL, NULL, &odd, TSL_E_OPTION, "threads: -2 is outside 0 to 4096");
    f.value[7] = INFINITY;
    check_failure(&f.mx, &f.mraw, f.value, NULL, NULL, TSL_E_INPUT,
                  "row 8: the value is infinite; expected finite or NaN");
    f.raw[4] = INFINITY;
    check_failure(&f.mx, &f.mraw, NULL, NULL, NULL, TSL_E_INPUT,
                  "raw row 2 holds an infinite value; expected finite or NaN");
    make(&f);
    tsl_model *m;
    tsl_error err;
    assert_int_equal(tsl_model_build(&f.mx, NULL, NULL, sweep_make(&f), NULL, NULL, NULL, NULL, &m, NULL), TSL_OK);
    tsl_model *again = m;
    assert_int_equal(tsl_model_build(&f.mx, NULL, NULL, m->sweep, NULL, NULL, NULL, NULL, &again, &err), TSL_E_INPUT);
    assert_string_equal(err.message, "the sweep is a model's already");
    tsl_model_free(m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_value),           cmocka_unit_test(test_size),
        cmocka_unit_test(test_without_raw),     cmocka_unit_test(test_ties),
        cmocka_unit_test(test_errors),          cmocka_unit_test(test_weighted_value),
        cmocka_unit_test(test_beyond_decimals),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
