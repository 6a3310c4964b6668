/* test_graded.c: tiers from the configuration to segments.csv: thresholds, names, natural breaks, the score, and tiers
 * that fall slowly from month to month. */
#include "program.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define RUN "run --transactions orders.csv --evidence none --quiet --force "

#define APPLY "run --transactions orders.csv --quiet --force "

/* Customers who are worth so much each, on one day. */
static void put_worth(const char *name, const char *day, const char *const *worth)
{
    void *file = put_open(name);
    put_line(file, "customer_id,order_id,date,amount");
    for (int i = 0; worth[i]; i++) {
        put_line(file, "c%02d,o%d,%s,%s", i, i, day, worth[i]);
    }
    put_close(file);
}

/* The cell of a column in the line of a customer; "" where there is no such column. */
static const char *get_cell(const char *text, const char *id, const char *column, char out[300])
{
    const char *line = text;
    size_t place = 0, at = 0;
    out[0] = '\0';
    for (const char *p = text; strncmp(p, column, strlen(column)) != 0; p++) { /* from the beginning of each cell */
        p += strcspn(p, ",\n");
        if (*p == '\n') {
            return out;
        }
        at++;
    }
    while (line && strncmp(line, id, strlen(id)) != 0) {
        line = strchr(line, '\n');
        line = line ? line + 1 : NULL;
    }
    size_t length = 0;
    for (int quoted = 0; line && *line != '\n'; line++) {
        quoted ^= *line == '"';
        if (*line == ',' && !quoted) {
            place++;
        } else if (place == at && *line != '"' && length < 299) {
            out[length++] = *line;
            out[length] = '\0';
        }
    }
    return out;
}

static void check_cell(const char *file, const char *id, const char *column, const char *expected)
{
    char out[300], *text = get(file, NULL);
    const char *cell = get_cell(text, id, column, out);
    if (!strstr(cell, expected) || (!*expected && *cell)) {
        fail_msg("%s: %s of %s is \"%s\", not \"%s\"", file, column, id, cell, expected);
    }
    free(text);
}

/* Over 100,000 in the last year is high, under 50,000 low. */
static void cuts_as_the_textbook_does(void **state)
{
    static const char *const worth[] = {"100000.01", "100000", "50000", "49999.99", "700000", "1", "20", NULL};
    static const char *const tiers[] = {"high", "mid", "mid", "low", "high", "low", "low"};
    char id[8];
    (void)state;
    put_worth("orders.csv", "2024-03-01", worth);
    put("c.yaml", "tiers:\n  by: cuts\n  value: monetary_365d\n  cuts: [\">100000\", 50000]\n");
    assert_run(0, RUN "--config c.yaml --as-of 2024-04-01 --output out --json");
    json_t *json = get_json();
    assert_string_equal(json_text_at(json, "tiering.method"), "cuts");
    assert_string_equal(json_text_at(json, "tiering.feature"), "monetary_365d");
    assert_true(json_at(json, "tiering.window_days") == 365);
    assert_true(json_at(json, "tiers.0.lowest") == 100000 && json_at(json, "tiers.0.size") == 2);
    json_decref(json);
    for (int i = 0; worth[i]; i++) {
        snprintf(id, sizeof id, "c%02d", i);
        check_cell("out/segments.csv", id, "tier,", tiers[i]);
    }
    check_cell("out/segments.csv", "c00", "reason", "value 100000.01, High over 100000.00");
    check_cell("out/segments.csv", "c03", "reason", "value 49999.99, under Mid (from 50000.00)");
    assert_run(0, RUN "--tiers 'cuts:>500000' --as-of 2024-04-01 --output out");
    check_cell("out/segments.csv", "c04", "tier,", "tier_1");
    check_cell("out/segments.csv", "c00", "tier,", "tier_2");
}

