/* test_config.c: the configuration: every wrong one is refused with its place,
 * and every right one does what it says. */
#include "program.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

typedef struct mistake {
    const char *yaml, *message;
} mistake;

static const mistake mistakes[] = {
    /* unknown keys, with the nearest right one */
    {"cluster:\n  kmin: 3\n", "c.yaml:2:3: unknown key \"cluster.kmin\" (did you mean \"k_min\"?)"},
    {"k_min: 3\n", "c.yaml:1:1: unknown key \"k_min\" (did you mean \"cluster.k_min\"?)"},
    {"clusters:\n  k: 3\n", "c.yaml:1:1: unknown key \"clusters\" (did you mean \"cluster\"?)"},
    {"cluster.k: 3\n", "c.yaml:1:1: unknown key \"cluster.k\""},
    {"xyzzy: 3\n", "c.yaml:1:1: unknown key \"xyzzy\"\n"},
    {"transactions: {columns: {custmer: x}}\n",
     "c.yaml:1:26: unknown key \"transactions.columns.custmer\" (did you mean \"customer\"?)"},
    {"customers:\n  columns:\n    Age: {tpe: number}\n",
     "c.yaml:3:11: unknown key \"customers.columns.Age.tpe\" (did you mean \"type\"?)"},
    {"transactions: {lookups: [{file: x, kee: y}]}\n",
     "c.yaml:1:36: unknown key \"transactions.lookups[1].kee\" (did you mean \"key\"?)"},
    /* wrong types */
    {"cluster:\n  k: abc\n", "c.yaml:2:6: cluster.k: \"abc\" is not a whole number, 1 to 30000"},
    {"cluster:\n  k: \"3\"\n",
     "c.yaml:2:6: cluster.k: expected a whole number, 1 to 30000, but found the quoted text \"3\""},
    {"cluster:\n  k:\n    a: 1\n", "c.yaml:2:3: cluster.k: expected a whole number, 1 to 30000, but found a mapping"},
    {"cluster:\n  k: [1]\n", "c.yaml:2:3: cluster.k: expected a whole number, 1 to 30000, but found a list"},
    {"cluster:\n  k:\n", "c.yaml:2:3: cluster.k: expected a whole number, 1 to 30000, but found nothing"},
    {"cluster: 3\n", "c.yaml:1:10: cluster: expected a mapping, but found the text \"3\""},
    {"cluster: 123456789012345678901234567890123456789012345678901234567890\n",
     "but found the text \"123456789012345678901234567890123456789012345678901234567890\""},
    {"cluster: 1234567890123456789012345678901234567890123456789012345678\xE5\xAE\xA2\n",
     "but found the text \"1234567890123456789012345678901234567890123456789012345678\""},
    {"cluster:\n  include: a\n", "c.yaml:2:12: cluster.include: expected a list of texts, but found the text \"a\""},
    {"cluster:\n  include: [a, [b]]\n", "c.yaml:2:3: cluster.include: expected a text, but found a list"},
    {"seed: -1\n", "c.yaml:1:7: seed: \"-1\" is not a whole number, 0 or more"},
    {"lang: fr\n", "c.yaml:1:7: lang: \"fr\" is not zh or en"},
    {"as_of: 2011-12-40\n", "c.yaml:1:8: as_of: \"2011-12-40\" is not a date, YYYY-MM-DD"},
    {"max_rejects: 120%\n", "c.yaml:1:14: max_rejects: \"120%\" is not a share"},
    {"features: {scale: zscore}\n",
     "c.yaml:1:19: features.scale: \"zscore\" is not z, minmax, robust, rank-normal or none"},
    {"features: {winsorise: [0.1]}\n", "c.yaml:1:12: features.winsorise: expected 2 shares"},
    {"features: {winsorise: [0.1, 2]}\n", "c.yaml:1:12: features.winsorise: \"0.1,2\" is not 2 shares"},
    {"features: {winsorise: [0.1, \"0.2\"]}\n", "c.yaml:1:29: features.winsorise: expected a number"},
    {"customers: {columns: {Age: number}}\n", "c.yaml:1:28: customers.columns.Age: expected a mapping"},
    {"customers: {columns: {Age: {type: nmber}}}\n",
     "c.yaml:1:35: customers.columns.Age.type: \"nmber\" is not number"},
    {"transactions:\n  columns:\n    customer:\n",
     "c.yaml:3:5: transactions.columns.customer: expected a column, but found nothing"},
    {"transactions: {lookups: [{file: x}]}\n", "transactions.lookups[1]: \"key\" is missing"},
    {"transactions: {lookups: {file: x}}\n", "transactions.lookups: expected a list of mappings, but found a mapping"},
    {"features: {lines: [{name: a, level: lines, aggregat: count}]}\n",
     "c.yaml:1:44: unknown key \"features.lines[1].aggregat\" (did you mean \"aggregate\"?)"},
    {"features:\n  lines:\n    - name: a\n      level: line\n      aggregate: count\n",
     "c.yaml:4:14: features.lines[1]: level: \"line\" is none (did you mean \"lines\"?); expected lines, "
     "purchase_lines, "
     "purchases, days or interactions"},
    {"features:\n  lines:\n    - {name: b, level: lines, aggregate: count}\n    - {name: a, level: lines}\n",
     "c.yaml:4:8: features.lines[2]: \"aggregate\" is missing"},
    {"features: {lines: [{name: a, level: lines, aggregate: count, filter: [x]}]}\n",
     "features.lines[1].filter: expected a condition, or a mapping of columns to values, but found a list"},
    {"features: {lines: [{name: a, level: lines, aggregate: count, filter: {x: {y: z}}}]}\n",
     "features.lines[1].filter.x: expected a value, or a list of values, but found a mapping"},
    {"- a\n- b\n", "c.yaml:1:1: expected a mapping, but found a list"},
    {"names: {CHAMP: [a]}\n", "c.yaml:1:9: names.CHAMP: expected a mapping, but found a list"},
    {"names: {CHAMP: {de: a}}\n", "c.yaml:1:17: unknown key \"names.CHAMP.de\""},
    {"names: {CHAMP: \" \"}\n", "names: CHAMP: a name is one line of text, not \" \""},
    {"? [a]\n: b\n", "c.yaml:1:1: expected a key that is a text, but found a list"},
    /* what cannot hold together */
    {"as_of: 2011-12-10\nuntil: 2011-12-09\n", "as_of and until contradict each other"},
    {"cluster: {k: 3, k_max: 5}\n", "cluster.k and cluster.k_max contradict each other"},
    {"cluster: {k_min: 5, k_max: 3}\n", "k_min: 5 is above k_max, 3"},
    {"features: {winsorise: [0.9, 0.1]}\n", "winsorise: 0.9 and 0.1 are not two rising quantiles from 0 to 1"},
    {"features: {weights: {demographic: 0, behavioral: 0, value: 0}}\n",
     "weights: at least one group needs a weight over 0"},
    {"lifecycle: {lost_factor: 1}\n", "c.yaml:1:26: lifecycle.lost_factor: \"1\" is not a number above 1"},
    {"tiers: {by: cuts}\n", "tiers: by cuts they need the least value"},
    {"tiers: {shares: [0.5, 0.5, 0.5, 0.5]}\n", "add up to 2, over 1"},
    /* no good YAML */
    {"seed: 1\nseed: 2\n", "c.yaml:2:1: duplicate key"},
    {"seed: [1\n", "c.yaml:2:1: "},
    {"a:\n\t b: 1\n", "c.yaml:2:1: tab character"},
    {"seed: \"1\n", "c.yaml:1:8: double-quoted scalar without closing quote"},
    {"seed: &one 1\nthreads: *one\n", "c.yaml:2:11: threads: expected a whole number, 0 to 4096, but found an alias"},
    {"seed: 3\n---\nseed: 4\n", "c.yaml: holds more than one document"},
    {"lang: \xFF\n", "c.yaml:1:1: the line is not UTF-8 text"},
    {"seed: 1\nlang: \"z\\0h\"\n", "c.yaml:2:7: lang: expected zh or en, but found a text with a NUL in it"},
};

