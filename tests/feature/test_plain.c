/* test_plain.c: plain numbers as features: scales by hand, columns by name, sizes at the ends of a double. */
#include "tables.h"

#include "base/rng.h"
#include "feature/recipe.h"

static tsl_feature_options scaled(tsl_scale scale)
{
    tsl_feature_options opt;
    TSL_DEFAULTS(feature, &opt);
    opt.scale = scale;
    return opt;
}

/* Fitted where recipe is NULL. */
static tsl_features *plain_of(const tsl_matrix *x, const char *const *name, const char *const *id,
                              const tsl_recipe *recipe, tsl_scale scale)
{
    tsl_feature_options opt = scaled(scale);
    tsl_features *f = NULL;
    tsl_error err;
    if (tsl_features_build_plain(x, NULL, name, id, recipe, &opt, NULL, &f, &err) != TSL_OK) {
        fail_msg("%s", err.message);
    }
    return f;
}

static void check_refused(const tsl_matrix *x, const char *const *name, const tsl_recipe *recipe, tsl_scale scale,
                          tsl_status status, const char *said)
{
    tsl_feature_options opt = scaled(scale);
    tsl_features *f = (tsl_features *)(uintptr_t)1;
    tsl_error err;
    assert_int_equal(tsl_features_build_plain(x, NULL, name, NULL, recipe, &opt, NULL, &f, &err), status);
    assert_null(f);
    if (!strstr(err.message, said)) {
        fail_msg("\"%s\" does not say \"%s\"", err.message, said);
    }
}

static tsl_feature_matrix *matrix_of(const tsl_features *f)
{
    tsl_feature_matrix *m = NULL;
    assert_int_equal(tsl_features_get_matrix(f, NULL, &m, NULL), TSL_OK);
    return m;
}

/* Centre and divisor of 1, 2, 4, 8, 16 and of 1, 1, 1, 1, 9, whose quartiles are one value; 7 everywhere
 * becomes 0 by any scale but none. */
static void test_scales(void **state)
{
    (void)state;
    static const double values[] = {1, 1, 7, 2, 1, 7, 4, 1, 7, 8, 1, 7, 16, 9, 7};
    static const struct {
        tsl_scale scale;
        double center[3], divisor[3];
    } rows[] = {
        {TSL_SCALE_Z, {6.2, 2.6, 7}, {5.4552726787943, 3.2, 1}},
        {TSL_SCALE_ROBUST, {4, 1, 7}, {6, 3.2, 1}}, /* interquartile range; where that is 0, the deviation */
        {TSL_SCALE_MINMAX, {1, 1, 7}, {15, 8, 1}},
        {TSL_SCALE_NONE, {0, 0, 0}, {1, 1, 1}},
    };
    const tsl_matrix x = {values, 5, 3, 3, TSL_F64};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tsl_features *f = plain_of(&x, NULL, NULL, NULL, rows[i].scale);
        tsl_feature_matrix *m = matrix_of(f);
        size_t cols = rows[i].scale == TSL_SCALE_NONE ? 3 : 2; /* what is constant finds no clusters */
        assert_int_equal(m->cols, cols);
        for (size_t c = 0; c < 3; c++) {
            assert_true(fabs(f->recipe->column[c].center - rows[i].center[c]) < 1e-12);
            assert_true(fabs(f->recipe->column[c].scale - rows[i].divisor[c]) < 1e-12);
            for (size_t r = 0; r < 5; r++) {
                double v = (values[3 * r + c] - rows[i].center[c]) / rows[i].divisor[c];
                assert_true(c < cols ? fabs(m->values[cols * r + c] - v) <= 1e-12 * (1 + fabs(v)) : v == 0);
            }
        }
        assert_ptr_equal(f->x, values); /* taken as they are */
        assert_int_equal(f->info.notes.count, rows[i].scale != TSL_SCALE_NONE);
        if (f->info.notes.count) {
            assert_string_equal(f->info.notes.text[0], "c3 is constant and tells nothing apart");
        }
        tsl_feature_matrix_free(m);
        tsl_features_free(f);
    }
}

