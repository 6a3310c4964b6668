/* test_label_errors.c: what is wrong with what a configuration says of labels is told with file, line and column, and
 * with the nearest right name; what the command line says in its place is not blamed on it. */
#include "program.h"

#include <stdlib.h>
#include <string.h>

static void put_tables(void)
{
    put_orders("orders.csv", 60, 4);
    put("gap.csv", "code,r,f\na,1-4,1-5\n");
    put("over.csv", "code,r,f\na,1-5,1-5\nb,5,5\n");
    put("same.csv", "code,name_en,r,f\na,A,1-5,1-2\nb,A,1-5,3-5\n");
    put("gild.csv", "tier,action\ngild,call\n");
}

#define RUN "run --transactions orders.csv --evidence none --holdout 0 --no-value-models --quiet --output out "

static void says_where(void **state)
{
    static const struct {
        int status;
        const char *yaml, *message;
    } cases[] = {
        /* tiers */
        {2, "tiers:\n  value: monetary_totl\n",
         "x.yaml:2:10: value: no feature is called \"monetary_totl\"; did you mean \"monetary_total\"?"},
        {2, "tiers: {by: cuts, cuts: [1000, 5000]}\n",
         "x.yaml:1:32: tiers.cuts: the cuts must fall, but 1000 is followed by 5000"},
        {2, "tiers:\n  by: cuts\n  cuts: [\">500\", 500, \">500\"]\n",
         "x.yaml:3:23: tiers.cuts: the cuts must fall, but 500 is "},
        {2, "tiers: {by: cuts, cuts: [50, 50]}\n",
         "x.yaml:1:30: tiers.cuts: the cuts must fall, but 50 is followed by 50"},
        {2, "tiers:\n  by: quantile\n  shares: [50%, 60%, 1%, 1%]\n",
         "x.yaml:3:3: tiers: the shares add up to 1.12, over 1"},
        {2, "tiers: {by: cutz}\n",
         "x.yaml:1:13: tiers.by: \"cutz\" is not quantile, revenue, cuts or breaks (did you mean cuts?)"},
        {2, "tiers:\n  count: 3\n  names: {a: A, b: B}\n", "x.yaml:3:3: tiers: 3 tiers have 3 names, not 2"},
        {2, "tiers:\n  by: cuts\n", "x.yaml:2:7: tiers: by cuts they need the least value of each tier but the last"},
        {2, "tiers: {by: cuts, cuts: [100, 0, -60]}\n",
         "x.yaml:1:31: tiers.cuts: a cut is over 0, or >0, not 0: values of 0 and less are in the last tier"},
        {2, "tiers: {by: cuts, cuts: []}\n",
         "x.yaml:1:19: tiers.cuts: expected a list of numbers, falling; \">100\" "
         "for what is over 100, but found an empty list"},
        {2, "tiers: {by: cuts, cuts: [.nan, 5]}\n", "x.yaml:1:26: tiers.cuts: \".nan\" is not a number; \">100\" for"},
        {2, "tiers: {by: cuts, cuts: ['500 EUR', 5]}\n", "x.yaml:1:26: tiers.cuts: \"500 EUR\" is not a number; "},
        {2, "tiers: {shares: [-1%, 5%]}\n",
         "x.yaml:1:18: tiers.shares: \"-1%\" is not a share, 0 to 1 or a percentage"},
        {2, "tiers:\n  names: {a: Same, b: Same}\n", "x.yaml:2:23: tiers.names: b is called \"Same\", as a is"},
        {2, "tiers:\n  names: {金卡: A, b: B}\n",
         "x.yaml:2:11: tiers.names.金卡: \"金卡\" is no code of a tier: a to z"},
        {2, "tiers: {names: [a, b]}\n",
         "x.yaml:1:9: tiers.names: expected a mapping of each CODE to a text, or to en and zh, but found a list"},
        {2, "tiers: {zzz: frequency}\n",
         "x.yaml:1:9: unknown key \"tiers.zzz\"; known are value, of, by, shares, count, names and cuts"},
        {2, "rules:\n  mine:\n    - {code: a, when: frequency > 1, name: A}\n",
         "x.yaml:3:38: unknown key \"rules.mine[1].name\"; known are code, en, zh and when"},
        {2, "strategies: [a]\n",
         "x.yaml:1:1: strategies: expected a mapping with the keys file and rows, but found a list"},
        {2, "strategies: {table: []}\n", "x.yaml:1:14: unknown key \"strategies.table\"; known are file and rows"},
        {2, "tiers: {valu: frequency}\n", "x.yaml:1:9: unknown key \"tiers.valu\" (did you mean \"value\"?)"},
        /* the score */
        {2, "score:\n  money:\n    features: {frequency: 1, frequenzy: 2}\n",
         "x.yaml:3:41: score.money: no feature is called \"frequenzy\"; did you mean \"frequency\"?"},
        {2, "score:\n  money: {features: [frequenzy]}\n",
         "x.yaml:2:22: score.money: no feature is called \"frequenzy\"; did you mean \"frequency\"?"},
        {2, "score:\n  money: {weight: -1, features: [frequency]}\n",
         "x.yaml:2:19: score.money: weight: -1 is not a number above 0"},
        {2, "score:\n  money: {weight: 1, features: {}}\n",
         "x.yaml:2:22: score.money: features: a part is made of one at least, but there is none"},
        {2, "score:\n  money: {features: [frequency, frequency]}\n",
         "x.yaml:2:11: score.money: features: \"frequency\" stands twice"},
        {2, "score:\n  Money!: {features: [frequency]}\n",
         "x.yaml:2:12: score.Money!: \"Money!\" is no code of a part: "},
        /* RFM scores */
        {2, "rfm: {method: thresholds}\n", "x.yaml:1:15: rfm: the method thresholds needs some of recency (days), "},
        {2, "rfm: {method: thresholds, cuts: {recency: [30, 10]}}\n",
         "x.yaml:1:48: rfm.cuts.recency: the cuts must rise, but 30 is followed by 10"},
        {3, "rfm:\n  map: defalt\n",
         "x.yaml:2:8: rfm.map: defalt: cannot be read: No such file or directory (did you mean default?)"},
        {3, "rfm: {map: gap.csv}\n", "tesela: rfm.map: gap.csv: 5 cells of the map belong to no segment: R5 F1, R5 F2"},
        {3, "rfm: {map: over.csv}\n", "tesela: rfm.map: over.csv:3: r, f: R5 F5 belongs to a already (over.csv:2)"},
        {3, "rfm: {map: same.csv}\n", "tesela: rfm.map: same.csv:3: name_en: b is called \"A\", as a is"},
        /* the lifecycle */
        {2, "lifecycle: {new_days: 30d}\n", "x.yaml:1:23: lifecycle.new_days: \"30d\" is not a number above 0"},
        {2, "lifecycle: {vocabulary: aquire}\n",
         "x.yaml:1:25: lifecycle.vocabulary: \"aquire\" is not default, acquire or classic (did you mean acquire?)"},
        {2, "lifecycle:\n  names:\n    losst: Asleep\n",
         "x.yaml:3:12: lifecycle.names: \"losst\" is no stage (did you mean \"lost\"?)"},
        {2, "lifecycle: {risk: 0.9, lost: 0.5}\n",
         "x.yaml:1:30: lifecycle: lost from a probability of 0.5 on is below at risk from 0.9 on"},
        /* rules */
        {2, "rules:\n  pace:\n    - {code: busy, when: \"frequency > 5 and tyer = 'vip'\"}\n",
         "x.yaml:3:26: rules.pace.busy: there is no column \"tyer\"; did you mean \"tier\"?"},
        {2, "rules:\n  pace:\n    - {code: busy, when: \"segment = 'GOOD_QUIT'\"}\n",
         "x.yaml:3:26: rules.pace.busy: no segment is called \"GOOD_QUIT\" (did you mean \"GOOD_QUIET\"?)"},
        {2, "rules:\n  pace:\n    - code: busy\n      when: >\n        frequency > 5\n        and frequenzy > 3\n",
         "x.yaml:4:7: rules.pace.busy: there is no column \"frequenzy\"; did you mean \"frequency\"?"},
        {2, "rules:\n  pace:\n    - {code: busy, when: 'frequency > \"x\"'}\n",
         "x.yaml:3:26: rules.pace.busy: there is no column \"x\"; a text stands in '...'"},
        {2, "rules:\n  pace:\n    - {code: busy, when: ''}\n", "x.yaml:3:26: rules.pace.busy: has no condition (when)"},
        {2, "rules: {pace: []}\n",
         "x.yaml:1:9: rules.pace: expected a list of mappings, or default, but found an empty "},
        {2, "rules: {pace: defualt}\n",
         "x.yaml:1:15: rules.pace: \"defualt\" is neither a list of mappings nor default (did you mean default?)"},
        /* strategies */
        {2, "strategies: {rows: []}\n",
         "x.yaml:1:14: strategies.rows: expected a list of mappings, but found an empty list"},
        {2, "strategies:\n  rows:\n    - {tier: gold, action: call}\n    - {tier: gold, action: write}\n",
         "x.yaml:4:14: action: says \"write\" for tier gold, for which x.yaml:3:14 says \"call\": which one?"},
        {3, "strategies:\n  file: none.csv\n", "x.yaml:2:9: strategies.file: none.csv: cannot be read: No such file"},
        {3, "strategies:\n  file: gild.csv\n",
         "tesela: gild.csv:2: tier: no tier is called \"gild\" (did you mean \"gold\"?)"},
        {2, "strategies:\n  rows:\n    - {tier: gild, action: call}\n",
         "x.yaml:3:14: tier: no tier is called \"gild\" (did you mean \"gold\"?)"},
        {2, "strategies:\n  rows:\n    - {lifecycle: lots, action: call}\n",
         "x.yaml:3:19: lifecycle: no lifecycle is called \"lots\" (did you mean \"lost\"?)"},
        {2, "strategies:\n  rows:\n    - {teir: gold, action: call}\n",
         "x.yaml:3:8: unknown key \"strategies.rows[1].teir\" (did you mean \"tier\"?)"},
        /* features */
        {2, "cluster:\n  include: [frequency, frequenzy]\n",
         "x.yaml:2:24: include: no feature is called \"frequenzy\"; did you mean \"frequency\"?"},
        {2, "cluster:\n  exclude:\n    - recency_day\n",
         "x.yaml:3:7: exclude: no feature is called \"recency_day\"; did you mean \"recency_days\"?"},
        {2, "cluster: {basis: core+frequenzy, include: [frequency_90d]}\n",
         "x.yaml:1:18: include: no feature is called \"frequenzy\"; did you mean \"frequency\"?"},
        {2,
         "features:\n  lines:\n    - {name: a, level: lines, aggregate: count}\n    - name: b\n      level: lines\n"
         "      aggregate: count\n      filter: \"amuont > 5\"\n",
         "x.yaml:7:15: feature b: filter: there is no column \"amuont\"; did you mean \"Amount\"?"},
        {2, "features:\n  lines:\n    - {name: b, level: lines, aggregate: sum, source: amuont}\n",
         "x.yaml:3:55: feature b: source: there is no column \"amuont\"; did you mean \"Amount\"?"},
        {2,
         "features:\n  lines:\n    - {name: b, level: lines, aggregate: count}\n"
         "    - {name: b, level: lines, aggregate: count}\n",
         "x.yaml:4:14: feature b: name: stands twice"},
        /* names */
        {2, "names:\n  1: Stars\n  2: Stars\n", "x.yaml:3:6: names: 2: segments "},
        {2, "names:\n  GOOD_QUIT: Stars\n",
         "x.yaml:2:14: names: there is no segment \"GOOD_QUIT\" (did you mean \"GOOD_QUIET\"?)"},
    };
    (void)state;
    put_tables();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        put("x.yaml", cases[i].yaml);
        assert_run(cases[i].status, RUN "--config x.yaml");
        assert_err(cases[i].message);
        assert_null(strstr(last_outcome()->err, "Try 'tesela"));
        assert_false(exists("out"));
    }
}

