/* test_clustering_matrix.c: places in the space of clustering: of raw rows, and of the centres of another recipe. */
#include "tables.h"

#include <math.h>

static const char people[] = "customer_id,age,income\na,20,100\nb,30,250\nc,45,\nd,60,9000\ne,33,700\n";
static const char others[] = "customer_id,age,income\na,25,10\nb,31,450\nc,52,80\nd,61,20000\ne,40,\n";

static tsl_features *fit_of(const char *csv)
{
    tsl_table *table = table_of_text(TSL_CUSTOMERS, csv);
    const tsl_tables tables = {.customers = table, .as_of = TSL_NO_DAY};
    tsl_features *f = NULL;
    tsl_error err;
    if (tsl_features_build(&tables, NULL, NULL, NULL, &f, &err) != TSL_OK) {
        fail_msg("%s", err.message);
    }
    tsl_table_free(table);
    return f;
}

static tsl_feature_matrix *matrix_of(const tsl_features *f)
{
    tsl_feature_matrix *m = NULL;
    assert_int_equal(tsl_features_get_matrix(f, NULL, &m, NULL), TSL_OK);
    return m;
}

/* Threads of this process. */
static int count_threads(void)
{
    char line[128];
    int threads = 0;
    FILE *status = fopen("/proc/self/status", "r");
    assert_non_null(status);
    while (fgets(line, sizeof line, status) && sscanf(line, "Threads: %d", &threads) != 1) {
    }
    fclose(status);
    return threads;
}

/* As many threads as are asked for make it; the first test, since they stay. */
static void test_threads(void **state)
{
    (void)state;
    tsl_features *f = fit_of(people);
    tsl_feature_matrix *one = NULL, *three = NULL;
    tsl_exec exec;
    TSL_DEFAULTS(exec, &exec);
    exec.threads = 1;
    assert_int_equal(tsl_features_get_matrix(f, &exec, &one, NULL), TSL_OK);
    int before = count_threads();
    exec.threads = before + 2;
    assert_int_equal(tsl_features_get_matrix(f, &exec, &three, NULL), TSL_OK);
#ifndef __SANITIZE_ADDRESS__
    assert_true(count_threads() >= before + 2);
#endif
    assert_memory_equal(one->values, three->values, one->rows * one->cols * sizeof *one->values);
    tsl_feature_matrix_free(one);
    tsl_feature_matrix_free(three);
    tsl_features_free(f);
}

/* Rows whose values are all known lie where the matrix has them, by place or by name. */
static void test_own_rows(void **state)
{
    (void)state;
    tsl_features *f = fit_of(people);
    tsl_feature_matrix *m = matrix_of(f), *by_place = NULL, *by_name = NULL;
    size_t n = f->feature_count;
    double *turned = malloc(f->customers * n * sizeof *turned);
    const char **name = malloc(n * sizeof *name);
    for (size_t c = 0; c < n; c++) {
        name[c] = f->feature[n - 1 - c].name;
        for (size_t r = 0; r < f->customers; r++) {
            turned[r * n + c] = f->x[r * n + n - 1 - c];
        }
    }
    assert_int_equal(tsl_places_build(f->recipe, f->x, f->customers, NULL, n, &by_place, NULL), TSL_OK);
    assert_int_equal(tsl_places_build(f->recipe, turned, f->customers, name, n, &by_name, NULL), TSL_OK);
    assert_int_equal(by_place->cols, m->cols);
    for (size_t i = 0; i < m->rows * m->cols; i++) {
        size_t row = i / m->cols, feature = m->column[i % m->cols].feature;
        int known = !isnan(f->x[row * n + feature]) || m->column[i % m->cols].indicator;
        assert_true(known ? by_place->values[i] == m->values[i] : isnan(by_place->values[i]));
        assert_true(known ? by_name->values[i] == m->values[i] : isnan(by_name->values[i]));
    }
    free(name);
    free(turned);
    tsl_feature_matrix_free(by_name);
    tsl_feature_matrix_free(by_place);
    tsl_feature_matrix_free(m);
    tsl_features_free(f);
}

static void test_lacking(void **state)
{
    (void)state;
    tsl_features *f = fit_of(people);
    tsl_feature_matrix *m = (tsl_feature_matrix *)(uintptr_t)1;
    static const char *const name[] = {"age"};
    const double age = 40;
    tsl_error err;
    assert_int_equal(tsl_places_build(f->recipe, &age, 1, name, 1, &m, &err), TSL_E_INPUT);
    assert_null(m);
    assert_non_null(strstr(err.message, "\"income\""));
    assert_int_equal(tsl_places_build(f->recipe, &age, 1, NULL, 1, &m, &err), TSL_E_INPUT);
    assert_non_null(strstr(err.message, "1 columns without names"));
    tsl_features_free(f);
}

/* Centres stay where they are in the recipe that they are of; in another one they lie where their raw values do. */
static void test_converted(void **state)
{
    (void)state;
    tsl_features *f = fit_of(people), *g = fit_of(others);
    tsl_feature_matrix *m = matrix_of(f), *same = NULL, *moved = NULL, *wanted = NULL;
    assert_int_equal(tsl_places_build_converted(f->recipe, m->values, m->rows, f->recipe, &same, NULL), TSL_OK);
    assert_memory_equal(same->values, m->values, m->rows * m->cols * sizeof *m->values);
    assert_int_equal(tsl_places_build_converted(f->recipe, m->values, m->rows, g->recipe, &moved, NULL), TSL_OK);
    assert_int_equal(tsl_places_build(g->recipe, f->x, f->customers, NULL, f->feature_count, &wanted, NULL), TSL_OK);
    assert_int_equal(moved->cols, wanted->cols);
    for (size_t r = 1; r < 5; r += 3) { /* b and e: within the bounds of either recipe */
        for (size_t c = 0; c < moved->cols; c++) {
            size_t i = r * moved->cols + c;
            assert_true(fabs(moved->values[i] - wanted->values[i]) < 1e-5);
        }
    }
    tsl_feature_matrix_free(wanted);
    tsl_feature_matrix_free(moved);
    tsl_feature_matrix_free(same);
    tsl_feature_matrix_free(m);
    tsl_features_free(g);
    tsl_features_free(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_threads), cmocka_unit_test(test_own_rows),
                                       cmocka_unit_test(test_lacking), cmocka_unit_test(test_converted)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
