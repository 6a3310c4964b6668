/* test_real_data.c: the figures of the bundled real data sets, to the last digit. */
#include "program.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <tesela/feature.h>
#include <unistd.h>

static int count_at(const json_t *json, const char *path)
{
    return (int)json_at(json, path);
}

static void assert_money(const json_t *json, const char *path, const char *exact)
{
    char text[64];
    const char *point = strchr(exact, '.');
    snprintf(text, sizeof text, "%.*f", (int)strlen(point + 1), json_at(json, path));
    assert_string_equal(text, exact);
}

/* The index of a feature, and of a customer. */
static double value_of(const tsl_features *features, const char *customer, const char *feature)
{
    size_t f = tsl_features_get_index(features, feature);
    assert_true(f < features->feature_count);
    for (size_t i = 0; i < features->customers; i++) {
        if (strcmp(features->id[i], customer) == 0) {
            return features->x[i * features->feature_count + f];
        }
    }
    fail_msg("there is no customer %s", customer);
    return NAN;
}

static size_t count_lines(const char *name)
{
    size_t count = 0;
    char *text = get(name, NULL);
    for (const char *p = text; (p = strchr(p, '\n')) != NULL; p++) {
        count++;
    }
    free(text);
    return count;
}

static void holds_on_online_retail(void **state)
{
    (void)state;
    assert_run(0, "features --transactions %s --output f.h5 --rejects r.csv --json",
               source("datasets/online-retail/online_retail_lines.csv.xz"));
    json_t *json = get_json();
    assert_int_equal(count_at(json, "rows.transactions.read"), 541909);
    assert_int_equal(count_at(json, "rows.transactions.rejected"), 135080);
    assert_int_equal(count_at(json, "rows.transactions.rejected_by.no_customer"), 135080);
    assert_int_equal(count_at(json, "rows.transactions.used"), 406829);
    assert_int_equal(count_at(json, "customers"), 4372);
    assert_string_equal(json_text_at(json, "as_of"), "2011-12-10");
    assert_money(json, "totals.monetary_total", "8300065.814");
    assert_int_equal(count_at(json, "totals.lines"), 406829);
    assert_int_equal(count_at(json, "totals.orders"), 22190);
    assert_int_equal(count_at(json, "totals.purchases"), 18532);
    assert_int_equal(count_at(json, "totals.customers_with_purchase"), 4338);
    assert_money(json, "totals.purchase_total", "8911407.904");
    json_decref(json);
    assert_int_equal(count_lines("r.csv"), 135081);
}

static void run_adventureworks(const char *arguments)
{
    char sales[3][4096];
    for (int i = 0; i < 3; i++) {
        snprintf(sales[i], sizeof sales[i], "%s/AdventureWorks_Sales_%d.csv", source("datasets/adventureworks"),
                 2017 + i);
    }
    assert_run(0, "run --config %s --customers %s --transactions %s %s %s %s",
               source("datasets/adventureworks/adventureworks.yaml"),
               source("datasets/adventureworks/AdventureWorks_Customers.csv"), sales[0], sales[1], sales[2], arguments);
}

static void holds_on_adventureworks(void **state)
{
    (void)state;
    run_adventureworks("--k 3 --output out --json");
    json_t *json = get_json();
    assert_int_equal(count_at(json, "customers"), 18148);
    assert_int_equal(count_at(json, "rows.customers.used"), 18148);
    assert_int_equal(count_at(json, "rows.transactions.used"), 56046);
    assert_int_equal(count_at(json, "totals.orders"), 25164);
    assert_int_equal(count_at(json, "totals.customers_with_purchase"), 17411);
    assert_string_equal(json_text_at(json, "as_of"), "2019-07-01");
    assert_money(json, "totals.monetary_total", "24914586.8193");
    assert_money(json, "totals.margin_total", "10457715.4342"); /* so the cost is 14456871.3851 */
    assert_string_equal(json_text_at(json, "lifecycle.0.stage"), "potential");
    assert_int_equal(count_at(json, "lifecycle.0.size"), 737);
    int customers = 0;
    for (int i = 0; i < 4; i++) { /* and those who never bought */
        char path[32];
        snprintf(path, sizeof path, "segments.%d.size", i);
        customers += count_at(json, path);
    }
    assert_int_equal(customers, 18148);
    json_decref(json);
    assert_int_equal(count_lines("out/segments.csv"), 18149);
}

static void types_adventureworks(void **state)
{
    tsl_features *features = NULL;
    tsl_error err;
    size_t missing = 0;
    (void)state;
    run_adventureworks("--k 3 --output out --quiet");
    assert_int_equal(tsl_features_read(&(tsl_source){.path = "out/features.h5"}, NULL, &features, &err), TSL_OK);
    assert_true(value_of(features, "11000", "monetary_total") == 4656.3896);
    assert_true(value_of(features, "11000", "AnnualIncome") == 90000); /* "$90,000 " in the file */
    for (size_t c = 0; c < features->category_count; c++) {
        const tsl_category *category = &features->category[c];
        if (strcmp(category->name, "Gender") == 0) {
            assert_int_equal(category->level_count, 2);
            for (size_t i = 0; i < features->customers; i++) {
                missing += category->code[i] < 0;
            }
        }
    }
    assert_int_equal(missing, 130); /* NA is no gender */
    tsl_features_free(features);
}

