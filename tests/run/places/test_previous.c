/* test_previous.c: segments that evolve: on the day of the earlier run, a month later, where one has died out, and of
 * customers without orders whose leading numbers are others now. */
#include "run/market.h"

#include "run/run_state.h"

static void assert_close(double a, double b, double most)
{
    if (!(fabs(a - b) <= most)) {
        fail_msg("%.17g is not %.17g", a, b);
    }
}

static const char *put_orders(const market *m, int until)
{
    tsl__text csv = market_write(m, until);
    const char *path = scratch_path("orders.csv");
    scratch_write(path, csv.data, csv.length);
    tsl__text_free(&csv);
    return path;
}

typedef struct asked {
    const char *table;
    tsl_table_kind kind;
    const char *previous; /* folder in the scratch, or NULL */
    int alone;            /* 1: its model alone */
    double hold;          /* 0: the default */
    int threads;
    tsl_basis basis;
} asked;

static tsl_status try_run(const asked *of, tsl_run **run, tsl_error *err)
{
    tsl_run_options opt;
    tsl_feature_options features;
    tsl_exec exec;
    tsl_status status = TSL_OK;
    TSL_DEFAULTS(run, &opt);
    TSL_DEFAULTS(feature, &features);
    TSL_DEFAULTS(exec, &exec);
    features.selection.basis = of->basis;
    exec.threads = of->threads;
    opt.features = &features;
    opt.evidence = 0;
    opt.holdout_days = 0;
    opt.hold = of->hold > 0 ? of->hold : opt.hold;
    if (tsl_run_open(&opt, NULL, &exec, run, err) != TSL_OK) {
        return err->status;
    }
    if (of->previous) {
        char name[64];
        snprintf(name, sizeof name, "%s.h5", of->previous);
        const tsl_source model = {.path = scratch_path(name)};
        snprintf(name, sizeof name, "%s.csv", of->previous);
        const tsl_source segments = {.path = scratch_path(name)};
        status = tsl_run_read_previous(*run, &model, of->alone ? NULL : &segments, err);
    }
    status =
        status == TSL_OK ? tsl_run_read(*run, of->kind, &(tsl_source){.path = of->table}, 1, NULL, NULL, err) : status;
    return status == TSL_OK ? tsl_run_build(*run, TSL_RUN_LABELS, TSL_NO_DAY, err) : status;
}

static tsl_run *do_run(const asked *of)
{
    tsl_run *run = NULL;
    tsl_error err;
    if (try_run(of, &run, &err) != TSL_OK) {
        fail_msg("%s", err.message);
    }
    return run;
}

/* What a run folder has of it. */
static void keep(const tsl_run *run, const char *name)
{
    char file[64];
    tsl_segmentation view;
    tsl_error err;
    tsl_run_get_segmentation(run, &view);
    snprintf(file, sizeof file, "%s.h5", name);
    assert_int_equal(tsl_segmentation_write(&view, &(tsl_target){.path = scratch_path(file)}, &err), TSL_OK);
    snprintf(file, sizeof file, "%s.csv", name);
    assert_int_equal(tsl_segments_write(tsl_run_get_labels(run), &(tsl_target){.path = scratch_path(file)}, NULL, &err),
                     TSL_OK);
}

static void check_same_labels(const tsl_run *a, const tsl_run *b)
{
    const tsl_labels *x = tsl_run_get_labels(a), *y = tsl_run_get_labels(b);
    assert_int_equal(x->customers, y->customers);
    assert_memory_equal(x->customer_segment, y->customer_segment, x->customers * sizeof *x->customer_segment);
    assert_int_equal(x->segment_count, y->segment_count);
    for (size_t s = 0; s < x->segment_count; s++) {
        assert_string_equal(x->segments[s].code, y->segments[s].code);
        assert_string_equal(x->segments[s].names[0], y->segments[s].names[0]);
        assert_string_equal(x->segments[s].names[1], y->segments[s].names[1]);
    }
}

static market *draw(void)
{
    market *m = malloc(sizeof *m);
    market_fill(m, 1, MARKET_DAYS);
    return m;
}

