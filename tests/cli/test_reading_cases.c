/* test_reading_cases.c: small tables that were once read wrongly, each for a kind of fault (tests/cli/cases). */
#include "program.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char path[8][512];

/* A file of a case, in one of a few buffers. */
static const char *file_of(const char *folder, const char *name)
{
    static int next;
    char *out = path[next++ % 8], inner[256];
    snprintf(inner, sizeof inner, "tests/cli/cases/%s/%s", folder, name);
    snprintf(out, sizeof *path, "%s", source(inner));
    return out;
}

/* The line of segments.csv that begins so, without its end. */
static const char *find_customer(const char *id)
{
    static char line[1024];
    char *text = get("out/segments.csv", NULL), begin[64];
    snprintf(begin, sizeof begin, "\n%s,", id);
    const char *at = strstr(text, begin);
    snprintf(line, sizeof line, "%.*s", at ? (int)strcspn(at + 1, "\n") : 0, at ? at + 1 : "");
    free(text);
    return line;
}

static size_t count_customers(void)
{
    char *text = get("out/segments.csv", NULL);
    size_t lines = 0;
    for (const char *at = text; (at = strchr(at, '\n')); at++) {
        lines++;
    }
    free(text);
    return lines - 1;
}

/* The value of a customer's feature, as inspect tells it. */
static void assert_feature(const char *id, const char *feature, const char *value)
{
    char line[128];
    assert_run(0, "inspect out/features.h5 --customer %s", id);
    const char *at = strstr(last_outcome()->out, feature);
    assert_non_null(at);
    snprintf(line, sizeof line, "%.*s", (int)strcspn(at, "\n"), at);
    if (!strstr(line, value)) {
        fail_msg("%s: \"%s\" does not hold %s", id, line, value);
    }
}

static void takes_no_row_with_a_stray_quote(void **state)
{
    (void)state;
    assert_run(3, "run --transactions %s --output out", file_of("stray-quote", "orders.csv"));
    assert_err("1 of 6 rows cannot be used (1 ragged)");
    assert_err("orders.csv:3: a quote opens here");
    assert_run(0, "run --transactions %s --output out --max-rejects 20%%", file_of("stray-quote", "orders.csv"));
    assert_err("6 rows read, 5 used, 1 rejected");
    assert_int_equal(count_customers(), 5);
    assert_string_equal(find_customer("B"), "");
    assert_string_not_equal(find_customer("C"), "");
}

static void counts_the_total_of_an_order_once(void **state)
{
    (void)state;
    assert_run(0, "run --transactions %s --output out", file_of("order-total-on-every-line", "orders.csv"));
    assert_err("\"order_amount\" is of the whole order");
    assert_feature("A", "monetary_total", "100");
    assert_feature("B", "monetary_total", "100");
    assert_feature("C", "monetary_total", "90");
}

static void tells_of_cancelled_orders(void **state)
{
    (void)state;
    assert_run(0, "run --transactions %s --output out", file_of("cancelled-orders-count", "orders.csv"));
    assert_err("order_status: rows that by their status are no sale are counted as sales: \"Cancelled\" in 1 row");
    assert_err("\"Refunded\" in 1 row");
    put("c.yaml", "transactions:\n  where: \"coalesce(order_status, '') not in ('Cancelled', 'Refunded')\"\n");
    assert_run(0, "run --transactions %s --config c.yaml --output out --force",
               file_of("cancelled-orders-count", "orders.csv"));
    assert_string_equal(find_customer("C"), "");
    assert_feature("A", "monetary_total", "100");
}

static void keeps_visits_after_the_last_purchase(void **state)
{
    (void)state;
    put("c.yaml", "transactions:\n  where: \"coalesce(order_status, '') not in ('Cancelled', 'Refunded')\"\n");
    assert_run(0, "run --transactions %s --config c.yaml --output out --force",
               file_of("cancelled-orders-count", "orders.csv"));
    assert_string_equal(find_customer("C"), "");
    assert_feature("A", "monetary_total", "100");
}

static void tells_of_ids_in_two_spellings(void **state)
{
    (void)state;
    const char *jan = file_of("one-id-in-two-spellings", "jan.csv"),
               *feb = file_of("one-id-in-two-spellings", "feb.csv");
    assert_run(0, "run --transactions %s %s --output out", jan, feb);
    assert_err("3 ids stand in several spellings");
    assert_err("--id-normalise joins them");
    assert_run(0, "run --transactions %s %s --output out --force --id-normalise", jan, feb);
    assert_int_equal(count_customers(), 3);
    static const char *const pair[][2] = {{"ab001", "AB001"}, {"7", "007"}, {"ＡＢ001", "AB001"}};
    static const char *const said[] = {"several spellings", "leading zeros", "several spellings"};
    for (size_t i = 0; i < 3; i++) {
        void *file = put_open("t.csv");
        put_line(file, "customer_id,order_date,amount");
        put_line(file, "%s,2024-01-01,5", pair[i][0]);
        put_line(file, "%s,2024-01-02,6", pair[i][1]);
        put_line(file, "x,2024-01-03,9");
        put_close(file);
        assert_run(0, "run --transactions t.csv --output out --force");
        assert_err(said[i]);
        remove("t.csv");
    }
}

static void knows_no_hour_of_a_day(void **state)
{
    (void)state;
    assert_run(0, "run --transactions %s --output out", file_of("date-only-counts-as-midnight", "orders.csv"));
    assert_err("4 of 5 dates have no time of day");
    assert_run(0, "inspect out/features.h5 --customer A");
    assert_out("night_share         share\n");
    assert_feature("D", "evening_share", "0"); /* at 15:00 */
}

