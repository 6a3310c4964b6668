/* test_returns.c: returns against purchases: worked cases, a naive reference, and what always holds. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>
#include <tesela/feature.h>

#include "feature/records/returns.h"

typedef struct line {
    int64_t time, amount, quantity;
    int32_t product;
} line;

static void match(tsl__returns *r, const line *given, size_t lines)
{
    assert_int_equal(tsl__returns_reserve(r, lines), 0);
    for (size_t i = 0; i < lines; i++) {
        r->time[i] = given[i].time;
        r->amount[i] = given[i].amount;
        r->quantity[i] = given[i].quantity;
        r->product[i] = given[i].product;
    }
    tsl__returns_match(r, lines);
}

static void test_cases(void **state)
{
    (void)state;
    static const line given[] = {{1, 50, 5, 7},  {2, 30, 3, 7},   {2, 40, 1, 8},   {3, -60, -6, 7}, {4, -40, -1, 9},
                                 {5, 25, 1, -1}, {6, -20, 1, -1}, {7, -25, 1, -1}, {8, -10, 0, 8},  {8, 10, 1, 8}};
    /* product 7: 30 of the later one, 30 of the one before; 9 was never bought; 25 is undone, 20 is no amount of any;
     * 8: that of the same instant is the latest */
    static const int64_t amount[] = {20, 0, 40, 0, -40, 0, -20, 0, 0, 0};
    static const int64_t quantity[] = {2, 0, 1, 0, -1, 1, 1, 1, 0, 1};
    const size_t lines = sizeof given / sizeof *given;
    tsl__returns r = {.capacity = 0};
    match(&r, given, lines);
    for (size_t i = 0; i < lines; i++) {
        assert_int_equal(r.amount[i], amount[i]);
        assert_int_equal(r.quantity[i], quantity[i]);
        assert_int_equal(r.is_gone[i], amount[i] == 0);
    }
    tsl__returns_free(&r);
}

/* The same by looking back line by line. */
static void match_naively(const line *given, size_t lines, int64_t *left)
{
    for (size_t i = 0; i < lines; i++) {
        left[i] = given[i].amount;
    }
    for (size_t i = 0; i < lines; i++) {
        size_t from = lines;
        while (from > 0 && given[from - 1].time > given[i].time) {
            from--;
        }
        for (size_t k = from; given[i].amount < 0 && k-- > 0 && left[i] < 0;) {
            const int is_same =
                given[k].product == given[i].product &&
                (given[i].product >= 0 || (given[k].amount == -given[i].amount && left[k] == given[k].amount));
            if (given[k].amount > 0 && left[k] > 0 && is_same) {
                const int64_t both = -left[i] < left[k] ? -left[i] : left[k];
                left[i] += both;
                left[k] -= both;
            }
        }
    }
}

static void test_against_naive(void **state)
{
    (void)state;
    uint64_t seed = 5;
    tsl__returns r = {.capacity = 0};
    for (int round = 0; round < 400; round++) {
        line given[60];
        int64_t left[60], before = 0, after = 0;
        const size_t lines = 1 + (size_t)round % 60;
        for (size_t i = 0; i < lines; i++) {
            seed = seed * 6364136223846793005U + 1442695040888963407U;
            const int64_t amount = 1 + (int64_t)(seed >> 40) % 9;
            given[i] = (line){(int64_t)i / 3, seed >> 60 < 6 ? -amount : amount, TSL_MISSING_INT,
                              (int32_t)(seed >> 50 & 3) - 1};
            before += given[i].amount;
        }
        match(&r, given, lines);
        match_naively(given, lines, left);
        for (size_t i = 0; i < lines; i++) {
            assert_int_equal(r.amount[i], left[i]);
            assert_true(given[i].amount < 0 ? r.amount[i] <= 0 : r.amount[i] >= 0);
            assert_int_equal(r.quantity[i], TSL_MISSING_INT);
            after += r.amount[i];
        }
        assert_int_equal(before, after);
    }
    tsl__returns_free(&r);
}

/* ---- Features ---------------------------------------------------------------------- */

static tsl_features *build(const char *text, tsl_returns returns, int by_customer)
{
    tsl_table_options opt;
    tsl_feature_options features_opt;
    tsl_table *table;
    tsl_features *features;
    tsl_error err;
    const tsl_source source = {.bytes = text, .count = strlen(text)};
    TSL_DEFAULTS(table, &opt);
    TSL_DEFAULTS(feature, &features_opt);
    opt.by_customer = by_customer;
    features_opt.returns = returns;
    if (tsl_table_read(TSL_TRANSACTIONS, &source, 1, NULL, NULL, &opt, NULL, &table, &err) != TSL_OK) {
        fail_msg("%s", err.message);
    }
    const tsl_tables tables = {.transactions = table, .as_of = TSL_NO_DAY};
    if (tsl_features_build(&tables, NULL, &features_opt, NULL, &features, &err) != TSL_OK) {
        fail_msg("%s", err.message);
    }
    tsl_table_free(table);
    return features;
}

static double get(const tsl_features *f, const char *id, const char *name)
{
    const size_t i = tsl_features_get_customer(f, id), k = tsl_features_get_index(f, name);
    assert_true(i < f->customers && k < f->feature_count);
    return f->x[i * f->feature_count + k];
}

static const char head[] = "customer,order,date,product,quantity,amount\n";
static const char *const rows[] = {
    "a,1,2024-01-01,mug,2,20\n",    "a,1,2024-01-01,cup,1,5\n",    "a,2,2024-02-01,mug,1,10\n",
    "a,3,2024-03-01,mug,-1,-10\n",  "a,4,2024-03-05,mug,-1,-10\n", "b,5,2024-01-03,lamp,1,90\n",
    "b,6,2024-01-09,lamp,-1,-90\n", "b,7,2024-02-02,pen,1,1\n",    "c,8,2024-01-05,pen,3,3\n"};
#define ROWS (sizeof rows / sizeof *rows)

static void test_features(void **state)
{
    (void)state;
    for (size_t shift = 0; shift < ROWS; shift += 2) { /* the order of lines does not matter */
        char text[1000];
        strcpy(text, head);
        for (size_t i = 0; i < ROWS; i++) {
            strcat(text, rows[(i * 4 + shift) % ROWS]);
        }
        tsl_features *net = build(text, TSL_RETURNS_NET, 0), *matched = build(text, TSL_RETURNS_MATCHED, shift & 2);
        assert_true(get(net, "a", "frequency") == 2 && get(matched, "a", "frequency") == 1);
        assert_true(get(net, "b", "frequency") == 2 && get(matched, "b", "frequency") == 1);
        assert_true(get(matched, "a", "monetary_max") == 15 && get(matched, "b", "monetary_max") == 1);
        assert_true(get(matched, "a", "units") == 2);
        assert_true(get(matched, "b", "distinct_products") == 1 && get(net, "b", "distinct_products") == 2);
        for (int c = 'a'; c <= 'c'; c++) {
            const char id[] = {(char)c, 0};
            assert_true(get(net, id, "monetary_total") == get(matched, id, "monetary_total"));
        }
        assert_int_equal(net->info.monetary_total, matched->info.monetary_total);
        assert_int_equal(matched->recipe->settings.returns, TSL_RETURNS_MATCHED);
        tsl_features_free(net);
        tsl_features_free(matched);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_cases), cmocka_unit_test(test_against_naive),
                                       cmocka_unit_test(test_features)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
