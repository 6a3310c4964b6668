/* test_interrupt.c: Ctrl-C and its kin in every stage: the right status, soon,
 * and nothing left behind. */
#include "program.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A slow machine under a sanitizer is given its time; a program that does not
 * stop would need far longer. */
enum { SOON = 4 };

static const char run_line[] = "run --customers c.csv --transactions t.csv --interactions i.csv --k-max 8 "
                               "--silhouette-rows 2000 --output out --progress always";

/* Enough work that every stage is met in the middle. */
static void put_tables(void)
{
    put_orders("t.csv", 12000, 20);
    void *customers = put_open("c.csv"), *interactions = put_open("i.csv");
    put_line(customers, "CustomerID,Income,Region");
    put_line(interactions, "CustomerID,Date,Kind,Minutes");
    for (int i = 0; i < 12000; i++) {
        put_line(customers, "C%05d,%d,R%d", i, 1000 + i * 37 % 9000, i % 5);
        for (int v = 0; v < 5; v++) {
            put_line(interactions, "C%05d,2018-%02d-%02d,visit,%d", i, 1 + v, 1 + i % 28, 1 + (i + v) % 50);
        }
    }
    put_close(customers);
    put_close(interactions);
}

static void stops_in_each_stage_of_a_run(void **state)
{
    static const char *const stages[] = {"customers", "transactions", "interactions", "features",
                                         "cluster",   "tree",         "labels"};
    char await[64];
    (void)state;
    put_tables();
    for (size_t i = 0; i < sizeof stages / sizeof *stages; i++) {
        snprintf(await, sizeof await, "\r%s", stages[i]);
        const outcome *seen = run_with(&(setting){.await = await, .signal = SIGINT}, "%s", run_line);
        assert_int_equal(seen->status, 130);
        assert_true(seen->seconds_after_signal >= 0 && seen->seconds_after_signal < SOON);
        assert_err("tesela: interrupted");
        assert_string_equal(seen->out, "");
        assert_entries("c.csv,i.csv,t.csv");
    }
}

/* While the last files are written, a signal comes in time or too late: then
 * the folder is there, whole. */
static void stops_or_finishes_while_writing(void **state)
{
    (void)state;
    put_tables();
    const outcome *seen = run_with(&(setting){.await = "\rwrite", .signal = SIGINT}, "%s", run_line);
    assert_true(seen->status == 130 || seen->status == 0);
    assert_entries(seen->status ? "c.csv,i.csv,t.csv" : "c.csv,i.csv,out,t.csv");
    if (seen->status == 0) {
        assert_run(0, "inspect out");
    }
}

static void stops_each_command(void **state)
{
    static const struct {
        const char *line, *await;
        int signal, status;
    } cases[] = {
        {"features --transactions t.csv --output g.h5 --rejects r.csv", "\rtransactions", SIGINT, 130},
        {"features --transactions t.csv --output g.h5 --rejects r.csv", "\rfeatures", SIGTERM, 143},
        {"cluster f.h5 --output n.h5 --labels l.csv", "\rcluster", SIGINT, 130},
        {"cluster f.h5 --output n.h5 --labels l.csv", "\rtree", SIGHUP, 129},
        {"cluster f.h5:/obsm/value --labels l.csv", "\rcluster", SIGINT, 130},
        {"explain m.h5 --features f.h5 --leaves 40", "\rread", SIGINT, 130},
        {"label f.h5 m.h5 --output s.csv", "\rread", SIGINT, 130},
    };
    (void)state;
    put_tables();
    assert_run(0, "features --transactions t.csv --output f.h5 --quiet");
    assert_run(0, "cluster f.h5 --k 3 --output m.h5 --quiet");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const outcome *seen = run_with(&(setting){.await = cases[i].await, .signal = cases[i].signal},
                                       "%s --progress always", cases[i].line);
        assert_int_equal(seen->status, cases[i].status);
        assert_true(seen->seconds_after_signal < SOON);
        assert_entries("c.csv,f.h5,i.csv,m.h5,t.csv");
    }
}

/* A program that waits for its input reports no progress: it is ended from
 * outside the stage, and what it had begun is taken away all the same. */
static void stops_while_waiting(void **state)
{
    const setting once = {.input = "CustomerID,Date,Amount\n", .hold = 1, .await = "\rtransactions", .signal = SIGINT};
    setting twice = once;
    twice.again = 1;
    (void)state;
    const outcome *seen = run_with(&once, "run --transactions - --output out --progress always");
    assert_int_equal(seen->status, 130);
    assert_true(seen->seconds_after_signal < SOON);
    assert_entries("");
    double soonest = SOON;
    for (int i = 0; i < 3; i++) {
        seen = run_with(&twice, "features --transactions - --output f.h5 --rejects r.csv --progress always");
        assert_int_equal(seen->status, 130);
        assert_err("tesela: interrupted");
        assert_entries("");
        soonest = seen->seconds_after_signal < soonest ? seen->seconds_after_signal : soonest;
    }
    assert_true(soonest < 0.6); /* less than one signal is given: the second one is not waited out */
    const setting zh = {.input = once.input, .hold = 1, .await = "读取", .signal = SIGINT};
    assert_int_equal(run_with(&zh, "run --transactions - --output out --progress always --lang zh")->status, 130);
    assert_err("tesela: 已中断");
}

