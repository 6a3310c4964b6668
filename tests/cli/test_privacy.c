/*
 * test_privacy.c: names, telephone numbers, identity numbers, addresses and order numbers are planted in tables; all
 * that the program writes and says is searched for them.
 */
#include "program.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PEOPLE = 240 };

/* What stands for people: in ids, columns of theirs, orders, rejected rows. */
static const char *const ids[] = {"SECRET-", "secret-0", NULL};
static const char *const persons[] = {"Zanzibarov",    "Quixley",  "欧阳",        "1387000", "11010119",
                                      "@planted-mail", "ORD-PRIV", "Hidden Lane", "Okonkwo", NULL};

static const char *get_name(int i)
{
    static const char *const first[] = {"Ulyssette", "Xiomaria", "Thor", "Bartholomewa", "Ada", "Ignatia", "Perpetua"},
                             *const last[] = {"Zanzibarov", "Quixley", "欧阳", "Okonkwo", "Zanzibarova", "Quixleyson"};
    static char names[4][64];
    return strcat(strcat(strcpy(names[i % 4], first[i % 7]), " "), last[i % 6]);
}

static void plant_people(void)
{
    void *f = put_open("people.csv");
    put_line(f, "customer_id,name,mobile,id_number,email,address,region,religion,age\n");
    for (int i = 0; i < PEOPLE; i++) {
        put_line(f, "SECRET-%05d,%s,1387000%04d,11010119%02d0307%03dX,p%d@planted-mail.org,%d Hidden Lane,%s,%s,%d\n",
                 i, get_name(i), i, 60 + i % 40, i, i, i % 7, i % 3 ? "North" : "South", i % 5 ? "A" : "B",
                 20 + i % 60);
    }
    put_line(f, "SECRET-00003,%s,1387000,11010119,x@planted-mail.org,1 Hidden Lane,East,A,77\n", get_name(3));
    put_line(f, "SECRET-00005,%s,13870009999\n", get_name(5));
    put_close(f);
}

static void plant_orders(void)
{
    void *f = put_open("orders.csv");
    int order = 0;
    put_line(f, "customer_id,order_id,order_date,amount,contact_name\n");
    for (int i = 0; i < PEOPLE; i++) {
        for (int o = 0; o < 1 + i * i % 9; o++, order++) {
            put_line(f, "SECRET-%05d,ORD-PRIV-%06d,%d-%02d-%02d,%d.50,%s\n", i, order, 2022 + o % 2,
                     1 + (i + 5 * o) % 12, 1 + (i * 7 + o) % 28, 20 + i % 3 * 90 + order % 40, get_name(i));
        }
    }
    put_line(f, "SECRET-00009,ORD-PRIV-999901,2023-02-31,12.00,%s\n", get_name(9));   /* no day */
    put_line(f, "SECRET-00009,ORD-PRIV-999902,2023-02-11,%s,x\n", get_name(1));       /* no amount */
    put_line(f, "SECRET-00009,ORD-PRIV-999903,2023-02-11,5.00\n");                    /* ragged */
    put_line(f, "secret-00011,ORD-PRIV-999904,2023-02-11,5.00,%s\n", get_name(11));   /* another spelling */
    put_line(f, "SECRET-00012 ,ORD-PRIV-999905,2023-02-11,5.00,\"%s\n", get_name(2)); /* a quote by mistake */
    put_close(f);
}

static int open_folder(void **state)
{
    const int failed = sandbox_open(state);
    plant_people();
    plant_orders();
    put("key", "0123456789abcdef0123456789abcdef\n");
    put("other-key", "another key of thirty-two bytes.\n");
    assert_int_equal(chmod("key", 0600) || chmod("other-key", 0400), 0);
    return failed;
}

static const char *find_bytes(const char *bytes, size_t length, const char *text)
{
    return memmem(bytes, length, text, strlen(text));
}

static void search(const char *where, const char *bytes, size_t length, const char *const *needles)
{
    for (; *needles; needles++) {
        const char *at = find_bytes(bytes, length, *needles);
        if (at) {
            fail_msg("%s holds \"%s\": %.60s", where, *needles, at);
        }
    }
}

/* What the program has just said. */
static void search_said(const char *const *needles)
{
    const outcome *last = last_outcome();
    search("standard output", last->out, strlen(last->out), needles);
    search("standard error", last->err, strlen(last->err), needles);
}

