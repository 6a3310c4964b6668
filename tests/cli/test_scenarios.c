/*
 * test_scenarios.c: each scenario, made by tesela synth and labelled by its own configuration, beside what is true of
 * its customers.
 *
 * What follows from the rows alone has to be right for everybody: tiers, and who never bought. Who is gone, and which
 * kind a customer is of, no one can tell for sure: these have bounds, which a worse method would break.
 */
#include "program.h"

#include "table/source/csv.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <tesela/synth.h>

#define COLUMN 32

/* What is true of a customer, and what is said of him. */
typedef struct customer {
    char segment[COLUMN], tier[COLUMN], stage[COLUMN];
    char said_segment[COLUMN], said_tier[COLUMN], said_stage[COLUMN];
} customer;

typedef struct labelled {
    customer *of;
    size_t count;
} labelled;

static void take(char to[COLUMN], tsl__span from)
{
    snprintf(to, COLUMN, "%.*s", (int)from.n, from.s);
}

typedef void (*taker)(customer *to, const tsl__record *r);

static void take_truth(customer *to, const tsl__record *r)
{
    take(to->segment, r->field[1]);
    take(to->tier, r->field[2]);
    take(to->stage, r->field[3]);
}

static void take_labels(customer *to, const tsl__record *r)
{
    take(to->said_segment, r->field[1]);
    take(to->said_tier, r->field[3]);
    take(to->said_stage, r->field[4]);
}

/* Both files have all customers, in the order of their ids. */
static void read_rows(labelled *out, const char *path, taker take_row)
{
    const tsl_source from = {.path = path};
    tsl__csv *csv;
    tsl__record r;
    size_t row = 0;
    assert_int_equal(tsl__csv_open(&(tsl__csv_options){.from = &from, .header = 1, .delimiter = ','}, &csv, NULL),
                     TSL_OK);
    for (;; row++) {
        assert_int_equal(tsl__csv_read(csv, &r, NULL), TSL_OK);
        if (r.count == 0) {
            break;
        }
        if (row == out->count) {
            out->of = realloc(out->of, (row + 1) * sizeof *out->of);
            assert_non_null(out->of);
            memset(&out->of[row], 0, sizeof *out->of);
            out->count++;
        }
        take_row(&out->of[row], &r);
    }
    tsl__csv_free(csv);
    assert_int_equal(row, out->count);
}

static labelled read_customers(const char *truth, const char *segments)
{
    labelled out = {NULL, 0};
    read_rows(&out, truth, take_truth);
    read_rows(&out, segments, take_labels);
    return out;
}

/* ---- What is held against what ------------------------------------------------------------- */

static size_t is(const char *a, const char *b)
{
    return strcmp(a, b) == 0;
}

static double share(size_t part, size_t all)
{
    return all ? (double)part / (double)all : 0;
}

/* What the rows themselves say. Who came lately is new until he buys again. */
static void check_certain(const char *name, const labelled *all, int has_tiers)
{
    for (size_t i = 0; i < all->count; i++) {
        const customer *c = &all->of[i];
        const size_t never = is(c->stage, "potential");
        if ((has_tiers && !is(c->tier, c->said_tier)) || never != is(c->said_stage, "potential") ||
            (is(c->stage, "new") && !is(c->said_stage, "new") && !is(c->said_stage, "active"))) {
            fail_msg("%s: customer %zu is %s, %s; said to be %s, %s", name, i + 1, c->tier, c->stage, c->said_tier,
                     c->said_stage);
        }
    }
}

typedef struct figures {
    double gone, gone_found, there_lost; /* shares: who have left; of these who is called lost or at risk; of those who
                                            are there who is called lost */
    double rand;                         /* adjusted, of segments and kinds */
} figures;

static figures measure(const labelled *all)
{
    size_t gone = 0, found = 0, there = 0, lost = 0;
    for (size_t i = 0; i < all->count; i++) {
        const customer *c = &all->of[i];
        const size_t is_lost = is(c->said_stage, "lost");
        gone += is(c->stage, "lost");
        found += is(c->stage, "lost") & (is_lost | is(c->said_stage, "at_risk"));
        there += is(c->stage, "active");
        lost += is(c->stage, "active") & is_lost;
    }
    return (figures){share(gone, all->count), share(found, gone), share(lost, there), 0};
}

/* ---- The scenarios ----------------------------------------------------------------------------- */

/* Bounds: of the share who have left, both ways; least share of these who are found; most of the others who are called
 * lost; least agreement of segments and kinds. */
static const struct {
    const char *name;
    int customers;
    double gone[2], gone_found, there_lost, rand;
} scenarios[] = {
    {"company", 6000, {.09, .11}, .79, .22, .01},      {"ecommerce", 4000, {.35, .39}, .90, .30, .13},
    {"bank", 2000, {.18, .24}, .82, .03, .35},         {"five-tiers", 3000, {.23, .28}, .73, .09, .12},
    {"insurer", 2500, {.26, .31}, .79, .04, .12},      {"it-firm", 2000, {.18, .23}, .87, .03, .12},
    {"manufacturer", 2000, {.16, .22}, .79, .05, .11}, {"retailer", 1500, {.20, .27}, .80, .03, .15},
    {"education", 3000, {.35, .40}, .88, .18, .08},    {"travel", 3000, {.25, .30}, .69, .15, .15},
    {"finance", 3000, {.18, .22}, .71, .05, .14},      {"noise", 2000, {.17, .22}, .59, .09, -.01},
};

