/* test_run_clusters.c: the clusters of a run of customers without orders: the same from tables and from a features
 * file, whatever is asked for; of few customers; for any number of threads. */
#include "run/shop.h"

#include "feature/recipe.h"

#include <stdio.h>

/* What is asked of a run. */
typedef struct asked {
    int k, k_max;
    tsl_anchors anchors;
    tsl_basis basis;
    const char *include, *exclude, *init, *weight;
    int threads;
    int bare; /* 1: without evidence, which takes its time */
    uint64_t seed;
} asked;

typedef struct options {
    tsl_run_options run;
    tsl_feature_options features;
    tsl_kmeans_options kmeans;
    tsl_exec exec;
} options;

static const tsl_run_options *set_options(const asked *of, options *o)
{
    TSL_DEFAULTS(run, &o->run);
    TSL_DEFAULTS(feature, &o->features);
    TSL_DEFAULTS(kmeans, &o->kmeans);
    TSL_DEFAULTS(exec, &o->exec);
    o->exec.threads = of->threads;
    o->run.features = &o->features;
    o->run.kmeans = &o->kmeans;
    o->run.anchors = of->anchors;
    o->run.weight = of->weight;
    o->run.evidence = of->bare ? 0 : o->run.evidence;
    o->kmeans.k = of->k;
    o->kmeans.seed = of->seed ? of->seed : o->kmeans.seed;
    o->kmeans.k_max = of->k_max ? of->k_max : o->kmeans.k_max;
    o->features.selection = (tsl_selection){.include = &of->include,
                                            .include_count = of->include != NULL,
                                            .exclude = &of->exclude,
                                            .exclude_count = of->exclude != NULL,
                                            .basis = of->basis};
    return &o->run;
}

static tsl_run *open_run(const asked *of, options *o)
{
    tsl_run *run = NULL;
    tsl_error err;
    if (tsl_run_open(set_options(of, o), NULL, &o->exec, &run, &err) != TSL_OK ||
        (of->init && tsl_run_read_init(run, &(tsl_source){.path = of->init}, &err) != TSL_OK)) {
        fail_msg("%s", err.message);
    }
    return run;
}

/* Of the tables, as far as the labels; NULL and the message where it is refused. */
static tsl_run *try_tables(const asked *of, options *o, const char *customers, const char *interactions, tsl_error *err)
{
    tsl_run *run = open_run(of, o);
    const tsl_source people = {.bytes = customers, .count = strlen(customers)},
                     visits = {.bytes = interactions, .count = interactions ? strlen(interactions) : 0};
    tsl_status status = tsl_run_read(run, TSL_CUSTOMERS, &people, 1, NULL, NULL, err);
    if (status == TSL_OK && interactions) {
        status = tsl_run_read(run, TSL_INTERACTIONS, &visits, 1, NULL, NULL, err);
    }
    if (status != TSL_OK || tsl_run_build(run, TSL_RUN_LABELS, TSL_NO_DAY, err) != TSL_OK) {
        tsl_run_free(run);
        return NULL;
    }
    return run;
}

static tsl_run *run_tables(const asked *of, options *o, const char *customers, const char *interactions)
{
    tsl_error err;
    tsl_run *run = try_tables(of, o, customers, interactions, &err);
    if (!run) {
        fail_msg("%s", err.message);
    }
    return run;
}

/* Of the features that a run by default gives. */
static tsl_run *run_staged(const asked *first, const asked *then, options *o, const char *customers,
                           const char *interactions)
{
    options before;
    tsl_error err;
    const char *path = scratch_path("f.h5");
    tsl_run *make = run_tables(first, &before, customers, interactions), *run = open_run(then, o);
    if (tsl_features_write(tsl_run_get_features(make), &(tsl_target){.path = path, .replace = 1}, NULL, &err) !=
            TSL_OK ||
        tsl_run_read_features(run, &(tsl_source){.path = path}, &err) != TSL_OK ||
        tsl_run_build(run, TSL_RUN_LABELS, TSL_NO_DAY, &err) != TSL_OK) {
        fail_msg("%s", err.message);
    }
    tsl_run_free(make);
    return run;
}