/* An input may bear any name: what the program did not make it does not take away. */
static void spares_inputs(void **state)
{
    static const char name[] = "t.csv.partial-a1B2c3";
    (void)state;
    assert_int_equal(mkfifo(name, 0600), 0);
    int pipe = open(name, O_RDWR | O_CLOEXEC); /* silent after the header, so that the program waits */
    assert_int_equal(write(pipe, "CustomerID,Date,Amount\n", 23), 23);
    const setting how = {.await = "\rtransactions", .signal = SIGINT};
    const outcome *seen = run_with(&how, "features --transactions %s --output f.h5 --progress always", name);
    close(pipe);
    assert_int_equal(seen->status, 130);
    assert_err("tesela: interrupted");
    assert_entries(name);
}

/* What a run that was killed has left is named, and left alone. */
static void names_what_a_killed_run_left(void **state)
{
    (void)state;
    put_orders("t.csv", 3000, 20);
    const setting how = {.await = "\rfeatures", .signal = SIGKILL};
    assert_int_equal(run_with(&how, "run --transactions t.csv --output out --progress always")->status, 1000 + SIGKILL);
    assert_run(0, "run --transactions t.csv --output out/ --k 2");
    const char *note = strstr(last_outcome()->err, "note: out.partial-");
    assert_non_null(note);
    char left[sizeof "out.partial-XXXXXX"];
    snprintf(left, sizeof left, "%s", note + strlen("note: "));
    assert_err(" is unfinished, by a run that was killed or is still going on; if it was killed, delete it");
    assert_true(exists(left));
    remove_all(left);
    assert_run(0, "run --transactions t.csv --output ./out --force --k 2");
    assert_null(strstr(last_outcome()->err, ".partial-"));
    put("s.csv.partial-a1B2c3", "");
    put("s.csv.partial-mine.csv", "");
    assert_run(0, "label out/features.h5 out/model.h5 --output s.csv");
    assert_err("note: s.csv.partial-a1B2c3 is unfinished");
    assert_null(strstr(last_outcome()->err, "mine"));
}

/* The tables of a business appear whole or not at all, and never in the place of others unless that is asked for. */
static void makes_tables_whole_or_not_at_all(void **state)
{
    (void)state;
    const setting how = {.await = "\rtransactions.csv", .signal = SIGKILL};
    assert_int_equal(run_with(&how, "synth company --customers 300000 --output made --progress always")->status,
                     1000 + SIGKILL);
    assert_false(exists("made"));
    assert_run(0, "synth noise --customers 20 --output made");
    assert_err("note: made.partial-");
    assert_err(" is unfinished, by a run that was killed or is still going on; if it was killed, delete it");
    char *before = get("made/transactions.csv", NULL);
    assert_run(1, "synth noise --customers 20 --seed 2 --output made");
    assert_err("made: is there already; --force replaces it");
    assert_run(1, "synth dirty --output made");
    char *after = get("made/transactions.csv", NULL);
    assert_string_equal(before, after);
    free(after);
    assert_run(0, "synth noise --customers 20 --seed 2 --output made --force");
    after = get("made/transactions.csv", NULL);
    assert_string_not_equal(before, after);
    free(after);
    free(before);
    put("made/mine.txt", "x");
    assert_run(1, "synth noise --customers 20 --output made --force");
    assert_err("made: is not replaced, even with --force: it holds mine.txt");
    assert_true(exists("made/mine.txt"));
}

/* What nohup ignores, the program ignores. */
static void leaves_ignored_signals_alone(void **state)
{
    const setting how = {.ignored = SIGHUP, .await = "\rfeatures", .signal = SIGHUP};
    (void)state;
    put_orders("t.csv", 3000, 20);
    const outcome *seen = run_with(&how, "run --transactions t.csv --output out --k-max 4 --progress always");
    assert_int_equal(seen->status, 0);
    assert_true(seen->seconds_after_signal > 0);
    assert_entries("out,t.csv");
}

int main(void)
{
#define IN_SANDBOX(test) cmocka_unit_test_setup_teardown(test, sandbox_open, sandbox_close)
    const struct CMUnitTest tests[] = {
        IN_SANDBOX(stops_in_each_stage_of_a_run),
        IN_SANDBOX(stops_or_finishes_while_writing),
        IN_SANDBOX(stops_each_command),
        IN_SANDBOX(stops_while_waiting),
        IN_SANDBOX(spares_inputs),
        IN_SANDBOX(leaves_ignored_signals_alone),
        IN_SANDBOX(names_what_a_killed_run_left),
        IN_SANDBOX(makes_tables_whole_or_not_at_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
