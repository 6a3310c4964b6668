/* test_check_run.c: tesela check and tesela run say the same of the same tables: what is refused, what is used, what is
 * found; and a run by the configuration that check writes is the run by its options. */
#include "program.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- Tables ------------------------------------------------------------------------------- */

/* Lines of 30 customers over 200 days; what stands behind them is of the test. */
static void put_sales(const char *name, const char *behind)
{
    void *file = put_open(name);
    put_line(file, "customer_id,order_id,date,amount,status,product");
    for (int i = 0; i < 240; i++) {
        const int day = i * 200 / 240;
        put_line(file, "c%02d,o%d,2024-%02d-%02d,%d.50,%s,p%d", i * 7 % 30, i / 2, 1 + day / 28, 1 + day % 28,
                 5 + i * 11 % 90, i % 9 == 4 ? "Cancelled" : "paid", i % 5);
    }
    put_line(file, "%s", behind);
    put_close(file);
}

static void put_visits(const char *name)
{
    void *file = put_open(name);
    put_line(file, "customer_id,visit_time,event");
    for (int i = 0; i < 90; i++) {
        put_line(file, "c%02d,2024-%02d-%02d 10:%02d:00,home", i % 30, 1 + i / 9, 1 + i % 28, i % 60);
    }
    put_close(file);
}

static void put_people(const char *name)
{
    void *file = put_open(name);
    put_line(file, "customer_id,age,city");
    for (int i = 0; i < 30; i++) {
        put_line(file, "c%02d,%d,%s", i, 20 + i * 7 % 50, i % 3 ? "Ulm" : "Bonn");
    }
    put_close(file);
}

static void put_tables(void)
{
    put_sales("o.csv", "");
    put_visits("v.csv");
    put_people("c.csv");
}

/* ---- What is refused ------------------------------------------------------------------------- */