/* Each file of a folder, but for those whose names are among `but`. */
static void search_folder(const char *folder, const char *const *needles, const char *but)
{
    DIR *d = opendir(folder);
    int files = 0;
    assert_non_null(d);
    for (struct dirent *e; (e = readdir(d));) {
        char path[512];
        size_t length;
        struct stat there;
        snprintf(path, sizeof path, "%s/%s", folder, e->d_name);
        if (stat(path, &there) != 0 || !S_ISREG(there.st_mode) || strstr(but, e->d_name)) {
            continue;
        }
        char *bytes = get(path, &length);
        search(path, bytes, length, needles);
        free(bytes);
        files++;
    }
    closedir(d);
    assert_true(files > 0);
}

#define TABLES "--customers people.csv --transactions orders.csv"
#define KEYED "--pseudonymise key"
#define RUN "run " TABLES " --evidence none" /* which has its say once, below */

/* Nothing at all, in whatever command. */
static void test_pseudonymised(void **state)
{
    (void)state;
    static const char *const commands[] = {
        "run " TABLES " " KEYED " --output out",
        RUN " " KEYED " --id-normalise --lang zh --output zh",
        "run " TABLES " " KEYED " --model out/model.h5 --output again",
        RUN " " KEYED " --previous out --output next",
        "features " TABLES " " KEYED " --output made/f.h5 --rejects made/rejects.csv",
        "value --transactions orders.csv " KEYED " --output made/value.csv",
        "cluster made/f.h5 " KEYED " --output made/model.h5 --labels made/c.csv",
        "label out/features.h5 out/model.h5 --output made/labels.csv",
        "assign out/features.h5 out/model.h5 " KEYED " --output made/assigned.csv",
        "compare out again --output made/compared",
        RUN " " KEYED " --output json --json",
        "inspect out",
        "inspect out/features.h5",
        "inspect out --warnings all --json",
    };
    assert_int_equal(mkdir("made", 0700), 0);
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
        assert_run(0, "%s", commands[i]);
        search_said(ids);
        search_said(persons);
        search("the key in standard error", last_outcome()->err, strlen(last_outcome()->err),
               (const char *const[]){"0123456789abcdef", "anonym", NULL});
    }
    static const char *const folders[] = {"out", "zh", "again", "next", "json", "made"};
    static const char *const never[] = {"0123456789abcdef", "anonymous", "anonymised", NULL};
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        search_folder(folders[i], ids, "");
        search_folder(folders[i], persons, "");
        search_folder(folders[i], never, "");
    }
}

/* Without a key ids stand where they are asked for, and rejected rows in their file; persons are nowhere else. */
static void test_plain(void **state)
{
    (void)state;
    assert_run(0, RUN " --output out");
    search_said(ids);
    search_said(persons);
    search_folder("out", persons, "rejects.csv");
    search_folder("out", ids, "rejects.csv segments.csv features.h5");
    assert_run(0, RUN " --output json --json");
    search_said(ids);
    search_said(persons);
}

/* Few people: their names and what they are reached by are in no category, whatever the columns are called. */
static void test_few_people(void **state)
{
    (void)state;
    static const char *const names[] = {"Zanzibarov", "Quixley", "欧阳"};
    static const char *const papers[] = {"11010519491231002X", "110105194912310038"};
    void *f = put_open("few.csv");
    put_line(f, "customer_id,name,contact,reach,paper,home address,region,spend\n");
    for (int i = 0; i < 90; i++) {
        put_line(f, "C%03d,%s,p%d@planted-mail.org,1387000%04d,%s,%d Hidden Lane,%s,%d\n", i, names[i % 3], i % 4,
                 i % 5, papers[i % 2], i % 3, i % 3 ? "North" : "South", 10 + i % 3 * 100 + i % 7);
    }
    put_close(f);
    static const char *const planted[] = {"Zanzibarov", "Quixley",   "欧阳",        "planted-mail",
                                          "1387000",    "110105194", "Hidden Lane", NULL};
    assert_run(0, "run --customers few.csv --output few --lang en");
    assert_err("name is left out: by its name it identifies people");
    assert_err("contact is left out: its texts are e-mail addresses, which identify people");
    assert_err("paper is left out: its texts are identity numbers, which identify people");
    search_said(planted);
    search_folder("few", planted, "");
    assert_run(0, "check --customers few.csv --lang zh --html few.html --json=few.json");
    search_said(planted);
    for (int i = 0; i < 2; i++) {
        size_t length;
        char *bytes = get(i ? "few.json" : "few.html", &length);
        search("what check writes", bytes, length, planted);
        free(bytes);
    }
}

