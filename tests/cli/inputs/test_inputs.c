/* test_inputs.c: files that stand without an option are the tables that their columns say. */
#include "program.h"

#include <string.h>
#include <sys/stat.h>

static const char visits[] = "customer_id,event_time,event_type\nC00001,2018-01-03,visit\nC00002,2018-01-04,visit\n";

static void put_tables(void)
{
    put_orders("orders.csv", 40, 4);
    put("visits.csv", visits);
}

static void files_are_recognised(void **state)
{
    (void)state;
    put_tables();
    assert_run(0, "run --transactions orders.csv --interactions visits.csv --output by_option --evidence none");
    assert_run(0, "run visits.csv orders.csv --output out --evidence none");
    assert_err("orders.csv is taken for transactions, by ");
    assert_err("visits.csv is taken for interactions, by customer_id (customer), event_time (time), event_type (kind)");
    assert_same_file("by_option/segments.csv", "out/segments.csv");
    assert_same_file("by_option/features.h5", "out/features.h5");
    /* beside options, and several of one table */
    assert_run(0, "features orders.csv --interactions visits.csv --output f.h5");
    assert_run(0, "features orders.csv orders.csv visits.csv --output f.h5 --force");
    assert_err("orders.csv is given twice");
}

static void unknown_files_are_refused(void **state)
{
    (void)state;
    put_tables();
    put("products.csv", "sku,price\na,1\n");
    put("events.csv", "customer_id,date\nc1,2024-01-03\nc1,2024-02-03\nc2,2024-01-04\n");
    assert_run(3, "run orders.csv products.csv --output out");
    assert_err("products.csv: which table it is is not known: no column is recognised as the customer");
    assert_run(3, "run events.csv --output out");
    assert_err("(with --amount 1 it is transactions that count as one each); --transactions, --customers or "
               "--interactions events.csv says it");
    put("more.csv", "customer_id,date\nc3,2024-01-03\n"); /* looked at with those of the same columns */
    assert_run(0, "check events.csv more.csv products.csv");
    assert_err("more.csv is looked at as transactions");
    assert_err("products.csv is looked at as customers");
    assert_null(strstr(last_outcome()->err, "which table it is is not known")); /* the findings have it */
    assert_run(3, "check nosuch.csv");
    assert_string_equal(last_outcome()->err, "tesela: nosuch.csv: cannot be read: No such file or directory\n");
    assert_run(2, "run visits.csv --output out");
    assert_err("interactions alone make no customers");
    assert_run(2, "run - --output out");
    assert_err("-: which table it is cannot be looked up, as it can be read only once");
    assert_run(2, "run . --output out");
    assert_err(".: is a folder; its files are named by a pattern, such as './*.csv'");
    assert_run(2, "run orders.csv --interaction-time event_time --output out");
    assert_err("--interaction-time names a column of the interactions, and there are none");
    assert_run(2, "evaluate --data orders.csv --labels orders.csv --time date");
    assert_err("--time goes with --transactions FILE...");
    assert_run(2, "run orders.csv --output .");
    assert_err("would be written over the input orders.csv");
}

/* Two files of customers, each with columns of its own, are parts of one table; one under another name is not. */
static void parts_of_customers_are_refused(void **state)
{
    (void)state;
    put("people.csv", "id,age,city\nc1,30,Rome\nc2,40,Bonn\nc3,50,Rome\n");
    put("views.csv", "customer_id,page_views\nc1,3\nc2,4\nc3,9\n");
    assert_run(3, "run people.csv views.csv --output out");
    assert_err("3 customers stand in several files whose columns differ, such as that of people.csv:2 and views.csv:2: "
               "only people.csv has \"age\", \"city\", only views.csv has \"page_views\"");
    put("join.yaml", "customers:\n  files: people.csv\n  lookups:\n    - {file: views.csv, key: id, file_key: "
                     "customer_id}\n");
    assert_run(0, "features --config join.yaml --output f.h5");
    assert_run(0, "features --customers people.csv --output f.h5 --force");
}

