/* test_history.c: the months before against the same model applied to what lay before each day, and sums that have to
 * agree. */
#include "run/market.h"

#include "run/history/month_columns.h"
#include "stat/stability.h"

static market shop;

enum { MOST = 12, CUT = MARKET_DAYS - 90 };

static tsl_run *open_run(const tsl_run_options *opt, const tsl_segmentation *given, const tsl_table *customers,
                         const tsl_table *lines, int32_t as_of, int threads)
{
    const tsl_exec exec = {.size = sizeof exec, .threads = threads};
    tsl_run_options quick;
    tsl_run *run = NULL;
    tsl_error err;
    TSL_DEFAULTS(run, &quick);
    quick = opt ? *opt : quick;
    quick.evidence = quick.holdout_days = 0;
    if (tsl_run_open(&quick, given, &exec, &run, &err) != TSL_OK ||
        (customers && tsl_run_read_table(run, customers, &err) != TSL_OK) ||
        tsl_run_read_table(run, lines, &err) != TSL_OK || tsl_run_build(run, TSL_RUN_LABELS, as_of, &err) != TSL_OK) {
        fail_msg("%s", err.message);
    }
    return run;
}

static const int32_t last_day = MARKET_FIRST + MARKET_DAYS;

/* ---- Naively --------------------------------------------------------------------- */

/* The model applied to the lines before a day; -1: not there. */
typedef struct then {
    int32_t segment[MARKET_CUSTOMERS];
    double value[MARKET_CUSTOMERS];
} then;

static void apply(const tsl_segmentation *model, const char *value, int32_t cut, then *out)
{
    tsl_run_options opt;
    TSL_DEFAULTS(run, &opt);
    opt.history_months = 0;
    tsl_table *part = market_table(&shop, cut - MARKET_FIRST);
    tsl_run *run = open_run(&opt, model, NULL, part, cut, 1);
    const tsl_features *f = tsl_run_get_features(run);
    assert_null(tsl_run_get_history(run));
    for (int c = 0; c < MARKET_CUSTOMERS; c++) {
        char id[8];
        market_put_id(c, id);
        const size_t i = tsl_features_get_customer(f, id);
        out->segment[c] = i < f->customers ? tsl_run_get_assignment(run)->label[i] : -1;
        out->value[c] = i < f->customers && value ? f->x[i * f->feature_count + tsl_features_get_index(f, value)] : 0;
    }
    tsl_run_free(run);
    tsl_table_free(part);
}

static void check_point(const tsl_history *h, size_t at, const then *now)
{
    const size_t k = (size_t)h->k;
    uint64_t size[TSL_HISTORY_SEGMENTS] = {0}, known = 0;
    for (int c = 0; c < MARKET_CUSTOMERS; c++) {
        if (now->segment[c] >= 0) {
            size[now->segment[c]]++;
            known++;
        }
    }
    assert_memory_equal(h->customers + at * k, size, k * sizeof *size);
    assert_true(known + h->absent[at] > 0);
}

static void check_month(const tsl_history *h, size_t at, const then *before, const then *now)
{
    const size_t k = (size_t)h->k;
    int64_t revenue[TSL_HISTORY_SEGMENTS + 1] = {0};
    uint64_t active[TSL_HISTORY_SEGMENTS + 1] = {0}, *moves = calloc((k + 1) * k, sizeof *moves);
    double *value = calloc((k + 1) * k, sizeof *value);
    for (int c = 0; c < MARKET_CUSTOMERS; c++) {
        const size_t from = before->segment[c] < 0 ? k : (size_t)before->segment[c];
        int bought;
        revenue[from] +=
            100 * market_get_net(&shop, c, h->cut[at - 1] - MARKET_FIRST, h->cut[at] - MARKET_FIRST, &bought);
        active[from] += (uint64_t)bought;
        if (now->segment[c] >= 0) {
            moves[from * k + (size_t)now->segment[c]]++;
            value[from * k + (size_t)now->segment[c]] += isnan(now->value[c]) ? 0 : now->value[c];
        }
    }
    assert_memory_equal(h->revenue + at * (k + 1), revenue, (k + 1) * sizeof *revenue);
    assert_memory_equal(h->active + at * (k + 1), active, (k + 1) * sizeof *active);
    assert_memory_equal(h->moves + at * (k + 1) * k, moves, (k + 1) * k * sizeof *moves);
    for (size_t i = 0; h->value && i < (k + 1) * k; i++) {
        const double seen = (double)h->value[at * (k + 1) * k + i] / TSL_DECIMAL_ONE;
        assert_true(fabs(seen - value[i]) <= 1e-4 * (1 + (double)moves[i]));
    }
    free(moves);
    free(value);
}

