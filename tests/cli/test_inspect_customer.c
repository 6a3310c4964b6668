/* test_inspect_customer.c: tesela inspect RUN --customer ID: what it says of customers of Online Retail is what the
 * run's files say, and columns that are not known are told as they stand. */
#include "program.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define RUN "run --quiet --transactions orders.csv --evidence none --holdout 0 "

static void fit(const char *until, const char *previous, const char *folder)
{
    assert_run(0, "run --transactions '%s' --until %s %s %s --output %s --evidence none --holdout 0 --quiet",
               source("datasets/online-retail/online_retail_lines.csv.xz"), until, previous ? "--previous" : "",
               previous ? previous : "", folder);
}

/* Cell number `column` of the customer's line, up to a comma: of none that is quoted. */
static void get_cell(const char *segments, const char *id, int column, char out[64])
{
    char key[32];
    snprintf(key, sizeof key, "\n%s,", id);
    const char *at = strstr(segments, key) + 1;
    for (int quoted = 0; column > 0; at++) {
        quoted ^= *at == '"';
        column -= *at == ',' && !quoted;
    }
    snprintf(out, 64, "%.*s", (int)strcspn(at, ",\n"), at);
}

/* The cell of a column by its name; "" where there is none. */
static void cell_of(const char *segments, const char *id, const char *column, char out[64])
{
    int at = 0;
    const char *name = segments;
    for (; strcspn(name, ",\n") != strlen(column) || strncmp(name, column, strlen(column)) != 0; at++) {
        name += strcspn(name, ",\n") + 1;
    }
    get_cell(segments, id, at, out);
}

/* What the document says against the line, and against itself. */
static void check(const json_t *of, const char *segments, const char *id)
{
    char cell[64];
    get_cell(segments, id, 1, cell);
    assert_int_equal((int)json_at(of, "segment.segment"), atoi(cell));
    get_cell(segments, id, 3, cell);
    assert_string_equal(json_text_at(of, "tier.tier"), cell);
    get_cell(segments, id, 4, cell);
    assert_string_equal(json_text_at(of, "lifecycle.stage"), cell);
    get_cell(segments, id, 6, cell);
    const double value = strtod(cell, NULL);
    assert_true(fabs(json_at(of, "value.value") - value) < .005);
    const json_t *tier = json_object_get(of, "tier"),
                 *steps[] = {json_object_get(tier, "up"), json_object_get(tier, "down")};
    for (int i = 0; i < 2; i++) {
        if (json_is_object(steps[i])) {
            const double cut = json_at(steps[i], "cut"), distance = json_at(steps[i], "distance");
            assert_true(distance >= 0 && fabs(fabs(value - cut) - distance) < .005);
            assert_true(i ? value >= cut - .005 : value < cut);
        }
    }
    const json_t *next = json_object_get(of, "runner_up");
    if (json_is_object(next) && json_is_number(json_object_get(next, "times_as_far"))) {
        assert_true(json_at(next, "times_as_far") >= 1);
    }
    assert_true(json_array_size(json_object_get(of, "figures")) >= 8);
    assert_string_equal(json_text_at(of, "explanation.customer"), id);
}

/* What is expected lies about between the ends; of both or of neither there is something to say. */
static size_t check_intervals(const json_t *of)
{
    const json_t *all = json_object_get(json_object_get(of, "value"), "expected");
    size_t intervals = 0;
    for (size_t i = 0; i < json_array_size(all); i++) {
        const json_t *one = json_array_get(all, i), *low = json_object_get(one, "low"),
                     *high = json_object_get(one, "high");
        const char *name = json_string_value(json_object_get(one, "name"));
        const int wide = strcmp(name, "expected_purchases_365d") == 0 || strcmp(name, "spend_365d") == 0;
        assert_int_equal(json_is_number(low), wide);
        assert_int_equal(json_is_number(high), wide);
        if (wide) {
            assert_true(json_number_value(low) >= 0 && json_number_value(low) <= json_number_value(high));
            intervals +=
                json_number_value(high) > json_at(one, "value") && json_number_value(low) < json_at(one, "value");
        }
    }
    return intervals;
}

