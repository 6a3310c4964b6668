/* test_summary.c: what stands in summary.json. The shape as a whole is checked
 * against docs/summary.schema.json by check_schema.py. */
#include "files.h"
#include "sample.h"

#include <jansson.h>
#include <math.h>
#include <tesela/model.h>

static sample run;

/* Of the run as it stands. */
static json_t *summary_made(void)
{
    tsl_error err;
    char *text;
    assert_int_equal(tsl_summary_build(&run.run, &text, &err), TSL_OK);
    json_t *root = json_loads(text, 0, NULL);
    assert_non_null(root);
    tsl_text_free(text);
    return root;
}

static json_t *summary_of(sample_kind kind, const char *lang)
{
    sample_make(&run, kind, lang);
    return summary_made();
}

/* The value at "a.b.2.c". */
static json_t *at(json_t *root, const char *path)
{
    char part[64];
    while (*path) {
        size_t length = strcspn(path, ".");
        snprintf(part, sizeof part, "%.*s", (int)length, path);
        root = json_is_array(root) ? json_array_get(root, strtoul(part, NULL, 10)) : json_object_get(root, part);
        path += length + (path[length] == '.');
    }
    return root;
}

static void assert_text(json_t *root, const char *path, const char *want)
{
    assert_true(json_is_string(at(root, path)));
    assert_string_equal(json_string_value(at(root, path)), want);
}

static void assert_number(json_t *root, const char *path, double want)
{
    assert_true(json_is_number(at(root, path)));
    assert_true(fabs(json_number_value(at(root, path)) - want) <= 1e-12 * fabs(want));
}

static void whole_run(void **state)
{
    (void)state;
    json_t *root = summary_of(SAMPLE_FULL, "en");
    assert_text(root, "as_of", "2011-12-10");
    assert_text(root, "version", tsl_version_get());
    assert_text(root, "kernel", tsl_kernel_get_name());
    assert_number(root, "seed", 1);
    assert_number(root, "threads", 2);
    assert_number(root, "customers", SAMPLE_CUSTOMERS);
    assert_number(root, "rows.transactions.read", 541909);
    assert_number(root, "rows.transactions.used", 406817);
    assert_number(root, "rows.transactions.rejected", 135092);
    assert_number(root, "rows.transactions.rejected_by.no_customer", 135080);
    assert_number(root, "rows.transactions.orphans", 12);
    assert_text(root, "rows.transactions.first", "2010-12-01T08:26:00");
    assert_text(root, "rows.transactions.files.0.name", "orders.csv.xz"); /* no folder */
    assert_number(root, "rows.customers.rejected", 3);
    assert_true(json_is_null(at(root, "rows.customers.first")));
    assert_null(at(root, "rows.interactions"));
    assert_number(root, "totals.orders", 22190);
    assert_number(root, "totals.monetary_total", 8300065.814);
    assert_true(json_is_null(at(root, "totals.margin_total")));
    assert_true(json_is_null(at(root, "totals.currency")));
    assert_number(root, "features.demographic", 3);
    assert_number(root, "features.behavioral", 13);
    assert_number(root, "features.value", 6);
    assert_text(root, "features.columns.3.name", "recency_days");
    assert_text(root, "features.options.scale", "z");
    assert_number(root, "clusters.k", 6);
    assert_number(root, "clusters.inertia", 21000.5 / sqrt(6));
    assert_number(root, "clusters.silhouette", .347);
    assert_int_equal(json_array_size(at(root, "clusters.candidates")), 9);
    assert_number(root, "clusters.candidates.8.k", 10);
    assert_number(root, "clusters.candidates.8.calinski_harabasz", 450);
    assert_number(root, "clusters.candidates.8.davies_bouldin", 1.55);
    assert_number(root, "clusters.tree.cost_ratio", 1.0713);
    assert_null(at(root, "clusters.groups")); /* the segments say it */
    assert_number(root, "seconds.cluster", .388);
    assert_number(root, "seconds.total", 1.013);
    json_decref(root);
}