/* What holds of any history. */
static void check_sums(const tsl_history *h, const tsl_features *f)
{
    const size_t k = (size_t)h->k;
    for (size_t at = 0; at < h->cuts; at++) {
        uint64_t all = h->absent[at];
        for (size_t s = 0; s < k; s++) {
            uint64_t came = 0, went = 0;
            all += h->customers[at * k + s];
            for (size_t o = 0; o <= k && at > 0; o++) {
                came += h->moves[(at * (k + 1) + o) * k + s];
                went += o < k ? h->moves[(at * (k + 1) + s) * k + o] : 0;
            }
            if (at > 0) {
                assert_int_equal(came, h->customers[at * k + s]);
                assert_int_equal(went, h->customers[(at - 1) * k + s]);
            }
        }
        assert_int_equal(all, f->customers);
    }
}

/* ---- Against the model applied ------------------------------------------------------ */

static void check_run(const tsl_run_options *opt, int from_model)
{
    tsl_table *lines = market_table(&shop, MARKET_DAYS);
    tsl_run *fit = open_run(opt, NULL, NULL, lines, last_day, 1), *applied = NULL;
    tsl_segmentation delivered;
    then at[2];
    tsl_run_get_segmentation(fit, &delivered);
    if (from_model) {
        applied = open_run(NULL, &delivered, NULL, lines, last_day, 2);
    }
    const tsl_run *run = from_model ? applied : fit;
    const tsl_history *h = tsl_run_get_history(run);
    assert_non_null(h);
    assert_int_equal(h->k, tsl_model_get_groups(delivered.model));
    assert_int_equal(h->cuts, MOST + 1);
    assert_int_equal(h->cut[h->cuts - 1], last_day);
    const char *value = tsl_run_get_labels(run)->value_name;
    assert_true(value ? strcmp(h->value_name, value) == 0 : !h->value && !h->value_name);
    apply(&delivered, value, h->cut[0], &at[0]);
    check_point(h, 0, &at[0]);
    for (size_t i = 1; i < h->cuts; i++) {
        apply(&delivered, value, h->cut[i], &at[i % 2]);
        check_point(h, i, &at[i % 2]);
        check_month(h, i, &at[(i + 1) % 2], &at[i % 2]);
    }
    check_sums(h, tsl_run_get_features(run));
    for (int s = 0; s < h->k; s++) { /* the last day is the run's own */
        assert_int_equal(h->customers[(h->cuts - 1) * (size_t)h->k + (size_t)s],
                         tsl_run_get_labels(run)->segments[s].size);
    }
    tsl_run_free(applied);
    tsl_run_free(fit);
    tsl_table_free(lines);
}

/* By typical places, plain k-means of all columns, a tree of a target, and values other than money: a fit of each, and
 * its model applied. */
static void test_as_applied(void **state)
{
    (void)state;
    tsl_kmeans_options kmeans;
    tsl_feature_options features;
    tsl_label_options labels;
    tsl_run_options opt[4];
    TSL_DEFAULTS(kmeans, &kmeans);
    TSL_DEFAULTS(feature, &features);
    TSL_DEFAULTS(label, &labels);
    kmeans.k = 4;
    features.selection.basis = TSL_BASIS_ALL;
    labels.value = "p_alive";
    for (int i = 0; i < 4; i++) {
        TSL_DEFAULTS(run, &opt[i]);
    }
    opt[1].kmeans = &kmeans;
    opt[1].features = &features;
    opt[2].target = "monetary_total";
    opt[3].labels = &labels;
    market_fill(&shop, 1, CUT);
    for (int i = 0; i < 4; i++) {
        check_run(&opt[i], i % 2);
    }
}

/* ---- The same whatever the threads, and nothing else changed ---------------------------- */