/* In the place of lines of a table, or words of the command line. */
static const struct {
    const char *name, *file, *text, *words;
    int refused;
} inputs[] = {
    {"plain", NULL, NULL, "o.csv", 0},
    {"three tables", NULL, NULL, "o.csv c.csv v.csv", 0},
    {"customers alone", NULL, NULL, "--customers c.csv", 0},
    {"interactions alone", NULL, NULL, "--interactions v.csv", 1},
    {"no such column", NULL, NULL, "o.csv --amount price", 1},
    {"an expression of nothing", NULL, NULL, "o.csv --amount nothing*2", 1},
    {"a role of the other table", NULL, NULL, "o.csv c.csv --customer-id city", 1},
    {"nothing is left by the condition", NULL, NULL, "o.csv --where status='none'", 1},
    {"nothing is left by the day", NULL, NULL, "o.csv --as-of 2020-01-01", 1},
    {"an earlier day", NULL, NULL, "o.csv v.csv --as-of 2024-05-01", 0},
    {"no such value", NULL, NULL, "o.csv --value nothing", 1},
    {"a value", NULL, NULL, "o.csv c.csv --value age", 0},
    {"no such outcome", NULL, NULL, "o.csv c.csv --outcome nothing", 1},
    {"no such weight", NULL, NULL, "o.csv --weight nothing", 1},
    {"no such zone", NULL, NULL, "o.csv --timezone Nowhere/Town", 1},
    {"gate: cancelled", NULL, NULL, "o.csv --gate unsold_rows=refuse", 1},
    {"gate: cancelled, left out", NULL, NULL, "o.csv --gate unsold_rows=refuse --where status!='Cancelled'", 0},
    {"gate: another", NULL, NULL, "o.csv --gate orphans=refuse", 0},
    {"gate: orphans", "t.csv", "customer_id,age\nc00,30\nc01,40\nc02,35\n",
     "o.csv --customers t.csv --gate orphans=refuse", 1},
    {"orphans rejected", "t.csv", "customer_id,age\nc00,30\nc01,40\nc02,35\n", "o.csv --customers t.csv", 0},
    {"ids of another kind", "t.csv", "customer_id,age\n900,30\n901,40\n", "o.csv --customers t.csv", 0},
    {"customers by their rows", "t.csv", "age,city\n30,Ulm\n40,Bonn\n30,Ulm\n",
     "o.csv --customers t.csv --customer-id #", 1},
    {"currencies", "t.csv", "customer,time,amount,currency\na,2024-01-05,1,EUR\nb,2024-01-06,2,USD\n", "t.csv", 1},
    {"currency signs", "t.csv", "customer,time,amount\na,2024-01-05,$1\nb,2024-01-06,2 EUR\n", "t.csv", 1},
    {"doubtful dates", "t.csv", "customer,time,amount\na,03/04/2024,1\nb,05/06/2024,2\n", "t.csv", 1},
    {"doubtful dates, said", "t.csv", "customer,time,amount\na,03/04/2024,1\nb,05/06/2024,2\nb,05/07/2024,2\n",
     "t.csv --dates dmy", 0},
    {"two kinds of dates", "t.csv", "customer,time,amount\na,2024-01-05,1\nb,45296,2\n", "t.csv", 1},
    {"doubtful numbers", "t.csv", "customer;time;amount\na;2024-01-05;1.250\nb;2024-01-06;2.500\n", "t.csv", 1},
    {"no amount", "t.csv", "customer,colour\na,red\nb,blue\n", "--transactions t.csv", 1},
    {"no time", "t.csv", "customer,colour,amount\na,red,1\na,blue,2\n", "--transactions t.csv", 1},
    {"a header alone", "t.csv", "customer,time,amount\n", "t.csv", 1},
    {"nothing", "t.csv", "", "--transactions t.csv", 1},
    {"too many rejects", "t.csv", "customer,time,amount\na,2024-01-05,x\nb,2024-01-06,2\nc,2024-01-07,3\n", "t.csv", 1},
    {"more are allowed", "t.csv", "customer,time,amount\na,2024-01-05,x\nb,2024-01-06,2\nc,2024-01-07,3\n",
     "t.csv --max-rejects 90%", 0},
    {"one customer", "t.csv", "customer,time,amount\na,2024-01-05,1\na,2024-01-06,2\n", "t.csv", 1},
    {"two customers", "t.csv", "customer,time,amount\na,2024-01-05,1\nb,2024-01-06,2\n", "t.csv", 0},
    {"customers who are alike", "t.csv", "customer_id,age,city\na,30,Ulm\nb,30,Ulm\nc,30,Ulm\n", "--customers t.csv",
     1},
    {"customers of nothing", "t.csv", "customer_id,email\na,a@x.org\nb,b@x.org\nc,c@x.org\n", "--customers t.csv", 1},
    {"customers who contradict", "t.csv", "customer_id,age\na,30\na,31\nb,30\nb,35\n", "--customers t.csv", 1},
    {"an open quote", "t.csv", "customer,time,amount\na,2024-01-05,1\nb,2024-01-06,\"2\n", "t.csv", 1},
    {"a visit without time", "t.csv", "customer_id,visit_time\nc00,soon\nc01,later\n", "o.csv --interactions t.csv", 1},
    {"ids of two kinds", "t.csv", "customer_id,visit_time\n1,2024-01-05\n2,2024-01-06\n",
     "o.csv c.csv --interactions t.csv", 0},
    {"a second file without the column", "t.csv", "customer_id,order_id,date\nc00,o1,2024-01-05\n",
     "--transactions o.csv t.csv", 1},
    {"a configuration of too many k", "t.yaml", "cluster: {k: 90}\n", "o.csv --config t.yaml", 1},
    {"a line of no column", "t.yaml", "features: {lines: [{name: x, level: lines, aggregate: sum, source: nothing}]}\n",
     "o.csv --config t.yaml", 1},
    {"a basis of nothing", "t.yaml", "cluster: {basis: 'core+nothing'}\n", "o.csv --config t.yaml", 1},
    {"a name of no segment", "t.yaml", "names: {nobody: x}\n", "o.csv --config t.yaml", 1},
    {"a gate of the configuration", "t.yaml", "gate: {unused_column: refuse}\n", "o.csv c.csv --config t.yaml", 0},
};

