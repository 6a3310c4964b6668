/* test_told.c: features of a table that already holds recency, frequency and spend, against those of the transactions
 * that it was made of, and by hand. */
#include "feature/tables.h"

#include "base/calendar.h"
#include "base/text.h"
#include "feature/records/told.h"

/* ---- A naive reference ---------------------------------------------------------- */

/* What a customer's orders come to: an order is all lines of a day, and a purchase one of a net amount over 0. */
typedef struct sum {
    int32_t first, last;
    int64_t orders, spend;
} sum;

typedef struct line {
    int32_t customer, day;
    int64_t amount;
} line;

static int compare_lines(const void *pa, const void *pb)
{
    const line *a = pa, *b = pb;
    return a->customer != b->customer ? (a->customer > b->customer) - (a->customer < b->customer)
                                      : (a->day > b->day) - (a->day < b->day);
}

/* One a code of the table's customers. Owned. */
static sum *add_up(const tsl_table *lines, int32_t *as_of)
{
    const tsl_column *id = tsl_table_get_role(lines, TSL_ROLE_CUSTOMER),
                     *time = tsl_table_get_role(lines, TSL_ROLE_TIME),
                     *amount = tsl_table_get_role(lines, TSL_ROLE_AMOUNT);
    const size_t rows = tsl_table_get_rows(lines);
    line *all = calloc(rows + 1, sizeof *all);
    sum *out = calloc(id->dict_count + 1, sizeof *out);
    *as_of = 0;
    for (size_t i = 0; i < rows; i++) {
        all[i] = (line){id->code[i], tsl__time_day(time->integer[i]), amount->integer[i]};
        *as_of = all[i].day >= *as_of ? all[i].day + 1 : *as_of;
    }
    qsort(all, rows, sizeof *all, compare_lines);
    for (size_t i = 0, end; i < rows; i = end) {
        sum *s = &out[all[i].customer];
        int64_t net = 0;
        for (end = i; end < rows && compare_lines(&all[i], &all[end]) == 0; end++) {
            net += all[end].amount;
        }
        s->spend += net;
        if (net > 0) {
            s->first = s->orders++ ? s->first : all[i].day;
            s->last = all[i].day;
        }
    }
    free(all);
    return out;
}

static void put_day(tsl__text *t, int32_t day)
{
    char text[11];
    tsl_day_write(day, text);
    tsl__text_printf(t, ",%s", text);
}

/* The sums as a table: of dates, or of R, F and M. Owned. */
static char *write_table(const tsl_column *id, const sum *of, int32_t as_of, int dated)
{
    tsl__text t = {0};
    tsl__text_puts(&t, dated ? "customer_id,last_order_date,First Order Date,orders_count,total_spent\n"
                             : "customer_id,recency,frequency,monetary\n");
    for (size_t c = 0; c < id->dict_count; c++) {
        const sum *s = &of[c];
        tsl__text_printf(&t, "\"%s\"", id->dict[c]);
        if (dated && s->orders) {
            put_day(&t, s->last);
            put_day(&t, s->first);
        } else if (dated) {
            tsl__text_puts(&t, ",,");
        } else if (s->orders) {
            tsl__text_printf(&t, ",%d", as_of - s->last);
        } else {
            tsl__text_puts(&t, ",");
        }
        tsl__text_printf(&t, ",%lld,%s%lld.%04lld\n", (long long)s->orders, s->spend < 0 ? "-" : "",
                         llabs(s->spend) / TSL_DECIMAL_ONE, llabs(s->spend) % TSL_DECIMAL_ONE);
    }
    assert_int_equal(t.failed, 0);
    return tsl__text_take(&t);
}

/* The column of both is the same, to the last bit. */
static void assert_same_feature(const tsl_features *a, const tsl_features *b, const char *name)
{
    const size_t fa = tsl_features_get_index(a, name), fb = tsl_features_get_index(b, name);
    assert_int_equal(a->customers, b->customers);
    if (fa == a->feature_count || fb == b->feature_count) {
        fail_msg("no feature %s", name);
    }
    for (size_t i = 0; i < a->customers; i++) {
        const double x = a->x[i * a->feature_count + fa], y = b->x[i * b->feature_count + fb];
        assert_string_equal(a->id[i], b->id[i]);
        if (memcmp(&x, &y, sizeof x) != 0 && !(isnan(x) && isnan(y))) {
            fail_msg("%s of %s is %.17g, not %.17g", name, a->id[i], y, x);
        }
    }
}