/* Of the same day: everybody where he was, as he holds it; and nearly so where nobody holds. */
static void test_same_day(void **state)
{
    (void)state;
    market *m = draw();
    const asked first = {.table = put_orders(m, MARKET_DAYS), .kind = TSL_TRANSACTIONS};
    asked again = first, loose = first;
    again.previous = loose.previous = "then";
    loose.hold = 1;
    again.threads = 1;
    tsl_run *a = do_run(&first);
    keep(a, "then");
    tsl_run *b = do_run(&again), *c = do_run(&loose);
    check_same_labels(a, b);
    const tsl_succession *s = tsl_run_get_succession(b);
    assert_close(s->agreement, 1, 1e-12);
    assert_close(s->share, 1, 0);
    assert_int_equal(s->both, tsl_run_get_labels(a)->customers);
    assert_close(s->hold, 1.5, 0);
    assert_true(tsl_run_get_succession(c)->agreement > .9);
    assert_int_equal(tsl_run_get_succession(c)->held, 0);
    again.threads = 2;
    tsl_run *d = do_run(&again);
    check_same_labels(b, d);
    assert_memory_equal(tsl_run_get_model(b)->center, tsl_run_get_model(d)->center,
                        (size_t)tsl_run_get_model(b)->k * tsl_run_get_model(b)->cols * sizeof(double));
    assert_memory_equal(tsl_run_get_labels(b)->distance, tsl_run_get_labels(d)->distance,
                        tsl_run_get_labels(b)->customers * sizeof(double));
    tsl_run_free(a);
    tsl_run_free(b);
    tsl_run_free(c);
    tsl_run_free(d);
    free(m);
}

/* Codes, names and numbers stay; those who hold lie farther from theirs than from the nearest, but not over the factor,
 * and the distance is that to theirs; a model alone holds nobody. */
static void test_later(void **state)
{
    (void)state;
    market *m = draw();
    tsl_run *a = do_run(&(asked){.table = put_orders(m, MARKET_DAYS - 90), .kind = TSL_TRANSACTIONS});
    keep(a, "then");
    const char *table = put_orders(m, MARKET_DAYS);
    tsl_run *b = do_run(&(asked){.table = table, .kind = TSL_TRANSACTIONS, .previous = "then"});
    const tsl_run *of = b;
    const tsl_labels *now = tsl_run_get_labels(b), *then = tsl_run_get_labels(a);
    const tsl_assignment *to = tsl_run_get_assignment(b);
    uint64_t held = 0;
    for (size_t s = 0; s < (size_t)tsl_run_get_model(a)->k; s++) {
        assert_string_equal(now->segments[s].code, then->segments[s].code);
        assert_string_equal(now->segments[s].names[0], then->segments[s].names[0]);
    }
    for (size_t i = 0; i < now->customers; i++) {
        if (to->runner_up[i] >= 0 && to->distance[i] > to->runner_up_distance[i]) {
            held++;
            assert_true(to->distance[i] <= 1.5 * to->runner_up_distance[i] * (1 + 1e-12));
            assert_close(now->confidence[i], 0, 0);
        }
    }
    assert_true(held > 0);
    assert_int_equal(held, of->held);
    assert_int_equal(held, tsl_run_get_succession(b)->held);
    tsl_run *c = do_run(&(asked){.table = table, .kind = TSL_TRANSACTIONS, .previous = "then", .alone = 1});
    assert_null(tsl_run_get_succession(c));
    assert_int_equal(c->held, 0);
    assert_memory_equal(tsl_run_get_model(b)->center, tsl_run_get_model(c)->center,
                        (size_t)tsl_run_get_model(b)->k * tsl_run_get_model(b)->cols * sizeof(double));
    tsl_run_free(a);
    tsl_run_free(b);
    tsl_run_free(c);
    free(m);
}

/* So many customers who bought once, `ago` days before day 19400. */
static void put_once(tsl__text *csv, int count, int ago, int amount, int *customer)
{
    char day[11];
    for (int i = 0; i < count; i++, ++*customer) {
        tsl_day_write(19400 - ago - i % 5, day);
        tsl__text_printf(csv, "c%04d,o%d,%s,%d\n", *customer, 10 * *customer, day, amount);
    }
}

