/* test_run.c: the whole job as one object: its options, what goes in, what comes out
 * of each stage, and how it ends before its time. */
#include "run/shop.h"
#include "table/table_state.h"

/* ---- Options ------------------------------------------------------------------ */

static void test_options(void **state)
{
    (void)state;
    tsl_run_options opt;
    tsl_feature_options features;
    tsl_kmeans_options kmeans;
    tsl_tree_options tree;
    tsl_label_options labels;
    tsl_error err;
    TSL_DEFAULTS(run, &opt);
    TSL_DEFAULTS(feature, &features);
    TSL_DEFAULTS(kmeans, &kmeans);
    TSL_DEFAULTS(tree, &tree);
    TSL_DEFAULTS(label, &labels);
    assert_int_equal(opt.size, sizeof opt);
    assert_string_equal(opt.kept, "{}");
    assert_int_equal(tsl_run_check(NULL, &err), TSL_OK);
    opt.features = &features;
    opt.kmeans = &kmeans;
    opt.tree = &tree;
    opt.labels = &labels;
    opt.refit = TSL_REFIT_RFM | TSL_REFIT_TIERS | TSL_REFIT_LIFECYCLE | TSL_REFIT_NAMES;
    opt.kept = NULL; /* the default, too */
    assert_int_equal(tsl_run_check(&opt, &err), TSL_OK);
    /* each of them is looked at, the refit, and the size */
    struct {
        size_t *broken, value;
        const char *said;
    } faults[] = {{&features.size, 3, "feature options"}, {&kmeans.size, 3, "kmeans options"},
                  {&tree.size, 3, "tree options"},        {&labels.size, 3, "label options"},
                  {&opt.size, 3, "run options"},          {&opt.size, 4096, "newer"}};
    tsl_run *run;
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
        size_t good = *faults[i].broken;
        *faults[i].broken = faults[i].value;
        assert_int_equal(tsl_run_check(&opt, &err), TSL_E_OPTION);
        assert_non_null(strstr(err.message, faults[i].said));
        assert_int_equal(tsl_run_open(&opt, NULL, NULL, &run, &err), TSL_E_OPTION);
        assert_null(run);
        *faults[i].broken = good;
    }
    opt.holdout_days = -1;
    assert_int_equal(tsl_run_check(&opt, &err), TSL_E_OPTION);
    assert_string_equal(err.message, "holdout_days: -1 is outside 0 to 36500");
    opt.holdout_days = TSL_HOLDOUT_USUAL;
    assert_int_equal(tsl_run_check(&opt, &err), TSL_OK);
    labels.lang = "fr";
    assert_int_equal(tsl_run_check(&opt, &err), TSL_E_OPTION);
    assert_non_null(strstr(err.message, "\"fr\""));
    labels.lang = "en";
    kmeans.restarts = 0;
    assert_int_equal(tsl_run_check(&opt, &err), TSL_E_OPTION);
    kmeans.restarts = 1;
    kmeans.k = 5;
    tree.leaves = 4;
    assert_int_equal(tsl_run_check(&opt, &err), TSL_E_OPTION);
    assert_string_equal(err.message, "leaves: 4 is below k, 5: a tree has at least one leaf a cluster");
    tree.leaves = 5;
    assert_int_equal(tsl_run_check(&opt, &err), TSL_OK);
    features.scale = TSL_SCALES;
    assert_int_equal(tsl_run_check(&opt, &err), TSL_E_OPTION);
    features.scale = TSL_SCALE_Z;
    opt.refit = 32;
    assert_int_equal(tsl_run_check(&opt, &err), TSL_E_OPTION);
    assert_non_null(strstr(err.message, "refit: 0x20"));
    opt.refit = 0;
    const tsl_exec wrong = {.size = sizeof wrong, .threads = -1};
    assert_int_equal(tsl_run_open(&opt, NULL, &wrong, &run, &err), TSL_E_OPTION);
    assert_null(run);
}