static void refuses_what_a_run_refuses(void **state)
{
    (void)state;
    size_t wrong = 0;
    put_tables();
    for (size_t i = 0; i < sizeof inputs / sizeof *inputs; i++) {
        if (inputs[i].file) {
            put(inputs[i].file, inputs[i].text);
        }
        const int ran = run("run %s --evidence none --holdout 0 --output out --quiet", inputs[i].words)->status;
        remove_all("out");
        const int checked = run("check %s --json --quiet", inputs[i].words)->status;
        json_t *json = json_loads(last_outcome()->out, 0, NULL);
        /* an option that is none stops both; what check cannot read at all stops it, too */
        const int refused = json ? json_is_true(json_object_get(json, "refuses_run")) : checked != 0;
        json_decref(json);
        if ((ran != 0) != refused || refused != inputs[i].refused) {
            print_error("%s: run ends with %d, check with %d and says that run would %s\n", inputs[i].name, ran,
                        checked, refused ? "refuse" : "go");
            wrong++;
        }
        remove_all("t.csv");
        remove_all("t.yaml");
    }
    assert_int_equal(wrong, 0);
}

/* ---- What is used ----------------------------------------------------------------------------- */

/* Visits go on for months after the last sale: both take them all, by the day after the last of them. */
static void uses_what_a_run_uses(void **state)
{
    static const char *const kinds[] = {"transactions", "customers", "interactions"};
    (void)state;
    put_tables();
    assert_run(0, "check o.csv c.csv v.csv --json --quiet");
    json_t *checked = get_json();
    assert_run(0, "run o.csv c.csv v.csv --evidence none --holdout 0 --output out --json --quiet");
    json_t *ran = get_json();
    assert_string_equal(json_text_at(checked, "as_of"), "2024-10-29");
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        char a[60], b[60];
        snprintf(a, sizeof a, "tables.%s.rows.used", kinds[i]);
        snprintf(b, sizeof b, "rows.%s.used", kinds[i]);
        assert_true(json_at(checked, a) == json_at(ran, b));
    }
    assert_true(json_at(checked, "tables.interactions.rows.rejected") == 0);
    json_decref(checked);
    json_decref(ran);
}

/* Two and three rows of next year do not set the day, and are told; --as-of takes them. */
static void is_not_led_by_far_rows(void **state)
{
    (void)state;
    put_sales("o.csv", "c01,x1,2025-02-01,5.00,paid,p1\nc02,x2,2025-02-03,5.00,paid,p1");
    assert_run(0, "check o.csv --json --quiet");
    json_t *json = get_json();
    assert_string_equal(json_text_at(json, "as_of"), "2024-08-05");
    assert_true(json_at(json, "tables.transactions.rows.rejected") == 2);
    json_decref(json);
    assert_run(0, "check o.csv");
    assert_out("rejected_after_as_of in the transactions (2)");
    assert_out("late_dates in the transactions (2)");
    assert_out("give --as-of 2025-02-04");
    assert_run(0, "check o.csv --as-of 2025-02-04");
    assert_out("242 rows read, 242 used, 0 rejected");
}

/* ---- What is found -------------------------------------------------------------------------------- */

static json_t *find(const json_t *findings, const char *kind)
{
    size_t i;
    json_t *finding;
    json_array_foreach((json_t *)(uintptr_t)findings, i, finding)
    {
        if (strcmp(json_string_value(json_object_get(finding, "kind")), kind) == 0) {
            return finding;
        }
    }
    return NULL;
}

/* The total of an order on each of its lines, of so many customers that a run looks at some of them. */
static void finds_what_a_run_finds(void **state)
{
    (void)state;
    void *file = put_open("o.csv");
    put_line(file, "customer,order,date,amount,quantity,price");
    for (int i = 0; i < 180000; i++) {
        const int order = i / 2, price = 1 + order % 50;
        put_line(file, "c%d,o%d,2024-%02d-%02d,%d,1,%d", order % 30000, order, 1 + i % 12, 1 + i % 28,
                 2 * price + (order % 300 == 0), price);
    }
    put_close(file);
    assert_run(0, "check o.csv --json --quiet");
    json_t *checked = get_json();
    assert_run(0, "run o.csv --evidence none --holdout 0 --output out --json --quiet");
    json_t *ran = get_json();
    const json_t *a = find(json_object_get(checked, "findings"), "amount_level");
    const json_t *b = find(json_object_get(json_object_get(ran, "data_quality"), "findings"), "amount_level");
    assert_non_null(a);
    assert_non_null(b);
    assert_string_equal(json_text_at(a, "message"), json_text_at(b, "message"));
    json_decref(checked);
    json_decref(ran);
}