/* Tells what is out of its bounds; 1 if something is. */
static int check(size_t s)
{
    const char *name = scenarios[s].name;
    assert_run(0, "synth %s --customers %d --seed 4 --output made --quiet", name, scenarios[s].customers);
    assert_run(0, "run --config made/config.yaml --evidence none --output out --quiet");
    assert_string_equal(last_outcome()->err, ""); /* nothing to warn of */
    char *rejects = get("out/rejects.csv", NULL);
    assert_ptr_equal(strchr(rejects, '\n'), strrchr(rejects, '\n'));
    free(rejects);
    labelled all = read_customers("made/truth.csv", "out/segments.csv");
    assert_int_equal(all.count, scenarios[s].customers);
    check_certain(name, &all, *all.of[0].tier != '\0');
    figures f = measure(&all);
    assert_run(
        0, "evaluate --data out/features.h5 --labels out/segments.csv --truth made/truth.csv --truth-column segment "
           "--json");
    json_t *json = get_json();
    f.rand = json_at(json, "evaluation.external.adjusted_rand");
    json_decref(json);
    const int good = f.gone >= scenarios[s].gone[0] && f.gone <= scenarios[s].gone[1] &&
                     f.gone_found >= scenarios[s].gone_found && f.there_lost <= scenarios[s].there_lost &&
                     f.rand >= scenarios[s].rand;
    if (!good) {
        print_message("%s: have left %.3f; of these found %.3f; of the others called lost %.3f; adjusted Rand %.3f\n",
                      name, f.gone, f.gone_found, f.there_lost, f.rand);
    }
    free(all.of);
    remove_all("made");
    remove_all("out");
    return !good;
}

static void labels_what_is_true(void **state)
{
    int wrong = 0;
    (void)state;
    for (size_t s = 0; s < sizeof scenarios / sizeof *scenarios; s++) {
        assert_string_equal(tsl_scenario_get(s)->name, scenarios[s].name);
        wrong += check(s);
    }
    assert_int_equal(wrong, 0);
    assert_null(tsl_scenario_get(sizeof scenarios / sizeof *scenarios));
}

/* The mix of the textbook: 60 % active, 30 % potential, 10 % lost. */
static void has_the_mix_of_the_textbook(void **state)
{
    size_t count[3] = {0, 0, 0};
    (void)state;
    assert_run(0, "synth company --customers 20000 --output made --quiet");
    labelled all = {NULL, 0};
    read_rows(&all, "made/truth.csv", take_truth);
    for (size_t i = 0; i < all.count; i++) {
        const char *stage = all.of[i].stage;
        count[is(stage, "potential") ? 1 : is(stage, "lost") ? 2 : 0]++;
    }
    free(all.of);
    assert_in_range(count[0], .59 * 20000, .61 * 20000);
    assert_in_range(count[1], .29 * 20000, .31 * 20000);
    assert_in_range(count[2], .09 * 20000, .11 * 20000);
}

/* What is told of nothing. */
static void finds_no_groups_in_noise(void **state)
{
    (void)state;
    assert_run(0, "synth noise --customers 3000 --output made --quiet");
    assert_run(0, "run --config made/config.yaml --output out --json");
    json_t *json = get_json();
    assert_string_not_equal(json_text_at(json, "clusters.verdict.word"), "natural");
    assert_true(json_at(json, "clusters.verdict.natural_k") == 1);
    json_decref(json);
}

static void says_what_it_made(void **state)
{
    (void)state;
    assert_run(0, "synth it-firm --customers 100 --output made");
    assert_out("made: a software house: key, strategic and premium accounts\n"
               "100 customers, 2,000 lines of transactions, 1,500 interactions; truth.csv tells what is true of the "
               "customers\n"
               "tesela run --config made/config.yaml --output DIR segments them\n");
    assert_run(1, "synth it-firm --customers 100 --output made");
    assert_run(0, "synth it-firm --customers 50 --lines 700 --interactions 80 --output made --force --json");
    json_t *json = get_json();
    assert_string_equal(json_text_at(json, "scenario"), "it-firm");
    assert_true(json_at(json, "customers") == 50 && json_at(json, "lines") == 700 &&
                json_at(json, "interactions") == 80);
    json_decref(json);
    assert_entries("made");
}

static void refuses_what_it_cannot_make(void **state)
{
    (void)state;
    assert_run(2, "synth compny --output made");
    assert_err("synth makes no \"compny\"; did you mean \"company\"?");
    assert_run(2, "synth drty --output made");
    assert_err("did you mean \"dirty\"?");
    assert_run(2, "synth 7 --output made");
    assert_err("synth makes no \"7\", expected one of company, ");
    assert_run(2, "synth company --customers 100 --lines 3 --output made");
    assert_err("lines: 3 are too few for the ");
    assert_run(2, "synth company --customers 0 --output made");
    assert_run(2, "synth company");
    assert_run(2, "synth company --share 0.01 --output made");
    assert_err("--share: only dirty tables have defects");
    assert_run(2, "synth dirty --interactions 5 --output made");
    assert_err("--interactions: dirty tables have half as many as --lines");
    assert_entries("");
}

int main(void)
{
#define IN_SANDBOX(test) cmocka_unit_test_setup_teardown(test, sandbox_open, sandbox_close)
    const struct CMUnitTest tests[] = {IN_SANDBOX(labels_what_is_true), IN_SANDBOX(has_the_mix_of_the_textbook),
                                       IN_SANDBOX(finds_no_groups_in_noise), IN_SANDBOX(says_what_it_made),
                                       IN_SANDBOX(refuses_what_it_cannot_make)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
