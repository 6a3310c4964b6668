/* test_correlation.c: pairs of columns that say nearly the same, against the sums written out; what is said of them. */
#include "tables.h"

#include "base/notes.h"
#include "base/rng.h"
#include "base/text.h"
#include "feature/columns/correlation.h"

enum { CUSTOMERS = 30000 };

/* a; b nearly a, c nearly its opposite, d what a is part of, e of its own; a category of two values, which are
 * opposites. */
static tsl_features *build(int threads)
{
    tsl__text csv = {0};
    tsl__rng rng = tsl__rng_open(3, 1, 0);
    tsl__text_puts(&csv, "customer_id,a,b,c,d,e,city\n");
    for (int i = 0; i < CUSTOMERS; i++) {
        const double a = tsl__rng_uniform(&rng), u = tsl__rng_uniform(&rng), v = tsl__rng_uniform(&rng);
        tsl__text_printf(&csv, "c%05d,%.4f,%.4f,%.4f,%.4f,%.4f,%s\n", i, 100 * a, 7 * a + v, 9 - a - .2 * v, a + .3 * u,
                         u, v < .5 ? "Oslo" : "Rome");
    }
    tsl_table *table = table_of_text(TSL_CUSTOMERS, csv.data);
    const tsl_tables tables = {.customers = table, .as_of = TSL_NO_DAY};
    tsl_exec exec;
    tsl_features *f = NULL;
    tsl_error err;
    TSL_DEFAULTS(exec, &exec);
    exec.threads = threads;
    if (tsl_features_build(&tables, NULL, NULL, &exec, &f, &err) != TSL_OK) {
        fail_msg("%s", err.message);
    }
    tsl_table_free(table);
    tsl__text_free(&csv);
    return f;
}

/* Pearson's of two columns of the demographic vector. */
static double correlate(const tsl_features *f, size_t a, size_t b)
{
    const tsl_vector *v = &f->vector[TSL_DEMOGRAPHIC];
    long double sum[5] = {0};
    for (size_t i = 0; i < f->customers; i++) {
        const long double x = v->values[i * v->cols + a], y = v->values[i * v->cols + b];
        sum[0] += x;
        sum[1] += y;
        sum[2] += x * x;
        sum[3] += y * y;
        sum[4] += x * y;
    }
    const long double n = CUSTOMERS, p = sum[4] - sum[0] * sum[1] / n;
    return (double)(p / sqrtl((sum[2] - sum[0] * sum[0] / n) * (sum[3] - sum[1] * sum[1] / n)));
}

static void test_pairs(void **state)
{
    (void)state;
    tsl_features *f = build(1), *g = build(3);
    const tsl_recipe *recipe = f->recipe;
    size_t wanted = 0;
    double last = 1;
    assert_int_equal(f->vector[TSL_DEMOGRAPHIC].cols, 7);
    for (size_t a = 0; a < 7; a++) {
        for (size_t b = a + 1; b < 7; b++) {
            const double r = correlate(f, a, b);
            const int same_block =
                recipe->feature[recipe->column[a].feature].block == recipe->feature[recipe->column[b].feature].block;
            int found = 0;
            for (size_t p = 0; p < recipe->correlated_count; p++) {
                const tsl_correlated *pair = &recipe->correlated[p];
                if (pair->a == a && pair->b == b) {
                    assert_true(fabs(pair->r - r) < 1e-9);
                    found++;
                }
            }
            assert_int_equal(found, !same_block && fabs(r) >= .98);
            wanted += (size_t)found;
        }
    }
    assert_true(wanted >= 2 && wanted == recipe->correlated_count); /* a and b, a and c at least */
    for (size_t p = 0; p < wanted; p++) {
        assert_true(fabs(recipe->correlated[p].r) <= last);
        last = fabs(recipe->correlated[p].r);
    }
    assert_int_equal(g->recipe->correlated_count, wanted);
    assert_memory_equal(g->recipe->correlated, recipe->correlated, wanted * sizeof *recipe->correlated);
    tsl_features_free(f);
    tsl_features_free(g);
}

/* Of more rows than are looked at, and of columns that do not vary; nothing is said where nothing is alike. */
static void test_note(void **state)
{
    (void)state;
    enum { ROWS = 200000, COLS = 4 };
    static double x[ROWS * COLS];
    static const char *const name[] = {"p", "q", "r", "s"};
    tsl__rng rng = tsl__rng_open(4, 1, 0);
    for (size_t i = 0; i < ROWS; i++) {
        x[i * COLS] = tsl__rng_uniform(&rng);
        x[i * COLS + 1] = tsl__rng_uniform(&rng);
        x[i * COLS + 2] = -3 * x[i * COLS];
        x[i * COLS + 3] = 8;
    }
    const tsl_matrix all = {x, ROWS, COLS, COLS, TSL_F64};
    tsl_exec exec;
    TSL_DEFAULTS(exec, &exec);
    exec.threads = 2;
    for (int alike = 0; alike < 2; alike++) {
        tsl_features *f = NULL;
        tsl_feature_matrix *m = NULL;
        tsl_notes notes = {0};
        for (size_t i = 0; i < ROWS && !alike; i++) {
            x[i * COLS + 2] = tsl__rng_uniform(&rng);
        }
        for (size_t i = 0; i < ROWS && alike; i++) {
            x[i * COLS + 2] = -3 * x[i * COLS];
        }
        assert_int_equal(tsl_features_build_plain(&all, NULL, name, NULL, NULL, NULL, NULL, &f, NULL), TSL_OK);
        assert_int_equal(tsl_features_get_matrix(f, NULL, &m, NULL), TSL_OK);
        assert_int_equal(tsl__correlated_note(f->recipe, m, &exec, &notes, NULL), TSL_OK);
        assert_int_equal(notes.count, alike);
        if (alike) {
            assert_string_equal(notes.text[0], "columns that say nearly the same count twice in the distance: p and r "
                                               "(-1) (correlation); --ignore leaves one of them out");
        }
        tsl__notes_free(&notes);
        tsl_feature_matrix_free(m);
        tsl_features_free(f);
    }
}

/* Five pairs are named; one column may be in several. */
static void test_many(void **state)
{
    (void)state;
    enum { ROWS = 50, COLS = 5 };
    double x[ROWS * COLS];
    for (size_t i = 0; i < ROWS * COLS; i++) {
        x[i] = (double)(i / COLS) + (i / COLS % 7 == i % COLS);
    }
    const tsl_matrix all = {x, ROWS, COLS, COLS, TSL_F64};
    tsl_exec exec;
    tsl_features *f = NULL;
    tsl_feature_matrix *m = NULL;
    tsl_notes notes = {0};
    TSL_DEFAULTS(exec, &exec);
    exec.threads = 1;
    assert_int_equal(tsl_features_build_plain(&all, NULL, NULL, NULL, NULL, NULL, NULL, &f, NULL), TSL_OK);
    assert_int_equal(tsl_features_get_matrix(f, NULL, &m, NULL), TSL_OK);
    assert_int_equal(tsl__correlated_note(f->recipe, m, &exec, &notes, NULL), TSL_OK);
    assert_int_equal(notes.count, 1);
    assert_non_null(strstr(notes.text[0], " and 5 more pairs (correlation)"));
    assert_non_null(strstr(notes.text[0], " (0.99"));
    tsl__notes_free(&notes);
    tsl_feature_matrix_free(m);
    tsl_features_free(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_pairs), cmocka_unit_test(test_note),
                                       cmocka_unit_test(test_many)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