/* What is wrong is said where it stands. */
static void refuses_what_does_not_hold(void **state)
{
    static const struct {
        const char *yaml, *said;
    } cases[] = {
        {"tiers:\n  by: cuts\n  cuts: [50000, 100000]\n",
         "c.yaml:3:17: tiers.cuts: the cuts must fall, but 50000 is followed by 100000"},
        {"tiers:\n  by: cuts\n  cuts: [\">5\", \">5\"]\n",
         "c.yaml:3:16: tiers.cuts: the cuts must fall, but >5 is followed by >5"},
        {"tiers: {cuts: [5, five]}\n",
         "c.yaml:1:19: tiers.cuts: \"five\" is not a number; \">100\" for what is over 100"},
        {"tiers: {cuts: 5}\n", "c.yaml:1:15: tiers.cuts: expected a list of numbers, falling"},
        {"tiers: {shares: [0.5, 1.5]}\n", "c.yaml:1:23: tiers.shares: \"1.5\" is not a share, 0 to 1 or a percentage"},
        {"tiers: {count: 1}\n", "c.yaml:1:16: tiers.count: \"1\" is not a whole number, 2 to 12"},
        {"tiers: {count: 3, shares: [0.5]}\n", "tiers: 3 tiers have 2 shares, not 1"},
        {"tiers: {names: {Key: Key, other: Other}}\n", "c.yaml:1:17: tiers.names.Key: \"Key\" is no code of a tier"},
        {"tiers: {nmes: {a: b}}\n", "unknown key \"tiers.nmes\" (did you mean \"names\"?)"},
        {"score: {money: {weight: 0, features: [a]}}\n", "c.yaml:1:25: score.money: weight: 0"},
        {"score: {money: {weight: 1}}\n",
         "c.yaml:1:17: score.money: features: a part is made of one at least, but there is none"},
        {"score: {money: {features: {a: 0}}}\n", "c.yaml:1:31: score.money.features.a: expected a weight"},
        {"policy: {margin: 95%}\n", "c.yaml:1:18: policy.margin: \"95%\" is not a share, 0 to 0.9"},
        {"policy: {grace: 0}\n", "c.yaml:1:17: policy.grace: \"0\" is not a whole number, 1 to 1000"},
    };
    (void)state;
    put_orders("orders.csv", 40, 4);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        put("c.yaml", cases[i].yaml);
        assert_run(2, RUN "--config c.yaml --output out");
        assert_err(cases[i].said);
    }
    put("c.yaml", "score: {money: {features: [monetry_total]}}\n");
    assert_run(2, RUN "--config c.yaml --output out");
    assert_err("monetary_total");
}

/* Names of one's own, at natural breaks; the model keeps them, and label gives the same bytes. */
static void names_them_as_told(void **state)
{
    (void)state;
    put_orders("orders.csv", 200, 8);
    put("c.yaml", "tiers: {by: breaks, names: {key: {en: Key, zh: 重点}, strategic: 战略, rest: Rest}}\n");
    assert_run(0, RUN "--config c.yaml --output out");
    assert_run(0, "label out/features.h5 out/model.h5 --output s.csv --quiet");
    assert_same_file("out/segments.csv", "s.csv");
    assert_run(0, "label out/features.h5 out/model.h5 --output s.csv --force --lang zh --json");
    json_t *json = get_json();
    assert_string_equal(json_text_at(json, "tiers.0.tier"), "key");
    assert_string_equal(json_text_at(json, "tiers.0.names.zh"), "重点");
    assert_string_equal(json_text_at(json, "tiers.1.names.en"), "战略");
    assert_string_equal(json_text_at(json, "tiering.method"), "breaks");
    assert_true(json_at(json, "tiering.drift.psi") == 0);
    assert_true(json_at(json, "segments.0.tiers.key") >= 0);
    json_decref(json);
    assert_run(0, "label out/features.h5 out/model.h5 --output s.csv --force --tiers quantile --json"); /* as many */
    json = get_json();
    assert_string_equal(json_text_at(json, "tiers.2.tier"), "rest");
    json_decref(json);
    assert_run(0, "label out/features.h5 out/model.h5 --output s.csv --force --tiers breaks:4 --json"); /* no longer */
    json = get_json();
    assert_string_equal(json_text_at(json, "tiers.3.tier"), "tier_4");
    json_decref(json);
    assert_run(0, RUN "--tiers breaks:7 --output out --threads 1");
    assert_run(0, RUN "--tiers breaks:7 --output many --threads 5");
    assert_same_file("out/segments.csv", "many/segments.csv");
    assert_same_file("out/model.h5", "many/model.h5");
}

