/* test_memory.c: every allocation of a run about typical places, with customers set apart, and of
 * its apply, of a period held out, of segments by a target, of labels judged by one, and of runs of customers without
 * orders fails once. */
#include "failing.h"
#include "feature/buyers.h"
#include "run/market.h"
#include "run/next/future.h"
#include "run/target/target_names.h"

#include <tesela/run.h>

static const tsl_exec one_thread = {.size = sizeof one_thread, .threads = 1};

/* Without models of purchases, which take most of the time: tests/feature/test_memory.c, tests/value. */
static tsl_feature_options without_models(void)
{
    tsl_feature_options opt;
    TSL_DEFAULTS(feature, &opt);
    opt.value_models = 0;
    return opt;
}

typedef struct story {
    const tsl_table *lines;
    const tsl_segmentation *given; /* or NULL */
} story;

static tsl_status run_all(void *user, tsl_error *err)
{
    const story *s = user;
    tsl_run *run = NULL;
    tsl_tree *tree = NULL;
    tsl_run_options opt;
    TSL_DEFAULTS(run, &opt);
    const tsl_feature_options features = without_models();
    opt.features = &features;
    opt.evidence = 0; /* tests/model/quality/test_evidence.c */
    tsl_status status = tsl_run_open(&opt, s->given, &one_thread, &run, err);
    if (status == TSL_OK) {
        status = tsl_run_read_table(run, s->lines, err);
    }
    if (status == TSL_OK) {
        status = tsl_run_build(run, TSL_RUN_LABELS, AS_OF, err);
    }
    if (status == TSL_OK) {
        status = tsl_run_build_tree(run, &tree, err);
        assert_int_equal(status == TSL_OK, tree != NULL);
    }
    if (status == TSL_OK) {
        const tsl_assignment *a = tsl_run_get_assignment(run);
        assert_int_equal(a->rows, 75);
        assert_int_equal(tsl_model_get_groups(tsl_run_get_model(run)), tree->k);
    }
    tsl_tree_free(tree);
    tsl_run_free(run);
    return status;
}

static void test_fit_and_apply(void **state)
{
    (void)state;
    buyers b = {.count = 0};
    for (int c = 0; c < 60; c++) {
        char amount[16];
        snprintf(amount, sizeof amount, "%d", 1 + c * c % 37);
        buyers_add_others(&b, 1, 1 + c, 10 + c % 9, amount);
    }
    buyers_add_once(&b, 6, 3, "9");
    buyers_add_once(&b, 7, 80, "9");
    buyers_add_returns(&b, 2, 5);
    tsl_table *lines = table_of_text(TSL_TRANSACTIONS, b.csv.data);
    story s = {.lines = lines};
    sweep_failures(run_all, &s, 200);
    tsl_run *run = NULL;
    tsl_segmentation fitted;
    assert_int_equal(tsl_run_open(NULL, NULL, &one_thread, &run, NULL), TSL_OK);
    assert_int_equal(tsl_run_read_table(run, lines, NULL), TSL_OK);
    assert_int_equal(tsl_run_build(run, TSL_RUN_LABELS, AS_OF, NULL), TSL_OK);
    tsl_run_get_segmentation(run, &fitted);
    assert_int_equal(fitted.model->class_count, 3);
    s.given = &fitted;
    sweep_failures(run_all, &s, 200);
    tsl_run_free(run);
    tsl_table_free(lines);
    tsl__text_free(&b.csv);
}

static market shop;

typedef struct period_story {
    tsl_run *run;
    const tsl_table *table;
    double eta2;
} period_story;

static tsl_status hold_out(void *user, tsl_error *err)
{
    period_story *s = user;
    tsl_next_free(s->run->next);
    s->run->next = NULL;
    tsl_status status = tsl__run_build_future(s->run, err);
    if (status == TSL_OK) {
        assert_true(s->run->next->eta2 == s->eta2);
    }
    s->run->stage_count = 0;
    return status;
}

static tsl_status judge(void *user, tsl_error *err)
{
    static const char csv[] = "id,label\nm0001,a\nm0002,b\nm0003,a\nm0004,b\nzz,c\n";
    const period_story *s = user;
    const tsl_tables tables = {.transactions = s->table, .as_of = TSL_NO_DAY};
    const tsl_source labels = {.bytes = csv, .count = sizeof csv - 1};
    tsl_next_options opt;
    tsl_next *next = NULL;
    TSL_DEFAULTS(next, &opt);
    opt.cut = MARKET_FIRST + 400;
    tsl_status status = tsl_next_build(&tables, &labels, &opt, &one_thread, &next, err);
    assert_int_equal(status == TSL_OK, next != NULL);
    if (next) {
        assert_int_equal(next->k, 2);
    }
    tsl_next_free(next);
    return status;
}

/* So many customers, and the first orders of each. */
static void take_some(int customers, int orders)
{
    int count = 0, customer = -1, taken = 0;
    for (int i = 0; i < shop.count; i++) {
        taken = shop.line[i].customer == customer ? taken + 1 : 0;
        customer = shop.line[i].customer;
        if (customer < customers && (taken < orders || shop.line[i].day > 400)) {
            shop.line[count++] = shop.line[i];
        }
    }
    shop.count = count;
}

