/* test_chinese_notes.c: under --lang zh neither a note nor an error has English left: on the terminal, and in both
 * languages in summary.json. */
#include "program.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The end of the word of letters that begins here. */
static const char *end_word(const char *at)
{
    while (isalpha((unsigned char)*at)) {
        at++;
    }
    return at;
}

/* Passes over what is somebody's own: in quotes, an option with its value, names of programs. */
static const char *pass_own(const char *at)
{
    if (*at == '"') {
        const char *end = strchr(at + 1, '"');
        return end ? end + 1 : at + 1;
    }
    if (strncmp(at, "“", 3) == 0) {
        const char *end = strstr(at, "”");
        return end ? end + 3 : at + 3;
    }
    static const char *const products[] = {"tesela ", "Zoho "};
    for (size_t i = 0; i < 2; i++) {
        if (strncmp(at, products[i], strlen(products[i])) == 0) {
            return end_word(at + strlen(products[i]));
        }
    }
    if (strncmp(at, "--", 2) == 0) {
        at += strcspn(at, " ");
        at += *at == ' ';
        return *at == '"' ? pass_own(at) : at + strcspn(at, " \n，；）");
    }
    return at;
}

/* Two words of letters in a row; NULL: none. */
static const char *find_english(const char *line)
{
    for (const char *at = line; *at;) {
        const char *own = pass_own(at);
        if (own != at) {
            at = own;
            continue;
        }
        const char *end = end_word(at);
        if (end - at > 1 && *end == ' ' && end_word(end + 1) - end > 2) {
            return at;
        }
        at = end > at ? end : at + 1;
    }
    return NULL;
}

static size_t check_line(const char *line)
{
    const char *english = find_english(line);
    if (english) {
        fail_msg("English is left in: %s", line);
    }
    return 1;
}

/* The notes on standard error, and how columns were taken. */
static size_t check_terminal(void)
{
    char *text = strdup(last_outcome()->err), *rest = text;
    size_t notes = 0;
    for (char *line = strtok_r(text, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest)) {
        assert_null(strstr(line, "note: "));
        notes += strncmp(line, "说明：", strlen("说明：")) == 0 ? check_line(line) : 0;
        (void)(strncmp(line, "  ", 2) == 0 ? check_line(line) : 0);
    }
    free(text);
    return notes;
}

static void check_texts(const json_t *array)
{
    for (size_t i = 0; i < json_array_size(array); i++) {
        check_line(json_string_value(json_array_get(array, i)));
    }
}

static void check_summary(const char *name)
{
    size_t length;
    char *text = get(name, &length);
    json_t *json = json_loadb(text, length, 0, NULL), *rows;
    const char *table;
    assert_non_null(json);
    const json_t *notes = json_object_get(json, "notes");
    for (size_t i = 0; i < json_array_size(notes); i++) {
        const json_t *note = json_array_get(notes, i), *in = json_object_get(note, "text_in");
        assert_string_equal(json_string_value(json_object_get(in, "en")),
                            json_string_value(json_object_get(note, "text")));
        check_line(json_string_value(json_object_get(in, "zh")));
    }
    json_object_foreach(json_object_get(json, "rows"), table, rows)
    {
        const json_t *in = json_object_get(rows, "understood_in");
        assert_true(json_equal(json_object_get(rows, "understood"), json_object_get(in, "en")));
        check_texts(json_object_get(in, "zh"));
    }
    json_decref(json);
    free(text);
}

/* All that stands on the terminal, progress as well. */
static void check_all(const char *text)
{
    char *copy = strdup(text), *rest = copy;
    for (char *line = strtok_r(copy, "\r\n", &rest); line; line = strtok_r(NULL, "\r\n", &rest)) {
        check_line(line);
    }
    free(copy);
}