/* Texts that are no JSON objects, and arguments that are not there: refused at once. */
static void test_texts_of_options(void **state)
{
    (void)state;
    static const char *const lacking[] = {"tesela", NULL};
    static const struct {
        tsl_run_options opt;
        const char *said;
    } bad[] = {
        {{.kept = "nope"}, "kept: 1:4: a JSON object is expected"},
        {{.kept = "[]"}, "kept: a JSON object is expected"},
        {{.options = "nope"}, "options: 1:4: a JSON object is expected"},
        {{.options = "7"}, "options: a JSON object is expected"},
        {{.argument_count = 3}, "argument: 3 are announced, but none is there"},
        {{.argument = lacking, .argument_count = 2}, "argument: text 2 of 2 is not there"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        tsl_run_options opt = bad[i].opt;
        tsl_error err;
        tsl_run *run;
        opt.size = sizeof opt;
        assert_int_equal(tsl_run_check(&opt, &err), TSL_E_OPTION);
        assert_memory_equal(err.message, bad[i].said, strlen(bad[i].said));
        assert_int_equal(tsl_run_open(&opt, NULL, NULL, &run, &err), TSL_E_OPTION);
        assert_null(run);
    }
    tsl_feature_options features;
    tsl_run_options opt;
    tsl_error err;
    TSL_DEFAULTS(run, &opt);
    TSL_DEFAULTS(feature, &features);
    opt.features = &features;
    features.selection.include_count = 1;
    assert_int_equal(tsl_run_check(&opt, &err), TSL_E_OPTION);
    opt.features = NULL;
    opt.options = opt.kept = "{\"seed\": 1}";
    opt.argument = lacking;
    opt.argument_count = 1;
    assert_int_equal(tsl_run_check(&opt, &err), TSL_OK);
}

/* ---- Stages ------------------------------------------------------------------- */

typedef struct diary {
    char names[256];
    tsl_status answer; /* at the stage called `at` */
    const char *at;
} diary;

static tsl_status take_down(void *user, const tsl_run *run, const char *name, tsl_error *err)
{
    diary *l = user;
    strcat(strcat(l->names, name ? name : "."), " ");
    /* what the stages before made can be looked at */
    if (name && strcmp(name, "cluster") == 0) {
        assert_non_null(tsl_run_get_features(run));
        assert_null(tsl_run_get_model(run));
    }
    if (name && strcmp(name, "labels") == 0) {
        assert_non_null(tsl_run_get_model(run));
        assert_null(tsl_run_get_labels(run));
    }
    if (name && l->at && strcmp(name, l->at) == 0 && l->answer != TSL_OK) {
        if (err) {
            err->status = l->answer;
            strcpy(err->message, "the host said so");
        }
        return l->answer;
    }
    return TSL_OK;
}

static void test_stages_of_a_fit(void **state)
{
    (void)state;
    diary l = {0};
    tsl_run_options opt;
    TSL_DEFAULTS(run, &opt);
    opt.stage = take_down;
    opt.user = &l;
    shop_write(1);
    tsl_run *run = run_open(&opt, NULL, NULL);
    assert_null(tsl_run_get_table(run, TSL_CUSTOMERS));
    assert_null(tsl_run_get_table(run, (tsl_table_kind)9));
    assert_null(tsl_run_get_features(run));
    assert_null(tsl_run_get_model(run));
    assert_null(tsl_run_get_assignment(run));
    run_read_shop(run);
    assert_int_equal(tsl_table_get_rows(tsl_run_get_table(run, TSL_CUSTOMERS)), SHOP_CUSTOMERS);
    run_build(run, TSL_RUN_LABELS, TSL_NO_DAY);
    assert_string_equal(
        l.names,
        "customers transactions interactions features cluster evidence tree future methods history labels descriptors "
        ". ");
    const tsl_model *model = tsl_run_get_model(run);
    const tsl_labels *labels = tsl_run_get_labels(run);
    assert_int_equal(tsl_run_get_features(run)->customers, SHOP_CUSTOMERS);
    assert_ptr_equal(tsl_run_get_assignment(run), model->assignment);
    assert_string_equal(model->value, "monetary_total");
    assert_string_equal(model->options, "{}");
    assert_null(tsl_run_get_drift(run)); /* there is nothing to differ from */
    assert_int_equal(labels->applied, 0);
    for (size_t i = 0; i < labels->customers; i++) {
        assert_int_equal(labels->customer_segment[i], model->assignment->label[i] + 1);
    }
    tsl_segmentation parts;
    tsl_run_get_segmentation(run, &parts);
    assert_ptr_equal(parts.model, model);
    assert_ptr_equal(parts.policy, labels->policy);
    assert_ptr_equal(parts.recipe, tsl_run_get_features(run)->recipe);
    tsl_results results;
    tsl_run_get_results(run, &results, sizeof results);
    assert_ptr_equal(results.model, model);
    assert_int_equal(results.stage_count, 12);
    for (size_t i = 0; i < results.stage_count; i++) {
        assert_true(results.stage_seconds[i] >= 0);
    }
    assert_string_equal(results.stage[3], "features");
    assert_int_equal(results.seed, 1);
    assert_true(results.threads >= 1 && results.seconds_total > 0);
    tsl_run_free(run);
    tsl_run_free(NULL);
}

/* One stage after another gives what one call does. */
static void test_further(void **state)
{
    (void)state;
    shop_write(1);
    tsl_run *whole = run_shop(NULL, NULL, NULL, TSL_NO_DAY), *run = run_open(NULL, NULL, NULL);
    run_read_shop(run);
    for (int stage = TSL_RUN_FEATURES; stage <= TSL_RUN_LABELS; stage++) {
        for (int twice = 0; twice < 2; twice++) { /* what is made is not made again */
            run_build(run, (tsl_run_stage)stage, TSL_NO_DAY);
            assert_non_null(tsl_run_get_features(run));
            assert_int_equal(tsl_run_get_model(run) != NULL, stage >= TSL_RUN_MODEL);
            assert_int_equal(tsl_run_get_labels(run) != NULL, stage >= TSL_RUN_LABELS);
        }
    }
    const tsl_labels *a = tsl_run_get_labels(whole), *b = tsl_run_get_labels(run);
    assert_memory_equal(a->customer_segment, b->customer_segment, a->customers * sizeof *a->customer_segment);
    assert_memory_equal(a->distance, b->distance, a->customers * sizeof *a->distance);
    tsl_error err;
    assert_int_equal(tsl_run_build(run, (tsl_run_stage)7, TSL_NO_DAY, &err), TSL_E_OPTION);
    assert_string_equal(err.message, "stage: 7 is none of a run");
    tsl_run_free(whole);
    tsl_run_free(run);
}

static void test_apply(void **state)
{
    (void)state;
    diary l = {0};
    tsl_run_options opt;
    TSL_DEFAULTS(run, &opt);
    opt.stage = take_down;
    opt.user = &l;
    shop_write(1);
    tsl_run *fit = run_shop(NULL, NULL, NULL, TSL_NO_DAY);
    tsl_segmentation parts;
    tsl_run_get_segmentation(fit, &parts);
    shop_write(2);
    tsl_run *run = run_open(&opt, &parts, NULL);
    run_read_shop(run);
    run_build(run, TSL_RUN_LABELS, tsl_run_get_features(fit)->as_of);
    assert_string_equal(l.names, "customers transactions interactions features assign history labels . ");
    assert_ptr_equal(tsl_run_get_model(run), parts.model);
    const tsl_labels *labels = tsl_run_get_labels(run), *then = tsl_run_get_labels(fit);
    const tsl_assignment *a = tsl_run_get_assignment(run), *b = tsl_run_get_assignment(fit);
    assert_int_equal(labels->applied, 1);
    assert_int_equal(labels->customers, SHOP_CUSTOMERS / 2);
    for (size_t i = 0; i < labels->customers; i++) { /* every other one of the fit */
        assert_string_equal(labels->features->id[i], then->features->id[2 * i]);
        assert_true(a->label[i] == b->label[2 * i] && a->distance[i] == b->distance[2 * i] &&
                    a->runner_up[i] == b->runner_up[2 * i] && a->runner_up_distance[i] == b->runner_up_distance[2 * i]);
        assert_string_equal(labels->reason[i], then->reason[2 * i]);
    }
    const tsl_drift *drift = tsl_run_get_drift(run);
    assert_int_equal(drift->customers, SHOP_CUSTOMERS / 2);
    assert_int_equal(drift->feature_count, parts.recipe->feature_count);
    tsl_results results;
    tsl_run_get_results(run, &results, sizeof results);
    assert_ptr_equal(results.drift, drift);
    tsl_run_free(run);
    tsl_run_free(fit);
}

/* The cuts of the RFM scores are the fit's, or, where they are to be fitted anew, those of the customers at hand. */
static void test_refit_rfm(void **state)
{
    (void)state;
    tsl_run_options opt;
    TSL_DEFAULTS(run, &opt);
    shop_write(1);
    tsl_run *fit = run_shop(NULL, NULL, NULL, TSL_NO_DAY);
    const int32_t as_of = tsl_run_get_features(fit)->as_of;
    tsl_segmentation parts;
    tsl_run_get_segmentation(fit, &parts);
    shop_write(7);
    tsl_run *anew = run_shop(NULL, NULL, NULL, as_of), *run[2];
    for (int refit = 0; refit < 2; refit++) {
        opt.refit = refit ? TSL_REFIT_RFM : 0;
        run[refit] = run_shop(&opt, &parts, NULL, as_of);
    }
    const tsl_rfm *then = &parts.recipe->rfm, *now = &tsl_run_get_features(anew)->recipe->rfm;
    assert_memory_not_equal(then, now, sizeof *then);
    assert_memory_equal(&tsl_run_get_features(run[0])->recipe->rfm, then, sizeof *then);
    assert_memory_equal(&tsl_run_get_features(run[1])->recipe->rfm, now, sizeof *now);
    for (int refit = 0; refit < 2; refit++) {
        tsl_run_free(run[refit]);
    }
    tsl_run_free(anew);
    tsl_run_free(fit);
}

static tsl_run *apply_months(const tsl_segmentation *given, const char *text, tsl_status expected, int allow_missing)
{
    const tsl_source source = {.bytes = text, .count = strlen(text)};
    tsl_run_options opt;
    tsl_feature_options features;
    tsl_error err;
    TSL_DEFAULTS(run, &opt);
    TSL_DEFAULTS(feature, &features);
    features.allow_missing = allow_missing;
    opt.features = &features;
    tsl_run *run = run_open(&opt, given, NULL);
    tsl_status status = tsl_run_read(run, TSL_TRANSACTIONS, &source, 1, NULL, NULL, &err);
    if (status != expected) {
        fail_msg("%d: %s", (int)status, err.message);
    }
    return run;
}

/* The recipe says how the tables were read: the next month's file needs no option
 * that the first one needed, and is not believed to be something else. */
static void test_reading(void **state)
{
    (void)state;
    static const char first[] =
        "who,when,paid,shop\na,1/31/2024,5,x\nb,2/1/2024,7,y\na,2/2/2024,9,x\nc,3/3/2024,90,y\n";
    static const tsl_role_map roles[] = {
        {TSL_ROLE_CUSTOMER, "who"}, {TSL_ROLE_TIME, "when"}, {TSL_ROLE_AMOUNT, "paid * 2"}, {TSL_ROLE_CHANNEL, "shop"}};
    const tsl_source source = {.bytes = first, .count = strlen(first)};
    tsl_table_options table;
    tsl_run_options opt;
    tsl_segmentation parts;
    tsl_error err;
    TSL_DEFAULTS(table, &table);
    TSL_DEFAULTS(run, &opt);
    table.roles = roles;
    table.role_count = 4;
    tsl_run *fit = run_open(&opt, NULL, NULL);
    assert_int_equal(tsl_run_read(fit, TSL_TRANSACTIONS, &source, 1, NULL, &table, &err), TSL_OK);
    run_build(fit, TSL_RUN_FEATURES, TSL_NO_DAY);
    tsl_run_get_segmentation(fit, &parts);

    /* days that leave the order open, and a column with a better name */
    tsl_run *run = apply_months(&parts, "who,when,paid,shop,amount\na,4/5/2024,3,x,1\nd,4/6/2024,4,y,1\n", TSL_OK, 0);
    run_build(run, TSL_RUN_FEATURES, TSL_NO_DAY);
    const tsl_features *features = tsl_run_get_features(run);
    size_t total = tsl_features_get_index(features, "monetary_total");
    assert_true(features->x[total] == 6);
    char day[11];
    tsl_day_write(features->as_of, day);
    assert_string_equal(day, "2024-04-07");
    assert_string_equal(features->recipe->reading[TSL_TRANSACTIONS], parts.recipe->reading[TSL_TRANSACTIONS]);
    tsl_run_free(run);
    /* a column that was mapped and is not there: refused by name, or missing where that is allowed */
    tsl_run_free(apply_months(&parts, "who,when,paid\na,4/5/2024,3\n", TSL_E_NOT_FOUND, 0));
    run = apply_months(&parts, "who,when,paid\na,4/5/2024,3\nd,4/6/2024,4\n", TSL_OK, 1);
    run_build(run, TSL_RUN_FEATURES, TSL_NO_DAY);
    tsl_run_free(run);
    tsl_run_free(fit);
}

/* A recipe alone gives features alone; parts that are not there. */
static void test_given(void **state)
{
    (void)state;
    shop_write(1);
    tsl_run *fit = run_shop(NULL, NULL, NULL, TSL_NO_DAY), *run = NULL;
    tsl_segmentation parts;
    tsl_error err;
    tsl_run_get_segmentation(fit, &parts);
    const tsl_segmentation recipe = {.recipe = parts.recipe}, model = {.model = parts.model},
                           no_policy = {.recipe = parts.recipe, .model = parts.model};
    assert_int_equal(tsl_run_open(NULL, &model, NULL, &run, &err), TSL_E_INPUT);
    assert_null(run);
    assert_non_null(strstr(err.message, "the model holds its clusters alone"));
    for (int stage = TSL_RUN_FEATURES; stage <= TSL_RUN_LABELS; stage++) {
        for (int with = 0; with < 2; with++) {
            run = run_open(NULL, with ? &no_policy : &recipe, NULL);
            run_read_shop(run);
            int good = stage == TSL_RUN_FEATURES || (with && stage == TSL_RUN_MODEL);
            assert_int_equal(tsl_run_build(run, (tsl_run_stage)stage, TSL_NO_DAY, &err), good ? TSL_OK : TSL_E_INPUT);
            if (!good) {
                assert_null(tsl_run_get_features(run)); /* refused before the work */
                assert_non_null(strstr(err.message, "labels need a model and a policy"));
            }
            tsl_run_free(run);
        }
    }
    tsl_run_free(fit);
}

/* Parts that do not belong together. */
static void test_mixed_parts(void **state)
{
    (void)state;
    tsl_run_options opt;
    tsl_feature_options features;
    const char *out[] = {"recency_days"};
    TSL_DEFAULTS(run, &opt);
    TSL_DEFAULTS(feature, &features);
    features.selection = (tsl_selection){.exclude = out, .exclude_count = 1};
    opt.features = &features;
    shop_write(1);
    tsl_run *a = run_shop(NULL, NULL, NULL, TSL_NO_DAY), *b = run_shop(&opt, NULL, NULL, TSL_NO_DAY);
    tsl_segmentation first, second;
    tsl_error err;
    tsl_run_get_segmentation(a, &first);
    tsl_run_get_segmentation(b, &second);
    first.recipe = second.recipe;
    tsl_run *run = run_open(NULL, &first, NULL);
    run_read_shop(run);
    assert_int_equal(tsl_run_build(run, TSL_RUN_LABELS, TSL_NO_DAY, &err), TSL_E_INPUT);
    assert_non_null(strstr(err.message, "columns, the model has"));
    assert_null(tsl_run_get_assignment(run));
    tsl_run_free(run);
    tsl_run_free(a);
    tsl_run_free(b);
}

/* ---- What goes in ----------------------------------------------------------------- */

/* Each table once, one kind of input. */
static void test_inputs_once(void **state)
{
    (void)state;
    tsl_error err;
    const char *numbers = scratch_path("numbers.csv"), *file = scratch_path("features.h5");
    const tsl_source source = {.path = file};
    shop_write(1);
    scratch_write(numbers, "x,y\n1,2\n3,4\n9,9\n", 16);
    const tsl_source data = {.path = numbers};
    tsl_run *run = run_open(NULL, NULL, NULL);
    run_read_shop(run);
    assert_int_equal(run_read(run, TSL_CUSTOMERS, &err), TSL_E_OPTION);
    assert_non_null(strstr(err.message, "customers: "));
    assert_int_equal(tsl_run_read_data(run, &data, NULL, &err), TSL_E_OPTION);
    assert_int_equal(tsl_run_read_features(run, &source, &err), TSL_E_OPTION);
    assert_int_equal(err.status, TSL_E_OPTION);
    run_build(run, TSL_RUN_FEATURES, TSL_NO_DAY);
    assert_int_equal(tsl_features_write(tsl_run_get_features(run), &(tsl_target){.path = file}, NULL, NULL), TSL_OK);
    tsl_run_free(run);
    run = run_open(NULL, NULL, NULL);
    assert_int_equal(tsl_run_read_features(run, &source, &err), TSL_OK);
    assert_int_equal(tsl_run_read_features(run, &source, &err), TSL_E_OPTION);
    assert_int_equal(run_read(run, TSL_TRANSACTIONS, &err), TSL_E_OPTION);
    tsl_run_free(run);
    run = run_open(NULL, NULL, NULL);
    assert_int_equal(tsl_run_read_data(run, &data, NULL, &err), TSL_OK);
    assert_int_equal(tsl_run_read_data(run, &data, NULL, &err), TSL_E_OPTION);
    assert_int_equal(run_read(run, TSL_TRANSACTIONS, &err), TSL_E_OPTION);
    tsl_run_free(run);
    run = run_open(NULL, NULL, NULL); /* nothing at all */
    assert_int_equal(tsl_run_build(run, TSL_RUN_LABELS, TSL_NO_DAY, &err), TSL_E_OPTION);
    assert_string_equal(err.message, "customers or transactions are needed");
    assert_int_equal(tsl_run_read(run, (tsl_table_kind)5, &data, 1, NULL, NULL, &err), TSL_E_OPTION);
    assert_int_equal(run_read(run, TSL_CUSTOMERS, &err), TSL_OK); /* it goes on */
    run_build(run, TSL_RUN_LABELS, TSL_NO_DAY);
    tsl_run_free(run);
}

/* Customers come first: other tables are told by them whom they lack. */
static void test_order_of_tables(void **state)
{
    (void)state;
    static const char people[] = "customer_id,age\n1,30\n2,40\n3,50\n";
    static const char orders[] = "customer_id,order_id,date,amount\n1,a,2020-01-01,5\n2,b,2020-01-02,6\n"
                                 "99,c,2020-01-03,7\n98,d,2020-01-03,9\n";
    static const char visits[] = "customer_id,date,kind\n1,2020-01-02,visit\n";
    static const tsl_source source[TSL_TABLE_KINDS] = {
        [TSL_CUSTOMERS] = {.bytes = people, .count = sizeof people - 1},
        [TSL_TRANSACTIONS] = {.bytes = orders, .count = sizeof orders - 1},
        [TSL_INTERACTIONS] = {.bytes = visits, .count = sizeof visits - 1}};
    static const tsl_table_kind others[] = {TSL_TRANSACTIONS, TSL_INTERACTIONS};
    tsl_error err;
    tsl_run *run = run_open(NULL, NULL, NULL);
    assert_int_equal(tsl_run_read(run, TSL_CUSTOMERS, &source[TSL_CUSTOMERS], 1, NULL, NULL, &err), TSL_OK);
    assert_int_equal(tsl_run_read(run, TSL_TRANSACTIONS, &source[TSL_TRANSACTIONS], 1, NULL, NULL, &err), TSL_OK);
    assert_int_equal(tsl_table_get_info(tsl_run_get_table(run, TSL_TRANSACTIONS))->orphans, 2);
    tsl_run_free(run);
    tsl_table *table;
    assert_int_equal(tsl_table_read(TSL_CUSTOMERS, &source[TSL_CUSTOMERS], 1, NULL, NULL, NULL, NULL, &table, &err),
                     TSL_OK);
    for (int i = 0; i < 2; i++) {
        run = run_open(NULL, NULL, NULL);
        assert_int_equal(tsl_run_read(run, others[i], &source[others[i]], 1, NULL, NULL, &err), TSL_OK);
        assert_int_equal(tsl_run_read(run, TSL_CUSTOMERS, &source[TSL_CUSTOMERS], 1, NULL, NULL, &err), TSL_E_OPTION);
        assert_non_null(strstr(err.message, "customers: they come before all other tables"));
        assert_int_equal(tsl_run_read_table(run, table, &err), TSL_E_OPTION);
        assert_non_null(strstr(err.message, "customers: they come before all other tables"));
        tsl_run_free(run);
    }
    tsl_table_free(table);
}

/* What is made is not made again, and not by another day. */
static void test_another_day(void **state)
{
    (void)state;
    tsl_error err;
    shop_write(1);
    tsl_run *run = run_open(NULL, NULL, NULL);
    run_read_shop(run);
    run_build(run, TSL_RUN_FEATURES, 20200);
    assert_int_equal(tsl_run_build(run, TSL_RUN_LABELS, 20201, &err), TSL_E_OPTION);
    assert_string_equal(err.message,
                        "as_of: 2025-04-23 is asked for, but that of what the run has been given is 2025-04-22");
    assert_null(tsl_run_get_model(run));
    assert_int_equal(tsl_run_build(run, TSL_RUN_LABELS, INT32_MAX, &err), TSL_E_OPTION);
    run_build(run, TSL_RUN_MODEL, 20200); /* the same, or none */
    run_build(run, TSL_RUN_LABELS, TSL_NO_DAY);
    tsl_run_free(run);
    const char *numbers = scratch_path("numbers.csv");
    scratch_write(numbers, "x,y\n1,2\n3,4\n9,9\n", 16);
    run = run_open(NULL, NULL, NULL);
    assert_int_equal(tsl_run_read_data(run, &(tsl_source){.path = numbers}, NULL, &err), TSL_OK);
    assert_int_equal(tsl_run_build(run, TSL_RUN_LABELS, 20200, &err), TSL_E_OPTION);
    assert_non_null(strstr(err.message, "is none"));
    tsl_run_free(run);
}

/* The cells of tables that the run has read are given back once features are made of them, those of others stay. */
static void test_cells_are_given_back(void **state)
{
    (void)state;
    tsl_error err;
    shop_write(1);
    const tsl_source people = {.path = scratch_path(shop_file[TSL_CUSTOMERS])};
    tsl_table *table;
    assert_int_equal(tsl_table_read(TSL_CUSTOMERS, &people, 1, NULL, NULL, NULL, NULL, &table, &err), TSL_OK);
    tsl_run *run = run_open(NULL, NULL, NULL);
    assert_int_equal(tsl_run_read_table(run, table, &err), TSL_OK);
    assert_int_equal(run_read(run, TSL_TRANSACTIONS, &err), TSL_OK);
    const tsl_table *orders = tsl_run_get_table(run, TSL_TRANSACTIONS);
    assert_non_null(orders->shards);
    run_build(run, TSL_RUN_FEATURES, TSL_NO_DAY);
    assert_null(orders->shards);
    assert_non_null(tsl_table_get_column(table, 0)->code);
    tsl_run_free(run);
    assert_non_null(tsl_table_get_column(table, 0)->code);
    tsl_table_free(table);
}

/* Features of another recipe are refused, and are not kept. */
static void test_features_of_another_recipe(void **state)
{
    (void)state;
    const tsl_source source = {.path = scratch_path("features.h5")};
    tsl_error err;
    shop_write(2);
    tsl_run *other = run_shop(NULL, NULL, NULL, TSL_NO_DAY);
    assert_int_equal(tsl_features_write(tsl_run_get_features(other), &(tsl_target){.path = source.path}, NULL, NULL),
                     TSL_OK);
    shop_write(1);
    tsl_run *fit = run_shop(NULL, NULL, NULL, TSL_NO_DAY);
    tsl_segmentation parts;
    tsl_run_get_segmentation(fit, &parts);
    tsl_run *run = run_open(NULL, &parts, NULL);
    assert_int_equal(tsl_run_read_features(run, &source, &err), TSL_E_INPUT);
    assert_non_null(strstr(err.message, "features.h5: was made by another recipe than the model's"));
    assert_null(tsl_run_get_features(run));
    run_read_shop(run);
    run_build(run, TSL_RUN_LABELS, TSL_NO_DAY);
    tsl_run_free(run);
    tsl_run_free(fit);
    tsl_run_free(other);
}

/* The customers are read as the fit took them, though they look like something else here: one city, a member
 * column of one value, an income without a number, columns that are not there at all. */
static void test_fitted_types(void **state)
{
    (void)state;
    static const char few[] = "customer_id,city,income,member\nc0000,Rome,,yes\nc0003,Rome,,yes\n";
    static const char lacking[] = "customer_id,city\nc0000,Rome\nc0003,Rome\n";
    tsl_error err;
    shop_write(1);
    tsl_run *fit = run_shop(NULL, NULL, NULL, TSL_NO_DAY);
    tsl_segmentation parts;
    tsl_run_get_segmentation(fit, &parts);
    scratch_write(scratch_path("people.csv"), few, strlen(few));
    tsl_run *run = run_open(NULL, &parts, NULL);
    run_read_shop(run);
    run_build(run, TSL_RUN_LABELS, tsl_run_get_features(fit)->as_of);
    const tsl_features *f = tsl_run_get_features(run);
    size_t rome = tsl_features_get_index(f, "city=Rome"), lima = tsl_features_get_index(f, "city=Lima");
    assert_true(f->x[rome] == 1 && f->x[lima] == 0 && isnan(f->x[tsl_features_get_index(f, "income")]) &&
                f->x[tsl_features_get_index(f, "member")] == 1);
    tsl_run_free(run);
    scratch_write(scratch_path("people.csv"), lacking, strlen(lacking));
    run = run_open(NULL, &parts, NULL);
    run_read_shop(run);
    assert_int_equal(tsl_run_build(run, TSL_RUN_LABELS, TSL_NO_DAY, &err), TSL_E_INPUT);
    assert_non_null(strstr(err.message, "fitted with: income, member;"));
    tsl_run_free(run);
    /* what the user declares goes before */
    scratch_write(scratch_path("people.csv"), few, strlen(few));
    static const tsl_column_rule rule[] = {{.name = "income", .type = TSL_TYPE_CATEGORY, .group = TSL_GROUP_AUTO}};
    const tsl_source people = {.path = scratch_path("people.csv")};
    tsl_table_options opt;
    TSL_DEFAULTS(table, &opt);
    opt.rules = rule;
    opt.rule_count = 1;
    run = run_open(NULL, &parts, NULL);
    assert_int_equal(tsl_run_read(run, TSL_CUSTOMERS, &people, 1, NULL, &opt, &err), TSL_OK);
    assert_int_equal(run_read(run, TSL_TRANSACTIONS, &err), TSL_OK);
    assert_int_equal(run_read(run, TSL_INTERACTIONS, &err), TSL_OK);
    assert_int_equal(tsl_run_build(run, TSL_RUN_LABELS, TSL_NO_DAY, &err), TSL_E_INPUT);
    assert_non_null(strstr(err.message, "column \"income\" holds values of type category here"));
    tsl_run_free(run);
    tsl_run_free(fit);
}

/* ---- Plain numbers ------------------------------------------------------------------ */

static void test_plain_numbers(void **state)
{
    (void)state;
    static const char then[] = "id,x,y\na,0,5\nb,1,5\nc,10,6\nd,11,5\n", now[] = "y,id,x\n5,q,12\n5.5,p,-3\n";
    const char *path = scratch_path("numbers.csv"), *others = scratch_path("others.csv");
    scratch_write(path, then, strlen(then));
    scratch_write(others, now, strlen(now));
    tsl_kmeans_options kmeans;
    tsl_run_options opt;
    tsl_error err;
    TSL_DEFAULTS(run, &opt);
    TSL_DEFAULTS(kmeans, &kmeans);
    kmeans.k = 2;
    opt.kmeans = &kmeans;
    opt.kept = "{\"k\":2}";
    tsl_source data = {.path = path};
    tsl_data_options ids;
    TSL_DEFAULTS(data, &ids);
    ids.id = "id";
    tsl_run *fit = run_open(&opt, NULL, NULL);
    assert_int_equal(tsl_run_read_data(fit, &data, &ids, &err), TSL_OK);
    run_build(fit, TSL_RUN_LABELS, TSL_NO_DAY);
    tsl_segmentation parts;
    tsl_results results;
    tsl_run_get_segmentation(fit, &parts);
    tsl_run_get_results(fit, &results, sizeof results);
    assert_string_equal(parts.model->options, "{\"k\":2}");
    assert_null(parts.model->value);
    assert_null(results.features); /* they have no catalogue */
    assert_int_equal(tsl_run_get_data(fit)->rows, 4);
    data.path = others;
    tsl_run *run = run_open(NULL, &parts, NULL);
    assert_int_equal(tsl_run_read_data(run, &data, &ids, &err), TSL_OK);
    run_build(run, TSL_RUN_LABELS, TSL_NO_DAY);
    const tsl_assignment *a = tsl_run_get_assignment(run), *b = tsl_run_get_assignment(fit);
    assert_int_equal(a->label[0], b->label[3]);
    assert_int_equal(a->label[1], b->label[0]);
    assert_true(tsl_run_get_drift(run)->feature[0].outside == 1); /* x: 12 and -3 */
    assert_true(tsl_run_get_drift(run)->feature[1].outside == 0);
    tsl_run_free(run);
    tsl_run_free(fit);
}

/* ---- The end before its time --------------------------------------------------------- */

/* A flag that is up ends the run at the next stage, or within one; what was made stays. */
static void test_stopped(void **state)
{
    (void)state;
    tsl_error err;
    volatile int stop = 0;
    const tsl_exec exec = {.size = sizeof exec, .stop = &stop};
    shop_write(1);
    for (int stage = 0; stage <= TSL_RUN_LABELS; stage++) {
        tsl_run *run = run_open(NULL, NULL, &exec);
        run_read_shop(run);
        if (stage > 0) {
            run_build(run, (tsl_run_stage)(stage - 1), TSL_NO_DAY);
        }
        stop = 1;
        assert_int_equal(tsl_run_build(run, TSL_RUN_LABELS, TSL_NO_DAY, &err), TSL_E_CANCELLED);
        assert_int_equal(err.status, TSL_E_CANCELLED);
        assert_true(err.message[0]);
        assert_int_equal(tsl_run_get_features(run) != NULL, stage > 0);
        assert_null(tsl_run_get_labels(run));
        stop = 0;
        run_build(run, TSL_RUN_LABELS, TSL_NO_DAY); /* it can go on */
        assert_non_null(tsl_run_get_labels(run));
        tsl_run_free(run);
    }
    stop = 1;
    tsl_run *run = run_open(NULL, NULL, &exec);
    assert_int_equal(run_read(run, TSL_CUSTOMERS, &err), TSL_E_CANCELLED);
    tsl_run_free(run);
}

/* The host's status ends it likewise. */
static void test_ended_by_the_host(void **state)
{
    (void)state;
    static const char *const stages[] = {"transactions", "features", "cluster", "tree", "labels"};
    tsl_error err;
    shop_write(1);
    for (size_t i = 0; i < sizeof stages / sizeof *stages; i++) {
        diary l = {.at = stages[i], .answer = TSL_E_IO};
        tsl_run_options opt;
        TSL_DEFAULTS(run, &opt);
        opt.stage = take_down;
        opt.user = &l;
        tsl_run *run = run_open(&opt, NULL, NULL);
        tsl_status status = run_read(run, TSL_CUSTOMERS, &err);
        status = status == TSL_OK ? run_read(run, TSL_TRANSACTIONS, &err) : status;
        status = status == TSL_OK ? tsl_run_build(run, TSL_RUN_LABELS, TSL_NO_DAY, &err) : status;
        assert_int_equal(status, TSL_E_IO);
        assert_string_equal(err.message, "the host said so");
        tsl_run_free(run);
    }
}

/* A value that is none is refused before the clusters are looked for; a table that is not there. */
static void test_refused(void **state)
{
    (void)state;
    diary l = {0};
    tsl_run_options opt;
    tsl_label_options labels;
    tsl_error err;
    tsl_tree *tree = NULL;
    TSL_DEFAULTS(run, &opt);
    TSL_DEFAULTS(label, &labels);
    labels.value = "monetary";
    opt.labels = &labels;
    opt.stage = take_down;
    opt.user = &l;
    shop_write(1);
    tsl_run *run = run_open(&opt, NULL, NULL);
    run_read_shop(run);
    assert_int_equal(tsl_run_build_tree(run, &tree, &err), TSL_E_OPTION);
    assert_string_equal(err.message, "there is no assignment yet that a tree could explain");
    assert_int_equal(tsl_run_build(run, TSL_RUN_LABELS, TSL_NO_DAY, &err), TSL_E_OPTION);
    assert_non_null(strstr(err.message, "value: no feature is called \"monetary\""));
    assert_null(strstr(l.names, "tree"));
    tsl_run_free(run);
    run = run_open(NULL, NULL, NULL);
    const tsl_source none = {.path = scratch_path("none.csv")};
    assert_int_equal(tsl_run_read(run, TSL_CUSTOMERS, &none, 1, NULL, NULL, &err), TSL_E_NOT_FOUND);
    assert_null(tsl_run_get_table(run, TSL_CUSTOMERS));
    assert_int_equal(run_read(run, TSL_CUSTOMERS, &err), TSL_OK); /* nothing was taken by the failure */
    tsl_run_free(run);
}

/* Another tree of the same clusters, of a fit and of an apply. */
static void test_another_tree(void **state)
{
    (void)state;
    tsl_run_options opt;
    tsl_tree_options leaves;
    tsl_tree *tree = NULL;
    TSL_DEFAULTS(run, &opt);
    TSL_DEFAULTS(tree, &leaves);
    leaves.leaves = 9; /* or fewer, where no further cut gains */
    opt.tree = &leaves;
    shop_write(1);
    tsl_run *fit = run_shop(NULL, NULL, NULL, TSL_NO_DAY);
    tsl_segmentation parts;
    tsl_run_get_segmentation(fit, &parts);
    assert_int_equal(tsl_run_build_tree(fit, &tree, NULL), TSL_OK);
    assert_int_equal(tree->node_count, parts.model->tree->node_count);
    assert_memory_equal(tree->node, parts.model->tree->node, tree->node_count * sizeof *tree->node);
    tsl_tree_free(tree);
    tsl_run *run = run_open(&opt, &parts, NULL);
    run_read_shop(run);
    run_build(run, TSL_RUN_MODEL, TSL_NO_DAY);
    assert_int_equal(tsl_run_build_tree(run, &tree, NULL), TSL_OK);
    assert_true(tree->leaves >= parts.model->tree->leaves && tree->leaves <= 9);
    assert_true(tree->cost <= parts.model->tree->cost);
    assert_string_equal(tree->column[0].name, parts.model->tree->column[0].name);
    tsl_tree_free(tree);
    tsl_run_free(run);
    tsl_run_free(fit);
}

/* ---- Weights ------------------------------------------------------------------- */

/* Clusters of plain numbers, not scaled, from two of their rows. */
static tsl_run *run_weighted(const char *csv, const char *weight)
{
    static const char init[] = "x,y\n1,1\n30,1\n";
    tsl_run_options opt;
    tsl_feature_options features;
    tsl_run *run = NULL;
    tsl_error err;
    TSL_DEFAULTS(run, &opt);
    TSL_DEFAULTS(feature, &features);
    features.scale = TSL_SCALE_NONE;
    opt.features = &features;
    opt.weight = weight;
    run = run_open(&opt, NULL, NULL);
    if (tsl_run_read_init(run, &(tsl_source){.bytes = init, .count = strlen(init)}, &err) != TSL_OK ||
        tsl_run_read_data(run, &(tsl_source){.bytes = csv, .count = strlen(csv)}, NULL, &err) != TSL_OK) {
        fail_msg("%s", err.message);
    }
    run_build(run, TSL_RUN_LABELS, TSL_NO_DAY);
    return run;
}

/* What is said of each segment is said of the weights; only the sizes count rows. */
static void check_segments(const tsl_run *weighted, const tsl_run *repeated)
{
    const tsl_labels *a = tsl_run_get_labels(weighted), *b = tsl_run_get_labels(repeated);
    assert_int_equal(a->segment_count, b->segment_count);
    for (size_t s = 0; s < a->segment_count; s++) {
        const tsl_segment *p = &a->segments[s], *q = &b->segments[s];
        assert_string_equal(p->names[0], q->names[0]);
        assert_string_equal(p->names[1], q->names[1]);
        assert_true(p->share == q->share && p->weight == (double)q->size && q->weight == (double)q->size);
        assert_true(fabs(p->confidence_mean - q->confidence_mean) < 1e-12);
        assert_true(tsl_model_get_share(tsl_run_get_model(weighted), (int)s) == p->share &&
                    tsl_model_get_share(tsl_run_get_model(repeated), (int)s) == q->share);
        for (size_t t = 0; t < p->trait_count; t++) {
            assert_int_equal(p->trait[t].feature, q->trait[t].feature);
            assert_true(p->trait[t].mean == q->trait[t].mean && p->trait[t].mean_all == q->trait[t].mean_all);
            assert_true(fabs(p->trait[t].effect - q->trait[t].effect) < 1e-12);
            assert_true(p->trait[t].known == 1 && p->trait[t].known_all == 1);
        }
    }
    assert_int_equal(a->segments[0].size + a->segments[1].size, 5);
}

/* A row of weight 2 is two rows; one of weight 0 is assigned. All means are whole: nothing is rounded. */
static void test_weights_are_rows(void **state)
{
    (void)state;
    tsl_run *weighted = run_weighted("x,w,y\n1,3,1\n5,1,1\n30,1,1\n34,3,5\n100,0,9\n", "w");
    tsl_run *repeated = run_weighted("x,y\n1,1\n1,1\n1,1\n5,1\n30,1\n34,5\n34,5\n34,5\n", NULL);
    const tsl_model *a = tsl_run_get_model(weighted), *b = tsl_run_get_model(repeated);
    const tsl_candidate *p = &a->sweep->candidate[0], *q = &b->sweep->candidate[0];
    assert_memory_equal(a->center, b->center, 4 * sizeof *a->center);
    assert_true(p->inertia == q->inertia && p->calinski_harabasz == q->calinski_harabasz &&
                p->smallest_share == q->smallest_share);
    assert_true(fabs(p->silhouette - q->silhouette) < 1e-12);
    assert_true(fabs(p->davies_bouldin - q->davies_bouldin) < 1e-12);
    const int32_t once[] = {0, 0, 1, 1, 1}, each[] = {0, 0, 0, 0, 1, 1, 1, 1};
    assert_memory_equal(a->assignment->label, once, sizeof once);
    assert_memory_equal(b->assignment->label, each, sizeof each);
    assert_true(a->tree->node[0].threshold == b->tree->node[0].threshold);
    assert_string_equal(a->weight, "w");
    assert_true(a->weights_hash != 0 && b->weights_hash == 0 && !b->weight);
    assert_string_equal(a->sweep->info.notes.text[0],
                        "1 of 5 rows have a weight (w) of 0 and take no part in finding the clusters");
    check_segments(weighted, repeated);
    tsl_run_free(weighted);
    tsl_run_free(repeated);
}

/* All weights 1 and none: the same bits. */
static void test_weights_of_one(void **state)
{
    (void)state;
    tsl__text with = {0}, without = {0};
    tsl__rng rng = tsl__rng_open(3, 1, 4);
    tsl__text_puts(&with, "x,y,w\n");
    tsl__text_puts(&without, "x,y\n");
    for (int i = 0; i < 300; i++) {
        int x = (int)tsl__rng_below(&rng, 100000), y = (int)tsl__rng_below(&rng, 100000);
        tsl__text_printf(&with, "0.%05d,0.%05d,1\n", x, y);
        tsl__text_printf(&without, "0.%05d,0.%05d\n", x, y);
    }
    tsl_run *one = run_weighted(with.data, "w"), *none = run_weighted(without.data, NULL);
    const tsl_model *a = tsl_run_get_model(one), *b = tsl_run_get_model(none);
    const tsl_candidate *p = &a->sweep->candidate[0], *q = &b->sweep->candidate[0];
    assert_memory_equal(a->center, b->center, 4 * sizeof *a->center);
    assert_memory_equal(a->assignment->label, b->assignment->label, 300 * sizeof *a->assignment->label);
    assert_memory_equal(a->assignment->distance, b->assignment->distance, 300 * sizeof *a->assignment->distance);
    assert_memory_equal(&p->inertia, &q->inertia, 5 * sizeof p->inertia); /* to smallest_share */
    assert_int_equal(a->tree->node_count, b->tree->node_count);
    assert_memory_equal(a->tree->node, b->tree->node, a->tree->node_count * sizeof *a->tree->node);
    assert_memory_equal(a->mean_distance, b->mean_distance, 2 * sizeof *a->mean_distance);
    tsl_run_free(one);
    tsl_run_free(none);
    tsl__text_free(&with);
    tsl__text_free(&without);
}

/* Customers count by a feature, which features from a file remember; another tree goes by it, too. */
static void test_weight_of_customers(void **state)
{
    (void)state;
    tsl_run_options opt;
    tsl_kmeans_options kmeans;
    tsl_segmentation parts;
    tsl_tree *tree = NULL;
    tsl_error err;
    TSL_DEFAULTS(run, &opt);
    TSL_DEFAULTS(kmeans, &kmeans);
    kmeans.k = 3;
    opt.kmeans = &kmeans;
    opt.weight = "income";
    shop_write(1);
    tsl_run *whole = run_shop(&opt, NULL, NULL, TSL_NO_DAY), *later = NULL;
    const tsl_model *a = tsl_run_get_model(whole);
    for (size_t c = 0; c < a->cols; c++) {
        assert_string_not_equal(a->column[c], "income");
    }
    assert_string_equal(a->weight, "income");
    const char *path = scratch_path("f.h5");
    assert_int_equal(tsl_features_write(tsl_run_get_features(whole), &(tsl_target){.path = path}, NULL, &err), TSL_OK);
    opt.weight = NULL;
    later = run_open(&opt, NULL, NULL);
    assert_int_equal(tsl_run_read_features(later, &(tsl_source){.path = path}, &err), TSL_OK);
    run_build(later, TSL_RUN_MODEL, TSL_NO_DAY);
    const tsl_model *b = tsl_run_get_model(later);
    assert_true(a->weights_hash != 0 && a->weights_hash == b->weights_hash);
    assert_memory_equal(a->center, b->center, (size_t)a->k * a->cols * sizeof *a->center);
    assert_int_equal(tsl_run_build_tree(whole, &tree, &err), TSL_OK);
    assert_memory_equal(&tree->cost, &a->tree->cost, 3 * sizeof tree->cost);
    tsl_tree_free(tree);
    tsl_run_free(later);
    /* Customers without it are told by name; where clusters are given, nothing goes by weights. */
    opt.weight = "gap_mean_days";
    later = run_open(&opt, NULL, NULL);
    run_read_shop(later);
    assert_int_equal(tsl_run_build(later, TSL_RUN_FEATURES, TSL_NO_DAY, &err), TSL_E_INPUT);
    assert_non_null(strstr(err.message, "the weight (gap_mean_days) is missing; expected 0 or more"));
    tsl_run_free(later);
    tsl_run_get_segmentation(whole, &parts);
    assert_int_equal(tsl_run_open(&opt, &parts, NULL, &later, &err), TSL_E_OPTION);
    tsl_run_free(whole);
}

/* What is asked of labels that cannot be is told before there are clusters; of segments, once they are there. */
static void test_labels_come_before_clusters(void **state)
{
    (void)state;
    static const char *const feature = "frequenzy";
    static const double weight = 1;
    static const tsl_score_group score = {"money", 1, &feature, &weight, 1};
    static const tsl_rule_class unknown = {"pace", "busy", {NULL}, "frequenzy > 5", NULL},
                                code = {"pace", "busy", {NULL}, "frequency > 5 and tier = 'gild'", NULL},
                                type = {"pace", "busy", {NULL}, "city > 5", NULL},
                                segment = {"pace", "busy", {NULL}, "segment = 'NOBODY'", NULL};
    static const tsl_strategy stage = {.lifecycle = "lots", .action = "call"},
                              tier = {.tier = "gild", .action = "call"},
                              twice[] = {{.tier = "gold", .action = "call"}, {.tier = "gold", .action = "write"}};
    const tsl_rfm_map fourths = {.bins = 4, .count = 1, .segment = {{.code = "all"}}};
    const struct {
        tsl_label_options opt;
        const char *message;
        int clusters; /* 1: told when there are some */
    } cases[] = {
        {{.value = "monetary_totl"},
         "value: no feature is called \"monetary_totl\"; did you mean \"monetary_total\"?",
         0},
        {{.score = &score, .score_count = 1}, "score.money: no feature is called \"frequenzy\"; did you mean", 0},
        {{.rule = &unknown, .rule_count = 1, .rules_given = 1}, "there is no column \"frequenzy\"; did you mean", 0},
        {{.rule = &code, .rule_count = 1, .rules_given = 1}, "no tier is called \"gild\" (did you mean \"gold\"?)", 0},
        {{.rule = &type, .rule_count = 1, .rules_given = 1}, "\"city\" is read as a number there", 0},
        {{.rule = &segment, .rule_count = 1, .rules_given = 1}, "no segment is called \"NOBODY\"", 1},
        {{.strategy = &stage, .strategy_count = 1, .strategies_given = TSL_STRATEGIES_GIVEN},
         "no lifecycle is called \"lots\" (did you mean \"lost\"?)",
         0},
        {{.strategy = &tier, .strategy_count = 1, .strategies_given = TSL_STRATEGIES_GIVEN},
         "no tier is called \"gild\" (did you mean \"gold\"?)",
         0},
        {{.strategy = twice, .strategy_count = 2, .strategies_given = TSL_STRATEGIES_GIVEN},
         "says \"write\" for tier gold, for which",
         0},
        {{.rfm_map = &fourths}, "rfm_map: ", 0},
    };
    shop_write(1);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tsl_label_options labels;
        tsl_run_options opt;
        tsl_error err;
        TSL_DEFAULTS(label, &labels);
        TSL_DEFAULTS(run, &opt);
        labels.value = cases[i].opt.value;
        labels.score = cases[i].opt.score;
        labels.score_count = cases[i].opt.score_count;
        labels.rule = cases[i].opt.rule;
        labels.rule_count = cases[i].opt.rule_count;
        labels.rules_given = cases[i].opt.rules_given;
        labels.strategy = cases[i].opt.strategy;
        labels.strategy_count = cases[i].opt.strategy_count;
        labels.strategies_given = cases[i].opt.strategies_given;
        labels.rfm_map = cases[i].opt.rfm_map;
        opt.labels = &labels;
        opt.evidence = 0;
        opt.holdout_days = 0;
        tsl_run *run = run_open(&opt, NULL, NULL);
        run_read_shop(run);
        assert_int_not_equal(tsl_run_build(run, TSL_RUN_LABELS, TSL_NO_DAY, &err), TSL_OK);
        if (!strstr(err.message, cases[i].message)) {
            fail_msg("expected \"%s\", but it says \"%s\"", cases[i].message, err.message);
        }
        assert_non_null(tsl_run_get_features(run));
        assert_int_equal(tsl_run_get_model(run) != NULL, cases[i].clusters);
        tsl_run_free(run);
    }
}

