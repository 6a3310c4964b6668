/* test_next_labels.c: labels of any tool, judged by what customers did after a cut. */
#include "run/market.h"

static market shop;
static tsl_error err;

enum { CUT = 380, DAYS = 60 };

static tsl_next_options options(void)
{
    tsl_next_options opt;
    TSL_DEFAULTS(next, &opt);
    opt.cut = MARKET_FIRST + CUT;
    opt.days = DAYS;
    return opt;
}

static void test_options(void **state)
{
    (void)state;
    tsl_next_options opt;
    TSL_DEFAULTS(next, &opt);
    assert_int_equal(opt.cut, TSL_NO_DAY);
    assert_int_equal(opt.days, 0);
    assert_int_equal(tsl_next_check(&opt, &err), TSL_E_OPTION);
    assert_non_null(strstr(err.message, "cut: a day is needed"));
    opt = options();
    assert_int_equal(tsl_next_check(&opt, &err), TSL_OK);
    opt.days = 36501;
    assert_int_equal(tsl_next_check(&opt, &err), TSL_E_OPTION);
    opt.days = -1;
    assert_int_equal(tsl_next_check(&opt, &err), TSL_E_OPTION);
    opt.size = 3;
    assert_int_equal(tsl_next_check(&opt, &err), TSL_E_OPTION);
}

/* The label of a customer: 5 of them, by two of his digits; some have none. */
static int get_label(int customer)
{
    return customer % 13 == 0 ? -1 : (customer % 8) / 2 + (customer % 5 == 0);
}

/* In another order than the customers', and some of strangers. */
static tsl__text write_labels(void)
{
    tsl__text csv = {0};
    tsl__text_puts(&csv, "segment,customer_id\n");
    for (int i = MARKET_CUSTOMERS + 20; i-- > 0;) {
        const int customer = i * 11 % (MARKET_CUSTOMERS + 20), label = get_label(customer);
        if (label >= 0) {
            tsl__text_printf(&csv, "%c,m%04d\n", "edcba"[label], customer);
        } else if (customer % 2) {
            tsl__text_printf(&csv, ",m%04d\n", customer);
        }
    }
    return csv;
}

static tsl_status judge(const tsl_table *table, const char *csv, const tsl_next_options *opt, tsl_next **out)
{
    const tsl_tables tables = {.transactions = table, .as_of = TSL_NO_DAY};
    const tsl_source labels = {.bytes = csv, .count = strlen(csv)};
    return tsl_next_build(&tables, &labels, opt, NULL, out, &err);
}

/* What is added up, naively, and what is counted. */
static void test_sums(void **state)
{
    (void)state;
    uint64_t size[5] = {0}, happened[5] = {0}, buyers = 0, unlabelled = 0, unknown = 0;
    int64_t net[5] = {0};
    market_fill(&shop, 1, CUT);
    const tsl_next_options opt = options();
    tsl_table *table = market_table(&shop, MARKET_DAYS);
    tsl__text csv = write_labels();
    tsl_next *next = NULL;
    if (judge(table, csv.data, &opt, &next) != TSL_OK) {
        fail_msg("%s", err.message);
    }
    for (int c = 0; c < MARKET_CUSTOMERS + 20; c++) {
        int bought, earlier, known = 0;
        const int label = get_label(c);
        const int64_t amount = market_get_net(&shop, c, CUT, CUT + DAYS, &bought);
        (void)market_get_net(&shop, c, 0, CUT, &earlier);
        for (int i = 0; i < shop.count; i++) {
            known |= shop.line[i].customer == c && shop.line[i].day < CUT;
        }
        if (!known) {
            unknown += label >= 0 || c % 2;
            continue;
        }
        unlabelled += label < 0 && earlier;
        if (label >= 0) {
            const int place = 4 - label; /* "a" comes first */
            buyers += (uint64_t)earlier;
            size[place]++;
            happened[place] += (uint64_t)bought;
            net[place] += amount;
        }
    }
    assert_int_equal(next->k, 5);
    for (int s = 0; s < 5; s++) {
        const tsl_outcome_segment *o = &next->segment[s].outcome;
        assert_int_equal(next->segment[s].name[0], 'a' + s);
        assert_int_equal(o->size, size[s]);
        assert_int_equal(o->happened, happened[s]);
        assert_true(fabs(o->value_mean - (double)net[s] / 100 / (double)size[s]) < 1e-9 * fabs(o->value_mean));
    }
    assert_int_equal(next->customers, buyers);
    assert_int_equal(next->unlabelled, unlabelled);
    assert_int_equal(next->unknown, unknown);
    assert_true(unknown > 20 && unlabelled > 10);
    assert_string_equal(next->column, "segment");
    assert_int_equal(next->days, DAYS);
    assert_true(next->telling && next->compared == 5 && next->distinct >= 0 && next->distinct <= 3);
    tsl_next_free(next);
    tsl__text_free(&csv);
    tsl_table_free(table);
}

