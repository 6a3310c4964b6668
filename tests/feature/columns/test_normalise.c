/* test_normalise.c: properties of the normalised vectors, and of the matrix
 * that clustering runs on. */
#include "tables.h"

#include "base/alloc.h"
#include "base/rng.h"
#include "base/text.h"
#include "feature/columns/normalise.h"
#include "feature/recipe.h"

enum { CUSTOMERS = 3000 };

/* Customers alone: skewed spend, a number with missing cells, a category with a
 * rare value and missing cells, a flag, an ordinary number, a constant. */
static tsl_table *make_table(void)
{
    tsl__text csv = {0};
    tsl__rng rng = tsl__rng_open(7, 1, 1);
    tsl__text_puts(&csv, "customer_id,spend,height,city,member,age,visits\n");
    for (int i = 0; i < CUSTOMERS; i++) {
        static const char *const cities[] = {"Lima", "Oslo", "Oslo", "Rome", "Rome", "Rome", "", "Oslo"};
        double u = tsl__rng_uniform(&rng);
        const char *city = i == 5 ? "Wick" : cities[tsl__rng_below(&rng, 8)];
        tsl__text_printf(&csv, "c%04d,%.2f,", i, 5 / (u + 1e-4));
        if (tsl__rng_below(&rng, 10) > 0) {
            tsl__text_printf(&csv, "%d", (int)tsl__rng_below(&rng, 100));
        }
        tsl__text_printf(&csv, ",%s,%s,%d,%d\n", city, tsl__rng_below(&rng, 3) ? "yes" : "no",
                         20 + (int)tsl__rng_below(&rng, 60), (int)tsl__rng_below(&rng, 20));
    }
    tsl_table *table = table_of_text(TSL_CUSTOMERS, csv.data);
    tsl__text_free(&csv);
    return table;
}

static tsl_features *build(const tsl_feature_options *opt)
{
    tsl_table *table = make_table();
    tsl_features *f = features_of(table, NULL, NULL, NULL, opt);
    tsl_table_free(table);
    return f;
}

static const tsl_vector_column *column_of(const tsl_features *f, const char *name, const float **values, size_t *stride)
{
    for (int g = 0; g < TSL_GROUPS; g++) {
        for (size_t c = 0; c < f->vector[g].cols; c++) {
            if (strcmp(f->vector[g].column[c].name, name) == 0) {
                *values = f->vector[g].values + c;
                *stride = f->vector[g].cols;
                return &f->vector[g].column[c];
            }
        }
    }
    return NULL;
}

static double variance_of(const float *values, size_t stride, double *mean)
{
    double sum = 0, square = 0;
    for (size_t i = 0; i < CUSTOMERS; i++) {
        sum += (double)values[i * stride];
    }
    *mean = sum / CUSTOMERS;
    for (size_t i = 0; i < CUSTOMERS; i++) {
        square += ((double)values[i * stride] - *mean) * ((double)values[i * stride] - *mean);
    }
    return square / CUSTOMERS;
}

static void test_z(void **state)
{
    (void)state;
    tsl_feature_options opt;
    TSL_DEFAULTS(feature, &opt);
    tsl_features *f = build(&opt);
    static const char *const plain[] = {"spend", "age", "visits", "member", "height_missing"};
    const float *v = NULL;
    size_t stride = 0;
    double mean;
    for (size_t i = 0; i < sizeof plain / sizeof plain[0]; i++) {
        assert_non_null(column_of(f, plain[i], &v, &stride));
        assert_true(fabs(variance_of(v, stride, &mean) - 1) < 1e-5);
        assert_true(fabs(mean) < 1e-6);
    }
    const tsl_vector_column *spend = column_of(f, "spend", &v, &stride);
    assert_int_equal(spend->transform, TSL_SIGNED_LOG1P);
    for (size_t i = 0; i < CUSTOMERS; i++) { /* winsorised */
        assert_true((double)v[i * stride] <= (spend->high - spend->center) / spend->scale + 1e-6);
    }
    const tsl_vector_column *height = column_of(f, "height", &v, &stride);
    size_t at = tsl_features_get_index(f, "height");
    for (size_t i = 0; i < CUSTOMERS; i++) { /* the missing take the median */
        if (isnan(f->x[i * f->feature_count + at])) {
            assert_true(fabs((double)v[i * stride] - (height->fill - height->center) / height->scale) < 1e-6);
        }
    }
    tsl_features_free(f);
}