/* Eighty who come back every `gap` days, and some who bought once: at two levels of spend, lately and long ago, or one
 * kind of them. */
static const char *put_singles_of(int gap, int small, int large, int lapsed)
{
    tsl__text csv = {0};
    int customer = 0;
    tsl__text_puts(&csv, "customer_id,order_id,date,amount\n");
    for (; customer < 80; customer++) {
        for (int o = 0; o < 3 + customer % 4; o++) {
            char day[11];
            tsl_day_write(19399 - customer % 7 - o * gap, day);
            tsl__text_printf(&csv, "c%04d,o%d,%s,%d\n", customer, 10 * customer + o, day, 20 + customer % 9);
        }
    }
    put_once(&csv, small, 5, large || lapsed ? 10 : 300, &customer);
    put_once(&csv, large, 5, 1000, &customer);
    put_once(&csv, lapsed, 90, 50, &customer);
    const char *path = scratch_path("singles.csv");
    scratch_write(path, csv.data, csv.length);
    tsl__text_free(&csv);
    return path;
}

static const char *put_singles(int gap, int several)
{
    return several ? put_singles_of(gap, 100, 100, 60) : put_singles_of(gap, 100, 0, 0);
}

static int has_note(const tsl_run *run, const char *words)
{
    const tsl_notes *notes = &tsl_run_get_model(run)->sweep->info.notes;
    int has = 0;
    for (size_t i = 0; i < notes->count; i++) {
        has += strstr(notes->text[i], words) != NULL;
    }
    return has;
}

static void check_rules(const tsl_run *run, size_t count, const char *first, double gap, double cut)
{
    const tsl_recipe *recipe = tsl_run_get_features(run)->recipe;
    assert_int_equal(recipe->class_count, count);
    assert_string_equal(recipe->classes[0].code, first);
    assert_close(recipe->gap_days, gap, 0);
    assert_true(recipe->classes[0].total_low == cut);
    assert_int_equal(tsl_run_get_labels(run)->segment_count, tsl_run_get_model(run)->k + (int)count);
}

/* Who is set apart, and by which limits, is as it was: a code means the same the next month. */
static void test_rules_stay(void **state)
{
    (void)state;
    tsl_run *a = do_run(&(asked){.table = put_singles(30, 1), .kind = TSL_TRANSACTIONS});
    const double cut = tsl_run_get_features(a)->recipe->classes[0].total_low;
    check_rules(a, 4, "ONCE_RECENT_LARGER", 30, cut);
    assert_true(cut > 10 && cut < 1000);
    keep(a, "then");
    tsl_run *alone = do_run(&(asked){.table = put_singles(20, 0), .kind = TSL_TRANSACTIONS});
    check_rules(alone, 2, "ONCE", 20, -INFINITY);
    tsl_run *b = do_run(&(asked){.table = put_singles(20, 0), .kind = TSL_TRANSACTIONS, .previous = "then"});
    check_rules(b, 4, "ONCE_RECENT_LARGER", 30, cut); /* nobody is in the others, which stay for those to come */
    tsl_run *c =
        do_run(&(asked){.table = put_singles_of(20, 30, 50, 10), .kind = TSL_TRANSACTIONS, .previous = "then"});
    check_rules(c, 4, "ONCE_RECENT_LARGER", 30, cut);
    assert_int_equal(has_note(c, "is as in the previous run"), 1);
    assert_int_equal(has_note(c, "those who bought once are ONCE_RECENT_LARGER, ONCE_RECENT_SMALLER, ONCE_LAPSED; the "
                                 "usual gap between purchases stays 30 days"),
                     1);
    assert_int_equal(has_note(alone, "as in the previous run"), 0);
    tsl_run_free(a);
    tsl_run_free(alone);
    tsl_run_free(b);
    tsl_run_free(c);
}

/* A part that holds less than a segment has to is joined with its like, and the last of them is not set apart; those
 * who are joined carry the name that a first run gives such. */