/* Labels by fifths of spend are the yardstick itself. */
static void test_quintiles(void **state)
{
    (void)state;
    market_fill(&shop, 1, CUT);
    const tsl_next_options opt = options();
    tsl_table *table = market_table(&shop, MARKET_DAYS), *part = market_table(&shop, CUT);
    const tsl_tables before = {.transactions = part, .as_of = opt.cut};
    tsl_features *f = NULL;
    tsl_next *next = NULL;
    assert_int_equal(tsl_features_build(&before, NULL, NULL, NULL, &f, &err), TSL_OK);
    tsl__text csv = {0};
    tsl__text_puts(&csv, "id,label\n");
    const size_t total = tsl_features_get_index(f, "monetary_total"), often = tsl_features_get_index(f, "frequency");
    size_t buyers = 0;
    for (size_t i = 0; i < f->customers; i++) {
        buyers += f->x[i * f->feature_count + often] > 0;
    }
    for (size_t i = 0; i < f->customers; i++) {
        size_t below = 0;
        for (size_t j = 0; j < f->customers; j++) {
            below += f->x[j * f->feature_count + often] > 0 &&
                     f->x[j * f->feature_count + total] < f->x[i * f->feature_count + total];
        }
        /* exceeds the cut of type 7 at p: more than p (n - 1) lie below, as no two are the same */
        const double rank = (double)below / (double)(buyers - 1);
        const int fifth = (rank > .2) + (rank > .4) + (rank > .6) + (rank > .8);
        tsl__text_printf(&csv, "%s,%d\n", f->id[i], fifth);
    }
    if (judge(table, csv.data, &opt, &next) != TSL_OK) {
        fail_msg("%s", err.message);
    }
    assert_string_equal(next->method[1].name, "spend_quintiles");
    assert_int_equal(next->method[1].k, 5);
    assert_true(fabs(next->eta2 - next->method[1].eta2) < 1e-12);
    assert_true(fabs(next->auc - next->method[1].auc) < 1e-12);
    tsl_next_free(next);
    tsl__text_free(&csv);
    tsl_features_free(f);
    tsl_table_free(table);
    tsl_table_free(part);
}

static void test_refused(void **state)
{
    (void)state;
    static const struct {
        const char *csv, *said;
        tsl_status status;
        int cut;
        const char *noise;
    } bad[] = {
        {"label\na\nb\n", "has no ids", TSL_E_INPUT, CUT, NULL},
        {"id,label\nzz,a\nzy,b\n", "none of its 2 ids (id) is one of the customers", TSL_E_INPUT, CUT, NULL},
        {"id,label\nm0001,a\nm0002,b\nm0001,a\n", "the same id stands in the rows 1 and 3", TSL_E_INPUT, CUT, NULL},
        {"id,label\nm0001,a\nm0002,b\n", "noise: ", TSL_E_OPTION, CUT, "c"},
        {"id,label\nm0001,a\nm0002,a\n", "no customer has a label that counts", TSL_E_INPUT, CUT, "a"},
        {"id,label\nm0001,a\n", "is no day that transactions lie before and after", TSL_E_OPTION, MARKET_DAYS, NULL},
        {"id,label\nm0001,a\n", "is no day that transactions lie before and after", TSL_E_OPTION, 0, NULL},
    };
    market_fill(&shop, 1, CUT);
    tsl_table *table = market_table(&shop, MARKET_DAYS);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        tsl_next *next = NULL;
        tsl_next_options opt = options();
        opt.cut = MARKET_FIRST + bad[i].cut;
        opt.noise = bad[i].noise;
        assert_int_equal(judge(table, bad[i].csv, &opt, &next), bad[i].status);
        assert_null(next);
        if (!strstr(err.message, bad[i].said)) {
            fail_msg("%s", err.message);
        }
    }
    const tsl_next_options opt = options();
    const tsl_tables none = {.as_of = TSL_NO_DAY};
    const tsl_source labels = {.bytes = "id,label\nm0001,a\n", .count = 17};
    tsl_next *next = NULL;
    assert_int_equal(tsl_next_build(&none, &labels, &opt, NULL, &next, &err), TSL_E_OPTION);
    tsl_table_free(table);
}

/* A period that goes on after the transactions is said to, and no length is up to their end. */
static void test_the_end(void **state)
{
    (void)state;
    tsl_next_options opt = options();
    tsl_next *next = NULL;
    market_fill(&shop, 1, CUT);
    tsl_table *table = market_table(&shop, MARKET_DAYS);
    tsl__text csv = write_labels();
    opt.days = 200;
    assert_int_equal(judge(table, csv.data, &opt, &next), TSL_OK);
    assert_int_equal(next->days, 200);
    assert_non_null(strstr(next->notes.text[next->notes.count - 1], "80 days before the period does"));
    tsl_next_free(next);
    opt.days = 0;
    assert_int_equal(judge(table, csv.data, &opt, &next), TSL_OK);
    assert_int_equal(next->days, MARKET_DAYS - CUT);
    tsl_next_free(next);
    tsl__text_free(&csv);
    tsl_table_free(table);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_options), cmocka_unit_test(test_sums),
                                       cmocka_unit_test(test_quintiles), cmocka_unit_test(test_refused),
                                       cmocka_unit_test(test_the_end)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
