/* test_pca.c: principal components of a group's columns: by hand, as eigenvectors, in an apply, and what is refused.
 * tests/feature/anndata_check.py compares those of the bundled data with NumPy's. */
#include "feature/tables.h"

#include "base/rng.h"
#include "base/text.h"
#include "feature/basis/pca.h"
#include "feature/columns/normalise.h"
#include "feature/recipe.h"

enum { CUSTOMERS = 400 };

/* Numbers that go together to different degrees, one with missing cells, a category, a weight. */
static tsl_features *build(const char *csv, const tsl_feature_options *opt, const tsl_recipe *recipe)
{
    tsl_table *table = table_of_text(TSL_CUSTOMERS, csv);
    tsl_features *f = features_of(table, NULL, NULL, recipe, opt);
    tsl_table_free(table);
    return f;
}

static char *make_csv(uint32_t seed)
{
    tsl__text csv = {0};
    tsl__rng rng = tsl__rng_open(seed, 1, 0);
    tsl__text_puts(&csv, "customer_id,a,b,c,d,e,city,times\n");
    for (int i = 0; i < CUSTOMERS; i++) {
        const double a = tsl__rng_uniform(&rng), b = tsl__rng_uniform(&rng), c = tsl__rng_uniform(&rng);
        tsl__text_printf(&csv, "c%03d,%.4f,%.4f,%.4f,%.4f,", i, 9 * a, a + b, 5 - a + .5 * b, 3 * c);
        if (i % 5 == 0) {
            tsl__text_puts(&csv, ",Oslo,1\n");
        } else {
            tsl__text_printf(&csv, "%.4f,%s,%d\n", b + c, c < .3 ? "Rome" : "Lima", 1 + i % 3);
        }
    }
    return tsl__text_take(&csv);
}

static tsl_feature_options options(double components)
{
    tsl_feature_options opt;
    TSL_DEFAULTS(feature, &opt);
    opt.selection.basis = TSL_BASIS_DEMOGRAPHIC;
    opt.pca[TSL_DEMOGRAPHIC] = components;
    return opt;
}

static tsl_feature_matrix *matrix_of(const tsl_features *f)
{
    tsl_feature_matrix *m = NULL;
    assert_int_equal(tsl_features_get_matrix(f, NULL, &m, NULL), TSL_OK);
    return m;
}

static void check_same(const tsl_features *f, const tsl_features *g)
{
    tsl_feature_matrix *m = matrix_of(f), *n = matrix_of(g);
    assert_int_equal(m->cols, n->cols);
    assert_int_equal(m->rows, n->rows);
    assert_memory_equal(m->values, n->values, m->rows * m->cols * sizeof *m->values);
    tsl_feature_matrix_free(m);
    tsl_feature_matrix_free(n);
}

/* Of two columns whose correlation is r the components are their sum and their difference, of variance 1 + r and 1 - r;
 * of two loadings that are as large the first is positive. */
static void test_two(void **state)
{
    (void)state;
    const tsl_feature_options opt = options(2);
    tsl_features *f = build("customer_id,p,q\na,1,9\nb,2,6\nc,3,7\nd,4,2\ne,5,3\nf,9,1\n", &opt, NULL);
    const tsl_pool *pool = &f->recipe->pool[TSL_DEMOGRAPHIC];
    tsl_feature_matrix *m = matrix_of(f);
    const double half = sqrt(.5);
    double cross = 0;
    assert_true(pool->count == 2 && pool->components == 2 && m->cols == 2 && f->recipe->column_count == 4);
    for (size_t i = 0; i < f->customers; i++) {
        const double *x = f->x + i * f->feature_count;
        double z[2];
        for (size_t j = 0; j < 2; j++) {
            z[j] = (tsl__normalise_get(&f->recipe->column[j], x[j]) - pool->mean[j]) / pool->sd[j];
        }
        cross += z[0] * z[1] / 6;
        /* they go against each other */
        assert_true(fabs(m->values[2 * i] - half * (z[0] - z[1]) / sqrt(2)) < 1e-14);
        assert_true(fabs(m->values[2 * i + 1] - half * (z[0] + z[1]) / sqrt(2)) < 1e-14);
    }
    assert_true(cross < -.5);
    assert_true(fabs(pool->variance[0] - (1 - cross)) < 1e-14 && fabs(pool->variance[1] - (1 + cross)) < 1e-14);
    assert_string_equal(m->column[0].name, "demographic_pc1");
    assert_string_equal(m->column[1].name, "demographic_pc2");
    tsl_feature_matrix_free(m);
    tsl_features_free(f);
}

