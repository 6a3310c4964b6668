/* test_finish_rates.c: what rates made of the amounts of each currency, against a calculation of their own. */
#include "help.h"

enum { ROWS = 60000, CURRENCIES = 3, WHOLE = 40 };

static const tsl_currency_rate rates[CURRENCIES] = {{"EUR", "1"}, {"GBP", "1.1734"}, {"USD", "0.91875"}};
static const int64_t parts[CURRENCIES] = {100000, 117340, 91875}; /* in 1/100000 */

typedef struct expected {
    uint64_t amounts[CURRENCIES];
    int64_t sum[CURRENCIES], worth[CURRENCIES], rounded;
} expected;

/* cents * parts / 100000 in 1/10000, half to even: in whole numbers. */
static int64_t convert(int64_t cents, int64_t part, int64_t *rounded)
{
    const int64_t product = (cents < 0 ? -cents : cents) * part; /* in 1/10^7 */
    const int64_t rest = product % 1000;
    int64_t units = product / 1000;
    units += rest > 500 || (rest == 500 && units % 2);
    *rounded += rest != 0;
    return cents < 0 ? -units : units;
}

/* Lines first to last - 1, by a rule of their own, with signs or a column. */
static size_t write_lines(char *to, int first, int last, int by_sign, expected *e)
{
    static const char *const sign[CURRENCIES] = {"€", "£", "US$"};
    size_t n = (size_t)sprintf(to, by_sign ? "customer,date,amount\n" : "customer,date,amount,currency\n");
    for (int i = first; i < last; i++) {
        const int k = i % 7 == 0 ? 1 : i % 5 == 0 ? 2 : 0;
        const int64_t cents = (int64_t)(i * 37 % 20011) - 3000;
        e->amounts[k]++;
        e->sum[k] += cents * 100;
        e->worth[k] += convert(cents, parts[k], &e->rounded);
        n += (size_t)sprintf(to + n, "c%d,2020-01-%02d,%s%s%lld.%02lld", i % 99, 1 + i % 28, by_sign ? sign[k] : "",
                             cents < 0 ? "-" : "", (long long)llabs(cents) / 100, (long long)llabs(cents) % 100);
        n += (size_t)sprintf(to + n, by_sign ? "\n" : ",%s\n", rates[k].currency);
    }
    return n;
}

static reading *rated(void)
{
    reading *r = new_reading(TSL_TRANSACTIONS);
    r->opt.rates = rates;
    r->opt.rate_count = CURRENCIES;
    return r;
}

static void check(const reading *r, const expected *e)
{
    const tsl_table_info *info = tsl_table_get_info(r->table);
    assert_string_equal(info->currency, "EUR");
    assert_int_equal(info->converted_count, CURRENCIES);
    assert_int_equal(info->rounded, e->rounded);
    for (int k = 0; k < CURRENCIES; k++) {
        assert_string_equal(info->converted[k].currency, rates[k].currency);
        assert_true(info->converted[k].rate == strtod(rates[k].worth, NULL));
        assert_int_equal(info->converted[k].amounts, e->amounts[k]);
        assert_int_equal(info->converted[k].sum, e->sum[k]);
        assert_int_equal(info->converted[k].worth, e->worth[k]);
    }
}

/* By signs as by a column, of any number of threads, in one file or three, kept by column or by customer. */
static void test_sums(void **state)
{
    (void)state;
    static char text[64 + WHOLE * ROWS];
    for (int way = 0; way < 8; way++) {
        const int by_sign = way & 1, files = way & 2 ? 3 : 1;
        expected e = {.rounded = 0};
        reading *r = rated();
        for (int f = 0; f < files; f++) {
            char name[20];
            snprintf(name, sizeof name, "part%d.csv", f);
            write_lines(text, ROWS / files * f, ROWS / files * (f + 1), by_sign, &e);
            add_file(r, write_text(name, text));
        }
        r->opt.by_customer = way >> 2;
        r->exec.threads = 1 + way % 3;
        assert_int_equal(run(r), TSL_OK);
        check(r, &e);
        int64_t sum = 0;
        for (size_t row = 0; !r->opt.by_customer && row < tsl_table_get_rows(r->table); row++) {
            sum += tsl_table_get_role(r->table, TSL_ROLE_AMOUNT)->integer[row];
        }
        assert_true(r->opt.by_customer || sum == e.worth[0] + e.worth[1] + e.worth[2]);
        free_reading(r);
    }
}