/* The same customer has the same pseudonym in every run of the key, however it is given, and none of his own otherwise.
 */
static void test_same_everywhere(void **state)
{
    (void)state;
    assert_int_equal(mkdir("made", 0700), 0);
    assert_run(0, RUN " " KEYED " --output a");
    assert_run(0, "features " TABLES " --output made/raw.h5");
    assert_run(0, RUN " --output b");
    assert_run(0, "label made/raw.h5 b/model.h5 " KEYED " --output made/late.csv");
    assert_same_file("a/segments.csv", "made/late.csv");
    const int fd = open("key", O_RDONLY);
    assert_true(fd >= 0 && dup2(fd, 70) == 70); /* what is open here is open in the program, but for low ones */
    assert_run(0, RUN " --pseudonymise fd:70 --output c --threads 3");
    assert_same_file("a/segments.csv", "c/segments.csv");
    assert_same_file("a/features.h5", "c/features.h5");
    assert_same_file("a/model.h5", "c/model.h5");
    assert_int_equal(close(fd) || close(70), 0);
    assert_run(0, RUN " --pseudonymise key --memory 256M --output d");
    assert_same_file("a/segments.csv", "d/segments.csv");
}

static void test_other_keys(void **state)
{
    (void)state;
    assert_run(0, RUN " " KEYED " --output a");
    assert_run(0, RUN " --output plain");
    static const struct {
        const char *command, *said;
    } refused[] = {
        {RUN " --pseudonymise other-key --previous a --output x", "by another key"},
        {RUN " --previous a --output x", "--pseudonymise KEYFILE with that key"},
        {RUN " " KEYED " --previous plain --output x", "by their own ids"},
        {"run " TABLES " --pseudonymise other-key --model a/model.h5 --output x", "by another key"},
        {"run " TABLES " --model a/model.h5 --output x", "--pseudonymise KEYFILE with that key"},
        {"label a/features.h5 a/model.h5 --pseudonymise other-key --output x.csv", "by another key"},
    };
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        assert_run(3, "%s", refused[i].command);
        assert_err(refused[i].said);
        assert_false(exists("x"));
        search_said(ids);
    }
    assert_run(0, RUN " --pseudonymise other-key --output other");
    assert_run(3, "compare a other");
    assert_err("by another key");
    assert_run(3, "compare plain a");
    assert_err("by their own ids");
    assert_run(0, "run " TABLES " " KEYED " --model plain/model.h5 --output x"); /* a model keeps nobody's id */
    assert_same_file("a/segments.csv", "x/segments.csv");
}

/* By the key a customer of such a run is found by his own id, in whatever spelling where these are one; without it
 * nothing of it is said again. */