/* Of all components distances are those of the standardised columns; scores are uncorrelated, of falling variance; the
 * way back is the way there. */
static void test_all(void **state)
{
    (void)state;
    char *csv = make_csv(1);
    const tsl_feature_options opt = options(9);
    tsl_features *f = build(csv, &opt, NULL);
    const tsl_pool *pool = &f->recipe->pool[TSL_DEMOGRAPHIC];
    tsl_feature_matrix *m = matrix_of(f);
    const size_t p = pool->count;
    double sum = 0;
    assert_true(p == 9 && pool->components == 9 && m->cols == 9);
    for (size_t i = 0; i < p; i++) {
        double most = 0;
        for (size_t k = 0; k < p; k++) {
            double product = 0, cross = 0;
            for (size_t j = 0; j < p; j++) {
                product += pool->loading[i * p + j] * pool->loading[k * p + j];
            }
            for (size_t r = 0; r < m->rows; r++) {
                cross += m->values[r * p + i] * m->values[r * p + k] * 9 / CUSTOMERS;
            }
            assert_true(fabs(product - (i == k)) < 1e-12);
            assert_true(fabs(cross - (i == k ? pool->variance[i] : 0)) < 1e-12);
            most = fabs(pool->loading[i * p + k]) > fabs(most) ? pool->loading[i * p + k] : most;
        }
        assert_true(most > 0);
        sum += pool->variance[i];
    }
    assert_true(fabs(sum - 9) < 1e-12);
    for (size_t r = 0; r < 20; r++) {
        double z[9], score[9], back[9];
        for (size_t j = 0; j < p; j++) {
            const tsl_vector_column *column = &f->recipe->column[pool->column[j]];
            z[j] = tsl__normalise_get(column, f->x[r * f->feature_count + column->feature]);
        }
        tsl__pool_get(pool, z, score);
        tsl__pool_invert(pool, score, back);
        for (size_t j = 0; j < p; j++) {
            assert_true(fabs(back[j] - z[j]) < 1e-12);
            assert_true(m->values[r * p + j] == score[j] * m->column[j].weight);
        }
    }
    tsl_feature_matrix_free(m);
    tsl_features_free(f);
    free(csv);
}

/* As many as hold the share; the group has its whole variance whatever is left of it. */
static void test_share(void **state)
{
    (void)state;
    char *csv = make_csv(1);
    size_t last = 0;
    for (int percent = 10; percent < 100; percent += 10) {
        const tsl_feature_options opt = options(percent / 100.);
        tsl_features *f = build(csv, &opt, NULL);
        const tsl_pool *pool = &f->recipe->pool[TSL_DEMOGRAPHIC];
        double held = 0, variance = 0;
        for (size_t i = 0; i < pool->components; i++) {
            held += pool->variance[i] / 9;
            variance += pool->variance[i] * f->recipe->column[pool->first + i].weight *
                        f->recipe->column[pool->first + i].weight;
        }
        assert_true(held >= percent / 100. && held - pool->variance[pool->components - 1] / 9 < percent / 100.);
        assert_true(fabs(variance - 1) < 1e-12 && pool->components >= last);
        last = pool->components;
        tsl_features_free(f);
    }
    assert_true(last > 3);
    free(csv);
}

/* An apply has the bits of the fit, of the file, and of a copy; the same choice again the same, and without components
 * the columns have their weights back. */
