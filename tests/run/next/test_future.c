/* test_future.c: the last period held out: the segments of what lay before, and what
 * their customers did, added up naively. */
#include "run/market.h"

#include "base/notes.h"
#include "run/next/future.h"

static market shop;

enum { CUT = MARKET_DAYS - 90 };

/* A run over the lines before `until`, with its own options. */
static tsl_run *run_market(const tsl_run_options *opt, int until, tsl_table **table, int threads)
{
    const tsl_exec exec = {.size = sizeof exec, .threads = threads};
    tsl_run *run = NULL;
    tsl_error err;
    tsl_run_options quick;
    TSL_DEFAULTS(run, &quick);
    quick = opt ? *opt : quick;
    quick.evidence = 0; /* of the clusters now, which take their time */
    *table = market_table(&shop, until);
    if (tsl_run_open(&quick, NULL, &exec, &run, &err) != TSL_OK || tsl_run_read_table(run, *table, &err) != TSL_OK ||
        tsl_run_build(run, TSL_RUN_LABELS, MARKET_FIRST + until, &err) != TSL_OK) {
        fail_msg("%s", err.message);
    }
    return run;
}

static void close_market(tsl_run *run, tsl_table *table)
{
    tsl_run_free(run);
    tsl_table_free(table);
}

static int find(const tsl_features *f, int customer)
{
    char id[8];
    market_put_id(customer, id);
    for (size_t i = 0; i < f->customers; i++) {
        if (strcmp(f->id[i], id) == 0) {
            return (int)i;
        }
    }
    return -1;
}

/* Sizes, rates, and mean amounts of the segments in the days after those that the features are of. */
static void check_sums(const tsl_features *f, const tsl_model *model, const int32_t *label, const tsl_next *next)
{
    const int k = tsl_model_get_groups(model);
    uint64_t size[32] = {0}, happened[32] = {0}, fresh = 0, buyers = 0;
    int64_t net[32] = {0}, new_net = 0;
    assert_int_equal(next->k, k);
    for (int c = 0; c < MARKET_CUSTOMERS; c++) {
        int bought, earlier;
        const int64_t amount = market_get_net(&shop, c, CUT, MARKET_DAYS, &bought);
        (void)market_get_net(&shop, c, 0, CUT, &earlier);
        const int i = find(f, c);
        if (i < 0) {
            fresh += (uint64_t)bought;
            new_net += bought ? amount : 0;
            continue;
        }
        buyers += (uint64_t)earlier;
        size[label[i]]++;
        happened[label[i]] += (uint64_t)bought;
        net[label[i]] += amount;
    }
    for (int s = 0; s < k; s++) {
        const char *code = model->code && *model->code[s] ? model->code[s] : NULL;
        char name[16];
        snprintf(name, sizeof name, "S%d", s + 1);
        assert_string_equal(next->segment[s].name, code ? code : name);
        assert_int_equal(next->segment[s].outcome.size, size[s]);
        assert_int_equal(next->segment[s].outcome.happened, happened[s]);
        if (size[s]) {
            const double mean = (double)net[s] / 100 / (double)size[s];
            assert_true(fabs(next->segment[s].outcome.value_mean - mean) <= 1e-9 * (1 + fabs(mean)));
        }
    }
    assert_int_equal(next->new_size, fresh);
    assert_true(fresh > 0);
    assert_true(fabs(next->new_value - (double)new_net / 100) < 1e-9);
    assert_int_equal(next->customers, buyers);
}

/* The segments of a model that is applied to what lay before the cut. */
static void check_applied(const tsl_run *fitted, const tsl_next *next)
{
    tsl_segmentation delivered;
    tsl_run *apply = NULL;
    tsl_error err;
    tsl_table *part = market_table(&shop, CUT);
    tsl_run_get_segmentation(fitted, &delivered);
    if (tsl_run_open(NULL, &delivered, NULL, &apply, &err) != TSL_OK ||
        tsl_run_read_table(apply, part, &err) != TSL_OK ||
        tsl_run_build(apply, TSL_RUN_LABELS, MARKET_FIRST + CUT, &err) != TSL_OK) {
        fail_msg("%s", err.message);
    }
    check_sums(tsl_run_get_features(apply), delivered.model, tsl_run_get_assignment(apply)->label, next);
    close_market(apply, part);
}