static void check_same(const tsl_history *a, const tsl_history *b)
{
    const size_t k = (size_t)a->k;
    assert_int_equal(a->cuts, b->cuts);
    assert_memory_equal(a->customers, b->customers, a->cuts * k * sizeof *a->customers);
    assert_memory_equal(a->revenue, b->revenue, a->cuts * (k + 1) * sizeof *a->revenue);
    assert_memory_equal(a->active, b->active, a->cuts * (k + 1) * sizeof *a->active);
    assert_memory_equal(a->moves, b->moves, a->cuts * (k + 1) * k * sizeof *a->moves);
    assert_memory_equal(a->value, b->value, a->cuts * (k + 1) * k * sizeof *a->value);
    assert_int_equal(a->drift_count, b->drift_count);
    for (size_t i = 0; i < a->drift_count; i++) {
        assert_string_equal(a->drift[i].name, b->drift[i].name);
        assert_memory_equal(&a->drift[i].psi, &b->drift[i].psi, 3 * sizeof(double));
    }
    assert_memory_equal(&a->drift_segments, &b->drift_segments, sizeof a->drift_segments);
}

/* Tables of files are kept by customer, in many shards, others in one: the same comes of both. */
static void test_threads_and_tables(void **state)
{
    (void)state;
    tsl_run *run[3];
    tsl_error err;
    market_fill(&shop, 1, CUT);
    tsl_table *lines = market_table(&shop, MARKET_DAYS);
    tsl__text csv = market_write(&shop, MARKET_DAYS);
    const tsl_source source = {.bytes = csv.data, .count = csv.length};
    for (int i = 0; i < 2; i++) {
        run[i] = open_run(NULL, NULL, NULL, lines, last_day, 1 + 2 * i);
    }
    tsl_run_options quick;
    TSL_DEFAULTS(run, &quick);
    quick.evidence = quick.holdout_days = 0;
    assert_int_equal(tsl_run_open(&quick, NULL, NULL, &run[2], &err), TSL_OK);
    assert_int_equal(tsl_run_read(run[2], TSL_TRANSACTIONS, &source, 1, NULL, NULL, &err), TSL_OK);
    assert_int_equal(tsl_run_build(run[2], TSL_RUN_LABELS, last_day, &err), TSL_OK);
    for (int i = 1; i < 3; i++) {
        check_same(tsl_run_get_history(run[0]), tsl_run_get_history(run[i]));
    }
    for (int i = 0; i < 3; i++) {
        tsl_run_free(run[i]);
    }
    tsl__text_free(&csv);
    tsl_table_free(lines);
}

/* ---- The days ---------------------------------------------------------------------------- */

/* A month after the first transaction at the earliest, as many as are asked for, none of under two months; days that a
 * month has not are its last. */
static void test_days(void **state)
{
    (void)state;
    const struct {
        const char *as_of;
        int months;
        size_t cuts;
        const char *first;
    } cases[] = {{"2022-02-08", 12, 0, ""},           {"2022-03-09", 12, 0, ""},
                 {"2022-03-10", 12, 2, "2022-02-10"}, {"2022-05-31", 12, 4, "2022-02-28"},
                 {"2022-05-31", 2, 3, "2022-03-31"},  {"2022-05-31", 0, 0, ""},
                 {"2025-05-31", 36, 37, "2022-05-31"}};
    tsl__text csv = {0};
    tsl__text_puts(&csv, "customer_id,date,amount\n");
    for (int c = 0; c < 60; c++) {
        tsl__text_printf(&csv, "c%d,2022-01-%02d,%d\nc%d,2022-02-0%d,5\n", c, 10 + c % 9, 5 + c, c, 1 + c % 7);
    }
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const tsl_source source = {.bytes = csv.data, .count = csv.length};
        tsl_table *lines = NULL;
        tsl_run_options opt;
        int32_t as_of, first;
        TSL_DEFAULTS(run, &opt);
        opt.history_months = cases[i].months;
        assert_int_equal(tsl_day_read(cases[i].as_of, &as_of, NULL), TSL_OK);
        assert_int_equal(tsl_table_read(TSL_TRANSACTIONS, &source, 1, NULL, NULL, NULL, NULL, &lines, NULL), TSL_OK);
        tsl_run *run = open_run(&opt, NULL, NULL, lines, as_of, 1);
        const tsl_history *h = tsl_run_get_history(run);
        assert_int_equal(h ? h->cuts : 0, cases[i].cuts);
        if (h) {
            assert_int_equal(tsl_day_read(cases[i].first, &first, NULL), TSL_OK);
            assert_int_equal(h->cut[0], first);
            assert_int_equal(h->cut[h->cuts - 1], as_of);
            assert_int_equal(h->absent[h->cuts - 1], 0);
        }
        tsl_run_free(run);
        tsl_table_free(lines);
    }
    tsl__text_free(&csv);
}