static void labels(void **state)
{
    (void)state;
    json_t *root = summary_of(SAMPLE_FULL, "zh");
    assert_text(root, "language", "zh");
    assert_int_equal(json_array_size(at(root, "segments")), SAMPLE_SEGMENTS);
    assert_number(root, "segments.0.segment", 1);
    assert_text(root, "segments.0.name", "高频高消费");
    assert_number(root, "segments.0.size", 93);
    assert_number(root, "segments.0.share", .093);
    assert_number(root, "segments.0.value_total", run.segment[0].value_total);
    assert_number(root, "segments.0.value_share", run.segment[0].value_share);
    assert_text(root, "segments.0.names.en", "Frequent, high spend");
    assert_text(root, "segments.0.names.zh", "高频高消费");
    assert_text(root, "segments.0.rule", "购买次数 不超过 8.5");
    assert_text(root, "segments.0.rules.en", "purchases at most 8.5");
    assert_text(root, "segments.0.rules.zh", "购买次数 不超过 8.5");
    assert_text(root, "segments.0.condition", "frequency <= 8.5");
    assert_number(root, "segments.0.precision", .97);
    assert_number(root, "segments.0.coverage", .94);
    assert_number(root, "segments.0.tiers.vip", (double)run.segment[0].tier_size[0]);
    assert_number(root, "segments.5.lifecycle.lost", (double)run.segment[5].stage_size[TSL_LOST]);
    assert_int_equal(json_array_size(at(root, "segments.0.traits")), 12);
    assert_text(root, "segments.0.traits.0.name", "frequency");
    assert_number(root, "segments.0.traits.0.effect", 2.1);
    assert_int_equal(json_array_size(at(root, "tiers")), SAMPLE_TIERS);
    assert_text(root, "tiers.1.tier", "gold");
    assert_text(root, "tiers.1.names.zh", "金卡");
    assert_number(root, "tiers.1.size", 40);
    assert_number(root, "tiers.1.share", .04);
    assert_true(json_is_null(at(root, "tiers.4.lowest")));
    assert_int_equal(json_array_size(at(root, "lifecycle")), TSL_STAGES);
    assert_text(root, "lifecycle.4.stage", "at_risk");
    assert_number(root, "gap_p90_days", 103.5);
    assert_text(root, "value.name", "monetary_total");
    assert_text(root, "value.unit", "currency");
    assert_text(root, "notes.0.stage", "transactions");
    assert_text(root, "notes.2.stage", "labels");
    json_decref(root);
}

/* A segment without a leaf of its own has no rule. */
static void no_rule(void **state)
{
    (void)state;
    sample_make(&run, SAMPLE_FULL, "en");
    run.tree.node[3].cluster = 0; /* the second leaf was the second cluster's only one */
    for (int tree = 1; tree >= 0; tree--) {
        run.model.tree = tree ? &run.tree : NULL;
        json_t *root = summary_made(), *segment = json_array_get(at(root, "segments"), 1);
        assert_true(json_is_null(json_object_get(segment, "rule")));
        assert_null(json_object_get(segment, "rules"));
        assert_null(json_object_get(segment, "condition"));
        segment = json_array_get(at(root, "segments"), 0);
        assert_int_equal(tree, json_is_string(json_object_get(segment, "rule")));
        json_decref(root);
    }
}

static void labels_of_features(void **state)
{
    (void)state;
    json_t *root = summary_of(SAMPLE_FEATURES_ONLY, "en"), *columns = at(root, "features.columns");
    int seen = 0;
    for (size_t i = 0; i < json_array_size(columns); i++) {
        json_t *column = json_array_get(columns, i);
        if (strcmp(json_string_value(json_object_get(column, "name")), "recency_days") == 0) {
            assert_text(column, "label.en", "days since last purchase");
            assert_text(column, "label.zh", "距上次购买天数");
            seen = 1;
        }
    }
    assert_true(seen);
    json_decref(root);
}

/* The features that all segments are compared by come by falling separation,
 * each with one cell a segment. */
static void profile(void **state)
{
    (void)state;
    json_t *root = summary_of(SAMPLE_FULL, "en"), *rows = at(root, "profile");
    double last = INFINITY;
    assert_int_equal(json_array_size(rows), 12);
    for (size_t i = 0; i < json_array_size(rows); i++) {
        json_t *row = json_array_get(rows, i);
        double separation = json_number_value(json_object_get(row, "separation")), sum = 0;
        assert_int_equal(json_array_size(json_object_get(row, "segments")), SAMPLE_SEGMENTS);
        for (size_t s = 0; s < SAMPLE_SEGMENTS; s++) {
            json_t *cell = json_array_get(json_object_get(row, "segments"), s);
            double effect = json_number_value(json_object_get(cell, "effect"));
            sum += run.segment[s].share * effect * effect;
        }
        const char *name = json_string_value(json_object_get(row, "name"));
        assert_string_not_equal(name, "rfm_score");      /* described only, though it separates most */
        assert_string_not_equal(name, "purchase_days");  /* repeats frequency */
        assert_string_not_equal(name, "monetary_total"); /* repeats monetary_365d */
        assert_true(separation <= last);
        assert_true(fabs(sum - separation) < 1e-12);
        last = separation;
    }
    json_decref(root);
}