static void check_both_ways(const char *transactions, int dated)
{
    static const char *const same[] = {"recency_days", "frequency", "purchase_days", "monetary_total",
                                       "r_score",      "f_score",   "m_score",       "rfm_score"};
    static const char *const by_date[] = {"tenure_days"};
    int32_t as_of;
    tsl_table *lines = table_of_text(TSL_TRANSACTIONS, transactions);
    sum *sums = add_up(lines, &as_of);
    char *text = write_table(tsl_table_get_role(lines, TSL_ROLE_CUSTOMER), sums, as_of, dated);
    tsl_table *told = table_of_text(TSL_CUSTOMERS, text);
    tsl_features *a = features_of(NULL, lines, NULL, NULL, NULL), *b = features_of(told, NULL, NULL, NULL, NULL);
    for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
        assert_same_feature(a, b, same[i]);
    }
    for (size_t i = 0; i < (dated ? 1 : 0); i++) {
        assert_same_feature(a, b, by_date[i]);
    }
    assert_int_equal(b->as_of, dated ? as_of : TSL_NO_DAY);
    assert_int_equal(a->decimals, b->decimals);
    assert_int_equal(a->recipe->basis, TSL_BASIS_CORE);
    assert_int_equal(b->recipe->basis, TSL_BASIS_CORE);
    assert_int_equal(a->recipe->rfm.recency[0] == b->recipe->rfm.recency[0], 1);
    assert_int_equal(a->info.purchases, b->info.purchases);
    assert_int_equal(a->info.customers_with_purchase, b->info.customers_with_purchase);
    assert_int_equal(a->info.monetary_total, b->info.monetary_total);
    tsl_features_free(a);
    tsl_features_free(b);
    tsl_table_free(told);
    tsl_table_free(lines);
    free(text);
    free(sums);
}

/* Orders of some hundred customers, one a day at most; with returns, which some have alone. Owned. */
static char *make_orders(int returns)
{
    tsl__text t = {0};
    uint32_t state = 7;
    tsl__text_puts(&t, "customer_id,date,amount\n");
    for (int c = 0; c < 300; c++) {
        int32_t day = 18262 + c % 97;
        const int orders = c % 3 ? 1 + c % 7 : 1;
        for (int o = 0; o < orders; o++) {
            char text[11];
            state = state * 1664525u + 1013904223u;
            day += 1 + (int32_t)(state >> 24) % 50;
            tsl_day_write(day, text);
            const int back = returns && (c + o) % 11 == 0;
            tsl__text_printf(&t, "c%03d,%s,%s%u.%02u\n", c, text, back ? "-" : "", state >> 20 & 1023, state >> 8 & 63);
        }
    }
    return tsl__text_take(&t);
}

static void test_both_ways(void **state)
{
    (void)state;
    for (int returns = 0; returns < 2; returns++) {
        char *orders = make_orders(returns);
        check_both_ways(orders, 0);
        check_both_ways(orders, 1);
        free(orders);
    }
}

/* A public table of 4,906 orders of 995 customers. */
static void test_public_orders(void **state)
{
    (void)state;
    const char *from = getenv("TESELA_TEST_DATA");
    char path[512];
    snprintf(path, sizeof path, "%s/rfm_data_orders.csv", from ? from : "");
    FILE *file = from ? fopen(path, "rb") : NULL;
    if (!file) {
        skip();
    }
    char *text = calloc(1, 1 << 20);
    assert_true(fread(text, 1, (1 << 20) - 1, file) > 100000);
    fclose(file);
    check_both_ways(text, 0);
    check_both_ways(text, 1);
    free(text);
}

/* ---- By hand --------------------------------------------------------------------- */

/* The last order of all is c's, on 2024-03-10, so that the as-of day is 2024-03-11. */
static const char people[] = "customer_id,first_order,last_order,orders,total_spent,days_since_last_order,city\n"
                             "a,2024-01-01,2024-03-01,4,100.25,,x\n"
                             "b,,2024-02-10,1,7,,x\n"
                             "c,2024-03-10,2024-03-10,3,30,,y\n" /* all on one day */
                             "d,,,0,,,y\n"
                             "e,,,,,,y\n"                        /* nothing is told */
                             "f,2024-02-01,2024-01-01,2,20,,x\n" /* the first after the last */
                             "g,2024-01-01,2024-02-01,0,5,,x\n"  /* no order, and a last one */
                             "h,,2024-01-31,,40,,y\n"            /* how many is not told */
                             "i,2024-01-01,,2,9,,y\n"            /* when the last was is not */
                             "j,2024-01-01,,2,9,20,y\n";         /* but in days */