static void test_small_parts_are_joined(void **state)
{
    (void)state;
    static const struct {
        int small, large, lapsed; /* customers */
        size_t count;             /* of classes */
        const char *code[3], *now;
    } ways[] = {
        {60, 60, 10, 4, {"ONCE_RECENT_LARGER", "ONCE_RECENT_SMALLER", "ONCE_LAPSED"}, NULL},
        {60, 60, 1, 3, {"ONCE_LARGER", "ONCE_SMALLER"}, "ONCE_LARGER, ONCE_SMALLER now"},
        {60, 1, 60, 3, {"ONCE_RECENT", "ONCE_LAPSED"}, "ONCE_RECENT, ONCE_LAPSED now"},
        {9, 1, 60, 3, {"ONCE_RECENT", "ONCE_LAPSED"}, "ONCE_RECENT, ONCE_LAPSED now"},
        {1, 8, 60, 2, {"ONCE"}, "ONCE now"},
        {1, 8, 0, 1, {NULL}, "are among the others now"},
    };
    tsl_run *a = do_run(&(asked){.table = put_singles(30, 1), .kind = TSL_TRANSACTIONS});
    keep(a, "then");
    tsl_run_free(a);
    for (size_t w = 0; w < sizeof ways / sizeof *ways; w++) {
        const char *table = put_singles_of(30, ways[w].small, ways[w].large, ways[w].lapsed);
        tsl_run *b = do_run(&(asked){.table = table, .kind = TSL_TRANSACTIONS, .previous = "then"});
        const tsl_recipe *recipe = tsl_run_get_features(b)->recipe;
        const tsl_labels *labels = tsl_run_get_labels(b);
        assert_int_equal(recipe->class_count, ways[w].count);
        for (size_t c = 0; c + 1 < ways[w].count; c++) {
            assert_string_equal(recipe->classes[c].code, ways[w].code[c]);
        }
        for (size_t s = 0; s + 1 < labels->segment_count; s++) { /* behind them: nobody without a purchase */
            assert_true(labels->segments[s].size >= 10);
        }
        assert_int_equal(has_note(b, ways[w].now ? ways[w].now : "is as in the previous run"), 1);
        assert_int_equal(has_note(b, "nothing is a segment of its own"), ways[w].now != NULL);
        tsl_run_free(b);
    }
}

/* The other way round: who was not apart is not. */
static void test_not_apart_stays(void **state)
{
    (void)state;
    market *m = draw();
    tsl_run *a = do_run(&(asked){.table = put_orders(m, MARKET_DAYS), .kind = TSL_TRANSACTIONS});
    assert_int_equal(tsl_run_get_features(a)->recipe->class_count, 1);
    keep(a, "then");
    tsl_run *b = do_run(&(asked){.table = put_singles(30, 1), .kind = TSL_TRANSACTIONS, .previous = "then"});
    assert_int_equal(tsl_run_get_features(b)->recipe->class_count, 1);
    assert_int_equal(has_note(b, "those who bought once are not"), 1);
    tsl_run_free(a);
    tsl_run_free(b);
    free(m);
}

/* ---- Customers without orders ------------------------------------------------------------ */

/* Groups in two numbers, each of which stands in three columns; in the first of them, which leads where it can, later
 * alone. groups 0: one, in which both numbers are the same. lacking: a column that is left out, or NULL. */
static const char *put_people(int later, int groups, const char *lacking)
{
    static const char *const name[] = {"p", "u", "p2", "q", "v", "q2"};
    tsl__text csv = {0};
    tsl__text_puts(&csv, "customer_id");
    for (int c = 0; c < 6; c++) {
        if (!lacking || strcmp(lacking, name[c]) != 0) {
            tsl__text_printf(&csv, ",%s", name[c]);
        }
    }
    for (int i = 0; i < 300; i++) {
        tsl__rng rng = tsl__rng_open(3, 2, (uint32_t)i);
        const int group = groups ? i % groups : 0;
        double number[2] = {10 + 20 * (group % 2) + 9 * tsl__rng_uniform(&rng),
                            10 + 20 * (group / 2) + 9 * tsl__rng_uniform(&rng)};
        number[1] = groups ? number[1] : number[0];
        tsl__text_printf(&csv, "\np%03d", i);
        for (int c = 0; c < 6; c++) {
            const double noise = 6 * tsl__rng_uniform(&rng) * (c % 3 != 1);
            const double tells = c % 3 || later ? number[c / 3] : 0;
            if (!lacking || strcmp(lacking, name[c]) != 0) {
                tsl__text_printf(&csv, ",%.3f", tells + noise);
            }
        }
    }
    tsl__text_puts(&csv, "\n");
    const char *path = scratch_path("people.csv");
    scratch_write(path, csv.data, csv.length);
    tsl__text_free(&csv);
    return path;
}