/* What stands on the command line is not the configuration's, whatever that says. */
static void blames_who_said_it(void **state)
{
    (void)state;
    put_tables();
    put("x.yaml", "tiers: {value: frequency}\nlifecycle: {vocabulary: acquire}\n");
    assert_run(2, RUN "--config x.yaml --value monetary_totl");
    assert_err("tesela: value: no feature is called \"monetary_totl\"; did you mean \"monetary_total\"?\nTry 'tesela "
               "help run'");
    put("y.yaml", "tiers: {by: quantile, shares: [10%, 10%, 10%, 10%]}\n");
    assert_run(2, RUN "--config y.yaml --tiers quantile:50%%,60%%,1%%,1%%");
    assert_err("tesela: tiers: the shares add up to 1.12, over 1\nTry");
}

/* A name of a rule set that there is not is told before any table is read. */
static void refuses_at_once(void **state)
{
    (void)state;
    assert_run(2, "run --transactions not_there.csv --rules loyal --output out");
    assert_err("--rules: there is no set \"loyal\" (did you mean \"loyalty\"?)");
    put("x.yaml", "rules:\n  pace:\n    - {code: busy, when: frequency > }\n");
    assert_run(2, "run --transactions not_there.csv --config x.yaml --output out");
    assert_err("x.yaml:3:26: rules.pace.busy: a number, a column or \"(\" is missing here");
}

