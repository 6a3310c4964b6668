/* test_grouping.c: features of rows that are kept by customer are those of columns, of one shard or many. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <tesela/feature.h>

enum { CUSTOMERS = 3000, LINES = 80000, VISITS = 9000, ROW_BYTES = 96 };

static uint64_t random_state;

static unsigned draw(unsigned range)
{
    random_state = random_state * 6364136223846793005U + 1442695040888963407U;
    return (unsigned)(random_state >> 33) % range;
}

/* Ids of several lengths and writings; some of each table are in no other. */
static int put_id(char *to, unsigned i)
{
    return sprintf(to, i % 5 ? "%u" : i % 2 ? "c-%07u" : "客户%u", i);
}

static char *write_orders(int with_order)
{
    char *text = malloc(ROW_BYTES * (LINES + 1)), *to = text;
    assert_non_null(text);
    to += sprintf(to, "customer,date,amount,quantity,product,category,channel,cost%s\n", with_order ? ",order" : "");
    for (unsigned i = 0; i < LINES; i++) {
        to += put_id(to, draw(CUSTOMERS) * draw(CUSTOMERS) / CUSTOMERS);
        to += sprintf(to, ",2023-%02u-%02u %02u:%02u,%s%u.%02u,%u,p%u,%s,%s,%u", 1 + draw(12), 1 + draw(28), draw(24),
                      draw(4) * 15, draw(20) ? "" : "-", draw(90), draw(100), draw(5), draw(300),
                      draw(3) ? "food" : "toys", draw(2) ? "web" : "shop", draw(50));
        to += sprintf(to, with_order ? ",o%u\n" : "\n", draw(LINES / 2));
    }
    return text;
}

static char *write_visits(void)
{
    char *text = malloc(ROW_BYTES * (VISITS + 1)), *to = text;
    assert_non_null(text);
    to += sprintf(to, "customer,time,kind,minutes\n");
    for (unsigned i = 0; i < VISITS; i++) {
        to += put_id(to, draw(CUSTOMERS + 200));
        to += sprintf(to, ",2023-%02u-%02u %02u:00,%s,%u\n", 1 + draw(12), 1 + draw(28), draw(24),
                      draw(2) ? "visit" : "complaint", draw(90));
    }
    return text;
}

static char *write_customers(void)
{
    char *text = malloc(ROW_BYTES * (CUSTOMERS + 1)), *to = text;
    assert_non_null(text);
    to += sprintf(to, "customer,age,city\n");
    for (unsigned i = 0; i < CUSTOMERS; i += 2) {
        to += put_id(to, i + 100);
        to += sprintf(to, ",%u,%s\n", 18 + draw(60), draw(2) ? "Lima" : "Quito");
    }
    return text;
}

static int normalise; /* ids */

static tsl_table *read_table(tsl_table_kind kind, const char *text, int by_customer, int threads)
{
    tsl_table_options opt;
    tsl_exec exec;
    tsl_error err;
    tsl_table *table;
    const tsl_source source = {.bytes = text, .count = strlen(text)};
    TSL_DEFAULTS(table, &opt);
    TSL_DEFAULTS(exec, &exec);
    opt.by_customer = by_customer;
    opt.id_normalise = normalise;
    exec.threads = threads;
    if (tsl_table_read(kind, &source, 1, NULL, NULL, &opt, &exec, &table, &err) != TSL_OK) {
        fail_msg("%s", err.message);
    }
    return table;
}

static tsl_features *build(const tsl_table *const table[TSL_TABLE_KINDS], int32_t clip, int threads)
{
    const tsl_tables tables = {.transactions = table[TSL_TRANSACTIONS],
                               .customers = table[TSL_CUSTOMERS],
                               .interactions = table[TSL_INTERACTIONS],
                               .as_of = clip ? clip : TSL_NO_DAY,
                               .clip = clip != 0};
    tsl_exec exec;
    tsl_error err;
    tsl_features *features;
    TSL_DEFAULTS(exec, &exec);
    exec.threads = threads;
    if (tsl_features_build(&tables, NULL, NULL, &exec, &features, &err) != TSL_OK) {
        fail_msg("%s", err.message);
    }
    return features;
}

static void check_same(const tsl_features *a, const tsl_features *b)
{
    assert_int_equal(a->customers, b->customers);
    assert_int_equal(a->feature_count, b->feature_count);
    for (size_t i = 0; i < a->customers; i++) {
        assert_string_equal(a->id[i], b->id[i]);
    }
    for (size_t f = 0; f < a->feature_count; f++) {
        assert_string_equal(a->feature[f].name, b->feature[f].name);
    }
    assert_memory_equal(a->x, b->x, a->customers * a->feature_count * sizeof *a->x);
    assert_memory_equal(a->history, b->history, a->customers * TSL_HISTORY_COLUMNS * sizeof *a->history);
    assert_int_equal(a->info.lines, b->info.lines);
    assert_int_equal(a->info.orders, b->info.orders);
    assert_int_equal(a->info.monetary_total, b->info.monetary_total);
    assert_int_equal(a->info.notes.count, b->info.notes.count);
    for (size_t i = 0; i < a->info.notes.count; i++) {
        assert_string_equal(a->info.notes.text[i], b->info.notes.text[i]);
    }
    assert_int_equal(a->category_count, b->category_count);
    for (size_t c = 0; c < a->category_count; c++) {
        assert_memory_equal(a->category[c].code, b->category[c].code, a->customers * sizeof *a->category[c].code);
    }
}