/* A feature repeats another whose effects lie within 0.15 of its own in every
 * segment: in one that is further away it does not, to either side. */
static void repeated_rows(void **state)
{
    (void)state;
    static const struct {
        double apart;
        size_t rows;
    } cases[] = {{0, 1}, {.149, 1}, {-.149, 1}, {.151, 2}, {-.151, 2}};
    enum { FIRST = 3, SECOND = 4 };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        sample_make(&run, SAMPLE_FULL, "en");
        for (size_t s = 0; s < SAMPLE_SEGMENTS; s++) {
            for (size_t f = 0; f < SAMPLE_FEATURES; f++) {
                tsl_trait *trait = &run.trait[s][f];
                double effect = trait->feature == FIRST || trait->feature == SECOND ? 1 - .4 * (double)s : 0;
                trait->effect = effect + (trait->feature == SECOND && s == 2 ? cases[i].apart : 0);
            }
        }
        json_t *root = summary_made();
        assert_int_equal(json_array_size(at(root, "profile")), cases[i].rows);
        json_decref(root);
    }
}

/* Nor does it repeat one that is known in a segment where it is not. */
static void unknown_rows(void **state)
{
    (void)state;
    enum { FIRST = 3, SECOND = 4 };
    for (int unknown = 0; unknown < 3; unknown++) { /* how many of the two features are, in segment 2 */
        sample_make(&run, SAMPLE_FULL, "en");
        for (size_t s = 0; s < SAMPLE_SEGMENTS; s++) {
            for (size_t f = 0; f < SAMPLE_FEATURES; f++) {
                tsl_trait *trait = &run.trait[s][f];
                int shown = trait->feature == FIRST || trait->feature == SECOND;
                trait->effect = shown && s != 2 ? 1 : 0;
                if (s == 2 && ((trait->feature == FIRST && unknown > 0) || (trait->feature == SECOND && unknown > 1))) {
                    trait->mean = NAN;
                }
            }
        }
        json_t *root = summary_made();
        assert_int_equal(json_array_size(at(root, "profile")), unknown == 1 ? 2 : 1);
        json_decref(root);
    }
}

/* A feature whose effects would all be shown as 0.0 is left out. */
static void weak_rows(void **state)
{
    (void)state;
    for (int stronger = 0; stronger < 2; stronger++) {
        sample_make(&run, SAMPLE_FULL, "en");
        for (size_t s = 0; s < SAMPLE_SEGMENTS; s++) {
            for (size_t f = 0; f < SAMPLE_FEATURES; f++) {
                run.trait[s][f].effect = run.trait[s][f].feature != 3 ? 0 : stronger && s == 2 ? -.051 : .049;
            }
        }
        json_t *root = summary_made();
        assert_int_equal(json_array_size(at(root, "profile")), stronger);
        json_decref(root);
    }
}