/* Where all columns are constant, none can be left out. */
static void test_all_constant(void **state)
{
    (void)state;
    static const double alike[] = {1, 7, 1, 7, 1, 7};
    const tsl_matrix x = {alike, 3, 2, 2, TSL_F64};
    tsl_features *f = plain_of(&x, NULL, NULL, NULL, TSL_SCALE_Z);
    tsl_feature_matrix *m = matrix_of(f);
    assert_int_equal(m->cols, 2);
    assert_int_equal(f->info.notes.count, 2);
    tsl_feature_matrix_free(m);
    tsl_features_free(f);
}

static void test_what_they_are(void **state)
{
    (void)state;
    static const double values[] = {1, 2, -1, 3, 4, -1, 9, 5, -1}; /* stride 3: the third column is not looked at */
    const tsl_matrix x = {values, 3, 2, 3, TSL_F64};
    tsl_features *f = plain_of(&x, (const char *[]){"a", "b"}, (const char *[]){"r", "q", "p"}, NULL, TSL_SCALE_Z);
    assert_int_equal(f->recipe->plain, 1);
    assert_int_equal(f->applied, 0);
    assert_int_equal(f->customers, 3);
    assert_int_equal(f->recipe->customers, 3);
    assert_int_equal(f->as_of, TSL_NO_DAY);
    assert_string_equal(f->feature[1].name, "b");
    assert_string_equal(f->recipe->column[1].name, "b");
    assert_string_equal(f->id[0], "r"); /* in the order that they came in */
    assert_memory_equal(f->x, ((const double[]){1, 2, 3, 4, 9, 5}), 6 * sizeof *f->x);
    assert_true(f->feature[0].bins.low == 1 && f->feature[0].bins.high == 9 && f->feature[0].bins.missing == 0);
    assert_null(f->history);
    tsl_features_free(f);
}

/* ---- Applying ---------------------------------------------------------------------- */

static void test_own_data(void **state)
{
    (void)state;
    enum { ROWS = 9000, COLS = 5 };
    double *values = malloc(ROWS * COLS * sizeof *values);
    tsl__rng rng = tsl__rng_open(5, 1, 1);
    for (size_t i = 0; i < ROWS * COLS; i++) {
        values[i] = tsl__rng_uniform(&rng) * pow(10, (double)(i % COLS));
    }
    const tsl_matrix x = {values, ROWS, COLS, COLS, TSL_F64};
    for (int scale = 0; scale < TSL_SCALES; scale++) {
        tsl_features *fit = plain_of(&x, NULL, NULL, NULL, (tsl_scale)scale);
        /* the scale asked for is the recipe's, whatever is asked for now */
        tsl_features *f = plain_of(&x, NULL, NULL, fit->recipe, TSL_SCALE_MINMAX);
        tsl_feature_matrix *m = matrix_of(fit), *n = matrix_of(f);
        assert_true(tsl__recipe_same(fit->recipe, f->recipe));
        assert_int_equal(f->applied, 1);
        assert_int_equal(f->info.notes.count, 0);
        assert_memory_equal(m->values, n->values, ROWS * COLS * sizeof *m->values);
        /* some rows by themselves: the same bits */
        const tsl_matrix some = {values + 100 * COLS, 7, COLS, COLS, TSL_F64};
        tsl_features *part = plain_of(&some, NULL, NULL, fit->recipe, TSL_SCALE_Z);
        tsl_feature_matrix *p = matrix_of(part);
        assert_memory_equal(p->values, m->values + 100 * COLS, 7 * COLS * sizeof *p->values);
        tsl_feature_matrix_free(p);
        tsl_feature_matrix_free(m);
        tsl_feature_matrix_free(n);
        tsl_features_free(part);
        tsl_features_free(f);
        tsl_features_free(fit);
    }
    free(values);
}