/* Those who are set apart stand on the map as well, where what clusters go by is known of them; an apply draws the same
 * portrait of the same customers. */
static void test_portrait(void **state)
{
    (void)state;
    tsl_run_options opt;
    TSL_DEFAULTS(run, &opt);
    opt.evidence = 0;
    shop_write(1);
    tsl_run *run = run_shop(&opt, NULL, NULL, TSL_NO_DAY);
    const tsl_features *f = tsl_run_get_features(run);
    const tsl_portrait *portrait = tsl_run_get_portrait(run);
    const tsl_customer_map *map = portrait->map;
    uint64_t apart = 0, cells = 0, hexagons = 0;
    for (size_t i = 0; i < f->customers; i++) {
        apart += f->apart && f->apart[i] >= 0;
    }
    for (size_t c = 0; c < portrait->grid->rows * portrait->grid->cols; c++) {
        cells += portrait->grid->cell[c].size;
    }
    for (size_t h = 0; h < map->hexagon_count; h++) {
        hexagons += map->hexagon[h].size;
    }
    assert_true(apart > 0); /* who bought once */
    assert_int_equal(map->apart, apart);
    assert_int_equal(map->axis_rows, f->customers - apart);
    assert_int_equal(map->customers, SHOP_CUSTOMERS);
    assert_int_equal(hexagons, SHOP_CUSTOMERS);
    assert_int_equal(cells, SHOP_CUSTOMERS);
    assert_ptr_equal(portrait->labels, tsl_run_get_labels(run));
    tsl_segmentation fitted;
    tsl_run_get_segmentation(run, &fitted);
    tsl_run *again = run_shop(NULL, &fitted, NULL, TSL_NO_DAY);
    const tsl_customer_map *now = tsl_run_get_portrait(again)->map;
    assert_int_equal(now->hexagon_count, map->hexagon_count);
    assert_memory_equal(now->axis[0].loading, map->axis[0].loading, map->cols * sizeof(double));
    assert_memory_equal(now->median, map->median, tsl_run_get_labels(run)->segment_count * sizeof *map->median);
    tsl_run_free(again);
    tsl_run_free(run);
}