/* The amount on an order's first line alone: empty lines are refused with the way out, which works; zeros are noted. */
static void finds_amounts_on_first_lines(void **state)
{
    (void)state;
    for (int zero = 0; zero < 2; zero++) {
        void *file = put_open("first.csv");
        put_line(file, "customer,order,date,amount,product");
        for (int i = 0; i < 120; i++) {
            char amount[16];
            snprintf(amount, sizeof amount, "%d.00", 100 + i);
            put_line(file, "c%d,o%d,2024-01-%02d,%s,p%d", i / 3 % 7, i / 3, 1 + i / 3 % 28,
                     i % 3 == 0 ? amount
                     : zero     ? "0"
                                : "",
                     i % 3);
        }
        put_close(file);
        assert_run(0, "check first.csv");
        assert_out("amount_level");
        assert_out(zero ? "on one line alone of 40 of 40 orders of several lines, and 0 on the others"
                        : "missing on 80 lines of 40 orders, behind one that has it");
        assert_run(zero ? 0 : 3, "run first.csv --evidence none --holdout 0 --output out");
        assert_err("it seems to be the order's");
        remove_all("out");
        if (!zero) {
            assert_err("--amount \"coalesce(amount, 0)\" keeps the others");
            assert_run(0, "check first.csv --amount 'coalesce(amount, 0)'");
            assert_out("120 rows read, 120 used");
        }
        remove_all("first.csv");
    }
}

/* The condition that the first finding proposes, as the shell hands it on; from the pool of this test. */
static const char *get_way(const char *out)
{
    static char way[2000];
    size_t n = 0;
    const char *at = strstr(out, "--where \"");
    assert_non_null(at);
    for (at += strlen("--where \""); *at != '"'; at++) {
        at += *at == '\\';
        way[n++] = *at;
    }
    way[n] = '\0';
    return way;
}

/* The test's lines have words in ' quotes, in which the condition's own cannot stand: it goes by a configuration. */
static void follows_one_way_out(void **state)
{
    (void)state;
    char behind[4000] = "test01,t1,2024-03-03,1.00,paid,p1\ntest02,t2,2024-03-03,1.00,paid,p1", config[3000];
    for (int i = 0; i < 30; i++) {
        strcat(behind, "\nguest,g,2024-03-04,2.00,Refunded,p2");
    }
    put_sales("o.csv", behind);
    assert_run(0, "check o.csv --gate repeated_rows=ignore");
    assert_out("no_customer_ids");
    assert_out("unsold_rows");
    assert_out("test_accounts");
    const char *way = get_way(last_outcome()->out);
    assert_null(strstr(strstr(last_outcome()->out, "--where \"") + 1, "--where \"")); /* one, of all */
    snprintf(config, sizeof config, "transactions: {where: \"%s\"}\n", way);
    put("way.yaml", config);
    assert_run(0, "check o.csv --config way.yaml");
    assert_null(strstr(last_outcome()->out, "no_customer_ids"));
    assert_null(strstr(last_outcome()->out, "unsold_rows"));
    assert_null(strstr(last_outcome()->out, "test_accounts"));
    assert_run(0, "run o.csv --config way.yaml --evidence none --holdout 0 --output out --quiet");
    /* what was asked stays in what is proposed */
    put("mine.yaml", "transactions: {where: \"product != 'p3' or product = 'p4'\"}\n");
    assert_run(0, "check o.csv --config mine.yaml");
    assert_non_null(strstr(get_way(last_outcome()->out), "(product != 'p3' or product = 'p4') and "));
}

/* ---- What is not to be shown ---------------------------------------------------------------------- */