/* What names a feature, a tier or a stage is looked at before clusters are found, not after; check has it with the
 * tables, with its place. */
static void waits_for_nothing(void **state)
{
    static const char *const wrong[] = {"tiers: {value: frequenzy}\n", "score: {money: {features: [frequenzy]}}\n",
                                        "rules: {pace: [{code: busy, when: frequenzy > 5}]}\n",
                                        "rules: {pace: [{code: busy, when: tier = 'gild'}]}\n",
                                        "strategies: {rows: [{lifecycle: lots, action: call}]}\n"};
    (void)state;
    put_tables();
    put("x.yaml", "tiers: {value: frequency}\n");
    assert_run(0, "run --transactions orders.csv --evidence none --no-value-models --config x.yaml --output out");
    assert_err("clusters: ");
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        put("x.yaml", wrong[i]);
        assert_run(2, "run --transactions orders.csv --evidence none --no-value-models --config x.yaml --output no");
        assert_err("transactions: 240 rows read");
        assert_err("tesela: x.yaml:1:");
        assert_null(strstr(last_outcome()->err, "clusters: "));
        assert_run(0, "check --transactions orders.csv --config x.yaml --json");
        json_t *json = get_json();
        assert_true(json_is_true(json_object_get(json, "refuses_run")));
        assert_ptr_equal(strstr(json_text_at(json, "findings.0.message"), "x.yaml:1:"),
                         json_text_at(json, "findings.0.message"));
        json_decref(json);
    }
}