static void scores_customers(void **state)
{
    char a[300], b[300], c[300], d[300];
    (void)state;
    put_orders("orders.csv", 200, 8);
    put("c.yaml",
        "score:\n  money: {weight: 3, features: {monetary_total: 2, monetary_mean: 1}}\n"
        "  rhythm: {weight: 1, features: [recency_days]}\ntiers: {of: score, by: cuts, cuts: [75, 50, 25]}\n");
    assert_run(0, RUN "--config c.yaml --output out --json");
    json_t *json = get_json();
    assert_true(json_at(json, "score.parts.0.weight") == .75 && json_at(json, "score.parts.1.weight") == .25);
    assert_string_equal(json_text_at(json, "score.parts.1.features.0.name"), "recency_days");
    assert_string_equal(json_text_at(json, "tiering.of"), "score");
    assert_true(json_at(json, "score.known") == 200 && fabs(json_at(json, "score.mean") - 50) < 3);
    json_decref(json);
    char *text = get("out/segments.csv", NULL);
    for (int i = 0; i < 200; i++) {
        char id[8];
        snprintf(id, sizeof id, "C%05d", i);
        const double score = strtod(get_cell(text, id, "score,", a), NULL);
        const double money = strtod(get_cell(text, id, "score_money,", b), NULL);
        const double rhythm = strtod(get_cell(text, id, "score_rhythm,", c), NULL);
        assert_true(fabs(score - (.75 * money + .25 * rhythm)) < .011);
        const double by_money = strtod(get_cell(text, id, "score_money_points", b), NULL);
        const double by_rhythm = strtod(get_cell(text, id, "score_rhythm_points", c), NULL);
        assert_true(fabs(by_money - .75 * money) < .015 && fabs(by_rhythm - .25 * rhythm) < .015);
        assert_true(lround(by_money * 100) + lround(by_rhythm * 100) == lround(score * 100));
        get_cell(text, id, "tier,", d);
        assert_string_equal(d, score >= 75 ? "tier_1" : score >= 50 ? "tier_2" : score >= 25 ? "tier_3" : "tier_4");
    }
    free(text);
    check_cell("out/segments.csv", "C00001", "reason", "; score ");
    assert_run(0, "label out/features.h5 out/model.h5 --output s.csv --quiet");
    assert_same_file("out/segments.csv", "s.csv");
    assert_run(0, RUN "--tiers-of score --tiers breaks:3 --output usual --json"); /* of what there is */
    json = get_json();
    assert_string_equal(json_text_at(json, "score.parts.0.part"), "financial");
    assert_string_equal(json_text_at(json, "score.parts.2.part"), "relationship");
    json_decref(json);
    assert_run(0, "label usual/features.h5 usual/model.h5 --tiers-of value --output s.csv --force --json");
    json = get_json();
    assert_string_equal(json_text_at(json, "tiering.of"), "value");
    json_decref(json);
}