/* Ids of many kinds of findings, and addresses. */
static void put_named(void)
{
    void *file = put_open("o.csv");
    put_line(file, "customer,order,date,amount,status,email");
    for (int i = 0; i < 400; i++) {
        put_line(file, "%s%03d%s,o%d,2024-%02d-%02d,%d.00,%s,m%d@mail.example", i % 3 ? "zoe" : "ZOE", i % 40,
                 i % 7 ? "" : " ", i, 1 + i / 40, 1 + i % 28, 1 + i % 9, i % 8 ? "paid" : "refunded", i % 40);
        put_line(file, "00%d7,n%d,2024-02-02,3.00,paid,x@mail.example", i % 30 + 10, i);
        put_line(file, "%d7,k%d,2024-02-02,3.00,paid,x@mail.example", i % 30 + 10, i);
    }
    for (int i = 0; i < 900; i++) {
        put_line(file, "heavy@mail.example,h%d,2024-02-02,3.00,refunded,x@mail.example", i);
    }
    put_line(file, "bad@mail.example,b1,2024-02-30,x,paid,bad@mail.example");
    put_close(file);
    put("c.csv",
        "customer_id,age,email\nother@mail.example,30,q@mail.example\nother2@mail.example,31,q2@mail.example\n");
}

static void assert_names_nobody(const char *way, const char *text)
{
    static const char *const hidden[] = {"mail.example", "zoe0", "ZOE0", "\"00107", "\"107"};
    for (size_t k = 0; k < sizeof hidden / sizeof *hidden; k++) {
        if (strstr(text, hidden[k])) {
            fail_msg("%s shows %.60s", way, strstr(text, hidden[k]));
        }
    }
}

/* Not one of them in any way out. */
static void names_nobody(void **state)
{
    (void)state;
    put_named();
    assert_run(0, "check o.csv c.csv --html p.html --json=j.json --write-config c.yaml");
    char *const all[] = {strdup(last_outcome()->out), strdup(last_outcome()->err), get("p.html", NULL),
                         get("j.json", NULL), get("c.yaml", NULL)};
    assert_non_null(strstr(all[0], "id_spellings"));
    assert_non_null(strstr(all[0], "lost_zeros"));
    assert_non_null(strstr(all[0], "no_customer_ids"));
    assert_non_null(strstr(all[0], "\"refunded\" in")); /* a status names nobody */
    static const char *const ways[] = {"out", "err", "page", "json", "configuration"};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        assert_names_nobody(ways[i], all[i]);
        free(all[i]);
    }
    assert_run(0, "check o.csv c.csv --show-values");
    assert_out("heavy@mail.example");
    put("t.csv", "customer,time,amount\nann@mail.example,2024-01-05,1\nann@mail.example,2024-01-06,2\n");
    assert_run(0, "check t.csv");
    assert_out("cannot be segmented");
    assert_null(strstr(last_outcome()->out, "ann@"));
}

/* Neither the terminal nor what is handed on says who it is. */
static void names_nobody_in_a_run(void **state)
{
    (void)state;
    put_named();
    assert_run(0, "run o.csv c.csv --output out");
    assert_err("\"refunded\" in");
    assert_names_nobody("terminal", last_outcome()->err);
    char *summary = get("out/summary.json", NULL), *report = get("out/report.html", NULL);
    assert_non_null(strstr(summary, "\\\"refunded\\\" in"));
    assert_non_null(strstr(summary, "id_spellings"));
    assert_non_null(strstr(summary, "(tesela check --show-values shows it)"));
    assert_names_nobody("summary", summary);
    assert_names_nobody("report", report);
    free(summary);
    free(report);
    assert_run(0, "run o.csv c.csv --output other --json");
    assert_names_nobody("json", last_outcome()->out);
}

/* ---- The configuration ------------------------------------------------------------------------------ */