static void test_cells(void **state)
{
    (void)state;
    tsl_table *c = table_of_text(TSL_CUSTOMERS, people);
    tsl_features *f = features_of(c, NULL, NULL, NULL, NULL);
    static const struct {
        const char *id;
        double recency, orders, days, tenure, spend, mean;
    } wanted[] = {{"a", 10, 4, 4, 70, 100.25, 25.0625}, {"b", 30, 1, 1, 30, 7, 7},         {"c", 1, 3, 1, 1, 30, 10},
                  {"d", NAN, 0, 0, NAN, 0, NAN},        {"e", NAN, 0, 0, NAN, 0, NAN},     {"f", 70, 2, 2, NAN, 20, 10},
                  {"g", NAN, 0, 0, NAN, 5, NAN},        {"h", 40, NAN, NAN, NAN, 40, NAN}, {"i", NAN, 2, 2, 70, 9, 4.5},
                  {"j", 20, 2, 2, 70, 9, 4.5}};
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        check_near(feature_of(f, wanted[i].id, "recency_days"), wanted[i].recency, wanted[i].id);
        check_near(feature_of(f, wanted[i].id, "frequency"), wanted[i].orders, wanted[i].id);
        check_near(feature_of(f, wanted[i].id, "purchase_days"), wanted[i].days, wanted[i].id);
        check_near(feature_of(f, wanted[i].id, "tenure_days"), wanted[i].tenure, wanted[i].id);
        check_near(feature_of(f, wanted[i].id, "monetary_total"), wanted[i].spend, wanted[i].id);
        check_near(feature_of(f, wanted[i].id, "monetary_mean"), wanted[i].mean, wanted[i].id);
    }
    assert_feature(f, "d", "r_score", NAN);
    assert_feature(f, "h", "f_score", NAN); /* its own is not known, nor the whole */
    assert_feature(f, "h", "rfm_score", NAN);
    assert_true(feature_of(f, "h", "r_score") >= 1);
    tsl_features_free(f);
    tsl_table_free(c);
}

/* Another day: what lies behind it is no recency. A row of visits alone has none of all. */
static void test_as_of(void **state)
{
    (void)state;
    int32_t day;
    tsl_error err;
    tsl_table *c = table_of_text(TSL_CUSTOMERS, people);
    tsl_features *f = NULL;
    assert_int_equal(tsl_day_read("2024-03-01", &day, &err), TSL_OK);
    const tsl_tables tables = {c, NULL, NULL, day, 0};
    assert_int_equal(tsl_features_build(&tables, NULL, NULL, NULL, &f, &err), TSL_OK);
    assert_feature(f, "a", "recency_days", NAN);
    assert_feature(f, "a", "frequency", 4);
    assert_feature(f, "b", "recency_days", 20);
    int noted = 0;
    for (size_t i = 0; i < f->info.notes.count; i++) {
        noted |= strstr(f->info.notes.text[i], "2 customers have a last order on the as-of day or later") != NULL;
    }
    assert_int_equal(noted, 1);
    tsl_features_free(f);
    tsl_table_free(c);
}

static void test_history(void **state)
{
    (void)state;
    double value[TSL__TOLDS], h[TSL_HISTORY_COLUMNS];
    static const struct {
        double days, p90;
    } cases[] = {{2, 60}, {3, 42}, {4, 32.666666666666664}, {1e6 + 1, 0}};
    for (int i = 0; i < TSL__TOLDS; i++) {
        value[i] = NAN;
    }
    value[TSL__TOLD_RECENCY] = 10;
    value[TSL__TOLD_TENURE] = 70;
    for (size_t i = 0; i < 3; i++) { /* 60 days between the first and the last: of 60, 30, 20 on average */
        value[TSL__TOLD_DAYS] = cases[i].days;
        tsl__told_put_history(value, h);
        assert_near(h[TSL_HISTORY_X], cases[i].days - 1);
        assert_near(h[TSL_HISTORY_TX], 60);
        assert_near(h[TSL_HISTORY_T], 69);
        assert_near(h[TSL_HISTORY_GAP_P90], cases[i].p90);
        assert_true(isnan(h[TSL_HISTORY_GAP_LAST]));
    }
    value[TSL__TOLD_DAYS] = 60 * 1000;
    tsl__told_put_history(value, h); /* of very many ln 10, nearly */
    assert_true(fabs(h[TSL_HISTORY_GAP_P90] / (60.0 / (60 * 1000 - 1)) - log(10)) < .01);
    value[TSL__TOLD_TENURE] = NAN;
    tsl__told_put_history(value, h);
    assert_true(isnan(h[TSL_HISTORY_GAP_P90]) && isnan(h[TSL_HISTORY_TX]) && h[TSL_HISTORY_X] == 60 * 1000 - 1);
    value[TSL__TOLD_DAYS] = 0;
    tsl__told_put_history(value, h);
    assert_true(isnan(h[TSL_HISTORY_X]));
}

