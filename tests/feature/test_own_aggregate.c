/* test_own_aggregate.c: every aggregate, level and window of a line of the user's own, counted by hand; and that it is
 * the same however the rows stand, are kept, and come back from a file. */
#include "tables.h"

#include "feature/own_line.h"

#include <unistd.h>

static const char sales[] = "customer,order,date,amount,qty,cat\n"
                            "a,1,2024-01-10,10,1,G\na,1,2024-01-10,30,3,H\na,2,2024-03-05,-5,1,G\n"
                            "a,3,2024-04-01,20,2,G\na,4,2024-06-30,40,4,H\nb,5,2024-06-01,8,,G\n";
static const char shuffled[] = "customer,order,date,amount,qty,cat\n"
                               "a,4,2024-06-30,40,4,H\nb,5,2024-06-01,8,,G\na,1,2024-01-10,30,3,H\n"
                               "a,3,2024-04-01,20,2,G\na,1,2024-01-10,10,1,G\na,2,2024-03-05,-5,1,G\n";
static const char visits[] =
    "customer,date,kind,minutes\na,2024-06-01,visit,5\na,2024-06-04,visit,\na,2024-06-10,call,9\n"
    "a,2024-06-14,visit,7\nb,2024-06-02,visit,1\n";

#define LINE(level_, aggregate_, source_, filter_, window_)                                                            \
    {                                                                                                                  \
        .name = "own", .level = (level_), .aggregate = (aggregate_), .source = (source_), .filter = (filter_),         \
        .window = (window_)                                                                                            \
    }

typedef struct story {
    tsl_feature_line line;
    double a, b;
} story;

#define G "cat = 'G'"

static const story stories[] = {
    {LINE("lines", "count", NULL, NULL, NULL), 5, 1},
    {LINE("lines", "count", NULL, G, NULL), 3, 1},
    {LINE("lines", "count", NULL, NULL, "2 months"), 1, 1},
    {LINE("lines", "count", NULL, NULL, "previous 2 months"), 2, 0},
    {LINE("lines", "count", NULL, NULL, "90 days"), 1, 1},
    {LINE("lines", "count", NULL, NULL, "91 days"), 2, 1},
    {LINE("purchases", "count", NULL, NULL, NULL), 3, 1},
    {LINE("purchases", "count", NULL, "qty >= 3", NULL), 2, 0}, /* one of its lines is */
    {LINE("days", "count", NULL, NULL, "previous 91 days"), 1, 0},
    {LINE("lines", "sum", "amount", G, NULL), 25, 8},
    {LINE("lines", "sum", "qty * 2", NULL, NULL), 22, 0},
    {LINE("purchases", "sum", "qty", NULL, NULL), 10, 0}, /* of a purchase the sum of its lines */
    {LINE("purchases", "max", "qty", NULL, NULL), 4, NAN},
    {LINE("purchases", "max", "lines", NULL, NULL), 2, 1},
    {LINE("days", "mean", "amount", NULL, NULL), 100.0 / 3, 8},
    {LINE("lines", "mean", "amount", NULL, NULL), 19, 8},
    {LINE("lines", "min", "amount", NULL, NULL), -5, 8},
    {LINE("lines", "min", "amount", "amount > 0", NULL), 10, 8},
    {LINE("lines", "max", "amount", G, NULL), 20, 8},
    {LINE("lines", "sd", "amount", NULL, NULL), 17.46424919657298, NAN}, /* sqrt(305) */
    {LINE("lines", "first", "amount", NULL, NULL), 10, 8},
    {LINE("lines", "first", "qty", "cat = 'H'", NULL), 3, NAN},
    {LINE("lines", "last", "qty", G, NULL), 2, NAN},
    {LINE("lines", "distinct", "cat", NULL, NULL), 2, 1},
    {LINE("lines", "distinct", NULL, NULL, NULL), 4, 1}, /* days */
    {LINE("lines", "share", NULL, G, NULL), .6, 1},
    {LINE("lines", "share", "amount", G, "100 days"), 1.0 / 3, 1},
    {LINE("lines", "share", "amount", G, "previous 100 days"), 1.0 / 7, NAN},
    {LINE("lines", "share", NULL, G, "previous 100 days"), 2.0 / 3, NAN},
    {LINE("purchase_lines", "share", "amount", G, NULL), .3, 1},
    {LINE("purchase_lines", "share", "qty", G, NULL), .3, NAN},
    {LINE("lines", "share", NULL, "qty < 2", NULL), .4, NAN}, /* of what is unknown there is no share */
    {LINE("lines", "share", "amount", "qty < 2", NULL), 5.0 / 95, NAN},
    {LINE("purchases", "share", NULL, "qty < 2", NULL), 1.0 / 3, NAN},
    {LINE("lines", "share", NULL, "hour(date) < 6", NULL), NAN, NAN}, /* days alone */
    {LINE("lines", "rate", NULL, NULL, NULL), 150.0 / 173, 1},
    {LINE("lines", "rate", NULL, "cat = 'H'", "100 days"), .3, 0},
    {LINE("purchases", "gap_mean", NULL, NULL, NULL), 86, NAN},
    {LINE("purchases", "gap_median", NULL, NULL, NULL), 86, NAN},
    {LINE("days", "gap_max", NULL, NULL, NULL), 90, NAN},
    {LINE("purchases", "gap_sd", NULL, NULL, NULL), 5.656854249492381, NAN}, /* sqrt(32) */
    {LINE("lines", "gap_mean", NULL, G, NULL), 41, NAN},
    {LINE("lines", "gap_median", NULL, NULL, NULL), 55, NAN}, /* 55, 27, 90: two lines of one day are one */
    {LINE("lines", "since_first", NULL, "cat = 'H'", NULL), 173, NAN},
    {LINE("lines", "since_last", NULL, G, NULL), 91, 30},
    {LINE("lines", "slope", "amount", NULL, "6 months"), 12.5 / 17.5, 20 / 17.5},
    {LINE("lines", "slope", "amount", NULL, NULL), 12.5 / 17.5, NAN},
    {LINE("lines", "slope", "amount", NULL, "previous 3 months"), -22.5, 0},
    {LINE("purchases", "slope", NULL, NULL, "2 months"), 1, 1},
    {LINE("purchase_lines", "entropy", "cat", NULL, NULL), 0.6108643020548935, 0},
    {LINE("purchase_lines", "entropy", "cat", NULL, "90 days"), 0, 0},
    {LINE("interactions", "count", NULL, "kind != 'call'", NULL), 3, 1},
    {LINE("interactions", "gap_mean", NULL, "kind = 'visit'", NULL), 6.5, NAN},
    {LINE("interactions", "mean", "minutes", NULL, NULL), 7, 1},
    {LINE("interactions", "sum", "minutes", "minutes < 9", "30 days"), 12, 1},
};
#define STORIES (sizeof stories / sizeof *stories)