static void refuses_mistakes(void **state)
{
    (void)state;
    put("data.csv", "x\n1\n2\n9\n");
    for (size_t i = 0; i < sizeof mistakes / sizeof *mistakes; i++) {
        put("c.yaml", mistakes[i].yaml);
        assert_run(2, "cluster data.csv --config c.yaml");
        assert_err(mistakes[i].message);
        assert_string_equal(last_outcome()->out, "");
    }
    assert_run(2, "cluster data.csv --config none.yaml");
    assert_err("none.yaml: cannot be opened: No such file or directory");
    assert_run(2, "cluster data.csv --config .");
    assert_err(".: cannot be read: Is a directory");
}

/* The options that a run kept, by key. */
static json_t *get_options(const char *line)
{
    assert_run(0, "%s", line);
    json_t *json = get_json();
    json_t *options = json_incref(json_object_get(json_object_get(json, "clusters"), "options"));
    json_decref(json);
    assert_non_null(options);
    return options;
}

static int get_int(const json_t *options, const char *key)
{
    assert_true(json_is_integer(json_object_get(options, key)));
    return (int)json_integer_value(json_object_get(options, key));
}

static void follows_it_unless_the_line_says_otherwise(void **state)
{
    (void)state;
    put("data.csv", "x,y\n1,1\n2,1\n9,2\n10,3\n20,5\n22,6\n");
    put("c.yaml", "seed: 7\ncluster: {k_min: 2, k_max: 4, restarts: 3, min_share: 5%}\nfeatures: {scale: minmax}\n");
    json_t *options = get_options("cluster data.csv --config c.yaml --json");
    assert_int_equal(get_int(options, "seed"), 7);
    assert_int_equal(get_int(options, "cluster.k_max"), 4);
    assert_int_equal(get_int(options, "cluster.restarts"), 3);
    assert_string_equal(json_string_value(json_object_get(options, "features.scale")), "minmax");
    assert_true(json_real_value(json_object_get(options, "cluster.min_share")) == 0.05);
    json_decref(options);
    options = get_options("cluster data.csv --restarts 4 --config c.yaml --json --seed 9 --scale none");
    assert_int_equal(get_int(options, "seed"), 9);
    assert_int_equal(get_int(options, "cluster.restarts"), 4);
    assert_int_equal(get_int(options, "cluster.k_max"), 4);
    assert_string_equal(json_string_value(json_object_get(options, "features.scale")), "none");
    json_decref(options);
}