static void check_same(const tsl_run *a, const tsl_run *b)
{
    const tsl_model *p = tsl_run_get_model(a), *q = tsl_run_get_model(b);
    assert_int_equal(p->k, q->k);
    assert_int_equal(p->cols, q->cols);
    assert_memory_equal(p->center, q->center, (size_t)p->k * p->cols * sizeof *p->center);
    assert_memory_equal(p->assignment->label, q->assignment->label, p->rows * sizeof *p->assignment->label);
    for (size_t c = 0; c < p->cols; c++) {
        assert_string_equal(p->column[c], q->column[c]);
    }
}

/* "age, spend": the columns of the model. */
static void check_columns(const tsl_run *run, const char *expected)
{
    char seen[512] = "";
    const tsl_model *model = tsl_run_get_model(run);
    for (size_t c = 0; c < model->cols; c++) {
        snprintf(seen + strlen(seen), sizeof seen - strlen(seen), "%s%s", c ? ", " : "", model->column[c]);
    }
    assert_string_equal(seen, expected);
}

enum { PEOPLE = 400 };

/* Customers of four numbers, a yes and no, a category, and their visits. */
static void make_people(tsl__text *people, tsl__text *visits)
{
    static const char *const cities[] = {"Lima", "Oslo", "Rome"};
    *people = *visits = (tsl__text){0};
    tsl__text_puts(people, "customer_id,age,spend,logins,credit,member,city\n");
    tsl__text_puts(visits, "customer_id,date,kind,minutes\n");
    for (int i = 0; i < PEOPLE; i++) {
        tsl__rng rng = tsl__rng_open(11, 1, (uint32_t)i);
        const double rich = tsl__rng_uniform(&rng), keen = tsl__rng_uniform(&rng);
        tsl__text_printf(people, "c%04d,%d,", i, 18 + (int)tsl__rng_below(&rng, 60));
        tsl__text_double(people, round(exp(4 + 3 * rich + tsl__rng_uniform(&rng))));
        tsl__text_printf(people, ",%d,", (int)(20 * keen + 10 * tsl__rng_uniform(&rng)));
        tsl__text_double(people, round(1000 * (rich + tsl__rng_uniform(&rng))));
        tsl__text_printf(people, ",%s,%s\n", tsl__rng_below(&rng, 2) ? "yes" : "no", cities[tsl__rng_below(&rng, 3)]);
        for (int v = 0; v < 1 + (int)(8 * keen); v++) {
            tsl__text_printf(visits, "c%04d,2024-%02d-%02d,visit,%d\n", i, 1 + (int)tsl__rng_below(&rng, 12),
                             1 + (int)tsl__rng_below(&rng, 28), 1 + (int)tsl__rng_below(&rng, 30));
        }
    }
}

static void test_stages(void **state)
{
    (void)state;
    tsl__text people, visits;
    make_people(&people, &visits);
    const char *init = scratch_path("i.csv"), centres[] = "age,spend,logins,credit\n30,300,5,300\n60,900,20,900\n";
    scratch_write(init, centres, strlen(centres));
    const struct {
        asked asked;
        const char *columns;
        int k; /* 0: not said */
    } cases[] = {
        {{0}, "logins, spend", 4},
        {{.k = 5, .bare = 1}, "age, logins, spend, credit", 5},
        {{.k_max = 4, .bare = 1}, "age, logins, spend, credit", 0},
        {{.anchors = TSL_ANCHORS_NONE}, "age, logins, spend, credit", 0},
        {{.anchors = TSL_ANCHORS_TYPICAL, .bare = 1}, "logins, spend", 4},
        {{.init = init, .bare = 1}, "age, logins, spend, credit", 2},
        {{.weight = "spend", .bare = 1}, "logins, credit", 4},
        {{.weight = "credit", .k = 3, .bare = 1}, "age, logins, spend", 3},
    };
    const asked none = {.bare = 1}, wide = {.k = 3, .bare = 1};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        options o, p;
        tsl_run *run = run_tables(&cases[i].asked, &o, people.data, NULL);
        check_columns(run, cases[i].columns);
        assert_true(cases[i].k == 0 || tsl_run_get_model(run)->k == cases[i].k);
        for (int from = 0; from < 2; from++) { /* from features of two columns, and from those of all */
            tsl_run *staged = run_staged(from ? &wide : &none, &cases[i].asked, &p, people.data, NULL);
            check_same(run, staged);
            tsl_run_free(staged);
        }
        tsl_run_free(run);
    }
    tsl__text_free(&people);
    tsl__text_free(&visits);
}

