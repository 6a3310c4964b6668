/* test_numeric.c: the basis of customers without orders: which numbers lead, against the rule written out naively, and
 * at its limits; how it is asked for, and what stands in where there are no numbers. */
#include "tables.h"

#include "base/notes.h"
#include "base/rng.h"
#include "base/text.h"
#include "feature/basis/core.h"
#include "feature/basis/numeric.h"
#include "feature/columns/normalise.h"
#include "feature/recipe.h"

static tsl_features *fit(const char *csv, const tsl_selection *selection)
{
    tsl_feature_options opt;
    TSL_DEFAULTS(feature, &opt);
    if (selection) {
        opt.selection = *selection;
    }
    tsl_table *table = table_of_text(TSL_CUSTOMERS, csv);
    tsl_features *f = features_of(table, NULL, NULL, NULL, &opt);
    tsl_table_free(table);
    return f;
}

/* "income first, age second*, visits rest": the basis's own columns, * where they have a weight. */
static void check(const tsl_features *f, const char *expected)
{
    char seen[1024] = "";
    for (size_t c = 0; c < f->recipe->column_count; c++) {
        const tsl_vector_column *column = &f->recipe->column[c];
        const size_t at = strlen(seen);
        if (column->extra) {
            snprintf(seen + at, sizeof seen - at, "%s%s %s%s%s", at ? ", " : "", column->name,
                     tsl_part_get_name(column->part), column->added ? " added" : "", column->weight > 0 ? "*" : "");
        } else {
            assert_true(column->weight == 0 || f->recipe->basis != TSL_BASIS_NUMERIC);
        }
    }
    assert_string_equal(seen, expected);
    assert_true(tsl__numeric_is_sound(f->recipe));
}

static void check_fit(const char *csv, const tsl_selection *selection, const char *expected)
{
    tsl_features *f = fit(csv, selection);
    assert_int_equal(f->recipe->basis, TSL_BASIS_NUMERIC);
    check(f, expected);
    tsl_features_free(f);
}

/* ---- The rule ------------------------------------------------------------------------- */

enum { ROWS = 300, NUMBERS = 7 };

typedef struct made {
    double x[NUMBERS][ROWS]; /* NaN: an empty cell */
    int flag[ROWS], city[ROWS];
    tsl__text csv;
} made;

/* Two factors, one number in three of them skewed, one that a flag tells, one that is mostly one value. */
static void make(made *m, uint32_t seed)
{
    static const char *const cities[] = {"Lima", "Oslo", "Rome"};
    *m = (made){.csv = {0}};
    tsl__text_puts(&m->csv, "customer_id,amount0,income,visits,amount1,spend2,pages,kids,member,city\n");
    for (int i = 0; i < ROWS; i++) {
        tsl__rng rng = tsl__rng_open(3, seed, (uint32_t)i);
        double a = 0, b = 0, e[NUMBERS];
        for (int k = 0; k < 6; k++) {
            a += tsl__rng_uniform(&rng) - .5;
            b += tsl__rng_uniform(&rng) - .5;
        }
        for (int j = 0; j < NUMBERS; j++) {
            e[j] = tsl__rng_uniform(&rng) - .5;
        }
        m->flag[i] = tsl__rng_below(&rng, 3) == 0;
        m->city[i] = (int)tsl__rng_below(&rng, 3);
        const double x[NUMBERS] = {exp(a + e[0]),
                                   a + .5 * b + (seed % 2 ? 3 : 1) * e[1],
                                   b + e[2] - .5 * a,
                                   -exp(1.5 * b + e[3]),
                                   m->flag[i] * 4 + e[4],
                                   a + 2 * e[5],
                                   tsl__rng_below(&rng, seed % 3 ? 5 : 8) < 3 ? 1 + (double)tsl__rng_below(&rng, 4)
                                                                              : 0};
        tsl__text_printf(&m->csv, "c%04d", i);
        for (int j = 0; j < NUMBERS; j++) {
            m->x[j][i] = tsl__rng_below(&rng, 10) < seed % 4 && j != 4 ? NAN : round(x[j] * 1000) / 1000;
            tsl__text_puts(&m->csv, ",");
            if (!isnan(m->x[j][i])) {
                tsl__text_double(&m->csv, m->x[j][i]);
            }
        }
        tsl__text_printf(&m->csv, ",%s,%s\n", m->flag[i] ? "yes" : "no", cities[m->city[i]]);
    }
}