/* A range on the command line stands over a k of the configuration, and a day over a day. */
static void settles_what_overlaps(void **state)
{
    (void)state;
    put("data.csv", "x,y\n1,1\n2,1\n9,2\n10,3\n20,5\n22,6\n");
    put("c.yaml", "cluster: {k: 3}\n");
    assert_run(0, "cluster data.csv --config c.yaml --json");
    json_t *json = get_json();
    assert_int_equal(json_array_size(json_object_get(json_object_get(json, "clusters"), "candidates")), 1);
    json_decref(json);
    assert_run(0, "cluster data.csv --config c.yaml --k-max 4 --json");
    json = get_json();
    assert_int_equal(json_array_size(json_object_get(json_object_get(json, "clusters"), "candidates")), 3);
    json_decref(json);
    /* Centres on the command line stand over a k, a range and restarts there, and a range over centres there. */
    put("init.csv", "x,y\n1,1\n21,5\n");
    put("c.yaml", "cluster: {k: 3, restarts: 5}\n");
    assert_run(0, "cluster data.csv --config c.yaml --init init.csv --json");
    json = get_json();
    assert_int_equal((int)json_at(json, "clusters.k"), 2);
    json_decref(json);
    put("c.yaml", "cluster: {init: init.csv}\n");
    assert_run(0, "cluster data.csv --config c.yaml --json");
    json = get_json();
    assert_int_equal((int)json_at(json, "clusters.k"), 2);
    json_decref(json);
    assert_run(0, "cluster data.csv --config c.yaml --k-min 3 --k-max 4 --json");
    json = get_json();
    assert_int_equal(json_array_size(json_object_get(json_object_get(json, "clusters"), "candidates")), 2);
    json_decref(json);
    put("c.yaml", "cluster: {init: init.csv, k_max: 4}\n");
    assert_run(2, "cluster data.csv --config c.yaml");
    assert_err("cluster.k_max does nothing beside cluster.init");
    put_orders("orders.csv", 40, 6);
    /* A target on the command line stands over places, and a previous run beside it. */
    put("c.yaml", "cluster: {anchors: nothing.csv}\n");
    assert_run(2, "run --transactions orders.csv --config c.yaml --target no_such --output t");
    assert_err("no_such");
    put("c.yaml", "cluster: {weight: w, restarts: 3, evidence: full}\n");
    assert_run(2, "run --transactions orders.csv --config c.yaml --target no_such --output t");
    assert_err("no_such");
    put("c.yaml", "cluster: {target: no_such, leaves: 9}\n");
    assert_run(2, "run --transactions orders.csv --config c.yaml --output t");
    assert_err("cluster.leaves does nothing beside cluster.target");
    put("c.yaml", "cluster: {target: no_such}\n");
    assert_run(3, "run --transactions orders.csv --config c.yaml --previous nowhere --output t");
    assert_err("nowhere");
    put("c.yaml", "cluster: {target: frequency, anchors: typical}\n");
    assert_run(2, "run --transactions orders.csv --config c.yaml --output t");
    assert_err("cluster.anchors and cluster.target contradict each other");
    put("c.yaml", "as_of: 2018-06-01\n");
    assert_run(0, "features --transactions orders.csv --output a.h5 --config c.yaml --until 2018-03-31 --json");
    json = get_json();
    assert_string_equal(json_text_at(json, "as_of"), "2018-04-01");
    json_decref(json);
}