static void test_customers(void **state)
{
    (void)state;
    static const char *const ids[] = {"12346", "12347", "12348", "12352", "12356", "12370", "12380",
                                      "12415", "12431", "12471", "12500", "12540", "12583", "12600",
                                      "12709", "12748", "13089", "14646", "15311", "17841"};
    fit("2011-10-31", NULL, "then");
    fit("2011-11-30", "then", "now");
    char *segments = get("now/segments.csv", NULL);
    size_t moved = 0, intervals = 0;
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
        assert_run(0, "inspect now --customer %s --json", ids[i]);
        json_t *of = get_json();
        check(of, segments, ids[i]);
        intervals += check_intervals(of);
        moved += json_array_size(json_object_get(json_object_get(of, "previous"), "changes"));
        json_decref(of);
    }
    assert_true(moved > 0 && intervals >= 20);
    free(segments);
    assert_run(0, "inspect now --customer 12347 --lang zh");
    assert_out("客户 12347");
    assert_out("再多 ");
    assert_out("次（八成把握在 ");
    assert_run(0, "inspect now --customer 12347");
    assert_out("Customer 12347, as of 2011-12-01");
    assert_out("rule");
    assert_out("Since");
    assert_out("(80 % sure: ");
    assert_run(0, "inspect now --customer 12748"); /* by the NBD he is sure to buy; his risk is by such silences */
    assert_out("purchases expected in 365 days ");
    assert_out("Churn risk: ");
    assert_null(strstr(last_outcome()->out, "probability of no purchase"));
    assert_run(3, "inspect now --customer 1234X");
    assert_err("there is no \"1234X\"; did you mean \"1234");
    assert_run(0, "inspect now/features.h5 --customer 12347");
    assert_out("Normalised");
    assert_run(0, "inspect now/features.h5 --customer 12347 --lang zh");
    assert_out("\n  距上次购买天数          天 ");
    /* the run before is not there any more; another is named */
    remove_all("then");
    assert_run(0, "inspect now --customer 12347 --json");
    json_t *of = get_json();
    assert_null(json_object_get(of, "previous"));
    json_decref(of);
    fit("2011-09-30", NULL, "other");
    assert_run(0, "inspect now --customer 12347 --previous other --json");
    of = get_json();
    assert_string_equal(json_text_at(of, "previous.run"), "other");
    assert_string_equal(json_text_at(of, "previous.as_of"), "2011-10-01");
    json_decref(of);
    assert_null(strstr(last_outcome()->err, "policy.margin"));
}

/* The roles of all inputs of a run, from the second on. */
static void check_inputs(const char *manifest, const char *const *names, size_t count)
{
    json_t *all = json_load_file(manifest, 0, NULL);
    const json_t *inputs = json_object_get(all, "inputs");
    assert_int_equal(json_array_size(inputs), count + 1);
    for (size_t i = 0; i < count; i++) {
        const json_t *input = json_array_get(inputs, i + 1);
        char sum[160];
        assert_string_equal(json_text_at(input, "name"), names[i]);
        assert_string_equal(json_text_at(input, "role"),
                            strcmp(names[i], "early/model.h5") == 0 ? "model" : "previous");
        snprintf(sum, sizeof sum, "%s", json_text_at(input, "sha256"));
        assert_int_equal(strlen(sum), 64);
    }
    json_decref(all);
}