/* What is chosen by name is kept by the features file, as wide as it is then asked to be. */
static void test_chosen_by_name(void **state)
{
    (void)state;
    tsl__text people, visits;
    make_people(&people, &visits);
    const asked chosen = {.include = "member", .exclude = "spend"},
                at_once = {.include = "member", .exclude = "spend", .k = 3}, then = {.k = 3};
    options o, p;
    tsl_run *run = run_tables(&at_once, &o, people.data, NULL),
            *staged = run_staged(&chosen, &then, &p, people.data, NULL),
            *narrow = run_tables(&chosen, &o, people.data, NULL);
    check_columns(run, "age, member, logins, credit");
    check_same(run, staged);
    check_columns(narrow, "member, logins, credit");
    tsl_run_free(run);
    tsl_run_free(staged);
    tsl_run_free(narrow);
    tsl__text_free(&people);
    tsl__text_free(&visits);
}

/* An earlier model begins a fit in its own columns. */
static void test_warm_start(void **state)
{
    (void)state;
    tsl__text people, visits;
    make_people(&people, &visits);
    const char *path = scratch_path("m.h5");
    for (int wide = 0; wide < 2; wide++) {
        const asked first = {.k = wide ? 3 : 0}, then = {.init = path};
        options o, p;
        tsl_segmentation all;
        tsl_run *run = run_tables(&first, &o, people.data, NULL);
        tsl_run_get_segmentation(run, &all);
        assert_int_equal(tsl_segmentation_write(&all, &(tsl_target){.path = path, .replace = 1}, NULL), TSL_OK);
        tsl_run *again = run_tables(&then, &p, people.data, NULL);
        check_columns(again, wide ? "age, logins, spend, credit" : "logins, spend");
        assert_int_equal(tsl_run_get_model(again)->k, wide ? 3 : 4);
        tsl_run_free(run);
        tsl_run_free(again);
    }
    tsl__text_free(&people);
    tsl__text_free(&visits);
}

/* Visits are numbers like others; and threads change nothing. */
static void test_interactions_and_threads(void **state)
{
    (void)state;
    tsl__text people, visits;
    make_people(&people, &visits);
    options o, p;
    tsl_run *one = run_tables(&(asked){.threads = 1}, &o, people.data, visits.data),
            *three = run_tables(&(asked){.threads = 3}, &p, people.data, visits.data);
    const tsl_recipe *recipe = tsl_run_get_features(one)->recipe;
    assert_int_equal(recipe->basis, TSL_BASIS_NUMERIC);
    assert_true(tsl_features_get_index(tsl_run_get_features(one), "visit_minutes_mean") <= recipe->feature_count);
    check_same(one, three);
    size_t numbers = 0;
    for (size_t c = 0; c < recipe->column_count; c++) {
        numbers += recipe->column[c].part != TSL_PART_NONE;
    }
    assert_true(numbers > 4);
    tsl_run_free(one);
    tsl_run_free(three);
    tsl__text_free(&people);
    tsl__text_free(&visits);
}

/* ---- Few, and alike -------------------------------------------------------------------------- */