/* The segments are those of a run on what lay before, where typical places draw them, or the model's as it is; and
 * nothing else that comes out is changed by the period that is held out. */
static void test_segments_of_before(void **state)
{
    (void)state;
    tsl_kmeans_options kmeans;
    tsl_feature_options features;
    tsl_run_options opt[4];
    TSL_DEFAULTS(kmeans, &kmeans);
    TSL_DEFAULTS(feature, &features);
    kmeans.k = 3;
    kmeans.seed = 9;
    features.selection.basis = TSL_BASIS_ALL;
    features.selection.apart = TSL_APART_NONE;
    for (int i = 0; i < 4; i++) {
        TSL_DEFAULTS(run, &opt[i]);
    }
    opt[1].kmeans = opt[2].kmeans = &kmeans;
    opt[2].features = &features;
    opt[3].weight = "frequency";
    market_fill(&shop, 1, CUT);
    for (int i = 0; i < 4; i++) {
        tsl_table *whole, *part, *again;
        tsl_run *run = run_market(&opt[i], MARKET_DAYS, &whole, 1);
        opt[i].holdout_days = 0;
        tsl_run *before = run_market(&opt[i], CUT, &part, 1), *plain = run_market(&opt[i], MARKET_DAYS, &again, 1);
        const tsl_next *next = tsl_run_get_next(run);
        assert_non_null(next);
        assert_int_equal(next->days, 90);
        assert_int_equal(next->cut, MARKET_FIRST + CUT);
        assert_int_equal(next->until, MARKET_FIRST + MARKET_DAYS);
        assert_int_equal(next->refitted, i == 0 || i == 3);
        if (next->refitted) {
            check_sums(tsl_run_get_features(before), tsl_run_get_model(before), tsl_run_get_assignment(before)->label,
                       next);
        } else {
            check_applied(run, next);
        }
        if (!(next->telling && next->eta2 > .1 && next->auc > .6)) {
            fail_msg("eta2 %g, AUC %g", next->eta2, next->auc);
        }
        assert_null(tsl_run_get_next(plain));
        const size_t customers = tsl_run_get_features(run)->customers;
        assert_memory_equal(tsl_run_get_assignment(run)->label, tsl_run_get_assignment(plain)->label,
                            customers * sizeof(int32_t));
        close_market(run, whole);
        close_market(before, part);
        close_market(plain, again);
    }
}

/* A table of customers, which has no days, holds those, too, who came after the cut: they are new, and of no segment.
 */
static void test_newcomers_of_a_table(void **state)
{
    (void)state;
    const tsl_exec exec = {.size = sizeof exec, .threads = 1};
    char people[MARKET_CUSTOMERS * 8 + 16] = "customer_id\n";
    tsl_table *alone, *lines, *customers = NULL;
    tsl_run_options opt;
    TSL_DEFAULTS(run, &opt);
    opt.evidence = 0;
    market_fill(&shop, 1, CUT);
    for (int c = 0; c < MARKET_CUSTOMERS; c++) {
        char id[8];
        market_put_id(c, id);
        strcat(strcat(people, id), "\n");
    }
    const tsl_source source = {.bytes = people, .count = strlen(people)};
    assert_int_equal(tsl_table_read(TSL_CUSTOMERS, &source, 1, NULL, NULL, NULL, &exec, &customers, NULL), TSL_OK);
    tsl_run *without = run_market(NULL, MARKET_DAYS, &alone, 1), *with = NULL;
    lines = market_table(&shop, MARKET_DAYS);
    assert_int_equal(tsl_run_open(&opt, NULL, &exec, &with, NULL), TSL_OK);
    assert_int_equal(tsl_run_read_table(with, customers, NULL), TSL_OK);
    assert_int_equal(tsl_run_read_table(with, lines, NULL), TSL_OK);
    assert_int_equal(tsl_run_build(with, TSL_RUN_LABELS, MARKET_FIRST + MARKET_DAYS, NULL), TSL_OK);
    const tsl_next *a = tsl_run_get_next(without), *b = tsl_run_get_next(with);
    assert_true(a->new_size > 0);
    assert_int_equal(a->new_size, b->new_size);
    assert_true(fabs(a->new_value - b->new_value) < 1e-9);
    assert_int_equal(a->k, b->k);
    for (int s = 0; s < a->k; s++) {
        assert_int_equal(a->segment[s].outcome.size, b->segment[s].outcome.size);
        assert_int_equal(a->segment[s].outcome.happened, b->segment[s].outcome.happened);
    }
    close_market(without, alone);
    close_market(with, lines);
    tsl_table_free(customers);
}