/* Three months: one rises at once, one keeps, falls by a step, and by another one. */
static void falls_slowly(void **state)
{
    static const char *const first[] = {"2000", "2000", "50", "500", "2000", NULL}, *const then[] = {"2000", "850",
                                                                                                     "5000", "480",
                                                                                                     "3",    NULL};
    (void)state;
    put("c.yaml", "tiers: {by: cuts, cuts: [1000, 500]}\npolicy: {margin: 10%, grace: 2, step: 1}\n");
    put_worth("orders.csv", "2024-03-01", first);
    assert_run(0, RUN "--config c.yaml --output m1");
    check_cell("m1/segments.csv", "c00", "tier_below", "");
    put_worth("orders.csv", "2024-03-01", then);
    assert_run(0, APPLY "--model m1/model.h5 --previous m1 --output m2");
    check_cell("m2/segments.csv", "c00", "tier,", "high");
    check_cell("m2/segments.csv", "c00", "tier_below", "0");
    check_cell("m2/segments.csv", "c01", "tier,", "high");
    check_cell("m2/segments.csv", "c01", "tier_below", "1");
    check_cell("m2/segments.csv", "c01", "reason", "kept High: under its cut by 15 % since 1 evaluation, falls at 2");
    check_cell("m2/segments.csv", "c02", "tier,", "high");
    check_cell("m2/segments.csv", "c03", "tier,", "mid");
    check_cell("m2/segments.csv", "c03", "reason", "kept Mid: under its cut by 4 %, within the margin of 10 %");
    assert_run(0, APPLY "--model m1/model.h5 --previous m2/segments.csv --output m3 --json");
    json_t *json = get_json();
    assert_true(json_at(json, "tiering.policy.held") == 2); /* c03, and c04, who fell by one */
    json_decref(json);
    check_cell("m3/segments.csv", "c01", "tier,", "mid");
    check_cell("m3/segments.csv", "c04", "tier,", "mid");
    check_cell("m3/segments.csv", "c04", "reason", "fell to Mid: Low by the value, but no more than 1 at a time");
    assert_run(0, "label m3/features.h5 m3/model.h5 --previous m2 --output s.csv --quiet");
    assert_same_file("m3/segments.csv", "s.csv");
    assert_run(0, "run --transactions orders.csv --model m1/model.h5 --output m4"); /* nobody's earlier tier is known */
    assert_err("--previous RUN tells it");
    check_cell("m4/segments.csv", "c04", "tier,", "low");
    put("d.yaml", "policy: {grace: 1}\n"); /* another one, beside the model */
    assert_run(0, APPLY "--model m1/model.h5 --previous m1 --config d.yaml --output m5");
    check_cell("m5/segments.csv", "c04", "tier,", "low");
    for (const char *const *of = (const char *const[]){"", "--previous m1", NULL}; *of; of++) {
        assert_run(0, "inspect m3 --customer c00 %s", *of); /* he is told as the run has him, with no word of others */
        assert_null(strstr(last_outcome()->err, "tiers"));
    }
    put("bad.csv", "customer_id,tier,tier_below\nc00,high,often\n");
    assert_run(3, APPLY "--model m1/model.h5 --previous bad.csv --output m6");
    assert_err("\"often\" is no number of evaluations");
    put("bad.csv", "customer_id,level\nc00,high\n");
    assert_run(3, APPLY "--model m1/model.h5 --previous bad.csv --output m6");
    assert_err("has no column tier");
}

/* A feature that there could be says what it is made of; any other has its nearest name, or all. */
static void tells_what_a_value_needs(void **state)
{
    (void)state;
    static const struct {
        const char *value, *said;
    } cases[] = {
        {"margin_365d", "value: no feature is called \"margin_365d\" here: it needs a column of the cost in the "
                        "transactions (--cost COLUMN)"},
        {"session_minutes_mean",
         "here: it needs a column of the minutes in the interactions (--interaction-minutes COLUMN)"},
        {"visits", "here: it needs interactions (--interactions FILE...)"},
        {"clv_365d", "here: it is of a model of purchases, and there is none"},
        {"monetary_totl", "value: no feature is called \"monetary_totl\"; did you mean \"monetary_total\"?"},
    };
    put_orders("orders.csv", 100, 6);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_run(2, RUN "--output out --no-value-models --value %s", cases[i].value);
        assert_err(cases[i].said);
    }
    put("costs.csv", "customer_id,order_id,date,amount,cost\na,1,2018-01-05,10,4\na,2,2018-02-05,20,4\n"
                     "b,3,2018-01-09,30,4\nc,4,2018-03-01,5,4\nd,5,2018-03-02,7,4\n");
    assert_run(0, "run --transactions costs.csv --output out --evidence none --holdout 0 --value margin_365d --json");
    json_t *json = get_json();
    assert_string_equal(json_text_at(json, "value.name"), "margin_365d");
    json_decref(json);
}

/* Of two customers little is to be told, and nothing that is no number. */
static void tells_little_of_few(void **state)
{
    (void)state;
    put("orders.csv", "customer_id,date,amount\na,2024-01-05,10\nb,2024-02-01,5\nb,2024-03-01,5\n");
    assert_run(0, "run --transactions orders.csv --output out");
    assert_null(strstr(last_outcome()->out, "nan"));
    assert_err("only 1 customer bought again");
    assert_run(0, "inspect out --lang zh");
    assert_null(strstr(last_outcome()->out, "nan"));
}

