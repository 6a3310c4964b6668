/* test_memory.c: every allocation of a period held out, and of labels judged by one, fails once. */
#include "failing.h"
#include "run/market.h"

#include "run/future.h"

static market shop;

typedef struct story {
    tsl_run *run;
    const tsl_table *table;
    double eta2;
} story;

static tsl_status hold_out(void *user, tsl_error *err)
{
    story *s = user;
    tsl_next_free(s->run->next);
    s->run->next = NULL;
    tsl_status status = tsl__run_build_future(s->run, s->run->features, err);
    if (status == TSL_OK) {
        assert_true(s->run->next->eta2 == s->eta2);
    }
    s->run->stage_count = 0;
    return status;
}

static tsl_status judge(void *user, tsl_error *err)
{
    static const char csv[] = "id,label\nm0001,a\nm0002,b\nm0003,a\nm0004,b\nzz,c\n";
    const story *s = user;
    const tsl_tables tables = {.transactions = s->table, .as_of = TSL_NO_DAY};
    const tsl_source labels = {.bytes = csv, .count = sizeof csv - 1};
    const tsl_exec exec = {.size = sizeof exec, .threads = 1};
    tsl_next_options opt;
    tsl_next *next = NULL;
    TSL_DEFAULTS(next, &opt);
    opt.cut = MARKET_FIRST + 400;
    tsl_status status = tsl_next_build(&tables, &labels, &opt, &exec, &next, err);
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
    const tsl_exec exec = {.size = sizeof exec, .threads = 1};
    tsl_error err;
    market_fill(&shop, 1, 0);
    take_some(130, 3);
    tsl_table *table = market_table(&shop, MARKET_DAYS);
    story s = {.table = table};
    assert_int_equal(tsl_run_open(NULL, NULL, &exec, &s.run, &err), TSL_OK);
    assert_int_equal(tsl_run_read_table(s.run, table, &err), TSL_OK);
    assert_int_equal(tsl_run_build(s.run, TSL_RUN_LABELS, TSL_NO_DAY, &err), TSL_OK);
    assert_true(tsl_run_get_next(s.run)->k > 0);
    s.eta2 = tsl_run_get_next(s.run)->eta2;
    sweep_failures(hold_out, &s, 100);
    tsl_run_free(s.run);
    tsl_table_free(table);
}

static void test_judge(void **state)
{
    (void)state;
    market_fill(&shop, 1, 0);
    take_some(12, 3);
    tsl_table *table = market_table(&shop, MARKET_DAYS);
    story s = {.table = table};
    sweep_failures(judge, &s, 50);
    tsl_table_free(table);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_hold_out), cmocka_unit_test(test_judge)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
