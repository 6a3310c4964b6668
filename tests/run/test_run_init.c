/* test_run_init.c: centres that k-means begins with, from files of each kind. */
#include "run/shop.h"

#include "run/run_state.h"

static tsl_run_options fast(const tsl_kmeans_options *kmeans, const tsl_feature_options *features)
{
    tsl_run_options opt;
    TSL_DEFAULTS(run, &opt);
    opt.kmeans = kmeans;
    opt.features = features;
    return opt;
}

static const char *put(const char *name, const char *text)
{
    const char *path = scratch_path(name);
    scratch_write(path, text, strlen(text));
    return path;
}

static tsl_status read_init(tsl_run *run, const char *path, tsl_error *err)
{
    return tsl_run_read_init(run, &(tsl_source){.path = path}, err);
}

/* A run of plain numbers as far as its clusters; NULL and the message where it is refused. */
static tsl_run *run_plain(const char *data, const char *init, tsl_scale scale, int k, tsl_error *err)
{
    tsl_kmeans_options kmeans;
    tsl_feature_options features;
    tsl_run *run = NULL;
    TSL_DEFAULTS(kmeans, &kmeans);
    TSL_DEFAULTS(feature, &features);
    kmeans.k = k;
    features.scale = scale;
    const tsl_run_options opt = fast(&kmeans, &features);
    tsl_status status = tsl_run_open(&opt, NULL, NULL, &run, err);
    status = status == TSL_OK ? read_init(run, init, err) : status;
    status = status == TSL_OK ? tsl_run_read_data(run, &(tsl_source){.path = data}, NULL, err) : status;
    status = status == TSL_OK ? tsl_run_build(run, TSL_RUN_MODEL, TSL_NO_DAY, err) : status;
    if (status != TSL_OK) {
        tsl_run_free(run);
        return NULL;
    }
    return run;
}

static const char numbers[] = "x,y\n0,0\n0,2\n10,0\n10,2\n20,9\n20,7\n";

/* The centres are in the data's units, by name in any order, whatever the scale; k is their number. */
static void test_raw_units(void **state)
{
    (void)state;
    const char *data = put("d.csv", numbers), *init = put("i.csv", "y,x\n1,10\n8,20\n1,0\n");
    tsl_error err;
    for (int scale = 0; scale < TSL_SCALES; scale++) {
        tsl_run *run = run_plain(data, init, (tsl_scale)scale, 0, &err);
        assert_non_null(run);
        const tsl_model *model = tsl_run_get_model(run);
        const int32_t expected[] = {2, 2, 0, 0, 1, 1}; /* as many rows each: in the order in which they were given */
        assert_int_equal(model->k, 3);
        assert_memory_equal(model->assignment->label, expected, sizeof expected);
        assert_true(model->init_hash != 0);
        assert_string_equal(model->sweep->info.choice, "k = 3 is the number of the initial centres");
        tsl_run_free(run);
    }
}

/* Without names, on either side, columns go by their places. */
static void test_places(void **state)
{
    (void)state;
    const char *named = put("d.csv", numbers), *init = put("i.csv", "0,1\n10,1\n");
    const char *bare = put("b.csv", "0,0\n0,2\n10,0\n10,2\n"), *other = put("o.csv", "a,b\n0,1\n10,1\n");
    tsl_error err;
    const char *pairs[][2] = {{named, init}, {bare, init}, {bare, other}};
    for (size_t i = 0; i < 3; i++) {
        tsl_run *run = run_plain(pairs[i][0], pairs[i][1], TSL_SCALE_NONE, 2, &err);
        if (!run) {
            fail_msg("%s", err.message);
        }
        const tsl_sweep *sweep = tsl_run_get_model(run)->sweep;
        tsl_results results;
        assert_int_equal(tsl_run_get_model(run)->k, 2);
        /* names that nobody could compare are told of */
        assert_int_equal(sweep->info.notes.count, i == 2 ? 2 : 1);
        assert_non_null(strstr(sweep->info.notes.text[i == 2], "of the squared distance")); /* the other note */
        assert_true(i < 2 || strstr(sweep->info.notes.text[0], "o.csv were taken by their places, whatever they are "
                                                               "called (\"a\", ...)"));
        tsl_run_get_results(run, &results, sizeof results);
        assert_string_equal(results.init->name, pairs[i][1]);
        assert_int_equal(strlen(results.init->sha256), 64);
        assert_null(results.given);
        tsl_run_free(run);
    }
}