static void test_apply(void **state)
{
    (void)state;
    char *csv = make_csv(1), *other = make_csv(2), path[] = "/tmp/tesela_pca_XXXXXX";
    const tsl_feature_options opt = options(3), none = options(0);
    tsl_features *f = build(csv, &opt, NULL), *g = build(csv, NULL, f->recipe), *h = build(other, NULL, f->recipe),
                 *back;
    tsl_features *plain = build(csv, &none, NULL);
    tsl_error err;
    check_same(f, g);
    assert_true(tsl__pools_are_same(&f->recipe->pool[0], &g->recipe->pool[0]));
    assert_true(tsl__pools_are_same(&f->recipe->pool[0], &h->recipe->pool[0]));
    const int file = mkstemp(path);
    assert_true(file >= 0);
    close(file);
    const tsl_target target = {.path = path, .replace = 1};
    const tsl_source source = {.path = path};
    assert_int_equal(tsl_features_write(f, &target, NULL, &err), TSL_OK);
    if (tsl_features_read(&source, NULL, &back, &err) != TSL_OK) {
        fail_msg("%s", err.message);
    }
    unlink(path);
    check_same(f, back);
    assert_int_equal(tsl_features_fit_selection(back, &opt.selection, &err), TSL_OK);
    assert_true(tsl__pools_are_same(&f->recipe->pool[0], &back->recipe->pool[0]));
    check_same(f, back);
    back->recipe->settings.pca[TSL_DEMOGRAPHIC] = 0;
    assert_int_equal(tsl_features_fit_selection(back, &opt.selection, &err), TSL_OK);
    check_same(plain, back);
    tsl_features_free(plain);
    tsl_features_free(back);
    tsl_features_free(h);
    tsl_features_free(g);
    tsl_features_free(f);
    free(other);
    free(csv);
}

/* What is left out is in no component: by name, and as a weight. */
static void test_left_out(void **state)
{
    (void)state;
    char *csv = make_csv(1);
    static const char *const names[] = {"city", "b"};
    tsl_feature_options opt = options(2);
    tsl_error err;
    opt.selection.exclude = names;
    opt.selection.exclude_count = 2;
    tsl_features *f = build(csv, &opt, NULL);
    const tsl_pool *pool = &f->recipe->pool[TSL_DEMOGRAPHIC];
    assert_int_equal(pool->count, 5);
    if (tsl_features_fit_weight(f, "times", &err) != TSL_OK) {
        fail_msg("%s", err.message);
    }
    assert_int_equal(pool->count, 4);
    for (size_t j = 0; j < pool->count; j++) {
        assert_true(strchr("acde", f->recipe->column[pool->column[j]].name[0]) != NULL);
    }
    assert_int_equal(f->recipe->column_count, pool->first + 2);
    tsl_features_free(f);
    free(csv);
}

/* Places of raw rows are the rows; centres of the same recipe stay where they are, and of another lie where the rows do
 * that they are nearest to, which with all components are the rows themselves. */
static void test_places(void **state)
{
    (void)state;
    char *csv = make_csv(1), *other = make_csv(2);
    const tsl_feature_options opt = options(9);
    tsl_features *f = build(csv, &opt, NULL), *g = build(other, &opt, NULL);
    tsl_feature_matrix *m = matrix_of(f), *place = NULL, *same = NULL, *moved = NULL;
    assert_int_equal(tsl_places_build(f->recipe, f->x, f->customers, NULL, f->feature_count, &place, NULL), TSL_OK);
    assert_int_equal(tsl_places_build_converted(f->recipe, m->values, 7, f->recipe, &same, NULL), TSL_OK);
    assert_int_equal(tsl_places_build_converted(f->recipe, m->values, m->rows, g->recipe, &moved, NULL), TSL_OK);
    for (size_t i = 0; i < 7 * m->cols; i++) {
        assert_true(fabs(same->values[i] - m->values[i]) < 1e-15);
    }
    tsl_features *rows = build(csv, NULL, g->recipe);
    tsl_feature_matrix *wanted = matrix_of(rows);
    size_t near = 0;
    for (size_t r = 0; r < m->rows; r++) {
        double off = 0;
        for (size_t c = 0; c < m->cols; c++) {
            const size_t i = r * m->cols + c;
            assert_true(r % 5 == 0 ? isnan(place->values[i]) : place->values[i] == m->values[i]);
            off = fmax(off, fabs(moved->values[i] - wanted->values[i]));
        }
        near += off < 1e-9;
    }
    assert_true(near > 300 && near <= 320); /* what is missing, or drawn in, is not the same in both */
    tsl_feature_matrix_free(wanted);
    tsl_features_free(rows);
    tsl_feature_matrix_free(moved);
    tsl_feature_matrix_free(same);
    tsl_feature_matrix_free(place);
    tsl_feature_matrix_free(m);
    tsl_features_free(g);
    tsl_features_free(f);
    free(other);
    free(csv);
}