static void test_category_block(void **state)
{
    (void)state;
    tsl_feature_options opt;
    TSL_DEFAULTS(feature, &opt);
    tsl_features *f = build(&opt);
    static const char *const values[] = {"city=Oslo", "city=Rome", "city=Lima", "city=Wick", "city_missing"};
    const float *v = NULL;
    size_t stride = 0;
    double mean, total = 0;
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
        assert_non_null(column_of(f, values[i], &v, &stride));
        total += variance_of(v, stride, &mean);
    }
    assert_true(fabs(total - 1) < 1e-5);
    opt.max_categories = 2;
    tsl_features_free(f);
    f = build(&opt);
    assert_null(column_of(f, "city=Lima", &v, &stride));
    assert_non_null(column_of(f, "city=other", &v, &stride));
    tsl_features_free(f);
}

/* Each group adds its weight to the total variance, whatever is left in it. */
static void check_variance(tsl_features *f, const tsl_selection *selection, const double expected[TSL_GROUPS])
{
    tsl_feature_matrix *m = NULL;
    tsl_error err;
    double total[TSL_GROUPS] = {0};
    if (tsl_features_fit_selection(f, selection, &err) != TSL_OK ||
        tsl_features_get_matrix(f, NULL, &m, &err) != TSL_OK) {
        fail_msg("%s", err.message);
    }
    for (size_t c = 0; c < m->cols; c++) {
        double mean = 0, square = 0;
        for (size_t i = 0; i < m->rows; i++) {
            mean += m->values[i * m->cols + c] / (double)m->rows;
        }
        for (size_t i = 0; i < m->rows; i++) {
            double off = m->values[i * m->cols + c] - mean;
            square += off * off / (double)m->rows;
        }
        total[m->column[c].group] += square;
    }
    for (int g = 0; g < TSL_GROUPS; g++) { /* a filled column has less than 1 */
        assert_true(total[g] <= expected[g] + 1e-5 && total[g] >= .9 * expected[g]);
    }
    tsl_feature_matrix_free(m);
}

static void test_weights(void **state)
{
    (void)state;
    tsl_feature_options opt;
    TSL_DEFAULTS(feature, &opt);
    opt.weight[TSL_VALUE] = 3;
    tsl_features *f = build(&opt);
    check_variance(f, &(tsl_selection){.basis = TSL_BASIS_ALL}, (double[]){1, 1, 3});
    const char *out[] = {"city=*", "city_missing", "visits"};
    check_variance(f, &(tsl_selection){.basis = TSL_BASIS_ALL, .exclude = out, .exclude_count = 3},
                   (double[]){1, 0, 3});
    tsl_features_free(f);
}

static tsl_feature_matrix *matrix_of(tsl_features *f, const tsl_selection *selection)
{
    tsl_feature_matrix *m = NULL;
    tsl_error err;
    if (tsl_features_fit_selection(f, selection, &err) != TSL_OK ||
        tsl_features_get_matrix(f, NULL, &m, &err) != TSL_OK) {
        fail_msg("%s", err.message);
    }
    return m;
}

