/* test_clip.c: features as of an earlier day are those of tables that end there. */
#include "feature/tables.h"

#include "base/rng.h"
#include "base/text.h"

#define RETAIL TESELA_SOURCE_DIR "/datasets/online-retail/online_retail_lines.csv.xz"

static int32_t day_of(const char *text)
{
    int32_t day = TSL_NO_DAY;
    tsl_error err;
    assert_int_equal(tsl_day_read(text, &day, &err), TSL_OK);
    return day;
}

static tsl_features *features_at(const tsl_tables *tables, const tsl_recipe *recipe)
{
    tsl_features *f = NULL;
    tsl_error err;
    if (tsl_features_build(tables, recipe, NULL, NULL, &f, &err) != TSL_OK) {
        fail_msg("%s", err.message);
    }
    return f;
}

static void check_same(const tsl_features *a, const tsl_features *b)
{
    const size_t cells = a->customers * a->feature_count;
    assert_int_equal(a->customers, b->customers);
    assert_int_equal(a->feature_count, b->feature_count);
    assert_int_equal(a->as_of, b->as_of);
    for (size_t f = 0; f < a->feature_count; f++) {
        assert_string_equal(a->feature[f].name, b->feature[f].name);
        assert_int_equal(a->feature[f].known_count, b->feature[f].known_count);
        for (size_t i = 0; i < a->feature[f].known_count; i++) {
            assert_string_equal(a->feature[f].known[i], b->feature[f].known[i]);
        }
    }
    for (size_t i = 0; i < a->customers; i++) {
        assert_string_equal(a->id[i], b->id[i]);
    }
    assert_memory_equal(a->x, b->x, cells * sizeof *a->x);
    assert_int_equal(a->info.lines, b->info.lines);
    assert_int_equal(a->info.orders, b->info.orders);
    assert_int_equal(a->info.monetary_total, b->info.monetary_total);
    assert_int_equal(a->info.unseen, b->info.unseen);
    assert_int_equal(a->history != NULL, b->history != NULL);
    if (a->history) {
        assert_memory_equal(a->history, b->history, a->customers * TSL_HISTORY_COLUMNS * sizeof *a->history);
    }
    for (int g = 0; g < TSL_GROUPS; g++) {
        assert_int_equal(a->vector[g].cols, b->vector[g].cols);
        assert_memory_equal(a->vector[g].values, b->vector[g].values, a->customers * a->vector[g].cols * sizeof(float));
    }
    assert_int_equal(a->recipe->class_count, b->recipe->class_count);
    if (a->apart) {
        assert_memory_equal(a->apart, b->apart, a->customers);
    }
}

/* Rows whose time has a time of day only after `clocked`, whose channels change in time, in no order. */
static void put_rows(tsl__text *orders, tsl__text *visits, int32_t until, int32_t clocked)
{
    static const char *const channel[] = {"web", "shop", "app", "agent", "fair"};
    tsl__rng rng = tsl__rng_open(11, 1, 0);
    tsl__text_puts(orders, "customer_id,order_id,date,amount,channel,quantity\n");
    tsl__text_puts(visits, "customer_id,date,kind,minutes\n");
    for (int i = 0; i < 2000; i++) {
        char text[11];
        const int customer = (int)tsl__rng_below(&rng, 150), off = (int)tsl__rng_below(&rng, 500);
        const int value = (int)tsl__rng_below(&rng, 9000) - 600, hour = (int)tsl__rng_below(&rng, 24);
        const int which = (int)tsl__rng_below(&rng, 2) + (off > 250 ? 3 : off > 120 ? 2 : 0);
        const int32_t day = 19000 + off;
        tsl_day_write(day, text);
        if (day < until && i % 4) {
            tsl__text_printf(orders, "c%03d,o%d,%s %02d:00:00,%d.%02d,%s,%d\n", customer, i / 3, text,
                             day >= clocked ? hour : 0, value / 100, abs(value % 100), channel[which], 1 + i % 5);
        } else if (day < until) {
            tsl__text_printf(visits, "c%03d,%s,%s,%d\n", customer, text, i % 3 ? "visit" : "complaint", 1 + i % 60);
        }
    }
}