static void reads_units_of_a_header(void **state)
{
    (void)state;
    assert_run(0, "run --transactions %s --interactions %s --output out",
               file_of("unit-in-header-dropped", "orders.csv"), file_of("unit-in-header-dropped", "visits.csv"));
    assert_feature("A", "session_minutes_mean", "30");
    assert_feature("B", "session_minutes_mean", "10");
    assert_feature("C", "session_minutes_mean", "5");
}

static void leaves_row_numbers_out(void **state)
{
    static const char *const heads[] = {"#", "rownames", "行数"};
    (void)state;
    assert_run(0, "run --customers %s --output out", file_of("row-index-is-clustered", "customers.csv"));
    assert_err("c1 is left out: it numbers the rows");
    char *text = get(file_of("row-index-is-clustered", "customers.csv"), NULL);
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        void *file = put_open("c.csv");
        put_line(file, "%s%s", heads[i], text);
        put_close(file);
        assert_run(0, "run --customers c.csv --output out --force");
        assert_err("is left out: it numbers the rows");
        remove("c.csv");
    }
    free(text);
}

static void keeps_numbers_beside_a_mark(void **state)
{
    (void)state;
    assert_run(0, "run --customers %s --output out", file_of("number-column-lost-to-a-mark", "customers.csv"));
    assert_err("income: 14 of 80 cells hold \"?\" in place of a number and are missing");
    assert_err("score: 14 of 80 cells hold \"?\" in place of a number and are missing");
}

static void tells_of_numbers_off_their_scale(void **state)
{
    (void)state;
    assert_run(0, "run --customers %s --value spend --output out", file_of("score-off-its-scale", "customers.csv"));
    assert_err("satisfaction_score: 4 of 200 numbers are 589314, where all others are 1 to 5");
}

static void tells_of_nobody(void **state)
{
    (void)state;
    assert_run(0, "run --transactions %s --lang zh --output out", file_of("walk-in-id-is-vip", "orders.csv"));
    assert_err("“散客”不像是一位客户（从名称看）：60 行中占 30 行（50%）");
    put("c.yaml", "transactions:\n  where: \"会员编号 != '散客'\"\n");
    assert_run(0, "run --transactions %s --lang zh --config c.yaml --output out --force",
               file_of("walk-in-id-is-vip", "orders.csv"));
    assert_string_equal(find_customer("散客"), "");
}

static void knows_common_headers(void **state)
{
    char name[16];
    (void)state;
    for (int i = 1; i <= 8; i++) {
        snprintf(name, sizeof name, "h%02d.csv", i);
        assert_run(0, "run --transactions %s --output out --force", file_of("common-headers-unknown", name));
        assert_err("3 rows read, 3 used, 0 rejected");
    }
}

/* A monthly export gained columns: the order in which its files are named changes nothing. */
static void reads_columns_of_any_file(void **state)
{
    (void)state;
    put("a.csv", "customer_id,date,amount\nA1,2024-01-01,10\nA1,2024-01-05,20\nA2,2024-01-07,5\n");
    put("b.csv", "customer_id,date,amount,order_id,channel\nA1,2024-02-01,10,o1,web\nA1,2024-02-01,4,o1,web\n"
                 "A2,2024-02-03,7,o2,shop\n");
    put("c.csv", "customer_id,date,amount,currency\nA1,2024-03-01,10,EUR\n");
    put("d.csv", "customer_id,date,amount,currency\nA1,2024-04-01,10,USD\n");
    assert_run(0, "features --transactions a.csv b.csv --output ab.h5 --quiet");
    assert_run(0, "inspect ab.h5 --customer A1");
    char *one = strdup(last_outcome()->out);
    assert_non_null(strstr(one, "frequency"));
    assert_run(0, "features --transactions b.csv a.csv --output ba.h5 --quiet");
    assert_run(0, "inspect ba.h5 --customer A1");
    char *other = strdup(last_outcome()->out);
    assert_string_equal(strchr(one, '\n'), strchr(other, '\n'));
    free(one);
    free(other);
    assert_run(0, "features --transactions a.csv b.csv --output ab2.h5");
    assert_err("a.csv has no column \"order_id\"; it is missing there");
    assert_run(3, "features --transactions a.csv c.csv d.csv --output x.h5");
    assert_err("several currencies");
    assert_run(0, "check --transactions a.csv c.csv");
    assert_out("has no column \"currency\"");
}

int main(void)
{
#define IN_SANDBOX(test) cmocka_unit_test_setup_teardown(test, sandbox_open, sandbox_close)
    const struct CMUnitTest tests[] = {
        IN_SANDBOX(takes_no_row_with_a_stray_quote),
        IN_SANDBOX(counts_the_total_of_an_order_once),
        IN_SANDBOX(tells_of_cancelled_orders),
        IN_SANDBOX(keeps_visits_after_the_last_purchase),
        IN_SANDBOX(tells_of_ids_in_two_spellings),
        IN_SANDBOX(knows_no_hour_of_a_day),
        IN_SANDBOX(reads_units_of_a_header),
        IN_SANDBOX(leaves_row_numbers_out),
        IN_SANDBOX(keeps_numbers_beside_a_mark),
        IN_SANDBOX(tells_of_numbers_off_their_scale),
        IN_SANDBOX(tells_of_nobody),
        IN_SANDBOX(knows_common_headers),
        IN_SANDBOX(reads_columns_of_any_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
