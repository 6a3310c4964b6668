/* test_manifest.c: what stands in manifest.json. */
#include "files.h"
#include "sample.h"

#include <jansson.h>
#include <string.h>

static sample run;

static json_t *manifest_of(void)
{
    files f;
    tsl_error err;
    files_open(&f, "manifest.json");
    assert_int_equal(tsl_manifest_write(&run.run, &(tsl_target){.path = f.path}, &err), TSL_OK);
    json_t *root = json_load_file(f.path, 0, NULL);
    assert_non_null(root);
    files_close(&f);
    return root;
}

static void whole_run(void **state)
{
    (void)state;
    sample_make(&run, SAMPLE_FULL, "en");
    json_t *root = manifest_of(), *inputs = json_object_get(root, "inputs"), *input = json_array_get(inputs, 0);
    int read, used, rejected, rows, seed, threads;
    const char *version, *as_of, *table, *name, *hash, *kernel, *second;
    double total;
    assert_int_equal(json_unpack(root, "{s:s, s:s, s:i, s:i, s:s, s:[s,s*], s:{s:F}}", "version", &version, "as_of",
                                 &as_of, "seed", &seed, "threads", &threads, "kernel", &kernel, "command", &name,
                                 &second, "seconds", "total", &total),
                     0);
    assert_string_equal(version, tsl_version_get());
    assert_string_equal(as_of, "2011-12-10");
    assert_int_equal(seed, 1);
    assert_int_equal(threads, 2);
    assert_string_equal(kernel, tsl_kernel_get_name());
    assert_string_equal(name, "tesela");
    assert_string_equal(second, "run");
    assert_true(total == 1.013);
    assert_int_equal(json_array_size(inputs), 2);
    assert_int_equal(
        json_unpack(input, "{s:s, s:s, s:s, s:i}", "table", &table, "name", &name, "sha256", &hash, "rows", &rows), 0);
    assert_string_equal(table, "transactions");
    assert_string_equal(name, "/data/private/orders.csv.xz"); /* here as given */
    assert_int_equal(strspn(hash, "a"), 64);
    assert_int_equal(rows, 541909);
    assert_int_equal(json_unpack(json_object_get(json_object_get(root, "rows"), "transactions"), "{s:i, s:i, s:i}",
                                 "read", &read, "used", &used, "rejected", &rejected),
                     0);
    assert_int_equal(read, 541909);
    assert_int_equal(read, used + rejected);
    assert_int_equal(json_integer_value(json_object_get(json_object_get(root, "options"), "restarts")), 10);
    json_decref(root);
}

/* What was applied and what k-means began with stand beside the tables; what the model settled is said as the model has
 * it. */
static void of_an_apply(void **state)
{
    (void)state;
    sample_make(&run, SAMPLE_APPLIED, "en");
    tsl_file_info model = {.name = "last/model.h5", .bytes = 65415, .compression = "none"},
                  init = {.name = "centres.csv", .bytes = 77, .compression = "none"};
    memset(model.sha256, 'c', 64);
    memset(init.sha256, 'd', 64);
    tsl_file_info before = {.name = "before/model.h5", .bytes = 65415, .compression = "none"},
                  former = {.name = "before/segments.csv", .bytes = 4711, .compression = "none"};
    memset(before.sha256, 'e', 64);
    memset(former.sha256, 'f', 64);
    const tsl_segmentation previous = {.file = &before};
    run.recipe.settings = (tsl_feature_options){.scale = TSL_SCALE_ROBUST, .winsor_high = .99, .max_shares = 8};
    run.policy.value = (char *)(uintptr_t) "frequency";
    run.policy.tier_method = TSL_TIER_REVENUE;
    memcpy(run.policy.tier_share, (double[]){.5, 0, 0, 0}, 4 * sizeof(double));
    run.policy.new_days = 45;
    run.model.options = (char *)(uintptr_t) "{\"seed\":9,\"cluster.restarts\":3,\"tiers.value\":null}";
    const tsl_segmentation given = {.recipe = &run.recipe, .model = &run.model, .policy = &run.policy, .file = &model};
    run.run.given = &given;
    run.run.init = &init;
    run.run.previous = &previous;
    run.run.former = &former;
    json_t *root = manifest_of(), *inputs = json_object_get(root, "inputs");
    static const char *const roles[] = {"table", "table", "model", "init", "previous", "previous"};
    static const char hash[] = "abcdef";
    assert_int_equal(json_array_size(inputs), 6);
    for (size_t i = 0; i < 6; i++) {
        const json_t *input = json_array_get(inputs, i);
        assert_string_equal(json_string_value(json_object_get(input, "role")), roles[i]);
        assert_int_equal(!json_object_get(input, "table"), i > 1);
        assert_int_equal(json_string_value(json_object_get(input, "sha256"))[0], hash[i]);
    }
    assert_string_equal(json_string_value(json_object_get(json_array_get(inputs, 2), "name")), "last/model.h5");
    assert_int_equal(json_integer_value(json_object_get(json_array_get(inputs, 3), "bytes")), 77);
    const char *scale, *value, *by;
    double share, high;
    int k, seed, restarts, shares, days;
    assert_int_equal(json_unpack(json_object_get(root, "model"),
                                 "{s:i, s:{s:i, s:i, s:s, s:[i,F], s:i, s:s, s:s, s:[F,i,i,i], s:i}}", "k", &k,
                                 "options", "seed", &seed, "cluster.restarts", &restarts, "features.scale", &scale,
                                 "features.winsorise", &shares, &high, "features.max_shares", &shares, "tiers.value",
                                 &value, "tiers.by", &by, "tiers.shares", &share, &days, &days, &days,
                                 "lifecycle.new_days", &days),
                     0);
    assert_int_equal(k, SAMPLE_SEGMENTS);
    assert_int_equal(seed, 9);
    assert_int_equal(restarts, 3);
    assert_string_equal(scale, "robust");
    assert_string_equal(value, "frequency");
    assert_string_equal(by, "revenue");
    assert_true(share == .5 && high == .99 && shares == 8 && days == 45);
    json_decref(root);
}

