/* test_core.c: the core basis by its definition, and the typical places. */
#include "feature/buyers.h"

#include "feature/basis/core.h"

static const tsl_vector_column *find_column(const tsl_features *f, const char *name)
{
    for (size_t c = 0; c < f->recipe->column_count; c++) {
        const tsl_vector_column *column = &f->recipe->column[c];
        if (column->extra && strcmp(column->name, name) == 0) {
            return column;
        }
    }
    fail_msg("no column %s of the basis", name);
    return NULL;
}

static int compare_doubles(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Type 7. */
static double quantile_of(double *x, size_t n, double p)
{
    const double at = p * (double)(n - 1);
    const size_t low = (size_t)at;
    qsort(x, n, sizeof *x, compare_doubles);
    return x[low] + (at - (double)low) * (x[low + 1 < n ? low + 1 : low] - x[low]);
}

enum { REPEATERS = 80 };

static tsl_features *build_varied(tsl_basis basis, tsl_apart apart, int cents)
{
    buyers b = {.count = 0};
    for (int c = 0; c < REPEATERS; c++) {
        char amount[32];
        snprintf(amount, sizeof amount, cents ? "%d00" : "%d", 3 + c * c % 41);
        for (int o = 0; o < 2 + c % 5; o++) {
            buyers_add_order(&b, b.count, 1 + c + o * (7 + c % 3), amount);
        }
        b.count++;
    }
    buyers_add_once(&b, 30, 400, cents ? "100000" : "1000");
    buyers_add_returns(&b, 3, 5);
    return buyers_build(&b, NULL, NULL, basis, apart);
}

/* Units, clamps, means, deviations by their definition, over those who are not set apart. */
static void test_columns(void **state)
{
    (void)state;
    tsl_features *f = build_varied(TSL_BASIS_DEFAULT, TSL_APART_DEFAULT, 0);
    static const char *const raw[] = {"recency_days", "frequency", "monetary_total", "monetary_mean"};
    double x[4][REPEATERS], z[3][REPEATERS];
    tsl_feature_matrix *m = NULL;
    for (size_t j = 0; j < 4; j++) {
        for (size_t i = 0, n = 0; i < f->customers; i++) {
            if (f->apart[i] < 0) {
                x[j][n++] = f->x[i * f->feature_count + tsl_features_get_index(f, raw[j])];
            }
        }
    }
    assert_int_equal(f->recipe->basis, TSL_BASIS_CORE);
    const double unit = quantile_of(x[3], REPEATERS, .5);
    for (size_t j = 0; j < 3; j++) {
        double sorted[REPEATERS], mean = 0, square = 0;
        for (size_t i = 0; i < REPEATERS; i++) {
            z[j][i] = sorted[i] = log(1 + x[j][i] / (j == 2 ? unit : 1));
        }
        const double low = quantile_of(sorted, REPEATERS, .001), high = quantile_of(sorted, REPEATERS, .999);
        for (size_t i = 0; i < REPEATERS; i++) {
            z[j][i] = fmin(fmax(z[j][i], low), high);
            mean += z[j][i] / REPEATERS;
        }
        for (size_t i = 0; i < REPEATERS; i++) {
            square += (z[j][i] - mean) * (z[j][i] - mean) / REPEATERS;
        }
        const tsl_vector_column *c = find_column(f, raw[j]);
        assert_near(c->unit, j == 2 ? unit : 1);
        assert_near(c->low, low);
        assert_near(c->high, high);
        assert_near(c->center, mean);
        assert_near(c->scale, sqrt(square));
        assert_true(c->weight == 1);
        for (size_t i = 0; i < REPEATERS; i++) {
            z[j][i] = (z[j][i] - mean) / sqrt(square);
        }
    }
    assert_int_equal(tsl_features_get_matrix(f, NULL, &m, NULL), TSL_OK);
    assert_int_equal(m->rows, REPEATERS);
    assert_int_equal(m->cols, 3);
    for (size_t i = 0; i < REPEATERS; i++) {
        assert_int_equal(m->customer[i], i);
        for (size_t j = 0; j < 3; j++) {
            assert_true(fabs(m->values[i * 3 + j] - z[j][i]) < 1e-9);
        }
    }
    tsl_feature_matrix_free(m);
    tsl_features_free(f);
}

/* An amount in cents is the same as in units; below 0 is 0. */
static void test_currency(void **state)
{
    (void)state;
    tsl_features *units = build_varied(TSL_BASIS_DEFAULT, TSL_APART_NONE, 0),
                 *cents = build_varied(TSL_BASIS_DEFAULT, TSL_APART_NONE, 1);
    tsl_feature_matrix *a = NULL, *b = NULL;
    assert_int_equal(tsl_features_get_matrix(units, NULL, &a, NULL), TSL_OK);
    assert_int_equal(tsl_features_get_matrix(cents, NULL, &b, NULL), TSL_OK);
    assert_null(a->customer);
    assert_near(find_column(cents, "monetary_total")->unit, 100 * find_column(units, "monetary_total")->unit);
    for (size_t i = 0; i < a->rows * a->cols; i++) {
        const int returns = i / 3 >= REPEATERS + 30; /* -5 in both: less than nothing is nothing */
        assert_true(fabs(a->values[i] - b->values[i]) < 1e-12);
        if (returns && i % 3 == 0) { /* who never bought counts as silent for longest */
            const tsl_vector_column *c = find_column(units, "recency_days");
            assert_true(a->values[i] == (c->high - c->center) / c->scale);
        }
    }
    tsl_feature_matrix_free(a);
    tsl_feature_matrix_free(b);
    tsl_features_free(units);
    tsl_features_free(cents);
}

/* A column that is the same for all who are not set apart stays, and is 0. */
static void test_constant(void **state)
{
    (void)state;
    buyers b = {.count = 0};
    for (int i = 0; i < 60; i++) {
        buyers_add_others(&b, 1, 1 + i, 40, i % 3 ? "3.10" : "77.7"); /* frequency 2 everywhere */
    }
    buyers_add_once(&b, 20, 3, "5");
    tsl_features *f = buyers_build(&b, NULL, NULL, TSL_BASIS_DEFAULT, TSL_APART_DEFAULT);
    tsl_feature_matrix *m = NULL;
    tsl__anchors anchors;
    assert_int_equal(f->recipe->basis, TSL_BASIS_CORE);
    assert_true(find_column(f, "frequency")->weight == 1);
    assert_int_equal(tsl_features_get_matrix(f, NULL, &m, NULL), TSL_OK);
    for (size_t i = 0; i < m->rows; i++) {
        assert_true(m->values[i * 3 + 1] == 0);
    }
    assert_int_equal(tsl__anchors_build(f->recipe, &anchors, NULL), TSL_OK);
    assert_int_equal(anchors.cols, 3);
    assert_true(anchors.place[1] == 1.4); /* the places differ by it all the same */
    tsl__anchors_free(&anchors);
    tsl_feature_matrix_free(m);
    tsl_features_free(f);
}

/* Where none of the three varies, all vectors are taken, with a note; unless core was asked for. */
static void test_fallback(void **state)
{
    (void)state;
    static const char people[] = "customer_id,age\nc00000,20\nc00001,30\nc00002,45\nc00003,41\n";
    for (int asked = 0; asked < 2; asked++) {
        buyers b = {.count = 0};
        for (int c = 0; c < 4; c++) {
            buyers_add_others(&b, 1, 3, 40, "5");
        }
        tsl_features *f = buyers_build(&b, people, NULL, asked ? TSL_BASIS_CORE : TSL_BASIS_DEFAULT, TSL_APART_DEFAULT);
        assert_int_equal(f->recipe->basis, asked ? TSL_BASIS_CORE : TSL_BASIS_ALL);
        int said = 0;
        for (size_t i = 0; i < f->info.notes.count; i++) {
            said += strstr(f->info.notes.text[i], "clusters are found by all vectors") != NULL;
        }
        assert_int_equal(said, !asked);
        tsl_features_free(f);
    }
}

/* Where the others are alike in all that is known, nobody is set apart: who bought and who did not are told by the
 * frequency alone. */
static void test_nobody_left(void **state)
{
    (void)state;
    buyers b = {.count = 0};
    buyers_add_others(&b, 1, 3, 40, "5");
    buyers_add_returns(&b, 1, 3);
    buyers_add_returns(&b, 1, 30);
    tsl_features *f = buyers_build(&b, NULL, NULL, TSL_BASIS_DEFAULT, TSL_APART_DEFAULT);
    tsl_feature_matrix *m = NULL;
    assert_true(f->recipe->basis == TSL_BASIS_ALL && f->recipe->apart == TSL_APART_NONE && !f->apart);
    assert_int_equal(tsl_features_get_matrix(f, NULL, &m, NULL), TSL_OK);
    assert_int_equal(m->rows, 3);
    assert_int_equal(m->cols, 1);
    assert_string_equal(m->column[0].name, "frequency");
    tsl_feature_matrix_free(m);
    tsl_features_free(f);
}

/* Where nobody bought, what was given back tells nobody from anybody; what else is known may. */
static void test_nobody_bought(void **state)
{
    (void)state;
    static const char people[] = "customer_id,age\nc00000,20\nc00001,30\nc00002,45\n";
    buyers b = {.count = 0};
    tsl_features *f = NULL;
    tsl_feature_options opt;
    tsl_error err;
    for (int told = 1; told >= 0; told--) {
        b = (buyers){.count = 0};
        buyers_add_returns(&b, 2, 3);
        buyers_add_once(&b, 1, 30, "-90");
        if (told) {
            f = buyers_build(&b, people, NULL, TSL_BASIS_DEFAULT, TSL_APART_DEFAULT);
            for (size_t c = 0; c < f->recipe->column_count; c++) {
                const tsl_vector_column *column = &f->recipe->column[c];
                assert_int_equal(column->weight > 0, strcmp(column->name, "age") == 0);
            }
            assert_null(f->apart);
            tsl_features_free(f);
        }
    }
    tsl_table *lines = table_of_text(TSL_TRANSACTIONS, b.csv.data);
    TSL_DEFAULTS(feature, &opt);
    assert_int_equal(tsl_features_build(&(tsl_tables){NULL, lines, NULL, AS_OF, 0}, NULL, &opt, NULL, &f, &err),
                     TSL_E_INPUT);
    assert_non_null(strstr(err.message, "none of the 3 customers bought anything"));
    tsl_table_free(lines);
    tsl__text_free(&b.csv);
}

static void test_other_bases(void **state)
{
    (void)state;
    tsl_features *f = build_varied(TSL_BASIS_ALL, TSL_APART_DEFAULT, 0);
    tsl__anchors anchors;
    const char *in[] = {"weekend_share"}, *out[] = {"frequency"};
    tsl_error err;
    for (size_t c = 0; c < f->recipe->column_count; c++) {
        assert_true(!f->recipe->column[c].extra &&
                    (f->recipe->column[c].weight > 0) == !f->recipe->column[c].indicator);
    }
    assert_int_equal(tsl__anchors_build(f->recipe, &anchors, NULL), TSL_OK);
    assert_int_equal(anchors.count, 0);
    assert_int_equal(tsl_features_fit_selection(f, &(tsl_selection){.basis = TSL_BASIS_VALUE}, &err), TSL_OK);
    for (size_t c = 0; c < f->recipe->column_count; c++) {
        const tsl_vector_column *column = &f->recipe->column[c];
        assert_int_equal(column->weight > 0, column->group == TSL_VALUE && !column->indicator);
    }
    /* core with a feature more and one less: the places are free in the one, and have no coordinate of the other */
    const tsl_selection mixed = {in, 1, out, 1, TSL_BASIS_CORE, TSL_APART_ONCE, 0};
    assert_int_equal(tsl_features_fit_selection(f, &mixed, &err), TSL_OK);
    assert_int_equal(tsl__anchors_build(f->recipe, &anchors, NULL), TSL_OK);
    assert_int_equal(anchors.count, 4);
    assert_int_equal(anchors.cols, 3); /* recency_days, weekend_share, monetary_total */
    assert_true(anchors.place[0] == -1.2 && isnan(anchors.place[1]) && anchors.place[2] == 1.2);
    tsl__anchors_free(&anchors);
    assert_int_equal(tsl_features_fit_selection(f, &(tsl_selection){.basis = TSL_BASES}, &err), TSL_E_OPTION);
    assert_int_equal(tsl_features_fit_selection(f, &(tsl_selection){.apart = TSL_APARTS}, &err), TSL_E_OPTION);
    tsl_features_free(f);
    tsl_table *table = table_of_text(TSL_CUSTOMERS, "customer_id,age\na,1\nb,2\nc,4\n");
    f = features_of(table, NULL, NULL, NULL, NULL);
    assert_int_equal(tsl_features_fit_selection(f, &(tsl_selection){.basis = TSL_BASIS_CORE}, &err), TSL_E_OPTION);
    assert_non_null(strstr(err.message, "which transactions tell, or columns of the customers"));
    assert_int_equal(f->recipe->basis, TSL_BASIS_NUMERIC); /* nothing has changed */
    tsl_features_free(f);
    tsl_table_free(table);
}

/* As docs/methods/anchors.md has them. */
static void test_places(void **state)
{
    (void)state;
    static const double repeaters[] = {-1.2, 1.4, 1.2, -1.1, 0, 0, .4, .3, .4, .7, -1, -1.2},
                        all[] = {-1.1, 1.5, 1.25, -.75, .75, .65, -.8, -.5, -.5, .5, 0, .35, .8, -1.2, -1.3};
    for (int once = 0; once < 2; once++) {
        tsl_features *f = build_varied(TSL_BASIS_DEFAULT, once ? TSL_APART_ONCE : TSL_APART_POTENTIAL, 0);
        tsl__anchors anchors;
        assert_int_equal(tsl__anchors_build(f->recipe, &anchors, NULL), TSL_OK);
        assert_int_equal(anchors.count, once ? 4 : 5);
        assert_memory_equal(anchors.place, once ? repeaters : all, anchors.count * 3 * sizeof(double));
        assert_string_equal(anchors.code[0], "CHAMP");
        assert_string_equal(anchors.code[1], once ? "ACTIVE_SMALL" : "LOYAL");
        assert_string_equal(anchors.code[anchors.count - 1], "SMALL_QUIET");
        tsl__anchors_free(&anchors);
        tsl_features_free(f);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_columns),     cmocka_unit_test(test_currency),    cmocka_unit_test(test_constant),
        cmocka_unit_test(test_fallback),    cmocka_unit_test(test_nobody_left), cmocka_unit_test(test_nobody_bought),
        cmocka_unit_test(test_other_bases), cmocka_unit_test(test_places),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
