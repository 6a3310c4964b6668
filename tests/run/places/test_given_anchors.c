/* test_given_anchors.c: places of a file: what is refused, with its place; where they lie; a run that they draw. */
#include "run/shop.h"

#include "run/places/given_anchors.h"
#include "run/run_state.h"

static void assert_close(double a, double b, double most)
{
    if (!(fabs(a - b) <= most)) {
        fail_msg("%.17g is not %.17g", a, b);
    }
}

static void check_refused(const char *csv, const char *message)
{
    tsl__given_anchors *given = NULL;
    tsl_error err;
    const tsl_source source = {.path = "p.csv", .bytes = csv, .count = strlen(csv)};
    assert_int_equal(tsl__given_anchors_read(&source, &given, &err), TSL_E_INPUT);
    assert_null(given);
    assert_non_null(strstr(err.message, message));
}

static void test_refused(void **state)
{
    (void)state;
    check_refused("code,x\nA,1\nA,2\n", "p.csv:3: code: \"A\" stands there twice");
    check_refused("code,x\nA,1\na,2\n", "p.csv:3: code: \"a\" is no code");
    check_refused("code,x\nA,1\n,2\n", "p.csv:3: code: \"\" is no code");
    check_refused("code,x\nA,1\nB,inf\n", "p.csv:3: x: \"inf\" is not a finite number");
    check_refused("code,x,y\nA,1,\nB,,\n", "p.csv:3: code: \"B\" has no value in any column");
    check_refused("code,x\nA,\"1\nB,2\nC,3\n",
                  "p.csv:2: the row is malformed: a quote opens that the line does not close");
    check_refused("code,x\nA,1,2\n", "p.csv:2: 3 fields instead of 2");
    check_refused("code,x\nA,1\n", "p.csv: holds 1 place; at least two");
    check_refused("x,y\n1,2\n", "p.csv:1: has no column \"code\", which says what each place is called");
    check_refused("code,name\nA,b\nB,c\n", "p.csv: has no column of a feature");
    check_refused("code,name,x\nA,Key,1\nB,key,2\n", "p.csv:3: name: \"key\" is the name of another place");
}

static tsl_run *open_run(const char *csv)
{
    tsl_run_options opt;
    tsl_run *run = NULL;
    tsl_error err;
    TSL_DEFAULTS(run, &opt);
    opt.evidence = 0;
    opt.holdout_days = 0;
    if (tsl_run_open(&opt, NULL, NULL, &run, &err) != TSL_OK ||
        tsl_run_read_anchors(run, &(tsl_source){.bytes = csv, .count = strlen(csv)}, &err) != TSL_OK) {
        fail_msg("%s", err.message);
    }
    return run;
}

static tsl_status build(tsl_run *run, tsl_error *err)
{
    tsl_status status = TSL_OK;
    for (tsl_table_kind kind = TSL_CUSTOMERS; status == TSL_OK && kind != TSL_INTERACTIONS;
         kind = kind == TSL_CUSTOMERS ? TSL_TRANSACTIONS : TSL_INTERACTIONS) {
        status = run_read(run, kind, err);
    }
    return status == TSL_OK ? tsl_run_build(run, TSL_RUN_LABELS, TSL_NO_DAY, err) : status;
}

/* Codes, the names that are given, and centres on the places' sides; a column that is not there is free. */
static void test_run(void **state)
{
    (void)state;
    tsl_error err;
    shop_write(1);
    tsl_run *run = open_run("name,frequency,code,monetary_total\n,9,MANY,900\n\"Small, rare\",2,FEW,\n");
    if (build(run, &err) != TSL_OK) {
        fail_msg("%s", err.message);
    }
    const tsl_labels *labels = tsl_run_get_labels(run);
    const tsl_model *model = tsl_run_get_model(run);
    assert_int_equal(model->k, 2);
    assert_true(model->init_hash != 0);
    assert_int_equal(model->sweep->placed, 2);
    assert_string_equal(labels->segments[0].code, "MANY");
    assert_string_equal(labels->segments[1].code, "FEW");
    assert_string_equal(labels->segments[1].names[0], "Small, rare");
    assert_string_equal(labels->segments[1].names[1], "Small, rare");
    assert_non_null(strstr(model->sweep->info.choice, "so many of 2 given places"));
    for (size_t c = 0; c < model->cols; c++) {
        const int known = strcmp(model->column[c], "recency_days") != 0;
        assert_true(!known || model->center[c] > model->center[model->cols + c]);
    }
    tsl_run_free(run);
}

static void test_not_of_the_basis(void **state)
{
    (void)state;
    static const struct {
        const char *csv, *message;
    } cases[] = {{"code,income\nA,1\nB,2\n", "clusters are not found by \"income\", but by recency_days"},
                 {"code,frequency\nONCE_RECENT,1\nB,2\n", NULL},
                 {"code,frequency\nPOTENTIAL,1\nB,2\n", "the code POTENTIAL is that of customers who are set apart"}};
    tsl_error err;
    shop_write(1);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tsl_run *run = open_run(cases[i].csv);
        const tsl_status status = build(run, &err);
        assert_true(!cases[i].message || (status == TSL_E_INPUT && strstr(err.message, cases[i].message)));
        tsl_run_free(run);
    }
}

/* The place of a value is where a customer with it would be; what is free begins at the rows' mean. */
static void test_places(void **state)
{
    (void)state;
    static const char csv[] = "code,x\nA,1\nB,7\n";
    const double values[] = {0, 10, 2, 20, 4, 60};
    const tsl_matrix x = {values, 3, 2, 2, TSL_F64};
    const char *const name[] = {"x", "y"};
    tsl_feature_options opt;
    tsl_features *features = NULL;
    tsl_feature_matrix *matrix = NULL;
    tsl__given_anchors *given = NULL;
    tsl__anchors anchors;
    tsl_error err;
    TSL_DEFAULTS(feature, &opt);
    opt.scale = TSL_SCALE_NONE;
    assert_int_equal(tsl_features_build_plain(&x, NULL, name, NULL, NULL, &opt, NULL, &features, &err), TSL_OK);
    assert_int_equal(tsl_features_get_matrix(features, NULL, &matrix, &err), TSL_OK);
    assert_int_equal(tsl__given_anchors_read(&(tsl_source){.bytes = csv, .count = sizeof csv - 1}, &given, &err),
                     TSL_OK);
    assert_int_equal(tsl__given_anchors_place(given, features->recipe, matrix, &anchors, &err), TSL_OK);
    assert_int_equal(anchors.count, 2);
    assert_close(anchors.place[0], 1, 0);
    assert_close(anchors.place[2], 7, 0);
    assert_true(isnan(anchors.place[1]) && isnan(anchors.place[3]));
    assert_close(anchors.middle[0], 2, 1e-12);
    assert_close(anchors.middle[1], 30, 1e-12);
    tsl__anchors_free(&anchors);
    tsl__given_anchors_free(given);
    tsl_feature_matrix_free(matrix);
    tsl_features_free(features);
}

int main(void)
{
#define IN_SCRATCH(test) cmocka_unit_test_setup_teardown(test, scratch_setup, scratch_teardown)
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_refused), IN_SCRATCH(test_run),
                                       IN_SCRATCH(test_not_of_the_basis), cmocka_unit_test(test_places)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