/* A stage that did not run leaves its keys out. */
static void partial_runs(void **state)
{
    (void)state;
    static const struct {
        sample_kind kind;
        const char *there, *gone;
    } rows[] = {
        {SAMPLE_CUSTOMERS_ONLY, "rows customers features clusters segments profile",
         "totals value tiers lifecycle gap_p90_days"},
        {SAMPLE_FEATURES_ONLY, "rows as_of customers totals features", "clusters segments profile tiers"},
        {SAMPLE_CLUSTER_ONLY, "rows clusters seconds", "as_of customers totals features segments tiers"},
        {SAMPLE_FROM_FILES, "as_of customers totals clusters segments tiers lifecycle", ""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        json_t *root = summary_of(rows[i].kind, "en");
        char list[128], *rest = list;
        strcpy(list, rows[i].there);
        for (char *key; (key = strsep(&rest, " "));) {
            assert_non_null(json_object_get(root, key));
        }
        strcpy(list, rows[i].gone);
        rest = list;
        for (char *key; (key = strsep(&rest, " "));) {
            assert_null(json_object_get(root, key));
        }
        json_decref(root);
    }
}

static void customers_alone(void **state)
{
    (void)state;
    json_t *root = summary_of(SAMPLE_CUSTOMERS_ONLY, "en");
    assert_true(json_is_null(at(root, "as_of")));
    assert_true(json_is_null(at(root, "segments.0.value_total")));
    assert_null(at(root, "segments.0.tiers"));
    json_decref(root);
}

static void plain_data_has_groups(void **state)
{
    (void)state;
    json_t *root = summary_of(SAMPLE_CLUSTER_ONLY, "en");
    tsl_rule *rule;
    assert_int_equal(json_object_size(at(root, "rows")), 0);
    assert_int_equal(json_array_size(at(root, "clusters.groups")), SAMPLE_SEGMENTS);
    assert_number(root, "clusters.groups.1.cluster", 2);
    assert_number(root, "clusters.groups.1.size", 187);
    assert_number(root, "clusters.groups.1.share", .187);
    assert_number(root, "clusters.groups.1.precision", .94);
    assert_int_equal(tsl_rules_build(&run.model, &rule, NULL), TSL_OK);
    assert_text(root, "clusters.groups.1.condition", rule[1].condition);
    tsl_rules_free(rule, SAMPLE_SEGMENTS);
    assert_null(strpbrk(json_string_value(at(root, "clusters.groups.1.rule")), "<>_"));
    assert_text(root, "clusters.groups.1.rules.en", json_string_value(at(root, "clusters.groups.1.rule")));
    json_decref(root);
}

/* No id of a customer stands in the summary, nor a folder of the user's. */
static void nothing_personal(void **state)
{
    (void)state;
    tsl_error err;
    char *text;
    sample_make(&run, SAMPLE_FULL, "en");
    assert_int_equal(tsl_summary_build(&run.run, &text, &err), TSL_OK);
    assert_null(strstr(text, "private"));
    assert_null(strstr(text, "C10"));
    tsl_text_free(text);
}

static void currency_of_the_table(void **state)
{
    (void)state;
    tsl_error err;
    char *text;
    sample_make(&run, SAMPLE_FULL, "en");
    run.table[TSL_TRANSACTIONS].info.currency = "GBP";
    assert_int_equal(tsl_summary_build(&run.run, &text, &err), TSL_OK);
    assert_non_null(strstr(text, "\"currency\": \"GBP\""));
    tsl_text_free(text);
}

static void written_as_built(void **state)
{
    (void)state;
    files f;
    tsl_error err;
    char *text;
    sample_make(&run, SAMPLE_FULL, "en");
    files_open(&f, "summary.json");
    assert_int_equal(tsl_summary_write(&run.run, &(tsl_target){.path = f.path}, &err), TSL_OK);
    assert_int_equal(tsl_summary_build(&run.run, &text, &err), TSL_OK);
    char *file = files_read(f.path);
    assert_string_equal(file, text);
    assert_int_equal(text[strlen(text) - 1], '\n');
    free(file);
    tsl_text_free(text);
    files_close(&f);
}

/* A target that is a feature, and one that came after a cut. */
static void target(void **state)
{
    (void)state;
    json_t *root = summary_of(SAMPLE_HOSTILE, "en");
    assert_text(root, "target.name", "monetary_total");
    assert_text(root, "target.label.zh", "累计消费");
    assert_null(at(root, "target.cut"));
    assert_true(json_is_false(at(root, "target.rate")));
    assert_int_equal(json_array_size(at(root, "target.left_out")), 1);
    assert_number(root, "target.segments.1.low", 429.5);
    assert_true(json_is_null(at(root, "target.segments.5.mean")));
    json_decref(root);
    root = summary_of(SAMPLE_FROM_FILES, "en");
    assert_text(root, "target.name", "next");
    assert_text(root, "target.label.en", "net amount in the next 90 days, learned before 2019-05-01");
    assert_text(root, "target.cut", "2019-05-01");
    assert_text(root, "target.until", "2019-07-30");
    assert_number(root, "target.days", 90);
    assert_number(root, "target.structure_rows", 451);
    json_decref(root);
    root = summary_of(SAMPLE_FULL, "en");
    assert_null(at(root, "target"));
    json_decref(root);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(target),
        cmocka_unit_test(whole_run),
        cmocka_unit_test(labels),
        cmocka_unit_test(no_rule),
        cmocka_unit_test(labels_of_features),
        cmocka_unit_test(profile),
        cmocka_unit_test(repeated_rows),
        cmocka_unit_test(unknown_rows),
        cmocka_unit_test(weak_rows),
        cmocka_unit_test(partial_runs),
        cmocka_unit_test(customers_alone),
        cmocka_unit_test(plain_data_has_groups),
        cmocka_unit_test(nothing_personal),
        cmocka_unit_test(currency_of_the_table),
        cmocka_unit_test(written_as_built),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