static void test_selection(void **state)
{
    (void)state;
    tsl_features *f = build(NULL);
    const char *all[] = {"*"}, *two[] = {"age", "visits"};
    tsl_feature_matrix *m = matrix_of(f, &(tsl_selection){two, 2, all, 1, TSL_BASIS_ALL, TSL_APART_DEFAULT, 0});
    assert_int_equal(m->cols, 2);
    assert_string_equal(m->column[0].name, "age");
    assert_string_equal(m->column[1].name, "visits");
    /* The recipe keeps what was chosen: applied, it gives the same matrix. */
    tsl_table *table = make_table();
    tsl_features *applied = features_of(table, NULL, NULL, f->recipe, NULL);
    tsl_feature_matrix *again = NULL;
    assert_int_equal(tsl_features_get_matrix(applied, NULL, &again, NULL), TSL_OK);
    assert_int_equal(again->cols, 2);
    assert_memory_equal(m->values, again->values, m->rows * m->cols * sizeof *m->values);
    tsl_feature_matrix_free(m);
    tsl_feature_matrix_free(again);
    tsl_features_free(applied);
    tsl_table_free(table);
    tsl_features_free(f);
}

/* A profile feature is normalised when it is asked for, as it would have been. */
static void test_profile(void **state)
{
    (void)state;
    tsl_features *f = build(NULL);
    const char *all[] = {"*"}, *city[] = {"city=*"};
    const tsl_selection s = {city, 1, all, 1, TSL_BASIS_ALL, TSL_APART_DEFAULT, 0};
    tsl_feature_matrix *before = matrix_of(f, &s);
    assert_int_equal(before->cols, 5); /* the indicator goes with its category */
    for (size_t i = 0; i < f->feature_count; i++) {
        f->recipe->feature[i].profile = strncmp(f->feature[i].name, "city", 4) == 0;
    }
    tsl_exec one;
    TSL_DEFAULTS(exec, &one);
    one.threads = 1;
    tsl__columns_free(f->recipe->column, f->recipe->column_count);
    f->recipe->column = NULL;
    f->recipe->column_count = 0;
    for (int g = 0; g < TSL_GROUPS; g++) {
        free(f->vector[g].values);
    }
    assert_int_equal(tsl__normalise_fit(f, &one, NULL), TSL_OK);
    assert_int_equal(tsl__normalise_apply(f, &one, NULL), TSL_OK);
    tsl_feature_matrix *after = matrix_of(f, &(tsl_selection){.basis = TSL_BASIS_ALL});
    for (size_t c = 0; c < after->cols; c++) {
        assert_int_not_equal(strncmp(after->column[c].name, "city", 4), 0);
    }
    tsl_feature_matrix_free(after);
    after = matrix_of(f, &s);
    assert_int_equal(before->cols, after->cols);
    assert_memory_equal(before->values, after->values, before->rows * before->cols * sizeof *before->values);
    tsl_feature_matrix_free(before);
    tsl_feature_matrix_free(after);
    tsl_features_free(f);
}

static void test_scales(void **state)
{
    (void)state;
    tsl_feature_options opt;
    TSL_DEFAULTS(feature, &opt);
    const float *v = NULL;
    size_t stride = 0;
    opt.scale = TSL_SCALE_MINMAX;
    tsl_features *f = build(&opt);
    assert_non_null(column_of(f, "age", &v, &stride));
    for (size_t i = 0; i < CUSTOMERS; i++) {
        assert_true(v[i * stride] >= 0 && v[i * stride] <= 1);
    }
    tsl_features_free(f);
    opt.scale = TSL_SCALE_ROBUST;
    f = build(&opt);
    const tsl_vector_column *age = column_of(f, "age", &v, &stride);
    assert_true(age->center > 40 && age->center < 60 && age->scale > 20 && age->scale < 40);
    tsl_features_free(f);
    opt.scale = TSL_SCALE_NONE;
    f = build(&opt);
    age = column_of(f, "age", &v, &stride);
    assert_true(age->center == 0 && age->scale == 1);
    tsl_features_free(f);
}

static tsl_features *build_text(const char *csv, const tsl_feature_options *opt)
{
    tsl_table *table = table_of_text(TSL_CUSTOMERS, csv);
    tsl_features *f = features_of(table, NULL, NULL, NULL, opt);
    tsl_table_free(table);
    return f;
}

