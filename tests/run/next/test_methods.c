/* test_methods.c: ways of segmenting beside the run's, at several cuts: against runs on the lines before each cut, and
 * on those of some of the customers, whose period is added up naively. */
#include "run/market.h"

#include "base/hash.h"
#include "run/next/methods.h"
#include "run/next/next.h"
#include "run/next/yardstick.h"

static market shop, part;

enum { DAYS = 90, SAMPLES = 5 };

/* Up to the labels, nothing held out or gathered unless asked for. */
static tsl_run *run_market(const market *of, int until, int whole, int threads, tsl_table **table)
{
    const tsl_exec exec = {.size = sizeof exec, .threads = threads};
    tsl_run *run = NULL;
    tsl_error err;
    tsl_run_options opt;
    TSL_DEFAULTS(run, &opt);
    opt.evidence = whole;
    opt.holdout_days = whole ? DAYS : 0;
    *table = market_table(of, until);
    if (tsl_run_open(&opt, NULL, &exec, &run, &err) != TSL_OK || tsl_run_read_table(run, *table, &err) != TSL_OK ||
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

/* By the customer's number in the market: the label of who bought before; -1: others. */
typedef struct labelling {
    int32_t of[MARKET_CUSTOMERS];
} labelling;

static labelling spread(const tsl_features *f, const int32_t *label)
{
    labelling l;
    unsigned char *buyer = NULL;
    uint64_t count;
    assert_int_equal(tsl__next_get_buyers(f, &buyer, &count, NULL), TSL_OK);
    for (int c = 0; c < MARKET_CUSTOMERS; c++) {
        l.of[c] = -1;
    }
    for (size_t i = 0; i < f->customers; i++) {
        l.of[atoi(f->id[i] + 1)] = buyer[i] ? label[i] : -1;
    }
    free(buyer);
    return l;
}

static double get_agreement(const labelling *a, const labelling *b)
{
    tsl_comparison *of = NULL;
    assert_int_equal(tsl_comparison_build(a->of, 32, b->of, 32, NULL, MARKET_CUSTOMERS, &of, NULL), TSL_OK);
    const double agreement = of->adjusted_rand;
    tsl_comparison_free(of);
    return agreement;
}

/* What they tell of the days after the cut, which are added up naively. */
static double get_eta2(const labelling *l, int cut)
{
    static char name[MARKET_CUSTOMERS][8];
    const char *id[MARKET_CUSTOMERS];
    double value[MARKET_CUSTOMERS];
    unsigned char happened[MARKET_CUSTOMERS];
    tsl_outcome *outcome = NULL;
    for (int c = 0; c < MARKET_CUSTOMERS; c++) {
        int bought;
        market_put_id(c, name[c]);
        id[c] = name[c];
        value[c] = (double)market_get_net(&shop, c, cut, cut + DAYS, &bought) / 100;
        happened[c] = (unsigned char)bought;
    }
    const tsl_outcome_input in = {
        .customers = MARKET_CUSTOMERS, .segment = l->of, .k = 32, .id = id, .value = value, .happened = happened};
    assert_int_equal(tsl_outcome_build(&in, &outcome, NULL), TSL_OK);
    const double eta2 = outcome->eta2;
    tsl_outcome_free(outcome);
    return eta2;
}

static labelling label_by(const tsl_features *f, int yardstick, int k)
{
    static const tsl_exec exec = {.size = sizeof exec, .threads = 1};
    int32_t label[MARKET_CUSTOMERS];
    tsl__yard yard = {.k = k, .seed = 1};
    const tsl__yardstick *by = &tsl__yardsticks[yardstick];
    assert_int_equal(by->fit(f, NULL, &exec, &yard, NULL), TSL_OK);
    assert_int_equal(by->predict(&yard, f, &exec, label, NULL), TSL_OK);
    tsl__yard_free(&yard);
    return spread(f, label);
}

/* The segments of a run at a later day. */
static labelling apply(const tsl_run *earlier, int until)
{
    tsl_segmentation learned;
    tsl_run *run = NULL;
    tsl_error err;
    tsl_table *table = market_table(&shop, until);
    tsl_run_get_segmentation(earlier, &learned);
    if (tsl_run_open(NULL, &learned, NULL, &run, &err) != TSL_OK || tsl_run_read_table(run, table, &err) != TSL_OK ||
        tsl_run_build(run, TSL_RUN_LABELS, MARKET_FIRST + until, &err) != TSL_OK) {
        fail_msg("%s", err.message);
    }
    const labelling l = spread(tsl_run_get_features(run), tsl_run_get_assignment(run)->label);
    close_market(run, table);
    return l;
}

/* The lines of four in five of the customers. */
static void fill_part(int sample)
{
    part = (market){.orders = shop.orders};
    for (int i = 0; i < shop.count; i++) {
        char id[8];
        market_put_id(shop.line[i].customer, id);
        if ((tsl__hash64(id, strlen(id), (uint64_t)sample) >> 8 & 255) < 205) {
            part.line[part.count++] = shop.line[i];
        }
    }
}

static void check_near(const char *what, double is, double expected)
{
    if (!(fabs(is - expected) < 1e-9)) {
        fail_msg("%s: %.12g, expected %.12g", what, is, expected);
    }
}

/* The run's own segments, at each cut, a month on, and of other samples. */
static void check_own(const tsl_methods *m, tsl_run *const before[], const labelling *own)
{
    double agreement = 0;
    for (int c = 0; c < m->cuts; c++) {
        check_near("segments", m->method[0].cut_eta2[c], get_eta2(&own[c], m->cut[c] - MARKET_FIRST));
    }
    for (int c = 1; c < m->cuts; c++) {
        const labelling later = apply(before[c - 1], m->cut[c] - MARKET_FIRST);
        agreement += get_agreement(&later, &own[c]) / (m->cuts - 1);
    }
    check_near("a month earlier", m->method[0].agreement_month, agreement);
    agreement = 0;
    for (int s = 0; s < SAMPLES; s++) {
        tsl_table *table;
        fill_part(s);
        tsl_run *some = run_market(&part, m->cut[m->cuts - 1] - MARKET_FIRST, 0, 1, &table);
        const labelling l = spread(tsl_run_get_features(some), tsl_run_get_assignment(some)->label);
        agreement += get_agreement(&l, &own[m->cuts - 1]) / SAMPLES;
        close_market(some, table);
    }
    check_near("of samples", m->method[0].agreement_sample, agreement);
    assert_true(agreement > .5 && agreement < 1);
}

static void test_against_runs(void **state)
{
    (void)state;
    static const int yardstick[TSL_METHODS] = {
        0, TSL__YARD_MAP, TSL__YARD_MAP_11, TSL__YARD_MEANS, TSL__YARD_MEANS, TSL__YARD_MEANS, TSL__YARD_FIFTHS};
    tsl_table *whole, *table[TSL_METHOD_CUTS];
    tsl_run *before[TSL_METHOD_CUTS];
    labelling own[TSL_METHOD_CUTS];
    market_fill(&shop, 1, MARKET_DAYS - DAYS);
    tsl_run *run = run_market(&shop, MARKET_DAYS, 1, 2, &whole);
    const tsl_methods *m = tsl_run_get_methods(run);
    assert_non_null(m);
    assert_int_equal(m->cuts, TSL_METHOD_CUTS);
    assert_int_equal(m->count, TSL_METHODS);
    assert_int_equal(m->days, DAYS);
    assert_int_equal(m->sampled, 0);
    for (int c = 0; c < m->cuts; c++) {
        const int cut = m->cut[c] - MARKET_FIRST;
        assert_in_range(c ? m->cut[c] - m->cut[c - 1] : 30, 28, 31);
        before[c] = run_market(&shop, cut, 0, 1, &table[c]);
        const tsl_features *f = tsl_run_get_features(before[c]);
        own[c] = spread(f, tsl_run_get_assignment(before[c])->label);
        for (int w = 1; w < TSL_METHODS; w++) {
            const int k = m->method[0].k + (w >= 3 && w <= 5 ? w - 4 : 0);
            const labelling l = label_by(f, yardstick[w], k);
            check_near(m->method[w].name, m->method[w].cut_eta2[c], get_eta2(&l, cut));
        }
    }
    assert_int_equal(m->cut[2], MARKET_FIRST + MARKET_DAYS - DAYS);
    check_own(m, before, own);
    assert_int_equal(m->customers, tsl_run_get_next(run)->customers);
    check_near("the period held out", m->method[0].cut_eta2[2], tsl_run_get_next(run)->eta2);
    for (int c = 0; c < m->cuts; c++) {
        close_market(before[c], table[c]);
    }
    close_market(run, whole);
}

/* The same bits for any number of threads. */
static void test_threads(void **state)
{
    (void)state;
    tsl_methods of[3];
    market_fill(&shop, 1, MARKET_DAYS - DAYS);
    for (int t = 0; t < 3; t++) {
        tsl_table *table;
        tsl_run *run = run_market(&shop, MARKET_DAYS, 1, 1 << t, &table);
        of[t] = *tsl_run_get_methods(run);
        of[t].seconds = 0;
        close_market(run, table);
        assert_memory_equal(&of[0], &of[t], sizeof of[0]);
    }
}

/* A lottery tells nothing by any of them, and a short history has fewer cuts. */
static void test_lottery(void **state)
{
    (void)state;
    tsl_table *table;
    market_fill(&shop, 0, MARKET_DAYS - DAYS);
    tsl_run *run = run_market(&shop, MARKET_DAYS, 1, 1, &table);
    const tsl_methods *m = tsl_run_get_methods(run);
    for (size_t w = 0; w < m->count; w++) {
        assert_true(m->method[w].cut_eta2[m->cuts - 1] < .01);
    }
    close_market(run, table);
    market_fill(&shop, 1, MARKET_DAYS - DAYS);
    run = run_market(&shop, 2 * DAYS + 40, 1, 1, &table);
    m = tsl_run_get_methods(run);
    assert_int_equal(m->cuts, 2);
    assert_true(isnan(m->method[0].cut_eta2[2]));
    assert_true(m->method[1].agreement_month > 0);
    close_market(run, table);
    run = run_market(&shop, 2 * DAYS + 5, 1, 1, &table);
    assert_int_equal(tsl_run_get_methods(run)->cuts, 1);
    assert_true(isnan(tsl_run_get_methods(run)->method[1].agreement_month));
    close_market(run, table);
    run = run_market(&shop, DAYS, 1, 1, &table);
    assert_null(tsl_run_get_methods(run));
    close_market(run, table);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_against_runs), cmocka_unit_test(test_threads),
                                       cmocka_unit_test(test_lottery)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