static void test_hold_out(void **state)
{
    (void)state;
    tsl_error err;
    tsl_run_options opt;
    TSL_DEFAULTS(run, &opt);
    const tsl_feature_options features = without_models();
    opt.features = &features;
    opt.evidence = 0;
    market_fill(&shop, 1, 0);
    take_some(130, 3);
    tsl_table *table = market_table(&shop, MARKET_DAYS);
    period_story s = {.table = table};
    assert_int_equal(tsl_run_open(&opt, NULL, &one_thread, &s.run, &err), TSL_OK);
    assert_int_equal(tsl_run_read_table(s.run, table, &err), TSL_OK);
    assert_int_equal(tsl_run_build(s.run, TSL_RUN_LABELS, TSL_NO_DAY, &err), TSL_OK);
    assert_true(tsl_run_get_next(s.run)->k > 0);
    s.eta2 = tsl_run_get_next(s.run)->eta2;
    sweep_failures(hold_out, &s, 100);
    tsl_run_free(s.run);
    tsl_table_free(table);
}

typedef struct target_story {
    const tsl_table *table;
    const char *target;
} target_story;

static tsl_status run_target(void *user, tsl_error *err)
{
    const target_story *s = user;
    tsl_run *run = NULL;
    tsl_run_options opt;
    tsl_kmeans_options kmeans;
    TSL_DEFAULTS(run, &opt);
    const tsl_feature_options features = without_models();
    opt.features = &features;
    TSL_DEFAULTS(kmeans, &kmeans);
    kmeans.k = 3; /* no cross-validation: tests/model/descriptor */
    opt.kmeans = &kmeans;
    opt.target = s->target;
    opt.descriptors = 0;
    tsl_status status = tsl_run_open(&opt, NULL, &one_thread, &run, err);
    if (status == TSL_OK) {
        status = tsl_run_read_table(run, s->table, err);
    }
    if (status == TSL_OK) {
        status = tsl_run_build(run, TSL_RUN_MODEL, TSL_NO_DAY, err);
    }
    if (status == TSL_OK) {
        assert_int_equal(tsl_run_get_estimates(run)->k, tsl_run_get_model(run)->k);
        assert_int_equal(tsl_run_get_model(run)->by_tree, 1);
    }
    tsl_run_free(run);
    return status;
}

static tsl_status name_places(void *user, tsl_error *err)
{
    static char target[] = "frequency";
    static tsl_estimate segment[] = {{9, 2, 1, 3}, {9, 5, 4, 6}, {0, (double)NAN, (double)NAN, (double)NAN}};
    const tsl_estimates estimates = {.target = target, .k = 3, .segment = segment, .told = .5};
    static const double whole[] = {2, 5, (double)NAN};
    tsl__target_names names;
    (void)user;
    tsl_status status = tsl__target_names_build(&estimates, whole, &(tsl_model){.k = 3}, &names, err);
    if (status == TSL_OK) {
        assert_int_equal(names.count, 2);
        assert_string_equal(names.name[0].names[0], "Purchases: highest");
        assert_string_equal(names.name[0].segment, "S2");
        assert_string_equal(names.name[1].names[0], "Purchases: lowest");
        tsl__target_names_free(&names);
    } else {
        assert_null(names.name);
        assert_null(names.text);
    }
    return status;
}

static void test_target(void **state)
{
    (void)state;
    market_fill(&shop, 1, 0);
    take_some(130, 3);
    tsl_table *table = market_table(&shop, MARKET_DAYS);
    sweep_failures(run_target, &(target_story){table, "monetary_total"}, 200);
    sweep_failures(run_target, &(target_story){table, "next"}, 200);
    sweep_failures(name_places, NULL, 10);
    tsl_table_free(table);
}

static void test_judge(void **state)
{
    (void)state;
    market_fill(&shop, 1, 0);
    take_some(12, 3);
    tsl_table *table = market_table(&shop, MARKET_DAYS);
    period_story s = {.table = table};
    sweep_failures(judge, &s, 50);
    tsl_table_free(table);
}

static tsl_status run_once(void *user, tsl_error *err)
{
    tsl_run *run = NULL;
    tsl_run_options opt;
    TSL_DEFAULTS(run, &opt);
    const tsl_feature_options features = without_models();
    opt.features = &features;
    opt.evidence = 0;
    tsl_status status = tsl_run_open(&opt, NULL, &one_thread, &run, err);
    status = status == TSL_OK ? tsl_run_read_table(run, user, err) : status;
    status = status == TSL_OK ? tsl_run_build(run, TSL_RUN_LABELS, TSL_NO_DAY, err) : status;
    tsl_run_free(run);
    return status;
}

/* Every allocation of a run with outcomes, and of one without numbers, fails once. */
static void test_customers(void **state)
{
    (void)state;
    static const char *const csv[] = {
        "customer_id,spend,visits,plan,churn,status\na,1,4,x,yes,Stayed\nb,3,2,y,no,Churned\nc,2,9,x,,Joined\n"
        "d,8,5,y,no,Stayed\ne,5,1,x,yes,Churned\nf,4,3,x,no,Stayed\n",
        "customer_id,member,city\na,yes,x\nb,no,y\nc,yes,y\nd,no,x\ne,yes,x\n"};
    for (size_t i = 0; i < 2; i++) {
        tsl_table *table = NULL;
        const tsl_source source = {.bytes = csv[i], .count = strlen(csv[i])};
        assert_int_equal(tsl_table_read(TSL_CUSTOMERS, &source, 1, NULL, NULL, NULL, NULL, &table, NULL), TSL_OK);
        sweep_failures(run_once, table, 100);
        tsl_table_free(table);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_fit_and_apply), cmocka_unit_test(test_hold_out),
                                       cmocka_unit_test(test_target), cmocka_unit_test(test_judge),
                                       cmocka_unit_test(test_customers)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