/* A slip in what names a column is told with its place, whether an option names the table or not. */
static void slips_are_told(void **state)
{
    (void)state;
    put("plain.csv", "customer_id,order_date,amount\nc1,2024-01-03,5\nc1,2024-02-03,6\nc2,2024-01-04,7\n");
    put("slip.yaml", "transactions:\n  columns:\n    amount: amuont * 2\n");
    static const char near[] = "amount: there is no column \"amuont\"; did you mean \"amount\"?\n"
                               "  amuont * 2\n  ^\n";
    assert_run(2, "run plain.csv --amount 'amuont * 2' --output out");
    assert_err(near);
    assert_run(2, "run plain.csv --config slip.yaml --output out");
    assert_err(near);
    assert_err("tesela: slip.yaml:3:13: amount: ");
    assert_run(2, "run plain.csv --amount 'amount +' --output out");
    assert_err("is missing here\n  amount +\n          ^\n");
    assert_run(2, "run plain.csv --amount 'amount > 5' --output out");
    assert_err("this is a condition (true or false)\n  amount > 5\n         ^\n");
    assert_run(2, "run plain.csv --time dat --output out");
    assert_err("tesela: time: plain.csv has no column \"dat\"; did you mean \"order_date\"?");
    assert_run(2, "run plain.csv --customer custmer --output out");
    assert_err("tesela: customer: plain.csv has no column \"custmer\"");
    assert_run(0, "check plain.csv --time dat");
    assert_out("error: missing_role in the transactions: time: plain.csv has no column \"dat\"");
    assert_err("plain.csv is taken for transactions, by customer_id (customer), order_date (time), amount (amount)");
}

/* The columns of each table, by options. */
static void columns_are_named(void **state)
{
    (void)state;
    put("sold.csv", "wer,wann,was,wo\nc1,2024-01-03,5,x\nc1,2024-02-03,6,x\nc2,2024-01-04,7,y\n");
    put("came.csv", "who,then,for what\nc1,2024-01-03,visit\nc2,2024-01-04,complaint\n");
    put("people.csv", "wem,alter\nc1,30\nc2,40\n");
    assert_run(0, "features sold.csv came.csv people.csv --customer wer --time wann --amount 2*was --channel wo "
                  "--interaction-customer who --interaction-time then --interaction-kind 'for what' --customer-id wem "
                  "--output f.h5 --json");
    json_t *json = get_json();
    assert_int_equal(json_at(json, "rows.transactions.used"), 3);
    assert_int_equal(json_at(json, "rows.interactions.used"), 2);
    assert_int_equal(json_at(json, "rows.customers.used"), 2);
    json_decref(json);
    put("sold.yaml", "transactions:\n  columns:\n    customer: nobody\n    time: wann\n    amount: was\n");
    assert_run(0, "features --config sold.yaml --customer wer --transactions sold.csv --output f.h5 --force");
    assert_err("  customer: wer (text)");
    assert_run(3, "features --transactions sold.csv --customer wer --time wann --output f.h5 --force");
    assert_err(
        "name it by --amount COLUMN (transactions.columns in the configuration); where no column says what a row "
        "is worth, --amount 1 counts each as one");
}

/* Events without amounts: each counts as one, and nothing speaks of money. */
static void lines_are_counted(void **state)
{
    (void)state;
    void *file = put_open("events.csv");
    put_line(file, "customer_id,date,currency");
    for (int c = 0; c < 160; c++) {
        for (int i = 0; i <= c % 5; i++) {
            put_line(file, "c%d,2023-%02d-%02d,EUR", c, 1 + (c + 5 * i) % 12, 1 + (c * 7 + i) % 28);
        }
    }
    put_close(file);
    assert_run(0, "run events.csv --amount 1 --output out --evidence none --holdout 90 --json");
    assert_err("each line of the transactions counts as 1: amounts, spend and value are numbers of lines, no money");
    json_t *json = get_json();
    assert_string_equal(json_text_at(json, "totals.unit"), "lines");
    assert_string_equal(json_text_at(json, "value.unit"), "lines");
    assert_true(json_is_null(json_object_get(json_object_get(json, "totals"), "currency")));
    assert_int_equal(json_at(json, "totals.monetary_total"), json_at(json, "totals.lines"));
    assert_int_equal(json_at(json, "value.total"), json_at(json, "totals.lines"));
    json_decref(json);
    assert_run(0, "inspect out");
    assert_out("Lines each");
    assert_out("quintiles of lines");
    assert_null(strstr(last_outcome()->out, "Spend each"));
    assert_run(0, "inspect out --lang zh");
    assert_out("人均行数");
    /* what each line costs is money again */
    assert_run(0, "run events.csv --amount 2 --output paid --evidence none --json");
    json = get_json();
    assert_string_equal(json_text_at(json, "totals.unit"), "currency");
    assert_string_equal(json_text_at(json, "totals.currency"), "EUR");
    json_decref(json);
    /* the model keeps the unit */
    assert_run(0, "run events.csv --amount 1 --model out/model.h5 --output again --json");
    json = get_json();
    assert_string_equal(json_text_at(json, "value.unit"), "lines");
    json_decref(json);
}