static void put_columns(void)
{
    put("full.yaml", "seed: 11\nreturns: matched\ngate: {unsold_rows: ignore}\n"
                     "features: {winsorise: [0.02, 0.97], lines: [{name: big, level: lines, aggregate: count, filter: "
                     "{product: p1}}], max_shares: 3, weights: {value: 2}}\n"
                     "tiers: {by: revenue}\nlifecycle: {new_days: 20}\n"
                     "customers: {columns: {age: {type: number, missing: ['27']}, city: {ignore: yes}}}\n"
                     "transactions: {orphans: reject, lookups: [{file: products.csv, key: product}]}\n");
    put("products.csv", "product,kind\np0,a\np1,a\np2,b\np3,b\np4,c\n");
    void *file = put_open("semi.csv");
    put_line(file, "kunde;bestellung;datum;betrag;menge");
    for (int i = 0; i < 200; i++) {
        put_line(file, "k%d;o%d;%02d.%02d.2024 1%d:00:00+02:00;%d,%02d;%d", i * 7 % 30, i, 1 + i % 28, 1 + i / 25,
                 i % 10, 10 + i % 40, i % 100, 1 + i % 3);
    }
    put_close(file);
    file = put_open("titled.csv");
    put_line(file, "Report,all,of,2024\n,,,\nwho,wann,what,worth");
    for (int i = 0; i < 200; i++) {
        put_line(file, "k%d,2024-%02d-%02d,p%d,%d", i * 7 % 30, 1 + i / 25, 1 + i % 28, i % 5, 1 + i % 77);
    }
    put_close(file);
    file = put_open("zone.csv");
    put_line(file, "customer,date,amount");
    for (int i = 0; i < 200; i++) {
        put_line(file, "%s%d,2024-%02d-%02dT23:%02d:00%s,%d", i % 2 ? "K" : "k", i * 7 % 30, 1 + i / 25, 1 + i % 28,
                 i % 60, i % 3 ? "Z" : "+08:00", 1 + i % 77);
    }
    put_line(file, "k1,2024-01-01T23:00:00Z,5\nk1,2024-01-01T23:00:00Z,5");
    put_close(file);
}

static const char *const options[] = {
    "o.csv",
    "o.csv c.csv v.csv",
    "o.csv c.csv v.csv --as-of 2024-06-01",
    "o.csv --until 2024-06-01",
    "o.csv c.csv --config full.yaml",
    "o.csv c.csv --config full.yaml --returns net --until 2024-06-01",
    "o.csv --amount 'amount * 2' --order order_id --dates ymd",
    "o.csv --where status!='Cancelled' --drop-duplicates",
    "o.csv c.csv --customer-where 'age>25' --outcome age",
    "o.csv c.csv --value age --weight age",
    "semi.csv",
    "semi.csv --decimal comma --delimiter semicolon --header yes --dates dmy --encoding utf-8",
    "semi.csv --timezone Asia/Shanghai",
    "titled.csv --header 3 --customer who --time wann --amount worth",
    "zone.csv --timezone Europe/Berlin --id-normalise --drop-duplicates",
    "zone.csv --timezone UTC --max-rejects 50%",
    "zone.csv --gate repeated_rows=ignore",
    "--customers c.csv --outcome none",
};

static void writes_what_was_asked(void **state)
{
    (void)state;
    put_tables();
    put_columns();
    for (size_t i = 0; i < sizeof options / sizeof *options; i++) {
        assert_run(0, "check %s --write-config c.yaml --quiet --force", options[i]);
        assert_run(0, "run --config c.yaml --evidence none --holdout 0 --output a --quiet");
        assert_run(0, "run %s --evidence none --holdout 0 --output b --quiet", options[i]);
        assert_same_file("a/features.h5", "b/features.h5");
        assert_same_file("a/model.h5", "b/model.h5");
        assert_same_file("a/segments.csv", "b/segments.csv");
        assert_same_file("a/rejects.csv", "b/rejects.csv");
        assert_run(0, "check --config c.yaml --write-config again.yaml --quiet --force");
        assert_same_file("c.yaml", "again.yaml");
        remove_all("a");
        remove_all("b");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define IN_SANDBOX(test) cmocka_unit_test_setup_teardown(test, sandbox_open, sandbox_close)
        IN_SANDBOX(refuses_what_a_run_refuses),
        IN_SANDBOX(uses_what_a_run_uses),
        IN_SANDBOX(is_not_led_by_far_rows),
        IN_SANDBOX(finds_what_a_run_finds),
        IN_SANDBOX(finds_amounts_on_first_lines),
        IN_SANDBOX(follows_one_way_out),
        IN_SANDBOX(names_nobody),
        IN_SANDBOX(names_nobody_in_a_run),
        IN_SANDBOX(writes_what_was_asked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