/* The table with what a line is made of. */
static tsl_table *table_for(tsl_table_kind kind, const char *csv, const tsl_feature_line *line, size_t lines,
                            int by_customer)
{
    const tsl_source source = {.bytes = csv, .count = strlen(csv)};
    tsl__line_columns columns;
    tsl_table_options opt;
    tsl_table *table = NULL;
    tsl_error err = {0};
    TSL_DEFAULTS(table, &opt);
    assert_int_equal(tsl__line_columns_open(line, lines, kind, &columns, &err), TSL_OK);
    opt.columns = columns.column;
    opt.column_count = columns.count;
    opt.by_customer = by_customer;
    if (tsl_table_read(kind, &source, 1, NULL, NULL, &opt, NULL, &table, &err) != TSL_OK) {
        fail_msg("%s", err.message);
    }
    tsl__line_columns_free(&columns);
    return table;
}

static tsl_features *build(const char *csv, const tsl_feature_line *line, size_t lines, const tsl_recipe *recipe,
                           int by_customer)
{
    tsl_feature_options opt;
    TSL_DEFAULTS(feature, &opt);
    opt.line = line;
    opt.line_count = lines;
    tsl_table *t = table_for(TSL_TRANSACTIONS, csv, line, lines, by_customer),
              *i = table_for(TSL_INTERACTIONS, visits, line, lines, by_customer);
    tsl_features *f = features_of(NULL, t, i, recipe, &opt);
    tsl_table_free(t);
    tsl_table_free(i);
    return f;
}

static void test_by_hand(void **state)
{
    (void)state;
    for (size_t i = 0; i < STORIES; i++) {
        const tsl_feature_line *line = &stories[i].line;
        char what[200];
        snprintf(what, sizeof what, "%s of %s over %s where %s, %s", line->aggregate, line->source ? line->source : "-",
                 line->level, line->filter ? line->filter : "-", line->window ? line->window : "all");
        tsl_features *f = build(sales, line, 1, NULL, 0);
        check_near(feature_of(f, "a", "own"), stories[i].a, what);
        check_near(feature_of(f, "b", "own"), stories[i].b, what);
        tsl_features_free(f);
    }
}

/* All of them at once, under names of their own. */
static void name_all(tsl_feature_line line[STORIES], char name[STORIES][16])
{
    for (size_t i = 0; i < STORIES; i++) {
        snprintf(name[i], sizeof name[i], "own_%zu", i);
        line[i] = stories[i].line;
        line[i].name = name[i];
    }
}