static double get_vip(const char *line)
{
    assert_run(0, "%s", line);
    json_t *json = get_json();
    const double share = json_at(json, "tiers.0.share");
    json_decref(json);
    return share;
}

/* A method of tiers on the command line has its own shares, not those that the configuration has for another. */
static void settles_tiers(void **state)
{
    (void)state;
    put_orders("orders.csv", 100, 6);
    put("c.yaml", "tiers: {by: revenue, shares: [0.5, 0.2, 0.15, 0.1]}\n");
#define RUN "run --transactions orders.csv --output out --force --evidence none --json"
    const double own = get_vip(RUN " --tiers revenue"), given = get_vip(RUN " --tiers revenue:50%,20%,15%,10%");
    assert_true(given > own);
    assert_true(get_vip(RUN " --config c.yaml") == given);
    assert_true(get_vip(RUN " --config c.yaml --tiers quantile") == 0.01);
    assert_true(get_vip(RUN " --config c.yaml --tiers quantile:2%,4%,15%,30%") == 0.02);
    assert_true(get_vip(RUN " --config c.yaml --tiers revenue") == own);
    put("c.yaml", "tiers: {by: revenue, cuts: [400, 300, 200, 100]}\n"); /* cuts are of one method alone */
    assert_true(get_vip(RUN " --config c.yaml --tiers cuts") == get_vip(RUN " --tiers cuts:400,300,200,100"));
}

/* Fixed cuts are of one value: another one needs its own. */
static void settles_the_value_of_cuts(void **state)
{
    (void)state;
    put_orders("orders.csv", 100, 6);
    put("c.yaml", "tiers: {by: cuts, cuts: [400, 300, 200, 100]}\n");
    assert_run(2, RUN " --config c.yaml --value frequency");
    assert_err("--value: the cuts of the configuration are of monetary_total, not of frequency; --tiers cuts:... gives "
               "those, or --tiers quantile none");
    const double money = get_vip(RUN " --config c.yaml");
    assert_true(get_vip(RUN " --config c.yaml --value monetary_total") == money);
    assert_true(get_vip(RUN " --config c.yaml --value frequency --tiers quantile") ==
                get_vip(RUN " --value frequency"));
    assert_true(get_vip(RUN " --config c.yaml --value frequency --tiers cuts:6,3,2,1") ==
                get_vip(RUN " --value frequency --tiers cuts:6,3,2,1"));
    put("d.yaml", "tiers: {by: cuts, value: frequency, cuts: [6, 3, 2, 1]}\n");
    assert_true(get_vip(RUN " --config d.yaml --value frequency") == get_vip(RUN " --config d.yaml"));
    assert_run(2, RUN " --config d.yaml --value monetary_total");
    assert_err("of frequency, not of monetary_total");
    /* those of a model likewise, where they are fitted anew */
    assert_run(0, "run --transactions orders.csv --output fit --evidence none --quiet --tiers cuts:400,300,200,100");
    assert_run(2, "run --transactions orders.csv --output new --model fit/model.h5 --value frequency");
    assert_err("--value: the cuts of the model are of monetary_total, not of frequency");
    put("e.yaml", "tiers: {value: frequency}\n");
    assert_run(2, "run --transactions orders.csv --output new --model fit/model.h5 --refit tiers --config e.yaml");
    assert_err("tiers.value: the cuts of the model");
    assert_run(0, "run --transactions orders.csv --output new --model fit/model.h5 --quiet --config e.yaml");
    assert_run(0, "run --transactions orders.csv --output new --force --model fit/model.h5 --quiet --value frequency "
                  "--tiers cuts:6,3,2,1");
}