static void without_tables_and_options(void **state)
{
    (void)state;
    sample_make(&run, SAMPLE_CLUSTER_ONLY, "en");
    run.run.options = NULL;
    run.run.seed = UINT64_MAX;
    json_t *root = manifest_of();
    assert_true(json_is_null(json_object_get(root, "options")));
    assert_null(json_object_get(root, "model")); /* nothing was applied */
    assert_true(json_is_null(json_object_get(root, "as_of")));
    assert_int_equal(json_array_size(json_object_get(root, "inputs")), 0);
    assert_string_equal(json_string_value(json_object_get(root, "seed")), "18446744073709551615");
    json_decref(root);
    /* what the model says of itself stands before it */
    static const char *const options[] = {"{\"seed\":7}", "{\"seed\":\"18446744073709551614\"}", "{}", "no JSON"};
    static const char *const seeds[] = {"7", "18446744073709551614", "5", "5"};
    for (size_t i = 0; i < 4; i++) {
        char text[32];
        run.run.seed = 5;
        run.model.options = (char *)(uintptr_t)options[i];
        root = manifest_of();
        const json_t *seed = json_object_get(root, "seed");
        snprintf(text, sizeof text, "%lld", (long long)json_integer_value(seed));
        assert_string_equal(json_is_string(seed) ? json_string_value(seed) : text, seeds[i]);
        json_decref(root);
    }
}

static void options_must_be_json(void **state)
{
    (void)state;
    files f;
    tsl_error err;
    sample_make(&run, SAMPLE_FULL, "en");
    run.run.options = "restarts=10";
    files_open(&f, "manifest.json");
    assert_int_equal(tsl_manifest_write(&run.run, &(tsl_target){.path = f.path}, &err), TSL_E_OPTION);
    assert_non_null(strstr(err.message, "options: 1:8: a JSON object is expected"));
    assert_null(files_read(f.path));
    files_close(&f);
}

/* Counts without their lists, and texts that are not there. */
static void lists_must_be_there(void **state)
{
    (void)state;
    static const char *const none[] = {NULL}, *const names[] = {"read"};
    static const double seconds[] = {1};
    static const struct {
        tsl_results results;
        const char *said;
    } bad[] = {
        {{.argument_count = 3}, "argument: "},
        {{.argument = none, .argument_count = 1}, "argument: "},
        {{.stage_count = 1, .stage_seconds = seconds}, "stage: "},
        {{.stage_count = 1, .stage = none, .stage_seconds = seconds}, "stage: "},
        {{.stage_count = 1, .stage = names}, "stage_seconds: "},
        {{.file = "[1]"}, "file: a JSON object is expected"},
    };
    files f;
    files_open(&f, "manifest.json");
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        tsl_results results = bad[i].results;
        tsl_error err;
        char *json;
        results.size = sizeof results;
        assert_int_equal(tsl_manifest_write(&results, &(tsl_target){.path = f.path}, &err), TSL_E_OPTION);
        assert_non_null(strstr(err.message, bad[i].said));
        assert_int_equal(tsl_summary_build(&results, &json, &err), TSL_E_OPTION);
        assert_null(json);
    }
    assert_null(files_read(f.path));
    files_close(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whole_run),
        cmocka_unit_test(of_an_apply),
        cmocka_unit_test(without_tables_and_options),
        cmocka_unit_test(options_must_be_json),
        cmocka_unit_test(lists_must_be_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