static int has_column(const tsl_run *run, const char *name)
{
    const tsl_model *model = tsl_run_get_model(run);
    int has = 0;
    for (size_t c = 0; c < model->cols; c++) {
        has += strcmp(model->column[c], name) == 0;
    }
    return has;
}

/* The numbers that clusters are found by are those of the earlier run, whichever would be chosen now. */
static void test_numbers_stay(void **state)
{
    (void)state;
    tsl_error err;
    tsl_run *run = do_run(&(asked){.table = put_people(0, 4, NULL), .kind = TSL_CUSTOMERS});
    assert_true(has_column(run, "u") && has_column(run, "v"));
    keep(run, "then");
    tsl_run_free(run);
    run = do_run(&(asked){.table = put_people(1, 4, NULL), .kind = TSL_CUSTOMERS});
    assert_false(has_column(run, "u") && has_column(run, "v"));
    tsl_run_free(run);
    asked later = {.table = put_people(1, 4, NULL), .kind = TSL_CUSTOMERS, .previous = "then"};
    run = do_run(&later);
    assert_true(has_column(run, "u") && has_column(run, "v"));
    assert_int_equal(tsl_run_get_model(run)->cols, 2);
    assert_int_equal(tsl_run_get_succession(run)->both, 300);
    tsl_run_free(run);
    later.basis = TSL_BASIS_ALL; /* which the earlier centres have no values in: found anew, and matched */
    run = do_run(&later);
    const tsl_notes *notes = &tsl_run_get_model(run)->sweep->info.notes;
    int noted = 0;
    for (size_t i = 0; i < notes->count; i++) {
        noted += strstr(notes->text[i], "the earlier clusters were not found by") != NULL;
    }
    assert_int_equal(noted, 1);
    assert_int_equal(tsl_run_get_succession(run)->both, 300);
    assert_true(isnan(tsl_run_get_succession(run)->hold));
    tsl_run_free(run);
    later.basis = TSL_BASIS_DEFAULT;
    later.table = put_people(1, 4, "v");
    assert_int_equal(try_run(&later, &run, &err), TSL_E_INPUT);
    assert_non_null(strstr(err.message, "the segments were found by \"v\", which is not there now"));
    tsl_run_free(run);
}

/* Nobody is near one of them any more: it goes, with a note, and the others keep their codes. */
static void test_died_out(void **state)
{
    (void)state;
    tsl_run *a = do_run(&(asked){.table = put_people(0, 4, NULL), .kind = TSL_CUSTOMERS});
    keep(a, "then");
    tsl_run *b =
        do_run(&(asked){.table = put_people(0, 0, NULL), .kind = TSL_CUSTOMERS, .previous = "then", .hold = 1});
    const tsl_model *before = tsl_run_get_model(a), *now = tsl_run_get_model(b);
    const tsl_notes *notes = &now->sweep->info.notes;
    int noted = 0;
    assert_true(now->k < before->k);
    for (size_t i = 0; i < notes->count; i++) {
        noted += strstr(notes->text[i], "of the previous run (") != NULL; /* "segment 2 of ..." */
    }
    assert_int_equal(noted, before->k - now->k);
    for (int s = 0; s < now->k; s++) {
        int found = 0;
        for (int t = 0; t < before->k; t++) {
            found += strcmp(now->code[s], before->code[t]) == 0;
        }
        assert_int_equal(found, 1);
    }
    tsl_run_free(a);
    tsl_run_free(b);
}