/* A method on the command line stands over a target of the configuration, and a target there over a method. */
static void settles_methods(void **state)
{
    (void)state;
    put_orders("orders.csv", 100, 6);
    put("c.yaml", "cluster: {method: tree, target: no_such}\n");
    assert_run(0, RUN " --config c.yaml --method kmeans");
    put("c.yaml", "cluster: {target: no_such}\n");
    assert_run(0, RUN " --config c.yaml --method kmeans");
    put("c.yaml", "cluster: {method: kmeans}\n");
    assert_run(2, RUN " --config c.yaml --target no_such");
    assert_err("\"no_such\"");
    put("c.yaml", "cluster: {method: kmeans, target: frequency}\n");
    assert_run(2, RUN " --config c.yaml");
    assert_err("--target goes with --method tree");
#undef RUN
}

/* A list on the command line stands in the place of the configuration's, and grows by repetition. */
static void replaces_lists(void **state)
{
    (void)state;
    put_orders("orders.csv", 40, 6);
    put("c.yaml", "cluster: {k: 2, exclude: [recency_days, gap_mean_days]}\n");
    assert_run(0, "features --transactions orders.csv --output f.h5 --quiet");
    json_t *options = get_options("cluster f.h5 --config c.yaml --json");
    assert_int_equal(json_array_size(json_object_get(options, "cluster.exclude")), 2);
    json_decref(options);
    options = get_options("cluster f.h5 --config c.yaml --exclude frequency,lines --exclude tenure_days --json");
    const json_t *exclude = json_object_get(options, "cluster.exclude");
    assert_int_equal(json_array_size(exclude), 3);
    assert_string_equal(json_string_value(json_array_get(exclude, 0)), "frequency");
    assert_string_equal(json_string_value(json_array_get(exclude, 2)), "tenure_days");
    json_decref(options);
}

static void takes_what_says_nothing(void **state)
{
    static const char *const files[] = {"", "# nothing yet\n", "cluster:\ntiers:\n", "\xEF\xBB\xBFseed: 3\n", "{}\n"};
    (void)state;
    put("data.csv", "x\n1\n2\n9\n");
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        put("c.yaml", files[i]);
        assert_run(0, "cluster data.csv --k 2 --config c.yaml --quiet");
    }
}

/* Roles, rules and lookups reach the tables. */
static void maps_columns(void **state)
{
    (void)state;
    assert_int_equal(mkdir("etc", 0700), 0);
    put("etc/shop.yaml", "transactions:\n"
                         "  columns: {customer: who, time: 'when', amount: n * price}\n"
                         "  delimiter: \";\"\n"
                         "  dates: dmy\n"
                         "  lookups:\n"
                         "    - {file: prices.csv, key: what, file_key: sku}\n"
                         "customers:\n"
                         "  id: name\n"
                         "  columns:\n"
                         "    level: {type: ordinal, order: [low, mid, high], missing: [unknown], group: value}\n"
                         "    shoe: {ignore: yes}\n");
    put("etc/prices.csv", "sku,price\nA,2.5\nB,10\n");
    put("orders.csv", "who;when;n;what\nx;03/04/2020;2;A\ny;05/04/2020;1;B\nz;01/04/2020;4;A\nx;13/04/2020;1;B\n");
    put("people.csv", "name,level,shoe\nx,low,41\ny,high,42\nz,unknown,43\n");
    assert_run(0,
               "features --config etc/shop.yaml --transactions orders.csv --customers people.csv --output f.h5 --json");
    json_t *json = get_json();
    assert_true(json_at(json, "totals.monetary_total") == 35);
    assert_string_equal(json_text_at(json, "as_of"), "2020-04-14");
    int level = 0, shoe = 0;
    size_t i;
    json_t *column;
    json_array_foreach(json_object_get(json_object_get(json, "features"), "columns"), i, column)
    {
        const char *name = json_string_value(json_object_get(column, "name"));
        level |=
            strcmp(name, "level") == 0 && strcmp(json_string_value(json_object_get(column, "group")), "value") == 0;
        shoe |= strcmp(name, "shoe") == 0;
    }
    assert_true(level);
    assert_false(shoe);
    json_decref(json);
}