/* A run that goes on from another tells what has changed since, and of no other run that has its name now. */
static void test_run_before(void **state)
{
    (void)state;
    static const char *const applied[] = {"early/model.h5", "a/model.h5", "a/segments.csv"};
    static const char *const fitted[] = {"a/model.h5", "a/segments.csv"};
    put_orders("orders.csv", 200, 6);
    assert_run(0, RUN "--until 2018-04-30 --output early");
    assert_run(0, "run --quiet --transactions orders.csv --until 2018-05-31 --model early/model.h5 --output a");
    assert_run(0, "run --quiet --transactions orders.csv --until 2018-06-30 --model early/model.h5 --previous a "
                  "--output b");
    assert_run(0, RUN "--until 2018-06-30 --previous a --output c");
    check_inputs("b/manifest.json", applied, 3);
    check_inputs("c/manifest.json", fitted, 2);
    char *text = get("b/segments.csv", NULL), id[64], *line = strchr(text, '\n') + 1;
    snprintf(id, sizeof id, "%.*s", (int)strcspn(line, ","), line);
    free(text);
    for (const char *const *run = (const char *const[]){"b", "c", NULL}; *run; run++) {
        assert_run(0, "inspect %s --customer %s", *run, id);
        assert_out("Since");
        assert_out("as of 2018-06-01");
    }
    /* the right one stands beside it, another in the place that its manifest names */
    assert_int_equal(mkdir("moved", 0755), 0);
    assert_int_equal(rename("a", "moved/a"), 0);
    assert_int_equal(rename("b", "moved/b"), 0);
    assert_run(0, "run --quiet --transactions orders.csv --model early/model.h5 --output a"); /* of the same model */
    assert_run(0, "inspect moved/b --customer %s", id);
    assert_out("as of 2018-06-01");
    assert_null(strstr(last_outcome()->err, "note: "));
    /* only another is there */
    remove_all("moved/a");
    assert_run(0, "inspect moved/b --customer %s", id);
    assert_null(strstr(last_outcome()->out, "Since"));
    assert_err("note: a is another run's now: it does not hold what this run went on from, and what has changed since "
               "is not told; --previous RUN tells it of any run");
    assert_run(0, "inspect moved/b --customer %s --previous a", id);
    assert_out("Since");
}

/* Columns of a later program, and tiers and stages of the user's own. */
static void test_other_columns(void **state)
{
    (void)state;
    put_orders("orders.csv", 200, 6);
    assert_run(0, "run --transactions orders.csv --output out --quiet --evidence none --holdout 0");
    char *text = get("out/segments.csv", NULL), *line = strchr(text, '\n') + 1;
    char id[64];
    snprintf(id, sizeof id, "%.*s", (int)strcspn(line, ","), line);
    char *row = malloc(4096);
    snprintf(row, 4096,
             "customer_id,segment,tier,lifecycle,value,action,action_text,key_account,churn_risk\n"
             "%s,1,platinum,dormant,5,CALL,Call at once,strategic,0.25\n",
             id);
    put("out/segments.csv", row);
    assert_run(0, "inspect out --customer %s", id);
    assert_out("platinum");
    assert_out("dormant");
    assert_out("Call at once (CALL)");
    assert_out("Also        key_account: strategic\n            Churn risk: 25.0 %\n");
    /* without models there is nothing to expect */
    assert_run(0, "run --transactions orders.csv --output plain --quiet --evidence none --holdout 0 --no-value-models");
    assert_run(0, "inspect plain --customer %s --json", id);
    json_t *of = get_json();
    assert_int_equal(json_array_size(json_object_get(json_object_get(of, "value"), "expected")), 0);
    json_decref(of);
    free(row);
    free(text);
}

/* The parts of the score and their features: weight times points is what they add, in the document as in the line,
 * where something is not known, too. */
static size_t check_score(const json_t *of, const char *segments, const char *id)
{
    static const char *const columns[] = {"score_money", "score_habit"};
    const json_t *score = json_object_get(of, "score"), *parts = json_object_get(score, "parts");
    const double configured[] = {.75, .25};
    double sum = 0, counted = 0;
    size_t missing = 0;
    assert_int_equal(json_array_size(parts), 2);
    for (size_t p = 0; p < 2; p++) {
        const json_t *part = json_array_get(parts, p), *features = json_object_get(part, "features");
        double adds = 0, own = 0, within = 0;
        char name[64], cell[64];
        assert_true(json_at(part, "weight") == configured[p]);
        for (size_t i = 0; i < json_array_size(features); i++) {
            const json_t *feature = json_array_get(features, i);
            const int is_known = json_is_number(json_object_get(feature, "value"));
            assert_int_equal(json_is_number(json_object_get(feature, "score")), is_known);
            assert_true(is_known ? fabs(json_at(feature, "counted") * json_at(feature, "score") -
                                        json_at(feature, "points")) < 1e-9
                                 : json_at(feature, "counted") == 0 && json_at(feature, "points") == 0);
            adds += json_at(feature, "points");
            own += json_at(feature, "counted");
            within += json_at(feature, "weight");
            missing += (size_t)!is_known;
        }
        assert_true(fabs(within - 1) < 1e-12 && fabs(own - json_at(part, "counted")) < 1e-12);
        assert_true(fabs(adds - json_at(part, "points")) <= .01 + 1e-9);
        snprintf(name, sizeof name, "%s_points", columns[p]);
        cell_of(segments, id, name, cell);
        assert_true(json_at(part, "points") == strtod(cell, NULL));
        cell_of(segments, id, columns[p], cell);
        assert_int_equal(json_is_number(json_object_get(part, "score")), *cell != '\0');
        assert_true(!*cell || json_at(part, "score") == strtod(cell, NULL));
        sum += json_at(part, "points");
        counted += json_at(part, "counted");
    }
    assert_true(fabs(sum - json_at(score, "score")) < 1e-9 && fabs(counted - 1) < 1e-12);
    return missing;
}