/* Columns are found by name, wherever they stand and whatever stands between; where there are no names, by place. */
static void test_by_name(void **state)
{
    (void)state;
    static const double then[] = {1, 10, 2, 20, 3, 30}, now[] = {20, 7, 2, 10, 7, 1};
    const tsl_matrix x = {then, 3, 2, 2, TSL_F64}, y = {now, 2, 3, 3, TSL_F64};
    tsl_features *fit = plain_of(&x, (const char *[]){"a", "b"}, NULL, NULL, TSL_SCALE_Z);
    tsl_features *f = plain_of(&y, (const char *[]){"b", "other", "a"}, NULL, fit->recipe, TSL_SCALE_Z);
    assert_int_equal(f->feature_count, 2);
    assert_memory_equal(f->x, ((const double[]){2, 20, 1, 10}), 4 * sizeof *f->x);
    assert_non_null(f->owned);
    tsl_features_free(f);
    const tsl_matrix two = {then, 3, 2, 2, TSL_F64};
    f = plain_of(&two, NULL, NULL, fit->recipe, TSL_SCALE_Z);
    assert_ptr_equal(f->x, then);
    tsl_features_free(f);
    check_refused(&y, (const char *[]){"b", "other", "c"}, fit->recipe, TSL_SCALE_Z, TSL_E_INPUT,
                  "the data lack the column \"a\" that the model was made of");
    check_refused(&y, NULL, fit->recipe, TSL_SCALE_Z, TSL_E_INPUT, "the data have 3 columns; the model was made of 2");
    tsl_features_free(fit);
    /* made of numbers without names, it cannot tell which column of those that have names is which */
    fit = plain_of(&x, NULL, NULL, NULL, TSL_SCALE_Z);
    check_refused(
        &two, (const char *[]){"b", "a"}, fit->recipe, TSL_SCALE_Z, TSL_E_INPUT,
        "the model knows its 2 columns by their places alone, as it was made of numbers without names, but the "
        "data name theirs (\"b\", ...): give them in the model's order, without the line of names or called "
        "c1 to c2");
    f = plain_of(&two, (const char *[]){"c1", "c2"}, NULL, fit->recipe, TSL_SCALE_Z);
    assert_ptr_equal(f->x, then);
    tsl_features_free(f);
    tsl_features_free(fit);
}

/* No rows are fine for what is fitted already. */
static void test_no_rows(void **state)
{
    (void)state;
    static const double then[] = {1, 10, 2, 20};
    const tsl_matrix x = {then, 2, 2, 2, TSL_F64}, none = {then, 0, 2, 2, TSL_F64}, thin = {then, 2, 0, 0, TSL_F64};
    tsl_features *fit = plain_of(&x, NULL, NULL, NULL, TSL_SCALE_Z);
    tsl_features *f = plain_of(&none, NULL, NULL, fit->recipe, TSL_SCALE_Z);
    assert_int_equal(f->customers, 0);
    tsl_feature_matrix *m = matrix_of(f);
    assert_int_equal(m->rows, 0);
    assert_int_equal(m->cols, 2);
    tsl_feature_matrix_free(m);
    tsl_features_free(f);
    tsl_features_free(fit);
    check_refused(&none, NULL, NULL, TSL_SCALE_Z, TSL_E_INPUT, "nothing to cluster: the data have 0 rows");
    check_refused(&thin, NULL, NULL, TSL_SCALE_Z, TSL_E_INPUT, "and 0 columns");
}

static void test_other_recipes(void **state)
{
    (void)state;
    static const double values[] = {1, 2, 3};
    const tsl_matrix x = {values, 3, 1, 1, TSL_F64};
    tsl_table *table = table_of_text(TSL_CUSTOMERS, "customer_id,c1\na,1\nb,2\nc,4\n");
    tsl_features *customers = features_of(table, NULL, NULL, NULL, NULL);
    tsl_features *plain = plain_of(&x, NULL, NULL, NULL, TSL_SCALE_Z), *f = NULL;
    const tsl_tables tables = {.customers = table, .as_of = TSL_NO_DAY};
    tsl_error err;
    check_refused(&x, NULL, customers->recipe, TSL_SCALE_Z, TSL_E_INPUT,
                  "the recipe was fitted to tables of customers, not to plain numbers");
    assert_int_equal(tsl_features_build(&tables, plain->recipe, NULL, NULL, &f, &err), TSL_E_INPUT);
    assert_string_equal(err.message, "the recipe was fitted to plain numbers, not to tables of customers");
    tsl_features_free(plain);
    tsl_features_free(customers);
    tsl_table_free(table);
}

/* ---- Sizes -------------------------------------------------------------------------- */