/* Where natural groups are delivered, those of before the cut are told apart by them, too. */
static void test_natural_groups(void **state)
{
    (void)state;
    tsl_table *table;
    tsl_run_options opt;
    const tsl_next *next;
    TSL_DEFAULTS(run, &opt);
    shop = (market){.count = 0};
    for (int c = 0; c < 360; c++) { /* often and little, now and then and much, seldom and little */
        tsl__rng rng = tsl__rng_open(8, 5, (uint32_t)c);
        static const int gap[] = {6, 40, 160}, price[] = {500, 90000, 500};
        for (int day = (int)tsl__rng_below(&rng, (uint32_t)gap[c % 3]); day < MARKET_DAYS; day += gap[c % 3]) {
            market_add(&shop, c, day, price[c % 3] + (int64_t)tsl__rng_below(&rng, 60), 1);
        }
    }
    table = market_table(&shop, MARKET_DAYS);
    tsl_run *run = NULL;
    tsl_error err;
    assert_int_equal(tsl_run_open(&opt, NULL, NULL, &run, &err), TSL_OK);
    assert_int_equal(tsl_run_read_table(run, table, &err), TSL_OK);
    assert_int_equal(tsl_run_build(run, TSL_RUN_LABELS, TSL_NO_DAY, &err), TSL_OK);
    const tsl_model *model = tsl_run_get_model(run);
    next = tsl_run_get_next(run);
    assert_int_equal(model->k, 3);
    assert_int_equal(model->sweep->placed, 0);
    assert_int_equal(next->k, tsl_model_get_groups(model));
    assert_false(next->refitted);
    for (int s = 0; s < 3; s++) {
        char name[16];
        snprintf(name, sizeof name, "S%d", s + 1);
        assert_string_equal(next->segment[s].name, name);
        assert_int_equal(next->segment[s].outcome.size, 120);
    }
    close_market(run, table);
}

/* The same bits for any number of threads. */
static void test_threads(void **state)
{
    (void)state;
    tsl_table *table;
    market_fill(&shop, 1, CUT);
    tsl_run *one = run_market(NULL, MARKET_DAYS, &table, 1);
    for (int threads = 2; threads < 5; threads += 2) {
        tsl_table *other;
        tsl_run *run = run_market(NULL, MARKET_DAYS, &other, threads);
        const tsl_next *a = tsl_run_get_next(one), *b = tsl_run_get_next(run);
        assert_int_equal(a->k, b->k);
        for (int s = 0; s < a->k; s++) {
            assert_memory_equal(&a->segment[s].outcome, &b->segment[s].outcome, sizeof a->segment[s].outcome);
        }
        assert_memory_equal(&a->eta2, &b->eta2, sizeof a->eta2);
        assert_memory_equal(&a->auc, &b->auc, sizeof a->auc);
        assert_memory_equal(&a->method, &b->method, sizeof a->method);
        close_market(run, other);
    }
    close_market(one, table);
}

/* Where what comes next has nothing to do with what was, it says so. */
static void test_a_lottery(void **state)
{
    (void)state;
    tsl_table *table;
    market_fill(&shop, 0, CUT);
    tsl_run *run = run_market(NULL, MARKET_DAYS, &table, 1);
    const tsl_next *next = tsl_run_get_next(run);
    assert_true(next->k > 0);
    assert_false(next->telling);
    assert_true(fabs(next->rate - .5) < .08);
    close_market(run, table);
}

static const char *get_note(const tsl_run *run)
{
    const tsl_next *next = tsl_run_get_next(run);
    assert_non_null(next);
    assert_int_equal(next->k, 0);
    assert_int_equal(next->notes.count, 1);
    return next->notes.text[0];
}

