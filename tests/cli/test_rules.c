/* test_rules.c: rule sets and strategies through the whole program: from the configuration, from files, kept with the
 * model, looked at before anything is written. */
#include "program.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CUSTOMERS = 240, LINES = 12 };

static void put_tables(void)
{
    put_orders("orders.csv", CUSTOMERS, LINES);
    void *file = put_open("people.csv");
    put_line(file, "CustomerID,Gender,Income,Member,Joined");
    for (int i = 0; i < CUSTOMERS + 10; i++) {
        put_line(file, "C%05d,%s,%d,%s,2017-%02d-15", i, i % 3 ? "F" : "M", 20000 + 137 * (i % 91),
                 i % 2 ? "yes" : "no", 1 + i % 12);
    }
    put_close(file);
}

#define RUN "run --transactions orders.csv --customers people.csv --k 4 --evidence none --holdout 0 --quiet "

static const char config[] = "rules:\n"
                             "  pace:\n"
                             "    - {code: busy, en: Busy, zh: 忙碌, when: \"frequency > 4 and Member\"}\n"
                             "    - {code: calm, when: {Gender: F, tier: [vip, gold, silver]}}\n"
                             "    - code: early\n"
                             "      en: Early\n"
                             "      when: Joined < 2017-04-01 and lifecycle != 'potential'\n"
                             "  loyalty: default\n"
                             "strategies:\n"
                             "  rows:\n"
                             "    - {tier: vip|gold, action: call, en: Call, zh: 致电}\n"
                             "    - {lifecycle: potential, action: invite, zh: 邀请}\n"
                             "    - {action: write, en: Write}\n";

/* The cell of a column in a line of segments.csv, which has no quoted cell before it. */
static void get_cell(const char *csv, const char *id, const char *column, char out[200])
{
    size_t at = 0;
    const char *head = csv, *line = csv;
    while (strncmp(head, column, strlen(column)) != 0 || !strchr(",\n", head[strlen(column)])) {
        assert_true(*head && *head != '\n');
        at += *head == ',';
        head++;
        while (head[-1] != ',') {
            at += *head == ',';
            head++;
        }
    }
    while (strncmp(line, id, strlen(id)) != 0 || line[strlen(id)] != ',') {
        line = strchr(line, '\n') + 1;
    }
    for (; at; at--) {
        if (*line == '"') {
            line = strchr(line + 1, '"') + 1;
        }
        line += strcspn(line, ",") + 1;
    }
    const size_t length = *line == '"' ? (size_t)(strchr(line + 1, '"') - line) + 1 : strcspn(line, ",\n");
    assert_true(length < 200);
    memcpy(out, line, length);
    out[length] = '\0';
}

static void labels_by_the_configuration(void **state)
{
    char cell[200];
    (void)state;
    put_tables();
    put("shop.yaml", config);
    assert_run(0, RUN "--config shop.yaml --output a");
    char *csv = get("a/segments.csv", NULL);
    assert_non_null(strstr(csv, ",pace,pace_unmet,loyalty,loyalty_unmet,action,action_text\n"));
    get_cell(csv, "C00245", "action", cell); /* without an order */
    assert_string_equal(cell, "invite");
    get_cell(csv, "C00245", "pace", cell);
    assert_string_equal(cell, "");
    get_cell(csv, "C00245", "pace_unmet", cell);
    assert_string_equal(cell, "frequency > 4");
    get_cell(csv, "C00245", "action_text", cell);
    assert_string_equal(cell, "邀请");
    free(csv);
    json_t *summary = json_load_file("a/summary.json", 0, NULL);
    assert_non_null(summary);
    assert_string_equal(json_text_at(summary, "rules.0.set"), "pace");
    assert_string_equal(json_text_at(summary, "rules.0.classes.0.names.zh"), "忙碌");
    assert_string_equal(json_text_at(summary, "rules.0.classes.1.when"),
                        "\"Gender\" = 'F' and \"tier\" in ('vip', 'gold', 'silver')");
    assert_string_equal(json_text_at(summary, "rules.1.set"), "loyalty");
    assert_true(json_at(summary, "rules.0.classes.0.size") > 0 && json_at(summary, "rules.0.classes.1.size") > 0);
    assert_true(json_at(summary, "rules.0.classes.0.conditions.1.holds") == 125);
    assert_true(json_at(summary, "rules.1.classes.0.conditions.1.unknown") == CUSTOMERS + 10);
    assert_true(json_at(summary, "strategies.rows.0.size") > 0);
    json_decref(summary);

    /* The model has all of it: other tables are labelled by the same rules, and the same ones alike. */
    assert_run(0, "label a/features.h5 a/model.h5 --output again.csv --quiet");
    assert_same_file("a/segments.csv", "again.csv");
    assert_run(0, "run --model a/model.h5 --transactions orders.csv --customers people.csv --output b --quiet");
    assert_same_file("a/segments.csv", "b/segments.csv");
    assert_run(0, RUN "--config shop.yaml --output c --threads 1");
    assert_same_file("a/segments.csv", "c/segments.csv");
    assert_same_file("a/model.h5", "c/model.h5");
    /* Others stand in their place, and none. */
    assert_run(0, "label a/features.h5 a/model.h5 --rules account --strategies default --output x.csv --quiet");
    csv = get("x.csv", NULL);
    assert_non_null(strstr(csv, ",account,account_unmet,action,action_text\n"));
    get_cell(csv, "C00245", "action", cell);
    assert_string_equal(cell, "first_offer");
    free(csv);
    assert_run(0, "label a/features.h5 a/model.h5 --rules none --strategies none --output y.csv --quiet");
    csv = get("y.csv", NULL);
    assert_null(strstr(csv, "action"));
    assert_null(strstr(csv, "account"));
    assert_null(strstr(csv, "_unmet"));
    free(csv);
    assert_run(0, "label a/features.h5 a/model.h5 --config shop.yaml --rules pace --output z.csv --quiet");
    csv = get("z.csv", NULL);
    assert_non_null(strstr(csv, ",pace,pace_unmet,action,action_text\n"));
    free(csv);
}