/* ---- What goes with what ------------------------------------------------------------------- */

/* Leaves of a tree are no places. */
static void test_tree_refused(void **state)
{
    (void)state;
    tsl_run *a = do_run(&(asked){.table = put_people(0, 4, NULL), .kind = TSL_CUSTOMERS}), *b = NULL;
    tsl_error err;
    a->model->by_tree = 1;
    keep(a, "then");
    assert_int_equal(
        try_run(&(asked){.table = put_people(0, 4, NULL), .kind = TSL_CUSTOMERS, .previous = "then"}, &b, &err),
        TSL_E_INPUT);
    assert_non_null(strstr(err.message, "its segments are the leaves of a tree of a target"));
    tsl_run_free(a);
    tsl_run_free(b);
}

static void test_refused(void **state)
{
    (void)state;
    tsl_run_options opt;
    tsl_kmeans_options kmeans;
    tsl_run *run = NULL;
    tsl_error err;
    tsl_run *a = do_run(&(asked){.table = put_people(0, 4, NULL), .kind = TSL_CUSTOMERS});
    keep(a, "then");
    tsl_run_free(a);
    const tsl_source model = {.path = scratch_path("then.h5")}, segments = {.path = scratch_path("then.csv")};
    static const char strange[] = "customer_id,segment\np001,9\n", places[] = "code,u\nA,1\nB,2\n";
    TSL_DEFAULTS(run, &opt);
    TSL_DEFAULTS(kmeans, &kmeans);
    opt.kmeans = &kmeans;
    for (int way = 0; way < 4; way++) {
        kmeans.k = way == 1 ? 3 : 0;
        opt.anchors = way == 2 ? TSL_ANCHORS_TYPICAL : way == 3 ? TSL_ANCHORS_NONE : TSL_ANCHORS_DEFAULT;
        assert_int_equal(tsl_run_open(&opt, NULL, NULL, &run, &err), TSL_OK);
        if (way) { /* found anew: by whose customers, else */
            assert_int_equal(tsl_run_read_previous(run, &model, NULL, &err), TSL_E_INPUT);
        }
        assert_int_equal(tsl_run_read_previous(run, &model, &segments, &err), TSL_OK);
        if (!way) { /* one of them, once */
            assert_int_equal(tsl_run_read_previous(run, &model, NULL, &err), TSL_E_OPTION);
            assert_int_equal(tsl_run_read_init(run, &model, &err), TSL_E_OPTION);
            assert_int_equal(
                tsl_run_read_anchors(run, &(tsl_source){.bytes = places, .count = sizeof places - 1}, &err),
                TSL_E_OPTION);
        }
        tsl_run_free(run);
    }
    opt.anchors = TSL_ANCHORS_DEFAULT;
    assert_int_equal(tsl_run_open(&opt, NULL, NULL, &run, &err), TSL_OK);
    assert_int_equal(
        tsl_run_read_previous(run, &model, &(tsl_source){.bytes = strange, .count = sizeof strange - 1}, &err),
        TSL_E_INPUT);
    assert_non_null(strstr(err.message, "segment: \"9\" is no segment of"));
    assert_int_equal(tsl_run_read_previous(run, &segments, NULL, &err), TSL_E_FORMAT);
    tsl_run_free(run);
    opt.hold = 0; /* not given */
    assert_int_equal(tsl_run_check(&opt, &err), TSL_OK);
    opt.hold = .5;
    assert_int_equal(tsl_run_check(&opt, &err), TSL_E_OPTION);
}

int main(void)
{
#define IN_SCRATCH(test) cmocka_unit_test_setup_teardown(test, scratch_setup, scratch_teardown)
    const struct CMUnitTest tests[] = {IN_SCRATCH(test_same_day),        IN_SCRATCH(test_later),
                                       IN_SCRATCH(test_rules_stay),      IN_SCRATCH(test_small_parts_are_joined),
                                       IN_SCRATCH(test_not_apart_stays), IN_SCRATCH(test_numbers_stay),
                                       IN_SCRATCH(test_died_out),        IN_SCRATCH(test_tree_refused),
                                       IN_SCRATCH(test_refused)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