static void test_score(void **state)
{
    (void)state;
    put_orders("orders.csv", 200, 6);
    put("more.csv", "CustomerID,InvoiceNo,InvoiceDate,Amount,StockCode\nONCE,1,2018-05-05,70,P1\n");
    put("c.yaml", "score:\n  money: {weight: 3, features: {monetary_total: 2, gap_mean_days: 1}}\n"
                  "  habit: {features: [gap_sd_days]}\n");
    assert_run(0, "run --quiet --transactions orders.csv more.csv --evidence none --holdout 0 --config c.yaml "
                  "--output out");
    char *segments = get("out/segments.csv", NULL);
    size_t missing = 0;
    for (int i = 0; i < 12; i++) {
        char id[16];
        snprintf(id, sizeof id, "C%05d", i * 16);
        assert_run(0, "inspect out --customer %s --json", id);
        json_t *of = get_json();
        missing += check_score(of, segments, id);
        json_decref(of);
    }
    assert_run(0, "inspect out --customer ONCE --json");
    json_t *of = get_json();
    assert_int_equal(check_score(of, segments, "ONCE"), 2);
    assert_true(missing < 24 && json_at(of, "score.parts.0.counted") == 1 && json_at(of, "score.parts.1.counted") == 0);
    assert_true(fabs(json_at(of, "score.parts.0.features.0.weight") - 2. / 3) < 1e-12);
    assert_true(json_at(of, "score.parts.0.features.0.counted") == 1);
    for (size_t i = 0; i < json_array_size(json_object_get(of, "others")); i++) { /* told once */
        const json_t *other = json_array_get(json_object_get(of, "others"), i);
        assert_null(strstr(json_text_at(other, "column"), "score_"));
    }
    json_decref(of);
    assert_run(0, "inspect out --customer ONCE");
    assert_out(" of 100\n");
    assert_out(
        "mean days between purchases is not known: its weight, of money 33.3 %, is with the other features of that "
        "part.\n  habit is not known: its weight, 25.0 %, is with the other parts.\n");
    assert_run(0, "inspect out --customer ONCE --lang zh");
    assert_out("（满分 100）\n");
    assert_out("“habit”未知，其权重 25.0 % 由其他部分分担。\n");
    free(segments);
}

/* Customers who each bought so many times, for 100 each, every other day. */
static void put_buyers(const char *name, const int *orders, int count)
{
    void *file = put_open(name);
    put_line(file, "customer_id,order_id,date,amount");
    for (int c = 0; c < count; c++) {
        for (int i = 0; i < orders[c]; i++) {
            put_line(file, "c%02d,o%d-%d,2024-03-%02d,100", c, c, i, 1 + 2 * i);
        }
    }
    put_close(file);
}