static void writes_and_reads_strategies(void **state)
{
    (void)state;
    put_tables();
    assert_run(0, RUN "--output a");
    assert_run(0, "label a/features.h5 a/model.h5 --write-strategies s.csv --quiet");
    char *csv = get("s.csv", NULL);
    assert_memory_equal(csv, "segment,tier,lifecycle,action,en,zh\n*,vip,potential,manager_first_offer,", 72);
    free(csv);
    assert_run(0, "label a/features.h5 a/model.h5 --strategies s.csv --output again.csv --quiet");
    assert_same_file("a/segments.csv", "again.csv");
    assert_run(0, "label a/features.h5 a/model.h5 --lang zh --output zh.csv --quiet");
    csv = get("zh.csv", NULL);
    assert_non_null(strstr(csv, "首购优惠，推荐好友有奖励"));
    free(csv);
    assert_run(1, "label a/features.h5 a/model.h5 --write-strategies s.csv");
    assert_err("s.csv: is there already");
    assert_run(2, "label a/features.h5 a/model.h5 --strategies s.csv --write-strategies s.csv --force");
    assert_err("would be written over --strategies s.csv");
    put("own.csv", "tier,lifecycle,action,en,zh\nvip,*,call,Call,致电\nvip|gold,lost,back,Back,挽回\n");
    assert_run(0, "label a/features.h5 a/model.h5 --strategies own.csv --check");
    assert_out("unset: tier bronze, lifecycle new (");
    assert_err("strategies: no row is for 2");
    put("twice.csv", "tier,action\nvip,call\n*,rest\nvip|gold,write\n");
    assert_run(3, "label a/features.h5 a/model.h5 --strategies twice.csv --output no.csv");
    assert_err("twice.csv:4: action: says \"write\" for tier vip, for which twice.csv:2 says \"call\": which one?");
    assert_false(exists("no.csv"));
    put("none.csv", "tier,lifecycle,action\n");
    assert_run(3, "label a/features.h5 a/model.h5 --strategies none.csv --output no.csv");
    assert_err("none.csv:1: expected rows of strategies below the names of the columns, but found none");
    assert_false(exists("no.csv"));
    assert_run(0, "label a/features.h5 a/model.h5 --strategies none --check");
    assert_out("Nothing to check: there are neither rule sets nor strategies.\n");
    assert_run(0, "label a/features.h5 a/model.h5 --strategies none --check --lang zh");
    assert_out("没有可检查的内容：既无规则集，也无策略。\n");
    put("rows.yaml", "strategies:\n  file: own.csv\n");
    assert_run(0, "label a/features.h5 a/model.h5 --config rows.yaml --output own_out.csv --quiet");
    put("both.yaml", "strategies:\n  file: own.csv\n  rows: [{action: x}]\n");
    assert_run(2, "label a/features.h5 a/model.h5 --config both.yaml --check");
    assert_err("strategies.file and strategies.rows contradict each other");
}