/* Scaled values of what is far, near or next to nothing are those of 1, 2 and 4. */
static void test_sizes(void **state)
{
    (void)state;
    static const double unit[] = {1e300, 1e-300, 4e307, -4e307, 1e-320, 1};
    static const double factors[] = {1, 2, 4};
    for (int scale = TSL_SCALE_Z; scale < TSL_SCALES; scale++) {
        tsl_matrix small = {factors, 3, 1, 1, TSL_F64};
        tsl_features *expected = plain_of(&small, NULL, NULL, NULL, (tsl_scale)scale);
        tsl_feature_matrix *e = matrix_of(expected);
        for (size_t u = 0; u < sizeof unit / sizeof *unit; u++) {
            double values[3];
            int turned = unit[u] < 0 && scale == TSL_SCALE_MINMAX; /* the least is the greatest */
            for (size_t i = 0; i < 3; i++) {
                values[i] = factors[i] * unit[u];
            }
            const tsl_matrix x = {values, 3, 1, 1, TSL_F64};
            tsl_features *f = plain_of(&x, NULL, NULL, NULL, (tsl_scale)scale);
            tsl_feature_matrix *m = matrix_of(f);
            for (size_t i = 0; i < 3; i++) {
                double want = turned ? 1 - e->values[i] : unit[u] < 0 ? -e->values[i] : e->values[i];
                double tolerance = fabs(unit[u]) < 1e-307 ? 1e-3 : 1e-12; /* few digits are left there */
                assert_true(fabs(m->values[i] - want) <= tolerance);
            }
            tsl_feature_matrix_free(m);
            tsl_features_free(f);
        }
        tsl_feature_matrix_free(e);
        tsl_features_free(expected);
    }
}

/* From one end of what a double holds to the other. */
static void test_ends(void **state)
{
    (void)state;
    static const double values[] = {-1.7e308, 1.7e308, 1.7e308, -1.7e308};
    const tsl_matrix x = {values, 4, 1, 1, TSL_F64};
    tsl_features *f = plain_of(&x, NULL, NULL, NULL, TSL_SCALE_Z);
    tsl_feature_matrix *m = matrix_of(f);
    for (size_t i = 0; i < 4; i++) {
        assert_true(fabs(m->values[i] - (values[i] > 0 ? 1 : -1)) < 1e-12);
    }
    assert_true(isfinite(f->recipe->column[0].fill));
    tsl_feature_matrix_free(m);
    tsl_features_free(f);
    check_refused(&x, NULL, NULL, TSL_SCALE_MINMAX, TSL_E_INPUT, "column 1 (\"c1\"): the values, from -1.7e+308 to");
    check_refused(&x, NULL, NULL, TSL_SCALE_ROBUST, TSL_E_INPUT, "too far apart");
    f = plain_of(&x, NULL, NULL, NULL, TSL_SCALE_NONE);
    assert_true(isfinite(f->recipe->column[0].fill)); /* so that its file can be read */
    tsl_features_free(f);
    /* values of customers likewise */
    tsl_table *table = table_of_text(TSL_CUSTOMERS, "customer_id,v,w\na,-1.7e308,1\nb,1.7e308,2\nc,0,3\n");
    const tsl_tables tables = {.customers = table, .as_of = TSL_NO_DAY};
    tsl_feature_options opt = scaled(TSL_SCALE_MINMAX);
    tsl_error err;
    assert_int_equal(tsl_features_build(&tables, NULL, &opt, NULL, &f, &err), TSL_E_INPUT);
    assert_non_null(strstr(err.message, "(\"v\"): the values, from -1.7e+308"));
    tsl_table_free(table);
}

/* ---- Weights ------------------------------------------------------------------------ */

enum { WEIGHED = 500, WIDE = 4, HEAVIEST = 3 };

static tsl_features *weighed_of(const tsl_matrix *x, const double *weight, tsl_scale scale)
{
    tsl_feature_options opt = scaled(scale);
    tsl_features *f = NULL;
    tsl_error err;
    if (tsl_features_build_plain(x, weight, NULL, NULL, NULL, &opt, NULL, &f, &err) != TSL_OK) {
        fail_msg("%s", err.message);
    }
    return f;
}

/* Rows of weight 0 to HEAVIEST, and the same written out; returns how many these are. Those of 0 lie far off. */
static size_t draw_rows(double *values, double *weight, double *out)
{
    tsl__rng rng = tsl__rng_open(6, 1, 2);
    size_t many = 0;
    for (size_t r = 0; r < WEIGHED; r++) {
        double *row = values + r * WIDE;
        weight[r] = (double)tsl__rng_below(&rng, HEAVIEST + 1);
        row[0] = tsl__rng_uniform(&rng);
        row[1] = (double)tsl__rng_below(&rng, 7);
        row[2] = tsl__rng_uniform(&rng) * 1e200; /* its squares leave the range of a double */
        row[3] = 5;
        for (size_t c = 0; c < WIDE && weight[r] == 0; c++) {
            row[c] = -1.7e308;
        }
        for (int w = 0; w < (int)weight[r]; w++) {
            memcpy(out + WIDE * many++, row, WIDE * sizeof *row);
        }
    }
    return many;
}