static void test_found_by_own_id(void **state)
{
    (void)state;
    assert_int_equal(mkdir("made", 0700), 0);
    assert_run(0, RUN " " KEYED " --as-of 2023-07-01 --output a");
    assert_run(0, RUN " " KEYED " --previous a --output b");
    assert_run(0, RUN " " KEYED " --id-normalise --output forms");
    put("treated.csv", "customer_id\nSECRET-00009\nSECRET-00021\nSECRET-00040\nSECRET-99999\n");
    put("arms.csv", "CustomerID,treated\nSECRET-00009,yes\nSECRET-00021,no\nSECRET-00040,no\nSECRET-00050,yes\n");
    static const char *const found[] = {
        "inspect a --customer SECRET-00011 " KEYED,
        "inspect b --customer SECRET-00011 " KEYED, /* and in the run before */
        "inspect b --customer SECRET-00011 --json " KEYED,
        "inspect forms --customer ' Secret-00011' " KEYED,
        "inspect a/features.h5 --customer SECRET-00011 " KEYED,
        "explain a/model.h5 --features a/features.h5 --customer SECRET-00011 " KEYED,
        "explain a/model.h5 --features a/features.h5 --customer SECRET-00011 --json " KEYED,
        "compare a b --treated treated.csv " KEYED,
        "compare a b --treated treated.csv --json " KEYED,
        "compare a b --customers arms.csv --treatment treated " KEYED,
    };
    for (size_t i = 0; i < sizeof found / sizeof *found; i++) {
        assert_run(0, "%s", found[i]);
        search_said((const char *const[]){"SECRET-", "Secret-", NULL});
        search_said(persons);
    }
    assert_run(0, "compare a b --treated treated.csv --json=made/c.json " KEYED);
    char *text = get("made/c.json", NULL);
    json_t *json = json_loads(text, 0, NULL);
    assert_true(json_at(json, "effects.arms.treated.given") == 4 && json_at(json, "effects.arms.treated.unknown") == 1);
    json_decref(json);
    free(text);
    /* The same as by the pseudonym. */
    assert_run(0, "inspect b --customer SECRET-00011 --json " KEYED);
    char *by_id = strdup(last_outcome()->out);
    json = json_loads(by_id, 0, NULL);
    assert_run(0, "inspect b --customer %s --json", json_text_at(json, "customer"));
    assert_string_equal(by_id, last_outcome()->out);
    free(by_id);
    json_decref(json);
    static const struct {
        int status;
        const char *command, *said;
    } refused[] = {
        {3, "inspect a --customer SECRET-00011", "--pseudonymise KEYFILE with that key finds one by his own id"},
        {3, "inspect a/features.h5 --customer SECRET-00011", "--pseudonymise KEYFILE"},
        {3, "explain a/model.h5 --features a/features.h5 --customer SECRET-00011", "--pseudonymise KEYFILE"},
        {3, "compare a b --treated treated.csv", "--pseudonymise KEYFILE"},
        {3, "inspect a --customer SECRET-99999 " KEYED, "no customer has this id by the key"},
        {3, "inspect a --customer SECRET-00011 --pseudonymise other-key", "by another key"},
        {3, "compare a b --treated treated.csv --pseudonymise other-key", "by another key"},
        {2, "inspect a " KEYED, "--pseudonymise goes with --customer ID"},
        {2, "explain a/model.h5 " KEYED, "--pseudonymise goes with --customer ID"},
        {2, "compare a b " KEYED, "--pseudonymise goes with --treated FILE"},
    };
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        assert_run(refused[i].status, "%s", refused[i].command);
        assert_err(refused[i].said);
        search_said(ids);
    }
    assert_run(0, RUN " --output plain");
    assert_run(3, "inspect plain --customer SECRET-00011 " KEYED);
    assert_err("stand by their own ids");
}

/* A condition is kept in the recipe and told: it must not hold what nothing may. */
static void test_conditions(void **state)
{
    (void)state;
    put("who.yaml", "transactions:\n  where: customer_id != 'SECRET-00013'\n");
    put("what.yaml", "transactions:\n  where: customer_id is not missing and amount > 2\n");
    assert_run(2, RUN " " KEYED " --config who.yaml --output x");
    assert_err("--suppress");
    search_said(ids);
    assert_run(0, RUN " --config who.yaml --output plain");
    put("when.yaml", "transactions:\n  where: order_date > '2022-02-01'\n");
    assert_run(0, RUN " " KEYED " --config when.yaml --output y");
    assert_run(2, RUN " " KEYED " --config what.yaml --output x"); /* it might be one in numbers */
}

static void test_bad_keys(void **state)
{
    (void)state;
    put("open-key", "0123456789abcdef0123456789abcdef\n");
    put("short-key", "0123456789\n");
    assert_int_equal(chmod("open-key", 0644) || chmod("short-key", 0600), 0);
    static const struct {
        int status;
        const char *key, *said;
    } refused[] = {{3, "open-key", "mode 0644"},
                   {3, "short-key", "a key of 10 bytes"},
                   {3, "no-key", "no-key"},
                   {2, "fd:77", "no such descriptor"}};
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        assert_run(refused[i].status, RUN " --pseudonymise %s --output x", refused[i].key);
        assert_err(refused[i].said);
        search_said((const char *const[]){"0123456789", NULL});
        assert_false(exists("x"));
    }
}