/* What is said of tiers: whether they let in what is at the cut, which have a cut at all, and how slowly they fall. */
static void test_tiers(void **state)
{
    (void)state;
    static const int then[] = {9, 9, 9, 9, 9, 8, 8, 3, 3, 1}, now[] = {9, 9, 9, 9, 9, 6, 8, 3, 3, 1};
    static const struct {
        const char *how; /* a run's options; NULL: of the run before; "": of one that goes on from it by `now` */
        const char *id, *en, *zh;
    } cases[] = {
        {"--tiers 'cuts:>8,>3' --value frequency", "c05",
         "anything more for High (over 8)\n            5 over where it begins (over 3); at 3 or under it falls to "
         "Low\n",
         "再多一点即升为高价值（高于 8）\n            比本级起点高 5（高于 3）；不高于 3 即降为低价值\n"},
        {NULL, "c07", "Low\n            anything more for Mid (over 3)\nLifecycle",
         "低价值\n            再多一点即升为中价值（高于 3）\n生命周期"},
        {NULL, "c09", "over 2 more for Mid (over 3)\n", "再多 2 以上即升为中价值（高于 3）\n"},
        /* nobody is between 820 and 850, but one who comes there is of the second */
        {"--tiers cuts:850,820,200", "c05", "20 more for Tier 2 (from 820)\n", "再多 20 即升为2 级（自 820）\n"},
        {NULL, "c00", "50 over where it begins (from 850); under 850 it falls to Tier 2\n",
         "比本级起点高 50（自 850）；低于 850 即降为2 级\n"},
        /* half of them are the best tenth, and the second tier is empty and has no cut */
        {"--tiers quantile:0.1,0.2", "c00", "just where it begins (from 900); under 900 it falls to Low\n",
         "恰在本级起点（自 900）；低于 900 即降为低价值\n"},
        {NULL, "c05", "Low\n            100 more for High (from 900)\nLifecycle",
         "低价值\n            再多 100 即升为高价值（自 900）\n生命周期"},
        {"--config slow.yaml --tiers cuts:700,200", "c05",
         "100 over where it begins (from 700); under 630 in 2 evaluations one after the other it falls to Mid\n",
         "比本级起点高 100（自 700）；连续 2 次评估低于 630 才降为中价值\n"},
        {"", "c05",
         "kept for now, 100 under where it begins (from 700); under 630 in 2 evaluations one after the other (in 1 so "
         "far) it falls to Mid\n",
         "按降级规则暂时保留，比本级起点低 100（自 700）；连续 2 次评估（已有 1 次）低于 630 才降为中价值\n"},
    };
    put("slow.yaml", "policy: {margin: 10%, grace: 2, step: 1}\n");
    put_buyers("orders.csv", then, 10);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const int goes_on = cases[i].how && !*cases[i].how;
        if (goes_on) {
            put_buyers("orders.csv", now, 10);
            assert_run(0, "run --quiet --transactions orders.csv --model out/model.h5 --previous out --output next");
        } else if (cases[i].how) {
            assert_run(0, RUN "%s --force --output out", cases[i].how);
        }
        for (int zh = 0; zh < 2; zh++) {
            assert_run(0, "inspect %s --customer %s --lang %s", goes_on ? "next" : "out", cases[i].id,
                       zh ? "zh" : "en");
            assert_out(zh ? cases[i].zh : cases[i].en);
        }
    }
    assert_run(0, "inspect next --customer c05 --json");
    json_t *of = get_json();
    assert_true(json_at(of, "tier.down.distance") == -100 && json_at(of, "tier.down.hold.limit") == 630);
    assert_true(json_at(of, "tier.down.hold.grace") == 2 && json_at(of, "tier.down.hold.below") == 1);
    json_decref(of);
}

/* Tiers of the score count in points; and what a value is called is told in words, though it be in no row of figures.
 */