/* The columns of one table after the other are put by customer. */
static void test_by_customer(void **state)
{
    (void)state;
    char *text[TSL_TABLE_KINDS];
    for (int with_order = 0; with_order < 2; with_order++) {
        const tsl_table *column[TSL_TABLE_KINDS], *mixed[TSL_TABLE_KINDS];
        random_state = 7;
        text[TSL_TRANSACTIONS] = write_orders(with_order);
        text[TSL_CUSTOMERS] = write_customers();
        text[TSL_INTERACTIONS] = write_visits();
        for (int k = 0; k < TSL_TABLE_KINDS; k++) {
            mixed[k] = column[k] = read_table((tsl_table_kind)k, text[k], 0, 1);
        }
        tsl_table *lines = read_table(TSL_TRANSACTIONS, text[TSL_TRANSACTIONS], 1, 3);
        tsl_table *visits = read_table(TSL_INTERACTIONS, text[TSL_INTERACTIONS], 1, 2);
        for (int32_t clip = 0; clip <= 19500; clip += 19500) { /* 2023-05-23 */
            tsl_features *expected = build(column, clip, 1);
            assert_true(expected->customers > CUSTOMERS);
            for (int step = 0; step < 2; step++) {
                mixed[TSL_TRANSACTIONS] = lines;
                mixed[TSL_INTERACTIONS] = step ? visits : column[TSL_INTERACTIONS];
                tsl_features *seen = build(mixed, clip, 1 + 2 * step);
                check_same(expected, seen);
                tsl_features_free(seen);
            }
            tsl_features_free(expected);
        }
        for (int k = 0; k < TSL_TABLE_KINDS; k++) {
            tsl_table_free((tsl_table *)(uintptr_t)column[k]);
            free(text[k]);
        }
        tsl_table_free(lines);
        tsl_table_free(visits);
    }
}

/* Another spelling of the id in every other line. */
static char *respell(const char *text)
{
    char *other = malloc(2 * strlen(text) + 1), *to = other;
    assert_non_null(other);
    for (const char *line = text; *line; line = strchr(line, '\n') + 1) {
        const size_t id = strcspn(line, ","), bytes = strcspn(line, "\n") + 1;
        const int odd = line != text && draw(2);
        const int number = *line >= '0' && *line <= '9';
        to += sprintf(to, "%s%.*s%s", odd && !number ? " \xE2\x80\x8B" : "", (int)id, line, odd && number ? ".0" : "");
        memcpy(to, line + id, bytes - id);
        to += bytes - id;
    }
    *to = '\0';
    return other;
}

/* Customers whose ids are spelled in several ways are those whose ids are not. */
static void test_spellings(void **state)
{
    (void)state;
    char *text[TSL_TABLE_KINDS], *other[TSL_TABLE_KINDS];
    const tsl_table *plain[TSL_TABLE_KINDS], *spelled[TSL_TABLE_KINDS], *columns[TSL_TABLE_KINDS];
    random_state = 11;
    text[TSL_TRANSACTIONS] = write_orders(1);
    text[TSL_CUSTOMERS] = write_customers();
    text[TSL_INTERACTIONS] = write_visits();
    normalise = 1; /* the same form in both: letters stay as the shortest spelling has them */
    for (int k = 0; k < TSL_TABLE_KINDS; k++) {
        other[k] = respell(text[k]);
        plain[k] = read_table((tsl_table_kind)k, text[k], 0, 1);
        columns[k] = read_table((tsl_table_kind)k, other[k], 0, 2);
        spelled[k] = read_table((tsl_table_kind)k, other[k], 1, 3);
    }
    normalise = 0;
    tsl_features *expected = build(plain, 0, 1), *seen[] = {build(columns, 0, 3), build(spelled, 0, 2)};
    assert_true(expected->customers > CUSTOMERS);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(expected->customers, seen[i]->customers);
        for (size_t c = 0; c < seen[i]->customers; c++) { /* who is spelled oddly alone is shown so */
            char id[64];
            const char *shown = seen[i]->id[c];
            shown += strncmp(shown, "\xE2\x80\x8B", 3) == 0 ? 3 : 0;
            const size_t n = strlen(shown);
            sprintf(id, "%.*s", (int)(n > 2 && strcmp(shown + n - 2, ".0") == 0 ? n - 2 : n), shown);
            const size_t at = tsl_features_get_customer(expected, id);
            assert_true(at < expected->customers);
            assert_memory_equal(expected->history + at * TSL_HISTORY_COLUMNS,
                                seen[i]->history + c * TSL_HISTORY_COLUMNS,
                                TSL_HISTORY_COLUMNS * sizeof *expected->history);
        }
        tsl_features_free(seen[i]);
    }
    tsl_features_free(expected);
    for (int k = 0; k < TSL_TABLE_KINDS; k++) {
        tsl_table_free((tsl_table *)(uintptr_t)plain[k]);
        tsl_table_free((tsl_table *)(uintptr_t)columns[k]);
        tsl_table_free((tsl_table *)(uintptr_t)spelled[k]);
        free(text[k]);
        free(other[k]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_by_customer), cmocka_unit_test(test_spellings)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