/* Scales are those of the rows written out: to the bit, but for the sums of mean and deviation. The bins count rows of
 * any weight once each. */
static void test_weights_are_rows(void **state)
{
    (void)state;
    static double values[WEIGHED * WIDE], weight[WEIGHED], out[HEAVIEST * WEIGHED * WIDE], once[WEIGHED * WIDE];
    size_t many = draw_rows(values, weight, out), positive = 0;
    const tsl_matrix x = {values, WEIGHED, WIDE, WIDE, TSL_F64}, y = {out, many, WIDE, WIDE, TSL_F64};
    for (size_t r = 0; r < WEIGHED; r++) {
        if (weight[r] > 0) {
            memcpy(once + WIDE * positive++, values + WIDE * r, WIDE * sizeof *once);
        }
    }
    const tsl_matrix z = {once, positive, WIDE, WIDE, TSL_F64};
    for (int scale = 0; scale < TSL_SCALES; scale++) {
        tsl_features *f = weighed_of(&x, weight, (tsl_scale)scale), *g = weighed_of(&y, NULL, (tsl_scale)scale),
                     *h = weighed_of(&z, NULL, (tsl_scale)scale);
        double kept[WEIGHED];
        for (size_t c = 0; c < WIDE; c++) {
            const tsl_vector_column *a = &f->recipe->column[c], *b = &g->recipe->column[c];
            double within = scale == TSL_SCALE_Z ? 1e-13 : 0;
            assert_true(fabs(a->center - b->center) <= within * fabs(b->center));
            assert_true(fabs(a->scale - b->scale) <= within * b->scale);
            assert_memory_equal(&f->feature[c].bins, &h->feature[c].bins, sizeof f->feature[c].bins);
            assert_true(f->feature[c].bins.low == g->feature[c].bins.low &&
                        f->feature[c].bins.high == g->feature[c].bins.high);
            assert_true(a->weight == b->weight && a->knot_count == b->knot_count);
            assert_true(!a->knot_count || memcmp(a->knot, b->knot, 2 * a->knot_count * sizeof *a->knot) == 0);
        }
        assert_int_equal(f->info.notes.count, g->info.notes.count); /* c4 is constant where anything weighs */
        assert_int_equal(f->customers, WEIGHED);
        assert_int_equal(f->recipe->customers, positive);
        assert_ptr_equal(f->weight, weight);
        assert_int_equal(tsl_features_get_weights(f, kept, NULL), TSL_OK);
        assert_memory_equal(kept, weight, sizeof kept);
        tsl_features_free(h);
        tsl_features_free(f);
        tsl_features_free(g);
    }
}

/* 1 everywhere, or anything that is the same everywhere: the bits of none, also of more rows than the bins are made of.
 */
static void test_weights_of_one(void **state)
{
    (void)state;
    enum { MANY = ((1 << 20) + 5000) };
    double *values = malloc(MANY * sizeof *values), *weight = malloc(MANY * sizeof *weight);
    tsl__rng rng = tsl__rng_open(6, 1, 3);
    for (size_t i = 0; i < MANY; i++) {
        values[i] = tsl__rng_uniform(&rng);
        weight[i] = 1;
    }
    for (int scale = 0; scale < TSL_SCALES; scale++) {
        const tsl_matrix x = {values, scale == TSL_SCALE_Z ? MANY : 3000, 1, 1, TSL_F64};
        tsl_features *f = weighed_of(&x, weight, (tsl_scale)scale), *g = weighed_of(&x, NULL, (tsl_scale)scale);
        assert_true(tsl__recipe_same(f->recipe, g->recipe));
        assert_memory_equal(&f->recipe->column[0].low, &g->recipe->column[0].low, 5 * sizeof(double));
        assert_memory_equal(&f->feature[0].bins, &g->feature[0].bins, sizeof f->feature[0].bins);
        assert_int_equal(f->recipe->customers, g->recipe->customers);
        tsl_features_free(f);
        tsl_features_free(g);
    }
    free(values);
    free(weight);
}