/* Centre and scale of 1, 2, 4, 8, 16 and of 1, 1, 1, 1, 9, whose quartiles are one value. */
static void test_scales_by_hand(void **state)
{
    (void)state;
    static const struct {
        tsl_scale scale;
        double center[2], divisor[2];
    } rows[] = {
        {TSL_SCALE_Z, {6.2, 2.6}, {5.4552726787943, 3.2}},
        {TSL_SCALE_ROBUST, {4, 1}, {6, 3.2}}, /* interquartile range; where that is 0, the standard deviation */
        {TSL_SCALE_MINMAX, {1, 1}, {15, 8}},
        {TSL_SCALE_NONE, {0, 0}, {1, 1}},
    };
    static const char *const names[] = {"rooms", "floors"};
    tsl_feature_options opt;
    TSL_DEFAULTS(feature, &opt);
    const float *v;
    size_t stride;
    opt.winsor_low = 0;
    opt.winsor_high = 1;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        opt.scale = rows[i].scale;
        tsl_features *f = build_text("customer_id,rooms,floors\na,1,1\nb,2,1\nc,4,1\nd,8,1\ne,16,9\n", &opt);
        for (size_t n = 0; n < 2; n++) {
            const tsl_vector_column *c = column_of(f, names[n], &v, &stride);
            assert_non_null(c);
            assert_true(fabs(c->center - rows[i].center[n]) < 1e-12);
            assert_true(fabs(c->scale - rows[i].divisor[n]) < 1e-12);
        }
        tsl_features_free(f);
    }
}

/* The score of each value is that of its mean rank among the known ones, once they are drawn in; what is missing has
 * that of the median; yes/no columns and categories are as with z. */
static void test_rank_normal(void **state)
{
    (void)state;
    tsl_feature_options opt;
    TSL_DEFAULTS(feature, &opt);
    tsl_features *z = build(&opt);
    opt.scale = TSL_SCALE_RANK_NORMAL;
    tsl_features *f = build(&opt);
    static const char *const numbers[] = {"spend", "height", "age", "visits"}, *const others[] = {"member",
                                                                                                  "city=Rome"};
    const float *v = NULL, *w = NULL;
    size_t stride = 0, other = 0;
    for (size_t k = 0; k < 4; k++) {
        const tsl_vector_column *c = column_of(f, numbers[k], &v, &stride);
        const double *x = f->x + tsl_features_get_index(f, numbers[k]);
        assert_true(c->knot_count > 1 && c->knot_count <= TSL_KNOTS_MAX && c->center == 0 && c->scale == 1);
        assert_true(k == 0 ? c->knot_count > 500 : c->knot_count <= 100);
        double t[CUSTOMERS], known = 0;
        for (size_t i = 0; i < CUSTOMERS; i++) {
            const double y = tsl__transform_get(c->transform, x[i * f->feature_count]);
            t[i] = y < c->low ? c->low : y > c->high ? c->high : y; /* NaN stays so */
            known += !isnan(y);
        }
        for (size_t i = 0; i < CUSTOMERS; i += 7) {
            double below = 0, same = 0;
            for (size_t j = 0; j < CUSTOMERS; j++) {
                below += t[j] < (isnan(t[i]) ? c->fill : t[i]);
                same += t[j] == (isnan(t[i]) ? c->fill : t[i]);
            }
            const double p = (below + (same + 1) / 2 - .375) / (known + .25);
            const double is = .5 * erfc(-(double)v[i * stride] / sqrt(2));
            assert_true(fabs(is - p) < (k == 0 ? 1e-3 : 1e-6)); /* of more values than knots it is near */
        }
    }
    for (size_t k = 0; k < 2; k++) {
        column_of(f, others[k], &v, &stride);
        column_of(z, others[k], &w, &other);
        for (size_t i = 0; i < CUSTOMERS; i++) {
            assert_true(v[i * stride] == w[i * other]);
        }
    }
    tsl_features_free(f);
    tsl_features_free(z);
}