/* Each refusal says which file, where in it, what was seen and what is expected. */
static void test_refused(void **state)
{
    (void)state;
    static const struct {
        const char *init, *message;
        int k;
        tsl_status status;
    } cases[] = {
        {"x,y\n1,2\n3,4\n", "i.csv: holds 2 initial centres, but k is 3; k is their number", 3, TSL_E_OPTION},
        {"x,z\n1,2\n3,4\n", "i.csv: no column of the data is called \"z\"", 0, TSL_E_INPUT},
        {"x\n1\n3\n", "i.csv: lacks columns that clusters are found by: y", 0, TSL_E_INPUT},
        {"x,y\n1,2\n3,\n", "i.csv:3: y is missing; every cell must be a number", 0, TSL_E_INPUT},
        {"x,y\n1,2\n3,NaN\n", "i.csv:3: y", 0, TSL_E_INPUT},
        {"x,y\n1,2\n3,abc\n", "i.csv:3: y: \"abc\" is not a finite number", 0, TSL_E_INPUT},
        {"x,y\n1,2\n3\n", "i.csv:3: 1 field instead of 2", 0, TSL_E_INPUT},
        {"1,2,3\n4,5,6\n", "i.csv: has 3 columns; without names 2 are expected, those of the data", 0, TSL_E_INPUT},
        {"x,y\n1,2\n1,3\n2,3\n5,5\n6,6\n7,7\n8,8\n", "distinct", 0, TSL_E_INPUT},
    };
    const char *data = put("d.csv", numbers);
    tsl_error err;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tsl_run *run = run_plain(data, put("i.csv", cases[i].init), TSL_SCALE_Z, cases[i].k, &err);
        if (run || err.status != cases[i].status || !strstr(err.message, cases[i].message)) {
            fail_msg("%s, not \"%s\"", run ? "accepted" : err.message, cases[i].message);
        }
        assert_null(strstr(err.message, "--ignore")); /* which is for the data alone */
    }
    assert_null(run_plain(data, scratch_path("none.csv"), TSL_SCALE_Z, 0, &err));
    assert_non_null(strstr(err.message, "none.csv"));
    assert_int_equal(err.status, TSL_E_NOT_FOUND);
}

/* A warm start from a model of other numbers, on another scale, begins where its centres lie. */
static void test_model_of_plain_numbers(void **state)
{
    (void)state;
    const char *data = put("d.csv", numbers), *init = put("i.csv", "y,x\n1,0\n1,10\n8,20\n");
    const char *other = put("o.csv", "y,x\n0,0\n2,0\n0,10\n2,10\n9,20\n7,20\n30,21\n"), *path = scratch_path("m.h5");
    tsl_error err;
    tsl_run *run = run_plain(data, init, TSL_SCALE_MINMAX, 0, &err);
    tsl_segmentation parts;
    tsl_run_get_segmentation(run, &parts);
    assert_int_equal(tsl_segmentation_write(&parts, &(tsl_target){.path = path}, &err), TSL_OK);
    tsl_run_free(run);
    tsl_run *warm = run_plain(other, path, TSL_SCALE_NONE, 3, &err), *cold;
    if (!warm) {
        fail_msg("%s", err.message);
    }
    cold = run_plain(other, init, TSL_SCALE_NONE, 3, &err);
    const tsl_model *a = tsl_run_get_model(warm), *b = tsl_run_get_model(cold);
    assert_memory_equal(a->center, b->center, (size_t)a->k * a->cols * sizeof *a->center);
    assert_int_equal(a->sweep->candidate[0].iterations, b->sweep->candidate[0].iterations);
    tsl_run_free(warm);
    tsl_run_free(cold);
    assert_null(run_plain(other, path, TSL_SCALE_NONE, 2, &err));
    assert_non_null(strstr(err.message, "m.h5: holds 3 initial centres, but k is 2"));
    assert_null(run_plain(put("z.csv", "x,z\n1,2\n3,5\n5,6\n"), path, TSL_SCALE_NONE, 0, &err));
    assert_non_null(strstr(err.message, "m.h5: the earlier clusters were not found by \"z\""));
}