static void test_tiers_of_score(void **state)
{
    (void)state;
    put_orders("orders.csv", 200, 6);
    assert_run(0, RUN "--tiers quantile --tiers-of score --value weekend_share --output out");
    size_t steps = 0;
    for (int i = 0; i < 20; i++) {
        assert_run(0, "inspect out --customer C%05d --json", i * 9);
        json_t *of = get_json();
        const json_t *tier = json_object_get(of, "tier");
        const double score = json_at(of, "score.score");
        assert_string_equal(json_text_at(tier, "of"), "score");
        assert_true(fabs(json_at(tier, "value") - score) <= .005 + 1e-9);
        for (const char *const *key = (const char *const[]){"up", "down", NULL}; *key; key++) {
            const json_t *step = json_object_get(tier, *key);
            if (json_is_object(step)) {
                const double missing = json_at(step, "cut") - score;
                assert_true(fabs((**key == 'u' ? missing : -missing) - json_at(step, "distance")) <= .005 + 1e-9);
                assert_true(json_at(step, "distance") >= 0);
                steps++;
            }
        }
        assert_string_equal(json_text_at(of, "value.label.zh"), "周末购买占比");
        json_decref(of);
    }
    assert_true(steps >= 20);
    assert_run(0, "inspect out --customer C00000");
    assert_out(" (share bought at weekends; more than ");
    assert_run(0, "inspect out --customer C00000 --lang zh");
    assert_null(strstr(last_outcome()->out, "weekend_share"));
}

/* Fails where Latin letters are left that are no code in brackets, name of a file, or one of the customer's. */
static void assert_chinese(char *text, const char *const *own)
{
    for (size_t i = 0; own[i]; i++) {
        for (char *at; (at = strstr(text, own[i]));) {
            memset(at, ' ', strlen(own[i]));
        }
    }
    for (char *open, *close; (open = strstr(text, "（")) && (close = strstr(open, "）"));) {
        memset(open, ' ', (size_t)(close - open) + strlen("）"));
    }
    for (const char *p = text; *p; p++) {
        if (strchr("abcdefghijklmnopqrstuvwxyz", *p)) {
            fail_msg("not Chinese: %.60s", p);
        }
    }
}

static void assert_english(const char *text)
{
    for (const char *p = text; *p; p++) {
        if ((unsigned char)*p >= 0xE3 && (unsigned char)*p <= 0xEF) { /* what Chinese characters and marks begin with */
            fail_msg("not English: %.60s", p);
        }
    }
}

/* All that is told is in one language, in whichever the run was, and by default in that of the run. */
static void test_languages(void **state)
{
    (void)state;
    static const char *const langs[] = {"en", "zh"};
    put_orders("orders.csv", 200, 6);
    put("c.yaml",
        "rules: {activity: default, loyalty: default, account: default, own: [{code: keen, en: Keen, zh: 热心, "
        "when: \"orders_per_month > 1 and tier = 'vip'\"}]}\n"
        "score: {financial: {weight: 2, features: [monetary_total]}, behavioral: {features: [frequency]}}\n");
    for (int run = 0; run < 2; run++) {
        remove_all("then");
        remove_all("now");
        assert_run(0, RUN "--config c.yaml --tiers-of score --lang %s --until 2018-04-30 --output then", langs[run]);
        assert_run(0, RUN "--config c.yaml --tiers-of score --lang %s --previous then --output now", langs[run]);
        char *text = get("now/segments.csv", NULL), id[64], *line = strchr(text, '\n') + 1;
        for (int i = 0; i < 12; i++, line = strchr(line, '\n') + 1) {
            snprintf(id, sizeof id, "%.*s", (int)strcspn(line, ","), line);
            assert_run(0, "inspect now --customer %s --lang en", id);
            assert_english(last_outcome()->out);
            char *english = strdup(last_outcome()->out);
            assert_run(0, "inspect now --customer %s --lang zh", id);
            char *chinese = strdup(last_outcome()->out);
            const char *const all[] = {id, "then", "now", "vip", "own", NULL};
            assert_run(0, "inspect now --customer %s", id);
            assert_string_equal(last_outcome()->out, run ? chinese : english);
            assert_chinese(chinese, all);
            free(english);
            free(chinese);
        }
        free(text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_languages, sandbox_open, sandbox_close),
        cmocka_unit_test_setup_teardown(test_customers, sandbox_open, sandbox_close),
        cmocka_unit_test_setup_teardown(test_run_before, sandbox_open, sandbox_close),
        cmocka_unit_test_setup_teardown(test_tiers, sandbox_open, sandbox_close),
        cmocka_unit_test_setup_teardown(test_tiers_of_score, sandbox_open, sandbox_close),
        cmocka_unit_test_setup_teardown(test_score, sandbox_open, sandbox_close),
        cmocka_unit_test_setup_teardown(test_other_columns, sandbox_open, sandbox_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