/* Every verb, over tables that are well and broken. */
static void says_all_in_chinese(void **state)
{
    (void)state;
#define SHOP "--transactions shop/dirty/transactions.csv --customers shop/dirty/customers.csv --max-rejects 1"
    static const char *const commands[] = {
        "run " SHOP " --output out --progress always",
        "run shop/clean/transactions.csv --output clean --suppress gone.csv --history 2",
        "assign plain.csv plain.h5 --output assigned.csv",
        "check " SHOP,
        "features " SHOP " --output f.h5",
        "cluster f.h5 --output m.h5",
        "label f.h5 m.h5 --output l.csv",
        "value shop/clean/transactions.csv --output v.csv",
        "evaluate --data plain.csv --labels labels.csv",
        "compare out clean --output moved.csv",
        "inspect clean",
        "inspect clean/features.h5",
        "inspect clean/model.h5",
        "inspect clean/segments.csv",
        "inspect clean --warnings 5",
        "inspect clean --warnings 5 --output w.csv",
        "explain clean/model.h5",
        "export clean --for salesforce --output crm",
        "export clean --since out --for zoho --output delta",
        "report clean/summary.json --output r.html",
    };
    assert_run(0, "synth dirty --output shop --lines 2500 --lang zh");
    check_all(last_outcome()->out);
    assert_run(0, "synth retailer --output retailer --lang zh");
    check_all(last_outcome()->out);
    put("gone.csv", "customer_id\nnobody\n");
    void *f = put_open("plain.csv");
    put_line(f, "a,b\n");
    for (int i = 0; i < 200; i++) {
        put_line(f, "%d,%d\n", i % 3 * 100 + i % 7, i % 2 * 100 + i % 5);
    }
    put_close(f);
    assert_run(0, "cluster plain.csv --output plain.h5 --labels labels.csv --lang zh");
    check_all(last_outcome()->err);
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
        assert_run(0, "%s --lang zh", commands[i]);
        check_all(last_outcome()->out);
        check_all(last_outcome()->err);
    }
    /* By the configuration, as JSON and as a page. */
    put("zh.yaml", "lang: zh\n");
    assert_run(0, "check " SHOP " --config zh.yaml --json --html page.html");
    json_t *json = json_loads(last_outcome()->out, 0, NULL), *finding;
    const json_t *findings = json_object_get(json, "findings");
    size_t i;
    assert_in_range(json_array_size(findings), 8, 100);
    json_array_foreach(findings, i, finding)
    {
        check_line(json_text_at(finding, "message"));
    }
    check_texts(json_object_get(json_object_get(json_object_get(json, "tables"), "transactions"), "understood"));
    char *page = get("page.html", NULL);
    assert_non_null(strstr(page, json_text_at(json_array_get(findings, 0), "message")));
    assert_null(strstr(page, "rows are rejected"));
    free(page);
    json_decref(json);
}

/* A shop's tables, broken as tables are. */
static void says_what_is_amiss(void **state)
{
    (void)state;
    assert_run(0, "synth dirty --output shop");
    assert_run(0, "run --transactions shop/dirty/transactions.csv --customers shop/dirty/customers.csv --interactions "
                  "shop/dirty/interactions.csv --max-rejects 1 --lang zh --output out");
    assert_in_range(check_terminal(), 10, 1000);
    check_summary("out/summary.json");
    assert_run(0, "run --transactions shop/clean/transactions.csv --lang zh --output clean");
    check_terminal();
    check_summary("clean/summary.json");
    assert_run(0, "value --transactions shop/clean/transactions.csv --lang zh --output values.csv");
    assert_true(check_terminal() > 0);
}

/* Businesses, each with its own configuration. */
static void says_what_scenarios_are(void **state)
{
    (void)state;
    static const char *const scenarios[] = {"company", "bank", "retailer", "education", "noise"};
    for (size_t i = 0; i < sizeof scenarios / sizeof *scenarios; i++) {
        assert_run(0, "synth %s --customers 300 --output %s", scenarios[i], scenarios[i]);
        assert_run(0, "run --config %s/config.yaml --lang zh --output out --force", scenarios[i]);
        check_terminal();
        check_summary("out/summary.json");
    }
    assert_run(0, "label --check out/features.h5 out/model.h5 --lang zh");
    assert_out("全部");
    assert_null(strstr(last_outcome()->out, " at_risk "));
}

/* Customers alone, plain numbers, few of either. */
static void says_what_few_are(void **state)
{
    (void)state;
    put("people.csv", "id,age,score,city,phone\n1,30,5,A,13800000001\n2,41,7,B,13800000002\n3,52,6,A,13800000003\n"
                      "4,23,1,B,13800000004\n5,60,900,A,13800000005\n6,35,4,B,13800000006\n");
    put("orders.csv", "customer,date,amount\nA,2024-03-01,10\nB,2024-03-02,7\nC,2024-03-20,4\n,2024-03-21,4\n");
    assert_run(0, "run --customers people.csv --lang zh --output people");
    check_terminal();
    check_summary("people/summary.json");
    assert_run(0, "run --transactions orders.csv --lang zh --output orders");
    assert_in_range(check_terminal(), 2, 100);
    check_summary("orders/summary.json");
    assert_run(0, "compare people orders --lang zh");
    check_terminal();
}