/* Of tables: a model that is fitted begun with its own centres is itself; columns by the features' names. */
static void test_tables(void **state)
{
    (void)state;
    const char *model = scratch_path("m.h5"), *file = scratch_path("f.h5");
    tsl_error err;
    tsl_segmentation parts;
    shop_write(1);
    tsl_run *fit = run_shop(NULL, NULL, NULL, TSL_NO_DAY), *run = NULL;
    tsl_run_get_segmentation(fit, &parts);
    assert_int_equal(tsl_segmentation_write(&parts, &(tsl_target){.path = model}, &err), TSL_OK);
    assert_int_equal(tsl_features_write(tsl_run_get_features(fit), &(tsl_target){.path = file}, NULL, &err), TSL_OK);
    run = run_open(NULL, NULL, NULL);
    assert_int_equal(read_init(run, model, &err), TSL_OK);
    assert_int_equal(read_init(run, model, &err), TSL_E_OPTION); /* once */
    run_read_shop(run);
    run_build(run, TSL_RUN_MODEL, TSL_NO_DAY);
    const tsl_model *again = tsl_run_get_model(run);
    assert_int_equal(again->k, parts.model->k);
    assert_memory_equal(again->assignment->label, parts.model->assignment->label,
                        SHOP_CUSTOMERS * sizeof *again->assignment->label);
    tsl_run_free(run);
    /* What is no start, and one that comes too late. */
    run = run_open(NULL, NULL, NULL);
    assert_int_equal(read_init(run, file, &err), TSL_E_FORMAT);
    assert_non_null(strstr(err.message, "f.h5: is a features file; initial centres are a CSV file"));
    assert_int_equal(read_init(run, put("i.csv", "income,recncy_days\n1000,2\n2000,3\n"), &err), TSL_OK);
    assert_int_equal(tsl_run_read_features(run, &(tsl_source){.path = file}, &err), TSL_OK);
    assert_int_equal(tsl_run_build(run, TSL_RUN_MODEL, TSL_NO_DAY, &err), TSL_E_INPUT);
    assert_non_null(strstr(err.message, "no feature is called \"recncy_days\"; did you mean \"recency_days\"?"));
    tsl_run_free(run);
    run = run_open(NULL, NULL, NULL);
    assert_int_equal(read_init(run, put("i.csv", "1,2\n2,3\n"), &err), TSL_OK);
    assert_int_equal(tsl_run_read_features(run, &(tsl_source){.path = file}, &err), TSL_OK);
    assert_int_equal(tsl_run_build(run, TSL_RUN_MODEL, TSL_NO_DAY, &err), TSL_E_INPUT);
    assert_non_null(strstr(err.message, "all features in order, or a CSV file that names those it has"));
    tsl_run_free(run);
    run = run_open(NULL, &parts, NULL);
    assert_int_equal(read_init(run, model, &err), TSL_E_OPTION);
    tsl_run_free(run);
    assert_int_equal(read_init(fit, model, &err), TSL_E_OPTION);
    tsl_run_free(fit);
}

/* Numbers and customers are no start of each other. */
static void test_of_other_kind(void **state)
{
    (void)state;
    tsl_error err;
    tsl_segmentation parts;
    const char *model = scratch_path("m.h5");
    shop_write(1);
    tsl_run *fit = run_shop(NULL, NULL, NULL, TSL_NO_DAY);
    tsl_run_get_segmentation(fit, &parts);
    assert_int_equal(tsl_segmentation_write(&parts, &(tsl_target){.path = model}, &err), TSL_OK);
    tsl_run_free(fit);
    assert_null(run_plain(put("d.csv", numbers), model, TSL_SCALE_Z, 0, &err));
    assert_non_null(strstr(err.message, "m.h5: was made of tables of customers, not of plain numbers"));
}

int main(void)
{
#define IN_SCRATCH(test) cmocka_unit_test_setup_teardown(test, scratch_setup, scratch_teardown)
    const struct CMUnitTest tests[] = {
        IN_SCRATCH(test_raw_units), IN_SCRATCH(test_places),
        IN_SCRATCH(test_refused),   IN_SCRATCH(test_model_of_plain_numbers),
        IN_SCRATCH(test_tables),    IN_SCRATCH(test_of_other_kind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