static void test_option(void **state)
{
    (void)state;
    tsl_run_options opt;
    tsl_error err;
    TSL_DEFAULTS(run, &opt);
    assert_int_equal(opt.history_months, 12);
    opt.history_months = TSL_HISTORY_MONTHS;
    assert_int_equal(tsl_run_check(&opt, &err), TSL_OK);
    opt.history_months++;
    assert_int_equal(tsl_run_check(&opt, &err), TSL_E_OPTION);
    assert_string_equal(err.message, "history_months: 37 is outside 0 to 36");
    opt.history_months = -1;
    assert_int_equal(tsl_run_check(&opt, &err), TSL_E_OPTION);
}

/* ---- Who is known ------------------------------------------------------------------------- */

/* By the day on which the customers' table says that he came, where it says one and he had no row before; else by his
 * first row; who has neither is never there. */
static void test_known(void **state)
{
    (void)state;
    tsl__text people = {0};
    tsl_error err;
    tsl_table *customers = NULL;
    market_fill(&shop, 1, CUT);
    tsl__text_puts(&people, "customer_id,member_since,points\n");
    for (int c = 0; c < MARKET_CUSTOMERS + 20; c++) { /* twenty without a line */
        char day[11];
        tsl_day_write(MARKET_FIRST + c, day);
        tsl__text_printf(&people, "m%04d,%s,%d\n", c, c % 2 ? day : "", c % 50);
    }
    const tsl_source source = {.bytes = people.data, .count = people.length};
    if (tsl_table_read(TSL_CUSTOMERS, &source, 1, NULL, NULL, NULL, NULL, &customers, &err) != TSL_OK) {
        fail_msg("%s", err.message);
    }
    tsl_table *lines = market_table(&shop, MARKET_DAYS);
    tsl_run *run = open_run(NULL, NULL, customers, lines, last_day, 2);
    const tsl_history *h = tsl_run_get_history(run);
    for (size_t at = 0; at < h->cuts; at++) {
        uint64_t known = 0, seen = 0;
        for (int c = 0; c < MARKET_CUSTOMERS + 20; c++) {
            int is = c % 2 && MARKET_FIRST + c < h->cut[at];
            for (int i = 0; i < shop.count && !is; i++) {
                is = shop.line[i].customer == c && MARKET_FIRST + shop.line[i].day < h->cut[at];
            }
            known += (uint64_t)is;
        }
        for (size_t s = 0; s < (size_t)h->k; s++) {
            seen += h->customers[at * (size_t)h->k + s];
        }
        assert_int_equal(seen, known);
        assert_int_equal(h->absent[at], MARKET_CUSTOMERS + 20 - known);
    }
    assert_int_equal(h->absent[h->cuts - 1], 10);
    check_sums(h, tsl_run_get_features(run));
    tsl_run_free(run);
    tsl_table_free(lines);
    tsl_table_free(customers);
    tsl__text_free(&people);
}

/* ---- What the last month changed -------------------------------------------------------------- */