/* What is advised is what a run then gives; nothing is written. */
static void advises(void **state)
{
    (void)state;
    put_orders("orders.csv", 200, 8);
    assert_run(0, RUN "--output out --tiers breaks:3 --json");
    json_t *given = get_json();
    assert_run(0, "label out/features.h5 out/model.h5 --advise --json");
    json_t *json = get_json();
    assert_true(json_at(json, "known") > 150);
    for (int t = 0; t < 3; t++) {
        char path[64], own[64];
        snprintf(path, sizeof path, "proposals.1.tiers.%d.size", t);
        snprintf(own, sizeof own, "tiers.%d.size", t);
        assert_true(json_at(json, path) == json_at(given, own));
        snprintf(path, sizeof path, "proposals.8.tiers.%d.size", t); /* the method that was asked for */
        assert_true(json_at(json, path) == json_at(given, own));
    }
    assert_string_equal(json_text_at(json, "proposals.8.method"), "breaks");
    for (int p = 1; p < 6; p++) {
        char fit[32], before[32];
        snprintf(fit, sizeof fit, "proposals.%d.fit", p);
        snprintf(before, sizeof before, "proposals.%d.fit", p - 1);
        assert_true(json_at(json, fit) >= json_at(json, before));
    }
    assert_true(json_at(json, "proposals.8.fit") >= json_at(json, "proposals.6.fit")); /* none is better */
    assert_true(json_at(json, "proposals.8.fit") >= json_at(json, "proposals.7.fit"));
    json_decref(json);
    json_decref(given);
    assert_run(0, "label out/features.h5 out/model.h5 --advise --lang zh");
    assert_out("“累计消费”的自然断点");
    assert_run(0, "label out/features.h5 out/model.h5 --advise");
    assert_out("Natural breaks of total spend (");
    assert_run(2, "label out/features.h5 out/model.h5");
    assert_run(0, RUN "--output out --value frequency --tiers cuts:5,2");
    assert_run(0, "label out/features.h5 out/model.h5 --advise"); /* counts as a run shows them */
    assert_out("Fixed cuts (fit ");
    assert_null(strstr(last_outcome()->out, ".00"));
    assert_entries("orders.csv,out");
}

/* Whoever was high for his spend is not so by his purchases: a fit, an apply and a label go by the values alone, and
 * say why; what the run before does not tell is taken to be the same. */
static void holds_no_tiers_of_something_else(void **state)
{
    static const char *const worth[] = {"2000", "2000", "50", "500", "2000", NULL};
    static const char said[] = "tiers of the previous run were cut by monetary_total, and these are by frequency";
    (void)state;
    put("c.yaml", "policy: {margin: 10%, grace: 2, step: 1}\n");
    put_worth("orders.csv", "2024-03-01", worth);
    assert_run(0, RUN "--config c.yaml --tiers cuts:1000,500 --output spent");
    assert_run(0, RUN "--config c.yaml --tiers cuts:3,2 --value frequency --output m1");
    for (const char *const *how = (const char *const[]){"run --transactions orders.csv --model m1/model.h5",
                                                        "run --transactions orders.csv --evidence none --config c.yaml "
                                                        "--tiers cuts:3,2 --value frequency",
                                                        NULL};
         *how; how++) {
        assert_run(0, "%s --previous spent --force --output m2", *how);
        assert_err(said);
        check_cell("m2/segments.csv", "c00", "tier,", "low");
        check_cell("m2/segments.csv", "c00", "tier_below", "");
        check_cell("m2/segments.csv", "c00", "reason", "under Mid");
        assert_run(0, "inspect m2 --customer c00");
        assert_out("under Mid");
    }
    assert_run(0, "label m1/features.h5 m1/model.h5 --previous spent --output s.csv");
    assert_err(said);
    check_cell("s.csv", "c00", "tier,", "low");
    assert_run(0, APPLY "--model m1/model.h5 --previous spent/segments.csv --output m3");
    check_cell("m3/segments.csv", "c00", "tier,", "high");
}

int main(void)
{
#define IN_SANDBOX(test) cmocka_unit_test_setup_teardown(test, sandbox_open, sandbox_close)
    const struct CMUnitTest tests[] = {
        IN_SANDBOX(cuts_as_the_textbook_does),
        IN_SANDBOX(refuses_what_does_not_hold),
        IN_SANDBOX(names_them_as_told),
        IN_SANDBOX(scores_customers),
        IN_SANDBOX(falls_slowly),
        IN_SANDBOX(holds_no_tiers_of_something_else),
        IN_SANDBOX(tells_what_a_value_needs),
        IN_SANDBOX(tells_little_of_few),
        IN_SANDBOX(advises),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
