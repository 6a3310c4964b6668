/* test_event_days.c: the days that a history is made of, and what was spent on them, by hand and beside every way of
 * entering the same day. */
#include "feature/tables.h"

#include "base/rng.h"

static tsl_features *build(const char *csv, tsl_events events, tsl_returns returns)
{
    tsl_feature_options opt;
    TSL_DEFAULTS(feature, &opt);
    opt.events = events;
    opt.returns = returns;
    tsl_table *lines = table_of_text(TSL_TRANSACTIONS, csv);
    tsl_features *f = features_of(NULL, lines, NULL, NULL, &opt);
    tsl_table_free(lines);
    return f;
}

/* First days: 2024-01-01, 20.00 of each; as-of 2024-02-01. */
static const char lines[] = "customer_id,order_id,order_date,amount,product\n"
                            "first,1,2024-01-01 08:00:00,20,a\nfirst,2,2024-01-01 09:00:00,-20,a\n"
                            "later,3,2024-01-01,20,a\nlater,4,2024-01-05 09:00:00,50,b\n"
                            "later,5,2024-01-06 09:00:00,-50,b\n"
                            "loss,6,2024-01-01,20,a\nloss,7,2024-01-05 09:00:00,10,b\n"
                            "loss,8,2024-01-05 10:00:00,-40,a\n"
                            "midnight,9,2024-01-01,20,a\nmidnight,10,2024-01-05 23:59:00,5,b\n"
                            "midnight,10,2024-01-06 00:01:00,7,c\nmidnight,11,2024-01-05 23:58:00,-3,d\n"
                            "midnight,11,2024-01-06 00:02:00,-4,d\n"
                            "partly,12,2024-01-01,20,a\npartly,14,2024-01-05 11:00:00,-30.25,b\n"
                            "partly,13,2024-01-05 09:00:00,50,b\npartly,15,2024-01-05 12:00:00,1,c\n"
                            "returns,16,2024-01-01,-20,a\nreturns,17,2024-01-31,-1,a\n"
                            "undone,18,2024-01-01,20,a\nundone,19,2024-01-05 09:00:00,50,b\n"
                            "undone,20,2024-01-05 09:12:00,-50,b\n";

typedef struct expected {
    const char *id;
    double x, t_x, spend;
} expected;

static void assert_histories(tsl_events events, tsl_returns returns, const expected *want)
{
    tsl_features *f = build(lines, events, returns);
    assert_int_equal(f->customers, 7);
    for (size_t i = 0; i < 7; i++) {
        const double *h = f->history + i * TSL_HISTORY_COLUMNS;
        assert_string_equal(f->id[i], want[i].id);
        check_near(h[TSL_HISTORY_X], want[i].x, want[i].id);
        check_near(h[TSL_HISTORY_TX], want[i].t_x, want[i].id);
        check_near(h[TSL_HISTORY_SPEND_MEAN], want[i].spend, want[i].id);
    }
    tsl_features_free(f);
}

static void test_by_hand(void **state)
{
    (void)state;
    static const expected net[] = {{"first", 0, 0, NAN},  {"later", 1, 4, 50},     {"loss", 1, 4, -30},
                                   {"midnight", 1, 4, 5}, {"partly", 1, 4, 20.75}, {"returns", NAN, NAN, NAN},
                                   {"undone", 1, 4, 0}},
                          all[] = {{"first", 0, 0, NAN},    {"later", 2, 5, 0},      {"loss", 1, 4, -30},
                                   {"midnight", 2, 5, 2.5}, {"partly", 1, 4, 20.75}, {"returns", 1, 30, -1},
                                   {"undone", 1, 4, 0}},
                          matched[] = {{"first", NAN, NAN, NAN}, {"later", 0, 0, NAN},    {"loss", 0, 0, NAN},
                                       {"midnight", 1, 4, 5},    {"partly", 1, 4, 20.75}, {"returns", NAN, NAN, NAN},
                                       {"undone", 0, 0, NAN}};
    assert_histories(TSL_EVENTS_PURCHASES, TSL_RETURNS_NET, net);
    assert_histories(TSL_EVENTS_ALL, TSL_RETURNS_NET, all);
    assert_histories(TSL_EVENTS_PURCHASES, TSL_RETURNS_MATCHED, matched);
}

/* Features that count purchases are as they were: what was undone was bought. */
static void test_purchases_stay(void **state)
{
    (void)state;
    tsl_features *f = build(lines, TSL_EVENTS_PURCHASES, TSL_RETURNS_NET);
    assert_feature(f, "undone", "frequency", 2);
    assert_feature(f, "undone", "purchase_days", 2);
    assert_feature(f, "undone", "recency_days", 27);
    assert_feature(f, "undone", "monetary_max", 50);
    assert_feature(f, "undone", "monetary_total", 20);
    tsl_features_free(f);
}

/* Lines that are orders of their own, those of a day with and without a time of day: it is a day where one is above 0,
 * and comes to all of them. */
static void test_however_entered(void **state)
{
    (void)state;
    enum { DAYS = 6, LINES = 5 };
    tsl__rng rng = tsl__rng_open(7, 0, 0);
    for (int round = 0; round < 50; round++) {
        char text[DAYS * LINES * 64 + 64];
        int at = sprintf(text, "customer_id,order_id,order_date,amount\nz,z,2024-03-20,5\n");
        int64_t spend = 0, days = 0;
        for (int d = 0; d < DAYS; d++) {
            int64_t net = 0;
            int bought = 0;
            for (int l = 0; l < LINES; l++) {
                const int amount = (int)tsl__rng_below(&rng, 41) - 20;
                net += amount;
                bought |= amount > 0;
                at += sprintf(text + at, "a,%d,2024-03-%02d%s,%d\n", d * LINES + l, d + 1,
                              tsl__rng_below(&rng, 2) ? " 10:00:00" : "", amount);
            }
            spend += bought && days ? net : 0;
            days += bought;
        }
        tsl_features *f = build(text, TSL_EVENTS_PURCHASES, TSL_RETURNS_NET);
        assert_near(f->history[TSL_HISTORY_X], days ? (double)days - 1 : (double)NAN);
        assert_near(f->history[TSL_HISTORY_SPEND_MEAN], days > 1 ? (double)spend / (double)(days - 1) : (double)NAN);
        tsl_features_free(f);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_by_hand), cmocka_unit_test(test_purchases_stay),
                                       cmocka_unit_test(test_however_entered)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