/* The first without a rate, whoever decoded it. */
static void test_first(void **state)
{
    (void)state;
    static char text[64 + WHOLE * ROWS];
    expected e = {.rounded = 0};
    size_t n = write_lines(text, 0, ROWS - 10, 0, &e);
    n += (size_t)sprintf(text + n, "c1,2020-01-01,5,CHF\nc1,2020-01-01,5,SEK\n");
    for (int threads = 1; threads < 4; threads++) {
        reading *r = rated();
        add_file(r, write_text("table.csv", text));
        r->exec.threads = threads;
        assert_int_equal(run(r), TSL_E_INPUT);
        char expected_text[200];
        snprintf(expected_text, sizeof expected_text,
                 "table.csv:%d: currency: \"CHF\" has no rate; there are rates of "
                 "EUR, GBP and USD",
                 ROWS - 10 + 2);
        assert_non_null(strstr(r->err.message, expected_text));
        free_reading(r);
    }
}

static void test_notes(void **state)
{
    (void)state;
    reading *r = rated();
    add_file(r, write_text("table.csv", "customer,date,amount\na,2020-01-01,€5.5\nb,2020-01-02,$4\nc,2020-01-03,6\n"
                                        "c,2020-01-04,7\n"));
    assert_int_equal(run(r), TSL_OK);
    const tsl_notes *notes = &r->table->info.notes;
    assert_true(has_line(notes,
                         "amounts are converted to EUR by the rates given: 3 in EUR (18.50), 1 in USD at 0.91875 "
                         "(4.00, worth 3.675)"));
    assert_true(has_line(notes, "2 amounts have no currency, the first in "));
    assert_true(has_line(notes, "table.csv:4, and are taken to be in EUR, whose rate is 1"));
    const tsl_table_finding *converted = tsl_table_get_finding(r->table, 0), *f = tsl_table_get_finding(r->table, 1);
    assert_int_equal(converted->kind, TSL_FINDING_READ_AS);
    assert_int_equal(f->kind, TSL_FINDING_ASSUMED_CURRENCY);
    assert_int_equal(f->count, 2);
    assert_int_equal(f->example[0].line, 4);
    assert_null(tsl_table_get_finding(r->table, 2));
    free_reading(r);
}

/* The rates are remembered; those of another day stand in their place, and must be told in the same currency. */
static void test_next(void **state)
{
    (void)state;
    static const tsl_currency_rate later[] = {{"USD", "0.5"}, {"EUR", "1"}}, other[] = {{"USD", "1"}, {"EUR", "2"}};
    reading *r = rated();
    add_file(r, write_text("table.csv", "customer,date,amount,currency\na,2020-01-01,5,EUR\nb,2020-01-02,4,USD\n"));
    assert_int_equal(run(r), TSL_OK);
    const char *like = tsl_table_get_reading(r->table);
    assert_non_null(
        strstr(like, "\"currency\":\"EUR\",\"rates\":{\"EUR\":\"1\",\"GBP\":\"1.1734\",\"USD\":\"0.91875\"}"));
    for (int way = 0; way < 3; way++) {
        reading *next = new_reading(TSL_TRANSACTIONS);
        add_file(next, write_text("next.csv", "customer,date,amount,currency\na,2020-02-01,8,USD\n"));
        next->opt.like = like;
        next->opt.rates = way == 1 ? later : way == 2 ? other : NULL;
        next->opt.rate_count = way ? 2 : 0;
        assert_int_equal(run(next), way == 2 ? TSL_E_INPUT : TSL_OK);
        if (way == 2) {
            assert_non_null(strstr(next->err.message, "by the rates amounts are converted to USD; those of the earlier "
                                                      "table were in EUR"));
        } else {
            assert_int_equal(tsl_table_get_role(next->table, TSL_ROLE_AMOUNT)->integer[0], way ? 40000 : 73500);
        }
        free_reading(next);
    }
    free_reading(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sums),
        cmocka_unit_test(test_first),
        cmocka_unit_test(test_notes),
        cmocka_unit_test(test_next),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