static void assert_same_values(const tsl_features *a, const tsl_features *b)
{
    assert_int_equal(a->feature_count, b->feature_count);
    assert_int_equal(a->customers, b->customers);
    for (size_t i = 0; i < a->customers * a->feature_count; i++) {
        if (a->x[i] != b->x[i] && !(isnan(a->x[i]) && isnan(b->x[i]))) {
            fail_msg("%s: %g, %g", a->feature[i % a->feature_count].name, a->x[i], b->x[i]);
        }
    }
}

static void test_one_answer(void **state)
{
    (void)state;
    tsl_feature_line line[STORIES];
    char name[STORIES][16];
    name_all(line, name);
    tsl_features *f = build(sales, line, STORIES, NULL, 0);
    for (int by_customer = 0; by_customer < 2; by_customer++) {
        tsl_features *again = build(by_customer ? sales : shuffled, line, STORIES, NULL, by_customer);
        assert_same_values(f, again);
        tsl_features_free(again);
        again = build(shuffled, line, STORIES, f->recipe, by_customer); /* an apply */
        assert_same_values(f, again);
        tsl_features_free(again);
    }
    for (size_t i = 0; i < STORIES; i++) {
        check_near(feature_of(f, "a", name[i]), stories[i].a, name[i]);
    }
    tsl_features_free(f);
}

/* The recipe that a file holds makes the same. */
static void test_file(void **state)
{
    (void)state;
    tsl_feature_line line[STORIES];
    char name[STORIES][16], path[] = "/tmp/tesela-own-XXXXXX";
    const int made = mkstemp(path);
    tsl_features *read = NULL, *again;
    tsl_error err = {0};
    assert_true(made >= 0);
    close(made);
    name_all(line, name);
    line[0].definition = "lines of any kind";
    line[0].unit = "pieces";
    line[0].group = "value";
    line[0].transform = "log1p";
    line[0].profile = 1;
    tsl_features *f = build(sales, line, STORIES, NULL, 1);
    const tsl_target target = {.path = path, .replace = 1};
    if (tsl_features_write(f, &target, NULL, &err) != TSL_OK ||
        tsl_features_read(&(tsl_source){.path = path}, NULL, &read, &err) != TSL_OK) {
        fail_msg("%s", err.message);
    }
    unlink(path);
    assert_int_equal(read->recipe->line_count, STORIES);
    for (size_t i = 0; i < STORIES; i++) {
        assert_true(tsl__lines_are_same(&read->recipe->line[i], &line[i]));
    }
    const tsl_feature *first = &read->feature[tsl_features_get_index(read, "own_0")];
    assert_string_equal(first->definition, "lines of any kind");
    assert_string_equal(first->unit, "pieces");
    assert_int_equal(first->group, TSL_VALUE);
    assert_int_equal(first->transform, TSL_LOG1P);
    assert_int_equal(first->profile, 1);
    again = build(shuffled, read->recipe->line, STORIES, read->recipe, 1);
    assert_same_values(f, again);
    tsl_features_free(again);
    tsl_features_free(read);
    tsl_features_free(f);
}

/* Columns that the tables lack: refused by name, or missing where that is allowed. */
static void test_lacking_columns(void **state)
{
    (void)state;
    static const tsl_feature_line line = LINE("lines", "count", NULL, G, NULL);
    tsl_features *fit = build(sales, &line, 1, NULL, 0), *f = NULL;
    tsl_table *t = table_of_text(TSL_TRANSACTIONS, sales), *i = table_of_text(TSL_INTERACTIONS, visits);
    const tsl_tables tables = {NULL, t, i, TSL_NO_DAY, 0};
    tsl_feature_options opt;
    tsl_error err;
    TSL_DEFAULTS(feature, &opt);
    assert_int_equal(tsl_features_build(&tables, fit->recipe, &opt, NULL, &f, &err), TSL_E_INPUT);
    assert_non_null(strstr(err.message, "cat = 'G' (transactions)"));
    opt.allow_missing = 1;
    assert_int_equal(tsl_features_build(&tables, fit->recipe, &opt, NULL, &f, &err), TSL_OK);
    assert_feature(f, "a", "own", NAN);
    tsl_features_free(f);
    opt.line = &line;
    opt.line_count = 1;
    assert_int_equal(tsl_features_build(&tables, NULL, &opt, NULL, &f, &err), TSL_E_INPUT);
    assert_non_null(strstr(err.message, "feature own: the tables lack what it is made of: cat = 'G' (transactions)"));
    tsl_features_free(fit);
    tsl_table_free(t);
    tsl_table_free(i);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_by_hand), cmocka_unit_test(test_one_answer),
                                       cmocka_unit_test(test_file), cmocka_unit_test(test_lacking_columns)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