int main(void)
{
#define IN_SCRATCH(test) cmocka_unit_test_setup_teardown(test, scratch_setup, scratch_teardown)
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_options),
        cmocka_unit_test(test_texts_of_options),
        IN_SCRATCH(test_stages_of_a_fit),
        IN_SCRATCH(test_further),
        IN_SCRATCH(test_apply),
        IN_SCRATCH(test_refit_rfm),
        IN_SCRATCH(test_reading),
        IN_SCRATCH(test_given),
        IN_SCRATCH(test_mixed_parts),
        IN_SCRATCH(test_inputs_once),
        IN_SCRATCH(test_order_of_tables),
        IN_SCRATCH(test_another_day),
        IN_SCRATCH(test_cells_are_given_back),
        IN_SCRATCH(test_features_of_another_recipe),
        IN_SCRATCH(test_fitted_types),
        IN_SCRATCH(test_plain_numbers),
        IN_SCRATCH(test_stopped),
        IN_SCRATCH(test_ended_by_the_host),
        IN_SCRATCH(test_refused),
        IN_SCRATCH(test_another_tree),
        cmocka_unit_test(test_weights_are_rows),
        cmocka_unit_test(test_weights_of_one),
        IN_SCRATCH(test_portrait),
        IN_SCRATCH(test_weight_of_customers),
        IN_SCRATCH(test_labels_come_before_clusters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