/* There and back, within the bounds. */
static void test_unscale(void **state)
{
    (void)state;
    tsl_feature_options opt;
    TSL_DEFAULTS(feature, &opt);
    for (int scale = 0; scale < TSL_SCALES; scale++) {
        opt.scale = (tsl_scale)scale;
        tsl_features *f = build(&opt);
        for (size_t c = 0; c < f->recipe->column_count; c++) {
            const tsl_vector_column *column = &f->recipe->column[c];
            for (size_t i = 0; i < CUSTOMERS && !column->indicator; i += 50) {
                const double x = f->x[i * f->feature_count + column->feature];
                const double t = tsl__normalise_unscale(column, tsl__normalise_get(column, x));
                const double is = tsl__transform_get(column->transform, x);
                const double wanted = isnan(is)           ? column->fill
                                      : is < column->low  ? column->low
                                      : is > column->high ? column->high
                                                          : is;
                assert_true(fabs(t - wanted) < 1e-10 * (1 + fabs(wanted)));
            }
        }
        tsl_features_free(f);
    }
}

/* Two categories that the same customers lack share one indicator, which is the first one's: the second weighs as one
 * feature without it. */
static void test_shared_indicator(void **state)
{
    (void)state;
    static const char *const columns[] = {"city=a", "city=b", "city_missing", "shop=c", "shop=d"};
    tsl_feature_options opt;
    TSL_DEFAULTS(feature, &opt);
    tsl__text csv = {0};
    tsl__text_puts(&csv, "customer_id,city,shop,age\n");
    for (int i = 0; i < CUSTOMERS; i++) {
        const int known = i % 7 > 0;
        tsl__text_printf(&csv, "c%04d,%s,%s,%d\n", i,
                         !known  ? ""
                         : i % 2 ? "a"
                                 : "b",
                         !known  ? ""
                         : i % 3 ? "c"
                                 : "d",
                         i % 50);
    }
    tsl_features *f = build_text(csv.data, &opt);
    const float *v = NULL;
    size_t stride = 0;
    double mean, total[2] = {0};
    for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++) {
        assert_non_null(column_of(f, columns[i], &v, &stride));
        total[i > 2] += variance_of(v, stride, &mean);
    }
    assert_null(column_of(f, "shop_missing", &v, &stride));
    assert_true(fabs(total[0] - 1) < 1e-5);
    assert_true(fabs(total[1] - 1) < 1e-5);
    tsl_features_free(f);
    tsl__text_free(&csv);
}

/* What is not known is taken for what most are: yes where as many are as are not. */
static void test_fill_of_booleans(void **state)
{
    (void)state;
    static const struct {
        const char *csv;
        double fill;
    } rows[] = {
        {"customer_id,member,age\na,yes,31\nb,no,52\nc,yes,43\nd,no,24\ne,,65\n", 1},
        {"customer_id,member,age\na,yes,31\nb,no,52\nc,no,43\nd,no,24\ne,,65\n", 0},
        {"customer_id,member,age\na,yes,31\nb,no,52\nc,yes,43\nd,yes,24\ne,,65\n", 1},
    };
    tsl_feature_options opt;
    TSL_DEFAULTS(feature, &opt);
    const float *v;
    size_t stride;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        tsl_features *f = build_text(rows[i].csv, &opt);
        const tsl_vector_column *c = column_of(f, "member", &v, &stride);
        assert_non_null(c);
        assert_true(c->fill == rows[i].fill);
        tsl_features_free(f);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_z),
        cmocka_unit_test(test_category_block),
        cmocka_unit_test(test_shared_indicator),
        cmocka_unit_test(test_weights),
        cmocka_unit_test(test_selection),
        cmocka_unit_test(test_profile),
        cmocka_unit_test(test_scales),
        cmocka_unit_test(test_scales_by_hand),
        cmocka_unit_test(test_fill_of_booleans),
        cmocka_unit_test(test_rank_normal),
        cmocka_unit_test(test_unscale),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