static void test_made_tables(void **state)
{
    (void)state;
    static const int32_t cuts[] = {19100, 19200, 19400, 19600};
    static const int32_t clocked[] = {0, 19300, 99999};
    tsl_table *people = table_of_text(TSL_CUSTOMERS, "customer_id,city\nc001,Rome\nc148,Oslo\nzz,Oslo\nzzz,Rome\n");
    for (size_t c = 0; c < sizeof cuts / sizeof *cuts * 3; c++) {
        tsl__text text[4] = {{0}, {0}, {0}, {0}};
        const int32_t cut = cuts[c / 3];
        put_rows(&text[0], &text[1], 99999, clocked[c % 3]);
        put_rows(&text[2], &text[3], cut, clocked[c % 3]);
        tsl_table *orders = table_of_text(TSL_TRANSACTIONS, text[0].data),
                  *visits = table_of_text(TSL_INTERACTIONS, text[1].data),
                  *some_orders = table_of_text(TSL_TRANSACTIONS, text[2].data),
                  *some_visits = table_of_text(TSL_INTERACTIONS, text[3].data);
        const tsl_tables all = {people, orders, visits, cut, 1}, some = {people, some_orders, some_visits, cut, 0};
        tsl_features *clipped = features_at(&all, NULL), *truncated = features_at(&some, NULL);
        check_same(clipped, truncated);
        tsl_features *applied = features_at(&all, truncated->recipe);
        check_same(applied, truncated);
        tsl_features_free(applied);
        tsl_features_free(clipped);
        tsl_features_free(truncated);
        tsl_table_free(orders);
        tsl_table_free(visits);
        tsl_table_free(some_orders);
        tsl_table_free(some_visits);
        for (int i = 0; i < 4; i++) {
            tsl__text_free(&text[i]);
        }
    }
    tsl_table_free(people);
}

/* Values that come up after the cut are strange to the recipe of the whole, and only rows before it are counted. */
static void test_strange_values(void **state)
{
    (void)state;
    tsl_table *old = table_of_text(TSL_TRANSACTIONS, "customer_id,date,amount,channel\na,2024-01-01,5,web\n"
                                                     "b,2024-01-02,7,app\nc,2024-01-02,9,web\n");
    tsl_table *now = table_of_text(TSL_TRANSACTIONS, "customer_id,date,amount,channel\na,2024-01-01,5,fair\n"
                                                     "b,2024-01-02,7,app\nc,2024-02-02,9,fair\nd,2024-02-03,9,fair\n");
    tsl_features *fit = features_of(NULL, old, NULL, NULL, NULL);
    const tsl_tables tables = {NULL, now, NULL, day_of("2024-01-10"), 1};
    tsl_features *f = features_at(&tables, fit->recipe);
    assert_int_equal(f->customers, 2);
    assert_int_equal(f->info.unseen, 1);
    tsl_features_free(f);
    tsl_features_free(fit);
    tsl_table_free(old);
    tsl_table_free(now);
}

/* Without the flag such rows are refused; and where nothing is left, there is nobody. */
static void test_refused(void **state)
{
    (void)state;
    tsl_table *lines = table_of_text(TSL_TRANSACTIONS, "customer_id,date,amount\na,2024-01-05,5\nb,2024-01-06,7\n");
    tsl_tables tables = {NULL, lines, NULL, day_of("2024-01-06"), 0};
    tsl_features *f = NULL;
    tsl_error err;
    assert_int_equal(tsl_features_build(&tables, NULL, NULL, NULL, &f, &err), TSL_E_OPTION);
    tables.clip = 1;
    tables.as_of = day_of("2024-01-05");
    assert_int_equal(tsl_features_build(&tables, NULL, NULL, NULL, &f, &err), TSL_E_INPUT);
    assert_null(f);
    tsl_table_free(lines);
}

/* Real lines, truncated by reading them up to the cut. */
static void test_online_retail(void **state)
{
    (void)state;
    static const char *const cuts[] = {"2011-09-10", "2011-03-01"};
    const tsl_source source = {.path = RETAIL};
    tsl_table_options opt;
    tsl_table *whole = NULL, *part = NULL;
    tsl_error err;
    TSL_DEFAULTS(table, &opt);
    if (tsl_table_read(TSL_TRANSACTIONS, &source, 1, NULL, NULL, &opt, NULL, &whole, &err) != TSL_OK) {
        fail_msg("%s", err.message);
    }
    for (size_t c = 0; c < 2; c++) {
        opt.as_of = day_of(cuts[c]);
        assert_int_equal(tsl_table_read(TSL_TRANSACTIONS, &source, 1, NULL, NULL, &opt, NULL, &part, &err), TSL_OK);
        const tsl_tables all = {NULL, whole, NULL, opt.as_of, 1}, some = {NULL, part, NULL, opt.as_of, 0};
        tsl_features *clipped = features_at(&all, NULL), *truncated = features_at(&some, NULL);
        assert_true(clipped->customers > 1000);
        check_same(clipped, truncated);
        tsl_features_free(clipped);
        tsl_features_free(truncated);
        tsl_table_free(part);
    }
    tsl_table_free(whole);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_made_tables), cmocka_unit_test(test_strange_values),
                                       cmocka_unit_test(test_refused), cmocka_unit_test(test_online_retail)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