/* A map of RFM segments, and a table of strategies, are what check looks at, too. */
static void checks_files(void **state)
{
    static const struct {
        const char *option, *message;
    } cases[] = {{"--rfm-map gap.csv", "gap.csv: 5 cells of the map belong to no segment: R5 F1, R5 F2"},
                 {"--rfm-map over.csv", "over.csv:3: r, f: R5 F5 belongs to a already (over.csv:2)"},
                 {"--rfm-map defalt", "--rfm-map: defalt: cannot be read: No such file or directory (did you mean def"},
                 {"--config x.yaml", "gap.csv: 5 cells of the map belong to no segment: R5 F1, R5 F2"},
                 {"--strategies over.csv", "over.csv:1: there is no column \"code\""}};
    (void)state;
    put_tables();
    put("x.yaml", "rfm: {map: gap.csv}\n");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_run(3, "check --transactions orders.csv %s", cases[i].option);
        assert_err(cases[i].message);
        assert_out("tesela run would refuse these tables");
        assert_out(cases[i].message);
        assert_out("amount"); /* the tables are told all the same */
    }
    put("m.csv", "code,r,f\nall,1-5,1-5\n");
    assert_run(0, "check --transactions orders.csv --rfm-map m.csv --write-config w.yaml");
    assert_out("tesela run takes these tables");
    char *written = get("w.yaml", NULL);
    assert_non_null(strstr(written, "map: \"m.csv\""));
    free(written);
}

int main(void)
{
#define IN_SANDBOX(test) cmocka_unit_test_setup_teardown(test, sandbox_open, sandbox_close)
    const struct CMUnitTest tests[] = {IN_SANDBOX(says_where), IN_SANDBOX(blames_who_said_it),
                                       IN_SANDBOX(refuses_at_once), IN_SANDBOX(waits_for_nothing),
                                       IN_SANDBOX(checks_files)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