static int compare(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double quantile_of(const double *sorted, int n, double p)
{
    const double at = p * (n - 1);
    const int low = (int)at;
    return low + 1 < n ? sorted[low] + (at - low) * (sorted[low + 1] - sorted[low]) : sorted[n - 1];
}

/* The column as the rule has it; the share of its most frequent value, of the raw ones. */
static double scale_naively(const double *x, double *z)
{
    double known[ROWS], mean = 0, square = 0, cube = 0, filled = 0;
    int n = 0;
    for (int i = 0; i < ROWS; i++) {
        if (!isnan(x[i])) {
            known[n++] = x[i];
            mean += x[i];
        }
    }
    for (int i = 0; i < n; i++) {
        square += pow(known[i] - mean / n, 2);
        cube += pow(known[i] - mean / n, 3);
    }
    const int skewed = cube / n / pow(square / n, 1.5) > 1;
    qsort(known, (size_t)n, sizeof *known, compare);
    const double median = quantile_of(known, n, .5);
    for (int i = 0; i < ROWS; i++) {
        double same = 0;
        for (int j = 0; j < ROWS; j++) {
            same += (isnan(x[j]) ? median : x[j]) == (isnan(x[i]) ? median : x[i]);
        }
        filled = fmax(filled, same / ROWS);
    }
    for (int i = 0; i < n; i++) {
        known[i] = skewed ? copysign(log1p(fabs(known[i])), known[i]) : known[i];
    }
    const double low = quantile_of(known, n, .001), high = quantile_of(known, n, .999),
                 fill = quantile_of(known, n, .5);
    mean = square = 0;
    for (int i = 0; i < n; i++) {
        mean += fmin(fmax(known[i], low), high) / n;
    }
    for (int i = 0; i < n; i++) {
        square += pow(fmin(fmax(known[i], low), high) - mean, 2) / n;
    }
    for (int i = 0; i < ROWS; i++) {
        const double t = skewed ? copysign(log1p(fabs(x[i])), x[i]) : x[i];
        z[i] = ((isnan(x[i]) ? fill : fmin(fmax(t, low), high)) - mean) / sqrt(square);
    }
    return filled;
}

static double correlate(const double *a, const double *b)
{
    double ma = 0, mb = 0, aa = 0, bb = 0, ab = 0;
    for (int i = 0; i < ROWS; i++) {
        ma += a[i] / ROWS;
        mb += b[i] / ROWS;
    }
    for (int i = 0; i < ROWS; i++) {
        aa += (a[i] - ma) * (a[i] - ma);
        bb += (b[i] - mb) * (b[i] - mb);
        ab += (a[i] - ma) * (b[i] - mb);
    }
    return ab / sqrt(aa * bb);
}

/* The parts of the numbers by the rule, in their order of preference: value, behavioral, demographic. */
static void part_naively(const made *m, const int *order, tsl_part *part)
{
    double z[NUMBERS][ROWS], filled[NUMBERS], score[NUMBERS], most;
    int first = -1;
    for (int j = 0; j < NUMBERS; j++) {
        part[j] = TSL_PART_REST;
        filled[j] = scale_naively(m->x[j], z[j]);
        double told = 0;
        for (int f = 0; f < 4; f++) {
            double flag[ROWS];
            for (int i = 0; i < ROWS; i++) {
                flag[i] = f == 3 ? m->flag[i] : m->city[i] == f;
            }
            told = fmax(told, pow(correlate(z[j], flag), 2));
        }
        part[j] = told > .5 ? TSL_PART_TOLD : part[j];
    }
    for (int j = 0; j < NUMBERS; j++) {
        part[j] = part[j] == TSL_PART_REST && filled[j] > .5 ? TSL_PART_FILLED : part[j];
    }
    for (int lead = 0; lead < 2; lead++) {
        most = 0;
        for (int j = 0; j < NUMBERS; j++) {
            const double own = first < 0 ? 1 : 1 - pow(correlate(z[j], z[first]), 2);
            score[j] = 0;
            for (int i = 0; i < NUMBERS && part[j] == TSL_PART_REST && own > (first < 0 ? 0 : .5); i++) {
                if (part[i] == TSL_PART_REST || i == first) {
                    const double both =
                        first < 0 ? correlate(z[i], z[j])
                                  : correlate(z[i], z[j]) - correlate(z[i], z[first]) * correlate(z[j], z[first]);
                    score[j] += both * both / own;
                }
            }
            most = fmax(most, score[j]);
        }
        for (int o = 0; o < NUMBERS && most > 0; o++) {
            if (score[order[o]] >= .8 * most) {
                first = lead ? first : order[o];
                part[order[o]] = lead ? TSL_PART_SECOND : TSL_PART_FIRST;
                break;
            }
        }
    }
}

static void test_against_naive(void **state)
{
    (void)state;
    static const char *const names[] = {"amount0", "income", "visits", "amount1", "spend2", "pages", "kids"};
    static const int order[] = {0, 3, 4, 2, 5, 1, 6}; /* amounts, behaviour, then income and kids */
    size_t told = 0, filled = 0;
    for (uint32_t seed = 1; seed < 40; seed++) {
        made m;
        tsl_part part[NUMBERS];
        make(&m, seed);
        tsl_features *f = fit(m.csv.data, NULL);
        part_naively(&m, order, part);
        size_t columns = 0;
        for (size_t c = 0; c < f->recipe->column_count; c++) {
            const tsl_vector_column *column = &f->recipe->column[c];
            double z[ROWS];
            int j = 0;
            if (!column->extra) {
                continue;
            }
            while (strcmp(names[j], column->name) != 0) {
                j++;
            }
            assert_string_equal(tsl_part_get_name(column->part), tsl_part_get_name(part[j]));
            assert_true(column->weight == (part[j] == TSL_PART_FIRST || part[j] == TSL_PART_SECOND));
            scale_naively(m.x[j], z);
            for (int i = 0; i < ROWS; i++) {
                assert_true(fabs(tsl__normalise_get(column, m.x[j][i]) - z[i]) < 1e-9);
            }
            told += part[j] == TSL_PART_TOLD;
            filled += part[j] == TSL_PART_FILLED;
            columns++;
        }
        assert_int_equal(columns, NUMBERS);
        tsl_features_free(f);
        tsl__text_free(&m.csv);
    }
    assert_true(told > 20 && filled > 5);
}

/* Over half of the variance, and over half of the customers, each from both sides. */
static void test_limits(void **state)
{
    (void)state;
    /* x = 0 five times, and 1 2 3 4 5: of 10 customers, then of 11 */
    const char half[] = "customer_id,x,q,f\na,0,3,yes\nb,0,1,no\nc,0,4,no\nd,0,1,yes\ne,0,5,yes\nf,1,9,no\ng,2,2,no\n"
                        "h,3,6,yes\ni,4,8,no\nj,5,7,yes\n";
    char over[sizeof half + 16];
    check_fit(half, NULL, "x first*, q second*");
    snprintf(over, sizeof over, "%sk,0,1,no\n", half);
    check_fit(over, NULL, "x filled, q first*");
    /* of 0 2 2 4 a flag of two and two tells the half */
    check_fit("customer_id,x,q,f\na,0,3,yes\nb,2,1,yes\nc,2.1,2,no\nd,4,4,no\n", NULL, "x told, q first*");
    check_fit("customer_id,x,q,f\na,0,3,yes\nb,2,1,yes\nc,1.9,2,no\nd,4,4,no\n", NULL, "x first*, q second*");
    /* where all are struck out, none is: first by the flag, then by the value */
    check_fit("customer_id,x,f\na,0,yes\nb,1,yes\nc,10,no\nd,11,no\n", NULL, "x first*");
    check_fit("customer_id,x\na,0\nb,0\nc,0\nd,1\ne,2\n", NULL, "x first*");
}

/* Of alike ones value comes first, then behaviour, then who they are, then the table's order. */
static void test_preference(void **state)
{
    (void)state;
    /* none tells anything of another */
    check_fit("customer_id,age,visits,spend\na,1,2,5\nb,2,6,4\nc,3,4,8\nd,4,8,1\ne,5,3,3\nf,6,7,6\ng,7,1,2\nh,8,5,7\n",
              NULL, "spend first*, visits second*, age rest");
    check_fit("customer_id,income,age\na,1,4\nb,2,1\nc,3,3\nd,4,2\n", NULL, "income first*, age second*");
    check_fit("customer_id,age,income\na,4,1\nb,1,2\nc,3,3\nd,2,4\n", NULL, "age first*, income second*");
}

/* ---- What may lead ---------------------------------------------------------------------- */

/* No ids, days, two values, nor what does not vary, nor what repeats the first. */
static void test_candidates(void **state)
{
    (void)state;
    check_fit("customer_id,record_no,joined,level,same,spend,twice\na,7,2020-01-01,1,5,2,4\nb,8,2020-03-01,2,5,4,8\n"
              "c,9,2020-02-01,1,5,1,2\nd,10,2021-02-01,2,5,3,6\n",
              NULL, "spend first*, twice rest");
    tsl_table *table = table_declared(TSL_CUSTOMERS, "customer_id,age,spend\na,1,2\nb,2,4\nc,3,1\nd,4,3\n",
                                      &(tsl_column_rule){.name = "spend", .group = TSL_GROUP_AUTO, .sensitive = 1}, 1);
    tsl_features *f = features_of(table, NULL, NULL, NULL, NULL);
    check(f, "age first*");
    tsl_features_free(f);
    tsl_table_free(table);
}

/* Mostly empty columns are numbers like others: the median fills them, and strikes them out. */
static void test_empty_cells(void **state)
{
    (void)state;
    /* two of seven, then four, and the 3 that is their median */
    check_fit("customer_id,spend,visits\na,1,4\nb,,1\nc,,3\nd,3,2\ne,5,6\nf,9,5\ng,2,7\n", NULL,
              "spend first*, visits second*");
    check_fit("customer_id,spend,visits\na,1,4\nb,,1\nc,,3\nd,3,2\ne,5,6\nf,,5\ng,,7\n", NULL,
              "spend filled, visits first*");
    /* between two values the median is neither */
    check_fit("customer_id,spend,visits\na,1,4\nb,,1\nc,,3\nd,3,2\ne,5,6\nf,,5\ng,,7\nh,7,8\n", NULL,
              "spend first*, visits second*");
}

static void test_weights_of_groups(void **state)
{
    (void)state;
    const char csv[] = "customer_id,age,visits,spend\na,1,4,2\nb,2,1,4\nc,3,3,1\nd,4,2,3\n";
    tsl_table *table = table_of_text(TSL_CUSTOMERS, csv);
    tsl_feature_options opt;
    TSL_DEFAULTS(feature, &opt);
    opt.weight[TSL_VALUE] = 0;
    opt.weight[TSL_BEHAVIORAL] = 4;
    tsl_features *f = features_of(table, NULL, NULL, NULL, &opt);
    check(f, "visits first*, age second*");
    for (size_t c = 0; c < f->recipe->column_count; c++) {
        const tsl_vector_column *column = &f->recipe->column[c];
        assert_true(!column->extra || column->weight == (column->part == TSL_PART_FIRST ? 2 : 1));
    }
    tsl_features_free(f);
    tsl_table_free(table);
}

/* ---- How it is asked for ------------------------------------------------------------------ */

static const char four[] =
    "customer_id,age,visits,spend,pages,city\na,1,4,2,1,x\nb,2,1,4,5,y\nc,3,3,1,2,x\nd,4,2,3,9,y\n"
    "e,5,6,5,7,x\nf,6,5,6,3,y\n";

static void test_asked(void **state)
{
    (void)state;
    const char *age[] = {"age"}, *spend[] = {"spend"}, *city[] = {"city=*"}, *all[] = {"*"};
    check_fit(four, NULL, "spend first*, visits second*, pages rest, age rest");
    check_fit(four, &(tsl_selection){.wide = 1}, "spend first*, visits second*, pages rest*, age rest*");
    check_fit(four, &(tsl_selection){.exclude = spend, .exclude_count = 1}, "visits first*, pages second*, age rest");
    check_fit(four, &(tsl_selection){.include = age, .include_count = 1},
              "spend first*, visits second*, pages rest, age rest added*");
    check_fit(four, &(tsl_selection){.include = city, .include_count = 1},
              "spend first*, visits second*, pages rest, age rest, city=x none added*, city=y none added*");
    check_fit(four,
              &(tsl_selection){
                  .include = city, .include_count = 1, .exclude = all, .exclude_count = 1, .basis = TSL_BASIS_NUMERIC},
              "city=x none added*, city=y none added*");
    tsl_features *f = fit(four, NULL);
    tsl_error err;
    assert_int_equal(tsl_features_fit_selection(
                         f, &(tsl_selection){.exclude = all, .exclude_count = 1, .basis = TSL_BASIS_NUMERIC}, &err),
                     TSL_E_OPTION);
    assert_string_equal(err.message, "no feature is left to cluster by");
    check(f, "spend first*, visits second*, pages rest, age rest"); /* nothing has changed */
    tsl_features_free(f);
}

static int same_bytes(const void *a, const void *b, size_t count)
{
    return memcmp(a, b, count) == 0;
}

/* Of features that are there: as if it had been asked for at once, and back. */
static void test_again(void **state)
{
    (void)state;
    const char *added[] = {"age", "city=x"};
    const tsl_selection narrow = {.include = added, .include_count = 2};
    tsl_selection wide = narrow;
    wide.wide = 1;
    tsl_features *f = fit(four, &narrow), *g = fit(four, &wide);
    check(f, "spend first*, visits second*, pages rest, age rest added*, city=x none added*, city=y none added");
    for (int i = 0; i < 3; i++) { /* f wide, g narrow, f narrow again */
        tsl_features *seen = i % 2 ? g : f, *fresh = fit(four, i == 0 ? &wide : &narrow);
        assert_int_equal(tsl__features_fit_again(seen, TSL_APART_DEFAULT, i == 0, NULL), TSL_OK);
        assert_int_equal(tsl__numeric_is_wide(seen->recipe), i == 0);
        assert_int_equal(seen->recipe->column_count, fresh->recipe->column_count);
        for (size_t c = 0; c < fresh->recipe->column_count; c++) {
            tsl_vector_column p = seen->recipe->column[c], q = fresh->recipe->column[c];
            assert_string_equal(p.name, q.name);
            assert_true(p.part == q.part && p.added == q.added && p.weight == q.weight && p.transform == q.transform);
            assert_true(same_bytes(&p.low, &q.low, 5 * sizeof p.low));
        }
        tsl_features_free(fresh);
    }
    tsl_features_free(f);
    tsl_features_free(g);
}

/* Where columns are not scaled to z there are no places, and all numbers are in the distance. */
static void test_other_scales(void **state)
{
    (void)state;
    tsl_table *table = table_of_text(TSL_CUSTOMERS, four);
    tsl_feature_options opt;
    TSL_DEFAULTS(feature, &opt);
    for (int scale = 0; scale < TSL_SCALES; scale++) {
        tsl__anchors anchors;
        opt.scale = (tsl_scale)scale;
        tsl_features *f = features_of(table, NULL, NULL, NULL, &opt);
        check(f, scale == TSL_SCALE_Z ? "spend first*, visits second*, pages rest, age rest"
                                      : "spend first*, visits second*, pages rest*, age rest*");
        assert_int_equal(tsl__anchors_build(f->recipe, &anchors, NULL), TSL_OK);
        assert_int_equal(anchors.count, scale == TSL_SCALE_Z ? 4 : 0);
        tsl__anchors_free(&anchors);
        tsl_features_free(f);
    }
    tsl_table_free(table);
}

/* Four places, by the order of the matrix's columns; free where a column was added. */
static void test_places(void **state)
{
    (void)state;
    const char *age[] = {"age"};
    tsl__anchors anchors;
    tsl_features *f = fit(four, &(tsl_selection){.include = age, .include_count = 1});
    static const double two[] = {NAN, .8, .8, NAN, -.8, .8, NAN, .8, -.8, NAN, -.8, -.8}; /* age, visits, spend */
    assert_int_equal(tsl__anchors_build(f->recipe, &anchors, NULL), TSL_OK);
    assert_int_equal(anchors.count, 4);
    assert_int_equal(anchors.cols, 3);
    assert_true(anchors.weight == 2);
    assert_string_equal(anchors.code[1], "HIGH_LOW"); /* high in the first, which is spend */
    for (size_t i = 0; i < 12; i++) {
        assert_true(anchors.place[i] == two[i] || (isnan(two[i]) && isnan(anchors.place[i])));
    }
    tsl__anchors_free(&anchors);
    tsl_features_free(f);
    f = fit("customer_id,spend\na,1\nb,2\nc,5\n", NULL);
    static const double one[] = {1.4, 1.4 / 3, -1.4 / 3, -1.4};
    assert_int_equal(tsl__anchors_build(f->recipe, &anchors, NULL), TSL_OK);
    assert_int_equal(anchors.count, 4);
    assert_int_equal(anchors.cols, 1);
    assert_memory_equal(anchors.place, one, sizeof one);
    tsl__anchors_free(&anchors);
    tsl_features_free(f);
}

/* ---- Without numbers -------------------------------------------------------------------------- */

/* Yes and no are as far apart as two values of a category. */
static void test_flags(void **state)
{
    (void)state;
    const char *city[] = {"city=x"};
    tsl_features *f = fit("customer_id,member,city\na,yes,x\nb,no,y\nc,,x\nd,yes,z\n", NULL);
    check(f, "member flag*, city=x flag*, city=y flag*, city=z flag*");
    tsl_feature_matrix *m = NULL;
    assert_int_equal(tsl_features_get_matrix(f, NULL, &m, NULL), TSL_OK);
    double square = 0;
    for (size_t c = 0; c < m->cols; c++) {
        square += pow(m->values[c] - m->values[m->cols + c], 2);
    }
    assert_true(fabs(square - 2) < 1e-12); /* a and b differ in both */
    tsl_feature_matrix_free(m);
    assert_true(tsl__numeric_is_flags(f->recipe));
    assert_int_equal(tsl__features_fit_again(f, TSL_APART_DEFAULT, 1, NULL), TSL_OK);
    check(f, "member flag*, city=x flag*, city=y flag*, city=z flag*");
    tsl_features_free(f);
    f = fit("customer_id,member,city\na,yes,x\nb,no,y\nc,,x\nd,yes,z\n",
            &(tsl_selection){.exclude = city, .exclude_count = 1});
    check(f, "member flag*, city=x flag, city=y flag*, city=z flag*");
    assert_int_equal(tsl__features_fit_again(f, TSL_APART_DEFAULT, 0, NULL), TSL_OK);
    check(f, "member flag*, city=x flag, city=y flag*, city=z flag*");
    tsl_features_free(f);
}

/* Neither: all vectors, where they hold something, and a note; else what is refused as ever. */
static void test_nothing(void **state)
{
    (void)state;
    const char days[] = "customer_id,joined\na,2020-01-01\nb,2020-03-01\nc,2020-02-01\n";
    tsl_features *f = fit(days, NULL);
    tsl_error err;
    assert_int_equal(f->recipe->basis, TSL_BASIS_ALL);
    assert_non_null(strstr(f->info.notes.text[f->info.notes.count - 1], "all vectors"));
    assert_int_equal(tsl_features_fit_selection(f, &(tsl_selection){.basis = TSL_BASIS_NUMERIC}, &err), TSL_E_OPTION);
    assert_int_equal(f->recipe->basis, TSL_BASIS_ALL);
    tsl_features_free(f);
    static const char *const alike[] = {"customer_id,x,y\na,1,2\nb,1,2\n", "customer_id,x\na,1\n"};
    for (size_t i = 0; i < 2; i++) {
        tsl_table *table = table_of_text(TSL_CUSTOMERS, alike[i]);
        const tsl_tables tables = {table, NULL, NULL, TSL_NO_DAY, 0};
        assert_int_equal(tsl_features_build(&tables, NULL, NULL, NULL, &f, &err), TSL_E_INPUT);
        tsl_table_free(table);
    }
}

/* Of orders, too: of those who are not set apart. */
static void test_orders(void **state)
{
    (void)state;
    tsl__text csv = {0};
    tsl__text_puts(&csv, "customer_id,order_id,date,amount\n");
    for (int i = 0; i < 200; i++) {
        for (int o = 0; o < (i < 40 ? 1 : 2 + i % 4); o++) {
            tsl__text_printf(&csv, "c%03d,%d-%d,2024-%02d-%02d,%d\n", i, i, o, 1 + (i * 7 + o) % 12,
                             1 + (i + o * 5) % 28, 10 + (i * 37 + o * 11) % 90);
        }
    }
    tsl_table *table = table_of_text(TSL_TRANSACTIONS, csv.data);
    tsl_feature_options opt;
    TSL_DEFAULTS(feature, &opt);
    opt.selection.basis = TSL_BASIS_NUMERIC;
    tsl_features *f = features_of(NULL, table, NULL, NULL, &opt);
    size_t apart = 0, leads = 0, numbers = 0;
    for (size_t i = 0; i < f->customers; i++) {
        apart += f->apart[i] >= 0;
    }
    assert_int_equal(apart, 40);
    for (size_t c = 0; c < f->recipe->column_count; c++) {
        const tsl_vector_column *column = &f->recipe->column[c];
        leads += column->weight > 0;
        numbers += column->part != TSL_PART_NONE;
        assert_true(column->weight == 0 || column->group == TSL_VALUE); /* value comes first */
    }
    assert_int_equal(leads, 2);
    assert_true(numbers > 8);
    /* set apart otherwise, the numbers are weighed anew, as at once */
    opt.selection.apart = TSL_APART_POTENTIAL;
    opt.selection.wide = 1;
    tsl_features *g = features_of(NULL, table, NULL, NULL, &opt);
    assert_int_equal(tsl__features_fit_again(f, TSL_APART_POTENTIAL, 1, NULL), TSL_OK);
    assert_int_equal(f->recipe->column_count, g->recipe->column_count);
    for (size_t c = 0; c < f->recipe->column_count; c++) {
        const tsl_vector_column *p = &f->recipe->column[c], *q = &g->recipe->column[c];
        assert_true(strcmp(p->name, q->name) == 0 && p->part == q->part && p->weight == q->weight &&
                    p->center == q->center);
    }
    tsl_features_free(f);
    tsl_features_free(g);
    tsl_table_free(table);
    tsl__text_free(&csv);
}

/* ---- What is said ---------------------------------------------------------------------------------- */

static void test_notes(void **state)
{
    (void)state;
    static const char how[] =
        " (--basis numeric+NAME adds a column, --exclude NAME takes one out, --basis all takes all)";
    const char told[] = "customer_id,x,y,f\na,0,3,yes\nb,1,1,yes\nc,10,2,no\nd,11,4,no\n";
    const struct {
        const char *csv;
        int wide;
        const char *said[2];
    } cases[] = {
        {four,
         0,
         {"clusters are found by spend and visits, which of 4 numbers tell most of all of them together; all others "
          "describe the clusters"}},
        {four, 1, {"clusters are found by these numbers: spend, visits, pages, age"}},
        {told,
         0,
         {"clusters are found by y alone; all others describe the clusters",
          "clusters are not found by x: a yes/no column or a value of a category tells over half of it"}},
        {"customer_id,f\na,yes\nb,no\n",
         0,
         {"clusters are found by the yes/no columns and categories, as no number varies"}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tsl_notes notes = {0};
        char first[400];
        tsl_features *f = fit(cases[i].csv, &(tsl_selection){.wide = cases[i].wide});
        assert_int_equal(tsl__numeric_note(f->recipe, &notes, NULL), TSL_OK);
        snprintf(first, sizeof first, "%s%s", cases[i].said[0], how);
        assert_string_equal(notes.text[0], first);
        assert_int_equal(notes.count, 1 + (cases[i].said[1] != NULL));
        if (cases[i].said[1]) {
            assert_string_equal(notes.text[1], cases[i].said[1]);
        }
        tsl__notes_free(&notes);
        tsl_features_free(f);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_against_naive), cmocka_unit_test(test_limits),
        cmocka_unit_test(test_preference),    cmocka_unit_test(test_candidates),
        cmocka_unit_test(test_empty_cells),   cmocka_unit_test(test_weights_of_groups),
        cmocka_unit_test(test_asked),         cmocka_unit_test(test_again),
        cmocka_unit_test(test_other_scales),  cmocka_unit_test(test_places),
        cmocka_unit_test(test_flags),         cmocka_unit_test(test_nothing),
        cmocka_unit_test(test_orders),        cmocka_unit_test(test_notes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