/* A table that holds one row a customer is enough; tiers need a column named. */
static void segments_customers_alone(void **state)
{
    (void)state;
    const char *wholesale = source("datasets/wholesale/Wholesale_customers_data.csv");
    assert_run(3, "run --customers %s --output a", wholesale);
    assert_err("--customer-id \"#\" takes the number of the row");
    put("c.yaml", "customers: {id: \"#\"}\n");
    assert_run(0, "run --customers %s --config c.yaml --output a --json", wholesale);
    json_t *json = get_json();
    assert_int_equal(count_at(json, "customers"), 440);
    assert_null(json_object_get(json, "tiers"));
    assert_null(json_object_get(json, "lifecycle"));
    assert_true(count_at(json, "clusters.k") >= 2);
    json_decref(json);
    assert_err("--value");
    assert_run(0, "run --customers %s --customer-id # --value Fresh --output b --json", wholesale);
    assert_err("ids are the numbers of their rows");
    assert_same_file("a/rejects.csv", "b/rejects.csv");
    json = get_json();
    assert_string_equal(json_text_at(json, "value.name"), "Fresh");
    assert_int_equal(count_at(json, "tiers.0.size"), 5); /* 1 % of 440 customers, rounded up */
    assert_null(json_object_get(json, "lifecycle"));
    json_decref(json);
}

/* ---- The configurations that come with the sets, as their READMEs say ---------- */

static const struct {
    const char *folder, *file;
    int customers, used, potential;
    const char *total;
} bundled[] = {
    {"online-retail", "online_retail_lines.csv.xz", 4372, 406829, 34, "8300065.814"},
    {"adventureworks", "AdventureWorks_Customers.csv", 18148, 56046, 737, "24914586.8193"},
    {"cdnow", "CDNOW_master.txt", 23570, 69659, 68, "2500315.63"},
};

/* The folder that the configuration's tables lie in; NULL: a file is not bundled, and not there. */
static const char *find_folder(const char *name, const char *file, const char *config)
{
    static char folder[4096];
    char path[8192], link[4096];
    const char *data = getenv("TESELA_TEST_DATA");
    snprintf(folder, sizeof folder, "%s", source("datasets"));
    snprintf(path, sizeof path, "%s/%s/%s", folder, name, file);
    if (access(path, R_OK) == 0) {
        snprintf(folder + strlen(folder), sizeof folder - strlen(folder), "/%s", name);
        return folder;
    }
    snprintf(link, sizeof link, "%s/%s", data ? data : "", file);
    if (access(link, R_OK) != 0) {
        return NULL;
    }
    assert_int_equal(symlink(link, file), 0);
    snprintf(path, sizeof path, "%s/%s/%s", folder, name, config);
    copy_file(path, config);
    return strcpy(folder, ".");
}

static void check_bundled(size_t i)
{
    char config[64];
    snprintf(config, sizeof config, "%s.yaml", bundled[i].folder);
    const char *folder = find_folder(bundled[i].folder, bundled[i].file, config);
    if (!folder) {
        skip();
    }
    assert_run(0, "run --config %s/%s --output out --evidence none --holdout 0 --json", folder, config);
    json_t *json = get_json();
    assert_int_equal(count_at(json, "customers"), bundled[i].customers);
    assert_int_equal(count_at(json, "rows.transactions.used"), bundled[i].used);
    assert_money(json, "totals.monetary_total", bundled[i].total);
    assert_string_equal(json_text_at(json, "lifecycle.0.stage"), "potential");
    assert_int_equal(count_at(json, "lifecycle.0.size"), bundled[i].potential);
    json_decref(json);
}

static void runs_online_retail_by_its_configuration(void **state)
{
    (void)state;
    check_bundled(0);
}

static void runs_adventureworks_by_its_configuration(void **state)
{
    (void)state;
    check_bundled(1);
}

static void runs_cdnow_by_its_configuration(void **state)
{
    (void)state;
    check_bundled(2);
}

int main(void)
{
#define IN_SANDBOX(test) cmocka_unit_test_setup_teardown(test, sandbox_open, sandbox_close)
    const struct CMUnitTest tests[] = {
        IN_SANDBOX(holds_on_online_retail),
        IN_SANDBOX(holds_on_adventureworks),
        IN_SANDBOX(types_adventureworks),
        IN_SANDBOX(segments_customers_alone),
        IN_SANDBOX(runs_online_retail_by_its_configuration),
        IN_SANDBOX(runs_adventureworks_by_its_configuration),
        IN_SANDBOX(runs_cdnow_by_its_configuration),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