/* Orphans go or stay; a customers table looks things up, too. */
static void follows_what_is_said_of_tables(void **state)
{
    static const char *const orphans[] = {"keep", "reject"};
    (void)state;
    put("t.csv", "customer,date,amount\nx,2020-03-04,2\ny,2020-04-05,1\nz,2020-01-04,4\nz,2020-02-04,8\n");
    put("people.csv", "customer,place\nx,north\ny,south\n");
    put("places.csv", "code,height\nnorth,12\nsouth,250\n");
    for (int i = 0; i < 2; i++) {
        char yaml[256];
        snprintf(
            yaml, sizeof yaml,
            "transactions: {orphans: %s}\ncustomers: {lookups: [{file: places.csv, key: place, file_key: code}]}\n",
            orphans[i]);
        put("c.yaml", yaml);
        assert_run(0,
                   "features --config c.yaml --transactions t.csv --customers people.csv --output f.h5 --force --json");
        json_t *json = get_json();
        assert_int_equal((int)json_at(json, "customers"), i ? 2 : 3);
        assert_int_equal((int)json_at(json, "rows.transactions.rejected_by.orphan"), i ? 2 : 0);
        assert_int_equal((int)json_at(json, "rows.transactions.orphans"), i ? 0 : 2);
        json_decref(json);
        assert_non_null(strstr(last_outcome()->out, "\"height\""));
    }
}

/* Names of segments, by code and by number, of a fit and of an apply; the model keeps them. */
static void calls_segments_as_told(void **state)
{
    (void)state;
    put("t.csv",
        "customer,date,amount\nx,2020-03-04,2\nx,2020-03-09,3\ny,2020-04-05,90\ny,2020-04-09,95\nz,2020-01-04,4\n"
        "z,2020-02-04,800\n");
    put("c.yaml", "names:\n  S1: Stars\n  2: {zh: 第二}\n");
    put("d.yaml", "names: {2: Second}\n");
    put("wrong.yaml", "names: {STARS: x}\n");
    assert_run(0, "run --config c.yaml --transactions t.csv --k 2 --output a --json");
    json_t *json = get_json();
    assert_string_equal(json_text_at(json, "segments.0.code"), "S1");
    assert_string_equal(json_text_at(json, "segments.0.names.en"), "Stars");
    assert_string_equal(json_text_at(json, "segments.0.names.zh"), "Stars");
    assert_string_equal(json_text_at(json, "segments.1.names.zh"), "第二");
    json_decref(json);
    assert_run(0, "run --config d.yaml --model a/model.h5 --transactions t.csv --output b --json");
    json = get_json();
    assert_string_equal(json_text_at(json, "segments.0.name"), "Stars");
    assert_string_equal(json_text_at(json, "segments.1.name"), "Second");
    json_decref(json);
    assert_run(0, "inspect b/model.h5");
    assert_out("S2         Second");
    assert_run(2, "run --config wrong.yaml --model a/model.h5 --transactions t.csv --output d");
    assert_err("names: there is no segment \"STARS\"; the segments are 1 to 3: S1, S2, POTENTIAL");
}

/* Every key of the program's own list stands in the page of docs, with its default. */
static void is_documented(void **state)
{
    char key[128], cell[160];
    size_t found = 0;
    (void)state;
    char *page = get(source("docs/configuration.md"), NULL);
    assert_run(0, "help configuration");
    for (const char *line = strchr(last_outcome()->out, '\n'); line && line[1]; line = strchr(line + 1, '\n')) {
        if (sscanf(line + 1, "  %127[a-zA-Z_.[]]%*[ ]", key) != 1 || strncmp(line + 1, "  ", 2) != 0 ||
            line[3] == ' ' || strlen(key) != strcspn(line + 3, "\n")) {
            continue;
        }
        const char *last = strrchr(key, '.') ? strrchr(key, '.') + 1 : key;
        int nested = strstr(key, "HEADER") || strstr(key, "[]");
        snprintf(cell, sizeof cell, "`%s`", nested ? last : key);
        if (!strstr(page, cell)) {
            fail_msg("docs/configuration.md lacks %s", key);
        }
        found++;
    }
    assert_true(found > 60);
    free(page);
}

int main(void)
{
#define IN_SANDBOX(test) cmocka_unit_test_setup_teardown(test, sandbox_open, sandbox_close)
    const struct CMUnitTest tests[] = {
        IN_SANDBOX(refuses_mistakes),
        IN_SANDBOX(follows_it_unless_the_line_says_otherwise),
        IN_SANDBOX(settles_what_overlaps),
        IN_SANDBOX(settles_tiers),
        IN_SANDBOX(settles_the_value_of_cuts),
        IN_SANDBOX(settles_methods),
        IN_SANDBOX(replaces_lists),
        IN_SANDBOX(takes_what_says_nothing),
        IN_SANDBOX(maps_columns),
        IN_SANDBOX(calls_segments_as_told),
        IN_SANDBOX(is_documented),
        IN_SANDBOX(follows_what_is_said_of_tables),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