static void tells_what_is_wrong(void **state)
{
    static const struct {
        int status;
        const char *yaml, *message;
    } cases[] = {
        {2, "rules:\n  pace:\n    - {code: busy, when: frequenzy > 5}\n",
         "x.yaml:3:26: rules.pace.busy: there is no column \"frequenzy\"; did you mean \"frequency\"?"},
        {2, "rules:\n  pace:\n    - code: busy\n      when: \"frequency > 5 and tier = 'gild'\"\n",
         "x.yaml:4:13: rules.pace.busy: no tier is called \"gild\" (did you mean \"gold\"?)"},
        {2, "rules:\n  pace:\n    - {code: busy, when: frequency > }\n",
         "x.yaml:3:26: rules.pace.busy: a number, a column or \"(\" is missing here"},
        {2, "rules:\n  pace:\n    - {code: busy, whan: frequency > 5}\n",
         "x.yaml:3:20: unknown key \"rules.pace[1].whan\" (did you mean \"when\"?)"},
        {2, "rules:\n  pace:\n    - {code: busy}\n", "x.yaml:3:8: rules.pace[1]: \"when\" is missing"},
        {2, "rules:\n  pace: busy\n", "x.yaml:2:9: rules.pace: expected a list of mappings, or default"},
        {2, "rules:\n  loyality: default\n",
         "x.yaml:2:13: rules.loyality: there is no bundled \"loyality\" (did you mean \"loyalty\"?)"},
        {2, "rules: [x]\n",
         "x.yaml:1:1: rules: expected a mapping of each SET to a list of mappings, but found a list"},
        {2, "rules:\n  tier:\n    - {code: busy, when: frequency > 5}\n",
         "x.yaml:3:26: rules.tier.busy: \"tier\" is a column of segments.csv already"},
        {2, "strategies:\n  rows:\n    - {tier: gild, action: call}\n",
         "x.yaml:3:14: tier: no tier is called \"gild\" (did you mean \"gold\"?)"},
        {2, "strategies:\n  rows:\n    - {tier: gold}\n", "x.yaml:3:8: strategies.rows[1]: \"action\" is missing"},
    };
    (void)state;
    put_tables();
    assert_run(0, RUN "--output a");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        put("x.yaml", cases[i].yaml);
        assert_run(cases[i].status, "label a/features.h5 a/model.h5 --config x.yaml --check");
        assert_err(cases[i].message);
    }
    assert_run(2, "label a/features.h5 a/model.h5 --rules loyal --check");
    assert_err("--rules: there is no set \"loyal\" (did you mean \"loyalty\"?)");
    assert_run(2, "label a/features.h5 a/model.h5 --check --output o.csv");
    assert_err("--check writes nothing, and so not --output");
    assert_run(2, "label a/features.h5 a/model.h5");
    assert_err("label needs --output FILE.csv");
}

static void looks_before_it_writes(void **state)
{
    (void)state;
    put_tables();
    assert_run(0, RUN "--output a");
    put("x.yaml", "rules:\n"
                  "  pace:\n"
                  "    - {code: many, en: Many, when: frequency >= 3}\n"
                  "    - {code: more, en: More, when: frequency >= 5 and recency_days > 0}\n"
                  "    - {code: never, en: Never, when: frequency > 5 and frequency < 4}\n"
                  "    - {code: none, en: Nobody, when: frequency > 100000}\n");
    assert_run(0, "label a/features.h5 a/model.h5 --config x.yaml --check");
    assert_out("shadowed");
    assert_out("contradictory");
    assert_out("nobody");
    assert_out("  recency_days > 0");
    assert_out("both Many and More: ");
    assert_out("in no class: ");
    assert_run(0, "label a/features.h5 a/model.h5 --config x.yaml --check --lang zh");
    assert_out("被前面的类别覆盖");
    assert_out("条件自相矛盾");
    assert_run(0, "label a/features.h5 a/model.h5 --config x.yaml --check --json --quiet");
    json_t *json = get_json();
    assert_string_equal(json_text_at(json, "rules.0.classes.0.reach"), "reached");
    assert_string_equal(json_text_at(json, "rules.0.classes.1.reach"), "shadowed");
    assert_string_equal(json_text_at(json, "rules.0.classes.2.reach"), "contradictory");
    assert_string_equal(json_text_at(json, "rules.0.classes.3.reach"), "nobody");
    assert_string_equal(json_text_at(json, "rules.0.classes.1.overlaps.0.class"), "many");
    json_decref(json);
    assert_entries("a,orders.csv,people.csv,x.yaml");
}

/* No set may be called like another column of segments.csv. */
static void keeps_the_columns_apart(void **state)
{
    char name[64], line[200];
    (void)state;
    put_tables();
    assert_run(0, RUN "--output a");
    char *csv = get("a/segments.csv", NULL);
    size_t columns = 0;
    for (const char *at = csv; at && *at != '\n'; columns++) {
        const size_t length = strcspn(at, ",\n");
        snprintf(name, sizeof name, "%.*s", (int)length, at);
        snprintf(line, sizeof line, "rules:\n  %s:\n    - {code: x, when: frequency > 5}\n", name);
        put("x.yaml", line);
        assert_run(2, "label a/features.h5 a/model.h5 --config x.yaml --check");
        assert_err("is a column of segments.csv already");
        at += length + (at[length] == ',');
    }
    assert_true(columns >= 16);
    free(csv);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(labels_by_the_configuration, sandbox_open, sandbox_close),
        cmocka_unit_test_setup_teardown(writes_and_reads_strategies, sandbox_open, sandbox_close),
        cmocka_unit_test_setup_teardown(tells_what_is_wrong, sandbox_open, sandbox_close),
        cmocka_unit_test_setup_teardown(looks_before_it_writes, sandbox_open, sandbox_close),
        cmocka_unit_test_setup_teardown(keeps_the_columns_apart, sandbox_open, sandbox_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