/* Names with *, ? and [...]: what they match, by bytes, whatever the folder says. */
static void patterns_are_expanded(void **state)
{
    (void)state;
    assert_int_equal(mkdir("in", 0700), 0);
    put("in/2024-10.csv", "customer,date,amount\nc3,2024-10-03,30\n");
    put("in/2024-02.csv", "customer,date,amount\nc2,2024-02-03,20\n");
    put("in/2024-1b.csv", "customer,date,amount\nc4,2024-01-04,40\n");
    put("in/2024-1B.csv", "customer,date,amount\nc1,2024-01-03,10\n");
    put("in/.2024-11.csv", "no table");
    assert_run(0, "features --transactions in/2024-02.csv in/2024-10.csv in/2024-1B.csv in/2024-1b.csv --output a.h5");
    assert_run(0, "features --transactions 'in/2024-*.csv' --output b.h5");
    assert_err("in/2024-*.csv stands for 4 files: in/2024-02.csv, in/2024-10.csv, in/2024-1B.csv, in/2024-1b.csv\n");
    assert_same_file("a.h5", "b.h5");
    assert_run(0, "features 'i?/2024-??.csv' --output c.h5");
    assert_err("in/2024-1b.csv is taken for transactions, by ");
    assert_same_file("a.h5", "c.h5");
    assert_run(0, "features in/2024-02.csv 'in/2024-1[0B].csv' --output d.h5");
    assert_err("in/2024-1[0B].csv stands for 2 files: in/2024-10.csv, in/2024-1B.csv\n");
    put("in/2024-[0].csv", "customer,date,amount\nc9,2024-01-03,10\nc8,2024-01-04,9\n"); /* called just so */
    assert_run(0, "features 'in/2024-[0].csv' --output e.h5");
    assert_null(strstr(last_outcome()->err, "stands for"));
    assert_run(0, "features 'in/2024-*.csv' --output f.h5");
    assert_err("in/2024-*.csv stands for 5 files: in/2024-02.csv, ..., in/2024-[0].csv\n");
    assert_run(3, "features --transactions 'in/2025-*.csv' --output g.h5");
    assert_err("in/2025-*.csv: there is no file of this name, and none that matches it\n");
    assert_run(2, "features --transactions 'in/*.csv' --output in/2024-02.csv --force");
    assert_err("would be written over --transactions in/2024-02.csv");
}

static void pattern_of_a_lookup_is_one_file(void **state)
{
    (void)state;
    put("orders.csv", "customer,date,sku\nc1,2024-02-03,a\nc2,2024-02-04,b\n");
    assert_int_equal(mkdir("conf", 0700), 0);
    put("conf/prices-3.csv", "sku,price\na,3\nb,4\n");
    put("conf/shop.yaml",
        "transactions:\n  columns: {amount: price}\n  lookups:\n    - {file: prices-*.csv, key: sku}\n");
    assert_run(0, "features orders.csv --config conf/shop.yaml --output a.h5");
    assert_err("conf/prices-*.csv stands for 1 file: conf/prices-3.csv\n");
    put("conf/prices-4.csv", "sku,price\na,3\nb,5\n");
    assert_run(2, "features orders.csv --config conf/shop.yaml --output b.h5");
    assert_err("conf/prices-*.csv: a lookup is one file, and 2 match: conf/prices-3.csv, conf/prices-4.csv\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(files_are_recognised, sandbox_open, sandbox_close),
        cmocka_unit_test_setup_teardown(unknown_files_are_refused, sandbox_open, sandbox_close),
        cmocka_unit_test_setup_teardown(parts_of_customers_are_refused, sandbox_open, sandbox_close),
        cmocka_unit_test_setup_teardown(slips_are_told, sandbox_open, sandbox_close),
        cmocka_unit_test_setup_teardown(columns_are_named, sandbox_open, sandbox_close),
        cmocka_unit_test_setup_teardown(lines_are_counted, sandbox_open, sandbox_close),
        cmocka_unit_test_setup_teardown(patterns_are_expanded, sandbox_open, sandbox_close),
        cmocka_unit_test_setup_teardown(pattern_of_a_lookup_is_one_file, sandbox_open, sandbox_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