/* Customers of the list are in no output and no fit: as if they had never been. */
static void test_suppressed(void **state)
{
    (void)state;
    put("gone.csv", "customer_id\nSECRET-00009\nSECRET-00005\nSECRET-00020\nNOBODY\n");
    assert_run(0, RUN " --suppress gone.csv --output a");
    assert_err("gone.csv: 4 customers, 3 of them found and left out");
    assert_err("1 customer of gone.csv stands in no input");
    static const char *const gone[] = {"SECRET-00009", "SECRET-00005", "SECRET-00020", "ORD-PRIV-999903", NULL};
    search_folder("a", gone, "");
    size_t length;
    char *summary = get("a/summary.json", &length);
    json_t *json = json_loads(summary, 0, NULL);
    assert_true(json_at(json, "rows.transactions.read") ==
                json_at(json, "rows.transactions.used") + json_at(json, "rows.transactions.rejected"));
    assert_true(json_at(json, "rows.customers.rejected_by.suppressed") == 4); /* one of them ragged */
    assert_true(json_at(json, "customers") == PEOPLE - 3 + 1);                /* and another spelling of one */
    assert_true(json_at(json, "privacy.suppressed.found") == 3);
    json_decref(json);
    free(summary);
    put("ids.txt", "SECRET-00020\nSECRET-00005\nSECRET-00009\n"); /* one a line */
    assert_run(0, RUN " " KEYED " --output c");
    assert_run(0, "run " TABLES " --suppress ids.txt " KEYED " --model c/model.h5 --output b");
    assert_run(0, "label c/features.h5 c/model.h5 --suppress ids.txt " KEYED " --output late.csv");
    assert_same_file("b/segments.csv", "late.csv");
    assert_run(2, "label c/features.h5 c/model.h5 --suppress ids.txt --output x.csv");
    assert_err("--pseudonymise KEYFILE");
    put("empty.csv", "customer_id\n");
    assert_run(3, RUN " --suppress empty.csv --output x");
}

/* Sensitive by its name: in no cluster or descriptor, audited all the same; small counts are not told. */
static void test_sensitive(void **state)
{
    (void)state;
    assert_run(0, RUN " --output a --min-cell 10");
    assert_err("religion: category, demographic, sensitive by its name");
    assert_out("Sensitive columns:");
    assert_out("Counts of fewer than 10 customers are hidden");
    size_t length;
    char *summary = get("a/summary.json", &length);
    json_t *json = json_loads(summary, 0, NULL), *column;
    const json_t *columns = json_object_get(json_object_get(json, "audit"), "columns");
    size_t i, told = 0;
    json_array_foreach(columns, i, column)
    {
        told +=
            strcmp(json_text_at(column, "name"), "religion") == 0 && json_is_true(json_object_get(column, "sensitive"));
    }
    assert_int_equal(told, 1);
    json_array_foreach(json_object_get(json_object_get(json, "descriptors"), "columns"), i, column)
    {
        assert_string_not_equal(json_text_at(column, "name"), "religion");
    }
    json_array_foreach(json_object_get(json, "segments"), i, column)
    {
        const json_t *size = json_object_get(column, "size");
        assert_true(json_is_null(size) || json_integer_value(size) == 0 || json_integer_value(size) >= 10);
    }
    assert_true(json_at(json, "privacy.min_cell") == 10 && json_at(json, "privacy.hidden") > 0);
    json_decref(json);
    free(summary);
    put("no.yaml", "customers:\n  columns:\n    religion: {sensitive: no}\n");
    assert_run(0, RUN " --config no.yaml --output b");
    assert_err("religion: category, demographic\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_pseudonymised, open_folder, sandbox_close),
        cmocka_unit_test_setup_teardown(test_plain, open_folder, sandbox_close),
        cmocka_unit_test_setup_teardown(test_few_people, open_folder, sandbox_close),
        cmocka_unit_test_setup_teardown(test_same_everywhere, open_folder, sandbox_close),
        cmocka_unit_test_setup_teardown(test_other_keys, open_folder, sandbox_close),
        cmocka_unit_test_setup_teardown(test_found_by_own_id, open_folder, sandbox_close),
        cmocka_unit_test_setup_teardown(test_conditions, open_folder, sandbox_close),
        cmocka_unit_test_setup_teardown(test_bad_keys, open_folder, sandbox_close),
        cmocka_unit_test_setup_teardown(test_suppressed, open_folder, sandbox_close),
        cmocka_unit_test_setup_teardown(test_sensitive, open_folder, sandbox_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