/* What goes wrong: with what is asked, with files, tables, configurations, features, models and runs. */
static void says_what_is_wrong(void **state)
{
    (void)state;
    static const char *const commands[] = {
        /* the command line */
        "rum",
        "--frob",
        "help rum",
        "run",
        "run --frob",
        "run --tier x o.csv",
        "run o.csv --output out --k many",
        "run o.csv --output out --k 1000000",
        "run o.csv --output out --tiers sideways",
        "run o.csv --output out --as-of yesterday",
        "run o.csv --output out --max-rejects 7",
        "run o.csv o.csv --output out --delimiter xy",
        "run o.csv",
        "run o.csv --output",
        "run o.csv --output out --currency dollars",
        "run o.csv --output out --customer nobody",
        "run o.csv --output out --amount 'price * * 2'",
        "run o.csv --output out --where 'amount >'",
        "run o.csv --output out --where 'amonut > 3'",
        "run o.csv --output out --min-cell few",
        "run o.csv --output out --brand none.yaml",
        "run o.csv --output out --pseudonymise none.key",
        "run o.csv --output out --suppress none.csv",
        "run o.csv --output out --model none.h5",
        "run o.csv --output out --previous none",
        "run o.csv --output taken",
        "run o.csv --output o.csv",
        /* tables */
        "run none.csv --output out",
        "run . --output out",
        "run empty.csv --output out",
        "run header.csv --output out",
        "run words.csv --output out",
        "run bad.csv --output out",
        "run quote.csv --output out",
        "run binary.csv --output out",
        "run broken.xlsx --output out",
        "run broken.csv.gz --output out",
        "run two.csv --output out",
        "run --customers twice.csv --output out",
        "run --customers one.csv --output out",
        "run --customers same.csv --output out",
        "check none.csv bad.csv",
        "features none.csv --output f.h5",
        /* configurations */
        "run o.csv --output out --config none.yaml",
        "run o.csv --output out --config unknown.yaml",
        "run o.csv --output out --config kind.yaml",
        "run o.csv --output out --config gate.yaml",
        "run o.csv --output out --rfm-map bad.csv",
        "run o.csv --output out --strategies bad.csv",
        /* what the program made, and what it did not */
        "cluster o.csv --output m.h5 --k 900",
        "cluster none.h5 --output m.h5",
        "cluster broken.h5 --output m.h5",
        "cluster run/model.h5 --output m.h5",
        "label run/model.h5 run/features.h5 --output l.csv",
        "assign o.csv run/features.h5 --output a.csv",
        "evaluate --data o.csv --labels none.csv",
        "evaluate --data plain.csv --labels bad.csv",
        "evaluate --data plain.csv",
        "compare run none",
        "compare run taken",
        "inspect none",
        "inspect o.csv",
        "inspect run --customer nobody",
        "inspect run --warnings none",
        "explain run/model.h5 --format x",
        "explain o.csv",
        "report none",
        "report o.csv",
        "report run --audience everybody --output r.html",
        "report run --brand bad.yaml --output r.html",
        "export run --for sap --output crm",
        "export run --for zoho",
        "export none --for zoho --output crm",
        "export run --for zoho --since none --output crm",
        "export run --for zoho --output crm --map bad.yaml",
        "export run --for salesforce --output crm --id-column 'a b'",
        "export run --for zoho --output taken",
        "synth shop --output s",
        "synth bank --output s --customers 0",
        "synth bank",
        "value none.csv --output v.csv",
        "value o.csv --output v.csv --horizon 0",
    };
    void *f = put_open("o.csv");
    put_line(f, "customer,date,amount\n");
    for (int i = 0; i < 400; i++) {
        put_line(f, "C%d,2024-%02d-%02d,%d\n", i % 61, 1 + i % 12, 1 + i % 28, 5 + i * 7 % 90);
    }
    put_close(f);
    f = put_open("plain.csv");
    put_line(f, "a,b\n");
    for (int i = 0; i < 40; i++) {
        put_line(f, "%d,%d\n", i, i * i % 17);
    }
    put_close(f);
    put("empty.csv", "");
    put("header.csv", "customer,date,amount\n");
    put("words.csv", "fruit,colour\napple,red\npear,green\n");
    put("bad.csv", "customer,date,amount\nC1,soon,3\nC2,later,x\n");
    put("quote.csv", "customer,date,amount\nC1,2024-01-02,\"3\nC2,2024-01-03,4\n");
    put("binary.csv", "\x01\x02\x03\x04\x05\x06\x07");
    put("broken.xlsx", "PK\x03\x04 and no more");
    put("broken.csv.gz", "\x1F\x8B\x08 and no more");
    put("broken.h5", "\x89HDF\r\n\x1A\n and no more");
    put("two.csv", "customer,date,amount,currency\nA,2024-01-02,3,EUR\nB,2024-01-03,4,USD\n");
    put("twice.csv", "customer,age\n1,20\n1,30\n");
    put("one.csv", "customer,age\n1,20\n");
    put("same.csv", "customer,age\n1,20\n2,20\n3,20\n");
    put("unknown.yaml", "tables:\n  transactions: 3\ncolour: blue\n");
    put("kind.yaml", "clusters:\n  k: [a, b]\n");
    put("gate.yaml", "gate:\n  orphans: perhaps\n");
    put("bad.yaml", "name: 3\ncolour: puce\nfields: 7\n");
    put("taken", "mine");
    assert_run(0, "run o.csv --output run --quiet");
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
        const outcome *o = run("%s --lang zh", commands[i]);
        if (o->status == 0 || !strpbrk(o->err, "\xE4\xE5\xE6\xE7\xE8\xE9")) {
            fail_msg("%s: ends with %d and says %s", commands[i], o->status, o->err);
        }
        check_all(o->err);
    }
}

int main(void)
{
#define IN_SANDBOX(test) cmocka_unit_test_setup_teardown(test, sandbox_open, sandbox_close)
    const struct CMUnitTest tests[] = {IN_SANDBOX(says_all_in_chinese), IN_SANDBOX(says_what_is_amiss),
                                       IN_SANDBOX(says_what_scenarios_are), IN_SANDBOX(says_what_few_are),
                                       IN_SANDBOX(says_what_is_wrong)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
