/* test_label_errors.c: what is wrong with what a configuration says of labels is told with file, line and column, and
 * with the nearest right name; what the command line says in its place is not blamed on it. */
#include "program.h"

#include <string.h>

static void put_tables(void)
{
    put_orders("orders.csv", 60, 4);
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
         "x.yaml:3:3: tiers: the shares of all but the last add up to 1.12, over 1"},
        {2, "tiers: {by: cutz}\n",
         "x.yaml:1:13: tiers.by: \"cutz\" is not quantile, revenue, cuts or breaks (did you mean cuts?)"},
        {2, "tiers:\n  count: 3\n  names: {a: A, b: B}\n", "x.yaml:3:3: tiers: 3 tiers have 3 names, not 2"},
        {2, "tiers: {valu: frequency}\n", "x.yaml:1:9: unknown key \"tiers.valu\" (did you mean \"value\"?)"},
        /* the score */
        {2, "score:\n  money:\n    features: {frequency: 1, frequenzy: 2}\n",
         "x.yaml:3:41: score.money: no feature is called \"frequenzy\"; did you mean \"frequency\"?"},
        {2, "score:\n  money: {features: [frequenzy]}\n",
         "x.yaml:2:3: score.money: no feature is called \"frequenzy\"; did you mean \"frequency\"?"},
        /* the lifecycle */
        {2, "lifecycle: {vocabulary: aquire}\n",
         "x.yaml:1:25: lifecycle.vocabulary: \"aquire\" is not default, acquire or classic (did you mean acquire?)"},
        {2, "lifecycle:\n  names:\n    losst: Asleep\n",
         "x.yaml:3:12: lifecycle.names: \"losst\" is no stage (did you mean \"lost\"?)"},
        {2, "lifecycle: {risk: 0.9, lost: 0.5}\n",
         "x.yaml:1:30: lifecycle: lost from a probability of 0.5 on is below at risk from 0.9 on"},
        /* rules */
        {3, "rules:\n  pace:\n    - {code: busy, when: \"frequency > 5 and tyer = 'vip'\"}\n",
         "x.yaml:3:26: rules.pace.busy: there is no column \"tyer\"; did you mean \"tier\"?"},
        {3, "rules:\n  pace:\n    - {code: busy, when: \"segment = 'GOOD_QUIT'\"}\n",
         "x.yaml:3:26: rules.pace.busy: no segment is called \"GOOD_QUIT\" (did you mean \"GOOD_QUIET\"?)"},
        /* strategies */
        {3, "strategies:\n  rows:\n    - {tier: gild, action: call}\n",
         "x.yaml:3:14: no tier is called \"gild\" (did you mean \"gold\"?)"},
        {3, "strategies:\n  rows:\n    - {lifecycle: lots, action: call}\n",
         "x.yaml:3:19: no lifecycle is called \"lots\" (did you mean \"lost\"?)"},
        {2, "strategies:\n  rows:\n    - {teir: gold, action: call}\n",
         "x.yaml:3:8: unknown key \"strategies.rows[1].teir\" (did you mean \"tier\"?)"},
        /* names */
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
    assert_err("tesela: tiers: the shares of all but the last add up to 1.12, over 1\nTry");
}

/* A name of a rule set that there is not is told before any table is read. */
static void refuses_at_once(void **state)
{
    (void)state;
    assert_run(2, "run --transactions not_there.csv --rules loyal --output out");
    assert_err("--rules: there is no set \"loyal\" (did you mean \"loyalty\"?)");
    put("x.yaml", "rules:\n  pace:\n    - {code: busy, when: frequency > }\n");
    assert_run(3, "run --transactions not_there.csv --config x.yaml --output out");
    assert_err("x.yaml:3:26: rules.pace.busy: a number, a column or \"(\" is missing here");
}

int main(void)
{
#define IN_SANDBOX(test) cmocka_unit_test_setup_teardown(test, sandbox_open, sandbox_close)
    const struct CMUnitTest tests[] = {IN_SANDBOX(says_where), IN_SANDBOX(blames_who_said_it),
                                       IN_SANDBOX(refuses_at_once)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