static void test_few(void **state)
{
    (void)state;
    static const struct {
        const char *csv;
        int k;
        const char *columns, *refused;
    } cases[] = {
        {"customer_id,age\na,1\n", 0, NULL, "can become a feature"},
        {"customer_id,age\na,1\nb,1\n", 0, NULL, "can become a feature"},
        {"customer_id,age,spend\na,1,5\nb,1,5\nc,1,5\n", 0, NULL, "can become a feature"},
        {"customer_id,age,spend,member\na,1,4,yes\nb,2,1,no\nc,7,3,no\nd,5,2,yes\n", 1, "age, spend", NULL},
        {"customer_id,age\na,1\nb,2\nc,3\nd,4\n", 1, "age", NULL},
        {"customer_id,member,city\na,yes,x\nb,no,y\nc,yes,y\nd,no,x\ne,yes,x\n", 1, "member, city=x, city=y", NULL},
        {"customer_id,age,spend\na,1,5\nb,2,7\n", 1, NULL, NULL},
        {"customer_id,member\na,yes\nb,no\n", 1, "member", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        options o;
        tsl_error err = {0};
        tsl_run *run = try_tables(&(asked){0}, &o, cases[i].csv, NULL, &err);
        if (cases[i].refused) {
            assert_null(run);
            if (!strstr(err.message, cases[i].refused)) {
                fail_msg("%zu: %s", i, err.message);
            }
            continue;
        }
        if (!run) {
            fail_msg("%zu: %s", i, err.message);
        }
        assert_int_equal(tsl_run_get_model(run)->k, cases[i].k); /* no segment of under ten */
        assert_string_equal(tsl_run_get_labels(run)->segments[0].code, "S1");
        if (cases[i].columns) {
            check_columns(run, cases[i].columns);
        }
        tsl_run_free(run);
    }
}

/* So few bought again that one typical place is left: nobody is there whom they are larger or more active than. */
static void test_one_place(void **state)
{
    (void)state;
    enum { ONCE = 2930, AGAIN = 70 };
    tsl__text orders = {0};
    options o;
    tsl_error err;
    tsl_run_options opt = *set_options(&(asked){.bare = 1}, &o);
    tsl_run *run = NULL;
    tsl__rng rng = tsl__rng_open(3, 1, 0);
    tsl__text_puts(&orders, "customer_id,order_id,date,amount\n");
    for (int i = 0; i < ONCE + 2 * AGAIN; i++) {
        tsl__text_printf(&orders, "c%d,%d,2024-%02d-%02d,%d\n", i < ONCE ? i : ONCE + (i - ONCE) / 2, i,
                         1 + (int)tsl__rng_below(&rng, 12), 1 + (int)tsl__rng_below(&rng, 28),
                         10 + (int)tsl__rng_below(&rng, 90));
    }
    shop_put(TSL_TRANSACTIONS, &orders);
    opt.kmeans = NULL;
    opt.holdout_days = 0;
    assert_int_equal(tsl_run_open(&opt, NULL, NULL, &run, &err), TSL_OK);
    assert_int_equal(run_read(run, TSL_TRANSACTIONS, &err), TSL_OK);
    assert_int_equal(tsl_run_build(run, TSL_RUN_LABELS, TSL_NO_DAY, &err), TSL_OK);
    const tsl_labels *labels = tsl_run_get_labels(run);
    assert_int_equal(tsl_run_get_model(run)->k, 1);
    assert_string_equal(labels->segments[0].code, "REPEAT");
    assert_ptr_equal(strstr(labels->segments[0].names[0], "Repeat buyers"), labels->segments[0].names[0]);
    assert_ptr_equal(strstr(labels->segments[0].names[1], "复购客户"), labels->segments[0].names[1]);
    assert_int_equal(labels->segments[0].size, AGAIN);
    tsl_run_free(run);
}

/* Evidence is drawn by the seed of the run. */
static void test_seeds(void **state)
{
    (void)state;
    tsl__text people, visits;
    tsl_run *run[3];
    options o;
    make_people(&people, &visits);
    for (int i = 0; i < 3; i++) {
        run[i] = run_tables(&(asked){.k_max = 3, .anchors = TSL_ANCHORS_NONE, .seed = 1 + (uint64_t)(i == 2)}, &o,
                            people.data, NULL);
    }
    for (size_t c = 0; c < 2; c++) {
        for (int i = 1; i < 3; i++) {
            const tsl_evidence *a = tsl_run_get_model(run[0])->evidence, *b = tsl_run_get_model(run[i])->evidence;
            const int same = i == 1;
            assert_int_equal(a->of[c].gap == b->of[c].gap, same);
            assert_int_equal(a->of[c].strength_error == b->of[c].strength_error, same);
            assert_int_equal(a->stability->of[c].agreement == b->stability->of[c].agreement, same);
            assert_int_equal(tsl_run_get_model(run[0])->delivered->of[0].agreement ==
                                 tsl_run_get_model(run[i])->delivered->of[0].agreement,
                             same);
        }
        assert_true(tsl_run_get_model(run[0])->evidence->natural->count > 0);
    }
    for (int i = 0; i < 3; i++) {
        tsl_run_free(run[i]);
    }
    tsl__text_free(&people);
    tsl__text_free(&visits);
}

/* Without numbers k is searched for among 3 to 6, unless it is asked for. */
static void test_flags(void **state)
{
    (void)state;
    tsl__text csv = {0};
    tsl__text_puts(&csv, "customer_id,a,b,c,d\n");
    for (int i = 0; i < 300; i++) {
        tsl__rng rng = tsl__rng_open(13, 1, (uint32_t)i);
        const int kind = i % 2;
        tsl__text_printf(&csv, "c%03d", i);
        for (int j = 0; j < 4; j++) {
            tsl__text_puts(&csv, (tsl__rng_below(&rng, 10) == 0) != (kind == j % 2) ? ",yes" : ",no");
        }
        tsl__text_puts(&csv, "\n");
    }
    options o;
    tsl_run *run = run_tables(&(asked){0}, &o, csv.data, NULL);
    const tsl_model *model = tsl_run_get_model(run);
    assert_int_equal(model->sweep->candidate[0].k, 3); /* two kinds there are */
    assert_int_equal(model->sweep->candidate[model->sweep->count - 1].k, 6);
    tsl_run_free(run);
    run = run_tables(&(asked){.k = 2}, &o, csv.data, NULL);
    assert_int_equal(tsl_run_get_model(run)->k, 2);
    tsl_run_free(run);
    tsl__text_free(&csv);
}

/* What each column carries of the squared distance is kept, and one that carries nearly all of it is noted. */
static void test_shares(void **state)
{
    (void)state;
    tsl__text people, visits;
    make_people(&people, &visits);
    for (int raw = 0; raw < 2; raw++) {
        options o;
        double all = 0, most = 0;
        int noted = 0;
        tsl_run *run = NULL;
        tsl_error err;
        const tsl_source source = {.bytes = people.data, .count = people.length};
        set_options(&(asked){.basis = TSL_BASIS_DEMOGRAPHIC, .k = 3}, &o);
        o.features.scale = raw ? TSL_SCALE_NONE : TSL_SCALE_Z;
        if (tsl_run_open(&o.run, NULL, &o.exec, &run, &err) != TSL_OK ||
            tsl_run_read(run, TSL_CUSTOMERS, &source, 1, NULL, NULL, &err) != TSL_OK ||
            tsl_run_build(run, TSL_RUN_LABELS, TSL_NO_DAY, &err) != TSL_OK) {
            fail_msg("%s", err.message);
        }
        const tsl_sweep *sweep = tsl_run_get_model(run)->sweep;
        for (size_t c = 0; c < sweep->cols; c++) {
            all += sweep->column_share[c];
            most = fmax(most, sweep->column_share[c]);
        }
        for (size_t i = 0; i < sweep->info.notes.count; i++) {
            noted += strstr(sweep->info.notes.text[i], "of the squared distance") != NULL;
        }
        assert_true(fabs(all - 1) < 1e-12);
        assert_true(raw ? most > 0.5 : most < 0.5);
        assert_int_equal(noted, raw);
        tsl_run_free(run);
    }
    tsl__text_free(&people);
    tsl__text_free(&visits);
}

/* A number that leads alone beside yes/no columns carries all; where there is no other column there is no choice. */
static void test_share_of_one(void **state)
{
    (void)state;
    for (int answers = 0; answers < 2; answers++) {
        tsl__text csv = {0};
        options o;
        int noted = 0;
        tsl__text_printf(&csv, "customer_id,age%s\n", answers ? ",tasty,cheap" : "");
        for (int i = 0; i < 120; i++) {
            tsl__text_printf(&csv, "c%d,%d%s\n", i, 18 + i * 7 % 60,
                             !answers        ? ""
                             : i * i % 7 % 2 ? ",yes,no"
                                             : ",no,yes");
        }
        tsl_run *run = run_tables(&(asked){0}, &o, csv.data, NULL);
        const tsl_sweep *sweep = tsl_run_get_model(run)->sweep;
        assert_int_equal(sweep->cols, 1);
        for (size_t i = 0; i < sweep->info.notes.count; i++) {
            noted += strstr(sweep->info.notes.text[i], "\"age\" carries all of the squared distance") != NULL;
        }
        assert_int_equal(noted, answers);
        tsl_run_free(run);
        tsl__text_free(&csv);
    }
}

/* Of three columns one is the same everywhere: each of the two others carries half, of which nothing is to be said. */
static void test_share_of_two(void **state)
{
    (void)state;
    tsl__text csv = {0};
    options o;
    tsl_run *run = NULL;
    tsl_error err;
    tsl__text_puts(&csv, "customer_id,order_id,date,amount\n");
    for (int i = 0; i < 300; i++) {
        tsl__text_printf(&csv, "C%d,%d,2024-%02d-%02d,%d.25\n", i, i, 1 + i % 12, 1 + i * 7 % 28, 3 + i * i % 97);
    }
    const tsl_source source = {.bytes = csv.data, .count = csv.length};
    set_options(&(asked){.basis = TSL_BASIS_CORE}, &o);
    if (tsl_run_open(&o.run, NULL, &o.exec, &run, &err) != TSL_OK ||
        tsl_run_read(run, TSL_TRANSACTIONS, &source, 1, NULL, NULL, &err) != TSL_OK ||
        tsl_run_build(run, TSL_RUN_LABELS, TSL_NO_DAY, &err) != TSL_OK) {
        fail_msg("%s", err.message);
    }
    const tsl_sweep *sweep = tsl_run_get_model(run)->sweep;
    assert_int_equal(sweep->cols, 3);
    for (size_t i = 0; i < sweep->info.notes.count; i++) {
        assert_null(strstr(sweep->info.notes.text[i], "of the squared distance"));
    }
    tsl_run_free(run);
    tsl__text_free(&csv);
}

/* Numbers of two values are there and vary, which the note does not deny. */
static void test_two_values(void **state)
{
    (void)state;
    options o;
    int noted = 0;
    tsl_run *run = run_tables(&(asked){.k = 2}, &o, "customer_id,spend,age\na,5,30\nb,7,40\nc,7,40\nd,5,30\n", NULL);
    const tsl_notes *notes = &tsl_run_get_features(run)->info.notes;
    for (size_t i = 0; i < notes->count; i++) {
        noted += strstr(notes->text[i], "as no number takes more than two values") != NULL;
    }
    assert_int_equal(noted, 1);
    tsl_run_free(run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_stages, scratch_setup, scratch_teardown),
        cmocka_unit_test_setup_teardown(test_chosen_by_name, scratch_setup, scratch_teardown),
        cmocka_unit_test_setup_teardown(test_warm_start, scratch_setup, scratch_teardown),
        cmocka_unit_test(test_interactions_and_threads),
        cmocka_unit_test(test_few),
        cmocka_unit_test_setup_teardown(test_one_place, scratch_setup, scratch_teardown),
        cmocka_unit_test(test_seeds),
        cmocka_unit_test(test_flags),
        cmocka_unit_test(test_shares),
        cmocka_unit_test(test_share_of_two),
        cmocka_unit_test(test_share_of_one),
        cmocka_unit_test(test_two_values),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