static int rising(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

static double find_median(double *value, size_t n)
{
    qsort(value, n, sizeof *value, rising);
    return (value[(n - 1) / 2] + value[n / 2]) / 2;
}

/* Values of a feature as of a day, of the lines before it. */
static size_t get_values(const tsl_segmentation *model, const char *name, int32_t cut, double *out)
{
    tsl_run_options opt;
    size_t n = 0;
    TSL_DEFAULTS(run, &opt);
    opt.history_months = 0;
    tsl_table *part = market_table(&shop, cut - MARKET_FIRST);
    tsl_run *run = open_run(&opt, model, NULL, part, cut, 1);
    const tsl_features *f = tsl_run_get_features(run);
    for (size_t i = 0; i < f->customers; i++) {
        out[n++] = f->x[i * f->feature_count + tsl_features_get_index(f, name)];
    }
    tsl_run_free(run);
    tsl_table_free(part);
    return n;
}

/* The shares of the values in the bins of the fit; none is missing. */
static void get_shares(const tsl_bins *bins, const double *value, size_t n, double *share)
{
    memset(share, 0, bins->count * sizeof *share);
    for (size_t i = 0; i < n; i++) {
        size_t b = 0;
        while (b + 1 < bins->count && value[i] > bins->cut[b]) {
            b++;
        }
        share[b] += 1 / (double)n;
    }
}

static void test_drift(void **state)
{
    (void)state;
    static const char *const names[] = {"recency_days", "frequency", "monetary_total"};
    double value[2][MARKET_CUSTOMERS], share[2][TSL_BINS_MAX];
    market_fill(&shop, 1, CUT);
    tsl_table *lines = market_table(&shop, MARKET_DAYS);
    tsl_run *run = open_run(NULL, NULL, NULL, lines, last_day, 2);
    tsl_segmentation model;
    tsl_run_get_segmentation(run, &model);
    const tsl_history *h = tsl_run_get_history(run);
    assert_int_equal(h->drift_count, 3);
    for (size_t d = 0; d < 3; d++) {
        const tsl_bins *bins = &model.recipe->feature[tsl_features_get_index(tsl_run_get_features(run), names[d])].bins;
        size_t n[2];
        assert_string_equal(h->drift[d].name, names[d]);
        for (size_t now = 0; now < 2; now++) {
            n[now] = get_values(&model, names[d], h->cut[h->cuts - 2 + now], value[now]);
            get_shares(bins, value[now], n[now], share[now]);
        }
        double psi = tsl__stability_get(share[0], share[1], bins->count, (double)n[0], (double)n[1]).psi;
        if (d > 0) { /* nobody is without recency but who never bought */
            assert_true(fabs(h->drift[d].psi - psi) < 1e-12);
            assert_true(fabs(h->drift[d].was - find_median(value[0], n[0])) < 1e-9);
            assert_true(fabs(h->drift[d].now - find_median(value[1], n[1])) < 1e-9);
        }
        assert_true(h->drift[d].psi > 0);
    }
    assert_true(h->drift_segments > 0 && h->drift_segments < 1);
    tsl_run_free(run);
    tsl_table_free(lines);
}

/* Of a basis of many columns the first eight, and the value behind them, or among them. */
static void test_columns(void **state)
{
    (void)state;
    tsl_feature feature[12] = {{.name = NULL}};
    tsl_vector_column column[14];
    tsl_recipe recipe = {.feature = feature, .feature_count = 12, .column = column, .column_count = 14};
    tsl__month_columns of;
    for (size_t c = 0; c < 14; c++) {
        column[c] = (tsl_vector_column){.feature = c % 12, .weight = c != 2, .indicator = c == 3};
    }
    tsl__month_columns_choose(&recipe, 11, &of);
    assert_int_equal(of.count, 9);
    assert_int_equal(of.feature[0], 0);
    assert_int_equal(of.feature[2], 4); /* 2 is not chosen, 3 tells what is missing */
    assert_int_equal(of.feature[7], 9);
    assert_int_equal(of.feature[8], 11);
    tsl__month_columns_choose(&recipe, 5, &of);
    assert_int_equal(of.count, 8);
    tsl__month_columns_choose(&recipe, 12, &of);
    assert_int_equal(of.count, 8);
}

/* Where there are many segments nobody reads a matrix of them. */
static void test_many_segments(void **state)
{
    (void)state;
    tsl_kmeans_options kmeans;
    tsl_run_options opt;
    TSL_DEFAULTS(kmeans, &kmeans);
    TSL_DEFAULTS(run, &opt);
    kmeans.k = TSL_HISTORY_SEGMENTS + 1;
    kmeans.restarts = 1;
    opt.kmeans = &kmeans;
    market_fill(&shop, 1, CUT);
    tsl_table *lines = market_table(&shop, MARKET_DAYS);
    tsl_run *run = open_run(&opt, NULL, NULL, lines, last_day, 1);
    const tsl_history *h = tsl_run_get_history(run);
    char *json = NULL;
    assert_int_equal(h->cuts, 0);
    assert_int_equal(h->notes.count, 1);
    assert_non_null(strstr(h->notes.text[0], "are more than 32"));
    assert_int_equal(tsl_run_build_summary(run, &json, NULL), TSL_OK);
    assert_null(strstr(json, "\"history\": {"));
    assert_non_null(strstr(json, "are more than 32"));
    tsl_text_free(json);
    tsl_run_free(run);
    tsl_table_free(lines);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_as_applied), cmocka_unit_test(test_threads_and_tables),
        cmocka_unit_test(test_days),       cmocka_unit_test(test_option),
        cmocka_unit_test(test_known),      cmocka_unit_test(test_drift),
        cmocka_unit_test(test_columns),    cmocka_unit_test(test_many_segments),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