/* ---- Fit and apply ------------------------------------------------------------------ */

static void refuse(const tsl_table *customers, const tsl_table *lines, const tsl_recipe *recipe, const char *message)
{
    const tsl_tables tables = {customers, lines, NULL, TSL_NO_DAY, 0};
    tsl_features *f = NULL;
    tsl_error err;
    assert_int_equal(tsl_features_build(&tables, recipe, NULL, NULL, &f, &err), TSL_E_INPUT);
    if (!strstr(err.message, message)) {
        fail_msg("%s", err.message);
    }
}

static void test_apply(void **state)
{
    (void)state;
    char *orders = make_orders(0), *text;
    int32_t as_of;
    tsl_table *lines = table_of_text(TSL_TRANSACTIONS, orders);
    sum *sums = add_up(lines, &as_of);
    text = write_table(tsl_table_get_role(lines, TSL_ROLE_CUSTOMER), sums, as_of, 1);
    tsl_table *told = table_of_text(TSL_CUSTOMERS, text);
    tsl_table *lacks = table_of_text(TSL_CUSTOMERS, "customer_id,recency,frequency\na,1,2\nb,3,4\nc,9,1\n");
    tsl_features *of_lines = features_of(NULL, lines, NULL, NULL, NULL),
                 *of_told = features_of(told, NULL, NULL, NULL, NULL);
    tsl_features *again = features_of(told, NULL, NULL, of_told->recipe, NULL),
                 *by_lines = features_of(told, NULL, NULL, of_lines->recipe, NULL),
                 *by_told = features_of(NULL, lines, NULL, of_told->recipe, NULL);
    assert_memory_equal(again->x, of_told->x, again->customers * again->feature_count * sizeof *again->x);
    assert_memory_equal(again->apart, of_told->apart, again->customers);
    assert_memory_equal(by_lines->apart, of_lines->apart, by_lines->customers); /* each way, the same customers apart */
    assert_memory_equal(by_told->apart, of_told->apart, by_told->customers);
    assert_same_feature(of_lines, by_lines, "rfm_score");
    assert_same_feature(of_lines, by_told, "tenure_days");
    assert_true(isnan(feature_of(by_lines, "c001", "gap_mean_days")));
    refuse(lacks, NULL, of_lines->recipe, "monetary_total");
    refuse(lacks, NULL, of_told->recipe, "monetary_total");
    tsl_features *const all[] = {of_lines, of_told, again, by_lines, by_told};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        tsl_features_free(all[i]);
    }
    tsl_table_free(lines);
    tsl_table_free(told);
    tsl_table_free(lacks);
    free(orders);
    free(text);
    free(sums);
}

/* Beside transactions the customers' own columns tell nothing. */
static void test_transactions_win(void **state)
{
    (void)state;
    tsl_table *c = table_of_text(TSL_CUSTOMERS, people);
    tsl_table *t = table_of_text(TSL_TRANSACTIONS, "customer_id,date,amount\na,2024-05-01,3\nb,2024-05-02,4\n");
    tsl_features *f = features_of(c, t, NULL, NULL, NULL);
    assert_feature(f, "a", "frequency", 1);
    assert_feature(f, "a", "monetary_total", 3);
    assert_feature(f, "c", "frequency", 0);
    int noted = 0;
    for (size_t i = 0; i < f->info.notes.count; i++) {
        noted |= strstr(f->info.notes.text[i], "the transactions tell what was bought") != NULL;
    }
    assert_int_equal(noted, 1);
    tsl_features_free(f);
    tsl_table_free(c);
    tsl_table_free(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_both_ways),
        cmocka_unit_test(test_public_orders),
        cmocka_unit_test(test_cells),
        cmocka_unit_test(test_as_of),
        cmocka_unit_test(test_history),
        cmocka_unit_test(test_apply),
        cmocka_unit_test(test_transactions_win),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