static void test_refused(void **state)
{
    (void)state;
    static const struct {
        tsl_basis basis;
        tsl_group group;
        double asked;
        const char *said;
    } rows[] = {
        {TSL_BASIS_DEMOGRAPHIC, TSL_DEMOGRAPHIC, 10,
         "pca: 10 components of the demographic vector are asked for, but clusters are found by 9 columns of it"},
        {TSL_BASIS_ALL, TSL_VALUE, 1,
         "pca: components of the value vector are asked for, but clusters are found by no"},
        {TSL_BASIS_DEFAULT, TSL_DEMOGRAPHIC, 2, "pca: the columns of the numeric basis are its own"},
        {TSL_BASIS_ALL, TSL_DEMOGRAPHIC, 2.5, "pca: 2.5 of the demographic vector is neither"},
        {TSL_BASIS_ALL, TSL_DEMOGRAPHIC, -1, "pca"},
        {TSL_BASIS_ALL, TSL_DEMOGRAPHIC, NAN, "pca"},
    };
    char *csv = make_csv(1);
    tsl_table *table = table_of_text(TSL_CUSTOMERS, csv);
    const tsl_tables tables = {.customers = table, .as_of = TSL_NO_DAY};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tsl_feature_options opt = options(0);
        tsl_features *f = NULL;
        tsl_error err;
        opt.selection.basis = rows[i].basis;
        opt.pca[rows[i].group] = rows[i].asked;
        assert_int_equal(tsl_features_build(&tables, NULL, &opt, NULL, &f, &err), TSL_E_OPTION);
        assert_null(f);
        if (!strstr(err.message, rows[i].said)) {
            fail_msg("\"%s\" does not say \"%s\"", err.message, rows[i].said);
        }
    }
    tsl_table_free(table);
    free(csv);
}

/* Its three largest loadings, in words. */
static void test_label(void **state)
{
    (void)state;
    char *csv = make_csv(1), *label = NULL;
    const tsl_feature_options opt = options(2);
    tsl_features *f = build(csv, &opt, NULL);
    const tsl_pool *pool = &f->recipe->pool[TSL_DEMOGRAPHIC];
    const tsl_vector_column *first = &f->recipe->column[pool->first];
    assert_int_equal(tsl_vector_column_get_label(f->recipe, first, "en", &label, NULL), TSL_OK);
    assert_true(strncmp(label, "demographic 1: high ", 20) == 0);
    size_t commas = 0;
    for (const char *p = label; *p; p++) {
        commas += *p == ',';
    }
    assert_int_equal(commas, 2);
    tsl_text_free(label);
    assert_int_equal(tsl_vector_column_get_label(f->recipe, first + 1, "zh", &label, NULL), TSL_OK);
    assert_non_null(strstr(label, "人口属性 2："));
    tsl_text_free(label);
    assert_int_equal(tsl_vector_column_get_label(f->recipe, &f->recipe->column[0], "en", &label, NULL), TSL_OK);
    assert_string_equal(label, "a");
    tsl_text_free(label);
    tsl_features_free(f);
    free(csv);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_two),     cmocka_unit_test(test_all),      cmocka_unit_test(test_share),
        cmocka_unit_test(test_apply),   cmocka_unit_test(test_left_out), cmocka_unit_test(test_places),
        cmocka_unit_test(test_refused), cmocka_unit_test(test_label),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