/* Where every other row weighs nothing, and more rows are there than bins are made of, these are not all of nothing. */
static void test_weights_of_none(void **state)
{
    (void)state;
    enum { MANY = 3 << 20 };
    double *values = malloc(MANY * sizeof *values), *weight = malloc(MANY * sizeof *weight);
    for (size_t i = 0; i < MANY; i++) {
        values[i] = (double)(i % 1000);
        weight[i] = (double)(i % 3 == 1);
    }
    const tsl_matrix x = {values, MANY, 1, 1, TSL_F64};
    tsl_features *f = weighed_of(&x, weight, TSL_SCALE_Z);
    assert_int_equal(f->feature[0].bins.count, 10);
    assert_int_equal(f->recipe->customers, MANY / 3);
    assert_true(fabs(f->recipe->column[0].center - 499.5) < .1);
    tsl_features_free(f);
    free(values);
    free(weight);
}

static void test_bad_weights(void **state)
{
    (void)state;
    static const double values[] = {1, 2, 3};
    static const struct {
        double weight[3];
        const char *said;
    } cases[] = {{{1, -2, 1}, "row 2: its weight is negative"},
                 {{1, 1, NAN}, "row 3: its weight is not a number"},
                 {{1e101, 1, 1}, "row 1: its weight is too great"},
                 {{0, 0, 0}, "no row has a weight above 0"}};
    const tsl_matrix x = {values, 3, 1, 1, TSL_F64};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tsl_features *f = (tsl_features *)(uintptr_t)1;
        tsl_error err;
        assert_int_equal(tsl_features_build_plain(&x, cases[i].weight, NULL, NULL, NULL, NULL, NULL, &f, &err),
                         TSL_E_INPUT);
        assert_null(f);
        assert_non_null(strstr(err.message, cases[i].said));
    }
}

/* By ranks: 1, 2, 4, 8, 16 and 1, 1, 1, 1, 9 have the scores of SciPy (test_normal_scores.c); a constant is 0; others
 * are mapped between them, and beyond the ends as these are. */
static void test_rank_normal(void **state)
{
    (void)state;
    static const double values[] = {1, 1, 7, 2, 1, 7, 4, 1, 7, 8, 1, 7, 16, 9, 7}, others[] = {3, 0, 7, 99, 5, 8};
    static const double score[] = {-1.1797611176118612, -0.49720057068155404, 0, 0.49720057068155404,
                                   1.1797611176118612};
    const double tied = -0.24104039388602685;
    const tsl_matrix x = {values, 5, 3, 3, TSL_F64}, y = {others, 2, 3, 3, TSL_F64};
    tsl_features *f = plain_of(&x, NULL, NULL, NULL, TSL_SCALE_RANK_NORMAL);
    tsl_features *g = plain_of(&y, NULL, NULL, f->recipe, TSL_SCALE_RANK_NORMAL);
    tsl_feature_matrix *m = matrix_of(f), *n = matrix_of(g);
    assert_true(m->cols == 2 && n->cols == 2 && f->recipe->column[2].knot_count == 0);
    for (size_t r = 0; r < 5; r++) {
        assert_true(fabs(m->values[2 * r] - score[r]) < 1e-14);
        assert_true(fabs(m->values[2 * r + 1] - (r < 4 ? tied : score[4])) < 1e-14);
    }
    assert_true(fabs(n->values[0] - (score[1] + score[2]) / 2) < 1e-14 && n->values[2] == m->values[8]);
    assert_true(n->values[1] == m->values[1] && fabs(n->values[3] - (tied + score[4]) / 2) < 1e-14);
    tsl_feature_matrix_free(n);
    tsl_feature_matrix_free(m);
    tsl_features_free(g);
    tsl_features_free(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_scales),         cmocka_unit_test(test_all_constant),
        cmocka_unit_test(test_what_they_are),  cmocka_unit_test(test_own_data),
        cmocka_unit_test(test_by_name),        cmocka_unit_test(test_no_rows),
        cmocka_unit_test(test_other_recipes),  cmocka_unit_test(test_sizes),
        cmocka_unit_test(test_ends),           cmocka_unit_test(test_weights_are_rows),
        cmocka_unit_test(test_weights_of_one), cmocka_unit_test(test_weights_of_none),
        cmocka_unit_test(test_bad_weights),    cmocka_unit_test(test_rank_normal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