/* What stands in the way is a note, and the run goes on. */
static void test_why_not(void **state)
{
    (void)state;
    tsl_table *table;
    tsl_run_options opt;
    TSL_DEFAULTS(run, &opt);
    market_fill(&shop, 1, CUT);
    tsl_run *run = run_market(NULL, 170, &table, 1); /* 80 days before 90 */
    assert_non_null(strstr(get_note(run), "90 days of history before its 90 days"));
    close_market(run, table);
    opt.holdout_days = 400;
    run = run_market(&opt, MARKET_DAYS, &table, 1);
    assert_non_null(strstr(get_note(run), "400 days"));
    close_market(run, table);
    for (int i = 0; i < shop.count; i++) { /* 90 of them */
        shop.line[i].customer %= 90;
    }
    run = run_market(NULL, MARKET_DAYS, &table, 1);
    assert_non_null(strstr(get_note(run), "90 customers had bought before it, and 100 are needed"));
    close_market(run, table);
}

/* Days that were asked for, and no more history than it takes. */
static void test_days(void **state)
{
    (void)state;
    tsl_table *table;
    tsl_run_options opt;
    TSL_DEFAULTS(run, &opt);
    opt.holdout_days = 7;
    market_fill(&shop, 1, CUT);
    tsl_run *run = run_market(&opt, MARKET_DAYS, &table, 1);
    const tsl_next *next = tsl_run_get_next(run);
    assert_int_equal(next->days, 7);
    assert_int_equal(next->cut, MARKET_FIRST + MARKET_DAYS - 7);
    close_market(run, table);
    opt.holdout_days = MARKET_DAYS / 2;
    run = run_market(&opt, MARKET_DAYS, &table, 1);
    assert_int_equal(tsl_run_get_next(run)->days, MARKET_DAYS / 2);
    close_market(run, table);
}

/* Customers who come back seldom are given the time that they take. */
static void test_the_usual_gap(void **state)
{
    (void)state;
    tsl_table *table;
    shop = (market){.count = 0};
    for (int c = 0; c < 150; c++) {
        for (int day = c % 60; day < MARKET_DAYS; day += 120 + c % 3) {
            market_add(&shop, c, day, 1000 + 7 * c, 1);
        }
    }
    tsl_run *run = run_market(NULL, MARKET_DAYS, &table, 1);
    assert_int_equal(tsl_run_get_next(run)->days, 121);
    close_market(run, table);
}

/* An apply holds nothing out, nor does a build that stops before the labels. */
static void test_not_in_an_apply(void **state)
{
    (void)state;
    tsl_table *table, *again;
    tsl_segmentation parts;
    tsl_run *apply = NULL, *part = NULL;
    tsl_error err;
    market_fill(&shop, 1, CUT);
    tsl_run *run = run_market(NULL, MARKET_DAYS, &table, 1);
    tsl_run_get_segmentation(run, &parts);
    again = market_table(&shop, MARKET_DAYS);
    assert_int_equal(tsl_run_open(NULL, &parts, NULL, &apply, &err), TSL_OK);
    assert_int_equal(tsl_run_read_table(apply, again, &err), TSL_OK);
    assert_int_equal(tsl_run_build(apply, TSL_RUN_LABELS, TSL_NO_DAY, &err), TSL_OK);
    assert_null(tsl_run_get_next(apply));
    assert_int_equal(tsl_run_open(NULL, NULL, NULL, &part, &err), TSL_OK);
    assert_int_equal(tsl_run_read_table(part, again, &err), TSL_OK);
    assert_int_equal(tsl_run_build(part, TSL_RUN_FEATURES, TSL_NO_DAY, &err), TSL_OK);
    assert_null(tsl_run_get_next(part));
    tsl_run_free(part);
    tsl_run_free(apply);
    tsl_table_free(again);
    close_market(run, table);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_segments_of_before),
                                       cmocka_unit_test(test_newcomers_of_a_table),
                                       cmocka_unit_test(test_natural_groups),
                                       cmocka_unit_test(test_threads),
                                       cmocka_unit_test(test_a_lottery),
                                       cmocka_unit_test(test_why_not),
                                       cmocka_unit_test(test_days),
                                       cmocka_unit_test(test_the_usual_gap),

                                       cmocka_unit_test(test_not_in_an_apply)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
